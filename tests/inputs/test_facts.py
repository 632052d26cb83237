"""Facts are seen only from the day they were published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.inputs.facts import published_on, read_facts, visible
from tuiyan.inputs.workspace import read_workspace

LAUNCH = date(2017, 11, 14)


@pytest.mark.parametrize(
    ("vintage", "certain", "day"),
    [
        ("2018-09-25", False, "2018-09-25"),
        ("2020-02", False, "2020-02-29"),
        ("2025", False, "2025-12-31"),
        ("~2018", False, "2018-12-31"),
        ("2017-01-22", True, "2017-01-22"),
        ("2017-01-22", False, "2017-11-15"),
    ],
)
def test_a_partial_date_is_the_last_day_of_its_period(vintage: str, certain: bool, day: str) -> None:
    found = published_on(vintage, certain=certain, launch=LAUNCH)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize("vintage", ["soon", "2017-13", "2017-02-30", ""])
def test_what_is_no_date_has_no_day(vintage: str) -> None:
    assert published_on(vintage, certain=True, launch=LAUNCH) is None


def test_no_scale_was_known_at_launch_and_the_first_came_in_september_2018() -> None:
    facts = read_facts(ty.load("baseline").workspace)
    scale = [fact for fact in facts if fact.series.startswith("sh_ai_scale")]
    assert not visible(scale, LAUNCH)
    first = visible(scale, date(2018, 9, 25))
    assert [(fact.value, fact.year, fact.definition) for fact in first] == [(700.0, 2017, "related")]
    assert not visible(scale, date(2018, 9, 24))


def test_what_was_uncertain_at_launch_is_not_known_then() -> None:
    facts = read_facts(ty.load("baseline").workspace)
    gdp = [f for f in visible(facts, LAUNCH) if f.series == "sh_gdp_nominal" and f.year == 2016]
    assert [(f.value, f.definition) for f in gdp] == [(27466.15, "gdp_prelim_2016_2018")]


def test_a_broken_row_is_told_at_its_cell(workspace: Path) -> None:
    path = workspace / "params" / "facts" / "ai_scale.csv"
    text = path.read_text(encoding="utf-8").replace("2018-09-25,no", "25 September 2018,no", 1)
    path.write_text(text.replace("1339.8", "1.339,8", 1).replace("above_size,", "above_sise,", 1), encoding="utf-8")
    found = [each for each in ty.check(workspace=workspace) if each.level == "error"]
    assert found
    assert {f.where.file for f in found if f.where} == {"params/facts/ai_scale.csv"}
    assert {"E127", "E010"} & {f.code for f in found}


def test_every_observation_has_unit_source_and_a_declared_definition() -> None:
    workspace = ty.load("baseline").workspace
    facts = read_facts(read_workspace(workspace.root))
    assert len(facts) > 300
    assert all(fact.unit and fact.source for fact in facts)
    assert {fact.definition for fact in facts} <= workspace.definition_file.definitions.keys()
