"""How much effort a goal needs: one lever, all levers alike, or the cheapest package; and the central path inverted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.outcomes import Outcome, goal_outcome
from tuiyan.analysis.paired import Ensemble, ensemble_of
from tuiyan.analysis.pairing import DRAWS, Run, scenario_of
from tuiyan.estimates import Estimate, mean
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.scenario import Scenario
from tuiyan.wording import Text, both, preferred

if TYPE_CHECKING:
    from tuiyan.analysis.inversion import Needed
    from tuiyan.analysis.packages import Package

Array = NDArray[np.float64]
Progress = Callable[[int, int], object]
TOGETHER = "all"  # the same effort on every lever
GRID = 100  # efforts are given to 1/100


@dataclass(frozen=True, slots=True, repr=False)
class Solution:
    """The smallest effort on one lever, or on all alike, with which a goal is as likely as asked.

    Attributes
    ----------
    label
        Name of the lever.
    wanted
        Probability asked for.
    effort
        Effort, to 0.01; of a goal out of reach, the effort at which it is most likely.
    probability
        Probability at that effort, run again.
    reachable
        Whether the goal is that likely at any effort inside the hard bounds.
    none, full
        Probability with no effort on the lever, and with the effort of the full programme (1).
    most
        Upper hard bound of an effort.
    """

    scenario: str
    goal: str
    lever: str
    label: Text
    wanted: float
    effort: float
    probability: Estimate
    none: Estimate
    full: Estimate
    most: float
    reachable: bool

    @property
    def free(self) -> bool:
        """Whether the goal is as likely as asked without any effort on the lever."""
        return self.reachable and self.effort == 0.0

    def __repr__(self) -> str:
        """The answer on one line."""
        reach = "reached" if self.reachable else "not reachable; best is"
        found = f"{reach} P = {self.probability.value:.4f} at {self.effort:.2f}"
        return f"<Solution {self.goal} with P {self.wanted:g} by {self.lever} in {self.scenario}: {found}>"

    def _repr_html_(self) -> str:
        """The answer as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.solution(self, preferred()).html()


def solve_for(
    scenario: Run,
    goal: str,
    *,
    prob: float | None = None,
    lever: str | None = None,
    parameter: str | None = None,
    scope: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
) -> Solution | Package | Needed:
    """What a goal needs.

    Parameters
    ----------
    goal
        Register id (R01) or goal id (scale_2020), or ``all`` counted goals together.
    prob
        Probability wanted, in (0, 1).
    lever
        A lever, ``all`` for the same effort on every lever, or None for the cheapest package of all levers.
    parameter
        Instead of `prob` and `lever`: the value of this parameter with which the central path (every law at its
        centre, no shocks) just meets the goal.
    scope
        Test the goal in its own uncertain definition.

    Raises
    ------
    TuiyanError
        For an unknown goal, lever or parameter; a goal without a number; a probability outside (0, 1); a lever that
        follows a path over years.
    """
    scenario = scenario_of(scenario)
    outcome = goal_outcome(scenario, goal, scope=scope)
    if parameter is not None:
        beside = {"prob": prob is not None, "lever": lever is not None, "scope": scope}
        if given := [name for name, is_there in beside.items() if is_there]:
            raise TuiyanError(Finding("E153", None, {"given": name, "beside": "parameter"}) for name in given)
        from tuiyan.analysis.inversion import needed

        return needed(scenario, outcome, parameter)
    wanted = checked_probability(prob)
    if lever is None:
        from tuiyan.analysis.packages import cheapest

        return cheapest(scenario, outcome, wanted, draws=draws, seed=seed, progress=progress)
    return smallest(ensemble_for(scenario, outcome, draws=draws, seed=seed), outcome, wanted, lever)


def checked_probability(prob: float | None) -> float:
    """A probability that can be asked for.

    Raises
    ------
    TuiyanError
        Outside (0, 1).
    """
    given: object = prob
    if isinstance(given, bool) or not isinstance(given, (int, float, np.number)) or not 0 < given < 1:
        raise TuiyanError([Finding("E189", None, {"given": "—" if prob is None else str(prob)})])
    return float(given)


def ensemble_for(scenario: Scenario, outcome: Outcome, *, draws: int, seed: int) -> Ensemble:
    """The ensemble in which efforts are looked for.

    Raises
    ------
    TuiyanError
        When a lever follows a path: its efforts are a list, not one number to look for.
    """
    paths = [key for key, value in scenario.levers.items() if isinstance(value, Yearly)]
    if paths:
        raise TuiyanError(Finding("E191", scenario.origins[key].where, {"key": key}) for key in paths)
    return ensemble_of(scenario, draws=draws, seed=seed, last=outcome.year)


def chance(
    scenario: Scenario, goal: str, efforts: Sequence[float], *, lever: str = TOGETHER, draws: int = DRAWS, seed: int = 0
) -> dict[float, Estimate]:
    """Probability of a goal at each of several efforts on one lever, or on all alike.

    Raises
    ------
    TuiyanError
        As `solve_for`.
    """
    outcome = goal_outcome(scenario, goal)
    ensemble = ensemble_for(scenario, outcome, draws=draws, seed=seed)
    moved = moved_by(scenario, lever)
    vectors = [{**ensemble.plan.levers, **dict.fromkeys(moved, effort)} for effort in efforts]
    runs = ensemble.projections(outcome.keep, vectors)
    return {effort: mean(outcome.per_draw(run)) for effort, run in zip(efforts, runs, strict=True)}


def moved_by(scenario: Scenario, lever: str) -> tuple[str, ...]:
    """The levers that a name stands for.

    Raises
    ------
    TuiyanError
        For a name that is no lever.
    """
    levers = tuple(scenario.workspace.levers)
    if lever not in (*levers, TOGETHER):
        raise TuiyanError([Finding("E112", None, {"key": lever, "nearest": nearest(lever, (*levers, TOGETHER))})])
    return levers if lever == TOGETHER else (lever,)


def smallest(ensemble: Ensemble, outcome: Outcome, wanted: float, lever: str) -> Solution:
    """The smallest effort, by bisection over hundredths inside the hard bounds.

    More of a helpful lever never lowers the scale, so bisection is right for one. If the goal is not that likely at
    the upper bound either, the efforts of a coarse grid are tried and the best of them is given.
    """
    workspace = ensemble.scenario.workspace
    moved, most = moved_by(ensemble.scenario, lever), workspace.lever_file.effort.hard.high
    label = both("shown.all_levers") if lever == TOGETHER else workspace.levers[lever].label

    def at(hundredths: int) -> Estimate:
        effort = {**ensemble.plan.levers, **dict.fromkeys(moved, hundredths / GRID)}
        return mean(outcome.per_draw(ensemble.projection(outcome.keep, effort=effort)))

    known = {step: at(step) for step in (0, GRID, round(most * GRID))}
    none, full, top = known.values()
    if top.value < wanted and none.value < wanted:
        known |= {step: at(step) for step in range(0, round(most * GRID) + 1, GRID // 4) if step not in known}
    best = max(known, key=lambda step: (known[step].value, -step))
    reachable = known[best].value >= wanted
    low, high = 0, 0 if none.value >= wanted else best
    while reachable and high - low > 1:
        middle = (low + high) // 2
        known[middle] = known.get(middle) or at(middle)
        low, high = (low, middle) if known[middle].value >= wanted else (middle, high)
    return Solution(
        ensemble.scenario.id, outcome.name, lever, label, wanted, high / GRID, known[high], none, full, most,
        reachable=reachable,
    )  # fmt: skip
