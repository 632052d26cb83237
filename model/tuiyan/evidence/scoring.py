"""Archived forecasts against the facts published since they were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from tuiyan.evidence.archive import FILE, FOLDER, UNIT, VARIABLE, Chance, Forecast, own_error
from tuiyan.evidence.deviation import Runs, deviation
from tuiyan.evidence.observing import day_of
from tuiyan.evidence.reading import read
from tuiyan.evidence.scored import FigureScore, GoalScore, Scored
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.laws import Fixed
from tuiyan.inputs.loading import load
from tuiyan.inputs.revisions import POINTS, latest
from tuiyan.inputs.workspace import Workspace, find_workspace, read_workspace

MANIFEST = "manifest.json"  # what marks a folder as a report
USUAL_ERROR = "scope.observation_error"
Archived = tuple[str, Forecast]  # the report it was found in, and the forecast


def score(
    reports: Path | str | Iterable[Path | str],
    *,
    as_of: date | str | None = None,
    happened: str = "announced",
    workspace: Path | str | None = None,
) -> Scored:
    """Score archived forecasts against the facts published after them.

    A figure counts if it may enter a fit, was published after the forecast was made and by `as_of`, and is of the
    forecast's home definition or of one with a declared bridge. A figure told as a bound has no score; the probability
    that the forecast gave to it is shown instead. The miss of a figure, log figure less log median, is the deviation of
    the scenario and the error of the model, and nothing else: they sum to it exactly.

    Parameters
    ----------
    reports
        Folders of reports, archives, or folders that hold reports.
    as_of
        Day of scoring; default: today.
    happened
        Scenario whose levers are held to have happened. Nobody has measured the levers. The growth of the city is
        taken as published since, where it was.
    workspace
        Folder that holds `params/`; default: see `find_workspace`.

    Raises
    ------
    TuiyanError
        For a named report without an archive, a damaged archive, an unknown scenario `happened`, and two figures of
        one day that conflict.

    References
    ----------
    economics.md 7 and 8; Gneiting and Raftery (2007), doi:10.1198/016214506000001437.

    Examples
    --------
    >>> score([], as_of="2026-06-30")
    <Scored 0 forecasts, 0 figures, 0 outcomes of goals, as_of 2026-06-30, levers of announced>
    """
    space, day = read_workspace(find_workspace(workspace)), day_of(as_of)
    load(happened, workspace=space.root)  # a name that is none is refused even when there is nothing to score
    given = [reports] if isinstance(reports, (str, Path)) else list(reports)
    archived, passed = _archived([Path(each) for each in given], space.root)
    figures = _figures(space, day)
    scored: list[FigureScore] = []
    goals: list[GoalScore] = []
    warnings: list[Finding] = []
    runs = Runs()
    for report, forecast in archived:
        rows = [
            FigureScore(report, forecast, fact.definition, fact, noise=_noise(space, fact.definition))
            for fact in figures
            if _later(fact, forecast)
        ]
        if any(row.point for row in rows):
            moved, told = deviation(forecast, space, happened, day, runs)
            warnings += told
            if moved:
                rows = [replace(row, deviation=_moved(row, moved.get(row.definition, {}))) for row in rows]
        scored += rows
        if forecast.scenario == happened:  # a counterfactual has no outcome
            goals += _goals(report, forecast, figures)
    return Scored(day, happened, len(archived), tuple(scored), tuple(goals), tuple(warnings), passed, space)


def _noise(workspace: Workspace, definition: str) -> float:
    """Standard deviation of the error of a published figure: that of its bridge, or the usual one of the register."""
    usual = workspace.parameters[USUAL_ERROR].law
    return own_error(workspace, definition) or (float(np.max(usual.value)) if isinstance(usual, Fixed) else 0.0)


def _figures(workspace: Workspace, day: date) -> list[Fact]:
    """The figures of a scale that may enter a fit, the best vintage of each."""
    known = [fact for fact in visible(read_facts(workspace), day) if fact.in_fit and fact.unit == UNIT]
    return latest(known)


def _later(fact: Fact, forecast: Forecast) -> bool:
    """Whether a figure was published after a forecast that speaks of it."""
    return fact.published > forecast.as_of and fact.year in forecast.scale.get(fact.definition, {})


def _moved(row: FigureScore, by_year: Mapping[int, float]) -> float | None:
    """The deviation of the scenario, of a number; a bound has no miss to split."""
    return by_year.get(row.fact.year) if row.point else None


def _goals(report: str, forecast: Forecast, figures: Iterable[Fact]) -> Iterator[GoalScore]:
    """The goals of a forecast with every outcome that a figure gives; one row without an outcome where none does."""
    later = [fact for fact in figures if _later(fact, forecast)]
    for id_, chance in forecast.goals.items():
        if chance.probability is None:
            continue
        due = [fact for fact in later if chance.variable == VARIABLE and fact.year == chance.deadline]
        known = [(fact, met) for fact in due if (met := _met(fact, chance)) is not None]
        for fact, met in known:
            yield GoalScore(report, forecast, id_, chance, fact, met)
        if not known:
            yield GoalScore(report, forecast, id_, chance, None, None)


def _met(fact: Fact, chance: Chance) -> bool | None:
    """Whether a figure meets a goal; None for a bound that leaves it open."""
    if fact.qualifier in POINTS:
        return fact.value > chance.value if chance.comparison == ">" else fact.value >= chance.value
    if fact.qualifier == ">":
        return True if fact.value >= chance.value else None
    return False if fact.value <= chance.value else None


def _archived(reports: list[Path], root: Path) -> tuple[list[Archived], tuple[str, ...]]:
    """Every forecast of some reports once, and the folders that hold none.

    Raises
    ------
    TuiyanError
        With every archive that is not there or is damaged.
    """
    findings: list[Finding] = []
    passed: list[str] = []
    found: dict[str, Archived] = {}
    for given in reports:
        for path in _candidates(given):
            if path.is_dir():
                passed.append(path.name)
                continue
            try:
                inside = path.absolute().is_relative_to(root)
                forecasts = read(path, (path.absolute().relative_to(root) if inside else path).as_posix())
            except TuiyanError as error:
                findings += error.findings
                continue
            for each in forecasts:
                # The same baseline stands in many reports; the code that ran it may differ and the numbers not.
                key = repr(replace(each, version="", code=""))
                found.setdefault(key, (path.parent.name if path.name == FILE else path.stem, each))
    if findings:
        raise TuiyanError(findings)
    return list(found.values()), tuple(dict.fromkeys(passed))


def _candidates(given: Path) -> list[Path]:
    """The archive of a report; or, of a folder of reports, the archive of each, and those kept of earlier ones."""
    if not given.is_dir():
        return [given]
    if (given / MANIFEST).is_file() or (given / FILE).is_file():
        return [given / FILE]
    if given.name == FOLDER:
        return sorted(given.glob("*.json"))
    folders = sorted(each for each in given.iterdir() if each.is_dir() and not each.name.startswith("."))
    kept = [path for each in folders if each.name == FOLDER for path in _candidates(each)]
    reports = [each for each in folders if each.name != FOLDER]
    return [*(each / FILE if (each / FILE).is_file() else each for each in reports), *kept]
