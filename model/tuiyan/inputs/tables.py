"""The three tables of fixed numbers: sectors, segments, and who uses what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tuiyan.inputs.csv_files import read_csv
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, Place, TuiyanError, nearest
from tuiyan.inputs.schema import Column, TableFile
from tuiyan.wording import Text, both

NEAR = 1e-9
VALUE_ADDED_CLASSES = ("electronics", "machinery", "software")
GOAL_SECTOR = ("yes", "public", "no")
FACTORS = ("capital", "talent", "rd", "firms")
SECTOR_WORDS = ("code", "zh", "en", "sections", "goal_sector", "goal_field_zh", "goal_field_en")
SEGMENT_WORDS = ("code", "zh", "en", "group", "value_added_class", "active")


@dataclass(frozen=True)
class Sectors:
    """One entry a sector; numbers in the units of `tables.yaml`."""

    codes: tuple[str, ...]
    names: tuple[Text, ...]
    sections: tuple[str, ...]
    goal_sector: tuple[str, ...]
    goal_field: tuple[Text, ...]
    value_added_2016: tuple[float, ...]
    start: tuple[float, ...]
    exposure: tuple[float, ...]
    labour_share: tuple[float, ...]
    speed: tuple[float, ...]
    offset: tuple[float, ...]

    @property
    def share(self) -> tuple[float, ...]:
        """Value-added shares v; they sum to 1."""
        total = sum(self.value_added_2016)
        return tuple(value / total for value in self.value_added_2016)


@dataclass(frozen=True)
class Segments:
    """One entry an active segment; `share` is the centre of the shares of the base-year scale and sums to 1."""

    codes: tuple[str, ...]
    names: tuple[Text, ...]
    group: tuple[str, ...]
    share: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    value_added_class: tuple[str, ...]
    position: tuple[int, ...]


@dataclass(frozen=True)
class Tables:
    """The tables of a workspace. ``use[i][j]``: share of the local demand of segment i that comes from sector j."""

    sectors: Sectors
    segments: Segments
    use: tuple[tuple[float, ...], ...]


def read_tables(folder: Path, columns: TableFile) -> Tables:
    """Read `sectors.csv`, `segments.csv` and `use.csv` under `folder`.

    Raises
    ------
    TuiyanError
        All cells that are not what their column declares, unknown columns, shares that do not sum to 1.
    """
    findings: list[Finding] = []
    if "weight" not in columns.use:
        raise TuiyanError([Finding("E103", Place("params/tables.yaml"), {"key": "weight", "inside": "use"})])
    try:
        sectors = _sectors(_Reader(folder, "sectors.csv", SECTOR_WORDS, columns.sectors, findings))
        raw = _Reader(folder, "segments.csv", SEGMENT_WORDS, columns.segments, findings)
        use = _Reader(folder, "use.csv", ("segment",), dict.fromkeys(sectors.codes, columns.use["weight"]), findings)
        segments = _segments(raw, columns)
        rows = _use_rows(use, raw.words("code"), segments.codes)
    except TuiyanError as error:
        raise TuiyanError([*findings, *error.findings]) from None
    if findings:
        raise TuiyanError(findings)
    return Tables(sectors, segments, rows)


class _Reader:
    """One table: cells by column, each number checked against its column's bounds."""

    def __init__(
        self, folder: Path, name: str, words: Sequence[str], columns: Mapping[str, Column], findings: list[Finding]
    ) -> None:
        self.document: Document = read_csv(folder / name, f"params/{name}")
        self.columns, self.findings = columns, findings
        self.rows: list[dict[str, str]] = self.document.data
        if not self.rows:
            raise TuiyanError([Finding("E168", self.document.place(()), {"file": self.document.name})])
        have, known = self.rows[0].keys(), (*words, *columns)
        self.lacking = [column for column in known if column not in have]
        for column in self.lacking:
            self.findings.append(
                Finding("E103", self.document.place(()), {"key": column, "inside": self.document.name})
            )
        for column in have:
            if column not in known:
                values = {"key": column, "nearest": nearest(column, self.lacking or known)}
                self.findings.append(Finding("E101", self.document.place((column,), key=True), values))

    def codes(self, column: str) -> tuple[str, ...]:
        """The ids of the rows; each may stand once."""
        found = self.words(column)
        lines: dict[str, int] = {}
        for number, code in enumerate(found):
            place = self.document.place((number, column))
            if code in lines and column not in self.lacking:
                self.findings.append(Finding("E007", place, {"key": code, "line": lines[code]}))
            lines.setdefault(code, place.line)
        return found

    def words(self, column: str, allowed: Sequence[str] | None = None, *, needed: bool = True) -> tuple[str, ...]:
        """The texts of a column; one of `allowed` where given."""
        for number, row in enumerate(() if column in self.lacking else self.rows):
            given, place = row.get(column, ""), self.document.place((number, column))
            if allowed is not None and given not in allowed:
                values = {
                    "key": column,
                    "given": given,
                    "allowed": ", ".join(allowed),
                    "nearest": nearest(given, allowed, listed=False),
                }
                self.findings.append(Finding("E105", place, values))
            elif needed and not given:
                self.findings.append(Finding("E127", place, {"key": column, "given": "''", "expected": both("a.text")}))
        return tuple(row.get(column, "") for row in self.rows)

    def numbers(self, column: str) -> tuple[float | None, ...]:
        """The numbers of a column; None for an empty cell."""
        return tuple(self.number(number, column) for number in range(len(self.rows)))

    def number(self, row: int, column: str) -> float | None:
        """The number of one cell, None when it is empty or wrong (then a finding says so)."""
        text, place = self.rows[row].get(column, ""), self.document.place((row, column))
        if not text:
            return None
        try:
            value = float(text) if text.isascii() and "_" not in text else float("nan")
        except ValueError:
            value = float("nan")
        declared = self.columns.get(column)
        if value != value or declared is None:  # noqa: PLR0124 - NaN is the one number that differs from itself
            self.findings.append(Finding("E127", place, {"key": column, "given": text, "expected": both("a.number")}))
            return None
        if value not in declared.hard:
            values = {"key": column, "given": text, "unit": declared.unit, "bounds": declared.hard}
            self.findings.append(Finding("E107", place, values))
        return value

    def filled(self, columns: Sequence[str], row: int) -> None:
        """A finding for each empty cell of a row of which some are filled."""
        for column in columns:
            if column not in self.lacking and not self.rows[row].get(column, ""):
                place = self.document.place((row, column))
                self.findings.append(
                    Finding("E127", place, {"key": column, "given": "''", "expected": both("a.number")})
                )

    def every(self, column: str) -> tuple[float, ...]:
        """The numbers of a column in which no cell may be empty."""
        found = self.numbers(column)
        for number, value in enumerate(found):
            if value is None and column not in self.lacking and not self.rows[number].get(column, ""):
                place = self.document.place((number, column))
                self.findings.append(
                    Finding("E127", place, {"key": column, "given": "''", "expected": both("a.number")})
                )
        return tuple(0.0 if value is None else value for value in found)

    def sums_to_one(self, what: str, values: Sequence[float], row: int) -> None:
        """A finding where shares do not sum to 1."""
        if not self.lacking and abs(sum(values) - 1) > NEAR:
            self.findings.append(Finding("E126", self.document.place((row,)), {"what": what, "total": sum(values)}))


def _sectors(table: _Reader) -> Sectors:
    """The sectors as declared."""
    names, fields = _names(table, "zh", "en"), _names(table, "goal_field_zh", "goal_field_en", needed=False)
    return Sectors(
        codes=table.codes("code"),
        names=names,
        sections=table.words("sections"),
        goal_sector=table.words("goal_sector", GOAL_SECTOR),
        goal_field=fields,
        value_added_2016=table.every("value_added_2016"),
        start=table.every("start"),
        exposure=table.every("exposure"),
        labour_share=table.every("labour_share"),
        speed=table.every("speed"),
        offset=table.every("offset"),
    )


def _names(table: _Reader, zh: str, en: str, *, needed: bool = True) -> tuple[Text, ...]:
    """A pair of columns as texts."""
    return tuple(
        Text(*pair) for pair in zip(table.words(zh, needed=needed), table.words(en, needed=needed), strict=True)
    )


def _segments(table: _Reader, columns: TableFile) -> Segments:
    """The active segments.

    A segment that has no weights of its own takes the mean of those that have; active segments whose shares exceed 1
    together make room for it: the rest is scaled by what it leaves.
    """
    codes, names = table.codes("code"), _names(table, "zh", "en")
    groups = table.words("group", tuple(columns.segment_groups))
    active = [row for row, word in enumerate(table.words("active", ("yes", "no"))) if word == "yes"]
    classes, shares = table.words("value_added_class", VALUE_ADDED_CLASSES), table.every("share")
    weights = {factor: table.numbers(factor) for factor in FACTORS}
    own = [row for row in range(len(codes)) if any(weights[factor][row] is not None for factor in FACTORS)]
    if not active or not own:
        raise TuiyanError([Finding("E168", table.document.place(()), {"file": table.document.name})])
    for row in own:
        table.filled(FACTORS, row)
        table.sums_to_one(", ".join(FACTORS), [weights[factor][row] or 0.0 for factor in FACTORS], row)
    table.sums_to_one("share", [shares[row] for row in own], 0)
    extra = sum(shares[row] for row in active if row not in own)
    centre = [shares[row] if row not in own else shares[row] * (1 - extra) for row in active]
    filled = {
        factor: _with_mean([weights[factor][row] for row in active], [weights[factor][row] or 0.0 for row in own])
        for factor in FACTORS
    }
    return Segments(
        codes=tuple(codes[row] for row in active),
        names=tuple(names[row] for row in active),
        group=tuple(groups[row] for row in active),
        share=tuple(centre),
        weights=filled,
        value_added_class=tuple(classes[row] for row in active),
        position=tuple(active),
    )


def _with_mean(values: Sequence[float | None], own: Sequence[float]) -> tuple[float, ...]:
    """Values with the mean of `own` in the empty places."""
    return tuple(sum(own) / len(own) if value is None else value for value in values)


def _use_rows(table: _Reader, known: Sequence[str], active: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """The use rows in the order of the active segments; a segment without a row takes the mean row."""
    codes = table.codes("segment")
    columns = [table.every(column) for column in table.columns]
    rows = {code: tuple(column[row] for column in columns) for row, code in enumerate(codes)}
    for row, code in enumerate(codes):
        table.sums_to_one(code, rows[code], row)
        if code not in known:
            values = {"what": both("what.segment"), "name": code, "nearest": nearest(code, known)}
            table.findings.append(Finding("E128", table.document.place((row, "segment")), values))
    mean = tuple(sum(column) / len(rows) for column in zip(*rows.values(), strict=True))
    return tuple(rows.get(code, mean) for code in active)
