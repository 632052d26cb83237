"""The honest limits of the model, within part 1; part 15: the traps with the guards against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.reporting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tuiyan.reporting.provenance import goal
from tuiyan.reporting.words import joined, plain
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

ABOUT = ("document", "method")


def limits(study: Study) -> tuple[Block, ...]:
    """The limits that every number of the report is under."""
    found = tuple(study.scenario.workspace.plan.limits)
    return (
        Heading("limits", both("report.limits.heading"), 3),
        Paragraph(both("report.limits.lead", number=len(found))),
        Bullets(found, ordered=True),
    )


def traps(study: Study) -> tuple[Block, ...]:
    """The ways to misread the document and to model it wrongly, with guards; then those of single statements."""
    return (
        Heading("traps", both("report.traps.heading")),
        Paragraph(both("report.traps.lead"), links=(("#limits", both("report.traps.to_limits")),)),
        *(
            table(study, about)
            for about in ABOUT
            if any(trap.about == about for trap in study.scenario.workspace.plan.traps)
        ),
        of_statements(study),
    )


def table(study: Study, about: str) -> Table:
    """Traps of the document (T15) or of modelling (T15a), under the numbers they have together."""
    columns = (Column(plain("#")), Column(both("report.column.trap")), Column(both("report.column.guard")))
    rows = tuple(
        (plain(number), Text(trap.zh, trap.en), trap.guard)
        for number, trap in enumerate(study.scenario.workspace.plan.traps, start=1)
        if trap.about == about
    )
    name = "T15" if about == "document" else "T15a"
    return Table(name, both(f"report.{name}.caption"), columns, rows)


def of_statements(study: Study) -> Table:
    """T15b: one row a statement, with all its traps."""
    heads = tuple(Column(both(f"report.column.{name}")) for name in ("goal", "sentence", "trap"))
    rows = tuple(
        (goal(id_, plain(id_)), Text(each.sentence, each.en), joined(each.traps))
        for id_, each in study.scenario.workspace.plan.goals.items()
        if each.traps
    )
    return Table("T15b", both("report.T15b.caption"), heads, rows, kind="wide")
