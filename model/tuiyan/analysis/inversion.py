"""The central path inverted: the base, ceiling or growth with which a goal is just met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.outcomes import Outcome
from tuiyan.analysis.paired import tile
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

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
# What an economist asks first: the base, the ceiling, the speed of spreading, and the growth of each factor.
USUAL = (
    "base.scale", "adoption.ceiling", "adoption.imitation", "macro.growth_value_added", "demand.growth_external",
    "stocks.growth_capital", "stocks.growth_talent", "supply.growth_efficiency",
)  # fmt: skip
SAMPLES = 64  # of the bounds on each side of the centre, and of each finer interval
ROUNDS = 7  # 64^7 intervals: finer than a double can tell
FAR = 100.0  # an open end is tried to so many times the centre


@dataclass(frozen=True, slots=True)
class Needed:
    """The value of one parameter with which the central path just meets a goal.

    Attributes
    ----------
    value
        The value nearest to the centre at which the goal turns; None where it turns nowhere inside the hard bounds.
    met
        Whether the central path of the scenario meets the goal; with no value, whether all values do or none.
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
    met: bool

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
    assert goal.test is not None  # noqa: S101 - `goal_outcome` takes only goals with a number
    central = plan.central()
    block, _, key = parameter.partition(".")
    centre = float(central[block][key][0])

    def reached(values: Array) -> Array:
        """What the goal counts with each of the values: side by side, as draws of one run."""
        inputs = tile(central, 1, len(values))
        inputs[block][key] = values
        run = project(inputs, plan.levers, plan.years, keep=outcome.keep)
        return np.asarray(measured(Projection(scenario, len(values), 0, run), goal)[-1])

    target = goal.test.value
    meets = np.greater if goal.test.comparison == ">" else np.greater_equal

    def met(values: Array) -> Flags:
        return np.asarray(meets(reached(values), target))

    low, high = span(known[parameter].hard, centre)
    sides = [np.linspace(centre, end, SAMPLES + 1) for end in (low, high)]
    about = scenario.workspace.parameters[parameter]
    turns = [turn for turn in (_turn(side, met) for side in sides) if turn is not None]
    nearest_turn = min(turns, key=lambda turn: abs(turn - centre), default=None)
    now, best = float(reached(sides[0])[0]), max(float(reached(side).max()) for side in sides)
    return Needed(
        scenario.id, outcome.name, parameter, about.label, about.unit,
        value=nearest_turn, centre=centre, target=target, now=now, best=best, met=bool(met(sides[0][:1])[0]),
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


def _turn(side: Array, met: Callable[[Array], Flags]) -> float | None:
    """Where a goal turns on the way from the centre to a bound; None if it never does.

    It is the last value that meets the goal where the centre does, else the first that meets it.
    """
    grid, start = side, bool(met(side[:1])[0])
    for _ in range(ROUNDS):
        turned = np.flatnonzero(met(grid) != start)
        if not turned.size:
            return None
        grid = np.linspace(grid[turned[0] - 1], grid[turned[0]], SAMPLES + 1)
    return float(grid[0] if start else grid[-1])
