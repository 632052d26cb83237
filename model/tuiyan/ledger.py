"""The ledger: what the document wants, and with what probability a projection reaches it.

A probability is given only where the document gives a number. Qualitative goals get a word, facts are shown as facts,
and a goal that only the policy can define is "not applicable" without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuiyan.equations.scope import goal_scale
from tuiyan.estimates import Estimate, mean, median_where
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.policy_schema import Goal, Test
from tuiyan.inputs.workspace import Workspace
from tuiyan.register import find_goal, unknown_goal
from tuiyan.thresholds import Threshold, thresholds

if TYPE_CHECKING:
    from tuiyan.results import Projection

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Calibrated words (IPCC guidance note of 2010): the lowest probability each stands for.
WORDS = (
    (0.99, "certain"),
    (0.9, "very_likely"),
    (2 / 3, "likely"),
    (1 / 3, "even"),
    (0.1, "unlikely"),
    (0.01, "very_unlikely"),
    (0.0, "impossible"),
)


@dataclass(frozen=True)
class LedgerRow:
    """One statement of the document and what the projection says of it.

    Attributes
    ----------
    status
        A word of the catalogue ``status.*``: likely ..., na_policy, unknown, not_measured, fact, instrument, structure.
    probability
        Of the goal at its deadline, in the same definition as the base figure; None without a number.
    probability_scope
        The same with the definition uncertain; None where the goal names no scope factor.
    effect
        Direction goals: probability that the effect against the parent is positive; None without a parent.
    median_year
        Year by which half of the draws have reached the goal; None when that is beyond the horizon.
    shares_by_year
        Share of draws that reach the goal for the first time in each year.
    shortfall
        Median distance to the goal at the deadline in the draws that miss it, in the unit of the test.
    """

    register: str
    goal: Goal
    status: str
    probability: Estimate | None = None
    probability_scope: Estimate | None = None
    effect: Estimate | None = None
    median_year: int | None = None
    shares_by_year: Mapping[int, Estimate] | None = None
    shortfall: Estimate | None = None


@dataclass(frozen=True, repr=False)
class Ledger:
    """All rows, the joint probability of the counted goals, and the threshold table of productivity."""

    rows: tuple[LedgerRow, ...]
    joint: Estimate | None
    joint_bounds: tuple[float, float] | None
    thresholds: tuple[Threshold, ...]

    def __repr__(self) -> str:
        """Probabilities of the counted goals, and of all of them together."""
        known = [f"{row.register} {row.probability}" for row in self.rows if row.goal.counted and row.probability]
        return f"<Ledger {', '.join(known)}{f', all {self.joint}' if self.joint else ''}>"

    def row(self, name: str) -> LedgerRow:
        """The row of a register id (R01) or goal id (scale_2020)."""
        for row in self.rows:
            if name in (row.register, row.goal.id):
                return row
        raise TuiyanError(
            [unknown_goal(name, (word for row in self.rows for word in (row.register, row.goal.id) if word))]
        )


def required_growth(base: ArrayLike, goal: ArrayLike, years: float) -> Array:
    """Growth a year, as a fraction, that takes `base` to `goal` in `years`; element by element.

    Examples
    --------
    >>> float(required_growth(700, 1000, 3).round(7))
    0.1262479
    """
    return np.asarray(np.divide(goal, base) ** (1 / years) - 1, dtype=np.float64)


def joint_bounds(probabilities: list[float]) -> tuple[float, float]:
    """Frechet bounds of the probability that all events happen, whatever their dependence.

    Examples
    --------
    >>> tuple(round(bound, 9) for bound in joint_bounds([0.8, 0.8, 0.8, 0.8]))
    (0.2, 0.8)
    """
    return max(0.0, sum(probabilities) - (len(probabilities) - 1)), min(probabilities)


def measured(projection: Projection, goal: Goal) -> Array:
    """Values (year, draw) of the variable a goal is tested by."""
    test = _test(goal, projection.scenario.workspace)
    item = projection.rule if test.item == "rule" else test.item
    return projection[f"{test.variable}.{item}" if item else test.variable]


def _test(goal: Goal, workspace: Workspace) -> Test:
    """The test of a goal; an error for a goal without a number."""
    if goal.test is None:
        counted = ", ".join(id_ for id_, other in workspace.goals.items() if other.test)
        raise TuiyanError([Finding("E118", None, {"name": goal.id or goal.sentence, "counted": counted})])
    return goal.test


def reached(projection: Projection, goal: Goal, *, scope: bool = False) -> Flags:
    """Whether each draw meets a goal in each year, (year, draw); with `scope` in its own uncertain definition."""
    test = _test(goal, projection.scenario.workspace)
    values = measured(projection, goal)
    if scope and (factor := scope_of(projection, test)):
        values = goal_scale(values, goal=projection.parameter(factor))
    flags: Flags = values > test.value if test.comparison == ">" else values >= test.value
    return flags


def scope_of(projection: Projection, test: Test) -> str | None:
    """Parameter that leads from the home definition to the one a goal is counted in; None where none is needed.

    It is the goal's own scope factor, unless the scenario counts the goal in another definition that has a bridge.
    """
    scenario = projection.scenario
    if not test.scope or not scenario.definition:
        return test.scope
    if scenario.definition == scenario.home_definition:
        return None
    bridges = scenario.workspace.definition_file.bridges
    return next((bridge.through for bridge in bridges if bridge.to == scenario.definition), test.scope)


def applies(projection: Projection, goal: Goal) -> bool:
    """Whether a goal has a meaning in this scenario: pipelines are defined by the policy."""
    effort = projection.scenario.levers["application_demand"]
    return not goal.needs_policy or (max(effort.declared()) if isinstance(effort, Yearly) else effort) > 0


def ledger(projection: Projection, against: Projection | None = None) -> Ledger:
    """The ledger of a projection.

    Parameters
    ----------
    against
        A projection on the same draws (usually the parent's), for the effects of direction goals.

    Raises
    ------
    ArithmeticError
        If the joint probability leaves its Frechet bounds (it cannot, on common draws).
    """
    if against and any(getattr(against, key) != getattr(projection, key) for key in ("draws", "seed", "years")):
        raise TuiyanError([Finding("E148", None)])
    rows = tuple(_row(projection, id_, goal, against) for id_, goal in projection.scenario.workspace.goals.items())
    counted = [row for row in rows if row.goal.counted]
    joint = bounds = None
    if counted and all(row.probability is not None for row in counted):
        met = [reached(projection, row.goal)[projection.index(row.goal.due)] for row in counted]
        joint = mean(np.logical_and.reduce(met))
        bounds = joint_bounds([row.probability.value for row in counted if row.probability])
        if not bounds[0] - 1e-9 <= joint.value <= bounds[1] + 1e-9:
            msg = f"joint probability {joint.value} outside its bounds {bounds}"
            raise ArithmeticError(msg)
    return Ledger(rows, joint, bounds, tuple(thresholds(projection)))


def probability(projection: Projection, name: str, *, scope: bool = False) -> Estimate:
    """Probability that a goal is met at its deadline, with its standard error.

    Raises
    ------
    TuiyanError
        For an unknown goal, or one without a number.
    """
    _, goal = find_goal(projection.scenario.workspace, name)
    return mean(reached(projection, goal, scope=scope)[projection.index(goal.due)])


def _row(projection: Projection, id_: str, goal: Goal, against: Projection | None) -> LedgerRow:
    """One row; words only where there is no number."""
    if goal.test is None:
        return _words_only(projection, id_, goal, against)
    if not applies(projection, goal):
        return LedgerRow(id_, goal, "na_policy")
    met, at = reached(projection, goal), projection.index(goal.due)
    chance = mean(met[at])
    first = _first_passage(met)
    values = measured(projection, goal)[at]
    word = next(word for lowest, word in WORDS if chance.value >= lowest)
    return LedgerRow(
        id_,
        goal,
        word,
        probability=chance,
        probability_scope=mean(reached(projection, goal, scope=True)[at]) if goal.test.scope else None,
        median_year=_median_year(projection, first),
        shares_by_year={year: mean(first == k) for k, year in enumerate(projection.years)},
        shortfall=None if met[at].all() else median_where(goal.test.value - values, ~met[at]),
    )


def _first_passage(met: Flags) -> NDArray[np.intp]:
    """Index of the first year with the goal met, per draw; the number of years where none is."""
    first: NDArray[np.intp] = np.where(met.any(axis=0), met.argmax(axis=0), met.shape[0])
    return first


def _median_year(projection: Projection, first: NDArray[np.intp]) -> int | None:
    """Year by which half of the draws are there; the mean of a censored time is never given."""
    middle = int(np.sort(first)[(first.size - 1) // 2])
    return projection.years[middle] if middle < len(projection.years) else None


def _words_only(projection: Projection, id_: str, goal: Goal, against: Projection | None) -> LedgerRow:
    """A statement without a number."""
    words = {"qualitative": "not_measured", "event": "unknown"}
    if goal.kind != "direction":
        return LedgerRow(id_, goal, words.get(goal.kind, goal.kind))
    if against is None:
        return LedgerRow(id_, goal, "no_comparison")
    at = projection.index(goal.due)
    positive = np.logical_and.reduce([projection[name][at] > against[name][at] for name in _effects(goal)])
    return LedgerRow(id_, goal, "direction", effect=mean(positive))


def _effects(goal: Goal) -> tuple[str, ...]:
    """Variables whose effect a direction goal wants positive: the city's where there is one, else all that it names."""
    city = tuple(name for name in goal.variables if name.endswith(".city"))
    return city or tuple(name for name in goal.variables if not name.startswith("lever"))
