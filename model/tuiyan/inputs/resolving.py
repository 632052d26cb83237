"""One scenario file on top of its parent: its changes carried out, and everything in them that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pydantic import ValidationError

from tuiyan.inputs.consistency import law_findings, sources_known_at
from tuiyan.inputs.correlation import Pair, cholesky, pair, score_correlation
from tuiyan.inputs.documents import MOST_FINDINGS, Key
from tuiyan.inputs.findings import Finding, Place, nearest, stop_on_errors
from tuiyan.inputs.laws import Dirichlet, Fixed, Law
from tuiyan.inputs.operations import operate
from tuiyan.inputs.paths import Path, Yearly, shown
from tuiyan.inputs.scenario import Layer, Origin, Scenario
from tuiyan.inputs.scenario_schema import Change
from tuiyan.inputs.selection import definition_findings, fact_findings
from tuiyan.inputs.shares import share_findings
from tuiyan.inputs.units import named_unit
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.inputs.workspace import Workspace

SETTINGS = "policy."
WHOLE = ("policy.start", "policy.delay")
CERTAIN = ("firms.benchmark_rule",)  # names the items of an output
# Used in 2017 only, or constant by meaning: a path over years would say nothing (economics.md 3.6).
PATHLESS = ("base.", "policy.", "pipeline.", "scope.", "adoption.start_scale", "firms.initial", "firms.size_minimum",
            "firms.benchmark_rule", "jcurve.share", "jcurve.growth_before", "macro.gdp_2016", "curve.")  # fmt: skip


def declared_wrongly(workspace: Workspace, layer: Layer) -> Iterator[Finding]:
    """Changes of one file that name what does not exist, or stand in the wrong block."""
    for key, change in layer.file.levers.items():
        path: Key = ("levers", key)
        setting = key.startswith(SETTINGS) and key in workspace.parameters
        if not setting and key not in workspace.levers:
            known = [*workspace.levers, *(id_ for id_ in workspace.parameters if id_.startswith(SETTINGS))]
            yield Finding("E112", layer.document.place(path, key=True), {"key": key, "nearest": nearest(key, known)})
        yield from sources_known_at(change.sources, workspace, layer.document, path)
    for key, change in layer.file.uncertain.items():
        path = ("uncertain", key)
        if key.startswith(SETTINGS) or key in workspace.levers:
            yield Finding("E114", layer.document.place(path, key=True), {"key": key})
        elif key not in workspace.parameters:
            values = {"key": key, "nearest": nearest(key, workspace.parameters)}
            yield Finding("E102", layer.document.place(path, key=True), values)
        yield from sources_known_at(change.sources, workspace, layer.document, path)
    for number, moved in enumerate(layer.file.correlations):
        for position, id_ in enumerate(moved.between):
            if id_ not in workspace.parameters:
                place = layer.document.place(("correlations", number, "between", position))
                yield Finding("E102", place, {"key": id_, "nearest": nearest(id_, workspace.parameters)})


def rests_on_before(workspace: Workspace, id_: str, change: Change) -> bool:
    """Whether a change leaves something of the value that was there: an effort on a path is nothing outside it."""
    return change.set is None or (isinstance(change.set, Path) and id_ not in workspace.levers)


@dataclass
class _Draft:
    """A scenario while its file is being carried out."""

    workspace: Workspace
    layer: Layer
    horizon: int
    levers: dict[str, float | Yearly]
    laws: dict[str, Law | Yearly]
    origins: dict[str, Origin]


def resolve(workspace: Workspace, layer: Layer, parent: Scenario | None, vintage: date, horizon: int) -> Scenario:
    """One file on top of its resolved parent, or on the register for the root.

    Raises
    ------
    TuiyanError
        With every change of the file that cannot be carried out.
    """
    laws, origins = (dict(parent.laws), dict(parent.origins)) if parent else _register(workspace, vintage)
    draft = _Draft(workspace, layer, horizon, dict(parent.levers) if parent else {}, laws, origins)
    findings = list(parent.warnings) if parent else []
    for block, changes in (("levers", layer.file.levers), ("uncertain", layer.file.uncertain)):
        for id_, change in changes.items():
            where = layer.document.place((block, id_, change.operation))
            draft.origins[id_] = Origin(where, change.sources, change.grade, change.because)
            for before in layer.earlier.get(id_, ()):
                findings.extend(each for each in _apply(draft, id_, before, where) if each.level == "error")
            findings.extend(islice(_apply(draft, id_, change, where), MOST_FINDINGS))
    missing = [key for key in workspace.levers if key not in draft.levers]
    findings.extend(Finding("E125", layer.document.place(("levers",)), {"key": key}) for key in missing)
    correlations = dict(parent.correlations) if parent else _declared(workspace)
    findings.extend(_correlate(draft, correlations))
    definition = layer.file.definition or (parent.definition if parent else "")
    findings.extend(definition_findings(workspace, layer))
    findings.extend(islice(fact_findings(workspace, layer, vintage), MOST_FINDINGS))
    late = [id_ for id_, goal in workspace.goals.items() if (goal.test or goal.thresholds) and goal.due > horizon]
    findings.extend(Finding("E169", layer.document.place(("horizon",)), {"key": id_, "year": horizon}) for id_ in late)
    stop_on_errors(findings)
    return Scenario(
        layer=layer,
        as_of=vintage,
        horizon=horizon,
        definition=definition,
        levers={key: draft.levers[key] for key in workspace.levers},
        laws=draft.laws,
        correlations=correlations,
        origins=draft.origins,
        parent=parent,
        workspace=workspace,
        warnings=tuple(findings),
    )


def _register(workspace: Workspace, vintage: date) -> tuple[dict[str, Law | Yearly], dict[str, Origin]]:
    """The register's laws at a vintage: a revision replaces the law from the day it was known."""
    laws: dict[str, Law | Yearly] = {}
    origins: dict[str, Origin] = {}
    document = workspace.documents["parameters.yaml"]
    for id_, parameter in workspace.parameters.items():
        laws[id_], path = parameter.law, ("parameters", id_, "law")
        origins[id_] = Origin(document.place(path), parameter.sources, parameter.grade, parameter.note)
        for number, revision in enumerate(parameter.revisions):
            if revision.known_from <= vintage:
                laws[id_] = revision.law
                where = document.place(("parameters", id_, "revisions", number, "law"))
                origins[id_] = Origin(where, revision.sources, revision.grade, revision.reason)
    for number, each in enumerate(workspace.parameter_file.correlations):
        where = document.place(("correlations", number))
        origins[" × ".join(pair(*each.between))] = Origin(where, each.sources, each.grade, each.note)
    return laws, origins


def _declared(workspace: Workspace) -> dict[Pair, float]:
    """The register's correlations, of normal scores."""
    return {pair(*each.between): each.value for each in workspace.parameter_file.correlations}


def _apply(draft: _Draft, id_: str, change: Change, where: Place) -> Iterator[Finding]:
    """Carry one change into the draft; findings for what it may not be."""
    if id_ in draft.workspace.levers:
        yield from _apply_lever(draft, id_, change, where)
        return
    before = draft.laws[id_]
    try:
        law = operate(before, change, draft.horizon)
    except ValidationError:  # a number that left the range of its law, such as an infinite median
        law = None
    if law is None:
        yield Finding("E124", where, {"key": id_, "operation": change.operation, "law": shown(before)})
        return
    parameter = draft.workspace.parameters[id_]
    yield from _vector(draft.workspace, id_, law, where)
    for each in _laws(law):
        yield from share_findings(draft.workspace, id_, each, where)
    yield from law_findings(id_, parameter, law, where)
    yield from _path(draft, id_, change, law, where)
    if id_ in WHOLE and isinstance(law, Fixed) and any(value != round(value) for value in law.declared()):
        yield Finding("E130", where, {"key": id_, "given": shown(law)})
    random = any(not isinstance(each, Fixed) for each in _laws(law))
    if random and (parameter.stream is None or id_ in CERTAIN or parameter.hard.members):
        yield Finding("E167", where, {"key": id_})
    draft.laws[id_] = law


def _laws(law: Law | Yearly) -> tuple[Law, ...]:
    """The law, or that of each year."""
    return law.laws if isinstance(law, Yearly) else (law,)


def _apply_lever(draft: _Draft, id_: str, change: Change, where: Place) -> Iterator[Finding]:
    """A change of effort: a number, or the effort of each year."""
    given = draft.levers.get(id_, 0.0)
    before = given if isinstance(given, Yearly) else Fixed(family="fixed", value=given)
    idle = Fixed(family="fixed", value=0.0)  # what a path of effort leaves outside its knots
    after = operate(idle if isinstance(change.set, Path) else before, change, draft.horizon)
    moving = any(isinstance(amount, Path) for amount in (change.add, change.scale)) and not isinstance(given, Yearly)
    if after is None or moving:
        yield Finding("E124", where, {"key": id_, "operation": change.operation, "law": shown(before)})
        return
    if any(not isinstance(each, Fixed) or isinstance(each.value, tuple) for each in _laws(after)):
        yield Finding("E113", where, {"key": id_})
        return
    draft.levers[id_] = after if isinstance(after, Yearly) else after.declared()[0]
    effort = draft.workspace.lever_file.effort
    for bounds, code in ((effort.hard, "E107"), (effort.soft, "W107")):
        outside = [value for value in after.declared() if value not in bounds]
        if outside:
            beyond = ", ".join(f"{value:.10g}" for value in outside)
            values = {"key": id_, "given": beyond, "unit": named_unit(effort.unit)}
            yield Finding(code, where, {**values, "bounds": bounds})
            return
    yield from _knots(draft, id_, change)


def _knots(draft: _Draft, id_: str, change: Change) -> Iterator[Finding]:
    """Knots outside the years of the scenario."""
    block = "levers" if id_ in draft.layer.file.levers else "uncertain"
    for operation in ("set", "add", "scale"):
        if isinstance(value := getattr(change, operation), Path):
            for year in value.knots:
                if not BASE_YEAR < year <= draft.horizon:
                    where = draft.layer.document.place((block, id_, operation, str(year)), key=True)
                    yield Finding("E160", where, {"year": year, "first": BASE_YEAR + 1, "last": draft.horizon})


def _path(draft: _Draft, id_: str, change: Change, law: Law | Yearly, where: Place) -> Iterator[Finding]:
    """What cannot follow a path, and knots out of range."""
    yield from _knots(draft, id_, change)
    if not isinstance(law, Yearly):
        return
    if id_.startswith(PATHLESS):
        yield Finding("E139", where, {"key": id_})
    centres = [sum(each.declared()) for each in law.laws]
    if id_ == "adoption.ceiling" and centres != sorted(centres):
        yield Finding("E161", where, {"key": id_})


def _vector(workspace: Workspace, id_: str, law: Law | Yearly, where: Place) -> Iterator[Finding]:
    """A vector parameter keeps its length and a scalar stays one number."""
    declared = workspace.parameters[id_].law
    wanted = len(declared.value) if isinstance(declared, Fixed) and isinstance(declared.value, tuple) else 1
    for each in _laws(law):
        if isinstance(each, Dirichlet) != isinstance(declared, Dirichlet):
            told = {"key": id_, "given": each.family, "allowed": declared.family, "nearest": ""}
            yield Finding("E105", where, told)
            return
        given = len(each.value) if isinstance(each, Fixed) and isinstance(each.value, tuple) else 1
        if wanted != given or (wanted > 1 and not isinstance(each, Fixed)):
            yield Finding("E132", where, {"key": id_, "wanted": wanted, "given": given})
            return
        values = each.declared()
        if wanted > 1 and (list(values) != sorted(values) or values[-1] != 1):
            yield Finding("E134", where, {"key": id_})
            return


def _correlate(draft: _Draft, correlations: dict[Pair, float]) -> Iterator[Finding]:
    """Take the file's rank correlations over; a matrix that cannot be is refused with the pair named."""
    document = draft.layer.document
    places: dict[Pair, Place] = {}
    for number, moved in enumerate(draft.layer.file.correlations):
        one, other = moved.between
        where = document.place(("correlations", number))
        if twice := places.get(pair(one, other)):
            yield Finding("E007", where, {"key": f"{one} × {other}", "line": twice.line})
        elif one == other:
            yield Finding("E129", where, {"pair": f"{one} × {other}"})
        for id_ in moved.between:
            if any(isinstance(law, (Fixed, Dirichlet)) for law in _laws(draft.laws[id_])):
                yield Finding("E162", where, {"key": id_, "law": shown(draft.laws[id_])})
        correlations[pair(one, other)] = score_correlation(moved.rank)
        draft.origins[" × ".join(pair(one, other))] = Origin(where, moved.sources, moved.grade, moved.because)
        places[pair(one, other)] = where
    ids = sorted({id_ for each in correlations for id_ in each}, key=lambda id_: _in_file(id_, places))
    rows = cholesky(ids, correlations)
    if len(rows) < len(ids):
        wrong = [each for each in (*places, *correlations) if ids[len(rows)] in each]
        yield Finding("E129", places.get(wrong[0]), {"pair": " × ".join(wrong[0])})


def _in_file(id_: str, places: Mapping[Pair, Place]) -> tuple[bool, str]:
    """Order in which correlations are laid: those of this file last, so that they are named when they contradict."""
    return any(id_ in each for each in places), id_
