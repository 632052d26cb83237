"""What stands on the panel when long work ends later than the reader goes on: forms, results, buttons, the status."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import ipywidgets as widgets
import pytest
import tuiyan as ty
from tuiyan.inputs.findings import TuiyanError
from tuiyan.lab import actions
from tuiyan.lab.desk import Desk
from tuiyan.lab.jobs import Jobs
from tuiyan.lab.view import View
from tuiyan.wording import say

Work = Callable[[], None]
TALENT = "talent"


@pytest.fixture
def waiting(view: View, monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """Work of the view that has been started and has not yet been done."""
    monkeypatch.setattr(actions, "ANALYSED", 64)
    found: list[Work] = []
    view.actions.jobs = Jobs(start=found.append)
    return found


def field(view: View, name: str) -> widgets.Widget:
    form = view.actions.screen.form
    assert form is not None
    return form.fields[name]


def send(view: View) -> None:
    form = view.actions.screen.form
    assert form is not None
    form.confirm.click()


def asked(view: View, prob: float) -> None:
    """Ask for a solution."""
    view.buttons["solve"].click()
    field(view, "prob").value, field(view, "lever").value = prob, TALENT
    send(view)


def test_a_solution_that_comes_late_leaves_the_form_that_is_open(view: View, waiting: list[Work]) -> None:
    asked(view, 0.5)
    view.buttons["save"].click()
    field(view, "title-zh").value = "试验"
    waiting[0]()
    assert view.parts.form.children
    assert field(view, "title-zh").value == "试验"
    assert "64 draws" in view.parts.result.value
    view.actions.screen.close()
    view.parts.offer.children[0].click()  # the offer outlives the other form
    assert view.desk.scenario.levers[TALENT] != 1


@pytest.mark.parametrize("left", [True, False])
def test_an_error_that_comes_late_is_said_in_its_form_or_under_the_buttons(
    view: View, waiting: list[Work], left: bool
) -> None:
    asked(view, 3.0)
    view.language.value = "zh"
    if left:
        view.buttons["save"].click()
    waiting[0]()
    form = view.actions.screen.form
    assert form is not None
    shown = view.parts.status if left else form.problem
    assert "alert" in shown.value
    assert "不在 0 与 1 之间" in shown.value
    view.language.value = "en"
    assert "is not between 0 and 1" in shown.value


def test_what_is_wrong_with_a_save_form_is_said_in_the_other_language_too(view: View) -> None:
    view.controls[TALENT].slider.value = 0.4  # type: ignore[union-attr]
    view.buttons["save"].click()
    field(view, "author").value = "me"
    send(view)
    form = view.actions.screen.form
    assert form is not None
    assert "is not an id" in form.problem.value
    view.language.value = "zh"
    assert view.actions.screen.form is form
    assert "alert" in form.problem.value
    assert "is not an id" not in form.problem.value
    assert (form.fields["author"].value, form.confirm.description) == ("me", say("lab.save.do", "zh"))


def test_the_open_form_keeps_its_choice_and_its_warning_in_the_other_language(view: View) -> None:
    view.controls[TALENT].slider.value = 0.4  # type: ignore[union-attr]
    view.buttons["open"].click()
    field(view, "name").value = "delayed"
    view.language.value = "zh"
    form = view.actions.screen.form
    assert form is not None
    assert (form.fields["name"].value, form.shut.description) == ("delayed", say("lab.form.close", "zh"))
    assert say("lab.open.lost", "zh") in form.told.value
    view.buttons["solve"].click()
    field(view, "lever").value = TALENT
    view.language.value = "en"
    assert (field(view, "lever").value, field(view, "lever").description) == (TALENT, say("lab.solve.lever", "en"))


def test_the_status_is_said_in_the_other_language(view: View) -> None:
    view.controls[TALENT].number.value = 7  # type: ignore[union-attr]
    assert "talent" in view.parts.status.value
    view.language.value = "zh"
    assert say("lab.status.refused", "zh", label="人才") in view.parts.status.value


@pytest.mark.parametrize("leave", ["undo", "open"])
def test_a_full_run_of_what_undo_cannot_reach_does_not_send_the_reader_there(
    view: View, waiting: list[Work], leave: str
) -> None:
    view.controls[TALENT].slider.value = 0.4  # type: ignore[union-attr]
    whole = Desk.run_full

    def left(desk: Desk, draws: int, **more: object) -> bool:
        done = whole(desk, draws, **more)  # type: ignore[arg-type]
        if leave == "undo":
            desk.undo()
        else:
            desk.open("delayed")
        return done

    view.actions.run(64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Desk, "run_full", left)
        waiting[0]()
    assert say("lab.status.ran_left", "en") in view.parts.status.value


def test_kept_runs_can_be_dropped_and_letters_begin_anew(view: View) -> None:
    for _ in range(2):
        view.buttons["keep"].click()
    view.buttons["drop"].click()
    assert "kept A" not in view.parts.fan.value
    assert say("lab.status.dropped", "en") in view.parts.status.value
    view.buttons["compare"].click()
    assert say("lab.status.keep_first", "en") in view.parts.status.value
    view.buttons["keep"].click()
    assert "kept A" in view.parts.fan.value


def test_work_that_starts_as_another_ends_can_be_cancelled() -> None:
    seen: list[bool] = []
    jobs = Jobs(start=lambda work: work())
    again = lambda: seen.append(jobs.do(lambda: None, failed=print, done=print))  # noqa: E731
    jobs.do(lambda: None, failed=print, done=again)
    assert seen == [False]  # the first has not ended before its buttons are as they were
    assert not jobs.busy


def test_a_move_does_not_wait_for_the_search_and_the_last_search_wins(desk: Desk) -> None:
    async def moved() -> tuple[set[str], set[str]]:
        view = View(desk, "en", Jobs(start=lambda work: work()))
        view.ask(TALENT, lambda held: held.move(TALENT, 0))
        view.ask(inflow, lambda held: held.move(inflow, 0.05))
        at_first = set(view.hollow)
        for _ in range(200):
            await asyncio.sleep(0.05)
            if view.hollow:
                break
        return at_first, view.hollow

    inflow = "lever.talent.inflow"
    assert asyncio.run(moved()) == (set(), {inflow})


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    with pytest.raises(TuiyanError) as caught:
        ty.edit("announced", draws=32, lang="fr")
    assert [each.code for each in caught.value.findings] == ["E141"]
    assert "zh | en" in caught.value.findings[0].message.zh


def test_a_thread_ends_with_its_buttons_in_order(desk: Desk) -> None:
    view = View(desk, "en", Jobs())
    gate = threading.Event()
    view.actions._work(gate.wait)  # type: ignore[arg-type]
    assert not view.buttons["cancel"].disabled
    gate.set()
    for _ in range(100):
        if not view.actions.jobs.busy:
            break
        threading.Event().wait(0.05)
    assert (view.buttons["run"].disabled, view.buttons["cancel"].disabled) == (False, True)
