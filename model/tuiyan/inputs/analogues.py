"""Series of past first purchases on which forecasting methods are tried, and published fits behind the Bass prior."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tuiyan.inputs.csv_files import finite, read_csv, wrong_columns_of
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import Text, both

SERIES_FILE = "analogues.csv"
BASS_FILE = "analogues_bass.csv"
SERIES_COLUMNS = ("series", "year_index", "value", "unit", "zh", "en", "source", "note_zh", "note_en")
BASS_COLUMNS = ("durable", "zh", "en", "innovation", "imitation", "unit", "source", "note_zh", "note_en")
UNITS = {SERIES_FILE: ("thousand units", "units"), BASS_FILE: ("1/yr",)}
NUMBERS = {SERIES_FILE: ("year_index", "value"), BASS_FILE: ("innovation", "imitation")}
SAME = ("unit", "zh", "en", "source")  # said in every row of a series
FEWEST = 3  # years of a series: two to learn from and one to score; rows of a prior: with one left out, a spread


@dataclass(frozen=True, slots=True)
class Analogue:
    """A yearly series of a finished diffusion: `values` of years 1, 2, ... in `unit`, all above 0."""

    id: str
    name: Text
    unit: str
    source: str
    note: Text
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BassEstimate:
    """Published coefficients of innovation and imitation of one durable, 1/yr."""

    id: str
    name: Text
    innovation: float
    imitation: float
    source: str


def read_analogues(workspace: Workspace) -> tuple[Analogue, ...]:
    """All series of ``params/analogues.csv``, in the order of the file.

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file: E210 a year missing, E211 a series that changes its unit, name or
        source, E212 a value that has no log, E213 too few years.
    """
    document = _read(workspace, SERIES_FILE, SERIES_COLUMNS)
    if findings := list(_wrong_series(document)):
        raise TuiyanError(findings)
    return tuple(_series(list(rows)) for _, rows in groupby(document.data, key=lambda row: row["series"]))


def read_bass_estimates(workspace: Workspace) -> tuple[BassEstimate, ...]:
    """All rows of ``params/analogues_bass.csv``.

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file: E212 a number that has no log, E213 too few rows for a prior.
    """
    document = _read(workspace, BASS_FILE, BASS_COLUMNS)
    findings = list(_not_positive(document, ("innovation", "imitation")))
    if (count := len(document.data)) < FEWEST:
        findings.append(Finding("E213", document.place(()), {"series": BASS_FILE, "count": count, "fewest": FEWEST}))
    if findings:
        raise TuiyanError(findings)
    return tuple(
        BassEstimate(
            id=row["durable"],
            name=Text(row["zh"], row["en"]),
            innovation=float(row["innovation"]),
            imitation=float(row["imitation"]),
            source=row["source"],
        )
        for row in document.data
    )


def sources_of_analogues(workspace: Workspace) -> Iterator[str]:
    """Source ids that both files name, also where their series are wrong.

    Raises
    ------
    TuiyanError
        If the columns, numbers or ids of a file are wrong.
    """
    for file, columns in ((SERIES_FILE, SERIES_COLUMNS), (BASS_FILE, BASS_COLUMNS)):
        yield from (row["source"] for row in _read(workspace, file, columns).data)


def _series(rows: list[dict[str, str]]) -> Analogue:
    """One series from its rows; the notes of single years follow each other."""
    first = rows[0]
    notes = [" ".join(row[column] for row in rows if row[column]) for column in ("note_zh", "note_en")]
    return Analogue(
        id=first["series"],
        name=Text(first["zh"], first["en"]),
        unit=first["unit"],
        source=first["source"],
        note=Text(*notes),
        values=tuple(float(row["value"]) for row in rows),
    )


def _read(workspace: Workspace, file: str, columns: tuple[str, ...]) -> Document:
    """A file whose columns, numbers, units and sources are those declared."""
    document = read_csv(workspace.params / file, f"params/{file}")
    wrong = list(wrong_columns_of(document, columns)) or list(_wrong_cells(document, file, workspace))
    if wrong:
        raise TuiyanError(wrong)
    return document


def _wrong_cells(document: Document, file: str, workspace: Workspace) -> Iterator[Finding]:
    """What is no number, no unit of the file, no source."""
    for number, row in enumerate(document.data):
        for column in NUMBERS[file]:
            if finite(row[column]) is None:
                values = {"key": column, "given": row[column], "expected": both("a.number")}
                yield Finding("E127", document.place((number, column)), values)
        if (unit := row["unit"]) not in UNITS[file]:
            words = {"key": "unit", "given": unit, "allowed": ", ".join(UNITS[file])}
            place = document.place((number, "unit"))
            yield Finding("E105", place, {**words, "nearest": nearest(unit, UNITS[file], listed=False)})
        if (source := row["source"]) not in (known := workspace.source_file.sources):
            told = {"source": source, "nearest": nearest(source, known)}
            yield Finding("E108", document.place((number, "source")), told)


def _not_positive(document: Document, columns: tuple[str, ...]) -> Iterator[Finding]:
    """Numbers that have no log."""
    for number, row in enumerate(document.data):
        for column in columns:
            if float(row[column]) <= 0:
                values = {"key": column, "given": row[column]}
                yield Finding("E212", document.place((number, column)), values)


def _wrong_series(document: Document) -> Iterator[Finding]:
    """Years that do not follow each other, series that change what they are, values without a log, short series."""
    first: dict[str, dict[str, str]] = {}
    last: dict[str, float] = {}
    previous = ""
    for number, row in enumerate(document.data):
        series, year = row["series"], float(row["year_index"])
        due = last.get(series, 0) + 1
        # A series that goes on after another one is two series under one name: its year is not due either.
        if year != due or (due > 1 and series != previous):
            values = {"series": series, "given": row["year_index"], "due": f"{due:g}"}
            yield Finding("E210", document.place((number, "year_index")), values)
        last[series], previous = year, series
        for column in SAME:
            if row[column] != (before := first.setdefault(series, row)[column]):
                told = {"series": series, "key": column, "given": row[column], "before": before}
                yield Finding("E211", document.place((number, column)), told)
    yield from _not_positive(document, ("value",))
    every = [row["series"] for row in document.data]
    for series in first:
        if (count := every.count(series)) < FEWEST:
            values = {"series": series, "count": count, "fewest": FEWEST}
            yield Finding("E213", document.place((every.index(series), "series")), values)
