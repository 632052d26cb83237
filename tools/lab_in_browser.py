"""The lab in a browser: JupyterLab as `tuiyan lab` serves it, watched, and driven by keyboard and mouse."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, expect
from tuiyan.cli.starting import start

from tools.browsing import Witness, chromium

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


@contextmanager
def patient(executable: str) -> Iterator[BrowserContext]:
    """A fresh profile of a headless Chromium that waits as long as a lab may take."""
    with chromium(executable, WIDTH, HEIGHT) as context:
        context.set_default_timeout(PATIENCE)
        yield context


def watched(page: Page, served_: Served) -> Witness:
    """A witness of a page that may ask its own server only."""
    own = urlsplit(served_.address).netloc
    return Witness(page, lambda url: urlsplit(url).scheme in {"data", "blob"} or urlsplit(url).netloc == own)


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
