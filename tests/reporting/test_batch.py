"""Reports made some at a time from one warm process: the bytes of a run alone, and a failure that stops no other."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from tuiyan.cli import main
from tuiyan.cli.codes import code_of
from tuiyan.reporting import batch, warm
from tuiyan.reporting.batch import Batch, Outcome

ROOT = Path(__file__).parents[2]
LIGHT = {"parameters", "open", "limits", "manifest", "save"}
Out = pytest.CaptureFixture[str]


@pytest.fixture
def light(workspace: Path) -> Path:
    """A workspace of two sound scenarios, whose report has few parts."""
    for path in (workspace / "params" / "scenarios").glob("*.yaml"):
        if path.stem not in ("announced", "baseline"):
            path.unlink()
    (workspace / "notebooks").mkdir()
    for name, wanted in {"report": LIGHT, "compare": None}.items():
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        kept = [cell for cell in notebook.cells if wanted is None or cell.id in wanted]
        notebook.cells = kept if wanted else [kept[0], *kept[1:3], *kept[-2:]]
        nbformat.write(notebook, workspace / "notebooks" / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    return workspace


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def said(_name: str, _line: str) -> None:
    return


@pytest.mark.notebooks
def test_all_scenarios_and_the_comparison_in_one_go(
    light: Path, write: Callable[..., str], tmp_path: Path, capfd: Out
) -> None:
    """One scenario is broken: the others are made all the same, and the exit code tells of it."""
    write("levers:\n  talant: {set: 1, because: {zh: 试, en: t}, grade: judgement}\n", "aaa_broken")
    reports = tmp_path / "out"
    settings = ["--draws", "32", "--lang", "en", "--out", str(reports), "--workspace", str(light)]
    assert main(["report", "--all", "--jobs", "2", *settings]) == 2
    told = capfd.readouterr()
    assert "aaa_broken: failed (exit code 2)" in told.err
    assert {path.name for path in reports.iterdir() if path.is_symlink()} == {"announced", "baseline", "compare"}
    assert len(told.out.splitlines()) == 3 * 4  # two pages and two documents each
    assert (reports / "index.html").is_file()
    together = contents(reports / "announced")
    shutil.rmtree(reports)
    assert main(["report", "announced", *settings]) == 0
    alone = contents(reports / "announced")
    assert alone.keys() == together.keys()
    assert [file for file in alone if alone[file] != together[file]] == []


@pytest.mark.notebooks
def test_without_forks_the_same_is_made(light: Path, tmp_path: Path) -> None:
    settings = {"lang": "en", "draws": 32, "seed": 0, "out": str(tmp_path / "o"), "workspace": str(light)}
    found = list(batch.reports(["announced"], Batch(settings, forks=False), said))
    assert [(each.name, each.code) for each in found] == [("announced", 0)]
    forked = list(batch.reports(["announced"], Batch(settings, forks=batch.FORKS), said))
    assert forked[0].result
    assert not forked[0].result.changed


@pytest.mark.notebooks
def test_a_runner_that_dies_is_an_outcome_and_the_rest_goes_on(light: Path, tmp_path: Path) -> None:
    notebook = light / "notebooks" / "report.ipynb"
    text = notebook.read_text(encoding="utf-8")
    killer = "import os, signal\\nos.kill(os.getppid(), signal.SIGKILL) if scenario == 'announced' else None"
    notebook.write_text(text.replace("report.limits()", killer), encoding="utf-8")
    settings = {"lang": "en", "draws": 32, "seed": 0, "out": str(tmp_path / "o"), "workspace": str(light)}
    found = list(batch.reports(["announced", "baseline"], Batch(settings), said))
    assert {each.name: each.code for each in found} == {"announced": 4, "baseline": 0}


def test_the_comparison_starts_from_the_root() -> None:
    settings = {"workspace": str(ROOT)}
    assert batch.comparable(["announced", "delayed", "baseline", "nothing"], settings) == (
        ["baseline", "announced", "delayed"], [],
    )  # fmt: skip
    assert batch.scenarios(ROOT) == sorted(batch.scenarios(ROOT))


def test_a_scenario_of_another_horizon_is_left_out_and_named(
    workspace: Path, write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("horizon: 2028\n", "aaa_short")
    names = ["aaa_short", "announced", "baseline"]
    settings = {"workspace": str(workspace), "lang": "en", "out": str(workspace / "out")}
    assert batch.comparable(names, settings) == (["baseline", "announced"], ["aaa_short"])
    given: list[batch.Task] = []

    def work(_pool: object, tasks: list[batch.Task]) -> Iterator[Outcome]:
        given.extend(tasks)
        yield from (Outcome(each.name, 0, 0.1) for each in tasks)

    monkeypatch.setattr(batch._Pool, "work", work)
    told: list[tuple[str, str]] = []
    list(batch.reports(names, Batch(settings), lambda *line: told.append(line), compared=True))
    assert given[-1] == batch.Task("compare", ("baseline", "announced"), compare=True)
    assert ("compare", "of another horizon than the others, not in the comparison: aaa_short") in told


@pytest.mark.parametrize(
    ("error", "code", "why"),
    [
        (FloatingPointError("scale.total is not finite"), 1, "FloatingPointError: scale.total is not finite"),
        (OSError(errno.ENOSPC, "No space left on device"), 3, "No space left on device: "),
        (PermissionError(errno.EACCES, "Permission denied", "x"), 2, "Permission denied: x"),
    ],
)
def test_every_way_to_fail_in_a_runner_has_the_code_it_would_have_alone(
    error: Exception, code: int, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("tuiyan.reporting.execute.report", fails)
    request = {
        "names": ["a"],
        "settings": {"lang": "en"},
        "rules": {},
        "deadline": None,
        "memory": None,
        "compare": False,
    }
    found = warm.answer(request, said)
    assert (found["code"], found["why"]) == (code, why)
    assert code_of(error) == code


def test_an_answer_that_finds_no_room_is_a_full_disk_and_no_death(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(warm, "answer", lambda *_: {"code": 0})
    monkeypatch.setattr(Path, "write_text", full)
    assert warm._worked({"id": "1", "answer": "nowhere"}, 1) == 3


@pytest.mark.notebooks
def test_several_names_are_all_made_whatever_one_of_them_is(light: Path, tmp_path: Path, capfd: Out) -> None:
    settings = ["--draws", "32", "--lang", "en", "--out", str(tmp_path / "o"), "--workspace", str(light)]
    assert main(["report", "nosuch", "announced", *settings]) == 2
    assert "E116" in capfd.readouterr().err
    assert (tmp_path / "o" / "announced" / "manifest.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--all", "announced"], "E284"),
        (["--all", "--notebook", "compare"], "E284"),
        (["--all", "--year", "2020"], "E284"),
        ([], "E285"),
        (["announced", "--deadline", "0"], "E282"),
        (["announced", "--memory", "-1"], "E283"),
    ],
)
def test_what_does_not_go_together_starts_nothing(arguments: list[str], code: str, capsys: Out) -> None:
    assert main(["report", *arguments, "--lang", "en"]) == 2
    assert code in capsys.readouterr().err


def test_the_exit_code_is_the_highest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    outcomes = [Outcome("a", 2, 0.1, findings=("E270",)), Outcome("b", 1, 0.1), Outcome("c", 4, 0.1)]
    monkeypatch.setattr(batch, "reports", lambda *_, **__: iter(outcomes))
    assert main(["report", "--all", "--out", str(tmp_path), "--workspace", str(ROOT), "--lang", "en"]) == 6
