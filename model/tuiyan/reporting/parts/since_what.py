"""The list of part 3: every value, file and program that is not what it was in the last report."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuiyan.analysis.changes import CODE, STEPS, Changes
from tuiyan.analysis.differences import DATA, Changed
from tuiyan.inputs.documents import parse_yaml
from tuiyan.inputs.laws import Law
from tuiyan.inputs.paths import Yearly, shown
from tuiyan.inputs.resolved import value_of
from tuiyan.reporting import early, html, manifest, tidy
from tuiyan.reporting.blocks import Column, Table
from tuiyan.reporting.links import Ref
from tuiyan.reporting.parts.changes import unit
from tuiyan.reporting.parts.since_drawn import step_name
from tuiyan.reporting.provenance import assumption, place_of, places, sources
from tuiyan.reporting.words import plain
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.reporting.earlier_report import Earlier
    from tuiyan.reporting.parts.since_other import Beside
    from tuiyan.reporting.study import Study

LETTERS = 12
PARAMS, FACTS = "params/", "params/facts/"
# Files whose values the resolved scenario holds one by one, but not their texts, grades and bounds.
BY_VALUE = ("params/parameters.yaml", "params/scenarios/")
TEXTS = ("sources", "grade", "because")  # of a value
NOTEBOOK = Path("notebooks") / f"{html.STEM}.ipynb"
OTHER = "other"  # rows of the scenario compared with
GIVEN = ("as_of", "draws", "seed")  # what a run is given, where no file says it


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


def items(study: Study, last: Earlier, found: Changes, other: Beside) -> list[Item]:
    """Everything that enters the report and is not what it was, in the order of the steps."""
    listed_ = [*program(study, last), *declared(study, last), *files(study, last), *outside(study, last)]
    of_steps = [_of(study.scenario, step.kind, each) for step in found.steps for each in step.changed]
    order = (*STEPS, OTHER)
    every = [*listed_, *of_steps, *compared_with(study, found, other)]
    return sorted(every, key=lambda item: order.index(item.kind))


def compared_with(study: Study, found: Changes, other: Beside) -> Iterator[Item]:
    """Another scenario compared with, or values of it that changed otherwise than those of the report's own."""
    if other.another:
        label = both("report.since.item.against")
        yield Item(OTHER, label, "against", other.before or "—", other.now or "—", plain("—"), plain("—"))
    own = {(each.id, each.old, each.new) for each in found.changed}
    for each in other.found.changed if other.found else ():
        if study.other and (each.id, each.old, each.new) not in own:
            yield _of(study.other.scenario, OTHER, each)


def _of(scenario: Scenario, kind: str, each: Changed) -> Item:
    """A changed value, with who set it."""
    origin: Text | tuple[Text | Ref, ...] = both("report.origins.given") if each.id in GIVEN else plain("—")
    if each.origin:
        where = next(iter(places(scenario, each.id)), each.origin.where)
        origin = (place_of(where), *sources(each.origin.sources))
    return Item(kind, each.label, each.id, each.old, each.new, unit(each.unit) if each.unit else plain("—"), origin)


def program(study: Study, last: Earlier) -> Iterator[Item]:
    """Code, lock file, notebook, versions, platform."""
    then = last.manifest
    notebook = manifest.sha256(early.find_notebook(study.scenario.workspace.root, NOTEBOOK))
    for key, now in (("code", manifest.code_hash()), ("lock", manifest.lock_hash()), ("notebook", notebook)):
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
    """Files under ``params/`` that changed: each enters some part of the report, whatever its values do."""
    then, now = last.manifest["inputs"], study.scenario.workspace.hashes()
    for name in sorted({*then, *now}):
        if then.get(name) == now.get(name):
            continue
        what = "facts" if name.startswith(FACTS) else "by_value" if name.startswith(BY_VALUE) else "table"
        label, kind = both(f"report.since.item.{what}"), DATA if what == "facts" else CODE
        yield Item(kind, label, name, _short(then.get(name)), _short(now.get(name)), plain("sha256"), plain(name))


def outside(study: Study, last: Earlier) -> Iterator[Item]:
    """Texts, sources and grades of scenarios that are read from files outside ``params/``, whose hashes none keeps."""
    sides = [(study.scenario, last.values)]
    if study.other and last.other and study.other.scenario.id == last.against:
        sides.append((study.other.scenario, last.other.values))
    for scenario, values in sides:
        if all(each.layer.document.name.startswith(PARAMS) for each in scenario.chain):
            continue
        now = parse_yaml(tidy.resolved(scenario), scenario.id).data
        yield from _changed(both("report.since.item.outside"), scenario.id, _texts(values.document.data), _texts(now))


def _texts(data: Any) -> str:
    """The hash of what a resolved scenario holds beside its values."""
    entries = {**data["levers"], **data["parameters"]}
    kept = {id_: {key: each.get(key) for key in TEXTS} for id_, each in entries.items()}
    return hashlib.sha256(manifest.to_json([data.get("title"), kept]).encode()).hexdigest()


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
        (step_name(each.kind),
         each.label if each.kind == OTHER else assumption(scenario, each.id, each.label),
         plain(each.id), plain(each.before), plain(each.now), each.unit, each.origin)
        for each in what
    )  # fmt: skip
    return Table("T3u", both("report.since.T3u.caption"), columns, rows, both("report.since.T3u.note"), "wide")
