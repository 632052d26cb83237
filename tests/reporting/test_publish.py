"""A reader sees the old report or the new one, whole."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from tuiyan.cli import main
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import execute, locking, manifest, publish, runlog, space, unchanged
from tuiyan.reporting.execute import ReportResult, report
from tuiyan.reporting.publish import Rules

ROOT = Path(__file__).parents[2]
OLD, NEW, THIRD, FOURTH, FIFTH = (hashlib.sha256(bytes([number])).hexdigest() for number in range(5))
WRITE = """
import hashlib, sys
from pathlib import Path
from tuiyan.reporting import locking, manifest, publish
reports, own, rounds, earlier = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
for number in range(rounds):
    with locking.held(reports, "demo", wait=120), publish.staging(reports, "demo") as folder:
        bundle = folder / "bundle"
        bundle.mkdir()
        for name in ("a.html", "b.html", "c.csv"):
            (bundle / name).write_text(f"{own} {number} {name}\\n" * 2000, encoding="utf-8")
        outputs = {path.name: manifest.sha256(path) for path in sorted(bundle.iterdir())}
        (bundle / "manifest.json").write_text(manifest.to_json({"outputs": outputs}), encoding="utf-8")
        publish.switch(bundle, reports, "demo", manifest.combined(outputs), earlier=earlier)
        print(number, flush=True)
"""


def put(reports: Path, text: str, digest: str, *, name: str = "demo", earlier: int = 3) -> publish.Published:
    with publish.staging(reports, name) as folder:
        bundle = folder / "bundle"
        bundle.mkdir()
        (bundle / "report.zh.html").write_text(text, encoding="utf-8")
        return publish.switch(bundle, reports, name, digest, earlier=earlier)


def read(reports: Path, name: str = "demo") -> str:
    return (reports / name / "report.zh.html").read_text(encoding="utf-8")


def bundles(reports: Path) -> list[str]:
    """What every bundle holds, oldest first."""
    folders = sorted((reports / ".bundles").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return [(path / "report.zh.html").read_text(encoding="utf-8") for path in folders]


def litter(reports: Path) -> list[Path]:
    return list((reports / ".staging").iterdir())


def test_a_new_report_replaces_the_old_one_by_a_relative_link(tmp_path: Path) -> None:
    assert put(tmp_path, "old", OLD).changed
    assert put(tmp_path, "new", NEW).changed
    assert read(tmp_path) == "new"
    assert not (tmp_path / "demo").readlink().is_absolute()
    assert {path.name for path in (tmp_path / ".bundles").iterdir()} == {f"demo-{OLD[:16]}", f"demo-{NEW[:16]}"}
    assert not litter(tmp_path)


@pytest.mark.parametrize(
    ("earlier", "left"), [(0, ["5"]), (1, ["4", "5"]), (3, ["2", "3", "4", "5"]), (9, ["1", "2", "3", "4", "5"])]
)
def test_earlier_bundles_stay_to_a_stated_number_newest_first(tmp_path: Path, earlier: int, left: list[str]) -> None:
    for text, digest in zip("12345", (OLD, NEW, THIRD, FOURTH, FIFTH), strict=True):
        put(tmp_path, text, digest, earlier=earlier)
        assert read(tmp_path) == text
    assert bundles(tmp_path) == left


def test_a_report_that_returns_is_the_newest_and_the_linked_one_is_never_removed(tmp_path: Path) -> None:
    for text, digest in (("1", OLD), ("2", NEW), ("3", THIRD)):
        put(tmp_path, text, digest)
    assert put(tmp_path, "1", OLD, earlier=1).changed
    assert read(tmp_path) == "1"
    assert bundles(tmp_path) == ["3", "1"]


def test_one_may_switch_back_by_hand(tmp_path: Path) -> None:
    put(tmp_path, "1", OLD)
    put(tmp_path, "2", NEW)
    (tmp_path / "demo").unlink()
    (tmp_path / "demo").symlink_to(Path(".bundles") / f"demo-{OLD[:16]}")
    assert read(tmp_path) == "1"
    assert put(tmp_path, "3", THIRD).changed
    assert read(tmp_path) == "3"
    assert set(bundles(tmp_path)) == {"1", "2", "3"}


def test_a_report_with_a_longer_name_is_left_alone(tmp_path: Path) -> None:
    for name in ("demo", "demo-0123456789abcdef", "demo-b"):
        put(tmp_path, name, OLD, name=name)
    put(tmp_path, "new", NEW, earlier=0)
    assert [read(tmp_path, name) for name in ("demo", "demo-0123456789abcdef", "demo-b")] == [
        "new", "demo-0123456789abcdef", "demo-b",
    ]  # fmt: skip


def test_an_identical_run_keeps_what_is_there(tmp_path: Path) -> None:
    put(tmp_path, "same", OLD)
    before = (tmp_path / "demo").resolve().stat().st_ino
    assert not put(tmp_path, "same", OLD).changed
    assert (tmp_path / "demo").resolve().stat().st_ino == before


def test_a_bundle_that_somebody_edited_is_replaced_every_time(tmp_path: Path) -> None:
    put(tmp_path, "good", OLD)
    for _ in range(6):
        (tmp_path / "demo" / "report.zh.html").write_text("edited", encoding="utf-8")
        assert put(tmp_path, "good", OLD).changed
        assert read(tmp_path) == "good"
        assert bundles(tmp_path) == ["good"]


def test_a_bundle_with_a_file_or_folder_too_many_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, "good", OLD)
    (tmp_path / "demo" / "report.zh.html").unlink()
    (tmp_path / "demo" / "report.zh.html").mkdir()
    assert put(tmp_path, "good", OLD).changed
    assert read(tmp_path) == "good"


def test_a_failed_run_leaves_the_old_report_and_no_litter(tmp_path: Path) -> None:
    put(tmp_path, "old", OLD)

    def interrupted() -> None:
        with publish.staging(tmp_path, "demo") as folder:
            (folder / "half").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert read(tmp_path) == "old"
    assert not litter(tmp_path)


def test_without_links_the_folder_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", refuse)
    put(tmp_path, "old", OLD)
    put(tmp_path, "new", NEW)
    assert read(tmp_path) == "new"
    assert not (tmp_path / "demo").is_symlink()
    monkeypatch.undo()
    put(tmp_path, "again", OLD)
    assert read(tmp_path) == "again"
    assert (tmp_path / "demo").is_symlink()


def test_without_links_an_identical_report_is_no_change_and_earlier_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError

    def put(seed: int) -> bool:
        with publish.staging(tmp_path, "demo") as folder:
            bundle = folder / "bundle"
            bundle.mkdir()
            (bundle / "a.csv").write_text(str(seed), encoding="utf-8")
            record: dict[str, Any] = {"run": {"seed": seed}, "outputs": {"a.csv": manifest.sha256(bundle / "a.csv")}}
            record["bundle"] = manifest.digest(record)
            (bundle / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8", newline="\n")
            return publish.switch(bundle, tmp_path, "demo", record["bundle"], earlier=1).changed

    def kept() -> list[str]:
        return [(path / "a.csv").read_text(encoding="utf-8") for path in (tmp_path / ".bundles").iterdir()]

    monkeypatch.setattr(Path, "symlink_to", refuse)
    assert [put(seed) for seed in (0, 1, 1, 2, 0)] == [True, True, False, True, True]
    assert kept() == ["2"]
    (tmp_path / "demo" / "a.csv").write_text("edited", encoding="utf-8")
    assert put(0)
    assert kept() == ["2"]  # what was edited is no earlier report
    assert put(3)
    assert kept() == ["0"]
    assert not litter(tmp_path)


def test_what_dead_runs_left_is_swept_at_once_and_that_of_others_after_a_day(tmp_path: Path) -> None:
    root = tmp_path / ".staging"
    own, at_work, stale = root / "demo-ab12cd_x", root / "other-ab12cd_x", root / "other-ab12cd_y"
    for folder in (own, at_work, stale):
        folder.mkdir(parents=True)
        (folder / "half").write_text("half", encoding="utf-8")
    os.utime(stale, (0, 0))
    (tmp_path / "forecasts").mkdir()
    half_written = tmp_path / "forecasts" / f".demo-{OLD[:16]}.json.77.new"
    half_written.write_text("{", encoding="utf-8")
    for theirs in (tmp_path / ".mine.new", tmp_path / ".folder.77.new"):  # not written by us, and no file
        theirs.mkdir() if "folder" in theirs.name else theirs.write_text("draft", encoding="utf-8")
        os.utime(theirs, (0, 0))
    (tmp_path / ".demo.77.new").symlink_to("nowhere")
    (tmp_path / ".other.77.new").symlink_to("nowhere")
    put(tmp_path, "new", NEW)
    assert litter(tmp_path) == [at_work]
    assert not half_written.exists()
    assert (tmp_path / ".mine.new").exists()
    assert (tmp_path / ".folder.77.new").exists()
    assert not (tmp_path / ".demo.77.new").is_symlink()
    assert (tmp_path / ".other.77.new").is_symlink()


def test_what_is_somebodys_own_is_never_replaced(tmp_path: Path) -> None:
    for name in ("file", "folder", "empty", "copy"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").rmdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "folder" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "copy" / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "link").symlink_to("folder", target_is_directory=True)
    for name in ("file", "folder"):
        with pytest.raises(TuiyanError, match="E273"):
            publish.refuse(tmp_path, name)
    for name in ("empty", "copy", "link", "nothing"):
        publish.refuse(tmp_path, name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_a_file_is_no_whole_bundle(tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text("1\n", encoding="utf-8")
    record: dict[str, object] = {"run": {}, "outputs": {"results.csv": manifest.sha256(tmp_path / "results.csv")}}
    record["bundle"] = manifest.digest(record)
    (tmp_path / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8", newline="\n")
    assert unchanged.record(tmp_path) == record
    (tmp_path / "results.csv").unlink()
    os.mkfifo(tmp_path / "results.csv")
    assert unchanged.record(tmp_path) is None


@pytest.mark.parametrize("given", [{"keep": -1}, {"wait": -0.5}, {"wait": float("nan")}, {"wait": float("inf")}])
def test_rules_that_are_none_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(TuiyanError, match="E272"):
        Rules(**given)


# Two runs at once and readers


class Seen(NamedTuple):
    """What a reader saw: reads, of them torn, and how many different bundles."""

    reads: int
    torn: int
    bundles: int


def reading(reports: Path, stop: threading.Event) -> Seen:
    """Follow the link once and read the whole bundle, and then a file through the link, again and again."""
    reads, torn, seen = 0, 0, set()
    while not stop.is_set():
        reads += 1
        try:
            folder = reports / (reports / "demo").readlink()
        except OSError:
            torn += 1
            continue
        try:
            outputs = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
            torn += {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in outputs} != outputs
            seen.add(folder.name)
            lines = (reports / "demo" / "a.html").read_text(encoding="utf-8").splitlines()
            torn += len(lines) != 2000 or len(set(lines)) != 1
        except (OSError, ValueError):
            # A reader slower than several publications loses its bundle, whole; the link never points to nothing.
            torn += folder.exists() or reports / (reports / "demo").readlink() == folder
    return Seen(reads, torn, len(seen))


def watched(reports: Path, readers: int, work: Callable[[], None]) -> list[Seen]:
    """What some readers saw while `work` was done."""
    stop, found = threading.Event(), list[Seen]()
    threads = [threading.Thread(target=lambda: found.append(reading(reports, stop))) for _ in range(readers)]
    for thread in threads:
        thread.start()
    try:
        work()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return found


def writer(reports: Path, own: str, rounds: int, earlier: int = 3) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITE, str(reports), own, str(rounds), str(earlier)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize(
    ("rounds", "readers"), [(10, 2), pytest.param(60, 10, marks=pytest.mark.faults)]
)  # fmt: skip
def test_two_writers_at_once_never_show_a_reader_a_torn_bundle(
    tmp_path: Path, rounds: int, readers: int, counted: Callable[[str], None]
) -> None:
    with writer(tmp_path, "first", 1) as first:
        assert first.wait(60) == 0

    def work() -> None:
        with writer(tmp_path, "one", rounds, 999) as one, writer(tmp_path, "two", rounds, 999) as two:
            assert [each.wait(300) for each in (one, two)] == [0, 0]

    found = watched(tmp_path, readers, work)
    torn, reads = sum(each.torn for each in found), sum(each.reads for each in found)
    counted(f"two writers, {readers} readers: {torn} torn of {reads} reads")
    assert torn == 0
    assert max(each.bundles for each in found) > 2
    assert reads > rounds
    assert not litter(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.faults)])
def test_a_killed_writer_leaves_a_whole_report_and_the_next_one_heals(
    tmp_path: Path, kills: int, counted: Callable[[str], None]
) -> None:
    with writer(tmp_path, "first", 1) as first:
        assert first.wait(60) == 0

    def work() -> None:
        for number in range(kills):
            with writer(tmp_path, f"killed{number}", 1000) as child:
                assert child.stdout
                assert child.stdout.readline()  # it is at work
                time.sleep(0.003 * (number % 17))
                child.send_signal(signal.SIGKILL)
        with writer(tmp_path, "last", 1) as last:
            assert last.wait(60) == 0

    found = watched(tmp_path, 2, work)
    torn, reads = sum(each.torn for each in found), sum(each.reads for each in found)
    counted(f"{kills} writers killed, 2 readers: {torn} torn of {reads} reads")
    assert torn == 0
    assert (tmp_path / "demo" / "a.html").read_text(encoding="utf-8").startswith("last 0")
    assert not litter(tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]
    assert len(list((tmp_path / ".bundles").iterdir())) <= 4


# Space


def test_a_first_report_needs_40_megabytes_and_a_later_one_three_times_the_last(tmp_path: Path) -> None:
    assert space.estimate(tmp_path / "demo") == 40_000_000
    put(tmp_path, "x" * 1000, OLD)
    assert space.estimate(tmp_path / "demo") == 3000


def test_a_full_disk_is_refused_before_anything_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(space.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 10**6, 10**6))  # type: ignore[attr-defined]
    monkeypatch.setattr(execute, "run_notebook", lambda *_: pytest.fail("a kernel was started"))
    words = ["report", "announced", "--out", str(tmp_path / "new" / "reports"), "--draws", "64", "--lang", "en"]
    assert main([*words, "--workspace", str(ROOT)]) == 3
    assert "has 1.0 MB left and a report may need 40.0 MB; nothing was run" in capsys.readouterr().err


TMPFS = (
    "mount -t tmpfs -o size=4m none {0} && exec {1} -m tuiyan report announced --out {0}/reports --draws 64 --lang en"
)
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
NO_NAMESPACE = not shutil.which("unshare") or bool(
    subprocess.run([*NAMESPACE, "true"], check=False, capture_output=True).returncode
)


@pytest.mark.faults
@pytest.mark.skipif(NO_NAMESPACE, reason="this system lets nobody mount a small disk without being root")
def test_a_disk_of_4_megabytes_is_refused(tmp_path: Path) -> None:
    script = TMPFS.format(tmp_path, sys.executable)
    done = subprocess.run(
        [*NAMESPACE, "sh", "-c", script], cwd=ROOT, check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 3
    assert "E271" in done.stderr


# Nothing to do


class Trial(NamedTuple):
    """A workspace whose report is quick, and a count of the runs it took."""

    root: Path
    kernels: list[int]

    def made(self, *, lang: str = "en", if_changed: bool = True) -> ReportResult:
        """A report of it, and one sentence for each stage."""
        rules = Rules(if_changed=if_changed)
        return report("announced", lang=lang, draws=64, progress=lambda _: None, workspace=self.root, rules=rules)

    def events(self) -> list[str]:
        return [line["event"] for line in runlog.entries(self.root / "reports", "announced") if "text" not in line]


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    notebook = nbformat.read(ROOT / execute.NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [cell for cell in notebook.cells if cell.id in {"parameters", "open", "limits", "save"}]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / execute.NOTEBOOK)  # type: ignore[no-untyped-call]
    kernels: list[int] = []
    run = execute.run_notebook

    def counted(*given: Any) -> Any:
        kernels.append(1)
        return run(*given)

    monkeypatch.setattr(execute, "run_notebook", counted)
    return Trial(tmp_path, kernels)


@pytest.mark.notebooks
def test_if_nothing_changed_nothing_is_run(trial: Trial) -> None:
    first = trial.made()
    assert first.changed
    for lang in ("en", "zh"):
        again = trial.made(lang=lang)
        assert not again.changed
        assert (again.folder, again.digest, set(again.files)) == (first.folder, first.digest, set(first.files))
        assert {path.suffix for path in again.pages} == {".html"}
    assert len(trial.kernels) == 1
    assert not trial.made(if_changed=False).changed
    assert len(trial.kernels) == 2
    assert trial.events() == ["started", "done", "unchanged", "unchanged", "started", "done"]


@pytest.mark.notebooks
@pytest.mark.parametrize("harm", ["flip", "remove", "add", "manifest", "digest", "nested"])
def test_a_damaged_report_is_made_again(trial: Trial, harm: str) -> None:
    page = trial.made().folder / "report.zh.html"
    content = bytearray(page.read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 1
        page.write_bytes(content)
    elif harm == "remove":
        page.unlink()
    elif harm == "add":
        page.with_name("note.txt").write_text("mine", encoding="utf-8")
    elif harm == "digest":
        record = page.with_name("manifest.json")
        text = record.read_text(encoding="utf-8")
        record.write_text(text.replace('"bundle": "', '"bundle": "0', 1), encoding="utf-8")
    else:
        page.with_name("manifest.json").write_text("{" if harm == "manifest" else "[" * 100_000, encoding="utf-8")
    assert trial.made().changed
    assert len(trial.kernels) == 2
    assert not trial.made().changed
    assert len(trial.kernels) == 2


@pytest.mark.notebooks
def test_a_file_edited_while_the_report_is_made_stops_it(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    first = trial.made()
    run, edited = execute.run_notebook, trial.root / "params" / "scenarios" / "announced.yaml"

    def meanwhile(*given: Any) -> Any:
        edited.write_text(edited.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return run(*given)

    monkeypatch.setattr(execute, "run_notebook", meanwhile)
    with pytest.raises(TuiyanError, match="E274"):
        trial.made(if_changed=False)
    assert json.loads((first.folder / "manifest.json").read_text(encoding="utf-8"))["bundle"] == first.digest


@pytest.mark.notebooks
@pytest.mark.parametrize(
    "file", ["params/facts/ai_scale.csv", "params/scenarios/announced.yaml", "notebooks/report.ipynb"]
)
def test_whatever_goes_in_counts(trial: Trial, file: str) -> None:
    trial.made()
    path = trial.root / file
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    trial.made()
    assert len(trial.kernels) == 2


def test_the_hash_of_what_goes_in_knows_both_sides_and_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    from tuiyan.inputs.loading import load

    one, other = load("announced", workspace=ROOT), load("delayed", workspace=ROOT)

    def found(sides: list[Any], run: dict[str, object], settings: dict[str, str | int]) -> str:
        return unchanged.fingerprint(sides, one.workspace, ROOT / execute.NOTEBOOK, run, settings)

    plain = found([one], {}, {"draws": 64})
    assert found([one], {}, {"draws": 64}) == plain
    others = {
        found([one, other], {}, {"draws": 64}),
        found([other], {}, {"draws": 64}),
        found([one], {"as_of": "2020"}, {"draws": 64}),
        found([one], {}, {"draws": 128}),
    }
    monkeypatch.setattr(manifest, "code_hash", lambda: "other")
    others.add(found([one], {}, {"draws": 64}))
    monkeypatch.setattr(manifest, "lock_hash", lambda: "other")
    others.add(found([one], {}, {"draws": 64}))
    assert len(others | {plain}) == 7


# What is left behind


@pytest.mark.notebooks
def test_a_run_that_fails_is_in_the_log_and_the_next_one_follows(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.made()
    with monkeypatch.context() as patch:
        patch.setattr(execute, "run_notebook", lambda *_: (_ for _ in ()).throw(execute.ReportError("cell 3 <b>")))
        with pytest.raises(execute.ReportError):
            trial.made(if_changed=False)
    last = runlog.entries(trial.root / "reports", "announced")[-1]
    assert (last["event"], last["why"], last["text"]) == ("failed", "ReportError", "cell 3 <b>")
    assert not trial.made().changed
    assert not locking.is_held(trial.root / "reports", "announced")


def test_a_line_that_a_killed_run_left_half_is_passed_over(tmp_path: Path) -> None:
    runlog.opened(tmp_path, "demo").write(runlog.STARTED)
    with (tmp_path / ".log" / "demo.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"event": "sta')
    runlog.opened(tmp_path, "demo").write(runlog.DONE, text="行 \u2028 \n")
    assert [line["event"] for line in runlog.entries(tmp_path, "demo")] == [runlog.STARTED, runlog.DONE]
    assert runlog.entries(tmp_path, "never") == []


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".log").write_text("in the way", encoding="utf-8")
    runlog.opened(tmp_path, "demo").write(runlog.STARTED)
    assert runlog.entries(tmp_path, "demo") == []
