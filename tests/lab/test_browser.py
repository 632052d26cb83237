"""The lab as an economist meets it: a real JupyterLab, started by `tuiyan lab`, in a headless Chromium."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from tools import lab_in_browser
from tools.browsing import Witness, browser
from tools.lab_in_browser import Served
from tools.talk import SetupError

pytestmark = pytest.mark.browser
# ipywidgets 8.1 gives the handle of a slider no name, and offers no way to; the number field beside it has one.
OTHERS = {"aria-input-field-name": "noUi-handle"}


@dataclass
class Visit:
    """A page of the lab with the panel on it, and what was seen of its requests and its console."""

    served: Served
    page: Page
    witness: Witness

    @property
    def panel(self) -> Locator:
        """The panel."""
        return self.page.locator(".tuiyan-lab").first

    def lever(self, key: str) -> Locator:
        """The row of a lever."""
        return self.panel.locator(f".tuiyan-lever-{key}")

    def number(self, key: str) -> Locator:
        """The number field of a lever."""
        return self.lever(key).locator(".tuiyan-number input")

    def press(self, name: str) -> None:
        """Press a button of the panel."""
        self.panel.locator(f".tuiyan-button-{name}").click()

    def chances(self) -> list[str]:
        """The probabilities of the ledger."""
        return self.panel.locator(".tuiyan-ledger .tuiyan-p").all_inner_texts()

    def ledger(self) -> Locator:
        """The goal ledger."""
        return self.panel.locator(".tuiyan-ledger table")


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    try:
        executable = browser(os.environ)
    except SetupError as error:
        pytest.skip(error.sentence)
    place = tmp_path_factory.mktemp("lab")
    study = lab_in_browser.study(place / "study")
    settings = lab_in_browser.environment(place / "home", "en")
    with lab_in_browser.served(study, settings) as served, lab_in_browser.patient(executable) as context:
        page = context.new_page()
        witness = lab_in_browser.watched(page, served)
        lab_in_browser.panel(page, served)
        yield Visit(served, page, witness)


@pytest.fixture
def panel(visit: Visit) -> Visit:
    """The panel as it was opened."""
    if visit.panel.locator(".tuiyan-changed").count():
        visit.press("reset")
        expect(visit.panel.locator(".tuiyan-changed")).to_have_count(0)
    return visit


def test_a_slider_moved_by_keyboard_changes_the_ledger_and_undo_takes_it_back(panel: Visit) -> None:
    before = panel.ledger().inner_text()
    panel.lever("application_demand").locator(".noUi-handle").focus()
    panel.page.keyboard.press("Home")
    expect(panel.number("application_demand")).to_have_value("0")
    expect(panel.ledger()).not_to_have_text(before, use_inner_text=True)
    panel.press("undo")
    expect(panel.number("application_demand")).to_have_value("1")
    expect(panel.ledger()).to_have_text(before, use_inner_text=True)
    assert panel.ledger().inner_text() == before


def test_a_value_out_of_range_is_refused_in_words_beside_its_control(panel: Visit) -> None:
    before = panel.ledger().inner_text()
    panel.number("talent").fill("7")
    panel.number("talent").press("Tab")
    alert = panel.lever("talent").get_by_role("alert")
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("[0, 2]")
    assert panel.ledger().inner_text() == before
    panel.number("talent").fill("1")
    panel.number("talent").press("Tab")
    expect(alert).to_be_hidden()


def test_what_moves_nothing_turns_hollow_in_the_pause_after_the_move(panel: Visit) -> None:
    row = panel.panel.locator(".tuiyan-parameter-lever-talent-inflow")
    for field, value in ((panel.number("talent"), "0"), (row.locator(".tuiyan-number input"), "0.05")):
        field.fill(value)
        field.press("Tab")
    expect(row).to_contain_text("moves no output in this scenario")
    assert panel.panel.locator(".tuiyan-hollow").count() == 1


def test_the_panel_changes_its_language_and_keeps_its_state(panel: Visit) -> None:
    panel.number("talent").fill("0.5")
    panel.number("talent").press("Tab")
    expect(panel.panel.locator(".tuiyan-lever-talent.tuiyan-changed")).to_be_visible()
    chances = panel.chances()
    panel.panel.locator(".tuiyan-language").get_by_text("中文").click()
    expect(panel.panel.locator(".tuiyan-button-undo")).to_have_text("撤销")
    expect(panel.lever("talent")).to_contain_text("人才")
    expect(panel.number("talent")).to_have_value("0.5")
    assert panel.chances() == chances
    panel.panel.locator(".tuiyan-language").get_by_text("English").click()
    expect(panel.panel.locator(".tuiyan-button-undo")).to_have_text("Undo")


@pytest.mark.parametrize("lang", ["中文", "English"])
def test_the_year_grid_is_narrow_and_its_buttons_are_whole(panel: Visit, lang: str) -> None:
    panel.panel.locator(".tuiyan-language").get_by_text(lang).click()
    panel.lever("finance").locator(".tuiyan-by-year").click()
    grid = panel.panel.locator(".tuiyan-years")
    cells = grid.locator(".tuiyan-year-cells .widget-text")
    expect(cells.nth(12)).to_be_visible()  # 2018 to 2030
    tops = [box["y"] for each in cells.all() if (box := each.bounding_box())]
    assert len(set(tops)) < len(tops) / 2
    for button in grid.locator("button").all():
        assert button.evaluate("each => each.scrollWidth <= each.clientWidth"), button.inner_text()
    grid.locator(".tuiyan-years-close").click()
    panel.panel.locator(".tuiyan-language").get_by_text("English").click()


def test_the_panel_is_accessible(panel: Visit) -> None:
    found = Axe().run(panel.page, context=".tuiyan-lab")
    wrong = [
        f"{rule['id']}: {node['html']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
        if OTHERS.get(rule["id"], "-") not in node["html"]
    ]
    assert wrong == []


def test_a_saved_scenario_opened_after_a_reload_is_the_same_state(panel: Visit) -> None:
    panel.number("clusters").fill("0.25")
    panel.number("clusters").press("Tab")
    expect(panel.panel.locator(".tuiyan-lever-clusters.tuiyan-changed")).to_be_visible()
    chances = panel.chances()
    panel.press("save")
    for key, text in {"name": "quarter", "title-zh": "四分之一", "title-en": "A quarter", "author": "test"}.items():
        panel.panel.locator(f".tuiyan-save-{key} input").fill(text)
    for lang, text in {"zh": "试行", "en": "trial"}.items():
        panel.panel.locator(f".tuiyan-save-reason-{lang} textarea").fill(text)
    panel.panel.locator(".tuiyan-form .tuiyan-confirm").click()
    expect(panel.panel.locator(".tuiyan-yaml")).to_contain_text("extends: announced")
    expect(panel.panel.locator(".tuiyan-diff")).to_contain_text("0.25")
    file = panel.served.study / "params" / "scenarios" / "quarter.yaml"
    assert "set: 0.25" in file.read_text(encoding="utf-8")

    panel.page.keyboard.press("Control+s")
    panel.page.reload()
    lab_in_browser.panel(panel.page, panel.served)
    panel.press("open")
    panel.panel.locator(".tuiyan-open-name select").select_option("quarter")
    panel.panel.locator(".tuiyan-form .tuiyan-confirm").click()
    expect(panel.number("clusters")).to_have_value("0.25")
    assert panel.chances() == chances


def test_nobody_outside_was_asked_and_no_error_was_logged(visit: Visit) -> None:
    assert visit.witness.faults == []


def test_the_study_holds_what_was_saved_and_nothing_else(visit: Visit, tmp_path: Path) -> None:
    made = {path.relative_to(visit.served.study) for path in visit.served.study.rglob("*") if path.is_file()}
    fresh = lab_in_browser.study(tmp_path / "study")
    expected = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
    more = {path.as_posix() for path in made - expected if ".ipynb_checkpoints" not in path.parts}
    assert more <= {"params/scenarios/quarter.yaml"}
