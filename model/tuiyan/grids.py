"""Tables of words for a terminal and for a notebook's prompt, and numbers as they stand in them.

Differences of probabilities are shown in points, differences of logarithms in per cent (100 log points), both to the
first digit of their standard error and to three figures at the most.
"""

from __future__ import annotations

import html
import math
from dataclasses import dataclass

from tuiyan.estimates import Estimate, rounded
from tuiyan.inputs.units import unit_name
from tuiyan.wording import say

FIGURES = 3
PERCENT = ("probability", "log", "ratio", "share of GDP")  # units whose differences are shown times 100


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words: its title, the head, the rows, and a note under it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def html(self) -> str:
        """The table for a notebook."""
        head = "".join(f"<th scope='col'>{html.escape(cell)}</th>" for cell in self.head)
        rows = "".join(
            f"<tr><th scope='row'>{html.escape(row[0])}</th>"
            + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in self.rows
        )
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        return f"<table><caption>{html.escape(self.title)}</caption><tr>{head}</tr>{rows}</table>{note}"


def number(found: Estimate | None, unit: str = "", *, signed: bool = False) -> str:
    """A value to the first digit of its standard error, and to three figures at the most; nothing for None.

    Examples
    --------
    >>> number(Estimate(0.0366, 0.0019), "probability", signed=True), number(Estimate(1061.2, 2.4))
    ('+3.7', '1,060')
    """
    if found is None:
        return ""
    value = found.value * _factor(unit)
    places = _decimals(found, unit)
    shown = f"{value:.{FIGURES}g}" if places is None else rounded(value, places)
    return f"+{shown}" if signed and value > 0 else shown


def alike(value: float, found: Estimate, unit: str = "") -> str:
    """A number without an error of its own, with a sign and with the decimals that `number` gives `found`.

    Examples
    --------
    >>> number(Estimate(0.0366, 0.0019), "probability"), alike(0.000488, Estimate(0.0366, 0.0019), "probability")
    ('3.7', '0.0')
    """
    places = _decimals(found, unit)
    if places is None:
        return plain(value, unit)
    shown = rounded(value * _factor(unit), places)
    return f"+{shown}" if value > 0 and float(shown.replace(",", "")) else shown


def _decimals(found: Estimate, unit: str) -> int | None:
    """To which decimal a value is shown; None for one that is zero or has no error: three figures."""
    value, error = found.value * _factor(unit), found.standard_error * _factor(unit)
    if not (value and error > 0):
        return None
    return min(FIGURES - 1 - math.floor(math.log10(abs(value))), -math.floor(math.log10(error)))


def _factor(unit: str) -> float:
    return 100.0 if unit in PERCENT else 1.0


def error(found: Estimate | None, unit: str = "") -> str:
    """A standard error to two digits; nothing for None, 0 for none."""
    if found is None:
        return ""
    size = found.standard_error * (100.0 if unit in PERCENT else 1.0)
    return f"{size:.2g}" if size > 0 else "0"


def plain(value: float | None, unit: str = "", *, signed: bool = True) -> str:
    """A number that has no error of its own, to three figures."""
    return "" if value is None else number(Estimate(value, 0.0), unit, signed=signed)


def shown_unit(unit: str, lang: str) -> str:
    """How the unit of a difference is called."""
    key = {"probability": "points", "log": "percent", "ratio": "percent", "share of GDP": "points"}.get(unit)
    return say(f"shown.{key}", lang) if key else unit_name(unit, lang)


def words(lang: str, *names: str) -> tuple[str, ...]:
    """Heads of columns."""
    return tuple(say(f"shown.{name}", lang) for name in names)
