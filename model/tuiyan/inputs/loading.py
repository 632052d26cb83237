"""From a scenario file and its parents to a resolved scenario, or to every problem of every file at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tuiyan.inputs.checking import conform
from tuiyan.inputs.consistency import law_findings, sources_known_at
from tuiyan.inputs.documents import Document, Key, read_yaml
from tuiyan.inputs.findings import Finding, Place, TuiyanError, nearest, stop_on_errors
from tuiyan.inputs.laws import Fixed, Law, describe
from tuiyan.inputs.operations import operate
from tuiyan.inputs.scenario import Origin, Scenario, home_definition
from tuiyan.inputs.schema import Change, ScenarioFile
from tuiyan.inputs.workspace import Workspace, find_workspace, read_workspace
from tuiyan.wording import both

ROOT = "baseline"
SETTINGS = "policy."
WHOLE = ("policy.start", "policy.delay")


def load(
    name: str | Path,
    *,
    as_of: date | str | None = None,
    set: Mapping[str, float] | None = None,  # noqa: A002 - the word of the scenario language
    workspace: Path | str | None = None,
) -> Scenario:
    """Load, merge and check a scenario.

    Parameters
    ----------
    name
        Id of a scenario of the workspace, or the path of a scenario file.
    as_of
        Only what was published by this day is known; default: what the chain of parents says.
    set
        Lever efforts, policy settings or parameter values on top of the file, by id.
    workspace
        Folder that holds `params/`; default: see `find_workspace`.

    Raises
    ------
    TuiyanError
        With every problem of every file of the chain and of the workspace, each at its file, line and column.
    """
    read = read_workspace(find_workspace(workspace))
    layers, findings = _chain(read, name)
    stop_on_errors(findings)
    vintage, horizon = _span(read, layers, _day(as_of))
    scenario = _resolve(read, layers[-1], None, vintage, horizon)
    for layer in reversed(layers[:-1]):
        scenario = _resolve(read, layer, scenario, vintage, horizon)
    return _with_settings(scenario, set) if set else scenario


@dataclass(frozen=True)
class _Layer:
    """One file of a chain."""

    id: str
    document: Document
    file: ScenarioFile


def _day(as_of: date | str | None) -> date | None:
    """A day given as a date or as text."""
    try:
        return date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError:
        raise TuiyanError([Finding("E120", None, {"value": as_of})]) from None


def _span(workspace: Workspace, layers: list[_Layer], as_of: date | None) -> tuple[date, int]:
    """Vintage and last year of a chain: the nearest file that says so, unless a day is given."""
    vintage = as_of or next((layer.file.as_of for layer in layers if layer.file.as_of), None)
    horizon = next((layer.file.horizon for layer in layers if layer.file.horizon), None)
    if vintage is None or horizon is None:
        lacking = {"as_of": vintage, "horizon": horizon}
        raise TuiyanError(
            Finding("E125", layers[0].document.place(()), {"key": key})
            for key, value in lacking.items()
            if value is None
        )
    if not home_definition(workspace, vintage):
        first = min(home.since for home in workspace.definition_file.home)
        raise TuiyanError([Finding("E106", None, {"key": "as_of", "given": vintage, "wanted": f"≥ {first}"})])
    return vintage, horizon


def _chain(workspace: Workspace, name: str | Path) -> tuple[list[_Layer], list[Finding]]:
    """The files from `name` up to the root, and the shape findings of all of them."""
    layers: list[_Layer] = []
    findings: list[Finding] = []
    seen: list[str] = []
    at: Place | None = None
    step: str | Path | None = name
    while step is not None:
        try:
            id_, path, shown = _locate(workspace, step, at)
            document = read_yaml(path, shown)
        except TuiyanError as error:
            findings.extend(error.findings)
            break
        if id_ in seen:
            findings.append(Finding("E115", at, {"cycle": " → ".join([*seen[seen.index(id_) :], id_])}))
            break
        seen.append(id_)
        step, at = _parent_of(document, id_)
        try:
            layer = _Layer(id_, document, conform(document, ScenarioFile))
            layers.append(layer)
            findings.extend(_refused(workspace, layer))
        except TuiyanError as error:
            findings.extend(error.findings)
            if step not in workspace.scenarios():
                break
    return layers, findings


def _parent_of(document: Document, id_: str) -> tuple[str | None, Place]:
    """Id of the parent and where it is named; a file that names none extends the root."""
    data = document.data if isinstance(document.data, dict) else {}
    given = data.get("extends")
    parent = given if isinstance(given, str) else None if id_ == ROOT else ROOT
    return parent, document.place(("extends",))


def _locate(workspace: Workspace, name: str | Path, at: Place | None) -> tuple[str, Path, str]:
    """Id, path and shown name of a scenario; a path is taken only as the first step of a chain."""
    folder = workspace.params / "scenarios"
    text = str(name)
    if at is None and (isinstance(name, Path) or text.endswith((".yaml", ".yml")) or "/" in text):
        path = Path(name)
        inside = path.resolve().is_relative_to(workspace.root)
        return path.stem, path, path.resolve().relative_to(workspace.root).as_posix() if inside else path.name
    known = workspace.scenarios()
    if text not in known:
        raise TuiyanError([Finding("E116", at, {"name": text, "nearest": nearest(text, known)})])
    return text, folder / f"{text}.yaml", f"params/scenarios/{text}.yaml"


def _refused(workspace: Workspace, layer: _Layer) -> Iterator[Finding]:
    """Changes of one file that name what does not exist, or stand in the wrong block."""
    for key, change in layer.file.levers.items():
        path: Key = ("levers", key)
        setting = key.startswith(SETTINGS) and key in workspace.parameters
        if not setting and key not in workspace.levers:
            known = [*workspace.levers, *(id_ for id_ in workspace.parameters if id_.startswith(SETTINGS))]
            yield Finding("E112", layer.document.place(path, key=True), {"key": key, "nearest": nearest(key, known)})
        elif change.set is not None and not isinstance(change.set, (int, float)):
            yield Finding("E113", layer.document.place((*path, "set")), {"key": key})
        yield from sources_known_at(change.sources, workspace, layer.document, path)
    for key, change in layer.file.uncertain.items():
        path = ("uncertain", key)
        if key.startswith(SETTINGS) or key in workspace.levers:
            yield Finding("E114", layer.document.place(path, key=True), {"key": key})
        elif key not in workspace.parameters:
            yield Finding(
                "E102",
                layer.document.place(path, key=True),
                {"key": key, "nearest": nearest(key, workspace.parameters)},
            )
        yield from sources_known_at(change.sources, workspace, layer.document, path)


def _root_values(workspace: Workspace, vintage: date) -> tuple[dict[str, Law], dict[str, Origin]]:
    """The register's laws at a vintage: a revision replaces the law from the day it was known."""
    laws: dict[str, Law] = {}
    origins: dict[str, Origin] = {}
    document = workspace.documents["parameters.yaml"]
    for id_, parameter in workspace.parameters.items():
        laws[id_] = parameter.law
        origins[id_] = Origin(
            document.place(("parameters", id_, "law")), parameter.sources, parameter.grade, parameter.note
        )
        for number, revision in enumerate(parameter.revisions):
            if revision.known_from <= vintage:
                laws[id_] = revision.law
                where = document.place(("parameters", id_, "revisions", number, "law"))
                origins[id_] = Origin(where, revision.sources, revision.grade, revision.reason)
    return laws, origins


def _resolve(workspace: Workspace, layer: _Layer, parent: Scenario | None, vintage: date, horizon: int) -> Scenario:
    """One file on top of its resolved parent."""
    laws, origins = (dict(parent.laws), dict(parent.origins)) if parent else _root_values(workspace, vintage)
    levers = dict(parent.levers) if parent else {}
    findings = list(parent.warnings) if parent else []
    for block, changes in (("levers", layer.file.levers), ("uncertain", layer.file.uncertain)):
        for id_, change in changes.items():
            where = layer.document.place((block, id_, _operation(change)))
            origins[id_] = Origin(where, change.sources, change.grade, change.because)
            findings.extend(apply_change(workspace, levers, laws, id_, change, where))
    missing = [key for key in workspace.levers if key not in levers]
    findings.extend(Finding("E125", layer.document.place(("levers",)), {"key": key}) for key in missing)
    stop_on_errors(findings)
    file = layer.file
    return Scenario(
        id=layer.id,
        title=file.title,
        story=file.story,
        reason=file.reason,
        author=file.author,
        not_modelled=file.not_modelled,
        as_of=vintage,
        horizon=horizon,
        levers={key: levers[key] for key in workspace.levers},
        laws=laws,
        origins=origins,
        parent=parent,
        workspace=workspace,
        warnings=tuple(findings),
    )


def _operation(change: Change) -> str:
    """Which of set, add, scale a change is."""
    return "set" if change.set is not None else "add" if change.add is not None else "scale"


def apply_change(
    workspace: Workspace, levers: dict[str, float], laws: dict[str, Law], id_: str, change: Change, where: Place
) -> Iterator[Finding]:
    """Carry one change into `levers` or `laws`; findings for what it may not be."""
    if id_ in workspace.levers:
        before: Law = Fixed(family="fixed", value=levers.get(id_, 0.0))
        after = operate(before, change)
        if not isinstance(after, Fixed) or isinstance(after.value, tuple):
            yield Finding("E113", where, {"key": id_})
            return
        levers[id_] = after.value
        effort = workspace.lever_file.effort
        for bounds, code in ((effort.hard, "E107"), (effort.soft, "W107")):
            if after.value not in bounds:
                yield Finding(
                    code, where, {"key": id_, "given": f"{after.value:g}", "unit": effort.unit, "bounds": bounds}
                )
                return
        return
    law = operate(laws[id_], change)
    if law is None:
        yield Finding("E124", where, {"key": id_, "operation": _operation(change), "law": describe(laws[id_])})
        return
    yield from _vector(workspace, id_, law, where)
    yield from law_findings(id_, workspace.parameters[id_], law, where)
    if id_ in WHOLE and isinstance(law, Fixed) and any(value != round(value) for value in law.declared()):
        yield Finding("E130", where, {"key": id_, "given": describe(law)})
    if not isinstance(law, Fixed) and workspace.parameters[id_].stream is None:
        yield Finding("E113", where, {"key": id_})
    laws[id_] = law


def _vector(workspace: Workspace, id_: str, law: Law, where: Place) -> Iterator[Finding]:
    """A vector parameter keeps its length and a scalar stays one number."""
    declared = workspace.parameters[id_].law
    wanted = len(declared.value) if isinstance(declared, Fixed) and isinstance(declared.value, tuple) else 1
    given = len(law.value) if isinstance(law, Fixed) and isinstance(law.value, tuple) else 1
    if wanted != given or (wanted > 1 and not isinstance(law, Fixed)):
        yield Finding("E132", where, {"key": id_, "wanted": wanted, "given": given})
    elif wanted > 1 and isinstance(law, Fixed):
        values = law.declared()
        if list(values) != sorted(values) or values[-1] != 1:
            yield Finding("E134", where, {"key": id_})


def _with_settings(scenario: Scenario, settings: Mapping[str, float]) -> Scenario:
    """The scenario with values set on top, as a child of it."""
    workspace, where = scenario.workspace, Place("set")
    levers, laws, origins = dict(scenario.levers), dict(scenario.laws), dict(scenario.origins)
    findings: list[Finding] = list(scenario.warnings)
    given = both("set.given")
    for id_, value in settings.items():
        if id_ not in workspace.levers and id_ not in workspace.parameters:
            known = [*workspace.levers, *workspace.parameters]
            findings.append(Finding("E102", where, {"key": id_, "nearest": nearest(id_, known)}))
            continue
        change = Change(set=float(value), because=given, grade="judgement")
        origins[id_] = Origin(where, change.sources, change.grade, given)
        findings.extend(apply_change(workspace, levers, laws, id_, change, where))
    stop_on_errors(findings)
    return replace(scenario, levers=levers, laws=laws, origins=origins, parent=scenario, warnings=tuple(findings))
