"""What must hold between the files of a workspace, beyond the shape of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tuiyan.inputs.documents import Document, Key
from tuiyan.inputs.findings import Finding, Place, nearest
from tuiyan.inputs.laws import Dirichlet, Fixed, Interval, Law
from tuiyan.inputs.schema import Parameter
from tuiyan.inputs.units import ALIASES, UNITS
from tuiyan.inputs.workspace import PLAN, Workspace
from tuiyan.wording import Text, both

NEAR = 1e-9


def consistency(workspace: Workspace) -> Iterator[Finding]:
    """All findings between files: sources, units, bounds, streams, references, shares."""
    yield from _parameters(workspace)
    yield from _streams(workspace)
    yield from _levers(workspace)
    yield from _measures(workspace)
    yield from _goals(workspace)
    yield from _definitions(workspace)


def law_findings(id_: str, parameter: Parameter, law: Law, where: Place) -> Iterator[Finding]:
    """Bounds (hard: error, soft: warning) of the numbers that a law declares."""
    for bounds, code in ((parameter.hard, "E107"), (parameter.soft, "W107")):
        outside = [value for value in law.declared() if isinstance(bounds, Interval) and value not in bounds]
        if outside:
            given = ", ".join(f"{value:g}" for value in outside)
            yield Finding(code, where, {"key": id_, "given": given, "unit": parameter.unit, "bounds": bounds})
            return


def unknown(what: str, name: str, known: Iterable[str], workspace: Workspace, file: str, path: Key) -> Finding:
    """The finding "there is no <what> <name>", with the nearest one."""
    values = {"what": both(f"what.{what}"), "name": name, "nearest": nearest(name, known)}
    return Finding("E128", workspace.documents[file].place(path), values)


def sources_known(sources: Iterable[str], workspace: Workspace, file: str, path: Key) -> Iterator[Finding]:
    """A finding for each source id that the bibliography lacks."""
    yield from sources_known_at(sources, workspace, workspace.documents[file], path)


def sources_known_at(sources: Iterable[str], workspace: Workspace, document: Document, path: Key) -> Iterator[Finding]:
    """The same for a document that is not part of the workspace's declarations."""
    for position, source in enumerate(sources):
        if source not in workspace.source_file.sources:
            place = document.place((*path, "sources", position))
            yield Finding("E108", place, {"source": source, "nearest": nearest(source, workspace.source_file.sources)})


def _parameters(workspace: Workspace) -> Iterator[Finding]:
    """Units, sources and bounds of every parameter."""
    file = "parameters.yaml"
    document = workspace.documents[file]
    for id_, parameter in workspace.parameters.items():
        path: Key = ("parameters", id_)
        if parameter.unit not in UNITS:
            yield Finding(
                "E109",
                document.place((*path, "unit")),
                {"unit": parameter.unit, "nearest": nearest(parameter.unit, UNITS)},
            )
        yield from sources_known(parameter.sources, workspace, file, path)
        yield from law_findings(id_, parameter, parameter.law, document.place((*path, "law")))
        for number, revision in enumerate(parameter.revisions):
            inner: Key = (*path, "revisions", number)
            yield from sources_known(revision.sources, workspace, file, inner)
            yield from law_findings(id_, parameter, revision.law, document.place((*inner, "law")))
        if not isinstance(parameter.law, Fixed) and parameter.stream is None:
            yield Finding("E133", document.place(path, key=True), {"key": id_, "free": free_stream(workspace)})
        if isinstance(parameter.law, Dirichlet) and id_ != "base.segment_share":
            place = document.place((*path, "law", "family"))
            yield Finding(
                "E105",
                place,
                {"key": id_, "given": "dirichlet", "allowed": "base.segment_share", "nearest": Text("", "")},
            )
    for number, pair in enumerate(workspace.parameter_file.correlations):
        for position, id_ in enumerate(pair.between):
            if id_ not in workspace.parameters:
                yield unknown(
                    "parameter",
                    id_,
                    workspace.parameters,
                    workspace,
                    file,
                    ("correlations", number, "between", position),
                )


def stream_owners(workspace: Workspace) -> Iterator[tuple[int, str, Key]]:
    """Every stream number in use, who owns it, and the path at which it is declared."""
    register = workspace.parameter_file
    for id_, parameter in register.parameters.items():
        if parameter.stream is not None:
            for item in range(parameter.stream_count):
                yield parameter.stream + item, id_, ("parameters", id_, "stream")
    for drawn, count in register.counts.items():
        yield count.stream, f"counts.{drawn}", ("counts", drawn, "stream")
    for shaken, shock in register.shocks.items():
        for item in range(shock.years * shock.per_year):
            yield shock.first + item, f"shocks.{shaken}", ("shocks", shaken, "first")


def free_stream(workspace: Workspace) -> int:
    """The lowest number above all that are in use."""
    return max(stream for stream, _, _ in stream_owners(workspace)) + 1


def _streams(workspace: Workspace) -> Iterator[Finding]:
    """No stream may have two owners."""
    owners: dict[int, str] = {}
    told: set[tuple[str, str]] = set()
    for stream, owner, path in stream_owners(workspace):
        other = owners.setdefault(stream, owner)
        if other != owner and (owner, other) not in told:
            told.add((owner, other))
            place = workspace.documents["parameters.yaml"].place(path)
            yield Finding("E111", place, {"stream": stream, "other": other, "free": free_stream(workspace)})


def _levers(workspace: Workspace) -> Iterator[Finding]:
    """References and masks of the levers."""
    file = "levers.yaml"
    sectors = workspace.tables.sectors.codes
    for key, lever in workspace.levers.items():
        path: Key = ("levers", key)
        yield from sources_known(lever.sources, workspace, file, path)
        for position, id_ in enumerate((*lever.parameters, lever.displacement)):
            if id_ not in workspace.parameters:
                place: Key = (
                    (*path, "parameters", position) if position < len(lever.parameters) else (*path, "displacement")
                )
                yield unknown("parameter", id_, workspace.parameters, workspace, file, place)
        for code in lever.mask or {}:
            if code not in (*sectors, "default"):
                yield unknown("sector", code, sectors, workspace, file, (*path, "mask", code))


def _measures(workspace: Workspace) -> Iterator[Finding]:
    """Every measure has a group and levers that exist; every lever's shares sum to 1 where its measures stand."""
    file, register = "measures.yaml", workspace.measure_file
    aims = set(workspace.goals) | {f"{id_}.{part.id}" for id_, goal in workspace.goals.items() for part in goal.parts}
    for id_, measure in register.measures.items():
        path: Key = ("measures", id_)
        if measure.group not in register.groups:
            yield unknown("group", measure.group, register.groups, workspace, file, (*path, "group"))
        for position, lever in enumerate(measure.levers):
            if lever not in workspace.levers:
                yield unknown("lever", lever, workspace.levers, workspace, file, (*path, "levers", position))
        for position, aim in enumerate(measure.aims):
            if aim not in aims:
                yield unknown("goal", aim, aims, workspace, file, (*path, "aims", position))
    for id_, group in register.groups.items():
        if group.integration not in register.integrations:
            yield unknown(
                "integration", group.integration, register.integrations, workspace, file, ("groups", id_, "integration")
            )
    yield from _effort_shares(workspace)


def _effort_shares(workspace: Workspace) -> Iterator[Finding]:
    """A share is positive exactly where a measure of the group names the lever (target E03), and a lever's sum to 1."""
    file, register = "measures.yaml", workspace.measure_file
    named = {(lever, measure.group) for measure in register.measures.values() for lever in measure.levers}
    for lever in workspace.levers:
        shares = register.shares.levers.get(lever, {})
        path: Key = ("shares", "levers", lever)
        if abs(sum(shares.values()) - 1) > NEAR:
            values = {"what": lever, "total": sum(shares.values())}
            yield Finding("E126", workspace.documents[file].place(path), values)
        carried = {group for group, share in shares.items() if share > 0}
        for group in sorted(carried ^ {group for key, group in named if key == lever}):
            told = {"what": both("what.measure"), "name": f"{lever} × {group}", "nearest": ""}
            yield Finding("E128", workspace.documents[file].place((*path, group)), told)


def _goals(workspace: Workspace) -> Iterator[Finding]:
    """Definitions, sectors, levers and scope parameters that goals name."""
    file = f"goals/{PLAN}.yaml"
    for id_, goal in workspace.goals.items():
        path: Key = ("goals", id_)
        for position, lever in enumerate(goal.levers):
            if lever not in workspace.levers:
                yield unknown("lever", lever, workspace.levers, workspace, file, (*path, "levers", position))
        for position, part in enumerate(goal.parts):
            if part.sector not in workspace.tables.sectors.codes:
                yield unknown(
                    "sector",
                    part.sector,
                    workspace.tables.sectors.codes,
                    workspace,
                    file,
                    (*path, "parts", position, "sector"),
                )
        if goal.definition and goal.definition not in workspace.definition_file.definitions:
            yield unknown(
                "definition",
                goal.definition,
                workspace.definition_file.definitions,
                workspace,
                file,
                (*path, "definition"),
            )
        if goal.test and goal.test.scope and goal.test.scope not in workspace.parameters:
            yield unknown("parameter", goal.test.scope, workspace.parameters, workspace, file, (*path, "test", "scope"))
        if goal.test and goal.test.unit not in UNITS and goal.test.unit not in ALIASES:
            place = workspace.documents[file].place((*path, "test", "unit"))
            yield Finding("E109", place, {"unit": goal.test.unit, "nearest": nearest(goal.test.unit, UNITS)})
    yield from sources_known(workspace.plan.plan.sources, workspace, file, ("plan",))


def _definitions(workspace: Workspace) -> Iterator[Finding]:
    """Homes and bridges name definitions and parameters that exist."""
    file, register = "definitions.yaml", workspace.definition_file
    for position, home in enumerate(register.home):
        if home.definition not in register.definitions:
            yield unknown(
                "definition", home.definition, register.definitions, workspace, file, ("home", position, "definition")
            )
    for position, bridge in enumerate(register.bridges):
        if bridge.through not in workspace.parameters:
            yield unknown(
                "parameter", bridge.through, workspace.parameters, workspace, file, ("bridges", position, "through")
            )
