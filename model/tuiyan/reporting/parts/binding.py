"""Part 7: whether demand or supply binds, by segment and year."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan import estimates
from tuiyan.estimates import Estimate
from tuiyan.reporting import figures_explain as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.numbers import show
from tuiyan.reporting.parts.shared import (
    DEADLINE,
    FIRST,
    SCALE,
    Array,
    largest_error,
    median,
    quantiles,
    segment_names,
    source_line,
)
from tuiyan.reporting.words import joined, listed, plain, sentence, sentences
from tuiyan.wording import LANGUAGES, Text, both, say

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

YEARS = (2017, 2018, 2019, 2020, 2022, 2025, 2030)
EVEN = 0.5  # above it supply binds, below it demand
SLACK = ("demand.backlog", "supply.slack")


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("binding", both("report.binding.heading")),
        Paragraph(both("report.binding.meaning")),
        Paragraph(story(study)),
        table(study),
        figure(study),
    )


def city(study: Study) -> Array:
    """Binding share of the city, (year, draw): the mean of the segments, weighted by their scale."""
    scale, share = study.projection["scale"], study.projection["binding"]
    found: Array = np.einsum("ysd,ysd->yd", scale, share) / study.projection[SCALE]
    return found


def medians(study: Study) -> dict[str, list[Estimate]]:
    """Median binding share by segment, one for each year."""
    values = study.projection["binding"]
    return {code: [median(year[place]) for year in values] for place, code in enumerate(segment_names(study))}


def story(study: Study) -> Text:
    """In which years supply binds first, when demand takes over, and why: written from the numbers."""
    found = medians(study)
    return joined([start(study), *turns(study, found), overall(study), growth(study), both("report.binding.limit")])


def start(study: Study) -> Text:
    """The base year, where the two sides are equal if their slack has one law."""
    laws = study.scenario.laws
    key = "start" if laws[SLACK[0]] == laws[SLACK[1]] else "start.own"
    return sentence(f"report.binding.{key}", first=FIRST, value=("number2", median(city(study)[0])))


def turns(study: Study, found: Mapping[str, list[Estimate]]) -> list[Text]:
    """When supply becomes the tighter side, when demand does, and where it goes back and forth."""
    years = study.projection.years
    first = {code: onset(row, years) for code, row in found.items()}
    bound = {code: year for code, year in first.items() if year}
    after = {code: takeover(found[code], years, year) for code, year in bound.items()}
    again = [code for code, year in after.items() if year and takeover(found[code], years, year, above=True)]
    if not bound:
        return [both("report.binding.first.none")]
    texts = [both("report.binding.first", list=_by_year(study, first, "first"))]
    if any(after.values()):
        texts.append(both("report.binding.turn", list=_by_year(study, after, "turn")))
    else:
        texts.append(both("report.binding.turn.none", year=years[-1]))
    if again:
        texts.append(both("report.binding.turn.again", segments=_named(study, again)))
    if any(_close(found[code], years, year) for code, year in after.items() if year):
        texts.append(both("report.binding.near"))
    return texts


def onset(row: list[Estimate], years: tuple[int, ...]) -> int | None:
    """The first year after the base year whose median is above one half."""
    return next((year for year, each in zip(years[1:], row[1:], strict=True) if each.value > EVEN), None)


def takeover(row: list[Estimate], years: tuple[int, ...], since: int, *, above: bool = False) -> int | None:
    """The first year after `since` whose median is below one half (or `above` it)."""
    pairs = zip(years, row, strict=True)
    return next((year for year, each in pairs if year > since and (each.value > EVEN) == above), None)


def _close(row: list[Estimate], years: tuple[int, ...], year: int) -> bool:
    """Whether the median of the year of turning, or of the one before, is hardly off one half."""
    place = years.index(year)
    return any(abs(each.value - EVEN) < 2 * each.standard_error for each in row[place - 1 : place + 1])


def _by_year(study: Study, years: Mapping[str, int | None], key: str) -> Text:
    """Segments that turn in the same year, together, in the order of the years; those that never do come last."""
    texts = []
    for year in sorted({year for year in years.values() if year}):
        same = [code for code, its in years.items() if its == year]
        texts.append(both(f"report.binding.{key}.item", year=year, segments=_named(study, same)))
    if never := [code for code, year in years.items() if not year]:
        last = study.projection.years[-1]
        texts.append(both(f"report.binding.{key}.never", year=last, segments=_named(study, never)))
    return sentences(texts)


def _named(study: Study, codes: list[str]) -> Text:
    """The names of segments, or the word for all of them."""
    names = segment_names(study)
    return (
        both("report.binding.all", number=len(names)) if len(codes) == len(names) else listed(names[c] for c in codes)
    )


def overall(study: Study) -> Text:
    """The highest median of the city, its last one, and how many draws disagree with that."""
    values, years = city(study), study.projection.years
    row = [median(year) for year in values]
    peak = max(range(len(years)), key=lambda place: row[place].value)
    key = "report.binding.city.last" if peak == len(years) - 1 else "report.binding.city"
    return sentence(
        key, peak=years[peak], most=("number2", row[peak]), last=years[-1], end=("number2", row[-1]),
        share=("percent", estimates.mean(values[-1] > EVEN)),
    )  # fmt: skip


def growth(study: Study) -> Text:
    """Growth a year of demand and of potential supply, medians, before and after the deadline."""
    years = study.projection.years
    ends = [year for year in (FIRST, DEADLINE, 2025, 2030) if year <= years[-1]]
    items = []
    for first, last in pairwise(ends):
        told = {}
        for name in ("demand", "supply"):
            then, now = (study.projection[name][years.index(year)].sum(axis=0) for year in (first, last))
            told[name] = ("percent1", median((now / then) ** (1 / (last - first)) - 1))
        items.append(sentence("report.binding.growth.item", first=first, last=last, **told))
    return both("report.binding.growth", list=sentences(items))


def table(study: Study) -> Table:
    """T4c: medians by year and segment, the city, and the share of draws in which supply binds."""
    names = segment_names(study)
    columns = (
        Column(both("report.column.year")),
        *(Column(name, "number2") for name in names.values()),
        Column(both("report.explain.column.city"), "number2"),
        Column(both("report.explain.column.share"), "chance"),
        Column(both("report.column.se"), "error:probability"),
    )
    found, whole = medians(study), city(study)
    rows = []
    for year in [year for year in YEARS if year <= study.projection.years[-1]]:
        place = study.projection.index(year)
        share = estimates.mean(whole[place] > EVEN)
        rows.append((plain(year), *(row[place] for row in found.values()), median(whole[place]), share, share))
    error = largest_error([each for row in rows for each in row[1:-2] if isinstance(each, Estimate)])
    note = sentence("report.T4c.note", error=("error:number2", Estimate(0.0, error)))
    note = joined([note, source_line(study, "share")])
    return Table("T4c", both("report.T4c.caption"), columns, tuple(rows), note)


def figure(study: Study) -> Figure:
    """F4: the city over the years, and each segment's median as a shaded cell."""
    years, names = tuple(study.projection.years), segment_names(study)
    found, whole = medians(study), city(study)
    quartiles = np.array([[each.value for each in quantiles(row, (0.25, 0.5, 0.75))] for row in whole]).T
    share = (whole > EVEN).mean(axis=1)
    left = figures.Balance(study.scenario.id, years, quartiles, share)
    sizes = np.array([[each.value for each in row] for row in found.values()])
    printed = tuple(
        tuple(Text(*(show(float(value), "number2", lang) for lang in LANGUAGES)) for value in row) for row in sizes
    )
    right = figures.Cells(tuple(names.values()), tuple(plain(year) for year in years), 1.7 * (sizes - EVEN), printed)

    def paint(canvas: Any, lang: str) -> None:
        over, under = canvas.subplots(2, 1, height_ratios=(1.25, 1))
        figures.binding_lines(left, lang=lang, ax=over)
        over.set_title(say("report.binding.figure.city", lang))
        over.legend(loc="upper right", bbox_to_anchor=(1, 1.16), ncols=3)
        figures.cells(right, lang=lang, ax=under, colours=(figures.SUPPLY, figures.DEMAND))
        under.set_title(say("report.binding.figure.segments", lang))

    title = both("report.F4.title")
    peak = int(np.argmax(quartiles[1]))
    values = {"start": quartiles[1, 0], "most": quartiles[1, peak], "end": quartiles[1, -1]}
    alt = sentence(
        "report.F4.alt", first=years[0], peak=years[peak], last=years[-1],
        **{name: ("number2", float(value)) for name, value in values.items()},
    )  # fmt: skip
    columns = (
        Column(both("report.column.year")),
        *(Column(both("report.explain.column.quartile", level=level), "number2") for level in ("25%", "50%", "75%")),
        Column(both("report.explain.column.share"), "number2"),
        *(Column(name, "number2") for name in names.values()),
    )
    rows = tuple(
        (plain(year), *map(float, quartiles[:, k]), float(share[k]), *map(float, sizes[:, k]))
        for k, year in enumerate(years)
    )
    caption = joined([both("report.F4.note"), source_line(study, "share")])
    drawn = style.draw(paint, (9.6, 5.8))
    return Figure("F4", title, alt, caption, drawn, Table("F4-data", title, columns, rows))
