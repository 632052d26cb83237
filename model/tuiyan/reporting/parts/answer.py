"""Part 1: the answer in one paragraph, the ledger of the counted goals, and their joint probability."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tuiyan import estimates
from tuiyan.draws.quantiles import quantile
from tuiyan.estimates import Estimate
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.laws import Beta, LogNormal, Normal, Triangular
from tuiyan.ledger import reached, required_growth, scope_of
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Heading, Note, Paragraph
from tuiyan.reporting.links import anchor
from tuiyan.reporting.parts import goals
from tuiyan.reporting.parts.shared import (
    FIRST,
    SCALE,
    Array,
    at,
    central,
    difference_of,
    home_definition,
    levers_only,
    median,
    quantiles,
    scope_law,
    set_by_scenario,
)
from tuiyan.reporting.provenance import ASSUMPTION, name_of_fact
from tuiyan.reporting.words import day, joined, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study

BASE = "base.scale"
LATER = 2025
WEAK = 0.2  # pairwise correlations of reaching two goals below this are called weak


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("answer", both("report.answer.heading")),
        Paragraph(answer(study), "answer"),
        Paragraph(both("report.answer.assumptions"), "small", named(study)),
        Note(both("report.answer.silent.title"), both("report.answer.silent")),
        goals.ledger(study),
        Paragraph(joint(study)),
    )


def answer(study: Study) -> Text:
    """The answer, written from the results by templates."""
    row = goals.row_of(study.ledger, SCALE)
    year = goals.deadline(row)
    parts = [scale(study, row, year), *after_learning(study), *base(study, year), *effect(study, year)]
    return joined([*parts, *productivity(study, year), remedy(study, row, year)])


def named(study: Study) -> tuple[tuple[str, Text], ...]:
    """Where what the answer rests on stands: the base figure and its law, and the factor between definitions."""
    row = goals.row_of(study.ledger, SCALE)
    factor = scope_of(study.projection, row.goal.test) if row.goal.test else None
    ids = [BASE, *([factor] if factor else [])]
    found = [(f"#{anchor(ASSUMPTION, id_)}", study.scenario.label(id_)) for id_ in ids]
    if fact := published_base(study):
        label = both("report.origins.figure", year=fact.year, definition=home_definition(study))
        found.append((f"#{name_of_fact(fact)}", label))
    return tuple(found)


def scale(study: Study, row: LedgerRow, year: int) -> Text:
    """Probability of the goal and the spread of the scale."""
    low, middle, high = quantiles(at(study.projection, SCALE, year))
    return sentence(
        "report.answer.scale", title=study.scenario.title, year=year,
        goal=("money", row.goal.test.value if row.goal.test else None), p=("probability", row.probability),
        se=("error:probability", row.probability), median=("money", middle), low=("money", low), high=("money", high),
    )  # fmt: skip


def after_learning(study: Study) -> list[Text]:
    """What the figures known at the vintage make of the probability; nothing where none weighs the draws."""
    try:
        learned = study.analyses.learned
    except TuiyanError:
        return []  # the part on evidence says why nothing can be learned
    if learned is None:
        return []
    chances = {"after": learned.prob(GOAL), "after_scope": learned.prob(GOAL, scope=True)}
    told = {name: ("probability", each) for name, each in chances.items()}
    return [sentence("report.answer.learned", when=day(study.scenario.as_of), **told)]


def published_base(study: Study) -> Fact | None:
    """The latest figure for 2017 in the definition of the base, if one was known at the vintage."""
    scenario = study.scenario
    known = [
        fact
        for fact in visible(read_facts(scenario.workspace), scenario.as_of)
        if (fact.year, fact.definition, fact.unit) == (FIRST, scenario.home_definition, "亿元") and fact.in_fit
    ]
    return max(known, key=lambda fact: fact.published, default=None)


def base_is_ours(study: Study) -> bool:
    """Whether the base figure is an assumption: set by the scenario, or nothing was published."""
    return set_by_scenario(study.scenario, BASE) or published_base(study) is None


def base(study: Study, year: int) -> list[Text]:
    """What the base figure is, how much of the spread it explains, and what the definition adds."""
    fact = published_base(study)
    low, middle, high = base_interval(study)
    values = {"low": ("money", low), "median": ("money", middle), "high": ("money", high)}
    if set_by_scenario(study.scenario, BASE):
        first = sentence("report.answer.base.set", **values)
    elif fact is None:
        first = sentence("report.answer.base.assumed", **values)
    else:
        about = {"figure": ("money", fact.value), "day": day(fact.published), "definition": home_definition(study)}
        first = sentence("report.answer.base.published", **about, **values)
    second = _share(study, year)
    row = goals.row_of(study.ledger, SCALE)
    law = scope_law(study.projection)
    if law is None or row.probability_scope is None:
        return [first, second]
    scoped = sentence("report.answer.scope", law=law, p=("probability", row.probability_scope))
    return [first, second, scoped, *_other_scope(study, law)]


def _share(study: Study, year: int) -> Text:
    """How much of the spread the base figure explains, and beside it what the scenario moves."""
    if not np.ptp(study.projection.parameter(BASE)):
        return both("report.answer.base.fixed", year=year)
    values = {"year": year, "share": ("percent", explained(study, year))}
    if study.other is None or (gain := _gain(study)).value == 0 == gain.standard_error:
        return sentence("report.answer.base.share", **values)
    return sentence(
        "report.answer.base.beside", there=study.other.scenario.title, gain=("probability_change", gain),
        se=("error:probability_change", gain), **values,
    )  # fmt: skip


def _gain(study: Study) -> Estimate:
    return goals.paired_probability(study, goals.row_of(study.ledger, SCALE))


def _other_scope(study: Study, law: Text) -> list[Text]:
    """The same probability under the other scenario, where that counts the goal in another definition."""
    if study.other is None or study.other_ledger is None or scope_law(study.other) == law:
        return []
    there = goals.row_of(study.other_ledger, SCALE).probability_scope
    if there is None:
        return []
    return [sentence("report.answer.other_scope", there=study.other.scenario.title, p=("probability", there))]


def base_interval(study: Study) -> tuple[float, float, float]:
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


def effect(study: Study, year: int) -> list[Text]:
    """The paired difference of the scale and of the probability; then its largest value, and how it fades."""
    if study.other is None:
        return [both("report.answer.no_parent")]
    now = estimates.mean(difference_of(study, SCALE, year, relative=True))
    if now.value == 0 == now.standard_error and _gain(study).value == 0:
        return [both("report.answer.no_effect", title=study.other.scenario.title)]
    first = both("report.answer.effect", year=year, title=study.other.scenario.title, moved=_moved(now))
    if not levers_only(study):
        return [first]
    return [first, both("report.answer.gross"), *_path_of(study)]


def _moved(change: Estimate) -> Text:
    """A change of scale in words."""
    if change.value == 0:
        return both("report.answer.same")
    size = Estimate(abs(change.value), change.standard_error)
    return sentence(f"report.answer.{'higher' if change.value > 0 else 'lower'}", size=("percent1", size))


def effects(study: Study) -> dict[int, Estimate]:
    """The mean effect on scale by year."""
    years = range(FIRST + 1, study.last + 1)
    return {year: estimates.mean(difference_of(study, SCALE, year, relative=True)) for year in years}


def _path_of(study: Study) -> list[Text]:
    """Where the effect is largest, and whether it fades after that."""
    found = effects(study)
    peak = max(found, key=lambda each: abs(found[each].value))
    last, most = found[study.last], found[peak]
    values = {"peak": peak, "most": ("percent1_change", most), "last": study.last, "end": ("percent1_change", last)}
    if abs(most.value) - abs(last.value) > 4 * (most.standard_error + last.standard_error):
        return [sentence("report.answer.fades", **values)]
    if study.last <= LATER:
        return []
    return [sentence("report.answer.later", year=LATER, later=("percent1_change", found[LATER]))]


def productivity(study: Study, year: int) -> list[Text]:
    """What AI adopted since 2017 adds, beside total growth over the same years; then the scenario's own part of it."""
    low, middle, high = quantiles(np.expm1(at(study.projection, "lp.city", year)))
    values = {"low": ("percent2", low), "median": ("percent2", middle), "high": ("percent2", high)}
    first = sentence("report.answer.productivity", year=year, **values)
    total = sentence("report.answer.total", total=("percent", median(total_growth(study, year)).value))
    if study.other is None:
        return [first, total]
    part = difference_of(study, "lp.city", year)
    if not part.any():
        return [first, both("report.answer.no_part", there=study.other.scenario.title), total]
    low, _, high = quantiles(part)
    cells = {"part": ("points2_change", estimates.mean(part)), "low": ("bare2", low), "high": ("bare2", high)}
    return [first, sentence("report.answer.part", there=study.other.scenario.title, **cells), total]


def total_growth(study: Study, year: int) -> Array:
    """Growth of the city's labour productivity since 2017 as assumed: real value added less employment, (draws,)."""
    speed = [study.projection.parameter(f"macro.growth_{name}") for name in ("value_added", "employment")]
    moved = sum(
        (central(study.scenario, id_, each) - central(study.scenario, id_, FIRST)) * sign
        for id_, sign in (("macro.growth_value_added", 1), ("macro.growth_employment", -1))
        for each in range(FIRST + 1, year + 1)
    )
    return np.expm1((speed[0] - speed[1]) * (year - FIRST) + moved)


def remedy(study: Study, row: LedgerRow, year: int) -> Text:
    """What the draws that miss the goal lack: the gap, and the growth a year that would close it."""
    assert row.goal.test is not None  # noqa: S101 - the scale goal has one
    paths = study.projection[SCALE]
    last, first = paths[study.projection.index(year)], paths[0]
    missed = last <= row.goal.test.value
    span = year - FIRST
    extra = required_growth(first, row.goal.test.value, span) - required_growth(first, last, span)
    gap = estimates.median_where(row.goal.test.value - last, missed)
    if not np.isfinite(gap.standard_error):
        return both("report.answer.no_gap")
    growth = estimates.median_where(extra, missed)
    return sentence("report.answer.gap", gap=("money", gap), extra=("points1", growth))


def joint(study: Study) -> Text:
    """The joint probability of the counted goals beside the product, the bounds, and how dependent the goals are."""
    found = study.ledger
    if found.joint is None or found.joint_bounds is None:
        return both("report.answer.joint_without_policy")
    low, high = found.joint_bounds
    product = float(np.prod([row.probability.value for row in found.rows if row.goal.counted and row.probability]))
    first = sentence(
        "report.answer.joint", p=("probability", found.joint), se=("error:probability", found.joint),
        product=("probability", product), low=("probability", low), high=("probability", high),
    )  # fmt: skip
    return joined([first, *_dependence(study)])


def _dependence(study: Study) -> list[Text]:
    """The strongest correlation of reaching two goals; where all are weak, why the model makes them so."""
    rows = [row for row in study.ledger.rows if row.goal.counted]
    met = [reached(study.projection, row.goal)[study.projection.index(goals.deadline(row))] for row in rows]
    known = [place for place, each in enumerate(met) if 0 < each.mean() < 1]
    pairs = {(a, b): float(np.corrcoef(met[a], met[b])[0, 1]) for a, b in combinations(known, 2)}
    if not pairs or not (study.ledger.joint and study.ledger.joint.value):
        return []
    first, second = max(pairs, key=lambda pair: abs(pairs[pair]))
    strongest = pairs[first, second]
    key = "weak" if abs(strongest) < WEAK else "strong"
    one, two = rows[first].register, rows[second].register
    return [sentence(f"report.answer.{key}", one=one, two=two, value=("number2", strongest))]
