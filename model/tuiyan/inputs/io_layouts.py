"""Where the parts of an input-output table stand in a file, whatever its layout."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, Place, nearest
from tuiyan.wording import Text

Cell = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of one table: rows by number, columns by header.

    Attributes
    ----------
    rows, columns
        Of the sectors, both in the order of `codes`.
    imports
        Rows of imported goods in the order of `codes`; empty where the table does not tell them.
    primary
        Rows of value added and taxes.
    final
        Columns of final demand.
    output, sales, inputs
        Cells of the printed output of each sector, of the sum of its row, and of the sum of all that each column buys
        (sectors, then final demand); the last two may be empty.
    blank
        True where any cell may be empty and then is 0, as the OECD writes it.
    """

    document: Document
    unit: str
    year: int
    source: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[int, ...]
    columns: tuple[str, ...]
    imports: tuple[int, ...]
    primary: tuple[int, ...]
    primary_codes: tuple[str, ...]
    final: tuple[str, ...]
    output: tuple[Cell, ...]
    sales: tuple[Cell, ...] = ()
    inputs: tuple[Cell, ...] = ()
    blank: bool = False


def repeated(document: Document, rows: Sequence[int], column: str) -> Iterator[Finding]:
    """Rows whose code already stands in an earlier one."""
    first: dict[str, int] = {}
    for number in rows:
        code, place = document.data[number][column], document.place((number, column))
        if code and code in first:
            yield Finding("E007", place, {"key": code, "line": first[code]})
        first.setdefault(code, place.line)


def unmatched(
    codes: Mapping[str, Place], others: Collection[str], there: Text, lacking: Text, spare: Collection[str] = ()
) -> Iterator[Finding]:
    """Codes of one side that the other side lacks; `spare` are those of the other side that lack a partner too."""
    for code, place in codes.items():
        if code and code not in others:
            told = {"sector": code, "there": there, "lacking": lacking}
            yield Finding("E221", place, {**told, "nearest": nearest(code, spare, listed=False)})
