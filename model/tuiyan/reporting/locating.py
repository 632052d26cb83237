"""Where in a file somebody changed something, from marks that are far smaller than the file.

The lines of a file are laid out in a square; each row and each column of it has a short hash. A changed line breaks one
of either, and they cross in it. A table of numbers also has a hash for each of its own columns, which gives the cell.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

SUFFIXES = (".csv", ".html", ".ipynb", ".json", ".yaml")
LETTERS = 8
MOST = 20  # lines named; of more the file is as good as another one


def marks(path: Path) -> dict[str, object]:
    """The marks of a file: number of lines, hashes across and down the square of its lines, and of its columns."""
    text = path.read_bytes().decode("utf-8")
    lines = text.split("\n")
    side = math.isqrt(len(lines) - 1) + 1
    across = " ".join(_hash(lines[start : start + side]) for start in range(0, len(lines), side))
    down = " ".join(_hash(lines[start::side]) for start in range(side))
    found: dict[str, object] = {"lines": len(lines), "across": across, "down": down}
    return {**found, "columns": " ".join(_columns(text))} if path.suffix == ".csv" else found


def changed_lines(path: Path, known: Mapping[str, Any]) -> list[int]:
    """Numbers of the lines, from 1, that can have changed; none when they cannot be told.

    One changed line is found exactly; of several in different rows and columns of the square more are named.
    """
    lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
    if len(lines) != known["lines"]:
        return []
    side = math.isqrt(len(lines) - 1) + 1
    rows = [at for at, each in enumerate(known["across"].split()) if each != _hash(lines[at * side : (at + 1) * side])]
    columns = [at for at, each in enumerate(known["down"].split()) if each != _hash(lines[at::side])]
    found = [row * side + column + 1 for row in rows for column in columns if row * side + column < len(lines)]
    return found if len(found) <= MOST else []


def changed_columns(path: Path, known: Mapping[str, Any]) -> list[int]:
    """Places of the columns, from 0, in which a table has changed."""
    now = _columns(path.read_bytes().decode("utf-8", errors="replace"))
    pairs = zip_longest(known.get("columns", "").split(), now, fillvalue="")
    return [place for place, (old, new) in enumerate(pairs) if old != new]


def _columns(text: str) -> list[str]:
    """A hash for each column of a table."""
    return [_hash(column) for column in zip_longest(*csv.reader(io.StringIO(text)), fillvalue="")]


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", errors="surrogateescape")).hexdigest()[:LETTERS]
