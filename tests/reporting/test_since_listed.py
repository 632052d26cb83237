"""Part 3 lists every input that is not what it was: only where there is none may it say that no result has changed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
import tuiyan as ty
from tuiyan.reporting import earlier, earlier_report, execute, manifest, study, values
from tuiyan.reporting.blocks import Block, Note, Paragraph, Table
from tuiyan.reporting.links import words_of
from tuiyan.reporting.study import RESOLVED_OTHER, STAGING_VARIABLE
from tuiyan.wording import Text

ROOT = Path(__file__).parents[2]
DRAWS = 256
HEAD = "extends: announced\ntitle: {zh: 试, en: Trial}\nstory: {zh: 试, en: Trial}\nauthor: test\n"
HEAD += "reason: {zh: 试, en: trial}\n"
BECAUSE = "because: {zh: 试, en: trial}, grade: judgement}\n"
OWN = f"levers:\n  application_demand: {{set: 0.5, {BECAUSE}"
PATH = f"levers:\n  talent: {{set: {{2018: 0.2, 2021: 1, then: hold}}, {BECAUSE}"
NONE = "no result has"


@dataclass(frozen=True)
class Asked:
    """What a report is asked for: the text behind the head of its scenario, the scenario compared with, the vintage."""

    body: str = ""
    against: str = ""
    as_of: str | None = None


def opened(root: Path, asked: Asked) -> study.Study:
    (root / "params" / "scenarios" / "trial.yaml").write_text(HEAD + asked.body, encoding="utf-8")
    scenario = ty.load("trial", as_of=asked.as_of, workspace=root)
    other = ty.load(asked.against, as_of=scenario.as_of, workspace=root) if asked.against else scenario.parent
    assert other is not None
    return study.Study(ty.run(scenario, draws=DRAWS), ty.run(other, draws=DRAWS), "en")


def made(root: Path, folder: Path, asked: Asked) -> Path:
    """The files of a bundle that part 3 reads, as a report writes them."""
    folder.mkdir()
    report = opened(root, asked)
    values.write(report, folder)
    assert report.other is not None
    recorded = execute.recorded(report.scenario, draws=DRAWS, seed=0)
    run = {**recorded, "inputs": "of then", "against": report.other.scenario.id}
    book = root / "notebooks" / "report.ipynb"
    record = manifest.compose(run, {}, report.scenario.workspace.hashes(), book, sorted(folder.iterdir()))
    (folder / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8")
    return folder


def replaced(file: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of one place of a file."""

    def edit(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def without_coverage(root: Path) -> None:
    """A notebook in which a part is missing."""
    path = root / "notebooks" / "report.ipynb"
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    book.cells = [cell for cell in book.cells if "report.coverage()" not in cell.source]
    nbformat.write(book, path)  # type: ignore[no-untyped-call]


def graded(root: Path) -> None:
    """Another grade of the evidence of one parameter."""
    path = root / "params" / "parameters.yaml"
    head, found, tail = path.read_text(encoding="utf-8").partition("  demand.elasticity:\n")
    path.write_text(head + found + tail.replace("grade: judgement", "grade: official", 1), encoding="utf-8")


@dataclass(frozen=True)
class Case:
    """Two reports: how they were asked for, an edit between them, and the row of T3u (id, step, before, now)."""

    before: Asked
    now: Asked
    row: tuple[str, str, str | None, str | None]
    words: tuple[str, ...] = ()
    edit: Callable[[Path], None] = field(default=lambda _: None)
    unlisted: tuple[str, ...] = ()


OTHER = "Scenario compared with"
SCENARIOS, FACTS = "params/scenarios", "params/facts/ai_scale.csv"
CASES = {
    "another scenario compared with": Case(
        Asked(), Asked(against="delayed"), ("against", OTHER, "announced", "delayed"),
        ("announced in the last report, delayed in this one",),
    ),
    "an edited parent": Case(
        Asked(OWN), Asked(OWN), ("application_demand", OTHER, "1", "0.8"), ("enters every difference",),
        replaced(f"{SCENARIOS}/announced.yaml", "application_demand:\n    set: 1", "application_demand:\n    set: 0.8"),
    ),
    "an edited root": Case(
        Asked(against="baseline"), Asked(against="baseline"), ("clusters", OTHER, "0", "0.6"),
        ("enters every difference",),
        replaced(f"{SCENARIOS}/baseline.yaml", "clusters:\n    set: 0", "clusters:\n    set: 0.6"),
    ),
    "an edited notebook": Case(Asked(), Asked(), ("notebook", "Program", None, None), edit=without_coverage),
    "an edited grade": Case(Asked(), Asked(), ("params/parameters.yaml", "Program", None, None), edit=graded),
    "an edited reason": Case(
        Asked(OWN), Asked(OWN.replace("en: trial", "en: error")),
        ("params/scenarios/trial.yaml", "Program", None, None),
    ),
    "a visible fact": Case(
        Asked(as_of="2019-06-30"), Asked(as_of="2019-06-30"), (FACTS, "Data", None, None), ("Other numbers and words",),
        replaced(FACTS, "sh_ai_scale_related,2017,700,", "sh_ai_scale_related,2017,690,"),
    ),
    "a shorter horizon": Case(
        Asked(PATH), Asked("horizon: 2026\n" + PATH), ("horizon", "Parameters", "2030", "2026"), unlisted=("talent",)
    ),
    "a longer horizon": Case(
        Asked("horizon: 2026\n" + PATH), Asked(PATH), ("horizon", "Parameters", "2026", "2030"), unlisted=("talent",)
    ),
    "a vintage that was given": Case(
        Asked(), Asked(as_of="2021-12-31"), ("as_of", "Data", "2017-11-14", "2021-12-31")
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "params", root / "params")
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "report.ipynb", root / "notebooks")
    return root


@pytest.fixture
def told(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Block, ...]]:
    """Part 3 of a report that follows another."""

    def blocks(
        before: Asked, now: Asked, edit: Callable[[Path], None], spoil: Callable[[Path], None] | None = None
    ) -> tuple[Block, ...]:
        root = Path(shutil.copytree(workspace, tmp_path / "root"))
        standing, bundle = made(root, tmp_path / "standing", before), tmp_path / "bundle"
        bundle.mkdir()
        edit(root)
        earlier.prepare(bundle, standing, "of now")
        if spoil:
            spoil(bundle / earlier_report.FILE)
        monkeypatch.setenv(STAGING_VARIABLE, str(bundle))
        return opened(root, now).since().blocks

    return blocks


def words(found: tuple[Block, ...], lang: str = "en") -> str:
    return " ".join(each.text[lang] for each in found if isinstance(each, (Paragraph, Note)))


def in_english(cell: object) -> str:
    """A cell as it is read; of a list, all of it."""
    parts = cell if isinstance(cell, tuple) else (cell,)
    plain = [words_of(each) for each in parts]
    return " ".join(each.en if isinstance(each, Text) else str(each) for each in plain)


def listed(found: tuple[Block, ...]) -> list[list[str]]:
    """The rows of T3u."""
    table = next(each for each in found if isinstance(each, Table) and each.id == "T3u")
    return [[in_english(cell) for cell in row] for row in table.rows]


@pytest.mark.parametrize("name", CASES)
def test_every_changed_input_is_listed_and_nothing_else_is_claimed(
    name: str, told: Callable[..., tuple[Block, ...]]
) -> None:
    case = CASES[name]
    found = told(case.before, case.now, case.edit)
    rows = {(row[2], row[0]): row for row in listed(found)}
    id_, step, before, now = case.row
    assert (id_, step) in rows, list(rows)
    row = rows[id_, step]
    assert row[3] != row[4]
    assert before in (None, row[3])
    assert now in (None, row[4])
    assert not {id_ for id_, _ in rows} & set(case.unlisted)
    said = words(found)
    assert NONE not in said
    assert "各项结果也未改变" not in words(found, "zh")
    assert [each for each in case.words if each not in said] == []


def test_a_lever_of_the_parent_alone_moves_the_difference_and_the_tables_of_the_parent_tell(
    told: Callable[..., tuple[Block, ...]],
) -> None:
    case = CASES["an edited parent"]
    found = told(case.before, case.now, case.edit)
    assert [each.id for each in found if isinstance(each, Table)] == ["T3v", "T3w", "T3u"]
    assert "moved no probability of a goal of this scenario" in words(found)
    heads = [column.title.en for column in next(each for each in found if isinstance(each, Table)).columns]
    assert heads[-3:] == ["Total", "Simulation error", "This report"]


def test_a_vintage_that_was_given_for_the_run_is_not_said_to_stand_in_a_file(
    told: Callable[..., tuple[Block, ...]],
) -> None:
    case = CASES["a vintage that was given"]
    row = next(row for row in listed(told(case.before, case.now, case.edit)) if row[2] == "as_of")
    assert row[-1] == "given for this run"


def test_a_vintage_or_horizon_of_a_file_is_said_to_stand_there(told: Callable[..., tuple[Block, ...]]) -> None:
    found = listed(told(Asked(), Asked("horizon: 2026\nas_of: 2018-09-25\n"), lambda _: None))
    origins = {row[2]: row[-1] for row in found}
    assert origins["horizon"].startswith("params/scenarios/trial.yaml:6")
    assert origins["as_of"].startswith("params/scenarios/trial.yaml:7")


def test_a_visible_fact_moves_words_of_part_1(workspace: Path, tmp_path: Path) -> None:
    """So a report in which only a fact changed is not the last one, though no draw of it moved."""
    root = Path(shutil.copytree(workspace, tmp_path / "root"))
    case = CASES["a visible fact"]
    first = words(opened(root, case.now).answer().blocks)
    case.edit(root)
    assert first != words(opened(root, case.now).answer().blocks)


def test_a_record_of_before_the_scenario_compared_with_was_kept_is_read_and_says_so(
    told: Callable[..., tuple[Block, ...]],
) -> None:
    def older(path: Path) -> None:
        record = json.loads(path.read_text(encoding="utf-8"))
        del record["files"][RESOLVED_OTHER]
        path.write_text(json.dumps(record), encoding="utf-8")

    found = told(Asked(OWN), Asked(OWN), lambda _: None, older)
    assert NONE not in words(found)
    assert "does not hold the values of the scenario compared with (announced)" in words(found)
    assert "neither data, parameters, levers nor the program" in words(found)


def test_the_same_inputs_leave_nothing_to_list(told: Callable[..., tuple[Block, ...]]) -> None:
    found = told(Asked(OWN), Asked(OWN), lambda _: None)
    assert [type(each).__name__ for each in found] == ["Heading", "Paragraph"]
    assert NONE in words(found)


def followed(report: study.Study, tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next report follow this one."""
    bundles = [tmp_path / name for name in ("standing", "bundle")]
    for bundle in bundles:
        bundle.mkdir()
    values.write(report, bundles[0])
    recorded = execute.recorded(report.scenario, draws=DRAWS, seed=0)
    about = {**recorded, "against": report.other.scenario.id if report.other else None}
    hashes = report.scenario.workspace.hashes()
    record = manifest.compose(about, {}, hashes, book, sorted(bundles[0].iterdir()))
    (bundles[0] / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8")
    earlier.prepare(bundles[1], bundles[0], "of now")
    monkeypatch.setenv(STAGING_VARIABLE, str(bundles[1]))


def test_a_file_outside_the_workspace_is_compared_by_its_texts(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No hash of such a file is kept; what of it can move a number beside its values is its grades."""
    file = tmp_path / "mine.yaml"

    def run(text: str) -> study.Study:
        file.write_text(text, encoding="utf-8")
        scenario = ty.load(file, workspace=workspace)
        assert scenario.parent is not None
        return study.Study(ty.run(scenario, draws=DRAWS), ty.run(scenario.parent, draws=DRAWS), "en")

    followed(run(HEAD + OWN), tmp_path, workspace / "notebooks" / "report.ipynb", monkeypatch)
    assert NONE in words(run(HEAD + OWN).since().blocks)
    found = run(HEAD + OWN.replace("grade: judgement", "grade: official")).since().blocks
    assert NONE not in words(found)
    assert [row[2] for row in listed(found)] == ["mine"]


def test_a_root_that_is_compared_with_none_and_then_with_one(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, other = (ty.run(ty.load(name, workspace=workspace), draws=DRAWS) for name in ("baseline", "announced"))
    alone = study.Study(root, None, "en")
    followed(alone, tmp_path, workspace / "notebooks" / "report.ipynb", monkeypatch)
    assert NONE in words(alone.since().blocks)
    found = study.Study(root, other, "en").since().blocks
    assert "none in the last report, announced in this one" in words(found)
    assert [row[2:5] for row in listed(found)] == [["against", "—", "announced"]]
