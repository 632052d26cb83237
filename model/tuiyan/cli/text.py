"""Plain-text tables that stay aligned when Chinese and Latin letters meet."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Columns of a terminal that a text takes: two for a wide letter, none for a combining mark.

    Examples
    --------
    >>> width("规模 scale")
    10
    """
    return sum(
        1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text if not unicodedata.combining(letter)
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows under a head, columns padded; those in `right` are set flush right.

    Examples
    --------
    >>> print(table(["年份", "P"], [["2020", "0.56"]], right=[1]))
    年份     P
    2020  0.56
    """
    lines = [list(map(str, row)) for row in (head, *rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]

    def cell(text: str, column: int) -> str:
        gap = " " * (widths[column] - width(text))
        return gap + text if column in right else text + gap

    return "\n".join("  ".join(cell(text, column) for column, text in enumerate(line)).rstrip() for line in lines)
