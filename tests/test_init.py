"""`tuiyan init`: a study of one's own, in which every command works and every mistake stops all of them alike."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.cli import main, starting
from tuiyan.cli.arguments import COMMANDS
from tuiyan.inputs import documents
from tuiyan.reporting import study

Out = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[1]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, without a workspace named elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TUIYAN_WORKSPACE", raising=False)
    return tmp_path


def test_a_study_holds_the_shipped_files_and_a_guide(place: Path, capsys: Out) -> None:
    assert main(["init", "我的 study", "--lang", "en"]) == 0
    assert "cd '我的 study' && tuiyan check" in capsys.readouterr().out
    made = contents(place / "我的 study")
    expected = {
        name: data
        for folder in starting.CARRIED
        for name, data in contents(ROOT / folder).items()
        if not any(part.startswith(".") for part in Path(name).parts)
    }
    assert {name.partition("/")[2]: data for name, data in made.items() if "/" in name} == expected
    assert set(made) - {f"{folder}/{name}" for folder in starting.CARRIED for name in contents(ROOT / folder)} == {
        "README.md"
    }


def test_commands_work_from_a_study_and_see_its_files(
    place: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["init", "."]) == 0
    assert main(["check"]) == 0
    path = place / "params" / "scenarios" / "baseline.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("en: Baseline without policy", "en: Ours"), "utf-8")
    (place / "notes").mkdir()
    monkeypatch.chdir(place / "notes")
    capsys.readouterr()
    assert main(["list", "--lang", "en"]) == 0
    assert "Ours" in capsys.readouterr().out
    assert main(["run", "baseline", "--draws", "64", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Ours (baseline)")


def test_the_guide_names_commands_that_exist(place: Path) -> None:
    starting.start(place / "study")
    text = (place / "study" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^    tuiyan (\w+)", text, re.MULTILINE)) <= set(COMMANDS)
    for name in re.findall(r"`((?:params|notebooks)/[\w./]+)`", text):
        assert (place / "study" / name).exists(), name
    for scenario in re.findall(r"(?:run|report|scenario) (\w+)(?: +#|$)", text, re.MULTILINE):
        assert scenario in ty.load("baseline").workspace.scenarios()


def test_a_folder_that_holds_anything_is_refused_untouched(place: Path, capsys: Out) -> None:
    (place / "study").mkdir()
    (place / "study" / "notes.txt").write_text("mine", encoding="utf-8")
    assert main(["init", "study", "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert "E151" in told.err
    assert told.out == ""
    assert contents(place) == {"study/notes.txt": b"mine"}


def test_a_second_start_in_one_folder_is_refused(place: Path, capsys: Out) -> None:
    assert main(["init", "study"]) == 0
    before = contents(place)
    assert main(["init", "study", "--lang", "zh"]) == 2
    assert "不是空的" in capsys.readouterr().err
    assert contents(place) == before


def test_what_cannot_be_written_is_one_sentence(place: Path, capsys: Out) -> None:
    (place / "file").write_text("", encoding="utf-8")
    for target in ("file", "file/below"):
        assert main(["init", target, "--lang", "en"]) == 2
        told = capsys.readouterr().err
        assert "E152" in told
        assert len(told.splitlines()) == 1


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("existed", [False, True])
def test_an_interrupted_start_leaves_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, existed: bool
) -> None:
    if existed:
        (place / "study").mkdir()
    copied = iter([None] * 5)

    def copy(source: Path, target: Path) -> None:
        if next(copied, "full") == "full":
            raise error
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(shutil, "copyfile", copy)
    with pytest.raises((ty.TuiyanError, KeyboardInterrupt)):
        starting.start(place / "study")
    assert [path.name for path in place.rglob("*")] == (["study"] if existed else [])


@pytest.mark.notebooks
def test_a_spelling_mistake_stops_every_way_to_run_with_the_same_message(
    place: Path, capsys: Out, write_mistake: Callable[[Path], str]
) -> None:
    """`check`, `run`, `report`, the notebook's own opening, and plain papermill."""
    assert main(["init", "."]) == 0
    capsys.readouterr()
    message = write_mistake(place)
    for command in (["check"], ["check", "trial"], ["run", "trial"], ["report", "trial"]):
        assert main([*command, "--lang", "en"]) == 2
        told = capsys.readouterr().err.splitlines()
        assert message in told
    with pytest.raises(ty.TuiyanError) as caught:
        study.open({"scenario": "trial", "against": "", "lang": "en", "draws": 64, "seed": 0, "as_of": ""})
    assert message in str(caught.value).splitlines()
    command = [sys.executable, "-m", "papermill", "notebooks/report.ipynb", "out.ipynb", "-p", "scenario", "trial"]
    path = os.pathsep.join([str(ROOT / "model"), os.environ.get("PYTHONPATH", "")])
    settings = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=place, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert message in done.stdout + done.stderr
    assert not (place / "reports").exists()


@pytest.fixture
def write_mistake() -> Callable[[Path], str]:
    """Misspell a lever in a scenario of a study; returns the line that every command must say."""

    def write(folder: Path) -> str:
        text = (folder / "params" / "scenarios" / "delayed.yaml").read_text(encoding="utf-8")
        line = text[: text.index("  talent:\n")].count("\n") + 1
        trial = folder / "params" / "scenarios" / "trial.yaml"
        trial.write_text(text.replace("  talent:\n", "  talant:\n"), encoding="utf-8")
        assert documents.read_yaml(trial, "trial").data["levers"]["talant"]
        said = f"params/scenarios/trial.yaml:{line}:3: error E112: talant is not a lever. Did you mean talent? "
        return said + "Levers stand in params/levers.yaml."

    return write
