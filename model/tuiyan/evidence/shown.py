"""Observations and scores as small tables of words, for the terminal and for a notebook's prompt."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tuiyan.grids import Grid
from tuiyan.inputs.facts import Fact
from tuiyan.inputs.units import unit_name
from tuiyan.wording import Text, say

if TYPE_CHECKING:
    from tuiyan.evidence.observing import Observed
    from tuiyan.evidence.scored import FigureScore, GoalScore, Scored

FIGURE_HEAD = ("forecast", "year", "definition", "figure", "median", "interval", "crps", "interval_score", "p10", "p50",
               "p90", "pit")  # fmt: skip
SPLIT_HEAD = ("forecast", "year", "definition", "ratio", "miss", "deviation", "error")
GOAL_HEAD = ("forecast", "goal", "probability", "scope", "outcome", "figure", "met", "outcome_probability", "brier")
OBSERVED_HEAD = ("year", "value", "unit", "definition", "published", "grade", "in_fit", "source")
SERIES_HEAD = ("series", "unit", "years", "figures", "definition")


def figure(fact: Fact) -> str:
    """A figure with its qualifier; one that is stated as it is has none."""
    return f"{'' if fact.qualifier == '=' else fact.qualifier}{fact.value:,.10g}"


def observed(found: Observed, lang: str) -> Grid:
    """The figures of a series."""
    rows = tuple(
        (
            str(fact.year), figure(fact), unit_name(fact.unit, lang), fact.definition, str(fact.published), fact.grade,
            say(f"observe.{'yes' if fact.in_fit else 'no'}", lang), fact.source,
        )
        for fact in found.facts
    )  # fmt: skip
    known = found.workspace.definition_file.definitions
    notes = [f"{id_}: {known[id_].label[lang]}" for id_ in found.definitions]
    if len(notes) > 1:
        notes.append(say("observe.apart", lang))
    title = say("observe.title", lang, series=found.series, as_of=found.as_of)
    return Grid(title, _head("observe", OBSERVED_HEAD, lang), rows, "\n".join(notes))


def series(facts: Iterable[Fact], lang: str) -> Grid:
    """The series that some facts belong to, in their order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.series, []).append(fact)
    rows = []
    for name, known in found.items():
        years = [fact.year for fact in known]
        span = str(years[0]) if min(years) == max(years) else f"{min(years)}-{max(years)}"
        definitions = ", ".join(dict.fromkeys(fact.definition for fact in known))
        rows.append((name, unit_name(known[0].unit, lang), span, str(len(known)), definitions))
    return Grid(say("observe.all", lang), _head("observe", SERIES_HEAD, lang), tuple(rows))


def scored(found: Scored, lang: str) -> list[Grid]:
    """Scores of figures, the split of each miss, the goals, and what must be said with them."""
    if not found.figures and not any(each.fact for each in found.goals):
        return [Grid(nothing(found, lang), (), ())]
    grids = [_figures(found, lang), _split(found, lang)] if found.figures else []
    grids += [_goals(found, lang)] if found.goals else []
    said = [text[lang] for text in found.cautions]
    return [*grids, Grid(say("score.cautions", lang), (), (), "\n".join(f"- {line}" for line in said))]


def nothing(found: Scored, lang: str) -> str:
    """That there is nothing to score yet, and what was looked at."""
    told = [say("score.nothing", lang, count=found.forecasts, as_of=found.as_of), _passed(found, lang)]
    return " ".join(part for part in told if part)


def _figures(found: Scored, lang: str) -> Grid:
    """One row for each figure and forecast."""
    rows = []
    for each in found.figures:
        at = each.spread.quantiles
        place = say("score.beyond", lang, value=_percent(each.beyond)) if each.pit is None else f"{each.pit:.2f}"
        scores = (each.crps, each.interval, each.pinball("p10"), each.pinball("p50"), each.pinball("p90"))
        rows.append((
            *_about(each), figure(each.fact), _scale(at["p50"]), f"{_scale(at['p05'])}-{_scale(at['p95'])}",
            *map(_number, scores), place,
        ))  # fmt: skip
    passed = _passed(found, lang)
    note = "\n".join([say("score.figures.note", lang), *([passed] if passed else []), *_labels(found, lang)])
    title = say("score.figures", lang, as_of=found.as_of)
    return Grid(title, _head("score", FIGURE_HEAD, lang), tuple(rows), note)


def _split(found: Scored, lang: str) -> Grid:
    """The miss of each number and its two parts."""
    points = [each for each in found.figures if each.point]
    rows = tuple(
        (
            *_about(each),
            "" if each.miss is None else f"{math.exp(each.miss):.2f}",
            *(_signed(value) for value in (each.miss, each.deviation, each.error)),
        )
        for each in points
    )
    note = say("score.split.note", lang, happened=found.happened)
    return Grid(say("score.split", lang), _head("score", SPLIT_HEAD, lang), rows, note)


def _goals(found: Scored, lang: str) -> Grid:
    """The goals with their outcomes, and those of which no outcome is known."""
    rows = tuple(_goal(each, lang) for each in found.goals)
    return Grid(say("score.goals", lang), _head("score", GOAL_HEAD, lang), rows, say("score.goals.note", lang))


def _goal(each: GoalScore, lang: str) -> tuple[str, ...]:
    """One row: the outcome's definition, and the goal's where it is another."""
    words = {True: "score.met", False: "score.missed", None: "score.unknown"}
    definition = each.fact.definition if each.fact else ""
    if each.fact and each.chance.definition and each.chance.definition != definition:
        definition = say("score.not_the_goals", lang, own=definition, wanted=each.chance.definition)
    chance, scope = (_percent(value) for value in (each.chance.probability, each.chance.scope))
    return (
        f"{each.forecast.scenario} {each.forecast.as_of}", each.goal, chance, scope, definition,
        figure(each.fact) if each.fact else "", say(words[each.met], lang), _percent(each.probability),
        _number(each.brier),
    )  # fmt: skip


def _about(each: FigureScore) -> tuple[str, str, str]:
    """Which forecast, which year, which definition."""
    return f"{each.forecast.scenario} {each.forecast.as_of}", str(each.fact.year), each.definition


def _labels(found: Scored, lang: str) -> list[str]:
    """Names of the definitions, one line each."""
    known = found.workspace.definition_file.definitions
    shown: dict[str, Text] = {each.definition: known[each.definition].label for each in found.figures}
    return [f"{id_}: {label[lang]}" for id_, label in shown.items()]


def _passed(found: Scored, lang: str) -> str:
    """The reports that hold no forecast, if any."""
    return say("score.passed", lang, names=", ".join(found.passed)) if found.passed else ""


def _head(room: str, names: Iterable[str], lang: str) -> tuple[str, ...]:
    return tuple(say(f"{room}.{name}", lang) for name in names)


def _number(value: float | None) -> str:
    """A score to three digits after the point."""
    return "" if value is None else f"{value:.3f}"


def _signed(value: float | None) -> str:
    """A difference of logs in per cent (100 log points), with its sign; 0 is exactly none, 0.0 less than is shown."""
    if value is None:
        return ""
    text = f"{100 * value:+.1f}"
    return "0" if value == 0 else text.lstrip("+-") if float(text) == 0 else text


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f}%"


def _scale(value: float) -> str:
    """An amount to three figures.

    Examples
    --------
    >>> _scale(1061.2), _scale(73.26)
    ('1,060', '73.3')
    """
    digits = 2 - math.floor(math.log10(value))
    return f"{round(value, digits):,.{max(0, digits)}f}"
