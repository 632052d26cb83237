"""The notebooks `compare`, `standard_shocks` and `backtest`: parameters, what they say, and from a command to pages."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import numpy as np
import pytest
import tuiyan as ty
from tuiyan import estimates
from tuiyan.analysis.responses import OUTCOMES
from tuiyan.cli import main
from tuiyan.estimates import Estimate
from tuiyan.inputs.findings import TuiyanError
from tuiyan.ledger import reached
from tuiyan.reporting import early, execute, html, manifest, notebooks, running, shocks, side_by_side, tested
from tuiyan.reporting.blocks import MIME, Block, Bullets, Figure, Heading, Table, flat
from tuiyan.reporting.execute import ReportResult
from tuiyan.reporting.numbers import HasError
from tuiyan.reporting.parameters import Form
from tuiyan.reporting.parts import shocked
from tuiyan.reporting.side_by_side import SideBySide
from tuiyan.wording import LANGUAGES

from tools.notebooks import leftovers

ROOT = Path(__file__).parents[2]
PAIRED = ("compare", "standard_shocks")
NAMES = (*PAIRED, "backtest")
RUN = {"compare": ["baseline", "announced"], "standard_shocks": ["announced"], "backtest": ["announced"]}
DRAWS = {"compare": 256, "standard_shocks": 256, "backtest": 2048}  # fewer leave too few effective ones after learning
COMPARE: dict[str, object] = {
    "scenarios": "baseline, announced, delayed", "lang": "zh", "draws": 512, "seed": 0, "as_of": "",
}  # fmt: skip
SHOCKS: dict[str, object] = {
    "scenario": "announced", "year": 2020, "lang": "zh", "draws": 512, "seed": 0, "as_of": "",
}  # fmt: skip
BACKTEST: dict[str, object] = {"scenario": "announced", "lang": "zh", "draws": 2048, "seed": 0, "as_of": ""}
FILES = {
    "compare": {"results.csv", "differences.csv", *(f"{n}.resolved.yaml" for n in ("baseline", "announced"))},
    "standard_shocks": {"results.csv", "scenario.resolved.yaml"},
    "backtest": {"results.csv", "scenario.resolved.yaml"},
}
MONEY = {"zh": "亿元", "en": "CNY bn"}


def silent(_: str) -> None:
    return


def code_cells(name: str) -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def parts_of(view: object, name: str) -> list[tuple[Block, ...]]:
    """What the cells of a notebook show, without a kernel."""
    sources = [cell.source for cell in code_cells(name)]
    called = [found[1] for source in sources if (found := running.PART.fullmatch(source.strip()))]
    return [getattr(view, each)().blocks for each in called if each != "save"]


@pytest.fixture(scope="module")
def view() -> SideBySide:
    return side_by_side.open(COMPARE)


@pytest.fixture(scope="module")
def shock() -> shocks.Shocks:
    return shocks.open(SHOCKS)


@pytest.fixture(scope="module")
def parts(view: SideBySide, shock: shocks.Shocks) -> dict[str, list[tuple[Block, ...]]]:
    return {"compare": parts_of(view, "compare"), "standard_shocks": parts_of(shock, "standard_shocks")}


def table(blocks: list[tuple[Block, ...]], id_: str) -> Table:
    tables = (block for part in blocks for block in flat(part) if isinstance(block, Table))
    return next(each for each in tables if each.id == id_)


def under(found: Table, first: str) -> dict[str, tuple[object, ...]]:
    """The rows below a head row, by their name in English, without its indent."""
    names = [str(row[0].en) for row in found.rows]  # type: ignore[attr-defined]
    start = names.index(first)
    below: dict[str, tuple[object, ...]] = {}
    for name, row in zip(names[start + 1 :], found.rows[start + 1 :], strict=True):
        if not name.startswith("└ "):
            break
        below[name.removeprefix("└ ")] = row[1:]
    return below


# the notebooks themselves


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_thin_and_stripped(name: str) -> None:
    cells = code_cells(name)
    assert "parameters" in cells[0].metadata.tags
    assert not any("def " in cell.source or len(cell.source.splitlines()) > 8 for cell in cells)
    assert not leftovers(json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "form"), [("compare", side_by_side.FORM), ("standard_shocks", shocks.FORM), ("backtest", tested.FORM)]
)
def test_the_parameters_cell_holds_the_parameters_and_nothing_else(name: str, form: Form) -> None:
    given: dict[str, object] = {}
    exec(code_cells(name)[0].source, {}, given)  # noqa: S102 - our own file
    assert form.checked(given) == given


# parameters


@pytest.mark.parametrize(
    ("opened", "good", "wrong", "right"),
    [
        (side_by_side.open, COMPARE, "scenaros", "scenarios"), (shocks.open, SHOCKS, "yaer", "year"),
        (tested.open, BACKTEST, "asof", "as_of"),
    ],
)  # fmt: skip
def test_a_mistyped_parameter_stops_with_the_nearest_name_in_both_languages(
    opened: Callable[[dict[str, object]], object], good: dict[str, object], wrong: str, right: str
) -> None:
    with pytest.raises(TuiyanError, match=rf"E140.*是否想写 {right}.*\n.*Did you mean {right}"):
        opened({**good, wrong: 1})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"scenarios": "baseline, anounced"}, "E116"), ({"scenarios": "announced"}, "E188"),
        ({"scenarios": " ，"}, "E188"), ({"scenarios": "announced，announced"}, "E141"), ({"draws": 100}, "E142"),
        ({"lang": "fr"}, "E141"), ({"scenarios": ["baseline", "announced"]}, "E141"), ({"as_of": "soon"}, "E120"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_stops(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(TuiyanError, match=code):
        side_by_side.open({**COMPARE, **wrong})


@pytest.mark.parametrize(
    ("wrong", "code"), [({"scenario": "anounced"}, "E116"), ({"year": 2031}, "E144"), ({"year": "2020"}, "E141")]
)
def test_shocks_that_cannot_be_stop(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(TuiyanError, match=code):
        shocks.open({**SHOCKS, **wrong})


def test_all_problems_of_all_scenarios_come_at_once() -> None:
    with pytest.raises(TuiyanError) as caught:
        side_by_side.open({**COMPARE, "scenarios": "anounced, baselin, announced"})
    assert {each.code for each in caught.value.findings} == {"E116"}
    assert len(caught.value.findings) == 2


def test_scenarios_that_end_in_other_years_are_not_compared(write: Callable[..., str], workspace: Path) -> None:
    short = write("horizon: 2025\n", "short")
    with pytest.raises(TuiyanError, match="E186"):
        side_by_side.scenarios_of(["announced", short], as_of=None, workspace=workspace)


# what the comparison says


def test_probabilities_are_those_of_the_ledger_and_differences_are_paired(
    view: SideBySide, parts: dict[str, list[tuple[Block, ...]]]
) -> None:
    first, second, _ = view.comparison.projections
    goal = first.scenario.workspace.goals["R01"]
    rows = under(table(parts["compare"], "C1"), "R01 scale of the industry")
    assert rows["Baseline without policy"][0] == first.prob("R01")
    assert rows["Announced programme"][0] == second.prob("R01")
    met = [reached(each, goal)[each.index(2020)].astype(float) for each in (first, second)]
    assert rows["Announced programme"][2] == rows["Announced programme"][3] == estimates.mean(met[1] - met[0])


def test_a_goal_of_the_policy_has_no_probability_and_no_difference_without_it(
    parts: dict[str, list[tuple[Block, ...]]],
) -> None:
    rows = under(table(parts["compare"], "C1"), "R07 demonstration zones")
    assert rows["Baseline without policy"][0].en == "n/a"  # type: ignore[attr-defined]
    assert isinstance(rows["Announced programme"][0], Estimate)
    assert rows["Announced programme"][2].en == "n/a"  # type: ignore[attr-defined]


def test_the_difference_of_a_year_is_the_mean_ratio_less_one(
    view: SideBySide, parts: dict[str, list[tuple[Block, ...]]]
) -> None:
    first, second, _ = view.comparison.projections
    expected = estimates.mean(100 * (second["scale.total"][3] / first["scale.total"][3] - 1))
    found = under(table(parts["compare"], "C3-scale"), "Announced programme")["2020"][0]
    assert isinstance(found, HasError)
    assert (found.value, found.standard_error) == pytest.approx((expected.value, expected.standard_error))


def test_the_parts_of_the_difference_sum_to_the_total_and_that_is_the_difference(
    view: SideBySide, parts: dict[str, list[tuple[Block, ...]]]
) -> None:
    first, second, _ = view.comparison.projections
    *rows, total = table(parts["compare"], "C5").rows
    for column in (1, 3, 5):
        summed = sum(row[column].value for row in rows)  # type: ignore[attr-defined]
        assert summed == pytest.approx(total[column].value, abs=1e-12)  # type: ignore[attr-defined]
    logs = np.log(second["scale.total"][3] / first["scale.total"][3])
    assert total[1].value == pytest.approx(logs.mean(), abs=1e-12)  # type: ignore[attr-defined]
    gain = second.prob("R01").value - first.prob("R01").value
    assert total[3].value == pytest.approx(gain, abs=1e-12)  # type: ignore[attr-defined]


def test_what_each_scenario_changes_is_its_difference_from_the_first(
    view: SideBySide, parts: dict[str, list[tuple[Block, ...]]]
) -> None:
    for id_, changes in view.comparison.changes().items():
        shown = {str(row[1].en) for row in table(parts["compare"], f"C4-{id_}").rows}  # type: ignore[attr-defined]
        assert shown == {each.id for each in changes}


def test_a_scenario_that_changes_nothing_differs_in_no_draw(write: Callable[..., str], workspace: Path) -> None:
    copy = write("", "copy")
    found = side_by_side.scenarios_of(["announced", copy], as_of=None, workspace=workspace)
    view = SideBySide(ty.compare(*(ty.run(each, draws=64) for each in found)), "zh")
    blocks = parts_of(view, "compare")
    (sentence,) = next(block for part in blocks for block in part if isinstance(block, Bullets)).items
    assert "the same in every draw" in sentence.en
    for name in ("scale", "lp", "firms"):
        below = under(table(blocks, f"C3-{name}"), "Trial")
        assert {value for row in below.values() for value in row} == {None}
    assert not view.attributions


@pytest.mark.parametrize("count", [2, 10])
def test_any_number_of_scenarios_from_two_up(count: int) -> None:
    known = ty.load("baseline").workspace.scenarios()
    names = ["baseline", *(name for name in known if name != "baseline")][:count]
    view = side_by_side.open({**COMPARE, "scenarios": "、".join(names), "draws": 32})
    blocks = parts_of(view, "compare")
    rows = under(table(blocks, "C1"), "R01 scale of the industry")
    assert len(rows) == count
    assert len([block for part in blocks for block in part if isinstance(block, Figure)]) == 2


def test_scenarios_that_count_benchmark_firms_by_other_rules_say_so(write: Callable[..., str], workspace: Path) -> None:
    body = "uncertain:\n  firms.benchmark_rule: {set: 50, because: {zh: 试, en: trial}, grade: judgement}\n"
    names = ["announced", write(body, "fifty")]
    found = side_by_side.scenarios_of(names, as_of=None, workspace=workspace)
    view = SideBySide(ty.compare(*(ty.run(each, draws=32) for each in found)), "en")
    rows = under(table([view.goals().blocks], "C1"), "R06 benchmark firms (sales of CNY 2bn or more)")
    assert list(rows) == ["Announced programme (rule CNY 2bn)", "Trial (rule CNY 5bn)"]


# what the shocks say


def test_every_outcome_is_shown_once(shock: shocks.Shocks, parts: dict[str, list[tuple[Block, ...]]]) -> None:
    assert set(shocked.SHOWN) == set(OUTCOMES) == set(shock.found.names)
    columns = [column.title for id_ in ("S1", "S2") for column in table(parts["standard_shocks"], id_).columns]
    for name in OUTCOMES:
        assert columns.count(shocked.outcome(name)) == 1


def test_ten_per_cent_more_scale_in_2017_is_as_much_more_in_every_later_year(
    shock: shocks.Shocks, parts: dict[str, list[tuple[Block, ...]]]
) -> None:
    drivers = under(table(parts["standard_shocks"], "S2"), "External drivers")
    row = next(cells for name, cells in drivers.items() if name.startswith("scale of the key AI industry"))
    assert row[0].en == "+10%"  # type: ignore[attr-defined]
    assert row[1].value == pytest.approx(100 * np.log(1.1))  # type: ignore[attr-defined]
    course = next(each for each in shocked.courses_of(shock, "driver") if each.name.en.endswith("(+10%)"))
    assert [each.value for each in course.found] == pytest.approx([100 * np.log(1.1)] * len(course.years))


def test_a_step_of_a_stocks_growth_is_three_years_of_it_by_2020(parts: dict[str, list[tuple[Block, ...]]]) -> None:
    drivers = under(table(parts["standard_shocks"], "S2"), "External drivers")
    columns = table(parts["standard_shocks"], "S2").columns
    place = next(k for k, column in enumerate(columns) if column.title == shocked.outcome("stock.capital")) - 1
    assert drivers["baseline growth of AI capital"][place].value == pytest.approx(3, abs=0.15)  # type: ignore[attr-defined]
    assert drivers["baseline growth of AI talent"][place] is None


def test_a_lever_step_is_what_the_model_does_with_a_tenth_more_effort(shock: shocks.Shocks) -> None:
    more = ty.load("announced", set={"clusters": 1.1})
    there, here = (ty.run(each, draws=512)["scale.total"][3] for each in (more, shock.scenario))
    row = next(each for each in shock.found.rows if each.id == "clusters")
    assert row.responses["scale.total"].value == pytest.approx(float(np.log(there / here).mean()), abs=1e-12)


# pages


@pytest.mark.parametrize("name", PAIRED)
def test_a_page_is_whole_in_both_languages(
    name: str, view: SideBySide, shock: shocks.Shocks, parts: dict[str, list[tuple[Block, ...]]]
) -> None:
    scenarios = [each.scenario for each in view.comparison.projections]
    title = (
        side_by_side.title_of(scenarios, draws=512, seed=0)
        if name == "compare"
        else shocks.title_of(shock.scenario, draws=512, seed=0)
    )
    made = {lang: html.page(parts[name], title, lang, stem=name) for lang in LANGUAGES}
    for lang, page in made.items():
        anchors = set(re.findall(r' id="([^"]+)"', page))
        assert len(anchors) == len(re.findall(r' id="([^"]+)"', page))
        inside = [to for to in re.findall(r'href="([^"]+)"', page) if to.startswith("#")]
        assert {to[1:] for to in inside} <= anchors
        other = next(each for each in LANGUAGES if each != lang)
        assert f'href="{name}.{other}.html"' in page
        assert all(re.findall(r'<img [^>]*alt="([^"]*)"', page))
    heads = {block.id for part in parts[name] for block in part if isinstance(block, Heading)}
    assert {"answer", "reading", "manifest"} <= heads


@pytest.mark.parametrize("name", PAIRED)
def test_every_table_has_units_and_every_number_an_error(name: str, parts: dict[str, list[tuple[Block, ...]]]) -> None:
    """A table of results has columns of errors, a row of them, or a note that bounds them."""
    tables = [block for part in parts[name] for block in flat(part) if isinstance(block, Table)]
    tables += [block.data for part in parts[name] for block in part if isinstance(block, Figure)]
    results = [each for each in tables if any(column.align == "right" for column in each.columns)]
    assert len(results) >= 5
    for each in results:
        heads = " ".join(column.title.en for column in each.columns)
        last = str(each.rows[-1][0].en)  # type: ignore[attr-defined]
        assert "imulation error" in f"{heads} {last} {each.note.en if each.note else ''}", each.id
        numbers = [column for column in each.columns if column.align == "right"]
        assert all(column.unit or column.format.endswith("chance") for column in numbers), each.id


class Cells(HTMLParser):
    """The tables of a page: of each the units under the heads, and the cells of the rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[tuple[list[str], list[list[str]]]] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if tag == "table":
            self.tables.append(([], []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in {"th", "td"}:
            self.tables[-1][1][-1].append("")
            self.inside = tag
            if len(self.tables[-1][1]) == 1:
                self.tables[-1][0].append("")
        elif tag == "span" and kind == "unit":
            self.inside = "unit"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td", "span"}:
            self.inside = "" if tag != "span" else "th"

    def handle_data(self, data: str) -> None:
        if self.inside == "unit":
            self.tables[-1][0][-1] += data
        elif self.inside:
            self.tables[-1][1][-1][-1] += data


def numbers(page: Path) -> Iterator[tuple[str, str]]:
    """Unit and text of every cell of every table of a page that holds a number."""
    for units, rows in Cells(page.read_text(encoding="utf-8")).tables:
        for row in rows[1:]:
            for unit, cell in zip(units, row, strict=True):
                if re.fullmatch(r"[+−<]?[\d,]+(\.\d+)?", cell):
                    yield unit, cell


def value(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").lstrip("+<"))


@pytest.fixture(scope="module", params=NAMES)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ReportResult:
    out, name = tmp_path_factory.mktemp("reports"), str(request.param)
    return notebooks.written(name, RUN[name], lang="en", draws=DRAWS[name], out=out, progress=silent, workspace=ROOT)


@pytest.mark.notebooks
def test_the_pages_are_published_with_their_numbers(published: ReportResult) -> None:
    name = published.name
    pages = {f"{name}.{lang}.{kind}" for lang in LANGUAGES for kind in ("html", "pdf")}
    assert {path.name for path in published.folder.iterdir()} == pages | FILES[name] | {
        "manifest.json",
        f"{name}.ipynb",
    }
    assert [path.name for path in published.pages] == [f"{name}.zh.html", f"{name}.en.html"]
    record = json.loads((published.folder / "manifest.json").read_text(encoding="utf-8"))
    assert record["run"]["notebook"] == name
    assert all(manifest.sha256(published.folder / each) == digest for each, digest in record["outputs"].items())


@pytest.mark.notebooks
def test_both_languages_hold_the_same_numbers(published: ReportResult) -> None:
    zh, en = (list(numbers(published.folder / f"{published.name}.{lang}.html")) for lang in ("zh", "en"))
    assert len(zh) == len(en) > 200
    for (unit, here), (other, there) in zip(zh, en, strict=True):
        if unit == MONEY["zh"]:
            assert other == MONEY["en"]
            assert value(here) == pytest.approx(10 * value(there), abs=10)
        else:
            assert here == there


@pytest.mark.notebooks
def test_a_second_run_in_the_other_language_gives_the_same_bytes(
    published: ReportResult, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in published.folder.iterdir()}
    where = ["--out", str(published.folder.parent), "--workspace", str(ROOT), "--lang", "zh"]
    draws = ["--draws", str(DRAWS[published.name])]
    assert main(["report", "--notebook", published.name, *RUN[published.name], *draws, *where]) == 0
    assert capsys.readouterr().out.splitlines() == [str(path) for path in published.to_open]
    assert {path.name: path.read_bytes() for path in published.folder.iterdir()} == before


# plain papermill


def papermill(place: Path, name: str, *parameters: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "papermill", str(ROOT / "notebooks" / f"{name}.ipynb"), "out.ipynb"]
    path = os.pathsep.join([str(ROOT / "model"), os.environ.get("PYTHONPATH", "")])
    settings = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "TUIYAN_WORKSPACE": str(ROOT)}
    return subprocess.run([*command, *parameters], cwd=place, env=settings, capture_output=True, text=True, check=False)


@pytest.mark.notebooks
@pytest.mark.parametrize("name", NAMES)
def test_plain_papermill_runs_a_notebook_from_top_to_bottom(name: str, tmp_path: Path) -> None:
    done = papermill(tmp_path, name, "-p", "draws", str(DRAWS[name]), "-p", "lang", "en")
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(tmp_path / "out.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    execute.check_cells(notebook, "en")
    calls = [cell for cell in notebook.cells if running.PART.fullmatch(cell.source.strip())]
    shown = [cell for cell in calls if any(MIME in output.get("data", {}) for output in cell.outputs)]
    assert len(shown) == len(calls) - 1  # all but `save`, which writes nothing in a notebook run by hand
    assert [path.name for path in tmp_path.iterdir()] == ["out.ipynb"]


@pytest.mark.notebooks
def test_plain_papermill_stops_at_a_mistyped_parameter(tmp_path: Path) -> None:
    done = papermill(tmp_path, "compare", "-p", "scenaros", "baseline")
    assert done.returncode != 0
    assert "Did you mean scenarios?" in done.stdout + done.stderr


# the command


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["compare", "announced"], "E188"), (["compare", "announced", "anounced"], "E116"),
        (["compare", "announced", "baseline", "--year", "2020"], "E140"),
        (["compare", "announced", "baseline", "--against", "baseline"], "E140"),
        (["standard_shocks", "announced", "delayed"], "E141"),
        (["standard_shocks", "announced", "--year", "2031"], "E144"),
        (["report", "announced", "--year", "2020"], "E140"),
        (["backtest", "announced", "delayed"], "E141"), (["backtest", "announced", "--year", "2020"], "E140"),
        (["backtest", "announced", "--against", "baseline"], "E140"), (["backtest", "anounced"], "E116"),
        (["backtest", "announced", "--as-of", "2017-01-01"], "E106"),
        (["backtest", "announced", "--draws", "100"], "E142"),
    ],
)  # fmt: skip
def test_bad_input_of_the_command_starts_no_kernel(
    words: list[str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(execute, "run_notebook", lambda *_: pytest.fail("a kernel was started"))
    assert main(["report", "--notebook", *words, "--out", str(tmp_path), "--workspace", str(ROOT)]) == 2
    assert f" {code}: " in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", early.RESERVED)
def test_a_scenario_cannot_take_the_folder_of_a_notebook(
    name: str, write: Callable[..., str], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execute, "run_notebook", lambda *_: pytest.fail("a kernel was started"))
    with pytest.raises(TuiyanError, match=f"E166.*{name}"):
        ty.report(write("", name), draws=64, progress=silent, workspace=workspace)
    assert not (workspace / "reports").exists()


def test_a_file_of_elsewhere_is_compared_by_its_path(
    write: Callable[..., str], workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("", "mine")
    place = tmp_path / "my own, first"
    place.mkdir()
    path = Path(shutil.copy(workspace / "params" / "scenarios" / "mine.yaml", place))
    jobs: list[execute.Job] = []
    monkeypatch.setattr(execute, "published", lambda job, *_: jobs.append(job))
    notebooks.compare(["announced", str(path)], draws=64, progress=silent, workspace=workspace)
    text = str(jobs[0].parameters["scenarios"])
    assert side_by_side.names_in(text) == ["announced", str(path)]
