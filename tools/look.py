"""Pictures of every page of the reports, and what a picture does not show: requests, errors, overflow.

The PDFs beside them are drawn by poppler's pdftoppm where it is installed: NAME-LANG-pdf-01.png and so on. Opens the
pages in reports/NAME, Chinese and English, of scenarios' reports and of the notebooks `compare`,
`standard_shocks` and `backtest`, in a headless Chromium, 1280 pixels wide, writes build/look/NAME-LANG-01.png and so
on, and fails when a page asks for anything outside itself, logs an error, or is wider than the window::

    python3 run.py look [NAME ...]
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import BrowserContext

from tools.browsing import Witness, browser, chromium
from tools.environment import ROOT
from tools.talk import SetupError, say

WIDTH, HEIGHT = 1280, 1600
DOTS = 80  # to an inch of a printed page


def pages(reports: Path, names: list[str]) -> list[Path]:
    """Return the HTML files of the named reports, or of all of them.

    Raises
    ------
    SetupError
        If a named report, or any at all, is not there.
    """
    absent = [name for name in names if not (reports / name).is_dir()]
    found = [path for name in names or ["[!.]*"] for path in sorted(reports.glob(f"{name}/*.??.html"))]
    if absent or not found:
        what = ", ".join(absent) or "any report"
        raise SetupError(
            f"{reports} does not hold {what}; `python3 run.py report` writes one",
            f"{reports} 中没有 {', '.join(absent) or '报告'}；请先运行 python3 run.py report",
            2,
        )
    return found


def shoot(context: BrowserContext, path: Path, target: Path) -> tuple[list[Path], list[str]]:
    """Write the pictures of one page.

    Returns
    -------
    tuple of list
        The pictures' paths, and the faults of the page in words.
    """
    address = path.resolve().as_uri()
    page = context.new_page()
    witness = Witness(page, lambda url: url.partition("#")[0] == address or url.startswith("data:"))
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    wide, high = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    if wide > WIDTH:
        witness.faults.append(f"is {wide} pixels wide in a window of {WIDTH}")
    pictures = []
    for number, top in enumerate(range(0, high, HEIGHT), start=1):
        page.evaluate(f"window.scrollTo({{top: {top}, behavior: 'instant'}})")
        picture = target / f"{path.parent.name}-{path.name.split('.')[1]}-{number:02}.png"
        page.screenshot(path=picture)
        pictures.append(picture)
    page.close()
    return pictures, witness.faults


def prints(paths: list[Path], target: Path, program: str) -> list[Path]:
    """Write a picture of every page of the PDFs that lie beside pages; return the pictures' paths."""
    pictures: list[Path] = []
    for path in paths:
        printed = path.with_suffix(".pdf")
        if printed.is_file():
            begin = f"{path.parent.name}-{path.name.split('.')[1]}-pdf"
            command = [program, "-q", "-r", str(DOTS), "-png", str(printed), str(target / begin)]
            subprocess.run(command, check=True)
            pictures += sorted(target.glob(f"{begin}-*.png"))
    return pictures


def look(paths: list[Path], target: Path, executable: str) -> tuple[list[Path], list[str]]:
    """Write the pictures of several pages; return their paths and all faults, each with its file."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        if not old.name.startswith("lab-"):  # those of tools/look_lab.py
            old.unlink()
    pictures: list[Path] = []
    faults: list[str] = []
    with chromium(executable, WIDTH, HEIGHT, offline=True, service_workers="block") as context:
        for path in paths:
            taken, wrong = shoot(context, path, target)
            pictures += taken
            faults += [f"{path}: {fault}" for fault in wrong]
    return pictures, faults


def main(arguments: list[str]) -> int:
    """Print the paths of the pictures; return 1 when a page has faults, 2 or 3 when there is nothing to look at."""
    try:
        paths = pages(ROOT / "reports", arguments)
        target = ROOT / "build" / "look"
        pictures, faults = look(paths, target, browser(os.environ))
        if program := shutil.which("pdftoppm"):
            pictures += prints(paths, target, program)
        else:
            say("pdftoppm is not installed: no pictures of the PDFs", "未安装 pdftoppm：没有 PDF 的截图")
    except SetupError as error:
        sys.stderr.write(f"tuiyan: {error.sentence}\n")
        return error.code
    return told(pictures, faults)


def told(pictures: Sequence[Path], faults: Sequence[str]) -> int:
    """Print what was made and what is wrong with it; 1 when anything is."""
    for picture in pictures:
        sys.stdout.write(f"{picture.relative_to(ROOT)}\n")
    for fault in faults:
        sys.stderr.write(f"tuiyan: {fault}\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
