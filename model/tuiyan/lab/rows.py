"""The goal ledger of the panel: each goal with a number, now and against the parent, and how far it is missed."""

from __future__ import annotations

from dataclasses import dataclass

from tuiyan.analysis.outcomes import ALL
from tuiyan.estimates import Estimate, median_where
from tuiyan.inputs.policy_schema import Goal
from tuiyan.lab.desk import Desk
from tuiyan.ledger import measured, reached
from tuiyan.results import Projection


@dataclass(frozen=True, slots=True)
class Row:
    """One goal, or all counted ones together (`goal` None).

    Attributes
    ----------
    now, change
        Probability, and its paired difference from the parent's; None where the goal has no meaning.
    gap
        Median distance to the goal in the draws that miss it, in the unit of its test.
    """

    register: str
    goal: Goal | None
    now: Estimate | None
    change: Estimate | None
    gap: Estimate | None


def rows(desk: Desk) -> list[Row]:
    """The ledger of what is shown."""
    shown = desk.shown
    return [
        Row(
            each.register,
            each.goal,
            each.probabilities[-1],
            each.differences[-1],
            _gap(shown, each.goal, each.probabilities[-1]),
        )
        for each in desk.comparison().goals()
    ]


def _gap(shown: Projection, goal: Goal | None, chance: Estimate | None) -> Estimate | None:
    """How far the draws that miss a goal miss it."""
    if goal is None or goal.test is None or chance is None or chance.value == 1:
        return None
    at = shown.index(goal.due)
    return median_where(goal.test.value - measured(shown, goal)[at], ~reached(shown, goal)[at])


def error_of(found: list[Row]) -> float:
    """Largest standard error of the probabilities, as a fraction."""
    return max((row.now.standard_error for row in found if row.now and row.register != ALL), default=0.0)
