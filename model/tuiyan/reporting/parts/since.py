"""Part 3: what changed since the last report, and what each change did, by paired runs from the old to the new."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tuiyan.analysis.changes import CODE, DRAWS, SCALE, SCOPE, Changes, Step, since
from tuiyan.analysis.outcomes import ALL
from tuiyan.estimates import Estimate
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.resolved import put_on
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.reporting import earlier
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Column, Heading, Paragraph, Table
from tuiyan.reporting.links import Ref
from tuiyan.reporting.parts.attributed import clauses, refusal
from tuiyan.reporting.parts.since_drawn import CHANCE, DRAWN, MONEY, cell, step_name, waterfalls
from tuiyan.reporting.parts.since_what import items, table
from tuiyan.reporting.provenance import goal
from tuiyan.reporting.words import day, joined, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.earlier import Earlier
    from tuiyan.reporting.study import Study

ROUNDING = 1e-9  # relative; of numbers archived with ten digits


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    heading = Heading("since", both("report.since.heading"))
    text = earlier.record()
    if text is None:
        return heading, Paragraph(both("report.since.first" if earlier.in_report() else "report.since.by_hand"))
    try:
        last = earlier.read(text, study.scenario.id)
        found = since(put_on(last.values, study.scenario), study.projection, last.archived)
    except TuiyanError as refused:
        return heading, refusal(refused, "report.since.refused")
    return heading, *compared(study, last, found)


def compared(study: Study, last: Earlier, found: Changes) -> tuple[Block, ...]:
    """What the comparison gave: words, tables, waterfalls, and the list of what changed."""
    what = items(study, last, found)
    lead = sentence(
        "report.since.last", digest=last.digest, as_of=day(last.values.file.as_of),
        draws=("integer", last.archived.draws), seed=last.archived.seed,
    )  # fmt: skip
    if not moved(found):
        told = both("report.since.unmoved" if what else "report.since.nothing")
        return Paragraph(joined([lead, told])), *([table(study.scenario, what)] if what else [])
    numbers = (chances(found), scale(found))
    words = [Paragraph(joined([lead, *summary(found)]), "answer"), *remarks(study, found)]
    picture = waterfalls(study, found, joined(summary(found)))
    return *words, *numbers, *picture, *([table(study.scenario, what)] if what else [])


def moved(found: Changes) -> bool:
    """Whether any number is another than before, beyond the digits of the archive."""
    steps = [(step.effects[name], found.before[name]) for step in found.steps for name in found.outcomes]
    lost = any((found.before[name] is None) != (found.after[name] is None) for name in found.outcomes)
    return lost or any(_moves(effect, before) for effect, before in steps)


def _moves(effect: Estimate | None, before: Estimate | None) -> bool:
    """Whether an effect is more than the rounding of an archived number."""
    return effect is not None and abs(effect.value) > ROUNDING * max(1.0, before.value if before else 0.0)


def remarks(study: Study, found: Changes) -> list[Block]:
    """What a reader must know of the comparison: another definition, other draws."""
    notes = []
    if study.scenario.home_definition != found.definition:
        known = study.scenario.workspace.definition_file.definitions
        names = {"old": known[found.definition], "new": known[study.scenario.home_definition]}
        texts = {key: Text(each.zh, each.en) for key, each in names.items()}
        key = "definition" if found.after[SCALE] is not None else "lost"
        notes.append(both(f"report.since.{key}", **(texts if key == "definition" else {})))
    if any(step.kind == DRAWS for step in found.steps):
        notes.append(both("report.since.draws_differ"))
    return [Paragraph(each) for each in notes]


def summary(found: Changes) -> list[Text]:
    """From what to what, and by which steps: the probability of the scale goal, and the median scale."""
    told = []
    for key, name in (("goal", GOAL), ("scale", SCALE)):
        level, change = DRAWN[name]
        before, after = found.before[name], found.after[name]
        if before is None or after is None:
            continue
        steps = [_effect(step, name, change) for step in found.steps if _moves(step.effects[name], before)]
        values = {"goal": GOAL, "year": POLICY_HORIZON, "before": (level, before), "after": (level, after)}
        if steps:
            told.append(sentence(f"report.since.{key}", steps=clauses(steps), **values))
        else:
            told.append(sentence(f"report.since.{key}.same", **values))
    return told


def _effect(step: Step, name: str, change: str) -> Text:
    """One step in a sentence."""
    return sentence(
        "report.since.effect", step=both(f"report.since.step.{step.kind}"), value=(change, cell(step.effects[name]))
    )


def name_of(name: str) -> Text:
    """The name of an outcome."""
    if name == ALL:
        return both("report.since.outcome.all")
    if name == SCALE:
        return both("report.since.outcome.scale", year=POLICY_HORIZON)
    if name.endswith(SCOPE):
        return both("report.since.outcome.scope", goal=name.removesuffix(SCOPE))
    return plain(name)


def linked(name: str) -> Text | Ref:
    """The name of an outcome; that of a goal leads to its row."""
    return name_of(name) if name in (ALL, SCALE) else goal(name.removesuffix(SCOPE), name_of(name))


def effects(found: Changes, id_: str, names: list[str], kinds: tuple[str, str], units: tuple[Text, Text]) -> Table:
    """Outcomes by row: the old number, what each step does with its error, the sum, the new number."""
    level, change = kinds
    columns = [
        Column(both("report.since.column.outcome")),
        Column(both("report.since.step.last"), level, units[0]),
    ]
    for step in found.steps:
        columns.append(Column(step_name(step.kind), change, units[1]))
        if step.kind != CODE:
            columns.append(Column(both("report.column.se"), f"error:{change}", units[1]))
    columns += [
        Column(both("report.since.step.total"), change, units[1]),
        Column(both("report.since.step.now"), level, units[0]),
    ]
    rows = []
    for name in names:
        row: list[object] = [linked(name), found.before[name]]
        for step in found.steps:
            row += [cell(step.effects[name])] * (1 if step.kind == CODE else 2)
        rows.append((*row, total(found, name), found.after[name]))
    return Table(id_, both(f"report.since.{id_}.caption"), tuple(columns), tuple(rows), kind="wide")


def total(found: Changes, name: str) -> Estimate | float | None:
    """New less old; between other draws the two ends are independent, and the sum has the error of both."""
    both_ends = found.before[name], found.after[name]
    change = found.total(name)
    if change is None or not any(step.kind == DRAWS for step in found.steps):
        return change
    return Estimate(change, math.hypot(*(each.standard_error for each in both_ends if each)))


def chances(found: Changes) -> Table:
    """T3s: the probabilities."""
    names = [name for name in found.outcomes if name != SCALE]
    return effects(found, "T3s", names, CHANCE, (plain(""), both("report.unit.points")))


def scale(found: Changes) -> Table:
    """T3t: the median scale, with the note on both tables."""
    unit = both("report.unit.money")
    made = effects(found, "T3t", [SCALE], MONEY, (unit, unit))
    return Table(made.id, made.caption, made.columns, made.rows, both("report.since.T3s.note"), made.kind)
