"""The list of part 3: every value, file and program that is not what it was in the last report."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuiyan.analysis.changes import CODE, Changes
from tuiyan.analysis.differences import DATA, Changed
from tuiyan.inputs.laws import Law
from tuiyan.inputs.paths import Yearly, shown
from tuiyan.inputs.resolved import value_of
from tuiyan.reporting import manifest
from tuiyan.reporting.blocks import Column, Table
from tuiyan.reporting.links import Ref
from tuiyan.reporting.parts.changes import unit
from tuiyan.reporting.parts.since_drawn import step_name
from tuiyan.reporting.provenance import assumption, place_of, places, sources
from tuiyan.reporting.words import plain
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.reporting.earlier import Earlier
    from tuiyan.reporting.study import Study

LETTERS = 12
FACTS = "params/facts/"
# Files whose values the resolved scenario holds one by one.
BY_VALUE = ("params/parameters.yaml", "params/scenarios/")


@dataclass(frozen=True, slots=True)
class Item:
    """One row: the step it belongs to, what it is, before and now."""

    kind: str
    label: Text
    id: str
    before: str
    now: str
    unit: Text
    origin: Text | tuple[Text | Ref, ...]


def items(study: Study, last: Earlier, found: Changes) -> list[Item]:
    """Everything that is not what it was, in the order of the steps."""
    listed_ = [*program(last), *declared(study, last), *files(study, last)]
    of_steps = [_of(study.scenario, step.kind, each) for step in found.steps for each in step.changed]
    order = [CODE, *(step.kind for step in found.steps if step.kind != CODE), DATA]
    return sorted([*listed_, *of_steps], key=lambda item: order.index(item.kind))


def _of(scenario: Scenario, kind: str, each: Changed) -> Item:
    """A changed value, with who set it."""
    origin: Text | tuple[Text | Ref, ...] = plain("—")
    if each.origin:
        where = next(iter(places(scenario, each.id)), each.origin.where)
        origin = (place_of(where), *sources(each.origin.sources))
    return Item(kind, each.label, each.id, each.old, each.new, unit(each.unit) if each.unit else plain("—"), origin)


def program(last: Earlier) -> Iterator[Item]:
    """Code, lock file, notebook, versions, platform."""
    then = last.manifest
    for key, now in (("code", manifest.code_hash()), ("lock", manifest.lock_hash())):
        yield from _changed(both(f"report.since.item.{key}"), key, then["sha256"].get(key), now)
    for name, number in manifest.versions().items():
        yield from _changed(both("report.since.item.version", name=name), name, then["versions"].get(name), number)
    for name, text in {"system": platform.system(), "machine": platform.machine()}.items():
        yield from _changed(both("report.since.item.platform", name=name), name, then["platform"].get(name), text)


def _changed(label: Text, id_: str, before: str | None, now: str | None) -> Iterator[Item]:
    if before != now:
        yield Item(CODE, label, id_, _short(before), _short(now), plain("—"), plain("—"))


def declared(study: Study, last: Earlier) -> Iterator[Item]:
    """Levers and parameters that are new since then, or are no more."""
    scenario = study.scenario
    today: Mapping[str, object] = {**scenario.levers, **scenario.laws}
    for id_ in today:
        if last.values.entry(id_) is None:
            label = both("report.since.item.added", label=scenario.label(id_))
            origin = place_of(places(scenario, id_)[0])
            yield Item(CODE, label, id_, "—", scenario.value(id_), unit(scenario.unit(id_)), origin)
    for id_ in last.values.ids:
        if id_ not in today and (entry := last.values.entry(id_)):
            label = both("report.since.item.gone", name=id_)
            yield Item(
                CODE, label, id_, _notation(value_of(last.values, id_)), "—", unit(entry.unit), plain(entry.set_in)
            )


def _notation(value: float | Law | Yearly | None) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else shown(value) if value is not None else "—"


def files(study: Study, last: Earlier) -> Iterator[Item]:
    """Files under ``params/`` that changed and whose values the list does not hold one by one."""
    then, now = last.manifest["inputs"], study.scenario.workspace.hashes()
    for name in sorted({*then, *now}):
        if then.get(name) == now.get(name) or name.startswith(BY_VALUE):
            continue
        facts = name.startswith(FACTS)
        label = both("report.since.item.facts" if facts else "report.since.item.table")
        kind = DATA if facts else CODE
        yield Item(kind, label, name, _short(then.get(name)), _short(now.get(name)), plain("sha256"), plain(name))


def _short(text: str | None) -> str:
    return (text or "—")[:LETTERS] if text is None or len(text) == 64 else text


def table(scenario: Scenario, what: list[Item]) -> Table:
    """T3u: what changed, by step."""
    names = ("changed", "id", "before", "now", "unit")
    columns = (
        Column(both("report.since.column.step")),
        *(Column(both(f"report.column.{name}")) for name in names),
        Column(both("report.since.column.origin")),
    )
    rows = tuple(
        (step_name(each.kind), assumption(scenario, each.id, each.label), plain(each.id), plain(each.before),
         plain(each.now), each.unit, each.origin)
        for each in what
    )  # fmt: skip
    return Table("T3u", both("report.since.T3u.caption"), columns, rows, both("report.since.T3u.note"), "wide")
