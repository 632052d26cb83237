"""A headless Chromium: where it is, how it is started, and a witness of what a page does."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from tools.talk import SetupError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def browser(environment: Mapping[str, str]) -> str:
    """Return the path of a Chromium.

    Raises
    ------
    SetupError
        If there is none.
    """
    named = environment.get("CHROMIUM")
    names = [named] if named else BROWSERS
    for name in names:
        if found := shutil.which(name, path=environment.get("PATH")):
            return found
    looked = ", ".join(names)
    raise SetupError(
        f"no Chromium was found ({looked}). Install it (Debian: apt install chromium), or set CHROMIUM to its path.",
        f"未找到 Chromium（查找了 {looked}）。请安装（Debian：apt install chromium），或用环境变量 CHROMIUM 指明路径。",
    )


@contextmanager
def chromium(executable: str, width: int, height: int, **settings: Any) -> Iterator[BrowserContext]:
    """A fresh profile with a window of `width` times `height` pixels; `settings` are those of Playwright."""
    with sync_playwright() as playwright, TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=executable,
            args=list(QUIET),
            viewport={"width": width, "height": height},
            **settings,
        )
        yield context
        context.close()


class Witness:
    """Collects what a page does that it must not: ask others, log an error, raise.

    Parameters
    ----------
    page
        The page, from now on.
    own
        Whether an address is one that the page may ask.
    """

    def __init__(self, page: Page, own: Callable[[str], bool]) -> None:
        self.faults: list[str] = []
        self.own = own
        page.on("request", lambda request: self.asked(request.url))
        page.on("websocket", lambda socket: self.asked(socket.url))
        page.on("console", self.console)
        page.on("pageerror", self.raised)

    def asked(self, url: str) -> None:
        """Note an address that is none of the page's own."""
        if not self.own(url):
            self.faults.append(f"asks for {url}")

    def console(self, message: ConsoleMessage) -> None:
        """Note an error on the console; a refusal by the content-security policy comes here too."""
        if message.type == "error":
            self.faults.append(f"logs an error: {message.text}")

    def raised(self, error: Error) -> None:
        """Note an exception."""
        self.faults.append(f"raises: {error.message}")
