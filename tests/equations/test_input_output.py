"""Laws of prices, second order, regionalisation and leakage in an input-output table, for any table in range."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from tuiyan.equations import input_output, prices, productivity, regional
from tuiyan.equations.arrays import Array

laws = settings(deadline=None, max_examples=60, derandomize=True)

SECTORS = st.integers(1, 6)
SEED = st.integers(0, 10_000)
ELASTICITY = st.floats(0.05, 4.0)
SIZE = st.floats(0.001, 1.0)
DELTA = st.floats(0.0, 0.95)

# The two-sector economy of Miller and Blair (2009), chapter 2.
FLOWS, OUTPUT = np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0])


def economy(sectors: int, seed: int) -> tuple[Array, Array]:
    """A random table in which every sector has value added and final demand."""
    numbers = np.random.default_rng(seed)
    coefficients = numbers.uniform(0.0, 1.0, (sectors, sectors))
    coefficients *= numbers.uniform(0.1, 0.9, sectors) / coefficients.sum(axis=0)
    output = np.asarray(np.linalg.solve(np.eye(sectors) - coefficients, numbers.uniform(1.0, 100.0, sectors)), float)
    return coefficients * output, output


def sizes(sectors: int, seed: int) -> tuple[Array, Array]:
    """Sectors of a region and of its nation."""
    numbers = np.random.default_rng(seed + 1)
    nation = numbers.uniform(10.0, 1000.0, sectors)
    return nation * numbers.uniform(0.001, 0.2, sectors), nation


def exact_gain(flows: Array, output: Array, tfp: Array, final: float, inputs: float) -> float:
    """Log rise of real GDP in the nested CES economy: unit costs solved at a wage of 1, no series expansion."""
    share = flows / output
    labour, asked = 1.0 - share.sum(axis=0), output - flows.sum(axis=1)

    def index(weights: Array, price: Array, rest: float, elasticity: float) -> float:
        if abs(elasticity - 1.0) < 1e-12:
            return float(np.exp(weights @ np.log(price)))
        power = 1.0 - elasticity
        return float((weights @ price**power + rest) ** (1.0 / power))

    def gap(log_price: Array) -> Array:
        price = np.exp(log_price)
        cost = [index(share[:, j], price, labour[j], inputs) for j in range(len(output))]
        return np.asarray(np.log(cost) - tfp - log_price)

    price = np.exp(optimize.root(gap, np.zeros(len(output)), tol=1e-14).x)
    return -float(np.log(index(asked / asked.sum(), price, 0.0, final)))


# --- the inverse


@laws
@given(sectors=SECTORS, seed=SEED)
def test_the_inverse_times_what_it_inverts_is_one_on_both_sides(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    needed = np.eye(sectors) - input_output.technical_coefficients(flows, output)
    inverse = input_output.leontief_inverse(flows / output)
    assert inverse @ needed == pytest.approx(np.eye(sectors), abs=1e-9)
    assert needed @ inverse == pytest.approx(np.eye(sectors), abs=1e-9)
    assert (np.diag(inverse) >= 1.0).all()


# --- prices


@laws
@given(sectors=SECTORS, seed=SEED)
def test_prices_are_one_in_the_year_of_the_table(sectors: int, seed: int) -> None:
    assert prices.unit_prices(*economy(sectors, seed)) == pytest.approx(np.ones(sectors), abs=1e-9)


@laws
@given(sectors=SECTORS, seed=SEED)
def test_prices_and_quantities_give_the_same_gdp(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    numbers = np.random.default_rng(seed)
    cost, saving = numbers.uniform(-0.3, 0.3, sectors), numbers.uniform(0.0, 0.3, sectors)
    price = prices.unit_prices(flows, output, primary_cost=cost, input_productivity=saving)
    asked = input_output.final_demand(flows, output)
    made = input_output.leontief_inverse(flows / output * np.exp(-saving)) @ asked
    paid = prices.value_added_shares(flows, output) * np.exp(cost)
    assert price @ asked == pytest.approx(paid @ made, rel=1e-9)
    # Each price is what its own inputs and its primary cost come to.
    assert price @ (flows / output * np.exp(-saving)) + paid == pytest.approx(price, rel=1e-9)


@laws
@given(sectors=SECTORS, seed=SEED, rise=st.floats(-0.5, 0.5))
def test_a_general_rise_of_costs_raises_all_prices_alike(sectors: int, seed: int, rise: float) -> None:
    price = prices.unit_prices(*economy(sectors, seed), primary_cost=rise)
    assert price == pytest.approx(np.full(sectors, np.exp(rise)), rel=1e-9)


@laws
@given(sectors=SECTORS, seed=SEED)
def test_no_price_moves_more_than_the_costs_that_moved_most(sectors: int, seed: int) -> None:
    cost = np.random.default_rng(seed).uniform(-0.3, 0.3, sectors)
    price = np.log(prices.unit_prices(*economy(sectors, seed), primary_cost=cost))
    assert cost.min() - 1e-12 <= price.min() <= price.max() <= cost.max() + 1e-12


@laws
@given(sectors=SECTORS, seed=SEED)
def test_the_fall_of_the_price_of_gdp_is_what_hulten_says(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    tfp = np.random.default_rng(seed).uniform(0.0, 1.0, sectors)
    asked, step = input_output.final_demand(flows, output), 1e-5

    def level(scale: float) -> float:
        price = prices.unit_prices(flows, output, primary_cost=-scale * tfp, input_productivity=scale * tfp)
        return float(np.log(price @ asked))

    gain = input_output.hulten(input_output.domar_weights(flows, output), tfp)
    assert (level(-step) - level(step)) / (2 * step) == pytest.approx(float(gain), rel=1e-6)


# --- second order


@laws
@given(sectors=SECTORS, seed=SEED, final=ELASTICITY, inputs=ELASTICITY)
def test_what_two_orders_leave_is_of_third_order(sectors: int, seed: int, final: float, inputs: float) -> None:
    flows, output = economy(sectors, seed)
    tfp = np.random.default_rng(seed).uniform(-0.02, 0.02, sectors)
    weights = input_output.domar_weights(flows, output)

    def left(scale: float) -> float:
        second = prices.hulten_second_order(
            flows, output, scale * tfp, final_substitution=final, input_substitution=inputs
        )
        return exact_gain(flows, output, scale * tfp, final, inputs) - float(
            input_output.hulten(weights, scale * tfp) + second
        )

    # Three orders: ten times smaller shocks leave a thousandth, down to the rounding of the solution.
    whole = left(1.0)
    assert abs(left(0.1)) <= 2e-3 * abs(whole) + 1e-11
    assert abs(whole) <= 20 * float(np.abs(weights @ np.abs(tfp))) ** 3 * max(1.0, final, inputs) ** 2 + 1e-11


@laws
@given(sectors=SECTORS, seed=SEED, substitution=ELASTICITY)
def test_without_flows_the_second_order_is_that_of_equation_11(sectors: int, seed: int, substitution: float) -> None:
    numbers = np.random.default_rng(seed)
    output, tfp = numbers.uniform(1.0, 9.0, sectors), numbers.uniform(-0.2, 0.4, (sectors, 5))
    share = output / output.sum()
    none = np.zeros((sectors, sectors))
    second = prices.hulten_second_order(none, output, tfp, final_substitution=substitution, input_substitution=0.3)
    city = productivity.city_tfp(tfp, share[:, None], substitution=substitution)
    assert input_output.hulten(share, tfp) + second == pytest.approx(city, abs=1e-12)


@laws
@given(sectors=SECTORS, seed=SEED, final=ELASTICITY, inputs=ELASTICITY)
def test_the_second_order_has_the_sign_of_substitution_and_forgets_that_of_the_shock(
    sectors: int, seed: int, final: float, inputs: float
) -> None:
    flows, output = economy(sectors, seed)
    tfp = np.random.default_rng(seed).uniform(-0.1, 0.1, sectors)

    def second(change: Array, one: float, other: float) -> float:
        return float(
            prices.hulten_second_order(flows, output, change, final_substitution=one, input_substitution=other)
        )

    assert second(tfp, 1.0, 1.0) == 0.0
    assert second(tfp, min(final, 1.0), min(inputs, 1.0)) <= 1e-15
    assert second(tfp, max(final, 1.0), max(inputs, 1.0)) >= -1e-15
    assert second(-2 * tfp, final, inputs) == pytest.approx(4 * second(tfp, final, inputs), rel=1e-9, abs=1e-15)


# --- a region


@laws
@given(sectors=SECTORS, seed=SEED, size=SIZE, delta=DELTA)
def test_no_regional_coefficient_is_above_the_national_one(sectors: int, seed: int, size: float, delta: float) -> None:
    flows, output = economy(sectors, seed)
    quotients = regional.location_quotients(*sizes(sectors, seed))
    national = input_output.technical_coefficients(flows, output)
    for local in (
        quotients,
        regional.cross_quotients(quotients),
        regional.flegg_quotients(quotients, size, delta=delta),
    ):
        found = regional.regional_coefficients(flows, output, local)
        assert (found >= 0).all()
        assert (found <= national).all()
        # Either all of an input is bought at home, or the share that the quotient says.
        share = np.broadcast_to(local if local.ndim == 2 else local[:, None], national.shape)
        assert found == pytest.approx(np.where(share >= 1, national, share * national), rel=1e-12)


@laws
@given(sectors=SECTORS, seed=SEED, factor=st.floats(0.01, 1.0))
def test_quotients_compare_structures_and_not_sizes(sectors: int, seed: int, factor: float) -> None:
    region, nation = sizes(sectors, seed)
    quotients = regional.location_quotients(region, nation)
    assert nation / nation.sum() @ quotients == pytest.approx(1.0)
    assert regional.location_quotients(factor * region, nation) == pytest.approx(quotients, rel=1e-9)
    assert regional.location_quotients(nation, nation) == pytest.approx(np.ones(sectors))
    cross = regional.cross_quotients(quotients)
    assert np.diag(cross) == pytest.approx(quotients)
    off = ~np.eye(sectors, dtype=bool)
    assert (cross * cross.T)[off] == pytest.approx(1.0)
    # Only who is large beside whom counts, so a size that multiplies all quotients drops out.
    assert regional.cross_quotients(3 * quotients)[off] == pytest.approx(cross[off])


@laws
@given(sectors=SECTORS, seed=SEED)
def test_a_region_that_is_the_nation_has_its_multipliers(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    _, nation = sizes(sectors, seed)
    quotients = regional.location_quotients(nation, nation)
    found = regional.multiplier_range(flows, output, quotients, 1.0)
    for part in found:
        assert part == pytest.approx(input_output.output_multipliers(flows, output), rel=1e-9)


@laws
@given(sectors=SECTORS, seed=SEED, size=SIZE, factor=st.floats(0.05, 1.0), delta=st.floats(0.01, 0.9))
def test_multipliers_fall_with_the_size_of_the_region_and_with_delta(
    sectors: int, seed: int, size: float, factor: float, delta: float
) -> None:
    flows, output = economy(sectors, seed)
    quotients = regional.location_quotients(*sizes(sectors, seed))

    def multipliers(share: float, exponent: float) -> Array:
        local = regional.flegg_quotients(quotients, share, delta=exponent)
        inverse = input_output.leontief_inverse(regional.regional_coefficients(flows, output, local))
        return np.asarray(inverse.sum(axis=0))

    here = multipliers(size, delta)
    assert (multipliers(size * factor, delta) <= here + 1e-12).all()
    assert (multipliers(size, delta * factor) >= here - 1e-12).all()
    assert (here >= 1.0).all()
    cross = regional.regional_coefficients(flows, output, regional.cross_quotients(quotients))
    assert multipliers(size, 0.0) == pytest.approx(input_output.leontief_inverse(cross).sum(axis=0))


@laws
@given(sectors=SECTORS, seed=SEED, size=SIZE)
def test_the_range_runs_from_the_nation_down(sectors: int, seed: int, size: float) -> None:
    flows, output = economy(sectors, seed)
    found = regional.multiplier_range(flows, output, regional.location_quotients(*sizes(sectors, seed)), size)
    assert (np.diff(np.array(found), axis=0) <= 1e-12).all()
    assert (found.low >= 1.0).all()


def test_quotients_of_flegg_by_hand() -> None:
    found = regional.flegg_quotients([0.5, 2.0], 0.1, delta=0.25)
    small = (np.log(1.1) / np.log(2)) ** 0.25
    assert found == pytest.approx(np.array([[0.5, 0.25], [4.0, 2.0]]) * small)
    assert regional.flegg_quotients([0.5, 2.0], 0.1) == pytest.approx(
        regional.flegg_quotients([0.5, 2.0], 0.1, delta=0.3)
    )


@laws
@given(sectors=SECTORS, seed=SEED)
def test_supply_shares_make_domestic_flows_of_flows_of_every_origin(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    numbers = np.random.default_rng(seed)
    share = numbers.uniform(0.2, 1.0, sectors)
    exports = numbers.uniform(0.0, 0.9, sectors) * output
    imports = (output - exports) * (1.0 / share - 1.0)
    found = regional.supply_shares(output, exports, imports)
    assert found == pytest.approx(share, rel=1e-9)
    domestic = regional.regional_coefficients(flows, output, found) * output
    assert domestic == pytest.approx(share[:, None] * flows, rel=1e-9)


# --- leakage


@laws
@given(sectors=SECTORS, seed=SEED)
def test_nothing_leaks_where_all_is_local_and_all_where_nothing_is(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    asked = np.random.default_rng(seed).uniform(0.0, 9.0, sectors) + 0.1
    none = regional.leakage(asked, flows, output, np.ones(sectors), bought=1.0)
    assert [float(part) for part in none] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    everything = regional.leakage(asked, flows, output, np.ones(sectors), bought=0.0)
    assert [float(part) for part in everything] == [1.0, 1.0, 1.0]


@laws
@given(sectors=SECTORS, seed=SEED)
def test_what_leaks_is_imported(sectors: int, seed: int) -> None:
    flows, output = economy(sectors, seed)
    numbers = np.random.default_rng(seed)
    local, bought = numbers.uniform(0.0, 1.5, (sectors, sectors)), numbers.uniform(0.0, 1.0, sectors)
    asked = numbers.uniform(0.1, 9.0, sectors)
    found = regional.leakage(asked, flows, output, local, bought=bought)
    at_home = regional.regional_coefficients(flows, output, local)
    made = input_output.leontief_inverse(at_home) @ (bought * asked)
    inputs = ((flows / output - at_home) @ made).sum()
    assert found.value_added == pytest.approx(((1.0 - bought) @ asked + inputs) / asked.sum(), rel=1e-9, abs=1e-12)
    assert found.demand == pytest.approx(1.0 - bought @ asked / asked.sum(), abs=1e-12)
    for part in found:
        assert -1e-12 <= part <= 1.0
    assert found.value_added >= found.demand - 1e-12


@laws
@given(sectors=SECTORS, seed=SEED, more=st.floats(0.0, 1.0))
def test_more_bought_at_home_leaks_less(sectors: int, seed: int, more: float) -> None:
    flows, output = economy(sectors, seed)
    numbers = np.random.default_rng(seed)
    local, bought = numbers.uniform(0.0, 1.0, (2, sectors))
    asked = numbers.uniform(0.1, 9.0, (sectors, 3))
    before = regional.leakage(asked, flows, output, local, bought=bought)
    after = regional.leakage(asked, flows, output, local + more * (1 - local), bought=bought + more * (1 - bought))
    for one, other in zip(before, after, strict=True):
        assert one.shape == (3,)
        assert (other <= one + 1e-12).all()
    alone = regional.leakage(asked[:, 1], flows, output, local, bought=bought)
    assert [float(part) for part in alone] == pytest.approx([float(part[1]) for part in before])


# --- refusals

REFUSED: list[tuple[str, Callable[[], object]]] = [
    ("are no square", lambda: input_output.leontief_inverse([[0.1, 0.2]])),
    ("coefficient is -0.1", lambda: input_output.leontief_inverse([[-0.1]])),
    ("no solution", lambda: input_output.leontief_inverse([[1.0]])),
    ("primary cost is", lambda: prices.unit_prices(FLOWS, OUTPUT, primary_cost=np.array([0.1, 0.2, 0.3]))),
    ("input productivity is nan", lambda: prices.unit_prices(FLOWS, OUTPUT, input_productivity=float("nan"))),
    ("no solution", lambda: prices.unit_prices(FLOWS, OUTPUT, input_productivity=-2.0)),
    (
        "does not fit 2 sectors",
        lambda: prices.hulten_second_order(FLOWS, OUTPUT, [0.1], final_substitution=1.0, input_substitution=1.0),
    ),
    (
        "must be 0 or above",
        lambda: prices.hulten_second_order(FLOWS, OUTPUT, [0.1, 0], final_substitution=-1.0, input_substitution=1.0),
    ),
    (
        "final demand of a sector is -300",
        lambda: prices.hulten_second_order(
            [[150, 1150], [200, 100]], OUTPUT, [0.1, 0], final_substitution=1.0, input_substitution=1.0
        ),
    ),
    (
        "value added of a sector is -100",
        lambda: prices.hulten_second_order(
            [[150, 0], [950, 100]], OUTPUT, [0.1, 0], final_substitution=1.0, input_substitution=1.0
        ),
    ),
    ("list one sector each", lambda: regional.supply_shares([1.0, 2.0], [0.0], [0.0])),
    ("0 or above", lambda: regional.supply_shares([1.0], [0.0], [-0.5])),
    ("re-exports", lambda: regional.supply_shares([1.0], [1.5], [1.0])),
    ("leave the sector out", lambda: regional.supply_shares([1.0], [1.0], [0.0])),
    ("does not fit a nation", lambda: regional.location_quotients([1.0], [1.0, 2.0])),
    ("above 0 in the nation", lambda: regional.location_quotients([1.0, 1.0], [0.0, 2.0])),
    ("above 0 in the nation", lambda: regional.location_quotients([0.0, 0.0], [1.0, 2.0])),
    ("what the region does not have", lambda: regional.cross_quotients([0.0, 1.0])),
    ("share of the region in the nation is 4.0", lambda: regional.flegg_quotients([1.0, 1.0], 4.0)),
    ("share of the region in the nation is 0.0", lambda: regional.flegg_quotients([1.0, 1.0], 0.0)),
    ("delta is 1.0", lambda: regional.flegg_quotients([1.0, 1.0], 0.1, delta=1.0)),
    ("fit neither 2 sectors", lambda: regional.regional_coefficients(FLOWS, OUTPUT, [0.5])),
    ("local share is -0.5", lambda: regional.regional_coefficients(FLOWS, OUTPUT, [-0.5, 1.0])),
    (
        "smallest first",
        lambda: regional.multiplier_range(FLOWS, OUTPUT, [1.0, 1.0], 0.1, deltas=(0.3, 0.2, 0.4)),
    ),
    ("do not fit 2 sectors", lambda: regional.leakage([1.0], FLOWS, OUTPUT, [1.0, 1.0], bought=1.0)),
    ("0 or above", lambda: regional.leakage([-1.0, 2.0], FLOWS, OUTPUT, [1.0, 1.0], bought=1.0)),
    ("above 0 in all", lambda: regional.leakage([0.0, 0.0], FLOWS, OUTPUT, [1.0, 1.0], bought=1.0)),
    ("between 0 and 1", lambda: regional.leakage([1.0, 2.0], FLOWS, OUTPUT, [1.0, 1.0], bought=80.0)),
]


@pytest.mark.parametrize(("sentence", "call"), REFUSED)
def test_what_cannot_be_is_refused_in_a_sentence(sentence: str, call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
