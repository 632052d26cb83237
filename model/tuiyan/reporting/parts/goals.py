"""The counted goals as tables: ledger, comparison, years of passage; and the statements without a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tuiyan import estimates
from tuiyan.estimates import Estimate
from tuiyan.evidence.pool import Pool, pool
from tuiyan.ledger import Ledger, reached
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Column, Table
from tuiyan.reporting.links import Ref
from tuiyan.reporting.parts.shared import DEADLINE, FIRST, SCALE, at, home_definition, scope_law, source_line, text_of
from tuiyan.reporting.provenance import goal
from tuiyan.reporting.words import joined, listed, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study

EVEN = (1 / 3, 2 / 3)  # the words below and above these probabilities say no and yes
LAST_PASSAGE = 2025


def deadline(row: LedgerRow) -> int:
    """The year by whose end a goal is due."""
    return row.goal.due or DEADLINE


def counted(study: Study) -> list[LedgerRow]:
    """Rows of the goals that the document counts."""
    return [row for row in study.ledger.rows if row.goal.counted]


def rule_of(study: Study) -> str:
    """The sales that make a benchmark firm, as the item of ``firms.benchmark``."""
    return study.projection.rule


def name_of(study: Study, row: LedgerRow) -> Text:
    """The short name of a counted goal."""
    assert row.goal.test is not None  # noqa: S101 - counted goals have one
    return sentence(f"report.variable.{row.goal.test.variable}", rule=("money", float(rule_of(study))))


def named(study: Study, row: LedgerRow) -> Ref:
    """Id and short name of a counted goal."""
    return goal(row.register, both("report.named_goal", id=row.register, name=name_of(study, row)))


def _id(row: LedgerRow) -> Ref:
    return goal(row.register, plain(row.register))


def by_rule(study: Study, row: LedgerRow) -> dict[str, Estimate]:
    """The probability of a goal on benchmark firms under each rule."""
    test = row.goal.test
    assert test is not None  # noqa: S101 - the caller looked
    return {
        item: estimates.mean(at(study.projection, f"{test.variable}.{item}", deadline(row)) >= test.value)
        for item in study.projection.items[test.variable]
    }


def has_rules(row: LedgerRow) -> bool:
    """Whether a goal is counted by a working rule of ours."""
    return row.goal.test is not None and row.goal.test.item == "rule"


def ledger(study: Study) -> Table:
    """T1: the counted goals."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.sentence")),
        Column(both("report.column.definition")),
        Column(both("report.column.p_same"), "probability"),
        Column(both("report.column.se"), "error:probability"),
        Column(both("report.column.p_other")),
        Column(both("report.column.p_pool"), "probability"),
        Column(both("report.column.first_year")),
        Column(both("report.column.shortfall")),
        Column(both("report.column.verdict")),
    )
    pooled = pool(study.projection)
    rows = tuple(_ledger_row(study, row, pooled) for row in counted(study))
    law = scope_law(study.projection) or both("report.scope.none")
    note = joined([both("report.T1.note", law=law, due=due(study)), pool_note(study, pooled)])
    return Table("T1", both("report.T1.caption"), columns, rows, note, "wide")


def due(study: Study) -> Text:
    """By when the goals are due, and for which of them the date is an assumption."""
    rows = counted(study)
    by_year = {
        year: [row.register for row in rows if deadline(row) == year] for year in sorted(set(map(deadline, rows)))
    }
    items = listed(both("report.T1.due.item", year=year, goals=listed(names)) for year, names in by_year.items())
    assumed = [row.register for row in rows if row.goal.deadline and row.goal.deadline.basis == "assumed"]
    if not assumed:
        return both("report.T1.due.stated", goals=items)
    return both("report.T1.due", goals=items, assumed=listed(assumed))


def pool_note(study: Study, pooled: Pool) -> Text:
    """What the pool is made of: each method's weight and probability, and whether any figure taught the curves."""
    weights = pooled.weights_in(deadline(study.ledger.row(GOAL)))
    parts = [
        sentence(
            "report.pool.part", name=both(f"pool.method.{name}"), weight=f"{weights[name]:.3g}", p=("probability", p)
        )
        for name, p in pooled.probs().items()
    ]
    believed = pooled.believed
    known = both("report.pool.untaught")
    if believed.definition:
        definition = study.scenario.workspace.definition_file.definitions[believed.definition]
        known = both("report.pool.taught", definition=definition.label, count=len(believed.figures))
    return joined([both("report.pool.note", parts=listed(parts)), known])


def _ledger_row(study: Study, row: LedgerRow, pooled: Pool) -> tuple[object, ...]:
    beyond = both("report.beyond", year=study.scenario.horizon)
    year = plain(row.median_year) if row.median_year else (beyond if row.probability else None)
    return (
        _id(row), Text(row.goal.sentence, row.goal.en), definition_of(study, row), row.probability,
        row.probability, _other_definitions(study, row), pool_of(row, pooled), year, shortfall(row),
        verdict(study, row),
    )  # fmt: skip


def pool_of(row: LedgerRow, pooled: Pool) -> Estimate | None:
    """The probability of the pool, for the goal on scale; the curves forecast nothing else."""
    on_scale = row.goal.test is not None and row.goal.test.variable == SCALE
    return pooled.prob(row.register) if on_scale else None


def definition_of(study: Study, row: LedgerRow) -> Text:
    """What a goal is counted by, and whether that is the document's or ours."""
    test = row.goal.test
    if test is None or row.goal.definition:
        return home_definition(study)
    if has_rules(row):
        return sentence("report.definition.rule", rule=("money", float(rule_of(study))))
    planned, completion = (f"{test.variable}_{end}" for end in ("planned", "completion"))
    stated = "analyst" not in study.scenario.origins[planned].sources
    grade = both(f"report.grade.{study.scenario.origins[completion].grade}")
    key = "report.definition.stated" if stated else "report.definition.ours"
    return both(key, planned=study.scenario.value(planned), grade=grade)


def _other_definitions(study: Study, row: LedgerRow) -> Text | None:
    """The probability once the definition is uncertain, or its range over the rules."""
    if row.probability_scope is not None:
        chance = ("probability", row.probability_scope)
        if not study.scenario.definition:
            return sentence("report.p.scope", p=chance)
        counted_as = study.scenario.workspace.definition_file.definitions[study.scenario.definition]
        return sentence("report.p.definition", p=chance, definition=counted_as.label)
    if row.probability is None or not has_rules(row):
        return None
    found = sorted(each.value for each in by_rule(study, row).values())
    return sentence("report.p.rules", low=("probability", found[0]), high=("probability", found[-1]))


def verdict(study: Study, row: LedgerRow) -> Text:
    """The status in words; a goal whose answer turns with our rule says so."""
    if row.probability is not None and has_rules(row):
        found = [each.value for each in by_rule(study, row).values()]
        if min(found) < EVEN[0] and max(found) > EVEN[1]:
            return both("report.status.rule")
    return both(f"status.{row.status}")


def shortfall(row: LedgerRow) -> Text | None:
    """The median gap of the draws that miss, in the unit of the goal."""
    if row.shortfall is None or row.goal.test is None:
        return None
    kind = "money" if row.goal.test.unit == "亿元" else "integer"
    one = ".one" if kind == "integer" and round(row.shortfall.value) == 1 else ""
    return sentence(f"report.shortfall{one}.{row.goal.test.variable}", gap=(kind, row.shortfall))


def paired_probability(study: Study, row: LedgerRow) -> Estimate:
    """Difference of a goal's probability on the same draws, with its paired error."""
    assert study.other is not None  # noqa: S101 - the caller looked
    met = [
        reached(each, row.goal)[each.index(deadline(row))].astype(np.float64)
        for each in (study.projection, study.other)
    ]
    return estimates.mean(met[0] - met[1])


def comparison(study: Study) -> tuple[Table, ...]:
    """T1a: the counted goals under both scenarios."""
    other = study.other_ledger
    if study.other is None or other is None:
        return ()
    columns = (
        Column(both("report.column.goal")),
        Column(study.other.scenario.title, "chance"),
        Column(study.scenario.title, "chance"),
        Column(both("report.column.difference"), "probability_change", both("report.unit.points")),
        Column(both("report.column.se"), "error:probability_change", both("report.unit.points")),
    )
    rows: list[tuple[object, ...]] = []
    for row in counted(study):
        there = other.row(row.register).probability
        name = named(study, row)
        gain = paired_probability(study, row) if row.probability and there else None
        rows.append((name, *_or_na(there, row.probability), gain, gain))
    rows.append((both("report.all_goals"), *_or_na(other.joint, study.ledger.joint), *_joint_gain(study, other)))
    note = both("report.T1a.note")
    return (Table("T1a", both("report.T1a.caption"), columns, tuple(rows), note),)


def _or_na(*found: Estimate | None) -> tuple[object, ...]:
    return tuple(both("report.na") if each is None else each for each in found)


def _joint_gain(study: Study, other: Ledger) -> tuple[Estimate | None, Estimate | None]:
    """Paired difference of the joint probability, where both have one."""
    if study.other is None or study.ledger.joint is None or other.joint is None:
        return None, None
    both_met = []
    for each in (study.projection, study.other):
        met = [reached(each, row.goal)[each.index(deadline(row))] for row in counted(study)]
        both_met.append(np.logical_and.reduce(met).astype(np.float64))
    gain = estimates.mean(both_met[0] - both_met[1])
    return gain, gain


def passage(study: Study) -> Table:
    """T1b: in which year the scale goal is reached first, by share of the draws."""
    row = study.ledger.row(GOAL)
    shares = row.shares_by_year or {}
    columns = (Column(both("report.column.first_reached")), Column(both("report.column.share"), "percent", plain("%")))
    years = [year for year in shares if year <= LAST_PASSAGE]
    later = sum(shares[year].value for year in shares if year > LAST_PASSAGE)
    never = 1 - sum(each.value for each in shares.values())
    rows: list[tuple[object, ...]] = [(plain(year), shares[year]) for year in years]
    if study.scenario.horizon > LAST_PASSAGE:
        rows.append((both("report.passage.later", first=LAST_PASSAGE + 1, last=study.scenario.horizon), later))
    rows.append((both("report.passage.never", year=study.scenario.horizon), max(never, 0.0)))
    return Table("T1b", both("report.T1b.caption"), columns, tuple(rows), _passage_note(study, row))


def _passage_note(study: Study, row: LedgerRow) -> Text:
    """What is passed already in 2017, the probability of the others, and why the shares do not sum to it."""
    met, year = reached(study.projection, row.goal), deadline(row)
    at_deadline, early = met[study.projection.index(year)], met[0]
    shares = row.shares_by_year or {}
    so_far = sum(each.value for when, each in shares.items() if when <= year)
    rest = float(at_deadline[~early].mean()) if (~early).any() else 1.0
    return sentence(
        "report.T1b.note", first=FIRST, year=year, early=("percent", float(early.mean())),
        rest=("probability", rest), so_far=("percent", so_far), p=("probability", row.probability),
        line=source_line(study),
    )  # fmt: skip


def statements(study: Study) -> Table:
    """T1d: all other statements of the document: what kind each is, and its status in words."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.kind")),
        Column(both("report.column.sentence")),
        Column(both("report.column.verdict")),
    )
    rows = tuple(
        (_id(row), both(f"kind.{row.goal.kind}"), Text(row.goal.sentence, row.goal.en), text_of(study, row))
        for row in study.ledger.rows
        if not row.goal.counted
    )
    return Table("T1d", both("report.T1d.caption"), columns, rows, both("report.T1d.note"), "wide")
