"""What a reader sees: pictures beside references, rules of accessibility, letters that the font has, no request."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont
from PIL import Image
from playwright.sync_api import BrowserContext, sync_playwright
from tuiyan.reporting import typeface

from tests.look import BLOCK, HERE, SECTIONS, WIDTH, differs, make, shot, small
from tests.look.__main__ import bless
from tools import browsing, look
from tools.talk import SetupError

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BLESS = "If this is meant, run `python3 run.py look --bless`, look at the pictures, and commit them."
CONTROL = "<img src='data:,'><p style='color:#999;background:#fff'>pale</p><a href='#x'></a><h3>third</h3>"

PAGE = "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>t</title></head><body>{}</body></html>"
FAULTS = {
    "<img alt='' src='http://127.0.0.1:9/a.png'>": "asks for",
    "<img alt='' src='beside.png'>": "asks for",
    "<script>console.error('oops')</script>": "logs an error",
    "<script>nothing()</script>": "raises",
    "<div style='width:3000px'>wide</div>": "pixels wide",
}


def write(root: Path, name: str, body: str) -> Path:
    (root / name).mkdir(parents=True, exist_ok=True)
    path = root / name / "report.en.html"
    path.write_text(PAGE.format(body), encoding="utf-8")
    return path


def chromium() -> str:
    try:
        return browsing.browser(os.environ)
    except SetupError as error:
        pytest.skip(error.sentence)


@pytest.mark.browser
@pytest.mark.look
def test_every_page_has_its_picture_and_every_fault_is_found(tmp_path: Path) -> None:
    executable = chromium()
    good = write(tmp_path, "good", "<div style='height:3500px'>好</div><a href='#top'>top</a>")
    bad = {write(tmp_path, f"bad{number}", body): fault for number, (body, fault) in enumerate(FAULTS.items())}
    pictures, faults = look.look([good, *bad], tmp_path / "pictures", executable)
    assert [path.name for path in pictures[:3]] == ["good-en-01.png", "good-en-02.png", "good-en-03.png"]
    assert all(path.stat().st_size > 1000 for path in pictures)
    assert not [fault for fault in faults if str(good) in fault]
    for path, fault in bad.items():
        assert any(line.startswith(f"{path}: ") and fault in line for line in faults)


def test_a_missing_browser_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        browsing.browser({"PATH": str(tmp_path)})
    assert "chromium" in caught.value.sentence


def test_only_whole_reports_are_looked_at(tmp_path: Path) -> None:
    wanted = write(tmp_path, "announced", "")
    write(tmp_path, ".bundles/announced-1", "")
    assert look.pages(tmp_path, []) == [wanted]
    with pytest.raises(SetupError):
        look.pages(tmp_path, ["nowhere"])


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chromium()
    return make(tmp_path_factory.mktemp("reports"))


@pytest.fixture
def window() -> Iterator[BrowserContext]:
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(browsing.QUIET))
        yield browser.new_context(viewport={"width": look.WIDTH, "height": look.HEIGHT}, offline=True)
        browser.close()


def every(reports: Path) -> list[Path]:
    """Both pages of the report and of the three notebooks, and the index."""
    found = [*look.pages(reports, []), reports / "index.html"]
    assert len(found) == 9
    return found


def violations(window: BrowserContext, address: str) -> list[str]:
    page = window.new_page()
    page.goto(address)
    answer: dict[str, Any] = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    page.close()
    assert len(answer["passes"]) > 5, "the rules were not tried"
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in answer["violations"]]


@pytest.mark.browser
@pytest.mark.look
def test_no_page_breaks_a_rule_of_accessibility(reports: Path, window: BrowserContext) -> None:
    """WCAG 2.2, levels A and AA, and the best practices of axe-core; no rule is left out."""
    assert {path.name: violations(window, path.as_uri()) for path in every(reports)} == {
        path.name: [] for path in every(reports)
    }


@pytest.mark.browser
@pytest.mark.look
def test_a_page_that_breaks_rules_is_found(tmp_path: Path, window: BrowserContext) -> None:
    found = violations(window, write(tmp_path, "bad", CONTROL).as_uri())
    assert {"image-alt", "color-contrast", "link-name"} <= {each.partition(":")[0] for each in found}


@pytest.mark.browser
@pytest.mark.look
def test_no_page_asks_for_anything_or_is_too_wide(reports: Path, tmp_path: Path) -> None:
    pictures, faults = look.look(every(reports)[:-1], tmp_path / "pictures", chromium())
    assert faults == []
    assert len(pictures) > 20


@cache
def held(weight: str) -> frozenset[int]:
    return frozenset(TTFont(typeface.FILES[weight]).getBestCmap())


@pytest.mark.browser
@pytest.mark.look
def test_every_letter_of_every_page_is_in_the_shipped_fonts(reports: Path, window: BrowserContext) -> None:
    """By the files of the fonts, and by the fonts that the browser took: no box, no letter of another font."""
    for path in every(reports):
        for weight, letters in typeface.characters(path.read_text(encoding="utf-8")).items():
            assert {letter for letter in letters if not letter.isspace() and ord(letter) not in held(weight)} == set()
        assert used(window, path) == {(typeface.FAMILY, True)}


def used(window: BrowserContext, path: Path) -> set[tuple[str, bool]]:
    """The fonts with which the first elements of every kind are drawn; those of code are the reader's own."""
    page = window.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    session = window.new_cdp_session(page)
    for domain in ("DOM.enable", "CSS.enable"):
        session.send(domain)
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = set()
    for kind in ("h1", "h2", "h3", "p", "li", "a", "th .head", "tbody th", "td", "caption", "summary", "strong"):
        nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": f"{kind}:not(.code)"})["nodeIds"]
        for node in nodes[:12]:
            fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            found |= {(font["familyName"], font["isCustomFont"]) for font in fonts}
    page.close()
    return found


@pytest.mark.browser
@pytest.mark.look
@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_looks_like_its_reference(reports: Path, window: BrowserContext, name: str) -> None:
    fault = differs(shot(window, reports, SECTIONS[name]), Image.open(HERE / f"{name}.png"))
    assert not fault, f"{name}: {fault}. {BLESS}"


@pytest.mark.look
@pytest.mark.parametrize("name", SECTIONS)
def test_a_blank_a_shifted_and_another_picture_are_told_apart(name: str) -> None:
    reference = Image.open(HERE / f"{name}.png")
    tones = np.asarray(reference)
    assert differs(reference, reference) == ""
    assert differs(Image.fromarray(np.full_like(tones, 255)), reference)
    assert differs(Image.fromarray(np.roll(tones, BLOCK, axis=0)), reference)
    assert differs(Image.fromarray(255 - tones), reference)
    assert differs(Image.fromarray(np.vstack([tones, tones[: tones.shape[0] // 10 + 3]])), reference)


@pytest.mark.look
@pytest.mark.parametrize("name", SECTIONS)
def test_another_setting_of_the_edges_of_letters_is_within_tolerance(name: str) -> None:
    reference = Image.open(HERE / f"{name}.png")
    soft = small(reference.resize((WIDTH * 3, reference.height * 3), Image.Resampling.BICUBIC))
    assert differs(soft, reference) == ""


def test_the_references_are_small_and_each_belongs_to_a_section() -> None:
    assert {path.stem for path in HERE.glob("*.png")} == set(SECTIONS)
    assert sum(path.stat().st_size for path in HERE.glob("*.png")) < 400_000


@pytest.mark.browser
@pytest.mark.look
def test_blessing_writes_what_is_missing_and_removes_what_is_gone(reports: Path, tmp_path: Path) -> None:
    for path in HERE.glob("*.png"):
        shutil.copyfile(path, tmp_path / path.name)
    (tmp_path / "head-zh.png").unlink()
    shutil.copyfile(HERE / "index.png", tmp_path / "gone.png")
    assert set(bless(reports, chromium(), tmp_path)) == {"head-zh", "gone"}
    assert {path.stem for path in tmp_path.glob("*.png")} == set(SECTIONS)


@pytest.mark.look
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm (poppler) is not installed")
def test_every_page_of_a_print_has_its_picture(reports: Path, tmp_path: Path) -> None:
    pages = look.pages(reports, ["compare"])
    pictures = look.prints(pages, tmp_path, shutil.which("pdftoppm") or "")
    assert pictures[0].name.startswith("compare-en-pdf-")
    assert len(pictures) == len(list(tmp_path.iterdir())) > 6
    (tmp_path / "report.en.pdf").write_bytes(b"no PDF")
    with pytest.raises(subprocess.CalledProcessError):
        look.prints([tmp_path / "report.en.html"], tmp_path, shutil.which("pdftoppm") or "")
