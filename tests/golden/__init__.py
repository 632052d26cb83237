"""Golden numbers: the main outcomes of every shipped scenario, one CSV file each.

They say nothing about right or wrong, only that a number moved. ``python3 run.py bless`` writes them anew; the line it
prints goes into CHANGELOG.md in the same commit.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import tuiyan as ty
from tuiyan.estimates import Estimate
from tuiyan.results import Projection

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VINTAGES = ("2017-11-14", "2018-09-25")
DRAWS, SEED, DIGITS, RELATIVE = 512, 0, 10, 1e-9
SERIES = ("scale.total", "lp.city", "tfp.city", "firms.count")
YEARS = (2018, 2019, 2020, 2025, 2030)
LEVELS = {"p5": 0.05, "p50": 0.5, "p95": 0.95}
COLUMNS = ("as_of", "variable", "year", "statistic", "value", "unit")
NOT_APPLICABLE = "n/a"
CHANCE = "probability"  # every statistic that is one has it in its name


class Place(NamedTuple):
    """Which number: the vintage, the variable or goal, the year and the statistic."""

    as_of: str
    variable: str
    year: str
    statistic: str

    def __str__(self) -> str:
        """Words of a changelog."""
        return f"{self.variable}, {self.year}, {self.statistic} (as of {self.as_of})"


class Golden(NamedTuple):
    """A number as its file holds it, and its unit."""

    value: str
    unit: str


class Change(NamedTuple):
    """A number that moved; one that is new has no old value, one that is gone no new one."""

    place: Place
    old: str | None
    new: str | None

    @property
    def size(self) -> float:
        """Percent of the old value; for a probability percentage points. Infinite where one of the two is no number."""
        old, new = _number(self.old), _number(self.new)
        gap = new - old if CHANCE in self.place.statistic else new / old - 1 if old else math.nan
        return math.inf if math.isnan(gap) else 100 * gap

    def __str__(self) -> str:
        """Words of a changelog: variable, year, old -> new, percent."""
        told = "" if math.isinf(self.size) else f" ({self.size:+.2g} {self.measure})"
        return f"{self.place}: {short(self.old)} -> {short(self.new)}{told}"

    @property
    def measure(self) -> str:
        """What `size` counts."""
        return "points" if CHANCE in self.place.statistic else "%"


def _number(text: str | None) -> float:
    return math.nan if text in (None, NOT_APPLICABLE) else float(str(text))


def short(text: str | None) -> str:
    """A golden value with the digits that a changelog needs."""
    return "none" if text is None else text if text == NOT_APPLICABLE else f"{float(text):,.6g}"


def scenarios() -> list[str]:
    """Ids of the shipped scenarios."""
    return sorted(path.stem for path in (ROOT / "params" / "scenarios").glob("*.yaml"))


def outcomes(name: str) -> dict[Place, Golden]:
    """The main outcomes of a scenario at both vintages, as its file holds them."""
    found: dict[Place, Golden] = {}
    for as_of in VINTAGES:
        projection = ty.run(ty.load(name, as_of=as_of, workspace=ROOT), draws=DRAWS, seed=SEED)
        for variable, year, statistic, estimate, unit in [*_series(projection), *_goals(projection)]:
            value = NOT_APPLICABLE if estimate is None else f"{estimate.value:.{DIGITS}g}"
            found[Place(as_of, variable, str(year), statistic)] = Golden(value, unit)
    return found


Row = tuple[str, int, str, Estimate | None, str]


def _series(projection: Projection) -> Iterator[Row]:
    for name in SERIES:
        for year in YEARS:
            for statistic, level in LEVELS.items():
                yield name, year, statistic, projection.quantile(name, level, year), projection.unit(name)


def _goals(projection: Projection) -> Iterator[Row]:
    ledger = projection.ledger()
    due = 0
    for row in ledger.rows:
        if row.goal.counted:
            due = row.goal.due
            yield row.register, due, CHANCE, row.probability, CHANCE
            if row.goal.test and row.goal.test.scope:
                yield row.register, due, f"{CHANCE} (definition uncertain)", row.probability_scope, CHANCE
    yield "all counted goals", due, CHANCE, ledger.joint, CHANCE


def render(rows: dict[Place, Golden]) -> str:
    """The text of a golden file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*place, *golden) for place, golden in rows.items())
    return text.getvalue()


def read(path: Path) -> dict[Place, Golden]:
    """The numbers of a golden file."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if tuple(header) != COLUMNS:
        msg = f"{path.name} has the columns {', '.join(header)}, not {', '.join(COLUMNS)}"
        raise ValueError(msg)
    return {Place(*row[:4]): Golden(row[4], row[5]) for row in rows}


def changes(old: dict[Place, Golden], new: dict[Place, Golden]) -> list[Change]:
    """What differs by more than the golden accuracy, in the order of the files."""
    places = [*new, *(place for place in old if place not in new)]
    found = (Change(at, old[at].value if at in old else None, new[at].value if at in new else None) for at in places)
    return [each for each in found if not same(each.old, each.new)]


def same(old: str | None, new: str | None) -> bool:
    """Whether two golden values agree to `RELATIVE`."""
    numbers = _number(old), _number(new)
    return old == new or math.isclose(*numbers, rel_tol=RELATIVE)
