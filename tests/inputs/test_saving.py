"""What is saved gives the same scenario back, in the smallest file, with the comments of the file written over."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Callable
from pathlib import Path

import pytest
import tuiyan as ty
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tuiyan.inputs.documents import read_yaml
from tuiyan.inputs.laws import Fixed, LogNormal
from tuiyan.inputs.loading import known_on
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.resolving import PATHLESS
from tuiyan.inputs.saving import written
from tuiyan.wording import Text

SHIPPED = ty.load("baseline").workspace.scenarios()
WHY = Text("试", "trial")
OWN = [
    (name, id_)
    for name in SHIPPED
    for id_ in ty.load(name).layer.file.uncertain
    if not id_.startswith(PATHLESS) and id_ != "adoption.ceiling"  # which may only rise
]
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
    assert error.value.findings[0].code == "E152"


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


# An edit is made on top of the scenario as it is


def path_from_2022(scenario: ty.Scenario, id_: str) -> dict[int, object]:
    """A knot in 2022 at the value that the scenario has then."""
    law = scenario.laws[id_]
    law = law.at(2022) if isinstance(law, Yearly) else law
    return {2022: law.value if isinstance(law, Fixed) else law.model_dump(exclude_none=True)}


@pytest.mark.parametrize(("name", "id_"), OWN)
def test_a_path_on_a_value_that_the_file_sets_begins_at_that_value(name: str, id_: str, tmp_path: Path) -> None:
    opened = ty.load(name)
    edited = opened.with_(uncertain={id_: path_from_2022(opened, id_)}, because=WHY)
    before, now = opened.laws[id_], edited.laws[id_]
    assert isinstance(now, Yearly)
    assert now.laws[:5] == tuple(
        before.at(year) if isinstance(before, Yearly) else before for year in range(2017, 2022)
    )
    path = edited.save(tmp_path / "mine.yaml")
    assert ty.load(path, workspace=opened.workspace.root).same(edited)
    assert set(read_yaml(path, "f").data["uncertain"]) == {id_}


@pytest.mark.parametrize(("name", "id_"), OWN)
def test_a_path_that_its_own_file_cannot_hold_is_refused_and_the_file_stays(
    name: str, id_: str, workspace: Path
) -> None:
    opened = ty.load(name, workspace=workspace)
    path = workspace / "params" / "scenarios" / f"{name}.yaml"
    before = path.read_bytes()
    with pytest.raises(ty.TuiyanError) as caught:
        opened.with_(uncertain={id_: path_from_2022(opened, id_)}, because=WHY).save(path)
    (found,) = caught.value.findings
    assert (found.code, found.values["key"]) == ("E317", id_)
    assert path.read_bytes() == before


@pytest.mark.parametrize("change", ["scale: 1.1", "widen: 1.2", "scale: {2019: 0.9, 2022: 1.1}", "set: {2022: 0.3}"])
def test_an_edit_is_what_a_file_that_extends_the_scenario_says(
    change: str, workspace: Path, write: Callable[..., str]
) -> None:
    why = "because: {zh: 试, en: trial}, grade: judgement"
    moving = "adoption.imitation: {" + change + ", " + why + "}"
    law = "{family: lognormal, median: 0.5, sd_log: 0.2}"
    write(f"uncertain:\n  adoption.imitation: {{set: {law}, {why}}}\n", "mine")
    write(f"uncertain:\n  {moving}\n", "child", parent="mine")
    child, mine = ty.load("child", workspace=workspace), ty.load("mine", workspace=workspace)
    data = read_yaml(workspace / "params/scenarios/child.yaml", "f").data
    edited = mine.with_(uncertain=data["uncertain"])
    assert edited.same(child)
    assert known_on(edited, child.as_of.replace(year=2020)).same(known_on(child, child.as_of.replace(year=2020)))
    edited.save(workspace / "params/scenarios/again.yaml")
    assert ty.load("again", workspace=workspace).same(child)


@pytest.mark.parametrize("name", ["mine", "announced"])
def test_edits_of_one_value_build_on_each_other(name: str, tmp_path: Path) -> None:
    half: dict[str, object] = {"scale": 0.5}
    edited = ty.load("announced").with_(levers={"talent": half}).with_(levers={"talent": half})
    assert edited.levers["talent"] == 0.25
    assert edited.with_(levers={"talent": 1.0}).levers["talent"] == 1.0
    assert edited.with_(levers={"talent": None}).levers["talent"] == 0.0, "the value of the parent, baseline"
    assert ty.load(edited.save(tmp_path / f"{name}.yaml"), workspace=edited.workspace.root).same(edited)


@pytest.mark.parametrize("name", ["mine", "announced"])
@pytest.mark.parametrize("change", [{}, {"talent": 0.37}])
def test_a_vintage_that_was_given_is_written(name: str, change: dict[str, object], tmp_path: Path) -> None:
    scenario = ty.load("announced", as_of="2018-09-25", set=change)
    again = ty.load(scenario.save(tmp_path / f"{name}.yaml"), workspace=scenario.workspace.root)
    assert again.same(scenario)
    assert again.as_of == scenario.as_of


def test_weights_on_the_draws_cannot_be_saved(tmp_path: Path) -> None:
    scenario = ty.load("announced", as_of="2021-12-31")
    with pytest.raises(ty.TuiyanError) as caught:
        ty.learn(scenario, draws=2048).given(scenario).save(tmp_path)
    assert [each.code for each in caught.value.findings] == ["E316"]
    assert not list(tmp_path.iterdir())


# A file written over


@pytest.mark.parametrize("name", SHIPPED)
def test_only_the_lines_of_the_change_are_rewritten(name: str, workspace: Path) -> None:
    path = workspace / "params" / "scenarios" / f"{name}.yaml"
    before = path.read_text(encoding="utf-8").splitlines()
    edited = ty.load(name, workspace=workspace).with_(levers={"talent": 0.37}, because=WHY)
    edited.save(path)
    lines = difflib.ndiff(before, path.read_text(encoding="utf-8").splitlines())
    changed = [line[2:].strip() for line in lines if line[0] in "+-"]
    assert 0 < len(changed) <= 7
    known = {"levers:", "talent:", "set: 0.37", "because:", "zh: 试", "en: trial", "grade: judgement"}
    assert {line for line in changed if line not in known} <= {line.strip() for line in before}
    assert ty.load(name, workspace=workspace).same(edited)


def test_a_file_of_another_scenario_keeps_nothing(workspace: Path) -> None:
    path = workspace / "params" / "scenarios" / "delayed.yaml"
    assert "a year late" in path.read_text(encoding="utf-8")
    ty.load("fast_technology", workspace=workspace).with_(levers={"talent": 0.5}, because=WHY).save(path)
    text = path.read_text(encoding="utf-8")
    assert "a year late" not in text
    assert text.splitlines()[:2] == [
        "# yaml-language-server: $schema=../schema/scenario.json", "extends: fast_technology",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [b"extends: announced\nlevers: {talent: [\n", b"\xff\xfe\x00bad", b"extends: a\nextends: b\n", b"- a\n- b\n"],
)
def test_a_file_that_cannot_be_read_is_written_over_whole(broken: bytes, workspace: Path) -> None:
    path = workspace / "params" / "scenarios" / "delayed.yaml"
    edited = ty.load("delayed", workspace=workspace).with_(levers={"talent": 0.5}, because=WHY)
    path.write_bytes(broken)
    edited.save(path)
    assert ty.load("delayed", workspace=workspace).same(edited)
    assert path.read_text(encoding="utf-8") == written(edited, workspace / "elsewhere" / "delayed.yaml")


@pytest.mark.parametrize("there", [True, False])
def test_a_write_that_fails_leaves_the_folder_as_it_was(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.yaml"
    edited = ty.load("announced").with_(levers={"talent": 0.5}, because=WHY)
    before = edited.save(path).read_bytes() if there else b""
    whole = Path.write_bytes

    def full(file: Path, content: bytes) -> int:
        whole(file, content[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ty.TuiyanError) as caught:
        edited.with_(levers={"talent": 0.4}).save(path)
    (found,) = caught.value.findings
    assert found.code == "E152"
    assert found.message.en == "cannot write to mine.yaml: No space left on device."
    assert [each.name for each in tmp_path.iterdir()] == (["mine.yaml"] if there else [])
    assert not there or path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "above"), [("delayed", "announced"), ("delayed", "baseline"), ("announced", "baseline")]
)
def test_a_scenario_does_not_take_the_name_of_one_that_it_extends(name: str, above: str, workspace: Path) -> None:
    scenario = ty.load(name, workspace=workspace)
    path = workspace / "params" / "scenarios" / f"{above}.yaml"
    before = path.read_bytes()
    for each in (scenario, scenario.with_(levers={"talent": 0.3})):
        with pytest.raises(ty.TuiyanError, match="E311"):
            each.save(path)
    assert path.read_bytes() == before


def test_a_file_of_elsewhere_with_a_name_of_the_workspace_is_saved_exactly(workspace: Path, tmp_path: Path) -> None:
    own = workspace / "params" / "scenarios"
    text = (own / "announced.yaml").read_text(encoding="utf-8")
    elsewhere = tmp_path / "out" / "announced.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(text.replace("set: 1,", "set: 0.7,").replace("set: 1\n", "set: 0.7\n"), encoding="utf-8")
    outside = ty.load(elsewhere, workspace=workspace)
    assert not outside.same(ty.load("announced", workspace=workspace))
    edited = outside.with_(levers={"talent": 0.3})
    edited.save(own / "mine.yaml")
    assert ty.load("mine", workspace=workspace).same(edited)


def test_a_comment_stays_above_the_entry_that_it_is_about(workspace: Path) -> None:
    path = workspace / "params" / "scenarios" / "noted.yaml"
    change = "because: {zh: 试, en: t}\n    grade: judgement"
    path.write_text(
        "extends: announced\ntitle: {zh: 试, en: Trial}\nstory: {zh: 试, en: Trial}\nauthor: t\n"
        "reason: {zh: 试, en: t}\nlevers:\n"
        f"  # of talent\n  talent:\n    set: 0.5\n    {change}\n"
        f"  # of finance: minutes of May\n  finance:\n    set: 0.5\n    {change}\n"
        "# of the parameters\nuncertain:\n  # of imitation\n  adoption.imitation:\n    scale: 1.1\n"
        f"    # why\n    {change}\n# the end\n",
        encoding="utf-8",
    )  # fmt: skip
    noted = ty.load("noted", workspace=workspace)

    def left(**changes: dict[str, object]) -> list[str]:
        text = written(noted.with_(**changes), path)  # type: ignore[arg-type]
        return [line.strip() for line in text.splitlines()[1:] if "#" in line]

    every = [
        "# of talent",
        "# of finance: minutes of May",
        "# of the parameters",
        "# of imitation",
        "# why",
        "# the end",
    ]
    assert left(levers={"clusters": 0.3}) == every
    assert left(levers={"talent": None})[-5:] == every[1:]
    assert [each for each in every if each not in left(levers={"finance": None})] == ["# of finance: minutes of May"]
    assert left(uncertain={"adoption.imitation": 0.4}) == every
    assert left(uncertain={"adoption.imitation": None})[-1] == "# the end"


def test_what_no_file_can_hold_is_told_by_its_own_name(tmp_path: Path) -> None:
    odd = ty.load("announced").with_(levers={"talent": 0.3}, title=Text("题", "a\tb"), id="mine")
    with pytest.raises(ty.TuiyanError) as caught:
        odd.save(tmp_path / "mine.yaml")
    assert "E317" not in {each.code for each in caught.value.findings}
