"""The central path inverted: the base, ceiling or growth with which a goal is just met."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tuiyan.analysis.outcomes import Outcome
from tuiyan.draws.recipe import Uncertain, recipe
from tuiyan.inputs.bounds import Interval
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.laws import Dirichlet
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.ledger import measured
from tuiyan.projection import project
from tuiyan.results import Projection
from tuiyan.wording import Text, preferred

# What an economist asks first: the base, the ceiling, the speed of spreading, and the growth of each factor.
USUAL = (
    "base.scale", "adoption.ceiling", "adoption.imitation", "macro.growth_value_added", "demand.growth_external",
    "stocks.growth_capital", "stocks.growth_talent", "supply.growth_efficiency",
)  # fmt: skip
SAMPLES = 64  # of the bounds on each side of the centre, to find the crossing nearest to it
HALVINGS = 40
FAR = 100.0  # an open end is tried to so many times the centre


@dataclass(frozen=True, slots=True)
class Needed:
    """The value of one parameter with which the central path just meets a goal.

    Attributes
    ----------
    value
        The value nearest to the centre; None where none inside the hard bounds meets the goal.
    centre
        Central value of the parameter in the scenario.
    target, now, best
        What the goal asks for, what the central path of the scenario gives, and the most that any value of the
        parameter inside its hard bounds gives; in the unit of the goal.
    """

    scenario: str
    goal: str
    parameter: str
    label: Text
    unit: str
    value: float | None
    centre: float
    target: float
    now: float
    best: float

    def _repr_html_(self) -> str:
        """The value as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.needed([self], preferred()).html()


def needed(scenario: Scenario, outcome: Outcome, parameter: str) -> Needed:
    """Invert the central path: every law at its centre, no shocks (economics.md 12).

    Raises
    ------
    TuiyanError
        For a parameter that is not one uncertain number of the model, with the nearest that is; for several goals.
    """
    if len(outcome.goals) > 1:
        raise TuiyanError([Finding("E192", None, {"name": outcome.name})])
    plan = replace(recipe(scenario), years=tuple(range(BASE_YEAR, outcome.year + 1)))
    known = {each.id: each for each in plan.parameters if _one_number(each)}
    if parameter not in known:
        raise TuiyanError([Finding("E194", None, {"name": parameter, "nearest": nearest(parameter, known)})])
    goal = outcome.goals[0]
    central, levers = plan.central(), plan.levers
    block, _, key = parameter.partition(".")
    centre = float(central[block][key][0])

    def reached(value: float) -> float:
        inputs = {**central, block: {**central[block], key: np.array([value])}}
        values = project(inputs, levers, plan.years, keep=outcome.keep)
        return float(measured(Projection(scenario, 1, 0, values), goal)[-1, 0])

    assert goal.test is not None  # noqa: S101 - `goal_outcome` takes only goals with a number
    target, strict = goal.test.value, goal.test.comparison == ">"

    def met(value: float) -> bool:
        found = reached(value)
        return found > target if strict else found >= target

    low, high = span(known[parameter].hard, centre)
    sides = [np.linspace(centre, low, SAMPLES + 1), np.linspace(centre, high, SAMPLES + 1)]
    about = scenario.workspace.parameters[parameter]
    return Needed(
        scenario.id, outcome.name, parameter, about.label, about.unit,
        value=_nearest_crossing(sides, centre, met), centre=centre, target=target, now=reached(centre),
        best=max(reached(float(each)) for side in sides for each in side),
    )  # fmt: skip


def _one_number(parameter: Uncertain) -> bool:
    """Whether a parameter is one uncertain number in all years."""
    return parameter.random and len(parameter.laws) == 1 and not isinstance(parameter.laws[0], Dirichlet)


def span(hard: Interval, centre: float) -> tuple[float, float]:
    """Ends of the hard bounds that a run can take: just inside an open end, and finite."""
    far = FAR * max(abs(centre), 1.0)
    low, high = max(hard.low, -far), min(hard.high, far)
    inside = 1e-9 * (high - low)
    return low + inside, high - inside


def _nearest_crossing(sides: list[np.ndarray], centre: float, met: Callable[[float], bool]) -> float | None:
    """The value nearest to the centre at which a goal changes between missed and met; None if it never does."""
    start = met(centre)
    found = []
    for side in sides:
        step = next((k for k in range(1, len(side)) if met(float(side[k])) != start), None)
        if step is not None:
            near, far = float(side[step - 1]), float(side[step])
            for _ in range(HALVINGS):
                middle = (near + far) / 2
                near, far = (middle, far) if met(middle) == start else (near, middle)
            found.append(near if start else far)
    if not found:
        return None
    return min(found, key=lambda value: math.fabs(value - centre))
