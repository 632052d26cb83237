"""Laws of the equations of productivity, intangibles, GDP lines and growth curves."""

import numpy as np
import pytest
from tuiyan.equations import curve, gdp, jcurve, productivity

DRAWS = np.random.default_rng(7)


def test_the_recursion_of_capital_deepening_is_the_double_sum() -> None:
    lam, capital_share = DRAWS.uniform(0.02, 0.2, 7), DRAWS.uniform(0.3, 0.6, 7)
    tfp = np.vstack([np.zeros(7), np.cumsum(DRAWS.uniform(-0.001, 0.004, (13, 7)), axis=0)])
    change = np.diff(tfp, axis=0)
    pending = np.zeros(7)
    for t in range(1, 14):
        pending = productivity.pending_step(pending, change[t - 1], convergence=lam)
        lp = productivity.labour_productivity(tfp[t], pending, capital_share=capital_share)
        deep = capital_share / (1 - capital_share)
        total = sum(change[y - 1] * (1 + deep * (1 - np.exp(-lam * (t - y + 0.5)))) for y in range(1, t + 1))
        assert lp == pytest.approx(total, rel=1e-12, abs=1e-15)


def test_the_second_order_term_vanishes_for_equal_sectors() -> None:
    share = np.array([[0.2], [0.3], [0.5]])
    same = np.full((3, 4), 0.01)
    assert productivity.city_tfp(same, share, substitution=0.5) == pytest.approx(0.01)
    apart = productivity.city_tfp(same * np.array([[1.0], [2.0], [3.0]]), share, substitution=0.5)
    assert (apart < 0.023).all()


def test_switch_and_shift_of_the_labour_share() -> None:
    share = np.array([[0.42], [0.94]])
    assert productivity.labour_share(share, labour_share_shift=0.03, labour_share_switch=1.0) == pytest.approx(
        np.array([[0.45], [0.95]])
    )
    assert (productivity.labour_share(share, labour_share_shift=0.03, labour_share_switch=0.0) == 1.0).all()


def test_intangibles_in_steady_growth_leave_a_constant_ratio() -> None:
    stock, investment = jcurve.intangible_start(growth_before=0.1, depreciation=0.25), 1.0
    later = jcurve.intangible_step(stock, np.exp(0.1), depreciation=0.25)
    assert later / stock == pytest.approx(np.exp(0.1), rel=1e-12)
    assert investment / stock == pytest.approx(np.exp(0.1) / later, rel=1e-12)


def test_intangible_growth_fades() -> None:
    rates = [float(jcurve.intangible_growth(float(t), growth=0.25, taper=0.15)) for t in range(1, 6)]
    assert rates[0] == 0.25
    assert np.diff(np.log(rates)) == pytest.approx(-0.15)
    shares = (
        jcurve.investment_share(2.0, 4.0, share=0.006),
        jcurve.rental_share(3.0, 2.0, share=0.01, depreciation=0.25, return_=0.08),
    )
    assert [float(value) for value in shares] == pytest.approx([0.003, 0.00495])


def test_gdp_lines_start_at_zero_and_overlap_is_part_of_own() -> None:
    scale_now = DRAWS.uniform(50, 300, (6, 20))
    ratio = gdp.value_added_ratio(
        np.array([[0.0], [0], [1], [0], [1], [1]]),
        np.array([[1.0], [1], [0], [0], [0], [0]]),
        np.array([[0.0], [0], [0], [1], [0], [0]]),
        value_added_ratio_electronics=0.17,
        value_added_ratio_machinery=0.20,
        value_added_ratio_software=0.47,
    )
    assert ratio[:, 0].tolist() == [0.20, 0.20, 0.17, 0.47, 0.17, 0.17]
    assert not gdp.own_value_added(scale_now, scale_now, ratio, 30000.0).any()
    own = gdp.own_value_added(2 * scale_now, scale_now, ratio, 30000.0)
    assert own == pytest.approx((ratio * scale_now).sum(axis=0) / 30000.0)
    assert gdp.overlap(own, local_sales_share=0.5) == pytest.approx(own / 2)
    assert gdp.users_gain(np.array([0.0, np.log(1.01)])) == pytest.approx([0.0, 0.01])
    assert gdp.nominal_gdp(27466.15, 0.0) == pytest.approx(27466.15)
    assert gdp.consolidated_scale(own, elimination=0.1) == pytest.approx(0.9 * own)


def test_curves_without_shocks_keep_their_own_laws() -> None:
    base, calm = np.log([600.0]), np.zeros((13, 1))
    damped = curve.trend(base, 14, calm, growth=0.22, damping=0.85, shock=0.12)[:, 0]
    assert damped[-1] - damped[0] == pytest.approx(0.22 * (1 - 0.85**13) / (1 - 0.85))
    slow = curve.gompertz(base, 14, calm, gap=1.609, speed=0.16, shock=0.12)[:, 0]
    gap = slow[0] + 1.609 - slow
    assert np.diff(np.log(gap)) == pytest.approx(-0.16)
    assert (curve.no_change(base, 14, calm, shock=0.12) == base).all()
    sales = curve.bass(base, 14, calm, innovation=0.0135, imitation=0.306, age=4.0, shock=0.12)[:, 0]
    grown = curve.bass_cumulative(np.arange(3.0, 18.0), 0.0135, 0.306)
    assert np.exp(sales - sales[0]) == pytest.approx(np.diff(grown) / np.diff(grown)[0], rel=1e-12)


def test_shocks_accumulate_where_the_law_says_so() -> None:
    base, shocks = np.zeros(1), np.array([[1.0], [0.0], [0.0]])
    assert curve.trend(base, 4, shocks, growth=0.0, damping=0.85, shock=0.1)[:, 0].tolist() == [0, 0.1, 0.1, 0.1]
    assert curve.no_change(base, 4, shocks, shock=0.1)[:, 0].tolist() == [0, 0.1, 0.1, 0.1]
    assert curve.gompertz(base, 4, shocks, gap=0.0, speed=0.2, shock=0.1)[:, 0].tolist() == [0, 0.1, 0, 0]


@pytest.mark.parametrize("p_and_q", [(0.4, 0.3), (0.0, 0.3), (0.3, 0.3)])
def test_a_peak_that_does_not_exist_is_refused(p_and_q: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="imitation"):
        curve.bass_peak(*p_and_q)


def test_shapes_and_spans_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="Richards"):
        curve.richards_inflection(-0.1)
    with pytest.raises(ValueError, match="above 0"):
        curve.logistic_speed(0.0)
