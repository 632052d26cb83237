"""Part 12: firms, zones, scenarios and projects as counts, and their joint probability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan import estimates
from tuiyan.reporting import figures, style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.answer import deadline, joint
from tuiyan.reporting.parts.shared import Array, at, source_line
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    rows = counted(study)
    return (
        Heading("counts", both("report.counts.heading")),
        Paragraph(both("report.counts.lead")),
        *((figure(study, rows),) if rows else ()),
        table(study),
        thresholds(study),
        Paragraph(joint(study)),
        *((product(study),) if study.ledger.joint is not None else ()),
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


def rule_of(study: Study) -> str:
    """The sales that make a benchmark firm, as the item of ``firms.benchmark``."""
    return study.scenario.value("firms.benchmark_rule")


def name_of(study: Study, row: LedgerRow) -> Text:
    """The short name of a counted goal."""
    assert row.goal.test is not None  # noqa: S101 - counted goals have one
    return sentence(f"report.variable.{row.goal.test.variable}", rule=("money", float(rule_of(study))))


def table(study: Study) -> Table:
    """T12: the counts at the deadline."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.target")),
        Column(both("report.column.mean"), "number1"),
        *(Column(plain(f"{level}%"), "integer") for level in (5, 50, 95)),
        Column(both("report.column.p"), "probability"),
        Column(both("report.column.se"), "error:probability"),
    )
    rows: list[tuple[object, ...]] = []
    for row in study.ledger.rows:
        test = row.goal.test
        if not row.goal.counted or row.goal.kind != "count" or test is None:
            continue
        head = (
            Text(f"{row.register} {name_of(study, row).zh}", f"{row.register} {name_of(study, row).en}"),
            plain(f"≥ {test.value:g}"),
        )
        if row.probability is None:
            defined = both("report.defined_by_policy")
            rows.append((*head, defined, None, None, None, None, None))
            continue
        values = at(study.projection, variable_of(study, row), deadline(row))
        low, middle, high = (float(np.quantile(values, level)) for level in (0.05, 0.5, 0.95))
        rows.append((*head, estimates.mean(values), low, middle, high, row.probability, row.probability))
    return Table("T12", both("report.T12.caption"), columns, tuple(rows), source_line(study))


def thresholds(study: Study) -> Table:
    """The benchmark goal under each working rule: the document does not say which firm is one."""
    goal = next(
        (row for row in study.ledger.rows if row.goal.test and row.goal.test.variable == "firms.benchmark"), None
    )
    wanted = goal.goal.test.value if goal and goal.goal.test else 10
    columns = (
        Column(both("report.column.rule")),
        Column(both("report.column.mean"), "number1"),
        *(Column(plain(f"{level}%"), "integer") for level in (5, 50, 95)),
        Column(both("report.column.p_firms", number=f"{wanted:g}"), "probability"),
        Column(both("report.column.se"), "error:probability"),
    )
    rows = []
    for item in study.projection.items["firms.benchmark"]:
        values = at(study.projection, f"firms.benchmark.{item}", deadline(goal) if goal else 2020)
        met = estimates.mean(values >= wanted)
        mark = "report.rule.used" if item == rule_of(study) else "report.rule"
        quartiles = (float(np.quantile(values, level)) for level in (0.05, 0.5, 0.95))
        rows.append((sentence(mark, rule=("money", float(item))), estimates.mean(values), *quartiles, met, met))
    return Table("T12b", both("report.T12b.caption"), columns, tuple(rows), both("report.T12b.note"))


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

    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.number")),
        Column(both("report.column.share"), "percent1", plain("%")),
    )
    cells = tuple(
        (each.title, plain(f"{value:g}"), float(part))
        for each in data
        for value, part in zip(each.values, each.shares, strict=True)
    )
    title = both("report.F12.title")
    size = (9.6, 2.7 * -(-len(data) // 2))
    chance = [
        sentence("report.F12.chance", name=name_of(study, row), p=("probability", row.probability)) for row in rows
    ]
    alt = both("report.F12.alt", chances=Text("；".join(c.zh for c in chance), "; ".join(c.en for c in chance)))
    table_ = Table("F12-data", title, columns, cells)
    caption = joined([both("report.F12.note"), source_line(study)])
    return Figure("F12", title, alt, caption, style.draw(paint, size), table_)


def _distribution(study: Study, row: LedgerRow) -> figures.Counts:
    values = at(study.projection, variable_of(study, row), deadline(row))
    test = row.goal.test
    return figures.Counts(
        name_of(study, row),
        *binned(values, test.value if test else 0.0),
        test.value if test else 0.0,
        study.scenario.id,
    )


def binned(values: Array, goal: float, most: int = 45) -> tuple[Array, Array]:
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


def product(study: Study) -> Paragraph:
    """The product of the single probabilities, which the joint one must not be mistaken for."""
    value = float(np.prod([row.probability.value for row in study.ledger.rows if row.goal.counted and row.probability]))
    return Paragraph(sentence("report.counts.product", product=("probability", value)), "small")
