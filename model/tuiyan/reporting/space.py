"""Whether the disk has room for a report, asked before anything is run."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from tuiyan.inputs.findings import Finding, TuiyanError

FIRST = 40_000_000  # bytes a report may need of which no earlier one is known
TIMES = 3  # the bundle itself, what is written beside it, and room for more than the last one held
MEGABYTE = 1_000_000
FULL = (errno.ENOSPC, errno.EDQUOT)


def estimate(folder: Path) -> int:
    """Bytes that a run may need for the report published as `folder`.

    Three times the last bundle, or 40 MB where there is none.
    """
    if not folder.is_dir():
        return FIRST
    return TIMES * sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) or FIRST


def is_full(error: OSError) -> bool:
    """Whether a disk, or somebody's share of it, had no room."""
    return error.errno in FULL


def refuse(reports: Path, needed: int) -> None:
    """Stop where the disk of `reports` has fewer than `needed` bytes left.

    Raises
    ------
    TuiyanError
        E271, with what is free and what is needed.
    """
    existing = next(folder for folder in (reports, *reports.absolute().parents) if folder.is_dir())
    free = shutil.disk_usage(existing).free
    if free < needed:
        shown = {"free": f"{free / MEGABYTE:.1f}", "needed": f"{needed / MEGABYTE:.1f}"}
        raise TuiyanError([Finding("E271", None, {"folder": str(reports), **shown})])
