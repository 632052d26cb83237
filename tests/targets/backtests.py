"""Rows of the validation targets that check forecasts against what came: the panel of analogues, calibration."""

import numpy as np
import pytest
from scipy import stats
from tuiyan.evidence.panel import backtest_analogues, point_errors
from tuiyan.evidence.scores import pit
from tuiyan.evidence.skill import calibration

from tests.conftest import ROOT
from tests.targets import target

FED_THE_PRIOR = ("room_air_conditioners", "clothes_dryers")


@target
def a29() -> None:
    # Of the row, not the Bass curve without a prior: what that is worth on four points, row A28 says.
    points = {row.method: row.median for row in point_errors(origins=[4], leave_one_out=False, workspace=ROOT)}
    expected = {"bass": 0.33, "damped_trend": 0.51, "no_change": 0.67, "log_mean": 0.27}
    assert points == {method: pytest.approx(value, abs=0.03) for method, value in expected.items()}
    for leave_one_out in (False, True):
        found = backtest_analogues(
            ["default"], origins=[4], horizons=[3], leave_one_out=leave_one_out, workspace=ROOT
        ).frame()
        of_trend = found[found["method"] == "log_linear"]["absolute"]
        assert [of_trend.median(), of_trend.max()] == pytest.approx([1.43, 3.2], abs=0.03)
        ours = found[found["method"] == "default"].set_index("series")["absolute"]
        for errors in (ours, ours.drop(list(FED_THE_PRIOR))):
            assert errors.median() < 0.5
            assert errors.max() < 1.5


@target
def d30() -> None:
    generator = np.random.default_rng(0)
    observed = generator.standard_normal(1000)
    members = generator.standard_normal((1000, 500))
    right, narrow, high = (pit(observed, law) for law in (members, 0.5 * members, 0.5 + members))
    assert stats.kstest(right, "uniform").pvalue > 0.01
    cases = [str(case) for case in range(1000)]
    u_shaped, shifted = calibration(narrow, cases), calibration(high, cases)
    assert u_shaped.variance > 1 / 12
    assert u_shaped.histogram is not None
    assert min(u_shaped.histogram[0], u_shaped.histogram[-1]) > max(u_shaped.histogram[1:-1])
    assert shifted.mean < 0.5
    assert stats.kstest(narrow, "uniform").pvalue < 0.01
    assert stats.kstest(high, "uniform").pvalue < 0.01
