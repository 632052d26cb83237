"""The second half of part 5: where the growth of the scale comes from, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan.estimates import Estimate
from tuiyan.evidence.pool import has_effort
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import figures_explain as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.attributed import LOG, clauses, refusal, shown, unmoved
from tuiyan.reporting.parts.shared import SCALE, levers_only, source_line
from tuiyan.reporting.words import joined, plain, sentence, sentences
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.analysis.growth import Contributions
    from tuiyan.reporting.study import Study


def growth(study: Study) -> tuple[Block, ...]:
    """Contributions to the growth of the median scale."""
    heading = Heading("growth", both("report.attribution.growth.heading"), 3)
    try:
        found = study.analyses.growth
    except TuiyanError as refused:
        return heading, refusal(refused)
    return heading, Paragraph(growth_text(study, found)), growth_table(study, found), growth_figure(study, found)


def growth_text(study: Study, found: Contributions) -> Text:
    """The largest blocks in all and in each year, and policy."""
    order = sorted(found.since, key=lambda block: -abs(found.since[block][-1].value))
    level = found.level[-1]
    text = sentence(
        "report.attribution.growth.text", first=found.years[0] - 1, last=found.years[-1], total=(LOG, level),
        percent=("percent", Estimate(float(np.expm1(level.value)), level.standard_error)),
        largest=found.label(order[0]), most=(LOG, found.since[order[0]][-1]), second=found.label(order[1]),
        next=(LOG, found.since[order[1]][-1]), years=clauses(_by_year(found)),
    )  # fmt: skip
    return joined([text, policy(study, found.since["policy"][-1])])


def _by_year(found: Contributions) -> Iterator[Text]:
    """The largest block of each year; years in a row that have the same one together."""
    places = range(len(found.years))
    for block, same in groupby(places, key=lambda place: _most(found, place)):
        years = [str(found.years[place]) for place in same]
        when = plain(f"{years[0]}–{years[-1]}") if len(years) > 2 else Text("、".join(years), " and ".join(years))
        yield both("report.attribution.growth.year", block=found.label(block), years=when)


def policy(study: Study, part: Estimate) -> Text:
    """What policy adds to growth, and why that is not the total effect of the scenario."""
    if unmoved(part):
        return both(f"report.attribution.growth.policy.{'zero' if has_effort(study.scenario) else 'none'}")
    if study.other is None or study.other.scenario.parent is not None or not levers_only(study):
        return sentence("report.attribution.growth.policy", policy=(LOG, part))
    whole = study.analyses.attributions("lever")[SCALE].total
    return sentence("report.attribution.growth.policy.smaller", policy=(LOG, part), total=(LOG, whole))


def _most(found: Contributions, place: int) -> str:
    """The block with the largest contribution in one year."""
    return max(found.yearly, key=lambda block: abs(found.yearly[block][place].value))


def growth_table(study: Study, found: Contributions) -> Table:
    """T3: contributions by block and year, and their sum."""
    span = {"first": found.years[0] - 1, "last": found.years[-1]}
    heads = [*map(plain, found.years), both("report.explain.column.since", **span)]
    columns = [Column(both("report.explain.column.block"))]
    for head in heads:
        columns += [Column(head, LOG, plain("%")), Column(both("report.column.se"), "number4", plain("%"))]
    named = {found.label(block): (*found.yearly[block], found.since[block][-1]) for block in found.since}
    named[both("report.explain.sum")] = (*found.growth, found.level[-1])
    # Errors of one column differ by a factor of a hundred: each is shown with its own digits.
    rows = [
        (name, *(cell for each in values for cell in (each, shown(each, "error:percent2"))))
        for name, values in named.items()
    ]
    note = joined([both("report.T3.note"), source_line(study, "money")])
    return Table("T3", both("report.T3.caption", **span), tuple(columns), tuple(rows), note)


def growth_figure(study: Study, found: Contributions) -> Figure:
    """F3: the contributions as stacked bars."""
    values = np.array([[each.value for each in row] for row in found.yearly.values()])
    names = tuple(found.label(block) for block in found.yearly)
    data = figures.Stack(names, found.years, 100 * values, 100 * np.array([each.value for each in found.growth]))

    def paint(figure: Any, lang: str) -> None:
        ax = figures.growth_bars(data, lang=lang, ax=figure.add_subplot())
        ax.set_ylabel(say("report.F3.axis", lang))

    columns = (
        Column(both("report.explain.column.block")),
        *(Column(plain(year), LOG, plain("%")) for year in found.years),
    )
    rows = [(name, *found.yearly[block]) for name, block in zip(names, found.yearly, strict=True)]
    rows.append((both("report.explain.sum"), *found.growth))
    title = both("report.F3.title")
    items = [
        sentence(
            "report.F3.alt.year", year=year, total=(LOG, found.growth[place]),
            block=found.label(_most(found, place)), most=(LOG, found.yearly[_most(found, place)][place]),
        )
        for place, year in enumerate(found.years)
    ]  # fmt: skip
    caption = joined([both("report.F3.note"), source_line(study, "money")])
    alt = both("report.F3.alt", list=sentences(items))
    drawn = style.draw(paint, (8.6, 4.4))
    return Figure("F3", title, alt, caption, drawn, Table("F3-data", title, columns, tuple(rows)))
