"""Choosing a package when the state of the world is unknown: regret, satisficing and the worst tenth of the draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuiyan.analysis.outcomes import ALL, Outcome, outcome_of
from tuiyan.analysis.paired import ensemble_of
from tuiyan.analysis.pairing import DRAWS, Run, check_definition, scenario_of
from tuiyan.ensemble import check_draws
from tuiyan.estimates import Estimate, batches, from_batches, mean
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.scenario import Scenario
from tuiyan.wording import Text, preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
WORST = 0.1
POLICY = "policy."
PACKAGES = ("baseline", "announced", "delayed", "demand_led", "supply_led")
STATES = ("announced", "talent_squeeze", "finance_drought", "fast_technology", "sceptic_productivity")


@dataclass(frozen=True, slots=True, repr=False)
class Regret:
    """What each package of levers gives up in each state of the world against the best package there.

    Attributes
    ----------
    packages, states
        Ids of the scenarios whose levers, and whose laws, were combined.
    payoff
        ``payoff[package][state]``: mean of the outcome.
    regret
        The best payoff in the state less this one.
    largest, average
        By package: largest and mean regret over the states.
    worst_tenth
        By package: mean of the worst tenth of the regrets of single draws, all states together (CVaR 10 %).
    satisficing
        By package: share of all draws and states in which all counted goals are met.
    cost
        By package: half the cost-weighted sum of squared efforts, relative points; None where a lever follows a path.
        It does not enter the regret: of two packages the larger one mostly has none.
    """

    outcome: str
    label: Text
    unit: str
    draws: int
    seed: int
    packages: tuple[str, ...]
    states: tuple[str, ...]
    titles: tuple[Text, ...]
    state_titles: tuple[Text, ...]
    payoff: tuple[tuple[Estimate, ...], ...]
    regret: tuple[tuple[Estimate, ...], ...]
    largest: tuple[float, ...]
    average: tuple[float, ...]
    worst_tenth: tuple[Estimate, ...]
    satisficing: tuple[Estimate, ...]
    cost: tuple[float | None, ...]

    @property
    def chosen(self) -> int:
        """Position of the package whose largest regret is smallest."""
        return int(np.argmin(self.largest))

    @property
    def minimax(self) -> str:
        """Id of that package."""
        return self.packages[self.chosen]

    def __repr__(self) -> str:
        """The choice by minimax regret."""
        return f"<Regret of {self.outcome}, {len(self.packages)} packages in {len(self.states)} states: {self.minimax}>"

    def frame(self) -> pd.DataFrame:
        """One row a package and state: payoff, regret, their standard errors, unit."""
        import pandas as pd

        rows = [
            (package, state, paid.value, paid.standard_error, lost.value, lost.standard_error, self.unit)
            for package, payoffs, losses in zip(self.packages, self.payoff, self.regret, strict=True)
            for state, paid, lost in zip(self.states, payoffs, losses, strict=True)
        ]
        columns = ["package", "state", "payoff", "payoff_standard_error", "regret", "regret_standard_error", "unit"]
        return pd.DataFrame(rows, columns=columns)

    def _repr_html_(self) -> str:
        """The regret table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.regret(self, preferred()).html()


def regrets(payoff: ArrayLike) -> Array:
    """Regret of each option in each state: the best payoff of the state less the option's (Savage 1951).

    Parameters
    ----------
    payoff : (options, states, ...)

    Returns
    -------
    the same shape, >= 0

    Examples
    --------
    >>> regrets([[1200, 900, 700], [1050, 1000, 900], [950, 950, 940]]).max(axis=1).tolist()
    [240.0, 150.0, 250.0]
    """
    values = np.asarray(payoff, dtype=np.float64)
    found: Array = values.max(axis=0) - values
    return found


def worst(values: ArrayLike, share: float = WORST) -> Array:
    """Mean of the largest `share` of the values on the last axis (conditional value at risk).

    Examples
    --------
    >>> float(worst(np.arange(1.0, 21.0)))
    19.5
    """
    ordered = np.sort(np.asarray(values, dtype=np.float64), axis=-1)
    count = max(1, round(share * ordered.shape[-1]))
    found: Array = ordered[..., -count:].mean(axis=-1)
    return found


def regret(
    packages: Sequence[Run],
    states: Sequence[Run],
    *,
    of: str = "R01",
    draws: int = DRAWS,
    seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Regret:
    """Regret of policy packages over states of the world, on the same draws.

    Parameters
    ----------
    packages
        Scenarios whose levers and policy settings (``policy.*``) are tried.
    states
        Scenarios whose laws, all but ``policy.*``, are the states.
    of
        A goal, or a series such as ``scale.total`` (then its logarithm).

    Raises
    ------
    TuiyanError
        For no packages or no states, an unknown outcome, scenarios of other definitions.
    """
    tried, worlds = ([scenario_of(each) for each in every] for every in (packages, states))
    return regrets_of(tried, worlds, (of,), draws=draws, seed=seed, progress=progress)[0]


def regrets_of(
    packages: Sequence[Scenario],
    states: Sequence[Scenario],
    names: Sequence[str],
    *,
    draws: int,
    seed: int,
    progress: Callable[[int, int], object] | None = None,
) -> list[Regret]:
    """`regret` of several outcomes from the same runs."""
    check_draws(draws, seed)
    if not packages or not states:
        raise TuiyanError([Finding("E188", None, {"count": min(len(packages), len(states))})])
    for each in (*packages, *states):
        check_definition(packages[0], each)
    outcomes = [*(outcome_of(packages[0], name) for name in names), outcome_of(packages[0], ALL)]
    keep, last = {name for each in outcomes for name in each.keep}, max(each.year for each in outcomes)
    values = np.empty((len(outcomes), len(packages), len(states), draws))
    pairs = [(row, column) for column in range(len(states)) for row in range(len(packages))]
    for done, (row, column) in enumerate(pairs, start=1):
        ensemble = ensemble_of(combined(packages[row], states[column]), draws=draws, seed=seed, last=last)
        projection = ensemble.projection(keep)
        for place, outcome in enumerate(outcomes):
            values[place, row, column] = outcome.per_draw(projection)
        if progress:
            progress(done, len(pairs))
    *found, met = values
    satisfied = tuple(mean(each.mean(axis=0)) for each in met)
    about = {"draws": draws, "seed": seed}
    return [
        _regret(outcome, packages, states, each, satisfied, **about)
        for outcome, each in zip(outcomes, found, strict=False)
    ]


def _regret(
    outcome: Outcome,
    packages: Sequence[Scenario],
    states: Sequence[Scenario],
    values: Array,
    satisfied: tuple[Estimate, ...],
    *,
    draws: int,
    seed: int,
) -> Regret:
    """The table of one outcome from its value in every draw, (packages, states, draws)."""
    middle = batches(values).mean(axis=-2)
    lost = regrets(middle.mean(axis=-1))
    best = middle.mean(axis=-1).argmax(axis=0)
    single = batches(regrets(values))
    tails = worst(np.moveaxis(single, -1, 1).reshape(len(packages), single.shape[-1], -1))
    return Regret(
        outcome.name, outcome.label, outcome.unit, draws, seed,
        tuple(each.id for each in packages), tuple(each.id for each in states),
        tuple(each.title for each in packages), tuple(each.title for each in states),
        payoff=tuple(tuple(from_batches(cell) for cell in row) for row in middle),
        regret=tuple(
            tuple(from_batches(middle[best[k], k] - cell) for k, cell in enumerate(row)) for row in middle
        ),
        largest=tuple(lost.max(axis=1).tolist()), average=tuple(lost.mean(axis=1).tolist()),
        worst_tenth=tuple(from_batches(each) for each in tails), satisficing=satisfied,
        cost=tuple(cost_of(each) for each in packages),
    )  # fmt: skip


def cost_of(scenario: Scenario) -> float | None:
    """Half the cost-weighted sum of squared efforts, in relative points; None where a lever follows a path."""
    levers = scenario.workspace.levers
    if any(isinstance(effort, Yearly) for effort in scenario.levers.values()):
        return None
    return 0.5 * sum(
        levers[key].cost * effort**2 for key, effort in scenario.levers.items() if not isinstance(effort, Yearly)
    )


def usual(scenario: Scenario) -> tuple[list[Scenario], list[Scenario]]:
    """The packages and states that are usually tried, as far as the workspace has them, with the scenario among them.

    All are loaded at the vintage of the scenario. Its own levers are a package and its own laws a state, unless
    another scenario of the list has the same.
    """
    here = scenario.workspace
    known = here.scenarios()
    found = []
    for names, differs in ((PACKAGES, _other_levers), (STATES, _other_laws)):
        loaded = (load(name, as_of=scenario.as_of, workspace=here.root) for name in names if name in known)
        listed = [each.weighted(scenario.learned) for each in loaded]
        own = [scenario] if all(differs(scenario, each) for each in listed) else []
        found.append([*listed, *own])
    return found[0], found[1]


def _other_levers(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have different levers or policy settings."""
    return one.levers != other.levers or any(
        law != other.laws[id_] for id_, law in one.laws.items() if id_.startswith(POLICY)
    )


def _other_laws(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have different laws beside the policy settings."""
    return any(law != other.laws[id_] for id_, law in one.laws.items() if not id_.startswith(POLICY))


def combined(package: Scenario, state: Scenario) -> Scenario:
    """The state of the world of one scenario under the levers and policy settings of another."""
    settings = {id_: law for id_, law in package.laws.items() if id_.startswith(POLICY)}
    return replace(state, levers=package.levers, laws={**state.laws, **settings})
