"""Golden numbers: a number that moved is meant, blessed in the same commit, and told in the changelog."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests import golden
from tests.golden.__main__ import bless, entry, main
from tools import launcher

HOW = "If this is meant, run `python3 run.py bless` and put the line it prints into CHANGELOG.md in the same commit."
AT = golden.Place("2017-11-14", "scale.total", "2020", "p50")
CHANCE = golden.Place("2017-11-14", "R01", "2020", "probability")


def file(values: dict[golden.Place, str]) -> dict[golden.Place, golden.Golden]:
    return {place: golden.Golden(value, "亿元") for place, value in values.items()}


@pytest.mark.parametrize("name", golden.scenarios())
def test_a_shipped_scenario_gives_its_golden_numbers(name: str) -> None:
    path = golden.HERE / f"{name}.csv"
    assert path.exists(), f"{name} has no golden file. {HOW}"
    moved = golden.changes(golden.read(path), golden.outcomes(name))
    if moved:
        lines = [f"tests/golden/{name}.csv: {len(moved)} numbers moved", *map(str, moved[:5]), HOW]
        pytest.fail("\n".join(lines), pytrace=False)


def test_ten_files_and_ten_scenarios_match_one_to_one() -> None:
    files = sorted(path.stem for path in golden.HERE.glob("*.csv"))
    assert files == golden.scenarios()
    assert len(files) == 10


def test_a_golden_file_holds_the_main_outcomes_with_their_units() -> None:
    rows = golden.read(golden.HERE / "baseline.csv")
    assert {place.as_of for place in rows} == set(golden.VINTAGES)
    series = len(golden.SERIES) * len(golden.YEARS) * len(golden.LEVELS)
    assert len(rows) == len(golden.VINTAGES) * (series + 7)  # five counted goals, R01 once more, all of them
    assert all(each.unit for each in rows.values())
    joint = rows[golden.Place("2017-11-14", "all counted goals", "2020", "probability")]
    assert joint.value == golden.NOT_APPLICABLE  # the pipelines are defined by the policy


def test_the_tolerance_is_one_in_a_thousand_million() -> None:
    old = file({AT: "1000"})
    assert golden.changes(old, file({AT: "1000.0000005"})) == []
    assert golden.changes(old, file({AT: "1000.000005"})) == [golden.Change(AT, "1000", "1000.000005")]
    assert golden.changes(file({CHANCE: "0"}), file({CHANCE: "0"})) == []
    assert golden.changes(file({CHANCE: "n/a"}), file({CHANCE: "0"})) == [golden.Change(CHANCE, "n/a", "0")]


def test_a_change_is_told_in_the_words_of_a_changelog() -> None:
    assert str(golden.Change(AT, "1000", "1012")) == (
        "scale.total, 2020, p50 (as of 2017-11-14): 1,000 -> 1,012 (+1.2 %)"
    )
    assert str(golden.Change(CHANCE, "0.5", "0.48")) == (
        "R01, 2020, probability (as of 2017-11-14): 0.5 -> 0.48 (-2 points)"
    )
    assert math.isinf(golden.Change(CHANCE, "n/a", "0").size)
    assert str(golden.Change(AT, "1000", None)).endswith("1,000 -> none")


def test_the_entry_names_the_largest_change_of_the_baseline_and_the_others_that_moved() -> None:
    small, large = golden.Change(AT, "1000", "1001"), golden.Change(CHANCE, "0.50", "0.52")
    assert entry({"baseline": [small, large], "announced": [small]}) == (
        f"* Golden numbers of the baseline: 2 moved, most of all {large}. "
        "Other scenarios, with the count of their numbers that moved: `announced` (1)."
    )
    assert entry({"announced": [small]}).startswith("* Golden numbers: the baseline is unchanged.")
    assert "none moved. 1 are new" in entry({"baseline": [golden.Change(AT, None, "1000")]})


def test_blessing_writes_what_is_missing_or_moved_and_removes_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = golden.read(golden.HERE / "baseline.csv")
    monkeypatch.setattr("tests.golden.__main__.scenarios", lambda: ["baseline", "announced"])
    monkeypatch.setattr(
        "tests.golden.__main__.outcomes", lambda name: shipped if name == "baseline" else file({AT: "1"})
    )
    (tmp_path / "gone.csv").write_text(golden.render(shipped), encoding="utf-8")
    moved = {**shipped, AT: golden.Golden("1000", "亿元")}
    (tmp_path / "baseline.csv").write_text(golden.render(moved), encoding="utf-8")
    found = bless(tmp_path)
    assert [each.place for each in found["baseline"]] == [AT]
    assert set(found) == {"baseline", "announced", "gone"}
    assert {path.name for path in tmp_path.iterdir()} == {"baseline.csv", "announced.csv"}
    assert (tmp_path / "baseline.csv").read_bytes() == (golden.HERE / "baseline.csv").read_bytes()
    assert bless(tmp_path) == {}


def test_bless_is_a_command_and_takes_no_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert "bless" in launcher.COMMANDS
    assert main(["baseline"]) == 2
    assert "bless" in capsys.readouterr().err
