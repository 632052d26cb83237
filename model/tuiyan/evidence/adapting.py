"""Adaptive importance sampling: draws from where the facts are likely, with weights that undo the move.

Draws of the laws as they stand seldom meet five facts at once. The inputs that the facts speak of are therefore drawn,
as normal scores, from a Student t with the weighted mean and covariance of the round before; all other inputs keep the
draws of the seed. The weights hold the ratio of the two densities, so nothing but the effort depends on the choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, gammaln, ndtr, ndtri

from tuiyan.draws.points import uniforms
from tuiyan.draws.weights import effective_draws

Array = NDArray[np.float64]
Numbers = dict[str, Array]
FREEDOM = 8.0  # of the Student t: tails heavier than the normal ones of the laws
MIXING = 21_000  # Sobol dimension of the t's scale, beyond the streams that the register may give away
ROUNDS = 6
KEPT = 0.1  # share of effective draws that a round's tempered weights must keep
SETTLED = 1.05  # a round that gains less than this factor is the last
SMALLEST = 2.0**-53
JITTER = 1e-9  # keeps a covariance of few draws positive definite


@dataclass(frozen=True, slots=True)
class Sample:
    """Draws and their weights.

    Attributes
    ----------
    moved
        Uniform numbers in place of those of the seed, by id, (rows, draws); empty in the first round.
    log_weights
        (draws,), up to a constant.
    rounds
        Rounds of adaptation that led here.
    """

    moved: Mapping[str, Array]
    log_weights: Array
    rounds: int

    @property
    def weights(self) -> Array:
        """(draws,), sum 1."""
        return normalised(self.log_weights)

    @property
    def effective(self) -> float:
        """Effective number of draws."""
        return effective_draws(self.weights)


def normalised(log_weights: Array) -> Array:
    """Weights of sum 1 from their logarithms."""
    found = np.exp(log_weights - log_weights.max())
    return np.asarray(found / found.sum())


def adapted(
    numbers: Numbers,
    rows: Mapping[str, int],
    log_likelihood: Callable[[Numbers], Array],
    *,
    start: Sample,
    seed: int,
    enough: float,
) -> Sample:
    """Sample the posterior, moving the draws only if their own weights leave too few effective ones.

    Parameters
    ----------
    numbers
        Uniform numbers of every stream by id, (rows, draws).
    rows
        The inputs that the facts speak of: id to how many of its first rows.
    log_likelihood
        Of every draw, from uniform numbers.
    start
        The draws as they are, with their weights.
    enough
        Effective draws with which the draws of the seed stay.

    References
    ----------
    Bugallo, Elvira, Martino, Luengo, Miguez and Djuric (2017), IEEE Signal Processing Magazine 34(4).
    """
    sample = best = start
    if best.effective >= enough:
        return best
    scores = _scores(numbers, rows)
    draws = scores.shape[1]
    mixing = uniforms([MIXING], draws=draws, seed=seed)[0]
    stretch = np.sqrt(FREEDOM / 2 / gammaincinv(FREEDOM / 2, mixing))
    place = scores
    for round_ in range(1, ROUNDS + 1):
        power, weights = tempered(sample.log_weights, KEPT * draws)
        middle = place @ weights
        apart = place - middle[:, None]
        root = np.asarray(
            np.linalg.cholesky((apart * weights) @ apart.T + JITTER * np.eye(len(apart))), dtype=np.float64
        )
        step = scores * stretch
        place = middle[:, None] + root @ step
        ratio = -0.5 * (place * place).sum(axis=0) - _log_t(step, root)
        moved = _split(place, rows, numbers)
        sample = Sample(moved, ratio + log_likelihood(numbers | moved), round_)
        done = power == 1.0 and sample.effective < SETTLED * best.effective
        best = max(best, sample, key=lambda each: each.effective)
        if done:
            break
    return best


def tempered(log_weights: Array, least: float) -> tuple[float, Array]:
    """The highest power up to 1 whose weights keep `least` effective draws, and these weights; by bisection.

    Examples
    --------
    >>> power, weights = tempered(np.array([0., 0., 0., -1e3]), 2.)
    >>> power, weights.round(6).tolist()
    (1.0, [0.333333, 0.333333, 0.333333, 0.0])
    """
    low, high = 0.0, 1.0
    if effective_draws(normalised(log_weights)) >= least:
        return 1.0, normalised(log_weights)
    for _ in range(40):
        middle = (low + high) / 2
        if effective_draws(normalised(middle * log_weights)) >= least:
            low = middle
        else:
            high = middle
    return low, normalised(low * log_weights)


def _log_t(step: Array, root: Array) -> Array:
    """Log density of each draw of the Student t over that of the standard normal's constant, (draws,)."""
    size = len(step)
    constant = (
        gammaln((FREEDOM + size) / 2) - gammaln(FREEDOM / 2) - size / 2 * np.log(FREEDOM / 2)
        - np.log(np.diag(root)).sum()
    )  # fmt: skip
    return np.asarray(constant - (FREEDOM + size) / 2 * np.log1p((step * step).sum(axis=0) / FREEDOM))


def _scores(numbers: Numbers, rows: Mapping[str, int]) -> Array:
    """Normal scores of the inputs that move, (scores, draws)."""
    return np.concatenate([ndtri(numbers[id_][:count]) for id_, count in rows.items()])


def _split(scores: Array, rows: Mapping[str, int], numbers: Numbers) -> Numbers:
    """Normal scores as uniform numbers by id, the rows that do not move as they were."""
    # At nine standard deviations the normal law rounds to 0 or 1, where inverse laws have no finite value.
    flat = np.clip(ndtr(scores), SMALLEST, 1.0 - SMALLEST)
    parts = np.split(flat, np.cumsum(list(rows.values()))[:-1])
    return {id_: np.concatenate([part, numbers[id_][len(part) :]]) for id_, part in zip(rows, parts, strict=True)}
