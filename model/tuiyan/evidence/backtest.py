"""The backtest: the model on the city's own vintages, and forecasting methods on a panel of finished series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tuiyan.evidence import cases, panel, vintages
from tuiyan.evidence.weighing import Weighing, weighing
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.wording import both, preferred

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Scores:
    """What was forecast and what came.

    Attributes
    ----------
    scenario
        Whose levers and laws the forecasts of the city have.
    city
        Every published figure from every origin: a handful, shown and not ranked.
    panel
        The test that has enough cases to say something: methods on finished series of other things.
    weighing
        The pool's methods by the next figure from each origin of the city that can be scored.
    """

    scenario: Scenario
    city: tuple[vintages.Case, ...]
    panel: cases.Backtest
    weighing: Weighing

    def frame(self) -> pd.DataFrame:
        """The forecasts of the city, one row each: origin, method, year, value, quantiles, scores of the log."""
        return vintages.frame(self.city)

    def __repr__(self) -> str:
        """How many cases there are, and how the default did on the panel."""
        origins = len({each.origin for each in self.city})
        return f"<Scores of {self.scenario.id}: {origins} origins of the city, {len(self.city)} cases; {self.panel!r}>"

    def _repr_html_(self) -> str:
        """Both tables, for notebooks."""
        from tuiyan.evidence import showing_scores

        return "".join(grid.html() for grid in showing_scores.tables(self, preferred()))


def backtest(
    scenario: Scenario,
    *,
    origins: Iterable[date | str] | None = None,
    leave_one_out: bool = True,
    draws: int = 8192,
    seed: int = 0,
) -> Scores:
    """Forecast from frozen origins and score what came.

    Parameters
    ----------
    scenario
        Held to have happened; the facts of each origin weigh its draws, the later ones score them.
    origins
        Days from which the city is forecast. Default: the announcement, and each day that brought a figure.
    leave_one_out
        Make the prior of a curve for a series of the panel without that series.

    Raises
    ------
    TuiyanError
        For an origin that is no day, lies before the announcement, or after which nothing was published.
    """
    if not isinstance(scenario, Scenario):
        raise TuiyanError([Finding("E154", None, {"wanted": both("kind.of.scenario"), "given": repr(scenario)})])
    chosen = None if origins is None else [_day(each) for each in origins]
    city = vintages.cases(scenario, origins=chosen, draws=draws, seed=seed)
    finished = panel.backtest_analogues(leave_one_out=leave_one_out, seed=seed, workspace=scenario.workspace.root)
    return Scores(scenario, tuple(city), finished, weighing(scenario, draws=draws, seed=seed))


def _day(given: date | str) -> date:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise TuiyanError([Finding("E120", None, {"value": given})]) from None
