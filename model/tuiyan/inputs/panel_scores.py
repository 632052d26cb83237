"""How forecasting methods did on the analogue series: the result of a backtest, kept as a file.

An optimum moves in its late digits from one machine to the next, so a report reads this file and fits nothing. The
file is written by ``python3 run.py docs`` and a test makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from tuiyan.inputs.csv_files import finite, read_csv, wrong_columns_of
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import both

FILE = "panel_scores.csv"


@dataclass(frozen=True, slots=True)
class PanelScore:
    """One method from some years seen (`points`), some years ahead.

    Attributes
    ----------
    naive
        1 for a naive benchmark, else 0.
    crps, crps_low, crps_high
        Mean CRPS of the log, and its 90 % interval over series drawn again.
    skill, skill_low, skill_high
        1 less CRPS over that of the best naive benchmark.
    median_error, largest_error
        Of the absolute log error of the median.
    """

    method: str
    points: int
    ahead: int
    naive: int
    series: int
    crps: float
    crps_low: float
    crps_high: float
    skill: float
    skill_low: float
    skill_high: float
    median_error: float
    largest_error: float


COLUMNS = tuple(each.name for each in fields(PanelScore))
WHOLE = ("points", "ahead", "naive", "series")


def read_panel_scores(workspace: Workspace) -> tuple[PanelScore, ...]:
    """All rows of ``params/panel_scores.csv``.

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file.
    """
    document = read_csv(workspace.params / FILE, f"params/{FILE}")
    if findings := list(_wrong(document)):
        raise TuiyanError(findings)
    return tuple(_row(row) for row in document.data)


def _row(row: dict[str, str]) -> PanelScore:
    numbers = {name: float(row[name]) for name in COLUMNS if name != "method"}
    return PanelScore(row["method"], **{name: int(n) if name in WHOLE else n for name, n in numbers.items()})  # type: ignore[arg-type]


def _wrong(document: Document) -> Iterator[Finding]:
    """Columns and numbers that are none."""
    wrong = list(wrong_columns_of(document, COLUMNS))
    yield from wrong
    for number, row in enumerate(() if wrong else document.data):
        for column in COLUMNS[1:]:
            value = finite(row[column])
            if value is None or (column in WHOLE and value != round(value)):
                kind = "a.integer" if column in WHOLE else "a.number"
                told = {"key": column, "given": row[column], "expected": both(kind)}
                yield Finding("E127", document.place((number, column)), told)
