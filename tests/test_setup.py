"""run.py and its helpers: the Python it needs, its commands, the environment it makes."""

import ast
import re
import runpy
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tools import environment, launcher, talk

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
UNFIT = "import sys, runpy; sys.version_info = (3, 9, 2); sys.argv = ['run.py', 'report']; runpy.run_path({path!r})"


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", name)[0]).lower()


# run.py itself


def test_run_py_has_no_syntax_younger_than_the_pythons_it_must_answer() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    young = (ast.FunctionDef, ast.AnnAssign, ast.JoinedStr, ast.NamedExpr, ast.AsyncFunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, young)]


def test_an_unfit_python_gets_a_sentence_in_both_languages(tmp_path: Path) -> None:
    command = [sys.executable, "-c", UNFIT.format(path=str(ROOT / "run.py"))]
    done = subprocess.run(command, env={"PATH": str(tmp_path), "PYTHONUTF8": "1"}, capture_output=True, check=False)
    words = done.stderr.decode("utf-8")
    assert done.returncode == 3
    assert "needs Python 3.11, 3.12 or 3.13; this is Python 3.9" in words
    assert "推演需要 Python" in words
    assert "Traceback" not in words


@pytest.mark.skipif(sys.platform == "win32", reason="imitates another Python by a shell script")
def test_an_unfit_python_hands_over_to_a_fit_one_on_the_path(tmp_path: Path) -> None:
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (tmp_path / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (tmp_path / name).chmod(0o755)
    source = UNFIT.format(path=str(ROOT / "run.py")).replace("'report'", "'help'")
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"look" in done.stdout


def test_run_py_serves_the_pythons_that_the_project_declares() -> None:
    serves = runpy.run_path(str(ROOT / "run.py"), run_name="read")["SERVES"]
    (oldest_major, oldest), (newest_major, newest) = min(serves), max(serves)
    assert PROJECT["project"]["requires-python"] == f">={oldest_major}.{oldest},<{newest_major}.{newest + 1}"
    assert len(serves) == newest - oldest + 1


def test_the_helpers_of_run_py_need_only_the_standard_library() -> None:
    reached = {"run", "launcher", "environment", "installers", "locking", "talk"}
    for name in reached:
        path = ROOT / "run.py" if name == "run" else ROOT / "tools" / f"{name}.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names | {"tools"}


# The commands


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that run.py would run; each ends with code 0."""
    seen: list[list[str]] = []

    def record(*command: str | Path) -> int:
        seen.append([str(part) for part in command][1:])
        return 0

    monkeypatch.setattr(launcher, "run", record)
    monkeypatch.setattr(launcher, "ensure", lambda: Path("python"))
    return seen


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ([], ["announced"]),
        (["--lang", "zh"], ["announced", "--lang", "zh"]),
        (["delayed", "--lang", "zh"], ["delayed", "--lang", "zh"]),
        (["--all"], ["--all"]),
        (["--notebook", "compare", "baseline", "delayed"], ["--notebook", "compare", "baseline", "delayed"]),
    ],
)
def test_report_means_announced_unless_a_scenario_is_named(
    given: list[str], passed: list[str], commands: list[list[str]]
) -> None:
    assert launcher.main(["report", *given]) == 0
    assert commands == [["-m", "tuiyan", "report", *passed]]


def test_the_slow_suites_run_only_when_all_are_asked_for(commands: list[list[str]]) -> None:
    launcher.main(["test", "-k", "law"])
    launcher.main(["test", "--all", "-x"])
    assert commands[0] == [
        "-m",
        "pytest",
        "-m",
        "not (faults or bytes or hostile or browser or fresh or peers)",
        "-k",
        "law",
    ]
    assert commands[1] == ["-m", "pytest", "-x"]


def test_the_whole_suite_runs_on_all_cores(commands: list[list[str]]) -> None:
    launcher.main(["test", "--all"])
    assert commands == [["-m", "pytest", "-n", "auto", "--dist", "loadfile"]]


def test_every_slow_suite_is_a_declared_marker() -> None:
    markers = {line.partition(":")[0] for line in PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    assert set(launcher.SLOW) < markers


def test_lint_runs_all_three_and_reports_the_first_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter([0, 4, 1])
    monkeypatch.setattr(launcher, "run", lambda *_: next(codes))
    monkeypatch.setattr(launcher, "ensure", lambda: Path("python"))
    assert launcher.main(["lint"]) == 4
    assert next(codes, None) is None


def test_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert launcher.main(["raport"]) == 2
    assert "report" in capsys.readouterr().err


def test_no_command_prints_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert launcher.main([]) == 2
    words = capsys.readouterr().out
    assert all(f"\n  {name} " in words for name in launcher.COMMANDS)


def test_the_makefile_names_every_command() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    assert phony[1].split() == list(launcher.COMMANDS)


@pytest.mark.parametrize("code", [0, 1, 7])
def test_exit_codes_pass_through(code: int) -> None:
    assert launcher.run(sys.executable, "-c", f"raise SystemExit({code})") == code


@pytest.mark.skipif(sys.platform == "win32", reason="no POSIX signals")
def test_a_command_ended_by_a_signal_gives_128_and_its_number() -> None:
    assert launcher.run(sys.executable, "-c", "import os; os.kill(os.getpid(), 9)") == 128 + signal.SIGKILL


def test_ctrl_c_gives_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(launcher.COMMANDS, "bench", (interrupted, ""))
    assert launcher.main(["bench"]) == 130


# The environment


def stamp(**changes: str) -> dict[str, str]:
    return {"python": "3.11", "root": "/a", "requirements.lock": "l", "pyproject.toml": "p", **changes}


@pytest.mark.parametrize(
    ("found", "left"),
    [
        (stamp(), "nothing"),
        ({}, "everything"),
        (stamp(python="3.12"), "everything"),
        (stamp(root="/b"), "everything"),
        ({**stamp(), "requirements.lock": "new"}, "everything"),
        ({**stamp(), "pyproject.toml": "new"}, "package"),
        ({**stamp(), "pyproject.toml": "new", "requirements.lock": "new"}, "everything"),
    ],
)
def test_what_is_made_again_follows_from_what_changed(found: dict[str, str], left: str) -> None:
    assert environment.work_left(stamp(), found) == left


def checkout(root: Path) -> Path:
    root.mkdir()
    for name in environment.LOCKED:
        (root / name).write_text("demo==1", encoding="utf-8")
    return root


class Fake:
    """An installer that notes its calls and, when told to, breaks off in the middle."""

    def __init__(self, calls: list[str], *, breaks: bool) -> None:
        self.calls, self.breaks, self.name = calls, breaks, "fake"

    def install(self, *arguments: str) -> None:
        self.calls.append(arguments[0])
        if self.breaks:
            raise KeyboardInterrupt


def imitate(monkeypatch: pytest.MonkeyPatch, *, breaks: bool = False) -> list[str]:
    calls: list[str] = []
    monkeypatch.setattr(environment, "Installer", lambda *_: Fake(calls, breaks=breaks))
    return calls


def test_the_environment_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, calls = checkout(tmp_path / "a"), imitate(monkeypatch)
    python = environment.ensure(root)
    assert python.exists()
    assert environment.ensure(root) == python
    assert calls == ["--require-hashes", "--no-build-isolation"]
    (root / "pyproject.toml").write_text("changed", encoding="utf-8")
    environment.ensure(root)
    assert calls[2:] == ["--no-build-isolation"]


def test_an_interrupted_environment_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout(tmp_path / "a")
    imitate(monkeypatch, breaks=True)
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(root)
    assert environment.stamped(root) == {}
    left_over = root / environment.FOLDER / "left-over"
    left_over.touch()
    calls = imitate(monkeypatch)
    environment.ensure(root)
    assert calls == ["--require-hashes", "--no-build-isolation"]
    assert not left_over.exists()


def test_a_moved_checkout_makes_its_own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, calls = checkout(tmp_path / "a"), imitate(monkeypatch)
    environment.ensure(root)
    environment.ensure(root.rename(tmp_path / "b"))
    assert len(calls) == 4


def test_an_environment_of_somebody_else_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout(tmp_path / "a")
    imitate(monkeypatch)
    (root / environment.FOLDER).mkdir()
    treasure = root / environment.FOLDER / "treasure"
    treasure.touch()
    with pytest.raises(talk.SetupError):
        environment.ensure(root)
    assert treasure.exists()


def test_a_full_disk_is_said_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout(tmp_path / "a")
    imitate(monkeypatch)
    monkeypatch.setattr(environment, "NEEDED_BYTES", 10**18)
    with pytest.raises(talk.SetupError) as caught:
        environment.ensure(root)
    assert caught.value.code == 3
    assert not (root / environment.FOLDER).exists()


def test_two_runs_do_not_make_the_environment_at_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    other = "import sys\nfrom tools.environment import grasp\nsys.exit(not grasp(open(sys.argv[1], 'a'), wait=False))"
    command = [sys.executable, "-c", other, str(path)]
    with environment.only_one(path):
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == 1
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
