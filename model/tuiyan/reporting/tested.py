"""What the notebook `backtest` holds: how forecasts did, of methods on finished series and of the model on the city.

from tuiyan.reporting import tested
scores = tested.open(globals())
scores.panel()
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from tuiyan.ensemble import check_draws
from tuiyan.evidence import vintages
from tuiyan.evidence.cases import Backtest
from tuiyan.evidence.learning import Posterior, learn
from tuiyan.evidence.panel import backtest_analogues
from tuiyan.evidence.vintages import Case
from tuiyan.inputs.facts import read_facts
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.loading import known_on, load
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import tidy
from tuiyan.reporting.blocks import Part
from tuiyan.reporting.html import Title
from tuiyan.reporting.parameters import Form, NotebookError
from tuiyan.reporting.study import RESOLVED, RESULTS, STAGING_VARIABLE
from tuiyan.reporting.study import title_of as title_of_report
from tuiyan.wording import both

FORM = Form({"scenario": str, "lang": str, "draws": int, "seed": int, "as_of": str}, frozenset({"tested", "scores"}))
COLUMNS = (
    "test", "series", "origin", "method", "year", "ahead", "definition", "qualifier", "published", "unit", "value",
    "p05", "p50", "p95", "log_error", "crps", "log_score", "interval_score_90", "pinball_10", "pinball_50",
    "pinball_90", "pit", "probability_of_bound",
)  # fmt: skip
CITY, PANEL = "city", "panel"
DECIMALS = 3  # of a score: an optimum moves in its late digits from one machine to the next


@dataclass(frozen=True)
class Backtested:
    """A scenario and the day up to which figures are looked at. Every method returns a `Part` in both languages.

    Attributes
    ----------
    scenario
        Held to have happened: its levers are those of every origin.
    until
        Figures published later stand nowhere on the page.
    lang
        The language JupyterLab shows the parts in.
    """

    scenario: Scenario
    until: date
    draws: int
    seed: int
    lang: str

    @cached_property
    def latest(self) -> Scenario:
        """The scenario with what was published by the last day."""
        return known_on(self.scenario, self.until)

    @cached_property
    def series(self) -> Backtest:
        """Methods on finished series."""
        return backtest_analogues(seed=self.seed, workspace=self.scenario.workspace.root)

    @cached_property
    def cases(self) -> tuple[Case, ...] | TuiyanError:
        """The model on the city, or why there is nothing to say."""
        try:
            return tuple(vintages.cases(self.scenario, until=self.until, draws=self.draws, seed=self.seed))
        except TuiyanError as refused:
            return refused

    @cached_property
    def posterior(self) -> Posterior | TuiyanError:
        """What all facts together say, or why they say nothing."""
        try:
            return learn(self.latest, draws=self.draws, seed=self.seed)
        except TuiyanError as refused:
            return refused

    def answer(self) -> Part:
        """How the forecasts did, in one paragraph, and how to read it."""
        from tuiyan.reporting.parts import tested

        return Part(tested.answer(self), self.lang)

    def panel(self) -> Part:
        """Skill of the methods on finished series."""
        from tuiyan.reporting.parts import tested_panel

        return Part(tested_panel.blocks(self), self.lang)

    def reliability(self) -> Part:
        """Whether what the intervals claim comes true."""
        from tuiyan.reporting.parts import tested_reliability

        return Part(tested_reliability.blocks(self), self.lang)

    def city(self) -> Part:
        """Forecasts of the city from frozen origins, and what was published later."""
        from tuiyan.reporting.parts import tested

        return Part(tested.city(self), self.lang)

    def learning(self) -> Part:
        """Prior against posterior under all facts."""
        from tuiyan.reporting.parts import tested

        return Part(tested.learning(self), self.lang)

    def manifest(self) -> Part:
        """What the page was made from."""
        from tuiyan.reporting.parts import tested

        return Part(tested.record_of(self), self.lang)

    def save(self) -> None:
        """Write the tables of numbers beside the page that is being made; nothing in a notebook run by hand."""
        if staging := os.environ.get(STAGING_VARIABLE):
            write(self, Path(staging))


def open(namespace: Mapping[str, object]) -> Backtested:  # noqa: A001 - tested.open reads as what it does
    """The backtest that the parameters of a notebook ask for; nothing is computed before a part wants it.

    Parameters
    ----------
    namespace
        The notebook's ``globals()``. Only the parameters may stand in it beside IPython's own names.

    Raises
    ------
    TuiyanError
        For a name that is no parameter (with the nearest one), a wrong type, a bad scenario, and as `opened`.
    """
    given = FORM.checked(namespace)
    draws, seed = int(str(given["draws"])), int(str(given["seed"]))
    try:
        scenario = load(str(given["scenario"]), as_of=str(given["as_of"]) or None)
        return opened(scenario, str(given["as_of"]), draws=draws, seed=seed, lang=str(given["lang"]))
    except TuiyanError as error:
        raise NotebookError(error.findings) from error


def opened(scenario: Scenario, as_of: object, *, draws: int, seed: int, lang: str) -> Backtested:
    """The backtest of a scenario, up to its vintage if `as_of` names one, else with everything that was published.

    Raises
    ------
    TuiyanError
        For a number of draws or a seed that no ensemble can have.
    """
    check_draws(draws, seed)
    published = [fact.published for fact in read_facts(scenario.workspace)]
    until = scenario.as_of if as_of else max([scenario.as_of, *published])
    return Backtested(scenario, until, draws, seed, lang)


def title_of(view: Backtested) -> Title:
    """What stands on top of the pages."""
    usual = title_of_report(view.latest, draws=view.draws, seed=view.seed)
    title = both("report.tested.title", title=view.scenario.title)
    return replace(usual, title=title, story=both("report.tested.story"))


def write(view: Backtested, folder: Path) -> None:
    """Write all cases and the resolved scenario into `folder`."""
    rows = [*_of_series(view.series), *_of_city(view.cases)]
    (folder / RESULTS).write_text(tidy.text(COLUMNS, rows), encoding="utf-8", newline="")
    (folder / RESOLVED).write_text(tidy.resolved(view.latest), encoding="utf-8", newline="\n")


def _of_series(found: Backtest) -> Iterator[tuple[object, ...]]:
    """One row a case of the panel; values and quantiles are logs."""
    for each in found.cases:
        numbers = (
            each.observed, each.low, each.median, each.high, each.observed - each.median, each.crps, each.log,
            each.interval, each.pinball_10, each.pinball_50, each.pinball_90, each.pit,
        )  # fmt: skip
        about = (PANEL, each.series, each.origin, each.method, each.origin + each.horizon, each.horizon)
        yield *about, "", "", "", "log", *map(_rounded, numbers), ""


def _of_city(found: tuple[Case, ...] | TuiyanError) -> Iterator[tuple[object, ...]]:
    """One row a case of the city; nothing where the model refused."""
    for each in () if isinstance(found, TuiyanError) else found:
        fact = each.fact
        scores = (each.error, each.crps, None, each.interval, None, None, None, each.pit, each.bound)
        yield (
            CITY, fact.series, each.origin, each.method, fact.year, fact.year - each.origin.year, fact.definition,
            fact.qualifier, fact.published, fact.unit, fact.value, *map(_rounded, (*each.quantiles, *scores)),
        )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS) + 0.0  # no minus before a nought
