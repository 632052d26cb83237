"""What the panel writes: exact, true in its words, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.resolving import PATHLESS
from tuiyan.lab.desk import Desk
from tuiyan.lab.fields import value_of
from tuiyan.lab.jobs import Jobs
from tuiyan.lab.record import About, on_file, save_as
from tuiyan.lab.view import View
from tuiyan.wording import Text

ROOT = Path(__file__).resolve().parents[2]
ABOUT = About("mine", Text("试验", "Trial"), Text("试", "to try"), "tester")
OVER = replace(ABOUT, over=True)
OWN = [
    (name, id_)
    for name in ty.load("baseline").workspace.scenarios()
    for id_ in ty.load(name).layer.file.uncertain
    if not id_.startswith(PATHLESS) and id_ != "adoption.ceiling"  # which may only rise
]


def opened(workspace: Path, name: str) -> Desk:
    return Desk(ty.load(name, workspace=workspace), draws=32)


def codes(desk: Desk, about: About) -> list[str]:
    with pytest.raises(TuiyanError) as caught:
        save_as(desk, about)
    return [each.code for each in caught.value.findings]


def file(workspace: Path, name: str) -> Path:
    return workspace / "params" / "scenarios" / f"{name}.yaml"


@pytest.mark.parametrize(("name", "id_"), OWN)
def test_a_path_on_a_value_of_the_opened_file_begins_there_and_can_be_saved(
    name: str, id_: str, workspace: Path
) -> None:
    desk = opened(workspace, name)
    value = value_of(desk.parent, id_)
    assert not [each for each in desk.follow(id_, {2022: round(value * 1.01, 6)}) if each.level == "error"]
    before, now = desk.parent.laws[id_], desk.scenario.laws[id_]
    for year in range(2017, 2022):
        assert now.at(year) == (before.at(year) if hasattr(before, "at") else before)  # type: ignore[union-attr]
    saved = save_as(desk, ABOUT)
    assert saved.scenario.same(desk.scenario)
    assert saved.scenario.parent is not None
    assert saved.scenario.parent.id == name
    assert codes(desk, replace(OVER, name=name)) == ["E317"], "its own file holds one change of a value"


def test_what_carries_weights_is_neither_saved_nor_reported(workspace: Path) -> None:
    scenario = ty.load("announced", workspace=workspace, as_of="2021-12-31")
    view = View(Desk(ty.learn(scenario, draws=2048).given(scenario), draws=32), "en", Jobs(start=lambda work: work()))
    assert "neither saved nor reported" in view.parts.heading.value
    assert on_file(view.desk) == ""
    view.desk.move("talent", 0.4)
    assert codes(view.desk, ABOUT) == ["E316"]
    assert not file(workspace, "mine").exists()
    view.buttons["report"].click()
    assert "no report of this scenario" in view.parts.status.value
    plain = View(Desk(scenario, draws=32), "en", Jobs(start=lambda work: work()))
    assert "neither saved nor reported" not in plain.parts.heading.value


@pytest.mark.parametrize("broken", [b"levers: {talent: [\n", b"\xff\xfe\x00bad", b"extends: a\nextends: b\n"])
def test_a_file_with_a_mistake_can_be_written_over(broken: bytes, desk: Desk, workspace: Path) -> None:
    file(workspace, "mine").write_bytes(broken)
    desk.move("talent", 0.4)
    assert codes(desk, ABOUT) == ["E310"]
    save_as(desk, OVER)
    assert ty.load("mine", workspace=workspace).same(desk.scenario)


@pytest.mark.parametrize(("method", "code"), [("read_bytes", "E009"), ("write_bytes", "E152")])
def test_a_folder_that_refuses_is_told(
    method: str, code: str, desk: Desk, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(workspace, "mine")
    path.write_text("extends: announced\n", encoding="utf-8")
    desk.move("talent", 0.4)
    whole = getattr(Path, method)

    def refused(where: Path, *given: bytes) -> object:
        if where.name in ("mine.yaml", ".mine.yaml.new"):
            raise PermissionError(13, "Permission denied")
        return whole(where, *given)

    monkeypatch.setattr(Path, method, refused)
    assert codes(desk, OVER) == [code]
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "extends: announced\n"


def test_what_another_panel_saved_is_not_written_over(desk: Desk, workspace: Path) -> None:
    desk.move("talent", 0.4)
    save_as(desk, ABOUT)
    one, other = opened(workspace, "mine"), opened(workspace, "mine")
    one.move("clusters", 0.3)
    save_as(one, OVER)
    before = file(workspace, "mine").read_bytes()
    other.move("finance", 0.2)
    assert codes(other, OVER) == ["E318"]
    assert codes(desk, OVER) == ["E318"], "the panel that wrote it first"
    assert file(workspace, "mine").read_bytes() == before
    one.move("finance", 0.1)
    save_as(one, OVER)  # its own last file
    other.open("mine")
    other.move("finance", 0.2)
    save_as(other, OVER)
    assert ty.load("mine", workspace=workspace).levers["clusters"] == 0.3


def test_what_was_changed_by_hand_is_not_written_over(desk: Desk) -> None:
    desk.move("talent", 0.4)
    path = save_as(desk, ABOUT).path
    path.write_text(path.read_text(encoding="utf-8").replace("0.4", "0.9"), encoding="utf-8")
    before = path.read_bytes()
    desk.move("talent", 0.5)
    assert codes(desk, OVER) == ["E318"]
    assert path.read_bytes() == before


def test_the_story_of_a_panel_follows_the_changes(desk: Desk, workspace: Path) -> None:
    desk.move("talent", 0.4)
    save_as(desk, ABOUT)
    again = opened(workspace, "mine")
    again.move("clusters", 0.3)
    told = save_as(again, OVER).scenario.story.en
    assert told.startswith('As "Announced programme", with these changes: ')
    assert "talent from 1 to 0.4" in told
    assert "from 1 to 0.3" in told


def test_a_story_that_somebody_wrote_stays_in_its_own_file(desk: Desk, workspace: Path) -> None:
    before = desk.parent.story
    desk.move("talent", 0.4)
    assert save_as(desk, replace(OVER, name="announced")).scenario.story == before
    again = opened(workspace, "announced")
    again.move("clusters", 0.3)
    assert save_as(again, ABOUT).scenario.story.en.startswith('As "Trial", with these changes: ')


@pytest.mark.parametrize("name", ["mine", "other"])
def test_the_story_of_an_edit_that_was_never_saved_tells_all_of_it(name: str, workspace: Path) -> None:
    edit = ty.load("announced", workspace=workspace).with_(levers={"talent": 0.5}, id="mine")
    desk = Desk(edit, draws=32)
    desk.move("clusters", 0.4)
    told = save_as(desk, replace(ABOUT, name=name)).scenario.story.en
    assert told.startswith('As "Announced programme", with these changes: ')
    assert "talent from 1 to 0.5" in told
    assert "from 1 to 0.4" in told


def test_a_story_given_in_python_is_kept(workspace: Path) -> None:
    mine = Text("人才减半。", "Half the talent.")
    parent = ty.load("announced", workspace=workspace)
    desk = Desk(parent.with_(levers={"talent": 0.5}, id="mine", story=mine), draws=32)
    assert save_as(desk, ABOUT).scenario.story == mine


def test_the_guided_hour_never_writes_over_a_file_of_the_reader(workspace: Path) -> None:
    cells = json.loads((ROOT / "notebooks/lab.ipynb").read_text(encoding="utf-8"))["cells"]
    code = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}
    names: dict[str, object] = {}

    def run(*ids: str) -> None:
        for id_ in ids:
            exec(code[id_], names)  # noqa: S102 - our own notebook

    run("parameters", "load")
    start = ty.load("announced", workspace=workspace)
    names |= {"start": start, "draws": 64, "folder": str(workspace / "params/scenarios")}
    names["panel"] = ty.edit(start, draws=32)
    names["after"] = ty.run(start, draws=64)
    run("change", "save", "save")
    path = file(workspace, "my_first")
    text = path.read_text(encoding="utf-8").replace("set: 0.5", "set: 0.6") + "# mine\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileExistsError, match="another name"):
        run("save")
    assert path.read_text(encoding="utf-8") == text


def test_after_a_save_over_the_opened_file_other_names_can_be_saved(workspace: Path) -> None:
    desk = opened(workspace, "announced")
    assert not desk.move("talent", 0.3)
    save_as(desk, replace(OVER, name="announced"))
    desk.reset()
    assert not desk.move("clusters", 0.4)
    saved = save_as(desk, ABOUT)
    assert saved.scenario.same(desk.scenario)


def test_the_comments_of_another_scenario_are_not_kept(workspace: Path) -> None:
    path = file(workspace, "delayed")
    path.write_text(f"# late\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    desk = opened(workspace, "announced")
    assert not desk.move("talent", 0.3)
    save_as(desk, replace(OVER, name="delayed"))
    assert "# late" not in path.read_text(encoding="utf-8")
