"""The notebook that a job runs: its guard lets settings through and nothing else, and it tells what failed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import nbformat
import pytest
from tuiyan.cli import launcher
from tuiyan.cli.arguments import DEADLINE, parsed
from tuiyan.inputs.findings import TuiyanError

from tests.scheduling.workspaces import ROOT
from tools.notebooks import leftovers


def cells() -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(ROOT / launcher.NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_launcher_is_thin_and_stripped() -> None:
    assert [cell.id for cell in cells()] == ["guard", "parameters", "launch"]
    assert cells()[1].metadata.tags == ["parameters"]
    assert cells()[2].source == launcher.LAUNCH
    assert not any("def " in cell.source or len(cell.source.splitlines()) > 8 for cell in cells())
    assert not leftovers(json.loads((ROOT / launcher.NOTEBOOK).read_text(encoding="utf-8")))


def test_the_parameters_cell_passes_the_guard_as_it_is() -> None:
    given: dict[str, object] = {}
    exec(cells()[1].source, {}, given)  # noqa: S102 - our own file
    guarded: dict[str, object] = {}
    exec("".join(launcher.settings(cells()[1].source.splitlines(keepends=True))), {}, guarded)  # noqa: S102 - the same
    assert guarded == given == launcher.FORM.checked(given)
    assert given["deadline"] == DEADLINE


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("scenario = announced", "announced"), ("scenario = all", "all"), ("scenario = 2018-plan", "2018-plan"),
        ('scenario = "announced"', "announced"), ("scenario='talent-squeeze'  # a note", "talent-squeeze"),
        (f"workspace = {'/srv/城市 %'!a}", "/srv/城市 %"), ("draws = 512", 512),
    ],
)  # fmt: skip
def test_a_plain_value_passes_pasted_raw(line: str, value: object) -> None:
    found: dict[str, object] = {}
    exec("".join(launcher.settings([line])), {}, found)  # noqa: S102 - it passed the guard
    assert list(found.values()) == [value]


@pytest.mark.parametrize(
    "line",
    [
        'scenario = x"; import os', 'scenario = "x"; import os', "scenario = __import__('os').getpid()", "import os",
        "scenario = all\nimport os", "scenario = [1]", "draws = announced", "draws = True", "%run x", "!id", "print(1)",
        "scenario = f'{1}'", "other = announced", "launcher.launch(globals()); import os", "os = 1", "scenario = 1 + 1",
        "scenario = announced \\\n; import os", "scenario = \x00", "scenario = " + "(" * 500,
    ],
)  # fmt: skip
def test_what_is_no_setting_is_refused_unread(line: str) -> None:
    with pytest.raises(TuiyanError, match="E302"):
        launcher.settings(line.splitlines(keepends=True))


def test_the_guard_stands_between_ipython_and_the_cell(tmp_path: Path) -> None:
    shell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell()
    launcher.guard(shell)
    launcher.guard(shell)
    trace = tmp_path / "ran"
    done = shell.run_cell(f'scenario = "x"; open({str(trace)!r}, "w")')
    assert "E302" in str(done.error_before_exec)
    assert not trace.exists()
    assert shell.run_cell("scenario = announced").success
    assert shell.user_ns["scenario"] == "announced"
    hidden = f"# Parameters\n#\ropen({str(trace)!r}, 'w')\n{launcher.LAUNCH}\n"
    shell.run_cell(hidden)  # for Python a return begins a line; here it stands in a comment
    assert not trace.exists()
    launcher.unguard(shell)
    assert shell.run_cell("2 + 2").result == 4


def namespace(**more: object) -> dict[str, object]:
    given: dict[str, object] = {}
    exec(cells()[1].source, {}, given)  # noqa: S102 - our own file
    return {**given, "lang": "en", "workspace": str(ROOT), **more}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"scenario": 'x"; import os'}, "E300"), ({"scenario": "--all"}, "E300"), ({"scenario": "../x"}, "E300"),
        ({"scenario": "Announced"}, "E300"), ({"workspace": "/nonexistent"}, "E150"), ({"lang": "fr"}, "E141"),
    ],
)  # fmt: skip
def test_the_launcher_refuses_before_anything_runs(
    wrong: dict[str, object], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it was run"))
    with pytest.raises(TuiyanError, match=code):
        launcher.launch(namespace(**wrong))


def test_the_shipped_files_are_never_what_a_job_means(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it was run"))
    monkeypatch.delenv("TUIYAN_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)  # as a staging folder: no workspace above
    with pytest.raises(TuiyanError, match="E301"):
        launcher.launch(namespace(workspace=""))


@pytest.mark.parametrize("how", ["parameter", "variable", "above"])
def test_the_launcher_finds_the_workspace(how: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    called: list[list[str]] = []

    def ran(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        called.append(words)
        return subprocess.CompletedProcess(words, 0, "/r/a b.html\n", "said <b>")

    monkeypatch.setattr(subprocess, "run", ran)
    monkeypatch.delenv("TUIYAN_WORKSPACE", raising=False)
    monkeypatch.chdir(ROOT / "notebooks" if how == "above" else tmp_path)
    if how == "variable":
        monkeypatch.setenv("TUIYAN_WORKSPACE", str(ROOT))
    found = launcher.launch(namespace(scenario="announced", workspace=str(ROOT) if how == "parameter" else ""))
    (words,) = called
    assert words[words.index("--workspace") + 1] == str(ROOT)
    assert parsed(words[words.index("report") :]).names == ["announced"]
    assert "/r/a b.html" in repr(found)
    assert 'href="file:///r/a%20b.html"' in found._repr_html_()
    assert "said &lt;b&gt;" in found._repr_html_()


@pytest.mark.parametrize(("code", "why"), [(2, "the input is wrong"), (-9, "it"), (5, "deadline"), (77, "not known")])
def test_a_failed_run_is_told_in_words_in_both_languages(code: int, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess([], code, "", "what the command said")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    with pytest.raises(launcher.LaunchError) as caught:
        launcher.launch(namespace())
    assert caught.value.code == code
    zh, en, said = str(caught.value).splitlines()
    assert f"退出码 {code}" in zh
    assert f"exit code {code}" in en
    assert why in en
    assert said == "what the command said"


def test_every_exit_code_of_a_report_has_words() -> None:
    told = {launcher.failure("x", code, "") for code in launcher.KNOWN_CODES}
    assert len(told) == len(launcher.KNOWN_CODES)
    assert not any("not known" in each for each in told)
