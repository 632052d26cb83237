"""What an analysis looks at: one number a draw, of which it takes the mean.

A goal is looked at through the indicator that it is met, so its mean is a probability; an amount through its
logarithm, so a difference is a relative one; all else through its level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import POLICY_HORIZON, VARIABLES
from tuiyan.ledger import reached
from tuiyan.register import find_goal
from tuiyan.results import Projection
from tuiyan.wording import Text, both

Array = NDArray[np.float64]
ALL = "all"  # all counted goals on the same draws
RELATIVE = ("亿元", "index")  # units whose effects are read in per cent


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of a scenario in one year.

    Attributes
    ----------
    name
        Register id of a goal, ``all``, or a series such as ``scale.total``.
    kind
        ``probability`` (0 or 1 in each draw), ``log`` (a difference of means is a relative effect) or ``level``.
    unit
        Unit of a mean, and of a difference of means.
    goals
        The goals whose joint indicator is taken; empty for a series.
    keep
        Variables that a run must give back.
    scope
        Whether goals are tested in their own uncertain definition.
    """

    name: str
    label: Text
    year: int
    kind: Literal["probability", "log", "level"]
    unit: str
    keep: tuple[str, ...]
    goals: tuple[Goal, ...] = ()
    scope: bool = False

    def per_draw(self, projection: Projection) -> Array:
        """The number of each draw, (draws,)."""
        if self.goals:
            met = [reached(projection, goal, scope=self.scope)[projection.index(goal.due)] for goal in self.goals]
            return np.asarray(np.logical_and.reduce(met), dtype=np.float64)
        values = projection[self.name][projection.index(self.year)]
        return np.asarray(np.log(values)) if self.kind == "log" else values

    def metric(self, projection: Projection) -> Array:
        """The amount behind one goal in place of its indicator, (draws,): what variances are taken of."""
        if not self.goals:
            return self.per_draw(projection)
        test = self.goals[0].test
        assert test is not None  # noqa: S101 - `outcome_of` takes only goals with a number
        item = projection.rule if test.item == "rule" else test.item
        values = projection[f"{test.variable}.{item}" if item else test.variable][projection.index(self.year)]
        if VARIABLES[test.variable].unit not in RELATIVE:
            return np.asarray(values)
        factor = projection.parameter(test.scope) if self.scope and test.scope else 0.0
        return np.asarray(np.log(values) + factor)


def outcome_of(scenario: Scenario, name: str, *, year: int | None = None, scope: bool = False) -> Outcome:
    """The outcome of a name: a goal (R01, scale_2020), all counted goals (``all``), or a series (lp.city).

    Parameters
    ----------
    year
        Of a series; default: the policy horizon. A goal is looked at in the year of its deadline.
    scope
        Test a goal in its own uncertain definition.

    Raises
    ------
    TuiyanError
        For a name that is neither a goal nor a series (with the nearest), a goal without a number, a series with
        several items of which none is named.
    """
    workspace = scenario.workspace
    if name == ALL:
        counted = tuple(goal for goal in workspace.goals.values() if goal.counted)
        return _of_goals(ALL, both("outcome.all"), counted, scope=scope)
    known = {word: id_ for id_, goal in workspace.goals.items() for word in (id_, goal.id) if word}
    if name in known:
        goal = workspace.goals[known[name]]
        if goal.test is None:
            find = ", ".join(id_ for id_, other in workspace.goals.items() if other.test)
            raise TuiyanError([Finding("E118", None, {"name": name, "counted": find})])
        label = Text(f"{known[name]} {goal.sentence}", f"{known[name]} {goal.en}")
        return _of_goals(known[name], label, (goal,), scope=scope)
    if scope:
        raise TuiyanError([Finding("E185", None, {"name": name})])
    return _of_series(scenario, name, year, known)


def _of_goals(name: str, label: Text, goals: tuple[Goal, ...], *, scope: bool) -> Outcome:
    """The indicator that all of some goals are met."""
    keep = {goal.test.variable for goal in goals if goal.test}
    if scope and not any(goal.test and goal.test.scope for goal in goals):
        raise TuiyanError([Finding("E185", None, {"name": name})])
    year = max(goal.due for goal in goals)
    return Outcome(name, label, year, "probability", "probability", tuple(sorted(keep)), goals, scope)


def _of_series(scenario: Scenario, name: str, year: int | None, known: dict[str, str]) -> Outcome:
    """One series in one year."""
    owners = [variable for variable in VARIABLES if name == variable or name.startswith(f"{variable}.")]
    variable = max(owners, key=len, default="")
    probe = Projection(scenario, 0, 0, dict.fromkeys(VARIABLES, np.empty(0)))
    if not variable or (name not in probe.names and name not in VARIABLES):
        words = [*known, ALL, *probe.names]
        raise TuiyanError([Finding("E180", None, {"name": name, "nearest": nearest(name, words)})])
    if items := probe.items[name] if name in VARIABLES else ():
        told = {"name": name, "items": ", ".join(items), "first": items[0]}
        raise TuiyanError([Finding("E145", None, told)])
    at = min(POLICY_HORIZON, scenario.horizon) if year is None else year
    probe.index(at)
    declared = VARIABLES[variable]
    item = name.removeprefix(variable).removeprefix(".")
    label = Text(*(f"{declared.label[lang]}{f' ({item})' if item else ''}" for lang in ("zh", "en")))
    kind: Literal["log", "level"] = "log" if declared.unit in RELATIVE else "level"
    return Outcome(name, label, at, kind, "log" if kind == "log" else declared.unit, (variable,))


def goal_outcome(scenario: Scenario, name: str, *, scope: bool = False) -> Outcome:
    """The outcome of one goal, or of all counted goals together; a series is refused.

    Raises
    ------
    TuiyanError
        For an unknown goal (with the nearest), and one without a number.
    """
    if name != ALL:
        find_goal(scenario.workspace, name)
    return outcome_of(scenario, name, scope=scope)
