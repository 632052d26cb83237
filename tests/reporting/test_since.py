"""Part 3: which report is compared with, that a second run repeats it byte for byte, what is said of a broken one."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
import tuiyan as ty
from tuiyan.cli import main
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import earlier, earlier_report, execute, study
from tuiyan.reporting.blocks import Block, Figure, Note, Paragraph, Table
from tuiyan.reporting.study import RESOLVED, RESOLVED_OTHER, RESULTS, STAGING_VARIABLE
from tuiyan.reporting.verify import verify

ROOT = Path(__file__).parents[2]
HEAD = "extends: announced\ntitle: {zh: 试, en: Trial}\nstory: {zh: 试, en: Trial}\nauthor: test\n"
HEAD += "reason: {zh: 试, en: trial}\n"
BECAUSE = "because: {zh: 试, en: trial}, grade: judgement}\n"
CHANGE = f"as_of: 2018-09-25\nlevers:\n  talent: {{set: 1.5, {BECAUSE}"
CHANGE += f"uncertain:\n  adoption.imitation: {{scale: 1.2, {BECAUSE}"
INPUTS = "of today"
STEPS = ("Program", "Data", "Parameters", "Levers")


def opened(root: Path, draws: int = 256) -> study.Study:
    scenario = ty.load("trial", workspace=root)
    run, other = (ty.run(each, draws=draws) for each in (scenario, scenario.parent) if each)
    return study.Study(run, other, "en")


def made(root: Path, folder: Path, *, inputs: str = INPUTS) -> Path:
    """The files of a bundle that part 3 reads, as a report writes them."""
    from tuiyan.reporting import manifest, values

    folder.mkdir(parents=True)
    report = opened(root)
    values.write(report, folder)
    run = {**execute.recorded(report.scenario, draws=256, seed=0), "inputs": inputs, "against": "announced"}
    hashes = report.scenario.workspace.hashes()
    outputs = sorted(folder.iterdir())
    record = manifest.compose(run, {}, hashes, ROOT / "notebooks" / "report.ipynb", outputs)
    (folder / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workspace with a scenario, and its first report."""
    root = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "params", root / "params")
    (root / "params" / "scenarios" / "trial.yaml").write_text(HEAD, encoding="utf-8")
    return root, made(root, root / "reports" / "trial")


@pytest.fixture
def part(old: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Block, ...]]:
    """Part 3 of a report whose predecessor was changed by a function, of the scenario with a text behind its head."""

    def blocks(body: str = "", spoil: Callable[[Path], object] | None = None, **asked: str) -> tuple[Block, ...]:
        root, standing = old
        if spoil:
            standing = Path(shutil.copytree(standing, tmp_path / "standing"))
            spoil(standing)
        bundle = tmp_path / "bundle"
        bundle.mkdir()
        (root / "params" / "scenarios" / "trial.yaml").write_text(HEAD + body, encoding="utf-8")
        earlier.prepare(bundle, standing, asked.get("inputs", "others"))
        monkeypatch.setenv(STAGING_VARIABLE, str(bundle))
        return opened(root).since().blocks

    return blocks


def words(found: tuple[Block, ...]) -> str:
    return " ".join(each.text.en for each in found if isinstance(each, (Paragraph, Note)))


def tables(found: tuple[Block, ...]) -> dict[str, Table]:
    return {each.id: each for each in found if isinstance(each, Table)}


def value(cell: object) -> float:
    return float(getattr(cell, "value", cell))  # type: ignore[arg-type]


def test_without_an_earlier_report_one_line_says_so(part: Callable[..., tuple[Block, ...]]) -> None:
    found = part(spoil=shutil.rmtree)
    assert len(found) == 2
    assert "first report" in words(found)


def test_in_a_notebook_run_by_hand_one_line_says_so(announced: study.Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(STAGING_VARIABLE, raising=False)
    assert "tuiyan report" in words(announced.since().blocks)


def test_when_nothing_changed_one_line_says_so(part: Callable[..., tuple[Block, ...]]) -> None:
    found = part()
    assert len(found) == 2
    assert "neither data, parameters, levers nor the program" in words(found)


def test_each_change_has_its_step_and_the_steps_of_every_row_sum(part: Callable[..., tuple[Block, ...]]) -> None:
    found = part(CHANGE)
    shown = tables(found)
    assert list(shown) == ["T3s", "T3t", "T3v", "T3w", "T3u"]
    for name in ("T3s", "T3t"):
        heads = [column.title.en for column in shown[name].columns]
        assert [head for head in heads if head != "Simulation error"] == [
            "Outcome", "Last report", "Program", "Data", "Parameters", "Levers", "Total", "This report",
        ]  # fmt: skip
        for row in shown[name].rows:
            steps = [value(cell) for cell, head in zip(row, heads, strict=True) if head in STEPS]
            assert sum(steps) == pytest.approx(value(row[-2]), abs=1e-9)
            assert value(row[-1]) - value(row[1]) == pytest.approx(value(row[-2]), abs=1e-12)
    changed = {str(row[2].en): str(row[0].en) for row in shown["T3u"].rows}  # type: ignore[attr-defined]
    assert changed == {
        "as_of": "Data", "base.scale": "Data", "adoption.imitation": "Parameters", "talent": "Levers",
        "params/scenarios/trial.yaml": "Program",
    }  # fmt: skip
    assert "another definition" in words(found)
    assert [each.id for each in found if isinstance(each, Figure)] == ["F3s"]


def test_a_changed_table_and_a_changed_file_of_facts_are_listed(part: Callable[..., tuple[Block, ...]]) -> None:
    def spoil(folder: Path) -> None:
        record = json.loads((folder / "manifest.json").read_text())
        record["inputs"] |= {"params/segments.csv": "0" * 64, "params/facts/ai_scale.csv": "1" * 64}
        record["sha256"]["code"] = "2" * 64
        record["versions"]["numpy"] = "1.0"
        (folder / "manifest.json").write_text(json.dumps(record))

    found = part(spoil=spoil)
    rows = {row[2].en: (row[0].en, row[3].en) for row in tables(found)["T3u"].rows}  # type: ignore[attr-defined]
    assert rows["params/segments.csv"] == ("Program", "0" * 12)
    assert rows["params/facts/ai_scale.csv"] == ("Data", "1" * 12)
    assert rows["code"] == ("Program", "2" * 12)
    assert rows["numpy"] == ("Program", "1.0")
    assert "moved no probability" in words(found)


def again(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """Change a file of a bundle and record its new hash, as one who forges it would."""
    text = change((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_text(text, encoding="utf-8")
    record = json.loads((folder / "manifest.json").read_text())
    record["outputs"][name] = hashlib.sha256(text.encode()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(record))


def of_manifest(**changes: object) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        record = json.loads((folder / "manifest.json").read_text())
        for key, each in changes.items():
            record = {**record, key: {**record[key], **each} if isinstance(each, dict) else each}
        (folder / "manifest.json").write_text(json.dumps(record))

    return spoil


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (lambda f: (f / "manifest.json").unlink(), "lacks manifest.json"),
    "no values": (lambda f: (f / RESOLVED).unlink(), f"lacks {RESOLVED}"),
    "no results": (lambda f: (f / RESULTS).unlink(), f"lacks {RESULTS}"),
    "no text": (lambda f: (f / RESULTS).write_bytes(b"\xff\xfe"), f"lacks {RESULTS}"),
    "too large": (lambda f: (f / RESOLVED).write_bytes(b" " * 300_000), f"lacks {RESOLVED}"),
    "no JSON": (lambda f: (f / "manifest.json").write_text("{"), "manifest.json of the last report is damaged"),
    "brackets": (lambda f: (f / "manifest.json").write_text("[" * 100_000), "manifest.json of the last report"),
    "a list": (of_manifest(run=[]), "damaged, at run"),
    "no word": (of_manifest(versions={"numpy": 1}), "damaged, at versions.numpy"),
    "draws": (of_manifest(run={"draws": 1e9}), "draws"),
    "a seed": (of_manifest(run={"seed": 1 << 80}), "damaged, at run.seed"),
    "no scenario compared with": (lambda f: (f / RESOLVED_OTHER).unlink(), f"lacks {RESOLVED_OTHER}"),
    "an edited scenario compared with": (
        lambda f: (f / RESOLVED_OTHER).write_text((f / RESOLVED_OTHER).read_text() + "\n"),
        f"{RESOLVED_OTHER} of the last report does not have the hash",
    ),
    "compared with a number": (of_manifest(run={"against": 1}), "damaged, at run.against"),
    "another scenario": (of_manifest(run={"scenario": "sceptic"}), "of the scenario sceptic"),
    "an edited value": (
        lambda f: (f / RESOLVED).write_text((f / RESOLVED).read_text().replace("horizon: 2030", "horizon: 2040")),
        "does not have the hash",
    ),
    "a forged value": (
        lambda f: again(f, RESOLVED, lambda text: text.replace("horizon: 2030", "horizon: .inf")), "whole number",
    ),
    "no numbers": (
        lambda f: again(f, RESULTS, lambda text: text.replace("probability,0.", "probability,x.")), "damaged, at",
    ),
    "a probability of 7": (
        lambda f: again(f, RESULTS, lambda text: text.replace("probability,0.", "probability,7.")), "damaged, at",
    ),
    "no scale": (lambda f: again(f, RESULTS, lambda text: text.replace(",p50,", ",p51,")), "damaged, at scale.total"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT)
def test_a_report_that_cannot_be_read_is_told_and_stops_nothing(
    case: str, part: Callable[..., tuple[Block, ...]]
) -> None:
    spoil, told = SPOILT[case]
    found = part(spoil=spoil)
    assert [type(each).__name__ for each in found] == ["Heading", "Note"]
    assert told in words(found)


def test_a_record_is_handed_on_when_the_inputs_are_the_same(old: tuple[Path, Path], tmp_path: Path) -> None:
    root, standing = old
    (root / "params" / "scenarios" / "trial.yaml").write_text(HEAD, encoding="utf-8")
    bundles = [tmp_path / name for name in ("second", "third", "fourth")]
    for bundle in bundles:
        bundle.mkdir()
    earlier.prepare(bundles[0], standing, INPUTS)
    assert not (bundles[0] / earlier_report.FILE).exists()
    earlier.prepare(bundles[1], standing, "others")
    text = (bundles[1] / earlier_report.FILE).read_text()
    assert earlier_report.read(text, "trial").archived.draws == 256
    record = {"run": {"inputs": "others"}, "outputs": {earlier_report.FILE: ""}}
    (bundles[1] / "manifest.json").write_text(json.dumps(record))
    earlier.prepare(bundles[2], bundles[1], "others")
    assert (bundles[2] / earlier_report.FILE).read_text() == text
    digest = json.loads((standing / "manifest.json").read_text())["bundle"]
    assert [earlier.predecessor(bundle) for bundle in bundles] == [None, digest, digest]


def test_a_report_that_is_named_is_what_a_standing_one_was_compared_with_or_not(
    old: tuple[Path, Path], tmp_path: Path
) -> None:
    named, standing = old[1], tmp_path / "standing"
    standing.mkdir()
    assert earlier.compared_with(standing, None)
    assert not earlier.compared_with(standing, named)
    earlier.prepare(standing, tmp_path / "none", INPUTS, named)
    assert earlier.compared_with(standing, named)
    assert earlier.compared_with(standing, standing / earlier_report.FILE)


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"files": {"manifest.json": "{\\"bundle\\": \\"../x\\"}"}}'])
def test_a_damaged_record_has_no_predecessor(damage: str, tmp_path: Path) -> None:
    (tmp_path / earlier_report.FILE).write_text(damage)
    assert earlier.predecessor(tmp_path) is None


@pytest.mark.parametrize("more", [["--all"], ["--notebook", "compare"], ["baseline"], ["baseline", "--jobs", "2"]])
def test_since_goes_with_the_report_of_one_scenario_and_nothing_else(
    more: list[str], old: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "announced", *more, "--since", str(old[1]), "--lang", "en"]) == 2
    assert "E297" in capsys.readouterr().err


def test_a_record_that_was_lost_is_told(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    record = {"run": {"inputs": INPUTS}, "outputs": {earlier_report.FILE: ""}}
    (tmp_path / "manifest.json").write_text(json.dumps(record))
    earlier.prepare(bundle, tmp_path, INPUTS)
    with pytest.raises(TuiyanError, match="E292"):
        earlier_report.read((bundle / earlier_report.FILE).read_text(), "trial")


def test_a_report_that_is_named_must_be_one(old: tuple[Path, Path], tmp_path: Path) -> None:
    assert earlier.named(None) is None
    assert earlier.named(old[1]) == old[1].resolve()
    for wrong in (tmp_path, tmp_path / "none", "\0"):
        with pytest.raises(TuiyanError, match="E290"):
            earlier.named(wrong)


def few_cells(root: Path) -> None:
    """A notebook with part 3 alone."""
    book = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    book.cells = [cell for cell in book.cells if cell["id"] in ("title", "parameters", "open", "since", "save")]
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(book, root / "notebooks" / "report.ipynb")  # type: ignore[no-untyped-call]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.notebooks
@pytest.mark.bytes
def test_report_change_report_report(tmp_path: Path) -> None:
    """The change is shown, and a second run of the same inputs gives the same bytes, here and in another folder."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    few_cells(tmp_path)
    file, out = tmp_path / "params" / "scenarios" / "trial.yaml", tmp_path / "reports"

    def report(body: str, folder: Path = out, since: Path | None = None) -> execute.ReportResult:
        file.write_text(HEAD + body, encoding="utf-8")
        settings = {"lang": "en", "out": folder, "since": since, "workspace": tmp_path}
        return execute.report("trial", draws=256, progress=lambda _: None, **settings)  # type: ignore[arg-type]

    first = report("")
    assert json.loads(contents(first.folder)["manifest.json"])["predecessor"] is None
    assert earlier_report.FILE not in contents(first.folder)
    second = report(CHANGE)
    before = contents(second.folder)
    assert earlier_report.FILE in before
    assert b"imitation hazard" in before["report.en.html"]
    third = report(CHANGE)
    assert not third.changed
    assert contents(third.folder) == before
    told = [json.loads(contents(each.folder)["manifest.json"])["predecessor"] for each in (second, third)]
    assert told == [first.digest] * 2
    repeated = verify(third.folder, rerun=True, workspace=tmp_path, progress=lambda _: None)
    assert (repeated.answer, repeated.rerun) == ("identical", True), repeated.differences
    elsewhere = report(CHANGE, tmp_path / "elsewhere", third.folder / earlier_report.FILE)
    assert contents(elsewhere.folder) == before
