"""T7: the model beside published projections, in one unit: points of growth a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tuiyan.inputs.projections import read_projections
from tuiyan.reporting import figures, style
from tuiyan.reporting.blocks import Column, Figure, Table
from tuiyan.reporting.figures import Spread
from tuiyan.reporting.parts.shared import at, quantiles, source_line
from tuiyan.reporting.provenance import reference
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

QUANTITIES = ("tfp", "labour_productivity", "gdp")


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
    source: str = ""


def published(study: Study) -> Iterator[Anchor]:
    """The published rows."""
    for each in read_projections(study.scenario.workspace):
        name = cited(study, each.source)
        region = both(f"report.region.{each.region.replace(' ', '_')}")
        middle = each.low if each.low == each.high else None
        yield Anchor(
            name, each.quantity, region, each.years, each.low, middle, each.high, each.note, source=each.source
        )  # fmt: skip


def grouped(study: Study) -> list[Anchor]:
    """All rows by quantity, published ones first: numbers of one quantity are comparable, others are not."""
    every = [*published(study), *ours(study)]
    return [each for quantity in QUANTITIES for each in every if each.quantity == quantity]


def cited(study: Study, source: str) -> Text:
    """A source as a text cites it: names and year."""
    who = study.scenario.workspace.source_file.sources[source]
    return plain(f"{_authors(who.reference)} ({who.year})")


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
            note = both("report.T7.ours_note")
            yield Anchor(name, quantity, both("report.region.Shanghai"), span, low, middle, high, note, scenario.id)


def table(study: Study) -> Table:
    """T7 itself."""
    columns = (
        Column(both("report.column.who")),
        Column(both("report.column.quantity")),
        Column(both("report.column.region")),
        Column(both("report.column.span"), "integer"),
        Column(both("report.column.low"), "number3"),
        Column(both("report.column.middle"), "number3"),
        Column(both("report.column.high"), "number3"),
        Column(both("report.column.note")),
    )
    every = grouped(study)
    rows = tuple(
        (reference(a.source, name) if a.source else name, both(f"report.quantity.{a.quantity}"), a.region, a.years,
         a.low, a.middle, a.high, a.note)
        for name, a in zip(_lettered(every), every, strict=True)
    )  # fmt: skip
    note = both("report.T7.note", title=study.scenario.title)
    return Table("T7", both("report.T7.caption"), columns, rows, note, "wide")


def figure(study: Study) -> Figure:
    """The same as a range chart, one panel a quantity."""
    every = grouped(study)
    labels = _labels(every)
    data = [
        (
            both(f"report.quantity.{quantity}"),
            [
                Spread(label, a.low, a.middle, a.high, a.scenario)
                for label, a in zip(labels, every, strict=True)
                if a.quantity == quantity
            ],
        )
        for quantity in QUANTITIES
    ]

    def paint(canvas: Any, lang: str) -> None:
        heights = [len(rows) + 0.6 for _, rows in data]
        axes = canvas.subplots(len(data), 1, sharex=True, height_ratios=heights)
        for ax, (name, rows) in zip(axes, data, strict=True):
            figures.anchors(rows, lang=lang, ax=ax)
            ax.set_title(name[lang])
            ax.set_xlim(0, 1.04 * max(each.high for _, spreads in data for each in spreads))
        axes[-1].set_xlabel(say("report.figure.anchors.axis", lang))

    point = both("report.unit.points_year")
    columns = (
        Column(both("report.column.who")),
        Column(both("report.column.quantity")),
        *(Column(both(f"report.column.{name}"), "number3", point) for name in ("low", "middle", "high")),
    )
    rows = tuple((each.name, name, each.low, each.middle, each.high) for name, spreads in data for each in spreads)
    mine = next(each for each in every if each.scenario)
    title = both("report.F7.title")
    alt = sentence("report.F7.alt", middle=("number2", mine.middle), last=2020)
    caption = joined([both("report.F7.note"), source_line(study, "real")])
    drawn = style.draw(paint, (9.2, 5.6))
    return Figure("F7", title, alt, caption, drawn, Table("F7-data", title, columns, rows))


def _labels(every: list[Anchor]) -> list[Text]:
    """One label a row of the chart."""
    names = _lettered(every)
    return [both("report.F7.label", name=name, region=each.region) for name, each in zip(names, every, strict=True)]


def _lettered(every: list[Anchor]) -> list[Text]:
    """Names of the rows; two numbers of one study are told apart by letters."""
    found = []
    for each in every:
        same = [other for other in every if (other.name, other.quantity) == (each.name, each.quantity)]
        found.append(each.name if len(same) == 1 else plain(f"{each.name.en} {'abcdef'[same.index(each)]}"))
    return found
