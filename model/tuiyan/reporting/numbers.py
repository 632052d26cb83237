"""One place where a stored number becomes a printed one, in either language.

A cell of a table holds a plain value; its column names one of `FORMATS`. The same stored number is scaled for each
language (1000 亿元 in Chinese is CNY 100bn in English), and a value that carries a standard error never shows more
digits than the error supports (economics.md, section 9).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeGuard, runtime_checkable

from tuiyan.reporting.links import words_of
from tuiyan.wording import Text, say

DASH = "—"
MOST_ERROR_DECIMALS = 4


@runtime_checkable
class HasError(Protocol):
    """A number with its Monte Carlo standard error."""

    @property
    def value(self) -> float:
        """The estimate."""

    @property
    def standard_error(self) -> float:
        """Its simulation error, in the same unit."""


def has_error(value: object) -> TypeGuard[HasError]:
    """Whether a value has a standard error; asked of every cell, where `isinstance` with a protocol is slow."""
    return hasattr(value, "standard_error")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its standard error as they are stored in a block."""

    value: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of number is shown: factor and most decimals per language, and the words around it in a sentence."""

    factor: tuple[float, float] = (1.0, 1.0)
    decimals: tuple[int, int] = (0, 0)
    sentence: str = ""
    signed: bool = False
    strict: bool = False


def _percent(decimals: int, *, signed: bool = False) -> Format:
    return Format((100.0, 100.0), (decimals, decimals), "report.number.percent", signed)


FORMATS: Mapping[str, Format] = {
    "integer": Format(),
    "money": Format((1.0, 0.1), (0, 1), "report.number.money"),
    "money_change": Format((1.0, 0.1), (0, 1), "report.number.money", signed=True),
    "probability": Format(decimals=(2, 2), strict=True),
    # Beside its own error in the next column: two decimals, fewer only where the error itself reaches them.
    "chance": Format(decimals=(2, 2)),
    "probability_change": Format((100.0, 100.0), (1, 1), "report.number.points", signed=True),
    "percent": _percent(0),
    "percent1": _percent(1),
    "percent2": _percent(2),
    "percent3": _percent(3),
    "points1": Format((100.0, 100.0), (1, 1), "report.number.points"),
    "points2": Format((100.0, 100.0), (2, 2), "report.number.points"),
    "bare2": Format((100.0, 100.0), (2, 2)),
    "points2_change": Format((100.0, 100.0), (2, 2), "report.number.points", signed=True),
    "percent_change": _percent(0, signed=True),
    "percent1_change": _percent(1, signed=True),
    "percent2_change": _percent(2, signed=True),
    "percent3_change": _percent(3, signed=True),
    "number1": Format(decimals=(1, 1)),
    "number2": Format(decimals=(2, 2)),
    "number3": Format(decimals=(3, 3)),
    "number4": Format(decimals=(4, 4)),
}


def supported_decimals(standard_error: float, most: int, *, strict: bool = True) -> int:
    """The most decimals, up to `most`, that a standard error supports; negative means tens, hundreds.

    Strict, for probabilities: half a unit of the last digit covers two standard errors (economics.md, section 9).
    Otherwise the last digit is that of the error's first one, so that an amount has the same digits in 亿元 and CNY bn.
    """
    if not standard_error > 0:
        return most
    allowed = (
        math.floor(-math.log10(4.0 * standard_error) + 1e-9) if strict else -math.floor(math.log10(standard_error))
    )
    return max(min(most, allowed), 0) if strict else min(most, allowed)


def show(value: object, kind: str, lang: str, *, at_most: int | None = None) -> str:
    """The printed form of `value` in a column of format `kind`; a missing value is a dash.

    `at_most` lowers the number of decimals, so that a column can agree on one.
    """
    value = words_of(value)
    if value is None:
        return DASH
    if isinstance(value, Text):
        return value[lang]
    if isinstance(value, str) or kind == "text":
        return str(value)
    if kind.startswith("error:"):
        return _error(_float(value), FORMATS[kind[len("error:") :]], lang, at_most)
    number = value if has_error(value) else Number(_float(value), 0.0)
    return _number(number, FORMATS[kind], lang, at_most)


def grid(formats: Sequence[str], rows: Sequence[Sequence[object]], lang: str) -> list[list[str]]:
    """The printed cells of a table. Columns of one format share their decimals: those that all their errors support.

    They give up one decimal at most for that; a cell that supports fewer shows fewer. Probabilities keep their own rule
    (two decimals, or fewer), and errors show at most four.
    """
    shared: dict[str, int] = {}
    for kind in set(formats):
        cells = [row[place] for row in rows for place, each in enumerate(formats) if each == kind]
        if kind.startswith("error:"):
            found = [_error_decimals(_float(cell), FORMATS[kind[len("error:") :]], lang) for cell in cells if cell]
            shared[kind] = min(max(found, default=0), MOST_ERROR_DECIMALS)
        elif kind in FORMATS and not FORMATS[kind].strict:
            form, column = FORMATS[kind], 0 if lang == "zh" else 1
            found = [
                supported_decimals(cell.standard_error * form.factor[column], form.decimals[column], strict=False)
                for cell in cells
                if has_error(cell)
            ]
            most = form.decimals[column]
            shared[kind] = max(min(found, default=most), most - 1)
    return [
        [show(cell, kind, lang, at_most=shared.get(kind)) for kind, cell in zip(formats, row, strict=True)]
        for row in rows
    ]


def inline(value: object, kind: str, lang: str) -> str:
    """`show` with its unit, for use inside a sentence: ``1,064 亿元``, ``CNY 106.4bn``, ``3.4%``."""
    shown = show(value, kind, lang)
    if kind == "money" and not has_error(value):
        shown = shown.removesuffix(".0")
    words = FORMATS[kind].sentence if kind in FORMATS else ""
    return say(words, lang, number=shown) if words and shown != DASH else shown


def _float(value: object) -> float:
    if has_error(value):
        return float(value.standard_error)
    return float(value)  # type: ignore[arg-type]


def _number(number: HasError, form: Format, lang: str, at_most: int | None = None) -> str:
    column = 0 if lang == "zh" else 1
    factor = form.factor[column]
    decimals = supported_decimals(number.standard_error * factor, form.decimals[column], strict=form.strict)
    if at_most is not None:
        decimals = min(decimals, at_most)
    scaled = round(number.value * factor, decimals)
    if scaled == 0:
        scaled = 0.0
    sign = "+" if form.signed and scaled > 0 else ""
    return f"{sign}{scaled:,.{max(decimals, 0)}f}".replace("-", "−")


def _error_decimals(standard_error: float, form: Format, lang: str) -> int:
    """Decimals of one significant digit of an error, of two when it starts with 1."""
    scaled = standard_error * form.factor[0 if lang == "zh" else 1]
    if not scaled > 0:
        return 0
    first = math.floor(math.log10(scaled))
    return -first + (1 if scaled / 10.0**first < 2.0 else 0)


def _error(standard_error: float, form: Format, lang: str, decimals: int | None = None) -> str:
    """A standard error to one significant digit (two when it starts with 1), or to the decimals of its column."""
    scaled = standard_error * form.factor[0 if lang == "zh" else 1]
    if not scaled > 0:
        return "0"
    places = _error_decimals(standard_error, form, lang) if decimals is None else decimals
    return f"{round(scaled, places):,.{max(places, 0)}f}"
