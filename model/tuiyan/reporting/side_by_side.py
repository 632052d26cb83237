"""What the notebook `compare` holds: any number of scenarios on the same draws, and a method for each part of the page.

from tuiyan.reporting import side_by_side
comparison = side_by_side.open(globals())
comparison.goals()
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from tuiyan.analysis.attribution import Attribution, by_levers
from tuiyan.analysis.comparison import HEADLINE, Comparison, compare
from tuiyan.analysis.outcomes import outcome_of
from tuiyan.analysis.pairing import check_pair, pair_of
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import tidy, values
from tuiyan.reporting.blocks import Part
from tuiyan.reporting.html import Title
from tuiyan.reporting.parameters import Form, NotebookError
from tuiyan.reporting.study import RESULTS, STAGING_VARIABLE, Study
from tuiyan.reporting.words import day, listed, sentence
from tuiyan.results import run
from tuiyan.wording import Text, both

FORM = Form(
    {"scenarios": str, "lang": str, "draws": int, "seed": int, "as_of": str}, frozenset({"side_by_side", "comparison"})
)
COMMAS = re.compile("[,，、]")
DIFFERENCES = "differences.csv"
SERIES = (*HEADLINE, "firms.count")  # whose paired differences are shown
EXPLAINED = ("scale.total", "R01", "lp.city")  # outcomes whose difference is attributed


@dataclass(frozen=True)
class SideBySide:
    """A comparison and the language JupyterLab shows it in. Every method returns a `Part` in both languages."""

    comparison: Comparison
    lang: str

    @cached_property
    def attributions(self) -> list[Attribution]:
        """What drove the difference of the second scenario from the first, by integration; none where all is equal."""
        first, second = self.comparison.projections[:2]
        if not second.scenario.diff(first.scenario):
            return []
        outcomes = [outcome_of(first.scenario, name) for name in EXPLAINED]
        return by_levers(pair_of(first, second), outcomes, "integration")

    def answer(self) -> Part:
        """What differs, in a few sentences, and how to read it."""
        from tuiyan.reporting.parts import compared

        return Part(compared.answer(self), self.lang)

    def goals(self) -> Part:
        """Every goal under each scenario, and the paired differences from the first."""
        from tuiyan.reporting.parts import compared

        return Part(compared.goals(self), self.lang)

    def paths(self) -> Part:
        """The scale over the years under each scenario."""
        from tuiyan.reporting.parts import compared_years

        return Part(compared_years.paths(self), self.lang)

    def differences(self) -> Part:
        """Paired differences from the first scenario by variable and year."""
        from tuiyan.reporting.parts import compared_years

        return Part(compared_years.differences(self), self.lang)

    def changes(self) -> Part:
        """What each scenario changes against the first."""
        from tuiyan.reporting.parts import compared

        return Part(compared.changes(self), self.lang)

    def attribution(self) -> Part:
        """What drove the difference between the first two."""
        from tuiyan.reporting.parts import compared

        return Part(compared.attribution(self), self.lang)

    def manifest(self) -> Part:
        """What the page was made from."""
        from tuiyan.reporting.parts import compared

        return Part(compared.record_of(self), self.lang)

    def save(self) -> None:
        """Write the tables of numbers beside the page that is being made; nothing in a notebook run by hand."""
        if staging := os.environ.get(STAGING_VARIABLE):
            write(self.comparison, Path(staging))


def open(namespace: Mapping[str, object]) -> SideBySide:  # noqa: A001 - side_by_side.open reads as what it does
    """The comparison that the parameters of a notebook ask for.

    Parameters
    ----------
    namespace
        The notebook's ``globals()``. Only the parameters may stand in it beside IPython's own names.

    Raises
    ------
    TuiyanError
        For a name that is no parameter (with the nearest one), a wrong type, and as `scenarios_of`.
    """
    given = FORM.checked(namespace)
    draws, seed = int(str(given["draws"])), int(str(given["seed"]))
    try:
        scenarios = scenarios_of(names_in(str(given["scenarios"])), as_of=str(given["as_of"]) or None)
        return SideBySide(compare(*(run(each, draws=draws, seed=seed) for each in scenarios)), str(given["lang"]))
    except TuiyanError as error:
        raise NotebookError(error.findings) from error


def names_in(text: str) -> list[str]:
    r"""The names in a line with commas, or one a line.

    Examples
    --------
    >>> names_in("baseline, announced，delayed、"), names_in("baseline\n/tmp/my own, first.yaml")
    (['baseline', 'announced', 'delayed'], ['baseline', '/tmp/my own, first.yaml'])
    """
    parts = text.splitlines() if "\n" in text.strip() else COMMAS.split(text)
    return [name for part in parts if (name := part.strip())]


def joined(names: Sequence[str]) -> str:
    """Names as `names_in` takes them apart again: on a line, or one a line where one of them holds a comma.

    Examples
    --------
    >>> joined(["baseline", "announced"]), names_in(joined(["baseline", "/tmp/my own, first.yaml"]))
    ('baseline, announced', ['baseline', '/tmp/my own, first.yaml'])
    """
    return ("\n" if any(COMMAS.search(name) for name in names) else ", ").join(names)


def scenarios_of(
    names: Sequence[str], *, as_of: date | str | None, workspace: Path | str | None = None
) -> list[Scenario]:
    """Scenarios that can be compared, the first as the base.

    Raises
    ------
    TuiyanError
        With every problem of all of them; for fewer than two, for one that is named twice, and for horizons or
        definitions that differ.
    """
    found: list[Scenario] = []
    findings: dict[str, Finding] = {}
    for name in names:
        try:
            found.append(load(name, as_of=as_of, workspace=workspace))
        except TuiyanError as error:
            findings |= {each.render("en"): each for each in error.findings}
    if findings:
        raise TuiyanError(findings.values())
    if len(found) < 2:
        raise TuiyanError([Finding("E188", None, {"count": len(found)})])
    ids = [each.id for each in found]
    if len(set(ids)) < len(ids):
        values = {"name": "scenarios", "expected": both("report.kind.different"), "given": ", ".join(ids)}
        raise TuiyanError([Finding("E141", None, values)])
    for other in found[1:]:
        check_pair(found[0], other)
    return found


def title_of(scenarios: Sequence[Scenario], *, draws: int, seed: int) -> Title:
    """What stands on top of the pages."""
    first = scenarios[0]
    definition = first.workspace.definition_file.definitions[first.home_definition]
    meta = sentence(
        "report.compare.meta", scenarios=", ".join(each.id for each in scenarios),
        as_of=listed(day(each) for each in sorted({each.as_of for each in scenarios})), horizon=first.horizon,
        definition=Text(definition.zh, definition.en), draws=("integer", draws), seed=seed,
    )  # fmt: skip
    title = both("report.compare.title", titles=listed(each.title for each in scenarios))
    story = both("report.compare.story", first=first.title, count=len(scenarios))
    return Title(title, story, meta, both("report.footer"))


def write(comparison: Comparison, folder: Path) -> None:
    """Write the results of each scenario, the paired differences, and each scenario resolved, into `folder`."""
    single = [Study(each, None, "en") for each in comparison.projections]
    results = [row for each in single for row in (*values.variables(each.projection), *values.goals(each))]
    columns = ("scenario", "against", "variable", "year", "statistic", "value", "standard_error", "unit")
    files = {
        RESULTS: tidy.text(values.COLUMNS, results),
        DIFFERENCES: tidy.text(columns, _differences(comparison)),
        **{f"{each.scenario.id}.resolved.yaml": tidy.resolved(each.scenario) for each in comparison.projections},
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")


def _differences(comparison: Comparison) -> Iterable[tuple[object, ...]]:
    """Paired differences of the goals, then of the series."""
    against = comparison.first.scenario.id
    for change in comparison.goals():
        year = change.goal.due if change.goal else ""
        for other, gap in zip(comparison.others, change.differences[1:], strict=True):
            found = (gap.value, gap.standard_error) if gap else (None, None)
            yield other.scenario.id, against, f"goal.{change.register}", year, "difference", *found, "probability"
    for each in comparison.differences(SERIES):
        names = ("mean", "p05", "p50", "p95")
        for name, estimate in zip(names, (each.mean, *each.quantiles), strict=True):
            numbers = (estimate.value, estimate.standard_error)
            yield each.scenario, against, each.variable, each.year, name, *numbers, each.unit
