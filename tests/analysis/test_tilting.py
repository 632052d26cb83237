"""Laws of entropic tilting and of the conditional normal law."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog
from tuiyan.analysis.tilting import Tilt, conditional_normal, tilt

Array = NDArray[np.float64]
NORMAL = np.random.default_rng(0).normal(size=(5, 4096))
SKEWED = np.exp(6.5 + 0.4 * NORMAL[0])
CASES = {
    "one mean": (NORMAL[0], [1.0]),
    "far into the tail": (NORMAL[0], [3.2]),
    "skewed draws in large units": (SKEWED, [1500.0]),
    "a probability": (1.0 * (SKEWED > 1000), [0.5]),
    "a probability next to one": (1.0 * (NORMAL[0] > 3), [0.999]),
    "five at once": (NORMAL, [0.5, -0.5, 0.3, 0.0, 1.0]),
    "mean and square": (np.stack([NORMAL[1], NORMAL[1] ** 2]), [0.5, 0.75]),
    "the same condition twice": (np.stack([NORMAL[0], 2 * NORMAL[0]]), [1.0, 2.0]),
}


def normalised(weights: Array) -> Array:
    return np.asarray(weights / weights.sum())


def divergence(found: Array, start: Array) -> float:
    """Kullback-Leibler divergence from its definition."""
    used = found > 0
    return float((found[used] * np.log(found[used] / start[used])).sum())


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("weighted", [False, True])
def test_means_are_met_and_weights_are_weights(name: str, weighted: bool) -> None:
    functions, target = CASES[name]
    rows = np.atleast_2d(functions)
    start = normalised(np.random.default_rng(1).random(4096) if weighted else np.ones(4096))
    found = tilt(functions, target, start if weighted else None)
    spread = rows.std(axis=1)
    np.testing.assert_allclose((rows * found.weights).sum(axis=1) / spread, target / spread, rtol=0, atol=1e-9)
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert found.weights.min() >= 0
    assert found.divergence == pytest.approx(divergence(found.weights, start), abs=1e-9)
    assert found.divergence > 1e-3
    assert found.effective == pytest.approx(1 / (found.weights**2).sum())
    assert 1 <= found.effective < 4096
    # The weights are those that the multipliers say.
    rebuilt = normalised(start * np.exp((found.multipliers[:, None] * (rows - np.array(target)[:, None])).sum(axis=0)))
    np.testing.assert_allclose(found.weights, rebuilt, rtol=1e-8, atol=1e-300)


def test_nothing_moves_if_the_conditions_hold_already() -> None:
    start = normalised(np.random.default_rng(1).random(4096))
    found = tilt(NORMAL, (NORMAL * start).sum(axis=1), start)
    np.testing.assert_allclose(found.weights, start, rtol=1e-9)
    assert found.divergence == pytest.approx(0, abs=1e-12)
    assert tilt(NORMAL[0], NORMAL[0].mean()).effective == pytest.approx(4096, rel=1e-9)


def test_no_other_weights_with_the_same_means_are_closer() -> None:
    """Move along directions that keep the sum and the mean: the divergence only grows."""
    draws = NORMAL[0, :50]
    found = tilt(draws, 0.4)
    best = divergence(found.weights, np.full(50, 0.02))
    kept = np.linalg.qr(np.stack([np.ones(50), draws], axis=1))[0]
    for seed in range(20):
        direction = np.random.default_rng(100 + seed).normal(size=50)
        direction -= kept @ (kept.T @ direction)
        size = 0.5 * found.weights.min() / np.abs(direction).max()
        for sign in (-1, 1):
            assert divergence(found.weights + sign * size * direction, np.full(50, 0.02)) > best


def test_a_farther_target_costs_more() -> None:
    targets = np.linspace(NORMAL[0].mean(), 3.0, 12)
    found = [tilt(NORMAL[0], value) for value in targets]
    assert (np.diff([each.divergence for each in found]) > 0).all()
    assert (np.diff([each.effective for each in found]) < 0).all()
    assert (np.diff([each.multipliers[0] for each in found]) > 0).all()


def test_units_and_origin_do_not_matter() -> None:
    plain, moved = tilt(SKEWED, 1100), tilt(1e3 - 1e-4 * SKEWED, 1e3 - 1e-4 * 1100)
    np.testing.assert_allclose(plain.weights, moved.weights, rtol=1e-8)
    assert moved.multipliers[0] == pytest.approx(-1e4 * plain.multipliers[0], rel=1e-8)
    assert moved.divergence == pytest.approx(plain.divergence, rel=1e-8)


def test_a_probability_has_a_closed_form() -> None:
    chosen = 1.0 * (NORMAL[0] > 1)
    before = chosen.mean()
    found = tilt(chosen, 0.6)
    expected = 0.6 * np.log(0.6 / before) + 0.4 * np.log(0.4 / (1 - before))
    assert found.divergence == pytest.approx(expected, abs=1e-12)
    np.testing.assert_allclose(found.weights, np.where(chosen > 0, 0.6 / before, 0.4 / (1 - before)) / 4096, rtol=1e-10)


def test_draws_without_weight_keep_none() -> None:
    start = 1.0 * (NORMAL[0] < 1)
    found = tilt(NORMAL[0], 0.5, start)
    assert found.weights[NORMAL[0] >= 1].max() == 0
    assert found.weights[NORMAL[0] < 1].min() > 0
    with pytest.raises(ValueError, match="outside"):
        tilt(NORMAL[0], 1.2, start)


def attempt(functions: Array, target: Array) -> Tilt | None:
    """The tilt; None where it is refused because no weights can do it."""
    try:
        return tilt(functions, target)
    except ValueError as error:
        assert "no weights meet the conditions" in str(error)  # noqa: PT017 - the other half of the cases must not raise
        return None


def test_it_is_refused_exactly_where_no_weights_exist() -> None:
    """A linear programme says whether the target is in the hull of a few random points, in one to three dimensions."""
    random, answers = np.random.default_rng(7), []
    for _ in range(150):
        size, draws = random.integers(1, 4), random.integers(3, 30)
        functions, target = random.normal(size=(size, draws)), 0.8 * random.normal(size=size)
        conditions = np.vstack([functions, np.ones(draws)])
        possible = linprog(np.zeros(draws), A_eq=conditions, b_eq=[*target, 1.0]).status == 0
        found = attempt(functions, target)
        assert (found is not None) == possible
        if found is not None:
            np.testing.assert_allclose((functions * found.weights).sum(axis=1), target, rtol=0, atol=1e-9)
        answers.append(possible)
    assert 30 < sum(answers) < 120, "both answers must occur"


@pytest.mark.parametrize(
    ("functions", "target"),
    [
        (NORMAL[0], [NORMAL[0].max() + 1e-6]),
        (NORMAL[0], [1e9]),
        (SKEWED, [0.0]),
        (1.0 * (NORMAL[0] > 1), [1.01]),
        (np.ones(10), [1.1]),
        (np.stack([NORMAL[0], 2 * NORMAL[0]]), [1.0, 2.1]),
        (np.stack([NORMAL[0], NORMAL[0] ** 2]), [1.0, 0.9]),  # no variance is negative
    ],
)
def test_what_cannot_be_is_refused(functions: Array, target: list[float]) -> None:
    with pytest.raises(ValueError, match="no weights meet the conditions: the target is outside"):
        tilt(functions, target)


def test_on_the_edge_the_weights_are_those_of_the_limit() -> None:
    square = np.array([[0, 1, 0, 1, 0.5], [0, 0, 1, 1, 0.5]])
    found = tilt(square, [1.0, 0.5])
    assert found.weights == pytest.approx([0, 0.5, 0, 0.5, 0], abs=1e-9)
    assert found.divergence == pytest.approx(np.log(2.5), abs=1e-9)
    assert tilt(NORMAL[0], NORMAL[0].max()).effective == pytest.approx(1, abs=1e-6)


def test_wrong_arguments_are_refused() -> None:
    draws = np.arange(4.0)
    for functions, target, weights in (
        (draws, [1.0, 2.0], None),
        (draws, 1.0, np.ones(3)),
        (np.ones((2, 0)), [1, 1], None),
    ):
        with pytest.raises(ValueError, match="shapes"):
            tilt(functions, target, weights)
    for functions, target, weights in (
        (draws, np.nan, None),
        (draws + np.inf, 1.0, None),
        (draws, 1.0, draws * np.nan),
    ):
        with pytest.raises(ValueError, match="finite"):
            tilt(functions, target, weights)
    for weights in (-draws, 0 * draws):
        with pytest.raises(ValueError, match="negative"):
            tilt(draws, 1.0, weights)


def covariance(size: int, seed: int = 0) -> Array:
    factor = np.random.default_rng(seed).normal(size=(size, size))
    return np.asarray(factor @ factor.T + 0.1 * np.eye(size))


def test_a_conditional_normal_is_the_regression_on_what_was_observed() -> None:
    """The precision matrix says the same in another way."""
    spread, mean = covariance(5), np.arange(5.0)
    found, left = conditional_normal(mean, spread, [3, 0], [1.0, -2.0])
    precision = np.linalg.inv(spread)
    rest, seen = [1, 2, 4], [3, 0]
    expected_spread = np.linalg.inv(precision[np.ix_(rest, rest)])
    shift = expected_spread @ precision[np.ix_(rest, seen)] @ (np.array([1.0, -2.0]) - mean[seen])
    np.testing.assert_allclose(left, expected_spread, rtol=1e-9)
    np.testing.assert_allclose(found, mean[rest] - shift, rtol=1e-9)


def test_conditions_one_after_the_other_are_conditions_at_once() -> None:
    spread, mean = covariance(4, 3), np.zeros(4)
    once = conditional_normal(mean, spread, [0, 2], [1.0, 2.0])
    twice = conditional_normal(*conditional_normal(mean, spread, [0], [1.0]), [1], [2.0])
    for one, other in zip(once, twice, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9)


def test_observing_nothing_or_everything() -> None:
    spread = covariance(3)
    for one, other in zip(conditional_normal([1, 2, 3], spread, [], []), ([1, 2, 3], spread), strict=True):
        np.testing.assert_array_equal(one, other)
    assert [part.size for part in conditional_normal([1, 2, 3], spread, [0, 1, 2], [0, 0, 0])] == [0, 0]


def test_tilting_normal_draws_is_the_conditional_mean() -> None:
    """Imposing only a mean moves the others along their regression, up to the noise of the draws."""
    scores = np.linalg.cholesky([[4, 2.4], [2.4, 9]]) @ NORMAL[:2] + np.array([[5.0], [10.0]])
    found = tilt(scores[1], 11.0)
    assert (found.weights * scores[0]).sum() == pytest.approx(5 + 2.4 / 9, abs=0.15)


def test_wrong_normal_laws_are_refused() -> None:
    for arguments, words in (
        (([0, 0], np.eye(3), [0], [1]), "shapes"),
        (([0, 0], np.eye(2), [0], [1, 2]), "shapes"),
        (([0, 0], np.eye(2), [0, 0], [1, 1]), "positions"),
        (([0, 0], np.eye(2), [2], [1]), "positions"),
        (([0, 0], [[1, 0.5], [0.4, 1]], [0], [1]), "symmetric"),
        (([0, 0, 0], np.ones((3, 3)), [0, 1], [1, 1]), "positive definite"),
    ):
        with pytest.raises(ValueError, match=words):
            conditional_normal(*arguments)
