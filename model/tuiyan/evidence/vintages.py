"""The city's own backtest: from each day on which a figure was published, the figures that were published later.

The definition breaks inside the window of the goal: the figures to score are of above-size firms, the forecasts are of
the home definition, and only the scope factor leads from one to the other. A handful of origins ranks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tuiyan.draws.points import uniforms
from tuiyan.draws.quantiles import quantile
from tuiyan.evidence.archive import VARIABLE as SCALE
from tuiyan.evidence.archive import own_error, ways
from tuiyan.evidence.learning import learn
from tuiyan.evidence.likelihood import UNIT
from tuiyan.evidence.pool import Pool, pool
from tuiyan.evidence.scores import crps_ensemble, interval_score, pit
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.laws import Fixed
from tuiyan.inputs.loading import known_on
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.revisions import POINTS, latest
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.results import Projection, run

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
LEVELS = (0.05, 0.5, 0.95)
NOISE = 21_001  # Sobol dimension of the error of a published figure, beyond the streams that the register may give away
YEARLY = "curve.shock"  # standard deviation of a year of the naive forecast
COLUMNS = (
    "origin", "method", "year", "definition", "qualifier", "value", "published", "p05", "p50", "p95", "log_error",
    "crps", "interval_score_90", "pit", "probability_of_bound",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One forecast of one published figure.

    Attributes
    ----------
    origin
        Only what was published by this day was known.
    quantiles
        5, 50 and 95 % of the figure, 亿元.
    error
        Log of the figure over the median; None for a figure told as a bound.
    crps, interval
        Of the log; None for a bound.
    pit
        Probability that was given to a smaller figure.
    bound
        Probability that was given to what a bound says; None for a number.
    """

    origin: date
    method: str
    fact: Fact
    quantiles: tuple[float, float, float]
    error: float | None
    crps: float | None
    interval: float | None
    pit: float | None
    bound: float | None

    @property
    def inside(self) -> bool:
        """Whether the figure lies in the 90 % interval."""
        return self.quantiles[0] <= self.fact.value <= self.quantiles[-1]


@dataclass(frozen=True)
class Known:
    """What there is to forecast with on a day: the model as it stood, and under the facts of that day if any spoke."""

    scenario: Scenario
    model: Projection
    learned: Projection | None

    @cached_property
    def pool(self) -> Pool:
        """The mixture of the model and the curves, made once for all figures."""
        return pool(self.model)


def cases(
    scenario: Scenario,
    *,
    origins: Iterable[date] | None = None,
    until: date = date.max,
    draws: int = 8192,
    seed: int = 0,
) -> list[Case]:
    """Every forecast of every figure that was published after its origin.

    Parameters
    ----------
    scenario
        Held to have happened: its levers are those of every origin.
    origins
        Default: the days of `origins_of`.
    until
        Figures published later are not looked at.

    Raises
    ------
    TuiyanError
        For an origin before the plan was announced, or after which nothing was published.
    """
    chosen = list(origins_of(scenario, until)) if origins is None else list(origins)
    found = []
    for origin in chosen:
        targets = figures(scenario, origin, until)
        if not targets:
            raise TuiyanError([Finding("E258", None, {"origin": origin})])
        at = known_on(scenario, origin)
        known = _known(at, draws=draws, seed=seed)
        for fact in targets:
            for method, forecast in METHODS.items():
                logs = forecast(known, fact)
                if logs is not None:
                    found.append(case(origin, method, fact, logs))
    return found


def _known(scenario: Scenario, *, draws: int, seed: int) -> Known:
    """What there is to forecast with at the vintage of a scenario."""
    posterior = learn(scenario, draws=draws, seed=seed)
    learned = run(posterior.given(), draws=draws, seed=seed) if posterior.observations else None
    return Known(scenario, run(scenario, draws=draws, seed=seed), learned)


def figures(scenario: Scenario, origin: date, until: date = date.max) -> list[Fact]:
    """Figures of the scale published after a day and by another, the last vintage of each; of the base year none."""
    bridged = ways(scenario)
    usable = [
        fact
        for fact in read_facts(scenario.workspace)
        if fact.in_fit and fact.unit == UNIT and fact.definition in bridged
        if BASE_YEAR < fact.year <= scenario.horizon and origin < fact.published <= until
    ]
    return latest(usable)


def origins_of(scenario: Scenario, until: date = date.max) -> Iterator[date]:
    """The announcement, then each day that brought a figure, as long as a number (not a bound) was still to come."""
    days = {scenario.workspace.plan.plan.announced}
    days |= {home.since for home in scenario.workspace.definition_file.home}
    days |= {fact.published for fact in figures(scenario, min(days), until)}
    for day in sorted(days):
        if any(fact.qualifier in POINTS for fact in figures(scenario, day, until)):
            yield day


def case(origin: date, method: str, fact: Fact, logs: Array) -> Case:
    """A forecast, as draws of the log, beside the figure."""
    low, middle, high = (float(np.exp(each)) for each in np.quantile(logs, LEVELS))
    seen, below = np.log(fact.value), float(pit(np.log(fact.value), logs))
    if fact.qualifier not in POINTS:
        bound = 1 - below if fact.qualifier == ">" else below
        return Case(origin, method, fact, (low, middle, high), None, None, None, None, bound)
    score = float(crps_ensemble(seen, logs))
    interval = float(interval_score(seen, np.log(low), np.log(high)))
    error = float(seen - np.log(middle))
    return Case(origin, method, fact, (low, middle, high), error, score, interval, below, None)


def fresh(found: Iterable[Case]) -> list[Case]:
    """Cases without those that repeat an earlier origin: a method that learns nothing says the same again."""
    seen: set[tuple[str, int, tuple[float, float, float]]] = set()
    kept = []
    for each in found:
        key = (each.method, each.fact.year, each.quantiles)
        if key not in seen:
            kept.append(each)
        seen.add(key)
    return kept


def frame(found: Iterable[Case]) -> pd.DataFrame:
    """One row a case; scores are of logs."""
    import pandas as pd

    rows = [
        (
            each.origin, each.method, each.fact.year, each.fact.definition, each.fact.qualifier, each.fact.value,
            each.fact.published, *each.quantiles, each.error, each.crps, each.interval, each.pit, each.bound,
        )
        for each in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def published(projection: Projection, fact: Fact, path: Array | None = None) -> Array:
    """Log of a figure as a projection has it: the scale in the figure's definition, and the error of publication.

    Parameters
    ----------
    path
        (years, draws), 亿元, another scale of the city in the home definition, on the same draws.
    """
    through = ways(projection.scenario)[fact.definition]
    total = projection[SCALE] if path is None else path
    factor = projection.parameter(through) if through else 0.0
    level = np.log(total[projection.index(fact.year)]) + factor
    noise = ndtri(uniforms([NOISE], draws=projection.draws, seed=projection.seed)[0])
    return np.asarray(level + _error(projection, fact) * noise)


def _error(projection: Projection, fact: Fact) -> Array | float:
    """Standard deviation of the error of a published figure, log."""
    own = own_error(projection.scenario.workspace, fact.definition)
    return projection.parameter("scope.observation_error") if own is None else own


def _model(known: Known, fact: Fact) -> Array:
    return published(known.model, fact)


def _learned(known: Known, fact: Fact) -> Array | None:
    return published(known.learned, fact) if known.learned else None


def _pool(known: Known, fact: Fact) -> Array:
    """The mixture of model and curves: of each as many of its first draws as its weight asks for."""
    found = known.pool
    weights = found.weights_in(fact.year)
    parts = [
        published(known.model, fact, found.paths[name])[: round(weight * known.model.draws)]
        for name, weight in weights.items()
    ]
    return np.concatenate(parts)


def _no_change(known: Known, fact: Fact) -> Array | None:
    """The last figure of the same definition, with a shock a year; nothing where none was known.

    Growth forecasts have no place here: levels of the definition may not be chained, since its sample changes.
    """
    facts = visible(read_facts(known.scenario.workspace), known.scenario.as_of)
    same = latest(
        each
        for each in facts
        if each.in_fit and each.definition == fact.definition and each.unit == UNIT
        if each.qualifier in POINTS and each.year < fact.year
    )
    if not same:
        return None
    last = same[-1]
    spread = _yearly(known.scenario)
    noise = ndtri(uniforms([NOISE], draws=known.model.draws, seed=known.model.seed)[0])
    return np.asarray(np.log(last.value) + spread * (fact.year - last.year) ** 0.5 * noise)


def _yearly(scenario: Scenario) -> float:
    """Standard deviation of a year of the naive forecast, log; the median of its law if it has one."""
    law = scenario.laws[YEARLY]
    first = law.laws[0] if isinstance(law, Yearly) else law
    if isinstance(first, Fixed):
        return float(np.asarray(first.value))
    return float(quantile(first, np.array([0.5]), scenario.workspace.parameters[YEARLY].hard)[0])


METHODS: Mapping[str, Callable[[Known, Fact], Array | None]] = {
    "model": _model,
    "learned": _learned,
    "pool": _pool,
    "no_change": _no_change,
}
