"""Part 12: firms, zones, scenarios and projects as counts: at the deadline, under other rules, and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan import estimates
from tuiyan.reporting import figures, legends, style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Note, Paragraph, Row, Table
from tuiyan.reporting.parts.goals import by_rule, deadline, name_of, named, rule_of
from tuiyan.reporting.parts.needs import started
from tuiyan.reporting.parts.shared import Array, at, median, source_line
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study

LEVELS = (0.05, 0.5, 0.95)
RULED = "R06"  # the goal on benchmark firms, which this report counts by a rule of its own
PIPELINES = ("zones", "scenarios", "projects")
YEARS = (2017, 2018, 2019, 2020, 2025, 2030)


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    rows = counted(study)
    return (
        Heading("counts", both("report.counts.heading")),
        Paragraph(both("report.counts.lead")),
        *((figure(study, rows),) if rows else ()),
        table(study),
        Note(both("report.counts.check.title"), check(study)),
        Row((thresholds(study), firms(study))),
        *pipelines(study),
    )


def counted(study: Study) -> list[LedgerRow]:
    """Rows of the counted goals that are whole numbers and that this scenario defines."""
    return [
        row
        for row in study.ledger.rows
        if row.goal.counted and row.goal.kind == "count" and row.goal.test and row.probability is not None
    ]


def variable_of(study: Study, row: LedgerRow) -> str:
    """The name under which the projection holds a goal's variable; ``rule`` stands for the benchmark rule."""
    test = row.goal.test
    if test is None or test.item is None:
        return test.variable if test else ""
    return f"{test.variable}.{rule_of(study) if test.item == 'rule' else test.item}"


def implied_sales(study: Study) -> Array:
    """Total sales of 2017 that the size law means: firms x mean of the Pareto law, infinite for a tail up to 1."""
    number, tail, least = (
        study.projection.parameter(f"firms.{key}") for key in ("initial", "size_tail", "size_minimum")
    )
    with np.errstate(divide="ignore"):
        mean = np.where(tail > 1, least * tail / np.maximum(tail - 1, 0.0), np.inf)
    return number * mean


def check(study: Study) -> Text:
    """The size law of firms beside the base figure: two priors that nothing reconciles."""
    total, base = implied_sales(study), study.projection.parameter("base.scale")
    tail = study.projection.parameter("firms.size_tail")
    return sentence(
        "report.counts.check", total=("money", float(np.median(total))), base=("money", float(np.median(base))),
        above=("percent", float((total > base).mean())), endless=("percent", float((tail <= 1).mean())),
    )  # fmt: skip


def table(study: Study) -> Table:
    """T12: the counts at the deadline."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.target")),
        Column(both("report.column.mean"), "number1"),
        *(Column(plain(f"{level:.0%}"), "integer") for level in LEVELS),
        Column(both("report.column.p"), "chance"),
        Column(both("report.column.se"), "error:probability"),
    )
    rows: list[tuple[object, ...]] = []
    for row in study.ledger.rows:
        if not row.goal.counted or row.goal.kind != "count" or not row.goal.test:
            continue
        head = (named(study, row), _wanted(row.goal.test))
        if row.probability is None:
            rows.append((*head, None, None, None, None, both("report.na"), None))
            continue
        values = at(study.projection, variable_of(study, row), deadline(row))
        rows.append((*head, estimates.mean(values), *_whole(values), row.probability, row.probability))
    return Table("T12", both("report.T12.caption"), columns, tuple(rows), source_line(study))


def _wanted(test: Any) -> Text:
    """What a goal asks for, as a comparison."""
    return plain(f"{'≥' if test.comparison == '>=' else '>'} {test.value:g}")


def _whole(values: Array) -> tuple[float, ...]:
    """Quantiles of counts, which are whole numbers of the draws themselves."""
    return tuple(float(np.quantile(values, level, method="inverted_cdf")) for level in LEVELS)


def thresholds(study: Study) -> Table:
    """T12b: benchmark firms under each rule."""
    goal = study.ledger.row(RULED)
    wanted = goal.goal.test.value if goal.goal.test else 0.0
    columns = (
        Column(both("report.column.rule")),
        Column(both("report.column.mean"), "number1"),
        *(Column(plain(f"{level:.0%}"), "integer") for level in LEVELS),
        Column(both("report.column.p_firms", number=f"{wanted:g}"), "chance"),
    )
    rows = []
    for item, met in by_rule(study, goal).items():
        values = at(study.projection, f"firms.benchmark.{item}", deadline(goal))
        mark = "report.rule.used" if item == rule_of(study) else "report.rule"
        rows.append((sentence(mark, rule=("money", float(item))), estimates.mean(values), *_whole(values), met))
    already = at(study.projection, "firms.benchmark.10", 2017) >= wanted
    note = sentence(
        "report.T12b.note", rule=("money", float(rule_of(study))), already=("probability", estimates.mean(already))
    )
    return Table("T12b", both("report.T12b.caption"), columns, tuple(rows), note)


def firms(study: Study) -> Table:
    """T12c: all firms, and benchmark firms, by year."""
    columns = (
        Column(both("report.column.year")),
        *(Column(both("report.column.firms"), "integer", plain(f"{level:.0%}")) for level in LEVELS),
        Column(both("report.column.benchmark"), "integer", plain("50%")),
    )
    rows = tuple(
        (
            plain(year),
            *(float(np.quantile(at(study.projection, "firms.count", year), level)) for level in LEVELS),
            _whole(at(study.projection, f"firms.benchmark.{rule_of(study)}", year))[1],
        )
        for year in YEARS
        if year <= study.scenario.horizon
    )
    note = sentence("report.T12c.note", rule=("money", float(rule_of(study))))
    return Table("T12c", both("report.T12c.caption"), columns, rows, note)


def pipelines(study: Study) -> tuple[Table, ...]:
    """T12d: zones, scenarios and projects started and accepted by the end of each year."""
    if not any(row.goal.needs_policy for row in counted(study)):
        return ()
    columns = (
        Column(both("report.column.year")),
        *(
            Column(both(f"report.column.{state}"), "integer", both(f"report.pipeline.{name}"))
            for name in PIPELINES
            for state in ("started", "accepted")
        ),
    )
    rows = tuple(
        (
            plain(year),
            *(
                cell
                for name in PIPELINES
                for cell in (
                    started(study, f"pipeline.{name}", year),
                    median(at(study.projection, f"pipeline.{name}", year)).value,
                )
            ),
        )
        for year in YEARS[:5]
        if year <= study.scenario.horizon
    )
    return (Table("T12d", both("report.T12d.caption"), columns, rows, both("report.T12d.note")),)


def figure(study: Study, rows: list[LedgerRow]) -> Figure:
    """Distributions of the counts with the goal lines."""
    data = [_distribution(study, row) for row in rows]

    def paint(canvas: Any, lang: str) -> None:
        axes = canvas.subplots(-(-len(data) // 2), 2, squeeze=False).ravel()
        for ax, each in zip(axes, data, strict=False):
            figures.counts(each, lang=lang, ax=ax)
        for ax in axes[len(data) :]:
            ax.set_axis_off()
        canvas.supylabel(say("report.figure.share_of_draws", lang), fontsize=9.5)
        legends.legend_of_counts(canvas, study.scenario.id, lang)

    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.number")),
        Column(both("report.column.share"), "percent1", plain("%")),
    )
    cells = tuple(
        (each.title, plain(_span(value, each)), float(part))
        for each in data
        for value, part in zip(each.values, each.shares, strict=True)
    )
    title = both("report.F12.title")
    size = (9.6, 2.7 * -(-len(data) // 2) + 0.3)
    chance = [
        sentence("report.F12.chance", name=name_of(study, row), p=("probability", row.probability)) for row in rows
    ]
    alt = both("report.F12.alt", chances=Text("；".join(c.zh for c in chance), "; ".join(c.en for c in chance)))
    table_ = Table("F12-data", title, columns, cells)
    caption = joined([both("report.F12.note"), source_line(study)])
    return Figure("F12", title, alt, caption, style.draw(paint, size), table_)


def _span(value: float, data: figures.Counts) -> str:
    """The numbers that a bar holds: one, or a few that follow each other."""
    width = float(np.min(np.diff(data.values))) if data.values.size > 1 else 1.0
    return f"{value:g}" if width == 1 else f"{value:g}–{value + width - 1:g}"


def _distribution(study: Study, row: LedgerRow) -> figures.Counts:
    values = at(study.projection, variable_of(study, row), deadline(row))
    test = row.goal.test
    goal = test.value if test else 0.0
    return figures.Counts(name_of(study, row), *binned(values, goal), goal, study.scenario.id)


def binned(values: Array, goal: float, most: int = 80) -> tuple[Array, Array]:
    """Shares of the draws at each number, up to their 99.9 % quantile.

    Wide distributions are put into bars of several numbers, set so that the goal opens a bar.
    """
    whole = values.astype(np.int64)
    top = max(int(np.quantile(whole, 0.999)), int(goal))
    low = int(np.quantile(whole, 0.001))
    width = max(1, -(-(top - low + 1) // most))
    start = int(goal) - width * -(-(int(goal) - low) // width)
    shown = whole[(whole >= start) & (whole <= top)]
    shares = np.bincount((shown - start) // width) / values.size
    return start + width * np.arange(shares.size, dtype=np.float64), shares
