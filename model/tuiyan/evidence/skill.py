"""Skill of methods over the best naive forecast, with intervals, and whether their forecasts are reliable.

The unit is what was drawn from the world once: a series of a panel, an origin of a single series. Cases of one unit
hang together, so intervals come from drawing whole units again, and few units give no ranking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
FEWEST_UNITS = 4  # below which methods are shown and not ranked
FEWEST_CASES = 20  # below which there is no histogram
BINS = 5
LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
TAILS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One method in a table of skill.

    Attributes
    ----------
    mean, low, high
        Mean score, and its 90% interval over units drawn again; the lower, the better.
    skill, skill_low, skill_high
        1 - mean score/mean score of the best benchmark, and its interval; of a log score, which has no zero, the nats
        gained over the best benchmark. Above 0 is better than that benchmark.
    rank
        Place by mean score, 1 for the best; None with fewer than four units.
    """

    method: str
    benchmark: bool
    cases: int
    units: int
    mean: float
    low: float
    high: float
    skill: float
    skill_low: float
    skill_high: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether what a method claims comes true.

    Attributes
    ----------
    coverage
        Share of the outcomes inside the central interval of each of `levels`.
    histogram
        Outcomes in each fifth of the forecast distribution; None with fewer than 20 cases.
    mean, variance
        Of the probability integral transform: 1/2 and 1/12 of a calibrated method.
    """

    cases: int
    units: int
    levels: tuple[float, ...]
    coverage: tuple[float, ...]
    histogram: tuple[int, ...] | None
    mean: float
    variance: float


def resampled(units: int, *, replications: int, seed: int) -> Array:
    """How often each unit is drawn when as many as there are are drawn again, with replacement.

    Returns
    -------
    (replications, units), whole numbers; rows sum to `units`

    Examples
    --------
    >>> resampled(3, replications=4, seed=0).sum(axis=1).tolist()
    [3.0, 3.0, 3.0, 3.0]
    """
    shares = np.full(units, 1 / units)
    return np.random.default_rng(seed).multinomial(units, shares, size=replications).astype(np.float64)


def skill_table(
    scores: Mapping[str, ArrayLike],
    units: Sequence[str],
    *,
    benchmarks: Sequence[str],
    ratio: bool = True,
    replications: int = 2000,
    seed: int = 0,
) -> tuple[SkillRow, ...]:
    """Methods against the best benchmark, the best first.

    Parameters
    ----------
    scores
        By method: (cases,), the lower, the better; the same cases in the same order for all.
    units
        (cases,), what each case belongs to.
    benchmarks
        Names of naive methods among them, at least one. The best of all cases stays the best in every replication.
    ratio
        Whether the score has a zero that perfection reaches; a log score has none.
    replications, seed
        Of the bootstrap over units.

    Raises
    ------
    ValueError
        Without a benchmark or a case, or where the numbers of cases differ.

    References
    ----------
    Field and Welsh (2007), Journal of the Royal Statistical Society B 69(3): bootstrap of clustered data.

    Examples
    --------
    >>> rows = skill_table({"new": [1., 2.], "old": [2., 4.]}, ["a", "b"], benchmarks=["old"])
    >>> [(row.method, row.mean, row.skill, row.rank) for row in rows]
    [('new', 1.5, 0.5, None), ('old', 3.0, 0.0, None)]
    """
    table = {method: np.asarray(each, dtype=np.float64) for method, each in scores.items()}
    present = [method for method in table if method in benchmarks]
    if not present or not units:
        raise ValueError("skill needs at least one case and one benchmark to compare with")
    if any(each.shape != (len(units),) for each in table.values()):
        raise ValueError(f"every method needs one score for each of the {len(units)} cases")
    names, member = np.unique(np.asarray(units), return_inverse=True)
    drawn = resampled(names.size, replications=replications, seed=seed)
    means = {method: float(each.mean()) for method, each in table.items()}
    again = {method: _means_of_units(each, member, drawn) for method, each in table.items()}
    best = min(present, key=lambda method: means[method])
    order = sorted(table, key=lambda method: means[method])

    def row(place: int, method: str) -> SkillRow:
        skills = _skill(again[method], again[best], ratio=ratio)
        return SkillRow(
            method=method,
            benchmark=method in present,
            cases=len(units),
            units=names.size,
            mean=means[method],
            low=_tail(again[method], 0),
            high=_tail(again[method], 1),
            skill=float(_skill(np.array(means[method]), np.array(means[best]), ratio=ratio)),
            skill_low=_tail(skills, 0),
            skill_high=_tail(skills, 1),
            rank=place if names.size >= FEWEST_UNITS else None,
        )

    return tuple(row(place, method) for place, method in enumerate(order, start=1))


def _means_of_units(scores: Array, member: NDArray[np.intp], drawn: Array) -> Array:
    """Mean score of each replication, in which a unit's cases count as often as the unit was drawn."""
    total = drawn @ np.bincount(member, weights=scores, minlength=drawn.shape[1])
    return np.asarray(total / (drawn @ np.bincount(member)))


def _skill(score: Array, best: Array, *, ratio: bool) -> Array:
    """Skill over the best benchmark; NaN over one that is perfect."""
    if not ratio:
        return np.asarray(best - score)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(best > 0, 1 - score / best, np.nan))


def _tail(values: Array, side: int) -> float:
    """An end of the 90% interval over replications."""
    return float(np.quantile(values, TAILS[side]))


def calibration(transforms: ArrayLike, units: Sequence[str]) -> Calibration:
    """Reliability of forecasts from their probability integral transforms.

    Parameters
    ----------
    transforms
        (cases,), in [0, 1], from `tuiyan.evidence.scores.pit`.
    units
        (cases,), what each case belongs to. Cases of one unit miss together, so the shares are less certain than
        their number suggests.

    Raises
    ------
    ValueError
        Without a case, or for a transform outside [0, 1].

    References
    ----------
    Gneiting, Balabdaoui and Raftery (2007), Journal of the Royal Statistical Society B 69(2).

    Examples
    --------
    >>> found = calibration([.1, .4, .5, .9], ["a", "a", "b", "b"])
    >>> dict(zip(found.levels, found.coverage))[.5], found.histogram
    (0.5, None)
    """
    u = np.asarray(transforms, dtype=np.float64)
    if not u.size or not ((u >= 0) & (u <= 1)).all():
        raise ValueError(f"the probability integral transforms are {u}; there must be some, between 0 and 1")
    counts = np.histogram(u, bins=BINS, range=(0, 1))[0] if u.size >= FEWEST_CASES else None
    return Calibration(
        cases=u.size,
        units=len(set(units)),
        levels=LEVELS,
        coverage=tuple(_covered(u)),
        histogram=None if counts is None else tuple(counts.tolist()),
        mean=float(u.mean()),
        variance=float(u.var()),
    )


def _covered(u: Array) -> Iterator[float]:
    """Share of outcomes in each central interval; what lies on its end, but for rounding, is inside."""
    return (float((np.abs(2 * u - 1) <= level + 1e-12).mean()) for level in LEVELS)
