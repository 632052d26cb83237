"""A checkout with a workspace to schedule, made once for each file of tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scheduling.workspaces import AWKWARD, trimmed


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a workspace in a folder of an awkward name; its run.py hands over to the package."""
    root = tmp_path_factory.mktemp("repository")
    handed = (
        "import subprocess, sys\nsys.exit(subprocess.call([sys.executable, '-P', '-m', 'tuiyan', *sys.argv[1:]]))\n"
    )
    (root / "run.py").write_text(handed, encoding="utf-8")
    (root / "requirements.lock").touch()
    trimmed(root / AWKWARD)
    return root


@pytest.fixture(scope="module")
def study(repository: Path) -> Path:
    return repository / AWKWARD
