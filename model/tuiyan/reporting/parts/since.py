"""Part 3: what changed since the last report, and what each change did, by paired runs from the old to the new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.analysis.changes import CODE, DRAWS, SCALE, SCOPE, Changes, Step, since
from tuiyan.analysis.outcomes import ALL
from tuiyan.estimates import Estimate
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.resolved import put_on
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.reporting import earlier, earlier_report
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Column, Heading, Note, Paragraph, Table
from tuiyan.reporting.links import Ref
from tuiyan.reporting.parts.attributed import clauses, refusal
from tuiyan.reporting.parts.since_drawn import CHANCE, DRAWN, MONEY, cell, step_name, waterfalls
from tuiyan.reporting.parts.since_other import Beside, beside
from tuiyan.reporting.parts.since_what import items, table
from tuiyan.reporting.provenance import goal
from tuiyan.reporting.words import day, joined, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.earlier_report import Earlier
    from tuiyan.reporting.study import Study

ROUNDING = 1e-9  # relative; of numbers archived with ten digits


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    heading = Heading("since", both("report.since.heading"))
    text = earlier.record()
    if text is None:
        return heading, Paragraph(both("report.since.first" if earlier.in_report() else "report.since.by_hand"))
    try:
        last = earlier_report.read(text, study.scenario.id)
        found = since(put_on(last.values, study.scenario), study.projection, last.archived)
    except TuiyanError as refused:
        return heading, refusal(refused, "report.since.refused")
    return heading, *compared(study, last, found)


def compared(study: Study, last: Earlier, found: Changes) -> tuple[Block, ...]:
    """What the comparison gave: words, tables, waterfalls, and the list of what changed."""
    other = beside(study, last)
    what = items(study, last, found, other)
    listed = [table(study.scenario, what)] if what else []
    lead = sentence(
        "report.since.last", digest=last.digest, as_of=day(last.values.file.as_of),
        draws=("integer", last.archived.draws), seed=last.archived.seed,
    )  # fmt: skip
    note = both("report.since.T3s.note")
    if not moved(found):
        still = "unmoved" if what else "nothing" if unmoved(other) else "nothing.own"
        return Paragraph(joined([lead, both(f"report.since.{still}")])), *compared_with(study, other, note), *listed
    words = [Paragraph(joined([lead, *summary(found)]), "answer"), *remarks(study, found)]
    picture = waterfalls(study, found, joined(summary(found)))
    return *words, *effects(found, ("T3s", "T3t"), note), *picture, *compared_with(study, other, None), *listed


def unmoved(other: Beside) -> bool:
    """Whether the scenario compared with is known to give what it gave; as there being none does."""
    return other.known and not other.another and not other.refused and not (other.found and moved(other.found))


def compared_with(study: Study, other: Beside, note: Text | None) -> tuple[Block, ...]:
    """What a reader must know of the scenario compared with: another one, what moved in it, what is not known."""
    if other.another:
        none = both("report.since.other.none")
        ids = {key: each or none for key, each in (("old", other.before), ("new", other.now))}
        return (Paragraph(both("report.since.other.another", **ids)),)
    if other.refused:
        return (refusal(other.refused, "report.since.other.refused"),)
    if not other.known:
        told = both("report.since.other.unknown", name=other.now or "—")
        return (Note(both("report.since.other.unknown.title"), told),)
    if study.other is None or other.found is None or not moved(other.found):
        return ()
    title = study.other.scenario.title
    said = joined([both("report.since.other.moved", title=title), *summary(other.found)])
    return Paragraph(said), *effects(other.found, ("T3v", "T3w"), note, title=title)


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


def effects(found: Changes, ids: tuple[str, str], note: Text | None, **words: object) -> tuple[Table, Table]:
    """T3s and T3t, of the scenario compared with T3v and T3w: the probabilities, and the median scale with the note."""
    points, money = both("report.unit.points"), both("report.unit.money")
    chances = [name for name in found.outcomes if name != SCALE]
    captions = [both(f"report.since.{id_}.caption", **words) for id_ in ids]
    first = rows_of(found, chances, CHANCE, (plain(""), points))
    second = rows_of(found, [SCALE], MONEY, (money, money))
    return Table(ids[0], captions[0], *first, kind="wide"), Table(ids[1], captions[1], *second, note, "wide")


def rows_of(
    found: Changes, names: list[str], kinds: tuple[str, str], units: tuple[Text, Text]
) -> tuple[tuple[Column, ...], tuple[tuple[object, ...], ...]]:
    """Outcomes by row: the old number, what each step does with its error, the sum with its own, the new number."""
    level, change = kinds
    run = any(step.kind != CODE for step in found.steps)
    columns = [
        Column(both("report.since.column.outcome")),
        Column(both("report.since.step.last"), level, units[0]),
    ]
    for step in found.steps:
        columns.append(Column(step_name(step.kind), change, units[1]))
        if step.kind != CODE:
            columns.append(Column(both("report.column.se"), f"error:{change}", units[1]))
    columns.append(Column(both("report.since.step.total"), change, units[1]))
    columns += [Column(both("report.column.se"), f"error:{change}", units[1])] if run else []
    columns.append(Column(both("report.since.step.now"), level, units[0]))
    rows = []
    for name in names:
        row: list[object] = [linked(name), found.before[name]]
        for step in found.steps:
            row += [cell(step.effects[name])] * (1 if step.kind == CODE else 2)
        whole = cell(total(found, name))
        row += [whole, *([whole if isinstance(whole, Estimate) else None] if run else []), found.after[name]]
        rows.append(tuple(row))
    return tuple(columns), tuple(rows)


def total(found: Changes, name: str) -> Estimate | None:
    """New less old, with the error of that difference: no number where only the program lies between."""
    change = found.total(name)
    return None if change is None else Estimate(change, found.errors[name])
