"""`tuiyan schedule`: what it prints where, and what it refuses."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tuiyan.cli import main, scheduling
from tuiyan.cli.arguments import CADENCES, SCHEDULERS, parsed
from tuiyan.inputs.findings import TuiyanError

from tests.scheduling.workspaces import ROOT, plan

Out = pytest.CaptureFixture[str]


@pytest.mark.parametrize("target", SCHEDULERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_definition_goes_to_stdout_and_how_to_install_it_to_stderr(target: str, lang: str, capsys: Out) -> None:
    assert main(["schedule", "monthly", "--for", target, "--workspace", str(ROOT), "--lang", lang]) == 0
    told = capsys.readouterr()
    assert told.out == scheduling.TARGETS[target](plan(ROOT, lang=lang))
    assert re.match("安装：" if lang == "zh" else "To install: ", told.err)
    assert len(told.err.splitlines()) == 1
    assert str(ROOT) in told.out or target == "github"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["yearly", "--for", "cron"], 2), (["monthly"], 2), (["monthly", "--for", "anacron"], 2),
        (["monthly", "--for", "cron", "--deadline", "0"], 2), (["monthly", "--for", "cron", "--jobs", "0"], 2),
    ],
)  # fmt: skip
def test_what_cannot_be_scheduled_gives_two(words: list[str], code: int, capsys: Out) -> None:
    try:
        found = main(["schedule", *words, "--workspace", str(ROOT)])
    except SystemExit as stop:
        found = int(str(stop.code))
    assert found == code
    assert not capsys.readouterr().out


def test_the_user_of_a_service_is_the_systems_and_not_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd")
    monkeypatch.setenv("LOGNAME", "nobody\nExecStartPre=/bin/evil")
    assert f"\nUser={pwd.getpwuid(os.getuid()).pw_name}\n" in scheduling.systemd(plan(ROOT))
    assert "evil" not in scheduling.systemd(plan(ROOT))

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert f"\nUser={os.getuid()}\n" in scheduling.systemd(plan(ROOT))


def test_the_targets_of_the_command_are_those_that_are_written() -> None:
    assert tuple(scheduling.TARGETS) == SCHEDULERS
    assert tuple(scheduling.DAYS) == CADENCES


def test_the_minute_hangs_on_the_workspace_and_is_never_the_full_hour() -> None:
    minutes = {plan(Path(f"/srv/{number}")).minute for number in range(400)}
    assert minutes == set(range(1, 60))
    assert plan(ROOT).minute == plan(ROOT).minute


def test_shipped_files_are_not_scheduled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "shipped" / "params").mkdir(parents=True)
    (tmp_path / "shipped" / "params" / "parameters.yaml").touch()
    monkeypatch.setattr("tuiyan.reporting.early.PACKAGE", tmp_path)
    options = parsed(["schedule", "monthly", "--for", "cron", "--workspace", str(tmp_path / "shipped")])
    with pytest.raises(TuiyanError, match="E306"):
        scheduling.schedule(options)


@pytest.mark.parametrize("target", ["cron", "systemd", "jupyter-scheduler"])
@pytest.mark.parametrize("wrong", ["a\nb", "a\rb", "a\0b", "a\x1bb", "a\udc80b"])
def test_a_path_that_no_line_holds_is_refused(target: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(TuiyanError, match="E303"):
        scheduling.TARGETS[target](plan(Path("/srv", wrong)))


def test_an_interpreter_that_systemd_cannot_name_is_refused() -> None:
    with pytest.raises(TuiyanError, match="E303"):
        scheduling.systemd(plan(ROOT, python="/opt/a$b/bin/python"))
