"""Part 9: in which futures each counted goal is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuiyan.analysis.boxes import MOST
from tuiyan.analysis.peeling import THRESHOLD
from tuiyan.analysis.rules import Rules, chance_text
from tuiyan.analysis.sensitivity import input_label
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import figures_decide as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Bullets, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.goals import name_of
from tuiyan.reporting.parts.shared import source_line
from tuiyan.reporting.provenance import assumption, goal
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

PERCENT = plain("%")
NAMED = 3  # inputs of the tree that the text names


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    lead = sentence("report.discovery.lead", most=MOST, threshold=("percent", THRESHOLD))
    return (
        Heading("discovery", both("report.discovery.heading")),
        Paragraph(lead),
        Bullets(tuple(findings(study))),
        *scale(study),
        *summary(study),
        *limits(study),
    )


def findings(study: Study) -> list[Text]:
    """One sentence a counted goal: the finding, or why there is none."""
    return [
        both("report.discovery.goal", name=_named(study, id_), sentence=said(rules))
        for id_, rules in study.analyses.rules.items()
    ]


def said(rules: Rules | TuiyanError) -> Text:
    """The sentence of a finding, or the message of a refusal."""
    if isinstance(rules, Rules):
        return rules.sentence
    return joined(each.message for each in rules.findings)


def _named(study: Study, id_: str) -> Text:
    return both("report.named_goal", id=id_, name=name_of(study, study.ledger.row(id_)))


def found(study: Study) -> dict[str, Rules]:
    """The goals of which there is something to say."""
    return {id_: rules for id_, rules in study.analyses.rules.items() if isinstance(rules, Rules)}


def scale(study: Study) -> tuple[Block, ...]:
    """The peeling of the scale goal, and what a tree says of it."""
    rules = study.analyses.rules[GOAL]
    if isinstance(rules, TuiyanError):  # its message stands in the list
        return ()
    drawn = (figure(study, rules),) if len(rules.trajectory) > 1 else ()
    return *drawn, Paragraph(tree(study, rules))


def figure(study: Study, rules: Rules) -> Figure:
    """F17: coverage against density along the peeling."""
    path = tuple(figures.Spot(step.coverage, step.density, step.restricted) for step in rules.trajectory)
    chosen = figures.Spot(rules.coverage.value, rules.density.value, len(rules.restrictions))
    data = figures.TradeOff(path, chosen, rules.threshold)

    def paint(canvas: Any, lang: str) -> None:
        ax = figures.trade_off(data, lang=lang, ax=canvas.add_subplot())
        canvas.legend(*ax.get_legend_handles_labels(), loc="outside right center")

    columns = (
        Column(both("report.decide.limited")),
        *(Column(both(f"report.decide.{key}"), "percent1", PERCENT) for key in ("coverage", "density", "mass")),
    )
    rows = tuple((plain(step.restricted), step.coverage, step.density, step.mass) for step in rules.trajectory)
    last = (both("report.F17.chosen"), rules.coverage, rules.density, rules.mass)
    title = both("report.F17.title")
    alt = sentence(
        "report.F17.alt", base=("percent", rules.base_rate), density=("percent", rules.density),
        coverage=("percent", rules.coverage),
    )  # fmt: skip
    note = both("report.F17.note" if rules.reached else "report.F17.note.short")
    table = Table("F17-data", title, columns, (*rows, last))
    return Figure("F17", title, alt, joined([note, source_line(study)]), style.draw(paint, (8.6, 4.0)), table)


def tree(study: Study, rules: Rules) -> Text:
    """What the classification tree says, and whether it starts from the same input."""
    if not rules.check.inputs:
        return both("report.discovery.tree.none")
    names = [input_label(study.scenario, id_) for id_ in rules.check.inputs]
    first = sentence("report.discovery.tree", inputs=_quoted(names), agreement=("percent", rules.check.agreement))
    boxed = [each.id for each in rules.restrictions]
    if not boxed:
        return first
    if rules.check.inputs[0] in boxed:
        return joined([first, both("report.discovery.tree.same", input=names[0])])
    return joined([first, both("report.discovery.tree.differs")])


def _quoted(names: list[Text]) -> Text:
    """Names in quotes; Chinese puts nothing between quoted names."""
    shown = names[:NAMED]
    quoted = Text("".join(f"“{each.zh}”" for each in shown), ", ".join(f'"{each.en}"' for each in shown))
    return both("report.discovery.tree.more", inputs=quoted, number=len(names)) if len(names) > NAMED else quoted


def summary(study: Study) -> tuple[Table, ...]:
    """T17: base rate, density, coverage and mass of each goal's box."""
    if not found(study):
        return ()
    columns = [Column(both("report.column.goal"))]
    for key in ("base_rate", "density", "coverage"):
        columns += [
            Column(both(f"report.decide.{key}"), "percent1", PERCENT),
            Column(both("report.column.se"), "error:percent1", both("report.unit.points")),
        ]
    columns += [
        Column(both("report.decide.mass"), "percent1", PERCENT),
        Column(both("report.decide.dense", level=f"{THRESHOLD:.0%}")),
        Column(both("report.decide.agreement"), "percent", PERCENT),
    ]
    rows = tuple((goal(id_, _named(study, id_)), *_box(rules)) for id_, rules in found(study).items())
    note = joined([both("report.T17.note"), source_line(study)])
    return (Table("T17", both("report.T17.caption"), tuple(columns), rows, note, "wide"),)


def _box(rules: Rules) -> tuple[object, ...]:
    """Base rate, density and coverage with their errors, mass, whether dense enough, and what the tree says of it."""
    reached = both(f"report.discovery.{'yes' if rules.reached else 'no'}")
    if not rules.restrictions:
        return rules.base_rate, rules.base_rate, *[None] * 5, reached, None
    pairs = (cell for each in (rules.base_rate, rules.density, rules.coverage) for cell in (each, each))
    return *pairs, rules.mass, reached, rules.check.agreement


def limits(study: Study) -> tuple[Table, ...]:
    """T17b: the limits of each goal's box."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.decide.input")),
        Column(both("report.decide.limits")),
        Column(both("report.decide.prior"), "percent", PERCENT),
        Column(both("report.decide.p_value")),
    )
    rows = tuple(
        (
            goal(id_, _named(study, id_)),
            assumption(study.scenario, each.id, each.label),
            each.limits,
            each.prior_share,
            plain(chance_text(each.p_value)),
        )
        for id_, rules in found(study).items()
        for each in rules.restrictions
    )
    if not rows:
        return ()
    note = both("report.T17b.note")
    return (Table("T17b", both("report.T17b.caption"), columns, rows, note, "wide"),)
