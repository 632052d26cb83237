"""Tables of numbers as CSV text: ten significant digits, one line feed a row, nothing that depends on the machine."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import yaml

from tuiyan.inputs.scenario import Scenario

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Rows under their columns; what is missing is empty.

    Examples
    --------
    >>> text(["goal", "probability"], [("R01", 0.5603000000001), ("R07", None)])
    'goal,probability\nR01,0.5603\nR07,\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([printed(cell) for cell in row] for row in rows)
    return out.getvalue()


def resolved(scenario: Scenario) -> str:
    """Every value of a scenario, its source, and who set it, as YAML."""
    return yaml.safe_dump(scenario.resolved(), allow_unicode=True, sort_keys=False, width=120)


def printed(cell: object) -> str:
    """One cell: a number with ten significant digits, what is missing as nothing, words as no formula.

    A spreadsheet calculates a cell that begins with one of `FORMULA`; an apostrophe before it makes it text.

    Examples
    --------
    >>> printed(-0.5), printed("-2+3"), printed("R01")
    ('-0.5', "'-2+3", 'R01')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)
