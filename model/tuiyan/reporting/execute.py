"""From names to a published report: check, run the notebook, render, record, switch in.

Nothing is written where readers look before the last step, so a run that fails leaves the earlier report as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from tuiyan.ensemble import check_draws
from tuiyan.evidence import archive
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.workspace import Workspace
from tuiyan.reporting import (
    earlier,
    early,
    guard,
    html,
    kernel,
    manifest,
    pdf,
    publish,
    runlog,
    space,
    stripped,
    typeface,
    unchanged,
)
from tuiyan.reporting.running import Progress, ReportError, check_cells, check_limits, run_notebook
from tuiyan.reporting.study import title_of
from tuiyan.wording import preferred, say

NOTEBOOK = Path("notebooks") / "report.ipynb"
PACKAGE = Path(__file__).resolve().parents[1]
MANIFEST = "manifest.json"
__all__ = ["Job", "Progress", "ReportError", "ReportResult", "check_cells", "published", "report", "run_notebook"]


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Where a report was published; `changed` is false when it was there already, byte for byte."""

    name: str
    folder: Path
    pages: tuple[Path, ...]
    files: tuple[Path, ...]
    digest: str
    changed: bool

    @property
    def to_open(self) -> tuple[Path, ...]:
        """What a reader opens: the printed reports, then the pages."""
        printed = (page.with_suffix(".pdf") for page in self.pages)
        return (*(path for path in printed if path in self.files), *self.pages)


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
    scenarios
        What is projected, the one compared with included.
    rules
        How it is published.
    limits
        What the run may take.
    since
        An earlier report that was named, in the place of the one that is replaced.
    """

    notebook: Path
    name: str
    workspace: Workspace
    parameters: Mapping[str, str | int]
    title: html.Title
    run: Mapping[str, object]
    scenarios: tuple[Scenario, ...]
    rules: publish.Rules
    limits: kernel.Limits = field(default_factory=kernel.Limits)
    since: Path | None = None

    @property
    def lang(self) -> str:
        """The language to talk in."""
        return str(self.parameters["lang"])

    @property
    def settings(self) -> dict[str, str | int]:
        """The parameters as a report may show them: scenarios by id and not by path, and no language."""
        return stripped.asked(self.parameters, self.run)


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
    rules: publish.Rules | None = None,
    limits: kernel.Limits | None = None,
    since: Path | str | None = None,
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
    rules
        How it is published: whom to wait for, whether to do nothing when nothing changed, what to keep.
    limits
        A deadline and a limit of the kernel's memory, as `kernel.limits` makes them. Default: none.
    since
        Folder of an earlier report that part 3 compares with, or the record of one (``since.json``). Default: the
        report that is replaced; see `earlier`.

    Raises
    ------
    TuiyanError
        For bad input, another run of the same report, and a full disk; before any kernel is started.
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
    sides = (scenario, other) if other else (scenario,)
    job = Job(
        NOTEBOOK, scenario.id, scenario.workspace, asdict(settings), title, run, sides, rules or publish.Rules(),
        limits or kernel.Limits(), earlier.named(since),
    )  # fmt: skip
    return published(job, out, tell)


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
    notebook = early.find_notebook(job.workspace.root, job.notebook)
    sources = unchanged.sources(job.workspace) if job.rules.index else None
    inputs = unchanged.fingerprint(job.scenarios, job.workspace, notebook, job.run, job.settings)
    around: dict[str, Any] = {"lang": job.lang, "tell": tell}
    with guard.alone(reports, job, **around):
        standing = reports / job.name
        compared = earlier.compared_with(standing, job.since)
        if job.rules.if_changed and compared and (record := unchanged.current(standing, inputs)):
            guard.nothing(reports, job.name, sources=sources, **around)
            return _standing(job, reports, record)
        with guard.watched(reports, job.name, sources=sources, **around) as watch:
            publish.refuse(reports, job.name)
            space.refuse(reports, space.estimate(reports / job.name))
            with publish.staging(reports, job.name) as folder:
                bundle = folder / "bundle"
                bundle.mkdir()
                if job.notebook == NOTEBOOK:
                    earlier.prepare(bundle, reports / job.name, inputs, job.since)
                executed = run_notebook(notebook, job, folder, watch.told)
                noted = replace(job, run={**job.run, "inputs": inputs})
                result = _finish(executed, notebook, noted, bundle, reports, watch.told)
            watch.mark(runlog.DONE, bundle=result.digest, changed=result.changed)
    return result


def _standing(job: Job, reports: Path, record: Mapping[str, Any]) -> ReportResult:
    """The report that is published already."""
    names = sorted(record["outputs"], key=lambda name: (not name.endswith(".html"), name))
    folder = reports / job.name
    files = tuple(folder / name for name in (*names, MANIFEST))
    pages = tuple(path for path in files if path.suffix == ".html")
    return ReportResult(job.name, folder, pages, files, str(record["bundle"]), changed=False)


def _finish(executed: Any, notebook: Path, job: Job, bundle: Path, reports: Path, tell: Progress) -> ReportResult:
    """Pages, manifest, and the switch."""
    tell(say("report.stage.pages", job.lang))
    clean = stripped.stripped(executed, job.settings, job.title)
    (bundle / job.notebook.name).write_text(stripped.to_json(clean), encoding="utf-8", newline="\n")
    pages = _drawn(clean, job, bundle, tell)
    outputs = sorted(path for path in bundle.iterdir() if path.is_file())
    settings = {"notebook": job.notebook.stem, **job.settings}
    last = earlier.predecessor(bundle)
    record = manifest.compose(job.run, settings, job.workspace.hashes(), notebook, outputs, last)
    (bundle / MANIFEST).write_text(manifest.to_json(record), encoding="utf-8", newline="\n")
    check_limits(job, "pages")
    unchanged.refuse(job.name, job.scenarios, job.workspace, notebook, job.run, job.settings)
    tell(say("report.stage.publish", job.lang))
    digest = str(record["bundle"])
    forecast = bundle / archive.FILE
    if forecast.is_file():
        publish.keep(forecast, reports / archive.FOLDER, job.name)
    switched = publish.switch(bundle, reports, job.name, digest, earlier=job.rules.keep)
    names = [*pages, *(path.name for path in outputs if path.name not in pages), MANIFEST]
    files = tuple(switched.path / each for each in names)
    return ReportResult(job.name, switched.path, files[: len(pages)], files, digest, switched.changed)


def _drawn(executed: Any, job: Job, bundle: Path, tell: Progress) -> list[str]:
    """Write the pages, and the PDFs beside them from the same blocks; the names of the pages."""
    try:
        pages = [path.name for path in html.pages(executed, job.title, bundle, stem=job.notebook.stem)]
        tell(say("report.stage.pdf", job.lang))
        pdf.pages(executed, job.title, bundle, stem=job.notebook.stem)
    except pdf.PdfError as error:
        raise ReportError(say("report.failed.pdf", job.lang, why=error)) from error
    except typeface.MissingGlyphError as error:
        codes = " ".join(f"U+{ord(letter):04X}" for letter in error.characters)
        raise ReportError(say("report.failed.letters", job.lang, letters=codes)) from error
    return pages


def to_stderr(line: str) -> None:
    """A line of talk on the terminal's error stream."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
