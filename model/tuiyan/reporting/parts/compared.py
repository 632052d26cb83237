"""The parts of the page of the notebook `compare`: each turns a comparison into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuiyan.analysis.attribution import Attribution
from tuiyan.analysis.comparison import GoalChange, PairedDifference
from tuiyan.estimates import Estimate
from tuiyan.reporting import figures_notebooks as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Bullets, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.numbers import Number
from tuiyan.reporting.parts import changes as changes_part
from tuiyan.reporting.parts import record
from tuiyan.reporting.parts.errors import scaled
from tuiyan.reporting.parts.shared import SCALE, largest_error, median
from tuiyan.reporting.study import Study
from tuiyan.reporting.words import day, listed, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.policy_schema import Goal
    from tuiyan.reporting.side_by_side import SideBySide

HUNDREDTH = 1e4  # a fraction in units of 0.01 %
# Format, factor and unit of what is attributed.
ATTRIBUTED = {
    "scale.total": ("percent2_change", 1.0, "report.compare.unit.log_percent"),
    "R01": ("probability_change", 1.0, "report.unit.points"),
    "lp.city": ("number2", HUNDREDTH, "report.compare.unit.hundredth"),
}


def answer(view: SideBySide) -> tuple[Block, ...]:
    """Probability of the scale goal under the first scenario, what differs under the others, and how to read it."""
    comparison, first = view.comparison, view.comparison.first
    change, goal = scale_goal(view)
    assert goal.test is not None  # noqa: S101 - `goals` gives those with a number
    year, chance = goal.due, change.probabilities[0]
    start = sentence(
        "report.compare.answer", first=first.scenario.title, year=year, goal=("money", goal.test.value),
        p=("probability", chance), se=("error:probability", chance),
        median=("money", median(first[SCALE][first.index(year)])),
    )  # fmt: skip
    scales = comparison.differences((SCALE,), years=[year])
    items = tuple(_other(view, change, place, gap, year) for place, gap in enumerate(scales, start=1))
    return (
        Heading("answer", both("report.compare.heading")),
        Paragraph(start, "answer"),
        Bullets(items),
        Heading("reading", both("report.compare.reading"), 3),
        Paragraph(both("report.compare.read")),
    )


def scale_goal(view: SideBySide) -> tuple[GoalChange, Goal]:
    """What becomes of the goal on the city's scale, wherever it stands in the register."""
    change = next(each for each in view.comparison.goals() if each.register == GOAL)
    assert change.goal is not None  # noqa: S101 - a goal of the register
    return change, change.goal


def _other(view: SideBySide, change: GoalChange, place: int, gap: PairedDifference, year: int) -> Text:
    """What differs under one scenario, in a sentence."""
    title, chance, gain = title_of(view, place), change.probabilities[place], change.differences[place]
    if gain == Estimate(0.0, 0.0) and gap.mean == Estimate(0.0, 0.0):
        return both("report.compare.answer.same", title=title, year=year)
    return sentence(
        "report.compare.answer.other", title=title, year=year, p=("probability", chance),
        gain=("probability_change", gain), se=("error:probability_change", gain),
        change=("percent1_change", gap.mean),
    )  # fmt: skip


def goals(view: SideBySide) -> tuple[Block, ...]:
    """The figure and the table of probabilities."""
    first = view.comparison.first.scenario.title
    return (
        Heading("goals", both("report.compare.goals.heading")),
        Paragraph(both("report.compare.goals.lead", first=first)),
        chance_figure(view),
        goal_table(view),
    )


def goal_table(view: SideBySide) -> Table:
    """One block of rows a goal, one row in it a scenario."""
    gap = both("report.compare.column.gap", first=view.comparison.first.scenario.title)
    unit = both("report.unit.points")
    columns = (
        Column(both("report.compare.column.scenario")),
        Column(both("report.column.p"), "chance"),
        Column(both("report.column.se"), "error:chance"),
        Column(gap, "probability_change", unit),
        Column(both("report.compare.column.gap_error"), "error:probability_change", unit),
    )
    rows = tuple(row for name, change in _changes(view) for row in _goal_rows(view, name, change))
    note = both("report.compare.goals.note", line=source(view))
    return Table("C1", both("report.compare.goals.caption"), columns, rows, note)


def _changes(view: SideBySide) -> Iterator[tuple[Text, GoalChange]]:
    """Every goal with its name; one with an uncertain definition a second time, tested in that."""
    scoped = {each.register: each for each in view.comparison.goals(scope=True)}
    for change in view.comparison.goals():
        name = _goal_name(view, change)
        yield name, change
        if change.goal and change.goal.test and change.goal.test.scope:
            yield both("report.compare.goals.scope", name=name), scoped[change.register]


def _goal_rows(view: SideBySide, name: Text, change: GoalChange) -> Iterator[tuple[object, ...]]:
    """The rows of one goal."""
    yield name, "", "", "", ""
    by_rule = bool(change.goal and change.goal.test and change.goal.test.item == "rule")
    for place, (chance, gap) in enumerate(zip(change.probabilities, change.differences, strict=True)):
        title = both("report.compare.sub", name=title_of(view, place))
        if by_rule and len(_rules(view)) > 1:
            rule = float(view.comparison.projections[place].rule)
            title = sentence("report.compare.sub.rule", name=title_of(view, place), rule=("money", rule))
        if chance is None:
            yield title, both("report.na"), None, None, None
        elif place == 0:
            yield title, chance, chance, both("report.compare.goals.start"), None
        else:
            yield title, chance, chance, both("report.na") if gap is None else gap, gap


def _rules(view: SideBySide) -> set[str]:
    """Working rules of benchmark firms in the scenarios."""
    return {each.rule for each in view.comparison.projections}


def _goal_name(view: SideBySide, change: GoalChange) -> Text:
    """Register id and short name of a goal."""
    if change.goal is None or change.goal.test is None:
        return both("report.all_goals")
    rule = ("money", float(view.comparison.first.rule))
    name = sentence(f"report.variable.{change.goal.test.variable}", rule=rule)
    return both("report.named_goal", id=change.register, name=name)


def chance_figure(view: SideBySide) -> Figure:
    """The dot plot of the probabilities."""
    data = [figures.Chances(name, change.probabilities) for name, change in _changes(view)]
    known = [(each.scenario.id, each.scenario.title) for each in view.comparison.projections]

    def paint(figure: Any, lang: str) -> None:
        ax = figures.chances(data, known, lang=lang, ax=figure.add_subplot())
        legend(figure, ax)

    shown = (named(view, place, ("probability", p)) for place, p in enumerate(scale_goal(view)[0].probabilities) if p)
    alt = both("report.compare.chance.alt", chances=listed(shown))
    title = both("report.compare.chance.title")
    height = 1.3 + len(data) * max(0.45, 0.17 * len(known))
    caption = both("report.compare.chance.caption", line=source(view))
    return Figure("CF1", title, alt, caption, style.draw(paint, (9.6, height)), _chance_data(view, data, title))


def _chance_data(view: SideBySide, data: Sequence[figures.Chances], title: Text) -> Table:
    titles = [each.scenario.title for each in view.comparison.projections]
    columns = (Column(both("report.column.goal")), *(Column(each, "chance") for each in titles))
    rows = tuple((each.name, *(both("report.na") if p is None else p for p in each.found)) for each in data)
    worst = largest_error([p for each in data for p in each.found if p])
    note = sentence("report.compare.error.note", error=("error:probability", worst))
    return Table("CF1-data", title, columns, rows, note)


def changes(view: SideBySide) -> tuple[Block, ...]:
    """What each scenario changes against the first, with reasons and places."""
    first = view.comparison.first
    lead = both("report.compare.changes.lead", first=first.scenario.title, story=first.scenario.story)
    found: list[Block] = [Heading("changes", both("report.compare.changes.heading")), Paragraph(lead)]
    for each in view.comparison.others:
        scenario = each.scenario
        heading = both("report.compare.changes.of", title=scenario.title, id=scenario.id)
        found += [Heading(f"changes-{scenario.id}", heading, 3), Paragraph(scenario.story)]
        differences = scenario.diff(first.scenario)
        if differences:
            made = changes_part.table(Study(each, first, view.lang), differences)
            found.append(replace(made, id=f"C4-{scenario.id}"))
        else:
            found.append(Paragraph(both("report.changes.none", there=first.scenario.title)))
    return tuple(found)


def attribution(view: SideBySide) -> tuple[Block, ...]:
    """What drove the difference between the first two scenarios."""
    first, second = view.comparison.projections[:2]
    titles = {"first": first.scenario.title, "second": second.scenario.title}
    heading = Heading("attribution", both("report.compare.attribution.heading", **titles))
    if not view.attributions:
        return (heading, Paragraph(both("report.compare.attribution.none")))
    return (heading, Paragraph(both("report.compare.attribution.lead")), attributed(view))


def attributed(view: SideBySide) -> Table:
    """Parts and total of each outcome, each with its simulation error."""
    found = view.attributions
    columns = [Column(both("report.compare.column.part"))]
    for each in found:
        kind, _, unit = ATTRIBUTED[each.outcome.name]
        name = both(f"report.compare.attributed.{each.outcome.name}")
        columns += [Column(name, kind, both(unit)), Column(both("report.column.se"), f"error:{kind}", both(unit))]
    rows: list[tuple[object, ...]] = [
        (part.label, *_cells(found, [each.parts[place].value for each in found]))
        for place, part in enumerate(found[0].parts)
    ]
    rows.append((both("report.compare.attribution.total"), *_cells(found, [each.total for each in found])))
    note = both("report.compare.attribution.note", line=source(view))
    caption = both("report.compare.attribution.caption", year=found[0].outcome.year)
    return Table("C5", caption, tuple(columns), tuple(rows), note)


def _cells(found: Sequence[Attribution], row: Sequence[Estimate]) -> Iterator[Number]:
    """Each number twice: for its own column and for that of its error."""
    for each, estimate in zip(found, row, strict=True):
        number = scaled(estimate, ATTRIBUTED[each.outcome.name][1])
        yield from (number, number)


def record_of(view: SideBySide) -> tuple[Block, ...]:
    """What the page was made from."""
    names = ", ".join(each.scenario.id for each in view.comparison.projections)
    return record.of([(both("report.compare.record.scenarios"), plain(names))], view.comparison.first)


def source(view: SideBySide) -> Text:
    """Whose calculation it is, with scenarios, vintage, draws and seed."""
    comparison = view.comparison
    return sentence(
        "report.compare.source", titles=listed(each.scenario.title for each in comparison.projections),
        as_of=listed(day(each) for each in sorted({each.scenario.as_of for each in comparison.projections})),
        draws=("integer", comparison.first.draws), seed=comparison.first.seed,
    )  # fmt: skip


def title_of(view: SideBySide, place: int) -> Text:
    """Title of a scenario."""
    return view.comparison.projections[place].scenario.title


def named(view: SideBySide, place: int, value: object) -> Text:
    """A scenario with a number behind it, inside a sentence."""
    return sentence("report.compare.named", title=title_of(view, place), value=value)


def legend(figure: Any, ax: Any) -> None:
    """The legend of `ax` under the figure."""
    handles, labels = ax.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(4, len(labels)))
