"""Learning from the few facts there are: weights on the draws of a scenario, and what they changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tuiyan.draws.points import BATCHES
from tuiyan.draws.recipe import Inputs, Recipe, recipe
from tuiyan.draws.weights import Weights
from tuiyan.ensemble import check_draws, in_chunks
from tuiyan.evidence.adapting import Numbers, Sample, adapted
from tuiyan.evidence.beliefs import COMMON, Belief, beliefs, contributors
from tuiyan.evidence.likelihood import Observation, log_likelihood, observations
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR, POLICY_HORIZON
from tuiyan.projection import project
from tuiyan.results import Projection
from tuiyan.wording import both, preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
SCALE = "scale.total"
STRONGEST = 10  # contributors to the variance that are shown, and moved, beside what the register calls tapped by data
ENOUGH = 0.5  # share of effective draws with which the draws of the seed stay as they are
LEAST = 50.0  # effective draws below which nothing is said


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Posterior:
    """What the facts visible at the vintage of a scenario say about its draws.

    Attributes
    ----------
    scenario
        What was learned about: the one that is held to have happened.
    observations
        The figures that weigh the draws.
    weights
        On the draws, moved if need be; `run` and every analysis take them through `given`.
    prior_effective
        Effective draws that the same facts leave of the draws as the laws have them.
    rounds
        Rounds of adaptation; 0 when the draws stayed as they were.
    beliefs
        Prior against posterior, input by input.
    """

    scenario: Scenario
    observations: tuple[Observation, ...]
    weights: Weights
    prior_effective: float
    rounds: int
    beliefs: tuple[Belief, ...]

    @property
    def effective(self) -> float:
        """Effective number of draws."""
        return self.weights.effective

    def given(self, scenario: Scenario | None = None) -> Scenario:
        """A scenario, by default the one learned about, under what was learned.

        The counterfactual of another scenario keeps the draws: the shocks, the scope and the base year that the facts
        speak of, under levers that did not happen.
        """
        return (scenario or self.scenario).weighted(self.weights)

    def frame(self) -> pd.DataFrame:
        """Prior against posterior: id, unit, prior and posterior quantiles, sd ratio, shift, overlap, verdict."""
        import pandas as pd

        names = ("p05", "p50", "p95")
        rows = [
            {
                "id": each.id,
                "unit": each.unit,
                **{f"prior_{name}": value for name, value in zip(names, each.prior, strict=True)},
                **{f"posterior_{name}": value for name, value in zip(names, each.posterior, strict=True)},
                "sd_ratio": each.spread,
                "shift": each.shift,
                "overlap": each.overlap,
                "verdict": each.verdict,
            }
            for each in self.beliefs
        ]
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        """How many facts spoke, and how many draws are left to speak."""
        known = f"{len(self.observations)} facts, {self.effective:.0f} effective draws of {self.weights.draws}"
        return f"<Posterior of {self.scenario.id}, as_of {self.scenario.as_of}: {known}>"

    def _repr_html_(self) -> str:
        """The table of beliefs, for notebooks."""
        from tuiyan.evidence import showing

        return showing.posterior(self, preferred()).html()


def learn(scenario: Scenario | Projection, *, draws: int = 8192, seed: int = 0) -> Posterior:
    """Weigh the draws of a scenario by the facts visible at its vintage.

    Parameters
    ----------
    scenario
        The scenario held to have happened, or its projection (then of its draws and seed). Its levers and laws are
        the prior.

    Returns
    -------
    Posterior
        ``ty.run(scenario, weights=posterior)`` runs under it; ``posterior.given(other)`` is another scenario under it.

    Raises
    ------
    TuiyanError
        For facts that contradict each other, and when fewer than 50 effective draws are left: then no draw is near
        what was published, and the laws rather than the weights are in doubt.

    References
    ----------
    Bugallo et al. (2017), IEEE Signal Processing Magazine 34(4): adaptive importance sampling.
    """
    if isinstance(scenario, Projection):
        return learn(scenario.scenario, draws=scenario.draws, seed=scenario.seed)
    if not isinstance(scenario, Scenario):
        raise TuiyanError([Finding("E154", None, {"wanted": both("kind.of.scenario"), "given": repr(scenario)})])
    check_draws(draws, seed)
    scenario = scenario.weighted(None)
    seen = observations(scenario)
    last = max((each.fact.year for each in seen), default=POLICY_HORIZON)
    model = Model(replace(recipe(scenario), years=tuple(range(BASE_YEAR, last + 1))), draws)
    numbers = model.plan.uniforms(draws=draws, seed=seed)
    drawn = model.plan.transformed(numbers)
    total = model.total(drawn)
    scores = {id_: ndtri(rows) for id_, rows in numbers.items()}
    strongest = contributors(scenario, scores, np.log(total[-1]), STRONGEST)
    ids = list(dict.fromkeys([*_tapped(scenario, numbers), *strongest]))
    first = Sample({}, log_likelihood(seen, total, drawn), 0)
    moving = _moving(seen, ids, last)
    sample = adapted(
        numbers, moving, lambda moved: model.likelihood(seen, moved), start=first, seed=seed, enough=ENOUGH * draws
    )
    weights = Weights(draws, seed, sample.weights, sample.moved, scenario.as_of)
    if seen:
        _refuse_few(scenario, weights)
    moved = numbers | dict(sample.moved)
    shown = beliefs(
        scenario, ids, last if seen else BASE_YEAR, (numbers, moved), (drawn, model.plan.transformed(moved)),
        weights.values,
    )  # fmt: skip
    return Posterior(scenario, seen, weights, first.effective, sample.rounds, tuple(shown))


@dataclass(frozen=True, slots=True)
class Model:
    """The scale of the city, to the year of the last fact, from uniform numbers."""

    plan: Recipe
    draws: int

    def total(self, drawn: Inputs) -> Array:
        """Scale of the city in the home definition, (years, draws), 亿元."""
        parts = [
            project(each, self.plan.levers, self.plan.years, keep=[SCALE]) for each in in_chunks(drawn, self.draws)
        ]
        return np.concatenate([part[SCALE] for part in parts], axis=-1)

    def likelihood(self, seen: tuple[Observation, ...], numbers: Numbers) -> Array:
        """Log likelihood of every draw."""
        drawn = self.plan.transformed(numbers)
        return log_likelihood(seen, self.total(drawn), drawn)


def _tapped(scenario: Scenario, numbers: Mapping[str, Array]) -> list[str]:
    """What the register says that city data can speak of, as far as the model draws it."""
    bridges = scenario.workspace.definition_file.bridges
    itself = {bridge.through for bridge in bridges if bridge.to == scenario.home_definition}  # no factor to itself
    known = scenario.workspace.parameter_file.tapped_by_data
    return [id_ for id_ in known if id_ in numbers and id_ not in itself]


def _moving(seen: tuple[Observation, ...], ids: list[str], last: int) -> dict[str, int]:
    """Inputs that an adapted proposal moves: id to how many of its rows; scope factors only if a fact needs them."""
    through = {each.through for each in seen}
    rows = {id_: 1 for id_ in ids if not id_.startswith("scope.") or id_ in through}
    return rows | {COMMON: last - BASE_YEAR}


def _refuse_few(scenario: Scenario, weights: Weights) -> None:
    """Refuse a posterior that rests on too few draws, or a batch that none is left in."""
    if weights.effective < LEAST or not (weights.values.reshape(-1, BATCHES).sum(axis=0) > 0).all():
        told = {"name": scenario.id, "as_of": scenario.as_of, "count": f"{weights.effective:.0f}"}
        raise TuiyanError([Finding("E250", None, told)])
