"""What a user writes is text for whoever reads a report, whatever it holds; and a report tells nothing of its maker.

More than a hundred payloads are planted in every text of a workspace and of a scenario. The report, `compare`,
`standard_shocks` and `backtest` are made of it and read in each of their forms: HTML, PDF, notebook, CSV and YAML.
"""

from __future__ import annotations

import base64
import csv
import getpass
import io
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, sync_playwright
from tuiyan.cli import main
from tuiyan.reporting import html, stripped, tidy
from tuiyan.reporting.blocks import Block, decode, encode

from tests.hostile import payloads
from tests.hostile.reading import Page as Read
from tests.hostile.reading import Printed, drawing_faults, printed, shown, squeezed, words_of
from tests.hostile.running import MADE, WORD, Listener, Made, make
from tests.hostile.study import DEFINITION, GOAL, MARK, NAME, ROOT, Planted, plant
from tools import browsing
from tools.talk import SetupError

pytestmark = pytest.mark.hostile
LEAST = 60
ELEMENTS = frozenset({
    "a", "aside", "body", "caption", "details", "div", "figcaption", "figure", "footer", "h1", "h2", "h3", "head",
    "header", "html", "img", "li", "main", "meta", "nav", "ol", "p", "section", "span", "strong", "style", "summary",
    "table", "tbody", "td", "th", "thead", "title", "tr", "ul", "wbr", "br",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "alt", "aria-label", "aria-labelledby", "charset", "class", "content", "data-pad", "href", "hreflang",
    "http-equiv", "id", "lang", "name", "role", "scope", "src", "tabindex",
})  # fmt: skip
LOCAL = re.compile(r"#[\w.:~-]+|(report|compare|standard_shocks|backtest)\.(zh|en)\.html|\./[\w./%-]+")
WITNESS = """
window.live = mark => (window.top.hits = window.top.hits || []).push(String(mark))
"""


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Made:
    return make(tmp_path_factory.mktemp("h"), listener.address)


@pytest.fixture(scope="module")
def papers(made: Made) -> dict[Path, Printed]:
    return {path: printed(path) for path in made.files(".pdf")}


def located(text: str, planted: Planted) -> set[int]:
    """The payloads that stand in a text, each whole wherever its mark is."""
    words = squeezed(text)
    marks = set(MARK.findall(words))
    broken = [planted.texts[mark] for mark in marks if squeezed(planted.texts[mark]) not in words]
    assert not broken, broken[:5]
    return {planted.payloads[mark] for mark in marks}


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (text for pair in data.items() for each in pair for text in strings(each))
    elif isinstance(data, list):
        yield from (text for each in data for text in strings(each))
    else:
        yield str(data)


def test_there_are_payloads_enough_and_each_is_another() -> None:
    assert len(payloads.ALL) == len(set(payloads.ALL)) >= LEAST
    assert all("MARK" in payload or "ADDRESS" in payload for payload in payloads.ALL)
    assert len(payloads.KINDS["html"]) >= 50


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_payload_is_text_in_the_page_the_print_and_the_notebook(made: Made, lang: str) -> None:
    folder, everyone = made.reports / NAME, set(range(len(payloads.ALL)))
    page = (folder / f"report.{lang}.html").read_text(encoding="utf-8")
    assert located(Read(page).text, made.planted) == everyone
    assert located(words_of(folder / f"report.{lang}.pdf"), made.planted) == everyone
    assert located(Read("".join(shown(folder / "report.ipynb"))).text, made.planted) == everyone


def test_the_resolved_scenario_holds_what_was_written(made: Made) -> None:
    for path in made.files(".yaml"):
        found = located("\n".join(strings(yaml.safe_load(path.read_text(encoding="utf-8")))), made.planted)
        assert found


def test_a_page_has_our_elements_and_no_others(made: Made) -> None:
    """Neither an element nor an attribute comes of a payload, and no address leads away."""
    files = [*made.files(".html"), made.reports / "index.html"]
    assert len(files) == 2 * len(MADE) + 1
    for path in files:
        page = Read(path.read_text(encoding="utf-8"))
        assert {tag for tag, _ in page.elements} <= ELEMENTS
        assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
        targets = [attributes["href"] or "" for _, attributes in page.elements if "href" in attributes]
        assert all(LOCAL.fullmatch(target) for target in targets)
        for tag, attributes in page.elements:
            told = {name: value or "" for name, value in attributes.items() if MARK.search(value or "")}
            assert set(told) <= {"alt", "aria-label"}, (tag, told)
            assert all(located(value, made.planted) for value in told.values())
        policies = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1
        assert str(policies[0]).startswith("default-src 'none'")


def harmless(value: Any, planted: Planted) -> Any:
    """Plain data in which every payload has become letters."""
    if isinstance(value, dict):
        return {key: harmless(each, planted) for key, each in value.items()}
    if isinstance(value, list):
        return [harmless(each, planted) for each in value]
    if not isinstance(value, str):
        return value
    for mark in MARK.findall(value):
        value = value.replace(planted.texts.get(mark, mark), "w" * len(planted.texts[mark]))
    return value


def test_a_page_has_the_elements_that_it_has_without_payloads(made: Made) -> None:
    """The same blocks with letters in the place of the payloads give the same elements with the same attributes."""
    folder = made.reports / NAME
    notebook = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))
    blocks: list[tuple[Block, ...]] = [
        tuple(decode(harmless(encode(block), made.planted)) for block in part) for part in html.parts_of(notebook)
    ]
    title = stripped.title_of(harmless(notebook, made.planted))
    for lang in ("zh", "en"):
        plain = html.drawn(blocks, title, lang)
        assert not MARK.search(Read(plain).text)
        assert Read(plain).shape == Read((folder / f"report.{lang}.html").read_text(encoding="utf-8")).shape


def test_a_drawing_holds_shapes_only(made: Made) -> None:
    count = 0
    for path in made.files(".html"):
        for drawing in Read(path.read_text(encoding="utf-8")).drawings():
            count += 1
            assert drawing_faults(drawing) == []
    assert count >= 40


def test_a_print_holds_nothing_that_acts(papers: dict[Path, Printed]) -> None:
    assert len(papers) == 2 * len(MADE)
    for paper in papers.values():
        assert paper.live == set()
        assert paper.addresses == set()


def number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_no_cell_of_a_table_is_a_formula(made: Made) -> None:
    cells = [
        cell
        for path in made.files(".csv")
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(tidy.FORMULA) and not number(cell)] == []
    assert {f"'{DEFINITION}", f"'{GOAL}"} <= set(cells)
    assert any(cell.startswith("-") for cell in cells), "negative numbers stay numbers"


def test_a_payload_in_a_cell_stays_in_it_as_text(made: Made) -> None:
    planted = list(made.planted.texts.values())
    text = tidy.text(["words", "value"], [(each, -0.5) for each in planted])
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    assert [row[0].removeprefix("'") for row in rows] == [each.removeprefix("'") for each in planted]
    assert all(row[1] == "-0.5" for row in rows)
    assert not [row[0] for row in rows if row[0].startswith(tidy.FORMULA)]


def needles() -> list[str]:
    """Words by which the machine, its user and the folders would be known."""
    found = [WORD, str(ROOT), sys.prefix, str(Path.home()), f"{Path(os.devnull).anchor}tmp/", socket.gethostname()]
    return [each for each in found if len(each) > 3] + ([user] if len(user := getpass.getuser()) > 5 else [])


def test_a_report_tells_nothing_of_the_machine(made: Made, papers: dict[Path, Printed]) -> None:
    files = [path for folder in made.bundles for path in folder.iterdir()]
    assert len(files) > 30
    for path in [*files, made.reports / "index.html"]:
        content = papers[path].bytes if path in papers else path.read_bytes()
        if path.suffix == ".html":
            content += "".join(Read(content.decode("utf-8")).drawings()).encode()
        for needle in needles():
            for form in (needle.encode(), needle.encode("utf-16-be"), base64.b64encode(needle.encode())[:-4]):
                assert form not in content or len(form) < 4, f"{path.name} holds {needle}"


def test_a_report_run_reaches_for_no_network(made: Made) -> None:
    """Every call of runner and kernel that names an address names a socket file (or the kernel of Linux itself)."""
    if made.calls is None:
        pytest.skip("strace is not installed or not permitted; where `unshare` is, the runs had no network")
    lines = [line for path in made.calls.glob("calls*") for line in path.read_text(errors="replace").splitlines()]
    assert any("connect(" in line and "AF_UNIX" in line for line in lines), "the calls were not recorded"
    assert [line for line in lines if re.search("sa_family=AF_(?!UNIX|NETLINK|UNSPEC)", line)] == []


def test_a_report_run_needs_no_network(made: Made) -> None:
    if not made.apart:
        pytest.skip("`unshare` is not permitted here; the reports were made with the network of this machine")
    assert (made.reports / NAME / "report.zh.html").is_file()
    names = [path.name for path in made.reports.parents[0].rglob("*")]
    assert "pwned" not in names, "the name of a folder is no command"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    try:
        executable = browsing.browser(os.environ)
    except SetupError as error:
        pytest.skip(error.sentence)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=list(browsing.QUIET))
        yield found
        found.close()


class Watch:
    """What a page does that a text does not."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def outside(self, *own: str) -> list[str]:
        """Requests that left the page."""
        return [
            url for url in self.asked if not url.startswith(("data:", "about:")) and url.partition("#")[0] not in own
        ]

    def hits(self) -> set[str]:
        """The payloads that ran."""
        self.page.wait_for_timeout(150)
        return set(self.page.evaluate("window.hits || []"))


def opened(browser: Any, *, policy: bool) -> BrowserContext:
    context: BrowserContext = browser.new_context(bypass_csp=not policy, service_workers="block")
    context.add_init_script(WITNESS)
    return context


@pytest.mark.browser
@pytest.mark.parametrize("policy", [True, False], ids=["with its policy", "by escaping alone"])
def test_nothing_runs_in_a_page_and_nothing_leaves_it(
    made: Made, listener: Listener, browser: Any, *, policy: bool
) -> None:
    context, before = opened(browser, policy=policy), len(listener.asked)
    pages = [made.reports / NAME / "report.zh.html"] if policy else made.files(".html")
    for path in [*pages, made.reports / "index.html"]:
        watch, address = Watch(context), path.resolve().as_uri()
        watch.page.goto(address)
        watch.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        watch.page.evaluate("document.querySelectorAll('[tabindex], a').forEach(each => each.focus())")
        watch.page.mouse.move(400, 400)
        assert watch.hits() == set()
        assert watch.outside(address) == []
        assert watch.dialogs == []
        assert watch.page.url.partition("#")[0] == address
        watch.page.close()
    assert listener.asked[before:] == []
    context.close()


@pytest.mark.browser
def test_nothing_runs_in_the_notebook(made: Made, listener: Listener, browser: Any) -> None:
    """The HTML of its outputs in a page that stops nothing."""
    context, before = opened(browser, policy=False), len(listener.asked)
    for path in made.files(".ipynb"):
        watch = Watch(context)
        watch.page.set_content("<!doctype html>" + "".join(f"<div>{each}</div>" for each in shown(path)))
        assert watch.hits() == set()
        assert watch.outside() == []
        assert watch.dialogs == []
        watch.page.close()
    assert listener.asked[before:] == []
    context.close()


@pytest.mark.browser
def test_the_payloads_are_live_where_nobody_escapes_them(
    listener: Listener, browser: Any, counted: Callable[[str], None]
) -> None:
    """The witnesses see what runs and what is fetched: many payloads of HTML do, left as they are."""
    context, before = opened(browser, policy=False), len(listener.asked)
    marks = [f"Qx{number:04}z" for number in range(len(payloads.HTML))]
    frames = [
        f'<iframe srcdoc="{escape(payloads.filled(payload, mark, listener.address))}"></iframe>'
        for mark, payload in zip(marks, payloads.HTML, strict=True)
    ]
    watch = Watch(context)
    watch.page.set_content("".join(frames), wait_until="commit")
    watch.page.wait_for_timeout(2500)
    ran = {mark for mark in watch.hits() if MARK.fullmatch(mark)}
    fetched = {mark for url in watch.outside() for mark in MARK.findall(url)}
    context.close()
    total, html = len(payloads.ALL), len(payloads.HTML)
    counted(f"{total} payloads, {html} of them HTML, of which {len(ran | fetched)} are live where nobody escapes them")
    assert len(ran | fetched) >= 20, (sorted(ran), sorted(fetched))
    assert len(ran) >= 8
    assert len(fetched) >= 8
    assert len(listener.asked) - before >= 5


@pytest.mark.parametrize("name", payloads.REFUSED)
def test_what_no_reader_sees_stops_a_report_before_it_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text = payloads.REFUSED[name]
    shutil.copytree(ROOT / "params", tmp_path / "params")
    said = {key: {"zh": text, "en": text} for key in ("title", "story", "reason")}
    scenario = {"extends": "announced", "author": "x", **said}
    raw = yaml.safe_dump(scenario, allow_unicode=True)
    (tmp_path / "params" / "scenarios" / "trial.yaml").write_text(raw, encoding="utf-8")
    assert main(["report", "trial", "--workspace", str(tmp_path), "--lang", "en", "--draws", "64"]) == 2
    assert re.search("E170|E172|E004", capsys.readouterr().err)
    assert not (tmp_path / "reports").exists()


def test_a_label_that_cannot_be_drawn_stops_a_report_before_it_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    path = tmp_path / "params" / "sources.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Shanghai Municipal", "\u05d0 Municipal", 1), "utf-8")
    assert main(["report", "announced", "--workspace", str(tmp_path), "--lang", "en", "--draws", "64"]) == 2
    said = capsys.readouterr().err
    assert "E172" in said
    assert "sources.yaml" in said
    assert not (tmp_path / "reports").exists()


def test_a_plan_of_places_names_each_once(tmp_path: Path) -> None:
    planted = plant(tmp_path, "http://127.0.0.1:9")
    assert len(planted.texts) > 1000
    assert set(planted.payloads.values()) == set(range(len(payloads.ALL)))
