"""Archived forecasts read back: what is damaged is named by its place in the file, never passed over."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tuiyan.draws.points import BATCHES
from tuiyan.ensemble import MOST_DRAWS
from tuiyan.evidence.archive import LEVELS, SCHEMA, UNIT, VARIABLE, Chance, Forecast, Spread
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.variables import BASE_YEAR

MOST_BYTES = 4 << 20
COMPARISONS = (">", ">=")
SPAN = 100  # years after the base year that a file may speak of


def read(path: Path, shown: str) -> tuple[Forecast, ...]:
    """The forecasts of an archive.

    Parameters
    ----------
    path
        The file.
    shown
        How messages call it.

    Raises
    ------
    TuiyanError
        For a file that is not there, or is not such an archive, naming the place in it.
    """
    try:
        if path.exists() and not path.is_dir() and not (path.is_file() and path.stat().st_size <= MOST_BYTES):
            raise TuiyanError([Finding("E236", None, {"file": shown, "place": f"≤ {MOST_BYTES >> 20} MB"})])
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TuiyanError([Finding("E237", None, {"file": shown, "why": error.strerror or error})]) from None
    except UnicodeDecodeError:
        raise TuiyanError([Finding("E236", None, {"file": shown, "place": "UTF-8"})]) from None
    try:
        whole = _Part(json.loads(text, parse_constant=_no_number), "")
        whole["schema"].one_of((SCHEMA,))
        whole["variable"].one_of((VARIABLE,))
        whole["unit"].one_of((UNIT,))
        return tuple(_forecast(each) for each in whole["forecasts"].items())
    except json.JSONDecodeError as error:
        raise TuiyanError([Finding("E236", None, {"file": shown, "place": f"{error.lineno}:{error.colno}"})]) from None
    except (RecursionError, ValueError) as error:  # brackets within brackets, or thousands of digits
        raise TuiyanError([Finding("E236", None, {"file": shown, "place": type(error).__name__})]) from None
    except _DamagedError as error:
        raise TuiyanError([Finding("E236", None, {"file": shown, "place": str(error)})]) from None


class _DamagedError(Exception):
    """Something in an archive is not what it must be; its text is the place."""


def _no_number(name: str) -> float:
    raise _DamagedError(name)


@dataclass(frozen=True, slots=True)
class _Part:
    """A value of an archive and its place, read with a check."""

    value: Any
    place: str

    def __getitem__(self, key: str) -> _Part:
        if not isinstance(self.value, dict) or key not in self.value:
            raise _DamagedError(f"{self.place}.{key}".strip("."))
        return _Part(self.value[key], f"{self.place}.{key}".strip("."))

    def checked(self, good: bool) -> Any:  # noqa: FBT001 - a condition, not a switch
        if not good:
            raise _DamagedError(self.place)
        return self.value

    def items(self) -> list[_Part]:
        """The items of a list, at least one."""
        self.checked(isinstance(self.value, list) and bool(self.value))
        return [_Part(each, f"{self.place}[{number}]") for number, each in enumerate(self.value)]

    def keys(self) -> list[str]:
        """The keys of a mapping."""
        return list(self.checked(isinstance(self.value, dict)))

    def one_of(self, allowed: tuple[object, ...]) -> Any:
        return self.checked(not isinstance(self.value, (dict, list, bool)) and self.value in allowed)

    def text(self) -> str:
        return str(self.checked(isinstance(self.value, str)))

    def number(self, low: float = -math.inf, high: float = math.inf) -> float:
        self.checked(isinstance(self.value, (int, float)) and not isinstance(self.value, bool))
        try:
            found = float(self.value)
        except OverflowError:
            raise _DamagedError(self.place) from None
        self.checked(low <= found <= high and math.isfinite(found))
        return found

    def whole(self, low: int, high: int) -> int:
        self.number(low, high)
        return int(self.checked(isinstance(self.value, int)))

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise _DamagedError(self.place) from None


def _forecast(part: _Part) -> Forecast:
    """One forecast of an archive."""
    scale, home = part["scale"], part["home_definition"].text()
    through = {key: _optional(scale[key]["through"]) for key in scale.keys()}  # noqa: SIM118 - not a mapping
    scale[home].checked(through.get(home, "") is None)
    return Forecast(
        scenario=part["scenario"].text(),
        as_of=part["as_of"].day(),
        home=home,
        fingerprint=part["resolved_sha256"].text(),
        draws=int(part["draws"].checked(part["draws"].whole(2 * BATCHES, MOST_DRAWS) % BATCHES == 0)),
        seed=part["seed"].whole(0, 1 << 62),
        version=part["code"]["version"].text(),
        code=part["code"]["sha256"].text(),
        through=through,
        scale={key: _years(scale[key]["years"]) for key in through},
        goals={key: _chance(part["goals"][key]) for key in part["goals"].keys()},  # noqa: SIM118
    )


def _years(part: _Part) -> dict[int, Spread]:
    """The forecasts of one definition by year."""
    found = {}
    for key in part.keys():  # noqa: SIM118 - not a mapping
        entry = part[key]
        entry.checked(key.isascii() and key.isdecimal() and BASE_YEAR <= int(key) <= BASE_YEAR + SPAN)
        quantiles = {name: entry[name].number(1e-300) for name in LEVELS}
        entry.checked(list(quantiles.values()) == sorted(quantiles.values()))
        found[int(key)] = Spread(quantiles, entry["mean_log"].number(), entry["sd_log"].number(0))
    return dict(sorted(found.items()))


def _chance(part: _Part) -> Chance:
    """The forecast of one goal."""

    def probability(key: str) -> float | None:
        return None if part[key].value is None else part[key].number(0, 1)

    return Chance(
        variable=part["variable"].text(),
        comparison=part["comparison"].one_of(COMPARISONS),
        value=part["value"].number(),
        deadline=part["deadline"].whole(BASE_YEAR, BASE_YEAR + SPAN),
        definition=_optional(part["definition"]),
        probability=probability("probability"),
        scope=probability("probability_definition_uncertain"),
    )


def _optional(part: _Part) -> str | None:
    """A text, or nothing."""
    return None if part.value is None else part.text()
