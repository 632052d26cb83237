"""What is worth a look in a workspace that is otherwise sound: blanks of the document, literature nobody uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tuiyan.inputs.analogues import sources_of_analogues
from tuiyan.inputs.findings import Finding, Place, TuiyanError
from tuiyan.inputs.projections import read_projections
from tuiyan.inputs.published_inputs import read_published_inputs
from tuiyan.inputs.workspace import PLAN, SLUG, Workspace

NOT_GOALS = ("fact", "instrument", "structure")
OURS = "analyst"


def remarks(workspace: Workspace) -> Iterator[Finding]:
    """Notes: levers without a measure, goals without one, sources unused or undated. Files that are no scenario."""
    yield from _no_scenarios(workspace)
    measures = workspace.measure_file.measures
    mapped = {lever for measure in measures.values() for lever in measure.levers}
    for key in workspace.levers:
        if key not in mapped:
            yield Finding("N202", workspace.documents["levers.yaml"].place(("levers", key), key=True), {"key": key})
    aimed = {aim for measure in measures.values() for aim in measure.aims}
    document = workspace.documents[f"goals/{PLAN}.yaml"]
    for id_, goal in workspace.goals.items():
        for target in [f"{id_}.{part.id}" for part in goal.parts] or [id_]:
            if goal.kind not in NOT_GOALS and target not in aimed:
                yield Finding("N203", document.place(("goals", id_), key=True), {"key": target})
    used = set(_used(workspace))
    for id_, source in workspace.source_file.sources.items():
        place = workspace.documents["sources.yaml"].place(("sources", id_), key=True)
        if id_ not in used and "meth" not in source.use:
            yield Finding("N204", place, {"source": id_})
        if source.year is None and id_ != OURS:
            yield Finding("N205", place, {"source": id_})


def _no_scenarios(workspace: Workspace) -> Iterator[Finding]:
    """Files that look like scenarios and are passed over for their names."""
    for path in sorted((workspace.params / "scenarios").iterdir()):
        named = path.suffix == ".yaml" and SLUG.fullmatch(path.stem)
        if path.suffix in (".yaml", ".yml") and not named and not path.name.startswith("."):
            where = Place(path.relative_to(workspace.root).as_posix())
            yield Finding("E123", where, {"key": "scenarios", "given": repr(path.name)})


def _used(workspace: Workspace) -> Iterator[str]:
    """Every source id that a declaration, a scenario or the published projections name."""
    register = workspace.parameter_file
    for parameter in register.parameters.values():
        yield from parameter.sources
        for revision in parameter.revisions:
            yield from revision.sources
    for block in (workspace.table_file.sectors, workspace.table_file.segments, workspace.table_file.use):
        for column in block.values():
            yield from column.sources
    for graded in (*register.correlations, *workspace.levers.values(), workspace.lever_file.effort):
        yield from graded.sources
    yield from workspace.measure_file.shares.sources
    yield from workspace.plan.plan.sources
    with suppress(TuiyanError):  # what is wrong with it, `check` says
        yield from (each.source for each in read_projections(workspace))
        yield from (each.source for each in read_published_inputs(workspace))
        yield from sources_of_analogues(workspace)
