"""The optimiser behind the cheapest packages: SLSQP on a smooth probability, then a price on the true one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.outcomes import Outcome
from tuiyan.analysis.paired import Ensemble
from tuiyan.analysis.seeking import GRID
from tuiyan.analysis.smoothing import Smooth
from tuiyan.estimates import Estimate, mean

Array = NDArray[np.float64]
START = 0.5


def least_cost(
    cost: Array,
    probability: Callable[[Array], float],
    slopes: Callable[[Array], Array],
    wanted: float,
    upper: float,
) -> Array:
    """Efforts that minimise half the cost-weighted sum of squares subject to a smooth probability, by SLSQP.

    Parameters
    ----------
    cost : (levers,), weight of each squared effort, > 0
    probability, slopes : of an effort vector (levers,)
    wanted : the least probability
    upper : the upper bound of each effort; the lower is 0

    Returns
    -------
    (levers,)

    Examples
    --------
    A linear constraint has a closed form (target D24):

    >>> part = np.array([0.3, 0.5, 0.4])
    >>> least_cost(np.array([1.0, 2.0, 4.0]), lambda x: float(part @ x), lambda x: part, 0.6, 2.0).round(5).tolist()
    [0.70588, 0.58824, 0.23529]
    """
    from scipy.optimize import minimize

    def spent(efforts: Array) -> float:
        return 0.5 * float(np.sum(cost * efforts * efforts))

    def slope(efforts: Array) -> Array:
        return cost * efforts

    enough: Any = {"type": "ineq", "fun": lambda efforts: probability(efforts) - wanted, "jac": slopes}
    settings: Any = {"maxiter": 40, "ftol": 1e-7}
    result = minimize(
        spent,
        np.full(len(cost), START),
        jac=slope,
        bounds=[(0.0, upper)] * len(cost),
        constraints=[enough],
        method="SLSQP",
        options=settings,
    )
    return np.clip(np.asarray(result.x, dtype=np.float64), 0.0, upper)


def chance_at(ensemble: Ensemble, outcome: Outcome, effort: Mapping[str, float]) -> Estimate:
    """Probability at an effort."""
    return mean(outcome.per_draw(ensemble.projection(outcome.keep, effort={**ensemble.plan.levers, **effort})))


def aim_of(search: Smooth, wanted: float, ends: tuple[Estimate, Estimate], upper: float) -> float:
    """The smooth probability that lies as far between its own two ends as the wanted one lies between the true ones.

    The smooth probability is a little off the true one, which would put the ends of the range out of its reach.
    """
    low, high = (search.probability(np.full(len(search.levers), effort)) for effort in (0.0, upper))
    return low + (high - low) * (wanted - ends[0].value) / (ends[1].value - ends[0].value)


def price_of(cost: Array, effort: Array, slope: Array, upper: float) -> float | None:
    """Cost points for one more unit of probability, from the levers that are free to move; None if none is."""
    free = (effort > 0) & (effort < upper)
    gain = float(np.sum((slope * effort)[free]))
    return float(np.sum((cost * effort**2)[free])) / gain if gain > 0 else None


def polished(ensemble: Ensemble, outcome: Outcome, search: Smooth, cost: Array, efforts: Array, wanted: float) -> Array:
    """Efforts with which the goal itself, not its smooth form, is likely enough, in the mix the optimiser found.

    At an optimum the effort of a lever is its slope over its cost times one price, up to the bound: the price is
    raised or lowered until the goal is met. A common factor on all efforts would take levers off their bound.
    """
    slope, upper = search.slopes(efforts), ensemble.scenario.workspace.lever_file.effort.hard.high

    def at(price: float) -> Array:
        return np.round(np.clip(price * slope / cost, 0.0, upper) * GRID) / GRID

    def likely(price: float) -> bool:
        named = dict(zip(search.levers, at(price).tolist(), strict=True))
        return chance_at(ensemble, outcome, named).value >= wanted

    low, high = 0.0, 1.0
    while not likely(high):
        if at(high)[slope > 0].min() >= upper:
            return np.full(len(cost), upper)  # only levers that seem to do nothing are left: all that there is
        low, high = high, 2 * high
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (low, middle) if likely(middle) else (middle, high)
    return at(high)
