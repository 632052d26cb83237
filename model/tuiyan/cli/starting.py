"""A study of one's own: the shipped files copied into a folder in which everything may be changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.wording import LANGUAGES, say

CARRIED = ("params", "notebooks")
LEFT = ("__pycache__", ".*", "*.tmp", "*~")  # what editors and JupyterLab leave beside files
GUIDE = "README.md"


def shipped() -> Path:
    """The folder that holds the shipped `params/` and `notebooks/`: inside the wheel, or the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parents[1]


def start(folder: Path | str) -> list[Path]:
    """Copy the shipped files into `folder` and say in its README.md what to edit.

    Parameters
    ----------
    folder
        A new or an empty folder; its parents are made.

    Returns
    -------
    the files written, in order

    Raises
    ------
    TuiyanError
        E151 when the folder holds anything, E152 when it cannot be written. What was written so far is removed.
    """
    target = Path(folder).expanduser()
    try:
        new = not target.exists()
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise TuiyanError([Finding("E151", None, {"folder": str(folder)})])
        _copy(target, new=new)
    except OSError as error:
        raise TuiyanError(
            [Finding("E152", None, {"folder": str(folder), "why": error.strerror or str(error)})]
        ) from None
    return sorted(path for path in target.rglob("*") if path.is_file())


def _copy(target: Path, *, new: bool) -> None:
    """All or nothing: an interrupted copy would later look like a workspace with files missing."""
    try:
        for source, inside in _carried():
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / inside)  # not its mode: what was installed read-only is for editing
        guide = "\n".join(say("study.readme", lang) for lang in LANGUAGES)
        (target / GUIDE).write_text(guide, encoding="utf-8", newline="\n")
    except BaseException:
        for name in CARRIED:
            shutil.rmtree(target / name, ignore_errors=True)
        (target / GUIDE).unlink(missing_ok=True)
        if new:
            target.rmdir()
        raise


def _carried() -> Iterator[tuple[Path, Path]]:
    """Each shipped file and its name in a study."""
    root = shipped()
    for source in sorted(path for folder in CARRIED for path in (root / folder).rglob("*")):
        name = source.relative_to(root)
        if source.is_file() and not any(fnmatch(part, pattern) for part in name.parts for pattern in LEFT):
            yield source, name
