"""What must hold between the files of a workspace, beyond the shape of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tuiyan.inputs.bounds import Interval
from tuiyan.inputs.correlation import Pair, cholesky, pair
from tuiyan.inputs.documents import Document, Key
from tuiyan.inputs.findings import Finding, Place, nearest
from tuiyan.inputs.laws import Dirichlet, Fixed, Law, describe
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.schema import Parameter
from tuiyan.inputs.shares import share_findings
from tuiyan.inputs.units import ALIASES, UNITS, named_unit
from tuiyan.inputs.variables import RULES, VARIABLES, rule_item
from tuiyan.inputs.workspace import PLAN, Workspace
from tuiyan.wording import Text, both

NEAR = 1e-9
# What the model draws each year and once a path; none may be missing.
DRAWN = {"shocks": ("common", "segment", "curve"), "counts": ("benchmark", "zones", "scenarios", "projects")}
MODEL_LAGS = {"purchases": 0}  # every other effect falls a year after the effort (economics.md 2.3)


def consistency(workspace: Workspace) -> Iterator[Finding]:
    """All findings between files: sources, units, bounds, streams, references, shares."""
    yield from _parameters(workspace)
    yield from _streams(workspace)
    yield from _levers(workspace)
    yield from _measures(workspace)
    yield from _goals(workspace)
    yield from _definitions(workspace)


def law_findings(id_: str, parameter: Parameter, law: Law | Yearly, where: Place) -> Iterator[Finding]:
    """Bounds (hard: error, soft: warning) of the numbers that a law declares."""
    for bounds, code in ((parameter.hard, "E107"), (parameter.soft, "W107")):
        outside = [value for value in law.declared() if isinstance(bounds, Interval) and value not in bounds]
        if outside:
            given = ", ".join(f"{value:.10g}" for value in outside)
            values = {"key": id_, "given": given, "unit": named_unit(parameter.unit), "bounds": bounds}
            yield Finding(code, where, values)
            return


def unknown(what: str, name: str, known: Iterable[str], workspace: Workspace, file: str, path: Key) -> Finding:
    """The finding "there is no <what> <name>", with the nearest one."""
    return unknown_at(what, name, known, workspace.documents[file].place(path))


def unknown_at(what: str, name: str, known: Iterable[str], where: Place) -> Finding:
    """The same at a place that is known already."""
    return Finding("E128", where, {"what": both(f"what.{what}"), "name": name, "nearest": nearest(name, known)})


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
            told = {"unit": parameter.unit, "nearest": nearest(parameter.unit, UNITS)}
            yield Finding("E109", document.place((*path, "unit")), told)
        yield from sources_known(parameter.sources, workspace, file, path)
        yield from law_findings(id_, parameter, parameter.law, document.place((*path, "law")))
        yield from share_findings(workspace, id_, parameter.law, document.place((*path, "law")))
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
    yield from _correlations(workspace)


def _correlations(workspace: Workspace) -> Iterator[Finding]:
    """Declared correlations are of two different uncertain numbers, once each, and can hold together."""
    document, seen = workspace.documents["parameters.yaml"], {}
    lines: dict[Pair, int] = {}
    for number, declared in enumerate(workspace.parameter_file.correlations):
        where = document.place(("correlations", number))
        one, other = declared.between
        missing = [at for at, id_ in enumerate(declared.between) if id_ not in workspace.parameters]
        for at in missing:
            place = document.place(("correlations", number, "between", at))
            yield unknown_at("parameter", declared.between[at], workspace.parameters, place)
        for id_ in () if missing else declared.between:
            law = workspace.parameters[id_].law
            if isinstance(law, (Fixed, Dirichlet)):
                yield Finding("E162", where, {"key": id_, "law": describe(law)})
        if pair(one, other) in seen:
            yield Finding("E007", where, {"key": f"{one} × {other}", "line": lines[pair(one, other)]})
        elif one == other:
            yield Finding("E129", where, {"pair": f"{one} × {other}"})
        seen[pair(one, other)] = declared.value
        lines.setdefault(pair(one, other), where.line)
    ids = sorted({id_ for each in seen for id_ in each})
    if len(rows := cholesky(ids, seen)) < len(ids):
        wrong = next(each for each in seen if ids[len(rows)] in each)
        yield Finding("E129", document.place(("correlations",)), {"pair": " × ".join(wrong)})


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
    """Nothing that is drawn is missing, no stream has two owners, and every segment has one of its own."""
    for block, names in DRAWN.items():
        for name in names:
            if name not in getattr(workspace.parameter_file, block):
                place = workspace.documents["parameters.yaml"].place((block,), key=True)
                yield Finding("E103", place, {"key": name, "inside": block})
    last = max(workspace.tables.segments.position)
    shares, shocks = workspace.parameters.get("base.segment_share"), workspace.parameter_file.shocks.get("segment")
    rooms: tuple[tuple[Key, int], ...] = (
        (("parameters", "base.segment_share", "stream_count"), shares.stream_count if shares else 0),
        (("shocks", "segment", "per_year"), shocks.per_year if shocks else 0),
    )
    for path, room in rooms:
        if last >= room:
            place = workspace.documents["parameters.yaml"].place(path)
            yield Finding("E106", place, {"key": path[-1], "given": room, "wanted": f"> {last}"})
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
        for effect, lag in lever.lag.items():
            if lag != MODEL_LAGS.get(effect, 1):
                values = {"key": f"{key}.{effect}", "given": lag, "wanted": MODEL_LAGS.get(effect, 1)}
                yield Finding("E171", workspace.documents[file].place((*path, "lag", effect)), values)
        for code in lever.mask or {}:
            if code not in (*sectors, "default"):
                at = workspace.documents[file].place((*path, "mask", code), key=True)
                yield unknown_at("sector", code, sectors, at)


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
        if not shares and lever not in {key for key, _ in named}:
            continue  # a lever outside the document: a note says so (N202)
        path: Key = ("shares", "levers", lever)
        if abs(sum(shares.values()) - 1) > NEAR:
            values = {"what": lever, "total": sum(shares.values())}
            yield Finding("E126", workspace.documents[file].place(path), values)
        carried = {group for group, share in shares.items() if share > 0}
        for group in sorted(carried ^ {group for key, group in named if key == lever}):
            told = {"what": both("what.measure"), "name": f"{lever} × {group}", "nearest": ""}
            yield Finding("E128", workspace.documents[file].place((*path, group)), told)


def _goals(workspace: Workspace) -> Iterator[Finding]:
    """Definitions, sectors, levers, variables and scope parameters that goals name."""
    file, sectors = f"goals/{PLAN}.yaml", workspace.tables.sectors.codes
    for id_, goal in workspace.goals.items():
        path: Key = ("goals", id_)
        for position, lever in enumerate(goal.levers):
            if lever not in workspace.levers:
                yield unknown("lever", lever, workspace.levers, workspace, file, (*path, "levers", position))
        for position, part in enumerate(goal.parts):
            if part.sector not in sectors:
                yield unknown("sector", part.sector, sectors, workspace, file, (*path, "parts", position, "sector"))
        definitions = workspace.definition_file.definitions
        if goal.definition and goal.definition not in definitions:
            yield unknown("definition", goal.definition, definitions, workspace, file, (*path, "definition"))
        yield from _tested(workspace, goal, file, path)
    yield from sources_known(workspace.plan.plan.sources, workspace, file, ("plan",))


def _tested(workspace: Workspace, goal: Goal, file: str, path: Key) -> Iterator[Finding]:
    """Variables, scope factor and unit of what a goal is measured by."""
    named = (goal.test.variable,) if goal.test else goal.variables if goal.kind == "direction" else ()
    at: Key = (*path, "test", "variable") if goal.test else (*path, "variables")
    for name in named:
        if name not in (known := _outputs(workspace)):
            yield unknown("variable", name, known, workspace, file, at)
    if goal.test and goal.test.scope and goal.test.scope not in workspace.parameters:
        yield unknown("parameter", goal.test.scope, workspace.parameters, workspace, file, (*path, "test", "scope"))
    if goal.test and goal.test.unit not in UNITS and goal.test.unit not in ALIASES:
        place = workspace.documents[file].place((*path, "test", "unit"))
        yield Finding("E109", place, {"unit": goal.test.unit, "nearest": nearest(goal.test.unit, UNITS)})


def _outputs(workspace: Workspace) -> set[str]:
    """Names of all outputs, whole and by item."""
    items = {
        "sector": workspace.tables.sectors.codes,
        "segment": workspace.tables.segments.codes,
        "rule": ("rule", *map(rule_item, RULES)),
    }
    named = {f"{name}.{item}" for name, of in VARIABLES.items() if of.items for item in items[of.items]}
    return named | VARIABLES.keys()


HOME, SCOPE = "home", "scope."


def _definitions(workspace: Workspace) -> Iterator[Finding]:
    """Homes and bridges name definitions and parameters that exist."""
    file, register = "definitions.yaml", workspace.definition_file
    for position, home in enumerate(register.home):
        if home.definition not in register.definitions:
            yield unknown(
                "definition", home.definition, register.definitions, workspace, file, ("home", position, "definition")
            )
    known, targets = register.definitions, [bridge.to for bridge in register.bridges]
    factors = [id_ for id_ in workspace.parameters if id_.startswith(SCOPE) and id_ != f"{SCOPE}observation_error"]
    for position, bridge in enumerate(register.bridges):
        if bridge.to not in known:
            yield unknown("definition", bridge.to, known, workspace, file, ("bridges", position, "to"))
        if bridge.start != HOME:
            yield unknown("definition", bridge.start, (HOME,), workspace, file, ("bridges", position, "from"))
        if (first := targets.index(bridge.to)) < position:
            here, there = (workspace.documents[file].place(("bridges", row, "to")) for row in (position, first))
            yield Finding("E007", here, {"key": bridge.to, "line": there.line})
        if bridge.through not in factors:
            yield unknown("parameter", bridge.through, factors, workspace, file, ("bridges", position, "through"))
