"""Inverse distribution functions: from a uniform number to a draw of a law.

`scipy.special`, not `scipy.stats`: several times faster and without its import. Beta and gamma have no closed inverse
and scipy's is 50 times slower than the rest, so theirs is tabulated on the normal scores, with exact values and slopes
at the knots and a cubic between them; the error is tested.

A law is truncated at its hard bounds by mapping u to F(low) + u (F(high) - F(low)).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, betaln, gammainccinv, gammaincinv, gammaln, ndtr, ndtri

from tuiyan.inputs.bounds import Interval
from tuiyan.inputs.laws import Beta, Law, LogNormal, Normal, Triangular

Array = NDArray[np.float64]
REACH, KNOTS = 6.6, 2049


def distribution(law: Law, x: float) -> float:
    """F(x) of a law without truncation.

    Examples
    --------
    >>> round(distribution(Triangular(family="triangular", low=0, mode=0.5, high=1), 0.5), 3)
    0.5
    """
    if isinstance(law, Normal):
        return float(ndtr((x - law.mean) / law.sd))
    if isinstance(law, LogNormal):
        return float(ndtr(np.log(x / law.median) / law.sd_log)) if x > 0 else 0.0
    if isinstance(law, Triangular):
        width, left, right = law.high - law.low, law.mode - law.low, law.high - law.mode
        if x <= law.low or x >= law.high:
            return float(x >= law.high)
        return (x - law.low) ** 2 / (width * left) if x < law.mode else 1 - (law.high - x) ** 2 / (width * right)
    if isinstance(law, Beta):
        return float(betainc(law.a, law.b, min(max(x, 0.0), 1.0)))
    msg = f"{law.family} has no distribution function of one number"
    raise TypeError(msg)


def truncated(law: Law, u: Array, hard: Interval) -> Array:
    """Uniform numbers mapped into the part of the law inside its hard bounds."""
    low, high = distribution(law, hard.low), distribution(law, hard.high)
    return u if (low, high) == (0.0, 1.0) else low + u * (high - low)


def quantile(law: Law, u: Array, hard: Interval) -> Array:
    """Draws of `law` at uniform numbers `u`, truncated at `hard`.

    Parameters
    ----------
    law
        Normal, lognormal, triangular or beta.
    u
        Numbers in (0, 1), any shape.
    hard
        Hard bounds of the parameter.

    Returns
    -------
    array of the shape of `u`, in the unit of the parameter
    """
    u = truncated(law, u, hard)
    if isinstance(law, Normal):
        return np.asarray(law.mean + law.sd * ndtri(u))
    if isinstance(law, LogNormal):
        found: Array = law.median * np.exp(law.sd_log * ndtri(u))
        return found
    if isinstance(law, Triangular):
        width, left, right = law.high - law.low, law.mode - law.low, law.high - law.mode
        rising: Array = law.low + np.sqrt(u * width * left)
        return np.where(u < left / width, rising, law.high - np.sqrt((1 - u) * width * right))
    if isinstance(law, Beta):
        return beta_quantile(law.a, law.b, u)
    msg = f"{law.family} has no inverse distribution function of one number"
    raise TypeError(msg)


def _interpolate(table: tuple[Array, Array], u: Array) -> Array:
    """Cubic Hermite interpolation of a table over normal scores."""
    value, slope = table
    step = 2 * REACH / (KNOTS - 1)
    position = (np.clip(ndtri(u), -REACH, REACH) + REACH) / step
    left = np.minimum(position.astype(np.intp), KNOTS - 2)
    t = position - left
    right = left + 1
    s = 1 - t
    ends = value[left] * (1 + 2 * t) * s * s + value[right] * t * t * (3 - 2 * t)
    inner: Array = ends + step * t * s * (slope[left] * s - slope[right] * t)
    return inner


@lru_cache(maxsize=64)
def _gamma_table(shape: float) -> tuple[Array, Array]:
    """Logarithm of the gamma quantile and its slope, at normal scores."""
    z = np.linspace(-REACH, REACH, KNOTS)
    x = np.where(z < 0, gammaincinv(shape, ndtr(z)), gammainccinv(shape, ndtr(-z)))
    log_density = (shape - 1) * np.log(x) - x - gammaln(shape)
    return np.log(x), np.exp(-0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_density) / x


@lru_cache(maxsize=64)
def _beta_table(a: float, b: float) -> tuple[Array, Array]:
    """Log odds of the beta quantile and their slope, at normal scores."""
    z = np.linspace(-REACH, REACH, KNOTS)
    low, high = betaincinv(a, b, ndtr(z)), betaincinv(b, a, ndtr(-z))
    x, rest = np.where(z < 0, low, 1 - high), np.where(z < 0, 1 - low, high)
    log_density = a * np.log(x) + b * np.log(rest) - betaln(a, b)
    return np.log(x) - np.log(rest), np.exp(-0.5 * z * z - 0.5 * np.log(2 * np.pi) - log_density)


def beta_quantile(a: float, b: float, u: Array) -> Array:
    """Quantile of the beta distribution, relative error below 1e-8 (tested)."""
    found: Array = 1 / (1 + np.exp(-_interpolate(_beta_table(a, b), u)))
    return found


def gamma_quantile(shape: float, u: Array) -> Array:
    """Quantile of the standard gamma distribution, relative error below 1e-8 (tested) for shapes of .5 and more."""
    found: Array = np.exp(_interpolate(_gamma_table(shape), u))
    return found


def dirichlet_quantile(centre: Sequence[float], concentration: float, u: Array) -> Array:
    """Shares drawn around `centre`: gamma draws of shape ``concentration * centre`` over their sum.

    Parameters
    ----------
    centre
        Central shares, one for each item; positive, summing to 1.
    u
        Uniform numbers (items, draws).

    Returns
    -------
    array (items, draws) that sums to 1 over items
    """
    gammas = np.stack([gamma_quantile(concentration * share, row) for share, row in zip(centre, u, strict=True)])
    total = gammas[0].copy()
    for row in gammas[1:]:
        total += row
    shares: Array = gammas / total
    return shares
