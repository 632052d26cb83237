"""What the draws say when a path is imposed: entropic tilting of the ensemble."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.outcomes import outcome_of
from tuiyan.analysis.tilting import tilt
from tuiyan.draws.weights import weights_of
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.results import Projection
from tuiyan.wording import preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
LEAST = 50.0  # effective draws below which nothing is said
Path = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Conditioned:
    """A projection with weights on its draws, so that the mean of some series takes given values.

    Attributes
    ----------
    weights
        (draws,), sum 1.
    divergence
        Kullback-Leibler divergence from the equal weights, nats: how far the path is from what the model expects.
    effective
        Effective number of draws.
    """

    projection: Projection
    path: Path
    weights: Array
    divergence: float
    effective: float

    def given(self, scenario: Scenario | None = None) -> Scenario:
        """A scenario, by default that of the projection, on the draws as the path weighs them."""
        chosen = scenario or self.projection.scenario
        learned = self.projection.scenario.learned
        if learned:
            return chosen.weighted(learned.reweighted(self.weights))
        return chosen.weighted(weights_of(self.weights, self.projection.draws, self.projection.seed))

    def prob(self, goal: str, *, scope: bool = False) -> float:
        """Probability of a goal, or of ``all``, given the path."""
        outcome = outcome_of(self.projection.scenario, goal, scope=scope)
        return float((self.weights * outcome.per_draw(self.projection)).sum())

    def mean(self, name: str, year: int) -> float:
        """Mean of a series in a year, given the path."""
        self.projection.estimate(name, year)  # refuses a name or year that is not there
        return float((self.weights * self.projection[name][self.projection.index(year)]).sum())

    def quantile(self, name: str, level: float, year: int) -> float:
        """Quantile of a series in a year, given the path."""
        self.projection.quantile(name, level, year)
        values = self.projection[name][self.projection.index(year)]
        order = np.argsort(values, kind="stable")
        below = np.cumsum(self.weights[order]) - self.weights[order] / 2
        return float(np.interp(level, below, values[order]))

    def frame(self, names: tuple[str, ...] = ("scale.total",)) -> pd.DataFrame:
        """Mean and quantiles of some series by year, given the path."""
        import pandas as pd

        rows = [
            (name, year, self.mean(name, year), *(self.quantile(name, level, year) for level in (0.05, 0.5, 0.95)))
            for name in names
            for year in self.projection.years
        ]
        table = pd.DataFrame(rows, columns=["variable", "year", "mean", "p05", "p50", "p95"])
        return table.assign(unit=[self.projection.unit(name) for name in table["variable"]])

    def __repr__(self) -> str:
        """How far the path is from the model, and how many draws are left to speak."""
        known = f"KL {self.divergence:.3f}, {self.effective:.0f} effective draws of {self.projection.draws}"
        return f"<Conditioned {self.projection.scenario.id}: {known}>"

    def _repr_html_(self) -> str:
        """The scale of the city by year, given the path, for notebooks."""
        from tuiyan.analysis import showing

        return showing.conditioned(self, preferred()).html()


def condition(projection: Projection, path: Path) -> Conditioned:
    """Weigh the draws so that the means follow a path, changing them as little as can be.

    Parameters
    ----------
    path
        Series to year to the mean it is given, in the unit of the series: ``{"scale.total": {2018: 800}}``.

    Raises
    ------
    TuiyanError
        For an unknown series or year, a path outside what the draws span, fewer than 50 effective draws.

    References
    ----------
    Robertson, Tallman and Whiteman (2005), Journal of Money, Credit and Banking 37(3).
    """
    if any(not math.isfinite(value) for years in path.values() for value in years.values()):
        raise TuiyanError([Finding("E195", None, {"why": "NaN"})])
    wanted = [(name, year, float(value)) for name, years in path.items() for year, value in years.items()]
    if not wanted:
        raise TuiyanError([Finding("E195", None, {"why": "—"})])
    rows = []
    for name, year, _ in wanted:
        projection.estimate(name, year)
        rows.append(projection[name][projection.index(year)])
    shown = ", ".join(f"{name} {year} = {value:g}" for name, year, value in wanted)
    try:
        found = tilt(np.stack(rows), np.array([value for *_, value in wanted]))
    except ValueError:
        raise TuiyanError([Finding("E195", None, {"why": shown})]) from None
    if found.effective < LEAST:
        raise TuiyanError([Finding("E196", None, {"count": f"{found.effective:.0f}", "path": shown})])
    return Conditioned(projection, path, found.weights, found.divergence, found.effective)
