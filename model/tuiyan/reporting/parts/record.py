"""Part 16: what the report was made from. The hashes of the pages themselves stand in ``manifest.json`` beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tuiyan.reporting import manifest
from tuiyan.reporting.blocks import Block, Column, Heading, Paragraph, Table
from tuiyan.reporting.words import plain
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study
    from tuiyan.results import Projection


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    other = study.other
    compared = [
        (both("report.record.scenario"), plain(study.scenario.id)),
        (both("report.record.against"), plain(other.scenario.id) if other else both("report.record.nothing")),
    ]
    return of(compared, study.projection)


def of(first: Sequence[tuple[Text, Text]], projection: Projection) -> tuple[Block, ...]:
    """The blocks of a run: its `first` rows, and what it has in common with every other on these draws."""
    scenario = projection.scenario
    facts: list[tuple[object, ...]] = [
        *first,
        (both("report.record.as_of"), plain(scenario.as_of.isoformat())),
        (both("report.record.definition"), plain(scenario.home_definition)),
        (both("report.record.years"), plain(f"{projection.years[0]}–{projection.years[-1]}")),
        (both("report.record.draws"), plain(f"{projection.draws} = 16 × {projection.draws // 16}")),
        (both("report.record.seed"), plain(projection.seed)),
        (both("report.record.code"), plain(manifest.code_hash())),
        (both("report.record.lock"), plain(lock) if (lock := manifest.lock_hash()) else both("report.record.no_lock")),
        *((both("report.record.version", name=name), plain(number)) for name, number in manifest.versions().items()),
    ]
    run_columns = (Column(both("report.column.item")), Column(both("report.column.value")))
    inputs = tuple((plain(name), plain(digest)) for name, digest in scenario.workspace.hashes().items())
    input_columns = (Column(both("report.column.file")), Column(plain("sha256")))
    return (
        Heading("manifest", both("report.record.heading")),
        Paragraph(both("report.record.lead")),
        Table("T16", both("report.T16.caption"), run_columns, tuple(facts), kind="wide"),
        Table("T16b", both("report.T16b.caption"), input_columns, inputs, kind="wide"),
    )
