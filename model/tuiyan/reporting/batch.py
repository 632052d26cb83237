"""Many reports in one go, some at a time, and the comparison across them.

The imports, a good part of a plain run, are paid once: by a process that forks a runner for each report (`warm`). Where
forking is not safe, as on macOS and Windows, as many processes make the reports one after the other instead.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.workspace import find_workspace, read_workspace
from tuiyan.reporting import early, index, kernel, unchanged, warm
from tuiyan.reporting.execute import ReportResult
from tuiyan.reporting.publish import Rules
from tuiyan.reporting.running import DIED, SETUP
from tuiyan.wording import say

COMPARE = "compare"
FORKS = sys.platform == "linux"  # macOS has forks that its own libraries do not survive
PATIENCE = 2 * warm.GRACE + 5
Tell = Callable[[str, str], object]  # the name of a report, a line


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report of a batch.

    Attributes
    ----------
    code
        The exit code that it would have had alone.
    why
        One sentence where it failed.
    findings
        The codes of what was wrong with its inputs.
    """

    name: str
    code: int
    seconds: float
    why: str = ""
    findings: tuple[str, ...] = ()
    result: ReportResult | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """How the reports of a batch are made: the settings of `execute.report`, its rules, and what the run may take."""

    settings: Mapping[str, Any]
    rules: Rules = field(default_factory=Rules)
    limits: kernel.Limits = field(default_factory=kernel.Limits)
    jobs: int = 1
    forks: bool = FORKS


@dataclass(frozen=True, slots=True)
class Task:
    """One report of a batch: its name and the scenarios it takes, one, or those to `compare`."""

    name: str
    scenarios: tuple[str, ...]
    compare: bool = False


@dataclass(slots=True)
class _Server:
    """A warm process and the requests it works on: id to name and the time they began."""

    process: subprocess.Popen[bytes]
    most: int
    working: dict[str, tuple[str, float]] = field(default_factory=dict)


def scenarios(workspace: Path | str | None = None) -> list[str]:
    """The ids of every scenario of a workspace, in order."""
    return list(read_workspace(find_workspace(workspace)).scenarios())


def comparable(names: Sequence[str], settings: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The scenarios of `names` that can stand side by side, and those that cannot.

    They need one horizon: that of most of them, the earliest of several such. Those without a parent come first, then
    by id.
    """
    found = []
    for name in names:
        with contextlib.suppress(TuiyanError):
            found.append(load(name, as_of=settings.get("as_of"), workspace=settings.get("workspace")))
    found.sort(key=lambda each: (each.parent is not None, each.id))
    counts = Counter(each.horizon for each in found)
    common = min(counts, key=lambda horizon: (-counts[horizon], horizon), default=None)
    sides = [str(each.id) for each in found if each.horizon == common]
    return sides, [str(each.id) for each in found if each.horizon != common]


def reports(names: Sequence[str], batch: Batch, tell: Tell, *, compared: bool = False) -> Iterator[Outcome]:
    """Make the reports of `names`, `batch.jobs` at a time, and give each outcome as it comes; none stops the others.

    Parameters
    ----------
    tell
        Receives the name of a report and a line of talk.
    compared
        Whether the comparison across the scenarios whose reports were made follows at the end.
    """
    lang = batch.settings["lang"]
    with tempfile.TemporaryDirectory(prefix="tuiyan-") as folder:
        pool = _Pool(batch, Path(folder), tell)
        try:
            tell("", say("batch.loading", lang, count=len(names)))
            made = []
            for outcome in pool.work([Task(name, (name,)) for name in names]):
                made += [outcome.name] if outcome.code == 0 else []
                yield outcome
            if compared:
                sides, others = comparable([name for name in names if name in made], batch.settings)
                if others:
                    tell(COMPARE, say("batch.left_out", lang, names=", ".join(others)))
                if len(sides) < 2:
                    tell(COMPARE, say("batch.alone", lang))
                else:
                    yield from pool.work([Task(COMPARE, tuple(sides), compare=True)])
        finally:
            pool.close()
            _index(batch, lang, tell)


def _index(batch: Batch, lang: str, tell: Tell) -> None:
    """Bring the index of the reports up to date; one that cannot be written undoes no report."""
    out = batch.settings.get("out")
    try:
        workspace = read_workspace(find_workspace(batch.settings.get("workspace")))
        folder = Path(out).resolve() if out is not None else early.default_folder(workspace.root)
        if folder.is_dir():
            index.write(folder, unchanged.sources(workspace))
    except (OSError, TuiyanError) as error:
        tell("", say("publish.index_failed", lang, why=error))


class _Pool:
    """The warm processes of one batch; a process that died is replaced."""

    def __init__(self, batch: Batch, folder: Path, tell: Tell) -> None:
        self.batch, self.folder, self.tell = batch, folder, tell
        self.servers: list[_Server] = []
        self.threads: list[threading.Thread] = []
        self.events: queue.Queue[tuple[_Server, dict[str, Any] | None]] = queue.Queue()
        self.count = 0

    def work(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """The outcome of each task."""
        waiting = deque(tasks)
        while waiting or any(server.working for server in self.servers):
            while waiting and (server := self._free()):
                self._send(server, waiting.popleft())
            with contextlib.suppress(queue.Empty):
                yield from self._heard(*self.events.get(timeout=0.5))

    def _free(self) -> _Server | None:
        """A server that may take one more; started where there are too few."""
        wanted, most = (1, self.batch.jobs) if self.batch.forks else (self.batch.jobs, 1)
        for server in self.servers:
            if len(server.working) < most:
                return server
        if len(self.servers) == wanted:
            return None
        mode = [] if self.batch.forks else [warm.INLINE]
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", warm.__name__, *mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=kernel.passed(), start_new_session=True,
        )  # fmt: skip
        server = _Server(process, most)
        self.threads.append(threading.Thread(target=self._listen, args=(server,), daemon=True))
        self.threads[-1].start()
        self.servers.append(server)
        return server

    def _listen(self, server: _Server) -> None:
        """Pass on what a server says; None at its end."""
        if server.process.stdout:
            with server.process.stdout as lines:
                for line in lines:
                    self.events.put((server, json.loads(line)))
        self.events.put((server, None))

    def _send(self, server: _Server, task: Task) -> None:
        self.count += 1
        id_ = str(self.count)
        server.working[id_] = (task.name, time.monotonic())
        batch = self.batch
        rules = {**asdict(batch.rules), "index": False}  # written once, at the end
        request = {
            "id": id_, "names": list(task.scenarios), "compare": task.compare, "answer": str(self.folder / id_),
            "settings": dict(batch.settings), "rules": rules,
            # A reading of the machine's clock, so that the deadline is one for all, however late one begins.
            "deadline": batch.limits.deadline, "memory": batch.limits.memory,
        }  # fmt: skip
        self.tell(task.name, say("batch.begun", batch.settings["lang"]))
        with contextlib.suppress(OSError):  # a server that has died says so itself
            if server.process.stdin:
                server.process.stdin.write((json.dumps(request, default=str) + "\n").encode())
                server.process.stdin.flush()

    def _heard(self, server: _Server, event: dict[str, Any] | None) -> Iterator[Outcome]:
        """What an event means: a line of talk, an outcome, or the end of a server and of all it worked on."""
        if event is None:
            self.servers.remove(server)
            _ended(server.process)
            yield from [self._outcome(server, id_, DIED) for id_ in list(server.working)]
        elif "line" in event:
            self.tell(server.working[event["id"]][0], event["line"])
        elif "code" in event:
            yield self._outcome(server, event["id"], event["code"])

    def _outcome(self, server: _Server, id_: str, code: int) -> Outcome:
        """What the answer of a runner says; without one, what its exit `code` does."""
        name, began = server.working.pop(id_)
        seconds = time.monotonic() - began
        try:
            found = json.loads((self.folder / id_).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            full = code == SETUP
            why = say("batch.unanswered" if full else "batch.died", self.batch.settings["lang"])
            return Outcome(name, SETUP if full else DIED, seconds, why)
        findings = tuple(found.get("findings", ()))
        return Outcome(name, found["code"], seconds, found["why"], findings, _result(found.get("result")))

    def close(self) -> None:
        """End the servers, which end what they forked."""
        for server in self.servers:
            if server.working and not self.batch.forks:
                server.process.terminate()
        for server in self.servers:
            _ended(server.process)
        for thread in self.threads:
            thread.join(PATIENCE)


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Close the door of a server and wait until it has gone, with what it forked."""
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.close()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _result(data: Mapping[str, Any] | None) -> ReportResult | None:
    if data is None:
        return None
    pages, files = (tuple(map(Path, data[key])) for key in ("pages", "files"))
    return ReportResult(**{**data, "folder": Path(data["folder"]), "pages": pages, "files": files})
