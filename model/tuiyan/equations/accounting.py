"""Textbook accounting of growth, to import into one's own work: sources, parts, identities and rates on one scale.

No parameter of the model stands here: every number is an argument. Growth is in logs unless a line says otherwise. A
value outside the range that a docstring gives is a ValueError that names it.
"""

from typing import NamedTuple

import numpy as np

from tuiyan.equations.arrays import Array, Number

ROUNDING = 1e-6  # shares that should sum to 1 may miss it by so much


class Attribution(NamedTuple):
    """Parts of a rise of output per hour: output without new technology, then shares of the rise."""

    without_technology: Array
    capital: Array
    technology: Array
    technology_log: Array


class ShiftShare(NamedTuple):
    """Parts of a change of aggregate productivity, in its unit; they sum to `total`."""

    within: Array
    between: Array
    interaction: Array
    total: Array


def tfp_growth(output: Number, capital: Number, labour: Number, labour_share: Number) -> Array:
    """Growth of productivity that the growth of inputs leaves unexplained.

    Parameters
    ----------
    output, capital, labour : growth, scalar or (draws,), log
    labour_share : s_L, scalar or (draws,), in [0, 1]; capital has the rest

    Returns
    -------
    scalar or (draws,), log, output - (1 - s_L) capital - s_L labour

    References
    ----------
    Solow (1957), Review of Economics and Statistics 39(3); the example is Hong Kong 1966-1991 in Young (1995).

    Examples
    --------
    >>> round(float(tfp_growth(.073, .080, .032, .628)), 6)
    0.023144
    """
    share = np.asarray(labour_share, dtype=np.float64)
    if not np.all((share >= 0) & (share <= 1)):
        raise ValueError(f"the labour share is {labour_share}; it must lie between 0 and 1")
    return np.asarray(output - (1.0 - share) * capital - share * labour)


def tornqvist(ratio: Array, share_before: Array, share_after: Array) -> Array:
    """Growth of several quantities as one, each weighted with its mean share of the two years.

    Parameters
    ----------
    ratio : (items,) or (items, draws), quantity after over quantity before, > 0
    share_before, share_after : the shape of `ratio` or (items, 1), shares of value, each year sums to 1

    Returns
    -------
    scalar or (draws,), log, sum of (share_before + share_after)/2 ln(ratio)

    Notes
    -----
    Productivity growth is ln(output ratio) minus this index of the inputs.

    References
    ----------
    Tornqvist (1936), Bank of Finland Monthly Bulletin 10; Diewert (1976), Journal of Econometrics 4(2).

    Examples
    --------
    >>> inputs = tornqvist(np.array([1.6, 1.1]), np.array([.40, .60]), np.array([.38, .62]))
    >>> round(float(np.log(1.5) - inputs), 7)
    0.1640245
    """
    if not np.all(np.asarray(ratio) > 0):
        raise ValueError(f"a ratio of quantities is {np.min(ratio)}; it must be above 0")
    if len({(np.ndim(values), len(values)) for values in (ratio, share_before, share_after)}) > 1:
        raise ValueError("ratio and shares differ in shape; all three must list the same items")
    _whole(share_before, share_after)
    mean = 0.5 * (np.asarray(share_before) + share_after)
    return np.asarray(np.sum(mean * np.log(ratio), axis=0))


def solow_attribution(start: Number, end: Number, technology: Number) -> Attribution:
    """Shares of a rise of output per hour that are owed to capital per hour and to technology.

    Parameters
    ----------
    start, end : output per hour, scalar or (draws,), any unit, > 0, not the same
    technology : A, scalar or (draws,), > 0, technology at the end over technology at the start

    Returns
    -------
    without_technology, capital, technology, technology_log : end/A; the rise to it and the rise beyond it, as shares
    of the whole; and ln A/ln(end/start), which does not depend on the order of the two

    References
    ----------
    Solow (1957), Review of Economics and Statistics 39(3).

    Examples
    --------
    >>> [round(float(value), 4) for value in solow_attribution(.623, 1.275, 1.809)]
    [0.7048, 0.1255, 0.8745, 0.8277]
    """
    for name, value in {"output at the start": start, "output at the end": end, "technology": technology}.items():
        if not np.all(np.asarray(value) > 0):
            raise ValueError(f"{name} is {value}; it must be above 0")
    if np.any(np.equal(start, end)):
        raise ValueError(f"output stays at {start}; there is no change to attribute")
    without = np.asarray(end, dtype=np.float64) / technology
    capital = (without - start) / (np.asarray(end) - start)
    return Attribution(without, capital, 1.0 - capital, np.log(technology) / (np.log(end) - np.log(start)))


def shift_share(
    share_before: Array, share_after: Array, productivity_before: Array, productivity_after: Array
) -> ShiftShare:
    """Change of aggregate labour productivity from inside the sectors and from workers who change sector.

    Parameters
    ----------
    share_before, share_after : s, (sectors,) or (sectors, draws), labour shares, each year sums to 1
    productivity_before, productivity_after : p, the same shape, output per worker

    Returns
    -------
    within, between, interaction, total : scalar or (draws,), in the unit of productivity: sums over sectors of
    s dp, ds p, ds dp, and the change of the sum of s p

    Raises
    ------
    ValueError
        If the shapes differ, or the shares of a year do not sum to 1.

    Notes
    -----
    A negative interaction is Baumol's disease: workers move to where productivity grows least.

    References
    ----------
    Fabricant (1942), Employment in Manufacturing 1899-1939; Baumol (1967), American Economic Review 57(3).

    Examples
    --------
    >>> parts = shift_share(np.array([.3, .7]), np.array([.25, .75]), np.array([50., 20.]), np.array([60., 23.]))
    >>> [round(float(part), 9) for part in parts]
    [5.1, -1.5, -0.35, 3.25]
    """
    shapes = [np.shape(values) for values in (share_before, share_after, productivity_before, productivity_after)]
    if len(set(shapes)) > 1:
        raise ValueError(f"shares and productivity have the shapes {shapes}; all four must list the same sectors")
    _whole(share_before, share_after)
    moved, risen = np.subtract(share_after, share_before), np.subtract(productivity_after, productivity_before)
    after, before = np.multiply(share_after, productivity_after), np.multiply(share_before, productivity_before)
    parts = (np.multiply(share_before, risen), moved * productivity_before, moved * risen)
    within, between, interaction = (np.asarray(np.sum(part, axis=0)) for part in parts)
    return ShiftShare(within, between, interaction, np.asarray(np.sum(after, axis=0) - np.sum(before, axis=0)))


def gdp_response(tfp: Number, capital_share: Number, share_change: Number = 0.0) -> Array:
    """Rise of GDP once capital has followed a rise of productivity and a shift of income to capital.

    Parameters
    ----------
    tfp : scalar or (draws,), log points or percent
    capital_share : s_K, scalar or (draws,), in (0, 1)
    share_change : rise of the capital share, scalar or (draws,), as a share if `tfp` is in logs, points if in percent

    Returns
    -------
    scalar or (draws,), in the unit of `tfp`, (tfp + d s_K)/(1 - s_K)

    Notes
    -----
    At a constant return, capital grows with s_K Y: d ln K = d ln Y + d s_K/s_K, put into d ln Y = tfp + s_K d ln K.

    References
    ----------
    Acemoglu (2025), Economic Policy 40(121), section 3.4 and footnote 12.

    Examples
    --------
    >>> round(float(gdp_response(.66, .43)), 3), round(float(gdp_response(.66, .43, .31)), 3)
    (1.158, 1.702)
    """
    labour = 1.0 - np.asarray(capital_share, dtype=np.float64)
    if not np.all((labour > 0) & (labour < 1)):
        raise ValueError(f"the capital share is {capital_share}; it must lie between 0 and 1")
    return np.asarray((np.asarray(tfp) + share_change) / labour)


def bad_tasks(revenue_share: Number, harm: Number, revenue: Number) -> Array:
    """Welfare lost through services that earn revenue and harm those who use them, as a share of GDP.

    Parameters
    ----------
    revenue_share : scalar or (draws,), revenue of the services over GDP, >= 0
    harm, revenue : scalar or (draws,), one money unit: loss of a user and revenue from that user; revenue > 0

    Returns
    -------
    scalar or (draws,), share of GDP, -revenue_share harm/revenue, while GDP itself counts +revenue_share

    References
    ----------
    Acemoglu (2025), Economic Policy 40(121), section 3.5, with a harm of 19 dollars for 53 of revenue.

    Examples
    --------
    >>> round(100 * float(bad_tasks(.02, 19., 53.)), 3)
    -0.717
    """
    if not np.all(np.asarray(revenue) > 0):
        raise ValueError(f"the revenue from a user is {revenue}; it must be above 0")
    if not np.all(np.asarray(revenue_share) >= 0):
        raise ValueError(f"the revenue share is {revenue_share}; it must be 0 or above")
    return np.asarray(-np.asarray(revenue_share) * harm / revenue)


def level_gain(rise: Number, years: int, growth: Number = 0.0, build_up: int = 0) -> Array:
    """Level gained after years of faster compound growth: puts published rises of growth on one scale.

    Parameters
    ----------
    rise : scalar or (draws,), 1/yr, added as a fraction: .014 for 1.4 points; growth + rise > -1
    years : whole years, >= 0
    growth : scalar or (draws,), 1/yr, growth without the rise, > -1
    build_up : years over which the rise builds linearly, 1/n of it in year 1, all of it from year n; 0: at once

    Returns
    -------
    scalar or (draws,), share, product over years of (1 + growth + rise of the year)/(1 + growth), minus 1

    Examples
    --------
    A growth rate of 6.3% that becomes 7.9%, over 18 years or at once:

    >>> [round(float(level_gain(.016, 18, .063, years)), 3) for years in (18, 0)]
    [0.153, 0.309]
    """
    for name, value in {"years": years, "build-up": build_up}.items():
        if value < 0 or value != int(value):
            raise ValueError(f"the number of years ({name}) is {value}; it must be whole and 0 or above")
    base = 1.0 + np.asarray(growth, dtype=np.float64)
    if not np.all((base > 0) & (base + rise > 0)):
        raise ValueError(f"growth of {growth} and a rise of {rise} leave nothing after a year; growth must exceed -1")
    gain = np.ones(np.broadcast_shapes(np.shape(rise), np.shape(base)))
    for year in range(1, int(years) + 1):
        part = min(1.0, year / build_up) if build_up else 1.0
        gain = gain * (1.0 + part * np.asarray(rise) / base)
    return gain - 1.0


def log_rate(gain: Number, years: Number) -> Array:
    """Log points a year that add up to a published gain of the level; ``np.expm1`` makes it a compound rate.

    Parameters
    ----------
    gain : scalar or (draws,), share, level at the end over level at the start minus 1, > -1
    years : scalar or (draws,), > 0

    Returns
    -------
    scalar or (draws,), log, 1/yr, ln(1 + gain)/years

    Examples
    --------
    26.1% by 2030, counted from 2017:

    >>> rate = log_rate(.261, 13)
    >>> round(float(rate), 4), round(float(np.expm1(rate)), 4)
    (0.0178, 0.018)
    """
    if not np.all(np.asarray(gain) > -1):
        raise ValueError(f"the gain is {gain}; it must be above -1, which is the loss of everything")
    if not np.all(np.asarray(years) > 0):
        raise ValueError(f"the number of years is {years}; it must be above 0")
    return np.asarray(np.log1p(gain) / years)


def _whole(*years: Array) -> None:
    """An error when the shares of a year do not sum to 1."""
    for shares in years:
        total = np.sum(shares, axis=0)
        if not np.all(np.abs(total - 1.0) <= ROUNDING):
            raise ValueError(f"the shares of a year sum to {total}; divide them by their sum, so that it is 1")
