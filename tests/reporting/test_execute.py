"""From a name to a published bundle: the notebook runs in our own interpreter, and a failure publishes nothing."""

import csv
import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import execute, kernel, manifest
from tuiyan.reporting.execute import ReportError, ReportResult, report

ROOT = Path(__file__).parents[2]
FILES = {
    "report.zh.html", "report.en.html", "report.zh.pdf", "report.en.pdf", "report.ipynb", "results.csv",
    "scenario.resolved.yaml", "against.resolved.yaml", "forecast.json", "manifest.json",
}  # fmt: skip


def silent(_: str) -> None:
    return


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ReportResult:
    return report(
        "announced", lang="en", out=tmp_path_factory.mktemp("reports"), draws=256, progress=silent, workspace=ROOT
    )


@pytest.mark.notebooks
def test_a_report_holds_its_files_and_nothing_else(made: ReportResult) -> None:
    assert {path.name for path in made.folder.iterdir()} == FILES
    assert {path.name for path in made.files} == FILES
    assert made.changed


@pytest.mark.notebooks
def test_the_manifest_matches_the_files_and_names_no_place_or_time(made: ReportResult) -> None:
    text = (made.folder / "manifest.json").read_text(encoding="utf-8")
    record = json.loads(text)
    for name, digest in record["outputs"].items():
        assert manifest.sha256(made.folder / name) == digest
    assert set(record["outputs"]) == FILES - {"manifest.json"}
    assert record["run"]["draws"] == 256
    assert str(ROOT) not in text
    assert str(made.folder.parent) not in text


@pytest.mark.notebooks
def test_the_results_are_tidy_with_units_and_errors(made: ReportResult) -> None:
    with (made.folder / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["scenario"] for row in rows} == {"announced", "baseline"}
    assert all(row["unit"] and row["value"] and row["standard_error"] for row in rows)
    chosen = [r for r in rows if (r["variable"], r["year"], r["statistic"]) == ("scale.total", "2020", "p50")]
    assert len(chosen) == 2
    assert {row["definition"] for row in chosen} == {"plan_key_industry"}
    assert {row["price_basis"] for row in chosen} == {"nominal"}


@pytest.mark.notebooks
def test_the_resolved_scenario_says_who_set_every_value(made: ReportResult) -> None:
    data = yaml.safe_load((made.folder / "scenario.resolved.yaml").read_text(encoding="utf-8"))
    assert data["scenario"] == "announced"
    assert all({"value", "sources", "grade", "set_in"} <= set(entry) for entry in data["parameters"].values())


@pytest.mark.notebooks
def test_a_second_run_gives_the_same_bytes_in_the_other_language_too(made: ReportResult) -> None:
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    again = report("announced", lang="zh", out=made.folder.parent, draws=256, progress=silent, workspace=ROOT)
    assert not again.changed
    assert {path.name: path.read_bytes() for path in again.folder.iterdir()} == before


@pytest.mark.notebooks
@pytest.mark.parametrize("source", ["report.counts(3)", "import os\nos._exit(9)"])
def test_a_failed_cell_is_one_sentence_and_publishes_nothing(tmp_path: Path, source: str) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    notebook = nbformat.read(ROOT / execute.NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [cell for cell in notebook.cells if cell.id in {"parameters", "open", "limits"}]
    notebook.cells[-1].source = source
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / execute.NOTEBOOK)  # type: ignore[no-untyped-call]
    old = tmp_path / "reports" / "announced"
    old.mkdir(parents=True)
    for name, text in (("report.zh.html", "old"), ("manifest.json", "{}")):
        (old / name).write_text(text, encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        report("announced", lang="en", draws=64, progress=silent, workspace=tmp_path)
    assert len(str(caught.value).splitlines()) == 1
    assert (old / "report.zh.html").read_text(encoding="utf-8") == "old"
    shown = {path.name for path in (tmp_path / "reports").iterdir() if not path.name.startswith(".")}
    assert shown == {"announced", "index.html"}  # the index says that the last run failed
    assert not list((tmp_path / "reports" / ".staging").iterdir())


def test_a_bad_scenario_starts_no_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "run_notebook", lambda *_: pytest.fail("a kernel was started"))
    with pytest.raises(TuiyanError, match="announced"):
        report("anounced", out=tmp_path, progress=silent, workspace=ROOT)
    assert not list(tmp_path.iterdir())


def test_a_cell_that_never_ran_is_found() -> None:
    cell = nbformat.v4.new_code_cell("report.scale()")  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    with pytest.raises(ReportError, match=r"report\.scale"):
        execute.check_cells(notebook, "en")


def test_the_kernel_is_the_running_interpreter() -> None:
    assert kernel.command("kernel.json")[0] == sys.executable


def test_the_notebook_is_thin_and_stripped() -> None:
    notebook = nbformat.read(ROOT / execute.NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell for cell in code if "parameters" in cell.metadata.get("tags", [])]
    assert not any("def " in cell.source or cell.outputs or cell.execution_count for cell in code)
    assert all(len(cell.source.splitlines()) <= 8 for cell in code)
