"""Write a scenario as the smallest file that gives it back; comments of a file written over are kept."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path as File
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.laws import Fixed
from tuiyan.inputs.paths import Path, Yearly
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.scenario_schema import ScenarioFile
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.inputs.workspace import SLUG
from tuiyan.wording import Text, both

LARGE = 1e15  # whole numbers up to here are written without a point
WIDTH, CHANGE_DEPTH = 120, 2  # a change stands two levels inside a file: block, id
ORDER = list(ScenarioFile.model_fields)
HEAD = "# yaml-language-server: $schema=../schema/scenario.json\n"


def save(scenario: Scenario, path: File) -> File:
    """Write `scenario` to `path` (or to ``<id>.yaml`` in that folder), in one step.

    Raises
    ------
    TuiyanError
        When the name of the file is no scenario id.
    """
    target = path / f"{scenario.id}.yaml" if path.is_dir() else path
    if not target.parent.is_dir():
        told = {"file": str(target.parent), "why": "no such folder"}
        raise TuiyanError([Finding("E009", None, told)])
    if not SLUG.fullmatch(target.stem) or target.suffix != ".yaml":
        raise TuiyanError([Finding("E123", None, {"key": "path", "given": target.name})])
    text = scenario.layer.document.text or written(scenario, target)
    staged = target.with_name(f".{target.name}.new")
    staged.write_text(text, encoding="utf-8", newline="\n")
    os.replace(staged, target)  # noqa: PTH105 - the one call that replaces in one step on every system
    return target


def written(scenario: Scenario, over: File) -> str:
    """The text of an edited scenario; what `over` holds already keeps its comments and its order."""
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = _smallest(scenario, over)
    kept = yaml.load(over.read_text(encoding="utf-8")) if over.is_file() else None
    if isinstance(kept, CommentedMap):
        _merge(kept, data)
    else:
        kept = data
    stream = io.StringIO()
    yaml.dump(kept, stream)
    text = stream.getvalue()
    return text if text.startswith("#") else HEAD + text


def _smallest(scenario: Scenario, over: File) -> CommentedMap:
    """Keys of the file to write: an edit saved under its own name is its own file, under another name a child of it."""
    origin = scenario.edited
    data = scenario.layer.file.model_dump(by_alias=True, exclude_unset=True)
    if origin and origin.layer.document.text and over.stem != origin.id and origin.id in scenario.workspace.scenarios():
        data = _as_child(scenario, origin, data)
    elif scenario.parent:
        data |= {block: _needed(scenario, scenario.parent, data.get(block, {})) for block in ("levers", "uncertain")}
    return CommentedMap({key: _plain(value) for key, value in data.items() if value not in ({}, [], (), None)})


def _value(scenario: Scenario, id_: str) -> object:
    """Effort of a lever, or law of a parameter."""
    return scenario.levers[id_] if id_ in scenario.levers else scenario.laws[id_]


def _needed(scenario: Scenario, parent: Scenario, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that do not leave the parent's value."""
    return {id_: change for id_, change in changes.items() if _value(scenario, id_) != _value(parent, id_)}


def _as_child(scenario: Scenario, origin: Scenario, data: dict[str, Any]) -> dict[str, Any]:
    """The edit as a scenario of its own that extends the one it was made from.

    A change relative to a value that the original changes itself is written as the value it comes to.
    """
    before = origin.layer.file.model_dump(by_alias=True, exclude_unset=True)
    child = {key: value for key, value in data.items() if key not in before or value != before[key]}
    child["extends"] = origin.id
    for key in ("title", "story", "author", "reason"):
        child.setdefault(key, _variant(scenario.title) if key == "title" else data[key])
    for block in ("levers", "uncertain"):
        old, new = before.get(block, {}), data.get(block, {})
        changes = {}
        for id_ in {**old, **new}:
            change = new.get(id_) or {"because": both("set.given"), "grade": "judgement"}
            value = _value(scenario, id_)
            if value != _value(origin, id_):
                relative = id_ in old and "set" not in change
                changes[id_] = {**_reasons(change), "set": _written(value)} if relative else change
        child[block] = changes
    return {key: child[key] for key in sorted(child, key=ORDER.index)}


def _reasons(change: Mapping[str, Any]) -> dict[str, Any]:
    return {key: change[key] for key in ("because", "grade", "sources") if key in change}


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
