"""An estimate and its standard error, from 16 independent randomisations of the same points.

Every mean, probability and quantile is estimated in each batch; the estimate is the mean over the batches and its
standard error their standard deviation over the root of 16, never sqrt(p (1 - p) / N): the points are not independent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuiyan.draws.points import BATCHES

Array = NDArray[np.float64]
MOST_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and the standard error of its estimation. Prints no more decimals than the error supports."""

    value: float
    standard_error: float

    def decimals(self, most: int = MOST_DECIMALS) -> int:
        """Decimals that two standard errors support: two of them must stay within half a unit of the last digit.

        Negative where not even whole units are supported: -1 means tens.

        Examples
        --------
        >>> Estimate(0.5603, 0.0024).decimals(), Estimate(0.1234, 0.0035).decimals(), Estimate(1061.2, 2.4).decimals()
        (2, 1, -1)
        """
        if not self.standard_error > 0:
            return most
        return min(most, math.floor(-math.log10(4 * self.standard_error) + 1e-12))

    def text(self, most: int = MOST_DECIMALS) -> str:
        """The value with the digits it supports, at most `most` decimals.

        Examples
        --------
        >>> Estimate(1061.2, 2.4).text(), Estimate(4866.0, 19.0).text(), Estimate(0.0, 0.0).text()
        ('1,060', '4,900', '0.00')
        """
        return rounded(self.value, self.decimals(most))

    def __str__(self) -> str:
        """The value with the decimals it supports."""
        return self.text()


def rounded(value: float, decimals: int) -> str:
    """A number with so many decimals; -1 rounds to tens.

    Examples
    --------
    >>> rounded(1234.5, 1), rounded(1234.5, -2)
    ('1,234.5', '1,200')
    """
    return f"{round(value, decimals) + 0.0:,.{max(0, decimals)}f}"  # a zero has no sign


def batches(draws: ArrayLike) -> Array:
    """(…, draws) as (…, draws / 16, 16): draw k is index k // 16 of batch k % 16."""
    values = np.asarray(draws, dtype=np.float64)
    return values.reshape(*values.shape[:-1], -1, BATCHES)


def from_batches(values: Array) -> Estimate:
    """Estimate from one value a batch; a batch without a value (NaN) leaves the others."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        return Estimate(math.nan, math.nan)
    error = float(known.std(ddof=1) / math.sqrt(known.size)) if known.size > 1 else math.nan
    return Estimate(float(known.mean()), error)


def mean(draws: ArrayLike) -> Estimate:
    """Mean over draws; of indicators, a probability."""
    return from_batches(batches(draws).mean(axis=-2))


def quantile(draws: ArrayLike, level: float) -> Estimate:
    """Quantile over draws at `level` in [0, 1]."""
    return from_batches(np.quantile(batches(draws), level, axis=-2))


def median_where(draws: ArrayLike, chosen: ArrayLike) -> Estimate:
    """Median over the draws in which `chosen` holds."""
    values, keep = batches(draws), batches(chosen) > 0
    medians = [np.median(values[keep[:, b], b]) if keep[:, b].any() else math.nan for b in range(BATCHES)]
    return from_batches(np.array(medians))
