"""Which uncertain inputs an outcome hangs on: shares of variance, screening, a tornado, rank correlations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tuiyan.analysis.groups import grouped, second_draws, taking
from tuiyan.analysis.morris import screening, trajectories
from tuiyan.analysis.outcomes import Outcome, outcome_of
from tuiyan.analysis.paired import Ensemble, ensemble_of
from tuiyan.analysis.pairing import DRAWS, Run, scenario_of
from tuiyan.analysis.sobol import sobol_indices
from tuiyan.draws.quantiles import quantile
from tuiyan.draws.recipe import Inputs, Uncertain
from tuiyan.ensemble import in_chunks
from tuiyan.estimates import Estimate, mean
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.laws import Dirichlet
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.schema import Named
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.wording import Text, both, preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Progress = Callable[[int, int], object]
TRAJECTORIES, GRID = 40, 4
LOW, HIGH = 0.05, 0.95
MOST = 12  # bars of a tornado
COMMON = "shocks.common"
INDEPENDENT = ("sobol", "morris")  # methods that move one input at a time over all of its law
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sobol": ("first", "first_low", "first_high", "total", "total_low", "total_high"),
    "morris": ("mu", "mu_star", "sigma"),
    "tornado": ("low", "high", "swing"),
    "rank": ("amount", "goal"),
}


@dataclass(frozen=True, slots=True)
class Influence:
    """One input, or one group of inputs, with its indices by name (`COLUMNS` of the method)."""

    id: str
    label: Text
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True, repr=False)
class Sensitivity:
    """The inputs that an outcome hangs on, the largest first.

    Attributes
    ----------
    method
        ``sobol``: shares of the variance of the amount behind the outcome, alone and with all interactions, with 90 %
        bootstrap intervals. ``morris``: elementary effects of going from the 5 % to the 95 % quantile of one input.
        ``tornado``: the outcome with one input held at its 5 % and at its 95 % quantile. ``rank``: Spearman
        correlations with the amount and with the goal; an association, not an effect.
    at
        Mean of the outcome with everything free.
    """

    scenario: str
    outcome: Outcome
    method: str
    draws: int
    seed: int
    at: Estimate
    rows: tuple[Influence, ...]

    def __repr__(self) -> str:
        """The three largest."""
        column = COLUMNS[self.method][-1 if self.method == "tornado" else 0]
        shown = ", ".join(f"{row.id} {row.values[column]:.3g}" for row in self.rows[:3])
        return f"<Sensitivity of {self.outcome.name} in {self.scenario}, {self.method} ({column}): {shown}>"

    def frame(self) -> pd.DataFrame:
        """One row an input or group, with the columns of the method."""
        import pandas as pd

        return pd.DataFrame([{"id": row.id, **row.values} for row in self.rows])

    def _repr_html_(self) -> str:
        """The rows as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.sensitivity(self, preferred()).html()


def sensitivity(
    scenario: Run,
    of: str = "R01",
    *,
    method: str = "sobol",
    year: int | None = None,
    scope: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
) -> Sensitivity:
    """What an outcome hangs on.

    Parameters
    ----------
    of
        A goal, or a series. Variances and screening are of the amount behind a goal (the log of the scale), not of
        its 0 or 1; the tornado is of its probability.
    method
        ``sobol`` (by group), ``morris``, ``tornado`` (of the twelve inputs that Morris puts first) or ``rank``.

    Raises
    ------
    TuiyanError
        For an unknown goal, series or method; several goals at once; an outcome that does not vary; a method that
        needs inputs that vary independently, after learning has tied them together.
    """
    if method not in METHODS:
        raise TuiyanError([Finding("E197", None, {"name": method, "nearest": nearest(method, METHODS)})])
    scenario = scenario_of(scenario)
    if scenario.learned and method in INDEPENDENT:
        raise TuiyanError([Finding("E257", None, {"name": method})])
    outcome = outcome_of(scenario, of, year=year, scope=scope)
    if len(outcome.goals) > 1:
        raise TuiyanError([Finding("E199", None, {"name": outcome.name})])
    ensemble = ensemble_of(scenario, draws=draws, seed=seed, last=outcome.year)
    free = ensemble.projection(outcome.keep)
    amounts = outcome.metric(free)
    if np.ptp(amounts) <= 1e-12 * np.abs(amounts).max():
        raise TuiyanError([Finding("E198", None, {"name": outcome.name})])
    rows = METHODS[method](ensemble, outcome, progress or (lambda _done, _all: None))
    return Sensitivity(scenario.id, outcome, method, draws, seed, mean(outcome.per_draw(free)), tuple(rows))


def _sobol_rows(ensemble: Ensemble, outcome: Outcome, progress: Progress) -> list[Influence]:
    """Sobol indices by group."""
    groups = grouped(ensemble.plan, ensemble.scenario.workspace.parameter_file.groups)
    second = second_draws(ensemble.plan, draws=ensemble.draws, seed=ensemble.seed)
    swapped = []
    for done, ids in enumerate(groups.values(), start=1):
        swapped.append(_metric(ensemble, outcome, taking(ensemble.drawn, second, ids)))
        progress(done, len(groups))
    first, other = (_metric(ensemble, outcome, inputs) for inputs in (ensemble.drawn, second))
    generator = np.random.default_rng(ensemble.seed)
    found = sobol_indices(first, other, np.stack(swapped), generator, coverage=HIGH - LOW)
    rows = [
        Influence(
            group,
            group_label(ensemble.scenario, group),
            {name: float(getattr(found, name)[k]) for name in COLUMNS["sobol"]},
        )
        for k, group in enumerate(groups)
    ]
    return sorted(rows, key=lambda row: -row.values["total"])


def _metric(ensemble: Ensemble, outcome: Outcome, drawn: Inputs) -> Array:
    """The amount behind the outcome in every draw, from other inputs."""
    values = ensemble.values(outcome.keep, chunks=in_chunks(drawn, ensemble.draws))
    return outcome.metric(ensemble.holding(values, drawn))


def group_label(scenario: Scenario, group: str) -> Text:
    """Name of a group, or of several joined by a correlation."""
    named = scenario.workspace.parameter_file.groups
    parts = [named[each].label if each in named else both(f"group.{each}") for each in group.split("+")]
    return Text(*(" + ".join(part[lang] for part in parts) for lang in ("zh", "en")))


def _morris_rows(ensemble: Ensemble, outcome: Outcome, progress: Progress) -> list[Influence]:
    """Elementary effects of every stream, a vector input shown by its strongest item."""
    streams = ensemble.plan.streams()
    places = [(id_, row) for id_, parts in streams.items() for row in range(len(parts))]
    paths = trajectories(TRAJECTORIES, len(places), np.random.default_rng(ensemble.seed), levels=GRID)
    points = LOW + (HIGH - LOW) * paths.reshape(-1, len(places))
    numbers = {id_: np.stack([points[:, k] for k, (owner, _) in enumerate(places) if owner == id_]) for id_ in streams}
    drawn = ensemble.plan.transformed(numbers)
    values = ensemble.values(outcome.keep, chunks=in_chunks(drawn, len(points)))
    found = outcome.metric(ensemble.holding(values, drawn, draws=len(points)))
    effects = screening(paths, found.reshape(TRAJECTORIES, -1))
    progress(1, 1)
    best: dict[str, Influence] = {}
    for k, (id_, _) in enumerate(places):
        values_of = {name: float(getattr(effects, name)[k]) for name in COLUMNS["morris"]}
        row = Influence(id_, input_label(ensemble.scenario, id_), values_of)
        if id_ not in best or row.values["mu_star"] > best[id_].values["mu_star"]:
            best[id_] = row
    return sorted(best.values(), key=lambda row: -row.values["mu_star"])


def _tornado_rows(ensemble: Ensemble, outcome: Outcome, progress: Progress) -> list[Influence]:
    """The outcome with one input after the other held at its two ends, in the order of the swing."""
    single = scalars(ensemble)
    first = [row.id for row in _morris_rows(ensemble, outcome, lambda _done, _all: None)]
    yearly = [id_ for id_ in single if id_.startswith(COMMON)]
    chosen = [each for id_ in first for each in ([id_] if id_ in single else yearly if id_ == COMMON else [])][:MOST]
    rows = []
    for done, id_ in enumerate(chosen, start=1):
        low, high = (_held(ensemble, outcome, single[id_], id_, level) for level in (LOW, HIGH))
        values = {"low": low, "high": high, "swing": abs(high - low)}
        rows.append(Influence(id_, input_label(ensemble.scenario, id_), values))
        progress(done, len(chosen))
    return sorted(rows, key=lambda row: -row.values["swing"])


def _held(ensemble: Ensemble, outcome: Outcome, parameter: Uncertain | None, id_: str, level: float) -> float:
    """Mean of the outcome with one input at a quantile, everything else as drawn."""
    drawn: dict[str, Any] = {name: dict(block) for name, block in ensemble.drawn.items()}
    if parameter is None:
        row = int(id_.rpartition(".")[2]) - BASE_YEAR - 1
        shocks = drawn["shocks"]["common"].copy()
        shocks[row] = np.quantile(shocks[row], level) if ensemble.scenario.learned else ndtri(level)
        drawn["shocks"]["common"] = shocks
    else:
        values = _at_level(ensemble, parameter, level)
        drawn[parameter.block][parameter.key] = values[0]
        if id_ in drawn["by_year"]:
            drawn["by_year"][id_] = values
    found = ensemble.values(outcome.keep, chunks=in_chunks(drawn, ensemble.draws))
    return float(outcome.per_draw(ensemble.holding(found, drawn)).mean())


def _at_level(ensemble: Ensemble, parameter: Uncertain, level: float) -> list[Array]:
    """An input at a quantile of its law in each year of its path; after learning, of its draws."""
    if ensemble.scenario.learned:
        own, paths = ensemble.drawn[parameter.block][parameter.key], ensemble.drawn["by_year"]
        return [np.full(ensemble.draws, np.quantile(values, level)) for values in paths.get(parameter.id, [own])]
    uniform = np.full(ensemble.draws, level)
    return [quantile(law, uniform, parameter.hard) for law in parameter.laws]


def _rank_rows(ensemble: Ensemble, outcome: Outcome, progress: Progress) -> list[Influence]:
    """Spearman correlations of every input that is one number."""
    projection = ensemble.projection(outcome.keep)
    amount, goal = _ranks(outcome.metric(projection)), _ranks(outcome.per_draw(projection))
    rows = []
    for id_ in scalars(ensemble):
        mine = _ranks(projection.parameter(id_))
        values = {"amount": _correlation(mine, amount), "goal": _correlation(mine, goal)}
        rows.append(Influence(id_, input_label(ensemble.scenario, id_), values))
    progress(1, 1)
    return sorted(rows, key=lambda row: -abs(row.values["amount"]))


def _correlation(one: Array, other: Array) -> float:
    """Correlation of two rows of ranks; nothing (0) with a row that does not vary."""
    return float(np.corrcoef(one, other)[0, 1]) if np.ptp(one) and np.ptp(other) else 0.0


def _ranks(values: Array) -> Array:
    """Ranks from 0, ties at their mean."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    found: Array = (ends - (count + 1) / 2)[place]
    return found


def scalars(ensemble: Ensemble) -> dict[str, Uncertain | None]:
    """Inputs that are one number: uncertain parameters by id, and the common shock of each year (None)."""
    found: dict[str, Uncertain | None] = {
        each.id: each for each in ensemble.plan.parameters if each.random and not isinstance(each.laws[0], Dirichlet)
    }
    return found | dict.fromkeys((f"{COMMON}.{year}" for year in ensemble.plan.years[1:]), None)


def input_label(scenario: Scenario, id_: str) -> Text:
    """Name of a parameter, shock or count."""
    register = scenario.workspace.parameter_file
    if id_ in scenario.workspace.parameters:
        return scenario.workspace.parameters[id_].label
    kind, _, rest = id_.partition(".")
    name, _, year = rest.partition(".")
    named: Mapping[Any, Named] = register.shocks if kind == "shocks" else register.counts
    return both("input.of_year", name=named[name].label, year=year) if year else named[name].label


METHODS: Mapping[str, Callable[[Ensemble, Outcome, Progress], list[Influence]]] = {
    "sobol": _sobol_rows,
    "morris": _morris_rows,
    "tornado": _tornado_rows,
    "rank": _rank_rows,
}
