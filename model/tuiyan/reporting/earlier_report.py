"""An earlier report as its record holds it: read back, checked, never believed without its hash.

The record is `FILE` of a bundle; `earlier` makes it and tells which report it is of. What is read here was written by a
program of another day, or edited since: whatever is missing or damaged is a finding, and a record of a day before the
scenario compared with was kept is read without it.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuiyan.analysis.changes import SCALE, SCOPE, Archived
from tuiyan.analysis.outcomes import ALL
from tuiyan.ensemble import check_draws
from tuiyan.estimates import Estimate
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.resolved import Resolved, read_resolved
from tuiyan.reporting.study import RESOLVED, RESOLVED_OTHER, RESULTS

FILE, SCHEMA = "since.json", 1
MANIFEST = "manifest.json"
PARTS = ("run", "sha256", "versions", "platform", "inputs", "outputs")  # of a manifest
LAST_SEED = 1 << 62
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One scenario of an earlier report: its values, and what the report said of it."""

    values: Resolved
    archived: Archived


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier report: its manifest, its values, and what it said.

    ``other`` is the scenario that it compared with; None where it compared with none, and where the record is of a
    program that did not keep it (`knows_other`).
    """

    manifest: Mapping[str, Any]
    values: Resolved
    archived: Archived
    other: Side | None = None

    @property
    def digest(self) -> str:
        """The first letters of the digest of its bundle."""
        return str(self.manifest["bundle"])[:12]

    @property
    def against(self) -> str | None:
        """Id of the scenario that it compared with; None for none."""
        found: str | None = self.manifest["run"].get("against")
        return found

    @property
    def knows_other(self) -> bool:
        """Whether the record tells all of the scenario compared with, or that there was none."""
        return self.other is not None or ("against" in self.manifest["run"] and self.against is None)


def plain(text: object) -> object:
    """JSON as plain data; None for what is none."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def read(text: str, scenario: str) -> Earlier:
    """The earlier report of a scenario, from its record.

    Raises
    ------
    TuiyanError
        For a file of it that is missing or damaged, that is not the one its manifest lists, or is of another scenario.
    """
    whole = plain(text)
    files = whole.get("files") if isinstance(whole, dict) and whole.get("schema") == SCHEMA else None
    if not isinstance(files, dict):
        raise _damaged(FILE, "files")
    _refuse_missing(files, (MANIFEST, RESOLVED, RESULTS))
    about = _manifest(files[MANIFEST])
    if (found := about["run"].get("scenario")) != scenario:
        raise TuiyanError([Finding("E294", None, {"name": scenario, "other": str(found)})])
    own, other = _side(files, RESOLVED, about, scenario), None
    if (against := about["run"].get("against")) is not None and RESOLVED_OTHER in files:
        _refuse_missing(files, (RESOLVED_OTHER,))
        other = _side(files, RESOLVED_OTHER, about, against)
    return Earlier(about, own.values, own.archived, other)


def _refuse_missing(files: Mapping[str, object], names: tuple[str, ...]) -> None:
    missing = [name for name in names if not isinstance(files.get(name), str)]
    if missing:
        raise TuiyanError(Finding("E291", None, {"file": name}) for name in missing)


def _side(files: Mapping[str, str], name: str, about: Record, scenario: str) -> Side:
    """Values and results of one scenario; its values are those that the manifest lists."""
    if about["outputs"].get(name) != hashlib.sha256(files[name].encode()).hexdigest():
        raise TuiyanError([Finding("E293", None, {"file": name})])
    levels = _levels(files[RESULTS], scenario)
    return Side(read_resolved(files[name], name), Archived(about["run"]["draws"], about["run"]["seed"], levels))


def _damaged(file: str, place: str) -> TuiyanError:
    return TuiyanError([Finding("E292", None, {"file": file, "place": place})])


def _manifest(text: str) -> Record:
    """A manifest whose parts that are read here have the kind they must have."""
    found = plain(text)
    record: Record = found if isinstance(found, dict) else {}
    wrong = [key for key in PARTS if not isinstance(record.get(key), dict)]
    wrong += [] if isinstance(record.get("bundle"), str) else ["bundle"]
    if wrong:
        raise _damaged(MANIFEST, wrong[0])
    for key in PARTS[1:]:
        for name, value in record[key].items():
            if not isinstance(value, str | None):
                raise _damaged(MANIFEST, f"{key}.{name}")
    run = record["run"]
    check_draws(run.get("draws"), run.get("seed"))
    if run["seed"] >= LAST_SEED:
        raise _damaged(MANIFEST, "run.seed")
    if not isinstance(run.get("against"), str | None):
        raise _damaged(MANIFEST, "run.against")
    return record


def _levels(text: str, scenario: str) -> dict[str, Estimate]:
    """What the report printed, by outcome."""
    found: dict[str, Estimate] = {}
    try:
        rows = list(csv.DictReader(text.splitlines(), strict=True))
    except csv.Error:
        raise _damaged(RESULTS, "CSV") from None
    for place, row in enumerate(rows, start=2):
        name = _outcome(row) if row.get("scenario") == scenario else None
        if name is not None:
            found[name] = _estimate(row, place, amount=name == SCALE)
    if SCALE not in found:
        raise _damaged(RESULTS, SCALE)
    return found


def _outcome(row: Mapping[str, str | None]) -> str | None:
    """The outcome that a row of the results is of."""
    item, statistic = row.get("item") or "", row.get("statistic")
    if row.get("variable") == SCALE:
        return SCALE if statistic == "p50" else None
    if statistic == "probability":
        return ALL if item == "joint" else item
    return item + SCOPE if statistic == "probability_scope" else None


def _estimate(row: Mapping[str, str | None], place: int, *, amount: bool) -> Estimate:
    """The number of a row and its error."""
    try:
        value, error = float(row.get("value") or ""), float(row.get("standard_error") or "")
    except ValueError:
        raise _damaged(RESULTS, f"{place}") from None
    most = math.inf if amount else 1.0
    if not (math.isfinite(value) and 0 <= value <= most and math.isfinite(error) and error >= 0):
        raise _damaged(RESULTS, f"{place}")
    return Estimate(value, error)
