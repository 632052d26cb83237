"""Scenarios side by side on the same draws: what was changed, each goal before and after, paired differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.outcomes import ALL, RELATIVE
from tuiyan.analysis.pairing import check_pair, projection_of
from tuiyan.estimates import Estimate, mean, quantile
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.scenario import Difference
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.ledger import applies, reached
from tuiyan.results import Projection
from tuiyan.wording import preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
LEVELS = (0.05, 0.5, 0.95)
HEADLINE = ("scale.total", "lp.city")


@dataclass(frozen=True, slots=True)
class GoalChange:
    """One goal, or all counted ones, in every projection of a comparison.

    Attributes
    ----------
    probabilities
        One for each projection; None where the goal has no meaning (a pipeline without a policy).
    differences
        From the first projection, with the standard error of the paired difference; None where either has none.
    """

    register: str
    goal: Goal | None
    probabilities: tuple[Estimate | None, ...]
    differences: tuple[Estimate | None, ...]


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """A paired difference from the first projection: of amounts relative (a ratio less one), else a plain difference.

    `quantiles` are at 5, 50 and 95 %.
    """

    scenario: str
    variable: str
    year: int
    unit: str
    mean: Estimate
    quantiles: tuple[Estimate, Estimate, Estimate]


@dataclass(frozen=True, repr=False)
class Comparison:
    """Any number of projections on the same draws, compared with the first."""

    projections: tuple[Projection, ...]

    @property
    def first(self) -> Projection:
        """What the others are compared with."""
        return self.projections[0]

    @property
    def others(self) -> tuple[Projection, ...]:
        """The others."""
        return self.projections[1:]

    def changes(self) -> dict[str, list[Difference]]:
        """By scenario: what differs from the first, and nothing else."""
        return {each.scenario.id: each.scenario.diff(self.first.scenario) for each in self.others}

    def goals(self, *, scope: bool = False) -> list[GoalChange]:
        """Every goal with a number, then all counted goals together, before and after.

        Parameters
        ----------
        scope
            Test the goals that have one in their own uncertain definition.
        """
        register = self.first.scenario.workspace.goals
        rows = [self._goal(id_, (goal,), goal, scope=scope) for id_, goal in register.items() if goal.test]
        counted = tuple(goal for goal in register.values() if goal.counted)
        return [*rows, self._goal(ALL, counted, None, scope=scope)]

    def _goal(self, name: str, goals: tuple[Goal, ...], shown: Goal | None, *, scope: bool) -> GoalChange:
        """Probabilities of one goal, or of several at once, and their paired differences."""
        met = [_met(each, goals, scope=scope) for each in self.projections]
        start = met[0]
        return GoalChange(
            name,
            shown,
            tuple(None if each is None else mean(each) for each in met),
            tuple(None if each is None or start is None else mean(each - start) for each in met),
        )

    def differences(
        self, names: Sequence[str] = HEADLINE, *, years: Iterable[int] | None = None
    ) -> list[PairedDifference]:
        """Paired differences from the first projection, by scenario, variable and year.

        Parameters
        ----------
        names
            Series such as ``scale.total``, ``scale.robots``, ``lp.city``.
        years
            Default: every year after 2017 to the policy horizon, then each fifth year.
        """
        last = self.first.years[-1]
        chosen = list(years) if years is not None else [
            year for year in self.first.years[1:] if year <= POLICY_HORIZON or year % 5 == 0 or year == last
        ]  # fmt: skip
        return [self._difference(each, name, year) for each in self.others for name in names for year in chosen]

    def _difference(self, other: Projection, name: str, year: int) -> PairedDifference:
        """One paired difference."""
        self.first.quantile(name, 0.5, year)  # refuses a name or a year that is not there
        at = self.first.index(year)
        here, there = self.first[name][at], other[name][at]
        relative = self.first.unit(name) in RELATIVE
        gap = there / here - 1 if relative else there - here
        unit = "ratio" if relative else self.first.unit(name)
        low, middle, high = (quantile(gap, level) for level in LEVELS)
        return PairedDifference(other.scenario.id, name, year, unit, mean(gap), (low, middle, high))

    def frame(self, names: Sequence[str] = HEADLINE, *, years: Iterable[int] | None = None) -> pd.DataFrame:
        """Paired differences as a tidy table: scenario, variable, year, statistic, value, standard_error, unit."""
        import pandas as pd

        rows = [
            (each.scenario, each.variable, each.year, statistic, found.value, found.standard_error, each.unit)
            for each in self.differences(names, years=years)
            for statistic, found in zip(("mean", "p05", "p50", "p95"), (each.mean, *each.quantiles), strict=True)
        ]
        columns = ["scenario", "variable", "year", "statistic", "value", "standard_error", "unit"]
        return pd.DataFrame(rows, columns=columns)

    def goals_frame(self) -> pd.DataFrame:
        """Goals before and after: goal, scenario, probability, difference from the first, their standard errors."""
        import pandas as pd

        def parts(found: Estimate | None) -> tuple[float | None, float | None]:
            return (found.value, found.standard_error) if found else (None, None)

        rows = [
            (row.register, each.scenario.id, *parts(row.probabilities[k]), *parts(row.differences[k]))
            for row in self.goals()
            for k, each in enumerate(self.projections)
        ]
        columns = ["goal", "scenario", "probability", "standard_error", "difference", "difference_standard_error"]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        """Who is compared with whom."""
        names = ", ".join(each.scenario.id for each in self.others)
        return (
            f"<Comparison of {names} with {self.first.scenario.id}, {self.first.draws} draws, seed {self.first.seed}>"
        )

    def _repr_html_(self) -> str:
        """The goals before and after, for notebooks."""
        from tuiyan.analysis import showing

        lang = preferred()
        return showing.comparison(self, lang).html() + showing.paired(self, lang).html()


def compare(*projections: Projection) -> Comparison:
    """Compare projections with the first of them, draw by draw.

    Raises
    ------
    TuiyanError
        For fewer than two projections; other draws, seeds, horizons or definitions.
    """
    if len(projections) < 2:
        raise TuiyanError([Finding("E188", None, {"count": len(projections)})])
    first = projection_of(projections[0])
    for other in projections[1:]:
        if (projection_of(other).draws, other.seed) != (first.draws, first.seed):
            raise TuiyanError([Finding("E148", None)])
        check_pair(first.scenario, other.scenario)
    return Comparison(tuple(projections))


def _met(projection: Projection, goals: tuple[Goal, ...], *, scope: bool) -> Array | None:
    """Whether each draw meets all of some goals at their deadlines; None where one has no meaning."""
    if not all(applies(projection, goal) for goal in goals):
        return None
    flags = [reached(projection, goal, scope=scope)[projection.index(goal.due)] for goal in goals]
    return np.asarray(np.logical_and.reduce(flags), dtype=np.float64)
