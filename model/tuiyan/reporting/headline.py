"""The headline of a published bundle: what its own tables say of the scale goal and of all counted goals together."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tuiyan.evidence import archive
from tuiyan.reporting.numbers import Number
from tuiyan.reporting.study import RESULTS
from tuiyan.reporting.words import joined, sentence
from tuiyan.wording import Text, both

SCALE, JOINT = "R01", "joint"
Chances = dict[str, dict[str, Number]]


def of(folder: Path, run: Mapping[str, Any]) -> Text | None:
    """The headline of a bundle; None for one that gives no probability of the scale goal.

    Parameters
    ----------
    run
        What its manifest says of the run.

    Raises
    ------
    ValueError, KeyError, TypeError
        For tables that are not ours; OSError for those that cannot be read.
    """
    found = {name: each for name, each in _chances(folder / RESULTS).items() if SCALE in each}
    if "scenario" not in run and len(found) > 1:
        return _range(list(found.values()))
    own = found.get(str(run.get("scenario")))
    if own is None:
        return None
    joint = sentence("index.goal.joint", joint=_printed(own[JOINT])) if JOINT in own else both("index.goal.no_joint")
    return joined([_scale(own[SCALE], _goal(folder / archive.FILE)), joint])


def _scale(number: Number, goal: Mapping[str, Any] | None) -> Text:
    """What is said of the scale goal; in full where the forecast states it."""
    if goal and goal["variable"] == archive.VARIABLE and goal["comparison"] == ">":
        amount = ("money", float(goal["value"]))
        return sentence("index.goal", year=int(goal["deadline"]), amount=amount, scale=_printed(number))
    return sentence("index.goal.plain", scale=_printed(number))


def _chances(path: Path) -> Chances:
    """Scenario to goal to its probability, of a table of results."""
    if not path.is_file():
        return {}
    head, *lines = path.read_text(encoding="utf-8").split("\n")
    found: Chances = {}
    for row in csv.DictReader([head, *(line for line in lines if ",goal," in line)]):
        if row.get("variable") == "goal" and row["statistic"] == "probability":
            number = Number(float(row["value"]), float(row["standard_error"]))
            found.setdefault(row["scenario"], {})[row["item"]] = number
    return found


def _goal(path: Path) -> Mapping[str, Any] | None:
    """The scale goal as the archived forecast states it."""
    if not path.is_file():
        return None
    first = json.loads(path.read_text(encoding="utf-8"))["forecasts"][0]
    goal: Mapping[str, Any] | None = first["goals"].get(SCALE)
    return goal


def _range(found: list[dict[str, Number]]) -> Text:
    """The headline of several scenarios side by side: from the least to the greatest."""
    keys = {"index.goal.range": SCALE, "index.goal.joint.range": JOINT}
    sentences = []
    for key, goal in keys.items():
        ordered = sorted((each[goal] for each in found if goal in each), key=lambda number: number.value)
        if ordered:
            ends = {"low": _printed(ordered[0]), "high": _printed(ordered[-1])}
            sentences.append(sentence(key, count=len(ordered), **ends))
    return joined(sentences)


def _printed(number: Number) -> tuple[str, Number]:
    return "probability", number
