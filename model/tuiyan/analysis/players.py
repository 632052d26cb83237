"""Who takes part in an attribution, and which run belongs to each coalition.

Between two scenarios a player carries its share of u(alternative) - u(base) on each lever. Whatever else differs
(laws, policy settings, correlations, definition) is one more player.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tuiyan.analysis.paired import Ensemble
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.workspace import Workspace
from tuiyan.projection import effort_in
from tuiyan.wording import Text, both
from tuiyan.world import prepare

REST = "rest"  # the player of everything that is not a lever
BY_LEVERS = ("integration", "group", "measure", "lever")
MOST = 10  # players; 2^10 runs
Effort = float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Player:
    """One player: its id and name, and the share of each lever's change that it carries."""

    id: str
    label: Text
    shares: Mapping[str, float]


def lever_players(base: Scenario, alternative: Scenario, by: str) -> tuple[Player, ...]:
    """The players by integration, group of measures, measure or lever that carry any of what differs.

    Raises
    ------
    TuiyanError
        For an unknown grouping.
    """
    if by not in BY_LEVERS:
        raise TuiyanError([Finding("E181", None, {"name": by, "nearest": nearest(by, BY_LEVERS)})])
    moved = [key for key in base.workspace.levers if base.levers[key] != alternative.levers[key]]
    found = (
        Player(id_, label, {key: shares[key] for key in moved if shares.get(key)})
        for id_, label, shares in _carried(base.workspace, by)
    )
    return tuple(player for player in found if player.shares)


def _carried(workspace: Workspace, by: str) -> Iterator[tuple[str, Text, Mapping[str, float]]]:
    """Id, name and share of each lever's effort of every part of a grouping.

    A measure carries an equal part of its group's share, together with the measures of the group that name the lever.
    """
    file, levers = workspace.measure_file, workspace.levers
    if by == "lever":
        yield from ((key, lever.label, {key: 1.0}) for key, lever in levers.items())
    elif by == "measure":
        for id_, measure in file.measures.items():
            alike = [each for each in file.measures.values() if each.group == measure.group]
            counts = {key: sum(key in each.levers for each in alike) for key in measure.levers}
            parts = {key: file.shares.levers[key].get(measure.group, 0.0) / counts[key] for key in measure.levers}
            yield id_, measure.label, parts
    else:
        owner = {id_: group.integration if by == "integration" else id_ for id_, group in file.groups.items()}
        for id_, about in (file.integrations if by == "integration" else file.groups).items():
            parts = {
                key: sum(share for group, share in shares.items() if owner[group] == id_)
                for key, shares in file.shares.levers.items()
            }
            yield id_, about.label, parts


def rest_player(base: Scenario, alternative: Scenario) -> tuple[Player, ...]:
    """The player of everything that differs and is no lever; none where nothing does."""
    same = replace(alternative, levers=base.levers).same(base)
    return () if same else (Player(REST, both("explain.rest"), {}),)


def all_players(base: Scenario, alternative: Scenario, by: str) -> tuple[Player, ...]:
    """Lever players and the rest.

    Raises
    ------
    TuiyanError
        For an unknown grouping, and for more players than 2^10 runs can tell apart.
    """
    found = (*lever_players(base, alternative, by), *rest_player(base, alternative))
    if len(found) > MOST:
        raise TuiyanError([Finding("E182", None, {"count": len(found), "most": MOST, "by": by})])
    return found


def coalitions(
    base: Ensemble, alternative: Ensemble, players: tuple[Player, ...]
) -> Iterator[tuple[Ensemble, dict[str, Effort]]]:
    """The ensemble and the effort of each coalition, in the order of `shapley`: bit p set where player p takes part."""
    here, there = efforts(base), efforts(alternative)
    rest = next((place for place, player in enumerate(players) if player.id == REST), None)
    for coalition in range(1 << len(players)):
        weight = dict.fromkeys(here, 0.0)
        for place, player in enumerate(players):
            if coalition >> place & 1:
                for key, share in player.shares.items():
                    weight[key] += share
        ensemble = alternative if rest is not None and coalition >> rest & 1 else base
        yield ensemble, {key: mixed(here[key], there[key], round(weight[key], 12), ensemble) for key in here}


def efforts(ensemble: Ensemble) -> dict[str, Effort]:
    """Effort on each lever as a run takes it."""
    return dict(ensemble.plan.levers)


def mixed(here: Effort, there: Effort, weight: float, ensemble: Ensemble) -> Effort:
    """Effort between two scenarios; where either follows a path, year by year."""
    if not isinstance(here, tuple) and not isinstance(there, tuple):
        return here if weight == 0 else there if weight == 1 else here + weight * (there - here)
    one, other = yearly(here, ensemble), yearly(there, ensemble)
    return tuple(a + weight * (b - a) for a, b in zip(one, other, strict=True))


def yearly(effort: Effort, ensemble: Ensemble) -> tuple[float, ...]:
    """Effort in each year: that of a path, or the ramp of a constant."""
    if isinstance(effort, tuple):
        return effort[: len(ensemble.plan.years)]
    world = prepare(ensemble.chunks[0])
    return tuple(float(np.asarray(effort_in(world, {"u": effort}, year)["u"])) for year in ensemble.plan.years)


def follows_path(scenario: Scenario) -> tuple[str, ...]:
    """Levers that follow a path over years."""
    return tuple(key for key, value in scenario.levers.items() if isinstance(value, Yearly))
