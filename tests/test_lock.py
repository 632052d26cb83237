"""The lock, and the rules of the house that linters and hooks carry."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_setup import PROJECT, ROOT, canonical
from tools import locking, notebooks

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
HASH = f"    --hash=sha256:{'0' * 64}"


def test_the_lock_pins_one_version_of_each_package_by_hash_and_holds_no_address() -> None:
    assert locking.problems(LOCK) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "demo==1\n",
        f"demo>=1 \\\n{HASH}\n",
        f"demo==1 \\\n{HASH}\ndemo==2 ; python_version >= '3.12' \\\n{HASH}\n",
        f"--index-url https://example.org\ndemo==1 \\\n{HASH}\n",
        f"demo @ https://example.org/demo.whl \\\n{HASH}\n",
        f"demo==1 \\\n{HASH} \\\n    # via other\n",
    ],
)
def test_a_lock_that_breaks_a_rule_is_refused(text: str) -> None:
    assert locking.problems(text)


def test_the_lock_holds_everything_that_the_project_asks_for() -> None:
    project = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    asked = {canonical(name) for name in project + PROJECT["build-system"]["requires"]}
    assert asked <= {canonical(line) for line in LOCK.splitlines() if line[:1].isalnum()}


@pytest.mark.parametrize(
    "line", ["import model.tuiyan\n", "from model.tuiyan import run\n", "from model import tuiyan\n"]
)
def test_the_folder_model_cannot_be_imported(line: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename=tests/probe.py", "--select=TID251", "-"]
    done = subprocess.run(command, cwd=ROOT, input=line + "\n", text=True, capture_output=True, check=False)
    assert done.returncode == 1
    assert "TID251" in done.stdout


def test_every_hook_is_local() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (.*)", text) == ["local"]


def test_committed_notebooks_hold_no_outputs() -> None:
    paths = [str(path) for path in (ROOT / "notebooks").glob("*.ipynb")]
    assert notebooks.main(paths) == 0


def test_stripping_removes_outputs_and_nothing_else(tmp_path: Path) -> None:
    code = {"cell_type": "code", "source": "1", "outputs": [{"output_type": "stream"}], "execution_count": 3}
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps({"cells": [code, {"cell_type": "markdown", "source": "二"}], "nbformat": 4}), "utf-8")
    assert notebooks.main([str(path)]) == 1
    assert notebooks.main(["--strip", str(path)]) == 0
    assert notebooks.main([str(path)]) == 0
    after = json.loads(path.read_text(encoding="utf-8"))
    assert [cell["source"] for cell in after["cells"]] == ["1", "二"]
