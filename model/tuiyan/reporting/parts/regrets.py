"""The second half of part 10: regret of the packages over the states of the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan.analysis.choice import POLICY, Regret
from tuiyan.estimates import Estimate
from tuiyan.inputs.loading import ROOT, load
from tuiyan.reporting import figures_decide as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL, SCALE
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.shared import largest_error, source_line
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.reporting.study import Study

STARTS, DELAY = "application_demand", "policy.delay"
UNITS = {GOAL: "report.unit.points", SCALE: "report.decide.unit.log100"}


def blocks(study: Study) -> tuple[Block, ...]:
    """The section's blocks."""
    found = study.analyses.regrets
    goal = found[GOAL]
    names = states(study, goal)
    lead = both("report.regret.lead", packages=len(goal.packages), states=len(goal.states))
    return (
        Heading("regret", both("report.regret.heading"), 3),
        Paragraph(joined([lead, *choice(found, names)])),
        figure(study, found, names),
        by_chance(study, goal, names),
        by_scale(study, found[SCALE], names),
        costs(study, goal),
    )


def states(study: Study, found: Regret) -> tuple[Text, ...]:
    """Names of the states; one with nothing but the values of the register is called so."""
    scenario = study.scenario
    root = _laws(load(ROOT, as_of=scenario.as_of, workspace=scenario.workspace.root))
    names = []
    for id_, title in zip(found.states, found.state_titles, strict=True):
        its = scenario if id_ == scenario.id else load(id_, as_of=scenario.as_of, workspace=scenario.workspace.root)
        names.append(both("report.regret.central") if _laws(its) == root else title)
    return tuple(names)


def _laws(scenario: Scenario) -> dict[str, object]:
    """The laws of a scenario but those of the policy."""
    return {id_: law for id_, law in scenario.laws.items() if not id_.startswith(POLICY)}


def size(value: float, of: str) -> tuple[str, float]:
    """A regret in a sentence: points of probability, or per cent of the scale."""
    return ("points1" if of == GOAL else "percent1", value)


def choice(found: Mapping[str, Regret], names: tuple[Text, ...]) -> list[Text]:
    """The choice by minimax regret, and why it says little of what is worth its cost."""
    goal, scale = found[GOAL], found[SCALE]
    order = sorted(range(len(goal.packages)), key=lambda row: goal.largest[row])
    best, second = order[0], order[1] if len(order) > 1 else None
    named = {"package": goal.titles[best]}
    if goal.largest[best] == 0:
        said = [both("report.regret.choice.none", **named)]
    else:
        worst = int(np.argmax([each.value for each in goal.regret[best]]))
        lost = size(goal.largest[best], GOAL)
        said = [sentence("report.regret.choice", **named, state=names[worst], size=lost)]
    same = goal.chosen == scale.chosen
    there = scale.titles[scale.chosen]
    said.append(both("report.regret.same") if same else both("report.regret.other", package=there))
    said.append(_caveat(goal, best))
    if second is not None and (cost := goal.cost[second]) is not None:
        lost = size(goal.largest[second], GOAL)
        said.append(sentence("report.regret.second", package=goal.titles[second], size=lost, cost=("number1", cost)))
    return said


def _caveat(goal: Regret, row: int) -> Text:
    """That costs do not enter: what the chosen package costs, and the dearest of the list."""
    cost = goal.cost[row]
    if cost is None:
        return both("report.regret.caveat.path")
    most = max(each for each in goal.cost if each is not None)
    key = "report.regret.caveat.dearest" if cost == most else "report.regret.caveat"
    return sentence(key, package=goal.titles[row], cost=("number1", cost), most=("number1", most))


def figure(study: Study, found: Mapping[str, Regret], names: tuple[Text, ...]) -> Figure:
    """F18: the regrets on the probability and on the log scale as two heat maps."""
    maps = [
        figures.Heat(
            both(f"report.F18.{key}"), each.titles, names,
            100 * np.array([[cell.value for cell in row] for row in each.regret]), each.chosen,
        )
        for key, each in (("goal", found[GOAL]), ("scale", found[SCALE]))
    ]  # fmt: skip

    def paint(canvas: Any, lang: str) -> None:
        axes = canvas.subplots(1, 2, sharey=True)
        for ax, each in zip(axes, maps, strict=True):
            figures.heat(each, lang=lang, ax=ax)

    title, goal = both("report.F18.title"), found[GOAL]
    row = int(np.argmax(goal.largest))
    worst = int(np.argmax([each.value for each in goal.regret[row]]))
    alt = sentence(
        "report.F18.alt", package=goal.titles[row], state=names[worst],
        size=size(goal.largest[row], GOAL), chosen=goal.titles[maps[0].chosen],
    )  # fmt: skip
    caption = joined([both("report.F18.note"), source_line(study)])
    drawn = style.draw(paint, (9.6, 1.6 + 0.42 * len(goal.packages)))
    return Figure("F18", title, alt, caption, drawn, _data(title, found, names))


def _data(title: Text, found: Mapping[str, Regret], names: tuple[Text, ...]) -> Table:
    """Payoff and regret of every package in every state, with their errors."""
    points, logs = both(UNITS[GOAL]), both(UNITS[SCALE])
    columns = (
        Column(both("report.decide.package")),
        Column(both("report.decide.future")),
        Column(both("report.decide.payoff"), "chance"),
        Column(both("report.column.se"), "error:probability"),
        Column(both("report.decide.regret_goal"), "points1", points),
        Column(both("report.column.se"), "error:points1", points),
        Column(both("report.decide.regret_scale"), "points2", logs),
        Column(both("report.column.se"), "error:points2", logs),
    )
    goal, scale = found[GOAL], found[SCALE]
    rows = []
    for row, package in enumerate(goal.titles):
        for column, state in enumerate(names):
            cells = (each[row][column] for each in (goal.payoff, goal.regret, scale.regret))
            rows.append((package, state, *(cell for each in cells for cell in (each, each))))
    return Table("F18-data", title, columns, tuple(rows))


def _regret_columns(found: Regret, names: tuple[Text, ...], kind: str) -> list[Column]:
    """Package, a column for each state, and what they come to."""
    unit = both(UNITS[GOAL if found.outcome == GOAL else SCALE])
    return [
        Column(both("report.decide.package")),
        *(Column(name, kind, unit) for name in names),
        *(Column(both(f"report.decide.{key}"), kind, unit) for key in ("largest_regret", "average_regret")),
    ]


def _regret_cells(found: Regret, row: int) -> tuple[object, ...]:
    """The cells of one package."""
    return (found.titles[row], *found.regret[row], found.largest[row], found.average[row])


def _error(found: Regret) -> Estimate:
    """The largest simulation error of the regrets."""
    return Estimate(0.0, largest_error([cell for row in found.regret for cell in row]))


def by_chance(study: Study, found: Regret, names: tuple[Text, ...]) -> Table:
    """T18: regret on the probability; a worst tenth of zeros and ones would only be ten times the mean."""
    rows = tuple(_regret_cells(found, row) for row in range(len(found.packages)))
    note = sentence("report.T18.note", error=("error:points2", _error(found)), line=source_line(study))
    columns = tuple(_regret_columns(found, names, "points1"))
    return Table("T18", both("report.T18.caption"), columns, rows, note, "wide")


def by_scale(study: Study, found: Regret, names: tuple[Text, ...]) -> Table:
    """T18b: regret on the log scale, and the mean of its worst tenth."""
    rows = tuple((*_regret_cells(found, row), tail, tail) for row, tail in enumerate(found.worst_tenth))
    note = sentence("report.T18b.note", error=("error:points2", _error(found)))
    unit = both(UNITS[SCALE])
    columns = (
        *_regret_columns(found, names, "points2"),
        Column(both("report.decide.worst_tenth"), "bare2", unit),
        Column(both("report.column.se"), "error:bare2", unit),
    )
    return Table("T18b", both("report.T18b.caption"), columns, rows, joined([note, source_line(study)]), "wide")


def costs(study: Study, found: Regret) -> Table:
    """T18c: what is in each package, its relative cost, and the share of draws and states that meets all goals."""
    levers = study.scenario.workspace.levers
    columns = (
        Column(both("report.decide.package")),
        *(Column(plain(levers[key].id), "text", both("report.decide.unit.effort")) for key in levers),
        Column(both("report.decide.delay"), "text", both("report.decide.unit.years")),
        Column(both("report.decide.cost"), "number1", both("report.decide.unit.cost")),
        Column(both("report.decide.all_met"), "percent1", plain("%")),
        Column(both("report.column.se"), "error:percent1", both("report.unit.points")),
    )
    rows = []
    for package, title, cost, met in zip(
        study.analyses.choices[0], found.titles, found.cost, found.satisficing, strict=True
    ):
        shares: tuple[object, ...] = (met, met) if package.levers[STARTS] != 0 else (both("report.na"), None)
        efforts = (plain(package.value(key)) for key in (*levers, DELAY))
        rows.append((title, *efforts, cost, *shares))
    return Table("T18c", both("report.T18c.caption"), columns, tuple(rows), both("report.T18c.note"), "wide")
