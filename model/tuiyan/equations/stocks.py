"""Stocks of AI capital, talent and research: perpetual inventory (equation 3)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def stock_step(previous: Number, trend: Number, response: Number, risen: Number, loss: Number, dt: float) -> Array:
    """A stock one step later when policy raises the flow into it.

    Parameters
    ----------
    previous : scalar or (draws,), index, the stock at the start of the step, > 0
    trend, risen : scalar or (draws,), index, the stock without policy at the start and at the end, `trend_step`
    response : r, scalar or (draws,), share by which policy raises the baseline flow (may be negative)
    loss : dl, scalar or (draws,), 1/yr, depreciation or attrition, in [0, 1)
    dt : years

    Returns
    -------
    scalar or (draws,), index

    Notes
    -----
    X = X_prev (1 - dl)^dt + I (1 + r), where the baseline flow I = risen - (1 - dl)^dt trend is the one that gives
    growth at exactly the baseline rate. A lever raises the flow, so that its effect on the stock fades in and levels
    off.

    Examples
    --------
    Investment of 100 growing by 20% a year, depreciation 25%, so 100/.45 of capital at the start:

    >>> round(float(stock_step(100 / .45, 100 / .45, 0., 120 / .45, .25, 1.)), 4)
    266.6667
    """
    kept = (1.0 - np.asarray(loss)) ** dt
    flow = risen - kept * trend
    result: Array = previous * kept + flow * (1.0 + np.asarray(response))
    return result


def trend_step(previous: Number, growth: Number, dt: float = 1.0) -> Array:
    """A stock's path without policy: previous * exp(growth dt).

    Parameters
    ----------
    previous : scalar or (draws,), index
    growth : scalar or (draws,), log/yr
    dt : years

    Examples
    --------
    >>> round(float(trend_step(1., .2, 3.)), 4)
    1.8221
    """
    result: Array = previous * np.exp(np.asarray(growth) * dt)
    return result


def capital_step(
    previous: Number,
    trend: Number,
    response: Number,
    dt: float = 1.0,
    *,
    growth_capital: Number,
    depreciation_capital: Number,
) -> tuple[Array, Array]:
    """AI capital and its path without policy, both as indices with 2017 = 1; see `stock_step`.

    Parameters
    ----------
    previous, trend, response, dt : as in `stock_step`, at the start of the step
    growth_capital : g_K, scalar or (draws,), log/yr
    depreciation_capital : dl_K, scalar or (draws,), 1/yr

    Examples
    --------
    >>> capital, trend = capital_step(1., 1., .072, growth_capital=.2, depreciation_capital=.25)
    >>> round(float(capital), 4), round(float(trend), 4)
    (1.2553, 1.2214)
    """
    risen = trend_step(trend, growth_capital, dt)
    return stock_step(previous, trend, response, risen, depreciation_capital, dt), risen


def talent_step(
    previous: Number,
    trend: Number,
    response: Number,
    dt: float = 1.0,
    *,
    growth_talent: Number,
    attrition_talent: Number,
) -> tuple[Array, Array]:
    """AI talent and its path without policy, both as indices with 2017 = 1; see `stock_step`.

    Parameters
    ----------
    previous, trend, response, dt : as in `stock_step`, at the start of the step
    growth_talent : g_H, scalar or (draws,), log/yr
    attrition_talent : dl_H, scalar or (draws,), 1/yr

    Examples
    --------
    Twelve per cent more inflow is under four points of growth:

    >>> talent, trend = talent_step(1., 1., .12, growth_talent=.15, attrition_talent=.15)
    >>> round(float(talent), 4), round(float(trend), 4)
    (1.1993, 1.1618)
    """
    risen = trend_step(trend, growth_talent, dt)
    return stock_step(previous, trend, response, risen, attrition_talent, dt), risen


def rd_step(
    previous: Number,
    trend: Number,
    response: Number,
    dt: float = 1.0,
    *,
    growth_rd: Number,
    depreciation_rd: Number,
) -> tuple[Array, Array]:
    """The AI research stock and its path without policy, both as indices with 2017 = 1; see `stock_step`.

    Parameters
    ----------
    previous, trend, response, dt : as in `stock_step`, at the start of the step
    growth_rd : g_R, scalar or (draws,), log/yr
    depreciation_rd : dl_R, scalar or (draws,), 1/yr

    Examples
    --------
    >>> rd, trend = rd_step(1., 1., .05, growth_rd=.16, depreciation_rd=.15)
    >>> round(float(rd), 4), round(float(trend), 4)
    (1.1897, 1.1735)
    """
    risen = trend_step(trend, growth_rd, dt)
    return stock_step(previous, trend, response, risen, depreciation_rd, dt), risen
