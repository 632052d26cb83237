"""The parts of the page of the notebook `compare` that go year by year: paths of the scale, paired differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan import estimates
from tuiyan.analysis.comparison import PairedDifference
from tuiyan.estimates import Estimate
from tuiyan.reporting import figures_notebooks as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.compared import HUNDREDTH, legend, named, scale_goal, source
from tuiyan.reporting.parts.errors import error_cell, scaled, unmoved
from tuiyan.reporting.parts.shared import DEADLINE, SCALE, home_definition, largest_error, median
from tuiyan.reporting.study import Study
from tuiyan.reporting.words import listed, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.reporting.side_by_side import SideBySide

FACTOR = {"zh": 1.0, "en": 0.1}
ENDS = (0.05, 0.95)
# Factor and unit of the paired differences of a series.
SERIES = {
    "scale.total": (1e2, "report.compare.unit.percent"),
    "lp.city": (HUNDREDTH, "report.compare.unit.hundredth"),
    "firms.count": (1.0, "report.compare.unit.firms"),
}
Rows = Sequence[Sequence[Estimate]]  # by scenario, then by year


def paths(view: SideBySide) -> tuple[Block, ...]:
    """The scale over the years: medians, and paired differences from the first."""
    return (Heading("paths", both("report.compare.paths.heading")), path_figure(view))


def path_figure(view: SideBySide) -> Figure:
    """Medians with the band of the first scenario above, mean paired differences below; to 2020, and to the horizon."""
    first, known = view.comparison.first, view.comparison.projections
    middles = [[median(draws) for draws in each[SCALE]] for each in known]
    gaps = [[estimates.mean(row) for row in each[SCALE] / first[SCALE] - 1] for each in known]
    band = np.array([[estimates.quantile(draws, end).value for draws in first[SCALE]] for end in ENDS])
    title = both("report.compare.paths.title", first=first.scenario.title)
    test = scale_goal(view)[1].test
    assert test is not None  # noqa: S101 - the scale goal has one

    def paint(figure: Any, lang: str) -> None:
        axes = figure.subplots(2, 2)
        for (above, below), last in zip(axes.T, (DEADLINE, first.years[-1]), strict=True):
            levels, shifts = ([each.until(last) for each in lines(view, rows)] for rows in (middles, gaps))
            ends = band[:, : len(levels[0].years)]
            figures.medians(levels, (ends[0], ends[1]), test.value, lang=lang, ax=above, factor=FACTOR[lang])
            figures.gaps(shifts, lang=lang, ax=below)
            above.set_title(say("report.compare.paths.level", lang, last=last))
            below.set_title(say("report.compare.paths.gap", lang, last=last))
        legend(figure, axes[0, 0])

    at = first.index(DEADLINE)
    alt = both(
        "report.compare.paths.alt", first=first.scenario.title,
        middles=listed(named(view, place, ("money", row[at])) for place, row in enumerate(middles)),
        gaps=listed(named(view, place, ("percent1_change", row[at])) for place, row in enumerate(gaps) if place),
    )  # fmt: skip
    definition = home_definition(Study(first, None, view.lang))
    caption = both("report.basis.money", definition=definition, line=source(view))
    drawn = style.draw(paint, (9.6, 7.4 + 0.06 * len(known)))
    return Figure("CF2", title, alt, caption, drawn, path_data(view, middles, gaps, band))


def lines(view: SideBySide, rows: Rows) -> list[figures.Path]:
    """One line a scenario from estimates by year."""
    return [
        figures.Path(each.scenario.id, each.scenario.title, each.years, np.array([found.value for found in row]))
        for each, row in zip(view.comparison.projections, rows, strict=True)
    ]


def path_data(view: SideBySide, middles: Rows, gaps: Rows, band: figures.Array) -> Table:
    """The numbers of the figure of paths."""
    titles = [each.scenario.title for each in view.comparison.projections]
    money, percent = both("report.unit.money"), plain("%")
    columns = (
        Column(both("report.column.year")),
        *(Column(both("report.compare.paths.median", title=each), "money", money) for each in titles),
        *(
            Column(both("report.compare.paths.end", title=titles[0], level=f"{end:.0%}"), "money", money)
            for end in ENDS
        ),
        *(
            Column(both("report.compare.paths.difference", title=each), "percent2_change", percent)
            for each in titles[1:]
        ),
    )
    rows = tuple(
        (plain(year), *(row[k] for row in middles), *map(float, band[:, k]), *(row[k] for row in gaps[1:]))
        for k, year in enumerate(view.comparison.first.years)
    )
    note = sentence(
        "report.compare.paths.note", middle=("error:money", largest_error([each for row in middles for each in row])),
        gap=("error:percent2", largest_error([each for row in gaps for each in row])),
    )  # fmt: skip
    return Table("CF2-data", both("report.compare.paths.data"), columns, rows, note, "wide")


def differences(view: SideBySide) -> tuple[Block, ...]:
    """A table of paired differences for each series."""
    return (
        Heading("differences", both("report.compare.differences.heading")),
        Paragraph(both("report.compare.differences.lead")),
        *(difference_table(view, name) for name in SERIES),
    )


def difference_table(view: SideBySide, name: str) -> Table:
    """One block of rows a scenario, one row in it a year."""
    factor, unit = SERIES[name][0], both(SERIES[name][1])
    columns = (
        Column(both("report.compare.differences.column")),
        Column(both("report.column.mean"), "number2", unit),
        Column(both("report.column.se"), "number4", unit),
        *(Column(plain(f"{level}%"), "number2", unit) for level in (5, 50, 95)),
    )
    found = view.comparison.differences((name,))
    rows = [
        row
        for each in view.comparison.others
        for row in _block(each.scenario.title, [gap for gap in found if gap.scenario == each.scenario.id], factor)
    ]
    caption = both(f"report.compare.differences.{name}", first=view.comparison.first.scenario.title)
    note = both(f"report.compare.differences.note.{name}", line=source(view))
    return Table(f"C3-{name.partition('.')[0]}", caption, columns, tuple(rows), note)


def _block(title: Text, found: Sequence[PairedDifference], factor: float) -> Iterator[tuple[object, ...]]:
    """The rows of one scenario."""
    yield title, "", "", "", "", ""
    for each in found:
        name, found_here = both("report.compare.sub", name=plain(each.year)), (each.mean, *each.quantiles)
        if unmoved(found_here):
            yield name, *[None] * (1 + len(found_here))
            continue
        average, *spread = (scaled(estimate, factor) for estimate in found_here)
        yield name, average, error_cell(average.standard_error), *spread
