"""What the city's own vintages say of the weights of the pool: log-score stacking over its origins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from tuiyan.evidence.pool import pool
from tuiyan.evidence.scores import log_score_normal
from tuiyan.evidence.stacking import DECLARED, LEAST_ORIGINS, method_weights
from tuiyan.evidence.vintages import figures, origins_of, published
from tuiyan.inputs.loading import known_on
from tuiyan.inputs.revisions import POINTS
from tuiyan.inputs.scenario import Scenario
from tuiyan.results import run


@dataclass(frozen=True, slots=True)
class Weighing:
    """Methods of the pool by what they said of the next figure from each origin.

    Attributes
    ----------
    scores
        Method to the log density that it gave to the next figure, one an origin, in the order of `origins`.
    weights
        Stacked weights; the declared ones with fewer than four origins.
    """

    origins: tuple[date, ...]
    scores: Mapping[str, tuple[float, ...]]
    weights: Mapping[str, float]

    @property
    def enough(self) -> bool:
        """Whether there are origins enough for weights of their own."""
        return len(self.origins) >= LEAST_ORIGINS


def weighing(scenario: Scenario, *, until: date = date.max, draws: int = 8192, seed: int = 0) -> Weighing:
    """Score the model and the curves on the next figure after each origin, and stack them.

    A density is that of a normal law with the moments of the draws of the log, the scope factor and the error of
    publication included. Neither the model nor the curves learn from figures that weigh draws, so origins between which
    no law was revised give one forecast, and count once.

    Parameters
    ----------
    scenario
        Held to have happened.
    until
        Figures published later are not looked at.
    """
    origins = tuple(_distinct(scenario, origins_of(scenario, until)))
    scores: dict[str, list[float]] = {name: [] for name in DECLARED}
    for origin in origins:
        at = run(known_on(scenario, origin), draws=draws, seed=seed)
        fact = next(each for each in figures(scenario, origin, until) if each.qualifier in POINTS)
        for name, path in pool(at).paths.items():
            logs = published(at, fact, path)
            scores[name].append(-float(log_score_normal(np.log(fact.value), logs.mean(), logs.std())))
    kept = {name: tuple(each) for name, each in scores.items()}
    return Weighing(origins, kept, method_weights(kept))


def _distinct(scenario: Scenario, origins: Iterable[date]) -> Iterator[date]:
    """Origins that bring another forecast than the one before them."""
    laws: object = None
    for origin in origins:
        if (now := known_on(scenario, origin).laws) != laws:
            yield origin
        laws = now
