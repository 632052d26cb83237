"""Which published figures speak about the scale, and how likely each draw makes them (economics.md 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from tuiyan.draws.recipe import Inputs
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.revisions import latest
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR

Array = NDArray[np.float64]
UNIT = "亿元"


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure of the scale of the city, as a likelihood takes it.

    Attributes
    ----------
    through
        Scope factor that leads from the home definition to that of the figure; None for the home definition itself.
    error
        Standard deviation of its error, log, where the bridge declares its own; None for the usual one.
    """

    fact: Fact
    through: str | None
    error: float | None

    def log_density(self, log_scale: Array, usual: Array) -> Array:
        """Log likelihood of each draw, up to a constant: a density, or a tail for a figure told as a bound.

        Parameters
        ----------
        log_scale
            (draws,), log of the scale in 亿元 in the figure's own year and definition.
        usual
            Scalar or (draws,), the usual observation error, log.
        """
        error = usual if self.error is None else np.asarray(self.error)
        distance = (log_scale - np.log(self.fact.value)) / error
        sign = {">": 1.0, "<": -1.0}.get(self.fact.qualifier)
        if sign is None:
            return np.asarray(-0.5 * distance * distance - np.log(error))
        return np.asarray(log_ndtr(sign * distance))


def observations(scenario: Scenario) -> tuple[Observation, ...]:
    """The figures that weigh the draws of a scenario at its vintage, by definition and year.

    A figure speaks if it was published by then, may enter a likelihood, is of the home definition or of one with a
    declared bridge, lies in the years of the run, and is selected where the scenario selects facts. That of the base
    year in the home definition is left out: the law of the base-year scale holds it already, in closed form.
    """
    bridges = scenario.workspace.definition_file.bridges
    ways: dict[str, tuple[str | None, float | None]] = {
        bridge.to: (bridge.through, bridge.observation_error) for bridge in bridges
    }
    home = scenario.home_definition
    ways[home] = (None, None)
    known = [
        fact
        for fact in visible(read_facts(scenario.workspace), scenario.as_of)
        if fact.in_fit and fact.unit == UNIT and fact.definition in ways
        if BASE_YEAR <= fact.year <= scenario.horizon and (fact.year, fact.definition) != (BASE_YEAR, home)
        if _selected(scenario, fact)
    ]
    return tuple(Observation(fact, *ways[fact.definition]) for fact in latest(known))


def _selected(scenario: Scenario, fact: Fact) -> bool:
    """Whether the nearest file of the chain that selects facts (`facts_used`) selects this one; all without any."""
    used = next((each.layer.file.facts_used for each in scenario.chain if each.layer.file.facts_used), None)
    return used is None or any(
        each.series == fact.series and each.definition in (None, fact.definition) and each.year in (None, fact.year)
        for each in used
    )


def log_likelihood(seen: Iterable[Observation], total: Array, drawn: Inputs) -> Array:
    """Log likelihood of every draw, up to a constant.

    Parameters
    ----------
    total
        (years, draws), 亿元, scale of the city in the home definition from the base year on.
    drawn
        Inputs of the run: the scope factors and the observation error of the same draws.
    """
    found = np.zeros(total.shape[-1])
    usual = np.asarray(drawn["scope"]["observation_error"])
    for each in seen:
        found += each.log_density(np.log(total[each.fact.year - BASE_YEAR]) + _scope(each.through, drawn), usual)
    return found


def _scope(through: str | None, drawn: Inputs) -> Array:
    """Log factor from the home definition: that of a scope parameter, or none."""
    if through is None:
        return np.zeros(())
    block, _, key = through.partition(".")
    return np.asarray(drawn[block][key])
