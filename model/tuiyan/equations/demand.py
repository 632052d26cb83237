"""Demand for the city's AI goods (equation 2)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def value_added(growth: Number, offset: Number, time: float) -> Array:
    """Real value added of the using sectors, index with 2017 = 1.

    Parameters
    ----------
    growth : scalar or (draws,), log, real growth of the city accumulated since 2017
    offset : (sectors, 1), log/yr, deviation of the sector's growth, centred on its value-added mean
    time : years since 2017

    Returns
    -------
    (sectors, draws), index, exp(growth + offset * time)

    Examples
    --------
    >>> round(float(value_added(np.array([.195]), np.array([[.02]]), 3.)[0, 0]), 6)
    1.290462
    """
    result: Array = np.exp(np.asarray(offset) * time) * np.exp(growth)
    return result


def external_drift(previous: Number, dt: float = 1.0, *, growth_external: Number) -> Number:
    """Log drift of demand from outside the city since 2017: previous + growth_external * dt.

    Parameters
    ----------
    previous : scalar or (draws,), log
    dt : years
    growth_external : g_x, scalar or (draws,), log/yr

    Examples
    --------
    >>> external_drift(.03, growth_external=.03)
    0.06
    """
    return previous + growth_external * dt


def use_index(weight: Array, adoption: Array, start: Array, added: Array) -> Array:
    """Volume of AI use behind each segment's demand, index with 2017 = 1.

    Parameters
    ----------
    weight : w, (segments, sectors), share of the segment's local demand from each sector, rows sum to 1
    adoption, start : (sectors, draws), share of exposed tasks now and in 2017
    added : (sectors, draws), index, real value added of the using sectors

    Returns
    -------
    (segments, draws), index, sum over sectors of w (a / a_2017) VA

    Notes
    -----
    The sum is a loop over sectors and not a matrix product, so that splitting the draws changes no bit.

    Examples
    --------
    >>> twice, one = np.full((2, 1), .12), np.full((2, 1), .06)
    >>> float(use_index(np.array([[.5, .5]]), twice, one, np.ones((2, 1)))[0, 0])
    2.0
    """
    volume = adoption / start
    volume *= added
    result: Array = weight[:, :1] * volume[0]
    part = np.empty_like(result)
    for column, sector in zip(weight.T[1:], volume[1:], strict=True):
        result += np.multiply(column[:, np.newaxis], sector, out=part)
    return result


def demand_index(use: Array, drift: Number, purchases: Number, *, elasticity: Number, backlog: Number) -> Array:
    """Nominal demand for each segment over its scale in 2017.

    Parameters
    ----------
    use : (segments, draws), index of `use_index`, > 0
    drift : scalar or (draws,), log, `external_drift`
    purchases : scalar or (draws,), share of the 2017 scale bought by the public in the year, >= 0
    elasticity : eps, scalar or (draws,), of nominal demand to use, >= 0
    backlog : chi, scalar or (draws,), desired over actual demand in 2017, > 0

    Returns
    -------
    (segments, draws), ratio, chi use^eps exp(drift) + purchases

    Notes
    -----
    The elasticity is one of nominal spending: falling prices of AI goods and smaller late adopters are inside it.

    Examples
    --------
    >>> round(float(demand_index(np.array([[4.]]), 0., .02, elasticity=.5, backlog=1.15)[0, 0]), 12)
    2.32
    """
    result: Array = np.log(use)
    result *= elasticity
    result += drift
    np.exp(result, out=result)
    result *= backlog
    result += purchases
    return result
