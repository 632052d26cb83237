"""The same inputs give the same bytes: a small report run under other settings of the machine, file by file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tuiyan.reporting import locating, manifest
from tuiyan.reporting.verify import verify

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("report", "announced", "--draws", "512")
# What a checkout needs to make a report; another place on the disk must not show in it.
CHECKOUT = ("model", "params", "notebooks", "requirements.lock")
MATPLOTLIBRC = "font.size: 20\nlines.linewidth: 5\nsvg.hashsalt: mine\naxes.unicode_minus: False\n"
STARTUP = "import numpy; numpy.set_printoptions(precision=2); lang = 'xx'\n"


@dataclass(frozen=True, slots=True)
class Setting:
    """One way in which a machine differs: variables of the environment, and where things lie.

    A kernel sees few variables of its user. With `reach` it sees these all the same, so that what they could change is
    tried and not only kept away.
    """

    variables: dict[str, str] = field(default_factory=dict)
    reach: bool = False
    home: bool = False
    checkout: bool = False
    folder: bool = False


REACHING = """
import sys
from tuiyan.cli import main
from tuiyan.reporting import kernel
names = sys.argv.pop(1).split()
kernel.PASSED = (*kernel.PASSED, *names)
kernel.FIXED = {name: value for name, value in kernel.FIXED.items() if name not in names}
sys.exit(main())
"""
USUAL = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}
MATRIX = {
    "again": Setting(),
    "hash seed": Setting({"PYTHONHASHSEED": "4242"}),
    "time zone": Setting({"TZ": "Pacific/Kiritimati"}),
    "locale": Setting({"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"}),
    "comma locale": Setting({"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}),
    "home": Setting(home=True),
    "project folder": Setting(checkout=True),
    "working folder": Setting(folder=True),
    "threads": Setting({"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"}),
    "BLAS kernel": Setting({"OPENBLAS_CORETYPE": "Prescott"}, reach=True),
    "threads in the kernel": Setting({"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}, reach=True),
    "hash seed, zone and locale in the kernel": Setting(
        {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"}, reach=True
    ),
}


def run(arguments: tuple[str, ...], setting: Setting, private: Path) -> subprocess.CompletedProcess[str]:
    """A command of ours under a setting; folders of its own lie in `private`."""
    private.mkdir(parents=True)
    root = copied(private) if setting.checkout else ROOT
    home = furnished(private / "home") if setting.home else Path.home()
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    variables = {**kept, **USUAL, "HOME": str(home), "PYTHONPATH": str(root / "model"), **setting.variables}
    start = ["-c", REACHING, " ".join(setting.variables)] if setting.reach else ["-m", "tuiyan"]
    words = [sys.executable, *start, *arguments, "--workspace", str(root)]
    where = private if setting.folder else root
    return subprocess.run(
        words, cwd=where, env=variables, capture_output=True, text=True, encoding="utf-8", check=False
    )


def copied(private: Path) -> Path:
    """A checkout at another place, with a blank in its path."""
    root = private / "other place 推演"
    root.mkdir()
    for name in CHECKOUT:
        source = ROOT / name
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, root / name, ignore=skipped) if source.is_dir() else shutil.copy(source, root)
    return root


def furnished(home: Path) -> Path:
    """A home whose owner has settings of their own for the libraries that draw and run a report."""
    files = {".config/matplotlib/matplotlibrc": MATPLOTLIBRC, ".ipython/profile_default/startup/00.py": STARTUP}
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True)
        (home / name).write_text(text, encoding="utf-8")
    return home


def published(setting: Setting, private: Path) -> Path:
    """The bundle that a run under a setting publishes."""
    done = run((*WORDS, "--out", str(private / "reports")), setting, private / "run")
    assert done.returncode == 0, done.stderr
    return private / "reports" / "announced"


def hashes(bundle: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in bundle.iterdir()}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report made under the usual settings."""
    return published(Setting(), tmp_path_factory.mktemp("usual"))


@pytest.mark.bytes
@pytest.mark.notebooks
def test_a_report_has_the_same_bytes_under_every_setting(good: Path, tmp_path: Path) -> None:
    wanted, unequal, cells = hashes(good), [], 0
    for number, (name, setting) in enumerate(MATRIX.items()):
        found = hashes(published(setting, tmp_path / str(number)))
        cells += len(wanted)
        unequal += [(name, file) for file in sorted({*wanted, *found}) if wanted.get(file) != found.get(file)]
        shutil.rmtree(tmp_path / str(number))
    sys.stdout.write(f"byte matrix: {cells - len(unequal)} of {cells} cells equal ({len(MATRIX)} settings)\n")
    assert unequal == []


@pytest.mark.bytes
@pytest.mark.notebooks
def test_a_report_that_is_run_again_is_identical(good: Path, tmp_path: Path) -> None:
    renamed = Path(shutil.copytree(good, tmp_path / "renamed"))
    assert verify(renamed).answer == "identical"
    assert verify(renamed, rerun=True, workspace=ROOT).answer == "identical"


@pytest.mark.bytes
@pytest.mark.notebooks
def test_a_report_rewritten_in_agreement_is_found_by_running_it_again(good: Path, tmp_path: Path) -> None:
    """What no look at the bundle alone can find."""
    forged = Path(shutil.copytree(good, tmp_path / "forged"))
    path = forged / "results.csv"
    head, first, *rest = path.read_bytes().decode("utf-8").split("\n")
    words = first.split(",")
    words[5] = "123.456"
    path.write_bytes("\n".join([head, ",".join(words), *rest]).encode())
    record = json.loads((forged / "manifest.json").read_text(encoding="utf-8"))
    record["outputs"][path.name] = manifest.sha256(path)
    record["sizes"][path.name] = path.stat().st_size
    record["marks"][path.name] = locating.marks(path)
    record["bundle"] = manifest.digest(record)
    (forged / "manifest.json").write_text(manifest.to_json(record), encoding="utf-8", newline="\n")
    assert verify(forged).answer == "identical"
    found = verify(forged, rerun=True, workspace=ROOT)
    assert found.answer == "different"
    assert ("results.csv", "value", "123.456") in {(each.file, each.column, each.old) for each in found.differences}


@pytest.mark.bytes
@pytest.mark.notebooks
def test_a_byte_flipped_anywhere_in_a_report_is_found(good: Path, tmp_path: Path) -> None:
    bundle = Path(shutil.copytree(good, tmp_path / "flipped"))
    for path in sorted(bundle.iterdir()):
        data = path.read_bytes()
        for at in (0, len(data) // 3, len(data) - 1):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            found = verify(bundle)
            assert found.answer != "identical", (path.name, at)
            assert path.name in {each.file for each in found.differences}, (path.name, at)
        path.write_bytes(data)
    assert verify(bundle).answer == "identical"
