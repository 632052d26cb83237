"""Write the references anew: ``python3 run.py look --bless``. Look at them before they are committed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.look import HERE, SECTIONS, differs, make, shot
from tools import browsing, look
from tools.talk import SetupError, say


def bless(reports: Path, executable: str, folder: Path = HERE) -> list[str]:
    """Write the references that are missing or differ from `reports`, and remove those of no section; their names."""
    changed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(browsing.QUIET))
        context = browser.new_context(viewport={"width": look.WIDTH, "height": look.HEIGHT}, offline=True)
        for name, section in SECTIONS.items():
            fresh, path = shot(context, reports, section), folder / f"{name}.png"
            if not path.exists() or differs(fresh, Image.open(path)):
                fresh.save(path, optimize=True)
                changed.append(name)
        browser.close()
    for path in folder.glob("*.png"):
        if path.stem not in SECTIONS:
            path.unlink()
            changed.append(path.stem)
    return changed


def main() -> int:
    """Bless; the names of the references that changed on stdout."""
    try:
        executable = browsing.browser(os.environ)
    except SetupError as error:
        sys.stderr.write(f"tuiyan: {error.sentence}\n")
        return error.code
    with TemporaryDirectory() as folder:
        changed = bless(make(Path(folder) / "reports"), executable)
    if not changed:
        say("the references are what they were", "参照图没有变化")
    for name in changed:
        sys.stdout.write(f"tests/look/{name}.png\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
