"""Bounds of a number, written as an interval."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

INTERVAL = re.compile(r"([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])")


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
        python_schema=core_schema.tagged_union_schema(
            {"interval": core_schema.is_instance_schema(Interval), "text": from_text},
            discriminator=lambda value: "interval" if isinstance(value, Interval) else "text",
        ),
        serialization=core_schema.to_string_ser_schema(),
    )


Bounds = Annotated[Interval, GetPydanticSchema(_interval_schema)]
