"""From scale to a published figure: the factor of its definition and its error (equation 7)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def goal_scale(total: Array, *, goal: Number) -> Array:
    """Scale under the definition by which the goal will be counted.

    Parameters
    ----------
    total : (draws,) or (years, draws), 亿元, city scale in the home definition
    goal : d_goal, scalar or (draws,), log factor of the goal's definition over the home definition

    Returns
    -------
    the shape of `total`, 亿元, S exp(d_goal); with a factor of 0 the goal is counted in the home definition

    Examples
    --------
    >>> round(float(goal_scale(np.array([1000.]), goal=.25)[0]), 3)
    1284.025
    """
    result: Array = total * np.exp(goal)
    return result


def observed_scale(total: Array, factor: Number, error: Number, *, observation_error: Number) -> Array:
    """A published figure of city scale.

    Parameters
    ----------
    total : (draws,), 亿元, city scale in the home definition
    factor : d, scalar or (draws,), log factor of the figure's definition, constant over time
    error : scalar or (draws,), standard normal
    observation_error : s_obs, scalar or (draws,), log, standard deviation, > 0

    Returns
    -------
    (draws,), 亿元, S exp(d + s_obs * error)

    Examples
    --------
    >>> round(float(observed_scale(np.array([700.]), 0., 1., observation_error=.05)[0]), 4)
    735.8898
    """
    result: Array = total * np.exp(factor + observation_error * error)
    return result
