"""The sentences of tests/cases hold, and one that is misspelt says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from tuiyan.inputs.findings import TuiyanError

from tests.cases import FOLDER, read_cases, verdict

GOOD = """\
- name: The programme raises the scale of 2020
  scenario: announced
  expect: {variable: scale.total, year: 2020, than: baseline, unit: "%", range: [2, 5]}
"""


def collected() -> list[tuple[str, int]]:
    """File and number of every case; a file that cannot be read is one case, which fails with its sentence."""
    found: list[tuple[str, int]] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        try:
            found.extend((path.name, number) for number in range(len(read_cases(path))))
        except TuiyanError:
            found.append((path.name, 0))
    return found


@pytest.mark.parametrize(("file", "number"), collected())
def test_the_sentence_holds(file: str, number: int) -> None:
    try:
        sentence = verdict(read_cases(FOLDER / file)[number])
    except (TuiyanError, ValueError) as error:
        sentence = str(error)
    if sentence:
        pytest.fail(sentence, pytrace=False)


def test_there_are_enough_cases_and_none_is_told_twice() -> None:
    cases = [placed.case for path in FOLDER.glob("*.yaml") for placed in read_cases(path)]
    assert len(cases) >= 30
    assert len({case.name for case in cases}) == len(cases)
    assert len({case.model_dump_json(exclude={"name"}) for case in cases}) == len(cases)


def written(folder: Path, text: str) -> Path:
    path = folder / "trial.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_that_does_not_hold_says_what_came_out(tmp_path: Path) -> None:
    assert verdict(read_cases(written(tmp_path, GOOD))[0]) is None
    told = verdict(read_cases(written(tmp_path, GOOD.replace("[2, 5]", "[20, 50]")))[0])
    assert told is not None
    assert told.startswith("trial.yaml:3:3: The programme raises the scale of 2020: scale.total 2020 median against")
    assert "expected 20 to 50" in told


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("scenario:", "scenaro:", ("trial.yaml:2:3", "scenaro", "scenario")),
        ("variable:", "variabel:", ("trial.yaml:3:12", "variabel", "variable")),
        ("scale.total", "scale.totl", ("trial.yaml:3:12", "expect.variable", "scale.totl", "scale.total")),
        ("announced", "anounced", ("trial.yaml:2:3", "scenario", "anounced", "announced")),
        ("than: baseline", "than: base", ("trial.yaml:3:47", "expect.than", "base", "baseline")),
        ("2020,", "2200,", ("trial.yaml:3:35", "expect.year", "2200")),
        ("2020,", "twenty,", ("trial.yaml:3:41", "year", "twenty")),
        ("year: 2020,", "", ("trial.yaml:3:3", "expect", "needs a year")),
        ('"%"', "points", ("trial.yaml:3:63", "expect.unit", "points", "亿元, %")),
        ("range: [2, 5]", "range: [2]", ("trial.yaml:3:", "range")),
        ("range: [2, 5]", "range: [5, 2]", ("trial.yaml:3:", "expect.range")),
        ("range: [2, 5]", "value: 3", ("trial.yaml:3:", "expect.value", "tolerance")),
        ("range: [2, 5]", "tolerance: 3", ("trial.yaml:3:", "expect", "range")),
        ("variable: scale.total", "variable: binding", ("trial.yaml:3:12", "expect.variable", "binding", "software")),
        ("variable: scale.total", "goal: R99", ("trial.yaml:3:12", "expect.goal", "R99")),
        ("variable: scale.total", "goal: R12", ("trial.yaml:3:12", "expect.goal", "talent_2020")),
        ("variable: scale.total", "goal: R07", ("trial.yaml:3:12", "expect.goal", "policy")),
        ("variable: scale.total,", "", ("trial.yaml:3:", "variable or goal")),
        ("year: 2020", "year: 2020, statistic: mode", ("trial.yaml:3:", "mode", "median")),
        ("year: 2020", "year: 2020, statistic: probability", ("trial.yaml:3:", "expect.statistic", "above")),
        ("year: 2020", "year: 2020, definition: uncertain", ("trial.yaml:3:", "expect.definition", "goal")),
        ("  expect:", "  change: {talant: 1}\n  expect:", ("trial.yaml:3:3", "change", "talant", "talent")),
        ("  expect:", "  change: {talent: much}\n  expect:", ("trial.yaml:3:20", "talent", "much")),
        ("  expect:", "  as_of: yesterday\n  expect:", ("trial.yaml:3:10", "yesterday")),
        ("  expect:", "  as_of: 2016-01-01\n  expect:", ("trial.yaml:3:3", "as_of", "2016")),
        ("- name", "name", ("trial.yaml",)),
    ],
)
def test_a_case_that_is_misspelt_says_file_and_key(
    tmp_path: Path, right: str, wrong: str, told: tuple[str, ...]
) -> None:
    assert right in GOOD
    with pytest.raises((TuiyanError, ValueError)) as caught:
        verdict(read_cases(written(tmp_path, GOOD.replace(right, wrong)))[0])
    for word in told:
        assert word in str(caught.value), str(caught.value)
