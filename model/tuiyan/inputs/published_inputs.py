"""What published numbers are made of: the inputs of each study, so that its number can be rebuilt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tuiyan.inputs.csv_files import finite, read_csv, wrong_columns_of
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.projections import PublishedProjection, read_projections
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import Text, both

FILE = "published_inputs.csv"
WORDS = (
    "id", "projection", "source", "form", "quantity", "unit", "grade", "yearly", "inputs_from",
    "case_zh", "case_en", "note_zh", "note_en",
)  # fmt: skip
CLOSED = {
    "form": ("task", "growth", "level"),
    "quantity": ("tfp", "labour_productivity", "gdp"),
    "unit": ("percent", "percent/yr"),
    "grade": ("official", "study", "estimate", "judgement"),
    "yearly": ("printed", "derived"),
    "inputs_from": ("printed", "secondary", "chosen", "own"),
}
# The cells that a form needs, and those that it may leave empty; all other inputs must be empty.
NEEDED = {
    "task": ("exposure", "adoption", "saving_easy", "labour_share_switch"),
    "growth": ("growth_added", "built_over"),
    "level": ("level",),
}
OPTIONAL = {
    "task": ("saving_hard", "easy_share", "labour_share", "capital_share"),
    "growth": ("growth_without",),
    "level": (),
}
ALWAYS = ("horizon_years", "published")
INPUTS = tuple(column for form in NEEDED for column in (*NEEDED[form], *OPTIONAL[form]))
SHARES = ("exposure", "adoption", "saving_easy", "saving_hard", "easy_share", "labour_share", "capital_share")
WHOLE = ("horizon_years", "built_over")
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class PublishedInputs:
    """One published number and what it is made of.

    Attributes
    ----------
    projection
        Id of the row of ``published_projections.csv`` that it is an end of; empty for a variant shown nowhere else.
    form
        ``task``: a product of exposure, adoption, saving and labour share; ``growth``: points added to a growth rate;
        ``level``: a level reached at the end.
    yearly
        ``printed``: the number a year stands in the source; ``derived``: this report made it from what stands there.
    inputs_from
        ``printed``: every input stands in the study; ``secondary``: in an account of it by others; ``chosen``: this
        report chose or inferred one at least; ``own``: the number is restated and not rebuilt, as it has no inputs.
    years
        Span of the number.
    published
        Percentage points a year, as printed or spread evenly over the span.
    case, note
        Which of a source's numbers it is, and what to know of it.
    values
        The filled input cells by column; percent for ``growth_*`` and ``level``, shares for the rest.
    """

    id: str
    projection: str
    source: str
    form: str
    quantity: str
    years: int
    published: float
    grade: str
    yearly: str
    inputs_from: str
    case: Text
    note: Text
    values: Mapping[str, float]


def read_published_inputs(workspace: Workspace) -> tuple[PublishedInputs, ...]:
    """All rows of ``params/published_inputs.csv``.

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file, or with the projections that it names.
    """
    projections = {each.id: each for each in read_projections(workspace)}
    document = read_csv(workspace.params / FILE, f"params/{FILE}")
    if findings := [*_wrong(document, workspace), *_unlike(document, projections)]:
        raise TuiyanError(findings)
    return tuple(
        PublishedInputs(
            id=row["id"],
            projection=row["projection"],
            source=row["source"],
            form=row["form"],
            quantity=row["quantity"],
            years=int(float(row["horizon_years"])),
            published=_a_year(row),
            grade=row["grade"],
            yearly=row["yearly"],
            inputs_from=row["inputs_from"],
            case=Text(row["case_zh"], row["case_en"]),
            note=Text(row["note_zh"], row["note_en"]),
            values={column: float(row[column]) for column in INPUTS if row[column]},
        )
        for row in document.data
    )


def _a_year(row: Mapping[str, str]) -> float:
    """The published number in percentage points a year."""
    return float(row["published"]) / (float(row["horizon_years"]) if row["unit"] == "percent" else 1.0)


def _wrong(document: Document, workspace: Workspace) -> Iterator[Finding]:
    """Columns, words and sources that are none of those declared; cells that are no numbers."""
    wrong = list(wrong_columns_of(document, (*WORDS, *ALWAYS, *INPUTS)))
    yield from wrong
    for number, row in enumerate(() if wrong else document.data):
        closed = {column: words for column, words in _allowed(row).items() if row[column] not in words}
        for column, words in closed.items():
            told = {"key": column, "given": row[column], "allowed": ", ".join(words)}
            yield Finding("E105", document.place((number, column)), {**told, "nearest": nearest(row[column], words)})
        if (source := row["source"]) not in (known := workspace.source_file.sources):
            told = {"source": source, "nearest": nearest(source, known)}
            yield Finding("E108", document.place((number, "source")), told)
        if "form" not in closed:
            yield from _cells(document, number, row)


def _allowed(row: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The words of each closed column: a total is never a printed number a year, and only tasks have inputs."""
    words: dict[str, tuple[str, ...]] = dict(CLOSED)
    if row["unit"] == "percent":
        words["yearly"] = ("derived",)
    if row["form"] in CLOSED["form"]:
        words["inputs_from"] = ("printed", "secondary", "chosen") if row["form"] == "task" else ("own",)
    return words


def _cells(document: Document, number: int, row: Mapping[str, str]) -> Iterator[Finding]:
    """Cells that a form needs and lacks, that it does not use, or that are out of range."""
    form = row["form"]
    needed = {*NEEDED[form], *ALWAYS}
    if row["labour_share_switch"] == "1":
        needed.add("labour_share")
    if form == "task" and row["quantity"] != "tfp":
        needed.add("capital_share")
    if row["saving_hard"] or row["easy_share"]:
        needed |= {"saving_hard", "easy_share"}
    for column in (*ALWAYS, *INPUTS):
        given, place = row[column], document.place((number, column))
        if given and column not in (*needed, *OPTIONAL[form]):
            yield Finding("E127", place, {"key": column, "given": given, "expected": both("literature.empty")})
        elif not given and column not in needed:
            continue
        elif (value := finite(given)) is None:
            yield Finding("E127", place, {"key": column, "given": given, "expected": both("a.number")})
        elif wanted := _range(column, value):
            yield Finding("E106", place, {"key": column, "given": given, "wanted": wanted})


def _range(column: str, value: float) -> str:
    """The range that a number is outside of; nothing for one inside."""
    if column in SHARES:
        return "" if 0 <= value < 1 or (value == 1 and column != "capital_share") else "0-1"
    if column == "labour_share_switch":
        return "" if value in (0, 1) else "0, 1"
    least = int(column == "horizon_years")
    if column in WHOLE:
        return "" if value == int(value) >= least else f">= {least}, 1, 2, 3 ..."
    return "" if value > -100 else "> -100"


def _unlike(document: Document, projections: Mapping[str, PublishedProjection]) -> Iterator[Finding]:
    """Rows that name a projection that is not there, or say another number than it."""
    for number, row in enumerate(document.data):
        if not (name := row.get("projection")):
            continue
        place = document.place((number, "projection"))
        if name not in projections:
            told = {"what": both("literature.projection"), "name": name, "nearest": nearest(name, projections)}
            yield Finding("E128", place, told)
            continue
        each = projections[name]
        numbers = [finite(row.get(column, "")) for column in ALWAYS]
        if None in numbers or not numbers[0]:
            continue
        given = _a_year(row)
        if min(abs(given - each.low), abs(given - each.high)) > SAME:
            wanted = " / ".join(f"{end:g}" for end in dict.fromkeys((each.low, each.high)))
            yield Finding(
                "E106",
                document.place((number, "published")),
                {"key": "published", "given": f"{given:g}", "wanted": wanted},
            )
