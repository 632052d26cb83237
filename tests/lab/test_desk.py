"""Laws of the state: what an edit, an undo, a reset, a save and a run may and may not do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from hypothesis import given, settings
from hypothesis import strategies as st
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.laws import Dirichlet
from tuiyan.inputs.paths import Yearly
from tuiyan.lab.desk import LEAST_SHARE, Desk
from tuiyan.lab.fields import around, balanced, centre_of, fields_of, law_of, numbers_of, value_of
from tuiyan.lab.idle import at_once, search
from tuiyan.lab.kept import compare_kept, keep
from tuiyan.lab.record import About, on_file, save_as
from tuiyan.lab.rows import rows
from tuiyan.results import Projection
from tuiyan.wording import Text

ABOUT = About("mine", Text("试验", "Trial"), Text("试", "to try"), "tester")
BASELINE = ty.load("announced")
NUMBERS = [each for each in fields_of(BASELINE).values() if each.form == "number"]


def same_numbers(one: Projection, other: Projection) -> bool:
    return one.values.keys() == other.values.keys() and all(
        np.array_equal(one[name], other[name]) for name in one.values
    )


def edited(desk: Desk) -> Desk:
    """Every kind of edit once."""
    assert desk.move("talent", 0.5) == ()
    assert desk.follow("finance", {2018: 0.25, 2021: 0.75}, "logistic") == ()
    assert desk.move("adoption.imitation", 0.41) == ()
    assert desk.move("stocks.growth_talent", 0.13) == ()
    assert desk.move("pipeline.zones_completion", 0.9) == ()
    assert desk.follow("stocks.growth_rd", {2019: 0.14}) == ()
    assert desk.share("base.segment_share", 1, 0.35) == ()
    assert desk.edit("pipeline.start_share", [0.3, 0.6, 1.0]) == ()
    assert desk.move("policy.ramp", 2.0) == ()
    return desk


def test_undo_takes_back_one_edit_at_a_time(desk: Desk) -> None:
    states = [desk.state]
    for id_, value in (("talent", 0.5), ("finance", 0.2), ("talent", 0.7), ("macro.deflator", 0.03)):
        desk.move(id_, value)
        states.append(desk.state)
    for before in reversed(states[:-1]):
        assert desk.undo()
        assert desk.state is before
    assert not desk.undo()
    assert desk.scenario is desk.parent


def test_reset_is_the_parent_and_can_be_undone(desk: Desk) -> None:
    edited(desk)
    before = desk.state
    desk.reset()
    assert desk.scenario is desk.parent
    assert all(row.change is None or (row.change.value, row.change.standard_error) == (0, 0) for row in rows(desk))
    desk.undo()
    assert desk.state is before


def test_a_value_put_back_is_no_edit(desk: Desk) -> None:
    desk.move("talent", 0.5)
    desk.move("talent", 1.0)
    assert desk.state.edits == {}
    assert desk.scenario is desk.parent


@pytest.mark.parametrize(
    ("id_", "value", "code"),
    [("talent", 2.5, "E107"), ("adoption.ceiling", 0.9, "E107"), ("policy.delay", 0.5, "E130"), ("talent", -1, "E107")],
)
def test_what_a_file_could_not_say_never_becomes_the_state(desk: Desk, id_: str, value: float, code: str) -> None:
    desk.move("clusters", 0.5)
    before = desk.state
    found = desk.move(id_, value)
    assert [each.code for each in found] == [code]
    assert found[0].values["key"] == id_
    assert desk.state is before


def test_a_value_outside_the_soft_bounds_is_taken_with_a_warning(desk: Desk) -> None:
    assert [each.code for each in desk.move("talent", 1.5)] == ["W107"]
    assert desk.scenario.levers["talent"] == 1.5


@given(shares=st.lists(st.integers(200, 5000), min_size=6, max_size=6), place=st.integers(0, 5), share=st.floats(-1, 2))
def test_shares_sum_to_one_whatever_is_dragged(shares: list[int], place: int, share: float) -> None:
    start = tuple(each / sum(shares) for each in shares)
    found = balanced(start, place, share, LEAST_SHARE)
    assert sum(round(10_000 * each) for each in found) == 10_000
    assert min(found) >= LEAST_SHARE
    if LEAST_SHARE <= share <= 1 - 5 * LEAST_SHARE:
        assert found[place] == pytest.approx(share, abs=0.5e-4)


@settings(max_examples=20)
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1)), min_size=1, max_size=6))
def test_dragged_shares_are_a_law_that_the_loader_takes(moves: list[tuple[int, float]]) -> None:
    desk = Desk(BASELINE, draws=32)
    for place, share in moves:
        assert desk.share("base.segment_share", place, share) == ()
    law = law_of(desk.scenario, "base.segment_share")
    assert isinstance(law, Dirichlet)
    assert sum(law.around(desk.parent.workspace.tables.segments.share)) == pytest.approx(1, abs=1e-12)
    assert desk.preview["scale"][0].sum(axis=0) == pytest.approx(desk.preview["scale.total"][0])


@pytest.mark.parametrize("each", NUMBERS, ids=lambda each: each.id)
def test_the_whole_range_of_a_slider_is_allowed_and_shows_what_it_set(each: object) -> None:
    desk, field = Desk(BASELINE, draws=32), next(known for known in NUMBERS if known is each)
    middle = field.low + round((field.high - field.low) / 2 / field.step) * field.step
    for value in (field.low, middle, field.high):
        found = desk.move(field.id, round(value, field.decimals))
        assert [one.code for one in found if one.level == "error"] == []
        assert value_of(desk.scenario, field.id) == pytest.approx(round(value, field.decimals), rel=1e-9, abs=1e-12)


def test_a_moved_law_keeps_its_family_and_its_shape() -> None:
    for field in NUMBERS:
        law = law_of(BASELINE, field.id)
        assert not isinstance(law, Yearly)
        if law.family == "fixed":
            continue
        moved = around(law, centre_of(law))
        assert {key: pytest.approx(each) for key, each in moved.items() if key != "family"} == {
            key: each for key, each in law.model_dump(exclude_none=True).items() if key != "family"
        }, field.id


def test_saved_loaded_and_run_gives_the_very_numbers_of_the_panel(desk: Desk, workspace: Path) -> None:
    edited(desk)
    desk.run_full(64)
    mine, full = desk.preview, desk.full["now"]
    saved = save_as(desk, ABOUT)
    loaded = ty.load("mine", workspace=workspace)
    assert loaded.same(desk.scenario)
    assert same_numbers(ty.run(loaded, draws=desk.draws), mine)
    assert same_numbers(ty.run(loaded, draws=64), full)
    assert loaded.parent is not None
    assert loaded.parent.id == "announced"
    assert {each.id for each in saved.changes} == set(desk.state.edits)
    assert saved.text == (workspace / "params/scenarios/mine.yaml").read_text(encoding="utf-8")
    again = Desk(loaded, draws=desk.draws)
    assert all(value_of(again.scenario, each.id) == value_of(desk.scenario, each.id) for each in NUMBERS)


def test_a_taken_name_is_refused_until_told(desk: Desk, workspace: Path) -> None:
    desk.move("talent", 0.5)
    save_as(desk, ABOUT)
    desk.move("talent", 0.6)
    with pytest.raises(TuiyanError) as caught:
        save_as(desk, ABOUT)
    assert [each.code for each in caught.value.findings] == ["E310"]
    save_as(desk, About(**{**{key: getattr(ABOUT, key) for key in ABOUT.__slots__}, "over": True}))
    assert ty.load("mine", workspace=workspace).levers["talent"] == 0.6


@pytest.mark.parametrize(("name", "code"), [("", "E123"), ("../x", "E123"), ("Ä", "E123"), ("baseline", "E311")])
def test_a_name_that_cannot_be_is_refused(desk: Desk, name: str, code: str) -> None:
    with pytest.raises(TuiyanError) as caught:
        save_as(desk, About(name, ABOUT.title, ABOUT.reason, ABOUT.author, over=True))
    assert [each.code for each in caught.value.findings] == [code]


def test_on_a_parent_that_was_changed_meanwhile_what_is_saved_is_what_is_shown(desk: Desk, workspace: Path) -> None:
    desk.move("talent", 0.5)
    over = About("announced", ABOUT.title, ABOUT.reason, "tester", over=True)
    save_as(desk, over)
    desk.undo()
    desk.move("clusters", 0.5)  # on a parent that is not the file of its name any more
    assert save_as(desk, ABOUT).scenario.same(desk.scenario)
    assert ty.load("mine", workspace=workspace).same(desk.scenario)


def test_what_cannot_be_saved_leaves_the_file_that_was_there(desk: Desk, workspace: Path) -> None:
    desk.move("talent", 0.5)
    path = save_as(desk, ABOUT).path
    before = path.read_bytes()
    register = workspace / "params/parameters.yaml"
    text = register.read_text(encoding="utf-8")
    assert "mean: 0.065" in text
    register.write_text(text.replace("mean: 0.065", "mean: 0.06"), encoding="utf-8")  # which no scenario says
    desk.move("talent", 0.6)
    with pytest.raises(TuiyanError) as caught:
        save_as(desk, About("mine", ABOUT.title, ABOUT.reason, "tester", over=True))
    assert [each.code for each in caught.value.findings] == ["E314"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("letter", ["\t", "\u200b"])
def test_an_invisible_character_is_refused_at_its_field_before_a_file_is_written(
    desk: Desk, workspace: Path, letter: str
) -> None:
    desk.move("talent", 0.5)
    with pytest.raises(TuiyanError) as caught:
        save_as(desk, About("mine", ABOUT.title, Text("试", f"to{letter}try"), "tester"))
    (found,) = caught.value.findings
    assert (found.code, found.message.en.partition(":")[0]) == ("E315", "Reason, English")
    assert not (workspace / "params/scenarios/mine.yaml").exists()


@pytest.mark.parametrize("text", ["“人才”: '半' # [a] {b} & *c", "null", '- x: "y"', "1e3", "a\n---\n..."])
def test_any_visible_text_comes_back_from_the_file(desk: Desk, workspace: Path, text: str) -> None:
    desk.move("talent", 0.5)
    save_as(desk, About("mine", Text(text, text), Text(text, text), text))
    loaded = ty.load("mine", workspace=workspace)
    assert loaded.title == Text(text, text)
    assert loaded.same(desk.scenario)


def test_a_name_is_that_of_a_file_only_while_the_file_holds_what_is_shown(desk: Desk, workspace: Path) -> None:
    assert on_file(desk) == "announced"
    desk.move("talent", 0.5)
    assert on_file(desk) == ""
    save_as(desk, ABOUT)
    assert on_file(desk) == "mine"
    desk.move("talent", 0.6)
    save_as(desk, About("mine", ABOUT.title, ABOUT.reason, "tester", over=True))
    desk.undo()  # to what the file held before
    assert on_file(desk) == ""
    assert on_file(Desk(ty.load("announced", workspace=workspace, as_of="2018-09-25"), draws=32)) == ""


def test_controls_moved_together_are_one_step(desk: Desk) -> None:
    desk.move("talent", 0.5)
    before = desk.state
    levers = desk.parent.workspace.levers
    found = desk.move_all(levers, 1.5)
    assert {each.code for one in found.values() for each in one} == {"W107"}
    assert set(desk.scenario.levers.values()) == {1.5}
    desk.undo()
    assert desk.state is before


@pytest.mark.parametrize("share", [float("nan"), float("inf")])
def test_a_share_that_is_no_number_is_refused(desk: Desk, share: float) -> None:
    before = desk.state
    assert [each.code for each in desk.share("base.segment_share", 1, share)] == ["E312"]
    assert desk.state is before


def test_every_kept_run_has_a_name_of_its_own(desk: Desk) -> None:
    names = [keep(desk).name for _ in range(30)]
    assert len(set(names)) == len(names)


def test_a_file_says_who_and_why(desk: Desk) -> None:
    with pytest.raises(TuiyanError) as caught:
        save_as(desk, About("mine", Text("", "Trial"), Text("试", "t"), ""))
    assert [each.code for each in caught.value.findings] == ["E313", "E313"]


def test_saved_under_its_parents_name_it_is_that_file_with_its_comments(desk: Desk, workspace: Path) -> None:
    desk.move("talent", 0.5)
    save_as(desk, About("announced", ABOUT.title, ABOUT.reason, "tester", over=True))
    text = (workspace / "params/scenarios/announced.yaml").read_text(encoding="utf-8")
    assert "# The programme of the document, carried out in full." in text
    assert ty.load("announced", workspace=workspace).levers["talent"] == 0.5


def test_a_given_vintage_is_written(workspace: Path) -> None:
    desk = Desk(ty.load("announced", workspace=workspace, as_of="2018-09-25"), draws=32)
    desk.move("talent", 0.5)
    save_as(desk, ABOUT)
    assert ty.load("mine", workspace=workspace).same(desk.scenario)


def test_cancel_leaves_the_earlier_result(desk: Desk) -> None:
    assert desk.run_full(2048)
    earlier = dict(desk.full)
    desk.move("talent", 0.5)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert not desk.run_full(2048, stop=stop)
    assert desk.full == earlier
    assert not desk.is_full
    desk.undo()
    assert desk.shown is earlier["now"]


def test_a_full_run_is_the_run_of_the_library_and_tells_its_progress(desk: Desk) -> None:
    desk.move("talent", 0.5)
    told: list[tuple[int, int]] = []
    assert desk.run_full(2048, told=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert same_numbers(desk.full["now"], ty.run(desk.scenario, draws=2048))
    desk.move("talent", 0.6)
    told.clear()
    desk.run_full(2048, told=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def hollow(desk: Desk) -> set[str]:
    """The edited ids that move nothing."""
    found: set[str] = set()
    at_once(search(desk, found.update))
    return found


def test_what_moves_nothing_is_hollow(desk: Desk) -> None:
    desk.move("lever.talent.displacement", 0.7)
    desk.move("lever.talent.inflow", 0.05)
    assert hollow(desk) == {"lever.talent.displacement"}
    desk.move("talent", 0)
    assert hollow(desk) == {"lever.talent.displacement", "lever.talent.inflow"}
    desk.undo()
    assert hollow(desk) == {"lever.talent.displacement"}


def test_hollow_is_a_question_of_the_parent_and_not_of_the_last_step(desk: Desk) -> None:
    idle = "policy.cap_adoption"
    desk.move(idle, 0.01)
    assert hollow(desk) == set()
    desk.move(idle, 0.703)  # moves much against the last step, nothing against the parent
    assert hollow(desk) == {idle}


def test_the_search_for_what_moves_nothing_pauses_and_ends_when_the_scenario_moves_on(desk: Desk) -> None:
    desk.move("talent", 0.5)
    desk.move("clusters", 0.5)
    told: list[set[str]] = []
    left = search(desk, told.append)
    assert next(left) is None
    desk.move("finance", 0.5)
    assert list(left) == []
    assert told == []
    assert len(list(search(desk, told.append))) == 3
    assert told == [set()]


def test_the_ledger_is_that_of_the_library(desk: Desk) -> None:
    desk.move("talent", 0)
    found, theirs = rows(desk), desk.preview.ledger(desk.before)
    for row in found[:-1]:
        assert row.now == theirs.row(row.register).probability
        assert row.gap == theirs.row(row.register).shortfall
    assert found[-1].now == theirs.joint


def test_kept_runs_are_compared_with_the_parent(desk: Desk) -> None:
    for effort in (0.0, 0.5):
        desk.move("talent", effort)
        keep(desk)
    assert [each.scenario.id for each in compare_kept(desk).projections] == ["announced", "A", "B"]


def test_kept_runs_keep_their_draws_whatever_is_shown_now(desk: Desk) -> None:
    for effort in (0.0, 0.5):
        desk.move("talent", effort)
        desk.run_full(64)
        keep(desk)
    full = compare_kept(desk)
    desk.move("talent", 0.7)  # a preview is shown
    assert not desk.is_full
    again = compare_kept(desk)
    assert [each.draws for each in again.projections] == [64, 64, 64]
    assert again.first is full.first  # the parent was not run again
    assert all(map(same_numbers, again.projections, full.projections))
    keep(desk)
    assert {each.draws for each in compare_kept(desk).projections} == {desk.draws}


def test_the_saved_value_set_again_is_the_saved_state_with_its_file_and_its_full_run(desk: Desk) -> None:
    desk.move("talent", 0.4)
    save_as(desk, ABOUT)
    desk.run_full(64)
    desk.undo()
    assert on_file(desk) == "announced"
    desk.move("talent", 0.4)
    assert on_file(desk) == "mine"
    assert desk.is_full
    desk.move("clusters", 0.5)
    desk.restore("clusters")
    assert (on_file(desk), desk.is_full) == ("mine", True)


def test_a_refusal_tells_errors_only(desk: Desk) -> None:
    assert [each.code for each in desk.move("clusters", 1.5)] == ["W107"]
    found = desk.move("talent", 7)
    assert [(each.code, each.values["key"]) for each in found] == [("E107", "talent")]


def test_no_share_is_set_below_what_its_law_can_draw(workspace: Path) -> None:
    wide = ty.load("announced", workspace=workspace).with_(uncertain={"base.segment_share": {"widen": 1.38}})
    desk = Desk(wide, draws=32)
    assert desk.least("base.segment_share") == 0.0244
    assert desk.share("base.segment_share", 0, 0.0) == ()
    assert numbers_of(desk.scenario, "base.segment_share")[0] == 0.0244
    assert Desk(BASELINE, draws=32).least("base.segment_share") == LEAST_SHARE


def test_a_full_run_of_a_scenario_that_was_left_by_opening_another_is_not_kept(desk: Desk) -> None:
    assert desk.run_full(64, told=lambda *_: desk.open("delayed"))
    assert desk.full == {}


def test_another_scenario_is_opened_whole(desk: Desk) -> None:
    desk.move("talent", 0.5)
    desk.open("delayed")
    assert (desk.parent.id, len(desk.history), numbers_of(desk.scenario, "policy.delay")) == (
        "delayed", 1, law_of(desk.parent, "policy.delay").declared(),
    )  # fmt: skip
