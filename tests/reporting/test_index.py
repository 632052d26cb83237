"""The index of a folder of reports: what it says of each, and that nothing in it comes alive."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tuiyan.reporting import guard, index, locking, manifest, runlog, unchanged

NOW = {"inputs": "i", "code": "c", "lock": "l"}
HEAD = "scenario,variable,item,year,statistic,value,standard_error,unit,price_basis,definition\n"
FORECAST = {
    "forecasts": [{"goals": {"R01": {"variable": "scale.total", "comparison": ">", "value": 1000.0, "deadline": 2020}}}]
}
HOSTILE = (
    "<script>document.title='live'</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "&lt;b&gt; &amp;#60;i&#62;",
    "@@FONTS@@ <@fonts@> <!-- ",
    "\u202egnp.exe \u0000 \U0001f600 𝒜",
)


def chances(values: Mapping[str, tuple[float, float]]) -> str:
    rows = [
        f"{name},goal,{goal},,probability,{value},0.001,probability,,"
        for name, pair in values.items()
        for goal, value in zip(("R01", "joint"), pair, strict=True)
    ]
    return HEAD + "\n".join(rows) + "\n"


def put(
    reports: Path,
    name: str,
    *,
    title: str = "Title",
    results: str | None = None,
    run: Mapping[str, object] | None = None,
    sources: Mapping[str, str] | None = None,
    pdf: bool = False,
) -> Path:
    """A published bundle as a run leaves it."""
    folder = reports / name
    folder.mkdir(parents=True)
    for lang in ("zh", "en"):
        head = f"<!DOCTYPE html><html><head><title>{escape(title)} {lang}</title></head></html>"
        (folder / f"report.{lang}.html").write_text(head, encoding="utf-8")
        if pdf:
            (folder / f"report.{lang}.pdf").write_bytes(b"%PDF")
    if results is not None:
        (folder / "results.csv").write_text(results, encoding="utf-8")
        (folder / "forecast.json").write_text(json.dumps(FORECAST), encoding="utf-8")
    outputs = {path.name: manifest.sha256(path) for path in sorted(folder.iterdir())}
    record: dict[str, object] = {
        "run": run or {"scenario": name, "as_of": "2017-11-14"},
        "sha256": dict(sources or NOW),
        "outputs": outputs,
    }
    record["bundle"] = manifest.digest(record)
    (folder / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8", newline="\n")
    return folder


def digest(folder: Path) -> str:
    return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["bundle"])


class Read(HTMLParser):
    """Tags with their attributes, and the words of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def written(reports: Path) -> tuple[str, Read]:
    text = index.write(reports, NOW).read_text(encoding="utf-8")
    page = Read()
    page.feed(text)
    return text, page


def status(reports: Path) -> dict[str, str]:
    return {each.name: each.status for each in index.entries(reports, NOW)}


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    _, page = written(tmp_path)
    assert "还没有报告。" in page.words
    assert "There are no reports yet." in page.words
    assert not [tag for tag, _ in page.tags if tag == "table"]


def test_one_report_has_its_title_dates_and_headline_in_both_languages(tmp_path: Path) -> None:
    chance = {"announced": (0.5631, 0.1252), "baseline": (0, 0)}
    folder = put(tmp_path, "announced", title="Announced", results=chances(chance))
    log = runlog.opened(tmp_path, "announced")
    log.write(runlog.DONE, bundle="another")
    when = runlog.entries(tmp_path, "announced")[-1]["time"][:16]
    log.write(runlog.DONE, bundle=digest(folder))
    _, page = written(tmp_path)
    for words in (
        "Announced zh", "Announced en", "2017-11-14", f"{when} UTC", "完好", "good",
        "到 2020 年规模超过 1,000 亿元的概率 0.56。全部计数目标同时达到的概率 0.13。",
        "P(scale above CNY 100bn by 2020) = 0.56. P(all counted goals together) = 0.13.",
    ):  # fmt: skip
        assert words in page.words, words
    links = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert links == {
        "#main", "#zh", "#en",
        "./announced/report.zh.html", "./announced/report.en.html", "./announced/manifest.json",
    }  # fmt: skip


def test_several_reports_and_what_each_can_tell(tmp_path: Path) -> None:
    put(tmp_path, "announced", results=chances({"announced": (0.5, 0.1)}), pdf=True)
    many = {"baseline": (0.49, 0.1), "delayed": (0.51, 0.12), "finance_drought": (0.3, 0.05)}
    without = "sceptic,goal,R01,,probability,0.53,0.001,probability,,\n"
    put(tmp_path, "compare", results=chances(many) + without, run={"notebook": "compare", "as_of": "2017-11-14"})
    put(tmp_path, "sceptic", results=HEAD + without)
    put(tmp_path, "backtest", run={"notebook": "backtest", "scenario": "announced"})
    (tmp_path / "forecasts").mkdir()
    found = {each.name: each for each in index.entries(tmp_path, NOW)}
    assert list(found) == ["announced", "backtest", "compare", "sceptic"]
    assert found["backtest"].headline.en == "—"
    assert found["backtest"].as_of == "—"
    assert found["compare"].headline.en == (
        "4 scenarios: P(scale goal R01) from 0.30 to 0.53. "
        "P(all counted goals together), which 3 of them have, from 0.05 to 0.12."
    )
    assert found["sceptic"].headline.en.endswith(
        "= 0.53. Some counted goals have no probability here, so there is none of all together."
    )
    assert found["announced"].files["zh"][0] == ("PDF", "./announced/report.zh.pdf")
    assert found["announced"].published == "—"
    _, page = written(tmp_path)
    assert [tag for tag, _ in page.tags].count("tr") == 2 * (1 + 4)


def test_what_is_broken_is_called_damaged_and_the_others_stay(tmp_path: Path) -> None:
    for name in ("good", "flipped", "missing", "more", "empty", "list"):
        put(tmp_path, name, results=chances({name: (0.5, 0.1)}))
    (tmp_path / "flipped" / "report.zh.html").write_text("x", encoding="utf-8")
    (tmp_path / "missing" / "results.csv").unlink()
    (tmp_path / "more" / "note.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty" / "manifest.json").write_text("", encoding="utf-8")
    (tmp_path / "list" / "manifest.json").write_text("[]", encoding="utf-8")
    put(tmp_path, "wrong", results=HEAD + "wrong,goal,R01,,probability,much,0.1,probability,,\n")
    put(tmp_path, "run", run={"scenario": ["a"], "as_of": {"b": 1}})
    (tmp_path / "dangling").symlink_to("nowhere")
    found = status(tmp_path)
    assert {name for name, each in found.items() if each == "good"} == {"good", "run"}
    assert {each for name, each in found.items() if name not in ("good", "run")} == {"damaged"}
    _, page = written(tmp_path)
    assert page.words.count("damaged: its files do not match") == 6
    damaged = next(each for each in index.entries(tmp_path, NOW) if each.name == "flipped")
    assert damaged.page is None


def test_stale_failed_and_running(tmp_path: Path) -> None:
    put(tmp_path, "stale", sources={**NOW, "code": "other"})
    put(tmp_path, "without", sources={"inputs": "i", "code": "c"})
    mine, other = {"notebook": "n", "report.ipynb": "n"}, {"notebook": "o", "report.ipynb": "o"}
    assert not unchanged.stale({**NOW, **mine}, {**NOW, "report.ipynb": "n", "compare.ipynb": "c"})
    assert unchanged.stale({**NOW, **other}, {**NOW, "report.ipynb": "n", "compare.ipynb": "c"})
    put(tmp_path, "failed")
    runlog.opened(tmp_path, "failed").write(runlog.FAILED)
    runlog.opened(tmp_path, "first").write(runlog.FAILED)
    put(tmp_path, "killed")
    runlog.opened(tmp_path, "killed").write(runlog.STAGE, text="<b>")
    put(tmp_path, "again")
    runlog.opened(tmp_path, "again").write(runlog.UNCHANGED)
    with locking.held(tmp_path, "running"):
        runlog.opened(tmp_path, "running").write(runlog.STARTED)
        found = {each.name: each for each in index.entries(tmp_path, NOW)}
        assert {name: each.status for name, each in found.items()} == {
            "again": "good", "failed": "failed", "first": "failed", "killed": "failed", "running": "running",
            "stale": "stale", "without": "stale",
        }  # fmt: skip
    assert found["failed"].page
    assert "the earlier report stands" in found["failed"].status_text.en
    assert found["first"].page is None
    assert found["first"].status_text.en == "the last run failed"
    assert status(tmp_path)["running"] == "failed"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_hostile_comes_out_as_text(tmp_path: Path, text: str) -> None:
    name = text.replace("/", "∕").replace("\0", "")
    run = {"scenario": text, "as_of": text}
    folder = put(tmp_path, name, title=text, run=run, results=chances({"x": (0.5, 0.1)}))
    runlog.opened(tmp_path, name).write(runlog.DONE, bundle=digest(folder), time=text)
    whole, page = written(tmp_path)
    assert index._drawable(text.replace("\0", "\ufffd")).strip() in page.words
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "svg", "iframe", "object", "link", "base", "form"}
    for _, attributes in page.tags:
        assert not [key for key in attributes if key.startswith("on")]
        assert (attributes.get("href") or "#").startswith(("#", "./"))
    assert "http://" not in whole
    assert "https://" not in whole
    assert whole.count("@font-face") == 2
    assert "default-src 'none'" in whole


def test_the_index_is_replaced_whole_and_leaves_nothing(tmp_path: Path) -> None:
    index.write(tmp_path, NOW)
    (tmp_path / "index.html").write_text("old", encoding="utf-8")
    index.write(tmp_path, NOW)
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", ".locks"}


def test_a_run_is_in_the_index_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    told: list[str] = []

    def shown() -> str:
        return (tmp_path / "index.html").read_text(encoding="utf-8")

    with locking.held(tmp_path, "demo"):
        with guard.watched(tmp_path, "demo", lang="en", tell=told.append, sources=NOW) as watch:
            assert "being made" in shown()
            watch.told("a stage")
            watch.mark(runlog.DONE, bundle="digest of demo")
        with (
            pytest.raises(KeyboardInterrupt),
            guard.watched(tmp_path, "demo", lang="en", tell=told.append, sources=NOW),
        ):
            raise KeyboardInterrupt
    assert "the last run failed" in shown()
    assert told == ["a stage"]
    assert [line["event"] for line in runlog.entries(tmp_path, "demo")] == [
        "started", "stage", "done", "started", "failed",
    ]  # fmt: skip


def test_an_index_that_cannot_be_written_is_said_and_undoes_nothing(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    told: list[str] = []
    with guard.watched(tmp_path, "demo", lang="en", tell=told.append, sources=NOW) as watch:
        watch.mark(runlog.DONE)
    assert len(told) == 2
    assert all("the index of the reports could not be written" in each for each in told)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LOOK = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=sys.argv[2])
    page = browser.new_page(viewport={"width": 360, "height": 800})
    asked, alive = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (alive.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: alive.append(message.text))
    page.goto("file://" + sys.argv[1])
    page.wait_for_timeout(300)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    print([each for each in asked if not each.startswith(("file:///", "data:"))], len(alive), page.title(), wide)
    browser.close()
"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_in_a_browser_nothing_is_alive_nothing_is_asked_for_and_nothing_sticks_out(tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE):
        put(tmp_path, f"n{number}", title=text, run={"scenario": text, "as_of": text})
    path = index.write(tmp_path, NOW)
    command = [sys.executable, "-c", LOOK, str(path), str(CHROMIUM)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "[] 0 推演报告索引 Scenario reports False\n"
