"""The manual's page on scheduling: its recipes call the command as it is."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest
from tuiyan.cli import launcher
from tuiyan.cli.arguments import SCHEDULERS, parsed
from tuiyan.inputs.workspace import SLUG

from tests.scheduling.workspaces import ROOT


def recipes() -> dict[str, str]:
    text = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^### (\w+).*?^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", ["Airflow", "Dagster", "Prefect"])
def test_a_recipe_compiles_and_calls_the_command_as_it_is(name: str) -> None:
    source = recipes()[name]
    tree = compile(source, name, "exec", flags=ast.PyCF_ONLY_AST)
    assert len(source.splitlines()) <= 25
    found = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    (command,) = (each for each in found if "tuiyan report" in each)
    program, *words = shlex.split(command)
    assert Path(program).name == "tuiyan"
    options = parsed(words)
    assert options.all
    assert options.if_changed


def test_the_page_names_every_target_and_every_exit_code() -> None:
    text = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
    assert all(f"--for {target}" in text for target in SCHEDULERS)
    rows = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert rows == {0, *launcher.KNOWN_CODES}
    assert SLUG.fullmatch("announced")
