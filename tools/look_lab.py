"""The lab in a browser: JupyterLab as `tuiyan lab` serves it, driven by keyboard and mouse.

The browser tests use it, and ``python3 run.py look lab`` writes a picture of each step of the guided hour, Chinese and
English, light and dark: build/look/lab-01-load-zh-light.png and so on.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page, Request, expect, sync_playwright
from tuiyan.cli.starting import start
from tuiyan.wording import LANGUAGES

from tools.environment import ROOT
from tools.look import QUIET, browser, told
from tools.talk import SetupError

WIDTH, HEIGHT = 1280, 1000
PATIENCE = 60_000  # milliseconds; a loaded machine is slow, a hanging page is worse
STAY = 15.0  # seconds that a server has to end
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},  # every cell stays in the page
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
DRAWN = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Served:
    """A running lab: its process, its address with the token, and the study that it serves."""

    process: "subprocess.Popen[str]"
    address: str
    study: Path

    @property
    def host(self) -> str:
        """Name and port of the server."""
        return urlsplit(self.address).netloc


def environment(home: Path, lang: str, theme: str = "light") -> dict[str, str]:
    """The environment of a user who has no settings but a theme."""
    chosen = {**SETTINGS, "@jupyterlab/apputils-extension/themes": {"theme": THEMES[theme]}}
    for name, settings in chosen.items():
        path = home / "config" / "lab" / "user-settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    ours = {"HOME": home, "JUPYTER_CONFIG_DIR": home / "config", "JUPYTER_DATA_DIR": home / "data"}
    ours |= {"JUPYTER_RUNTIME_DIR": home / "run", "IPYTHONDIR": home / "ipython"}
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "TUIYAN"))}
    spoken = {"LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8", "PYTHONUTF8": "1"}
    return {**kept, **{key: str(path) for key, path in ours.items()}, **spoken}


@contextmanager
def served(study: Path, settings: Mapping[str, str], *more: str) -> Iterator[Served]:
    """`tuiyan lab` on a free port, ended with SIGTERM."""
    command = [sys.executable, "-m", "tuiyan", "lab", "--workspace", str(study), "--port", "0", "--no-browser", *more]
    with subprocess.Popen(
        command, env=dict(settings), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as process:
        try:
            first = process.stdout.readline() if process.stdout else ""
            yield Served(process, first.strip(), study)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STAY)
            except subprocess.TimeoutExpired:
                process.kill()


@dataclass
class Witness:
    """What a page of the lab does that it must not: ask another computer, log an error, raise."""

    host: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Begin to watch a page."""
        page.on("request", self.request)
        page.on("websocket", lambda socket: self.asked(socket.url))
        page.on("console", self.console)
        page.on("pageerror", self.raised)

    def request(self, request: Request) -> None:
        """Note a request that leaves this computer."""
        self.asked(request.url)

    def asked(self, url: str) -> None:
        """Note an address that is not the server's."""
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.faults.append(f"asks for {url}")

    def console(self, message: ConsoleMessage) -> None:
        """Note an error on the console."""
        if message.type == "error":
            self.faults.append(f"logs an error: {message.text}")

    def raised(self, error: Error) -> None:
        """Note an exception."""
        self.faults.append(f"raises: {error.message}")


@contextmanager
def chromium(executable: str) -> Iterator[BrowserContext]:
    """A fresh profile of a headless Chromium."""
    with sync_playwright() as playwright, TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, args=list(QUIET), viewport={"width": WIDTH, "height": HEIGHT}
        )
        context.set_default_timeout(PATIENCE)
        yield context
        context.close()


def opened(page: Page, address: str) -> Page:
    """The guided notebook, its kernel ready."""
    page.goto(address)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=PATIENCE)
    return page


def cell(page: Page, id_: str) -> Locator:
    """A cell of the shipped notebook, by its id there."""
    return page.locator(".jp-Notebook .jp-Cell").nth(places()[id_])


def places() -> dict[str, int]:
    """Place of each cell by id."""
    from tuiyan.cli.serving import GUIDE
    from tuiyan.cli.starting import shipped

    notebook = json.loads((shipped() / GUIDE).read_text(encoding="utf-8"))
    return {each["id"]: place for place, each in enumerate(notebook["cells"])}


def execute(page: Page, id_: str) -> Locator:
    """Run a code cell and wait until it has ended; returns the cell."""
    found = cell(page, id_)
    found.locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")
    expect(found.locator(".jp-InputPrompt")).to_have_text(DRAWN, timeout=PATIENCE)
    return found


def panel(page: Page, served_: Served) -> Locator:
    """Open the notebook, run it down to the panel, and return the panel."""
    opened(page, served_.address)
    for id_ in ("parameters", "load", "look"):
        execute(page, id_)
    found = page.locator(".tuiyan-lab").first
    found.locator(".tuiyan-ledger table").wait_for()
    return found


def study(folder: Path) -> Path:
    """A study of one's own, as `tuiyan init` makes it."""
    start(folder)
    return folder


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
        with TemporaryDirectory(ignore_cleanup_errors=True) as place, chromium(executable) as context:
            settings = environment(Path(place, "home"), lang, theme)
            with served(study(Path(place, "study")), settings) as server:
                page, witness = context.new_page(), Witness(server.host)
                witness.watch(page)
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
