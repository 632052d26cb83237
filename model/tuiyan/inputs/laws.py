"""The probability laws that a parameter may have, as an economist writes them.

A law is declared data; how a uniform number becomes a draw of it stands in `draws`.
"""

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tuiyan.inputs.quoted import from_quantiles

Number = Annotated[float, Field(allow_inf_nan=False)]
Positive = Annotated[float, Field(allow_inf_nan=False, gt=0)]
Item = TypeVar("Item")
# A YAML list, kept as a tuple because a declaration never changes.
Items = Annotated[tuple[Item, ...], BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)]


def _form(value: Any) -> str:
    """Whether a fixed value is written as a list or as one number."""
    return "list" if isinstance(value, (list, tuple)) else "number"


class Declared(BaseModel):
    """A part of a file: strict types, no unknown keys, never changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


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
    sd_log: Annotated[float, Field(allow_inf_nan=False, gt=0, le=3)]

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
    """Dirichlet around `shares`, or those of `segments.csv`; its parameters are `concentration` times them."""

    family: Literal["dirichlet"]
    concentration: Annotated[float, Field(allow_inf_nan=False, ge=10)]
    shares: Items[Positive] | None = None

    def declared(self) -> tuple[float, ...]:
        """Nothing: the shares have bounds of their own."""
        return ()

    def around(self, usual: tuple[float, ...]) -> tuple[float, ...]:
        """Its central shares: its own, or the usual ones."""
        return self.shares or usual


class Quoted(Declared):
    """A law quoted by three of its quantiles; read as the law of its family that has them (see `quoted`)."""

    family: Literal["normal", "lognormal", "triangular"]
    p5: Number
    p50: Number
    p95: Number


_Family = Annotated[Fixed | Normal | LogNormal | Triangular | Beta | Dirichlet, Field(discriminator="family")]
Law = Annotated[_Family, BeforeValidator(from_quantiles, json_schema_input_type=_Family | Quoted)]


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
    values = ", ".join(f"{value:g}" for name, value in law if isinstance(value, (int, float)))
    if isinstance(law, Dirichlet) and law.shares:
        values += "; " + ", ".join(f"{share:g}" for share in law.shares)
    return f"{short[law.family]}({values})"
