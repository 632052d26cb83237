"""Small grey references of the sections that a reader looks at first, and how a fresh picture is compared with one.

A picture is made small before it is compared, and compared by the means of blocks: another browser sets the edges of
letters otherwise, but no line, bar or table in another place.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import BrowserContext

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WIDTH, BLOCK, LEVELS = 320, 8, 16  # pixels of a reference, of a block; tones of grey
MEAN, WORST, LONGER = 3.0, 48.0, 0.03  # of 255, of 255, of the height
DRAWS = "512"
MADE = {
    "announced": ["announced"],
    "compare": ["announced", "delayed", "supply_led", "--notebook", "compare"],
    "standard_shocks": ["announced", "--notebook", "standard_shocks"],
    "backtest": ["announced", "--notebook", "backtest"],
}
Grey = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Section:
    """Part of a page: its file among the reports, what selects it, and what in it changes from run to run."""

    page: str
    selector: str
    changing: str = ""


SECTIONS = {
    "head-zh": Section("announced/report.zh.html", "header.page"),
    "ledger-zh": Section("announced/report.zh.html", "#T1"),
    "ledger-en": Section("announced/report.en.html", "#T1"),
    "fan-zh": Section("announced/report.zh.html", "#F2"),
    "waterfall-en": Section("announced/report.en.html", "#F5"),
    "compare-en": Section("compare/compare.en.html", "header.page"),
    "index": Section("index.html", "body", ".when, td.left, section > p.small"),
}


def make(reports: Path) -> Path:
    """Make the report and the pages of the notebooks from the shipped files."""
    for arguments in MADE.values():
        command = [sys.executable, "-m", "tuiyan", "report", *arguments, "--draws", DRAWS, "--out", str(reports)]
        settings = {**os.environ, "TUIYAN_WORKSPACE": str(ROOT), "PYTHONUTF8": "1"}
        done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
    return reports


def shot(context: BrowserContext, reports: Path, section: Section) -> Image.Image:
    """A picture of a section, small and grey."""
    page = context.new_page()
    page.goto((reports / section.page).resolve().as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    if section.changing:
        page.add_style_tag(content=f":is({section.changing}) {{ visibility: hidden; }}")
    image = Image.open(io.BytesIO(page.locator(section.selector).first.screenshot()))
    page.close()
    return small(image)


def small(image: Image.Image) -> Image.Image:
    """The image in grey, `WIDTH` pixels wide, in few tones."""
    high = max(BLOCK, round(image.height * WIDTH / image.width))
    grey = image.convert("L").resize((WIDTH, high), Image.Resampling.BOX)
    step = 255 / (LEVELS - 1)
    return Image.fromarray((np.round(np.asarray(grey) / step) * step).astype(np.uint8))


def blocks(image: Image.Image) -> Grey:
    """Mean tones of the blocks of an image."""
    tones = np.asarray(image, dtype=np.float64)
    rows, columns = tones.shape[0] // BLOCK, tones.shape[1] // BLOCK
    cut = tones[: rows * BLOCK, : columns * BLOCK]
    means: Grey = cut.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))
    return means


def differs(fresh: Image.Image, reference: Image.Image) -> str:
    """In what a fresh picture differs from its reference beyond tolerance; empty when it does not."""
    if abs(fresh.height - reference.height) > max(2.0, LONGER * reference.height):
        return f"it is {fresh.height} pixels high instead of {reference.height}"
    apart = np.abs(blocks(fresh.resize(reference.size)) - blocks(reference))
    row, column = np.unravel_index(int(apart.argmax()), apart.shape)
    if apart.mean() > MEAN or apart.max() > WORST:
        where = f"most at block {column}, {row}"
        return f"tones differ by {apart.mean():.1f} on average and by {apart.max():.0f} {where}"
    return ""
