"""Published observations, each with its vintage and its definition. No scenario edits them.

A run with ``as_of`` sees a row only if it was published on or before that day; a partial date means the last day of its
period, and a row whose knowledge at launch is uncertain counts as not known then (economics.md 7, rules 3 and 6).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tuiyan.inputs.csv_files import finite, read_csv, wrong_columns_of
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, Place, TuiyanError, nearest
from tuiyan.inputs.units import ALIASES
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import both

COLUMNS = (
    "series",
    "year",
    "value",
    "unit",
    "definition_id",
    "definition",
    "qualifier",
    "vintage",
    "known_at_launch",
    "source",
    "url",
    "grade",
    "note",
)
MORE_COLUMNS = ("use_in_fit",)
ANSWERS = ("yes", "no", "uncertain")
GRADES = ("A", "B", "C", "A-derived", "B-derived", "C-derived")
QUALIFIERS = ("=", "~", ">", "<")
MONEY = "亿元"  # unit of every figure of the scale that weighs draws
FIRST_YEAR, LAST_YEAR = 1900, 2100
LEAST, MOST = 1e-6, 1e12  # of an amount that may enter a likelihood, in its own unit
PARTIAL = re.compile(r"~?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class Fact:
    """One published observation.

    Attributes
    ----------
    year
        Reference year.
    published
        First day on which it counts as known.
    qualifier
        ``=`` stated, ``~`` about, ``>`` more than, ``<`` less than.
    in_fit
        Whether it may enter a likelihood: not derived, not conflicting, not a growth rate or a part of a year.
    """

    series: str
    year: int
    value: float
    unit: str
    definition: str
    definition_text: str
    qualifier: str
    published: date
    source: str
    url: str
    grade: str
    note: str
    in_fit: bool
    where: Place


def published_on(vintage: str, *, certain: bool, launch: date) -> date | None:
    """First day on which a row counts as known; None where `vintage` is no date.

    A partial date is the last day of its period. A row that cannot be shown to have been known at `launch` counts
    from the day after it at the earliest.

    Examples
    --------
    >>> published_on("2020-01", certain=False, launch=date(2017, 11, 14)).isoformat()
    '2020-01-31'
    >>> published_on("~2017-10", certain=False, launch=date(2017, 11, 14)).isoformat()
    '2017-11-15'
    """
    found = PARTIAL.fullmatch(vintage)
    if not found:
        return None
    try:
        year, month = int(found[1]), int(found[2] or 12)
        day = date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None
    return day if certain or day > launch else date.fromordinal(launch.toordinal() + 1)


@lru_cache(maxsize=4)
def read_facts(workspace: Workspace) -> tuple[Fact, ...]:
    """All observations of ``params/facts/``, in the order of the files.

    Raises
    ------
    TuiyanError
        Rows with a value, year, date or qualifier that is none.
    """
    findings: list[Finding] = []
    facts: list[Fact] = []
    for path in sorted((workspace.params / "facts").glob("*.csv")):
        try:
            document = read_csv(path, f"params/facts/{path.name}")
        except TuiyanError as error:
            findings.extend(error.findings)
            continue
        facts.extend(_facts(document, workspace, findings))
    findings.extend(_contradictions(facts))
    if findings:
        raise TuiyanError(findings)
    return tuple(facts)


def _contradictions(facts: Iterable[Fact]) -> Iterator[Finding]:
    """Figures of one definition and year that may enter a likelihood, were published on one day, and differ."""
    seen: dict[tuple[str, str, int, date], Fact] = {}
    for fact in facts:
        if fact.in_fit:
            first = seen.setdefault((fact.series, fact.definition, fact.year, fact.published), fact)
            if (first.value, first.qualifier) != (fact.value, fact.qualifier):
                told = {"definition": fact.definition, "year": fact.year, "one": first.value, "other": fact.value}
                yield Finding("E253", fact.where, told)


def visible(facts: Iterable[Fact], as_of: date) -> list[Fact]:
    """The facts that a run at `as_of` may see."""
    return [fact for fact in facts if fact.published <= as_of]


def _facts(document: Document, workspace: Workspace, findings: list[Finding]) -> Iterator[Fact]:
    """The rows of one file; what is wrong goes to `findings`."""
    if wrong_columns := list(wrong_columns_of(document, COLUMNS, MORE_COLUMNS)):
        findings.extend(wrong_columns)
        return
    launch = workspace.plan.plan.announced
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(document.data):
        value, year = finite(row["value"]), finite(row["year"])
        day = published_on(row["vintage"], certain=row["known_at_launch"] == "yes", launch=launch)
        wrong = list(_wrong(document, workspace, number, value, year, day))
        key = tuple(row[column] for column in ("series", "year", "definition_id", "vintage", "value", "qualifier"))
        if key in seen:
            wrong.append(Finding("E007", document.place((number,)), {"key": row["series"], "line": seen[key]}))
        seen.setdefault(key, document.place((number,)).line)
        findings.extend(wrong)
        if not wrong and value is not None and year is not None and day is not None:
            yield Fact(
                series=row["series"],
                year=int(year),
                value=value,
                unit=ALIASES.get(row["unit"], row["unit"]),
                definition=row["definition_id"],
                definition_text=row["definition"],
                qualifier=row["qualifier"],
                published=day,
                source=row["source"],
                url=row["url"],
                grade=row["grade"],
                note=row["note"],
                in_fit=row.get("use_in_fit") == "yes",
                where=document.place((number, "value")),
            )


def _wrong(
    document: Document, workspace: Workspace, number: int, value: float | None, year: float | None, day: date | None
) -> Iterator[Finding]:
    """What is wrong with one row."""
    row, known = document.data[number], workspace.definition_file.definitions
    checks = {
        "value": ("a.number", value is None),
        "year": ("a.integer", year is None or year != round(year)),
        "vintage": ("a.date", day is None),
        "source": ("a.text", not row["source"]),
        "unit": ("a.text", not row["unit"]),
    }
    for column, (kind, bad) in checks.items():
        if bad:
            values = {"key": column, "given": row[column], "expected": both(kind)}
            yield Finding("E127", document.place((number, column)), values)
    yield from _impossible(document, workspace, number, value, year)
    words = {"qualifier": QUALIFIERS, "known_at_launch": ANSWERS, "grade": GRADES, "use_in_fit": (*ANSWERS, "")}
    for column, allowed in words.items():
        if (given := row.get(column, "")) not in allowed and (column in row):
            told = {"key": column, "given": given, "allowed": " ".join(allowed).strip(), "nearest": ""}
            yield Finding("E105", document.place((number, column)), told)
    if (name := row["definition_id"]) not in known:
        missing = {"what": both("what.definition"), "name": name, "nearest": nearest(name, known)}
        yield Finding("E128", document.place((number, "definition_id")), missing)


def _impossible(
    document: Document, workspace: Workspace, number: int, value: float | None, year: float | None
) -> Iterator[Finding]:
    """A year that no statistic is of, an amount that has no logarithm, a scale in a unit that no draw has."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        told = {"key": "year", "given": f"{year:g}", "wanted": f"{FIRST_YEAR}-{LAST_YEAR}"}
        yield Finding("E106", document.place((number, "year")), told)
    elif document.data[number].get("use_in_fit") == "yes":
        if value is not None and not LEAST < value < MOST:
            told = {"key": "value", "given": f"{value:g}", "wanted": f"{LEAST:g} … {MOST:g}"}
            yield Finding("E106", document.place((number, "value")), told)
        row, scales = document.data[number], {bridge.to for bridge in workspace.definition_file.bridges}
        if row["definition_id"] in scales and ALIASES.get(row["unit"], row["unit"]) != MONEY:
            told = {"key": "unit", "given": row["unit"], "wanted": "100m CNY"}
            yield Finding("E106", document.place((number, "unit")), told)
