"""Part 11: what the facts taught, how past forecasts of the city did, and methods on finished series."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan.evidence import vintages
from tuiyan.evidence.beliefs import Belief
from tuiyan.evidence.showing import triple
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.units import unit_name
from tuiyan.reporting import figures_evidence as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.attributed import refusal
from tuiyan.reporting.parts.city import city
from tuiyan.reporting.parts.panel import panel
from tuiyan.reporting.parts.shared import DEADLINE, SCALE, at, quantiles, source_line
from tuiyan.reporting.provenance import assumption, definition, figure
from tuiyan.reporting.words import day, joined, listed, plain, sentence
from tuiyan.wording import LANGUAGES, Text, both

if TYPE_CHECKING:
    from tuiyan.evidence.learning import Posterior
    from tuiyan.reporting.study import Study

NORMAL_90 = 2 * 1.6448536269514722  # standard deviations between 5 and 95 % of a normal law
FAR = 1.5  # standard deviations of the prior beyond which data contradict it


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
    fit = fit_of(study) if study.analyses.learned else ()
    return (Paragraph(joined(said)), *fit, beliefs_table(found, line), beliefs_figure(moved, line))


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
    said += [effective, both("report.evidence.moved" if found.rounds else "report.evidence.kept")]
    return [*said, *conflicts(found), *samples(found)]


def conflicts(found: Posterior) -> Iterator[Text]:
    """Scope factors that the figures moved far from where they were believed."""
    for each in found.beliefs:
        if each.id.startswith("scope.") and abs(each.shift) >= FAR:
            middle = each.posterior[1]
            told = {"value": ("number2", middle), "times": ("number2", math.exp(middle))}
            yield sentence("report.evidence.conflict", name=each.label, shift=("number1", each.shift), **told)


def samples(found: Posterior) -> Iterator[Text]:
    """Definitions whose levels give no growth, and yet weigh the draws."""
    definitions = found.scenario.workspace.definition_file.definitions
    for id_ in dict.fromkeys(each.fact.definition for each in found.observations):
        if definitions[id_].no_growth:
            yield both("report.evidence.sample", definition=definitions[id_].label)


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


def fit_of(study: Study) -> tuple[Block, ...]:
    """T8b and T8c: the scale before and after learning, and the figures beside what was learned from them."""
    here, there, line = study.projection, study.analyses.learned, source_line(study, "money")
    assert there is not None  # noqa: S101 - asked only where facts spoke
    unit = both("report.unit.money")
    levels = ("5%", "50%", "95%")
    head = (Column(both("scores.year")), *(
        Column(both(f"report.evidence.{key}", level=level), "money", unit) for key in ("prior_at", "posterior_at")
        for level in levels
    ))  # fmt: skip
    years = [year for year in (DEADLINE, 2025) if year in here.years]
    rows = tuple(
        (plain(year), *(each for run in (here, there) for each in quantiles(at(run, SCALE, year)))) for year in years
    )
    fitted = (
        Column(both("scores.year")), Column(both("learn.definition")), Column(both("report.evidence.told")),
        Column(both("scores.published"), "money", unit),
        *(Column(both("report.evidence.posterior_at", level=level), "money", unit) for level in levels),
    )  # fmt: skip
    names = study.scenario.workspace.definition_file.definitions
    found = [each.fact for each in study.analyses.posterior.observations]
    fits = tuple(
        (
            figure(fact, plain(fact.year)), definition(fact.definition, names[fact.definition].label),
            plain(fact.qualifier), fact.value,
            *quantiles(np.exp(vintages.published(there, fact))),
        )
        for fact in found
    )  # fmt: skip
    return (
        Table("T8b", both("report.T8b.caption"), head, rows, line),
        Table("T8c", both("report.T8c.caption"), fitted, fits, joined([both("report.T8c.note"), source_line(study)])),
    )


def beliefs_table(found: Posterior, line: Text) -> Table:
    """T8: prior against posterior, input by input; `line` tells whose calculation it is."""

    def cells(each: Belief) -> tuple[object, ...]:
        unit = Text(*(unit_name(each.unit, lang) for lang in LANGUAGES))
        name = both("report.evidence.revised", name=each.label) if each.closed_form else each.label
        verdict = both(f"learn.verdict.{each.verdict}")
        return (
            assumption(found.scenario, each.id, name), unit,
            *(plain(triple(three, each).replace("-", "−")) for three in (each.prior, each.posterior)),
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
