"""Quantiles of counts are exact: the distribution function reaches the uniform number there and not before."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import special
from tuiyan.equations.discrete import binomial_quantile, negative_binomial_quantile, poisson_quantile

GENERATOR = np.random.default_rng(5)
TINY = 10.0 ** -GENERATOR.uniform(0, 9.6, 1500)
UNIFORM = np.concatenate([GENERATOR.random(3000), TINY, 1 - TINY, [0.5 / 2**32, 1 - 0.5 / 2**32]])


def assert_quantile(count: np.ndarray, cdf: Callable[[np.ndarray], np.ndarray]) -> None:
    uniform = np.broadcast_to(UNIFORM, count.shape)
    assert (count == np.round(count)).all()
    assert (uniform <= cdf(count)).all()
    assert (np.where(count > 0, cdf(np.maximum(count - 1, 0)), 0) < uniform).all()


@pytest.mark.parametrize("powers", [(-6, 0), (0, 0.65), (0.55, 1), (1, 2), (2, 4), (4, 7)])
def test_a_poisson_quantile_is_exact_for_any_mean(powers: tuple[float, float]) -> None:
    mean = 10 ** GENERATOR.uniform(*powers, (4, UNIFORM.size))
    assert_quantile(poisson_quantile(UNIFORM, mean), lambda k: special.gammaincc(k + 1, mean))


@pytest.mark.parametrize("most", [1, 6, 125, 3000, 1e5])
@pytest.mark.parametrize("skew", [0.02, 1.0, 40.0])
def test_a_binomial_quantile_is_exact_for_any_trials(most: float, skew: float) -> None:
    trials = np.floor(GENERATOR.uniform(0, most + 1, UNIFORM.size))
    chance = GENERATOR.random(UNIFORM.size) ** skew
    chance[:4] = 0, 1, 1e-12, 1 - 1e-12
    inside = np.minimum(trials, 1e6)

    def cdf(k: np.ndarray) -> np.ndarray:
        below = np.minimum(k, inside - 1)
        return np.where(k >= inside, 1.0, special.betainc(inside - below, below + 1, 1 - chance))

    count = binomial_quantile(UNIFORM, trials, chance)
    assert (count <= trials).all()
    assert_quantile(count, cdf)


@pytest.mark.parametrize("powers", [(-4, 0), (0, 2), (2, 4)])
def test_a_negative_binomial_quantile_is_exact_for_any_mean(powers: tuple[float, float]) -> None:
    mean = 10 ** GENERATOR.uniform(*powers, UNIFORM.size)
    size = 10 ** GENERATOR.uniform(-1.5, 4, UNIFORM.size)
    count = negative_binomial_quantile(UNIFORM, mean, size)
    assert_quantile(count, lambda k: special.betainc(size, k + 1, size / (size + mean)))


def test_an_empty_programme_has_no_counts() -> None:
    assert not binomial_quantile(UNIFORM, 0.0, 0.9).any()
    assert not negative_binomial_quantile(UNIFORM, 0.0, 40.0).any()


def test_what_is_not_a_number_stays_so() -> None:
    half = np.array([0.5])
    nothing = np.array([np.nan])
    assert np.isnan(poisson_quantile(half, nothing)).all()
    assert np.isnan(poisson_quantile(nothing, np.array([66.0]))).all()
    assert np.isnan(binomial_quantile(half, 125.0, nothing)).all()
    assert np.isnan(negative_binomial_quantile(half, nothing, 40.0)).all()


@pytest.mark.parametrize(("count", "mean", "variance"), [
    (poisson_quantile, (66.0,), 66.0),
    (negative_binomial_quantile, (66.0, 40.0), 66 + 66**2 / 40),
    (binomial_quantile, (125.0, 0.85), 125 * 0.85 * 0.15),
])  # fmt: skip
def test_counts_over_all_uniform_numbers_have_the_moments_of_their_law(
    count: Callable[..., np.ndarray], mean: tuple[float, ...], variance: float
) -> None:
    uniform = (np.arange(200_000) + 0.5) / 200_000
    drawn = count(uniform, np.full(uniform.size, mean[0]), *mean[1:])
    assert drawn.mean() == pytest.approx(mean[0] * (0.85 if count is binomial_quantile else 1), rel=1e-3)
    assert drawn.var() == pytest.approx(variance, rel=5e-3)
