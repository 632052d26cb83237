"""The groups in which inputs are looked at together, and how one set of draws takes a group from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase as fnmatch
from typing import Any

from tuiyan.draws.recipe import Inputs, Recipe
from tuiyan.inputs.schema import Group

OTHER = "other"  # what the register puts into no group
FAR = 10_000  # streams of the second set of draws lie so far behind those of the first


def grouped(plan: Recipe, register: Mapping[str, Group]) -> dict[str, tuple[str, ...]]:
    """Group to the ids in it that are random; groups that a scenario correlates with each other become one.

    Variance cannot be split between correlated groups, so two groups joined by a correlation are named together.

    Parameters
    ----------
    register
        Groups of `parameters.yaml`; a member is an id or ends in ``.*``.
    """
    members: dict[str, list[str]] = {}
    for id_ in plan.streams():
        members.setdefault(group_of(id_, register), []).append(id_)
    owner = {group: group for group in members}
    for row, id_ in enumerate(plan.correlated):
        for column, other in enumerate(plan.correlated[:row]):
            if plan.factor[row][column]:
                here, there = owner[group_of(id_, register)], owner[group_of(other, register)]
                owner = {group: here if each == there else each for group, each in owner.items()}
    found: dict[str, list[str]] = {}
    for group in (*register, OTHER):
        if group in members:
            found.setdefault(owner[group], []).append(group)
    return {"+".join(parts): tuple(id_ for part in parts for id_ in members[part]) for parts in found.values()}


def group_of(id_: str, register: Mapping[str, Group]) -> str:
    """The group of a parameter, shock or count."""
    return next(
        (group for group, about in register.items() if any(fnmatch(id_, each) for each in about.members)), OTHER
    )


def second_draws(plan: Recipe, *, draws: int, seed: int) -> Inputs:
    """A second, independent set of the same draws."""
    return plan.transformed(plan.uniforms(draws=draws, seed=seed, shift=FAR))


def taking(first: Inputs, second: Inputs, ids: Iterable[str]) -> Inputs:
    """The first set of inputs with some parameters, shocks and counts of the second."""
    found: dict[str, Any] = {name: dict(block) for name, block in first.items()}
    for id_ in ids:
        block, _, key = id_.partition(".")
        found[block][key] = second[block][key]
        if id_ in second["by_year"]:
            found["by_year"][id_] = second["by_year"][id_]
    return found
