"""Laws of the single equations: they hold for any input in range, whatever the parameters are."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tuiyan.equations import (
    adoption,
    balance,
    demand,
    firms,
    pipeline,
    policy,
    scale,
    scope,
    stocks,
    supply,
)

settings.register_profile("laws", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("laws")

HAZARD = st.floats(0.001, 1.5)
RATE = st.floats(0.0, 0.59)
GROWTH = st.floats(-0.2, 0.6)
LEVEL = st.floats(-5.0, 5.0)
DRAWS = np.random.default_rng(3)


@given(p=HAZARD, q=HAZARD, ceiling=st.floats(0.1, 1.0), share=st.floats(0.0, 1.0), factor=st.floats(0.5, 4.0))
def test_adoption_rises_to_its_ceiling_and_no_further(
    p: float, q: float, ceiling: float, share: float, factor: float
) -> None:
    before = np.array([[share * ceiling]])
    after = adoption.adoption_step(before, factor, 1.0, innovation=p, imitation=q, ceiling=ceiling)
    assert (after >= before * (1 - 1e-12)).all()
    assert (after <= ceiling * (1 + 1e-12)).all()


@given(p=HAZARD, q=HAZARD, share=st.floats(0.0, 0.999), factor=st.floats(0.5, 4.0), parts=st.integers(2, 12))
def test_adoption_does_not_depend_on_the_length_of_the_step(
    p: float, q: float, share: float, factor: float, parts: int
) -> None:
    law = {"innovation": p, "imitation": q, "ceiling": 0.7}
    whole = split = np.array([[share * 0.7]])
    whole = adoption.adoption_step(whole, factor, 1.1, **law)
    for _ in range(parts):
        split = adoption.adoption_step(split, factor, 1.1, 1 / parts, **law)
    assert split == pytest.approx(whole, rel=1e-9)


def test_adoption_at_a_doubled_speed_is_adoption_in_twice_the_time() -> None:
    law = {"innovation": 0.015, "imitation": 0.35, "ceiling": 0.55}
    fast = adoption.adoption_step(np.array([[0.06]]), 2.0, 1.0, 3.0, **law)
    assert fast == pytest.approx(adoption.adoption_step(np.array([[0.06]]), 1.0, 1.0, 6.0, **law), rel=1e-12)


def test_no_sector_starts_above_four_fifths_of_the_ceiling() -> None:
    table = np.linspace(0.01, 0.99, 50).reshape(-1, 1)
    start = adoption.adoption_start(table, ceiling=0.5, start_scale=np.array([0.5, 1.0, 3.0]))
    assert start.max() == pytest.approx(0.4)
    assert (start <= table * np.array([0.5, 1.0, 3.0])).all()


def test_demand_at_the_start_is_the_backlog_and_purchases_add_to_it() -> None:
    law = {"elasticity": 0.45, "backlog": 1.15}
    assert demand.demand_index(np.ones((2, 3)), 0.0, 0.0, **law) == pytest.approx(1.15)
    assert demand.demand_index(np.ones((2, 3)), 0.0, 0.02, **law) == pytest.approx(1.17)


@given(elasticity=st.floats(0.0, 1.5), rise=st.floats(0.1, 20.0))
def test_demand_answers_with_its_elasticity(elasticity: float, rise: float) -> None:
    law = {"elasticity": elasticity, "backlog": 1.15}
    one, more = (demand.demand_index(np.array([[use]]), 0.0, 0.0, **law) for use in (1.0, rise))
    assert np.log(more / one)[0, 0] == pytest.approx(elasticity * np.log(rise), abs=1e-12)


def test_use_is_a_mean_of_the_sectors() -> None:
    weight = DRAWS.dirichlet(np.ones(11), size=6)
    adopted, added = DRAWS.uniform(0.1, 0.5, (11, 40)), DRAWS.uniform(1.0, 2.0, (11, 40))
    start = np.full((11, 40), 0.1)
    use = demand.use_index(weight, adopted, start, added)
    sectors = adopted / 0.1 * added
    assert (use <= sectors.max(axis=0) + 1e-12).all()
    assert (use >= sectors.min(axis=0) - 1e-12).all()
    assert use == pytest.approx(weight @ sectors, rel=1e-12)


@given(growth=GROWTH, loss=RATE, parts=st.integers(1, 12))
def test_a_stock_without_policy_grows_at_its_baseline_rate(growth: float, loss: float, parts: int) -> None:
    stock = trend = np.array(1.0)
    for _ in range(3 * parts):
        stock, trend = stocks.capital_step(
            stock, trend, 0.0, 1 / parts, growth_capital=growth, depreciation_capital=loss
        )
    assert stock == pytest.approx(np.exp(3 * growth), rel=1e-9)
    assert trend == pytest.approx(np.exp(3 * growth), rel=1e-9)


def test_a_lever_on_a_stock_levels_off() -> None:
    stock = trend = np.array(1.0)
    lead = [0.0]
    for _ in range(60):
        stock, trend = stocks.talent_step(stock, trend, 0.12, growth_talent=0.15, attrition_talent=0.15)
        lead.append(float(np.log(stock / trend)))
    assert (np.diff(lead) > -1e-12).all()
    assert lead[1] < 0.04
    assert lead[-1] == pytest.approx(np.log(1.12), abs=1e-6)


def test_factor_weights_sum_to_one_and_keep_the_table_at_its_reference() -> None:
    table = DRAWS.dirichlet(np.ones(4), size=6)
    column = {name: table[:, [k]] for k, name in enumerate(supply.REFERENCE_WEIGHT)}
    central = {f"weight_{name}": weight for name, weight in supply.REFERENCE_WEIGHT.items()}
    drawn = {name: weight * DRAWS.uniform(0.2, 2.0, 30) for name, weight in central.items()}
    assert supply.factor_weights(column, **drawn).sum(axis=0) == pytest.approx(1.0)
    at_reference = supply.factor_weights(column, **central)[:, :, 0].T
    assert at_reference == pytest.approx(table)


@given(times=st.floats(0.2, 8.0))
def test_supply_has_constant_returns(times: float) -> None:
    weights = DRAWS.dirichlet(np.ones(4), size=(6, 5)).transpose(2, 0, 1)
    factors = [DRAWS.uniform(0.5, 3.0, 5) for _ in range(4)]
    once = supply.supply_potential(factors, weights, 0.0, slack=1.15)
    more = supply.supply_potential([times * factor for factor in factors], weights, 0.0, slack=1.15)
    assert more - once == pytest.approx(np.log(times), abs=1e-12)


@given(d=LEVEL, q=LEVEL, sharpness=st.floats(1.0, 100.0), times=st.floats(-9.0, 9.0))
def test_the_soft_minimum_lies_between_and_is_homogeneous(d: float, q: float, sharpness: float, times: float) -> None:
    log_d, log_q = np.array([d]), np.array([q])
    desired = balance.soft_minimum(log_d, log_q, sharpness=sharpness)
    assert min(d, q) - 1e-12 <= desired[0] <= max(d, q) + 1e-12
    assert desired[0] <= min(d, q) + np.log(2) / sharpness + 1e-12
    scaled = balance.soft_minimum(log_d + times, log_q + times, sharpness=sharpness)
    assert scaled[0] == pytest.approx(desired[0] + times, abs=1e-9)
    share = balance.binding_share(log_d, log_q, sharpness=sharpness)[0]
    mirror = balance.binding_share(log_q, log_d, sharpness=sharpness)[0]
    assert 0 <= share <= 1
    assert share + mirror == pytest.approx(1.0, abs=1e-12)


@given(d=LEVEL, q=LEVEL, sharpness=st.floats(1.0, 20.0))
def test_the_binding_share_is_the_slope_of_the_soft_minimum(d: float, q: float, sharpness: float) -> None:
    log_d, log_q, little = np.array([d]), np.array([q]), 1e-5
    above = balance.soft_minimum(log_d, log_q + little, sharpness=sharpness)
    below = balance.soft_minimum(log_d, log_q - little, sharpness=sharpness)
    share = balance.binding_share(log_d, log_q, sharpness=sharpness)
    assert ((above - below) / (2 * little))[0] == pytest.approx(share[0], abs=1e-6)


@given(speed=st.floats(0.01, 10.0), start=LEVEL, before=LEVEL, after=LEVEL, parts=st.integers(2, 12))
def test_scale_does_not_depend_on_the_step_when_its_target_is_linear(
    speed: float, start: float, before: float, after: float, parts: int
) -> None:
    targets = np.linspace(before, after, parts + 1)
    whole = scale.scale_path(np.array([start]), targets[[0]], targets[[-1]], speed=speed)
    path = np.array([start])
    for part in range(parts):
        path = scale.scale_path(path, targets[[part]], targets[[part + 1]], 1 / parts, speed=speed)
    assert path[0] == pytest.approx(whole[0], abs=1e-9)


def test_scale_at_a_resting_target_is_a_gompertz_step() -> None:
    start, target = np.array([6.4]), np.array([7.1])
    path = scale.scale_path(start, target, target, speed=0.8)
    assert path == pytest.approx(scale.gompertz_step(start, target, speed=0.8), rel=1e-14)


def test_a_definition_multiplies_and_its_error_spreads() -> None:
    assert scope.goal_scale(np.array([1000.0]), goal=0.0)[0] == 1000.0
    seen = scope.observed_scale(np.array([700.0]), 0.25, np.array([-1.0, 0.0, 1.0]), observation_error=0.05)
    assert np.log(seen / 700) == pytest.approx([0.20, 0.25, 0.30])


@given(exit_rate=RATE, entry=st.floats(0.0, 1.0), parts=st.integers(2, 12))
def test_firms_do_not_depend_on_the_step_at_a_resting_scale(exit_rate: float, entry: float, parts: int) -> None:
    law = {"initial": 330.0, "exit": exit_rate, "entry": entry, "entry_elasticity": 0.6}
    whole = firms.firm_step(330.0, 1.5, 1.1, **law)
    split = np.array(330.0)
    for _ in range(parts):
        split = firms.firm_step(split, 1.5, 1.1, 1 / parts, **law)
    assert split == pytest.approx(whole, rel=1e-9)


def test_fewer_firms_pass_a_higher_threshold_and_never_more_than_there_are() -> None:
    thresholds = np.array(firms.benchmark_thresholds(benchmark_rule=30.0)).reshape(-1, 1)
    count = np.full(50, 400.0)
    law: dict[str, Any] = {
        "initial": 330.0,
        "size_tail": DRAWS.uniform(0.95, 1.35, 50),
        "size_minimum": DRAWS.uniform(0.3, 9.0, 50),
    }
    expected = firms.benchmark_expected(count, 1.6, thresholds, **law)
    assert (expected <= 400.0 * (1 + 1e-12)).all()
    assert (np.diff(expected[np.argsort(thresholds[:, 0])], axis=0) <= 0).all()
    uniform = DRAWS.random(50)
    counts = firms.benchmark_count(uniform, expected)
    assert (np.diff(counts[np.argsort(thresholds[:, 0])], axis=0) <= 0).all()


def test_pipelines_are_nested_and_start_on_time() -> None:
    zones, scenarios, projects = (DRAWS.integers(0, 100, 500).astype(float) for _ in range(3))
    z, c, p = pipeline.pipeline_count(zones, scenarios, projects)
    assert (p >= c).all()
    assert (c >= z).all()
    share = (0.25, 0.60, 1.0)
    assert [float(pipeline.started_share(y, start_share=share)) for y in range(2016, 2023)] == [
        0,
        0,
        0.25,
        0.6,
        1,
        1,
        1,
    ]
    late = [float(pipeline.started_share(y + 2, 2.0, start_share=share)) for y in range(2016, 2023)]
    assert late == [float(pipeline.started_share(y, start_share=share)) for y in range(2016, 2023)]
    with pytest.raises(ValueError, match="whole number of years"):
        pipeline.started_share(2019, 0.5, start_share=share)


def test_halves_of_a_start_round_up() -> None:
    assert [float(pipeline.planned_starts(6.0, 1.0, share)) for share in (0.25, 0.60, 1.0)] == [2, 4, 6]
    assert float(pipeline.planned_starts(125.0, 1.0, 0.02)) == 3


def test_the_ramp_counts_once_and_a_delay_shifts_it() -> None:
    years = np.arange(2015, 2030)
    ramp = policy.effort_path(1.0, years, start=2018, delay=0, ramp=3)
    assert ramp[years < 2018].tolist() == [0, 0, 0]
    assert ramp[(years >= 2018) & (years <= 2020)] == pytest.approx([1 / 3, 2 / 3, 1])
    assert (ramp[years >= 2020] == 1).all()
    late = policy.effort_path(1.0, years + 2, start=2018, delay=2, ramp=3)
    assert late.tolist() == ramp.tolist()
    assert policy.effort_path(0.5, years, start=2018, delay=0, ramp=3) == pytest.approx(ramp / 2)


@pytest.mark.parametrize(
    ("timing", "sentence"), [({"ramp": 0.5, "delay": 0}, "ramp"), ({"ramp": 3, "delay": -1}, "delay")]
)
def test_an_impossible_timing_is_refused(timing: dict[str, float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        policy.effort_path(1.0, 2018, start=2018, **timing)


@given(sizes=st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3), effort=st.floats(0.0, 2.0))
def test_entry_effects_share_one_cap(sizes: list[float], effort: float) -> None:
    levers = ("clusters", "open_data", "environment")
    effect = {f"{lever}.entry": size for lever, size in zip(levers, sizes, strict=True)} | {"talent.inflow": 9.0}
    factor = policy.entry_acceleration(dict.fromkeys(levers, effort), effect, cap_entry=0.3)
    assert np.log(factor) == pytest.approx(min(0.3, effort * sum(sizes)), abs=1e-12)


def test_a_lever_without_effort_changes_nothing() -> None:
    levers = dict.fromkeys(("a", "b", "finance", "talent", "rd_support"), 0.0)
    effect = {"a.hazard": 0.4, "b.hazard": 0.2, "a.entry": 0.3, "finance.outlay_share": 0.08, "finance.crowd_in": 1.0}
    effect |= {"finance.additionality": 1.0, "talent.inflow": 0.1, "rd_support.elasticity": 1.0}
    effect |= {"rd_support.cost_cut": 0.05}
    mask = {"a": np.ones((3, 1)), "b": np.ones((3, 1))}
    assert (policy.adoption_acceleration(levers, effect, mask, cap_adoption=0.693) == 1.0).all()
    assert policy.entry_acceleration(levers, effect, cap_entry=0.3) == 1.0
    assert policy.inflow_responses(levers, effect) == (0.0, 0.0, 0.0)
