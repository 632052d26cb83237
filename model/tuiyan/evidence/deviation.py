"""How far a forecast missed because its scenario did not happen, and not because the model was wrong.

The model is run again with what was known when the forecast was made, on the same draws, but with the levers and the
drivers that happened since. What that moves is the deviation of the scenario; the rest of the miss is the model's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tuiyan.estimates import quantile
from tuiyan.evidence.archive import Forecast, fingerprint, scale_under, ten_digits, ways
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import Finding, nearest
from tuiyan.inputs.laws import Fixed, Law
from tuiyan.inputs.loading import load
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.revisions import POINTS, latest
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.inputs.workspace import Workspace
from tuiyan.results import run
from tuiyan.wording import both

Array = NDArray[np.float64]
Medians = Mapping[str, Mapping[int, float]]  # definition to year to log of the median
GROWTH, GROWTH_SERIES, GROWTH_DEFINITION = "macro.growth_value_added", "sh_gdp_real_growth", "gdp_real_growth"
SETTINGS = "policy."
CLOSE = 1e-6  # log; the same run on another machine differs by less


@dataclass(slots=True)
class Runs:
    """Log medians of scenarios, each run once."""

    known: list[tuple[Scenario, int, int, Medians]] = field(default_factory=list)

    def log_medians(self, scenario: Scenario, *, draws: int, seed: int) -> Medians:
        """Log of the median scale by definition and year, from a number with the digits of an archive."""
        for other, *settings, found in self.known:
            if settings == [draws, seed] and scenario.same(other):
                return found
        projection = run(scenario, draws=draws, seed=seed)
        found = {
            definition: {
                year: math.log(ten_digits(quantile(values, 0.5).value))
                for year, values in zip(projection.years, scale_under(projection, through), strict=True)
            }
            for definition, through in ways(scenario).items()
        }
        self.known.append((scenario, draws, seed, found))
        return found


def _is_growth(fact: Fact) -> bool:
    """Whether a fact is the published real growth of the city, and can be one."""
    wanted = (GROWTH_SERIES, GROWTH_DEFINITION, "percent")
    return (fact.series, fact.definition, fact.unit) == wanted and -100 < fact.value < 100


def growth_since(workspace: Workspace, since: date, until: date) -> dict[int, float]:
    """Real growth of the city's value added that was published after a day and by another, log, by year."""
    facts = [fact for fact in visible(read_facts(workspace), until) if _is_growth(fact)]
    return {
        fact.year: math.log1p(fact.value / 100)
        for fact in latest(facts)
        if fact.published > since and fact.year > BASE_YEAR and fact.qualifier in POINTS
    }


def as_it_happened(scenario: Scenario, past: Scenario, growth: Mapping[int, float]) -> Scenario:
    """A scenario with the levers and policy settings of another, and with the growth that is known.

    The laws of all other parameters stay, and so does that of growth in the years that are not known: a path in a file
    could not leave single years out.

    Parameters
    ----------
    scenario
        As it was archived.
    past
        The scenario whose levers happened, at the same vintage.
    growth
        Growth of real value added, log, by year.
    """

    def law(year: int) -> Law:
        own = scenario.laws[GROWTH]
        return Fixed(family="fixed", value=growth[year]) if year in growth else at(own, year)

    def at(value: Law | Yearly, year: int) -> Law:
        return value.at(year) if isinstance(value, Yearly) else value

    years = range(BASE_YEAR, scenario.horizon + 1)
    levers = {
        key: Yearly(tuple(effort.at(year) for year in years), effort.text) if isinstance(effort, Yearly) else effort
        for key, effort in past.levers.items()
    }
    laws = {**scenario.laws, **{id_: value for id_, value in past.laws.items() if id_.startswith(SETTINGS)}}
    if growth.keys() & set(years):
        laws[GROWTH] = Yearly(tuple(law(year) for year in years))
    return replace(scenario, levers=levers, laws=laws)


def deviation(
    forecast: Forecast, workspace: Workspace, happened: str, until: date, runs: Runs
) -> tuple[Medians | None, list[Finding]]:
    """What the levers and drivers that happened move the log median of a forecast by, by definition and year.

    Both runs are today's, on the draws of the archive: where nothing deviates the difference is exactly 0.

    Parameters
    ----------
    happened
        Id of the scenario whose levers are held to have happened.
    until
        Drivers published by this day count.
    runs
        Runs made before.

    Returns
    -------
    the differences, or None where the scenario of the archive is not there any more or was changed; and warnings
    """
    known = workspace.scenarios()
    if forecast.scenario not in known:
        told = {"name": forecast.scenario, "nearest": nearest(forecast.scenario, known)}
        return None, [Finding("W238", None, told)]
    scenario = load(forecast.scenario, as_of=forecast.as_of, workspace=workspace.root)
    about = {"name": forecast.scenario, "as_of": forecast.as_of}
    if fingerprint(scenario) != forecast.fingerprint:
        return None, [Finding("W239", None, {**about, "why": both("score.changed.scenario")})]
    past = load(happened, as_of=forecast.as_of, workspace=workspace.root)
    growth = growth_since(workspace, forecast.as_of, until)
    settings = {"draws": forecast.draws, "seed": forecast.seed}
    planned = runs.log_medians(scenario, **settings)
    lived = runs.log_medians(as_it_happened(scenario, past, growth), **settings)
    moved = {key: {year: lived[key][year] - planned[key][year] for year in planned[key]} for key in planned}
    warnings = (
        [] if _same(forecast, planned) else [Finding("W239", None, {**about, "why": both("score.changed.model")})]
    )
    return moved, warnings


def _same(forecast: Forecast, planned: Medians) -> bool:
    """Whether today's model still gives the archived medians."""
    return all(
        year in planned.get(definition, {})
        and abs(math.log(spread.quantiles["p50"]) - planned[definition][year]) < CLOSE
        for definition, years in forecast.scale.items()
        for year, spread in years.items()
    )
