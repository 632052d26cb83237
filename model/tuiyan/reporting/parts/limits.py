"""The honest limits of the model (page two), and the traps of the document with the guards against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.reporting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tuiyan.reporting.words import plain
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study


def limits(study: Study) -> tuple[Block, ...]:
    """The limits that every number of the report is under."""
    return (
        Heading("limits", both("report.limits.heading")),
        Paragraph(both("report.limits.lead")),
        Bullets(tuple(study.scenario.workspace.plan.limits), ordered=True),
    )


def traps(study: Study) -> tuple[Block, ...]:
    """The ways to misread the document, each with its guard, and the traps of single goals."""
    plan = study.scenario.workspace.plan
    columns = (Column(plain("#")), Column(both("report.column.trap")), Column(both("report.column.guard")))
    rows = tuple((plain(n), Text(trap.zh, trap.en), trap.guard) for n, trap in enumerate(plan.traps, start=1))
    of_goals = tuple(
        (plain(id_), Text(goal.sentence, goal.en), trap) for id_, goal in plan.goals.items() for trap in goal.traps
    )
    heads = (
        Column(both("report.column.goal")),
        Column(both("report.column.sentence")),
        Column(both("report.column.trap")),
    )
    return (
        Heading("traps", both("report.traps.heading")),
        Paragraph(both("report.traps.lead"), links=(("#limits", both("report.traps.to_limits")),)),
        Table("T15", both("report.T15.caption"), columns, rows),
        Table("T15b", both("report.T15b.caption"), heads, of_goals, kind="wide"),
    )
