"""Part 1: the answer in one paragraph, the ledger of the counted goals, and their joint probability."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tuiyan import estimates
from tuiyan.inputs.findings import TuiyanError
from tuiyan.ledger import reached, required_growth, scope_of
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Heading, Note, Paragraph
from tuiyan.reporting.links import anchor
from tuiyan.reporting.parts import goals
from tuiyan.reporting.parts.base import BASE, base, published_base
from tuiyan.reporting.parts.effect import effect
from tuiyan.reporting.parts.shared import (
    FIRST,
    SCALE,
    Array,
    at,
    central,
    difference_of,
    home_definition,
    median,
    quantiles,
)
from tuiyan.reporting.provenance import ASSUMPTION, name_of_fact
from tuiyan.reporting.words import day, joined, listed, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study

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
    row = study.ledger.row(GOAL)
    year = goals.deadline(row)
    parts = [scale(study, row, year), *after_learning(study), *base(study, year), *effect(study, year)]
    return joined([*parts, *productivity(study, year), remedy(study, row, year)])


def named(study: Study) -> tuple[tuple[str, Text], ...]:
    """Where what the answer rests on stands: the base figure and its law, and the factor between definitions."""
    row = study.ledger.row(GOAL)
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
        without = [goals.name_of(study, row) for row in goals.counted(study) if row.probability is None]
        return both("report.answer.joint_without_policy", goals=listed(dict.fromkeys(without)))
    low, high = found.joint_bounds
    product = float(np.prod([row.probability.value for row in found.rows if row.goal.counted and row.probability]))
    first = sentence(
        "report.answer.joint", p=("probability", found.joint), se=("error:probability", found.joint),
        product=("probability", product), low=("probability", low), high=("probability", high),
    )  # fmt: skip
    return joined([first, *_dependence(study)])


def _dependence(study: Study) -> list[Text]:
    """The strongest correlation of reaching two goals; where all are weak, why the model makes them so."""
    rows = goals.counted(study)
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
