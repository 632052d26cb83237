"""Demonstration zones, scenarios and projects: random pipelines (equation 9)."""

import numpy as np
import numpy.typing as npt

from tuiyan.equations.arrays import Array, Number
from tuiyan.equations.discrete import binomial_quantile, negative_binomial_quantile


def started_share(year: int, delay: float = 0.0, *, start_share: npt.ArrayLike) -> Number:
    """Share of the planned starts that has begun by the end of a year.

    Parameters
    ----------
    year : calendar year
    delay : whole years by which the programme is late
    start_share : (3,) or (3, draws), cumulative share by the end of 2018, 2019 and 2020, last = 1

    Returns
    -------
    scalar or (draws,), share: 0 to 2017 plus the delay, the last one after the list

    Raises
    ------
    ValueError
        If `delay` is not a whole number of years.

    Examples
    --------
    >>> [float(started_share(year, 1., start_share=[.25, .6, 1.])) for year in (2018, 2019, 2022)]
    [0.0, 0.25, 1.0]
    """
    if float(delay) != round(float(delay)):
        raise ValueError(f"policy.delay is {delay}; it must be a whole number of years")
    shares = np.asarray(start_share, dtype=np.float64)
    position = year - 2018 - round(float(delay))
    if position < 0:
        return 0.0
    share: Number = shares[min(position, len(shares) - 1)]
    return share


def planned_starts(planned: Number, effort: Number, started: Number) -> Array:
    """Whole number of starts, planned x effort x started share, halves rounded up.

    Parameters
    ----------
    planned, effort, started : scalar or (draws,): count, effort on application demand, share

    Examples
    --------
    >>> float(planned_starts(6., 1., .25))
    2.0
    """
    result: Array = np.floor(planned * effort * started + 0.5)
    return result


def zones(uniform: Array, effort: Number, started: Number, *, zones_planned: Number, zones_completion: Number) -> Array:
    """Demonstration zones accepted so far.

    Parameters
    ----------
    uniform : (draws,), in (0, 1)
    effort : u of application demand, scalar or (draws,)
    started : scalar or (draws,), `started_share`
    zones_planned : n_z, count
    zones_completion : r_z, scalar or (draws,), probability of acceptance by the deadline

    Returns
    -------
    (draws,), count, the binomial quantile at `uniform`

    Examples
    --------
    >>> zones(np.array([.5]), 1., 1., zones_planned=6., zones_completion=.95).tolist()
    [6.0]
    """
    return binomial_quantile(uniform, planned_starts(zones_planned, effort, started), zones_completion)


def scenarios(
    uniform: Array,
    effort: Number,
    started: Number,
    *,
    scenarios_planned: Number,
    scenarios_completion: Number,
    scenarios_dispersion: Number,
) -> Array:
    """Deep application scenarios accepted so far.

    Parameters
    ----------
    uniform : (draws,), in (0, 1)
    effort : u of application demand, scalar or (draws,)
    started : scalar or (draws,), `started_share`
    scenarios_planned : n_s, count
    scenarios_completion : r_s, scalar or (draws,), probability of acceptance by the deadline
    scenarios_dispersion : k_s, size of the negative binomial, variance mu + mu^2/k_s

    Returns
    -------
    (draws,), count, the negative-binomial quantile at `uniform` with mean mu = planned x effort x started x completion

    Examples
    --------
    >>> scenarios(np.array([.5]), 1., 1., scenarios_planned=72., scenarios_completion=.92,
    ...           scenarios_dispersion=40.).tolist()
    [66.0]
    """
    mean = np.asarray(scenarios_planned * effort * started * scenarios_completion)
    return negative_binomial_quantile(uniform, mean, scenarios_dispersion)


def projects(
    uniform: Array, effort: Number, started: Number, *, projects_planned: Number, projects_completion: Number
) -> Array:
    """Demonstration projects accepted so far.

    Parameters
    ----------
    uniform : (draws,), in (0, 1)
    effort : u of application demand, scalar or (draws,)
    started : scalar or (draws,), `started_share`
    projects_planned : n_p, count
    projects_completion : r_p, scalar or (draws,), probability of acceptance by the deadline

    Returns
    -------
    (draws,), count, the binomial quantile at `uniform`

    Examples
    --------
    >>> projects(np.array([.5]), 1., 1., projects_planned=125., projects_completion=.85).tolist()
    [106.0]
    """
    return binomial_quantile(uniform, planned_starts(projects_planned, effort, started), projects_completion)


def pipeline_count(zones: Array, scenarios: Array, projects: Array) -> tuple[Array, Array, Array]:
    """Counts that respect their nesting: a zone is in a scenario, a scenario in a project.

    Parameters
    ----------
    zones, scenarios, projects : (draws,), counts drawn one by one

    Returns
    -------
    zones, scenarios, projects : (draws,), with projects >= scenarios >= zones

    Examples
    --------
    >>> [int(c[0]) for c in pipeline_count(np.array([6.]), np.array([70.]), np.array([65.]))]
    [6, 65, 65]
    """
    held = np.minimum(scenarios, projects)
    return np.minimum(zones, held), held, projects
