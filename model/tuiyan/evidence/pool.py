"""The pool: the model and the reduced-form curves as one mixture, printed beside the model's own probability.

The model is the default for every number. The pool says what the answer hangs on once other ways to forecast the
scale have a say: a weighted mean of probabilities, and quantiles of the mixture, never means of quantiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan.draws.points import BATCHES
from tuiyan.draws.recipe import recipe
from tuiyan.ensemble import CHUNK, in_chunks
from tuiyan.equations.scope import goal_scale
from tuiyan.estimates import Estimate, batches, from_batches, mean
from tuiyan.evidence.curves import CurveLaws, curve_laws, curve_paths
from tuiyan.evidence.stacking import DECLARED
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.scenario import Scenario
from tuiyan.ledger import Ledger, scope_of
from tuiyan.projection import project
from tuiyan.register import find_goal
from tuiyan.results import Projection

if TYPE_CHECKING:
    from tuiyan.inputs.policy_schema import Goal

Array = NDArray[np.float64]
SCALE, MODEL = "scale.total", "structural"
BASS, LAST_BASS = "bass", 2022  # sales of durables peak and fall, revenue of an industry need not
NEAR = 1e-9


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Pool:
    """A mixture of the model and the curves.

    Attributes
    ----------
    projection
        The model's.
    weights
        Method to weight, sum 1, for the years that all methods reach.
    paths
        Method to (years, draws), 亿元, in the home definition; with policy, each curve is shifted by its effect.
    believed
        What the curves were drawn from, and the figures that taught them.
    """

    projection: Projection
    weights: Mapping[str, float]
    paths: Mapping[str, Array] = field(repr=False)
    believed: CurveLaws = field(repr=False)

    @property
    def methods(self) -> tuple[str, ...]:
        """The model first, then the curves."""
        return tuple(self.paths)

    def weights_in(self, year: int) -> dict[str, float]:
        """Weights in a year: beyond 2022 that of the Bass curve goes to the other curves, in proportion to theirs.

        Raises
        ------
        TuiyanError
            For a year outside the projection, or where no other curve has a weight to take it.
        """
        self.projection.index(year)
        if year <= LAST_BASS:
            return dict(self.weights)
        others = {name: w for name, w in self.weights.items() if name not in (MODEL, BASS)}
        if not (rest := sum(others.values())):
            if self.weights[BASS]:
                raise TuiyanError([Finding("E243", None, {"year": year, "last": LAST_BASS})])
            return {MODEL: 1.0}
        more = 1.0 + self.weights[BASS] / rest
        return {MODEL: self.weights[MODEL], **{name: w * more for name, w in others.items()}}

    def prob(self, goal: str = "scale_2020", *, scope: bool = False) -> Estimate:
        """Probability of a goal on the scale at its deadline; with `scope` in its own uncertain definition.

        Raises
        ------
        TuiyanError
            For an unknown goal, or one that is not on the scale of the city.
        """
        _, found = find_goal(self.projection.scenario.workspace, goal)
        met = self._met(goal, found, scope=scope)
        weights = self.weights_in(found.due)
        return mean(sum(weight * met[name] for name, weight in weights.items()))

    def probs(self, goal: str = "scale_2020", *, scope: bool = False) -> dict[str, Estimate]:
        """The same by method."""
        _, found = find_goal(self.projection.scenario.workspace, goal)
        met = self._met(goal, found, scope=scope)
        return {name: mean(met[name]) for name in self.weights_in(found.due)}

    def _met(self, name: str, goal: Goal, *, scope: bool) -> dict[str, Array]:
        """Whether each draw of each method meets a goal at its deadline, as 0 and 1."""
        test = goal.test
        if test is None or test.variable != SCALE:
            raise TuiyanError([Finding("E240", None, {"name": name})])
        factor = scope_of(self.projection, test) if scope else None
        at = self.projection.index(goal.due)
        found = {}
        for method, path in self.paths.items():
            values = goal_scale(path[at], goal=self.projection.parameter(factor)) if factor else path[at]
            found[method] = (values > test.value if test.comparison == ">" else values >= test.value).astype(np.float64)
        return found

    def quantile(self, level: float, year: int) -> Estimate:
        """Quantile of the mixture in a year, 亿元: every draw of every method counts, with the weight of its method.

        Raises
        ------
        TuiyanError
            For a year outside the projection.
        """
        weights = {name: w for name, w in self.weights_in(year).items() if w > 0}
        at = self.projection.index(year)
        parts = np.concatenate([batches(self.paths[name][at]) for name in weights])
        count = len(parts) // len(weights)
        shares = np.repeat(list(weights.values()), count) / count
        return from_batches(np.array([weighted_quantile(parts[:, b], shares, level) for b in range(BATCHES)]))

    def __repr__(self) -> str:
        """The methods with their weights, and the probability of the scale goal."""
        known = ", ".join(f"{name} {weight:.3g}" for name, weight in self.weights.items())
        scenario = self.projection.scenario
        return f"<Pool {scenario.id}, as_of {scenario.as_of}: {known}; P(scale_2020) {self.prob()}>"


def weighted_quantile(values: Array, weights: Array, level: float) -> float:
    """Quantile of weighted numbers; with equal weights that of `numpy.quantile`.

    Parameters
    ----------
    values, weights
        (numbers,), weights above 0.
    level
        In [0, 1].

    Returns
    -------
    number between two neighbours x_k at the positions (k - 1) w_k + (n - 1) (w_1 + ... + w_(k-1)), in order

    Examples
    --------
    >>> weighted_quantile(np.array([3.0, 1.0, 2.0]), np.ones(3), 0.25)
    1.5
    """
    order = np.argsort(values, kind="stable")
    sorted_weights = weights[order]
    count = len(values)
    below = np.cumsum(sorted_weights) - sorted_weights
    places = np.arange(count) * sorted_weights + (count - 1) * below
    return float(np.interp(level * places[-1], places, values[order]))


def pool(
    projection: Projection, without_policy: Projection | None = None, *, weights: Mapping[str, float] | None = None
) -> Pool:
    """The mixture of a projection with the reduced-form curves on the same draws, from the same scale of 2017.

    No lever acts inside a curve: with policy each is shifted, draw by draw, by what the model says policy adds,
    ln S(scenario) - ln S(the same without effort), so that the effect is not diluted.

    Parameters
    ----------
    without_policy
        The projection's scenario without effort on any lever, on the same draws; None runs it.
    weights
        Method to weight, as `stacking.method_weights` gives; None for the declared ones.

    Raises
    ------
    TuiyanError
        For weights that cannot be, a yardstick with effort, or one on other draws.

    Examples
    --------
    >>> import tuiyan as ty
    >>> found = pool(ty.run(ty.load("baseline"), draws=512))
    >>> found.methods
    ('structural', 'trend', 'gompertz', 'bass', 'no_change')
    """
    given = dict(DECLARED if weights is None else weights)
    if given.keys() != DECLARED.keys() or min(given.values()) < 0 or abs(sum(given.values()) - 1) > NEAR:
        told = {"given": ", ".join(f"{k} {v:g}" for k, v in given.items()), "methods": ", ".join(DECLARED)}
        raise TuiyanError([Finding("E242", None, told)])
    shift = np.log(projection[SCALE]) - (
        unaided(projection) if without_policy is None else _log_scale(projection, without_policy)
    )
    curves = {name: np.exp(path + shift) for name, path in curve_paths(projection).items()}
    paths = {name: projection[SCALE] if name == MODEL else curves[name] for name in DECLARED}
    weights_in_order = MappingProxyType({name: given[name] for name in DECLARED})
    return Pool(projection, weights_in_order, MappingProxyType(paths), curve_laws(projection.scenario))


def pool_of_rows(projection: Projection, ledger: Ledger) -> dict[str, Estimate]:
    """Probability of the pool by register id, for the rows of a ledger that are on the scale of the city."""
    found = pool(projection)
    return {
        row.register: found.prob(row.register)
        for row in ledger.rows
        if row.goal.test and row.goal.test.variable == SCALE
    }


def _log_scale(projection: Projection, other: Projection) -> Array:
    """Log scale of a yardstick, after a check that it is one."""
    if any(getattr(other, key) != getattr(projection, key) for key in ("draws", "seed", "years")):
        raise TuiyanError([Finding("E148", None)])
    if has_effort(other.scenario):
        raise TuiyanError([Finding("E241", None, {"name": other.scenario.id})])
    return np.log(other[SCALE])


def has_effort(scenario: Scenario) -> bool:
    """Whether any lever of a scenario is used in any year."""
    efforts = (value.declared() if isinstance(value, Yearly) else (value,) for value in scenario.levers.values())
    return any(max(each) > 0 for each in efforts)


def unaided(projection: Projection) -> Array:
    """Log scale of a projection's scenario without effort on any lever, on the same draws.

    Returns
    -------
    (years, draws), log of 亿元; the projection's own where no lever is used
    """
    scenario = projection.scenario
    if not has_effort(scenario):
        return np.log(projection[SCALE])
    plan = recipe(scenario)
    if projection.drawn is not None:
        chunks = iter(in_chunks({block: dict(values) for block, values in projection.drawn.items()}, projection.draws))
    else:
        starts = range(0, projection.draws, CHUNK)
        sizes = ((start, min(CHUNK, projection.draws - start)) for start in starts)
        chunks = (plan.inputs(draws=size, seed=projection.seed, start=start) for start, size in sizes)
    idle = dict.fromkeys(plan.levers, 0.0)
    parts = [project(inputs, idle, plan.years, keep={SCALE})[SCALE] for inputs in chunks]
    return np.log(np.concatenate(parts, axis=-1))
