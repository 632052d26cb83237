"""The figure of part 3: waterfalls from the last report to this one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tuiyan.analysis.changes import SCALE, Changes
from tuiyan.estimates import Estimate
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.reporting import figures_explain as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Column, Figure, Table
from tuiyan.reporting.numbers import FORMATS
from tuiyan.reporting.parts.attributed import shown
from tuiyan.reporting.parts.shared import source_line
from tuiyan.reporting.words import joined, sentence
from tuiyan.wording import LANGUAGES, Text, both, say

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

CHANCE, MONEY = ("chance", "points2_change"), ("money", "money_change")
DRAWN = {GOAL: CHANCE, SCALE: MONEY}


def cell(found: Estimate | None) -> Estimate | float | None:
    """An effect as a table holds it: one without an error is a bare number."""
    return found.value if found is not None and math.isnan(found.standard_error) else found


def step_name(kind: str) -> Text:
    """The name of a step at the head of a column or row."""
    name = both(f"report.since.step.{kind}")
    return Text(name.zh, name.en.capitalize())


def waterfalls(study: Study, found: Changes, told: Text) -> tuple[Figure, ...]:
    """F3s: the steps of the scale goal's probability and of the median scale; nothing where neither can be compared."""
    names = [name for name in DRAWN if found.total(name) is not None]
    if not names:
        return ()

    def paint(figure: Any, lang: str) -> None:
        for ax, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
            figures.waterfall(falling(study, found, name, lang), lang=lang, ax=ax)
            ax.set_xlabel(say("report.unit.money" if name == SCALE else "report.column.p", lang))

    title = both("report.since.F3s.title")
    caption = joined([both("report.since.F3s.note"), source(study, found)])
    picture = style.draw(paint, (4.9 * len(names), max(2.8, 1.5 + 0.4 * (len(found.steps) + 2))))
    alt = sentence("report.since.F3s.alt", told=told)
    return (Figure("F3s", title, alt, caption, picture, step_table(found, names, title)),)


def source(study: Study, found: Changes) -> Text:
    """The line of sources; amounts are in the definition of the last report."""
    known = study.scenario.workspace.definition_file.definitions[found.definition]
    return both("report.basis.money", definition=Text(known.zh, known.en), line=source_line(study))


def falling(study: Study, found: Changes, name: str, lang: str) -> figures.Waterfall:
    """The waterfall of one outcome, in the unit that the axis has in a language."""
    level, change = DRAWN[name]
    factor = FORMATS[level].factor[LANGUAGES.index("zh" if lang == "zh" else "en")]
    steps = []
    for step in found.steps:
        effect = step.effects[name]
        value = 0.0 if effect is None else effect.value * factor
        steps.append(figures.Step(step_name(step.kind), value, value, shown(cell(effect), change)))
    ends = []
    for key, each in (("last", found.before[name]), ("now", found.after[name])):
        at = each or Estimate(0.0, 0.0)
        ends.append(
            figures.End(both(f"report.since.step.{key}"), at.value * factor, shown(at, level), study.scenario.id)
        )
    title = (
        both("report.since.outcome.scale", year=POLICY_HORIZON)
        if name == SCALE
        else both("report.since.F3s.chance", goal=name)
    )
    return figures.Waterfall(title, ends[0], tuple(steps), ends[1])


def step_table(found: Changes, names: list[str], title: Text) -> Table:
    """The numbers of the waterfalls."""
    units = {GOAL: both("report.unit.points"), SCALE: both("report.unit.money")}
    columns = [Column(both("report.since.column.step"))]
    for name in names:
        change = DRAWN[name][1]
        head = both("report.since.outcome.scale", year=POLICY_HORIZON) if name == SCALE else Text(name, name)
        columns += [Column(head, change, units[name]), Column(both("report.column.se"), f"error:{change}", units[name])]
    rows = []
    for step in found.steps:
        row: list[object] = [step_name(step.kind)]
        for name in names:
            each = cell(step.effects[name])
            row += [each, each if isinstance(each, Estimate) else None]
        rows.append(tuple(row))
    return Table("F3s-data", title, tuple(columns), tuple(rows))
