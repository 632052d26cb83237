"""Laws of the textbook functions: growth, accounting, input-output. They hold for any input in range."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate
from tuiyan.equations import accounting, growth, input_output
from tuiyan.equations.arrays import Array

laws = settings(deadline=None, max_examples=60, derandomize=True)

FACTOR = st.floats(0.01, 100.0)
SHARE = st.floats(0.05, 0.95)
SUBSTITUTION = st.floats(0.02, 50.0)
SECTORS = st.integers(1, 6)
SEED = st.integers(0, 10_000)


def shares(numbers: np.random.Generator, sectors: int) -> Array:
    return numbers.dirichlet(np.ones(sectors))


def economy(sectors: int, seed: int) -> tuple[Array, Array]:
    """A random table in which every sector has value added."""
    numbers = np.random.default_rng(seed)
    output = numbers.uniform(50.0, 500.0, sectors)
    coefficients = numbers.uniform(0.0, 1.0, (sectors, sectors))
    coefficients *= numbers.uniform(0.1, 0.9, sectors) / coefficients.sum(axis=0)
    return coefficients * output, output


# --- production


@laws
@given(k=FACTOR, n=FACTOR, share=SHARE, s=SUBSTITUTION, factor=FACTOR)
def test_ces_has_constant_returns_and_no_preferred_factor(
    k: float, n: float, share: float, s: float, factor: float
) -> None:
    output = growth.ces(k, n, share, s)
    assert growth.ces(factor * k, factor * n, share, s) == pytest.approx(factor * output, rel=1e-9)
    assert growth.ces(n, k, 1.0 - share, s) == pytest.approx(output, rel=1e-9)


@laws
@given(k=FACTOR, n=FACTOR, share=SHARE, s=SUBSTITUTION, more=st.floats(1.0, 10.0))
def test_ces_lies_between_leontief_and_linear_and_rises_with_substitution(
    k: float, n: float, share: float, s: float, more: float
) -> None:
    path = [float(growth.ces(k, n, share, each)) for each in (0.0, s, more * s, np.inf)]
    assert path[0] == min(k, n)
    assert path[3] == pytest.approx(share * k + (1.0 - share) * n, rel=1e-12)
    assert (np.diff(path) >= -1e-12 * max(k, n)).all()


@laws
@given(k=FACTOR, n=FACTOR, share=SHARE, exponent=st.floats(1.0, 16.0), side=st.sampled_from([-1.0, 1.0]))
def test_ces_runs_into_cobb_douglas_from_both_sides(
    k: float, n: float, share: float, exponent: float, side: float
) -> None:
    distance = 10.0**-exponent
    cobb_douglas = k**share * n ** (1.0 - share)
    assert growth.ces(k, n, share, 1.0) == pytest.approx(cobb_douglas, rel=1e-12)
    # To first order the gap of the logs is r a (1 - a) ln(K/L)^2 / 2.
    bound = 1.3 * distance * 0.125 * np.log(k / n) ** 2 + 1e-12
    assert abs(np.log(growth.ces(k, n, share, 1.0 + side * distance) / cobb_douglas)) <= bound


@pytest.mark.parametrize("substitution", [1e-9, 1e-4, 1e4, 1e9])
@pytest.mark.parametrize("ratio", [1e-6, 1.0, 1e6])
def test_ces_does_not_overflow_far_from_one(substitution: float, ratio: float) -> None:
    output = float(growth.ces(ratio, 1.0, 0.4, substitution))
    limit = min(ratio, 1.0) if substitution < 1 else 0.4 * ratio + 0.6
    assert output == pytest.approx(limit, rel=1e-2)


@laws
@given(k=FACTOR, n=FACTOR, share=SHARE, s=st.floats(0.2, 5.0))
def test_factor_shares_are_marginal_products_and_exhaust_output(k: float, n: float, share: float, s: float) -> None:
    step = 1e-5

    def log_slope(more_capital: float, more_labour: float) -> float:
        up = growth.ces(k * np.exp(more_capital), n * np.exp(more_labour), share, s)
        down = growth.ces(k * np.exp(-more_capital), n * np.exp(-more_labour), share, s)
        return float(np.log(up / down)) / (2 * step)

    capital = growth.ces_capital_share(k, n, share, s)
    assert log_slope(step, 0.0) == pytest.approx(capital, abs=1e-6)
    assert log_slope(step, 0.0) + log_slope(0.0, step) == pytest.approx(1.0, abs=1e-6)
    assert capital + growth.ces_capital_share(n, k, 1.0 - share, s) == pytest.approx(1.0, abs=1e-12)


def test_ces_of_draws_is_the_ces_of_each_draw() -> None:
    substitution = np.array([0.0, 0.5, 1.0, 2.0, np.inf])
    together = growth.ces(4.0, 1.0, 0.4, substitution)
    assert together.tolist() == [float(growth.ces(4.0, 1.0, 0.4, each)) for each in substitution]


# --- growth


@laws
@given(start=st.floats(0.1, 50.0), saving=SHARE, alpha=st.floats(0.1, 0.8), break_even=st.floats(0.02, 0.2))
def test_solow_path_obeys_its_equation_of_motion(start: float, saving: float, alpha: float, break_even: float) -> None:
    def motion(_: float, capital: Array) -> Array:
        return np.asarray(saving * capital**alpha - break_even * capital)

    path = integrate.solve_ivp(motion, (0.0, 20.0), [start], rtol=1e-9, atol=1e-12)
    assert growth.solow_capital(start, 20.0, saving, alpha, break_even) == pytest.approx(path.y[0, -1], rel=1e-6)


@laws
@given(start=st.floats(0.1, 50.0), saving=SHARE, alpha=st.floats(0.1, 0.8), break_even=st.floats(0.02, 0.2))
def test_solow_path_halves_the_gap_of_capital_over_output_every_half_life(
    start: float, saving: float, alpha: float, break_even: float
) -> None:
    steady, output, ratio = growth.solow_steady_state(saving, alpha, break_even)
    assert saving * output == pytest.approx(break_even * steady, rel=1e-12)
    assert growth.solow_capital(steady, 30.0, saving, alpha, break_even) == pytest.approx(steady, rel=1e-9)
    half = growth.half_life(growth.convergence_speed(break_even, alpha))
    gaps = growth.solow_capital(start, half * np.arange(4), saving, alpha, break_even) ** (1.0 - alpha) - ratio
    assert gaps[1:] == pytest.approx(gaps[:-1] / 2, abs=1e-9 * (1.0 + start))


def test_human_capital_slows_convergence_and_none_of_it_is_solow() -> None:
    speeds = growth.convergence_speed(0.06, 0.3, np.array([0.0, 0.2, 0.4]))
    assert speeds[0] == growth.convergence_speed(0.06, 0.3)
    assert (np.diff(speeds) < 0).all()


@laws
@given(theta=st.floats(0.001, 0.05), sigma=st.floats(0.1, 0.8), depreciation=st.floats(0.01, 0.1))
def test_on_the_automation_path_capital_and_labour_income_grow_with_output(
    theta: float, sigma: float, depreciation: float
) -> None:
    saving = 2.0 * (theta / (1.0 - sigma) + depreciation)
    rate, ratio, share = growth.automation_limit(theta, sigma, saving, depreciation)
    assert saving / ratio - depreciation == pytest.approx(rate, rel=1e-9)
    # Where nearly all tasks are automated and capital is such that its share is the limit, the rest must follow.
    by_hand = 1e-7 * np.exp(-theta * np.array([0.0, 1.0]))
    automated = 1.0 - by_hand
    capital = automated / by_hand * (share / (1.0 - share) * by_hand / automated) ** (sigma / (sigma - 1.0))
    output = growth.ces(capital / automated, 1.0 / by_hand, automated, sigma)
    assert growth.ces_capital_share(capital / automated, 1.0 / by_hand, automated, sigma) == pytest.approx(float(share))
    assert capital / output == pytest.approx(float(ratio), rel=1e-5)
    assert np.diff(np.log(output)) == pytest.approx(float(rate), rel=1e-5)


def test_a_neutral_tax_leaves_the_cost_of_research_alone() -> None:
    assert growth.b_index(np.array([0.0, 0.15, 0.25]), 1.0) == pytest.approx(1.0)
    assert growth.b_index(0.0, 1.75) == 1.0
    assert (np.diff(growth.b_index(0.25, np.array([1.0, 1.5, 1.75, 2.0]))) < 0).all()


@laws
@given(before=st.floats(0.1, 10.0), after=st.floats(0.1, 10.0), elasticity=st.floats(-3.0, 0.0))
def test_research_answers_its_cost_and_forgets_a_round_trip(before: float, after: float, elasticity: float) -> None:
    there, back = growth.rd_response(elasticity, before, after), growth.rd_response(elasticity, after, before)
    assert (1.0 + there) * (1.0 + back) == pytest.approx(1.0, rel=1e-8)
    assert np.log1p(there) == pytest.approx(elasticity * np.log(after / before), abs=1e-9)
    # At an elasticity of -1 what is spent, volume times cost, stays.
    assert (1.0 + growth.rd_response(-1.0, before, after)) * after == pytest.approx(before, rel=1e-9)


# --- accounting


@laws
@given(sectors=SECTORS, seed=SEED)
def test_shift_share_parts_sum_to_the_total_and_turn_with_time(sectors: int, seed: int) -> None:
    numbers = np.random.default_rng(seed)
    share = shares(numbers, sectors), shares(numbers, sectors)
    productivity = numbers.uniform(1.0, 100.0, (2, sectors))
    parts = accounting.shift_share(*share, *productivity)
    assert parts.within + parts.between + parts.interaction == pytest.approx(parts.total, abs=1e-9)
    assert parts.total == pytest.approx(share[1] @ productivity[1] - share[0] @ productivity[0], abs=1e-9)
    back = accounting.shift_share(*share[::-1], *productivity[::-1])
    assert back.total == pytest.approx(-parts.total, abs=1e-9)
    assert back.interaction == pytest.approx(parts.interaction, abs=1e-9)


def test_shift_share_without_movers_is_all_within_and_without_progress_all_between() -> None:
    still, moved = np.array([0.3, 0.7]), np.array([0.6, 0.4])
    old, new = np.array([50.0, 20.0]), np.array([60.0, 23.0])
    assert accounting.shift_share(still, still, old, new) == pytest.approx((5.1, 0.0, 0.0, 5.1))
    assert accounting.shift_share(still, moved, old, old) == pytest.approx((0.0, 9.0, 0.0, 9.0))


@laws
@given(share=SHARE, k=st.floats(-0.1, 0.2), n=st.floats(-0.1, 0.2), tfp=st.floats(-0.05, 0.1))
def test_growth_accounting_returns_the_productivity_of_a_cobb_douglas_economy(
    share: float, k: float, n: float, tfp: float
) -> None:
    output = tfp + (1.0 - share) * k + share * n
    assert accounting.tfp_growth(output, k, n, share) == pytest.approx(tfp, abs=1e-12)
    weights = np.array([1.0 - share, share])
    index = accounting.tornqvist(np.exp([k, n]), weights, weights)
    assert output - index == pytest.approx(tfp, abs=1e-12)


@laws
@given(items=SECTORS, seed=SEED)
def test_tornqvist_index_turns_with_time_and_lies_between_its_items(items: int, seed: int) -> None:
    numbers = np.random.default_rng(seed)
    ratio, before, after = numbers.uniform(0.3, 3.0, items), shares(numbers, items), shares(numbers, items)
    index = accounting.tornqvist(ratio, before, after)
    assert accounting.tornqvist(1.0 / ratio, after, before) == pytest.approx(-index, abs=1e-12)
    assert np.log(ratio.min()) - 1e-12 <= index <= np.log(ratio.max()) + 1e-12


@laws
@given(start=FACTOR, technology=st.floats(0.2, 5.0), deepening=st.floats(0.2, 5.0))
def test_attribution_sums_to_one_and_gives_each_source_its_own(
    start: float, technology: float, deepening: float
) -> None:
    assume(abs(np.log(technology * deepening)) > 0.01)
    parts = accounting.solow_attribution(start, start * technology * deepening, technology)
    assert parts.capital + parts.technology == pytest.approx(1.0)
    assert parts.without_technology == pytest.approx(start * deepening)
    other = accounting.solow_attribution(start, start * technology * deepening, deepening)
    assert parts.technology_log + other.technology_log == pytest.approx(1.0)


@laws
@given(tfp=st.floats(-1.0, 5.0), share=SHARE, change=st.floats(-1.0, 1.0))
def test_gdp_response_solves_its_two_equations(tfp: float, share: float, change: float) -> None:
    gdp = float(accounting.gdp_response(tfp, share, change))
    capital = gdp + change / share
    assert tfp + share * capital == pytest.approx(gdp, abs=1e-9)


@laws
@given(rise=st.floats(-0.05, 0.1), years=st.integers(1, 40), growth_rate=st.floats(-0.02, 0.1), wait=st.integers(0, 40))
def test_a_rise_that_builds_up_ends_between_nothing_and_the_whole(
    rise: float, years: int, growth_rate: float, wait: int
) -> None:
    whole = float(accounting.level_gain(rise, years, growth_rate))
    assert 1.0 + whole == pytest.approx(((1.0 + growth_rate + rise) / (1.0 + growth_rate)) ** years, rel=1e-9)
    built = float(accounting.level_gain(rise, years, growth_rate, wait))
    assert abs(built) <= abs(whole) + 1e-12
    assert built * whole >= 0
    assert accounting.level_gain(rise, years, growth_rate, 1) == pytest.approx(whole, abs=1e-12)


@laws
@given(rise=st.floats(-0.05, 0.2), years=st.integers(1, 40))
def test_a_level_goes_back_to_the_rate_it_came_from(rise: float, years: int) -> None:
    rate = accounting.log_rate(accounting.level_gain(rise, years), years)
    assert np.expm1(rate) == pytest.approx(rise, abs=1e-12)


# --- input-output


@laws
@given(sectors=SECTORS, seed=SEED)
def test_leontief_turns_final_demand_into_output(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    inverse = input_output.leontief(flows, output)
    assert inverse @ input_output.final_demand(flows, output) == pytest.approx(output, rel=1e-9)
    # Round by round: what is asked for, its inputs, the inputs of those ...
    coefficients = input_output.technical_coefficients(flows, output)
    rounds = sum(np.linalg.matrix_power(coefficients, turn) for turn in range(400))
    assert rounds == pytest.approx(inverse, rel=1e-9)
    assert (input_output.output_multipliers(flows, output) >= 1.0).all()
    assert input_output.output_multipliers(flows, output) == pytest.approx(np.ones(sectors) @ inverse)


@laws
@given(sectors=SECTORS, seed=SEED)
def test_value_added_of_one_unit_of_final_demand_is_one(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    added = input_output.value_added(flows, output)
    assert added.sum() == pytest.approx(input_output.final_demand(flows, output).sum())
    assert (added / output) @ input_output.leontief(flows, output) == pytest.approx(np.ones(sectors))


@laws
@given(sectors=SECTORS, seed=SEED)
def test_domar_weights_exceed_one_and_give_what_value_added_gives(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    weights, added = input_output.domar_weights(flows, output), input_output.value_added(flows, output)
    assert weights.sum() > 1.0
    assert input_output.domar_weights(np.zeros_like(flows), output).sum() == pytest.approx(1.0)
    tfp = np.random.default_rng(seed).uniform(-0.02, 0.05, sectors)
    net = input_output.value_added_tfp(tfp, flows, output)
    assert input_output.hulten(added / added.sum(), net) == pytest.approx(
        float(input_output.hulten(weights, tfp)), abs=1e-12
    )
    draws = np.stack([tfp, 2.0 * tfp], axis=1)
    assert input_output.hulten(weights, draws) == pytest.approx(input_output.hulten(weights, tfp) * [1.0, 2.0])


# --- refusals

FLOWS, OUTPUT = [[150.0, 500.0], [200.0, 100.0]], [1000.0, 2000.0]
HALF = np.array([0.5, 0.5])
REFUSED: list[tuple[str, Callable[[], object]]] = [
    ("capital is 0.0", lambda: growth.ces(0.0, 1.0, 0.4, 1.0)),
    ("share is 1.0", lambda: growth.ces(1.0, 1.0, 1.0, 1.0)),
    ("elasticity of substitution is -0.5", lambda: growth.ces(1.0, 1.0, 0.4, -0.5)),
    ("elasticity of substitution is nan", lambda: growth.ces(1.0, 1.0, 0.4, float("nan"))),
    ("substitution is 0.0", lambda: growth.ces_capital_share(1.0, 1.0, 0.4, 0.0)),
    ("saving is 30", lambda: growth.solow_steady_state(30.0, 0.3, 0.08)),
    ("break even is 0.0", lambda: growth.solow_capital(1.0, 1.0, 0.3, 0.3, 0.0)),
    ("time is -5", lambda: growth.solow_capital(1.0, -5.0, 0.3, 0.3, 0.08)),
    ("share of all capital is 1.2", lambda: growth.convergence_speed(0.06, 0.6, 0.6)),
    ("human capital is -0.1", lambda: growth.convergence_speed(0.06, 0.6, -0.1)),
    ("speed is 0.0", lambda: growth.half_life(0.0)),
    ("must exceed 0.07", lambda: growth.automation_limit(0.01, 0.5, 0.06, 0.05)),
    ("substitution is 1.0", lambda: growth.automation_limit(0.01, 1.0, 0.3, 0.05)),
    ("tax rate is 25", lambda: growth.b_index(25.0, 1.75)),
    ("allowance is -1", lambda: growth.b_index(0.25, -1.0)),
    ("mind the sign", lambda: growth.rd_response(0.5, 1.0, 0.9)),
    ("after is -0.1", lambda: growth.rd_response(-0.5, 1.0, -0.1)),
    ("labour share is 62.8", lambda: accounting.tfp_growth(0.07, 0.08, 0.03, 62.8)),
    ("sum to 0.9", lambda: accounting.tornqvist(np.ones(2), HALF, np.array([0.5, 0.4]))),
    ("must be above 0", lambda: accounting.tornqvist(np.array([1.0, 0.0]), HALF, HALF)),
    ("same items", lambda: accounting.tornqvist(np.ones((2, 2)), HALF, HALF)),
    ("technology is 0.0", lambda: accounting.solow_attribution(1.0, 2.0, 0.0)),
    ("no change to attribute", lambda: accounting.solow_attribution(1.0, 1.0, 1.5)),
    ("same sectors", lambda: accounting.shift_share(HALF, HALF, np.ones(3), np.ones(2))),
    ("sum to 1.5", lambda: accounting.shift_share(HALF, HALF + 0.25, np.ones(2), np.ones(2))),
    ("capital share is 43", lambda: accounting.gdp_response(0.66, 43.0)),
    ("revenue from a user is 0", lambda: accounting.bad_tasks(0.02, 19.0, 0.0)),
    ("revenue share is -0.02", lambda: accounting.bad_tasks(-0.02, 19.0, 53.0)),
    ("build-up", lambda: accounting.level_gain(0.01, 10, 0.0, -1)),
    ("leave nothing", lambda: accounting.level_gain(-1.2, 10)),
    ("gain is -1", lambda: accounting.log_rate(-1.0, 10)),
    ("years is 0", lambda: accounting.log_rate(0.2, 0)),
    ("no solution", lambda: input_output.leontief([[100.0, 0.0], [0.0, 10.0]], [100.0, 100.0])),
    ("no solution", lambda: input_output.leontief([[0.0, 200.0], [200.0, 0.0]], [100.0, 100.0])),
    ("must be above 0", lambda: input_output.leontief(FLOWS, [1000.0, -2000.0])),
    ("must be above 0", lambda: input_output.final_demand(FLOWS, [1000.0, 0.0])),
    ("and numbers", lambda: input_output.leontief([[float("nan"), 1.0], [1.0, 1.0]], OUTPUT)),
    ("0 or above", lambda: input_output.value_added([[-1.0, 1.0], [1.0, 1.0]], OUTPUT)),
    ("do not fit output", lambda: input_output.leontief([[150.0, 500.0]], OUTPUT)),
    ("do not fit output", lambda: input_output.leontief(FLOWS, [1000.0, 2000.0, 10.0])),
    ("do not fit output", lambda: input_output.technical_coefficients([[]], [])),
    ("GDP", lambda: input_output.domar_weights([[10.0, 10.0], [10.0, 10.0]], [10.0, 10.0])),
    ("do not fit productivity", lambda: input_output.hulten([0.5, 1.0], [0.01])),
    ("does not fit 2 sectors", lambda: input_output.value_added_tfp([0.01], FLOWS, OUTPUT)),
    (
        "value added of a sector",
        lambda: input_output.value_added_tfp([0.0, 0.0], [[9.0, 0.0], [9.0, 0.0]], [9.0, 20.0]),
    ),
]


@pytest.mark.parametrize(("sentence", "call"), REFUSED)
def test_what_cannot_be_is_refused_in_a_sentence(sentence: str, call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
