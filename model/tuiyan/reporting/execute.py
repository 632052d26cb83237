"""From names to a published report: check, run the notebook, render, record, switch in.

Nothing is written where readers look before the last step, so a run that fails leaves the earlier report as it was.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tuiyan.ensemble import check_draws
from tuiyan.evidence import archive
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.workspace import Workspace
from tuiyan.reporting import early, html, kernel, manifest, publish
from tuiyan.reporting.study import STAGING_VARIABLE, title_of
from tuiyan.wording import preferred, say

NOTEBOOK = Path("notebooks") / "report.ipynb"
PACKAGE = Path(__file__).resolve().parents[1]
MANIFEST = "manifest.json"
PART = re.compile(r"\w+\.(\w+)\(\)")  # a cell that shows a part, such as ``report.scale()``
OPENING = re.compile(r"\w+\.open\(")
Progress = Callable[[str], None]


class ReportError(Exception):
    """A cell of the notebook failed, or the kernel died; its text is one sentence, `details` the cell's traceback."""

    def __init__(self, message: str, details: str = "") -> None:
        self.details = details
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Where a report was published; `changed` is false when it was there already, byte for byte."""

    name: str
    folder: Path
    pages: tuple[Path, ...]
    files: tuple[Path, ...]
    digest: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """What the parameters cell of the notebook receives; plain words and numbers only."""

    scenario: str
    against: str
    lang: str
    draws: int
    seed: int
    as_of: str


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook to run and what becomes of it.

    Attributes
    ----------
    notebook
        Its path inside the workspace.
    name
        Folder of the bundle among the reports.
    parameters
        What its parameters cell receives: plain words and numbers, among them the language to talk in.
    title
        What stands on top of its pages.
    run
        What the manifest says of the run.
    """

    notebook: Path
    name: str
    workspace: Workspace
    parameters: Mapping[str, str | int]
    title: html.Title
    run: Mapping[str, object]

    @property
    def lang(self) -> str:
        """The language to talk in."""
        return str(self.parameters["lang"])


def report(
    name: str | Path,
    *,
    lang: str | None = None,
    out: Path | str | None = None,
    draws: int = 16384,
    seed: int = 0,
    as_of: date | str | None = None,
    against: str = "",
    workspace: Path | str | None = None,
    progress: Progress | None = None,
) -> ReportResult:
    """Run the report of one scenario against its parent and publish it as ``out/NAME``.

    Parameters
    ----------
    name
        Scenario id, or the path of a scenario file.
    lang
        Language the notebook's cells show; both pages are always written. Default: the reader's locale.
    out
        Folder of reports; default ``reports/`` of the workspace.
    against
        Scenario to compare with; default the parent.
    workspace
        Folder that holds ``params/``; default: found as for every command.
    progress
        Receives one line a stage; default: the terminal's error stream.

    Raises
    ------
    TuiyanError
        For bad input, before any kernel is started.
    ReportError
        When a cell fails or the kernel dies; nothing was published.
    """
    lang = lang or preferred()
    tell = progress or to_stderr
    tell(say("report.stage.check", lang, name=name))
    check_draws(draws, seed)
    scenario = load(name, as_of=as_of, workspace=workspace)
    other = load(against, as_of=scenario.as_of, workspace=workspace) if against else scenario.parent
    early.refuse(scenario, other, str(name))
    settings = Settings(early.named(scenario, name), early.named(other, against), lang, draws, seed, str(as_of or ""))
    title = title_of(scenario, draws=draws, seed=seed)
    run = {**recorded(scenario, draws=draws, seed=seed), "against": other.id if other else None}
    return published(Job(NOTEBOOK, scenario.id, scenario.workspace, asdict(settings), title, run), out, tell)


def recorded(scenario: Scenario, *, draws: int, seed: int) -> dict[str, object]:
    """What the manifest says of a run of one scenario."""
    return {
        "scenario": scenario.id,
        "as_of": scenario.as_of.isoformat(),
        "horizon": scenario.horizon,
        "home_definition": scenario.home_definition,
        "draws": draws,
        "seed": seed,
    }


def published(job: Job, out: Path | str | None, tell: Progress) -> ReportResult:
    """Run the notebook of a job and publish its pages, whole or not at all.

    Raises
    ------
    ReportError
        When a cell fails or the kernel dies; nothing was published.
    """
    reports = Path(out).resolve() if out is not None else early.default_folder(job.workspace.root)
    with publish.staging(reports, job.name) as folder:
        notebook = find_notebook(job.workspace.root, job.notebook)
        bundle = folder / "bundle"
        bundle.mkdir()
        executed = run_notebook(notebook, job, folder, tell)
        return _finish(executed, notebook, job, bundle, reports, tell)


def find_notebook(root: Path, name: Path = NOTEBOOK) -> Path:
    """The notebook of the workspace, else the shipped one, else the checkout's."""
    for base in (root, PACKAGE / "shipped", PACKAGE.parents[1]):
        if (base / name).is_file():
            return base / name
    raise FileNotFoundError(name)


def run_notebook(notebook: Path, job: Job, folder: Path, tell: Progress) -> Any:
    """Execute `notebook` in a kernel of our own interpreter; returns it executed and checked cell by cell."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    environment = {
        "TUIYAN_WORKSPACE": str(job.workspace.root),
        STAGING_VARIABLE: str(folder / "bundle"),
        "PYTHONPATH": str(PACKAGE.parent),  # the kernel finds this package even when it is not installed
    }
    tell(say("report.stage.kernel", job.lang))
    try:
        with _quiet_papermill():
            executed = execute_notebook(
                str(notebook), str(folder / "executed.ipynb"), dict(job.parameters), kernel_name="python3",
                language="python", progress_bar=False, request_save_on_cell_execute=False, autosave_cell_every=0,
                cwd=str(folder), kernel_manager_class=kernel.manager(environment), shutdown_kernel="immediate",
                on_cell_start=_cell_progress(notebook, job.lang, tell),
            )  # fmt: skip
    except PapermillExecutionError as error:
        details = "\n".join(error.traceback)
        raise ReportError(_sentence(error.source, error.ename, error.evalue, job.lang), details) from error
    except (DeadKernelError, CellTimeoutError) as error:
        raise ReportError(say("report.failed.kernel", job.lang, why=str(error))) from error
    check_cells(executed, job.lang)
    return executed


def check_cells(executed: Any, lang: str) -> None:
    """Raise `ReportError` unless every code cell ran to its end; papermill alone does not tell.

    After a dead kernel papermill marks cells that never ran as completed, so only execution counts are believed.
    """
    for cell in executed.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                raise ReportError(_sentence(cell.source, output.ename, output.evalue, lang))
        if cell.execution_count is None:
            raise ReportError(say("report.failed.not_run", lang, cell=_first_line(cell.source)))


def _finish(executed: Any, notebook: Path, job: Job, bundle: Path, reports: Path, tell: Progress) -> ReportResult:
    """Pages, manifest, and the switch."""
    tell(say("report.stage.pages", job.lang))
    pages = [path.name for path in html.pages(executed, job.title, bundle, stem=job.notebook.stem)]
    outputs = sorted(path for path in bundle.iterdir() if path.is_file())
    record = manifest.compose(job.run, job.workspace.hashes(), notebook, outputs)
    (bundle / MANIFEST).write_text(manifest.to_json(record), encoding="utf-8", newline="\n")
    tell(say("report.stage.publish", job.lang))
    digest = str(record["bundle"])
    forecast = bundle / archive.FILE
    if forecast.is_file():
        publish.keep(forecast, reports / archive.FOLDER, job.name)
    switched = publish.switch(bundle, reports, job.name, digest)
    names = [*pages, *(path.name for path in outputs if path.name not in pages), MANIFEST]
    files = tuple(switched.path / each for each in names)
    return ReportResult(job.name, switched.path, files[: len(pages)], files, digest, switched.changed)


def _cell_progress(notebook: Path, lang: str, tell: Progress) -> Callable[..., None]:
    """A hook that says which part is being computed: its calls are the cells ``report.NAME()``."""
    import nbformat

    cells = nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
    total = sum(bool(PART.fullmatch(cell.source.strip())) for cell in cells)
    done = iter(range(1, total + 1))

    def hook(*, cell: Any, cell_index: int) -> None:  # noqa: ARG001 - the caller's keywords
        source = cell.source.strip()
        if found := PART.fullmatch(source):
            part = say(f"report.part.{found[1]}", lang)
            tell(say("report.stage.part", lang, number=next(done, total), total=total, part=part))
        elif OPENING.search(source):
            tell(say("report.stage.model", lang))

    return hook


def _sentence(source: str, name: str, value: str, lang: str) -> str:
    return say("report.failed.cell", lang, cell=_first_line(source), error=f"{name}: {value}" if value else name)


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


def to_stderr(line: str) -> None:
    """A line of talk on the terminal's error stream."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
