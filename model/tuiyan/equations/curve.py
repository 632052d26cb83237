"""Reduced-form growth curves that stand beside the model, and closed forms of the diffusion literature."""

import numpy as np

from tuiyan.equations.arrays import Array, Number

# Ten to ninety per cent of a logistic curve spans ln(81) over its speed.
SPAN_10_90 = float(np.log(81.0))


def trend(log_base: Array, years: int, shocks: Array, *, growth: Number, damping: Number, shock: Number) -> Array:
    """Log scale along a damped trend.

    Parameters
    ----------
    log_base : (draws,), log of 亿元 in 2017
    years : number of years, 2017 included
    shocks : (years - 1, draws), standard normal
    growth : g_c, scalar or (draws,), log, growth in the first year
    damping : phi_c, scalar or (draws,), in (0, 1]
    shock : s_w, scalar or (draws,), log, standard deviation of a year, accumulated

    Returns
    -------
    (years, draws), log of 亿元, ln S(t) = ln S(t-1) + g_c phi_c^(t-1) + s_w e

    Examples
    --------
    >>> path = trend(np.zeros(1), 3, np.zeros((2, 1)), growth=.2, damping=.5, shock=.12)
    >>> path[:, 0].round(12).tolist()
    [0.0, 0.2, 0.3]
    """
    path = np.empty((years, *np.shape(log_base)))
    path[0] = log_base
    for year in range(1, years):
        path[year] = path[year - 1] + growth * np.asarray(damping) ** (year - 1) + shock * shocks[year - 1]
    return path


def gompertz(log_base: Array, years: int, shocks: Array, *, gap: Number, speed: Number, shock: Number) -> Array:
    """Log scale along a Gompertz curve.

    Parameters
    ----------
    log_base, years, shocks : as in `trend`
    gap : G, scalar or (draws,), log ceiling over the scale of 2017
    speed : k_G, scalar or (draws,), 1/yr, > 0
    shock : s_w, scalar or (draws,), log, standard deviation of a year, not accumulated

    Returns
    -------
    (years, draws), log of 亿元, ln S0 + G (1 - exp(-k_G t)) + s_w e

    Examples
    --------
    >>> path = gompertz(np.zeros(1), 2, np.zeros((1, 1)), gap=1., speed=np.log(2.), shock=.12)
    >>> path[:, 0].round(12).tolist()
    [0.0, 0.5]
    """
    path = np.empty((years, *np.shape(log_base)))
    path[0] = log_base
    for year in range(1, years):
        path[year] = log_base - gap * np.expm1(-np.asarray(speed) * year) + shock * shocks[year - 1]
    return path


def bass(
    log_base: Array,
    years: int,
    shocks: Array,
    *,
    innovation: Number,
    imitation: Number,
    age: Number,
    shock: Number,
) -> Array:
    """Log scale along the yearly sales of a Bass curve.

    Parameters
    ----------
    log_base, years, shocks : as in `trend`
    innovation, imitation : p_B, q_B, scalar or (draws,), 1/yr, > 0
    age : t_B, scalar or (draws,), years since take-off in 2017, > 0
    shock : s_w, scalar or (draws,), log, standard deviation of a year, not accumulated

    Returns
    -------
    (years, draws), log of 亿元, ln S0 + ln f(t_B + t) - ln f(t_B) + s_w e with f(t) = F(t) - F(t - 1)

    Notes
    -----
    Sales of a durable peak and fall, revenue of an industry need not: the curve is not meant beyond 2022.

    Examples
    --------
    >>> path = bass(np.zeros(1), 2, np.zeros((1, 1)), innovation=.03, imitation=.38, age=1., shock=.12)
    >>> round(float(np.exp(path[1, 0])), 4)    # (F(2) - F(1))/F(1)
    1.3787
    """

    def sales(time: Number) -> Array:
        later, earlier = (bass_cumulative(moment, innovation, imitation) for moment in (time, time - 1.0))
        return np.asarray(later - earlier)

    path = np.empty((years, *np.shape(log_base)))
    path[0] = log_base
    first = np.log(sales(age))
    for year in range(1, years):
        path[year] = log_base + np.log(sales(age + year)) - first + shock * shocks[year - 1]
    return path


def no_change(log_base: Array, years: int, shocks: Array, *, shock: Number) -> Array:
    """Log scale that only its shocks move.

    Parameters
    ----------
    log_base, years, shocks : as in `trend`
    shock : s_w, scalar or (draws,), log, standard deviation of a year, accumulated

    Returns
    -------
    (years, draws), log of 亿元, ln S(t) = ln S(t-1) + s_w e

    Examples
    --------
    >>> no_change(np.zeros(1), 3, np.ones((2, 1)), shock=.12)[:, 0].tolist()
    [0.0, 0.12, 0.24]
    """
    path = np.empty((years, *np.shape(log_base)))
    path[0] = log_base
    for year in range(1, years):
        path[year] = path[year - 1] + shock * shocks[year - 1]
    return path


def bass_cumulative(time: Number, innovation: Number, imitation: Number) -> Array:
    """Share of adopters at a time, F(t) = (1 - exp(-(p + q) t))/(1 + (q/p) exp(-(p + q) t)).

    With decision variables F is taken at the integral of their effect on the hazard instead of at calendar time.

    Parameters
    ----------
    time : years since the start; negative before it, where F continues below zero
    innovation, imitation : p, q, scalar or array, 1/yr, p > 0

    References
    ----------
    Bass (1969), Management Science 15(5); Bass, Krishnan and Jain (1994), Marketing Science 13(3).

    Examples
    --------
    >>> round(float(bass_cumulative(10., .03, .38)), 7)
    0.8128032
    """
    left = np.exp(-(np.asarray(innovation) + imitation) * time)
    result: Array = (1.0 - left) / (1.0 + imitation / innovation * left)
    return result


def bass_peak(innovation: Number, imitation: Number) -> tuple[Array, Array, Array]:
    """Time of the highest rate of adoption, the share reached then and the rate itself.

    Parameters
    ----------
    innovation, imitation : p, q, scalar or array, 1/yr, 0 < p < q

    Returns
    -------
    time, share, rate : ln(q/p)/(p + q) years, 1/2 - p/(2q), (p + q)^2/(4q) 1/yr

    Raises
    ------
    ValueError
        If imitation is not above innovation: the rate then falls from the start.

    Examples
    --------
    >>> [round(float(value), 6) for value in bass_peak(.03, .38)]
    [6.192619, 0.460526, 0.110592]
    """
    p, q = np.asarray(innovation, dtype=np.float64), np.asarray(imitation, dtype=np.float64)
    if not np.all((p > 0) & (q > p)):
        raise ValueError("a Bass curve has a peak only when imitation is above innovation and innovation above zero")
    return np.log(q / p) / (p + q), 0.5 - p / (2.0 * q), (p + q) ** 2 / (4.0 * q)


def richards_inflection(shape: float) -> float:
    """Share of the ceiling at which a Richards curve y = (1 + nu exp(-k t))^(-1/nu) is steepest.

    Parameters
    ----------
    shape : nu, >= 0; 1 is the logistic curve and 0 the Gompertz curve

    Raises
    ------
    ValueError
        If `shape` is negative.

    Examples
    --------
    >>> richards_inflection(1.), round(richards_inflection(0.), 7)
    (0.5, 0.3678794)
    """
    if shape < 0:
        raise ValueError(f"the shape of a Richards curve is {shape}; it must be 0 (Gompertz) or above")
    return float(np.exp(-np.log1p(shape) / shape)) if shape > 0 else float(np.exp(-1.0))


def logistic_speed(years: float) -> float:
    """Speed of a logistic curve that goes from 10% to 90% of its ceiling in a number of years.

    Parameters
    ----------
    years : > 0

    Returns
    -------
    1/yr, ln(81)/years

    Raises
    ------
    ValueError
        If `years` is not positive.

    Examples
    --------
    >>> round(logistic_speed(20.), 7)
    0.2197225
    """
    if years <= 0:
        raise ValueError(f"the years from 10% to 90% are {years}; they must be above 0")
    return SPAN_10_90 / years
