"""What cannot be an input-output table, and what is worth a note: signs, balances, no output, no inverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuiyan.inputs.findings import Finding
from tuiyan.inputs.io_layouts import Cell, Layout
from tuiyan.wording import both

Array = NDArray[np.float64]

TOLERANCE = 1e-3  # of the cells of a sum, taken as positive: by so much, and one last digit, it may be off
PRODUCTIVE = 1.0 - 1e-9  # the largest eigenvalue of the coefficients must stay below; at 1 there is no inverse
IMPORT_COLUMNS = ("imports", "IMPO")  # final demand that is subtracted


@dataclass(frozen=True, slots=True)
class Parts:
    """The numbers of a layout, (n, n), (n, k), (n or 0, n), (n or 0, k), (r, n), (r, k) and (n,)."""

    flows: Array
    final: Array
    imported: Array
    imported_final: Array
    primary: Array
    primary_final: Array
    output: Array

    def empty(self) -> NDArray[np.bool_]:
        """(n,), sectors of which no cell holds anything."""
        entries = np.abs(self.output)
        for bought in (self.flows, self.imported, self.primary):
            entries = entries + np.abs(bought).sum(axis=0)
        for sold in (self.flows, self.final, self.imported, self.imported_final):
            entries = entries + (np.abs(sold).sum(axis=1) if len(sold) else 0.0)
        return np.asarray(entries == 0)


def wrong(layout: Layout, parts: Parts, decimals: int) -> Iterator[Finding]:
    """All that is wrong with the numbers; `decimals` are those of the finest cell."""
    found = [*_signs(layout, parts), *_without_output(layout, parts), *_balances(layout, parts, decimals)]
    yield from found or _singular(layout, parts)


def remarks(layout: Layout, parts: Parts, blank: int) -> Iterator[Finding]:
    """What is no error: sectors left out, negative final demand and value added, `blank` cells read as 0."""
    place = layout.document.place
    for code, row in zip(np.array(layout.codes)[parts.empty()], np.array(layout.rows)[parts.empty()], strict=True):
        yield Finding("N225", place((int(row),)), {"sector": str(code)})
    kept = np.concatenate([parts.final, parts.imported_final, parts.primary_final])
    for column, values in zip(layout.final, kept.T, strict=True):
        if column not in IMPORT_COLUMNS and (values < 0).any():
            told = {"part": both("io.column"), "key": column, "count": int((values < 0).sum())}
            yield Finding("N222", place((column,), key=True), told)
    for row, code, values in zip(layout.primary, layout.primary_codes, parts.primary, strict=True):
        if (values < 0).any():
            told = {"part": both("io.row"), "key": code, "count": int((values < 0).sum())}
            yield Finding("N222", place((row,)), told)
    if blank:
        yield Finding("N226", place(()), {"count": blank})


def _signs(layout: Layout, parts: Parts) -> Iterator[Finding]:
    """Negative flows, and imports that are not subtracted."""
    for rows, flows, final in (
        (layout.rows, parts.flows, parts.final),
        (layout.imports, parts.imported, parts.imported_final),
    ):
        for i, j in np.argwhere(flows < 0):
            place = layout.document.place((rows[i], layout.columns[j]))
            told = {"seller": layout.codes[i], "buyer": layout.codes[j], "given": f"{flows[i, j]:g}"}
            yield Finding("E222", place, told)
        for i, j in np.argwhere(final > 0):
            if layout.final[j] in IMPORT_COLUMNS:
                told = {"key": layout.final[j], "sector": layout.codes[i], "given": f"{final[i, j]:g}"}
                yield Finding("E227", layout.document.place((rows[i], layout.final[j])), told)


def _without_output(layout: Layout, parts: Parts) -> Iterator[Finding]:
    """Sectors that buy or sell and make nothing."""
    for number in np.flatnonzero((parts.output <= 0) & ~parts.empty()):
        told = {"sector": layout.codes[number], "given": f"{parts.output[number]:g}"}
        yield Finding("E225", layout.document.place(layout.output[number]), told)


def _balances(layout: Layout, parts: Parts, decimals: int) -> Iterator[Finding]:
    """Rows and columns that do not sum to the output, or to another printed sum."""
    sold = np.concatenate([parts.flows, parts.final], axis=1)
    bought = np.concatenate([parts.flows, parts.imported, parts.primary])
    asked = np.concatenate([parts.final, parts.imported_final, parts.primary_final])
    # Sums of inputs, at purchasers' prices, leave out value added, the last of the primary rows.
    inputs = np.concatenate([bought, asked], axis=1)[:-1]
    wide = [*layout.codes, *layout.final]
    yield from _unbalanced(layout, "io.sales", layout.codes, sold, layout.output, decimals)
    yield from _unbalanced(layout, "io.costs", layout.codes, bought.T, layout.output, decimals)
    yield from _unbalanced(layout, "io.sales", layout.codes, sold, layout.sales, decimals)
    yield from _unbalanced(layout, "io.inputs", wide, inputs.T, layout.inputs, decimals)


def _unbalanced(
    layout: Layout, what: str, keys: Sequence[str], parts: Array, printed: Sequence[Cell], decimals: int
) -> Iterator[Finding]:
    """Rows of `parts` whose sum is not what is printed in the cell of the same number."""
    for key, each, cell in zip(keys, parts, printed, strict=True) if printed else ():
        value = float(layout.document.data[cell[0]][cell[1]] or 0.0)
        allowed = TOLERANCE * float(np.abs(each).sum()) + 10.0**-decimals
        if abs(gap := float(each.sum()) - value) > allowed:
            told = {"what": both(what), "key": key, "total": float(each.sum()), "printed": value, "gap": gap}
            yield Finding("E220", layout.document.place(cell), {**told, "allowed": allowed})


def _singular(layout: Layout, parts: Parts) -> Iterator[Finding]:
    """A table whose sectors use up all that they make."""
    made = parts.output > 0
    if not made.any():
        yield Finding("E168", layout.document.place(()), {"file": layout.document.name})
        return
    coefficients = parts.flows[np.ix_(made, made)] / parts.output[made]
    largest = float(np.max(np.abs(np.linalg.eigvals(coefficients))))
    if not largest < PRODUCTIVE:
        yield Finding("E223", layout.document.place(()), {"largest": largest})
