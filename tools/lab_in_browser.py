"""The lab in a browser: JupyterLab as `tuiyan lab` serves it, watched, and driven by keyboard and mouse."""

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

from tools.look import QUIET

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
