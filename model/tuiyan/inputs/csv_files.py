"""CSV tables read with the place of every cell, found when it is asked for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tuiyan.inputs.documents import (
    HIDDEN,
    MOST_BYTES_TABLE,
    MOST_FINDINGS,
    Document,
    Key,
    hidden_letter,
    read_bytes,
    why,
)
from tuiyan.inputs.findings import Finding, Place, TuiyanError, nearest
from tuiyan.wording import both

SEPARATORS = re.compile(r"[;\t|]")


def read_csv(path: Path, name: str) -> Document:
    """Read a CSV file with a header: a list of rows, each a mapping of column to text.

    Raises
    ------
    TuiyanError
        Missing file, not UTF-8, a row of another length than the header, a repeated column.
    """
    text = read_bytes(path, name, MOST_BYTES_TABLE)
    if letter := HIDDEN.search(text):
        raise TuiyanError([hidden_letter(text, letter, name)])
    lines = io.StringIO(text, newline="").readlines()  # ends of lines as the csv module sees them
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str]] = []
    values: dict[Key, Place] = {(): Place(name, 1, 1)}
    start = 1
    try:
        header = next(reader, [])
        keys, findings = _heading(name, header, lines[0] if lines else "")
        start = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                findings.append(Finding("E010", Place(name, start, 1), {"cells": len(cells), "columns": len(header)}))
            values[(len(rows),)] = Place(name, start, 1)
            rows.append(dict(zip(header, cells, strict=False)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise TuiyanError([Finding("E004", Place(name, start, 1), {"why": why(str(error))})]) from None
    if findings:
        raise TuiyanError(findings[:MOST_FINDINGS])

    def cell(row: int, column: str) -> Place:
        line = values[(row,)].line
        starts = _columns(lines[line - 1])
        position = header.index(column) if column in header else len(starts)
        return Place(name, line, starts[position] if position < len(starts) else 1)

    return Document(name, rows, keys, values, cell=cell)


def _heading(name: str, header: list[str], line: str) -> tuple[dict[Key, Place], list[Finding]]:
    """Where each column of a table is named, and those named twice; one parted by anything but commas is refused."""
    if len(header) == 1 and (found := SEPARATORS.search(header[0])):
        raise TuiyanError([Finding("E004", Place(name, 1, found.start() + 1), {"why": both("why.separator")})])
    keys: dict[Key, Place] = {}
    findings: list[Finding] = []
    for at, column in zip(_columns(line), header, strict=False):
        if (column,) in keys:
            findings.append(Finding("E007", Place(name, 1, at), {"key": column, "line": 1}))
        keys[(column,)] = Place(name, 1, at)
    return keys, findings


def _columns(line: str) -> list[int]:
    """Column (from 1) at which each cell of a line starts; commas inside quotes do not count."""
    quoted, starts = False, [1]
    for position, letter in enumerate(line, start=1):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            starts.append(position + 1)
    return starts


def wrong_columns_of(document: Document, needed: Sequence[str], more: Sequence[str] = ()) -> Iterator[Finding]:
    """Columns that are missing or unknown; a file without rows."""
    if not document.data:
        yield Finding("E168", document.place(()), {"file": document.name})
        return
    lacking = [column for column in needed if column not in document.data[0]]
    if lacking:
        yield Finding("E103", document.place(()), {"key": ", ".join(lacking), "inside": document.name})
    for column in document.data[0]:
        if column not in (*needed, *more):
            values = {"key": column, "nearest": nearest(column, lacking or more)}
            yield Finding("E101", document.place((column,), key=True), values)


def finite(text: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(text) if text.isascii() and "_" not in text else float("nan")
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
