"""The plain layout of an input-output table: every row says in its first cell what it is (docs/input_output.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tuiyan.inputs.documents import Document, Key
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.io_layouts import Layout, repeated, unmatched
from tuiyan.wording import both

KIND, CODE, NAME, OUTPUT = COLUMNS = ("kind", "code", "name", "output")
ABOUT = ("unit", "year", "source")
SECTOR, IMPORT, VALUE_ADDED = CONTENT = ("sector", "import", "value_added")
KINDS = (*ABOUT, *CONTENT)
EARLIEST, LATEST = 1900, 2100

Rows = Mapping[str, Sequence[int]]


def plain_layout(document: Document, header: Sequence[str]) -> Layout:
    """The parts of a table in the plain layout.

    Raises
    ------
    TuiyanError
        With everything that is wrong with its form.
    """
    if lacking := [column for column in COLUMNS if column not in header]:
        values = {"key": ", ".join(lacking), "inside": document.name}
        raise TuiyanError([Finding("E103", document.place(()), values)])
    rows = {kind: [n for n, row in enumerate(document.data) if row[KIND] == kind] for kind in KINDS}
    sectors = tuple(document.data[n][CODE] for n in rows[SECTOR])
    numbers = [column for column in header if column and column not in COLUMNS]
    final = tuple(column for column in numbers if column not in sectors)
    findings = list(_nameless(document, header, rows))
    findings += _wrong_rows(document)
    findings += _absent(document, rows, final)
    findings += _about(document, rows)
    for kind in CONTENT:
        findings += repeated(document, rows[kind], CODE)
    findings += _partners(document, rows, sectors, numbers, final)
    findings += _stray(document, rows, numbers)
    if findings:
        raise TuiyanError(findings)
    imports = {document.data[n][CODE]: n for n in rows[IMPORT]}
    unit, year, source = (document.data[rows[key][0]][NAME] for key in ABOUT)
    return Layout(
        document,
        unit,
        int(year),
        source,
        codes=sectors,
        names=tuple(document.data[n][NAME] or document.data[n][CODE] for n in rows[SECTOR]),
        rows=tuple(rows[SECTOR]),
        columns=sectors,
        imports=tuple(imports[code] for code in sectors if imports),
        primary=tuple(rows[VALUE_ADDED]),
        primary_codes=tuple(document.data[n][CODE] for n in rows[VALUE_ADDED]),
        final=final,
        output=tuple((n, OUTPUT) for n in rows[SECTOR]),
    )


def _wrong_rows(document: Document) -> Iterator[Finding]:
    """Rows of no known kind."""
    for number, row in enumerate(document.data):
        if row[KIND] not in KINDS:
            told = {"key": KIND, "given": row[KIND] or "''", "allowed": ", ".join(KINDS)}
            near = nearest(row[KIND], KINDS, listed=False)
            yield Finding("E105", document.place((number, KIND)), {**told, "nearest": near})


def _nameless(document: Document, header: Sequence[str], rows: Rows) -> Iterator[Finding]:
    """Columns without a header, and rows without a code."""
    told = {"key": CODE, "given": "''", "expected": both("a.text")}
    if "" in header:
        yield Finding("E127", document.place(("",), key=True), {**told, "key": both("io.column")})
    for number in (number for kind in CONTENT for number in rows[kind]):
        if not document.data[number][CODE]:
            yield Finding("E127", document.place((number, CODE)), told)


def _absent(document: Document, rows: Rows, final: Sequence[str]) -> Iterator[Finding]:
    """Parts that no table can do without."""
    for part, there in ((SECTOR, rows[SECTOR]), (VALUE_ADDED, rows[VALUE_ADDED]), (both("io.final"), final)):
        if not there:
            yield Finding("E103", document.place(()), {"key": part, "inside": document.name})


def _about(document: Document, rows: Rows) -> Iterator[Finding]:
    """Unit, year and source: each told once, and the year a year."""
    for key in ABOUT:
        given = [document.data[number][NAME] for number in rows[key]]
        sound = len(given) == 1 and given[0] and (key != "year" or _is_year(given[0]))
        if not sound:
            path: Key = (rows[key][-1], NAME) if given else ()
            yield Finding("E224", document.place(path), {"key": key, "given": ", ".join(given) or "''"})


def _is_year(text: str) -> bool:
    """Whether a text is the number of a year."""
    return text.isascii() and text.isdigit() and len(text) == 4 and EARLIEST <= int(text) <= LATEST


def _partners(
    document: Document, rows: Rows, sectors: Sequence[str], numbers: Sequence[str], final: Sequence[str]
) -> Iterator[Finding]:
    """Sectors without a column; where imported goods are told, those without a sector and sectors without them."""
    row, imported = both("io.sector"), both("io.import")
    made = {document.data[n][CODE]: document.place((n, CODE)) for n in rows[SECTOR]}
    bought = {document.data[n][CODE]: document.place((n, CODE)) for n in rows[IMPORT]}
    yield from unmatched(made, numbers, row, both("io.column"), final)
    if bought:
        yield from unmatched(bought, sectors, imported, row, [code for code in sectors if code not in bought])
        yield from unmatched(made, bought, row, imported, [code for code in bought if code not in sectors])


def _stray(document: Document, rows: Rows, numbers: Sequence[str]) -> Iterator[Finding]:
    """Cells that hold something where the layout has nothing: it would be lost."""
    nothing = dict.fromkeys(ABOUT, (CODE, *numbers, OUTPUT)) | dict.fromkeys((IMPORT, VALUE_ADDED), (OUTPUT,))
    for kind, columns in nothing.items():
        for number in rows[kind]:
            for column in columns:
                if given := document.data[number][column]:
                    told = {"key": column, "given": given, "expected": both("io.empty")}
                    yield Finding("E127", document.place((number, column)), told)
