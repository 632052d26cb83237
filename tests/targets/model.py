"""Rows of the validation targets that check the equations of the model and the curves beside it."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import integrate
from tuiyan.equations import (
    adoption,
    balance,
    curve,
    discrete,
    firms,
    jcurve,
    pipeline,
    productivity,
    scale,
    stocks,
)

from tests.targets import target


def saving(easy: float, hard: float, share: float) -> float:
    return float(productivity.cost_saving(saving_easy=easy, saving_hard=hard, easy_share=share))


def tfp(change: float, exposure: float, labour: float, saved: float) -> float:
    return float(productivity.task_tfp(change, exposure, labour, saved, spillover=0.0))


def long_run(gain: float, capital_share: float) -> float:
    """Labour productivity when all capital has followed: nothing is pending."""
    pending = productivity.pending_step(np.zeros(1), np.array([gain]), convergence=1e3)
    return float(productivity.labour_productivity(np.array([gain]), pending, capital_share=capital_share)[0])


@target
def a15() -> None:
    size = np.array([21973, 96717, 16895, 15092, 55696])
    p = np.array([0.0181190, 0.0278770, 0.0103990, 0.0172060, 0.0286320])
    q = np.array([0.17110, 0.25105, 0.41861, 0.35688, 0.32791])
    time, _, rate = curve.bass_peak(p, q)
    assert time == pytest.approx([11.87, 7.88, 8.61, 8.11, 6.84], abs=0.01)
    assert size * rate == pytest.approx([1149.5, 7493.1, 1857.0, 1479.5, 5398.0], abs=0.1)


@target
def a17() -> None:
    shares = [
        0.0357582, 0.0850563, 0.1505001, 0.2331505, 0.3311986, 0.4392352, 0.5490097, 0.6517376, 0.7407271, 0.8128032,
    ]  # fmt: skip
    assert curve.bass_cumulative(np.arange(1.0, 11.0), 0.03, 0.38) == pytest.approx(shares, abs=1e-6)
    assert [float(value) for value in curve.bass_peak(0.03, 0.38)] == pytest.approx(
        [6.192619, 0.4605263, 0.1105921], abs=1e-6
    )


@target
def a18() -> None:
    def step(start: float, acceleration: float, years: float) -> float:
        law = {"innovation": 0.03, "imitation": 0.38, "ceiling": 1.0}
        return float(adoption.adoption_step(np.array([[start]]), acceleration, 1.0, years, **law)[0, 0])

    def slope(acceleration: float) -> Callable[[float, np.ndarray], np.ndarray]:
        return lambda _, share: (0.03 + 0.38 * share) * (1.0 - share) * acceleration

    assert step(0.0, 1.25, 5.0) == pytest.approx(0.4668719, abs=1e-6)
    assert step(step(0.0, 1.0, 3.0), 1.5, 3.0) == pytest.approx(0.6017471, abs=1e-6)
    assert curve.bass_cumulative(6.25, 0.03, 0.38) == pytest.approx(0.4668719, abs=1e-6)
    assert curve.bass_cumulative(7.5, 0.03, 0.38) == pytest.approx(0.6017471, abs=1e-6)
    integral = integrate.solve_ivp(slope(1.25), (0.0, 5.0), [0.0], rtol=1e-9, atol=1e-9)
    assert integral.y[0, -1] == pytest.approx(step(0.0, 1.25, 5.0), abs=1e-5)


@target
def a20() -> None:
    expected = {0.0: 0.3678794, 0.5: 0.4444444, 1.0: 0.5, 2.0: 0.5773503, 4.0: 0.6687403}
    for shape, share in expected.items():
        assert curve.richards_inflection(shape) == pytest.approx(share, abs=1e-7)
    assert curve.richards_inflection(1e-9) == pytest.approx(curve.richards_inflection(0.0), abs=1e-7)


@target
def a21() -> None:
    speeds = [curve.logistic_speed(years) for years in (10.0, 20.0, 30.0)]
    assert speeds == pytest.approx([0.4394449, 0.2197225, 0.1464816], abs=1e-7)


@target
def a22() -> None:
    log_scale = np.log(700.0)
    for expected in (1029.2892, 1389.7586, 1755.8867):
        log_scale = scale.gompertz_step(log_scale, np.log(4000.0), speed=0.25)
        assert np.exp(log_scale) == pytest.approx(expected, rel=1e-7)
    first = scale.gompertz_step(np.log(700.0), np.log(4000.0), speed=0.25) - np.log(700.0)
    # The row prints seven digits, which is coarser than its own tolerance: the closed form is held to that tolerance.
    assert first == pytest.approx(np.log(4000 / 700) * (1 - np.exp(-0.25)), rel=1e-7)
    assert round(float(first), 7) == 0.3855434


@target
def b01() -> None:
    law = {"initial": 300.0, "exit": 0.08, "entry": 0.2, "entry_elasticity": 0.0}
    count = np.array(300.0)
    for expected in (336.0, 369.12, 399.5904):
        count = firms.firm_step(count, 1.0, 1.0, **law)
        assert count == pytest.approx(expected, abs=1e-6)
    assert firms.firm_step(750.0, 1.0, 1.0, **law) == pytest.approx(750.0, abs=1e-6)
    half = firms.firm_step(700.0, 1.0, 1.0, 8.312950, **law)
    assert 750.0 - half == pytest.approx(25.0, abs=1e-5)


@target
def b02() -> None:
    law = {"initial": 300.0, "size_tail": 1.1, "size_minimum": 0.5}
    expected = firms.benchmark_expected(300.0, 1.0, np.array([10.0, 20.0]), **law)
    assert expected == pytest.approx([11.11702, 5.186272], abs=1e-5)


@target
def b03() -> None:
    # P(count >= goal) is the chance that the uniform number lies above the distribution function below the goal.
    around = 1.0 - 0.7860786 + np.array([-1e-6, 1e-6])
    assert (discrete.poisson_quantile(around, np.full(2, 66.0)) >= 60).tolist() == [False, True]
    around = 1.0 - 0.9500881 + np.array([-1e-6, 1e-6])
    accepted = pipeline.projects(around, 1.0, 1.0, projects_planned=125.0, projects_completion=0.85)
    assert (accepted >= 100).tolist() == [False, True]


@target
def b05() -> None:
    capital, growth = 100 / 0.45, float(np.log(1.2))
    stock, trend = np.array(capital), np.array(capital)
    for expected in (800 / 3, 320.0, 384.0, 460.8, 552.96):
        before = stock
        stock, trend = stocks.capital_step(stock, trend, 0.0, growth_capital=growth, depreciation_capital=0.25)
        assert stock == pytest.approx(expected, rel=1e-9)
        assert stock / before == pytest.approx(1.2, rel=1e-9)


@target
def b09() -> None:
    def desired(sharpness: float) -> float:
        return float(np.exp(balance.soft_minimum(np.log([1500.0]), np.log([1200.0]), sharpness=sharpness))[0])

    assert desired(4.0) == pytest.approx(1309.6787, rel=1e-7)
    assert desired(50.0) == pytest.approx(1216.7510, rel=1e-7)
    assert desired(1e9) == pytest.approx(1200.0, rel=1e-7)


@target
def c01() -> None:
    assert tfp(0.23, 0.20, 1.0, 0.144) == pytest.approx(0.006624, abs=5e-5)
    assert tfp(0.23, 0.20, 0.535, 0.27) == pytest.approx(0.0066447, abs=5e-8)
    # A year of the ten, from the figure as the paper rounds it.
    assert 100 * np.expm1(np.log1p(round(tfp(0.23, 0.20, 1.0, 0.144), 4)) / 10) == pytest.approx(0.0658, abs=5e-5)


@target
def c02() -> None:
    exact = tfp(0.23, 0.20, 0.535, saving(0.27, 0.07, 0.726))
    assert exact == pytest.approx(0.0052961, abs=5e-5)
    rounded = tfp(1.0, 0.033, 1.0, 0.144) + tfp(1.0, 0.013, 1.0, 0.037)
    assert rounded == pytest.approx(0.005233, abs=5e-5)


@target
def c03() -> None:
    assert 100 * long_run(0.0066, 0.43) == pytest.approx(1.158, abs=0.005)
    assert 100 * long_run(0.0053, 0.43) == pytest.approx(0.930, abs=0.005)


@target
def c04() -> None:
    assert 100 * tfp(0.23, 0.20, 1.0, 0.193) == pytest.approx(0.89, abs=0.01)
    assert 100 * tfp(0.30, 0.20, 1.0, 0.144) == pytest.approx(0.864, abs=0.01)


@target
def c05() -> None:
    assert tfp(0.23, 0.20, 0.57, 0.27) == pytest.approx(0.0070794, abs=5e-5)


@target
def c09() -> None:
    assert 100 * tfp(0.23, 0.185, 0.57, 0.27) / 10 == pytest.approx(0.0655, abs=0.005)
    assert 100 * tfp(0.80, 0.68, 0.57, 0.40) / 10 == pytest.approx(1.2403, abs=0.005)


@target
def c23() -> None:
    share, logs = np.array([[0.5], [0.5]]), np.array([[np.log(1.2)], [0.0]])
    first = productivity.city_tfp(logs, share, substitution=1.0)[0]
    second = productivity.city_tfp(logs, share, substitution=0.5)[0]
    assert first == pytest.approx(0.0911608, abs=1e-7)
    assert second == pytest.approx(0.0890832, abs=1e-7)
    exact = np.log(0.5 * 1.2**-0.5 + 0.5) / -0.5
    assert exact == pytest.approx(0.0890839, abs=1e-7)
    assert abs(second - exact) < abs(first - exact) / 1000


@target
def c31() -> None:
    # Measured shares .40 and .60 are the true .38 and .57 over what is left beside the intangible share of .05.
    inputs = 0.40 * 0.07 + 0.60 * 0.01
    wedge = jcurve.wedge_change(0.04, 0.30, 0.06, 0.05, 0.20, inputs)
    true = (1 - 0.04) * 0.06 + 0.04 * 0.30 - 0.38 * 0.07 - 0.57 * 0.01 - 0.05 * 0.20
    assert wedge == pytest.approx(-0.0013, abs=1e-9)
    assert true == pytest.approx(0.0273, abs=1e-9)
    assert jcurve.measured_tfp(np.array([true]), wedge)[0] == pytest.approx(0.06 - inputs, abs=1e-9)
    assert jcurve.measured_tfp(np.array([true]), wedge)[0] == pytest.approx(0.0260, abs=1e-9)


@target
def c34() -> None:
    def yearly(exposure: float, change: float) -> float:
        labour = productivity.labour_share(np.array([[0.5]]), labour_share_shift=0.0, labour_share_switch=0.0)[0, 0]
        return 100 * tfp(change, exposure, float(labour), 0.30) / 10

    assert [yearly(0.35, 0.23), yearly(0.35, 0.40), yearly(0.50, 0.40)] == pytest.approx([0.2415, 0.42, 0.60], abs=1e-9)
    assert yearly(0.35, 0.23) == pytest.approx(0.25, abs=0.02)
    assert yearly(0.50, 0.40) == pytest.approx(0.60, abs=0.02)


@target
def e01() -> None:
    share = np.array([[0.27], [0.18], [0.55]])
    exposure, labour = np.array([[0.20], [0.40], [0.15]]), np.array([[0.45], [0.40], [0.55]])
    sectors = productivity.task_tfp(np.array([[0.12], [0.18], [0.06]]), exposure, labour, 0.27, spillover=0.0)
    assert 100 * sectors[:, 0] == pytest.approx([0.29160, 0.77760, 0.13365], abs=1e-6)
    city = float(productivity.city_tfp(sectors, share, substitution=1.0)[0])
    assert 100 * city == pytest.approx(0.292208, abs=1e-6)
    assert 100 * long_run(city, 0.45) == pytest.approx(0.531286, abs=1e-6)
