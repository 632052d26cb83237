"""Productivity has no number in the document: how likely each threshold is, and the adoption it would need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan.estimates import Estimate, mean, quantile

if TYPE_CHECKING:
    from tuiyan.results import Projection

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Threshold:
    """How likely labour productivity passes a value the document does not name, and what adoption that would need.

    Attributes
    ----------
    value
        Threshold, log points of labour productivity since 2017.
    factor
        Common factor on the change of adoption since 2017 with which the median reaches the threshold; None when that
        would need more than all exposed tasks that can be reached (the ceiling).
    adoption
        Change of adoption of the city that this means, value-added weighted; share of exposed tasks.
    """

    value: float
    probability: Estimate
    factor: float | None
    adoption: float | None


def thresholds(projection: Projection) -> Iterator[Threshold]:
    """Productivity has no number in the document: the probability of each threshold, and the adoption it would need.

    With the change of adoption scaled by k the effect of the city is k times its first-order part plus k squared times
    the rest; k is where the median of that reaches the threshold.
    """
    goals = [goal for goal in projection.scenario.workspace.goals.values() if goal.thresholds]
    share = np.array(projection.scenario.workspace.tables.sectors.share)[:, None]
    for goal in goals:
        at = projection.index(goal.due)
        city, start = projection["lp.city"][at], projection["adoption"][0]
        first = np.add.reduce(share * projection["lp"][at], axis=0)
        change = quantile(np.add.reduce(share * (projection["adoption"][at] - start), axis=0), 0.5).value
        room = quantile(np.add.reduce(share * (projection.parameter("adoption.ceiling") - start), axis=0), 0.5).value
        for value in goal.thresholds:
            factor = _factor(first, city - first, value, room / change)
            adoption = None if factor is None else factor * change
            yield Threshold(value, mean(city > value), factor, adoption)


def _factor(first: Array, second: Array, value: float, most: float) -> float | None:
    """The k up to `most` at which the median of k first + k^2 second is `value`, by bisection; None if none is."""

    def below(k: float) -> bool:
        return quantile(k * first + k * k * second, 0.5).value < value

    if below(most):
        return None
    low, high = 0.0, most
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return high
