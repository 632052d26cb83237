"""Which changes of a scenario move nothing: the check after a run, and of `check --deep`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from tuiyan.ensemble import Array, simulate_all
from tuiyan.inputs.findings import Finding
from tuiyan.inputs.scenario import Scenario

DRAWS = 32


def idle_changes(scenario: Scenario, *, seed: int = 0) -> Iterator[Finding]:
    """A warning for each change against the parent that moves no output of any draw when it alone is taken back.

    The scope factors act in the ledger and not in the model, so a change of one that a goal or a bridge names counts
    as moving something; so does a change of a curve, which acts in the pool.
    """
    parent = scenario.parent
    if parent is None:
        return
    whole = simulate_all(scenario, draws=DRAWS, seed=seed)
    for block, changes in (("levers", scenario.layer.file.levers), ("uncertain", scenario.layer.file.uncertain)):
        for id_ in changes:
            if not moves(scenario, parent, id_, whole, seed=seed):
                where = scenario.layer.document.place((block, id_), key=True)
                yield Finding("W201", where, {"key": id_, "old": parent.value(id_), "new": scenario.value(id_)})


def moves(scenario: Scenario, other: Scenario, id_: str, whole: Mapping[str, Array], *, seed: int = 0) -> bool:
    """Whether a value moves any output when it alone is as another scenario has it.

    Parameters
    ----------
    whole
        `simulate_all` of `scenario` at `DRAWS` draws of the seed.
    """
    scopes = {goal.test.scope for goal in scenario.workspace.goals.values() if goal.test and goal.test.scope}
    scopes |= {
        bridge.through for bridge in scenario.workspace.definition_file.bridges if scenario.definition == bridge.to
    }
    if (id_ in scopes or id_.startswith("curve.")) and scenario.value(id_) != other.value(id_):
        return True
    without = simulate_all(_with_other(scenario, other, id_), draws=DRAWS, seed=seed)
    return any(not np.array_equal(whole[name], without[name]) for name in whole)


def _with_other(scenario: Scenario, other: Scenario, id_: str) -> Scenario:
    """The scenario with one value as another has it."""
    if id_ in scenario.levers:
        return replace(scenario, levers={**scenario.levers, id_: other.levers[id_]})
    return replace(scenario, laws={**scenario.laws, id_: other.laws[id_]})
