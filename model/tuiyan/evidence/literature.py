"""The model beside the literature: published numbers rebuilt, and what each would need in our formula.

All numbers are percentage points a year. Productivity, labour productivity and GDP stay apart; the one bridge between
them is declared: in the long run, once capital has followed, labour productivity and GDP rise by TFP/(1 - s_K).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tuiyan import estimates
from tuiyan.equations import productivity
from tuiyan.equations.accounting import gdp_response, level_gain, log_rate
from tuiyan.estimates import Estimate
from tuiyan.inputs.published_inputs import PublishedInputs, read_published_inputs
from tuiyan.inputs.tables import Sectors
from tuiyan.inputs.variables import BASE_YEAR, POLICY_HORIZON
from tuiyan.inputs.workspace import Workspace
from tuiyan.results import Projection

Array = NDArray[np.float64]
LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A published number beside what our functions make of its own inputs, and of ours.

    Attributes
    ----------
    points
        Rebuilt from the study's own inputs, percentage points a year.
    ours
        The same with the sectors of the city (value-added shares, exposure, labour shares) and the adoption and
        savings of the study; None for a number that is no product of tasks.
    over_span
        Rebuilt gain over the whole span, percent.
    """

    inputs: PublishedInputs
    points: float
    ours: float | None
    over_span: float

    @property
    def gap(self) -> float:
        """Rebuilt less published, percentage points a year."""
        return self.points - self.inputs.published

    @property
    def restated(self) -> bool:
        """Whether the number is only converted, not rebuilt: it has no inputs but itself, and no gap to speak of."""
        return self.inputs.inputs_from == "own"


@dataclass(frozen=True, slots=True)
class Need:
    """What a published number would need in our formula: how much more of the exposed tasks must be done with AI.

    Attributes
    ----------
    tfp
        Median TFP it takes once capital has followed, percentage points a year: the kindest reading of the number.
    product
        Median of exposure times the rise of adoption over the number's own span, share of all tasks.
    study_product
        The same product with the saving of the study itself; None for a number that is no product of tasks.
    rise, by_deadline
        Rise of adoption at our exposure, share of exposed tasks: 5, 50 and 95 % quantiles, over the number's own span
        and, at the same pace, by 2020.
    beyond, beyond_by_deadline
        Whether the median rise is more than the exposed tasks that are left.
    reached_by
        Studies with a product of exposure and adoption of that pace.
    """

    inputs: PublishedInputs
    tfp: Estimate
    product: Estimate
    study_product: float | None
    rise: tuple[Estimate, ...]
    by_deadline: tuple[Estimate, ...]
    beyond: bool
    beyond_by_deadline: bool
    reached_by: tuple[PublishedInputs, ...]


def rebuilt(workspace: Workspace) -> tuple[Rebuilt, ...]:
    """Every row of ``params/published_inputs.csv`` rebuilt.

    Returns
    -------
    one entry a row, in the order of the file

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file.

    References
    ----------
    Acemoglu (2025), Economic Policy 40(121); Aghion and Bunel (2024); Filippucci, Gal and Schief (2024), OECD
    Artificial Intelligence Papers 29.

    Examples
    --------
    >>> import tuiyan as ty
    >>> first = rebuilt(ty.load("baseline").workspace)[0]
    >>> first.inputs.id, round(first.inputs.published, 3), round(first.points, 4)
    ('acemoglu_baseline', 0.066, 0.0664)
    """
    law = workspace.parameters["productivity.substitution"].law
    substitution = float(getattr(law, "centre", 1.0))
    build = partial(_rebuild, sectors=workspace.tables.sectors, substitution=substitution)
    return tuple(build(each) for each in read_published_inputs(workspace))


def _rebuild(inputs: PublishedInputs, *, sectors: Sectors, substitution: float) -> Rebuilt:
    """One row, by the rule of its form."""
    given = inputs.values
    if inputs.form == "level":
        rate = float(np.expm1(log_rate(given["level"] / 100, inputs.years)))
        return Rebuilt(inputs, 100 * rate, None, given["level"])
    if inputs.form == "growth":
        added, built_over = given["growth_added"], int(given["built_over"])
        gain = level_gain(added / 100, inputs.years, given.get("growth_without", 0.0) / 100, built_over)
        parts = [min(1.0, year / built_over) if built_over else 1.0 for year in range(1, inputs.years + 1)]
        return Rebuilt(inputs, added * sum(parts) / inputs.years, None, 100 * float(gain))
    one = np.ones((1, 1))
    own = task_gain(given, one, one * given["exposure"], one * given.get("labour_share", 1.0), substitution)
    share, exposed, labour = (
        np.array(each)[:, None] for each in (sectors.share, sectors.exposure, sectors.labour_share)
    )
    ours = task_gain(given, share, exposed, labour, substitution)
    return Rebuilt(inputs, 100 * own / inputs.years, 100 * ours / inputs.years, 100 * own)


def task_gain(given: Mapping[str, float], share: Array, exposed: Array, labour: Array, substitution: float) -> float:
    """Gain of an economy from the tasks that AI takes over, with the adoption and the savings of a study.

    Parameters
    ----------
    given
        `PublishedInputs.values` of a row of the form ``task``.
    share, exposed, labour
        (sectors, 1): value-added shares that sum to 1, exposed share of tasks, labour share of value added.
    substitution
        Elasticity between sectors, > 0; without effect on one sector.

    Returns
    -------
    log points over the span: of TFP, or of GDP where a capital share is given

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> given = {"adoption": .23, "saving_easy": .27, "labour_share_switch": 1.}
    >>> round(task_gain(given, one, .20 * one, .535 * one, .5), 7)
    0.0066447
    """
    saving = productivity.cost_saving(
        saving_easy=given["saving_easy"],
        saving_hard=given.get("saving_hard", 0.0),
        easy_share=given.get("easy_share", 1.0),
    )
    paid = productivity.labour_share(labour, labour_share_shift=0.0, labour_share_switch=given["labour_share_switch"])
    sectors = productivity.task_tfp(given["adoption"], exposed, paid, saving, spillover=0.0)
    city = productivity.city_tfp(sectors, share, substitution=substitution)
    return float((gdp_response(city, given["capital_share"]) if "capital_share" in given else city)[0])


def study_saving(inputs: PublishedInputs) -> float:
    """Saving of a study on a task done with AI, share of all cost: its labour share is in it where the study has one.

    Raises
    ------
    ValueError
        For a number that is no product of tasks.

    Examples
    --------
    >>> import tuiyan as ty
    >>> found = {each.inputs.id: each.inputs for each in rebuilt(ty.load("baseline").workspace)}
    >>> [round(study_saving(found[id_]), 3) for id_ in ("acemoglu_baseline", "aghion_bunel_high", "oecd_high")]
    [0.144, 0.228, 0.3]
    """
    if inputs.form != "task":
        raise ValueError(f"The number {inputs.id} is no product of tasks, so it has no saving.")
    return _gain_of_all({key: value for key, value in inputs.values.items() if key != "capital_share"})


def _gain_of_all(given: Mapping[str, float]) -> float:
    """What a study would gain from doing all tasks there are with AI, by `task_gain`."""
    one = np.ones((1, 1))
    return task_gain({**given, "adoption": 1.0}, one, one, one * given.get("labour_share", 1.0), 1.0)


def needs(projection: Projection) -> tuple[Need, ...]:
    """What each number of ``params/published_projections.csv`` would need in our formula, range by its two ends.

    The rise of adoption is the same in all sectors, and everything else is as drawn: exposure, savings, spillover,
    labour and capital shares. The second-order term of equation (11) is left out, so the need is the first-order one.

    Parameters
    ----------
    projection
        Of the scenario whose formula is used.

    Returns
    -------
    one entry an end of a projection, in the order of ``published_inputs.csv``

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file.
    """
    rows = read_published_inputs(projection.scenario.workspace)
    gain, exposed, left = _formula(projection)
    labour = 1.0 - projection.parameter("productivity.capital_share")
    studies = [each for each in rows if each.form == "task" and each.projection]
    return tuple(_need(each, gain, exposed, left, labour, studies) for each in rows if each.projection)


def own_rise(projection: Projection) -> tuple[Estimate, ...]:
    """The rise of the city's adoption from 2017 to 2020 in the model, 5, 50 and 95 % quantiles, to hold needs against.

    Returns
    -------
    three estimates, share of exposed tasks, weighted by value added
    """
    share = np.array(projection.scenario.workspace.tables.sectors.share)[:, None]
    rise = np.add.reduce(
        share * (projection["adoption"][projection.index(POLICY_HORIZON)] - projection["adoption"][0]), axis=0
    )
    return tuple(estimates.quantile(rise, level) for level in LEVELS)


def own_saving(projection: Projection) -> Estimate:
    """The median saving of the model on an exposed task that is done with AI, share of labour cost."""
    return estimates.quantile(_saving(projection), 0.5)


def own_saving_of_all_cost(projection: Projection) -> Estimate:
    """The same times the labour share of the exposed tasks, share of all cost: what `study_saving` is of a study."""
    gain, exposed, _ = _formula(projection)
    direct = gain / (1.0 + projection.parameter("productivity.spillover"))
    return estimates.quantile(direct / exposed, 0.5)


def _saving(projection: Projection) -> Array:
    """The saving by draw."""
    names = ("saving_easy", "saving_hard", "easy_share")
    drawn = {name: projection.parameter(f"productivity.{name}") for name in names}
    return np.asarray(productivity.cost_saving(**drawn), dtype=np.float64)


def _formula(projection: Projection) -> tuple[Array, Array, Array]:
    """By draw: gain of the city from doing all exposed tasks with AI, mean exposure, and the tasks left in 2017."""
    sectors = projection.scenario.workspace.tables.sectors
    share, exposed, labour = (
        np.array(each)[:, None] for each in (sectors.share, sectors.exposure, sectors.labour_share)
    )
    names = ("exposure_scale", "labour_share_shift", "labour_share_switch", "spillover")
    drawn = {name: projection.parameter(f"productivity.{name}") for name in names}
    paid = productivity.labour_share(
        labour,
        labour_share_shift=drawn["labour_share_shift"],
        labour_share_switch=drawn["labour_share_switch"],
    )
    exposed = productivity.exposure(exposed, exposure_scale=drawn["exposure_scale"])
    full = productivity.task_tfp(1.0, exposed, paid, _saving(projection), spillover=drawn["spillover"])
    gain = productivity.city_tfp(full, share, substitution=1.0)
    left = 1.0 - np.add.reduce(share * projection["adoption"][0], axis=0)
    return gain, np.add.reduce(share * exposed, axis=0), left


def _need(
    inputs: PublishedInputs, gain: Array, exposed: Array, left: Array, labour: Array, studies: list[PublishedInputs]
) -> Need:
    """The need of one number; `labour` is one less the capital share, all arrays (draws,)."""
    points = np.broadcast_to(inputs.published * (1.0 if inputs.quantity == "tfp" else labour), gain.shape)
    rises = [points / 100 * years / gain for years in (inputs.years, POLICY_HORIZON - BASE_YEAR)]
    product = estimates.quantile(exposed * rises[0], 0.5)
    at_own = inputs.published / 100 * inputs.years / _gain_of_all(inputs.values) if inputs.form == "task" else None
    found = [tuple(estimates.quantile(rise, level) for level in LEVELS) for rise in rises]
    beyond = [bool(np.median(rise - left) > 0) for rise in rises]
    pace = product.value / inputs.years
    reached_by = tuple(
        each for each in studies if each.values["exposure"] * each.values["adoption"] / each.years >= pace
    )
    tfp = estimates.quantile(points, 0.5)
    return Need(inputs, tfp, product, at_own, found[0], found[1], beyond[0], beyond[1], reached_by)
