"""Published numbers: one check per row of the validation targets whose function the package has.

``data/targets.csv`` is a copy of the list that the design agreed on; its columns say where every number comes from.
Each module beside this one registers its checks; `test_targets` runs them.
"""

import csv
from collections.abc import Callable
from pathlib import Path

with (Path(__file__).parents[1] / "data" / "targets.csv").open(encoding="utf-8", newline="") as stream:
    TARGETS = {row["id"]: row for row in csv.DictReader(stream)}
CHECKS: dict[str, Callable[[], None]] = {}


def target(function: Callable[[], None]) -> Callable[[], None]:
    """Register a check under the row it is named after: ``a22`` checks row A22."""
    row = function.__name__.upper()
    # Collecting doctests imports a module a second time: that is the same check, not a second one.
    if row in CHECKS and CHECKS[row].__code__.co_filename != function.__code__.co_filename:
        msg = f"row {row} is checked twice"
        raise ValueError(msg)
    CHECKS[row] = function
    return function
