"""Part 11: what the facts taught, how past forecasts of the city did, and methods on finished series."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tuiyan.evidence import vintages
from tuiyan.evidence.beliefs import Belief
from tuiyan.evidence.scored import cautions
from tuiyan.evidence.showing import triple
from tuiyan.evidence.vintages import Case
from tuiyan.inputs.facts import read_facts
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.revisions import POINTS, latest
from tuiyan.inputs.units import unit_name
from tuiyan.reporting import figures_evidence as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Note, Paragraph, Table
from tuiyan.reporting.parts.attributed import refusal
from tuiyan.reporting.parts.panel import panel
from tuiyan.reporting.parts.shared import source_line
from tuiyan.reporting.words import day, joined, listed, plain, sentence
from tuiyan.wording import LANGUAGES, Text, both, say

if TYPE_CHECKING:
    from datetime import date

    from tuiyan.evidence.learning import Posterior
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.reporting.study import Study

NORMAL_90 = 2 * 1.6448536269514722  # standard deviations between 5 and 95 % of a normal law
FACTOR = {"zh": 1.0, "en": 0.1}


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("evidence", both("report.evidence.heading")),
        *learned(study),
        Heading("vintages", both("report.evidence.city.heading"), 3),
        *city(study),
        *panel(study),
    )


def learned(study: Study) -> tuple[Block, ...]:
    """Prior against posterior, and what that does to the scale goal."""
    try:
        found = study.analyses.posterior
    except TuiyanError as refused:
        return (refusal(refused, "report.evidence.refused"),)
    moved = moved_of(found)
    if not moved:
        return (Paragraph(both("report.evidence.nothing", when=day(study.scenario.as_of))),)
    said = [*facts_of(found), *after(study), unlearned(found)]
    line = source_line(study)
    return (Paragraph(joined(said)), beliefs_table(found, line), beliefs_figure(moved, line))


def moved_of(found: Posterior) -> list[Belief]:
    """The inputs that the facts moved."""
    return [each for each in found.beliefs if each.verdict != "not_learned" or each.closed_form]


def facts_of(found: Posterior) -> list[Text]:
    """Which facts spoke, and how many draws they left."""
    when, title = day(found.scenario.as_of), found.scenario.title
    said = [both("report.evidence.facts", when=when, count=len(found.observations), title=title)]
    if not found.observations:
        return said
    effective = sentence(
        "report.evidence.effective", effective=("integer", found.effective), draws=("integer", found.weights.draws),
        plain=("integer", found.prior_effective),
    )  # fmt: skip
    return [*said, effective, both("report.evidence.moved" if found.rounds else "report.evidence.kept")]


def unlearned(found: Posterior) -> Text:
    """On how many inputs nothing was learned."""
    return both("report.evidence.unlearned", count=len(found.beliefs) - len(moved_of(found)))


def after(study: Study) -> list[Text]:
    """Probability of the scale goal before and after learning, in the same definition and with it uncertain."""
    here, there = study.projection, study.analyses.learned
    if there is None:
        return []
    pairs = [(each.prob(GOAL), each.prob(GOAL, scope=True)) for each in (here, there)]
    cells = {
        "before": ("probability", pairs[0][0]), "after": ("probability", pairs[1][0]),
        "before_scope": ("probability", pairs[0][1]), "after_scope": ("probability", pairs[1][1]),
    }  # fmt: skip
    return [sentence("report.evidence.after", **cells)]


def beliefs_table(found: Posterior, line: Text) -> Table:
    """T8: prior against posterior, input by input; `line` tells whose calculation it is."""

    def cells(each: Belief) -> tuple[object, ...]:
        unit = Text(*(unit_name(each.unit, lang) for lang in LANGUAGES))
        name = both("report.evidence.revised", name=each.label) if each.closed_form else each.label
        verdict = both(f"learn.verdict.{each.verdict}")
        return (
            name, unit, *(plain(triple(three, each).replace("-", "−")) for three in (each.prior, each.posterior)),
            each.spread, each.overlap, verdict,
        )  # fmt: skip

    columns = (
        Column(both("learn.input")), Column(both("learn.unit")), Column(both("learn.prior")),
        Column(both("learn.posterior")), Column(both("learn.sd_ratio"), "number2"),
        Column(both("learn.overlap"), "number2"), Column(both("learn.verdict")),
    )  # fmt: skip
    rows = tuple(cells(each) for each in found.beliefs)
    note = joined([both("report.T8.note"), line])
    return Table("T8", both("report.T8.caption"), columns, rows, note, "wide")


def beliefs_figure(moved: list[Belief], line: Text) -> Figure:
    """F13: intervals before and after of the inputs that moved, on the scale of the prior."""

    def scaled(each: Belief) -> figures.Moved:
        middle, unit = each.prior[1], (each.prior[2] - each.prior[0]) / NORMAL_90
        before, then = (tuple((value - middle) / unit for value in three) for three in (each.prior, each.posterior))
        return figures.Moved(each.label, before, then)  # type: ignore[arg-type]

    data = [scaled(each) for each in moved]

    def paint(canvas: Any, lang: str) -> None:
        figures.moved(data, lang=lang, ax=canvas.subplots())

    columns = (
        Column(both("learn.input")),
        *(Column(both(f"report.evidence.{key}", level=level), "number2")
          for key in ("prior_at", "posterior_at") for level in ("5%", "50%", "95%")),
    )  # fmt: skip
    rows = tuple((each.name, *each.prior, *each.posterior) for each in data)
    title = both("report.F13.title")
    alt = both("report.F13.alt", inputs=listed(each.label for each in moved))
    drawn = style.draw(paint, (8.8, 1.4 + 0.46 * len(data)))
    return Figure("F13", title, alt, line, drawn, Table("F13-data", title, columns, rows))


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
    definitions = Note(both("report.evidence.city.note.title"), joined([*said, both("report.evidence.city.note")]))
    return (Paragraph(lead), definitions, *city_of(study.scenario, found, source_line(study)))


def city_of(scenario: Scenario, found: Sequence[Case], line: Text) -> tuple[Block, ...]:
    """The tables and the figure of forecasts of the city; `line` tells whose calculation they are."""
    bounds = (bounds_table(found, line),) if any(each.bound is not None for each in found) else ()
    return (city_table(found, line), *bounds, city_figure(scenario, found, line))


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
            day(each.origin), plain(each.fact.year), both(f"method.{each.method}"), each.fact.value, *each.quantiles,
            each.error, each.crps, each.pit,
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
    caption = joined([both("report.F14.note"), line])
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
