"""The groups in which inputs are looked at together, and how one set of draws takes a group from another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tuiyan.draws.recipe import Inputs, Recipe

# Group to the blocks and parameters it holds (economics.md, end of section 4); the first that fits wins.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "base": ("base",),
    "scope": ("scope",),
    "adoption": ("adoption",),
    "demand": ("demand", "macro.growth_value_added"),
    "supply_growth": ("stocks", "supply.growth_efficiency"),
    "supply_structure": ("supply", "balance"),
    "adjustment": ("scale.speed",),
    "shocks": ("scale", "shocks"),
    "productivity": ("productivity", "jcurve"),
    "lever_effects": ("lever",),
    "firms_pipelines": ("firms", "pipeline", "counts"),
    "accounts": ("macro", "gdp"),
}
FAR = 10_000  # streams of the second set of draws lie so far behind those of the first


def group_of(id_: str) -> str:
    """The group of a parameter, shock or count.

    Examples
    --------
    >>> group_of("supply.growth_efficiency"), group_of("supply.slack"), group_of("shocks.common")
    ('supply_growth', 'supply_structure', 'shocks')
    """
    fitting = [(len(name), group) for group, names in GROUPS.items() for name in names if _holds(name, id_)]
    if not fitting:
        raise KeyError(id_)
    return max(fitting)[1]


def _holds(name: str, id_: str) -> bool:
    """Whether a block or parameter holds an id."""
    return id_ == name or id_.startswith(f"{name}.")


def grouped(plan: Recipe) -> dict[str, tuple[str, ...]]:
    """Group to the ids in it that are random; groups that a scenario correlates with each other become one.

    Variance cannot be split between correlated groups, so two groups joined by a correlation are named together.
    """
    members: dict[str, list[str]] = {}
    for id_ in plan.streams():
        members.setdefault(group_of(id_), []).append(id_)
    owner = {group: group for group in members}
    for row, id_ in enumerate(plan.correlated):
        for column, other in enumerate(plan.correlated[:row]):
            if plan.factor[row][column]:
                here, there = owner[group_of(id_)], owner[group_of(other)]
                owner = {group: here if each == there else each for group, each in owner.items()}
    order = [group for group in GROUPS if group in members]
    found: dict[str, list[str]] = {}
    for group in order:
        found.setdefault(owner[group], []).append(group)
    return {"+".join(parts): tuple(id_ for part in parts for id_ in members[part]) for parts in found.values()}


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
