"""Part 1: the answer in one paragraph, the goal ledger, and what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tuiyan import estimates
from tuiyan.reporting.blocks import Block, Column, Heading, Note, Paragraph, Table
from tuiyan.reporting.parts.shared import SCALE, effect_of, quantiles, source_line, text_of
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study

LATER = 2025
YEARS = (2018, 2019, 2020, 2022, 2025, 2030)


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("answer", both("report.answer.heading")),
        Paragraph(answer(study), "answer"),
        Note(both("report.answer.silent.title"), both("report.answer.silent")),
        ledger(study),
        Paragraph(joint(study)),
    )


def details(study: Study) -> tuple[Block, ...]:
    """What stands behind the ledger: the paired effect, the years of passage, and the statements without a number."""
    return (
        Heading("details", both("report.details.heading")),
        *effect(study),
        passage(study),
        statements(study),
    )


def answer(study: Study) -> Text:
    """The answer, written from the results by templates."""
    row = _row(study, SCALE)
    test, year = row.goal.test, deadline(row)
    scale = study.projection[SCALE][study.projection.index(year)]
    low, median, high = quantiles(scale, (0.05, 0.5, 0.95))
    first = sentence(
        "report.answer.scale", title=study.scenario.title, year=year, goal=("money", test.value if test else None),
        p=("probability", row.probability), se=("error:probability", row.probability),
        se_scope=("error:probability", row.probability_scope), p_scope=("probability", row.probability_scope),
        median=("money", median), low=("money", low), high=("money", high),
    )  # fmt: skip
    return joined([first, *_effect_sentences(study, year), _productivity(study, year), _remedy(study, row, year)])


def _effect_sentences(study: Study, year: int) -> list[Text]:
    if study.other is None:
        return [both("report.answer.no_parent")]
    now, gain = estimates.mean(effect_of(study, SCALE, year, logs=True)), _paired_probability(study)
    first = sentence(
        "report.answer.effect",
        year=year,
        title=study.other.scenario.title,
        effect=("percent1_change", now),
        gain=("probability_change", gain),
        se=("error:probability_change", gain),
    )
    if study.last < LATER:
        return [first]
    later = estimates.mean(effect_of(study, SCALE, LATER, logs=True))
    return [first, sentence("report.answer.effect_later", year=LATER, later=("percent1_change", later))]


def _paired_probability(study: Study) -> object:
    """Difference of P(goal) on the same draws, with its paired error."""
    row = _row(study, SCALE)
    assert study.other is not None and row.goal.test is not None  # noqa: S101, PT018 - the caller looked
    year, goal = deadline(row), row.goal.test.value
    met = [(p[SCALE][p.index(year)] > goal).astype(np.float64) for p in (study.projection, study.other)]
    return estimates.mean(met[0] - met[1])


def _productivity(study: Study, year: int) -> Text:
    gain = np.expm1(study.projection["lp.city"][study.projection.index(year)])
    low, median, high = quantiles(gain, (0.05, 0.5, 0.95))
    values = {"low": ("percent2", low), "median": ("percent2", median), "high": ("percent2", high)}
    return sentence("report.answer.productivity", year=year, **values)


def _remedy(study: Study, row: LedgerRow, year: int) -> Text:
    """What the draws that miss the goal lack: the gap, and the growth a year that would close it."""
    assert row.goal.test is not None  # noqa: S101 - the scale goal has one
    scale = study.projection[SCALE]
    last, first = scale[study.projection.index(year)], scale[0]
    missed = last <= row.goal.test.value
    extra = (row.goal.test.value / first) ** (1 / (year - 2017)) - (last / first) ** (1 / (year - 2017))
    gap = estimates.median_where(row.goal.test.value - last, missed)
    if not np.isfinite(gap.standard_error):
        return both("report.answer.no_gap")
    growth = estimates.median_where(extra, missed)
    return sentence("report.answer.gap", gap=("money", gap), extra=("points1", growth))


def joint(study: Study) -> Text:
    """The joint probability of the counted goals, with the bounds that the single ones allow."""
    if study.ledger.joint is None or study.ledger.joint_bounds is None:
        return both("report.answer.joint_without_policy")
    low, high = study.ledger.joint_bounds
    values = {"low": ("probability", low), "high": ("probability", high)}
    return sentence(
        "report.answer.joint",
        p=("probability", study.ledger.joint),
        se=("error:probability", study.ledger.joint),
        **values,
    )


def ledger(study: Study) -> Table:
    """T1: the counted goals."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.sentence")),
        Column(both("report.column.definition")),
        Column(both("report.column.p_same"), "probability"),
        Column(both("report.column.se"), "error:probability"),
        Column(both("report.column.p_scope"), "probability"),
        Column(both("report.column.se"), "error:probability"),
        Column(both("report.column.first_year")),
        Column(both("report.column.shortfall")),
        Column(both("report.column.verdict")),
    )
    rows = tuple(_ledger_row(study, row) for row in study.ledger.rows if row.goal.counted)
    return Table("T1", both("report.T1.caption"), columns, rows, both("report.T1.note"), "wide")


def _ledger_row(study: Study, row: LedgerRow) -> tuple[object, ...]:
    definitions = study.scenario.workspace.definition_file.definitions
    home = definitions[study.scenario.home_definition] if row.goal.definition else None
    definition = Text(home.zh, home.en) if home else Text("—", "—")
    beyond = both("report.beyond", year=study.scenario.horizon)
    year = plain(row.median_year) if row.median_year else (beyond if row.probability else None)
    return (
        plain(row.register), Text(row.goal.sentence, row.goal.en), definition, row.probability, row.probability,
        row.probability_scope, row.probability_scope, year, _shortfall(row), both(f"status.{row.status}"),
    )  # fmt: skip


def _shortfall(row: LedgerRow) -> Text | None:
    if row.shortfall is None or row.goal.test is None:
        return None
    kind = "money" if row.goal.test.unit == "亿元" else "integer"
    return sentence(f"report.shortfall.{kind}", gap=(kind, row.shortfall))


def passage(study: Study) -> Table:
    """In which year the scale goal is reached first, by share of the draws."""
    row = _row(study, SCALE)
    shares = row.shares_by_year or {}
    columns = (Column(both("report.column.first_reached")), Column(both("report.column.share"), "percent", plain("%")))
    years = [year for year in shares if year <= 2025]
    later = sum(shares[year].value for year in shares if year > 2025)
    never = 1 - sum(each.value for each in shares.values())
    rows: list[tuple[object, ...]] = [(plain(year), shares[year]) for year in years]
    rows.append((both("report.passage.later", first=2026, last=study.scenario.horizon), later))
    rows.append((both("report.passage.never", year=study.scenario.horizon), max(never, 0.0)))
    return Table("T1b", both("report.T1b.caption"), columns, tuple(rows), source_line(study))


def effect(study: Study) -> tuple[Block, ...]:
    """The paired difference against the parent, by year."""
    if study.other is None:
        return ()
    columns = (
        Column(both("report.column.year")),
        Column(both("report.column.mean"), "percent2_change", plain("%")),
        Column(both("report.column.se"), "error:percent2_change", both("report.unit.points")),
        Column(plain("5%"), "percent1_change", plain("%")),
        Column(plain("50%"), "percent1_change", plain("%")),
        Column(plain("95%"), "percent1_change", plain("%")),
    )
    years = [year for year in YEARS if year <= study.last]
    rows = []
    for year in years:
        change = effect_of(study, SCALE, year, logs=True)
        average = estimates.mean(change)
        rows.append((plain(year), average, average, *quantiles(change, (0.05, 0.5, 0.95))))
    caption = both("report.T1c.caption", here=study.scenario.title, there=study.other.scenario.title)
    heading = Heading("effect", both("report.effect.heading", there=study.other.scenario.title), 3)
    return heading, Table("T1c", caption, columns, tuple(rows), both("report.T1c.note"))


def statements(study: Study) -> Table:
    """All other statements of the document: what kind each is, and its status in words."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.kind")),
        Column(both("report.column.sentence")),
        Column(both("report.column.verdict")),
    )
    rows = tuple(
        (plain(row.register), both(f"kind.{row.goal.kind}"), Text(row.goal.sentence, row.goal.en), text_of(row))
        for row in study.ledger.rows
        if not row.goal.counted
    )
    return Table("T1d", both("report.T1d.caption"), columns, rows, both("report.T1d.note"), "wide")


def deadline(row: LedgerRow) -> int:
    """The year by whose end a goal is due."""
    due = row.goal.deadline
    return (due.year or (due.date.year if due.date else 2020)) if due else 2020


def _row(study: Study, variable: str) -> LedgerRow:
    """The ledger's row of the counted goal on `variable`."""
    return next(row for row in study.ledger.rows if row.goal.test and row.goal.test.variable == variable)
