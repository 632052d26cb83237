"""The probability of a goal as a smooth function of effort, for an optimiser that needs slopes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammainc

from tuiyan.analysis.outcomes import Outcome
from tuiyan.analysis.paired import Effort, Ensemble, ensemble_of, tile
from tuiyan.draws.recipe import Inputs
from tuiyan.equations.firms import benchmark_expected
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.world import bind

Array = NDArray[np.float64]
WIDTH = 0.02  # of the logistic kernel, in logs of the scale
SEARCH_DRAWS = 2048  # the optimiser only chooses the mix; the level is set afterwards, on all draws
STEP = 1e-3  # of effort, for slopes
SCALE, FIRMS, COUNT = "scale.total", "firms.count", "firms.benchmark"
Kernel = Callable[[Mapping[str, Array], Inputs], Array]


@dataclass(frozen=True)
class Smooth:
    """P_smooth of a goal over the efforts on some levers, with its slopes, on the draws of one small ensemble.

    Attributes
    ----------
    levers
        Ids of the levers, in the order of an effort vector.
    kernel
        From the last year of a run to the smooth indicator of each draw.
    """

    levers: tuple[str, ...]
    ensemble: Ensemble
    kernel: Kernel
    keep: tuple[str, ...]

    @cached_property
    def _side_by_side(self) -> Inputs:
        """The inputs once for an effort vector and once for each step away from it."""
        return tile(self.ensemble.drawn, self.ensemble.draws, len(self.levers) + 1)

    def probability(self, effort: Array) -> float:
        """P_smooth at an effort vector."""
        return float(self._at(dict(zip(self.levers, effort.tolist(), strict=True)), self.ensemble.drawn).mean())

    def slopes(self, effort: Array) -> Array:
        """Slope of P_smooth by each effort, (levers,): forward differences, all in one run."""
        points = np.concatenate([effort[None], effort + STEP * np.eye(len(effort))])
        vectors = {key: np.repeat(points[:, k], self.ensemble.draws) for k, key in enumerate(self.levers)}
        found = self._at(vectors, self._side_by_side).reshape(len(points), -1).mean(axis=1)
        return np.asarray((found[1:] - found[0]) / STEP)

    def _at(self, effort: Effort, drawn: Inputs) -> Array:
        """The kernel in the last year of a run, (draws,)."""
        run = self.ensemble.values(self.keep, effort={**self.ensemble.plan.levers, **effort}, chunks=[drawn])
        return self.kernel({name: each[-1] for name, each in run.items()}, drawn)


def smooth(ensemble: Ensemble, outcome: Outcome, levers: Sequence[str]) -> Smooth:
    """P_smooth of a goal on the scale or on benchmark firms.

    Raises
    ------
    TuiyanError
        For another goal: pipelines step with whole starts of one lever, and all goals together hold one.
    """
    test = outcome.goals[0].test if len(outcome.goals) == 1 else None
    if test is None or test.variable not in (SCALE, COUNT):
        raise TuiyanError([Finding("E192", None, {"name": outcome.name})])
    scoped = test.scope if outcome.scope else None
    rule = ensemble.scenario.laws["firms.benchmark_rule"].declared()[0]

    def of_scale(found: Mapping[str, Array], drawn: Inputs) -> Array:
        log = np.log(found[SCALE])
        if scoped:
            block, _, key = scoped.partition(".")
            log = log + drawn[block][key]
        return np.asarray(expit((log - np.log(test.value)) / WIDTH))

    def of_firms(found: Mapping[str, Array], drawn: Inputs) -> Array:
        ratio = found[SCALE] / drawn["base"]["scale"]
        expected = bind(benchmark_expected, drawn)(found[FIRMS], ratio, rule)
        return np.asarray(gammainc(test.value, expected))  # P(Poisson(expected) >= value)

    kernel, keep = (of_scale, (SCALE,)) if test.variable == SCALE else (of_firms, (SCALE, FIRMS))
    few = min(SEARCH_DRAWS, ensemble.draws)
    fewer = ensemble_of(ensemble.scenario, draws=few, seed=ensemble.seed, last=ensemble.last)
    return Smooth(tuple(levers), fewer, kernel, keep)
