"""Laws of the two-piece normal law and of its fit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate
from scipy.special import ndtr, ndtri
from tuiyan.analysis.two_piece import LEVELS, TwoPieceNormal, fit_in_logs

LAWS = [TwoPieceNormal(3, 1, 2), TwoPieceNormal(-10, 5, 0.2), TwoPieceNormal(7, 0.1, 0.1), TwoPieceNormal(0, 1e-3, 1)]
INNER = np.array([1e-9, 0.01, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.95, 0.999, 1 - 1e-9])


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_distribution_and_quantile_are_inverse(law: TwoPieceNormal) -> None:
    np.testing.assert_allclose(law.distribution(law.quantile(INNER)), INNER, rtol=1e-9)
    points = law.mode + np.array([-3 * law.left, -law.left, 0, law.right, 3 * law.right])
    np.testing.assert_allclose(law.quantile(law.distribution(points)), points, atol=1e-9)
    assert law.quantile(law.below_mode) == pytest.approx(law.mode, abs=1e-12)


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_exceedance_is_the_rest_and_keeps_small_probabilities(law: TwoPieceNormal) -> None:
    points = law.mode + np.linspace(-4 * law.left, 4 * law.right, 41)
    np.testing.assert_allclose(law.exceedance(points), 1 - law.distribution(points), atol=1e-15)
    tail = law.mode + 12 * law.right
    assert law.exceedance(tail) == pytest.approx(2 * (1 - law.below_mode) * ndtr(-12.0), rel=1e-9)
    assert law.exceedance(tail) > 0


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_moments_are_the_integrals_of_the_quantile(law: TwoPieceNormal) -> None:
    def moment(power: int) -> float:
        def below(p: float) -> float:
            return float((law.quantile(p) - law.mode) ** power)

        ends = (0.0, law.below_mode, 1.0)
        return sum(integrate.quad(below, *pair, epsabs=1e-11, limit=200)[0] for pair in pairwise(ends))

    assert law.mode + moment(1) == pytest.approx(law.mean, abs=1e-7)
    assert moment(2) - moment(1) ** 2 == pytest.approx(law.variance, abs=1e-6)


def test_equal_sides_are_a_normal_law() -> None:
    law = TwoPieceNormal(2, 1.5, 1.5)
    points = np.linspace(-8, 12, 101)
    np.testing.assert_allclose(law.distribution(points), ndtr((points - 2) / 1.5), atol=1e-15)
    np.testing.assert_allclose(law.quantile(INNER), 2 + 1.5 * ndtri(INNER), rtol=1e-12)
    assert (law.mean, law.variance, law.below_mode) == pytest.approx((2, 2.25, 0.5), abs=1e-15)


def test_the_larger_side_is_where_the_mean_lies() -> None:
    right, left = TwoPieceNormal(3, 1, 2), TwoPieceNormal(3, 2, 1)
    assert left.mean < 3 < right.mean
    assert right.mean - 3 == pytest.approx(3 - left.mean)
    np.testing.assert_allclose(right.quantile(INNER) - 3, 3 - left.quantile(1 - INNER), atol=1e-6)


def test_the_sides_can_move_while_the_mode_stays() -> None:
    """A judgement on risk moves s1 and s2 at a fixed mode, and the probability of a goal follows."""
    chances = [float(TwoPieceNormal(1100, 80, right).exceedance(1200)) for right in (80, 140, 200)]
    assert chances == sorted(chances)
    assert len(set(chances)) == 3


@pytest.mark.parametrize("law", [TwoPieceNormal(7, 0.1, 0.2), TwoPieceNormal(6.5, 0.4, 0.05), TwoPieceNormal(0, 1, 1)])
def test_a_fit_to_exact_quantiles_gives_the_law_back(law: TwoPieceNormal) -> None:
    for levels in (LEVELS, (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)):
        found = fit_in_logs(np.exp(law.quantile(levels)), levels)
        assert (found.mode, found.left, found.right) == pytest.approx((law.mode, law.left, law.right), abs=1e-7)


def misfit(law: TwoPieceNormal, values: list[float]) -> float:
    return float(((law.quantile(LEVELS) - np.log(values)) ** 2).sum())


@pytest.mark.parametrize(
    "values", [[700, 900, 1020, 1200, 1900], [100, 101, 150, 151, 152], [700, 850, 950, 1040, 1130]]
)
def test_no_law_nearby_fits_better(values: list[float]) -> None:
    found = fit_in_logs(values)
    best = misfit(found, values)
    for change in (0.999, 0.9, 1.001, 1.1):
        assert misfit(TwoPieceNormal(found.mode + (change - 1) * found.right, found.left, found.right), values) > best
        assert misfit(TwoPieceNormal(found.mode, found.left * change, found.right), values) > best
        assert misfit(TwoPieceNormal(found.mode, found.left, found.right * change), values) > best


def test_the_unit_of_the_values_only_moves_the_mode() -> None:
    values = np.array([700, 900, 1020, 1200, 1900])
    one, other = fit_in_logs(values), fit_in_logs(values * 1e4)
    assert other.mode - one.mode == pytest.approx(np.log(1e4), abs=1e-6)
    assert (other.left, other.right) == pytest.approx((one.left, one.right), abs=1e-6)


def test_the_fit_finds_the_side_of_skewed_draws() -> None:
    draws = np.exp(TwoPieceNormal(7, 0.1, 0.3).quantile((np.arange(4096) + 0.5) / 4096))
    found = fit_in_logs(np.quantile(draws, LEVELS))
    assert (found.mode, found.left, found.right) == pytest.approx((7, 0.1, 0.3), abs=2e-3)


def test_quantiles_more_lopsided_than_half_a_normal_law_give_nearly_half_a_normal_law() -> None:
    right, left = fit_in_logs([1, 1, 1, 2, 50]), fit_in_logs([1, 25, 50, 50, 50])
    assert right.below_mode == pytest.approx(0.001)
    assert left.below_mode == pytest.approx(0.999)


def test_what_is_no_law_is_refused() -> None:
    for numbers in ((0, 0, 1), (0, 1, -1), (np.nan, 1, 1), (0, np.inf, 1), (0, 1, np.nan)):
        with pytest.raises(ValueError, match="above 0"):
            TwoPieceNormal(*numbers)
    for level in (0, 1, -0.1, np.nan):
        with pytest.raises(ValueError, match="between 0 and 1"):
            TwoPieceNormal(0, 1, 1).quantile(level)


def test_what_are_no_quantiles_is_refused() -> None:
    for values, levels, words in (
        ([1, 2, 3], LEVELS, "one for each"),
        ([1, 2], (0.1, 0.9), "one for each"),
        ([1, 2, 3], (0.1, 0.1, 0.9), "must rise"),
        ([1, 2, 3], (0.0, 0.5, 0.9), "must rise"),
        ([1, 3, 2], (0.1, 0.5, 0.9), "not fall"),
        ([0, 1, 2], (0.1, 0.5, 0.9), "not fall"),
        ([2, 2, 2], (0.1, 0.5, 0.9), "not fall"),
    ):
        with pytest.raises(ValueError, match=words):
            fit_in_logs(values, levels)
