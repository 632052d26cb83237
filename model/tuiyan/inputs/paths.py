"""Values that change over years: the knots an economist writes, and the law of each year that they mean."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Discriminator, GetPydanticSchema, Tag
from pydantic_core import PydanticCustomError, core_schema

from tuiyan.inputs.laws import Declared, Fixed, Items, Law, Number, describe
from tuiyan.inputs.variables import BASE_YEAR

Between = Literal["step", "linear", "loglinear", "logistic"]
YEAR_DIGITS = 4
STEEPNESS = 10.0  # of the logistic between two knots: from 0.7 % to 99.3 % of the way before it is rescaled


def _form(value: Any) -> str:
    """Which form a value is written in: a list, a path over years, a law (a mapping), or one number."""
    if isinstance(value, Path) or (isinstance(value, dict) and any(_is_year(key) for key in value)):
        return "path"
    return "list" if isinstance(value, (list, tuple)) else "law" if isinstance(value, (dict, Declared)) else "number"


def _amount_form(value: Any) -> str:
    """Whether an amount is one number or a path."""
    return "path" if _form(value) == "path" else "number"


def _is_year(key: object) -> bool:
    """Whether a key of a mapping is a knot of a path, or says what comes after the last one."""
    return key == "then" or str(key)[:1].isdigit()


class Path:
    """Knots over years, each a number or a law, and what follows the last one: ``{2018: 0.2, 2020: 1, then: hold}``.

    Attributes
    ----------
    knots
        Year to number or law, in order.
    then
        ``hold`` the last knot, or ``stop``: back to what the parent has (no effort, for a lever).
    """

    def __init__(self, knots: dict[int, float | Law], then: str) -> None:
        self.knots, self.then = knots, then

    def __eq__(self, other: object) -> bool:
        """Equal when the knots are."""
        return isinstance(other, Path) and (other.knots, other.then) == (self.knots, self.then)

    def __hash__(self) -> int:
        """Hash of its years."""
        return hash((tuple(self.knots), self.then))

    def __repr__(self) -> str:
        """As it was written."""
        return f"Path({self.knots!r}, then={self.then!r})"


_Knot = Annotated[Annotated[Number, Tag("number")] | Annotated[Law, Tag("law")], Discriminator(_form)]


def _path_schema(_source: Any, handler: Any) -> core_schema.CoreSchema:
    """Read a path from a mapping: years in order, the last key `then` optional."""

    def read(value: Any, knots_of: Callable[[Any], dict[str, float | Law]]) -> Path:
        if isinstance(value, Path):
            return value
        then = value.get("then", "hold") if isinstance(value, dict) else "hold"
        if then not in ("hold", "stop"):
            raise PydanticCustomError(
                "E105", "then", {"key": "then", "given": str(then), "allowed": "hold, stop", "nearest": ""}
            )
        whole = isinstance(value, dict)
        knots = knots_of({str(key): knot for key, knot in value.items() if key != "then"} if whole else value)
        wrong = [key for key in knots if not (key.isascii() and key.isdecimal() and len(key) == YEAR_DIGITS)]
        if wrong or not knots or list(map(int, knots)) != sorted(set(map(int, knots))):
            raise PydanticCustomError("E137", "years", {"given": ", ".join(wrong or knots)})
        if len({getattr(knot, "family", "number") for knot in knots.values()}) > 1:
            raise PydanticCustomError("E138", "families", {})
        return Path({int(year): knot for year, knot in knots.items()}, then)

    return core_schema.no_info_wrap_validator_function(
        read,
        handler.generate_schema(dict[str, _Knot]),
        serialization=core_schema.plain_serializer_function_ser_schema(lambda path: path),
    )


def _path_json(schema: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
    """The same for an editor: four-digit years, and `then`."""
    knot = handler(schema["schema"])["additionalProperties"]
    return {
        "type": "object",
        "properties": {"then": {"enum": ["hold", "stop"]}},
        "patternProperties": {"^[0-9]{4}$": knot},
        "additionalProperties": False,
        "minProperties": 1,
    }


Years = Annotated[Path, GetPydanticSchema(_path_schema, _path_json)]
# What a change may set: one number, one for each item, a law, or a path over years.
Value = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[Items[Number], Tag("list")]
    | Annotated[Law, Tag("law")]
    | Annotated[Years, Tag("path")],
    Discriminator(_form),
]
# What a change may add or multiply by: one number, or one that changes over years.
Amount = Annotated[Annotated[Number, Tag("number")] | Annotated[Years, Tag("path")], Discriminator(_amount_form)]


@dataclass(frozen=True)
class Yearly:
    """A law for each year from 2017 on: what a path means once it is resolved. A draw keeps its quantile.

    ``text`` is the path as it was written; two paths are equal when their laws are.
    """

    laws: tuple[Law, ...]
    text: str = field(default="", compare=False)
    family: str = "path"

    def declared(self) -> tuple[float, ...]:
        """The numbers of all years that must lie inside the bounds."""
        return tuple(dict.fromkeys(value for law in self.laws for value in law.declared()))

    def at(self, year: int) -> Law:
        """The law of a year; the last one holds."""
        return self.laws[min(year - BASE_YEAR, len(self.laws) - 1)]


def weight(between: Between, t: float) -> float:
    """How far the way from one knot to the next has gone at a share `t` of the time.

    Examples
    --------
    >>> [round(weight(kind, 0.25), 4) for kind in ("step", "linear", "logistic")]
    [0.0, 0.25, 0.0701]
    """
    if between == "step":
        return float(t >= 1)
    if between != "logistic":
        return t
    low, high, now = (1 / (1 + math.exp(-STEEPNESS * (x - 0.5))) for x in (0.0, 1.0, t))
    return (now - low) / (high - low)


def blend(between: Between, start: float, end: float, t: float) -> float:
    """A number between two knots; ``loglinear`` needs both above zero and is linear elsewhere."""
    share = weight(between, t)
    if between == "loglinear" and start > 0 and end > 0:
        return float(start * (end / start) ** share)
    return start + share * (end - start)


def between_laws(between: Between, start: Law, end: Law, t: float) -> Law:
    """A law between two of one family, each of its numbers taken between theirs."""
    if isinstance(start, Fixed) and isinstance(start.value, tuple):
        values = zip(start.declared(), end.declared(), strict=True)
        return Fixed(family="fixed", value=tuple(blend(between, a, b, t) for a, b in values))
    numbers = {
        name: blend(between, value, getattr(end, name), t) for name, value in start if isinstance(value, (int, float))
    }
    return start.model_copy(update=numbers)


def on_path(path: Path, between: Between, horizon: int, elsewhere: Callable[[int], Law]) -> tuple[Law, ...]:
    """The law of each year from 2017 to `horizon` on a path.

    Parameters
    ----------
    elsewhere
        The law of a year before the first knot, and after the last one when the path stops.
    """
    knots = {year: _as_law(knot) for year, knot in path.knots.items()}
    first, last = min(knots), max(knots)

    def law(year: int) -> Law:
        if year < first or (year > last and path.then == "stop"):
            return elsewhere(year)
        before = max(knot for knot in knots if knot <= year)
        if before == last:
            return knots[last]
        after = min(knot for knot in knots if knot > year)
        return between_laws(between, knots[before], knots[after], (year - before) / (after - before))

    return tuple(law(year) for year in range(BASE_YEAR, horizon + 1))


def _as_law(knot: float | Law) -> Law:
    return Fixed(family="fixed", value=knot) if isinstance(knot, (int, float)) else knot


def shown(law: Law | Yearly) -> str:
    """Short notation of a law, or of a path as it was written.

    Examples
    --------
    >>> steps = (Fixed(family="fixed", value=0), Fixed(family="fixed", value=1))
    >>> shown(steps[1]), shown(Yearly(steps, text="{2018: 1}"))
    ('1', '{2018: 1}')
    """
    return law.text if isinstance(law, Yearly) else describe(law)


def notation(path: Path, between: Between) -> str:
    """A path on one line, with what is not said by default.

    Examples
    --------
    >>> notation(Path({2018: 0.2, 2020: 1.0}, "stop"), "step")
    '{2018: 0.2, 2020: 1, then: stop} step'
    """
    knots = [
        f"{year}: {knot:g}" if isinstance(knot, (int, float)) else f"{year}: {describe(knot)}"
        for year, knot in path.knots.items()
    ]
    then = [] if path.then == "hold" else ["then: stop"]
    return "{" + ", ".join([*knots, *then]) + "}" + ("" if between == "linear" else f" {between}")
