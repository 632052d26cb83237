"""The probability laws that a parameter may have, as an economist writes them.

A law is declared data; how a uniform number becomes a draw of it stands in `draws`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetPydanticSchema,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

INTERVAL = re.compile(r"([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])")

Number = Annotated[float, Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(allow_inf_nan=False, gt=0)]
Item = TypeVar("Item")
# A YAML list, kept as a tuple because a declaration never changes.
Items = Annotated[tuple[Item, ...], BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)]


def _form(value: Any) -> str:
    """Which form a value is written in: a list, a law (a mapping), or one number."""
    return "list" if isinstance(value, (list, tuple)) else "law" if isinstance(value, (dict, Declared)) else "number"


class Declared(BaseModel):
    """A part of a file: strict types, no unknown keys, never changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Interval:
    """A set of allowed numbers: an interval with open or closed ends, or a list such as ``{0, 1}``.

    Examples
    --------
    >>> 0.0 in Interval("(0, 0.2]"), 0.2 in Interval("(0, 0.2]"), 1 in Interval("{0, 1}"), 3 in Interval("[0, inf)")
    (False, True, True, True)
    """

    def __init__(self, text: str) -> None:
        self.text, self.members = text, ()
        try:
            if text.startswith("{") and text.endswith("}"):
                self.members = tuple(float(part) for part in text[1:-1].split(","))
                self.low, self.high, self.open_low, self.open_high = min(self.members), max(self.members), False, False
            elif found := INTERVAL.fullmatch(text.strip()):
                self.low, self.high = float(found[2]), float(found[3])
                self.open_low, self.open_high = found[1] == "(", found[4] == ")"
            else:
                self.low, self.high, self.open_low, self.open_high = 1.0, 0.0, False, False
        except ValueError:
            raise PydanticCustomError("E119", "interval", {"text": text}) from None
        if not self.low <= self.high:
            raise PydanticCustomError("E119", "interval", {"text": text})

    members: tuple[float, ...]

    def __contains__(self, value: float) -> bool:
        """Whether `value` is allowed."""
        if self.members:
            return value in self.members
        above = value > self.low if self.open_low else value >= self.low
        return above and (value < self.high if self.open_high else value <= self.high)

    def __str__(self) -> str:
        """As it was written."""
        return self.text

    def __repr__(self) -> str:
        """As it was written."""
        return f"Interval({self.text!r})"

    def __eq__(self, other: object) -> bool:
        """Equal when written alike."""
        return isinstance(other, Interval) and other.text == self.text

    def __hash__(self) -> int:
        """Hash of its text."""
        return hash(self.text)


def _interval_schema(_source: Any, _handler: Any) -> core_schema.CoreSchema:
    """Read an interval from its text."""
    from_text = core_schema.no_info_after_validator_function(Interval, core_schema.str_schema(strict=True))
    return core_schema.json_or_python_schema(
        json_schema=from_text,
        python_schema=core_schema.union_schema(
            [core_schema.is_instance_schema(Interval), from_text], mode="left_to_right"
        ),
        serialization=core_schema.to_string_ser_schema(),
    )


Bounds = Annotated[Interval, GetPydanticSchema(_interval_schema)]


def _ordered(ordered: bool, **values: float) -> None:  # noqa: FBT001 - a condition, not a switch
    if not ordered:
        raise PydanticCustomError("E110", "order", {"values": ", ".join(f"{k} {v:g}" for k, v in values.items())})


class Fixed(Declared):
    """No uncertainty: one value, or one for each item of a vector parameter."""

    family: Literal["fixed"]
    value: Annotated[Annotated[Number, Tag("number")] | Annotated[Items[Number], Tag("list")], Discriminator(_form)]

    @property
    def centre(self) -> float | tuple[float, ...]:
        """The value."""
        return self.value

    def declared(self) -> tuple[float, ...]:
        """The numbers that must lie inside the bounds."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


class Normal(Declared):
    """Normal with `mean` and standard deviation `sd`."""

    family: Literal["normal"]
    mean: Number
    sd: Positive

    @property
    def centre(self) -> float:
        """The mean."""
        return self.mean

    def declared(self) -> tuple[float, ...]:
        """The numbers that must lie inside the bounds."""
        return (self.mean,)


class LogNormal(Declared):
    """Lognormal with `median` and standard deviation `sd_log` of the logarithm."""

    family: Literal["lognormal"]
    median: Positive
    sd_log: Positive

    @property
    def centre(self) -> float:
        """The median."""
        return self.median

    def declared(self) -> tuple[float, ...]:
        """The numbers that must lie inside the bounds."""
        return (self.median,)


class Triangular(Declared):
    """Triangular with hard ends `low` and `high` and its peak at `mode`."""

    family: Literal["triangular"]
    low: Number
    mode: Number
    high: Number

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(
            self.low <= self.mode <= self.high and self.low < self.high, low=self.low, mode=self.mode, high=self.high
        )
        return self

    @property
    def centre(self) -> float:
        """The mode."""
        return self.mode

    def declared(self) -> tuple[float, ...]:
        """The numbers that must lie inside the bounds."""
        return (self.low, self.mode, self.high)


class Beta(Declared):
    """Beta on [0, 1] with parameters `a` and `b`."""

    family: Literal["beta"]
    a: Positive
    b: Positive

    @property
    def centre(self) -> float:
        """The mean a / (a + b)."""
        return self.a / (self.a + self.b)

    def declared(self) -> tuple[float, ...]:
        """The numbers that must lie inside the bounds."""
        return (self.centre,)


class Dirichlet(Declared):
    """Dirichlet around the shares of `segments.csv`, its parameters being `concentration` times those shares."""

    family: Literal["dirichlet"]
    concentration: Positive

    def declared(self) -> tuple[float, ...]:
        """Nothing: the shares have bounds of their own."""
        return ()


Law = Annotated[Fixed | Normal | LogNormal | Triangular | Beta | Dirichlet, Field(discriminator="family")]
# What a change may set: one number, one for each item, or a law.
Value = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Items[Number], Tag("list")] | Annotated[Law, Tag("law")],
    Discriminator(_form),
]
FAMILIES: dict[str, type[Declared]] = {
    "fixed": Fixed,
    "normal": Normal,
    "lognormal": LogNormal,
    "triangular": Triangular,
    "beta": Beta,
    "dirichlet": Dirichlet,
}


def describe(law: Law) -> str:
    """Short notation of economics, as tables print it.

    Examples
    --------
    >>> describe(LogNormal(family="lognormal", median=600, sd_log=0.35)), describe(Fixed(family="fixed", value=20))
    ('LN(600, 0.35)', '20')
    """
    short = {"normal": "N", "lognormal": "LN", "triangular": "T", "beta": "Beta", "dirichlet": "Dirichlet"}
    if isinstance(law, Fixed):
        return ", ".join(f"{value:g}" for value in law.declared())
    values = ", ".join(f"{value:g}" for name, value in law if name != "family")
    return f"{short[law.family]}({values})"
