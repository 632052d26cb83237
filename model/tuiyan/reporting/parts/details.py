"""Behind the ledger, within part 1: both scenarios, what each goal would need, effects by year, other statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan import estimates
from tuiyan.reporting.blocks import Block, Column, Heading, Row, Table
from tuiyan.reporting.parts import goals, needs
from tuiyan.reporting.parts.shared import SCALE, difference_of, largest_error, levers_only, quantiles
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

YEARS = (2018, 2019, 2020, 2022, 2025, 2030)


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("details", both("report.details.heading"), 3),
        *goals.comparison(study),
        needs.table(study),
        *timing(study),
        goals.statements(study),
    )


def timing(study: Study) -> tuple[Block, ...]:
    """The paired effect by year beside the years of passage."""
    passage = goals.passage(study)
    if study.other is None:
        return (passage,)
    heading = Heading("effect", both("report.effect.heading", there=study.other.scenario.title), 3)
    return heading, Row((effect(study), passage))


def effect(study: Study) -> Table:
    """T1c: the paired difference of scale against the other scenario, by year, in per cent."""
    assert study.other is not None  # noqa: S101 - the caller looked
    columns = (
        Column(both("report.column.year")),
        Column(both("report.column.mean"), "percent1_change", plain("%")),
        *(Column(plain(f"{level}%"), "percent1_change", plain("%")) for level in (5, 50, 95)),
    )
    rows, means = [], []
    for year in [year for year in YEARS if year <= study.last]:
        change = difference_of(study, SCALE, year, relative=True)
        means.append(estimates.mean(change))
        rows.append((plain(year), means[-1], *quantiles(change)))
    caption = both("report.T1c.caption", here=study.scenario.title, there=study.other.scenario.title)
    note = sentence("report.T1c.note", error=("error:points2", estimates.Estimate(0.0, largest_error(means))))
    if levers_only(study):
        note = joined([both("report.T1c.gross"), note])
    return Table("T1c", caption, columns, tuple(rows), note)
