"""From a scenario file and its parents to a resolved scenario, or to every problem of every file at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from tuiyan.inputs.checking import conform
from tuiyan.inputs.documents import MOST_FINDINGS, Document, read_yaml
from tuiyan.inputs.findings import Finding, Place, TuiyanError, nearest, stop_on_errors
from tuiyan.inputs.resolving import declared_wrongly, resolve, rests_on_before
from tuiyan.inputs.scenario import Layer, Scenario, home_definition
from tuiyan.inputs.scenario_schema import Change, ScenarioFile
from tuiyan.inputs.workspace import SLUG, Workspace, find_workspace, read_workspace
from tuiyan.wording import Text, both

ROOT = "baseline"
VARIANT = "-variant"


def load(
    name: str | Path,
    *,
    as_of: date | str | None = None,
    set: Mapping[str, Any] | None = None,  # noqa: A002 - the word of the scenario language
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
    scenario = resolve(read, layers[-1], None, vintage, horizon)
    for layer in reversed(layers[:-1]):
        scenario = resolve(read, layer, scenario, vintage, horizon)
    if not set:
        return scenario
    levers = {id_: value for id_, value in set.items() if _is_lever(id_)}
    rest = {id_: value for id_, value in set.items() if id_ not in levers}
    return edited(scenario, levers, rest, both("set.given"), {"id": scenario.id})


def _is_lever(id_: str) -> bool:
    """Whether an id belongs in the block `levers`: a word without a dot, or a policy setting."""
    return "." not in id_ or id_.startswith("policy.")


def edited(
    scenario: Scenario,
    levers: Mapping[str, object],
    uncertain: Mapping[str, object],
    because: Text | None,
    about: Mapping[str, object],
) -> Scenario:
    """`scenario` with some changes on top of it; see `Scenario.with_`."""
    data = scenario.layer.file.model_dump(by_alias=True, exclude_unset=True)
    reason = because or both("set.given")
    for block, changes in (("levers", levers), ("uncertain", uncertain)):
        merged = dict(data.get(block, {}))
        for id_, value in changes.items():
            merged.pop(id_, None)
            if value is not None:
                merged[id_] = _change(value, reason)
        if merged:
            data[block] = merged
        else:
            data.pop(block, None)
    id_ = str(about.get("id", scenario.id.removesuffix(VARIANT) + VARIANT))
    data |= {key: value for key, value in about.items() if key != "id"}
    if scenario.parent is None:
        data.setdefault("as_of", scenario.as_of)
    document = Document(id_, data, {}, {(): Place(id_)})
    file = conform(document, ScenarioFile)
    layer = Layer(id_, document, file, _earlier(scenario, file, [*levers, *uncertain]))
    stop_on_errors(declared_wrongly(scenario.workspace, layer))
    vintage, horizon = _span(scenario.workspace, [layer, *(each.layer for each in scenario.chain[1:])], None)
    if (vintage, horizon) == (scenario.as_of, scenario.horizon) or not {"as_of", "horizon"} & about.keys():
        vintage, horizon, parent = scenario.as_of, scenario.horizon, scenario.parent
    else:
        parent = resolved_at(scenario.parent, vintage, horizon)
    found = resolve(scenario.workspace, layer, parent, vintage, horizon)
    learned = scenario.learned if vintage == scenario.as_of else None  # weights belong to what was known on a day
    return replace(found, edited=scenario.edited or scenario, learned=learned)


def _earlier(scenario: Scenario, file: ScenarioFile, ids: list[str]) -> dict[str, tuple[Change, ...]]:
    """What the changes of a new file of `scenario` rest on, where it was a change of the scenario itself."""
    own, new = ({**each.levers, **each.uncertain} for each in (scenario.layer.file, file))
    earlier = dict(scenario.layer.earlier)
    for id_ in ids:
        before = earlier.pop(id_, ())
        if id_ in own and id_ in new and rests_on_before(scenario.workspace, id_, new[id_]):
            earlier[id_] = (*before, own[id_])
    return earlier


def known_on(scenario: Scenario, day: date) -> Scenario:
    """A scenario as it stands with what was published by another day.

    Raises
    ------
    TuiyanError
        For a day before any definition of the base-year scale was known.
    """
    vintage, horizon = _span(scenario.workspace, [each.layer for each in scenario.chain], day)
    found = resolved_at(scenario, vintage, horizon)
    assert found is not None  # noqa: S101 - only None has no resolution
    return found


def resolved_at(scenario: Scenario | None, vintage: date, horizon: int) -> Scenario | None:
    """A scenario and its parents at another vintage or horizon."""
    if scenario is None:
        return None
    parent = resolved_at(scenario.parent, vintage, horizon)
    return resolve(scenario.workspace, scenario.layer, parent, vintage, horizon)


def _change(value: object, because: Text) -> object:
    """A change as a file would hold it, from a value or from the operation itself."""
    operations = {"set", "add", "scale", "widen"}
    whole = dict(value) if isinstance(value, dict) and operations & value.keys() else {"set": value}
    return {"because": because, "grade": "judgement", **whole}


def _day(as_of: date | str | None) -> date | None:
    """A day given as a date or as text."""
    try:
        return date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError:
        raise TuiyanError([Finding("E120", None, {"value": as_of})]) from None


def _span(workspace: Workspace, layers: list[Layer], as_of: date | None) -> tuple[date, int]:
    """Vintage and last year of a chain: the nearest file that says so, unless a day is given."""
    vintage = as_of or next((layer.file.as_of for layer in layers if layer.file.as_of), None)
    horizon = next((layer.file.horizon for layer in layers if layer.file.horizon), None)
    if vintage is None or horizon is None:
        lacking = {"as_of": vintage, "horizon": horizon}
        place = layers[-1].document.place(())
        raise TuiyanError(Finding("E125", place, {"key": key}) for key, value in lacking.items() if value is None)
    if not home_definition(workspace, vintage):
        first = min(home.since for home in workspace.definition_file.home)
        said = next((layer.document.place(("as_of",)) for layer in layers if layer.file.as_of), None)
        values = {"key": "as_of", "given": vintage, "wanted": f"≥ {first}"}
        raise TuiyanError([Finding("E106", None if as_of else said, values)])
    return vintage, horizon


def _chain(workspace: Workspace, name: str | Path) -> tuple[list[Layer], list[Finding]]:
    """The files from `name` up to the root, and the shape findings of all of them."""
    layers: list[Layer] = []
    findings: list[Finding] = []
    seen: list[str] = []
    at: Place | None = None
    step: str | Path | None = name
    while step is not None:
        try:
            id_, path, shown = _locate(workspace, step, at)
            document = _read(path, shown)
        except TuiyanError as error:
            findings.extend(error.findings)
            break
        if id_ in seen:
            findings.append(Finding("E115", at, {"cycle": " → ".join([*seen[seen.index(id_) :], id_])}))
            break
        seen.append(id_)
        step, at = _parent_of(document, id_)
        try:
            layer = Layer(id_, document, conform(document, ScenarioFile))
            layers.append(layer)
            findings.extend(islice(declared_wrongly(workspace, layer), MOST_FINDINGS))
        except TuiyanError as error:
            findings.extend(error.findings)
            if step not in workspace.scenarios():
                break
    return layers, findings


def _read(path: Path, shown: str) -> Document:
    """A scenario file, read again only when it has changed: the parents of one study are the same few files."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return read_yaml(path, shown)
    return _read_once(path, shown, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _read_once(path: Path, shown: str, _changed: int, _size: int) -> Document:
    return read_yaml(path, shown)


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
        shown = path.resolve().relative_to(workspace.root).as_posix() if inside else path.name
        if not SLUG.fullmatch(path.stem):
            raise TuiyanError([Finding("E123", Place(shown), {"key": "id", "given": path.stem})])
        return path.stem, path, shown
    known = workspace.scenarios()
    if text not in known:
        raise TuiyanError([Finding("E116", at, {"name": text, "nearest": nearest(text, known)})])
    return text, folder / f"{text}.yaml", f"params/scenarios/{text}.yaml"
