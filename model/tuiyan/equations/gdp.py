"""Lines that set the AI industry against GDP (equation 13)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def nominal_gdp(gdp_2016: Number, growth: Number) -> Array:
    """Nominal GDP of the city, Y16 exp(growth), 亿元.

    Parameters
    ----------
    gdp_2016 : scalar or (draws,), 亿元
    growth : scalar or (draws,), log, nominal growth accumulated since 2016

    Examples
    --------
    >>> round(float(nominal_gdp(27466., .085)), 1)
    29902.7
    """
    result: Array = gdp_2016 * np.exp(growth)
    return result


def value_added_ratio(
    electronics: Array,
    machinery: Array,
    software: Array,
    *,
    value_added_ratio_electronics: Number,
    value_added_ratio_machinery: Number,
    value_added_ratio_software: Number,
) -> Array:
    """Value added over sales of each segment, from the class it belongs to.

    Parameters
    ----------
    electronics, machinery, software : (segments, 1), 1 where the segment belongs to the class, else 0
    value_added_ratio_electronics, value_added_ratio_machinery, value_added_ratio_software : scalar or (draws,), share

    Returns
    -------
    (segments, draws), share

    Examples
    --------
    >>> value_added_ratio(np.array([[1.], [0.]]), np.array([[0.], [0.]]), np.array([[0.], [1.]]),
    ...     value_added_ratio_electronics=.17, value_added_ratio_machinery=.2,
    ...     value_added_ratio_software=.47).ravel().tolist()
    [0.17, 0.47]
    """
    result: Array = (
        electronics * value_added_ratio_electronics
        + machinery * value_added_ratio_machinery
        + software * value_added_ratio_software
    )
    return result


def own_value_added(scale: Array, start: Array, ratio: Array, gdp: Number) -> Array:
    """Value added of the AI industry itself since 2017, as a share of GDP.

    Parameters
    ----------
    scale, start : (segments, draws), 亿元, sales now and in 2017
    ratio : (segments, 1) or (segments, draws), share, `value_added_ratio`
    gdp : scalar or (draws,), 亿元, nominal GDP of the year

    Returns
    -------
    (draws,), share, sum over segments of ratio (S - S_2017) / GDP

    Notes
    -----
    Sales are never divided by GDP: they count inputs that are value added elsewhere.

    Examples
    --------
    >>> float(own_value_added(np.array([[400.]]), np.array([[200.]]), np.array([[.2]]), 40000.)[0])
    0.001
    """
    added = scale - start
    added *= ratio
    total: Array = added[0].copy()
    for segment in added[1:]:
        total += segment
    total /= gdp
    return total


def users_gain(labour_productivity: Array) -> Array:
    """GDP gained by the users of AI, exp(LP) - 1, as a share of GDP.

    Parameters
    ----------
    labour_productivity : (draws,), log, AI's contribution since 2017

    Examples
    --------
    >>> round(float(users_gain(np.array([.003]))[0]), 7)
    0.0030045
    """
    result: Array = np.expm1(labour_productivity)
    return result


def overlap(own: Array, *, local_sales_share: Number) -> Array:
    """Part of the industry's own value added that is sold to users in the city and must not be counted twice.

    Parameters
    ----------
    own : G1, (draws,), share of GDP
    local_sales_share : l_c, scalar or (draws,), share of AI sales that goes to users in the city

    Examples
    --------
    >>> float(overlap(np.array([.003]), local_sales_share=.5)[0])
    0.0015
    """
    result: Array = own * local_sales_share
    return result


def consolidated_scale(total: Array, *, elimination: Number) -> Array:
    """City scale without the sales of one segment to another, 亿元.

    Parameters
    ----------
    total : (draws,) or (years, draws), 亿元, gross count
    elimination : e_d, scalar or (draws,), share counted twice

    Examples
    --------
    >>> float(consolidated_scale(np.array([1000.]), elimination=.1)[0])
    900.0
    """
    result: Array = total * (1.0 - np.asarray(elimination))
    return result
