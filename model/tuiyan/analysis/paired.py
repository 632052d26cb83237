"""One ensemble, run again and again: the same draws under other efforts, other laws or other numbers.

Every analysis asks what would have been different, so all of its runs share their draws: a difference between two of
them is a paired difference, and what is equal in both cancels exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.draws.recipe import Inputs, Recipe, recipe
from tuiyan.ensemble import CHUNK, check_draws, in_chunks, over_draws
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.projection import PIPELINES, project
from tuiyan.results import Projection

Array = NDArray[np.float64]
Effort = Mapping[str, Any]
STARTS = "application_demand"


@dataclass(frozen=True)
class Ensemble:
    """The draws of a scenario, made once.

    Attributes
    ----------
    scenario, draws, seed
        What is drawn: the laws of the scenario at the first `draws` draws of `seed`.
    last
        Last year of the runs; no later than the horizon.
    """

    scenario: Scenario
    draws: int
    seed: int
    last: int

    @cached_property
    def plan(self) -> Recipe:
        """The recipe of the scenario, cut after the last year."""
        return replace(recipe(self.scenario), years=tuple(range(BASE_YEAR, self.last + 1)))

    def until(self, year: int) -> Ensemble:
        """The same draws, run no further than a year."""
        if year == self.last:
            return self
        return ensemble_of(self.scenario, draws=self.draws, seed=self.seed, last=year)

    @cached_property
    def drawn(self) -> Inputs:
        """Inputs of all draws by block and key, as `project` takes them."""
        return self.plan.inputs(draws=self.draws, seed=self.seed)

    @cached_property
    def chunks(self) -> list[Inputs]:
        """The same in chunks that fit the cache."""
        return in_chunks(self.drawn, self.draws)

    def values(
        self, keep: Collection[str], *, effort: Effort | None = None, chunks: Sequence[Inputs] | None = None
    ) -> dict[str, Array]:
        """Results of one run, (year, [item,] draw), of the variables to `keep`.

        Parameters
        ----------
        effort
            Effort on each lever: a number, an array (draws of a chunk,), or a tuple with one a year; default: the
            scenario's.
        chunks
            Other inputs than the ensemble's own, chunk by chunk.
        """
        used = self.plan.levers if effort is None else effort
        inputs = self.chunks if chunks is None else chunks
        parts = [project(each, used, self.plan.years, keep=keep) for each in inputs]
        if len(parts) == 1:
            return parts[0]
        return {name: np.concatenate([part[name] for part in parts], axis=-1) for name in parts[0]}

    def projection(self, keep: Collection[str], *, effort: Effort | None = None) -> Projection:
        """The same as a projection, for what takes one; it covers the kept variables to the last year."""
        return self.holding(self.values(keep, effort=effort))

    def projections(self, keep: Collection[str], efforts: Sequence[Effort]) -> Iterator[Projection]:
        """One projection for each effort; those of a small ensemble run side by side, which changes no number.

        Pipelines hang on the effort on one lever alone (equation 9), so they are drawn once for each effort on it.
        """
        rest = [name for name in keep if name not in PIPELINES]
        counted = [name for name in keep if name in PIPELINES]
        started: dict[Any, dict[str, Array]] = {}
        for effort, values in zip(efforts, self._runs(rest, efforts), strict=True):
            u = effort[STARTS]
            if counted and u not in started:
                started[u] = self.values(counted, effort=effort)
            yield self.holding(values | started.get(u, {}))

    def _runs(self, keep: Sequence[str], efforts: Sequence[Effort]) -> Iterator[dict[str, Array]]:
        """Results of one run after the other, as many at once as fit a chunk."""
        together = max(1, CHUNK // self.draws)
        if any(isinstance(each, tuple) for effort in efforts for each in effort.values()):
            together = 1
        for start in range(0, len(efforts), together):
            part = efforts[start : start + together]
            if len(part) == 1:
                yield self.values(keep, effort=part[0])
                continue
            vectors = {key: np.repeat([effort[key] for effort in part], self.draws) for key in part[0]}
            found = self.values(keep, effort=vectors, chunks=[tile(self.drawn, self.draws, len(part))])
            for place in range(len(part)):
                mine = slice(place * self.draws, (place + 1) * self.draws)
                yield {name: values[..., mine] for name, values in found.items()}

    def holding(
        self, values: Mapping[str, Array], drawn: Inputs | None = None, *, draws: int | None = None
    ) -> Projection:
        """A projection that holds given values, of the ensemble's own inputs unless others are given."""
        scenario = replace(self.scenario, horizon=self.last)
        return Projection(scenario, draws or self.draws, self.seed, values, self.drawn if drawn is None else drawn)


def tile(drawn: Inputs, draws: int, times: int) -> Inputs:
    """Inputs repeated side by side: what has a draw on its last axis is repeated, all else is shared."""
    found: Inputs = over_draws(drawn, draws, lambda values: np.tile(values, times))
    return found


def ensemble_of(scenario: Scenario, *, draws: int, seed: int, last: int | None = None) -> Ensemble:
    """The ensemble of a scenario to a year.

    Raises
    ------
    TuiyanError
        For a number of draws that cannot be, or a year that the scenario does not cover.
    """
    check_draws(draws, seed)
    end = scenario.horizon if last is None else last
    if end not in range(BASE_YEAR + 1, scenario.horizon + 1):
        span = {"first": BASE_YEAR + 1, "last": scenario.horizon}
        raise TuiyanError([Finding("E144", None, {"name": scenario.id, "year": end, **span})])
    return Ensemble(scenario, draws, seed, end)
