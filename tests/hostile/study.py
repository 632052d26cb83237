"""A workspace in which every text that a user may write holds a payload of its own."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.hostile.payloads import ALL, CELLS, filled

ROOT = Path(__file__).resolve().parents[2]
MARK = re.compile(r"Qx\d{4}z")
NAME = "hostile"
LABEL = 40  # characters that the name of a row or a line in a figure has room for
SHORT = tuple(each for each in ALL if len(filled(each, "Qx0000z", "")) <= LABEL and "\n" not in each)
TEXTS = frozenset({
    "zh", "en", "reference", "note", "grade_note", "sentence", "document", "basis_note", "summary", "symbol", "reason",
    "evidence", "channel", "guard",
})  # fmt: skip
LABELLED = frozenset({"params/levers.yaml", "params/tables.yaml", "params/measures.yaml", "params/parameters.yaml"})
COLUMNS = frozenset({"zh", "en", "definition", "url", "note", "note_zh", "note_en", "case_zh", "case_en"})
SOURCE = "\"><a id=x href='javascript:live(1)'>{{7*7}} $x$ #panic()"  # the name of a source is a user's as well
DEFINITION = '=HYPERLINK("http://127.0.0.1","x")'
OLD = "plan_key_industry"
GOAL = "@SUM(1+1)<b>&{0}"


@dataclass(slots=True)
class Planted:
    """What was planted where: the mark of each place to its text.

    Attributes
    ----------
    address
        Where somebody listens.
    texts
        Mark to the payload as it was planted there.
    payloads
        Mark to the number of its payload in `ALL`.
    """

    address: str
    texts: dict[str, str] = field(default_factory=dict)
    payloads: dict[str, int] = field(default_factory=dict)

    def next(self, number: int | None = None, *, of: tuple[str, ...] = ALL) -> str:
        """A payload for one more place: the one of that number, or the next of those `of` which fit there."""
        mark = f"Qx{len(self.texts):04}z"
        payload = of[len(self.texts) % len(of)] if number is None else of[number]
        text = filled(payload, mark, self.address)
        self.texts[mark], self.payloads[mark] = text, ALL.index(payload)
        return text

    def pair(self, number: int | None = None, *, of: tuple[str, ...] = ALL) -> dict[str, str]:
        """A text in both languages."""
        return {"zh": self.next(number, of=of), "en": self.next(number, of=of)}


def plant(folder: Path, address: str) -> Planted:
    """Copy the workspace into `folder` and plant payloads in all its texts, and in a scenario that holds them all."""
    planted = Planted(address)
    shutil.copytree(ROOT / "params", folder / "params")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for path in sorted(folder.glob("params/**/*.yaml")):
        _yaml(path, path.relative_to(folder).as_posix(), planted)
    for path in sorted(folder.glob("params/**/*.csv")):
        if path.parent.name != "io":
            _csv(path, planted)
    _write(folder / "params" / "scenarios" / f"{NAME}.yaml", _scenario(planted))
    return planted


def _scenario(planted: Planted) -> dict[str, Any]:
    """A scenario with every payload in its list of what is not modelled, and in all its other texts."""
    levers = ("talent", "finance", "open_data", "environment", "upgrading", "clusters", "rd_support")
    uncertain = ("scope.goal", "base.scale", "demand.elasticity", "supply.slack", "firms.exit")

    def because() -> dict[str, Any]:
        return {"because": planted.pair(), "grade": "judgement", "sources": [SOURCE]}

    return {
        "extends": "announced",
        "title": planted.pair(ALL.index(CELLS[0])),
        "story": planted.pair(0),
        "author": planted.next(ALL.index("<img src=x onerror=live('MARK')>")),
        "reason": planted.pair(1),
        "not_modelled": [planted.pair(number) for number in range(len(ALL))],
        "levers": {name: {"scale": 0.9, **because()} for name in levers},
        "uncertain": {name: {"widen": 1.1, **because()} for name in uncertain},
        "correlations": [
            {"between": ["scope.goal", "base.scale"], "rank": 0.2, **because()},
        ],
    }


def _yaml(path: Path, name: str, planted: Planted) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    short = name in LABELLED
    for holder, key in list(_strings(data)):
        label = short and key in ("zh", "en", "symbol")
        text = planted.next(of=SHORT if label else ALL)
        holder[key] = f"{text} {holder[key]}" if len(planted.texts) % 2 else f"{holder[key]} {text}"
    if path.name == "sources.yaml":
        data["sources"][SOURCE] = {"reference": planted.next(), "use": ["num"], "note": planted.pair()}
    if path.parent.name == "goals":
        data["goals"][GOAL] = {**data["goals"]["R01"], "id": "another"}
    _write(path, _renamed(data))


def _renamed(data: Any) -> Any:
    """The data with a definition under a name that a spreadsheet would calculate."""
    if isinstance(data, list):
        return [_renamed(each) for each in data]
    if isinstance(data, dict):
        return {_renamed(key): _renamed(value) for key, value in data.items()}
    return DEFINITION if data == OLD else data


def _strings(data: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """The texts in plain data, each as the mapping that holds it and its key."""
    if isinstance(data, list):
        for each in data:
            yield from _strings(each)
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str) and key in TEXTS:
                yield data, key
            else:
                yield from _strings(value)


def _csv(path: Path, planted: Planted) -> None:
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    said: dict[tuple[str, str], str] = {}
    short = path.name in ("sectors.csv", "segments.csv", "analogues.csv")
    for row in rows:
        for place, column in enumerate(head):
            told = column == "source" and path.parent.name == "facts"  # elsewhere it is the id of one
            if (told or column in COLUMNS) and row[place]:
                if (column, row[place]) not in said:  # rows of one series share their name
                    said[column, row[place]] = f"{row[place]} {planted.next(of=SHORT if short else ALL)}"
                row[place] = said[column, row[place]]
            row[place] = DEFINITION if row[place] == OLD else row[place]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def _write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8", newline="\n")
