"""The base figure in part 1: where it comes from, what of the spread it explains, and the definition of the goal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tuiyan import estimates
from tuiyan.draws.quantiles import quantile
from tuiyan.estimates import Estimate
from tuiyan.inputs.facts import MONEY, Fact, read_facts, visible
from tuiyan.inputs.laws import Beta, LogNormal, Normal, Triangular
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.parts import goals
from tuiyan.reporting.parts.shared import (
    FIRST,
    SCALE,
    at,
    central,
    home_definition,
    scope_law,
    set_by_scenario,
)
from tuiyan.reporting.words import day, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

BASE = "base.scale"
SAME = 5e-4  # a published figure and the median of the law that differ by no more than this share are one number
TOLD = {"=": "is", "~": "about", ">": "above", "<": "below"}  # how a figure is told, by its qualifier


def published_base(study: Study) -> Fact | None:
    """The first figure published for 2017 in the definition of the base, if one was known at the vintage."""
    scenario = study.scenario
    known = [
        fact
        for fact in visible(read_facts(scenario.workspace), scenario.as_of)
        if (fact.year, fact.definition, fact.unit) == (FIRST, scenario.home_definition, MONEY) and fact.in_fit
    ]
    return min(known, key=lambda fact: fact.published, default=None)


def origin_of(study: Study) -> str:
    """Where the base figure comes from.

    ``set`` by the scenario; ``assumed``, as nothing was published; ``published``, the first figure there was; or
    ``beside``: one was published, but the law of the model has another median.
    """
    if set_by_scenario(study.scenario, BASE):
        return "set"
    fact = published_base(study)
    if fact is None:
        return "assumed"
    return "published" if math.isclose(fact.value, interval(study)[1], rel_tol=SAME) else "beside"


def base(study: Study, year: int) -> list[Text]:
    """What the base figure is, how much of the spread it explains, and what the definition adds."""
    first, second = origin(study), _share(study, year)
    row = study.ledger.row(GOAL)
    law = scope_law(study.projection)
    if law is None or row.probability_scope is None:
        return [first, second]
    scoped = sentence("report.answer.scope", law=law, p=("probability", row.probability_scope))
    return [first, second, scoped, *_other_scope(study, law)]


def origin(study: Study) -> Text:
    """What the base figure is, its interval, and beside it the first figure that was published."""
    low, middle, high = interval(study)
    values = {"low": ("money", low), "median": ("money", middle), "high": ("money", high)}
    kind, fact = origin_of(study), published_base(study)
    key = f"report.answer.base.{kind}"
    if fact is None or kind == "set":
        return sentence(key, **values)
    figure = sentence(f"report.answer.base.told.{TOLD[fact.qualifier]}", value=("money", fact.value))
    return sentence(key, figure=figure, day=day(fact.published), definition=home_definition(study), **values)


def _share(study: Study, year: int) -> Text:
    """How much of the spread the base figure explains, and beside it what the scenario moves."""
    if not np.ptp(study.projection.parameter(BASE)):
        return both("report.answer.base.fixed", year=year)
    values = {"year": year, "share": ("percent", explained(study, year))}
    if study.other is None or (gained := gain(study)).value == 0 == gained.standard_error:
        return sentence("report.answer.base.share", **values)
    return sentence(
        "report.answer.base.beside_gain", there=study.other.scenario.title, gain=("probability_change", gained),
        se=("error:probability_change", gained), **values,
    )  # fmt: skip


def gain(study: Study) -> Estimate:
    """What the scenario adds to the probability of the scale goal, on the same draws."""
    return goals.paired_probability(study, study.ledger.row(GOAL))


def _other_scope(study: Study, law: Text) -> list[Text]:
    """The same probability under the other scenario, where that counts the goal in another definition."""
    if study.other is None or study.other_ledger is None or scope_law(study.other) == law:
        return []
    there = study.other_ledger.row(GOAL).probability_scope
    if there is None:
        return []
    return [sentence("report.answer.other_scope", there=study.other.scenario.title, p=("probability", there))]


def interval(study: Study) -> tuple[float, float, float]:
    """The 5, 50 and 95 % quantiles of the law of the base figure itself, not of its draws."""
    law = study.scenario.laws[BASE]
    if not isinstance(law, Normal | LogNormal | Triangular | Beta):
        value = central(study.scenario, BASE, FIRST)
        return value, value, value
    levels = np.array([0.05, 0.5, 0.95])
    low, middle, high = quantile(law, levels, study.scenario.workspace.parameters[BASE].hard)
    return float(low), float(middle), float(high)


def explained(study: Study, year: int) -> Estimate:
    """Share of the variance of the log scale that the base figure explains: the squared correlation of the logs."""
    if not np.ptp(study.projection.parameter(BASE)):
        return Estimate(0.0, 0.0)
    drawn = estimates.batches(np.log(study.projection.parameter(BASE)))
    found = estimates.batches(np.log(at(study.projection, SCALE, year)))
    return estimates.from_batches(
        np.array([np.corrcoef(drawn[:, k], found[:, k])[0, 1] ** 2 for k in range(drawn.shape[1])])
    )
