"""A picture of each step of the guided hour in the lab, Chinese and English, light and dark.

``python3 run.py look lab`` writes build/look/lab-01-load-zh-light.png and so on.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, expect
from tuiyan.wording import LANGUAGES

from tools.browsing import browser
from tools.environment import ROOT
from tools.lab_in_browser import PATIENCE, THEMES, cell, environment, panel, patient, served, study, watched
from tools.look import told
from tools.talk import SetupError


@dataclass
class Hour:
    """The guided hour by hand, a picture at each step."""

    page: Page
    target: Path
    name: str
    pictures: list[Path] = field(default_factory=list)

    @property
    def panel(self) -> Locator:
        """The panel."""
        return self.page.locator(".tuiyan-lab").first

    def shoot(self, step: str, at: Locator | None = None) -> None:
        """Write the picture of a step, what it is about at the top of the window."""
        (at or self.panel).evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => true)")
        picture = self.target / f"lab-{len(self.pictures) + 1:02}-{step}-{self.name}.png"
        self.page.screenshot(path=picture)
        self.pictures.append(picture)

    def press(self, name: str) -> None:
        """Press a button of the panel."""
        self.panel.locator(f".tuiyan-button-{name}").click()

    def answered(self, step: str) -> None:
        """Press a button that answers below the buttons, and write the picture."""
        result = self.panel.locator(".tuiyan-result")
        before = result.inner_text()
        self.press(step)
        expect(result).not_to_have_text(before, use_inner_text=True, timeout=PATIENCE)
        self.shoot(step)

    def confirmed(self) -> None:
        """Send the form that is open."""
        self.panel.locator(".tuiyan-form .tuiyan-confirm").click()

    def enter(self, key: str, value: str) -> Locator:
        """Type the effort of a lever; returns its row."""
        row = self.panel.locator(f".tuiyan-lever-{key}")
        row.locator(".tuiyan-number input").fill(value)
        row.locator(".tuiyan-number input").press("Tab")
        return row

    def walk(self, *, report: bool) -> None:
        """All steps in order."""
        self.shoot("load", cell(self.page, "load-words"))
        self.shoot("look")
        self.enter("application_demand", "0.2")
        self.panel.locator(".tuiyan-lever-application_demand.tuiyan-changed").wait_for()
        self.shoot("change")
        self.enter("talent", "7").get_by_role("alert").wait_for()
        self.shoot("refused")
        self.enter("talent", "0.5")
        self.panel.locator(".tuiyan-lever-talent.tuiyan-changed").wait_for()
        self.by_year("talent")
        self.press("run")
        expect(self.panel.locator(".tuiyan-preview")).to_contain_text("8,192", timeout=PATIENCE)
        self.shoot("run")
        for name, effort in {"A": "1", "B": "0.5"}.items():
            self.press("keep")
            expect(self.panel.locator(".tuiyan-fan")).to_contain_text(name)
            self.enter("talent", effort)
        expect(self.panel.locator(".tuiyan-changes")).to_contain_text("0.5")
        self.shoot("keep")
        for step in ("compare", "explain"):
            self.answered(step)
        self.press("solve")
        self.panel.locator(".tuiyan-solve-prob input").wait_for()
        self.shoot("solve")
        before = self.panel.locator(".tuiyan-result").inner_text()
        self.confirmed()
        expect(self.panel.locator(".tuiyan-result")).not_to_have_text(before, use_inner_text=True, timeout=PATIENCE)
        self.shoot("solved")
        self.save()
        if report:
            self.press("report")
            expect(self.panel.locator(".tuiyan-button-run")).to_be_disabled()
            expect(self.panel.locator(".tuiyan-button-run")).to_be_enabled(timeout=4 * PATIENCE)
            self.shoot("report")

    def by_year(self, key: str) -> None:
        """Open the year grid of a lever, and close it."""
        self.panel.locator(f".tuiyan-lever-{key} .tuiyan-by-year").click()
        self.panel.locator(".tuiyan-years-apply").wait_for()
        self.shoot("years", self.panel.locator(".tuiyan-years"))
        self.panel.locator(".tuiyan-years-close").click()

    def save(self) -> None:
        """Save as a new scenario."""
        self.press("save")
        lines = {"name": f"look_{self.name.replace('-', '_')}", "title-zh": "需求减半", "title-en": "Less demand"}
        for key, text in {**lines, "author": "look"}.items():
            self.panel.locator(f".tuiyan-save-{key} input").fill(text)
        for lang, text in {"zh": "试行", "en": "trial"}.items():
            self.panel.locator(f".tuiyan-save-reason-{lang} textarea").fill(text)
        self.shoot("save")
        self.confirmed()
        self.panel.locator(".tuiyan-yaml").wait_for()
        self.shoot("saved")


def look(target: Path, executable: str, looks: list[tuple[str, str]]) -> tuple[list[Path], list[str]]:
    """Write the pictures of the guided hour in each language and theme; return their paths and all faults."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("lab-*.png"):
        old.unlink()
    pictures: list[Path] = []
    faults: list[str] = []
    for lang, theme in looks:
        with TemporaryDirectory(ignore_cleanup_errors=True) as place, patient(executable) as context:
            settings = environment(Path(place, "home"), lang, theme)
            with served(study(Path(place, "study")), settings) as server:
                page = context.new_page()
                witness = watched(page, server)
                panel(page, server)
                hour = Hour(page, target, f"{lang}-{theme}")
                hour.walk(report=theme == "light")
                pictures += hour.pictures
                faults += [f"{lang} {theme}: {fault}" for fault in witness.faults]
    return pictures, faults


def main(arguments: list[str]) -> int:
    """Print the paths of the pictures; return 1 when the page has faults. Arguments such as zh-dark choose."""
    names = arguments or [f"{lang}-{theme}" for lang in LANGUAGES for theme in THEMES]
    looks = [(lang, theme) for lang, _, theme in (name.partition("-") for name in names)]
    try:
        pictures, faults = look(ROOT / "build" / "look", browser(os.environ), looks)
    except SetupError as error:
        sys.stderr.write(f"tuiyan: {error.sentence}\n")
        return error.code
    return told(pictures, faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
