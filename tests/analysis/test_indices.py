"""Laws of Sobol indices and of Morris screening, on functions whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tuiyan.analysis.morris import screening, trajectories
from tuiyan.analysis.sobol import SobolIndices, sobol_indices

from tests.targets.methods import indices_of

Array = NDArray[np.float64]


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def outputs(cases: int = 400, seed: int = 0) -> tuple[Array, Array, Array]:
    """Outputs x1 + x2 x3 on independent uniform numbers, with a dummy fourth input."""
    a, b = rng(seed).random((2, 4, cases))
    mixed = [np.where(np.arange(4)[:, None] == group, b, a) for group in range(4)]
    one, other, *rest = (part[0] + part[1] * part[2] for part in (a, b, *mixed))
    return one, other, np.stack(rest)


def same(one: SobolIndices, other: SobolIndices, tolerance: float) -> None:
    for name in ("first", "total", "first_low", "first_high", "total_low", "total_high"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=0, atol=tolerance, err_msg=name)


@pytest.mark.parametrize("seed", range(3))
def test_shares_of_an_additive_function_sum_to_one_and_are_their_totals(seed: int) -> None:
    found = indices_of(lambda u: np.asarray(np.exp(u[0]) + u[1] ** 2 - 3 * u[2]), 3, seed=seed)
    assert found.first.sum() == pytest.approx(1, abs=0.01)
    assert found.total == pytest.approx(found.first, abs=0.01)


def test_interactions_stand_in_the_totals_only() -> None:
    found = indices_of(lambda u: np.asarray((u[0] - 0.5) * (u[1] - 0.5)), 2)
    assert found.first == pytest.approx([0, 0], abs=0.01)
    assert found.total == pytest.approx([1, 1], abs=0.01)


def test_an_input_that_does_nothing_has_exactly_nothing() -> None:
    found = sobol_indices(*outputs(), rng())
    for name in ("first", "total", "first_low", "first_high", "total_low", "total_high"):
        assert getattr(found, name)[3] == 0.0, name
    assert found.total[:3].min() > 0.01


@pytest.mark.parametrize(("shift", "scale"), [(0.0, -2.5), (1e6, 1.0), (-1e6, 1e-3)])
def test_indices_do_not_depend_on_the_unit_or_the_origin_of_the_output(shift: float, scale: float) -> None:
    a, b, ab = outputs()
    plain = sobol_indices(a, b, ab, rng())
    moved = sobol_indices(shift + scale * a, shift + scale * b, shift + scale * ab, rng())
    # What is left is the rounding of the shifted outputs themselves.
    same(plain, moved, 1e-12 + 1e-14 * abs(shift / scale))
    assert moved.variance == pytest.approx(scale**2 * plain.variance, rel=1e-6)


def test_the_variance_is_of_both_samples_together() -> None:
    a, b, ab = outputs()
    assert sobol_indices(a, b, ab, rng()).variance == pytest.approx(np.concatenate([a, b]).var(), rel=1e-12)


def test_the_same_generator_gives_the_same_bits_and_another_other_intervals() -> None:
    one, again, other = (sobol_indices(*outputs(), rng(seed), replications=120) for seed in (5, 5, 6))
    same(one, again, 0.0)
    assert np.array_equal(one.total, other.total)
    assert not np.array_equal(one.total_low[:3], other.total_low[:3])


def test_more_replications_keep_the_first_ones() -> None:
    """The resampling of one replication does not depend on how many there are: 1 of 51 is in a chunk of its own."""
    few, more = (sobol_indices(*outputs(), rng(), replications=count, coverage=1 - 1e-12) for count in (50, 51))
    assert (more.total_low <= few.total_low + 1e-9).all()
    assert (more.total_high >= few.total_high - 1e-9).all()


def test_intervals_are_the_quantiles_of_plain_resampling() -> None:
    """The same cases picked one by one, and the formulas on what was picked."""
    a, b, ab = outputs(60)
    picker, first, total = rng(3), [], []
    for _ in range(75):
        picked = picker.integers(60, size=60)
        one, other, mixed = a[picked], b[picked], ab[:, picked]
        both = np.concatenate([one, other])
        centred = other - np.concatenate([a, b]).mean()
        first.append((centred * (mixed - one)).mean(axis=1) / both.var())
        total.append(((one - mixed) ** 2).mean(axis=1) / (2 * both.var()))
    found = sobol_indices(a, b, ab, rng(3), replications=75, coverage=0.8)
    for low, high, values in (
        (found.first_low, found.first_high, first),
        (found.total_low, found.total_high, total),
    ):
        np.testing.assert_allclose(low, np.quantile(values, 0.1, axis=0), atol=1e-12)
        np.testing.assert_allclose(high, np.quantile(values, 0.9, axis=0), atol=1e-12)


def test_intervals_cover_the_truth_nearly_as_often_as_they_say() -> None:
    """200 independent samples of 300 cases, within three standard errors of a binomial share."""
    variance = 1 / 12 + (1 / 9 - 1 / 16)
    first = np.array([1 / 12, 1 / 48, 1 / 48]) / variance
    total = np.array([1 / 12, 1 / 36, 1 / 36]) / variance
    inside = np.zeros((2, 3))
    for seed in range(200):
        found = sobol_indices(*outputs(300, 100 + seed), rng(seed), replications=200, coverage=0.8)
        inside[0] += (found.first_low[:3] <= first) & (first <= found.first_high[:3])
        inside[1] += (found.total_low[:3] <= total) & (total <= found.total_high[:3])
    np.testing.assert_allclose(inside / 200, 0.8, atol=3 * (0.16 / 200) ** 0.5)


def test_wrong_outputs_are_refused() -> None:
    a, b, ab = outputs(20)
    for one, other, mixed in (
        (a, b[:-1], ab),
        (a, b, ab[0]),
        (a, b, ab[:, :-1]),
        (a, b, ab[:0]),
        (a[:1], b[:1], ab[:, :1]),
    ):
        with pytest.raises(ValueError, match="shapes"):
            sobol_indices(one, other, mixed, rng())
    with pytest.raises(ValueError, match="does not vary"):
        sobol_indices(np.full(20, 0.1), np.full(20, 0.1), np.full((2, 20), 0.1), rng())
    with pytest.raises(ValueError, match="finite"):
        sobol_indices(a, b, np.where(ab == ab[1, 3], np.nan, ab), rng())
    rare = (np.arange(20) == 3).astype(float)
    with pytest.raises(ValueError, match="bootstrap sample"):
        sobol_indices(rare, 0 * rare, rare[None], rng())
    for replications, coverage in ((0, 0.9), (10, 1.0), (10, 0.0)):
        with pytest.raises(ValueError, match="replications"):
            sobol_indices(a, b, ab, rng(), replications=replications, coverage=coverage)


@pytest.mark.parametrize("levels", [2, 4, 6, 10])
def test_trajectories_change_each_input_once_by_delta_on_the_grid(levels: int) -> None:
    points = trajectories(300, 5, rng(), levels=levels)
    assert points.shape == (300, 6, 5)
    np.testing.assert_allclose(points * (levels - 1), np.rint(points * (levels - 1)), atol=1e-12)
    assert points.min() == 0
    assert points.max() == 1
    steps = np.abs(np.diff(points, axis=1))
    assert ((steps > 0).sum(axis=1) == 1).all()
    assert ((steps > 0).sum(axis=2) == 1).all()
    np.testing.assert_allclose(steps.max(axis=2), levels / (2 * (levels - 1)))


def test_levels_orders_and_directions_are_equally_likely() -> None:
    points = trajectories(4000, 3, rng(2))
    counts = np.array([(np.rint(points * 3) == level).sum(axis=(0, 1)) for level in range(4)]) / points[..., 0].size
    assert counts == pytest.approx(np.full((4, 3), 0.25), abs=0.03)
    steps = np.diff(points, axis=1)
    assert (steps > 0).sum(axis=(0, 1)) / 4000 == pytest.approx([0.5] * 3, abs=0.03)
    assert (steps != 0).mean(axis=0) == pytest.approx(np.full((3, 3), 1 / 3), abs=0.03)


def test_trajectories_are_seeded() -> None:
    np.testing.assert_array_equal(trajectories(7, 4, rng(3)), trajectories(7, 4, rng(3)))
    assert not np.array_equal(trajectories(7, 4, rng(3)), trajectories(7, 4, rng(4)))


def test_effects_of_a_linear_function_are_its_coefficients() -> None:
    points = trajectories(30, 4, rng())
    slopes = np.array([3.0, -2.0, 0.0, 1e-3])
    found = screening(points, 1e3 + points @ slopes)
    np.testing.assert_allclose(found.mu, slopes, atol=1e-11)
    np.testing.assert_allclose(found.mu_star, np.abs(slopes), atol=1e-11)
    np.testing.assert_allclose(found.sigma, 0, atol=1e-11)


def test_effects_by_hand() -> None:
    """Two trajectories of one input, one up and one down, with effects 1 and 3; the spread is divided by 2, not 1."""
    found = screening(np.array([[[0], [2 / 3]], [[1], [1 / 3]]]), np.array([[5, 5 + 2 / 3], [5, 3]]))
    assert (found.mu[0], found.mu_star[0], found.sigma[0]) == pytest.approx((2, 2, 1), abs=1e-12)


def test_effects_of_both_signs_cancel_in_the_mean_only() -> None:
    points = trajectories(2000, 2, rng())
    found = screening(points, (points[..., 0] - 0.5) * (points[..., 1] - 0.5))
    assert found.mu == pytest.approx([0, 0], abs=0.03)
    # The other input is at 0, 1/3, 2/3 or 1: mean distance from the middle 1/3, root of the mean square sqrt(5)/6.
    assert found.mu_star == pytest.approx([1 / 3] * 2, abs=0.02)
    assert found.sigma == pytest.approx([5**0.5 / 6] * 2, abs=0.02)


def test_an_unused_input_has_no_effect_at_all() -> None:
    points = trajectories(40, 3, rng())
    found = screening(points, np.exp(points[..., 0]) * np.sin(points[..., 2]))
    assert (found.mu[1], found.mu_star[1], found.sigma[1]) == (0, 0, 0)
    assert found.mu_star[[0, 2]].min() > 0.1


def test_wrong_screenings_are_refused() -> None:
    points = trajectories(5, 3, rng())
    values = points.sum(axis=-1)
    for one, other in ((points, values[:, 1:]), (points[:, 1:], values[:, 1:]), (points[0], values[0])):
        with pytest.raises(ValueError, match="shapes"):
            screening(one, other)
    with pytest.raises(ValueError, match="one at a time"):
        screening(points[:, [0, 2, 1, 3]], values)
    with pytest.raises(ValueError, match="finite"):
        screening(points, np.where(values == values[0, 0], np.inf, values))
    for count, inputs, levels in ((0, 3, 4), (3, 0, 4), (3, 3, 3), (3, 3, 0)):
        with pytest.raises(ValueError, match="even number of levels"):
            trajectories(count, inputs, rng(), levels=levels)
