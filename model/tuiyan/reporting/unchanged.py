"""Whether a report would be made again from the same inputs: known by hash, without running anything.

What a run hangs on is hashed into one number that stands in the manifest under ``run.inputs``: the resolved scenarios
of both sides and the files they were read from, everything under ``params/`` (facts among it), the code, the lock, the
notebook, the settings, and the versions and platform that the numbers and pages depend on. The language of the talk is
left out: it changes no byte.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tuiyan.evidence import archive
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.workspace import Workspace
from tuiyan.reporting import early, manifest

FILE = "manifest.json"


def sources(workspace: Workspace) -> dict[str, str]:
    """The hashes of what reports of a workspace are made from now; see `made_from` of a manifest.

    Every report hangs on ``inputs``, ``code`` and ``lock``, and each on the notebook that it has the file name of.
    """
    notebooks = (early.find_notebook(workspace.root, Path("notebooks") / f"{stem}.ipynb") for stem in early.NOTEBOOKS)
    return {**_common(workspace), **{path.name: manifest.sha256(path) for path in notebooks}}


def made_from(record: Mapping[str, Any]) -> dict[str, str]:
    """The hashes of what a report was made from, by its manifest; the keys are those of `sources`."""
    hashes = {str(key): str(value or "") for key, value in record["sha256"].items()}
    return hashes | {name: hashes.get("notebook", "") for name in record["outputs"] if name.endswith(".ipynb")}


def stale(made: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a report was `made_from` something else than the `sources` of now, of whose notebooks one is its own."""
    return any(made.get(key, "") != value for key, value in now.items() if key in made or not key.endswith(".ipynb"))


def _common(workspace: Workspace) -> dict[str, str]:
    return {
        "inputs": manifest.combined(workspace.hashes()),
        "code": manifest.code_hash(),
        "lock": manifest.lock_hash() or "",
    }


def fingerprint(
    scenarios: Iterable[Scenario],
    workspace: Workspace,
    notebook: Path,
    run: Mapping[str, object],
    settings: Mapping[str, str | int],
) -> str:
    """One hash over everything that goes into a report.

    Parameters
    ----------
    scenarios
        What is projected, the one compared with included.
    run
        What the manifest says of the run.
    settings
        What the notebook's parameters cell receives, scenarios by id, without the language.
    """
    whole = {
        **_common(workspace),
        "scenarios": [_scenario(each) for each in scenarios],
        "notebook": manifest.sha256(notebook),
        "run": dict(run),
        "settings": dict(settings),
        "versions": manifest.versions(),
        "platform": [platform.system(), platform.machine()],
    }
    return hashlib.sha256(manifest.to_json(whole).encode()).hexdigest()


def refuse(
    name: str,
    scenarios: Iterable[Scenario],
    workspace: Workspace,
    notebook: Path,
    run: Mapping[str, object],
    settings: Mapping[str, str | int],
) -> None:
    """Stop where somebody edited what goes into a report while it was made: its manifest would not tell the truth.

    Parameters
    ----------
    run
        What the manifest says of the run, with ``inputs`` as `fingerprint` gave it at the beginning.

    Raises
    ------
    TuiyanError
        E274.
    """
    began = {key: value for key, value in run.items() if key != "inputs"}
    if fingerprint(scenarios, workspace, notebook, began, settings) != run["inputs"]:
        raise TuiyanError([Finding("E274", None, {"name": name})])


def _scenario(scenario: Scenario) -> list[str]:
    """The values of a resolved scenario, and the texts of the files of its chain."""
    texts = (each.layer.document.text for each in scenario.chain)
    return [archive.fingerprint(scenario), *(hashlib.sha256(text.encode()).hexdigest() for text in texts)]


def record(folder: Path) -> dict[str, Any] | None:
    """The manifest of a bundle, if it is as it was written and the files are those it lists; None for any other."""
    try:
        here = {path.name for path in folder.iterdir() if path.is_file()}  # a pipe in the place of a file never ends
        if len(here) != len(list(folder.iterdir())) or FILE not in here:
            return None
        text = (folder / FILE).read_bytes().decode("utf-8")
        found = json.loads(text)
        outputs = found["outputs"]
        whole = here == {*outputs, FILE} and all(manifest.sha256(folder / name) == outputs[name] for name in outputs)
        written = found["bundle"] == manifest.digest(found) and text == manifest.to_json(found)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if whole and written and isinstance(found["run"], dict) else None


def current(folder: Path, wanted: str) -> dict[str, Any] | None:
    """The manifest of a published report, if it was made from the inputs of the hash `wanted` and is whole."""
    found = record(folder)
    return found if found and found["run"].get("inputs") == wanted else None
