"""Part 4: what the scenario changes against its parent, with reasons and places, and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.inputs.findings import Place
from tuiyan.inputs.scenario import Difference
from tuiyan.inputs.units import unit_name
from tuiyan.reporting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tuiyan.reporting.words import listed, plain
from tuiyan.wording import LANGUAGES, Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    scenario = study.scenario
    heading = Heading("changes", both("report.changes.heading"))
    reason = Paragraph(both("report.changes.reason", author=scenario.author, reason=scenario.reason))
    left_out: tuple[Block, ...] = ()
    if scenario.not_modelled:
        left_out = (Heading("left-out", both("report.changes.left_out"), 3), Bullets(tuple(scenario.not_modelled)))
    if study.other is None:
        return (heading, reason, Paragraph(both("report.changes.no_parent")), *left_out)
    changes = scenario.diff(study.other.scenario)
    if not changes:
        return (heading, reason, Paragraph(both("report.changes.none", there=study.other.scenario.title)), *left_out)
    return (heading, reason, table(study, changes), *left_out)


def table(study: Study, changes: list[Difference]) -> Table:
    """One row a change."""
    columns = tuple(
        Column(both(f"report.column.{name}"))
        for name in ("changed", "id", "before", "now", "unit", "grade", "sources", "because", "place")
    )
    assert study.other is not None  # noqa: S101 - the caller looked
    caption = both("report.T4.caption", here=study.scenario.title, there=study.other.scenario.title)
    return Table("T4", caption, columns, tuple(_row(each) for each in changes), both("report.T4.note"), "wide")


def _row(each: Difference) -> tuple[object, ...]:
    origin = each.origin
    return (
        each.label, plain(each.id), plain(each.old), plain(each.new), unit(each.unit),
        both(f"report.grade.{origin.grade}"), listed(origin.sources),
        origin.because or plain("—"), place_of(origin.where),
    )  # fmt: skip


def place_of(where: Place) -> Text:
    """File and line; the column is for editors."""
    return plain(f"{where.file}:{where.line}" if where.line else where.file)


def unit(name: str) -> Text:
    """The name of a unit in both languages."""
    return Text(*(unit_name(name, lang) for lang in LANGUAGES))
