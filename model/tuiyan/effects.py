"""Which changes of a scenario move nothing: the check after a run, and of `check --deep`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from tuiyan.ensemble import simulate_all
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
    scopes = {goal.test.scope for goal in scenario.workspace.goals.values() if goal.test and goal.test.scope}
    scopes |= {
        bridge.through for bridge in scenario.workspace.definition_file.bridges if scenario.definition == bridge.to
    }
    for block, changes in (("levers", scenario.layer.file.levers), ("uncertain", scenario.layer.file.uncertain)):
        for id_ in changes:
            beside = id_ in scopes or id_.startswith("curve.")
            if beside and scenario.value(id_) != parent.value(id_):
                continue
            without = simulate_all(_with_parents(scenario, parent, id_), draws=DRAWS, seed=seed)
            if all(np.array_equal(whole[name], without[name]) for name in whole):
                where = scenario.layer.document.place((block, id_), key=True)
                yield Finding("W201", where, {"key": id_, "old": parent.value(id_), "new": scenario.value(id_)})


def _with_parents(scenario: Scenario, parent: Scenario, id_: str) -> Scenario:
    """The scenario with one value as its parent has it."""
    if id_ in scenario.levers:
        return replace(scenario, levers={**scenario.levers, id_: parent.levers[id_]})
    return replace(scenario, laws={**scenario.laws, id_: parent.laws[id_]})
