"""The grid of years: what it fills in, what it promises, and the way back from a path."""

from __future__ import annotations

from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.inputs.paths import Yearly
from tuiyan.lab.controls import Control
from tuiyan.lab.desk import Desk
from tuiyan.lab.fields import centre_of
from tuiyan.lab.jobs import Jobs
from tuiyan.lab.record import About, save_as
from tuiyan.lab.view import View
from tuiyan.lab.years import knots_of
from tuiyan.wording import LANGUAGES, Text, say

LEVER, PARAMETER = "talent", "adoption.imitation"


def grid(view: View, id_: str) -> dict[int, str]:
    """The cells that hold something."""
    view.open_years(id_)
    return {year: cell.value for year, cell in view.years.cells.items() if cell.value}


def press(view: View, name: str) -> None:
    """Press a button of the grid."""
    foot = view.years.box.children[-1]
    next(each for each in foot.children if f"tuiyan-years-{name}" in each._dom_classes).click()


def efforts(desk: Desk, id_: str = LEVER) -> list[float]:
    path = desk.scenario.levers[id_]
    assert isinstance(path, Yearly)
    return [centre_of(law) for law in path.laws]


@pytest.fixture
def with_path(desk: Desk, workspace: Path) -> View:
    """A panel on a saved scenario whose talent effort follows a path."""
    desk.follow(LEVER, {2018: 0.25, 2021: 0.75}, "logistic")
    save_as(desk, About("way", Text("路", "Way"), Text("试", "try"), "me"))
    opened = Desk(ty.load("way", workspace=workspace), draws=32)
    return View(opened, "en", Jobs(start=lambda work: work()))


def test_the_knots_of_a_saved_path_stand_in_the_grid_and_one_of_them_can_be_changed(with_path: View) -> None:
    assert grid(with_path, LEVER) == {2018: "0.25", 2021: "0.75"}
    assert with_path.years.between.value == "logistic"
    before = efforts(with_path.desk)
    with_path.years.cells[2021].value = "0.8"
    press(with_path, "apply")
    after = efforts(with_path.desk)
    assert (after[1], after[4]) == (0.25, 0.8)
    assert all(0 < now - then < 0.05 for now, then in zip(after[2:4], before[2:4], strict=True))


def test_a_path_can_be_made_one_number_and_the_parents_again(with_path: View) -> None:
    row = with_path.controls[LEVER]
    assert isinstance(row, Control)
    assert not row.number.disabled
    assert not row.slider.disabled
    assert row.number.value == 0.75
    grid(with_path, LEVER)
    press(with_path, "one")  # the field shows this number already: to type it again would change nothing
    assert with_path.desk.scenario.levers[LEVER] == 0.75
    assert grid(with_path, LEVER) == {}
    press(with_path, "clear")
    assert with_path.desk.scenario is with_path.desk.parent
    row.number.value = 0.4
    assert with_path.desk.scenario.levers[LEVER] == 0.4


def test_grey_is_the_effort_that_acts_so_that_typing_it_changes_nothing(view: View) -> None:
    desk = view.desk
    desk.move("policy.delay", 1)
    desk.move(LEVER, 0.6)
    before = desk.preview
    view.open_years(LEVER)
    grey = {year: float(cell.placeholder) for year, cell in view.years.cells.items()}
    assert [grey[year] for year in (2018, 2019, 2022)] == [0, 0.2, 0.6]
    for cell in view.years.cells.values():
        cell.value = cell.placeholder
    press(view, "apply")
    assert isinstance(desk.scenario.levers[LEVER], Yearly)
    assert desk.preview["scale.total"] == pytest.approx(before["scale.total"], rel=1e-12)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_says_what_an_empty_year_means_for_a_lever_and_for_a_parameter(view: View, lang: str) -> None:
    view.fill("adoption")
    view.language.value = lang
    for id_, kind in ((LEVER, "lever"), (PARAMETER, "law")):
        view.open_years(id_)
        assert say(f"lab.years.help.{kind}", lang) in view.years.box.children[0].value.replace("&#x27;", "'")
    view.open_years(LEVER)
    view.years.cells[2021].value = "0.8"
    press(view, "apply")
    assert efforts(view.desk)[:5] == [0, 0, 0, 0, 0.8]  # before the first year there is no effort, as it says


@pytest.mark.parametrize(
    ("id_", "change", "wanted"),
    [
        (LEVER, {2018: 0.2, 2020: 1}, {2018: 0.2, 2020: 1}),
        (LEVER, {"set": {2018: 0.2, 2020: 1}, "between": "step"}, {2018: 0.2, 2020: 1}),
        (PARAMETER, {"set": {2020: {"family": "lognormal", "p5": 0.2, "p50": 0.3, "p95": 0.45}}}, {2020: 0.3}),
    ],
)
def test_a_path_set_by_code_shows_its_knots(desk: Desk, id_: str, change: object, wanted: dict[int, float]) -> None:
    assert desk.edit(id_, change) == ()
    knots, between = knots_of(desk.scenario, id_)
    assert knots == pytest.approx(wanted)
    assert between == ("step" if "between" in str(change) else "linear")


def test_a_path_of_another_form_shows_every_year_and_comes_back_from_the_grid_as_it_was(view: View) -> None:
    desk = view.desk
    desk.edit(LEVER, {"set": {2018: 0.2, 2020: 1, "then": "stop"}})
    before = efforts(desk)
    assert grid(view, LEVER)[2021] == "0"
    assert len(grid(view, LEVER)) == desk.scenario.horizon - 2017
    press(view, "apply")
    assert efforts(desk) == pytest.approx(before, abs=1e-10)


def test_what_is_wrong_with_the_grid_is_said_in_the_other_language_too(view: View) -> None:
    view.open_years(LEVER)
    view.years.cells[2018].value = "7"
    press(view, "apply")
    assert "talent is 7" in view.years.problem.value
    view.language.value = "zh"
    assert "人才（talent）为 7" in view.years.problem.value
    assert view.years.cells[2018].value == "7"
