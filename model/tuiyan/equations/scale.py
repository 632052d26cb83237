"""Scale of the AI industry: Gompertz error correction towards desired scale (equation 6)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def gompertz_step(log_scale: Number, log_target: Number, dt: float = 1.0, *, speed: Number) -> Array:
    """Log scale one step later when the target stands still.

    Parameters
    ----------
    log_scale, log_target : scalar or (segments, draws), log of the same unit
    dt : years
    speed : kappa, scalar or (draws,), 1/yr, > 0

    Returns
    -------
    scalar or (segments, draws), ln C + (ln S - ln C) exp(-kappa dt)

    Examples
    --------
    >>> round(float(np.exp(gompertz_step(np.log(700.), np.log(4000.), speed=.25))), 4)
    1029.2892
    """
    result: Array = log_target + (log_scale - log_target) * np.exp(-dt * np.asarray(speed))
    return result


def scale_path(log_scale: Array, target_before: Array, target: Array, dt: float = 1.0, *, speed: Number) -> Array:
    """Log scale one step later, exact for a target that moves linearly in logs within the step.

    Parameters
    ----------
    log_scale : (segments, draws), log of 亿元, at the start of the step
    target_before, target : (segments, draws), log of 亿元, target at the start and at the end of the step
    dt : years
    speed : kappa, scalar or (draws,), 1/yr, > 0

    Returns
    -------
    (segments, draws), log of 亿元

    Notes
    -----
    With k = kappa dt: gompertz_step to the old target + (T - T_before) [1 - (1 - exp(-k))/k]. Holding the year-end
    target for the whole year instead would raise scale in 2020 by about 9%.

    Examples
    --------
    A target rising by .2 a year from a gap of .2/kappa keeps that gap:

    >>> s = scale_path(np.array([0.]), np.array([.25]), np.array([.45]), speed=.8)
    >>> round(float(s[0]), 12)
    0.2
    """
    k = dt * np.asarray(speed)
    arrived = 1.0 + np.expm1(-k) / k
    result: Array = target - target_before
    result *= arrived
    result += gompertz_step(log_scale, target_before, dt, speed=speed)
    return result


def scale_shock(common: Number, segment: Array, *, shock_common: Number, shock_segment: Number) -> Array:
    """Log shock to each segment's scale at the end of a calendar year.

    Parameters
    ----------
    common : scalar or (draws,), standard normal, one for the city
    segment : (segments, draws), standard normal
    shock_common, shock_segment : s_c, s_s, scalar or (draws,), log, standard deviations, >= 0

    Returns
    -------
    (segments, draws), log, s_c * common + s_s * segment

    Examples
    --------
    >>> float(scale_shock(1., np.array([[-1.]]), shock_common=.08, shock_segment=.1)[0, 0].round(12))
    -0.02
    """
    result: Array = segment * shock_segment
    result += common * shock_common
    return result
