"""Scores of a forecast against what happened; the lower, the better.

All take the observation first, work element by element, and are in the unit of the forecast quantity unless they say
otherwise. All are proper: nobody gains by stating another forecast than the one believed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]


def _arrays(*parts: ArrayLike) -> list[Array]:
    """Arguments as arrays of numbers."""
    return [np.asarray(part, dtype=np.float64) for part in parts]


def _spread(sd: Array) -> None:
    """Refuse a standard deviation that is none."""
    if not (sd > 0).all():
        raise ValueError(f"the standard deviation is {sd}; it must be above 0")


def _between(name: str, value: ArrayLike, *, ends: bool = False) -> Array:
    """A share, strictly between 0 and 1 unless the ends are allowed."""
    share = np.asarray(value, dtype=np.float64)
    if not (((share >= 0) & (share <= 1)) if ends else ((share > 0) & (share < 1))).all():
        raise ValueError(f"the {name} is {share}; it must lie between 0 and 1")
    return share


def crps_normal(observed: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Array:
    """Continuous ranked probability score of a normal forecast.

    Parameters
    ----------
    observed, mean, sd
        Numbers or arrays that fit each other; sd > 0.

    Returns
    -------
    array
        s (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)) with z = (y - m)/s

    Raises
    ------
    ValueError
        If `sd` is not positive.

    References
    ----------
    Gneiting and Raftery (2007), Journal of the American Statistical Association 102(477),
    doi:10.1198/016214506000001437.

    Examples
    --------
    >>> crps_normal(1000, 1100, 150).round(7).tolist()
    60.7074566
    """
    y, m, s = _arrays(observed, mean, sd)
    _spread(s)
    z = (y - m) / s
    density = np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    score: Array = s * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))
    return score


def crps_ensemble(observed: ArrayLike, members: ArrayLike, *, fair: bool = True) -> Array:
    """Continuous ranked probability score of an ensemble.

    Parameters
    ----------
    observed
        Numbers of shape (...).
    members
        Draws of the forecast, (..., members), in any order.
    fair
        True: unbiased for the law the members are drawn from, which needs two of them; False: the score of the
        empirical law of these members.

    Returns
    -------
    array of shape (...)
        mean |x - y| - c sum |x - x'|, the sum over all pairs, c = 1/(2 M (M - 1)), or 1/(2 M^2) if not fair

    Raises
    ------
    ValueError
        If there are too few members.

    References
    ----------
    Gneiting and Raftery (2007); Ferro (2014), Quarterly Journal of the Royal Meteorological Society 140(683),
    doi:10.1002/qj.2270.

    Examples
    --------
    >>> round(float(crps_ensemble(2.5, [1, 2, 3, 4, 5])), 9), float(crps_ensemble(2.5, [1, 2, 3, 4, 5], fair=False))
    (0.3, 0.5)
    """
    y, x = _arrays(observed, members)
    count = x.shape[-1] if x.ndim else 0
    if count < (2 if fair else 1):
        raise ValueError(f"{count} members: an ensemble needs one, and the fair form two")
    # Of the sorted distances from y the k-th is the larger in k - 1 pairs and the smaller in M - k.
    distance = np.sort(x, axis=-1) - y[..., None]
    pairs = (2 * np.arange(count) - count + 1) * distance
    score: Array = np.abs(distance).mean(axis=-1) - pairs.sum(axis=-1) / (count * (count - 1 if fair else count))
    return score


def pit(observed: ArrayLike, members: ArrayLike) -> Array:
    """Probability integral transform: share of an ensemble below what happened.

    Of a calibrated method it is uniform over many cases.

    Parameters
    ----------
    observed
        Numbers of shape (...).
    members
        Draws of the forecast, (..., members), in any order.

    Returns
    -------
    array of shape (...)
        In [0, 1]; members equal to the observation count by half.

    Raises
    ------
    ValueError
        Without a member.

    References
    ----------
    Dawid (1984), Journal of the Royal Statistical Society A 147(2).

    Examples
    --------
    >>> pit([2.5, 3, 9], [[1, 2, 3, 4, 5]] * 3).tolist()
    [0.4, 0.5, 1.0]
    """
    y, x = _arrays(observed, members)
    if not (x.shape[-1] if x.ndim else 0):
        raise ValueError("0 members: an ensemble needs one")
    share: Array = (x < y[..., None]).mean(axis=-1) + (x == y[..., None]).mean(axis=-1) / 2
    return share


def log_score_normal(observed: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Array:
    """Logarithmic score of a normal forecast: minus the log of its density.

    Parameters
    ----------
    observed, mean, sd
        Numbers or arrays that fit each other; sd > 0.

    Returns
    -------
    array
        Nats; depends on the unit of the quantity.

    Raises
    ------
    ValueError
        If `sd` is not positive.

    Examples
    --------
    >>> log_score_normal(1, 0, 1).round(7).tolist()
    1.4189385
    """
    y, m, s = _arrays(observed, mean, sd)
    _spread(s)
    score: Array = np.log(s) + 0.5 * np.log(2 * np.pi) + 0.5 * ((y - m) / s) ** 2
    return score


def interval_score(observed: ArrayLike, low: ArrayLike, high: ArrayLike, *, coverage: float = 0.9) -> Array:
    """Score of a central interval: its width, and 2/(1 - coverage) times the distance of what falls outside.

    Parameters
    ----------
    observed, low, high
        Numbers or arrays that fit each other; low <= high.
    coverage
        Probability that the interval claims, in (0, 1).

    Raises
    ------
    ValueError
        If the ends are exchanged or `coverage` is out of range.

    References
    ----------
    Gneiting and Raftery (2007), equation 43.

    Examples
    --------
    >>> interval_score([1000, 1400], 800, 1300).round(6).tolist()
    [500.0, 2500.0]
    """
    y, below, above = _arrays(observed, low, high)
    _between("coverage", coverage)
    if not (below <= above).all():
        raise ValueError(f"the interval goes from {below} to {above}; the low end comes first")
    outside = np.maximum(below - y, 0.0) + np.maximum(y - above, 0.0)
    score: Array = above - below + 2 / (1 - coverage) * outside
    return score


def pinball(observed: ArrayLike, quantile: ArrayLike, *, level: ArrayLike) -> Array:
    """Score of a quantile: `level` for each unit above it, 1 - `level` for each unit below.

    Parameters
    ----------
    observed, quantile
        Numbers or arrays that fit each other.
    level
        Of the quantile, in (0, 1).

    Raises
    ------
    ValueError
        If a level is out of range.

    Examples
    --------
    >>> pinball([1000, 1400], 1300, level=.9).round(6).tolist()
    [30.0, 90.0]
    """
    y, forecast = _arrays(observed, quantile)
    share = _between("level", level)
    return np.maximum(share * (y - forecast), (share - 1) * (y - forecast))


def brier(happened: ArrayLike, probability: ArrayLike) -> Array:
    """Squared error of a probability.

    Parameters
    ----------
    happened
        Whether it did: truth values, or 0 and 1.
    probability
        That was given to it, in [0, 1].

    Returns
    -------
    array
        No unit.

    Raises
    ------
    ValueError
        If a probability is out of range, or an outcome neither 0 nor 1.

    Examples
    --------
    >>> brier(True, .8).round(9).tolist()
    0.04
    """
    (outcome,) = _arrays(happened)
    if not ((outcome == 0) | (outcome == 1)).all():
        raise ValueError(f"the outcome is {outcome}; it either happened (1) or not (0)")
    score: Array = (_between("probability", probability, ends=True) - outcome) ** 2
    return score
