"""The second third of part 11: past forecasts of the city beside the figures published later."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tuiyan.evidence import vintages
from tuiyan.evidence.scored import cautions
from tuiyan.evidence.vintages import Case
from tuiyan.inputs.facts import MONEY, read_facts, visible
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.revisions import POINTS, latest
from tuiyan.reporting import figures_evidence as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Note, Paragraph, Table
from tuiyan.reporting.parts.attributed import refusal
from tuiyan.reporting.parts.shared import FIRST, home_definition, source_line
from tuiyan.reporting.provenance import figure
from tuiyan.reporting.words import day, joined, listed, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.reporting.study import Study

FACTOR = {"zh": 1.0, "en": 0.1}
GROWTH = "sh_ai_growth_2018_2020_avg"  # official growth of above-size firms, on samples that were not constant
SPAN = (2018, 2020)


def city(study: Study) -> tuple[Block, ...]:
    """The city's vintages as far as the report may see them."""
    try:
        found = study.analyses.vintages
    except TuiyanError as refused:
        return (refusal(refused, "report.evidence.refused"),)
    if not found:
        return (Paragraph(both("report.evidence.city.nothing", when=day(study.scenario.as_of))),)
    lead = both("report.evidence.city.lead", origins=len({each.origin for each in found}), title=study.scenario.title)
    said = cautions(study.scenario.workspace, [each.fact for each in found], study.scenario.as_of)
    about = joined([*said, *scored_by(study, found)])
    return (
        Paragraph(lead),
        Note(both("report.evidence.city.note.title"), about),
        *city_of(study.scenario, found, source_line(study)),
    )


def scored_by(study: Study, found: Sequence[Case]) -> list[Text]:
    """The definitions that the figures to score are in, and what was published in that of the base and cannot score."""
    scenario = study.scenario
    said = [both("report.evidence.city.note", definitions=definitions_of(scenario, found))]
    unused = [
        sentence("report.evidence.bound_of", year=fact.year, value=("money", fact.value), sign=fact.qualifier)
        for fact in visible(read_facts(scenario.workspace), scenario.as_of)
        if (fact.definition, fact.unit) == (scenario.home_definition, MONEY) and fact.year > FIRST and not fact.in_fit
    ]
    if unused:
        home = home_definition(study)
        said.append(both("report.evidence.city.unused", home=home, first=FIRST, values=listed(dict.fromkeys(unused))))
    return said


def definitions_of(scenario: Scenario, found: Sequence[Case]) -> Text:
    """The definitions that figures are counted in, by name."""
    labels = scenario.workspace.definition_file.definitions
    return listed(labels[id_].label for id_ in dict.fromkeys(each.fact.definition for each in found))


def city_of(scenario: Scenario, found: Sequence[Case], line: Text) -> tuple[Block, ...]:
    """The tables and the figure of forecasts of the city; `line` tells whose calculation they are."""
    rows = vintages.fresh(found)
    said = [*split_of(scenario, found), *([both("report.evidence.city.unchanged")] if len(rows) < len(found) else [])]
    text = (Paragraph(joined(said)),) if said else ()
    bounds = (bounds_table(rows, line),) if any(each.bound is not None for each in rows) else ()
    return (*text, city_table(rows, line), *bounds, city_figure(scenario, found, line))


def split_of(scenario: Scenario, found: Sequence[Case]) -> list[Text]:
    """How much of a miss is there from the first year, and how the growth compares with the official one."""
    growth = [fact for fact in visible(read_facts(scenario.workspace), scenario.as_of) if fact.series == GROWTH]
    pairs = [
        {each.fact.year: each for each in found if (each.origin, each.method) == (origin, "model")}
        for origin in dict.fromkeys(each.origin for each in found)
    ]
    both_years = [pair for pair in pairs if pair.keys() >= set(SPAN)]
    if not (growth and both_years):
        return []
    first, last = (both_years[-1][year] for year in SPAN)
    model = (last.quantiles[1] / first.quantiles[1]) ** (1 / (SPAN[1] - SPAN[0])) - 1
    missed = {"early": ("number2", first.error), "late": ("number2", last.error)}
    span = {"first": SPAN[0], "last": SPAN[1]}
    grown = {"model": ("percent1", model), "official": ("percent1", latest(growth)[-1].value / 100)}
    return [
        sentence(f"report.evidence.city.miss{_when(first, last)}", origin=day(first.origin), **missed, **span),
        sentence("report.evidence.city.growth", **grown, **span),
    ]


def _when(first: Case, last: Case) -> str:
    """Whether most of a miss is there in the first year: both figures above, the first by more than half the last."""
    if first.error is None or last.error is None:
        return ""
    return ".early" if 0 < last.error / 2 < first.error else ""


def city_table(found: Sequence[Case], line: Text) -> Table:
    """T10: each figure that is a number, from each origin."""
    unit = both("report.unit.money")
    columns = (
        Column(both("scores.origin")), Column(both("scores.year")), Column(both("scores.method")),
        Column(both("scores.published"), "money", unit),
        *(Column(both("report.evidence.forecast_at", level=level), "money", unit) for level in ("5%", "50%", "95%")),
        Column(both("scores.log_error"), "number2"), Column(both("scores.crps"), "number2"),
        Column(both("scores.pit"), "number2"),
    )  # fmt: skip
    rows = tuple(
        (
            day(each.origin), figure(each.fact, plain(each.fact.year)), both(f"method.{each.method}"),
            each.fact.value, *each.quantiles, each.error, each.crps, each.pit,
        )
        for each in found
        if each.bound is None
    )  # fmt: skip
    note = joined([both("report.T10.note"), line])
    return Table("T10", both("report.T10.caption"), columns, rows, note, "wide")


def bounds_table(found: Sequence[Case], line: Text) -> Table:
    """T10c: what probability each lower bound had, from each origin."""
    facts = list({each.fact.year: each.fact for each in found if each.bound is not None}.values())
    given = {(each.origin, each.method, each.fact.year): each.bound for each in found}
    pairs = dict.fromkeys((each.origin, each.method) for each in found)
    columns = [Column(both("scores.origin")), Column(both("scores.method"))]
    for fact in facts:
        told = sentence("report.evidence.bound_of", year=fact.year, value=("money", fact.value), sign=fact.qualifier)
        columns.append(Column(told, "number2"))
    rows = tuple(
        (day(origin), both(f"method.{method}"), *(given.get((origin, method, fact.year)) for fact in facts))
        for origin, method in pairs
    )
    return Table("T10c", both("report.T10c.caption"), tuple(columns), rows, line)


def city_figure(scenario: Scenario, found: Sequence[Case], line: Text) -> Figure:
    """F14: one panel an origin, with what was known and what came."""
    origins = [_origin(scenario, origin, found) for origin in dict.fromkeys(each.origin for each in found)]
    across = 2 if len(origins) > 1 else 1
    down = math.ceil(len(origins) / across)

    def paint(canvas: Any, lang: str) -> None:
        every = canvas.subplots(down, across, sharex=True, sharey=True, squeeze=False).ravel()
        for ax, data in zip(every, origins, strict=False):
            figures.vintage(data, lang=lang, factor=FACTOR[lang], ax=ax)
        every[0].set_ylim(bottom=0)  # shared, once everything is drawn
        for ax in every[len(origins) :]:
            ax.set_visible(False)
        known = {label: line for ax in every for line, label in zip(*ax.get_legend_handles_labels(), strict=True)}
        canvas.legend(known.values(), known.keys(), loc="outside lower center", ncols=3)
        canvas.supylabel(say("report.figure.money", lang), fontsize=9.5)

    unit = both("report.unit.money")
    columns = (
        Column(both("scores.origin")), Column(both("scores.method")), Column(both("scores.year")),
        *(Column(plain(level), "money", unit) for level in ("5%", "50%", "95%")),
    )  # fmt: skip
    rows = tuple(
        (plain(each.origin), both(f"method.{each.method}"), plain(each.fact.year), *each.quantiles) for each in found
    )
    title = both("report.F14.title")
    missed = [each for each in found if each.error is not None]
    above = sum(each.error > 0 for each in missed if each.error is not None)
    alt = both("report.F14.alt", origins=len(origins), above=above, all=len(missed))
    caption = joined([both("report.F14.note", definitions=definitions_of(scenario, found)), line])
    drawn = style.draw(paint, (9.2, 1.2 + 2.7 * down))
    return Figure("F14", title, alt, caption, drawn, Table("F14-data", title, columns, rows))


def _origin(scenario: Scenario, origin: date, found: Sequence[Case]) -> figures.Origin:
    """One panel: the figures of the definitions that are scored, known then or later, and the forecasts."""
    mine = [each for each in found if each.origin == origin]
    definitions = {each.fact.definition for each in mine}
    earlier = latest(
        fact
        for fact in read_facts(scenario.workspace)
        if fact.in_fit and fact.definition in definitions and fact.published <= origin
    )
    facts = {each.fact.year: each.fact for each in mine}.values()
    return figures.Origin(
        title=both("report.evidence.origin", when=day(origin)),
        known=tuple((fact.year, fact.value) for fact in earlier),
        later=tuple((fact.year, fact.value) for fact in facts if fact.qualifier in POINTS),
        bounds=tuple((fact.year, fact.value) for fact in facts if fact.qualifier not in POINTS),
        forecasts={
            method: tuple(
                figures.Interval(each.fact.year, *each.quantiles) for each in mine if each.method == method
            )
            for method in vintages.METHODS
            if any(each.method == method for each in mine)
        },
    )  # fmt: skip
