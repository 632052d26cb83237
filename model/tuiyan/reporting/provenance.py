"""From an assumption to where it stands: file and line, what that overrides, and the links that lead to its row.

Part 13 has one row for every assumption in use. The other parts name an assumption through the functions of this
module, so that its name leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from tuiyan.inputs.correlation import pair
from tuiyan.inputs.facts import Fact
from tuiyan.inputs.findings import Place
from tuiyan.inputs.scenario import Layer, Scenario
from tuiyan.reporting.links import Ref, anchor
from tuiyan.reporting.words import plain
from tuiyan.wording import Text

ASSUMPTION, GOAL, SOURCE, GROUP, FACT, DEFINITION = "assumption", "goal", "source", "group", "fact", "definition"
SETTINGS = ("as_of", "horizon", "definition")
BLOCKS = ("levers", "uncertain")
CROSS = " × "  # between the two ids of a correlation


def assumption(scenario: Scenario, id_: str, text: Text) -> Text | Ref:
    """`text`, leading to the row of a lever, a parameter, a correlation or a setting; as it is for anything else."""
    known = id_ in scenario.levers or id_ in scenario.laws or id_ in SETTINGS or CROSS in id_
    return Ref(text, anchor(ASSUMPTION, id_)) if known else text


def goal(id_: str, text: Text) -> Ref:
    """`text`, leading to the row of a statement of the document."""
    return Ref(text, anchor(GOAL, id_))


def group(scenario: Scenario, id_: str, text: Text) -> Text | Ref:
    """`text`, leading to the row of a group of parameters."""
    return Ref(text, anchor(GROUP, id_)) if id_ in scenario.workspace.parameter_file.groups else text


def definition(id_: str, text: Text) -> Ref:
    """`text`, leading to the row of a statistical definition."""
    return Ref(text, anchor(DEFINITION, id_))


def reference(id_: str, text: Text) -> Ref:
    """`text`, leading to the entry of a source in the bibliography."""
    return Ref(text, anchor(SOURCE, id_))


def sources(ids: Iterable[str]) -> tuple[Ref, ...]:
    """Ids of sources, each leading to its entry in the bibliography."""
    return tuple(Ref(plain(id_), anchor(SOURCE, id_)) for id_ in ids)


def name_of_fact(each: Fact) -> str:
    """The name of the row of a published figure: its file and line, which no other has."""
    return anchor(FACT, f"{PurePath(each.where.file).stem}.{each.where.line}")


def figure(each: Fact, text: Text) -> Ref:
    """`text`, leading to the row of a published figure."""
    return Ref(text, name_of_fact(each))


def places(scenario: Scenario, id_: str) -> list[Place]:
    """Where a value stands, the file that set it first, then what that overrides, the register last."""
    found = [place for each in scenario.chain for place in _in_layer(each.layer, id_)]
    return [*found, *_declared(scenario, id_)]


def shown(found: Iterable[Place]) -> tuple[Text, ...]:
    """Files and lines, in the order given: what a place overrides comes after it."""
    return tuple(place_of(each) for each in found) or (plain("—"),)


def place_of(where: Place) -> Text:
    """File and line; the column is for editors."""
    return plain(f"{where.file}:{where.line}" if where.line else where.file)


def _in_layer(layer: Layer, id_: str) -> Iterator[Place]:
    """Where one file sets a value."""
    if id_ in SETTINGS and getattr(layer.file, id_) is not None:
        yield layer.document.place((id_,), key=True)
    changes: Mapping[str, Mapping[str, object]] = {block: getattr(layer.file, block) for block in BLOCKS}
    yield from (layer.document.place((block, id_), key=True) for block in BLOCKS if id_ in changes[block])
    for number, each in enumerate(layer.file.correlations):
        if CROSS.join(pair(*each.between)) == id_:
            yield layer.document.place(("correlations", number, "between"))


def _declared(scenario: Scenario, id_: str) -> Iterator[Place]:
    """Where the register declares a value; of one that was revised, the revision first."""
    workspace = scenario.workspace
    register = workspace.documents["parameters.yaml"]
    if id_ in workspace.levers:
        yield workspace.documents["levers.yaml"].place(("levers", id_), key=True)
    if id_ in workspace.parameters:
        known = [
            number
            for number, each in enumerate(workspace.parameters[id_].revisions)
            if each.known_from <= scenario.as_of
        ]
        yield from (register.place(("parameters", id_, "revisions", number, "law"), key=True) for number in known[::-1])
        yield register.place(("parameters", id_), key=True)
    for number, each in enumerate(workspace.parameter_file.correlations):
        if CROSS.join(pair(*each.between)) == id_:
            yield register.place(("correlations", number, "between"))
