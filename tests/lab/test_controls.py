"""The widgets without a browser: one control for everything that can be edited, and what each shows."""

from __future__ import annotations

import re
from pathlib import Path

import ipywidgets as widgets
import pytest
from tuiyan.inputs.units import unit_name
from tuiyan.lab import actions
from tuiyan.lab.controls import Control, Shares
from tuiyan.lab.fields import TABS, tab_of
from tuiyan.lab.jobs import Jobs
from tuiyan.lab.kept import compare_kept
from tuiyan.lab.view import BUTTONS, View
from tuiyan.reporting.execute import ReportResult
from tuiyan.reporting.kernel import Limits
from tuiyan.wording import say

TALENT, INFLOW = "talent", "lever.talent.inflow"


def filled(view: View) -> View:
    for tab in TABS:
        view.fill(tab)
    return view


def row(view: View, id_: str) -> Control:
    found = view.controls[id_]
    assert isinstance(found, Control)
    return found


def boxes(widget: widgets.Widget) -> list[widgets.Widget]:
    """A widget and all inside it."""
    return [widget, *(inner for child in getattr(widget, "children", ()) for inner in boxes(child))]


def classed(widget: widgets.Widget, start: str) -> dict[str, widgets.Widget]:
    """Widgets inside one by the class that starts so, without that start."""
    return {
        name.removeprefix(start): each
        for each in boxes(widget)
        for name in getattr(each, "_dom_classes", ())
        if name.startswith(start)
    }


def page(view: View, tab: str) -> widgets.VBox:
    return view.parts.tabs.children[list(TABS).index(tab)]


def cell(view: View, goal: str, name: str) -> str:
    found = re.search(rf'data-goal="{goal}".*?class="tuiyan-{name}">([^<]*)<', view.parts.ledger.value)
    assert found
    return found[1]


def test_every_block_of_the_register_belongs_to_one_tab(view: View) -> None:
    blocks = [block for blocks in TABS.values() for block in blocks]
    assert len(blocks) == len(set(blocks))
    assert {each.block for each in view.desk.fields.values()} == set(blocks)


def test_everything_that_can_be_edited_has_one_control_in_one_tab(view: View) -> None:
    filled(view)
    workspace = view.desk.parent.workspace
    assert view.controls.keys() == workspace.levers.keys() | workspace.parameters.keys()
    for id_, control in view.controls.items():
        holding = [tab for tab in TABS for each in boxes(page(view, tab)) if each is control.box]
        assert holding == [tab_of(view.desk.fields[id_].block)], id_
    names = [name for control in view.controls.values() for name in control.box._dom_classes]
    named = [name for name in names if name.startswith(("tuiyan-lever-", "tuiyan-parameter-"))]
    assert len(named) == len(set(named)) == len(view.controls)


def test_each_control_is_named_with_its_unit_its_source_and_its_parents_value(view: View) -> None:
    filled(view)
    for id_, control in view.controls.items():
        assert "tuiyan-chip" in control.note.value, id_
        unit = view.desk.fields[id_].unit
        told = f'<span class="tuiyan-unit">{unit_name(unit, "en")}</span>' in control.note.value
        assert told == (unit not in ("1", "0/1") and id_ != "base.segment_share"), id_
        assert "tuiyan-parent" in control.note.value, id_
        if isinstance(control, Control):
            assert control.number.description == view.desk.fields[id_].label.en
        if isinstance(control, Control) and control.slider is not None:
            place = (control.slider.value - control.slider.min) / (control.slider.max - control.slider.min)
            assert f"tuiyan-tick-{round(100 * place)}" in control.slider._dom_classes, id_


def test_a_slider_moves_the_number_the_ledger_the_fan_and_the_changes(view: View) -> None:
    before = view.parts.ledger.value, view.parts.fan.value
    row(view, TALENT).slider.value = 0.3
    assert row(view, TALENT).number.value == 0.3
    assert view.desk.scenario.levers[TALENT] == 0.3
    assert before != (view.parts.ledger.value, view.parts.fan.value)
    assert "talent" in view.parts.changes.value
    assert "tuiyan-changed" in row(view, TALENT).box._dom_classes
    view.buttons["undo"].click()
    assert (row(view, TALENT).slider.value, row(view, TALENT).number.value) == (1, 1)
    assert (view.parts.ledger.value, view.parts.fan.value) == before
    assert "tuiyan-changed" not in row(view, TALENT).box._dom_classes
    view.fill("demand")
    row(view, "base.scale").slider.value = 1200
    assert cell(view, "R01", "change").startswith("+")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_value_out_of_range_is_refused_at_its_control_in_the_language_chosen(view: View, lang: str) -> None:
    view.language.value = lang
    before = view.desk.state
    row(view, TALENT).number.value = 5
    assert view.desk.state is before
    start = {
        "zh": "人才（talent）为 5 力度，超出硬界 [0, 2]。",
        "en": "talent is 5 effort, outside the hard bounds [0, 2].",
    }[lang]
    assert f'role="alert">{start}' in row(view, TALENT).note.value
    assert row(view, TALENT).number.value == 5
    assert row(view, TALENT).slider.value == 1
    assert all("alert" not in each.note.value for id_, each in view.controls.items() if id_ != TALENT)
    row(view, TALENT).number.value = 0.5
    assert "alert" not in row(view, TALENT).note.value
    assert view.desk.scenario.levers[TALENT] == 0.5


def test_a_value_beyond_the_slider_widens_it_and_warns(view: View) -> None:
    filled(view)
    row(view, "base.scale").number.value = 2500
    assert "tuiyan-warning" in row(view, "base.scale").note.value
    assert row(view, "base.scale").slider.max == row(view, "base.scale").slider.value == 2500


def test_the_language_switch_says_everything_anew(view: View) -> None:
    filled(view)
    row(view, TALENT).slider.value = 0.3
    view.language.value = "zh"
    assert [view.buttons[name].description for name in BUTTONS] == [say(f"lab.button.{name}", "zh") for name in BUTTONS]
    assert list(view.parts.tabs.titles) == [say(f"lab.tab.{tab}", "zh") for tab in TABS]
    segments = view.desk.parent.workspace.tables.segments.names
    for id_, control in view.controls.items():
        if isinstance(control, Shares):
            assert [each.description for each in control.numbers] == [name.zh for name in segments]
        else:
            assert control.number.description == view.desk.fields[id_].label.zh, id_
    shown = "".join(getattr(view.parts, name).value for name in ("ledger", "fan", "preview", "heading", "changes"))
    assert "规模超过 1,000 亿元" in shown
    assert not re.search(r"\b(points|median|parent|Announced)\b", re.sub(r"<[^>]*>", " ", shown))
    view.language.value = "en"
    assert view.buttons["undo"].description == "Undo"


@pytest.mark.parametrize("back", ["undo", "reset", "restore", "type"])
def test_a_hollow_control_whose_change_is_taken_back_is_whole_again(view: View, back: str) -> None:
    row(view, TALENT).slider.value = 0
    control = row(view, INFLOW)
    before = control.number.value
    control.number.value = 0.05
    assert "tuiyan-hollow" in control.box._dom_classes
    if back == "restore":
        view.ask(INFLOW, lambda desk: desk.restore(INFLOW))
    elif back == "type":
        control.number.value = before
    else:
        view.buttons[back].click()
    assert INFLOW not in view.desk.state.edits
    assert "tuiyan-hollow" not in control.box._dom_classes
    assert say("lab.control.hollow", "en") not in control.note.value


def test_a_control_that_moves_nothing_turns_hollow_and_says_so(view: View) -> None:
    row(view, TALENT).slider.value = 0
    assert "tuiyan-hollow" not in row(view, INFLOW).box._dom_classes
    row(view, INFLOW).number.value = 0.05
    assert "tuiyan-hollow" in row(view, INFLOW).box._dom_classes
    assert say("lab.control.hollow", "en") in row(view, INFLOW).note.value
    row(view, TALENT).slider.value = 1
    assert "tuiyan-hollow" not in row(view, INFLOW).box._dom_classes


def test_shares_stay_at_a_hundred_per_cent(view: View) -> None:
    view.fill("demand")
    found = view.controls["base.segment_share"]
    assert isinstance(found, Shares)
    for place, share in ((0, 50.0), (3, 5.0), (5, 99.0), (2, -4.0)):
        found.numbers[place].value = share
        assert round(sum(each.value for each in found.numbers), 6) == 100
        assert [each.value for each in found.numbers] == [each.value for each in found.sliders]
    assert "Total 100%" in found.head.value


def test_a_list_is_typed_with_commas(view: View) -> None:
    view.fill("firms")
    found = row(view, "pipeline.start_share")
    assert found.number.value == "0.25, 0.6, 1"
    found.number.value = "0.3，0.5, x"
    assert "is not a number or a list of numbers" in found.note.value
    assert found.number.value == "0.3，0.5, x"  # stays to be corrected
    found.number.value = "0.3，0.5, 1"
    assert view.desk.scenario.laws["pipeline.start_share"].declared() == (0.3, 0.5, 1.0)
    found.number.value = "0.5, 0.3, 1"
    assert "must increase and end at 1" in found.note.value


def test_the_year_grid_sets_a_path_and_takes_it_back(view: View) -> None:
    row(view, TALENT).years.click()
    cells = view.years.cells
    assert list(cells) == list(range(2018, view.desk.parent.horizon + 1))
    cells[2018].value, cells[2020].value = "0.2", "1"
    view.ask(TALENT, view.years.apply)
    path = view.desk.scenario.levers[TALENT]
    assert [law.declared()[0] for law in path.laws[:5]] == pytest.approx([0, 0.2, 0.6, 1, 1])  # type: ignore[union-attr]
    assert (view.years.cells[2018].value, view.years.cells[2019].placeholder) == ("0.2", "0.6")
    assert "a number set there takes the place of the path" in row(view, TALENT).note.value
    view.years.cells[2019].value = "soon"
    view.ask(TALENT, view.years.apply)
    assert "soon" in row(view, TALENT).note.value
    view.ask(TALENT, lambda desk: desk.restore(TALENT))
    assert view.desk.scenario is view.desk.parent
    view.ask(TALENT, lambda desk: desk.follow(TALENT, {2018: 0.2}))
    row(view, TALENT).number.value = 0.6
    assert view.desk.scenario.levers[TALENT] == 0.6


def test_search_finds_by_name_in_either_language_and_by_id(view: View) -> None:
    for text in ("人才流入", "gross inflow", "lever.talent.inflow"):
        view.search.value = text
        held = [each for each in boxes(page(view, "levers")) if "tuiyan-control" in getattr(each, "_dom_classes", ())]
        assert row(view, INFLOW).box in held
        assert row(view, TALENT).box not in held
    view.search.value = "jcurve"
    assert list(TABS)[view.parts.tabs.selected_index] == "productivity"
    view.search.value = "qqqq"
    assert "qqqq" in view.parts.missing.value
    view.language.value = "zh"
    assert "没有名称含" in view.parts.missing.value
    view.search.value = ""
    assert row(view, TALENT).box in boxes(page(view, "levers"))


@pytest.mark.parametrize("seen", [True, False])
def test_a_tab_without_a_hit_is_empty_whether_it_was_seen_before_or_not(view: View, seen: bool) -> None:
    if seen:
        view.fill("firms")
    view.search.value = INFLOW
    view.parts.tabs.selected_index = list(TABS).index("firms")
    assert page(view, "firms").children == ()
    view.search.value = ""
    assert page(view, "firms").children


def test_the_forms_save_open_and_show_what_was_written(view: View) -> None:
    row(view, TALENT).slider.value = 0.3
    view.buttons["save"].click()
    fields, confirm = (classed(view.parts.form, start) for start in ("tuiyan-save-", "tuiyan-confirm"))
    fields["name"].value = "Mine!"
    confirm[""].click()
    assert "is not an id" in classed(view.parts.form, "tuiyan-form-error")[""].value
    told = {"name": "mine", "title-zh": "试验", "title-en": "Trial", "reason-zh": "试", "reason-en": "try"}
    for key, text in told.items():
        fields[key].value = text
    fields["author"].value = "me"
    confirm[""].click()
    assert view.parts.form.children == ()
    assert "extends: announced" in view.parts.result.value
    assert "tuiyan-diff" in view.parts.result.value
    confirm[""].click()  # a double click does not find the file that the first click wrote
    assert "tuiyan-diff" in view.parts.result.value
    assert classed(view.parts.form, "tuiyan-form-error") == {}
    view.buttons["open"].click()
    assert classed(view.parts.form, "tuiyan-open-")["name"].value == "mine"
    classed(view.parts.form, "tuiyan-confirm")[""].click()
    assert view.desk.parent.id == "mine"
    assert row(view, TALENT).number.value == 0.3


def test_run_keep_compare_explain_and_solve(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ANALYSED", 64)
    view.buttons["explain"].click()
    assert "Nothing differs" in view.parts.status.value
    view.buttons["compare"].click()
    assert "Keep a run first" in view.parts.status.value
    row(view, TALENT).slider.value = 0
    view.actions.run(64)
    assert view.parts.preview.value.count("full run: 64 draws") == 1
    view.buttons["keep"].click()
    assert "kept A" in view.parts.fan.value
    view.buttons["compare"].click()
    assert ">A</th>" in view.parts.result.value
    view.buttons["explain"].click()
    assert "talent" in view.parts.result.value
    view.buttons["report"].click()
    assert "Save it first" in view.parts.status.value
    view.buttons["solve"].click()
    wanted = classed(view.parts.form, "")
    wanted["tuiyan-solve-lever"].value, wanted["tuiyan-solve-prob"].value = TALENT, 3.0
    wanted["tuiyan-confirm"].click()
    assert "alert" in wanted["tuiyan-form-error"].value
    wanted["tuiyan-solve-prob"].value = 0.5
    wanted["tuiyan-confirm"].click()
    assert view.parts.form.children == ()
    view.parts.offer.children[0].click()
    assert view.desk.scenario.levers[TALENT] == row(view, TALENT).number.value


def test_a_report_is_written_of_what_is_saved(view: View, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[str, object]] = []

    def report(name: str, **settings: object) -> ReportResult:
        asked.append((name, settings["workspace"]))
        return ReportResult(name, tmp_path / "reports" / name, (), (), "", changed=True)

    monkeypatch.setattr(actions, "report", report)
    view.buttons["report"].click()
    assert asked == [("announced", view.desk.parent.workspace.root)]
    assert "The report is in reports/announced." in view.parts.status.value


def test_a_report_on_its_way_can_be_cancelled(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[object] = []
    view.actions.jobs = Jobs(start=waiting.append)

    def report(_name: str, *, limits: Limits, **_settings: object) -> None:
        assert limits.watch
        limits.watch()  # nobody has asked to stop
        view.buttons["cancel"].click()
        limits.watch()
        pytest.fail("it went on")

    monkeypatch.setattr(actions, "report", report)
    view.buttons["report"].click()
    assert not view.buttons["cancel"].disabled
    waiting[0]()  # type: ignore[operator]
    assert "Cancelled" in view.parts.status.value
    assert view.buttons["cancel"].disabled


def test_cancel_leaves_what_is_shown(view: View) -> None:
    before = view.parts.ledger.value
    waiting: list[object] = []
    view.actions.jobs = Jobs(start=waiting.append)
    view.actions.run(2048)
    assert not view.buttons["cancel"].disabled
    view.actions.run(2048)
    assert "Something is running" in view.parts.status.value
    view.buttons["cancel"].click()
    waiting[0]()  # type: ignore[operator]
    assert len(waiting) == 1
    assert view.parts.ledger.value == before
    assert "Cancelled" in view.parts.status.value
    assert view.buttons["cancel"].disabled


def test_what_fails_beside_the_kernels_thread_is_said(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bool:
        raise FloatingPointError("scale is not a finite number in 2019, draw 3")

    monkeypatch.setattr(type(view.desk), "run_full", broken)
    view.buttons["run"].click()
    assert "not a finite number" in view.parts.status.value
    assert not view.actions.jobs.busy


def ticked(view: View, id_: str) -> str:
    (found,) = [str(name) for name in row(view, id_).slider._dom_classes if name.startswith("tuiyan-tick-")]
    return found


def test_a_widened_slider_moves_its_tick_and_narrows_again(view: View) -> None:
    view.fill("demand")
    slider, before = row(view, "base.scale").slider, ticked(view, "base.scale")
    span = (slider.min, slider.max)
    row(view, "base.scale").number.value = 4000
    assert ticked(view, "base.scale") == f"tuiyan-tick-{round(100 * (600 - slider.min) / (4000 - slider.min))}"
    assert ticked(view, "base.scale") != before
    view.buttons["undo"].click()
    assert (slider.min, slider.max) == span
    assert (ticked(view, "base.scale"), slider.value) == (before, 600)


def test_a_centre_whose_law_does_not_fit_is_told_where_it_fits(view: View) -> None:
    view.fill("firms")
    view.fill("adoption")
    for id_, value in (("pipeline.zones_completion", 0.0), ("adoption.ceiling", 1.0), ("firms.exit", 0.0)):
        row(view, id_).number.value = value
        field = view.desk.fields[id_]
        assert f"from {field.low:g} to {field.high:g}" in row(view, id_).note.value
        for fitting in (field.low, field.high):
            row(view, id_).number.value = fitting
            assert "alert" not in row(view, id_).note.value
    row(view, TALENT).number.value = 9  # no law around it
    assert "centre of the law" not in row(view, TALENT).note.value
    row(view, "firms.exit").number.value = 9
    assert f"{view.desk.fields['firms.exit'].label.en} (firms.exit) is " in row(view, "firms.exit").note.value


def test_shares_speak_of_the_parent_in_the_same_unit(view: View) -> None:
    view.fill("demand")
    found = view.controls["base.segment_share"]
    assert isinstance(found, Shares)
    assert "parent 14, 20, 20, 28, 11, 7" in found.note.value
    assert "tuiyan-unit" not in found.note.value


def test_undo_shows_in_an_open_year_grid_and_a_refusal_too(view: View) -> None:
    row(view, TALENT).years.click()
    view.years.cells[2018].value = "0.2"
    view.ask(TALENT, view.years.apply)
    view.years.cells[2018].value = "50%"
    view.ask(TALENT, view.years.apply)
    assert "50 % is 0.5" in view.years.problem.value
    assert view.years.cells[2018].value == "50%"
    view.buttons["undo"].click()
    assert view.years.cells[2018].value == ""
    assert view.years.problem.value == ""


def test_the_language_may_change_in_the_middle_of_a_form_and_of_a_year_grid(view: View) -> None:
    row(view, TALENT).years.click()
    view.years.cells[2019].value, view.years.between.value = "0.3", "step"
    view.buttons["save"].click()
    classed(view.parts.form, "tuiyan-save-")["title-zh"].value = "试验"
    view.language.value = "zh"
    fields = classed(view.parts.form, "tuiyan-save-")
    assert (fields["title-zh"].value, fields["title-zh"].description) == ("试验", say("lab.save.title.zh", "zh"))
    assert (view.years.cells[2019].value, view.years.between.value) == ("0.3", "step")


def test_a_result_follows_the_language_and_says_when_the_scenario_moved_on(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "ANALYSED", 64)
    row(view, TALENT).slider.value = 0
    view.buttons["explain"].click()
    assert "64 draws" in view.parts.result.value
    view.language.value = "zh"
    assert "人才" in view.parts.result.value
    assert say("lab.result.draws", "zh", draws="64") in view.parts.result.value
    stale = say("lab.result.stale", "zh")
    row(view, TALENT).slider.value = 0.5
    assert stale in view.parts.result.value
    view.buttons["undo"].click()
    assert stale not in view.parts.result.value


def test_an_effort_is_taken_over_in_one_step_and_not_by_another_scenario(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "ANALYSED", 64)
    for kept in (True, False):
        view.buttons["solve"].click()
        wanted = classed(view.parts.form, "")
        wanted["tuiyan-solve-prob"].value = 0.5
        wanted["tuiyan-confirm"].click()
        (use,) = view.parts.offer.children
        if kept:
            use.click()
            assert len(set(view.desk.scenario.levers.values())) == 1
            view.buttons["undo"].click()
            assert view.desk.scenario is view.desk.parent
        else:
            row(view, TALENT).slider.value = 0.5
            assert view.parts.offer.children == ()


def test_a_goal_that_was_refused_is_not_being_worked_on(view: View) -> None:
    view.buttons["solve"].click()
    wanted = classed(view.parts.form, "")
    wanted["tuiyan-solve-prob"].value = 80.0
    wanted["tuiyan-confirm"].click()
    assert "is not between 0 and 1" in wanted["tuiyan-form-error"].value
    assert "Working" not in view.parts.status.value


def test_a_full_run_of_what_was_changed_meanwhile_says_so(view: View) -> None:
    waiting: list[object] = []
    view.actions.jobs = Jobs(start=waiting.append)
    whole = type(view.desk).run_full

    def edited(desk: object, *settings: object, **more: object) -> bool:
        done = whole(desk, *settings, **more)  # type: ignore[arg-type]
        view.desk.move(TALENT, 0.5)
        return done

    view.actions.run(64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(view.desk), "run_full", edited)
        waiting[0]()  # type: ignore[operator]
    assert say("lab.status.ran_before", "en") in view.parts.status.value
    assert "preview" in view.parts.preview.value


def test_a_file_with_a_mistake_is_named_with_its_line(view: View) -> None:
    folder = view.desk.parent.workspace.params / "scenarios"
    text = (folder / "delayed.yaml").read_text(encoding="utf-8")
    (folder / "wrong.yaml").write_text(text.replace("levers:", "leverz:"), encoding="utf-8")
    view.buttons["open"].click()
    classed(view.parts.form, "tuiyan-open-")["name"].value = "wrong"
    classed(view.parts.form, "tuiyan-confirm")[""].click()
    assert re.search(r"scenarios/wrong\.yaml:\d+", classed(view.parts.form, "tuiyan-form-error")[""].value)
    assert view.desk.parent.id == "announced"


def test_few_draws_do_not_round_a_probability_away(view: View) -> None:
    row(view, TALENT).slider.value = 0
    view.buttons["keep"].click()
    view.buttons["compare"].click()
    chances = [each.probabilities[0] for each in compare_kept(view.desk).goals()]
    for each in chances:
        assert each is not None
        assert f"{each.value:.2f}" in view.parts.result.value or f"{each.value:.3f}" in view.parts.result.value
    assert any(each and each.decimals() < 2 for each in chances)
