"""The analyses of a report, each computed once, on the draws of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tuiyan.analysis.attribution import Attribution, by_levers
from tuiyan.analysis.choice import Regret, regrets_of, usual
from tuiyan.analysis.discovery import discover
from tuiyan.analysis.growth import Contributions, contributions
from tuiyan.analysis.inversion import USUAL, Needed, needed
from tuiyan.analysis.outcomes import ALL, Outcome, goal_outcome, outcome_of
from tuiyan.analysis.packages import Frontier, frontier
from tuiyan.analysis.pairing import pair_of
from tuiyan.analysis.players import follows_path
from tuiyan.analysis.rules import Rules
from tuiyan.analysis.seeking import TOGETHER, Solution, chance, ensemble_for, smallest
from tuiyan.analysis.sensitivity import Sensitivity, sensitivity
from tuiyan.estimates import Estimate
from tuiyan.evidence.learning import Posterior, learn
from tuiyan.evidence.vintages import Case, cases
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.loading import ROOT, load
from tuiyan.inputs.scenario import Scenario
from tuiyan.results import Projection, run

SCALE, GOAL, PRODUCTIVITY = "scale.total", "R01", "lp.city"
WANTED = 0.8  # the probability that the same effort on all levers is asked for
EFFORTS = tuple(step / 4 for step in range(9))  # of the curve over common effort: 0 to 2


@dataclass(frozen=True)
class Analyses:
    """What was asked of a projection, and of the one it is compared with."""

    projection: Projection
    other: Projection | None

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Outcomes that are attributed: the scale, productivity, each counted goal, and all of them together."""
        scenario = self.projection.scenario
        counted = [id_ for id_, goal in scenario.workspace.goals.items() if goal.counted]
        return tuple(outcome_of(scenario, name) for name in (SCALE, PRODUCTIVITY, *counted, ALL))

    def attributions(self, by: str) -> dict[str, Attribution]:
        """Attribution of the difference from the other scenario, by outcome; ``integration`` or ``lever``."""
        return self._by_integration if by == "integration" else self._by_lever

    @cached_property
    def _by_integration(self) -> dict[str, Attribution]:
        return self._attributed("integration")

    @cached_property
    def _by_lever(self) -> dict[str, Attribution]:
        return self._attributed("lever")

    def _attributed(self, by: str) -> dict[str, Attribution]:
        assert self.other is not None  # noqa: S101 - the parts ask only when there is one
        found = by_levers(pair_of(self.other, self.projection), self.outcomes, by)
        return {each.outcome.name: each for each in found}

    @cached_property
    def growth(self) -> Contributions:
        """Contributions to the growth of the scale to the policy horizon; the root has no effort."""
        scenario = self.projection.scenario
        root = load(ROOT, as_of=scenario.as_of, workspace=scenario.workspace.root).weighted(scenario.learned)
        pair = pair_of(root, scenario, draws=self.projection.draws, seed=self.projection.seed, horizons=False)
        return contributions(pair)

    @cached_property
    def sobol(self) -> Mapping[str, Sensitivity]:
        """Shares of the variance by group, of the log scale and of productivity; none after learning.

        What was learned ties the inputs together, so that a variance has no shares of single groups any more.
        """
        if self.projection.scenario.learned:
            return {}
        return {name: self._sensitivity(name, "sobol") for name in (GOAL, PRODUCTIVITY)}

    @cached_property
    def tornado(self) -> Sensitivity:
        """The probability of the scale goal with one input at its ends."""
        return self._sensitivity(GOAL, "tornado")

    @cached_property
    def ranks(self) -> Sensitivity:
        """Rank correlations of each input with the scale and with meeting the goal."""
        return self._sensitivity(GOAL, "rank")

    def _sensitivity(self, name: str, method: str) -> Sensitivity:
        projection = self.projection
        return sensitivity(projection.scenario, name, method=method, draws=projection.draws, seed=projection.seed)

    @cached_property
    def posterior(self) -> Posterior:
        """What the facts of the vintage say, the scenario held to have happened."""
        return learn(self.projection)

    @cached_property
    def learned(self) -> Projection | None:
        """The scenario under what was learned; None where no fact weighed the draws."""
        if not self.posterior.observations:
            return None
        return run(self.posterior.given(), draws=self.projection.draws, seed=self.projection.seed)

    @cached_property
    def vintages(self) -> list[Case]:
        """Forecasts of the city from earlier days against what was published by the vintage of the report."""
        scenario = self.projection.scenario
        return cases(scenario, until=scenario.as_of, draws=self.projection.draws, seed=self.projection.seed)

    @cached_property
    def rules(self) -> Mapping[str, Rules | TuiyanError]:
        """By counted goal: the futures in which it is missed, or why there is nothing to say."""
        goals = [id_ for id_, goal in self.projection.scenario.workspace.goals.items() if goal.counted]
        found: dict[str, Rules | TuiyanError] = {}
        for id_ in goals:
            try:
                found[id_] = discover(self.projection, id_)
            except TuiyanError as refused:
                found[id_] = refused
        return found

    @cached_property
    def frontier(self) -> Frontier | None:
        """Cheapest packages for the scale goal; None where a lever follows a path."""
        projection = self.projection
        if follows_path(projection.scenario):
            return None
        return frontier(projection.scenario, GOAL, draws=projection.draws, seed=projection.seed)

    @cached_property
    def common(self) -> Solution:
        """The same effort on all levers with which the scale goal is as likely as `WANTED`."""
        run = self.projection
        outcome = goal_outcome(run.scenario, GOAL)
        return smallest(ensemble_for(run.scenario, outcome, draws=run.draws, seed=run.seed), outcome, WANTED, TOGETHER)

    @cached_property
    def inverted(self) -> Mapping[str, Needed | None]:
        """The usual parameters inverted on the central path; None for one that is fixed or follows a path."""
        scenario = self.projection.scenario
        outcome = goal_outcome(scenario, GOAL)
        found: dict[str, Needed | None] = {}
        for id_ in USUAL:
            try:
                found[id_] = needed(scenario, outcome, id_)
            except TuiyanError:
                found[id_] = None
        return found

    @cached_property
    def efforts(self) -> dict[float, Estimate]:
        """Probability of the scale goal at each common effort; empty where a lever follows a path."""
        if follows_path(self.projection.scenario):
            return {}
        return chance(self.projection.scenario, GOAL, EFFORTS, draws=self.projection.draws, seed=self.projection.seed)

    @cached_property
    def choices(self) -> tuple[list[Scenario], list[Scenario]]:
        """The usual packages and states, with the scenario among them."""
        return usual(self.projection.scenario)

    @cached_property
    def regrets(self) -> Mapping[str, Regret]:
        """Regret of the usual packages over the usual states, on the probability of the scale goal and on its log."""
        packages, states = self.choices
        draws, seed = self.projection.draws, self.projection.seed
        names = (GOAL, SCALE)
        return dict(zip(names, regrets_of(packages, states, names, draws=draws, seed=seed), strict=True))
