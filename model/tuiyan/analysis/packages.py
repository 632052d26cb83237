"""The cheapest package of levers for a probability, and the frontier of cost against probability."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.optimum import aim_of, chance_at, least_cost, polished, price_of
from tuiyan.analysis.outcomes import Outcome, goal_outcome
from tuiyan.analysis.paired import Ensemble
from tuiyan.analysis.pairing import DRAWS, Run, scenario_of
from tuiyan.analysis.seeking import checked_probability, ensemble_for
from tuiyan.analysis.smoothing import Smooth, smooth
from tuiyan.estimates import Estimate
from tuiyan.inputs.scenario import Scenario
from tuiyan.wording import Text, preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Progress = Callable[[int, int], object]
USUAL = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True, repr=False)
class Package:
    """The cheapest efforts with which a goal is as likely as asked.

    Attributes
    ----------
    status
        ``reached``; ``free`` where no effort is needed; ``unreachable``, and then the package is all levers at their
        upper bound, the best there is.
    efforts
        Lever to effort, to 0.01.
    probability
        Probability at those efforts, run again on all draws.
    cost
        Half the cost-weighted sum of squared efforts, in relative points by judgement, not in yuan. Its standard error
        is that of the probability over the slope of probability by cost.
    marginal
        Lever to the rise of the probability for one unit more of effort, at the package.
    price
        Cost points for one more unit of probability at the package; None where nothing is paid.
    """

    scenario: str
    goal: str
    wanted: float
    status: str
    efforts: Mapping[str, float]
    probability: Estimate
    cost: Estimate
    marginal: Mapping[str, float]
    price: float | None

    def __repr__(self) -> str:
        """The package on one line."""
        shown = ", ".join(f"{key} {effort:.2f}" for key, effort in self.efforts.items() if effort)
        found = f"P = {self.probability.value:.4f}, cost {self.cost.value:.3f}"
        head = f"{self.goal} with P {self.wanted:g} in {self.scenario}, {self.status}"
        return f"<Package {head}: {found}; {shown or 'no effort'}>"

    def _repr_html_(self) -> str:
        """The efforts as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.package(self, preferred()).html()


@dataclass(frozen=True, slots=True, repr=False)
class Frontier:
    """The cheapest package for each of several probabilities.

    Attributes
    ----------
    none, full, best
        Probability with no effort, with the effort of the full programme on every lever, and with all at the upper
        bound.
    end_costs
        What these three cost.
    most
        Upper bound of an effort.
    levers
        Lever to its name.
    """

    scenario: str
    goal: str
    draws: int
    seed: int
    none: Estimate
    full: Estimate
    best: Estimate
    end_costs: tuple[float, float, float]
    most: float
    levers: Mapping[str, Text]
    packages: tuple[Package, ...]

    def __repr__(self) -> str:
        """Probability and cost of each package."""
        shown = ", ".join(f"{each.wanted:g}: {each.cost.value:.3g} ({each.status})" for each in self.packages)
        return f"<Frontier {self.goal} in {self.scenario}: {shown}>"

    def frame(self) -> pd.DataFrame:
        """One row a package: wanted, status, probability, cost, their standard errors, efforts by lever."""
        import pandas as pd

        rows = [
            {
                "wanted": each.wanted, "status": each.status,
                "probability": each.probability.value, "probability_standard_error": each.probability.standard_error,
                "cost": each.cost.value, "cost_standard_error": each.cost.standard_error, **each.efforts,
            }
            for each in self.packages
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def _repr_html_(self) -> str:
        """The packages as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.frontier(self, preferred()).html()


def cheapest(
    scenario: Scenario, outcome: Outcome, wanted: float, *, draws: int, seed: int, progress: Progress | None = None
) -> Package:
    """The cheapest package for one probability."""
    return frontier_of(scenario, outcome, (wanted,), draws=draws, seed=seed, progress=progress).packages[0]


def frontier(
    scenario: Run,
    goal: str,
    probs: Sequence[float] | None = None,
    *,
    scope: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
) -> Frontier:
    """Cheapest packages for several probabilities of a goal on the scale or on benchmark firms.

    Parameters
    ----------
    probs
        Probabilities wanted, each in (0, 1). Default: .5 to .9, and in between the quarters of the way from no effort
        to full effort, full effort itself, and the midpoint from there to the upper bounds.

    Raises
    ------
    TuiyanError
        As `solve_for`; for a goal that no package can be looked for: pipelines, which hang on one lever.
    """
    scenario = scenario_of(scenario)
    outcome = goal_outcome(scenario, goal, scope=scope)
    wanted = None if probs is None else tuple(checked_probability(prob) for prob in probs)
    return frontier_of(scenario, outcome, wanted, draws=draws, seed=seed, progress=progress)


def frontier_of(
    scenario: Scenario,
    outcome: Outcome,
    wanted: Sequence[float] | None,
    *,
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Frontier:
    """`frontier` for an outcome."""
    ensemble = ensemble_for(scenario, outcome, draws=draws, seed=seed)
    levers = tuple(scenario.workspace.levers)
    search = smooth(ensemble, outcome, levers)
    upper = scenario.workspace.lever_file.effort.hard.high
    none, full, best = (chance_at(ensemble, outcome, dict.fromkeys(levers, effort)) for effort in (0.0, 1.0, upper))
    targets = usual(none.value, full.value, best.value) if wanted is None else tuple(wanted)
    packages = []
    for done, prob in enumerate(targets, start=1):
        packages.append(_package(ensemble, outcome, search, prob, (none, best)))
        if progress:
            progress(done, len(targets))
    named = {key: lever.label for key, lever in scenario.workspace.levers.items()}
    costs = sum(lever.cost for lever in scenario.workspace.levers.values())
    ends = (0.0, 0.5 * costs, 0.5 * costs * upper**2)
    return Frontier(
        scenario.id, outcome.name, ensemble.draws, ensemble.seed, none, full, best, ends, upper, named, tuple(packages)
    )


def usual(none: float, full: float, best: float) -> tuple[float, ...]:
    """The probabilities of the default frontier.

    Examples
    --------
    >>> usual(0.52, 0.56, 0.60)
    (0.5, 0.53, 0.54, 0.55, 0.56, 0.58, 0.6, 0.7, 0.8, 0.9)
    """
    between = [none + part * (full - none) for part in (0.25, 0.5, 0.75, 1.0)] + [(full + best) / 2]
    return tuple(sorted({*USUAL, *(round(each, 4) for each in between)}))


def _package(
    ensemble: Ensemble, outcome: Outcome, search: Smooth, wanted: float, ends: tuple[Estimate, Estimate]
) -> Package:
    """One package: free, out of reach, or found by the optimiser and polished."""
    levers, upper = search.levers, ensemble.scenario.workspace.lever_file.effort.hard.high
    cost = np.array([ensemble.scenario.workspace.levers[key].cost for key in levers])
    if ends[0].value >= wanted:
        status, efforts = "free", np.zeros(len(levers))
    elif ends[1].value < wanted:
        status, efforts = "unreachable", np.full(len(levers), upper)
    else:
        found = least_cost(cost, search.probability, search.slopes, aim_of(search, wanted, ends, upper), upper)
        status, efforts = "reached", polished(ensemble, outcome, search, cost, found, wanted)
    named = dict(zip(levers, (round(float(each), 2) for each in efforts), strict=True))
    chance = chance_at(ensemble, outcome, named)
    vector = np.array(list(named.values()))
    slope = search.slopes(vector)
    price = price_of(cost, vector, slope, upper) if status == "reached" else None
    spent = Estimate(0.5 * float(np.sum(cost * vector**2)), 0.0 if price is None else price * chance.standard_error)
    marginal = dict(zip(levers, (float(each) for each in slope), strict=True))
    return Package(ensemble.scenario.id, outcome.name, wanted, status, named, chance, spent, marginal, price)
