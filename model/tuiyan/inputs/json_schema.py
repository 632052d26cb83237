"""JSON Schema of every YAML file, from the declarations that check them: with it an editor completes and underlines.

``python -m tuiyan.inputs.json_schema`` writes ``params/schema/<kind>.json``; `first_line` is what names it in a file.
A schema tells what one file can tell by itself; what holds between files is told by `tuiyan check`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.resolving import SETTINGS
from tuiyan.inputs.scenario_schema import ScenarioFile
from tuiyan.inputs.schema import Parameter
from tuiyan.inputs.units import unit_name
from tuiyan.inputs.workspace import FILES, Workspace, find_workspace, read_workspace
from tuiyan.wording import LANGUAGES, catalogue, preferred, say

FOLDER = "schema"
SCENARIO = "scenario"
KINDS: dict[str, type[BaseModel]] = {
    SCENARIO: ScenarioFile,
    **{name.partition("/")[0].removesuffix(".yaml"): shape for name, shape in FILES.items()},
}
# An interval such as "(0, 5]" or a list such as "{0, 1}"; whether its ends are numbers in order is told by the check.
BOUNDS = r"^\s*[\[(]\s*[^,\s]+\s*,\s*[^,\s]+\s*[\])]\s*$|^\{[^{}]+\}$"
EXPLAINED = (SCENARIO, "parameters")  # the files edited daily: their keys carry words for the editor to show
NESTED = ("items", "additionalProperties", "propertyNames")
NAMED = ("properties", "patternProperties", "$defs")
LISTED = ("anyOf", "oneOf", "allOf")


def schemas(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by kind.

    Parameters
    ----------
    workspace
        Its levers, policy settings and parameters are the keys that a scenario may change.
    """
    found = {kind: _schema(kind, shape) for kind, shape in sorted(KINDS.items())}
    changes = found[SCENARIO]["properties"]
    settings = [id_ for id_ in workspace.parameters if id_.startswith(SETTINGS)]
    others = [id_ for id_ in workspace.parameters if not id_.startswith(SETTINGS)]
    levers = {key: _lever_words(workspace, key) for key in workspace.levers}
    _enumerate(changes["levers"], levers | {id_: _words(workspace.parameters[id_]) for id_ in settings})
    _enumerate(changes["uncertain"], {id_: _words(workspace.parameters[id_]) for id_ in others})
    return found


def to_text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def first_line(name: str) -> str:
    """The comment that names the schema of a file of `params/`, for its first line.

    Examples
    --------
    >>> first_line("scenarios/announced.yaml"), first_line("levers.yaml")
    ('# yaml-language-server: $schema=../schema/scenario.json', '# yaml-language-server: $schema=schema/levers.json')
    """
    folder, _, file = name.rpartition("/")
    kind = SCENARIO if folder == "scenarios" else folder or file.removesuffix(".yaml")
    return f"# yaml-language-server: $schema={'../' if folder else ''}{FOLDER}/{kind}.json"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator with our own types written as they are in a file, and no words for programmers."""

    def json_or_python_schema(self, schema: core_schema.JsonOrPythonSchema) -> JsonSchemaValue:
        """A type of ours is known by the class that its Python side accepts."""
        made = super().json_or_python_schema(schema)
        names = {cls.__name__ for cls in _classes(schema["python_schema"])}
        if "Interval" in names:
            return {"type": "string", "pattern": BOUNDS, "description": _both("key.bounds")}
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A declaration without the name and docstring of its class."""
        return _without(super().model_schema(schema), "title", "description")

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        """The same for a text in two languages."""
        return _without(super().typed_dict_schema(schema), "title", "description")

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What may be left out, without its default: an editor would write it into the file."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - as the parent has it
        """Never: a key is its own title."""
        return False


def _classes(schema: Any) -> Iterable[type]:
    """Classes of which a core schema accepts an instance."""
    if isinstance(schema, dict):
        if schema.get("type") == "is-instance":
            yield schema["cls"]
        for part in schema.values():
            yield from _classes(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _classes(part)


def _without(schema: JsonSchemaValue, *keys: str) -> JsonSchemaValue:
    return {key: value for key, value in schema.items() if key not in keys}


def _schema(kind: str, shape: type[BaseModel]) -> dict[str, Any]:
    """The schema of one declaration."""
    made: dict[str, Any] = _tidy(shape.model_json_schema(schema_generator=_Generator), explain=kind in EXPLAINED)
    head = {
        "$schema": _Generator.schema_dialect,
        "$id": f"urn:tuiyan:schema:{kind}",
        "title": _both(f"file.{kind}", " / "),
    }
    return {**head, **made}


def _tidy(schema: Any, *, explain: bool) -> Any:
    """Lengths of lists by their own name, no word of other standards, keys explained, one order of everything."""
    if not isinstance(schema, dict):
        return schema

    def tidy(part: Any) -> Any:
        return _tidy(part, explain=explain)

    found = {key: value for key, value in schema.items() if key != "discriminator"}
    if found.get("type") == "array":
        found = {{"minLength": "minItems", "maxLength": "maxItems"}.get(key, key): found[key] for key in found}
    for key in found.keys() & set(NESTED):
        found[key] = tidy(found[key])
    for key in found.keys() & set(LISTED):
        found[key] = [tidy(part) for part in found[key]]
    for key in found.keys() & set(NAMED):
        found[key] = {name: tidy(part) for name, part in found[key].items()}
    for name, part in found.get("properties", {}).items() if explain else ():
        # A word that is a list in one place and not in another means two things: ``between``.
        words = [key for key in (f"key.{name}.{part.get('type')}", f"key.{name}") if key in catalogue()]
        if words and "description" not in part:
            part["description"] = _both(words[0])
    if "required" in found:
        found["required"] = sorted(found["required"])
    return dict(sorted(found.items()))


def _enumerate(block: dict[str, Any], keys: dict[str, dict[str, str]]) -> None:
    """Replace "any key" of a block by the keys there are, each with its words."""
    change = block.pop("additionalProperties")
    block.pop("propertyNames", None)
    block["properties"] = {key: {**change, **words} for key, words in keys.items()}
    block["additionalProperties"] = False


def _words(parameter: Parameter) -> dict[str, str]:
    """Name, unit and bounds of a parameter, in both languages."""
    return _explained(parameter.label.zh, parameter.label.en, parameter.unit, parameter.hard, parameter.soft)


def _lever_words(workspace: Workspace, key: str) -> dict[str, str]:
    """Name, unit, bounds and channel of a lever, in both languages."""
    lever, effort = workspace.levers[key], workspace.lever_file.effort
    words = _explained(lever.zh, lever.en, effort.unit, effort.hard, effort.soft)
    words["description"] += f"\n{lever.channel.zh}\n{lever.channel.en}"
    return words


def _explained(zh: str, en: str, unit: str, hard: object, soft: object) -> dict[str, str]:
    """A title and a description of something with a unit and bounds."""
    key = "schema.limits" if soft is None else "schema.limits.soft"
    lines = [say(key, lang, unit=unit_name(unit, lang), hard=hard, soft=soft) for lang in LANGUAGES]
    return {"title": f"{zh} / {en}", "description": "\n".join(lines)}


def _both(key: str, gap: str = "\n") -> str:
    """A text in both languages, one line each."""
    return gap.join(say(key, lang) for lang in LANGUAGES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schemas of a workspace; returns the exit code (2: the workspace itself is broken)."""
    parser = argparse.ArgumentParser(prog="python -m tuiyan.inputs.json_schema", description=_both("schema.about"))
    parser.add_argument("--workspace", help=_both("cli.workspace"))
    options = parser.parse_args(arguments)
    try:
        workspace = read_workspace(find_workspace(options.workspace))
    except TuiyanError as error:
        sys.stderr.write(error.render(preferred()) + "\n")
        return 2
    folder: Path = workspace.params / FOLDER
    folder.mkdir(exist_ok=True)
    for kind, schema in schemas(workspace).items():
        (folder / f"{kind}.json").write_text(to_text(schema), encoding="utf-8", newline="\n")
        sys.stdout.write(f"params/{FOLDER}/{kind}.json\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
