"""JSON Schema for editors: fresh, true of every shipped file, and it underlines what the checks refuse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tuiyan as ty
from jsonschema import Draft202012Validator, FormatChecker
from tuiyan.inputs import json_schema
from tuiyan.inputs.documents import read_yaml

ROOT = Path(__file__).resolve().parents[2]
PARAMS = ROOT / "params"
FILES = sorted(path.relative_to(PARAMS).as_posix() for path in PARAMS.rglob("*.yaml"))
BECAUSE = "because: {zh: 试, en: trial}, grade: judgement"
Write = Callable[..., str]


def schema(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PARAMS / json_schema.FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    return found


def problems(path: Path, kind: str) -> list[str]:
    validator = Draft202012Validator(schema(kind), format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(read_yaml(path, path.name).data)]


def kind_of(name: str) -> str:
    return json_schema.first_line(name).rpartition("/")[2].removesuffix(".json")


def parts(found: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    if isinstance(found, dict):
        yield found
        for part in found.values():
            yield from parts(part)
    elif isinstance(found, list):
        for part in found:
            yield from parts(part)


def test_the_committed_schemas_are_fresh() -> None:
    made = json_schema.schemas(ty.load("baseline", workspace=ROOT).workspace)
    assert {path.name for path in (PARAMS / json_schema.FOLDER).iterdir()} == {f"{kind}.json" for kind in made}
    for kind, found in made.items():
        text = (PARAMS / json_schema.FOLDER / f"{kind}.json").read_text(encoding="utf-8")
        assert text == json_schema.to_text(found), f"{kind}.json is old; write it again with: python3 run.py schema"


@pytest.mark.parametrize("kind", json_schema.KINDS)
def test_a_schema_is_one_and_names_no_host(kind: str) -> None:
    found = schema(kind)
    Draft202012Validator.check_schema(found)
    assert found["$id"] == f"urn:tuiyan:schema:{kind}"
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in parts(found):
        if part.get("type") == "object" and isinstance(part.get("properties"), dict):
            assert part["additionalProperties"] is False
        if part.get("type") == "array":
            assert not {"minLength", "maxLength"} & part.keys()
        assert "discriminator" not in part


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_file_names_its_schema_and_obeys_it(name: str) -> None:
    first = (PARAMS / name).read_text(encoding="utf-8").partition("\n")[0]
    assert first == json_schema.first_line(name)
    named = (PARAMS / name).parent / first.partition("$schema=")[2]
    assert named.resolve() == (PARAMS / json_schema.FOLDER / f"{kind_of(name)}.json").resolve()
    assert problems(PARAMS / name, kind_of(name)) == []


def test_a_scenario_may_change_what_the_workspace_holds_and_nothing_else() -> None:
    workspace = ty.load("baseline", workspace=ROOT).workspace
    blocks = schema("scenario")["properties"]
    settings = [id_ for id_ in workspace.parameters if id_.startswith("policy.")]
    assert list(blocks["levers"]["properties"]) == [*workspace.levers, *settings]
    assert list(blocks["uncertain"]["properties"]) == [id_ for id_ in workspace.parameters if id_ not in settings]
    scale = blocks["uncertain"]["properties"]["base.scale"]
    label = workspace.parameters["base.scale"].label
    assert scale["title"] == f"{label.zh} / {label.en}"
    for words in ("亿元", "CNY 100m", "(0, 5000]", "[200, 2000]"):
        assert words in scale["description"]
    assert "[0, 2]" in blocks["levers"]["properties"]["talent"]["description"]


def test_every_key_of_a_scenario_is_explained_in_both_languages() -> None:
    for part in parts(schema("scenario")):
        for key, inner in part.get("properties", {}).items():
            assert len(inner.get("description", "").split("\n")) >= 2, f"wording/manual.py lacks key.{key}"


def test_our_own_types_are_what_a_file_holds() -> None:
    scenario, parameter = schema("scenario"), schema("parameters")["$defs"]["Parameter"]["properties"]
    assert parameter["hard"]["type"] == "string"
    assert Draft202012Validator(parameter["hard"]).is_valid("(0, 5]")
    assert Draft202012Validator(parameter["hard"]).is_valid("{0, 1}")
    assert not Draft202012Validator(parameter["hard"]).is_valid("0 to 5")
    assert scenario["properties"]["title"]["required"] == ["en", "zh"]
    assert {"format": "date", "type": "string"} in scenario["properties"]["as_of"]["anyOf"]
    assert parameter["sources"]["type"] == "array"
    assert parameter["sources"]["minItems"] == 1


@pytest.mark.parametrize(
    "body",
    [
        f"levers:\n  talent: {{set: 0.5, {BECAUSE}, sources: [analyst]}}\n  policy.delay: {{add: 1, {BECAUSE}}}\n",
        f"uncertain:\n  base.scale: {{set: {{family: lognormal, median: 500, sd_log: 0.2}}, {BECAUSE}}}\n",
        f"uncertain:\n  base.scale: {{set: {{family: lognormal, p5: 350, p50: 600, p95: 1030}}, {BECAUSE}}}\n",
        f"levers:\n  talent: {{set: {{2018: 0.2, 2020: 1, then: hold}}, between: step, {BECAUSE}}}\n",
        f"uncertain:\n  demand.elasticity: {{scale: 1.1, {BECAUSE}}}\n",
        "as_of: 2018-09-25\nhorizon: 2025\nnot_modelled:\n  - {zh: 价格, en: prices}\n",
    ],
)
def test_what_the_checks_accept_the_schema_accepts(workspace: Path, write: Write, body: str) -> None:
    name = write(body)
    assert ty.load(name, workspace=workspace).id == name
    assert problems(workspace / "params" / "scenarios" / f"{name}.yaml", "scenario") == []


@pytest.mark.parametrize(
    "body",
    [
        f"levers:\n  talant: {{set: 1, {BECAUSE}}}\n",
        f"uncertain:\n  adoption.midpont: {{set: 1, {BECAUSE}}}\n",
        f"uncertain:\n  policy.delay: {{set: 1, {BECAUSE}}}\n",
        f"levers:\n  talent: {{sett: 1, {BECAUSE}}}\n",
        "levers:\n  talent: {set: 1, grade: judgement}\n",
        "levers:\n  talent: {set: 1, because: {zh: 试}, grade: study}\n",
        "levers:\n  talent: {set: 1, because: {zh: 试, en: t}, grade: hunch}\n",
        f"levers:\n  talent: {{set: high, {BECAUSE}}}\n",
        f"levers:\n  talent: {{set: {{2018: 0.2, after: hold}}, {BECAUSE}}}\n",
        f"uncertain:\n  base.scale: {{set: {{family: lognormol, median: 5, sd_log: 1}}, {BECAUSE}}}\n",
        f"uncertain:\n  base.scale: {{set: {{family: normal, mean: 5, sigma: 1}}, {BECAUSE}}}\n",
        "extends: ../outside\n",
        "horizont: 2025\n",
        "horizon: 1999\n",
        "as_of: 14 Nov 2017\n",
        "facts_used: {sh_ai_scale: 900}\n",
    ],
)
def test_what_the_schema_underlines_the_checks_refuse(workspace: Path, write: Write, body: str) -> None:
    name = write(body, parent="" if body.startswith("extends") else "announced")
    assert problems(workspace / "params" / "scenarios" / f"{name}.yaml", "scenario") != []
    with pytest.raises(ty.TuiyanError):
        ty.load(name, workspace=workspace)


def test_a_new_parameter_of_a_study_reaches_its_schema(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "params" / "parameters.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  scope.related:\n"), text.index("  scope.above_size:\n")
    added = text[start:end].replace("scope.related", "scope.own").replace("stream: 86", "stream: 5000")
    path.write_text(text[:end] + added + text[end:], encoding="utf-8")
    assert json_schema.main(["--workspace", str(workspace)]) == 0
    assert "params/schema/scenario.json" in capsys.readouterr().out
    written = json.loads((workspace / "params" / "schema" / "scenario.json").read_text(encoding="utf-8"))
    assert "scope.own" in written["properties"]["uncertain"]["properties"]


def test_a_broken_workspace_gets_findings_and_no_schema(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "params" / "levers.yaml").write_text("levers: [\n", encoding="utf-8")
    before = (workspace / "params" / "schema" / "levers.json").read_bytes()
    assert json_schema.main(["--workspace", str(workspace)]) == 2
    assert "params/levers.yaml" in capsys.readouterr().err
    assert (workspace / "params" / "schema" / "levers.json").read_bytes() == before
