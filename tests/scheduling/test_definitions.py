"""Each definition for cron, systemd and GitHub Actions is read by its own rules and run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tuiyan.cli import launcher, scheduling
from tuiyan.cli.arguments import CADENCES, DEADLINE
from tuiyan.inputs.findings import TuiyanError

from tests.scheduling.workspaces import AWKWARD, ROOT, bare, plan, published

WORDS = (
    "all", "50 % off", "%", "a'b", 'a"b', "a\\b", "a\\%b", "a\\\\%b", "$HOME", "a$$b", "`id`", "城市",
    "-x", "a;b & c", "~", "\\",
)  # fmt: skip


# cron


def unescaped(command: str) -> str:
    """The command of a line of a crontab as cron hands it to the shell: up to a bare ``%``, with ``\\%`` as ``%``."""
    found, escaped = "", False
    for letter in command:
        if escaped and letter == "%":
            found = found[:-1] + letter
        elif letter == "%":
            break
        else:
            found += letter
        escaped = letter == "\\" and not escaped
    return found


@pytest.mark.parametrize("word", WORDS)
def test_cron_and_the_shell_give_a_word_back_as_it_was(word: str) -> None:
    told = ["/bin/sh", "-c", unescaped(f"printf '\\%s' {scheduling._in_cron(word)}")]
    assert subprocess.run(told, capture_output=True, check=True).stdout.decode() == word


@pytest.mark.parametrize("cadence", CADENCES)
def test_the_fields_of_cron_mean_the_cadence(cadence: str) -> None:
    croniter = pytest.importorskip("croniter").croniter
    fields = scheduling.cron(plan(ROOT, cadence)).splitlines()[1].split()[:5]
    assert fields == plan(ROOT, cadence).cron.split()
    moments = croniter(" ".join(fields), 1798761600.0)  # 2027-01-01 00:00 UTC, a Friday
    runs = [time.gmtime(moments.get_next(float)) for _ in range(400)]
    assert {(run.tm_hour, run.tm_min) for run in runs} == {(4, plan(ROOT, cadence).minute)}
    year = [run for run in runs if run.tm_year == 2027]
    assert len(year) == {"daily": 365, "weekly": 52, "monthly": 12, "quarterly": 4}[cadence]
    if cadence in ("monthly", "quarterly"):
        assert {run.tm_mday for run in year} == {1}
    if cadence == "quarterly":
        assert [run.tm_mon for run in year] == [1, 4, 7, 10]
    if cadence == "weekly":
        assert {run.tm_wday for run in year} == {0}


@pytest.mark.notebooks
def test_the_line_of_cron_makes_the_reports_and_says_nothing(study: Path, tmp_path: Path) -> None:
    lines = scheduling.cron(plan(study)).splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) == 2
    assert len(lines[1].encode()) < 1000  # of old crons the longest
    command = unescaped(lines[1].split(maxsplit=5)[5]).replace("--if-changed", "--if-changed --draws 32")
    told = subprocess.run(
        ["/bin/sh", "-c", command], env=bare(tmp_path), cwd=tmp_path, capture_output=True, check=False
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, b"", b"")
    assert published(study) == {"announced", "baseline", "compare"}
    assert list(tmp_path.glob("[!.]*")) == []


def test_the_line_of_cron_says_what_failed_and_keeps_the_code(tmp_path: Path) -> None:
    command = unescaped(scheduling.cron(plan(tmp_path / AWKWARD)).splitlines()[1].split(maxsplit=5)[5])
    told = subprocess.run(
        ["/bin/sh", "-c", command], env=bare(tmp_path), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert "E150" in told.stdout
    assert AWKWARD in told.stdout
    assert told.stdout.splitlines()[-1] == "tuiyan: exit code 2"
    assert not told.stderr


# systemd


def unquoted(line: str) -> list[str]:
    """The words of a line of a unit by systemd.syntax: quotes, escapes; then ``%%`` is ``%``."""
    found = [re.sub(r"\\(.)", r"\1", word[1:-1]) for word in re.findall(r'"(?:[^"\\]|\\.)*"', line)]
    assert " ".join(f'"{word}"' for word in re.findall(r'"((?:[^"\\]|\\.)*)"', line)) == line
    assert not any(re.search(r"(?<!%)%(%%)*(?!%)", word) for word in found)
    return [word.replace("%%", "%") for word in found]


def units(workspace: Path, folder: Path, cadence: str = "monthly") -> tuple[Path, Path]:
    """The service and the timer that the printed script writes."""
    script = scheduling.systemd(plan(workspace, cadence))
    done = subprocess.run(
        ["/bin/sh"], input=script, env={"UNITS": str(folder), "PATH": "/usr/bin:/bin"}, text=True, check=False
    )
    assert done.returncode == 0
    (service,), (timer,) = folder.glob("*.service"), folder.glob("*.timer")
    assert len(list(folder.iterdir())) == 2
    assert service.stem == timer.stem == plan(workspace).name
    return service, timer


def settings(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("[")]
    found = dict(line.split("=", 1) for line in lines)
    assert len(found) == len(lines)
    return found


@pytest.mark.parametrize("word", WORDS)
def test_systemd_gives_a_word_back_as_it_was(word: str) -> None:
    assert unquoted(scheduling._in_unit(word)) == [word]


def test_a_service_stops_after_its_deadline_and_a_failure_stays_one(study: Path, tmp_path: Path) -> None:
    service, timer = (settings(file) for file in units(study, tmp_path))
    words = [word.replace("$$", "$") for word in unquoted(service["ExecStart"])]
    assert words == plan(study).words
    deadline, wait = (int(words[words.index(key) + 1]) for key in ("--deadline", "--wait"))
    assert int(service["TimeoutStartSec"]) >= deadline + wait
    assert service["SuccessExitStatus"] == "143"  # somebody stopped it; 6 would hide a failure in a batch
    assert unquoted(service["ReadWritePaths"]) == [str(study)]
    assert timer["Persistent"] == "true"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed here")
@pytest.mark.parametrize("cadence", CADENCES)
def test_systemd_accepts_the_units_and_the_day(cadence: str, study: Path, tmp_path: Path) -> None:
    service, timer = units(study, tmp_path, cadence)
    verify = ["systemd-analyze", "verify", "--man=no", str(service), str(timer)]
    checked = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr.strip()) == (0, "")
    read = ["systemd-analyze", "calendar", "--iterations=5", settings(timer)["OnCalendar"]]
    told = subprocess.run(read, capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"}).stdout
    days = re.findall(r"(\w{3}) \d{4}-(\d\d)-(\d\d) 04:(\d\d):00 UTC", told)
    assert len(days) >= 5
    assert {int(minute) for *_, minute in days} == {plan(study).minute}
    if cadence == "weekly":
        assert {day for day, *_ in days} == {"Mon"}
    elif cadence != "daily":
        assert {int(day) for *_, day, _ in days} == {1}
        assert cadence == "monthly" or {int(month) for _, month, *_ in days} <= {1, 4, 7, 10}


CONFINED = """set -e
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t tmpfs tmpfs "$2"
mount -o remount,ro,bind /
shift 2
exec "$@"
"""  # what ReadWritePaths, PrivateTmp, ProtectSystem and IPAddressDeny leave, and no loopback either


def confined(*folders: Path) -> list[str]:
    """How a command is run as the service runs it; empty where this user may not."""
    alone = ["unshare", "--mount", "--net", "/bin/sh", "-c", CONFINED, "sh", *map(str, folders)]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        return []
    return alone


@pytest.mark.notebooks
def test_the_command_of_the_service_runs_on_a_disk_it_may_not_write_and_without_a_network(
    study: Path, tmp_path: Path
) -> None:
    """Where namespaces are not allowed it still runs without a home."""
    for name in ("units", "private"):
        (tmp_path / name).mkdir()
    service, _ = units(study, tmp_path / "units")
    words = [word.replace("$$", "$") for word in unquoted(settings(service)["ExecStart"])]
    shutil.rmtree(study / "reports", ignore_errors=True)
    private = str(tmp_path / "private")
    around = {**bare(Path("/nonexistent")), "MPLCONFIGDIR": private, "TMPDIR": private}
    whole = [*confined(study, tmp_path / "private"), *words, "--draws", "32"]
    told = subprocess.run(whole, env=around, cwd="/", capture_output=True, check=False)
    assert told.returncode == 0, told.stderr.decode()
    assert published(study) == {"announced", "baseline", "compare"}


# GitHub Actions


def workflow(workspace: Path, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(scheduling.github(plan(workspace, **more)))
    return found


def test_a_workflow_reads_only_and_uses_nobody_elses_actions(study: Path) -> None:
    found = workflow(study)
    assert found["permissions"] == {"contents": "read"}
    assert found["on"]["schedule"] == [{"cron": plan(study).cron}]
    assert "workflow_dispatch" in found["on"]
    (job,) = found["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", each) for each in used)
    assert [each.split("@")[0].removeprefix("actions/") for each in used] == [
        "checkout", "setup-python", "cache", "upload-artifact",
    ]  # fmt: skip
    assert job["timeout-minutes"] * 60 >= DEADLINE + launcher.WAIT
    kept = [step["with"]["path"] for step in job["steps"] if "path" in step.get("with", {})]
    assert kept == [f"{AWKWARD}/reports"] * 2
    assert workflow(ROOT)["jobs"]["reports"]["steps"][2]["with"]["path"] == "reports"


@pytest.mark.notebooks
def test_the_step_of_a_workflow_makes_the_reports(repository: Path, study: Path, tmp_path: Path) -> None:
    steps = workflow(study)["jobs"]["reports"]["steps"]
    (command,) = (step["run"] for step in steps if "run" in step)
    wrapper = tmp_path / "python"
    wrapper.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    settings = {**bare(tmp_path), "PATH": f"{tmp_path}:/usr/bin:/bin"}
    command = command.replace("--if-changed", "--if-changed --draws 32")
    told = subprocess.run(["bash", "-e", "-c", command], cwd=repository, env=settings, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr.decode()
    assert published(study) == {"announced", "baseline", "compare"}


def test_github_needs_a_checkout_and_a_plain_path(tmp_path: Path, repository: Path) -> None:
    with pytest.raises(TuiyanError, match="E304"):
        scheduling.github(plan(tmp_path))
    for wrong in ("a*b", "${{ github.token }}", "!a"):
        with pytest.raises(TuiyanError, match="E303"):
            scheduling.github(plan(repository / wrong))
