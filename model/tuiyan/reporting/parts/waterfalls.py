"""Figures of part 5: from one scenario to the other by integration and by lever, and each lever on each outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan.analysis.outcomes import ALL
from tuiyan.estimates import Estimate
from tuiyan.ledger import applies
from tuiyan.reporting import figures_explain as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL, PRODUCTIVITY
from tuiyan.reporting.blocks import Column, Figure, Table
from tuiyan.reporting.parts.attributed import BY, CHANCE, LOG, POINTS, clear, name_of, shown, summed, top, unmoved
from tuiyan.reporting.parts.shared import SCALE, largest_error, source_line
from tuiyan.reporting.words import joined, listed, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.analysis.attribution import Attribution
    from tuiyan.reporting.study import Study

FIRMS = "R06"  # a count that more entry at the same sales makes smaller


def waterfall(study: Study) -> Figure:
    """From the other scenario's probability to this one's, by integration and by lever; or of the scale."""
    assert study.other is not None  # noqa: S101 - the caller looked
    name = GOAL if clear(study.analyses.attributions("lever")[GOAL].total) else SCALE
    found = {by: study.analyses.attributions(by)[name] for by in BY}
    data = [steps(study, by, each) for by, each in found.items()]
    suffix = "" if name == GOAL else ".scale"
    there = study.other.scenario.title

    def paint(figure: Any, lang: str) -> None:
        span = figures.reach(data)
        for ax, each in zip(figure.subplots(1, 2), data, strict=True):
            figures.waterfall(each, lang=lang, ax=ax, span=span)
            ax.set_xlabel(say(f"report.F5.axis{suffix}", lang, goal=GOAL, there=there[lang]))
        figures.legend_of_waterfall(figure, data, lang)

    whole = found["lever"]
    most = largest_error([part.value for each in found.values() for part in each.parts])
    title = both(f"report.F5.title{suffix}", goal=GOAL, here=study.scenario.title, there=there, year=whole.outcome.year)
    note = sentence(
        f"report.F5.note{suffix}", error=("error:points2", whole.total), most=("error:points2", Estimate(0.0, most))
    )
    ends = {"before": data[0].start.shown, "after": data[0].end.shown}
    best = [(name_of(study, by, top(each)), top(each).value) for by, each in found.items()]
    kind = "probability_change" if name == GOAL else LOG
    alt = sentence(
        "report.F5.alt", integration=best[0][0], first=(kind, best[0][1]), lever=best[1][0], second=(kind, best[1][1]),
        **ends,
    )  # fmt: skip
    drawn = style.draw(paint, (9.8, max(3.7, 1.5 + 0.36 * max(len(each.steps) + 2 for each in data))))
    return Figure("F5", title, alt, joined([note, source_line(study, "money")]), drawn, _step_table(title, found, data))


def steps(study: Study, by: str, found: Attribution) -> figures.Waterfall:
    """A waterfall of one attribution: of a probability in its own unit, of the scale from nothing, in per cent."""
    assert study.other is not None  # noqa: S101 - the caller looked
    chance = found.outcome.kind == "probability"
    factor, kind = (1.0, "probability_change") if chance else (100.0, LOG)
    parts = tuple(
        figures.Step(
            name_of(study, by, part), factor * part.value.value, _scaled(part.net, factor), shown(part.value, kind)
        )
        for part in found.parts
    )
    first, last = (found.before, found.after) if chance else (Estimate(0.0, 0.0), found.total)
    ends = [
        figures.End(
            each.scenario.title, factor * level.value, shown(level, "chance" if chance else LOG), each.scenario.id
        )
        for each, level in ((study.other, first), (study.projection, last))
    ]
    return figures.Waterfall(both(f"report.explain.by.{by}"), ends[0], parts, ends[1])


def _scaled(found: Estimate | None, factor: float) -> float | None:
    return None if found is None else factor * found.value


def _step_table(title: Text, found: dict[str, Attribution], data: Sequence[figures.Waterfall]) -> Table:
    """The numbers of the waterfalls."""
    chance = found["lever"].outcome.kind == "probability"
    kind = CHANCE if chance else LOG
    unit = both("report.unit.points") if chance else plain("%")
    names = ("effect", "se", "net")
    columns = (
        Column(both("report.explain.column.part")),
        Column(both("report.explain.column.effect"), kind, unit),
        Column(both("report.column.se"), f"error:{kind}", unit),
        Column(both(f"report.explain.column.{names[2]}"), kind, unit),
    )
    rows = [
        (step.name, part.value, part.value, part.net)
        for by, each in zip(BY, data, strict=True)
        for step, part in zip(each.steps, found[by].parts, strict=True)
    ]
    return Table("F5-data", title, columns, tuple(rows))


def heat_map(study: Study) -> Figure:
    """What each lever does to each outcome, as numbers in shaded cells."""
    found = study.analyses.attributions("lever")
    whole = [found[name] for name in found if name not in (SCALE, PRODUCTIVITY)] + [found[SCALE], found[PRODUCTIVITY]]
    heads = [outcome_column(each) for each in whole]
    names = (*(name_of(study, "lever", part) for part in found[SCALE].parts), both("report.explain.sum"))
    effects = [[each.parts[place].value for each in whole] for place in range(len(names) - 1)]
    rows = [*effects, [summed(each) for each in whole]]
    sizes = np.array([[each.value for each in row] for row in effects])
    most = np.abs(sizes).max(axis=0)
    shade = np.vstack([0.85 * sizes / np.where(most > 0, most, 1.0), np.zeros(len(heads))])
    printed = tuple(tuple(_cell(each, head) for each, head in zip(row, heads, strict=True)) for row in rows)
    over = tuple(Text(f"{head.title.zh}\n{_unit(head).zh}", f"{head.title.en}\n{_unit(head).en}") for head in heads)
    data = figures.Cells(names, over, shade, printed, total=True)

    def paint(figure: Any, lang: str) -> None:
        figures.cells(data, lang=lang, ax=figure.add_subplot())

    best = top(found[SCALE])
    alt = sentence("report.F5b.alt", lever=name_of(study, "lever", best), value=(LOG, best.value))
    title = both("report.F5b.title", year=found[SCALE].outcome.year)
    cells = tuple((name, *row) for name, row in zip(names, rows, strict=True))
    table_ = Table("F5b-data", title, (Column(both("report.explain.column.lever")), *heads), cells)
    drawn = style.draw(paint, (9.6, 0.9 + 0.36 * len(rows)))
    return Figure("F5b", title, alt, heat_note(study, found), drawn, table_)


def outcome_column(found: Attribution) -> Column:
    """The head of an outcome: short name, number format, unit."""
    points = both("report.unit.points")
    if found.outcome.kind == "probability":
        name = both("report.explain.outcome.all") if found.outcome.name == ALL else plain(found.outcome.name)
        return Column(name, "probability_change", points)
    if found.outcome.name == SCALE:
        return Column(both("report.explain.outcome.scale"), LOG, plain("%"))
    return Column(both("report.explain.outcome.lp"), POINTS, points)


def _unit(head: Column) -> Text:
    return head.unit or plain("")


def _cell(found: Estimate, head: Column) -> Text:
    """A number of the heat map; a bare 0 where no draw changes."""
    return plain("0") if unmoved(found) else shown(found, head.format)


def heat_note(study: Study, found: dict[str, Attribution]) -> Text:
    """How to read the heat map, what holds by definition, and which sign may surprise."""
    goals_ = [each for each in found.values() if each.outcome.kind == "probability"]
    groups = {"chance": goals_, "scale": [found[SCALE]], "lp": [found[PRODUCTIVITY]]}
    errors = {
        name: ("error:points2", Estimate(0.0, largest_error([part.value for each in group for part in each.parts])))
        for name, group in groups.items()
    }
    notes = [sentence("report.F5b.note", **errors), *pipelines(study)]
    firms = found.get(FIRMS)
    if firms and any(
        a.value.value < -2 * a.value.standard_error and b.value.value > 0
        for a, b in zip(firms.parts, found[SCALE].parts, strict=True)
    ):
        notes.append(both("report.attribution.dilution"))
    return joined([*notes, source_line(study)])


def pipelines(study: Study) -> list[Text]:
    """Goals that only the policy defines, where one of the two scenarios has none of it."""
    assert study.other is not None  # noqa: S101 - the caller looked
    goals_ = {id_: goal for id_, goal in study.scenario.workspace.goals.items() if goal.counted and goal.needs_policy}
    without = [
        each.scenario.title
        for each in (study.other, study.projection)
        if not all(applies(each, goal) for goal in goals_.values())
    ]
    if len(without) != 1:
        return []
    return [both("report.attribution.pipelines", without=without[0], goals=listed(goals_))]
