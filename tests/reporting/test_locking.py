"""One run of a report at a time, by a lock that cannot outlive its holder."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tuiyan.cli import main
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import locking

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from tuiyan.reporting import locking
with locking.held(Path(sys.argv[1]), "announced"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def another(reports: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that holds the lock for some seconds."""
    command = [sys.executable, "-c", HOLD, str(reports), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        try:
            yield child
        finally:
            child.kill()


def test_who_comes_second_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with another(tmp_path, 60) as child:
        assert locking.is_held(tmp_path, "announced")
        with pytest.raises(TuiyanError) as caught, locking.held(tmp_path, "announced"):
            pytest.fail("two hold it")
        (finding,) = caught.value.findings
        assert finding.code == "E270"
        by = locking.holder(tmp_path, "announced")
        assert by
        assert by.pid == child.pid
        assert f"process {child.pid}, since {by.since}: -c {tmp_path}" in finding.message.en
        assert f"进程 {child.pid}" in finding.message.zh


def test_the_command_ends_with_6_and_touches_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with another(tmp_path, 60):
        words = ["report", "announced", "--out", str(tmp_path), "--draws", "64", "--lang", "en"]
        assert main([*words, "--workspace", str(ROOT)]) == 6
    assert "error E270: another run holds the report announced: process" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {locking.FOLDER}


def test_one_may_wait_and_is_told_for_whom(tmp_path: Path) -> None:
    told: list[str] = []
    with another(tmp_path, 1.5) as child, locking.held(tmp_path, "announced", wait=60, tell=told.append):
        by = locking.holder(tmp_path, "announced")
        assert by
        assert by.pid == os.getpid()
    assert len(told) == 1
    assert f"process {child.pid}" in told[0]
    assert "60 s" in told[0]


def test_waiting_ends(tmp_path: Path) -> None:
    with another(tmp_path, 60):
        began = time.monotonic()
        with pytest.raises(TuiyanError, match="E270"), locking.held(tmp_path, "announced", wait=1):
            pytest.fail("two hold it")
        assert 1 <= time.monotonic() - began < 10


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_holder_leaves_no_stuck_lock(tmp_path: Path) -> None:
    with another(tmp_path, 60) as child:
        child.send_signal(signal.SIGKILL)
        child.wait()
        left = locking.holder(tmp_path, "announced")
        assert left
        assert left.pid == child.pid
        assert not locking.is_held(tmp_path, "announced")
        with locking.held(tmp_path, "announced"):
            by = locking.holder(tmp_path, "announced")
            assert by
            assert by.pid == os.getpid()


def test_another_report_is_another_lock_and_a_released_one_is_free(tmp_path: Path) -> None:
    with locking.held(tmp_path, "one"), locking.held(tmp_path, "two"):
        assert locking.is_held(tmp_path, "one")
        assert locking.is_held(tmp_path, "two")
    assert not locking.is_held(tmp_path, "one")
    assert locking.holder(tmp_path, "one") is None
    assert not locking.is_held(tmp_path, "never")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', "\x00"])
def test_a_holder_that_cannot_be_read_is_unknown(tmp_path: Path, text: str) -> None:
    with locking.held(tmp_path, "one"):
        (tmp_path / locking.FOLDER / "one.json").write_text(text, encoding="utf-8")
        assert "process unknown" in locking.locked(tmp_path, "one").render("en")


def test_what_a_holder_says_moves_no_cursor(tmp_path: Path) -> None:
    with locking.held(tmp_path, "one"):
        told = {"pid": 7, "command": "tuiyan \x1b[2J\nreport", "since": "now"}
        (tmp_path / locking.FOLDER / "one.json").write_text(json.dumps(told), encoding="utf-8")
        assert locking.locked(tmp_path, "one").render("en").isprintable()
