"""Shapes of growth and diffusion over time, for fitting.

Times are years, levels and sales in any unit. Every function is analytic in its parameters, so that its derivative is
exact at a complex step.
"""

from collections.abc import Sequence

import numpy as np

from tuiyan.equations.arrays import Array, Number


def logistic(time: Number, ceiling: Number, offset: Number, speed: Number) -> Array:
    """Level along a logistic curve.

    Parameters
    ----------
    time : t, any shape, years
    ceiling : K, in the unit of the level
    offset : b, log of what is left over what is reached at time 0
    speed : k, 1/yr

    Returns
    -------
    K/(1 + exp(b - k t)); half the ceiling at t = b/k

    Examples
    --------
    >>> logistic(np.array([0., 10., 20.]), 100., 2., .2).round(4).tolist()
    [11.9203, 50.0, 88.0797]
    """
    level: Array = ceiling / (1.0 + np.exp(offset - speed * np.asarray(time)))
    return level


def richards(time: Number, ceiling: Number, offset: Number, speed: Number, shape: Number) -> Array:
    """Level along a Richards curve.

    Parameters
    ----------
    time, ceiling, speed : as in `logistic`
    offset : b, any number
    shape : nu, > 0; 1 is the logistic curve, and 0 with b = ln(nu B) the Gompertz curve whose gap is B

    Returns
    -------
    K/(1 + exp(b - k t))^(1/nu)

    References
    ----------
    Richards (1959), Journal of Experimental Botany 10(2).

    Examples
    --------
    >>> richards(np.array([0., 10.]), 100., 2., .2, 2.).round(4).tolist()
    [34.5258, 70.7107]
    """
    level: Array = ceiling * (1.0 + np.exp(offset - speed * np.asarray(time))) ** (-1.0 / shape)
    return level


def gompertz(time: Number, ceiling: Number, gap: Number, speed: Number) -> Array:
    """Level along a Gompertz curve.

    Parameters
    ----------
    time, ceiling, speed : as in `logistic`
    gap : b, log of the ceiling over the level at time 0

    Returns
    -------
    K exp(-b exp(-k t))

    Examples
    --------
    >>> gompertz(np.array([0., np.log(2.)]), 100., 2., 1.).round(4).tolist()
    [13.5335, 36.7879]
    """
    level: Array = ceiling * np.exp(-gap * np.exp(-speed * np.asarray(time)))
    return level


def saturating(time: Number, ceiling: Number, speed: Number) -> Array:
    """Level along an exponential approach to a ceiling, from 0 at time 0.

    Parameters
    ----------
    time, ceiling, speed : as in `logistic`

    Returns
    -------
    K (1 - exp(-k t))

    Examples
    --------
    >>> saturating(np.array([0., np.log(2.)]), 100., 1.).round(4).tolist()
    [0.0, 50.0]
    """
    level: Array = -ceiling * np.expm1(-speed * np.asarray(time))
    return level


def bass_density(time: Number, market: Number, innovation: Number, imitation: Number) -> Array:
    """Rate of sales along a Bass curve.

    Parameters
    ----------
    time : t, any shape, years since the launch
    market : m, all sales there will ever be
    innovation, imitation : p, q, 1/yr, p > 0

    Returns
    -------
    m ((p + q)^2/p) exp(-(p + q) t)/(1 + (q/p) exp(-(p + q) t))^2, unit of the market a year

    Examples
    --------
    >>> bass_density(np.array([0., 6.192619]), 100., .03, .38).round(4).tolist()
    [3.0, 11.0592]
    """
    both = np.asarray(innovation) + imitation
    left = np.exp(-both * np.asarray(time))
    rate: Array = market * both**2 / innovation * left / (1.0 + imitation / innovation * left) ** 2
    return rate


def bass_increments(time: Number, market: Number, innovation: Number, imitation: Number) -> Array:
    """Sales of the year that ends at a time, along a Bass curve.

    Parameters
    ----------
    time, market, innovation, imitation : as in `bass_density`; the first year ends at 1

    Returns
    -------
    m (F(t) - F(t - 1)), unit of the market

    References
    ----------
    Srinivasan and Mason (1986), Marketing Science 5(2).

    Examples
    --------
    >>> bass_increments(np.array([1., 2.]), 100., .03, .38).round(5).tolist()
    [3.57582, 4.92981]
    """
    later = np.asarray(time, dtype=np.float64)
    return market * _share_between(later - 1.0, later, innovation, imitation)


def generalised_bass_increments(
    time: Number, market: Number, innovation: Number, imitation: Number, effort: Sequence[float] | Array
) -> Array:
    """Sales of the year that ends at a time, where effort quickens the clock.

    Parameters
    ----------
    time, market, innovation, imitation : as in `bass_increments`
    effort : x, (years,), what multiplies the speed in the years that end at 1, 2, ...; 1 is the plain Bass curve

    Returns
    -------
    m (F(X(t)) - F(X(t - 1))), X the running integral of x

    Raises
    ------
    ValueError
        If a time is outside the years whose effort is given.

    References
    ----------
    Bass, Krishnan and Jain (1994), Marketing Science 13(3).

    Examples
    --------
    >>> generalised_bass_increments(np.array([1., 2.]), 100., .03, .38, [1., 0.]).round(5).tolist()
    [3.57582, 0.0]
    """
    later = np.asarray(time, dtype=np.float64)
    clock = np.concatenate([[0.0], np.cumsum(effort)])
    if later.size and not (later.min() >= 1 and later.max() <= clock.size - 1):
        raise ValueError(f"the effort is known for years 1 to {clock.size - 1}; a time asked for is outside them")
    first, second = (np.interp(moment, np.arange(clock.size), clock) for moment in (later - 1.0, later))
    return market * _share_between(first, second, innovation, imitation)


def _share_between(first: Array, second: Array, innovation: Number, imitation: Number) -> Array:
    """F(second) - F(first) of `bass_cumulative`, as one fraction: near saturation the difference itself is rounding."""
    both, ratio = np.asarray(innovation) + imitation, np.asarray(imitation) / innovation
    before, after = np.exp(-both * first), np.exp(-both * second)
    fallen = -before * np.expm1(-both * (second - first))
    share: Array = (1.0 + ratio) * fallen / ((1.0 + ratio * before) * (1.0 + ratio * after))
    return share
