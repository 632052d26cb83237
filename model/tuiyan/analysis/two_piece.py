"""The two-piece normal law of published fan charts: two halves of normal laws that meet at the mode.

It is kept as mode, left and right standard deviation, never with a "skew": publications and packages mean different
things by that word, with different signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Array = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
# The fit looks at so many shares at a time and keeps the gap around the best: a share to 1e-11 in ten rounds.
GRID, ROUNDS = 33, 10
MOST_ONE_SIDED = 1e-3


@dataclass(frozen=True, slots=True)
class TwoPieceNormal:
    """Density proportional to exp(-(x - mode)^2/(2 s^2)), s being `left` below the mode and `right` above it.

    Attributes
    ----------
    mode
        Most likely value, in any unit.
    left, right
        Standard deviations of the halves, same unit, > 0.

    Raises
    ------
    ValueError
        If a number is not finite or a standard deviation not positive.

    References
    ----------
    Wallis (2014), The two-piece normal, binormal, or double Gaussian distribution: its origin and rediscoveries,
    Statistical Science 29(1), doi:10.1214/13-STS417.

    Examples
    --------
    >>> law = TwoPieceNormal(1100, left=80, right=140)
    >>> round(float(law.exceedance(1200)), 7), round(law.mean, 3), round(law.below_mode, 7)
    (0.3023049, 1147.873, 0.3636364)
    """

    mode: float
    left: float
    right: float

    def __post_init__(self) -> None:
        """Refuse what is no law."""
        if not (np.isfinite([self.mode, self.left, self.right]).all() and self.left > 0 and self.right > 0):
            raise ValueError(f"{self}: the mode must be finite, both standard deviations finite and above 0")

    @property
    def below_mode(self) -> float:
        """P(X < mode) = s1/(s1 + s2)."""
        return self.left / (self.left + self.right)

    @property
    def mean(self) -> float:
        """Mean, mode + sqrt(2/pi) (s2 - s1)."""
        return float(self.mode + np.sqrt(2 / np.pi) * (self.right - self.left))

    @property
    def variance(self) -> float:
        """Variance, (1 - 2/pi) (s2 - s1)^2 + s1 s2."""
        return float((1 - 2 / np.pi) * (self.right - self.left) ** 2 + self.left * self.right)

    def distribution(self, x: ArrayLike) -> Array:
        """P(X <= x), the shape of `x`."""
        distance = np.asarray(x, dtype=np.float64) - self.mode
        share = self.below_mode
        below: Array = 2 * share * ndtr(np.minimum(distance, 0.0) / self.left)
        above: Array = (1 - share) * (2 * ndtr(np.maximum(distance, 0.0) / self.right) - 1)
        return below + above

    def exceedance(self, x: ArrayLike) -> Array:
        """P(X >= x), the shape of `x`: the probability of a goal. Small ones keep their digits."""
        mirrored = TwoPieceNormal(-self.mode, self.right, self.left)
        return mirrored.distribution(-np.asarray(x, dtype=np.float64))

    def quantile(self, level: ArrayLike) -> Array:
        """Value that is not passed with probability `level`, in (0, 1), the shape of `level`.

        Raises
        ------
        ValueError
            If a level is not between 0 and 1.
        """
        levels = np.asarray(level, dtype=np.float64)
        if not ((levels > 0) & (levels < 1)).all():
            raise ValueError(f"the levels are {levels}; they must lie between 0 and 1")
        found: Array = self.mode + (self.left + self.right) * _unit_quantile(levels, np.asarray(self.below_mode))
        return found


def _unit_quantile(levels: Array, share: Array) -> Array:
    """Quantile for mode 0 and standard deviations `share` and 1 - `share`, which sum to 1."""
    rest = 1 - share
    left = share * ndtri(np.minimum(levels / (2 * share), 0.5))
    return left - rest * ndtri(np.minimum((1 - levels) / (2 * rest), 0.5))


def fit_in_logs(values: ArrayLike, levels: Sequence[float] = LEVELS) -> TwoPieceNormal:
    """Two-piece normal law of the logarithm, by least squares on its quantiles.

    Parameters
    ----------
    values
        Empirical quantiles of a positive quantity, in its unit, not falling, (levels,).
    levels
        Their levels in (0, 1), rising, three or more.

    Returns
    -------
    TwoPieceNormal
        Law of the logarithm: P(X >= x) is its ``exceedance(log(x))``, a quantile of X ``exp(quantile(level))``.

    Raises
    ------
    ValueError
        If values and levels do not match, do not rise, or are out of range.

    Notes
    -----
    With the share s1/(s1 + s2) held, quantiles are linear in the mode and in s1 + s2; so the fit is a line for each
    share, and a search over shares. The smaller standard deviation is at least a thousandth of the sum.

    Examples
    --------
    >>> law = TwoPieceNormal(mode=7.0, left=0.1, right=0.2)
    >>> found = fit_in_logs(np.exp(law.quantile([.05, .25, .5, .75, .95])))
    >>> round(found.mode, 6), round(found.left, 6), round(found.right, 6)
    (7.0, 0.1, 0.2)
    """
    given, at = np.asarray(values, dtype=np.float64), np.asarray(levels, dtype=np.float64)
    if given.shape != at.shape or given.ndim != 1 or given.size < 3:
        raise ValueError(
            f"{given.shape} values at {at.shape} levels; there must be one for each of three levels or more"
        )
    if not ((at > 0) & (at < 1)).all() or not (np.diff(at) > 0).all():
        raise ValueError(f"the levels are {at}; they must rise and lie between 0 and 1")
    if not (np.isfinite(given).all() and given[0] > 0 and (np.diff(given) >= 0).all() and given[-1] > given[0]):
        raise ValueError(f"the quantiles are {given}; they must be above 0, not fall, and differ")
    logs = np.log(given)
    low, high = MOST_ONE_SIDED, 1 - MOST_ONE_SIDED
    share = mode = total = np.empty(0)
    best = 0
    for _ in range(ROUNDS):
        share = np.linspace(low, high, GRID)
        mode, total, error = _lines(logs, _unit_quantile(at, share[:, None]))
        best = int(error.argmin())
        low, high = share[max(best - 1, 0)], share[min(best + 1, GRID - 1)]
    return TwoPieceNormal(float(mode[best]), float(total[best] * share[best]), float(total[best] * (1 - share[best])))


def _lines(logs: Array, unit: Array) -> tuple[Array, Array, Array]:
    """Intercept, slope and squared error of `logs` (levels,) on each row of `unit` (shares, levels)."""
    level, spread = unit.mean(axis=1), unit - unit.mean(axis=1, keepdims=True)
    slope = (spread * (logs - logs.mean())).sum(axis=1) / (spread * spread).sum(axis=1)
    intercept = logs.mean() - slope * level
    error = ((logs - intercept[:, None] - slope[:, None] * unit) ** 2).sum(axis=1)
    return intercept, slope, error
