"""The same inputs give the same bytes: a small report run under other settings of the machine, file by file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tuiyan.reporting import again, locating, manifest
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
    home: str = "its own"
    checkout: str = "here"
    folder: str = "the project"
    umask: int = 0o022


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
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# Each factor and its three levels; the first is that of the run the others are held against.
FACTORS: dict[str, tuple[str, str, str]] = {
    "hash seed": ("0", "4242", "random"),
    "time zone": ("UTC", "Pacific/Kiritimati", "America/St_Johns"),
    "locale": ("C.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8"),
    "numbers' locale": ("C.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"),
    "home": ("its own", "furnished", "empty"),
    "project folder": ("here", "another place", "another place 推演"),
    "working folder": ("the project", "another", "the system's"),
    "threads": ("1", "2", "4"),
    "BLAS kernel": ("", "Prescott", "Nehalem"),
    "umask": ("022", "077", "002"),
    "UTF-8 mode": ("1", "0", "0"),
    "kernel sees": ("little", "all", "all"),
}
# An orthogonal array of four runs for the two levels beside the usual one: any two of its columns hold every pair.
COLUMNS = ((1, 1, 2, 2), (1, 2, 1, 2), (1, 2, 2, 1))


def settings() -> list[dict[str, str]]:
    """The level of every factor in each run: every factor varies, many at once."""
    columns = {name: COLUMNS[number % len(COLUMNS)] for number, name in enumerate(FACTORS)}
    return [{name: FACTORS[name][columns[name][run]] for name in FACTORS} for run in range(len(COLUMNS[0]))]


def setting(levels: dict[str, str]) -> Setting:
    """A setting from the levels of its factors."""
    variables = {
        "PYTHONHASHSEED": levels["hash seed"], "PYTHONUTF8": levels["UTF-8 mode"], "TZ": levels["time zone"],
        "LANG": levels["locale"], "LC_CTYPE": levels["locale"], "LC_NUMERIC": levels["numbers' locale"],
        **dict.fromkeys(THREADS, levels["threads"]),
    }  # fmt: skip
    variables |= {"OPENBLAS_CORETYPE": levels["BLAS kernel"]} if levels["BLAS kernel"] else {}
    return Setting(
        variables, levels["kernel sees"] == "all", levels["home"], levels["project folder"], levels["working folder"],
        int(levels["umask"], 8),
    )  # fmt: skip


def run(arguments: tuple[str, ...], setting: Setting, private: Path) -> subprocess.CompletedProcess[str]:
    """A command of ours under a setting; folders of its own lie in `private`."""
    private.mkdir(parents=True)
    root = ROOT if setting.checkout == "here" else copied(private / setting.checkout)
    homes = {"its own": Path.home(), "furnished": private / "home", "empty": private / "none"}
    if setting.home == "furnished":
        furnished(homes["furnished"])
    folders = {"the project": root, "another": private, "the system's": Path(tempfile.gettempdir())}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    usual = {
        **kept,
        **USUAL,
        "HOME": str(homes[setting.home]),
        "PYTHONPATH": str(root / "model"),
    }
    if "LC_NUMERIC" in setting.variables:
        del usual["LC_ALL"]  # it would stand above the others
    start = ["-c", REACHING, " ".join(setting.variables)] if setting.reach else ["-m", "tuiyan"]
    words = [sys.executable, *start, *arguments, "--workspace", str(root)]
    return subprocess.run(
        words, cwd=folders[setting.folder], env={**usual, **setting.variables}, capture_output=True, text=True,
        encoding="utf-8", check=False, umask=setting.umask,
    )  # fmt: skip


def copied(root: Path) -> Path:
    """A checkout at another place."""
    root.mkdir()
    for name in CHECKOUT:
        source = ROOT / name
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, root / name, ignore=skipped) if source.is_dir() else shutil.copy(source, root)
    return root


def furnished(home: Path) -> None:
    """A home whose owner has settings of their own for the libraries that draw and run a report."""
    files = {".config/matplotlib/matplotlibrc": MATPLOTLIBRC, ".ipython/profile_default/startup/00.py": STARTUP}
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True)
        (home / name).write_text(text, encoding="utf-8")


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


def test_every_factor_has_every_level_in_the_runs() -> None:
    usual = {name: levels[0] for name, levels in FACTORS.items()}
    assert all({run[name] for run in [usual, *settings()]} == set(levels) for name, levels in FACTORS.items())


@pytest.mark.bytes
@pytest.mark.notebooks
def test_a_report_has_the_same_bytes_under_every_setting(
    good: Path, tmp_path: Path, counted: Callable[[str], None]
) -> None:
    """A factor that made a difference would make it in the runs with its level; where, is told by file and place."""
    wanted, told = hashes(good), []
    equal: set[tuple[str, str, str]] = set()
    for number, levels in enumerate(settings()):
        other = published(setting(levels), tmp_path / str(number))
        found = hashes(other)
        assert found.keys() == wanted.keys()
        told += [(levels, each) for each in again.compared(good, other)][:20]
        equal |= {(file, *level) for file in found if found[file] == wanted[file] for level in levels.items()}
        shutil.rmtree(tmp_path / str(number))
    cells = len(wanted) * sum(len(set(levels)) for levels in FACTORS.values())
    usual = {(file, name, levels[0]) for file in wanted for name, levels in FACTORS.items()}
    runs = 1 + len(settings())
    counted(f"byte matrix: {len(equal | usual)} of {cells} cells (file x level of a factor) equal in {runs} runs")
    assert told == []
    assert len(equal | usual) == cells


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
