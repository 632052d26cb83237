"""Rows of the validation targets that check the textbook functions: growth, accounting, input-output."""

import numpy as np
import pytest
from scipy import integrate
from tuiyan.equations import accounting, growth, input_output
from tuiyan.ledger import required_growth

from tests.targets import target

# The two-sector economy of rows C19, C21 and C22.
FLOWS = np.array([[150.0, 500.0], [200.0, 100.0]])
OUTPUT = np.array([1000.0, 2000.0])


def automated_economy(years: float, automation: float, substitution: float) -> tuple[float, float]:
    """Growth and capital share after some years, from the equations of motion alone: K = 1, half automated at first.

    Solow saving of .3 and depreciation of .05, in continuous time.
    """

    def factors(time: float, capital: float) -> tuple[float, float, float, float]:
        by_hand = 0.5 * float(np.exp(-automation * time))
        return capital / (1.0 - by_hand), 1.0 / by_hand, 1.0 - by_hand, substitution

    def motion(time: float, log_capital: np.ndarray) -> np.ndarray:
        capital = np.exp(log_capital)
        return np.asarray(0.3 * growth.ces(*factors(time, float(capital[0]))) / capital - 0.05)

    ends = np.array([years - 1.0, years])
    path = integrate.solve_ivp(motion, (0.0, years), [0.0], t_eval=ends, rtol=1e-10, atol=1e-12, method="LSODA")
    last = [factors(time, float(np.exp(log))) for time, log in zip(path.t, path.y[0], strict=True)]
    output = [float(growth.ces(*each)) for each in last]
    return float(np.log(output[1] / output[0])), float(growth.ces_capital_share(*last[1]))


def cobb_douglas_gdp(productivity: np.ndarray) -> float:
    """Log rise of real GDP of the two sectors under constant cost shares: unit costs solved at a fixed wage."""
    shares = FLOWS / OUTPUT
    price = np.ones(2)
    for _ in range(200):
        price = np.prod(price[:, None] ** shares, axis=0) / productivity
    final = OUTPUT - FLOWS.sum(axis=1)
    return float(-np.log(price) @ (final / final.sum()))


@target
def b07() -> None:
    before, after = growth.b_index(0.25, 1.50), growth.b_index(0.25, 1.75)
    assert [before, after] == pytest.approx([0.8333333, 0.75], abs=1e-6)
    assert np.log(after / before) == pytest.approx(-0.1053605, abs=1e-6)
    for elasticity, printed in {-0.21: 2.237, -1.0: 11.111, -1.14: 12.762, -2.0: 23.457}.items():
        response = float(growth.rd_response(elasticity, before, after))
        # The printed percent is coarser than the row's tolerance: the closed form is held to that tolerance.
        assert response == pytest.approx(0.9**elasticity - 1.0, abs=1e-6)
        assert round(100 * response, 3) == printed


@target
def c06() -> None:
    for gdp, tfp, share_change, identity in ((1.56, 0.66, 0.229, 1.702), (1.40, 0.53, 0.268, 1.474)):
        alone = float(accounting.gdp_response(tfp, 0.43))
        per_point = float(accounting.gdp_response(tfp, 0.43, 1.0)) - alone
        assert (gdp - alone) / per_point == pytest.approx(share_change, abs=0.002)
        assert accounting.gdp_response(tfp, 0.43, 0.31) == pytest.approx(identity, abs=0.002)


@target
def c07() -> None:
    assert accounting.bad_tasks(1.0, 19.0, 53.0) == pytest.approx(-0.3585, abs=5e-5)
    assert 100 * accounting.bad_tasks(0.02, 19.0, 53.0) == pytest.approx(-0.72, abs=0.005)


@target
def c10() -> None:
    expected = {0.5: 1.4285714, 0.999999: 1.7411007, 1.0: 1.7411011, 1.5: 1.8834718, 2.0: 1.96}
    for substitution, output in expected.items():
        assert growth.ces(4.0, 1.0, 0.4, substitution) == pytest.approx(output, abs=1e-6)
    assert growth.ces(4.0, 1.0, 0.4, 0.001) == pytest.approx(0.6 ** (1 / -999), abs=1e-6)
    assert round(float(growth.ces(4.0, 1.0, 0.4, 0.001)), 5) == 1.00051
    assert growth.ces(4.0, 1.0, 0.4, 1e6) == pytest.approx(2.2, abs=1e-5)
    for near in (1.0 - 1e-6, 1.0 + 1e-6, 1.0 - 1e-12, 1.0 + 1e-12, np.nextafter(1.0, 2.0), np.nextafter(1.0, 0.0)):
        assert abs(growth.ces(4.0, 1.0, 0.4, near) - 4.0**0.4) < 1e-6


@target
def c11() -> None:
    for substitution, share in {0.5: 0.1428571, 1.0: 0.4, 2.0: 0.5714286}.items():
        capital = growth.ces_capital_share(4.0, 1.0, 0.4, substitution)
        labour = growth.ces_capital_share(1.0, 4.0, 0.6, substitution)
        assert capital == pytest.approx(share, abs=1e-7)
        assert capital + labour == pytest.approx(1.0, abs=1e-7)


@target
def c13() -> None:
    break_even = 0.01 + 0.02 + 0.05
    assert growth.solow_steady_state(0.3, 1 / 3, break_even) == pytest.approx((7.2618438, 1.9364917, 3.75), rel=1e-6)
    speed = growth.convergence_speed(break_even, 1 / 3)
    assert speed == pytest.approx(0.0533333, rel=1e-6)
    assert growth.half_life(speed) == pytest.approx(12.99651, rel=1e-6)
    # Continuous time, the exact solution: a yearly recursion gives other numbers.
    capital = growth.solow_capital(1.0, np.array([5.0, 10.0]), 0.3, 1 / 3, break_even)
    assert capital == pytest.approx([2.1073306, 3.1233619], rel=1e-6)
    assert capital[1] ** (1 / 3) == pytest.approx(1.4617534, rel=1e-6)


@target
def c15() -> None:
    solow, human = growth.convergence_speed(0.06, 1 / 3), growth.convergence_speed(0.06, 1 / 3, 1 / 3)
    assert [solow, human] == pytest.approx([0.04, 0.02], abs=1e-4)
    assert [growth.half_life(solow), growth.half_life(human)] == pytest.approx([17.3287, 34.6574], abs=1e-4)


@target
def c17() -> None:
    limit = growth.automation_limit(0.01, 0.5, 0.3, 0.05)
    assert limit == pytest.approx((0.02, 4.285714, 0.233333), abs=1e-6)
    rate, share = automated_economy(600.0, 0.01, 0.5)
    assert rate == pytest.approx(0.02, abs=5e-5)
    assert share == pytest.approx(0.233333, abs=1e-3)
    # The row reports its own simulation too, whose start it does not name; and a limit comes closer with time.
    assert rate == pytest.approx(0.019993, abs=2e-6)
    assert share == pytest.approx(0.2327, abs=5e-5)
    later_rate, later_share = automated_economy(900.0, 0.01, 0.5)
    assert abs(later_rate - 0.02) < abs(rate - 0.02) / 10
    assert abs(later_share - 0.233333) < abs(share - 0.233333) / 10


@target
def c19() -> None:
    coefficients = input_output.technical_coefficients(FLOWS, OUTPUT)
    assert coefficients == pytest.approx(np.array([[0.15, 0.25], [0.2, 0.05]]), abs=1e-6)
    inverse = np.array([[1.2541254, 0.3300330], [0.2640264, 1.1221122]])
    assert input_output.leontief(FLOWS, OUTPUT) == pytest.approx(inverse, abs=1e-6)
    assert input_output.output_multipliers(FLOWS, OUTPUT) == pytest.approx([1.518152, 1.452145], abs=1e-6)
    assert input_output.final_demand(FLOWS, OUTPUT) == pytest.approx([350.0, 1700.0], abs=1e-6)
    added = input_output.value_added(FLOWS, OUTPUT)
    assert added == pytest.approx([650.0, 1400.0], abs=1e-6)
    assert added.sum() == pytest.approx(2050.0, abs=1e-6)


@target
def c21() -> None:
    weights = input_output.domar_weights(FLOWS, OUTPUT)
    assert weights == pytest.approx([0.4878049, 0.9756098], abs=1e-7)
    assert weights.sum() == pytest.approx(1.4634146, abs=1e-7)
    gross = np.array([0.01, 0.0])
    assert input_output.hulten(weights, gross) == pytest.approx(0.004878049, abs=1e-7)
    net = input_output.value_added_tfp(gross, FLOWS, OUTPUT)
    assert net == pytest.approx([0.01 / 0.65, 0.0], abs=1e-7)
    assert 100 * net[0] == pytest.approx(1.5385, abs=5e-5)
    assert input_output.hulten(np.array([650.0, 1400.0]) / 2050.0, net) == pytest.approx(0.004878049, abs=1e-7)


@target
def c22() -> None:
    weights = input_output.domar_weights(FLOWS, OUTPUT)
    assert input_output.hulten(weights, [np.log(1.1), 0.0]) == pytest.approx(0.0464928, abs=1e-7)
    for size in (1.1, 3.0):
        exact = cobb_douglas_gdp(np.array([size, 1.0]))
        assert input_output.hulten(weights, [np.log(size), 0.0]) == pytest.approx(exact, abs=1e-7)


@target
def c26() -> None:
    hong_kong = accounting.tfp_growth(0.073, 0.080, 0.032, 0.628)
    singapore = accounting.tfp_growth(0.087, 0.115, 0.057, 0.509)
    assert [hong_kong, singapore] == pytest.approx([0.0231, 0.0015], abs=5e-5)
    assert [hong_kong, singapore] == pytest.approx([0.023, 0.002], abs=5e-4)


@target
def c28() -> None:
    parts = accounting.solow_attribution(0.623, 1.275, 1.809)
    assert parts.without_technology == pytest.approx(0.7048, abs=5e-5)
    assert [100 * parts.capital, 100 * parts.technology] == pytest.approx([12.55, 87.45], abs=0.1)
    assert [100 * parts.capital, 100 * parts.technology] == pytest.approx([100 / 8, 700 / 8], abs=0.1)
    assert 100 * parts.technology_log == pytest.approx(82.8, abs=0.1)


@target
def c29() -> None:
    inputs = accounting.tornqvist(np.array([1.6, 1.1]), np.array([0.40, 0.60]), np.array([0.38, 0.62]))
    assert np.log(1.5) - inputs == pytest.approx(0.1640245, abs=1e-7)


@target
def c30() -> None:
    parts = accounting.shift_share(
        np.array([0.30, 0.70]), np.array([0.25, 0.75]), np.array([50.0, 20.0]), np.array([60.0, 23.0])
    )
    assert parts == pytest.approx((5.10, -1.50, -0.35, 3.25), abs=1e-9)


@target
def c33() -> None:
    points = np.array([0.008, 0.014])
    assert 100 * accounting.level_gain(points, 3) == pytest.approx([2.42, 4.26], abs=0.1)
    assert 100 * accounting.level_gain(points, 13) == pytest.approx([10.9, 19.8], abs=0.1)
    assert 100 * accounting.level_gain(0.015, 10) == pytest.approx(16.05, abs=0.1)
    built, immediate = (accounting.level_gain(0.016, 18, 0.063, years) for years in (18, 0))
    assert [100 * built, 100 * immediate] == pytest.approx([15.3, 30.9], abs=0.1)
    # A tenth of a point is the tolerance of a level; a yearly rate is held to the digits that are printed.
    assert 100 * accounting.log_rate(0.261, 13) == pytest.approx(1.78, abs=0.005)
    assert 100 * required_growth(1.0, 1.261, 13) == pytest.approx(1.80, abs=0.005)
    assert np.expm1(accounting.log_rate(0.261, 13)) == pytest.approx(required_growth(1.0, 1.261, 13), abs=1e-12)
