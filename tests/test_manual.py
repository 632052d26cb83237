"""The generated pages of the manual: fresh, and every finding has an example that really gives it."""

from __future__ import annotations

import ast
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.cli import main
from tuiyan.reporting import study

from tools import manual
from tools.environment import ROOT
from tools.manual import Example

EXAMPLES = manual.examples()


@pytest.mark.parametrize("name", manual.PAGES)
def test_a_generated_page_is_fresh(name: str) -> None:
    written = (manual.DOCS / name).read_text(encoding="utf-8")
    assert written == manual.PAGES[name](), f"docs/{name} is old; write it again with: python3 run.py docs"


def test_every_code_has_an_example_and_every_example_a_code() -> None:
    assert manual.codes() == sorted(EXAMPLES, key=lambda code: (code[1:], code[0]))


def written(example: Example, workspace: Path) -> None:
    """Put the file of an example into a workspace, if it has one."""
    if not (example.scenario or example.text or example.changes):
        return
    path = workspace / example.file
    text = manual.HEAD + example.scenario if example.scenario else example.text * example.times
    if example.changes:
        text = path.read_text(encoding="utf-8")
    for old, new in example.changes:
        assert old in text, f"{example.file} no longer holds {old!r}"
        text = text.replace(old, new, 1)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding=example.encoding)


def assigned(cell: str) -> dict[str, object]:
    """The names and values that the parameters cell of a notebook assigns."""
    found: dict[str, object] = {}
    for node in ast.parse(cell).body:
        assert isinstance(node, ast.Assign)
        values = ast.literal_eval(node.value)
        names = node.targets[0]
        if isinstance(names, ast.Tuple):
            found |= dict(zip((ast.unparse(name) for name in names.elts), values, strict=True))
        else:
            found[ast.unparse(names)] = values
    return found


def calculated(example: Example) -> object:
    """Run the Python of an example."""
    if example.notebook:
        return study.open(assigned(example.notebook))
    return eval(example.python, {"ty": ty})  # noqa: S307 - our own line of docs/findings.yaml


def told(example: Example, workspace: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The codes that an example gives and the shipped files do not."""
    written(example, workspace)
    if example.command:
        program, *words = shlex.split(example.command)
        assert program == "tuiyan"
        main([*words, "--lang", "en"])
        return set(re.findall(r"(?:error|warning|note) ([EWN]\d{3}): ", capsys.readouterr().err))
    if example.python or example.notebook:
        with pytest.raises(ty.TuiyanError) as caught:
            calculated(example)
        return {finding.code for finding in caught.value.findings}
    return {finding.code for finding in ty.check() if said(finding) not in shipped()}


@cache
def shipped() -> set[tuple[str, str]]:
    """What is said of the shipped files themselves."""
    return {said(finding) for finding in ty.check(workspace=ROOT)}


def said(finding: ty.Finding) -> tuple[str, str]:
    return finding.code, finding.message.en


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_gives_its_finding_and_no_other(
    code: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "notebooks").mkdir()
    (workspace / "notebooks" / "report.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(workspace)
    monkeypatch.delenv("TUIYAN_WORKSPACE", raising=False)
    assert told(EXAMPLES[code], workspace, capsys) == {code}


def test_every_parameter_is_in_the_table_once() -> None:
    text = manual.parameters()
    ids = re.findall(r"^\| `([a-z0-9_.]+)` \|", text, re.MULTILINE)
    assert sorted(ids) == sorted(ty.load("baseline").workspace.parameters)
    assert len({line.count(" | ") for line in text.splitlines() if line.startswith("| `")}) == 1


def test_places_are_shown_and_braces_kept() -> None:
    assert manual.readable('{key}: "{{0, 1}}" * <b>') == '`{key}`: "{0, 1}" \\* &lt;b>'
