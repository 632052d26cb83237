"""Textbook relationships of production, capital and growth, to import into one's own work.

No parameter of the model stands here: every number is an argument. Rates are continuous unless a line says otherwise. A
value outside the range that a docstring gives is a ValueError that names it.
"""

import numpy as np
from scipy import special

from tuiyan.equations.arrays import Array, Number


def ces(capital: Number, labour: Number, share: Number, substitution: Number) -> Array:
    """Output of two factors at a constant elasticity of substitution.

    Parameters
    ----------
    capital, labour : K, L, scalar or (draws,), any unit, > 0
    share : a, scalar or (draws,), in (0, 1), weight of capital; its income share where K = L
    substitution : s, scalar or (draws,), >= 0: 0 is Leontief, 1 Cobb-Douglas, ``np.inf`` linear

    Returns
    -------
    scalar or (draws,), (a K^r + (1 - a) L^r)^(1/r) with r = (s - 1)/s

    Notes
    -----
    Computed from the log of K/L, so that it neither blows up around s = 1 nor overflows far from it.

    References
    ----------
    Arrow, Chenery, Minhas and Solow (1961), Review of Economics and Statistics 43(3).

    Examples
    --------
    >>> [round(float(ces(4., 1., .4, s)), 7) for s in (0., .5, 1., 2., np.inf)]
    [1.0, 1.4285714, 1.7411011, 1.96, 2.2]
    """
    _above_zero(capital=capital, labour=labour)
    _between(share=share)
    elasticity = np.asarray(substitution, dtype=np.float64)
    if not np.all(elasticity >= 0):
        raise ValueError(f"the elasticity of substitution is {substitution}; it must be 0 or above")
    power = 1.0 - 1.0 / np.where(elasticity > 0, elasticity, 1.0)
    bend = power * (np.log(capital) - np.log(labour))
    # From the factor with the larger power, whose counterpart then has an exponent that only falls.
    weight = np.where(bend > 0, 1.0 - np.asarray(share), share)
    larger = np.where(bend > 0, capital, labour)
    scale = np.log1p(weight * np.expm1(-np.abs(bend))) / np.where(power == 0, 1.0, power)
    cobb_douglas = np.power(capital, share) * np.power(labour, 1.0 - np.asarray(share))
    result: Array = np.where(power == 0, cobb_douglas, larger * np.exp(scale))
    return np.where(elasticity == 0, np.minimum(capital, labour), result)


def ces_capital_share(capital: Number, labour: Number, share: Number, substitution: Number) -> Array:
    """Share of output that goes to capital where both factors earn their marginal product; labour has the rest.

    Parameters
    ----------
    capital, labour, share : as in `ces`
    substitution : s, scalar or (draws,), > 0; Leontief leaves the shares open

    Returns
    -------
    scalar or (draws,), share, a (K/Y)^r with r = (s - 1)/s

    Examples
    --------
    >>> [round(float(ces_capital_share(4., 1., .4, s)), 7) for s in (.5, 1., 2.)]
    [0.1428571, 0.4, 0.5714286]
    """
    _above_zero(capital=capital, labour=labour, substitution=substitution)
    _between(share=share)
    power = 1.0 - 1.0 / np.asarray(substitution, dtype=np.float64)
    result: Array = special.expit(special.logit(share) + power * (np.log(capital) - np.log(labour)))
    return result


def solow_steady_state(saving: Number, capital_share: Number, break_even: Number) -> tuple[Array, Array, Array]:
    """Steady state of the Solow model with Cobb-Douglas production, per unit of effective labour.

    Parameters
    ----------
    saving : s, scalar or (draws,), share of output, in (0, 1)
    capital_share : alpha, scalar or (draws,), in (0, 1)
    break_even : b, scalar or (draws,), 1/yr, > 0: growth of labour and of technology plus depreciation

    Returns
    -------
    capital, output, capital_output : (s/b)^(1/(1 - alpha)), its power alpha, and s/b years

    References
    ----------
    Solow (1956), Quarterly Journal of Economics 70(1).

    Examples
    --------
    >>> [round(float(value), 6) for value in solow_steady_state(.3, 1/3, .01 + .02 + .05)]
    [7.261844, 1.936492, 3.75]
    """
    _above_zero(break_even=break_even)
    _between(saving=saving, capital_share=capital_share)
    ratio = np.asarray(saving, dtype=np.float64) / break_even
    capital = np.power(ratio, 1.0 / (1.0 - np.asarray(capital_share)))
    return capital, np.power(capital, capital_share), ratio


def solow_capital(start: Number, time: Number, saving: Number, capital_share: Number, break_even: Number) -> Array:
    """Capital per unit of effective labour on its way to the steady state; output is its power alpha.

    Parameters
    ----------
    start : k0, scalar or (draws,), > 0
    time : scalar or (years,), years since the start, >= 0
    saving, capital_share, break_even : as in `solow_steady_state`

    Returns
    -------
    the broadcast shape, [s/b + (k0^(1 - alpha) - s/b) exp(-(1 - alpha) b t)]^(1/(1 - alpha))

    Notes
    -----
    The exact solution of dk/dt = s k^alpha - b k, a Bernoulli equation. A yearly recursion gives other numbers.

    Examples
    --------
    >>> solow_capital(1., np.array([0., 5., 10.]), .3, 1/3, .08).round(6).tolist()
    [1.0, 2.107331, 3.123362]
    """
    _above_zero(start=start, break_even=break_even)
    _between(saving=saving, capital_share=capital_share)
    if not np.all(np.asarray(time) >= 0):
        raise ValueError(f"the time is {time}; it must be 0 or above")
    labour = 1.0 - np.asarray(capital_share)
    ratio = np.asarray(saving, dtype=np.float64) / break_even
    left = np.exp(-labour * break_even * time)
    result: Array = np.power(ratio + (np.power(start, labour) - ratio) * left, 1.0 / labour)
    return result


def convergence_speed(break_even: Number, capital_share: Number, human_capital_share: Number = 0.0) -> Array:
    """Speed at which an economy closes the gap to its steady state.

    Parameters
    ----------
    break_even : b, scalar or (draws,), 1/yr, > 0, as in `solow_steady_state`
    capital_share : alpha, scalar or (draws,), in (0, 1)
    human_capital_share : beta, scalar or (draws,), >= 0; 0 is the Solow model

    Returns
    -------
    scalar or (draws,), 1/yr, (1 - alpha - beta) b

    References
    ----------
    Mankiw, Romer and Weil (1992), Quarterly Journal of Economics 107(2).

    Examples
    --------
    >>> [round(float(convergence_speed(.06, 1/3, human)), 6) for human in (0., 1/3)]
    [0.04, 0.02]
    """
    _above_zero(break_even=break_even)
    _between(capital_share=capital_share, share_of_all_capital=np.asarray(capital_share) + human_capital_share)
    if not np.all(np.asarray(human_capital_share) >= 0):
        raise ValueError(f"the share of human capital is {human_capital_share}; it must be 0 or above")
    return np.asarray((1.0 - np.asarray(capital_share) - human_capital_share) * break_even)


def half_life(speed: Number) -> Array:
    """Years in which half of a gap that closes at a constant speed is gone, ln 2/speed.

    Parameters
    ----------
    speed : scalar or (draws,), 1/yr, > 0

    Examples
    --------
    >>> round(float(half_life(.04)), 4)
    17.3287
    """
    _above_zero(speed=speed)
    return np.asarray(np.log(2.0) / np.asarray(speed))


def automation_limit(
    automation: Number, substitution: Number, saving: Number, depreciation: Number
) -> tuple[Array, Array, Array]:
    """Balanced growth when a constant fraction of the tasks still done by hand is automated a year.

    Parameters
    ----------
    automation : theta, scalar or (draws,), 1/yr, > 0, of the tasks not yet automated
    substitution : sigma, scalar or (draws,), between tasks, in (0, 1)
    saving : s, scalar or (draws,), share of output, in (0, 1)
    depreciation : delta, scalar or (draws,), 1/yr, > 0

    Returns
    -------
    growth, capital_output, capital_share : theta/(1 - sigma), s/(growth + delta), (K/Y)^((sigma - 1)/sigma)

    Raises
    ------
    ValueError
        If saving is too low to equip the tasks: output then grows with capital at s - delta, and labour's share to 0.

    Notes
    -----
    Output is a CES of unit productivity over tasks, Y = `ces` (K/beta, L/(1 - beta), beta, sigma) with the share beta
    of tasks automated. Labour and all other technology are constant. The limit is slow: centuries at one percent.

    References
    ----------
    Aghion, Jones and Jones (2019), in Agrawal, Gans and Goldfarb, The Economics of Artificial Intelligence.

    Examples
    --------
    >>> [round(float(value), 6) for value in automation_limit(.01, .5, .3, .05)]
    [0.02, 4.285714, 0.233333]
    """
    _above_zero(automation=automation, depreciation=depreciation)
    _between(substitution=substitution, saving=saving)
    sigma = np.asarray(substitution, dtype=np.float64)
    growth = automation / (1.0 - sigma)
    ratio = saving / (growth + depreciation)
    if not np.all(ratio > 1.0):
        raise ValueError(f"saving is {saving}; for this automation it must exceed {growth + depreciation}")
    return growth, ratio, np.power(ratio, (sigma - 1.0) / sigma)


def b_index(tax: Number, allowance: Number) -> Array:
    """Profit before tax that pays for one yuan of R&D: the part of the user cost that the tax law sets.

    Parameters
    ----------
    tax : tau, scalar or (draws,), rate of profit tax, in [0, 1)
    allowance : a, scalar or (draws,), yuan deducted from profit for one yuan of R&D, >= 0: 1.75 in a super-deduction

    Returns
    -------
    scalar or (draws,), ratio, (1 - tau a)/(1 - tau); 1 is neutral

    References
    ----------
    Warda (2001), STI Review 27; Hall and Jorgenson (1967), American Economic Review 57(3).

    Examples
    --------
    >>> [round(float(b_index(.25, allowance)), 7) for allowance in (1.5, 1.75)]
    [0.8333333, 0.75]
    """
    rate = np.asarray(tax, dtype=np.float64)
    if not np.all((rate >= 0) & (rate < 1)):
        raise ValueError(f"the tax rate is {tax}; it must be 0 or above and below 1")
    if not np.all(np.asarray(allowance) >= 0):
        raise ValueError(f"the allowance is {allowance}; it must be 0 or above")
    return np.asarray((1.0 - rate * allowance) / (1.0 - rate))


def rd_response(elasticity: Number, before: Number, after: Number) -> Array:
    """Relative change of R&D that follows a change of its user cost.

    Parameters
    ----------
    elasticity : scalar or (draws,), of R&D to its user cost, <= 0; an absolute value is refused
    before, after : user cost, scalar or (draws,), > 0, in any unit, for example `b_index`

    Returns
    -------
    scalar or (draws,), share, (after/before)^elasticity - 1

    References
    ----------
    Gaillard-Ladinska, Non and Straathof (2015), CPB; Chen, Liu, Suarez Serrato and Xu (2021), American Economic Review.

    Examples
    --------
    >>> round(float(rd_response(-1., b_index(.25, 1.5), b_index(.25, 1.75))), 6)
    0.111111
    """
    _above_zero(before=before, after=after)
    if not np.all(np.asarray(elasticity) <= 0):
        raise ValueError(f"the elasticity of R&D to its cost is {elasticity}; it is negative or 0, mind the sign")
    return np.asarray(np.expm1(elasticity * (np.log(after) - np.log(before))))


def _above_zero(**values: Number) -> None:
    """An error that names the first value that is not above 0."""
    for name, value in values.items():
        if not np.all(np.asarray(value) > 0):
            raise ValueError(f"{name.replace('_', ' ')} is {value}; it must be above 0")


def _between(**values: Number) -> None:
    """An error that names the first value that does not lie between 0 and 1."""
    for name, value in values.items():
        if not np.all((np.asarray(value) > 0) & (np.asarray(value) < 1)):
            raise ValueError(f"{name.replace('_', ' ')} is {value}; it must lie between 0 and 1")
