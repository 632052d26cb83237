"""Kill a report run at a chosen point, look at what is left, run again: ``python -m tests.injector PLAN.json``.

Every point is a fork of this process, which has imported all that a report needs, so a point costs a light report and
no imports. Points are counted by an audit hook: what a process does to files under the folder of reports, and what it
syncs. The kernel is a fork of the runner and carries the hook on. Fonts and PDFs are stand-ins of a few bytes, written
where the true ones are: what is tried is how files are written, not what is in them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tuiyan.cli import main
from tuiyan.inputs.workspace import read_workspace
from tuiyan.reporting import engine, kernel, pdf, space, typeface, warm

CHANGES = {"os.rename", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "os.link"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
RUNNER, KERNEL, CELL_RUNNER, CELL_KERNEL = "runner", "kernel", "cell of runner", "cell of kernel"
Point = Mapping[str, Any]
GONE = 10.0  # seconds for orphans to end


def touches(event: str, arguments: tuple[Any, ...], reports: str) -> bool:
    """Whether an audited event changes something under the folder of reports."""
    if event == "open":
        path, mode, flags = arguments
        if not (isinstance(mode, str) and set(mode) & set("wax+")) and not (flags or 0) & WRITING:
            return False
        return isinstance(path, str) and path.startswith(reports)
    return event in CHANGES and any(str(each).startswith(reports) for each in arguments[:2])


class Injector:
    """Counts the points of the runner and of its kernel, and ends one of them where it should."""

    def __init__(self, reports: str, point: Point, counts: Path | None = None) -> None:
        self.reports, self.point, self.counts = reports, point, counts
        self.runner, self.seen = os.getpid(), {RUNNER: 0, KERNEL: 0}
        self.cells, self.busy = 0, False

    def arm(self) -> None:
        """Begin to count."""
        sys.addaudithook(self.audited)
        sync, begin = os.fsync, engine._mark
        os.fsync = self.before(sync)

        def marked(cell: Any, found: str) -> None:
            begin(cell, found)
            if found == engine.RUNNING:
                self.cell()

        engine._mark = marked

    def before(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """A function that is a point of its own."""

        def pointed(*arguments: Any) -> Any:
            self.count("fsync")
            return work(*arguments)

        return pointed

    def audited(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook."""
        if not self.busy and touches(event, arguments, self.reports):
            self.count(event)

    def count(self, event: str) -> None:
        """One more point of this process; the end, when it is the one."""
        who = RUNNER if os.getpid() == self.runner else KERNEL
        self.seen[who] += 1
        if self.point.get("at") == who and self.seen[who] == self.point["number"]:
            os.kill(os.getpid(), self.point["signal"])
        if self.counts:
            self.busy = True
            with self.counts.open("a", encoding="utf-8") as file:
                file.write(f"{who}\t{event}\n")
            self.busy = False

    def cell(self) -> None:
        """A cell begins in the runner."""
        self.cells += 1
        if self.counts:
            self.busy = True
            with self.counts.open("a", encoding="utf-8") as file:
                file.write(f"cell\t{self.cells}\n")
            self.busy = False
        if self.cells == self.point.get("number"):
            if self.point["at"] == CELL_RUNNER:
                os.kill(os.getpid(), self.point["signal"])
            elif self.point["at"] == CELL_KERNEL:
                (child,) = children(os.getpid())
                threading.Timer(self.point["delay"], os.kill, (child, signal.SIGKILL)).start()


def children(pid: int) -> list[int]:
    """The children of a process."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def forked(arguments: list[str], reports: str, point: Point, counts: Path | None = None) -> int:
    """The exit code of one run, made in a fork; negative for a signal."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        kernel.FORKS.set(True)
        Injector(reports, point, counts).arm()
        os._exit(main(arguments))
    finally:
        os._exit(99)


def wrong(reports: Path, name: str, seeds: tuple[int, ...]) -> str:
    """What is wrong with the published report; empty when it is whole and of one of the seeds."""
    folder = reports / name
    if not folder.is_dir():
        return "no report"
    try:
        record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return f"manifest: {error}"
    if {path.name for path in folder.iterdir()} != {*record["outputs"], "manifest.json"}:
        return "other files than the manifest names"
    for file, digest in record["outputs"].items():
        if hashlib.sha256((folder / file).read_bytes()).hexdigest() != digest:
            return f"{file} is not what the manifest says"
    seed = record["run"]["seed"]
    return "" if seed in seeds else f"seed {seed}"


def orphans(reports: Path) -> list[str]:
    """Processes that still work under the folder of reports."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if str((each / "cwd").readlink()).startswith(str(reports)) and " Z " not in (each / "stat").read_text():
                found.append(each.name)
        except OSError:
            continue
    return found


def tried(point: Point, plan: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """One point: what the run ended with, what was left, and whether the next run healed it.

    The report before is that of the seed before, so that every run publishes another bundle.
    """
    reports = Path(plan["reports"])
    code = forked([*plan["arguments"], "--seed", str(seed)], plan["reports"], point)
    left = wrong(reports, plan["name"], (seed - 1, seed))
    end = time.monotonic() + GONE
    while (alive := orphans(reports)) and time.monotonic() < end:
        time.sleep(0.02)
    again = forked([*plan["arguments"], "--seed", str(seed)], plan["reports"], {})
    healed = wrong(reports, plan["name"], (seed,))
    litter = [path.name for path in (*(reports / ".staging").glob("*"), *reports.rglob(".*.new"))]
    return {**point, "code": code, "left": left, "orphans": alive, "again": again, "healed": healed, "litter": litter}


def chosen(points: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """At most so many of the points, evenly spread."""
    if most >= len(points):
        return points
    return [points[round(index * (len(points) - 1) / (most - 1))] for index in range(most)]


def all_points(lines: list[str]) -> list[dict[str, Any]]:
    """Every point that a counted run has."""
    counted = [line.partition("\t")[0] for line in lines]
    points: list[dict[str, Any]] = []
    for at, signals in ((RUNNER, (signal.SIGKILL, signal.SIGTERM)), (KERNEL, (signal.SIGKILL,))):
        for number in range(1, counted.count(at) + 1):
            points += [{"at": at, "number": number, "signal": int(each)} for each in signals]
    for number in range(1, counted.count("cell") + 1):
        points += [{"at": CELL_KERNEL, "number": number, "delay": delay} for delay in (0.0, 0.02)]
        points += [
            {"at": CELL_RUNNER, "number": number, "signal": int(each)}
            for each in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
        ]
    return points


def run(plan: Mapping[str, Any]) -> dict[str, Any]:
    """This process's share of all points of a plan, one after the other, over the same folder of reports."""
    counts = Path(plan["counts"])
    codes = [forked([*plan["arguments"], "--seed", str(seed)], plan["reports"], {}) for seed in (0, 1)]
    codes.append(forked([*plan["arguments"], "--seed", "2"], plan["reports"], {}, counts))  # as the later ones will be
    points = all_points(counts.read_text(encoding="utf-8").splitlines())
    place, places = plan["share"]
    found = []
    for index, point in enumerate(chosen(points, plan["most"])[place::places]):
        found.append(tried(point, plan, index + 3))
    return {"codes": codes, "known": len(points), "tried": found}


def full(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Runs on a small disk of our own that has fewer and fewer bytes left; after each there is room again.

    The disk is too small for what is estimated, so the estimate is passed over but where it is what is tried.
    """
    disk, reports = Path(plan["disk"]), Path(plan["reports"])
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=False, capture_output=True)
    if done.returncode:
        return {"refused": done.stderr.decode()}
    estimated = forked([*plan["arguments"], "--seed", "0"], plan["reports"], {})
    space.refuse = lambda *_: None
    codes = [forked([*plan["arguments"], "--seed", "0"], plan["reports"], {})]
    size, filler, found = shutil.disk_usage(disk).total, disk / "filler", []
    for index, left in enumerate(plan["left"]):
        filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left)))
        seed = ["--seed", str(index + 1)]
        code = forked([*plan["arguments"], *seed], plan["reports"], {})
        standing = wrong(reports, plan["name"], (index, index + 1))
        filler.unlink()
        again = forked([*plan["arguments"], *seed], plan["reports"], {})
        healed = wrong(reports, plan["name"], (index + 1,))
        found.append({"number": left, "code": code, "left": standing, "again": again, "healed": healed})
    return {"estimated": estimated, "codes": codes, "size": size, "tried": found}


def stand_ins() -> None:
    """Fonts and PDFs of a few bytes."""
    made: Any = {typeface: ("subset", "AAAA"), pdf: ("compiled", b"%PDF-1.7\n")}
    for module, (name, content) in made.items():
        setattr(module, name, lambda *_, content=content: content)


if __name__ == "__main__":
    warm.preload()
    stand_ins()
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    read_workspace(Path(given["workspace"]))
    sys.stdout.write(json.dumps(full(given) if "disk" in given else run(given)))
