"""The layout of the OECD's harmonised national input-output tables, as it publishes them in CSV files.

One file an economy and year: ``CHN2018ttl.csv`` with rows ``TTL_...`` that hold goods of every origin, or
``CHN2018dom.csv`` with rows ``DOM_...`` and ``IMP_...``. Editions of 2021, whose columns have a D before the code
(``TTL_01T02`` and ``D01T02``), and of 2023, where both are the same (``TTL_A01_02`` and ``A01_02``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.io_layouts import Layout, repeated, unmatched
from tuiyan.wording import both

FILE = re.compile(r"([A-Z0-9]{3})(\d{4})(ttl|dom|domimp)\.csv")
UNIT = "million USD"  # of all files, by the OECD's note on them; the files do not say
FINAL = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "CONS_ABR", "CONS_NONRES", "EXPO", "IMPO")
TAXES = ("TXS_IMP_FNL", "TXS_INT_FNL")
INPUTS, VALUE_ADDED, OUTPUT, TOTAL = "TTL_INT_FNL", "VALU", "OUTPUT", "TOTAL"
ACCOUNTS = (*TAXES, INPUTS, VALUE_ADDED, OUTPUT)
GOODS = re.compile(r"(TTL|DOM|IMP)_(\w+)")


def is_oecd(document: Document, header: Sequence[str]) -> bool:
    """Whether the first column holds goods as the OECD labels them, of one kind of file."""
    labels = [row[header[0]] for row in document.data]
    found = {match[1] for label in labels if label != INPUTS and (match := GOODS.fullmatch(label))}
    return found in ({"TTL"}, {"DOM"}, {"DOM", "IMP"})


def oecd_layout(document: Document, header: Sequence[str], file: str) -> Layout:
    """The parts of a table in the layout of the OECD; `file` is its name, which tells the year.

    Raises
    ------
    TuiyanError
        With everything that is wrong with its form.
    """
    first, rows = header[0], range(len(document.data))
    labels = {document.data[n][first]: n for n in rows}
    found = {label: match for label in labels if label != INPUTS and (match := GOODS.fullmatch(label))}
    made = {match[2]: labels[label] for label, match in found.items() if match[1] != "IMP"}
    bought = {match[2]: labels[label] for label, match in found.items() if match[1] == "IMP"}
    split = any(match[1] != "TTL" for match in found.values())
    columns = {code: name for code in made for name in (f"D{code}", code) if name in header[1:]}
    final = tuple(column for column in header[1:] if column in FINAL)
    others = [column for column in header[1:] if column not in (*columns.values(), *final, TOTAL)]
    findings = list(repeated(document, rows, first))
    findings += _wrong_labels(document, {label: n for label, n in labels.items() if label not in found}, first)
    findings += _absent(document, labels, final)
    findings += _partners(document, made, bought if split else None, columns, others, first)
    named = FILE.fullmatch(file)
    if not named:
        findings.append(Finding("E224", document.place(()), {"key": "year", "given": file}))
    if findings or not named:
        raise TuiyanError(findings)
    primary = tuple(label for label in (*TAXES, VALUE_ADDED) if label in labels)
    sums = [*columns.values(), *final] if INPUTS in labels else []
    return Layout(
        document,
        UNIT,
        int(named[2]),
        file,
        codes=tuple(made),
        names=tuple(made),
        rows=tuple(made.values()),
        columns=tuple(columns[code] for code in made),
        imports=tuple(bought[code] for code in made if split),
        primary=tuple(labels[label] for label in primary),
        primary_codes=primary,
        final=final,
        output=tuple((labels[OUTPUT], columns[code]) for code in made),
        sales=tuple((row, TOTAL) for row in made.values() if TOTAL in header),
        inputs=tuple((labels[INPUTS], column) for column in sums),
        blank=True,
    )


def _wrong_labels(document: Document, labels: Mapping[str, int], first: str) -> Iterator[Finding]:
    """Rows that the two editions do not have."""
    for label, number in labels.items():
        if label not in ACCOUNTS:
            told = {"key": both("io.row"), "given": label or "''", "allowed": ", ".join(ACCOUNTS)}
            near = nearest(label, ACCOUNTS, listed=False)
            yield Finding("E105", document.place((number, first)), {**told, "nearest": near})


def _absent(document: Document, labels: Mapping[str, int], final: Sequence[str]) -> Iterator[Finding]:
    """Parts that no table can do without."""
    lacking = [label for label in (VALUE_ADDED, OUTPUT) if label not in labels]
    for part in (*lacking, *(() if final else (both("io.final"),))):
        yield Finding("E103", document.place(()), {"key": part, "inside": document.name})


def _partners(
    document: Document,
    made: Mapping[str, int],
    bought: Mapping[str, int] | None,
    columns: Mapping[str, str],
    others: Sequence[str],
    first: str,
) -> Iterator[Finding]:
    """Sectors without a column, columns without a row, and in a split table goods of one origin only."""
    row, column, imported = both("io.sector"), both("io.column"), both("io.import")
    places = {code: document.place((number, first)) for code, number in made.items()}
    yield from unmatched(places, columns, row, column, others)
    yield from unmatched({name: document.place((name,), key=True) for name in others}, (), column, row)
    if bought is not None:
        foreign = {code: document.place((number, first)) for code, number in bought.items()}
        yield from unmatched(places, bought, row, imported)
        yield from unmatched(foreign, made, imported, row)
