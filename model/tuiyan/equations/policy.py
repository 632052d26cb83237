"""How effort on the levers turns into effects: ramp, delay and caps."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tuiyan.equations.arrays import Array, Number


def effort_path(
    effort: Number, year: Number | npt.NDArray[np.int_], *, start: float, delay: float, ramp: float
) -> Array:
    """Effort on a lever in a calendar year: a linear ramp, then constant.

    Parameters
    ----------
    effort : u, scalar or an array, relative to the full announced programme, in [0, 2]
    year : scalar or an array that broadcasts with `effort`, calendar year
    start : first year of effort
    delay : years by which the whole programme is late, >= 0
    ramp : years from the first to full effort, >= 1

    Returns
    -------
    E(y) = u clip((y - start - delay + 1)/ramp, 0, 1)

    Raises
    ------
    ValueError
        If `ramp` is below one year or `delay` is negative.

    Examples
    --------
    >>> effort_path(1., np.arange(2017, 2022), start=2018, delay=0, ramp=3).round(4).tolist()
    [0.0, 0.3333, 0.6667, 1.0, 1.0]
    """
    if ramp < 1:
        raise ValueError(f"policy.ramp is {ramp}; it counts the years to full effort and must be at least 1")
    if delay < 0:
        raise ValueError(f"policy.delay is {delay}; a programme can be late by 0 or more years, never early")
    result: Array = effort * np.clip((np.asarray(year) - start - delay + 1.0) / ramp, 0.0, 1.0)
    return result


def adoption_acceleration(
    effort: Mapping[str, Number], effect: Mapping[str, Number], mask: Mapping[str, Array], *, cap_adoption: Number
) -> Array:
    """Factor by which policy speeds up adoption in each sector.

    Parameters
    ----------
    effort : lever to effort, scalar or (draws,)
    effect : ``<lever>.hazard`` to the log effect of full effort on the adoption hazard, scalar or (draws,)
    mask : lever to (sectors, 1), how far the lever reaches a sector, in [0, 1]
    cap_adoption : c_a, scalar or (draws,), log, cap on the sum of the effects, > 0

    Returns
    -------
    (sectors, draws), factor, exp(min(c_a, sum over levers of mask * effect * effort))

    Notes
    -----
    Effects add in logs and saturate at the cap, so that no list of levers claims an unlimited speed.

    Examples
    --------
    >>> factor = adoption_acceleration(
    ...     {"upgrading": 1.}, {"upgrading.hazard": .1}, {"upgrading": np.array([[1.], [.5]])}, cap_adoption=.693)
    >>> np.log(factor).ravel().round(12).tolist()
    [0.1, 0.05]
    """
    total: Number = 0.0
    for lever, reach in mask.items():
        total = total + reach * (effect[f"{lever}.hazard"] * effort[lever])
    result: Array = np.exp(np.minimum(cap_adoption, total))
    return result


def entry_acceleration(effort: Mapping[str, Number], effect: Mapping[str, Number], *, cap_entry: Number) -> Array:
    """Factor by which policy raises the entry of firms.

    Parameters
    ----------
    effort : lever to effort, scalar or (draws,)
    effect : ``<lever>.entry`` to the log effect of full effort on entry, scalar or (draws,); other keys are ignored
    cap_entry : c_n, scalar or (draws,), log, cap on the sum of the effects, > 0

    Returns
    -------
    scalar or (draws,), factor, exp(min(c_n, sum over levers of effect * effort))

    Notes
    -----
    One cap for all levers: parks, open data and environment never claim the same entrants twice.

    Examples
    --------
    >>> round(float(entry_acceleration({"clusters": 1.}, {"clusters.entry": .1}, cap_entry=.3)), 6)
    1.105171
    """
    total: Number = 0.0
    for key, size in effect.items():
        lever, _, channel = key.partition(".")
        if channel == "entry":
            total = total + size * effort[lever]
    result: Array = np.exp(np.minimum(cap_entry, total))
    return result


def inflow_responses(effort: Mapping[str, Number], effect: Mapping[str, Number]) -> tuple[Number, Number, Number]:
    """Shares by which policy raises the flows into AI capital, talent and research.

    Parameters
    ----------
    effort : lever to effort, scalar or (draws,)
    effect : lever effects, scalar or (draws,): ``finance.outlay_share``, ``finance.additionality``,
        ``finance.crowd_in``, ``talent.inflow``, ``rd_support.elasticity``, ``rd_support.cost_cut``

    Returns
    -------
    capital, talent, research : scalar or (draws,), share of the baseline flow: outlay share x (additionality +
    crowd-in), which may be negative; inflow; elasticity x cut of the user cost; each times the lever's effort

    References
    ----------
    Crowding-in: Colonnelli, Li and Liu (2024). User cost: Chen et al. (2021), Gaillard-Ladinska et al. (2015).

    Examples
    --------
    >>> levers = {"finance": 1., "talent": 1., "rd_support": 1.}
    >>> sizes = {"finance.outlay_share": .08, "finance.additionality": .6, "finance.crowd_in": .3, "talent.inflow": .12,
    ...          "rd_support.elasticity": 1., "rd_support.cost_cut": .05}
    >>> [round(r, 3) for r in inflow_responses(levers, sizes)]
    [0.072, 0.12, 0.05]
    """
    per_outlay = effect["finance.additionality"] + effect["finance.crowd_in"]
    capital = effect["finance.outlay_share"] * per_outlay * effort["finance"]
    talent = effect["talent.inflow"] * effort["talent"]
    research = effect["rd_support.elasticity"] * effect["rd_support.cost_cut"] * effort["rd_support"]
    return capital, talent, research
