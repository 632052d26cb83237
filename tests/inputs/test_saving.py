"""What is saved gives the same scenario back, in the smallest file, with the comments of the file written over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tuiyan as ty
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tuiyan.inputs.documents import read_yaml
from tuiyan.inputs.laws import Fixed, LogNormal
from tuiyan.wording import Text

SHIPPED = ty.load("baseline").workspace.scenarios()
WHY = Text("试", "trial")
LEVERS = list(ty.load("baseline").levers)


def round_trip(scenario: ty.Scenario, folder: Path) -> ty.Scenario:
    return ty.load(scenario.save(folder), workspace=scenario.workspace.root)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_round_trip_exactly(name: str, tmp_path: Path) -> None:
    scenario = ty.load(name)
    again = round_trip(scenario, tmp_path)
    assert again.same(scenario)
    assert (again.title, again.story, again.reason, again.not_modelled) == (
        scenario.title, scenario.story, scenario.reason, scenario.not_modelled,
    )  # fmt: skip
    assert (tmp_path / f"{name}.yaml").read_text(encoding="utf-8") == scenario.layer.document.text


@pytest.mark.parametrize("name", SHIPPED)
def test_an_edit_is_written_and_nothing_else_changes(name: str, tmp_path: Path) -> None:
    edited = ty.load(name).with_(levers={"talent": 0.37}, uncertain={"base.scale": {"scale": 1.1}}, because=WHY)
    again = round_trip(edited, tmp_path)
    assert again.same(edited)
    assert again.levers["talent"] == 0.37
    assert {change.id for change in again.diff(ty.load(name))} == {"talent", "base.scale"}


def test_only_what_differs_from_the_parent_is_written(tmp_path: Path) -> None:
    edited = ty.load("delayed").with_(levers={"talent": 1.0, "finance": 0.5}, because=WHY)
    file = read_yaml(edited.save(tmp_path / "delayed.yaml"), "f")
    assert "talent" not in file.data["levers"], "1 is what the parent has"
    assert file.data["levers"]["finance"]["set"] == 0.5
    assert ty.load(tmp_path / "delayed.yaml", workspace=edited.workspace.root).same(edited)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_edit_saved_under_another_name_is_a_small_child_of_the_original(name: str, tmp_path: Path) -> None:
    edited = ty.load(name).with_(levers={"talent": 0.37}, uncertain={"base.scale": {"scale": 1.1}}, because=WHY)
    path = edited.save(tmp_path / "mine.yaml")
    file = read_yaml(path, "f")
    assert file.data["extends"] == name
    assert set(file.data["levers"]) == {"talent"}
    assert file.data["title"]["en"].endswith("(variant)"), "no two scenarios of one title"
    assert ty.load(path, workspace=edited.workspace.root).same(edited)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ty.TuiyanError) as error:
        ty.load("announced").save(tmp_path / "nowhere" / "mine.yaml")
    assert error.value.findings[0].code == "E009"


def test_a_change_taken_back_is_the_parents_value(tmp_path: Path) -> None:
    edited = ty.load("delayed").with_(levers={"talent": None})
    assert edited.levers["talent"] == 1.0
    assert round_trip(edited, tmp_path).levers["talent"] == 1.0


def test_comments_of_an_edited_file_are_kept(workspace: Path, write: Callable[..., str]) -> None:
    name = write(
        "# why the talent lever is low: see the minutes of May\nlevers:\n"
        "  talent: {set: 0.2, because: {zh: 试, en: trial}, grade: judgement}  # to be discussed\n"
        "  finance: {set: 0.5, because: {zh: 试, en: trial}, grade: judgement}\n"
    )
    path = workspace / "params" / "scenarios" / f"{name}.yaml"
    edited = ty.load(name, workspace=workspace).with_(levers={"finance": 0.9}, because=WHY)
    edited.save(path)
    text = path.read_text(encoding="utf-8")
    assert "# why the talent lever is low: see the minutes of May" in text
    assert "# to be discussed" in text
    again = ty.load(name, workspace=workspace)
    assert (again.levers["talent"], again.levers["finance"]) == (0.2, 0.9)


def test_a_file_name_must_be_an_id(tmp_path: Path) -> None:
    with pytest.raises(ty.TuiyanError) as error:
        ty.load("announced").save(tmp_path / "My Scenario.yaml")
    assert error.value.findings[0].code == "E123"


efforts = st.floats(0, 2, allow_nan=False).map(lambda x: round(x, 6))
paths = st.dictionaries(st.integers(2018, 2030), efforts, min_size=1, max_size=4).map(
    lambda knots: {str(year): knots[year] for year in sorted(knots)} | {"then": "stop"}
)
positive = st.floats(1e-3, 1e3, allow_nan=False)
laws = st.builds(
    lambda m, s: {"family": "lognormal", "median": m, "sd_log": s}, st.floats(100, 4000), st.floats(0.01, 2)
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(SHIPPED),
    st.dictionaries(st.sampled_from(LEVERS), efforts | paths, max_size=4),
    laws,
    st.floats(0.5, 1.5),
    st.floats(0.2, 1.0),
)
def test_made_up_scenarios_round_trip_exactly(
    tmp_path: Path, name: str, levers: dict[str, object], law: dict[str, object], factor: float, band: float
) -> None:
    uncertain = {
        "base.scale": law,
        "demand.elasticity": {"scale": factor, "widen": band},
        "macro.growth_value_added": {"set": {"2019": 0.06, "2025": 0.03}, "between": "logistic"},
    }
    edited = ty.load(name).with_(levers=levers, uncertain=uncertain, because=WHY)
    assert round_trip(edited, tmp_path).same(edited)


def test_sources_name_file_line_source_and_grade_of_every_value() -> None:
    scenario = ty.load("delayed")
    found = {each.id: each for each in scenario.sources()}
    assert found.keys() == {*scenario.levers, *scenario.laws}
    assert found["talent"].origin.where.file == "params/scenarios/delayed.yaml"
    assert found["adoption.imitation"].origin.where.file == "params/parameters.yaml"
    for each in found.values():
        assert each.origin.sources
        assert each.origin.grade
        assert each.origin.where.line > 0
    assert isinstance(scenario.laws["policy.delay"], Fixed)
    assert isinstance(scenario.laws["base.scale"], LogNormal)
