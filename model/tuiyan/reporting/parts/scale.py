"""Part 2: the city's AI scale with the goal line, and its segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan import estimates
from tuiyan.ledger import required_growth
from tuiyan.reporting import figures, legends, style
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import PART, Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.base import origin_of
from tuiyan.reporting.parts.shared import (
    DEADLINE,
    FIRST,
    SCALE,
    Array,
    at,
    fan_of,
    quantiles,
    segment_names,
    source_line,
)
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

FACTOR = {"zh": 1.0, "en": 0.1}


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("scale", both("report.scale.heading")),
        Paragraph(both("report.scale.lead")),
        city_figure(study),
        city_table(study),
        segment_figure(study),
        segment_table(study),
    )


def goal_value(study: Study) -> float | None:
    """The goal's number for the city's scale, in 亿元."""
    test = study.ledger.row(GOAL).goal.test
    return float(test.value) if test else None


def city_figure(study: Study) -> Figure:
    """The fan of the city, near the deadline and to the horizon."""
    here = fan_of(study.projection, study.projection[SCALE], study.scenario.title)
    there = fan_of(study.other, study.other[SCALE], study.other.scenario.title) if study.other else None
    goal = goal_value(study)
    base = f"report.figure.base.{origin_of(study)}"

    def paint(figure: Any, lang: str) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1, 1.35))
        for ax, until in ((left, DEADLINE), (right, here.years[-1])):
            other = there.until(until) if there else None
            figures.fan(here.until(until), lang=lang, ax=ax, factor=FACTOR[lang], goal=goal, other=other)
            ax.set_ylabel(say("report.figure.money", lang))
        left.set_title(say("report.figure.to_deadline", lang))
        right.set_title(say("report.figure.to_horizon", lang, year=here.years[-1]))
        legends.mark_base(left, FIRST, float(here.quantiles[2, 0]) * FACTOR[lang], say(base, lang))
        figure.legend(*right.get_legend_handles_labels(), loc="outside lower center", ncols=4)

    low, _, middle, _, high = here.quantiles[:, here.years.index(DEADLINE)]
    alt = sentence(
        "report.F2.alt", title=study.scenario.title, low=("money", low), middle=("money", middle), high=("money", high),
        goal=("money", goal),
    )  # fmt: skip
    drawn = style.draw(paint, (9.6, 4.3))
    title = both("report.F2.title")
    return Figure("F2", title, alt, source_line(study, "money"), drawn, fan_table("F2-data", title, here))


def fan_table(id_: str, caption: Text, data: figures.Fan) -> Table:
    """The numbers of a fan."""
    columns = (
        Column(both("report.column.year")),
        *(Column(plain(f"{level:.0%}"), "money", both("report.unit.money")) for level in figures.LEVELS),
    )
    rows = tuple((plain(year), *map(float, row)) for year, row in zip(data.years, data.quantiles.T, strict=True))
    return Table(id_, caption, columns, rows)


def city_table(study: Study) -> Table:
    """T2: the city by year."""
    columns = (Column(both("report.column.year")), *_scale_columns())
    years = [year for year in (2017, 2018, 2019, 2020, 2022, 2025, 2030) if year <= study.scenario.horizon]
    rows = tuple((plain(year), *_scale_cells(study, study.projection[SCALE], year)) for year in years)
    return Table("T2", both("report.T2.caption"), columns, rows, source_line(study, "money"))


def _scale_columns() -> tuple[Column, ...]:
    unit = both("report.unit.money")
    return (
        Column(both("report.column.mean"), "money", unit),
        *(Column(plain(f"{level}%"), "money", unit) for level in (5, 50, 95)),
        Column(both("report.column.cagr"), "percent1", both("report.unit.percent_year")),
    )


def _scale_cells(study: Study, values: Array, year: int) -> tuple[object, ...]:
    """Mean, quantiles and median yearly growth since 2017 of `values` (year, draw)."""
    then = values[study.projection.index(year)]
    growth = quantiles(required_growth(values[0], then, year - FIRST), (0.5,))[0] if year > FIRST else None
    return (estimates.mean(then), *quantiles(then), growth)


def segment_figure(study: Study) -> Figure:
    """Small multiples of the segments."""
    names = segment_names(study)
    fans = [fan_of(study.projection, study.projection[f"scale.{code}"], name) for code, name in names.items()]

    def paint(figure: Any, lang: str) -> None:
        axes = figure.subplots(-(-len(fans) // 3), 3, squeeze=False).ravel()
        figures.small_multiples(fans, lang=lang, axes=list(axes[: len(fans)]), factor=FACTOR[lang])
        for ax in axes[len(fans) :]:
            ax.set_axis_off()
        figure.supylabel(say("report.figure.money", lang), fontsize=9.5)
        legends.legend_of_bands(figure, study.scenario.id, lang)

    unit = both("report.unit.money")
    columns = (
        Column(both("report.column.segment")),
        *(Column(Text(f"2020，{x}", f"2020, {x}"), "money", unit) for x in ("5%", "50%", "95%")),
    )
    place = fans[0].years.index(DEADLINE)
    rows = tuple((each.title, *(float(each.quantiles[k, place]) for k in (0, 2, 4))) for each in fans)
    title = both("report.F2b.title")
    data = Table("F2b-data", title, columns, rows)
    largest = max(fans, key=lambda each: float(each.quantiles[2, place]))
    alt = both("report.F2b.alt", number=len(fans), largest=largest.title)
    return Figure("F2b", title, alt, source_line(study, "money"), style.draw(paint, (9.6, 5.4)), data)


def segment_table(study: Study) -> Table:
    """T2b: segments and the groups of the document's sentence at the deadline, with their shares."""
    workspace = study.scenario.workspace
    segments = workspace.tables.segments
    values = {code: study.projection[f"scale.{code}"] for code in segments.codes}
    total = at(study.projection, SCALE, DEADLINE)
    share = Column(both("report.column.share"), "percent1", plain("%"))
    columns = (Column(both("report.column.segment")), *_scale_columns(), share)
    rows: list[tuple[object, ...]] = []
    for group, named in workspace.table_file.segment_groups.items():
        codes = [code for code, its in zip(segments.codes, segments.group, strict=True) if its == group]
        if not codes:
            continue
        whole = np.sum([values[code] for code in codes], axis=0)
        rows.append((both("report.group", name=Text(named.zh, named.en)), *_cells_with_share(study, whole, total)))
        names = segment_names(study)
        rows.extend((_part(names[code]), *_cells_with_share(study, values[code], total)) for code in codes)
    return Table(
        "T2b",
        both("report.T2b.caption"),
        columns,
        tuple(rows),
        joined([both("report.T2b.note"), source_line(study, "money")]),
    )


def _part(name: Text) -> Text:
    return Text(f"{PART}{name.zh}", f"{PART}{name.en}")


def _cells_with_share(study: Study, values: Array, total: Array) -> tuple[object, ...]:
    then = values[study.projection.index(DEADLINE)]
    return (*_scale_cells(study, values, DEADLINE), estimates.mean(then / total))
