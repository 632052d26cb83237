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
from tuiyan.inputs.paths import Path
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.workspace import SLUG
from tuiyan.wording import Text

LARGE = 1e15  # whole numbers up to here are written without a point
WIDTH, CHANGE_DEPTH = 120, 2  # a change stands two levels inside a file: block, id
HEAD = "# yaml-language-server: $schema=../schema/scenario.json\n"


def save(scenario: Scenario, path: File) -> File:
    """Write `scenario` to `path` (or to ``<id>.yaml`` in that folder), in one step.

    Raises
    ------
    TuiyanError
        When the name of the file is no scenario id.
    """
    target = path / f"{scenario.id}.yaml" if path.is_dir() else path
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
    data = _smallest(scenario)
    kept = yaml.load(over.read_text(encoding="utf-8")) if over.is_file() else None
    if isinstance(kept, CommentedMap):
        _merge(kept, data)
    else:
        kept = data
    stream = io.StringIO()
    yaml.dump(kept, stream)
    text = stream.getvalue()
    return text if text.startswith("#") else HEAD + text


def _smallest(scenario: Scenario) -> CommentedMap:
    """Keys of the scenario's own file, without changes that leave the parent's value."""
    data = scenario.layer.file.model_dump(by_alias=True, exclude_unset=True)
    if scenario.parent:
        for block, mine, theirs in (
            ("levers", scenario.levers, scenario.parent.levers),
            ("uncertain", scenario.laws, scenario.parent.laws),
        ):
            changes: Mapping[str, Any] = data.pop(block, {})
            data[block] = {
                id_: change
                for id_, change in changes.items()
                if (mine[id_] if id_ in mine else scenario.laws[id_])
                != (theirs[id_] if id_ in theirs else scenario.parent.laws[id_])
            }
    return CommentedMap({key: _plain(value) for key, value in data.items() if value not in ({}, [], (), None)})


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
