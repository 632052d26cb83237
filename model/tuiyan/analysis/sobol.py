"""Sobol indices: the share of the variance of an output that each group of inputs explains.

Two independent samples of the inputs, A and B, and for each group the sample A with that group taken from B. All three
are outputs here: where the inputs come from is the caller's business.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
# Replications that are resampled at once: the weights of 8,192 cases then take 3 MB.
CHUNK = 50


@dataclass(frozen=True, slots=True, eq=False)
class SobolIndices:
    """Variance shares by group, with percentile bootstrap intervals.

    Attributes
    ----------
    first
        Share of the variance that goes when the group alone is known, (groups,).
    total
        Share that is left when all but the group is known: with its interactions, (groups,).
    first_low, first_high, total_low, total_high
        Ends of the bootstrap intervals, (groups,).
    variance
        Variance of the output, in its unit squared.
    """

    first: Array
    total: Array
    first_low: Array
    first_high: Array
    total_low: Array
    total_high: Array
    variance: float


def sobol_indices(
    a: ArrayLike,
    b: ArrayLike,
    ab: ArrayLike,
    generator: np.random.Generator,
    *,
    replications: int = 1000,
    coverage: float = 0.95,
) -> SobolIndices:
    """First-order and total Sobol indices.

    Parameters
    ----------
    a, b
        Outputs on two independent samples of all inputs, (cases,).
    ab
        Outputs on the first sample with one group taken from the second, (groups, cases).
    generator
        Source of the resampling: the same generator state gives the same intervals.
    replications
        Bootstrap samples of cases.
    coverage
        Of the intervals, in (0, 1).

    Returns
    -------
    SobolIndices
        first = mean(f_B (f_AB - f_A))/V, total = mean((f_A - f_AB)^2)/(2 V), V the variance of A and B together

    Raises
    ------
    ValueError
        If shapes do not match, a number is not finite, the output does not vary, or the cases are so few that a
        bootstrap sample does not vary.

    Notes
    -----
    The output is centred first: without that the first-order estimate loses the digits of a large mean. An input that
    the output does not use gets a total of exactly 0. An estimate of a small first-order index can be below 0.
    The bootstrap takes the cases for independent; for low-discrepancy points the intervals are too wide, not too
    narrow.

    References
    ----------
    Saltelli et al. (2010), Computer Physics Communications 181(2), doi:10.1016/j.cpc.2009.09.018; Jansen (1999),
    Computer Physics Communications 117, doi:10.1016/S0010-4655(98)00154-4.

    Examples
    --------
    The output x1 + 2 x2 on uniform numbers has the indices 1/5 and 4/5:

    >>> one, other = np.random.default_rng(0).random((2, 2, 4096))
    >>> output = lambda x: x[0] + 2 * x[1]
    >>> mixed = [output(np.stack([other[0], one[1]])), output(np.stack([one[0], other[1]]))]
    >>> found = sobol_indices(output(one), output(other), mixed, np.random.default_rng(1), replications=100)
    >>> found.total.round(1).tolist()
    [0.2, 0.8]
    """
    one, other, mixed = (np.asarray(part, dtype=np.float64) for part in (a, b, ab))
    _check(one, other, mixed)
    if replications < 1 or not 0 < coverage < 1:
        raise ValueError(f"{replications} replications at coverage {coverage}; at least 1, and between 0 and 1")
    centre = (one.mean() + other.mean()) / 2
    change, one, other = mixed - one, one - centre, other - centre
    columns = np.stack([one * one + other * other, one + other, *(other * change), *(change * change)])
    variance, first, total = _indices(columns.mean(axis=1)[None])
    low_high = _bootstrap(columns, generator, replications, coverage)
    return SobolIndices(first[0], total[0], *low_high, variance=float(variance[0]))


def _check(a: Array, b: Array, ab: Array) -> None:
    """Shapes, finite numbers, and an output that varies by more than rounding."""
    if a.ndim != 1 or a.size < 2 or b.shape != a.shape or ab.ndim != 2 or ab.shape[1:] != a.shape or not len(ab):
        shapes = f"{a.shape}, {b.shape} and {ab.shape}"
        raise ValueError(f"the outputs have the shapes {shapes}; they must be (cases,), (cases,) and (groups, cases)")
    if not all(np.isfinite(part).all() for part in (a, b, ab)):
        raise ValueError("an output is not a finite number")
    both = np.concatenate([a, b])
    if np.ptp(both) <= 16 * np.finfo(np.float64).eps * np.abs(both).max():
        raise ValueError("the output does not vary: it has no variance to share out")


def _indices(means: Array) -> tuple[Array, Array, Array]:
    """Variance (rows,), first and total (rows, groups) from the means of the columns, (rows, 2 + 2 groups)."""
    groups = (means.shape[1] - 2) // 2
    variance = means[:, 0] / 2 - (means[:, 1] / 2) ** 2
    if not (variance > 0).all():
        raise ValueError("a bootstrap sample does not vary: too few cases, or an output that is nearly constant")
    return variance, means[:, 2 : 2 + groups] / variance[:, None], means[:, 2 + groups :] / (2 * variance[:, None])


def _bootstrap(
    columns: Array, generator: np.random.Generator, replications: int, coverage: float
) -> tuple[Array, Array, Array, Array]:
    """Low and high ends of the first-order and of the total indices, each (groups,)."""
    cases = columns.shape[1]
    means = np.empty((replications, len(columns)))
    for start in range(0, replications, CHUNK):
        rows = range(start, min(start + CHUNK, replications))
        weights = np.stack([np.bincount(generator.integers(cases, size=cases), minlength=cases) for _ in rows])
        # Not a matrix product: its rounding depends on the library and on the number of threads.
        means[rows.start : rows.stop] = np.einsum("rn,cn->rc", weights / cases, columns)
    _, first, total = _indices(means)
    tail = (1 - coverage) / 2
    ends = (np.quantile(part, level, axis=0) for part in (first, total) for level in (tail, 1 - tail))
    first_low, first_high, total_low, total_high = ends
    return first_low, first_high, total_low, total_high
