"""Laws of the scores: definitions, units, and that the truth scores best."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import integrate
from scipy.special import ndtr, ndtri
from tuiyan.evidence.scores import brier, crps_ensemble, crps_normal, interval_score, log_score_normal, pinball, pit

MEMBERS = np.random.default_rng(0).normal(3, 2, size=(6, 40))
# Equally likely values of a normal law with mean 3 and standard deviation 2, for expected scores.
TRUTH = 3 + 2 * ndtri((np.arange(20_000) + 0.5) / 20_000)


@pytest.mark.parametrize(("y", "m", "s"), [(0.0, 0.0, 1.0), (5.0, 3.0, 2.0), (-4.0, 1.0, 0.7)])
def test_crps_is_the_integral_of_the_squared_difference_of_the_distributions(y: float, m: float, s: float) -> None:
    below = integrate.quad(lambda x: ndtr((x - m) / s) ** 2, min(y, m) - 12 * s, y, limit=200)[0]
    above = integrate.quad(lambda x: ndtr((m - x) / s) ** 2, y, max(y, m) + 12 * s, limit=200)[0]
    assert crps_normal(y, m, s) == pytest.approx(below + above, abs=1e-8)


def test_crps_is_twice_the_mean_pinball_score_over_all_levels() -> None:
    levels = (np.arange(20_000) + 0.5) / 20_000
    scores = pinball(4.2, 3 + 2 * ndtri(levels), level=levels)
    assert 2 * scores.mean() == pytest.approx(crps_normal(4.2, 3, 2), abs=1e-4)


@pytest.mark.parametrize("fair", [True, False])
def test_ensemble_crps_is_its_definition_in_any_order(fair: bool) -> None:
    observed = np.array([0.0, 1, 2, 3, 4, 50])
    pairs = np.abs(MEMBERS[:, :, None] - MEMBERS[:, None, :]).sum(axis=(1, 2))
    expected = np.abs(MEMBERS - observed[:, None]).mean(axis=1) - pairs / (2 * 40 * (39 if fair else 40))
    np.testing.assert_allclose(crps_ensemble(observed, MEMBERS, fair=fair), expected, rtol=1e-12)
    np.testing.assert_allclose(crps_ensemble(observed, MEMBERS[:, ::-1], fair=fair), expected, rtol=1e-12)


def test_the_fair_form_does_not_depend_on_the_number_of_members_on_average() -> None:
    """Its mean over many small ensembles is the score of the law; the standard form is above it by E|X - X'|/(2 M)."""
    small = np.random.default_rng(1).normal(3, 2, size=(40_000, 4))
    law = crps_normal(4.0, 3, 2)
    error = 3 * crps_ensemble(4.0, small).std() / 200
    assert crps_ensemble(4.0, small).mean() == pytest.approx(law, abs=error)
    gap = crps_ensemble(4.0, small, fair=False).mean() - law
    assert gap == pytest.approx(2 * 2 / np.sqrt(np.pi) / (2 * 4), abs=error)


def test_many_members_score_as_their_law() -> None:
    assert crps_ensemble(4.2, TRUTH) == pytest.approx(crps_normal(4.2, 3, 2), abs=1e-3)
    assert crps_ensemble(4.2, TRUTH, fair=False) == pytest.approx(crps_normal(4.2, 3, 2), abs=1e-3)


def test_the_fair_form_of_a_large_sample_is_the_closed_form() -> None:
    """Not one ensemble but forty, so that the error of their mean is known."""
    sample = np.random.default_rng(4).normal(3, 2, size=(40, 5000))
    scores = crps_ensemble(4.2, sample)
    assert scores.mean() == pytest.approx(crps_normal(4.2, 3, 2), abs=4 * scores.std() / np.sqrt(40))


def test_the_transform_is_the_share_below_in_any_order() -> None:
    observed = np.array([-90.0, 1, 2, 3, 4, 90])
    found = pit(observed, MEMBERS)
    assert found.tolist() == [float((row < y).mean()) for y, row in zip(observed, MEMBERS, strict=True)]
    assert found.tolist() == pit(observed, MEMBERS[:, ::-1]).tolist()
    assert (found[0], found[-1]) == (0, 1)
    assert pit(3.7, TRUTH) == pytest.approx(ndtr(0.35), abs=1e-4)


def test_members_equal_to_the_observation_count_by_half_and_the_unit_not_at_all() -> None:
    assert pit([1.0, 2, 2], [[1, 2], [1, 2], [2, 2]]).tolist() == [0.25, 0.75, 0.5]
    assert pit(10 * 3.1, 10 * MEMBERS).tolist() == pit(3.1, MEMBERS).tolist()


def test_transforms_of_the_truth_are_uniform() -> None:
    generator = np.random.default_rng(5)
    found = pit(generator.normal(3, 2, size=2000), generator.normal(3, 2, size=(2000, 99)))
    assert (found.mean(), found.var()) == pytest.approx((1 / 2, 1 / 12), abs=0.02)


def test_one_member_is_the_absolute_error() -> None:
    assert crps_ensemble([1.0, 5.0], [[4.0], [4.0]], fair=False).tolist() == [3, 1]


def test_far_from_the_origin_no_digits_are_lost() -> None:
    assert crps_ensemble(1e9 + 2.5, 1e9 + np.arange(1.0, 6.0)) == pytest.approx(0.3, abs=1e-12)


@pytest.mark.parametrize(
    "score",
    [
        crps_normal,
        log_score_normal,
        lambda y, m, s: interval_score(y, m - s * ndtri(0.95), m + s * ndtri(0.95)),
        lambda y, m, s: pinball(y, m + s * ndtri(0.1), level=0.1) + pinball(y, m + s * ndtri(0.9), level=0.9),
    ],
    ids=["crps", "log", "interval", "pinball"],
)
def test_the_truth_has_the_best_expected_score(score: Callable[..., Any]) -> None:
    best = score(TRUTH, 3.0, 2.0).mean()
    for m, s in ((2.6, 2.0), (3.4, 2.0), (3.0, 1.6), (3.0, 2.4)):
        assert score(TRUTH, m, s).mean() > best


def test_the_true_probability_has_the_best_expected_brier_score() -> None:
    expected = [0.7 * brier(1, p) + 0.3 * brier(0, p) for p in np.arange(11) / 10]
    assert int(np.argmin(expected)) == 7


def test_scores_of_amounts_are_in_their_unit_and_do_not_see_the_origin() -> None:
    for one, other in (
        (crps_normal(4, 3, 2), crps_normal(1040, 1030, 20)),
        (crps_ensemble(4, [1, 2, 7]), crps_ensemble(1040, [1010, 1020, 1070])),
        (interval_score(9, 1, 5), interval_score(1090, 1010, 1050)),
        (pinball(4, 3, level=0.9), pinball(1040, 1030, level=0.9)),
    ):
        assert 10 * one == pytest.approx(other, rel=1e-12)
    assert log_score_normal(1040, 1030, 20) - log_score_normal(4, 3, 2) == pytest.approx(np.log(10))


def test_no_score_of_an_amount_is_negative_and_a_perfect_forecast_gets_nothing() -> None:
    assert crps_normal(np.linspace(-9, 9, 50), 0, 1).min() > 0
    assert crps_ensemble(4.0, [4, 4, 4]) == 0
    assert interval_score(4, 4, 4) == 0
    assert pinball(4, 4, level=0.3) == 0
    assert brier([True, False], [1, 0]).tolist() == [0, 0]


def test_a_miss_on_either_side_costs_the_same_and_a_wider_claim_more() -> None:
    assert interval_score(750, 800, 1300) == interval_score(1350, 800, 1300)
    assert interval_score(750, 800, 1300, coverage=0.99) > interval_score(750, 800, 1300, coverage=0.5)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: crps_normal(0, 0, 0), "above 0"),
        (lambda: crps_normal(0, 0, [1, np.nan]), "above 0"),
        (lambda: log_score_normal(0, 0, -1), "above 0"),
        (lambda: crps_ensemble(0, [1]), "members"),
        (lambda: crps_ensemble(0, [], fair=False), "members"),
        (lambda: crps_ensemble(0, 1), "members"),
        (lambda: pit(0, []), "members"),
        (lambda: pit(0, 1), "members"),
        (lambda: interval_score(0, 2, 1), "first"),
        (lambda: interval_score(0, 1, 2, coverage=1.0), "coverage"),
        (lambda: pinball(0, 1, level=0), "level"),
        (lambda: brier(1, 1.1), "probability"),
        (lambda: brier(0.5, 0.5), "happened"),
    ],
)
def test_what_cannot_be_scored_is_refused(call: Callable[[], Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
