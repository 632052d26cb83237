"""What the notebook `standard_shocks` holds: what every outcome does when one lever or driver is moved by one step.

from tuiyan.reporting import shocks
responses = shocks.open(globals())
responses.table()
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from tuiyan.analysis.outcomes import outcome_of
from tuiyan.analysis.responses import Responses, standard_shocks
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import tidy
from tuiyan.reporting.blocks import Part
from tuiyan.reporting.html import Title
from tuiyan.reporting.parameters import Form, NotebookError
from tuiyan.reporting.study import RESOLVED, RESULTS, STAGING_VARIABLE
from tuiyan.reporting.study import title_of as title_of_report
from tuiyan.wording import both

FORM = Form(
    {"scenario": str, "year": int, "lang": str, "draws": int, "seed": int, "as_of": str},
    frozenset({"shocks", "responses"}),
)
SCALE = "scale.total"
YEARS = (2018, 2019, 2020, 2025, 2030)  # at which the path of the scale's response is shown, up to the horizon


@dataclass(frozen=True)
class Shocks:
    """Responses of a scenario, and the language JupyterLab shows them in. Every method returns a `Part` in both."""

    scenario: Scenario
    found: Responses
    lang: str

    @cached_property
    def by_year(self) -> dict[int, Responses]:
        """Responses of the scale alone, at each of `YEARS` that the scenario covers."""
        years = [year for year in YEARS if year <= self.scenario.horizon]
        draws, seed = self.found.draws, self.found.seed
        return {
            year: standard_shocks(self.scenario, outcomes=(SCALE,), year=year, draws=draws, seed=seed) for year in years
        }

    def answer(self) -> Part:
        """What moves most, in a few sentences, and how to read it."""
        from tuiyan.reporting.parts import shocked

        return Part(shocked.answer(self), self.lang)

    def table(self) -> Part:
        """The response of every outcome to every step, as a map and as tables."""
        from tuiyan.reporting.parts import shocked

        return Part(shocked.tables(self), self.lang)

    def paths(self) -> Part:
        """The response of the scale over the years."""
        from tuiyan.reporting.parts import shocked

        return Part(shocked.paths(self), self.lang)

    def manifest(self) -> Part:
        """What the page was made from."""
        from tuiyan.reporting.parts import shocked

        return Part(shocked.record_of(self), self.lang)

    def save(self) -> None:
        """Write the tables of numbers beside the page that is being made; nothing in a notebook run by hand."""
        if staging := os.environ.get(STAGING_VARIABLE):
            write(self, Path(staging))


def open(namespace: Mapping[str, object]) -> Shocks:  # noqa: A001 - shocks.open reads as what it does
    """The responses that the parameters of a notebook ask for.

    Parameters
    ----------
    namespace
        The notebook's ``globals()``. Only the parameters may stand in it beside IPython's own names.

    Raises
    ------
    TuiyanError
        For a name that is no parameter (with the nearest one), a wrong type, a bad scenario, or a year that it does
        not cover.
    """
    given = FORM.checked(namespace)
    year, draws, seed = (int(str(given[name])) for name in ("year", "draws", "seed"))
    try:
        scenario = load(str(given["scenario"]), as_of=str(given["as_of"]) or None)
        found = standard_shocks(scenario, year=year, draws=draws, seed=seed)
        return Shocks(scenario, found, str(given["lang"]))
    except TuiyanError as error:
        raise NotebookError(error.findings) from error


def title_of(scenario: Scenario, *, draws: int, seed: int) -> Title:
    """What stands on top of the pages."""
    title = both("report.shocks.title", title=scenario.title)
    usual = title_of_report(scenario, draws=draws, seed=seed)
    return replace(usual, title=title, story=both("report.shocks.story"))


def write(shown: Shocks, folder: Path) -> None:
    """Write all responses and the resolved scenario into `folder`."""
    columns = (
        "scenario", "id", "kind", "step", "step_unit", "outcome", "year", "response", "standard_error", "unit",
    )  # fmt: skip
    later = [each for year, each in shown.by_year.items() if year != shown.found.year]
    rows = [row for each in (shown.found, *later) for row in _rows(each, shown.scenario)]
    (folder / RESULTS).write_text(tidy.text(columns, rows), encoding="utf-8", newline="")
    (folder / RESOLVED).write_text(tidy.resolved(shown.scenario), encoding="utf-8", newline="\n")


def _rows(found: Responses, scenario: Scenario) -> Iterable[tuple[object, ...]]:
    """One row a step and outcome; a goal is looked at in the year of its deadline."""
    years = {
        name: outcome_of(scenario, name).year if found.units[name] == "probability" else found.year
        for name in found.names
    }
    for row in found.rows:
        for name, each in row.responses.items():
            step = (found.scenario, row.id, row.kind, row.step, row.step_unit)
            yield *step, name, years[name], each.value, each.standard_error, found.units[name]
