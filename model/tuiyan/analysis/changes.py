"""What changed between two reports of one scenario: paired runs from the old values to the new ones, step by step.

The order is fixed: old values in today's program; the draws and the seed, where they differ; data (the vintage, and
laws that a revision replaced); parameters (all other laws, correlations, horizon, definition); levers and policy
settings. Each step takes over what the ones before it have changed, so the effects add up to the difference of the two
reports, but each depends on its place in the order. Runs share their draws, so a difference of two is a paired one.

Everything is measured in the definition that the base-year scale had in the old report: where a later vintage counts
otherwise, the declared bridge leads back (economics.md, section 9: no comparison across definitions without one).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.differences import DATA, LEVERS, PARAMETERS, Changed
from tuiyan.analysis.differences import stages as stages_of
from tuiyan.analysis.outcomes import ALL
from tuiyan.analysis.paired import ensemble_of
from tuiyan.equations.scope import goal_scale
from tuiyan.estimates import Estimate, batches, from_batches
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.ledger import applies, reached
from tuiyan.results import Projection
from tuiyan.wording import both

Array = NDArray[np.float64]
Levels = Mapping[str, Array | None]
SCALE, SCOPE = "scale.total", ".scope"
CODE, DRAWS = "code", "draws"
STEPS = (CODE, DRAWS, DATA, PARAMETERS, LEVERS)


@dataclass(frozen=True, slots=True)
class Archived:
    """What the old report said: its draws and seed, and by outcome the number it printed with its error."""

    draws: int
    seed: int
    levels: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sequence: what it takes over, and by outcome what that does (None where it has no meaning).

    The error is that of the paired difference. It is not a number (NaN) in the first step, since of the old report only
    the results are left; in the step of the draws it is that of two runs which share none.
    """

    kind: str
    changed: tuple[Changed, ...]
    effects: Mapping[str, Estimate | None]


@dataclass(frozen=True, slots=True)
class Changes:
    """The sequence from the old report to today's run.

    Attributes
    ----------
    outcomes
        Register id of each counted goal; with ``.scope`` behind it, in its own uncertain definition; ``all``;
        ``scale.total``, the median of 2020.
    definition
        Definition of the base-year scale that all but the ``.scope`` outcomes are measured in: the old report's.
    before, after
        By outcome: the archived number, and today's.
    errors
        By outcome: the standard error of today's number less the archived one, that of the paired difference of the
        first run and the last; where the draws differ, of two independent runs. Not a number (NaN) where no step but
        that of the program lies between, of which only results are left.
    """

    outcomes: tuple[str, ...]
    definition: str
    before: Mapping[str, Estimate | None]
    steps: tuple[Step, ...]
    after: Mapping[str, Estimate | None]
    errors: Mapping[str, float]

    def total(self, name: str) -> float | None:
        """New less old of one outcome; its error stands in `errors`."""
        old, new = self.before[name], self.after[name]
        return None if old is None or new is None else new.value - old.value

    @property
    def changed(self) -> tuple[Changed, ...]:
        """Every value that is not what it was."""
        return tuple(each for step in self.steps for each in step.changed)


def outcomes(scenario: Scenario) -> tuple[str, ...]:
    """Names of what is followed from one report to the next.

    Examples
    --------
    >>> from tuiyan.inputs.loading import load
    >>> outcomes(load("announced"))
    ('R01', 'R01.scope', 'R06', 'R07', 'R08', 'R09', 'all', 'scale.total')
    """
    found: list[str] = []
    for id_, goal in counted(scenario).items():
        found += [id_, id_ + SCOPE] if goal.test and goal.test.scope else [id_]
    return (*found, ALL, SCALE)


def counted(scenario: Scenario) -> dict[str, Goal]:
    """The goals with a number, by register id."""
    return {id_: goal for id_, goal in scenario.workspace.goals.items() if goal.counted and goal.test}


def since(old: Scenario, today: Projection, archived: Archived) -> Changes:
    """The sequence of paired runs from an old report to today's.

    Parameters
    ----------
    old
        Today's scenario with the archived values (`resolved.put_on`).
    today
        Today's run.
    archived
        What the old report said.

    Raises
    ------
    TuiyanError
        When old and new values cannot be run together.
    """
    new = today.scenario
    definition = old.home_definition
    names = outcomes(new)

    def run(scenario: Scenario, draws: int, seed: int) -> Levels:
        return levels(_projection(scenario, new, draws, seed), definition)

    stages = [(kind, scenario, changed) for kind, scenario, changed in stages_of(old, new) if changed]
    first = levels(today, definition) if not stages else run(old, today.draws, today.seed)
    started = first
    steps = []
    if (archived.draws, archived.seed) != (today.draws, today.seed):
        started = run(old, archived.draws, archived.seed)
        steps.append(Step(DRAWS, _settings(archived, today), _compared(names, started, first, _apart)))
    steps.insert(0, Step(CODE, (), {name: _code(archived.levels.get(name), started[name]) for name in names}))
    before = first
    for place, (kind, scenario, changed) in enumerate(stages, start=1):
        after = levels(today, definition) if place == len(stages) else run(scenario, today.draws, today.seed)
        steps.append(Step(kind, changed, _compared(names, before, after, _paired)))
        before = after
    ends = {name: None if (found := before[name]) is None else from_batches(found) for name in names}
    said = {name: archived.levels.get(name) for name in names}
    return Changes(names, definition, said, tuple(steps), ends, _errors(names, started, before, steps))


def _errors(names: Sequence[str], old: Levels, new: Levels, steps: Sequence[Step]) -> dict[str, float]:
    """The error of the whole way from the first run to the last; none where only the program lies between."""
    others = any(step.kind == DRAWS for step in steps)
    whole = _compared(names, old, new, _apart if others else _paired)
    return {name: each.standard_error if each and len(steps) > 1 else math.nan for name, each in whole.items()}


def _projection(scenario: Scenario, new: Scenario, draws: int, seed: int) -> Projection:
    """A run to the last deadline, over today's years; a run that breaks on mixed values is a finding."""
    goals = counted(new).values()
    last = max(POLICY_HORIZON, *(goal.due for goal in goals))
    keep = {SCALE, *(goal.test.variable for goal in goals if goal.test)}
    try:
        run = ensemble_of(replace(scenario, horizon=new.horizon), draws=draws, seed=seed, last=last)
        return run.projection(sorted(keep))
    except (ArithmeticError, ValueError) as error:
        raise TuiyanError([Finding("E296", None, {"name": new.id, "why": str(error)})]) from None


def levels(projection: Projection, definition: str) -> dict[str, Array | None]:
    """Each outcome in each batch, (16,); None where it has no meaning in the scenario, or no bridge leads there.

    Parameters
    ----------
    definition
        Definition of the base-year scale that amounts and goals are measured in.
    """
    at = projection.index(POLICY_HORIZON)
    bridged = _bridge(projection.scenario, definition)
    met = {id_: _met(projection, goal, bridged) for id_, goal in counted(projection.scenario).items()}
    found: dict[str, Array | None] = {}
    for id_, goal in counted(projection.scenario).items():
        found[id_] = _share(met[id_])
        if goal.test and goal.test.scope:
            scope = reached(projection, goal, scope=True)[projection.index(goal.due)]
            found[id_ + SCOPE] = _share(scope) if applies(projection, goal) else None
    known = [each for each in met.values() if each is not None]
    found[ALL] = _share(np.logical_and.reduce(known)) if len(known) == len(met) else None
    found[SCALE] = None
    if bridged is not None:
        scale = projection[SCALE][at]
        scale = goal_scale(scale, goal=projection.parameter(bridged)) if bridged else scale
        found[SCALE] = np.asarray(np.quantile(batches(scale), 0.5, axis=-2))
    return found


def _bridge(scenario: Scenario, definition: str) -> str | None:
    """The scope factor that leads to a definition; nothing ("") where it is home; None where no bridge leads there."""
    if scenario.home_definition == definition:
        return ""
    bridges = scenario.workspace.definition_file.bridges
    return next((bridge.through for bridge in bridges if bridge.to == definition), None)


def _met(projection: Projection, goal: Goal, bridged: str | None) -> Array | None:
    """Whether each draw meets a goal at its deadline; None where that has no meaning."""
    of_scale = bool(goal.test and goal.test.scope)
    if not applies(projection, goal) or (of_scale and bridged is None):
        return None
    if not of_scale or not bridged:
        return np.asarray(reached(projection, goal)[projection.index(goal.due)])
    # The goal counted in the definition a bridge leads to is the goal under that bridge's factor.
    bridges = projection.scenario.workspace.definition_file.bridges
    to = next(bridge.to for bridge in bridges if bridge.through == bridged)
    moved = replace(projection, scenario=replace(projection.scenario, definition=to))
    return np.asarray(reached(moved, goal, scope=True)[projection.index(goal.due)])


def _share(met: Any) -> Array | None:
    return None if met is None else np.asarray(batches(met).mean(axis=-2))


def _paired(old: Array, new: Array) -> Estimate:
    """The difference on the same draws."""
    return from_batches(new - old)


def _apart(old: Array, new: Array) -> Estimate:
    """The difference of runs that share no draws."""
    one, other = from_batches(old), from_batches(new)
    return Estimate(other.value - one.value, float(np.hypot(one.standard_error, other.standard_error)))


def _compared(
    names: Sequence[str], old: Levels, new: Levels, difference: Callable[[Array, Array], Estimate]
) -> dict[str, Estimate | None]:
    """The effect of one step on each outcome."""
    found: dict[str, Estimate | None] = {}
    for name in names:
        before, after = old[name], new[name]
        found[name] = None if before is None or after is None else difference(before, after)
    return found


def _code(archived: Estimate | None, found: Array | None) -> Estimate | None:
    """What the program made of the same values, against what the old report printed."""
    if archived is None or found is None:
        return None
    return Estimate(from_batches(found).value - archived.value, float("nan"))


def _settings(archived: Archived, today: Projection) -> tuple[Changed, ...]:
    """Changes of draws and seed."""
    pairs = {"draws": (archived.draws, today.draws), "seed": (archived.seed, today.seed)}
    return tuple(
        Changed(key, both(f"report.since.{key}"), "", str(before), str(after), None)
        for key, (before, after) in pairs.items()
        if before != after
    )
