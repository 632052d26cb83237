"""Quantiles of counts: the smallest whole number whose distribution function reaches a uniform number.

A quick method answers for almost every draw, and the distribution function itself decides where the quick method could
be wrong, so every result is exact. Each draw is computed on its own: splitting an array changes no result.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

from tuiyan.equations.arrays import Array, Number

# The expansion of `poisson_quantile` is used between these means: below, it is poor and summing the few probabilities
# is quick; above, its rounding would matter.
SMALL_MEAN, LARGE_MEAN = 4.0, 1e6
# The longest run of probabilities that `climb` sums (its counts are bytes), and the smallest it starts from; draws that
# need more are settled by bisection.
LONGEST = 255
SMALLEST = 1e-290


def normal_score(uniform: Array) -> Array:
    """Standard normal quantile of uniform numbers in (0, 1), the same shape.

    Examples
    --------
    >>> normal_score(np.array([.5, .975])).round(6).tolist()
    [0.0, 1.959964]
    """
    return np.asarray(special.ndtri(uniform))


def poisson_quantile(uniform: Array, mean: Array, score: Array | None = None) -> Array:
    """Quantile of a Poisson count.

    Parameters
    ----------
    uniform : (draws,) or the shape of `mean`, in (0, 1)
    mean : (draws,) or (items, draws), > 0
    score : `normal_score` of `uniform`, when the caller has it

    Returns
    -------
    (draws,) or (items, draws), the smallest k with P(X <= k) >= uniform

    Notes
    -----
    The real root x of Gamma(x, mean)/Gamma(x) = uniform has an expansion in 1/sqrt(mean) whose error, for a mean of 4
    or more and within three standard deviations, is below (.03 + .01 w^4)/mean^1.5 with w the normal score. The
    quantile is floor(x) unless a whole number lies within that bound.

    References
    ----------
    Giles (2016), Algorithm 955: approximation of the inverse Poisson cumulative distribution function, ACM TOMS 42(1).

    Examples
    --------
    >>> poisson_quantile(np.array([.01, .5, .99]), np.array([66., 66., 66.])).tolist()
    [48.0, 66.0, 86.0]
    """
    score = normal_score(uniform) if score is None else score
    square = score * score
    held = np.clip(mean, SMALL_MEAN, LARGE_MEAN)
    spread = np.sqrt(held)
    root = (square * (square / 270.0 + 7.0 / 810.0) - 8.0 / 405.0) / spread
    root -= score * (square / 72.0 + 1.0 / 36.0)
    root /= spread
    root += square / 6.0 + 1.0 / 3.0
    root += held
    spread_score = spread * score
    root += spread_score
    # A billionth covers the rounding of the largest mean.
    bound = (0.03 + 0.01 * square * square) / np.multiply(held, spread, out=spread) + 1e-9
    nearest = np.rint(root, out=spread_score)
    unsure = np.abs(root - nearest) <= bound
    unsure |= held != mean
    unsure |= square > 9.0
    # Positions and not a mask: most draws are sure, and gathering the others by position is several times quicker.
    unsure_at = np.flatnonzero(unsure)
    values = (each.ravel()[unsure_at] for each in (np.broadcast_to(uniform, mean.shape), mean, nearest))
    result: Array = np.floor(root, out=root)
    np.put(result, unsure_at, _poisson_exact(*values))
    return result


def _poisson_exact(uniform: Array, mean: Array, start: Array) -> Array:
    """Poisson quantile of draws for which the expansion does not decide."""
    result = np.full_like(mean, np.nan)
    small = mean < SMALL_MEAN
    few = mean[small]
    result[small] = climb(uniform[small], np.exp(-few), 0.0, few)
    left = np.isnan(result)
    near = np.where(mean > LARGE_MEAN, np.floor(mean), np.maximum(start, 1.0))
    values = (uniform[left], near[left], lambda k, m: np.asarray(special.gammaincc(k + 1.0, m)), mean[left])
    result[left] = settle(*values)
    return result


def binomial_quantile(uniform: Array, trials: Number, probability: Number) -> Array:
    """Quantile of a binomial count.

    Parameters
    ----------
    uniform : (draws,), in (0, 1)
    trials : n, scalar or (draws,), whole number, >= 0
    probability : scalar or (draws,), in [0, 1]

    Returns
    -------
    (draws,), the smallest k with P(X <= k) >= uniform

    Notes
    -----
    The rarer of success and failure is summed from zero: P(X <= k) >= u says that at most n - k - 1 failures have a
    distribution function of at most 1 - u.

    Examples
    --------
    >>> binomial_quantile(np.array([.01, .5, .99]), 125., .85).tolist()
    [96.0, 106.0, 115.0]
    """
    u, n, p = _broadcast(uniform, trials, probability)
    failing = p > 0.5
    rare = np.where(failing, 1.0 - p, p)
    target = np.where(failing, np.nextafter(1.0 - u, 2.0), u)
    odds = rare / (1.0 - rare)
    count = climb(target, np.exp(n * np.log1p(-rare)), -odds, odds * (n + 1.0))
    result = np.clip(np.where(failing, n - count, count), 0.0, n)
    left = np.isnan(result)
    if left.any():
        normal = np.clip(np.rint(n * p + special.ndtri(u) * np.sqrt(n * p * (1.0 - p))), 0.0, n)
        result[left] = settle(u[left], normal[left], _binomial_cdf, n[left], p[left])
    return result


def _binomial_cdf(k: Array, trials: Array, probability: Array) -> Array:
    """P(X <= k); one at and above the number of trials."""
    inside = np.minimum(k, trials - 1.0)
    return np.where(k < trials, special.betainc(trials - inside, inside + 1.0, 1.0 - probability), 1.0)


def negative_binomial_quantile(uniform: Array, mean: Number, size: Number) -> Array:
    """Quantile of a negative-binomial count with variance mean + mean^2/size.

    Parameters
    ----------
    uniform : (draws,), in (0, 1)
    mean : scalar or (draws,), >= 0
    size : scalar or (draws,), > 0; a Poisson count as it grows

    Returns
    -------
    (draws,), the smallest k with P(X <= k) >= uniform

    Examples
    --------
    >>> negative_binomial_quantile(np.array([.01, .5, .99]), 66., 40.).tolist()
    [38.0, 65.0, 100.0]
    """
    u, m, s = _broadcast(uniform, mean, size)
    odds = m / (m + s)
    result = climb(u, np.exp(-s * np.log1p(m / s)), odds, odds * (s - 1.0))
    left = np.isnan(result)
    if left.any():
        normal = np.maximum(np.rint(m + special.ndtri(u) * np.sqrt(m + m * m / s)), 0.0)
        result[left] = settle(
            u[left],
            normal[left],
            lambda k, m, s: np.asarray(special.betainc(s, k + 1.0, s / (s + m))),
            m[left],
            s[left],
        )
    return result


def _broadcast(uniform: Array, *parameters: Number) -> list[Array]:
    """Arrays of the common shape."""
    return list(np.broadcast_arrays(uniform, *(np.asarray(value, dtype=np.float64) for value in parameters)))


def climb(target: Array, first: Array, a: Number, b: Number) -> Array:
    """Count the whole numbers at which a distribution function is still below a target, summing from zero.

    Parameters
    ----------
    target : (draws,)
    first : (draws,), probability of zero
    a, b : scalar or (draws,): the probability of k + 1 is that of k times a + b/(k + 1)

    Returns
    -------
    (draws,), count, or NaN where the target is not reached in `LONGEST` terms or the sum began at an underflow

    References
    ----------
    Panjer (1981), ASTIN Bulletin 12(1): Poisson, binomial and negative binomial are the laws with this recursion.
    """
    probability, reached = first.copy(), first.copy()
    ratio = np.empty_like(first)
    count = np.zeros(first.shape, dtype=np.uint8)
    for k in range(1, LONGEST + 1):
        below = reached < target
        if not below.any():
            break
        count += below.view(np.uint8)
        np.multiply(b, 1.0 / k, out=ratio)
        ratio += a
        probability *= ratio
        reached += probability
    unknown = ~(reached >= target) | ~(first >= SMALLEST)
    result: Array = np.where(unknown, np.nan, count)
    return result


def settle(uniform: Array, start: Array, cdf: Callable[..., Array], *parameters: Array) -> Array:
    """Smallest whole number whose distribution function reaches a uniform number, by bracketing and bisection.

    Parameters
    ----------
    uniform : (draws,), in (0, 1)
    start : (draws,), whole numbers >= 0, a guess
    cdf : of a count and the parameters
    parameters : (draws,) each

    Returns
    -------
    (draws,), count, or NaN where `uniform` is not a probability or a parameter is not a number
    """
    unknown = np.isnan(sum(parameters, start)) | ~((uniform >= 0.0) & (uniform <= 1.0))
    low, high, width = start - 1.0, start, 1.0

    def short(count: Array) -> npt.NDArray[np.bool_]:
        below: npt.NDArray[np.bool_] = (count < 0) | (cdf(np.maximum(count, 0.0), *parameters) < uniform)
        return below

    while not (fine := short(low) | unknown).all():
        low, high, width = np.where(fine, low, np.maximum(low - width, -1.0)), np.where(fine, high, low), 2.0 * width
    width = 1.0
    while (lacking := short(high) & ~unknown).any():
        low, high, width = np.where(lacking, high, low), np.where(lacking, high + width, high), 2.0 * width
    while (wide := high - low > 1.0).any():
        middle = np.floor((low + high) / 2.0)
        lacking = short(middle)
        low, high = np.where(wide & lacking, middle, low), np.where(wide & ~lacking, middle, high)
    result: Array = np.where(unknown, np.nan, high)
    return result
