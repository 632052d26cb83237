"""`--log`: lines for machines about one report, a notebook, a batch and what never began."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tuiyan.cli import main

from tests.scheduling.workspaces import ROOT, trimmed

Out = pytest.CaptureFixture[str]


def logged(file: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    keys = {"time", "report", "stage", "status", "seconds", "exit_code"}
    for line in found:
        assert set(line) == keys
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", line["time"])
        assert line["seconds"] >= 0
        assert line["seconds"] > 0 or "-" not in str(line["seconds"])
        assert (line["exit_code"] is None) == (line["status"] in ("started", "stage"))
    assert (found[0]["report"], found[0]["status"]) == (found[-1]["report"], "started") == ("", "started")
    return found


def of(lines: list[dict[str, Any]], report: str) -> list[tuple[str, int | None]]:
    """Status and code of the lines of a report, its stages once."""
    found = [(line["status"], line["exit_code"]) for line in lines if line["report"] == report]
    return list(dict.fromkeys(found))


@pytest.mark.notebooks
def test_a_log_for_machines_tells_of_one_report_of_a_notebook_and_of_a_batch(tmp_path: Path, capsys: Out) -> None:
    study, log = trimmed(tmp_path / "study"), tmp_path / "log.jsonl"
    settings = ["--workspace", str(study), "--draws", "32", "--lang", "en", "--log", str(log)]
    made = [("started", None), ("stage", None), ("done", 0)]
    assert main(["report", "announced", *settings]) == 0
    lines = logged(log)
    assert of(lines, "announced") == made
    assert of(lines, "") == [("started", None), ("done", 0)]
    told = capsys.readouterr().err.splitlines()
    assert [line["stage"] for line in lines if line["status"] == "stage"] == told
    log.unlink()
    assert main(["report", "announced", "--if-changed", *settings]) == 0
    assert of(logged(log), "announced") == [("started", None), ("stage", None), ("unchanged", 0)]
    log.unlink()
    assert main(["report", "--notebook", "compare", "announced", "baseline", *settings]) == 0
    assert of(logged(log), "compare") == made
    log.unlink()
    (study / "params" / "scenarios" / "broken.yaml").write_text("extends: announced\n", encoding="utf-8")
    assert main(["report", "--all", *settings]) == 2
    lines = logged(log)
    assert of(lines, "announced") == of(lines, "compare") == made
    assert of(lines, "broken") == [("started", None), ("stage", None), ("failed", 2)]
    assert of(lines, "")[-1] == ("failed", 2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [(["anounced"], 2, "E116"), ([], 2, "E285"), (["announced", "--deadline", "0"], 2, "E282")],
)
def test_the_log_tells_of_a_command_that_never_began_a_report(
    words: list[str], code: int, said: str, tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("", encoding="utf-8")
    assert main(["report", *words, "--workspace", str(ROOT), "--log", str(log), "--out", str(tmp_path / "r")]) == code
    last = logged(log)[-1]
    assert (last["status"], last["exit_code"]) == ("failed", code)
    assert said in last["stage"]


def test_the_log_speaks_the_language_that_was_asked_for(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    words = ["anounced", "--workspace", str(ROOT), "--log", str(log), "--lang", "zh", "--out", str(tmp_path / "r")]
    assert main(["report", *words]) == 2
    assert "没有名为" in logged(log)[-1]["stage"]


def test_a_log_that_cannot_be_written_is_said_before_anything_runs(tmp_path: Path, capfd: Out) -> None:
    log = str(tmp_path / "missing" / "log")
    assert main(["report", "announced", "--workspace", str(ROOT), "--log", log, "--lang", "en"]) == 2
    assert log in capfd.readouterr().err
