"""Every byte of a bundle is watched; what changed is named by table, row and column; a moved bundle stays itself."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tuiyan.cli import main
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import comparing, execute, html, locating, manifest, stripped
from tuiyan.reporting.again import compared
from tuiyan.reporting.blocks import Column, Figure, Heading, Paragraph, Part, Table
from tuiyan.reporting.numbers import Number
from tuiyan.reporting.verify import Verified, verify
from tuiyan.wording import LANGUAGES, Text

ROOT = Path(__file__).parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>{}</text></svg>'
SETTINGS: dict[str, str | int] = {
    "scenario": "announced", "against": "", "draws": 512, "seed": 0, "as_of": "",
}  # fmt: skip
PLACES = 12  # bytes tried in each file


def text(words: str) -> Text:
    return Text(words, words)


def table(id_: str, probability: float) -> Table:
    columns = (Column(text("goal")), Column(text("probability"), "chance"), Column(text("year")))
    rows = (("R01", Number(probability, 0.004), 2020), ("R07", Number(0.25, 0.004), 2030))
    return Table(id_, text("Goals"), columns, rows)


def executed(probability: float, words: str) -> Any:
    """A notebook of two parts as papermill would leave it, with all that has to go."""
    drawing = text(SVG.format(probability))
    figure = Figure("F2", text("Scale"), text("A fan"), text("caption"), drawing, table("F2-data", probability))
    parts = (
        (Heading("answer", text("Answer")), Paragraph(text(words)), table("T1", probability)),
        (Heading("scale", text("Scale")), figure),
    )
    new: Any = nbformat.v4
    cells = [new.new_code_cell('lang = "en"', metadata={"tags": ["parameters"]})]
    cells.append(new.new_code_cell('scenario = "/elsewhere/s.yaml"', metadata={"tags": ["injected-parameters"]}))
    for place, blocks in enumerate(parts, start=3):
        data = Part(blocks, "zh")._repr_mimebundle_()
        shown = new.new_output("execute_result", data=data, execution_count=place)
        talk = new.new_output("stream", name="stderr", text="slow")
        cells.append(new.new_code_cell("report.part()", outputs=[talk, shown], execution_count=place))
        cells[-1].metadata["papermill"] = {"start_time": "2026-01-01"}
    return new.new_notebook(cells=cells, metadata={"papermill": {"input_path": "/elsewhere"}})


def published(reports: Path, probability: float = 0.56, words: str = "It is likely: 56 %.", code: str = "") -> Path:
    """A bundle such as `execute` publishes, of a made-up report."""
    folder = reports / "fresh"
    folder.mkdir(parents=True)
    title = html.Title(text("A report"), text("A story"), text("512 draws, seed 0"), text("Footer"))
    notebook = stripped.stripped(executed(probability, words), SETTINGS, title)
    (folder / "report.ipynb").write_text(stripped.to_json(notebook), encoding="utf-8", newline="\n")
    html.pages(notebook, title, folder)
    rows = "\n".join(f"announced,scale.total,{year},{probability * year:.10g}" for year in range(2017, 2031))
    (folder / "results.csv").write_text(f"scenario,variable,year,value\n{rows}\n", encoding="utf-8")
    (folder / "scenario.resolved.yaml").write_text("levers:\n  talent:\n    value: 1.0\n", encoding="utf-8")
    forecast = {"forecasts": [{"goals": {"R01": probability}, "code": {"sha256": code, "version": "0.1.0"}}]}
    (folder / "forecast.json").write_text(manifest.to_json(forecast), encoding="utf-8")
    (folder / "report.en.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    run = {"scenario": "announced", "against": "baseline", "draws": 512, "seed": 0}
    inputs = {"params/facts/a.csv": "00", "params/levers.yaml": "11"}
    outputs = [path for path in folder.iterdir() if path.is_file()]
    source = ROOT / execute.NOTEBOOK
    record: dict[str, Any] = manifest.compose(run, {"notebook": "report", **SETTINGS}, inputs, source, outputs)
    record["sha256"]["code"] = code or record["sha256"]["code"]
    return sealed(folder, record)


def sealed(folder: Path, record: dict[str, Any]) -> Path:
    """Write the manifest and give the folder the name of its digest."""
    record["bundle"] = manifest.digest(record)
    (folder / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8", newline="\n")
    return folder.rename(folder.parent / f"announced-{record['bundle'][:16]}")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return published(tmp_path)


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def replaced(path: Path, old: str, new: str) -> None:
    words = path.read_bytes().decode("utf-8")
    assert old in words
    path.write_bytes(words.replace(old, new, 1).encode())


def rewritten(folder: Path, *, digest: bool = True) -> None:
    """Make a manifest agree with files that were changed, and with its own digest."""
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name in record["outputs"]:
        record["outputs"][name] = manifest.sha256(folder / name)
        record["sizes"][name] = (folder / name).stat().st_size
        if name in record["marks"]:
            record["marks"][name] = locating.marks(folder / name)
    if digest:
        record["bundle"] = manifest.digest(record)
    (folder / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8", newline="\n")


# A bundle beside its own manifest


def test_a_good_bundle_is_identical_wherever_it_is_moved(bundle: Path, tmp_path: Path) -> None:
    assert verify(bundle).answer == "identical"
    assert verify(bundle).files == len(list(bundle.iterdir()))
    moved = Path(shutil.move(bundle, tmp_path / "elsewhere" / bundle.name))
    assert verify(moved).answer == "identical"
    renamed = moved.rename(tmp_path / "for the minister")
    assert verify(renamed).answer == "identical"
    (tmp_path / "link").symlink_to(renamed, target_is_directory=True)
    assert verify(tmp_path / "link").answer == "identical"


def test_a_flipped_byte_is_found_in_every_file(bundle: Path) -> None:
    for path in sorted(bundle.iterdir()):
        good = path.read_bytes()
        for at in sorted({*range(0, len(good), max(1, len(good) // PLACES)), len(good) - 1}):
            flip(path, at)
            found = verify(bundle)
            assert found.answer != "identical", (path.name, at)
            assert path.name in {each.file for each in found.differences}, (path.name, at)
            path.write_bytes(good)
    assert verify(bundle).answer == "identical"


def test_every_byte_of_the_manifest_is_watched(bundle: Path) -> None:
    path = bundle / "manifest.json"
    good = path.read_bytes()
    for at in range(0, len(good), 23):
        flip(path, at)
        assert verify(bundle).answer == "different", at
        path.write_bytes(good)


def test_a_changed_cell_is_named_by_table_row_and_column(bundle: Path) -> None:
    replaced(bundle / "report.en.html", ">0.25<", ">0.85<")
    found = verify(bundle)
    [one] = found.differences
    assert found.answer == "different"
    assert (one.kind, one.file, one.where, one.row) == ("number", "report.en.html", "T1", "2 R07")
    assert one.column == "2 probability"
    assert (one.old, one.new) == ("0.25", "0.85")


def test_a_changed_word_drawing_or_tag_is_not_the_same_report(bundle: Path) -> None:
    page = bundle / "report.zh.html"
    good = page.read_bytes()
    drawing = "image/svg+xml;base64,PHN2"
    changes = {
        "words": ("It is likely", "Is it likely"),
        "drawing": (drawing, drawing.replace("PHN2", "PHN3")),
        "markup": ("</head>", "<script></script></head>"),
    }
    for kind, change in changes.items():
        replaced(page, *change)
        found = verify(bundle)
        assert [each.kind for each in found.differences] == [kind]
        assert found.answer == "different"
        page.write_bytes(good)


def test_a_style_sheet_can_show_another_number(bundle: Path) -> None:
    replaced(bundle / "report.en.html", "</style>", "td::after{content:'0.99'}</style>")
    found = verify(bundle)
    assert found.answer == "different"
    assert [(each.kind, each.file) for each in found.differences] == [("unread", "report.en.html")]


def test_other_ends_of_lines_show_the_same_numbers(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = bundle / "report.en.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert verify(bundle).answer == "same_numbers"
    assert main(["verify", str(bundle), "--lang", "en"]) == 0
    assert main(["verify", str(bundle), "--strict"]) == 7
    assert "same published numbers" in capsys.readouterr().out


def test_a_changed_notebook_is_held_against_its_pages(bundle: Path) -> None:
    replaced(bundle / "report.ipynb", '"value": 0.25', '"value": 0.85')
    found = verify(bundle)
    assert {each.file for each in found.differences} == {"report.ipynb"}
    assert ("T1", "0.25", "0.85") in {(each.where, each.old, each.new) for each in found.differences}


def test_a_changed_number_of_a_table_is_named_by_line_and_column(bundle: Path) -> None:
    replaced(bundle / "results.csv", ",2019,1130.64", ",2019,1930.64")
    [one] = verify(bundle).differences
    assert (one.kind, one.row, one.column) == ("unread", "4", "value")
    assert one.where.startswith("announced scale.total 2019")
    assert one.new == "1930.64"


def test_missing_and_extra_files_are_named(bundle: Path) -> None:
    (bundle / "forecast.json").unlink()
    (bundle / "more").mkdir()
    (bundle / "more" / "note.txt").write_text("note", encoding="utf-8")
    found = verify(bundle)
    assert [(each.kind, each.file) for each in found.differences] == [
        ("missing", "forecast.json"), ("extra", "more/note.txt"),
    ]  # fmt: skip
    assert found.answer == "different"


def test_a_manifest_made_to_match_is_found_by_its_digest_its_folder_and_the_pages(bundle: Path, tmp_path: Path) -> None:
    replaced(bundle / "report.en.html", ">0.25<", ">0.85<")
    rewritten(bundle, digest=False)
    assert "bundle" in {each.where for each in verify(bundle).differences if each.kind == "manifest"}
    rewritten(bundle)
    assert "folder" in {each.where for each in verify(bundle).differences if each.kind == "manifest"}
    renamed = bundle.rename(tmp_path / "renamed")
    [one] = verify(renamed).differences
    assert (one.kind, one.file, one.where) == ("number", "report.en.html", "T1")


@pytest.mark.parametrize("last", ["x", "a" * 64, 7, ["a"]])
def test_a_predecessor_that_the_bundle_does_not_hold_is_told(last: object, bundle: Path) -> None:
    record = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    assert record["predecessor"] is None
    found = verify(sealed(bundle, {**record, "predecessor": last}))
    assert [(each.kind, each.where) for each in found.differences] == [("manifest", "predecessor")]


def test_who_rewrites_everything_is_found_only_by_running_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, forged = published(tmp_path / "good"), published(tmp_path / "forged", probability=0.86)
    assert verify(forged).answer == "identical"
    found = run_again(forged, good, monkeypatch)
    assert found.answer == "different"
    assert ("report.en.html", "T1", "0.86", "0.56") in {(e.file, e.where, e.old, e.new) for e in found.differences}
    assert ("results.csv", "value") in {(e.file, e.column) for e in found.differences}
    assert "forecasts[0].goals.R01" in {each.where for each in found.differences}


# Run again


def run_again(old: Path, new: Path, monkeypatch: pytest.MonkeyPatch) -> Verified:
    """Verify a bundle whose second run gives another one."""

    def report(name: str, **given: Any) -> execute.ReportResult:
        assert (name, given["draws"], given["seed"], given["as_of"]) == ("announced", 512, 0, None)
        return execute.ReportResult("announced", new, (), (), "", changed=True)

    monkeypatch.setattr(execute, "report", report)
    return verify(old, rerun=True)


def test_a_second_run_that_is_refused_does_not_hide_what_is_known(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise execute.ReportError("no kernel", code=3)

    monkeypatch.setattr("tuiyan.reporting.again.differences", refused)
    with pytest.raises(execute.ReportError):
        verify(bundle, rerun=True)
    flip(bundle / "report.en.pdf", 100)
    found = verify(bundle, rerun=True)
    assert (found.answer, found.rerun) == ("different", False)


def test_a_second_run_that_gives_the_same_is_identical(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run_again(bundle, bundle, monkeypatch)
    assert (found.answer, found.rerun) == ("identical", True)


def test_other_words_from_other_code_are_the_same_published_numbers(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = run_again(bundle, published(tmp_path / "new", words="Likely: 56 %.", code="new"), monkeypatch)
    assert found.answer == "same_numbers"
    assert {each.kind for each in found.differences} <= {"words", "record"}


def test_the_same_code_and_inputs_are_forgiven_nothing(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = run_again(bundle, published(tmp_path / "words", words="Likely: 56 %."), monkeypatch)
    assert found.answer == "different"
    assert {each.kind for each in found.differences} == {"words"}
    other = published(tmp_path / "other")
    (other / "report.en.pdf").write_bytes(b"%PDF-1.7 of something else")
    rewritten(other)
    assert verify(other).answer == "different"  # by the name of its folder
    other = other.rename(tmp_path / "renamed")
    assert verify(other).answer == "identical"
    found = run_again(other, bundle, monkeypatch)
    assert found.answer == "different"
    assert [(each.kind, each.file) for each in found.differences] == [("unseen", "report.en.pdf")]


def test_other_code_may_set_a_pdf_otherwise_which_is_told(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = published(tmp_path / "other", code="new")
    (other / "report.en.pdf").write_bytes(b"%PDF-1.7 as set by another version")
    rewritten(other)
    other = other.rename(tmp_path / "renamed")
    found = run_again(other, bundle, monkeypatch)
    assert found.answer == "same_numbers"
    assert ("unseen", "report.en.pdf") in {(each.kind, each.file) for each in found.differences}
    assert main(["verify", str(other), "--rerun", "--lang", "en"]) == 0
    assert "report.en.pdf: other bytes; layout, style and fonts are not compared" in capsys.readouterr().out


def test_a_second_run_keeps_what_the_bundle_has_against_itself(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = Path(shutil.copytree(bundle, bundle.parent / "good"))
    flip(bundle / "report.en.pdf", 100)
    (bundle / "more").mkdir()
    (bundle / "more" / "annex.html").write_text("0.99", encoding="utf-8")
    found = run_again(bundle, good, monkeypatch)
    assert found.answer == "different"
    assert {(each.kind, each.file) for each in found.differences} == {
        ("unread", "report.en.pdf"), ("extra", "more/annex.html"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("−0.120", "0.120", True), ("1e-05", "1e05", True), ("12 %", "12 pp", True), ("5 亿元", "5 bn", True),
        ("in 2017-2020", "for 2017-2020", False), ("R01 rises", "R01 falls", False),
    ],
)  # fmt: skip
def test_sign_exponent_and_unit_belong_to_a_number(old: str, new: str, number: bool) -> None:
    row = '<div id="T1"><table><thead><tr><th>a</th></tr></thead><tbody><tr><th>{}</th></tr></tbody></table></div>'
    [found] = comparing.pages("report.en.html", row.format(old), row.format(new))
    assert found.kind == ("number" if number else "words")


@pytest.mark.parametrize(("old", "new", "number"), [(-0.5, 0.5, True), (True, False, True), ("a", "b", False)])
def test_what_is_no_text_in_a_file_of_data_is_a_number(old: object, new: object, number: bool) -> None:
    [found] = comparing.trees("forecast.json", {"a": old}, {"a": new})
    assert found.kind == ("number" if number else "words")


def test_a_manifest_that_somebody_edited_is_not_run(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced(bundle / "manifest.json", '"draws": 512', '"draws": 1024')
    monkeypatch.setattr(execute, "report", lambda *_, **__: pytest.fail("it was run"))
    assert verify(bundle, rerun=True).answer == "different"


def test_two_bundles_are_compared_file_by_file(tmp_path: Path) -> None:
    one, other = published(tmp_path / "a"), published(tmp_path / "b")
    assert list(compared(one, other)) == []
    (other / "results.csv").unlink()
    assert [(each.kind, each.file) for each in compared(one, other)] == [("extra", "results.csv")]


# What the notebook keeps, what the command says


def test_the_kept_notebook_has_no_time_path_or_talk(bundle: Path) -> None:
    words = (bundle / "report.ipynb").read_text(encoding="utf-8")
    assert not [each for each in ("papermill", "2026", "/elsewhere", "slow") if each in words]
    notebook = nbformat.reads(words, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert "draws = 512" in notebook.cells[1].source
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_pages_are_drawn_from_the_kept_notebook_byte_for_byte(bundle: Path) -> None:
    notebook = json.loads((bundle / "report.ipynb").read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        page = html.page(html.parts_of(notebook), stripped.title_of(notebook), lang)
        assert page == (bundle / html.file_name(lang)).read_bytes().decode("utf-8")


def test_addresses_in_memory_are_scrubbed() -> None:
    cell: Any = nbformat.v4.new_code_cell("x")  # type: ignore[no-untyped-call]
    shown: Any = nbformat.v4.new_output("execute_result", data={"text/plain": "<object at 0x7f00deadbeef>"})  # type: ignore[no-untyped-call]
    cell.outputs = [shown]
    notebook: Any = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    title = html.Title(*[text("")] * 4)
    assert "deadbeef" not in stripped.to_json(stripped.stripped(notebook, {}, title))


def test_settings_name_scenarios_by_id_and_never_by_path() -> None:
    parameters: dict[str, str | int] = {"scenario": "/elsewhere/s.yaml", "against": "", "lang": "zh", "draws": 64}
    run = {"scenario": "s", "against": "baseline"}
    assert stripped.asked(parameters, run) == {"scenario": "s", "against": "", "draws": 64}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_says_where_and_gives_its_code(lang: str, bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(bundle), "--lang", lang]) == 0
    replaced(bundle / "report.en.html", ">0.25<", ">0.85<")
    assert main(["verify", str(bundle), "--lang", lang]) == 7
    words = capsys.readouterr().out
    assert all(each in words for each in ("report.en.html", "T1", "2 R07", "0.25 → 0.85"))


def test_the_command_for_machines(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flip(bundle / "report.en.pdf", 100)
    assert main(["verify", str(bundle), "--json"]) == 7
    [found] = json.loads(capsys.readouterr().out)
    assert found["answer"] == "different"
    assert [each["file"] for each in found["differences"]] == ["report.en.pdf"]


def test_every_name_is_looked_at(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = str(tmp_path / "none")
    assert main(["verify", none, str(bundle), "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert "E260" in told.err
    assert "identical" in told.out
    flip(bundle / "report.en.pdf", 100)
    assert main(["verify", none, str(bundle), "--json"]) == 7
    refused, different = json.loads(capsys.readouterr().out)
    assert (refused["folder"], refused["answer"], refused["why"][0]["code"]) == (none, "refused", "E260")
    assert different["answer"] == "different"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_extra_too(bundle: Path) -> None:
    (bundle / "empty").mkdir()
    (bundle / "link").symlink_to("nowhere")
    (bundle / "outside").symlink_to(bundle.parent, target_is_directory=True)
    os.mkfifo(bundle / "pipe")
    found = verify(bundle)
    assert [(each.kind, each.file) for each in found.differences] == [
        ("extra", "empty"), ("extra", "link"), ("extra", "outside"), ("extra", "pipe"),
    ]  # fmt: skip
    assert found.answer == "different"


@pytest.mark.parametrize("code", [1, 4, 5])
def test_a_second_run_that_fails_has_the_code_of_its_failure(
    code: int, bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: Any) -> None:
        raise execute.ReportError("why it failed", code=code)

    monkeypatch.setattr("tuiyan.reporting.again.differences", fails)
    assert main(["verify", str(bundle), "--rerun"]) == code
    assert "why it failed" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", ["[" * 100_000, "{", "[]", "null", '{"schema": 2}', '{"schema": 2, "bundle": 1, "outputs": []}']
)
def test_a_manifest_that_is_none_is_no_traceback(content: str, bundle: Path) -> None:
    (bundle / "manifest.json").write_text(content, encoding="utf-8")
    assert verify(bundle).answer == "different"


def test_marks_find_one_changed_line_among_many(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = [f"{number},{number * number}" for number in range(1000)]
    path.write_text("n,square\n" + "\n".join(rows) + "\n", encoding="utf-8")
    marks: dict[str, Any] = locating.marks(path)
    for number in (0, 31, 32, 500, 999):
        path.write_text("n,square\n" + "\n".join([*rows[:number], f"{number},7.5", *rows[number + 1 :]]) + "\n")
        assert locating.changed_lines(path, marks) == [number + 2]
        assert locating.changed_columns(path, marks) == [1]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("results.csv", "scenario,", '"scenario,'),
        ("report.en.html", "<main", "<![main"),
        ("report.ipynb", '"blocks": [', '"blocks": {'),
        ("report.ipynb", '"block": "Table"', '"block": "Chair"'),
        ("report.ipynb", '"footer"', '"footre"'),
        ("scenario.resolved.yaml", "value: 1.0", "value: [1.0"),
    ],
)
def test_a_file_that_cannot_be_read_any_more_is_named(bundle: Path, name: str, old: str, new: str) -> None:
    replaced(bundle / name, old, new)
    found = verify(bundle)
    assert found.answer == "different"
    assert {each.file for each in found.differences} == {name}


# Bundles of the other notebooks, and a scenario from elsewhere

KEPT = {"parameters", "open", "limits", "manifest", "save"}
ELSEWHERE = """extends: announced
title: {zh: 试, en: Trial}
story: {zh: 试, en: Trial}
author: test
reason: {zh: 试, en: trial}
uncertain:
  adoption.imitation: {scale: 1.1, because: {zh: 试, en: trial}, grade: judgement}
"""


@pytest.fixture
def light(workspace: Path) -> Path:
    """A workspace whose notebooks have few parts, with a scenario file beside it."""
    (workspace / "notebooks").mkdir()
    for name in ("report", "compare", "standard_shocks", "backtest"):
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        notebook.cells = [cell for cell in notebook.cells if cell.id in KEPT]
        nbformat.write(notebook, workspace / "notebooks" / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    (workspace / "mine.yaml").write_text(ELSEWHERE, encoding="utf-8")
    return workspace


def made(light: Path, *words: str) -> None:
    settings = ["--draws", "64", "--lang", "en", "--out", str(light / "out"), "--workspace", str(light)]
    assert main(["report", *words, *settings]) == 0


@pytest.mark.notebooks
@pytest.mark.bytes
@pytest.mark.parametrize(
    ("notebook", "names"),
    [("compare", ("announced", "delayed")), ("standard_shocks", ("announced",)), ("backtest", ("announced",))],
)
def test_the_bundle_of_another_notebook(notebook: str, names: tuple[str, ...], light: Path) -> None:
    made(light, *names, "--notebook", notebook)
    bundle = light / "out" / notebook
    assert verify(bundle).answer == "identical"
    assert verify(bundle, rerun=True, workspace=light).answer == "identical"
    renamed = Path(shutil.copytree(bundle, light / "for the minister"))
    assert verify(renamed, rerun=True, workspace=light).answer == "identical"
    for path in sorted(renamed.iterdir()):
        good = path.read_bytes()
        flip(path, len(good) // 2)
        found = verify(renamed)
        assert found.answer != "identical", path.name
        assert path.name in {each.file for each in found.differences}
        path.write_bytes(good)


@pytest.mark.notebooks
@pytest.mark.bytes
def test_a_scenario_from_elsewhere_can_be_run_again_once_the_workspace_holds_it(light: Path) -> None:
    made(light, str(light / "mine.yaml"))
    bundle = light / "out" / "mine"
    assert verify(bundle).answer == "identical"
    with pytest.raises(TuiyanError, match="E263"):
        verify(bundle, rerun=True, workspace=light)
    shutil.copy(light / "mine.yaml", light / "params" / "scenarios")
    assert verify(bundle, rerun=True, workspace=light).answer == "same_numbers"  # the inputs hold one file more
