"""A user's own input-output table: read from the plain or the OECD's layout, checked, refused with every reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuiyan.inputs.csv_files import finite, read_csv
from tuiyan.inputs.documents import MOST_FINDINGS, Document
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.io_checks import Parts, remarks, wrong
from tuiyan.inputs.io_layouts import Cell, Layout
from tuiyan.inputs.io_oecd import is_oecd, oecd_layout
from tuiyan.inputs.io_plain import KIND, plain_layout
from tuiyan.wording import both

Array = NDArray[np.float64]

LARGEST = 1e15  # no economy in any currency; sums of larger numbers would lose their units


@dataclass(frozen=True, slots=True, eq=False)
class IOTable:
    """One input-output table, in current prices of its year.

    Attributes
    ----------
    codes, names
        Of the n sectors; those without any entry are left out and noted.
    final_codes, primary_codes
        Of the k columns of final demand, and of the r rows of value added and of taxes less subsidies on products.
    flows
        (n, n), seller in the row and buyer in the column: of every origin, or domestic ones where `imported` tells the
        rest. All amounts are in `unit`.
    final, output
        (n, k), imports negative if they have a column, and (n,).
    primary, primary_final
        (r, n), and (r, k), taxes that final demand pays.
    imported, imported_final
        (n, n) and (n, k), imported goods by product; None where the table does not tell them.
    unit, year, source
        As the file says; of an OECD file, million USD, the year and the name of the file.
    notes
        What was noticed and is no error.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    final_codes: tuple[str, ...]
    primary_codes: tuple[str, ...]
    flows: Array = field(repr=False)
    final: Array = field(repr=False)
    primary: Array = field(repr=False)
    primary_final: Array = field(repr=False)
    imported: Array | None = field(repr=False)
    imported_final: Array | None = field(repr=False)
    output: Array = field(repr=False)
    unit: str
    year: int
    source: str
    notes: tuple[Finding, ...] = field(default=(), repr=False)

    def demand(self, code: str) -> Array:
        """One column of final demand, (n,).

        Raises
        ------
        TuiyanError
            E128, if the table has no such column.
        """
        if code not in self.final_codes:
            told = {"what": both("io.final"), "name": code, "nearest": nearest(code, self.final_codes)}
            raise TuiyanError([Finding("E128", None, told)])
        return self.final[:, self.final_codes.index(code)]


def read_io_table(path: Path | str, name: str = "") -> IOTable:
    """Read and check an input-output table.

    Parameters
    ----------
    path
        A CSV file in the plain layout or in that of the OECD; docs/input_output.md describes both.
    name
        How messages name it; its path where none is given.

    Returns
    -------
    IOTable
        With nothing filled in; what is left out (sectors without any entry) is noted.

    Raises
    ------
    TuiyanError
        With everything that is wrong with it: its form, cells that are no numbers, E220 sums that do not balance, E221
        rows and columns that do not fit, E222 negative flows, E223 no Leontief inverse, E224 no unit, year or source,
        E225 no output but sales, E226 neither layout, E227 imports with the wrong sign.
    """
    document = read_csv(Path(path), name or str(path))
    if not document.data:
        raise TuiyanError([Finding("E168", document.place(()), {"file": document.name})])
    header = list(document.data[0])
    if KIND in header:
        layout = plain_layout(document, header)
    elif is_oecd(document, header):
        layout = oecd_layout(document, header, Path(path).name)
    else:
        raise TuiyanError([Finding("E226", document.place(()), {"file": document.name})])
    return _table(layout)


def check_io_tables(params: Path) -> tuple[Finding, ...]:
    """Everything that is noticed in the tables of ``params/io/``, errors and notes; none is needed by a scenario."""
    found: list[Finding] = []
    for path in sorted((params / "io").glob("[!.]*.csv")):
        try:
            found += read_io_table(path, f"params/io/{path.name}").notes
        except TuiyanError as error:
            found += error.findings
    return tuple(found)


class _Cells:
    """The numbers of a file; what is none goes to `findings`."""

    def __init__(self, document: Document, *, blank: bool) -> None:
        self.document, self.blank = document, blank
        self.findings: list[Finding] = []
        self.empty, self.decimals = 0, 0

    def number(self, cell: Cell, *, blank: bool = False) -> float:
        """The number of one cell."""
        text = self.document.data[cell[0]][cell[1]]
        if not text and (blank or self.blank):
            self.empty += not blank
            return 0.0
        value = finite(text)
        if value is None or abs(value) > LARGEST:
            told = {"key": cell[1], "given": text or "''", "expected": both("io.number")}
            self.findings.append(Finding("E127", self.document.place(cell), told))
            return 0.0
        self.decimals = max(self.decimals, _decimals(text))
        return value

    def block(self, rows: Sequence[int], columns: Sequence[str], *, blank: bool = False) -> Array:
        """The numbers of some rows and columns."""
        found = [[self.number((row, column), blank=blank) for column in columns] for row in rows]
        return np.array(found, dtype=np.float64).reshape(len(rows), len(columns))


def _table(layout: Layout) -> IOTable:
    """The table of a layout, checked."""
    cells = _Cells(layout.document, blank=layout.blank)
    parts = Parts(
        flows=cells.block(layout.rows, layout.columns),
        final=cells.block(layout.rows, layout.final),
        imported=cells.block(layout.imports, layout.columns),
        imported_final=cells.block(layout.imports, layout.final),
        primary=cells.block(layout.primary, layout.columns),
        primary_final=cells.block(layout.primary, layout.final, blank=True),
        output=np.array([cells.number(cell) for cell in layout.output]),
    )
    for cell in (*layout.sales, *layout.inputs):
        cells.number(cell)
    if cells.findings:
        raise TuiyanError(cells.findings[:MOST_FINDINGS])
    if findings := list(wrong(layout, parts, cells.decimals)):
        raise TuiyanError(findings[:MOST_FINDINGS])
    keep = ~parts.empty()
    told = bool(layout.imports)
    return IOTable(
        codes=tuple(np.array(layout.codes, dtype=object)[keep]),
        names=tuple(np.array(layout.names, dtype=object)[keep]),
        final_codes=layout.final,
        primary_codes=layout.primary_codes,
        flows=_fixed(parts.flows[np.ix_(keep, keep)]),
        final=_fixed(parts.final[keep]),
        primary=_fixed(parts.primary[:, keep]),
        primary_final=_fixed(parts.primary_final),
        imported=_fixed(parts.imported[np.ix_(keep, keep)]) if told else None,
        imported_final=_fixed(parts.imported_final[keep]) if told else None,
        output=_fixed(parts.output[keep]),
        unit=layout.unit,
        year=layout.year,
        source=layout.source,
        notes=tuple(remarks(layout, parts, cells.empty)),
    )


def _fixed(values: Array) -> Array:
    """The same numbers, not to be written to."""
    values.flags.writeable = False
    return values


def _decimals(text: str) -> int:
    """Decimals of a number as it is written; none of one whose exponent is beyond all numbers."""
    try:
        return -int(Decimal(text).as_tuple().exponent)
    except InvalidOperation:
        return 0
