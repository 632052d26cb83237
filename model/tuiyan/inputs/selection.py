"""What a scenario selects: the definition its goal is counted in, and observations. It can never edit one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tuiyan.inputs.consistency import unknown_at
from tuiyan.inputs.facts import read_facts
from tuiyan.inputs.findings import Finding
from tuiyan.inputs.scenario import Layer
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import both


def definition_findings(workspace: Workspace, layer: Layer) -> Iterator[Finding]:
    """A definition that the goal is counted in needs a declared bridge from the home definition."""
    definition, known = layer.file.definition, workspace.definition_file
    if definition is None:
        return
    where = layer.document.place(("definition",))
    if definition not in known.definitions:
        yield unknown_at("definition", definition, known.definitions, where)
    elif definition not in {bridge.to for bridge in known.bridges}:
        bridges = ", ".join(bridge.to for bridge in known.bridges)
        yield Finding("E163", where, {"name": definition, "bridges": bridges})


def fact_findings(workspace: Workspace, layer: Layer, vintage: date) -> Iterator[Finding]:
    """Selected facts exist, were published by the vintage, and are of one definition or bridged ones."""
    chosen = layer.file.facts_used
    if not chosen:
        return
    facts = read_facts(workspace)
    bridged = {bridge.to for bridge in workspace.definition_file.bridges}
    seen: set[str] = set()
    for number, choice in enumerate(chosen):
        where = layer.document.place(("facts_used", number))
        rows = [
            fact for fact in facts
            if fact.series == choice.series and choice.definition in (None, fact.definition)
            and choice.year in (None, fact.year)
        ]  # fmt: skip
        if not rows:
            known = {fact.series for fact in facts}
            asked = [str(part) for part in (choice.series, choice.definition, choice.year) if part is not None]
            if choice.series not in known:
                yield unknown_at("series", choice.series, known, where)
            else:
                told = {"what": both("what.observation"), "name": " × ".join(asked), "nearest": ""}
                yield Finding("E128", where, told)
            continue
        late = [fact for fact in rows if fact.published > vintage]
        if len(late) == len(rows) or (late and choice.year is not None):
            told = {"series": choice.series, "published": min(fact.published for fact in late), "as_of": vintage}
            yield Finding("E164", where, told)
        definitions = {fact.definition for fact in rows if fact not in late}
        apart = sorted((definitions | seen) - bridged)
        if len(definitions | seen) > 1 and apart:
            yield Finding("E165", where, {"definitions": ", ".join(sorted(definitions | seen))})
        seen |= definitions
