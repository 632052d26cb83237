"""One notebook, run in a kernel of our own and checked cell by cell."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.reporting import engine, kernel, space
from tuiyan.reporting.study import STAGING_VARIABLE
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.reporting.execute import Job

PART = re.compile(r"\w+\.(\w+)\(\)")  # a cell that shows a part, such as ``report.scale()``
OPENING = re.compile(r"\w+\.open\(")
CELL, SETUP, DIED, DEADLINE = 1, 3, 4, 5  # exit codes
CODES = {"start": SETUP, "died": DIED, "deadline": DEADLINE}
NO_ROOM = tuple(f"[Errno {number}]" for number in space.FULL)
Progress = Callable[[str], None]


class ReportError(Exception):
    """A run that published nothing; its text is one sentence.

    Attributes
    ----------
    details
        The traceback of the cell that failed.
    code
        The exit code of the command: 1 a cell failed, 3 the kernel did not start, 4 it died or had too little memory,
        5 the deadline passed.
    states
        What became of every cell, by its id, where the notebook was run at all.
    """

    def __init__(
        self, message: str, details: str = "", code: int = CELL, states: Mapping[str, str] | None = None
    ) -> None:
        self.details, self.code, self.states = details, code, dict(states or {})
        super().__init__(message)


def run_notebook(notebook: Path, job: Job, folder: Path, tell: Progress) -> Any:
    """Execute `notebook` in a kernel of our own interpreter; returns it executed and checked cell by cell.

    Raises
    ------
    TuiyanError
        For a file that is no notebook, and for one whose parameters cell does not fit.
    ReportError
        When a cell fails, the kernel dies or the deadline passes.
    """
    source = _read(notebook)
    engine.check_parameters(source, notebook.name, job.parameters)
    variables = {"TUIYAN_WORKSPACE": str(job.workspace.root), STAGING_VARIABLE: str(folder / "bundle")}
    tell(say("report.stage.kernel", job.lang))
    with kernel.started(folder, variables, job.limits.memory) as running:
        if running.address.reason:
            tell(say("run.loopback", job.lang, why=running.address.reason))
        executed = _executed(source, job, running, _cell_progress(source, job.lang, tell))
    check_cells(executed, job.lang)
    return executed


def _executed(source: Any, job: Job, running: kernel.Kernel, on_cell: engine.OnCell) -> Any:
    """The notebook after papermill has written its parameters in and our engine has run it."""
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    seen = [source]  # papermill gives a notebook back only when all went well

    def begun(notebook: Any) -> None:
        seen[0] = notebook

    try:
        with _quiet_papermill():
            return execute_notebook(
                source, None, dict(job.parameters), engine_name=engine.register(),
                kernel_name="python3", language="python", progress_bar=False, request_save_on_cell_execute=False,
                kernel=running, limits=job.limits, on_cell=on_cell, on_begin=begun,
            )  # fmt: skip
    except PapermillExecutionError as error:
        states = engine.states(seen[0])
        raise _failed_cell(error.source, error.ename, error.evalue, error.traceback, states, job.lang) from error
    except engine.Stop as stop:
        said = {"cell": _first_line(stop.source) or say("report.stage.kernel", job.lang), "why": stop.more}
        why, code = stop.why, CODES[stop.why]
        if why == "start" and job.limits.memory is not None:  # whatever it says, as a library that cannot be mapped
            why, code = "start.memory", DIED
            said["memory"] = f"{job.limits.memory / kernel.GIGABYTE:g}"
        states = engine.states(seen[0])
        raise ReportError(say(f"run.failed.{why}", job.lang, **said), "", code, states) from stop


def check_cells(executed: Any, lang: str) -> None:
    """Raise `ReportError` unless every code cell ran to its end; papermill alone does not tell.

    Papermill passes over a cell that leaves the interpreter, so outputs and execution counts are looked at.
    """
    states = engine.states(executed)
    for cell in sorted(executed.cells, key=lambda each: engine.state(each) != engine.FAILED):  # the cause comes first
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                raise _failed_cell(cell.source, output.ename, output.evalue, output.traceback, states, lang)
        if cell.execution_count is None:
            raise ReportError(say("report.failed.not_run", lang, cell=_first_line(cell.source)), states=states)


def check_limits(job: Job, during: str) -> None:
    """Nothing goes on after its deadline (`ReportError`) or against who watches; `during` is what it was busy with."""
    if job.limits.watch:
        job.limits.watch()
    if job.limits.left is not None and job.limits.left <= 0:
        raise ReportError(say(f"run.failed.deadline.{during}", job.lang), code=DEADLINE)


def _read(notebook: Path) -> Any:
    import nbformat

    try:
        found = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(found)
    except (ValueError, nbformat.ValidationError, AttributeError, KeyError) as error:
        raise TuiyanError([Finding("E286", None, {"name": notebook.name})]) from error
    return found


def _failed_cell(
    source: str, name: str, value: str, traceback: list[str], states: Mapping[str, str], lang: str
) -> ReportError:
    """A cell that raised; a lack of memory and a full disk have exit codes of their own."""
    cell, error = _first_line(source), f"{name}: {value}" if value else name
    details = "\n".join(traceback)
    if name.endswith("MemoryError"):
        return ReportError(say("run.failed.memory", lang, cell=cell, why=value or name), details, DIED, states)
    code = SETUP if name == "OSError" and value.startswith(NO_ROOM) else CELL
    return ReportError(say("report.failed.cell", lang, cell=cell, error=error), details, code, states)


def _cell_progress(notebook: Any, lang: str, tell: Progress) -> engine.OnCell:
    """A hook that says which part is being computed: its calls are the cells ``report.NAME()``."""
    total = sum(bool(PART.fullmatch(cell.source.strip())) for cell in notebook.cells)
    done = iter(range(1, total + 1))

    def hook(cell: Any) -> None:
        source = cell.source.strip()
        if found := PART.fullmatch(source):
            part = say(f"report.part.{found[1]}", lang)
            tell(say("report.stage.part", lang, number=next(done, total), total=total, part=part))
        elif OPENING.search(source):
            tell(say("report.stage.model", lang))

    return hook


def _first_line(source: str) -> str:
    lines = [line for line in source.splitlines() if line.strip() and not line.startswith("#")]
    return lines[-1] if lines else ""


@contextmanager
def _quiet_papermill() -> Iterator[None]:
    """Papermill's log lines name files of the machine and repeat what we say ourselves."""
    loggers: Mapping[str, logging.Logger] = {name: logging.getLogger(name) for name in ("papermill", "traitlets")}
    levels = {name: logger.level for name, logger in loggers.items()}
    for logger in loggers.values():
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, logger in loggers.items():
            logger.setLevel(levels[name])
