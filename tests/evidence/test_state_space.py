"""Laws of the state space benchmarks and of the regression; published numbers stand in `tests.targets.evidence`."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from tuiyan.evidence.priors import Prior, shrunk
from tuiyan.evidence.state_space import damped_trend, local_level, ordinary_least_squares
from tuiyan.wording import LANGUAGES

Array = NDArray[np.float64]
NOISE = np.random.default_rng(5)
WALK = np.cumsum(NOISE.normal(0, 1.0, 60)) + NOISE.normal(0, 0.5, 60)
GROWTH = Prior(0.22, 0.1)


@pytest.mark.parametrize("values", [WALK, np.where(np.arange(60) == 40, math.nan, WALK)], ids=["whole", "gap"])
def test_the_local_level_is_that_of_the_library_at_the_same_variances(values: Array) -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    found = local_level(values, horizon=4)
    model = UnobservedComponents(values, "llevel", use_exact_diffuse=True)
    result = model.smooth([found.variances["irregular"], found.variances["level"]])
    ahead = result.get_forecast(4)
    np.testing.assert_allclose(found.mean, ahead.predicted_mean, rtol=1e-9)
    np.testing.assert_allclose(found.variance, ahead.var_pred_mean, rtol=1e-9)
    best = result.llf
    for factor in (0.98, 1.02):
        moved = [found.variances["irregular"] * factor, found.variances["level"]]
        assert model.loglike(moved) < best
        assert model.loglike([moved[0] / factor, found.variances["level"] * factor]) < best


def test_a_local_level_knows_no_unit_and_no_origin() -> None:
    found, moved = local_level(WALK, horizon=3), local_level(7 + 10 * WALK, horizon=3)
    np.testing.assert_allclose(moved.mean, 7 + 10 * found.mean, rtol=1e-6)
    np.testing.assert_allclose(moved.variance, 100 * found.variance, rtol=1e-5)


def test_every_year_ahead_adds_a_step_of_the_level() -> None:
    found = local_level(WALK, horizon=5)
    np.testing.assert_allclose(np.diff(found.variance), found.variances["level"], rtol=1e-9)
    assert found.variance[0] == pytest.approx(
        found.level_variance + found.variances["level"] + found.variances["irregular"]
    )
    assert found.mean == pytest.approx([found.level] * 5)


def test_a_year_without_a_value_is_a_year_further_ahead() -> None:
    ended = local_level(np.append(WALK, math.nan), horizon=1)
    assert (ended.points, ended.identified) == (60, True)
    np.testing.assert_allclose(ended.variance, local_level(WALK, horizon=2).variance[1:], rtol=1e-6)


def test_few_values_are_flagged_and_too_few_refused() -> None:
    few = local_level(WALK[:9], horizon=1)
    assert not few.identified
    assert few.why is not None
    assert all("9" in few.why[lang] for lang in LANGUAGES)
    assert local_level(WALK[:10], horizon=1).why is None
    with pytest.raises(ValueError, match="there are 2 values; 3 are needed"):
        local_level(WALK[:2], horizon=1)
    with pytest.raises(ValueError, match="never change"):
        local_level([4.0] * 5, horizon=1)
    with pytest.raises(ValueError, match="the horizon 0"):
        local_level(WALK, horizon=0)


def test_a_fading_growth_is_learned_as_by_shrinkage() -> None:
    """Each year's rise over its fading factor is one look at the first growth."""
    logs, damping, shock = np.array([6.0, 6.3, 6.41, 6.6]), 0.85, 0.12
    fading = damping ** np.arange(3)
    told = shrunk(GROWTH, np.diff(logs) / fading, shock / fading)
    found = damped_trend(logs, horizon=3, damping=damping, growth=GROWTH, shock=shock)
    ahead = np.cumsum(damping ** np.arange(3, 6))
    np.testing.assert_allclose(found.mean, logs[-1] + told.mean * ahead, rtol=1e-9)
    np.testing.assert_allclose(found.variance, shock**2 * np.arange(1, 4) + told.sd**2 * ahead**2, rtol=1e-9)
    assert found.level == pytest.approx(6.6)
    assert found.identified


def test_one_value_with_a_shock_gives_the_prior() -> None:
    found = damped_trend([6.0], horizon=2, damping=1.0, growth=GROWTH, shock=0.12)
    np.testing.assert_allclose(found.mean, [6.22, 6.44])
    np.testing.assert_allclose(found.variance, [0.1**2 + 0.12**2, 0.2**2 + 2 * 0.12**2])


def test_fewer_values_widen_the_forecast() -> None:
    logs = 6 + 0.22 * np.cumsum(0.85 ** np.arange(8.0))
    widths = [
        damped_trend(logs[:count], horizon=1, damping=0.85, growth=GROWTH, shock=0.12).variance[0]
        for count in range(1, 9)
    ]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 1.2 * widths[-1]


def test_variances_of_a_trend_are_estimated_where_no_shock_is_given() -> None:
    few = damped_trend([6.0, 6.3, 6.4, 6.6], horizon=1, damping=0.85, growth=GROWTH)
    assert few.reason == "few_points"
    steady = damped_trend(6 + 0.1 * WALK, horizon=2, damping=0.85, growth=Prior(0.0, 0.05))
    assert steady.identified
    assert set(steady.variances) == {"irregular", "level", "slope"}
    assert steady.variance[1] > steady.variance[0] > 0
    # A random walk seen with an error: the two variances are told apart, within what 60 values can.
    assert steady.variances["level"] == pytest.approx(0.01, rel=0.7)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"damping": 0.0}, "the damping is 0.0"),
        ({"damping": 1.2}, "at most 1"),
        ({"shock": 0.0}, "the shock is 0.0"),
        ({"horizon": 0}, "the horizon 0"),
    ],
)
def test_numbers_out_of_range_are_refused(change: dict[str, float], words: str) -> None:
    given = {"horizon": 2, "damping": 0.85, "shock": 0.1, **change}
    with pytest.raises(ValueError, match=words):
        damped_trend([6.0, 6.1], growth=GROWTH, **given)  # type: ignore[arg-type]


def test_a_search_that_is_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuiyan.evidence.state_space.MOST_STEPS", 3)
    assert local_level(WALK, horizon=1).reason == "not_converged"


def test_regression_finds_a_plane_and_refuses_what_is_none() -> None:
    x, z = NOISE.normal(size=20), NOISE.normal(size=20)
    found = ordinary_least_squares(3 + 2 * x - z, {"x": x, "z": z})
    assert found.coefficients == pytest.approx({"constant": 3.0, "x": 2.0, "z": -1.0})
    assert found.r_squared == pytest.approx(1.0)
    with pytest.raises(ValueError, match="follows from the others"):
        ordinary_least_squares(x, {"x": x, "twice": 2 * x})
    with pytest.raises(ValueError, match="3 cases cannot tell 3 coefficients"):
        ordinary_least_squares(x[:3], {"x": x[:3], "z": z[:3]})
    with pytest.raises(ValueError, match="one number a case"):
        ordinary_least_squares(np.append(x, math.nan), {"x": np.append(x, 1.0)})
