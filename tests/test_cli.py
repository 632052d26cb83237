"""The commands: results on stdout, talk on stderr, exit codes, both languages, and no traceback for bad input."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tuiyan.cli import main, output
from tuiyan.inputs.variables import VARIABLES

Out = pytest.CaptureFixture[str]


def test_run_prints_the_ledger_in_both_languages(capsys: Out) -> None:
    assert main(["run", "announced", "--draws", "512", "--lang", "zh"]) == 0
    zh = capsys.readouterr()
    assert main(["run", "announced", "--draws", "512", "--lang", "en"]) == 0
    en = capsys.readouterr()
    assert "全部计数目标同时达到" in zh.out
    assert "all counted goals together" in en.out
    assert zh.err == en.err == ""


def test_run_json_holds_every_series_with_its_unit(capsys: Out) -> None:
    assert main(["run", "baseline", "delayed", "--draws", "64", "--json", "--as-of", "2018-09-25"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["scenario"] for each in found] == ["baseline", "delayed"]
    assert found[0]["units"]["scale.total"] == VARIABLES["scale.total"].unit
    assert set(found[0]["series"]) == set(found[0]["units"])
    assert found[0]["all_counted"] is None
    assert found[0]["goals"]["R07"]["status"] == "na_policy"


def test_workers_and_settings(capsys: Out) -> None:
    arguments = ["run", "announced", "--draws", "64", "--json", "--set", "talent=0.5", "--set", "demand.elasticity=0.5"]
    assert main(arguments) == 0
    alone = capsys.readouterr().out
    assert main([*arguments, "--workers", "2"]) == 0
    assert capsys.readouterr().out == alone


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["run", "anounced"], "announced"),
        (["run", "announced", "--draws", "100"], "E142"),
        (["run", "announced", "--as-of", "yesterday"], "E120"),
        (["run", "announced", "--as-of", "2016-01-01"], "E106"),
        (["run", "announced", "--set", "talant=1"], "talent"),
        (["run", "announced", "--set", "talent=9"], "E107"),
        (["check", "nothing"], "E116"),
        (["goals", "R99"], "E117"),
        (["run", "announced", "--workspace", "/nonexistent"], "E150"),
    ],
)
def test_bad_input_gives_two_and_one_sentence(capsys: Out, arguments: list[str], word: str) -> None:
    assert main([*arguments, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert word in told.err
    assert "Traceback" not in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "arguments",
    [["rum", "announced"], [], ["run"], ["run", "announced", "--sed", "1"], ["run", "announced", "--set", "talent"]],
)
def test_bad_usage_gives_two(capsys: Out, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_check_tells_all_problems_with_places(capsys: Out, workspace: Path, write: Callable[..., str]) -> None:
    write("levers:\n  talant: {set: 1, because: {zh: 试, en: t}, grade: judgement}\n", "one")
    write("horizon: soon\n", "two")
    assert main(["check", "--workspace", str(workspace), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "params/scenarios/one.yaml:7:3: error E112" in told
    assert "params/scenarios/two.yaml:6:10: error E104" in told
    assert main(["check", "--workspace", str(workspace), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    errors = [(each["code"], each["line"]) for each in found if each["level"] == "error"]
    assert errors == [("E112", 7), ("E104", 6)]


def test_check_of_the_shipped_workspace_is_clean(capsys: Out) -> None:
    assert main(["check", "--lang", "zh"]) == 0
    assert "没有错误或警告" in capsys.readouterr().out


def test_list_and_goals(capsys: Out) -> None:
    assert main(["list", "--lang", "en"]) == 0
    assert "Announced programme" in capsys.readouterr().out
    assert main(["goals", "--lang", "zh"]) == 0
    register = capsys.readouterr().out
    assert "到2020年实现人工智能重点产业规模超过1000亿" in register
    assert main(["goals", "R04", "--lang", "en"]) == 0
    assert "agri: none" in capsys.readouterr().out
    assert main(["goals", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["goals"]) == 29


def test_talk_on_a_full_disk_stops_nothing(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(sys, "stderr", Full())
    output.talk("one")
    output.talk("two")
    output.out("result")
    assert capsys.readouterr().out == "result\n"


def test_a_scenario_that_is_named_twice_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from tuiyan.reporting import batch

    made: list[list[str]] = []

    def noted(names: list[str], *_: object, **__: object) -> list[batch.Outcome]:
        made.append(names)
        return []

    monkeypatch.setattr(batch, "reports", noted)
    assert main(["report", "announced", "delayed", "announced", "--jobs", "2"]) == 0
    assert made == [["announced", "delayed"]]
