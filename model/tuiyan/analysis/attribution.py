"""What drove a difference: exact Shapley parts over integrations, groups, levers or segments, on the same draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.outcomes import Outcome, outcome_of
from tuiyan.analysis.paired import Ensemble
from tuiyan.analysis.pairing import Pair, Run, pair_of
from tuiyan.analysis.players import BY_LEVERS, Player, all_players, coalitions
from tuiyan.analysis.shapley import alone, last, shapley, stacked
from tuiyan.estimates import Estimate, batches, from_batches, mean
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.results import Projection
from tuiyan.wording import Text, preferred

if TYPE_CHECKING:
    import pandas as pd

    from tuiyan.analysis.growth import Contributions

Array = NDArray[np.float64]
Progress = Callable[[int, int], object]
SEGMENT, GROWTH = "segment", "growth"
WAYS = (*BY_LEVERS, SEGMENT, GROWTH)
SCALE, SEGMENTS = "scale.total", "scale"
CANCELLED = 1e-6  # share of their sizes below which effects of levers cancel each other


@dataclass(frozen=True, slots=True)
class Part:
    """What one player did, in the unit of the outcome.

    Attributes
    ----------
    value
        Shapley part; the parts add up to the total.
    alone, last
        What the player does to the base alone, and to the alternative as the last to join. They do not add up.
    stacked
        What it adds to the players above it. These add up, but depend on the order.
    net
        The Shapley part less what is only moved here from elsewhere; None for a player without a displacement.
    """

    id: str
    label: Text
    value: Estimate
    alone: Estimate
    last: Estimate
    stacked: Estimate
    net: Estimate | None

    @property
    def interaction(self) -> float:
        """What the Shapley part holds beyond the effect alone: what it owes to the other players."""
        return self.value.value - self.alone.value


@dataclass(frozen=True, slots=True, repr=False)
class Attribution:
    """Why an outcome differs between two scenarios: parts that sum to the total.

    Attributes
    ----------
    outcome
        What was looked at; parts and total are in its unit.
    before, after
        Mean of the outcome under the base and under the alternative.
    """

    outcome: Outcome
    by: str
    base: str
    alternative: str
    draws: int
    seed: int
    before: Estimate
    after: Estimate
    total: Estimate
    parts: tuple[Part, ...]

    def __repr__(self) -> str:
        """The parts and their sum, on one line."""
        shown = ", ".join(f"{part.id} {part.value.value:+.4f}" for part in self.parts) or "nothing differs"
        return f"<Attribution of {self.outcome.name} by {self.by}: {shown}; total {self.total.value:+.4f}>"

    def part(self, id_: str) -> Part:
        """The part of one player.

        Raises
        ------
        TuiyanError
            For a player that is not there, with the nearest.
        """
        found = {part.id: part for part in self.parts}
        if id_ not in found:
            raise TuiyanError([Finding("E181", None, {"name": id_, "nearest": nearest(id_, found)})])
        return found[id_]

    def frame(self) -> pd.DataFrame:
        """One row a part: value, standard_error, alone, last, stacked, interaction, net, unit."""
        import pandas as pd

        rows = [
            {
                "part": part.id,
                "value": part.value.value,
                "standard_error": part.value.standard_error,
                "alone": part.alone.value,
                "last": part.last.value,
                "stacked": part.stacked.value,
                "interaction": part.interaction,
                "net": part.net.value if part.net else None,
                "unit": self.outcome.unit,
            }
            for part in self.parts
        ]
        return pd.DataFrame(rows)

    def _repr_html_(self) -> str:
        """The parts as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.attribution(self, preferred()).html()


def explain(
    base: Run,
    alternative: Run,
    *,
    of: str = SCALE,
    by: str = "integration",
    year: int | None = None,
    scope: bool = False,
    draws: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Attribution | Contributions:
    """Attribute the difference between two scenarios, on the same draws.

    Parameters
    ----------
    base, alternative
        Scenarios, or projections of them; of projections the draws and the seed are taken.
    of
        A goal (R01), ``all`` counted goals, or a series such as ``scale.total`` or ``lp.city``.
    by
        ``integration`` (8 runs for three), ``group``, ``measure`` (where few carry what differs), ``lever`` (256 runs
        for eight), ``segment`` (of the scale goal or the scale, without further runs), or ``growth``: the yearly
        contributions to the growth of the alternative.
    year
        Of a series; default 2020.
    scope
        Test a goal in its own uncertain definition.
    progress
        Called with the runs done and the runs to do.

    Returns
    -------
    parts whose sum is the total to rounding

    Raises
    ------
    TuiyanError
        For an unknown goal, series or grouping; projections on different draws, horizons or definitions.
    """
    pair = pair_of(base, alternative, draws=draws, seed=seed)
    if by == GROWTH and (scope or year is not None):
        raise TuiyanError([Finding("E153", None, {"given": "year" if year is not None else "scope", "beside": GROWTH})])
    if by == GROWTH:
        from tuiyan.analysis.growth import contributions

        return contributions(pair, of=of, progress=progress)
    if by not in WAYS:
        raise TuiyanError([Finding("E181", None, {"name": by, "nearest": nearest(by, WAYS)})])
    outcome = outcome_of(pair.base.scenario, of, year=year, scope=scope)
    if by == SEGMENT:
        return by_segment(pair, outcome)
    return by_levers(pair, [outcome], by, progress=progress)[0]


def by_levers(
    pair: Pair, outcomes: Sequence[Outcome], by: str, *, progress: Progress | None = None
) -> list[Attribution]:
    """Attributions of several outcomes from the same 2^players runs."""
    players = all_players(pair.base.scenario, pair.alternative.scenario, by)
    keep = {name for outcome in outcomes for name in outcome.keep}
    base, alternative = pair.to(max(outcome.year for outcome in outcomes))
    found: list[list[Array]] = [[] for _ in outcomes]
    runs = 1 << len(players)
    for done, projection in enumerate(_runs(base, alternative, players, keep), start=1):
        for place, outcome in enumerate(outcomes):
            found[place].append(outcome.per_draw(projection))
        if progress:
            progress(done, runs)
    moved = _displaced(pair, players, by)
    return [
        _attribution(pair, outcome, by, players, np.stack(values), moved)
        for outcome, values in zip(outcomes, found, strict=True)
    ]


def _runs(base: Ensemble, alternative: Ensemble, players: Sequence[Player], keep: set[str]) -> Iterator[Projection]:
    """The projection of each coalition, in the order of `shapley`; neighbours of one ensemble run together."""
    for _, together in groupby(coalitions(base, alternative, tuple(players)), key=lambda each: id(each[0])):
        pairs = list(together)
        yield from pairs[0][0].projections(keep, [effort for _, effort in pairs])


def by_segment(pair: Pair, outcome: Outcome) -> Attribution:
    """Attribution to the segments of the city's scale: each coalition takes its segments from the alternative."""
    if SCALE not in (outcome.name, *outcome.keep) or len(outcome.keep) > 1 or outcome.scope:
        raise TuiyanError([Finding("E183", None, {"name": outcome.name})])
    base, alternative = pair.to(outcome.year)
    here, there = (each.values((SEGMENTS,))[SEGMENTS] for each in (base, alternative))
    segments = pair.base.scenario.workspace.tables.segments
    players = tuple(Player(code, name, {}) for code, name in zip(segments.codes, segments.names, strict=True))
    values = []
    for coalition in range(1 << len(players)):
        total = np.zeros(here[:, 0].shape)
        for place in range(len(players)):
            total += (there if coalition >> place & 1 else here)[:, place]
        values.append(outcome.per_draw(base.holding({SCALE: total})))
    return _attribution(pair, outcome, SEGMENT, players, np.stack(values), {})


def _displaced(pair: Pair, players: Sequence[Player], by: str) -> dict[str, Array | float]:
    """Share of each player's gross part that is only moved from elsewhere, a number or (draws,).

    Of a lever it is its own parameter. Of a group of measures it is the mean over its levers, each weighted with its
    share and with what the whole lever alone adds to the log scale of the policy horizon; a group whose levers cancel
    each other has no net part.
    """
    drawn, levers = pair.alternative.drawn, pair.base.scenario.workspace.levers

    def share(key: str) -> Any:
        block, _, name = levers[key].displacement.partition(".")
        return drawn[block][name]

    if by == "lever":
        return {player.id: share(key) for player in players for key in player.shares}
    outcome = outcome_of(pair.base.scenario, SCALE)
    base, alternative = pair.to(outcome.year)
    singles = all_players(pair.base.scenario, pair.alternative.scenario, "lever")
    effects = {player.id: _alone(base, alternative, player, outcome) for player in singles if player.shares}
    found: dict[str, Array | float] = {}
    for player in players:
        weights = {key: part * effects[key] for key, part in player.shares.items()}
        total = sum(weights.values())
        if abs(total) > CANCELLED * sum(map(abs, weights.values())):
            found[player.id] = sum(weight / total * share(key) for key, weight in weights.items())
    return found


def _alone(base: Ensemble, alternative: Ensemble, player: Player, outcome: Outcome) -> float:
    """Mean effect of one lever alone."""
    ends = [base.projection(outcome.keep, effort=effort) for _, effort in coalitions(base, alternative, (player,))]
    return float(np.mean(outcome.per_draw(ends[1]) - outcome.per_draw(ends[0])))


def _attribution(
    pair: Pair, outcome: Outcome, by: str, players: Sequence[Player], values: Array, moved: dict[str, Array | float]
) -> Attribution:
    """Parts from the value of every coalition in every draw, (coalitions, draws)."""
    middle = batches(values).mean(axis=-2)
    return Attribution(
        outcome, by, pair.base.scenario.id, pair.alternative.scenario.id, pair.draws, pair.seed,
        before=from_batches(middle[0]), after=from_batches(middle[-1]), total=from_batches(middle[-1] - middle[0]),
        parts=tuple(_parts(players, values, middle, moved)) if players else (),
    )  # fmt: skip


def _parts(players: Sequence[Player], values: Array, middle: Array, moved: dict[str, Array | float]) -> Iterator[Part]:
    """The part of each player from the value of every coalition in every draw, and from their batch means."""
    whole = shapley(values)
    ways = [batches(whole).mean(axis=-2), *(way(middle) for way in (alone, last, stacked))]
    for place, player in enumerate(players):
        value, single, final, stack = (from_batches(way[place]) for way in ways)
        net = mean(whole[place] * (1 - moved[player.id])) if player.id in moved else None
        yield Part(player.id, player.label, value, single, final, stack, net)
