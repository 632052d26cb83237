"""What others foresaw: published numbers beside which the report places the model. Not observations, so not facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tuiyan.inputs.csv_files import finite, read_csv, wrong_columns_of
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import Text, both

FILE = "published_projections.csv"
NUMBERS = ("low", "high", "horizon_years")
WORDS = ("id", "source", "quantity", "region", "unit", "qualifier", "grade", "note_zh", "note_en")
CLOSED = {
    "quantity": ("tfp", "labour_productivity", "gdp"),
    "region": ("US", "China", "advanced economies"),
    "unit": ("percent/yr",),
}


@dataclass(frozen=True)
class PublishedProjection:
    """One published number or range, in percentage points a year over `years`."""

    id: str
    source: str
    quantity: str
    region: str
    low: float
    high: float
    years: int
    note: Text


def read_projections(workspace: Workspace) -> tuple[PublishedProjection, ...]:
    """All rows of ``params/published_projections.csv``.

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file.
    """
    document = read_csv(workspace.params / FILE, f"params/{FILE}")
    if findings := list(_wrong(document, workspace)):
        raise TuiyanError(findings)
    return tuple(
        PublishedProjection(
            id=row["id"],
            source=row["source"],
            quantity=row["quantity"],
            region=row["region"],
            low=float(row["low"]),
            high=float(row["high"]),
            years=int(float(row["horizon_years"])),
            note=Text(row["note_zh"], row["note_en"]),
        )
        for row in document.data
    )


def _wrong(document: Document, workspace: Workspace) -> Iterator[Finding]:
    """Columns, numbers, sources and words that are none of those declared."""
    wrong = list(wrong_columns_of(document, (*WORDS, *NUMBERS)))
    yield from wrong
    for number, row in enumerate(() if wrong else document.data):
        for column in NUMBERS:
            if finite(row[column]) is None:
                values = {"key": column, "given": row[column], "expected": both("a.number")}
                yield Finding("E127", document.place((number, column)), values)
        if (source := row["source"]) not in (known := workspace.source_file.sources):
            told = {"source": source, "nearest": nearest(source, known)}
            yield Finding("E108", document.place((number, "source")), told)
        for column, allowed in CLOSED.items():
            if row[column] not in allowed:
                words = {"key": column, "given": row[column], "allowed": ", ".join(allowed)}
                yield Finding(
                    "E105", document.place((number, column)), {**words, "nearest": nearest(row[column], allowed)}
                )
