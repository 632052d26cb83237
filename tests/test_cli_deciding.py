"""The commands that explain and decide: tables in both languages, JSON, exit codes, sentences for bad questions."""

import json
from typing import Any

import pytest
import tuiyan as ty
from tuiyan.cli import main
from tuiyan.cli.progress import stage

Out = pytest.CaptureFixture[str]
FEW = ("--draws", "256")
COMMANDS = (
    ("compare", "baseline", "announced", "delayed"),
    ("explain", "announced", "--of", "R01"),
    ("explain", "announced", "--by", "growth"),
    ("solve", "announced", "--prob", "0.55", "--lever", "all"),
    ("solve", "announced", "--prob", "0.55"),
    ("solve", "announced", "--parameter", "base.scale"),
    ("sensitivity", "announced", "--method", "tornado"),
    ("discover", "announced"),
)


def test_every_command_speaks_both_languages_and_json(capsys: Out) -> None:
    for command in COMMANDS:
        shown = []
        for lang in ("zh", "en"):
            assert main([*command, *FEW, "--lang", lang]) == 0
            shown.append(capsys.readouterr().out)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in shown[0]), command
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in shown[1]), command
        assert main([*command, *FEW, "--json"]) == 0
        json.loads(capsys.readouterr().out)


def test_a_command_prints_what_the_function_returns(capsys: Out) -> None:
    assert main(["explain", "announced", "--of", "R01", "--by", "lever", *FEW, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    found: Any = ty.explain(ty.load("baseline"), ty.load("announced"), of="R01", by="lever", draws=256)
    assert [part["value"]["value"] for part in printed["parts"]] == [part.value.value for part in found.parts]
    assert printed["total"]["value"] == found.total.value
    assert printed["outcome"]["name"] == "R01"


def test_the_sum_and_the_total_are_both_printed_and_agree(capsys: Out) -> None:
    assert main(["explain", "announced", *FEW, "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [line.split() for line in lines if line.startswith(("sum of the parts", "total"))]
    assert float(shown[0][4]) == float(shown[1][1]) != 0


def test_explaining_the_root_against_itself_finds_nothing(capsys: Out) -> None:
    assert main(["explain", "baseline", *FEW, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["parts"] == []
    assert found["total"]["value"] == 0


@pytest.mark.parametrize("scenario", ["announced", "delayed"])
def test_study_asks_everything(capsys: Out, scenario: str) -> None:
    assert main(["study", scenario, "--draws", "512", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    asked = {"compare", "explain", "growth", "binding", "packages", "sensitivity", "discover", "regret"}
    assert set(found) == asked | {"scenario", "against"}
    assert found["against"] == {"announced": "baseline", "delayed": "announced"}[scenario]
    assert found["discover"]["R01"]["coverage"]["value"] > 0.5


def test_a_study_of_a_wide_scope_shows_it(capsys: Out) -> None:
    assert main(["study", "wide_scope", "--draws", "512", "--lang", "en"]) == 0
    plain, uncertain = capsys.readouterr().out.split("in its own uncertain definition")
    row = next(line for line in uncertain.splitlines() if line.startswith("R01"))
    assert "+26" in row or "+25" in row or "+27" in row  # .81 against .55, economics.md 12
    assert "R01 scale_2020" in plain


def test_a_study_after_learning_says_what_was_learned(capsys: Out) -> None:
    arguments = ["study", "announced", "--as-of", "2020-06-30", "--learn", "--draws", "1024"]
    assert main([*arguments, "--json"]) == 0
    learned = json.loads(capsys.readouterr().out)["learned"]
    assert [fact["value"] for fact in learned["facts"]] == [1339.8]
    assert 50 <= learned["effective_draws"] <= 1024
    moved = {belief["id"]: belief for belief in learned["beliefs"]}
    assert moved["scope.above_size"]["verdict"] == "learned"
    assert main([*arguments, "--lang", "zh"]) == 0
    told = capsys.readouterr()
    assert "先验与后验" in told.out
    assert "有效抽样" in told.err


def test_what_happened_may_be_another_scenario(capsys: Out) -> None:
    arguments = ["--as-of", "2020-06-30", "--draws", "1024", "--json"]
    assert main(["compare", "baseline", "announced", "--learn", "announced", *arguments]) == 0
    one = json.loads(capsys.readouterr().out)["differences"]
    assert main(["compare", "baseline", "announced", "--learn", *arguments]) == 0
    other = json.loads(capsys.readouterr().out)["differences"]
    assert one != other  # the first scenario named happened, unless another is
    assert main(["compare", "baseline", "announced", "--learn", "anounced", *arguments]) == 2


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["explain", "anounced"], "announced"),
        (["explain", "announced", "--of", "R99"], "E180"),
        (["explain", "announced", "--by", "levers"], "E181"),
        (["compare", "announced"], "E188"),
        (["solve", "announced", "--prob", "1.5"], "E189"),
        (["solve", "announced", "--goal", "R03", "--prob", "0.5"], "E118"),
        (["solve", "announced", "--goal", "R09", "--prob", "0.5"], "E192"),
        (["solve", "announced", "--prob", "0.5", "--lever", "talant"], "talent"),
        (["sensitivity", "announced", "--method", "sobel"], "sobol"),
        (["discover", "announced", "--goal", "R04"], "E118"),
        (["discover", "baseline", "--goal", "R08"], "E158"),
        (["study", "announced", "--as-of", "tomorrow"], "E120"),
    ],
)
def test_bad_questions_give_two_and_a_sentence(capsys: Out, arguments: list[str], word: str) -> None:
    assert main([*arguments, *FEW, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert word in told.err
    assert "Traceback" not in told.err


def test_away_from_a_terminal_a_stage_is_one_line(capsys: Out) -> None:
    with stage("looking") as progress:
        progress(1, 2)
    assert capsys.readouterr().err == "looking\n"


def test_on_a_terminal_a_stage_is_a_bar_that_leaves_nothing(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with stage("looking") as progress:
        progress(1, 2)
    told = capsys.readouterr().err
    assert "50%" in told
    assert told.endswith("\r")
