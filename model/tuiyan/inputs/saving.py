"""Write a scenario as the smallest file that gives it back; comments of its own file, written over, are kept."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path as File
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from tuiyan.inputs.checking import conform
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, Place, TuiyanError
from tuiyan.inputs.laws import Fixed
from tuiyan.inputs.loading import ROOT, load, resolved_at
from tuiyan.inputs.paths import Path, Yearly
from tuiyan.inputs.resolving import resolve, rests_on_before
from tuiyan.inputs.scenario import Layer, Scenario
from tuiyan.inputs.scenario_schema import Change, ScenarioFile
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.inputs.workspace import SLUG
from tuiyan.inputs.yaml_comments import hoist
from tuiyan.wording import Text, both

LARGE = 1e15  # whole numbers up to here are written without a point
WIDTH, CHANGE_DEPTH = 100_000, 2  # no line is folded, so none is folded anew; a change stands two levels inside a file
ORDER = list(ScenarioFile.model_fields)
BLOCKS = ("levers", "uncertain")
HEAD = "# yaml-language-server: $schema=../schema/scenario.json\n"
Keys = dict[str, Any]


def save(scenario: Scenario, path: File) -> File:
    """Write `scenario` to `path` (or to ``<id>.yaml`` in that folder), in one step.

    Raises
    ------
    TuiyanError
        When the name of the file is no scenario id, no file can give the scenario back, or it cannot be written.
    """
    target = path / f"{scenario.id}.yaml" if path.is_dir() else path
    if not target.parent.is_dir():
        raise TuiyanError([Finding("E152", None, {"folder": str(target.parent), "why": both("save.no_folder")})])
    if not SLUG.fullmatch(target.stem) or target.suffix != ".yaml":
        raise TuiyanError([Finding("E123", None, {"key": "path", "given": target.name})])
    if scenario.learned is not None:
        raise TuiyanError([Finding("E316", None, {"name": scenario.id})])
    if target.parent.resolve() == (scenario.workspace.params / "scenarios").resolve():
        refuse_circle(scenario, target.stem)
    whole = scenario.layer.document.text if scenario.declared("as_of") == scenario.as_of else ""
    put(target, (whole or written(scenario, target)).encode("utf-8"))
    return target


def refuse_circle(scenario: Scenario, name: str) -> None:
    """Stop where a scenario would take the name of one that it extends.

    Raises
    ------
    TuiyanError
        E311.
    """
    if name in [each.id for each in scenario.chain[1:]]:
        raise TuiyanError([Finding("E311", None, {"name": name, "child": scenario.id})])


def put(target: File, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    TuiyanError
        E152; what was there is there still, and nothing beside it.
    """
    staged = target.with_name(f".{target.name}.new")
    try:
        staged.write_bytes(content)
        os.replace(staged, target)  # noqa: PTH105 - the one call that replaces in one step on every system
    except OSError as error:
        told = {"folder": target.name, "why": error.strerror or str(error)}
        raise TuiyanError([Finding("E152", None, told)]) from error
    finally:
        with suppress(OSError):
            staged.unlink(missing_ok=True)


def written(scenario: Scenario, over: File) -> str:
    """The text of an edited scenario; its own file, where it is there already, keeps its comments and its order."""
    yaml = YAML()
    yaml.width, yaml.preserve_quotes = WIDTH, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    keys, _ = as_file(scenario, over.stem)
    data = CommentedMap({key: _plain(value) for key, value in keys.items()})
    kept, below = _own(yaml, scenario, over), ""
    if kept is not None and kept.get("extends", ROOT) == data.get("extends", ROOT):
        below = hoist(kept)
        _merge(kept, data)
    else:
        kept = data
    stream = io.StringIO()
    yaml.dump(kept, stream)
    text = stream.getvalue() + below
    return text if text.startswith("#") else HEAD + text


def _own(yaml: YAML, scenario: Scenario, over: File) -> CommentedMap | None:
    """The scenario's own file as it is there; one of another, or one that cannot be read, has nothing to keep."""
    if over.stem != (scenario.edited or scenario).id or not over.is_file():
        return None
    try:
        found = yaml.load(over.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError):
        return None
    return found if isinstance(found, CommentedMap) else None


def as_file(scenario: Scenario, name: str) -> tuple[Keys, Scenario]:
    """The keys of the smallest file, and the scenario that it gives when it is loaded.

    Raises
    ------
    TuiyanError
        E317, when there is none: a file holds one change of a value. What the file itself could not say, such as a
        letter that no file may hold.
    """
    wrong: TuiyanError | None = None
    twice = set(scenario.layer.earlier)
    for given, parent in _forms(scenario, name):
        keys = given
        if scenario.declared("as_of") != scenario.as_of:
            keys = {**keys, "as_of": scenario.as_of}
        keys = {key: keys[key] for key in sorted(keys, key=ORDER.index) if keys[key] not in ({}, [], (), None)}
        document = Document(name, keys, {}, {(): Place(name)})
        try:
            layer = Layer(name, document, conform(document, ScenarioFile))
            found = resolve(scenario.workspace, layer, parent, scenario.as_of, scenario.horizon)
        except TuiyanError as error:
            wrong = error
            continue
        if found.same(replace(scenario, learned=None)):
            return keys, found
        twice &= {each.id for each in found.diff(scenario)} or twice
    if wrong is not None and not scenario.layer.earlier:
        raise wrong
    raise TuiyanError([Finding("E317", None, {"name": name, "key": ", ".join(sorted(twice))})])


def _forms(scenario: Scenario, name: str) -> Iterator[tuple[Keys, Scenario | None]]:
    """The files that may give a scenario back, each with what it extends, the best first.

    An edit under another name is a child of the scenario it was made from. Under that one's own name, or where a child
    cannot give it back, it is the file of that scenario with the edits in it.
    """
    origin = scenario.edited or scenario
    if origin.layer.document.text and name != origin.id and origin.id in scenario.workspace.scenarios():
        with suppress(TuiyanError):  # what the original says may not hold at another horizon
            own = load(origin.id, workspace=scenario.workspace.root)  # as its file is now: that is what a child extends
            base = resolved_at(own, scenario.as_of, scenario.horizon)
            assert base is not None  # noqa: S101 - only None has no resolution
            yield _as_child(scenario, base), base
    if scenario.parent is not None or name == ROOT:
        yield _as_own(scenario), scenario.parent


def _value(scenario: Scenario, id_: str) -> object:
    """Effort of a lever, or law of a parameter."""
    return scenario.levers[id_] if id_ in scenario.levers else scenario.laws[id_]


def _as_own(scenario: Scenario) -> Keys:
    """The file of the scenario: what leaves the parent's value is left out, what rests on a change is its value."""
    keys = scenario.layer.file.model_dump(by_alias=True, exclude_unset=True)
    for block in BLOCKS:
        keys[block] = {
            id_: _settled(change, _value(scenario, id_)) if id_ in scenario.layer.earlier else change
            for id_, change in keys.get(block, {}).items()
            if scenario.parent is None or _value(scenario, id_) != _value(scenario.parent, id_)
        }
    return keys


def _as_child(scenario: Scenario, origin: Scenario) -> Keys:
    """The edit as a scenario of its own that extends the one it was made from."""
    data, before = (each.layer.file.model_dump(by_alias=True, exclude_unset=True) for each in (scenario, origin))
    child = {key: value for key, value in data.items() if key not in before or value != before[key]}
    child["extends"] = origin.id
    for key in ("title", "story", "author", "reason"):
        child.setdefault(key, _variant(scenario.title) if key == "title" else data[key])
    for block in BLOCKS:
        old, new = (getattr(each.layer.file, block) for each in (origin, scenario))
        child[block] = {
            id_: _on(scenario, id_, old.get(id_), new.get(id_))
            for id_ in {**old, **new}
            if _value(scenario, id_) != _value(origin, id_)
        }
    return child


def _on(scenario: Scenario, id_: str, old: Change | None, new: Change | None) -> Keys:
    """A change on top of the original: as it is, where it rests on what the original says; else what it comes to."""
    value = _value(scenario, id_)
    if new is None:
        return {"because": both("set.given"), "grade": "judgement", "set": _written(value)}
    change = new.model_dump(by_alias=True, exclude_unset=True)
    fits = scenario.layer.earlier.get(id_, ()) == (() if old is None else (old,))
    return change if fits or not rests_on_before(scenario.workspace, id_, new) else _settled(change, value)


def _settled(change: Mapping[str, Any], value: object) -> Keys:
    """A change written as the value it comes to, with its reasons."""
    return {**{key: change[key] for key in ("because", "grade", "sources") if key in change}, "set": _written(value)}


def _written(value: Any) -> Any:
    """A resolved value as a file can hold it: a number, a law, or a law for each year."""
    if isinstance(value, Yearly):
        return {str(BASE_YEAR + year): law.model_dump(exclude_none=True) for year, law in enumerate(value.laws) if year}
    if isinstance(value, Fixed):
        return value.value
    return value if isinstance(value, (int, float)) else value.model_dump(exclude_none=True)


def _variant(title: Text) -> Text:
    """A title that cannot be mistaken for that of the original."""
    return title if title.en.endswith("(variant)") else Text(f"{title.zh}（变体）", f"{title.en} (variant)")


def _plain(value: Any) -> Any:
    """A declared value as YAML writes it; small mappings on one line."""
    if isinstance(value, Text):
        plain: Any = _flow({"zh": value.zh, "en": value.en})
    elif isinstance(value, Path):
        knots = {year: _plain(knot) for year, knot in value.knots.items()}
        plain = _flow({**knots, **({"then": value.then} if value.then != "hold" else {})})
    elif isinstance(value, float):
        plain = int(value) if value == int(value) and abs(value) < LARGE else value
    elif hasattr(value, "model_dump"):
        plain = _plain(value.model_dump(exclude_unset=True))
    elif isinstance(value, Mapping):
        inner = {key: _plain(each) for key, each in value.items() if each is not None}
        plain = _flow(inner) if "family" in inner else CommentedMap(inner)
    elif isinstance(value, (list, tuple)):
        plain = CommentedSeq([_plain(each) for each in value])
        if all(not isinstance(each, (Mapping, list)) for each in plain):
            plain.fa.set_flow_style()
    else:
        plain = value
    return plain


def _flow(values: Mapping[Any, Any]) -> CommentedMap:
    """A mapping written on one line."""
    found = CommentedMap(values)
    found.fa.set_flow_style()
    return found


def _merge(kept: CommentedMap, data: Mapping[Any, Any], depth: int = 0) -> None:
    """Bring `kept` to the values of `data`, touching only what differs; a value set is written whole."""
    for key in [key for key in kept if key not in data]:
        del kept[key]
    for key, value in data.items():
        inside = isinstance(kept.get(key), CommentedMap) and isinstance(value, Mapping)
        if inside and depth < CHANGE_DEPTH:
            _merge(kept[key], value, depth + 1)
        elif kept.get(key) != value:
            kept[key] = value
