"""A workspace to schedule, and what the tests of schedules ask of it."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path
from typing import Any

import nbformat
from tuiyan.cli import launcher
from tuiyan.cli.arguments import DEADLINE
from tuiyan.cli.scheduling import Plan

ROOT = Path(__file__).resolve().parents[2]
AWKWARD = "a b%5 'q\" 城市"  # a folder's name
KEPT = {
    "report": {"parameters", "open", "limits", "manifest", "save"},
    "compare": {"parameters", "open", "goals", "save"},
}


def plan(workspace: Path, cadence: str = "monthly", **more: Any) -> Plan:
    return Plan(**{"cadence": cadence, "workspace": workspace, "lang": "en", "jobs": 1, "deadline": DEADLINE, **more})


def trimmed(workspace: Path) -> Path:
    """A workspace of two scenarios, whose notebooks have few parts."""
    shutil.copytree(ROOT / "params", workspace / "params")
    for path in (workspace / "params" / "scenarios").glob("*.yaml"):
        if path.stem not in ("announced", "baseline"):
            path.unlink()
    (workspace / "notebooks").mkdir()
    for name, cells in KEPT.items():
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        notebook.cells = [cell for cell in notebook.cells if cell.id in cells]
        nbformat.write(notebook, workspace / "notebooks" / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    shutil.copy(ROOT / launcher.NOTEBOOK, workspace / launcher.NOTEBOOK)
    return workspace


def bare(home: Path) -> dict[str, str]:
    """What cron passes on, and where the package is found when it is not installed."""
    user = getpass.getuser()
    bare = {"HOME": str(home), "LOGNAME": user, "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    return {**bare, "PYTHONPATH": str(ROOT / "model")}


def published(study: Path) -> set[str]:
    return {path.parent.name for path in (study / "reports").glob("*/manifest.json")}
