"""What many tests share: a copied workspace to break, and projections that are run once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tuiyan as ty
from tuiyan.results import Projection

ROOT = Path(__file__).resolve().parents[1]
VINTAGES = ("2017-11-14", "2018-09-25")
COUNTS = pytest.StashKey[list[str]]()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the workspace that a test may break."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    return tmp_path


@pytest.fixture
def write(workspace: Path) -> Callable[..., str]:
    """Write a scenario into the copied workspace; returns its id."""

    def scenario(body: str, name: str = "trial", *, parent: str = "announced") -> str:
        head = f"extends: {parent}\n" if parent else ""
        about = "title: {zh: 试, en: Trial}\nstory: {zh: 试, en: Trial}\nauthor: test\nreason: {zh: 试, en: trial}\n"
        (workspace / "params" / "scenarios" / f"{name}.yaml").write_text(head + about + body, encoding="utf-8")
        return name

    return scenario


@cache
def projected(name: str, as_of: str = VINTAGES[0], draws: int = 8192, seed: int = 0) -> Projection:
    """A projection of a shipped scenario, run once for all tests."""
    return ty.run(ty.load(name, as_of=as_of, workspace=ROOT), draws=draws, seed=seed)


@pytest.fixture
def project() -> Callable[..., Projection]:
    """`projected`, for tests."""
    return projected


@pytest.fixture
def counted(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Takes a line, such as how many points were tried, that is printed when all tests are over."""
    return pytestconfig.stash.setdefault(COUNTS, []).append


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what was counted over to the process that shared the tests out, where there is one."""
    output: dict[str, list[str]] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["counted"] = session.config.stash.get(COUNTS, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what one process has counted; a process that died has nothing to tell."""
    node.config.stash.setdefault(COUNTS, []).extend(getattr(node, "workeroutput", {}).get("counted", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have counted."""
    for line in terminalreporter.config.stash.get(COUNTS, []):
        terminalreporter.write_line(line)
