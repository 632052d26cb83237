"""Gap between true and measured productivity while firms build intangibles (equation 12)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def intangible_growth(time: float, *, growth: Number, taper: Number) -> Array:
    """Growth of AI-related intangible investment in a year.

    Parameters
    ----------
    time : whole years since 2017, >= 1
    growth : g_U, scalar or (draws,), log, growth in 2018
    taper : rho_U, scalar or (draws,), 1/yr, decay of that growth

    Returns
    -------
    scalar or (draws,), log, g_U exp(-rho_U (time - 1))

    Examples
    --------
    >>> round(float(intangible_growth(2., growth=.25, taper=.15)), 6)
    0.215177
    """
    result: Array = growth * np.exp(-np.asarray(taper) * (time - 1.0))
    return result


def intangible_start(*, growth_before: Number, depreciation: Number) -> Array:
    """Intangible stock at the end of 2017 over investment in 2017, from steady growth before.

    Parameters
    ----------
    growth_before : g_U0, scalar or (draws,), log/yr
    depreciation : dl_U, scalar or (draws,), 1/yr

    Returns
    -------
    scalar or (draws,), ratio, exp(g_U0)/(exp(g_U0) - 1 + dl_U)

    Examples
    --------
    >>> round(float(intangible_start(growth_before=.1, depreciation=.25)), 6)
    3.111659
    """
    rise = np.exp(growth_before)
    result: Array = rise / (rise - 1.0 + depreciation)
    return result


def intangible_step(previous: Number, investment: Number, *, depreciation: Number) -> Array:
    """Intangible stock one year later, (1 - dl_U) O + U, in units of investment in 2017.

    Parameters
    ----------
    previous : O, scalar or (draws,), stock a year ago
    investment : U, scalar or (draws,), investment of the year
    depreciation : dl_U, scalar or (draws,), 1/yr

    Examples
    --------
    >>> float(intangible_step(np.array([4.]), np.array([1.2]), depreciation=.25)[0])
    4.2
    """
    result: Array = np.asarray((1.0 - np.asarray(depreciation)) * previous + investment)
    return result


def investment_share(investment: Number, output: Number, *, share: Number) -> Array:
    """Intangible investment over output, u = u_I U/Y.

    Parameters
    ----------
    investment, output : U, Y, scalar or (draws,), indices with 2017 = 1, at the start of the year
    share : u_I, scalar or (draws,), intangible investment over output in 2017

    Examples
    --------
    >>> float(investment_share(np.array([1.2]), np.array([1.]), share=.005)[0])
    0.006
    """
    result: Array = np.asarray(share * investment) / output
    return result


def rental_share(stock: Number, output: Number, *, share: Number, depreciation: Number, return_: Number) -> Array:
    """Rental cost of the intangible stock over output, a_O = u_I (r_U + dl_U) O/Y.

    Parameters
    ----------
    stock : O, scalar or (draws,), in units of investment in 2017, at the start of the year
    output : Y, scalar or (draws,), index with 2017 = 1, at the start of the year
    share : u_I, scalar or (draws,), intangible investment over output in 2017
    depreciation : dl_U, scalar or (draws,), 1/yr
    return_ : r_U, scalar or (draws,), 1/yr, the key ``return`` (a word that Python keeps for itself)

    Examples
    --------
    >>> round(float(rental_share(np.array([3.]), 1., share=.005, depreciation=.25, return_=.08)[0]), 6)
    0.00495
    """
    result: Array = np.asarray(share * (return_ + depreciation) * stock) / output
    return result


def wedge_change(
    investment_share: Number,
    investment_growth: Number,
    output_growth: Number,
    rental_share: Number,
    stock_growth: Number,
    inputs_growth: Number,
) -> Array:
    """Measured minus true productivity growth of a year.

    Parameters
    ----------
    investment_share : u, scalar or (draws,), `investment_share`
    investment_growth, output_growth : scalar or (draws,), log, of intangible investment and of output
    rental_share : a_O, scalar or (draws,), `rental_share`
    stock_growth : scalar or (draws,), log, of the intangible stock
    inputs_growth : scalar or (draws,), log, of capital and labour at their measured shares, s_K g_k + (1 - s_K) g_l

    Returns
    -------
    scalar or (draws,), log, -u (g_U - g_Y) + a_O (g_O - g_inputs): negative while firms build, positive when they use

    References
    ----------
    Own algebra after Brynjolfsson, Rock and Syverson (2021), American Economic Journal: Macroeconomics 13(1).

    Examples
    --------
    Measured .0260 against a true .0273:

    >>> round(float(wedge_change(.04, .30, .06, .05, .20, .4 * .07 + .6 * .01)), 6)
    -0.0013
    """
    unseen = np.asarray(investment_share) * (investment_growth - output_growth)
    result: Array = rental_share * (stock_growth - inputs_growth) - unseen
    return result


def measured_tfp(tfp: Array, wedge: Array) -> Array:
    """Productivity as the accounts would show it: true productivity plus the accumulated wedge, log.

    Parameters
    ----------
    tfp, wedge : (draws,), log, since 2017

    Examples
    --------
    >>> round(float(measured_tfp(np.array([.0273]), np.array([-.0013]))[0]), 4)
    0.026
    """
    result: Array = tfp + wedge
    return result
