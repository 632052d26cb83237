"""The record of a report: what went in, what came out, each by its sha256. No clock, no path, no host.

Two runs of the same inputs on one platform give the same manifest, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tuiyan import __version__
from tuiyan.reporting import locating

SCHEMA = 2
FACTS, RESOLVED = "params/facts/", "resolved.yaml"
PACKAGE = Path(__file__).resolve().parents[1]
NAMED = ("numpy", "scipy", "pandas", "matplotlib", "papermill", "nbformat", "jinja2", "fonttools", "pydantic", "typst")
CODE = (".py", ".jinja", ".css", ".typ", ".otf")


def sha256(path: Path) -> str:
    """The sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def combined(hashes: Mapping[str, str]) -> str:
    """One hash over named hashes, in the order of the names."""
    lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


@cache
def code_hash() -> str:
    """One hash over the package's own files."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in CODE and "shipped" not in path.parts)
    return combined({path.relative_to(PACKAGE).as_posix(): sha256(path) for path in files})


def lock_hash() -> str | None:
    """The sha256 of ``requirements.lock`` of the checkout, or None in an installed wheel."""
    lock = PACKAGE.parents[1] / "requirements.lock"
    return sha256(lock) if lock.is_file() else None


def versions() -> dict[str, str]:
    """Versions of what the numbers and the pages depend on; only the feature release of Python matters."""
    found = {name: version(name) for name in NAMED}
    return {"tuiyan": __version__, "python": ".".join(platform.python_version_tuple()[:2]), **found}


def compose(
    run: Mapping[str, object],
    settings: Mapping[str, object],
    inputs: Mapping[str, str],
    notebook: Path,
    outputs: Iterable[Path],
    predecessor: str | None = None,
) -> dict[str, object]:
    """The manifest of one bundle.

    Parameters
    ----------
    run
        Scenario, parent, draws, seed, vintage.
    settings
        What a second run needs to be told: the notebook and what its parameters cell received.
    inputs
        sha256 of every file under ``params/``.
    notebook
        The notebook that was run.
    outputs
        The files of the bundle, the manifest itself excepted.
    predecessor
        The digest of the bundle that this report compares with; None for a first report.
    """
    files = sorted(outputs)
    facts = {name: digest for name, digest in inputs.items() if name.startswith(FACTS)}
    record: dict[str, object] = {
        "schema": SCHEMA,
        "run": dict(run),
        "predecessor": predecessor,
        "settings": dict(settings),
        "resolved": [path.name for path in files if path.name.endswith(RESOLVED)],
        "sha256": {
            "inputs": combined(inputs),
            "parameters": combined({name: digest for name, digest in inputs.items() if name not in facts}),
            "facts": combined(facts),
            "code": code_hash(),
            "lock": lock_hash(),
            "notebook": sha256(notebook),
        },
        "inputs": {name: inputs[name] for name in sorted(inputs)},
        "outputs": {path.name: sha256(path) for path in files},
        "sizes": {path.name: path.stat().st_size for path in files},
        "marks": {path.name: locating.marks(path) for path in files if path.suffix in locating.SUFFIXES},
        "versions": versions(),
        "platform": {"system": platform.system(), "machine": platform.machine()},
    }
    return {**record, "bundle": digest(record)}


def digest(record: Mapping[str, object]) -> str:
    """The digest of a whole bundle: over its manifest without the digest itself, and so over every file it lists."""
    whole = {key: value for key, value in record.items() if key != "bundle"}
    return hashlib.sha256(to_json(whole).encode()).hexdigest()


def to_json(data: object) -> str:
    """JSON with sorted keys, two spaces, a closing line feed."""
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
