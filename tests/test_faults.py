"""Kills, signals and deadlines at many points of a run: the reports stay whole, no orphans, the next run heals.

All points are tried; the environment variable ``TUIYAN_FAULT_POINTS`` asks for fewer of them, evenly spread. Readers
of two writers at once are watched in ``tests/reporting/test_publish.py``.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tuiyan.cli import main
from tuiyan.reporting import kernel, locking

from tests.injector import CELL_KERNEL, CELL_RUNNER, KERNEL, RUNNER, children, orphans, wrong

ROOT = Path(__file__).resolve().parents[1]
POINTS = int(os.environ.get("TUIYAN_FAULT_POINTS", "1000"))
SHARES = 2  # processes that try points at a time
LEFT = (0, 4096, 20_000, 60_000, 120_000, 200_000, 300_000, 450_000, 700_000, 1_000_000, 1_500_000)  # bytes left free
Counted = Callable[[str], None]
LIGHT = {"parameters", "open", "limits", "manifest", "save"}
pytestmark = [
    pytest.mark.faults, pytest.mark.skipif(sys.platform != "linux", reason="points are tried in forks, on Linux")
]  # fmt: skip


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose report has few parts."""
    root = tmp_path_factory.mktemp("w")
    shutil.copytree(ROOT / "params", root / "params")
    notebook = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [cell for cell in notebook.cells if cell.id in LIGHT]
    assert len(notebook.cells) == len(LIGHT)
    (root / "notebooks").mkdir()
    nbformat.write(notebook, root / "notebooks" / "report.ipynb")  # type: ignore[no-untyped-call]
    return root


def arguments(light: Path, reports: Path, *names: str) -> list[str]:
    settings = ["--draws", "32", "--keep", "1", "--lang", "en", "--out", str(reports), "--workspace", str(light)]
    return ["report", *(names or ("announced",)), *settings]


def injected(plan: dict[str, Any], folder: Path, *before: str) -> dict[str, Any]:
    """What the injector found with a plan."""
    path = folder / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    done = subprocess.run(
        [*before, sys.executable, "-m", "tests.injector", str(path)], cwd=ROOT, capture_output=True, text=True,
        check=False, env={**kernel.passed(), "PYTHONPATH": f"{kernel.PACKAGE.parent}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def faults(light: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the injectors found, each with its share of the points and reports of its own."""

    def shared(place: int) -> dict[str, Any]:
        folder = tmp_path_factory.mktemp("f")
        plan = {
            "reports": str(folder / "reports"), "name": "announced", "counts": str(folder / "counts"), "most": POINTS,
            "arguments": arguments(light, folder / "reports"), "share": (place, SHARES), "workspace": str(light),
        }  # fmt: skip
        return injected(plan, folder)

    with ThreadPoolExecutor(SHARES) as pool:
        one, *others = pool.map(shared, range(SHARES))
    for other in others:
        assert (other["known"], other["codes"]) == (one["known"], one["codes"])
        one["tried"] += other["tried"]
    return one


def test_points_of_every_kind_are_tried(faults: dict[str, Any], counted: Counted) -> None:
    kinds = Counter(each["at"] for each in faults["tried"])
    assert faults["codes"] == [0, 0, 0]
    assert set(kinds) == {RUNNER, KERNEL, CELL_RUNNER, CELL_KERNEL}
    assert len(faults["tried"]) == min(POINTS, faults["known"])
    counted(f"{len(faults['tried'])} of {faults['known']} fault points: {dict(kinds)}")


def test_after_every_fault_the_reports_are_whole(faults: dict[str, Any]) -> None:
    assert [each for each in faults["tried"] if each["left"]] == []


def test_no_process_outlives_its_run(faults: dict[str, Any]) -> None:
    assert [each for each in faults["tried"] if each["orphans"]] == []


def test_the_next_run_heals_and_sweeps(faults: dict[str, Any]) -> None:
    assert [each for each in faults["tried"] if each["again"] or each["healed"] or each["litter"]] == []


def test_every_fault_is_told_by_its_exit_code(faults: dict[str, Any]) -> None:
    killed = -signal.SIGKILL
    for each in faults["tried"]:
        if each["at"] == CELL_RUNNER:
            wanted = {signal.SIGKILL: killed, signal.SIGTERM: 143, signal.SIGINT: 130}[each["signal"]]
            assert each["code"] == wanted, each
        elif each["at"] == RUNNER and each["signal"] == signal.SIGKILL:
            assert each["code"] == killed, each
        elif each["at"] == RUNNER:  # the last writes come after the report has been published
            assert each["code"] in (0, 143), each
        elif each["at"] == KERNEL:
            assert each["code"] in (3, 4), each  # 3 while it was starting
        else:
            assert each["code"] in (0, 4), each  # the last cell may be over before its kernel is


def test_a_deadline_publishes_nothing_and_gives_five(light: Path, tmp_path: Path) -> None:
    assert main(arguments(light, tmp_path)) == 0
    before = (tmp_path / "announced" / "manifest.json").read_bytes()
    assert main([*arguments(light, tmp_path), "--seed", "1", "--deadline", "0.4"]) == 5
    assert (tmp_path / "announced" / "manifest.json").read_bytes() == before
    assert wrong(tmp_path, "announced", (0,)) == ""
    assert orphans(tmp_path) == []


def test_a_batch_has_one_deadline_however_late_its_processes_begin(light: Path, tmp_path: Path) -> None:
    settings = arguments(light, tmp_path, "announced", "baseline")
    assert main([*settings, "--jobs", "2", "--deadline", "0.5"]) == 5  # over before the libraries are there
    assert not [path for path in tmp_path.iterdir() if path.is_symlink()]


def test_a_deadline_ends_the_wait_for_another_run(
    light: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with locking.held(tmp_path, "announced"):
        began = time.monotonic()
        assert main([*arguments(light, tmp_path), "--wait", "60", "--deadline", "1.5"]) == 5
        assert time.monotonic() - began < 30
    assert "the deadline passed while another run of the report went on" in capsys.readouterr().err


def test_a_disk_that_fills_after_the_cells_gives_three(
    light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tuiyan.reporting.html.pages", full)
    assert main(arguments(light, tmp_path)) == 3
    assert not (tmp_path / "announced").exists()


def test_a_missing_kernel_gives_three(light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "command", lambda *_: [sys.executable, "-m", "no_such_kernel"])
    assert main(arguments(light, tmp_path)) == 3
    assert not (tmp_path / "announced").exists()


def test_a_full_disk_leaves_the_report_before(light: Path, tmp_path: Path, counted: Counted) -> None:
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a disk of 4 MB")
    disk = tmp_path / "disk"
    disk.mkdir()
    plan = {
        "disk": str(disk), "reports": str(disk / "reports"), "name": "announced", "left": LEFT,
        "arguments": [*arguments(light, disk / "reports"), "--keep", "0"], "workspace": str(light),
    }  # fmt: skip
    found = injected(plan, tmp_path, "unshare", "-rm")
    if "refused" in found:
        pytest.skip(f"this system mounts no disk of 4 MB: {found['refused']}")
    assert found["size"] == 4 * 1024 * 1024
    assert (found["estimated"], found["codes"]) == (3, [0])
    for each in found["tried"]:
        assert (each["left"], each["again"], each["healed"]) == ("", 0, ""), each
        assert each["code"] in (0, 3), each
    failed = [each for each in found["tried"] if each["code"]]
    assert len(failed) >= len(LEFT) // 2
    counted(f"{len(failed)} of {len(LEFT)} runs on a disk of 4 MB were short of room")


def test_too_little_memory_gives_four(light: Path, tmp_path: Path) -> None:
    assert main([*arguments(light, tmp_path), "--memory", "0.02"]) in (3, 4)
    assert not (tmp_path / "announced").exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_batch_takes_all_its_processes_with_it(light: Path, tmp_path: Path, number: int) -> None:
    names = ("announced", "baseline", "delayed")
    command = [sys.executable, "-m", "tuiyan", *arguments(light, tmp_path, *names), "--jobs", "2"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - a shell ignores it in the background
    )  # fmt: skip
    assert process.stderr
    for line in process.stderr:
        if "running the model" in line:
            break
    family = descendants(process.pid)
    process.send_signal(number)
    process.stderr.read()
    process.stderr.close()
    assert process.wait() == {signal.SIGKILL: -9, signal.SIGINT: 130}[signal.Signals(number)]
    assert len(family) >= 3  # the warm process, a runner, its kernel
    end = time.monotonic() + 20
    while any(alive(pid) for pid in family) and time.monotonic() < end:
        time.sleep(0.05)
    assert [pid for pid in family if alive(pid)] == []
    for path in tmp_path.glob("[a-z]*"):
        if path.is_symlink():
            assert wrong(tmp_path, path.name, (0,)) == ""


def descendants(pid: int) -> list[int]:
    """The children of a process, their children, and so on."""
    found = []
    for child in children(pid):
        found += [child, *descendants(child)]
    return found


def alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
