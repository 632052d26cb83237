"""A process that has imported what reports need, and forks one runner, and by it one kernel, for each report.

``python -m tuiyan.reporting.warm [inline]`` reads requests as JSON lines from stdin and writes what happens as JSON
lines to stdout. It ends, and ends its children, when stdin is closed: no run outlives its client. With ``inline``, for
systems where forking is not safe, it makes the reports itself, one after the other, with kernels of their own.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.workspace import find_workspace, read_workspace
from tuiyan.reporting import boot, kernel, space
from tuiyan.reporting.running import SETUP
from tuiyan.wording import catalogue

INLINE = "inline"
FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130
GRACE, LOOK = 10.0, 0.02  # seconds: that a runner has to clean up, and between looks at the children
LONGEST_LINE = 1000  # letters; a line shorter than 4096 bytes reaches a pipe whole
LIBRARIES = (
    "numpy", "scipy.special", "scipy.optimize", "pandas", "matplotlib.figure", "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg", "jinja2", "fontTools.subset", "nbclient", "papermill.execute", "filelock",
    "ipykernel.kernelapp", "jupyter_client.asynchronous", "statsmodels.tsa.api",
)  # fmt: skip


@dataclass(slots=True)
class Children:
    """The runners at work: process id to request."""

    requests: dict[int, str] = field(default_factory=dict)

    def ended(self) -> Iterator[tuple[str, int]]:
        """The requests whose runner has ended since one last asked, each with its exit code."""
        for pid in list(self.requests):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                yield self.requests.pop(pid), os.waitstatus_to_exitcode(status)

    def stop(self) -> None:
        """Ask all to end, and see to it."""
        for number, patience in ((signal.SIGTERM, GRACE), (signal.SIGKILL, GRACE)):
            for pid in self.requests:
                os.kill(pid, number)
            end = time.monotonic() + patience
            while self.requests and time.monotonic() < end:
                list(self.ended())
                time.sleep(LOOK)


def preload() -> None:
    """Import what a report and its kernel need, and keep the collector away from it so that forks share its memory."""
    for name in LIBRARIES:
        importlib.import_module(name)
    here = Path(__file__).parent
    for path in sorted((*here.glob("*.py"), *here.glob("parts/*.py"))):
        if path.stem not in ("__init__", Path(__file__).stem):
            folder = "parts." if path.parent != here else ""
            importlib.import_module(f"tuiyan.reporting.{folder}{path.stem}")
    _read_once()
    gc.freeze()


def _read_once() -> None:
    """Words, templates, and what the fonts hold: the same for all reports."""
    from tuiyan.reporting import html, pdf_columns, typeface

    catalogue()
    for stem in (html.STEM, "index"):
        html.template(stem)
    for weight in typeface.FILES:
        typeface.coverage(weight)
        pdf_columns.width("", weight)


def answer(request: Mapping[str, Any], tell: Any) -> dict[str, Any]:
    """Make one report and tell what became of it; every way to fail has a code, and is told by the same rule."""
    from tuiyan.reporting.execute import ReportError, report
    from tuiyan.reporting.notebooks import compare
    from tuiyan.reporting.publish import Rules

    names, settings = request["names"], dict(request["settings"])
    settings["rules"] = Rules(**request["rules"])
    settings["limits"] = kernel.Limits(request["deadline"], request["memory"])
    make = compare if request["compare"] else report
    try:
        found = make(names if request["compare"] else names[0], progress=tell, **settings)
    except TuiyanError as error:
        codes = [each.code for each in error.findings]
        return {"code": BAD_INPUT, "why": error.render(settings["lang"]), "findings": codes}
    except ReportError as error:
        return {"code": error.code, "why": str(error)}
    except OSError as error:
        code = SETUP if space.is_full(error) else BAD_INPUT
        return {"code": code, "why": f"{error.strerror or error}: {error.filename or ''}"}
    except KeyboardInterrupt:
        return {"code": INTERRUPTED, "why": ""}
    except Exception as error:  # noqa: BLE001 - a fork has nobody else to tell
        traceback.print_exc()
        return {"code": FAILED, "why": f"{type(error).__name__}: {error}"}
    return {"code": 0, "why": "", "result": asdict(found)}


def _worked(request: Mapping[str, Any], events: int) -> int:
    """One request from begin to end; returns its code. The answer goes to a file because it may be long."""
    answered = answer(request, lambda line: _say(events, {"id": request["id"], "line": line[:LONGEST_LINE]}))
    try:
        Path(request["answer"]).write_text(json.dumps(answered, default=str), encoding="utf-8")
    except OSError as error:
        return SETUP if space.is_full(error) else FAILED
    return int(answered["code"])


def _begun(request: Mapping[str, Any], events: int) -> int:
    """Fork a runner for a request; returns its process id."""
    parent = os.getpid()
    with contextlib.suppress(TuiyanError, OSError):  # read here, it is there for all that follow until a file changes
        read_workspace(find_workspace(request["settings"].get("workspace")))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # raised inside of a fork, it would be lost
    if child := os.fork():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        return child
    code = 1
    try:
        signal.signal(signal.SIGTERM, _interrupted)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        boot.die_with(parent, signal.SIGTERM)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        kernel.FORKS.set(True)
        code = _worked(request, events)
    finally:
        os._exit(code)


def _interrupted(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _say(events: int, event: Mapping[str, object]) -> None:
    os.write(events, (json.dumps(event) + "\n").encode())


def _forking(events: int) -> None:
    """Serve requests by forks until stdin is closed."""
    children, rest = Children(), b""
    try:
        while True:
            if select.select([0], [], [], LOOK if children.requests else None)[0]:
                read = os.read(0, 65536)
                if not read:
                    return
                *lines, rest = (rest + read).split(b"\n")
                for request in map(json.loads, lines):
                    children.requests[_begun(request, events)] = request["id"]
            for id_, code in children.ended():
                _say(events, {"id": id_, "code": code})
    finally:
        children.stop()


def _inline(events: int) -> None:
    """Serve requests here, one after the other."""
    for line in sys.stdin:
        request = json.loads(line)
        _say(events, {"id": request["id"], "code": _worked(request, events)})


def main() -> None:
    """The process of `batch`."""
    signal.signal(signal.SIGTERM, _interrupted)
    events = os.dup(1)
    os.dup2(2, 1)  # what a library prints is talk
    began = time.monotonic()
    inline = INLINE in sys.argv[1:]
    preload()
    _say(events, {"ready": time.monotonic() - began})
    try:
        (_inline if inline else _forking)(events)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


if __name__ == "__main__":
    main()
