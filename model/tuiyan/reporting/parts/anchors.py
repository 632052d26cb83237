"""T7: the model beside published projections, in one unit: points of growth a year."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tuiyan.reporting import figures, style
from tuiyan.reporting.blocks import Column, Figure, Table
from tuiyan.reporting.figures import Spread
from tuiyan.reporting.parts.shared import at, quantiles, source_line
from tuiyan.reporting.words import plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

FILE = "facts/published_projections.csv"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range in percentage points of growth a year, published or ours (then `scenario` names it)."""

    name: Text
    quantity: str
    region: Text
    years: int
    low: float
    middle: float | None
    high: float
    note: Text
    scenario: str = ""


def published(study: Study) -> Iterator[Anchor]:
    """The rows of the facts file."""
    sources = study.scenario.workspace.source_file.sources
    with (study.scenario.workspace.params / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            who = sources[row["source"]]
            name = plain(f"{_authors(who.reference)} ({who.year})")
            low, high = float(row["low"]), float(row["high"])
            region = both(f"report.region.{row['region'].replace(' ', '_')}")
            note = Text(row["note_zh"], row["note_en"])
            yield Anchor(
                name, row["quantity"], region, int(row["horizon_years"]), low, low if low == high else None, high, note
            )


def _authors(reference: str) -> str:
    """The names before the year of a reference, shortened to the first family name."""
    names = reference.split(" (", maxsplit=1)[0]
    people = [part for part in names.replace(" and ", ", ").split(", ") if not part.endswith(".")]
    return (
        people[0] if len(people) <= 1 else f"{people[0]} & {people[1]}" if len(people) == 2 else f"{people[0]} et al."
    )


def ours(study: Study) -> Iterator[Anchor]:
    """The model's city totals as yearly averages since 2017: to the deadline, and to the horizon."""
    scenario = study.scenario
    for quantity, variable in (("tfp", "tfp.city"), ("labour_productivity", "lp.city")):
        for year in sorted({2020, min(2030, scenario.horizon)}):
            span = year - 2017
            values = 100 * at(study.projection, variable, year) / span
            low, middle, high = (each.value for each in quantiles(values, (0.05, 0.5, 0.95)))
            name = both("report.T7.ours", first=2018, last=year)
            note = both("report.T7.ours_note", title=scenario.title)
            yield Anchor(name, quantity, both("report.region.Shanghai"), span, low, middle, high, note, scenario.id)


def table(study: Study) -> Table:
    """T7 itself."""
    columns = (
        Column(both("report.column.who")),
        Column(both("report.column.quantity")),
        Column(both("report.column.region")),
        Column(both("report.column.years"), "integer"),
        Column(both("report.column.low"), "number3"),
        Column(both("report.column.middle"), "number3"),
        Column(both("report.column.high"), "number3"),
        Column(both("report.column.note")),
    )
    rows = tuple(
        (a.name, both(f"report.quantity.{a.quantity}"), a.region, a.years, a.low, a.middle, a.high, a.note)
        for a in (*published(study), *ours(study))
    )
    return Table("T7", both("report.T7.caption"), columns, rows, both("report.T7.note"), "wide")


def figure(study: Study) -> Figure:
    """The same as a range chart."""
    every = [*published(study), *ours(study)]
    labels = _labels(every)
    data = [Spread(label, a.low, a.middle, a.high, a.scenario) for label, a in zip(labels, every, strict=True)]

    def paint(canvas: Any, lang: str) -> None:
        figures.anchors(data, lang=lang, ax=canvas.add_subplot())

    point = both("report.unit.points_year")
    columns = (
        Column(both("report.column.who")),
        *(Column(both(f"report.column.{name}"), "number3", point) for name in ("low", "middle", "high")),
    )
    rows = tuple((each.name, each.low, each.middle, each.high) for each in data)
    mine = next(each for each in every if each.scenario)
    title = both("report.F7.title")
    alt = sentence("report.F7.alt", middle=("number2", mine.middle), last=2020)
    drawn = style.draw(paint, (9.2, 5.0))
    return Figure("F7", title, alt, source_line(study), drawn, Table("F7-data", title, columns, rows))


def _labels(every: list[Anchor]) -> list[Text]:
    """One label a row; two numbers of one study are told apart by letters."""
    found = []
    for each in every:
        same = [other for other in every if (other.name, other.quantity) == (each.name, each.quantity)]
        name = each.name if len(same) == 1 else plain(f"{each.name.en} {'abcdef'[same.index(each)]}")
        quantity = both(f"report.quantity.{each.quantity}")
        found.append(both("report.F7.label", name=name, quantity=quantity, region=each.region))
    return found
