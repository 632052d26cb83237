"""Prior against posterior, input by input: what the facts taught, and what they did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tuiyan.draws.quantiles import quantile
from tuiyan.draws.recipe import Inputs
from tuiyan.inputs.laws import Law, LogNormal
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.wording import Text, both

Array = NDArray[np.float64]
Verdict = Literal["learned", "slightly", "shifted", "not_learned"]
BASE = "base.scale"
COMMON = "shocks.common"
BINS = 50
LEVELS = (0.05, 0.5, 0.95)
CLEARLY = 0.8  # a standard deviation below this share of the prior's: learned
NARROWER = 0.95  # one above this share taught nothing about the spread
MOVED = 0.25  # nor, with a mean closer than this many prior standard deviations, about the place


@dataclass(frozen=True, slots=True)
class Belief:
    """One uncertain input before and after the facts.

    Attributes
    ----------
    prior, posterior
        Quantiles at 5, 50 and 95 %, in `unit`.
    spread
        Standard deviation of the posterior over that of the prior; of a lognormal law, of the log.
    shift
        Mean of the posterior less that of the prior, in standard deviations of the prior, on the same scale.
    overlap
        Integral of the smaller of the two densities, on 50 bins of equal prior probability: 1 if nothing was learned,
        and with n effective draws some 3/sqrt(n) less for the noise of the bins alone.
    closed_form
        Whether a revision of the law, and not the weights, holds it.
    """

    id: str
    label: Text
    unit: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    spread: float
    shift: float
    overlap: float
    closed_form: bool

    @property
    def verdict(self) -> Verdict:
        """``not_learned`` where neither the spread nor the place moved, ``shifted`` where only the place did."""
        if self.spread <= NARROWER:
            return "learned" if self.spread < CLEARLY else "slightly"
        return "shifted" if abs(self.shift) >= MOVED else "not_learned"


def weighted_quantiles(values: Array, weights: Array, levels: tuple[float, ...]) -> tuple[float, ...]:
    """Quantiles of weighted draws; weights sum to 1.

    Examples
    --------
    >>> weighted_quantiles(np.arange(4.), np.ones(4) / 4, (.5,))
    (1.5,)
    """
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(weights[order]) - weights[order] / 2
    return tuple(float(found) for found in np.interp(levels, middle, values[order]))


def overlap(prior: Array, posterior: Array, weights: Array) -> float:
    """Overlap of two laws on 50 bins of equal probability under the first.

    Parameters
    ----------
    prior
        Draws of the first law, equally weighted.
    posterior, weights
        Draws of the second, and their weights of sum 1.

    Examples
    --------
    >>> same = np.linspace(0, 1, 1000)
    >>> round(overlap(same, same, np.full(1000, 1e-3)), 2), overlap(same, same + 2, np.full(1000, 1e-3))
    (1.0, 0.0)
    """
    edges = np.quantile(prior, np.arange(1, BINS) / BINS)
    mass = np.bincount(np.searchsorted(edges, posterior), weights=weights, minlength=BINS)
    inside = (posterior >= prior.min()) & (posterior <= prior.max())
    mass -= np.bincount(np.searchsorted(edges, posterior[~inside]), weights=weights[~inside], minlength=BINS)
    return float(np.minimum(mass, 1 / BINS).sum())


def contributors(scenario: Scenario, scores: Mapping[str, Array], log_scale: Array, count: int) -> list[str]:
    """The inputs most correlated with the log of the scale, by normal scores; the strongest first."""
    found = {
        id_: abs(float(np.corrcoef(rows[0], log_scale)[0, 1]))
        for id_, rows in scores.items()
        if len(rows) == 1 and id_ in scenario.workspace.parameters
    }
    return sorted(found, key=lambda id_: -found[id_])[:count]


def beliefs(
    scenario: Scenario, ids: list[str], last: int, numbers: tuple[Mapping[str, Array], Mapping[str, Array]],
    drawn: tuple[Inputs, Inputs], weights: Array,
) -> Iterator[Belief]:  # fmt: skip
    """Prior against posterior of some inputs, then of the common shock of each year to the last with a fact.

    Parameters
    ----------
    numbers, drawn
        Uniform numbers and inputs, as the laws have them and as proposed.
    weights
        Of the proposed draws, sum 1.
    """
    for id_ in ids:
        parameter = scenario.workspace.parameters[id_]
        block, _, key = id_.partition(".")
        before, after = (np.asarray(each[block][key]) for each in drawn)
        logs = isinstance(scenario.laws[id_], LogNormal)
        about = (id_, parameter.label, parameter.unit)
        if (first := _first_law(scenario, id_)) is not None:
            launch = quantile(first, numbers[0][id_][0], parameter.hard)
            yield _belief(*about, (launch, before), np.full(before.size, 1 / before.size), logs=logs, revised=True)
        if first is None or last > BASE_YEAR:
            yield _belief(*about, (before, after), weights, logs=logs, revised=False)
    for row in range(last - BASE_YEAR):
        year = BASE_YEAR + 1 + row
        label = both("input.of_year", name=scenario.workspace.parameter_file.shocks["common"].label, year=year)
        pair = (ndtri(numbers[0][COMMON][row]), ndtri(numbers[1][COMMON][row]))
        yield _belief(f"{COMMON}.{year}", label, "1", pair, weights, logs=False, revised=False)


def _first_law(scenario: Scenario, id_: str) -> Law | None:
    """The law before a revision that the vintage of the scenario brought; None where its law is no revision."""
    parameter = scenario.workspace.parameters[id_]
    revised = any(revision.law == scenario.laws[id_] for revision in parameter.revisions)
    return parameter.law if revised else None


def _belief(
    id_: str, label: Text, unit: str, pair: tuple[Array, Array], weights: Array, *, logs: bool, revised: bool
) -> Belief:
    before, after = pair
    low, half, high = (float(each) for each in np.quantile(before, LEVELS))
    below, centre, above = weighted_quantiles(after, weights, LEVELS)
    shared = overlap(before, after, weights)
    old, new = (np.log(each) for each in pair) if logs else pair
    middle, size = float(weights @ new), float(old.std())
    spread = float(np.sqrt(weights @ (new - middle) ** 2)) / size
    shift = (middle - float(old.mean())) / size
    return Belief(id_, label, unit, (low, half, high), (below, centre, above), spread, shift, shared, revised)
