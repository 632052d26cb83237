"""Sentences as economists write them: a scenario, perhaps a change, and what must come out.

A file is a list of cases::

    - name: 公布方案使 2020 年的规模提高约 3.4%
      scenario: announced           # any shipped scenario
      change: {talent: 0.5}         # optional: effort of a lever, or value of a parameter, by its id
      as_of: 2018-09-25             # optional: only what was published by this day is known
      expect:
        variable: scale.total       # or goal: R01; `all` is every counted goal at once
        year: 2020                  # a goal has its own deadline
        statistic: median           # median, mean, p5, p95; probability (of a variable: that it is `above` a value)
        definition: uncertain       # of a goal: same (as the base figure), or uncertain
        than: baseline              # the paired difference from this scenario, without the change
        unit: "%"                   # else the variable's own
        value: 3.4                  # with a tolerance; or range: [3, 4]
        tolerance: 0.3

Units. Alone, `%` is a hundred times a share, a log or a probability. With `than`, `%` is the difference relative to the
other scenario, and `points` a hundred times the plain difference of shares, logs or probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import tuiyan as ty
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from tuiyan import ledger
from tuiyan.estimates import Estimate, mean, quantile
from tuiyan.inputs.checking import conform
from tuiyan.inputs.documents import Document, Key, read_yaml
from tuiyan.inputs.findings import Place, TuiyanError
from tuiyan.inputs.schema import Day, Slug, Words
from tuiyan.register import find_goal
from tuiyan.results import Projection

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
DRAWS = 2048
ALL = "all"
RELATIVE_UNITS = {"log", "share", "probability"}  # what a hundredth part of is a percent
Array = NDArray[np.float64]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Part(BaseModel):
    """A part of a file of cases: strict types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Expect(Part):
    """What must come out."""

    variable: Words | None = None
    goal: Words | None = None
    year: int | None = None
    statistic: Literal["median", "mean", "p5", "p95", "probability"] | None = None
    above: Number | None = None
    definition: Literal["same", "uncertain"] | None = None
    than: Slug | None = None
    unit: Words | None = None
    value: Number | None = None
    tolerance: Annotated[Number, Field(ge=0)] | None = None
    range: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None


class Case(Part):
    """One sentence."""

    name: Words
    scenario: Slug
    change: Annotated[dict[Words, Number], Field(min_length=1)] | None = None
    as_of: Day | None = None
    expect: Expect


class CaseFile(Part):
    """A whole file."""

    cases: Annotated[list[Case], Field(min_length=1)]


@dataclass(frozen=True)
class Placed:
    """A case and where it stands."""

    case: Case
    number: int
    document: Document

    def at(self, *key: str) -> Place:
        """Place of a part of the case, or of the part above it that the file has."""
        return self.document.place(("cases", self.number, *key), key=True)

    def wrong(self, sentence: str, *key: str) -> ValueError:
        """The error that says what is wrong at a key."""
        return ValueError(f"{self.at(*key)}: {self.case.name}: {'.'.join(key)} {sentence}")


def read_cases(path: Path) -> list[Placed]:
    """The cases of a file; TuiyanError with file, line and key of all that is misspelt."""
    shown = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    plain = read_yaml(path, shown)

    def inside(places: Mapping[Key, Place]) -> dict[Key, Place]:
        return {("cases", *key): place for key, place in places.items()}

    whole = replace(plain, data={"cases": plain.data}, keys=inside(plain.keys), values=inside(plain.values))
    return [Placed(case, number, whole) for number, case in enumerate(conform(whole, CaseFile).cases)]


@lru_cache(maxsize=8)
def run(scenario: str, as_of: date | None, change: tuple[tuple[str, float], ...]) -> Projection:
    """A run with the change on top."""
    return ty.run(ty.load(scenario, as_of=as_of, set=dict(change), workspace=ROOT), draws=DRAWS)


def projection(placed: Placed, *key: str) -> Projection:
    """The run of the case, or the one that ``expect.than`` names when `key` is that."""
    case, than = placed.case, placed.case.expect.than
    scenario, change = (than, {}) if key and than else (case.scenario, case.change or {})
    try:
        return run(scenario, case.as_of, tuple(change.items()))
    except TuiyanError as error:
        raise placed.wrong(f"is refused: {error}", *(key or (culprit(scenario, case.as_of),))) from None


def culprit(scenario: str, as_of: date | None) -> str:
    """The key by which a run cannot be."""
    for key, day in (("scenario", None), ("as_of", as_of)):
        try:
            ty.load(scenario, as_of=day, workspace=ROOT)
        except TuiyanError:
            return key
    return "change"


def verdict(placed: Placed) -> str | None:
    """None when the case holds, else the sentence that says by how much it does not."""
    case, expect = placed.case, placed.case.expect
    low, high = wanted(placed)
    found, unit = measured(placed)
    if low <= found.value <= high:
        return None
    about = " ".join(str(each) for each in (expect.variable or expect.goal, expect.year, statistic(placed)) if each)
    than = f" against {expect.than}" if expect.than else ""
    return (
        f"{placed.at('expect')}: {case.name}: {about}{than} is {found.value:.6g} {unit} "
        f"(standard error {found.standard_error:.2g}), expected {low:g} to {high:g}"
    )


def wanted(placed: Placed) -> tuple[float, float]:
    """The lowest and the highest number that the case accepts."""
    expect = placed.case.expect
    if (expect.value is None) == (expect.range is None):
        raise placed.wrong("needs either value with tolerance, or range", "expect")
    if expect.range is not None:
        if expect.tolerance is not None or expect.range[0] > expect.range[1]:
            raise placed.wrong("is [low, high], and needs no tolerance", "expect", "range")
        return expect.range[0], expect.range[1]
    if expect.value is None or expect.tolerance is None:
        raise placed.wrong("needs a tolerance", "expect", "value")
    return expect.value - expect.tolerance, expect.value + expect.tolerance


def statistic(placed: Placed) -> str:
    """The statistic of a case: of a goal its probability, of a variable the median unless it says otherwise."""
    expect = placed.case.expect
    given = expect.statistic or ("median" if expect.variable else "probability")
    if (expect.variable is None) == (expect.goal is None):
        raise placed.wrong("needs either variable or goal", "expect")
    if expect.goal and given != "probability":
        raise placed.wrong("of a goal is its probability", "expect", "statistic")
    if expect.variable and (given == "probability") != (expect.above is not None):
        raise placed.wrong("a probability of a variable needs above, and only that", "expect", "statistic")
    if expect.goal and expect.above is not None:
        raise placed.wrong("belongs to a variable; a goal has its own value", "expect", "above")
    if expect.variable and expect.definition:
        raise placed.wrong("belongs to a goal", "expect", "definition")
    return given


def measured(placed: Placed) -> tuple[Estimate, str]:
    """The number that the case is about, and its unit."""
    expect, kind = placed.case.expect, statistic(placed)
    draws, own = series(placed, projection(placed))
    if expect.than:
        other, _ = series(placed, projection(placed, "expect", "than"))
        draws, unit = difference(placed, draws, other, own)
    else:
        draws, unit = converted(placed, draws, own)
    if expect.above is not None:
        return mean(draws > expect.above), "probability"
    level = {"median": 0.5, "p5": 0.05, "p95": 0.95}.get(kind)
    return (mean(draws) if level is None else quantile(draws, level)), unit


def series(placed: Placed, found: Projection) -> tuple[Array, str]:
    """Draws of the variable in the year (of a goal, 1 where it is met), and their unit."""
    expect = placed.case.expect
    if expect.goal:
        return flags(placed, found), "probability"
    if expect.year is None:
        raise placed.wrong("needs a year", "expect")
    try:
        values, unit = found[expect.variable or ""], found.unit(expect.variable or "")
    except TuiyanError as error:
        raise placed.wrong(f"is refused: {error}", "expect", "variable") from None
    if values.ndim > 2:
        parts = ", ".join(found.items[expect.variable or ""])
        raise placed.wrong(f"{expect.variable} has parts; name one: {parts}", "expect", "variable")
    return values[index(placed, found, expect.year)], unit


def index(placed: Placed, found: Projection, year: int) -> int:
    """Position of the year."""
    try:
        return found.index(year)
    except TuiyanError as error:
        raise placed.wrong(f"is refused: {error}", "expect", "year") from None


def flags(placed: Placed, found: Projection) -> Array:
    """1 in the draws that meet the goal by the year, which is its deadline unless the case names another."""
    expect, workspace = placed.case.expect, found.scenario.workspace
    counted = [goal for goal in workspace.goals.values() if goal.counted]
    try:
        chosen = counted if expect.goal == ALL else [find_goal(workspace, expect.goal or "")[1]]
        met = [ledger.reached(found, goal, scope=expect.definition == "uncertain") for goal in chosen]
    except TuiyanError as error:
        raise placed.wrong(f"is refused: {error}", "expect", "goal") from None
    if any(not ledger.applies(found, goal) for goal in chosen):
        raise placed.wrong("has no meaning here: it is defined by the policy", "expect", "goal")
    years = [index(placed, found, expect.year or goal.due) for goal in chosen]
    together: NDArray[np.bool_] = np.logical_and.reduce([each[year] for each, year in zip(met, years, strict=True)])
    return together.astype(np.float64)


def converted(placed: Placed, draws: Array, own: str) -> tuple[Array, str]:
    """Draws in the unit that the case asks for."""
    unit = placed.case.expect.unit or own
    allowed = [own, "%"] if own.partition(" ")[0] in RELATIVE_UNITS else [own]
    refuse(placed, unit, allowed)
    return (100 * draws if unit == "%" else draws), unit


def difference(placed: Placed, ours: Array, theirs: Array, own: str) -> tuple[Array, str]:
    """The paired difference in the unit that the case asks for."""
    unit = placed.case.expect.unit or own
    parts = own.partition(" ")[0] in RELATIVE_UNITS
    refuse(placed, unit, [own, *(["points"] if parts else []), *(["%"] if own != "probability" else [])])
    if unit == "%":
        return 100 * (ours / theirs - 1), unit
    return (ours - theirs) * (100 if unit == "points" else 1), unit


def refuse(placed: Placed, unit: str, allowed: list[str]) -> None:
    """Raise for a unit that the variable cannot be told in."""
    if unit not in allowed:
        near = get_close_matches(unit, allowed, n=1)
        mean_that = f" Did you mean {near[0]}?" if near else ""
        raise placed.wrong(f"cannot be {unit}; allowed: {', '.join(allowed)}.{mean_that}", "expect", "unit")
