"""The whole model: the deterministic check of the specification, and laws of every run."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from tuiyan.equations import balance, curve, firms
from tuiyan.projection import pick, project

from tests.equations.central import (
    LEVERS,
    central_inputs,
    columns,
    full_effort,
    random_inputs,
)

YEARS = range(2017, 2031)
# Economics, section 12: central arguments, launch, no shocks. Scenario, year, then scale, adoption in manufacturing,
# demand, supply, capital, talent, research, firms, TFP %, LP %, wedge %, own value added %, benchmark firms expected.
FORMULA_CHECK = """
baseline 2018 694.08 0.08955 887.42 837.90 1.2214 1.1618 1.1735 363.00 0.0642 0.0659 -0.0339 0.0762 6.633
baseline 2019 832.63 0.12636 1107.69 1017.46 1.4918 1.3499 1.3771 398.78 0.1442 0.1512 -0.0473 0.1728 8.027
baseline 2020 1008.65 0.17011 1351.10 1235.67 1.8221 1.5683 1.6161 439.19 0.2388 0.2554 -0.0429 0.2785 9.817
baseline 2025 2446.02 0.41220 2780.01 3271.06 4.9530 3.3201 3.5966 734.59 0.7477 0.8802 0.1568 0.8222 24.708
baseline 2030 4299.27 0.52218 4260.62 8643.96 13.4637 7.0287 8.0045 1180.49 0.9829 1.2927 0.4371 1.0848 43.819
announced 2018 694.48 0.08955 891.42 837.90 1.2214 1.1618 1.1735 363.00 0.0642 0.0659 -0.0339 0.0765 6.637
announced 2019 841.22 0.13204 1132.52 1026.89 1.5056 1.3644 1.3835 403.05 0.1529 0.1601 -0.0473 0.1792 8.110
announced 2020 1042.12 0.19100 1417.51 1266.74 1.8662 1.6143 1.6363 453.38 0.2700 0.2879 -0.0429 0.3013 10.144
announced 2025 2775.26 0.49179 3000.25 3548.92 5.2890 3.6554 3.7496 867.89 0.8727 1.0303 0.1568 0.9684 27.920
announced 2030 4702.21 0.54566 4379.81 9484.54 14.4282 7.8441 8.3928 1473.18 1.0287 1.3770 0.4371 1.2026 47.298
"""
EFFORT = {"baseline": 0.0, "announced": 1.0}
Results = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def central() -> dict[str, Results]:
    return {name: project(central_inputs(), full_effort(u), YEARS) for name, u in EFFORT.items()}


@pytest.fixture(scope="module")
def drawn() -> Results:
    return project(random_inputs(64), full_effort(), YEARS)


@pytest.mark.parametrize("line", FORMULA_CHECK.strip().splitlines())
def test_the_formula_check_agrees_to_every_printed_digit(central: dict[str, Results], line: str) -> None:
    scenario, year, *printed = line.split()
    run, row = central[scenario], int(year) - 2017
    inputs = central_inputs()["firms"]
    ratio = run["scale.total"][row] / run["scale.total"][0]
    law = pick(firms.benchmark_expected, inputs)
    got = [
        run["scale.total"][row],
        run["adoption"][row, 0],
        run["demand"][row].sum(axis=0),
        run["supply"][row].sum(axis=0),
        run["stock.capital"][row],
        run["stock.talent"][row],
        run["stock.rd"][row],
        run["firms.count"][row],
        *(100 * run[name][row] for name in ("tfp.city", "lp.city", "tfp.wedge", "gdp.own")),
        firms.benchmark_expected(run["firms.count"][row], ratio, 20.0, **law),
    ]
    decimals = (len(number.partition(".")[2]) for number in printed)
    assert [f"{value.item():.{n}f}" for value, n in zip(got, decimals, strict=True)] == printed


@pytest.mark.parametrize(("scenario", "printed"), [("announced", "1047.08"), ("baseline", "1009.47")])
def test_half_steps_give_the_printed_scale(central: dict[str, Results], scenario: str, printed: str) -> None:
    half = project(central_inputs(), full_effort(EFFORT[scenario]), YEARS, dt=0.5)
    assert f"{half['scale.total'][3].item():.2f}" == printed
    assert half["scale.total"][3] == pytest.approx(central[scenario]["scale.total"][3], rel=0.01)


def test_what_is_exact_in_time_does_not_depend_on_the_step() -> None:
    whole, split = (project(random_inputs(8), full_effort(0.0), YEARS, dt=dt) for dt in (1.0, 0.25))
    for name in ("adoption", "value_added", "demand", "stock.capital", "stock.talent", "stock.rd", "tfp", "tfp.wedge"):
        assert split[name] == pytest.approx(whole[name], rel=1e-9, abs=1e-15), name


def test_splitting_the_draws_changes_no_bit(drawn: Results) -> None:
    inputs = random_inputs(64)
    for cuts in ([0, 17, 64], [0, 1, 2, 63, 64], [0, 32, 40, 64]):
        parts = [project(columns(inputs, slice(a, b), 64), full_effort(), YEARS) for a, b in pairwise(cuts)]
        for name, whole in drawn.items():
            assert np.concatenate([part[name] for part in parts], axis=-1).tobytes() == whole.tobytes(), name


def test_results_written_over_are_the_same(drawn: Results) -> None:
    used = project(random_inputs(64, seed=9), full_effort(0.3), YEARS)
    again = project(random_inputs(64), full_effort(), YEARS, out=used)
    assert again is used
    assert all(np.array_equal(again[name], drawn[name]) for name in drawn)


def test_a_longer_horizon_moves_no_earlier_year(drawn: Results) -> None:
    short = project(random_inputs(64), full_effort(), range(2017, 2021))
    assert all(np.array_equal(short[name], drawn[name][:4]) for name in drawn)


def test_every_run_keeps_its_laws(drawn: Results) -> None:
    ceiling = random_inputs(64)["adoption"]["ceiling"]
    total = drawn["scale"][:, 0].copy()
    for segment in range(1, 6):
        total += drawn["scale"][:, segment]
    assert np.array_equal(total, drawn["scale.total"])
    assert (np.diff(drawn["adoption"], axis=0) >= 0).all()
    assert (drawn["adoption"] <= ceiling).all()
    assert ((drawn["binding"] >= 0) & (drawn["binding"] <= 1)).all()
    assert (drawn["pipeline.projects"] >= drawn["pipeline.scenarios"]).all()
    assert (drawn["pipeline.scenarios"] >= drawn["pipeline.zones"]).all()
    assert (np.diff(drawn["firms.benchmark"], axis=1) <= 0).all()
    may_be_negative = {"tfp.wedge", "tfp.measured", "gdp.own", "gdp.overlap"}
    assert all((values >= 0).all() for name, values in drawn.items() if name not in may_be_negative)
    assert drawn["tfp.measured"] == pytest.approx(drawn["tfp.city"] + drawn["tfp.wedge"])


def test_desired_scale_lies_between_demand_and_supply_times_the_level_effect() -> None:
    inputs = random_inputs(64)
    run = project(inputs, full_effort(), YEARS)
    for row, year in enumerate(YEARS):
        level = inputs["lever"]["clusters.level"] * np.clip((year - 2018) / 3, 0, 1)
        desired = run["desired"][row] / np.exp(level)
        low, high = (
            np.minimum(run["demand"][row], run["supply"][row]),
            np.maximum(run["demand"][row], run["supply"][row]),
        )
        assert (desired >= low * (1 - 1e-9)).all()
        assert (desired <= high * (1 + 1e-9)).all()


def test_the_year_2017_knows_no_policy() -> None:
    inputs = random_inputs(16)
    inputs["policy"]["start"] = 2017
    base, full = (project(inputs, full_effort(u), YEARS) for u in (0.0, 1.0))
    assert all(np.array_equal(base[name][0], full[name][0]) for name in base)
    assert base["scale.total"][0] == pytest.approx(inputs["base"]["scale"])
    assert not any(base[name][0].any() for name in ("tfp", "lp", "tfp.wedge", "gdp.own", "gdp.users"))


def test_effects_lag_a_year_except_public_purchases() -> None:
    inputs = random_inputs(16)
    base, full = (project(inputs, full_effort(u), range(2017, 2020)) for u in (0.0, 1.0))
    same = {"adoption", "supply", "stock.capital", "stock.talent", "stock.rd", "firms.count", "tfp", "lp"}
    assert all(np.array_equal(base[name][1], full[name][1]) for name in same)
    assert (full["demand"][1] > base["demand"][1]).all()
    assert all((full[name][2] > base[name][2]).any() for name in same)


def test_a_delay_shifts_the_programme() -> None:
    inputs = central_inputs()
    on_time = project(inputs, full_effort(), YEARS)
    inputs["policy"]["delay"] = 2
    late = project(inputs, full_effort(), YEARS)
    base = project(inputs, full_effort(0.0), YEARS)
    assert all(np.array_equal(late[name][:3], base[name][:3]) for name in base)
    for name in ("pipeline.zones", "pipeline.scenarios", "pipeline.projects"):
        assert np.array_equal(late[name][2:], on_time[name][:-2])
    assert (late["scale.total"][3:] < on_time["scale.total"][3:]).all()


@pytest.mark.parametrize("lever", LEVERS)
def test_more_effort_never_lowers_scale_when_its_effects_are_not_negative(lever: str) -> None:
    inputs = random_inputs(64)
    totals = [project(inputs, full_effort(0.5) | {lever: u}, YEARS)["scale.total"] for u in (0.0, 0.5, 1.0, 2.0)]
    for less, more in pairwise(totals):
        assert (more >= less * (1 - 1e-12)).all()
    assert (totals[-1][-1] > totals[0][-1]).all()


def test_crowding_out_lowers_scale() -> None:
    inputs = central_inputs()
    inputs["lever"]["finance.crowd_in"] = -1.5
    nothing, finance = (project(inputs, full_effort(0.0) | {"finance": u}, YEARS)["scale.total"] for u in (0.0, 1.0))
    assert (finance[3:] < nothing[3:]).all()


def test_no_policy_leaves_the_pipelines_empty() -> None:
    run = project(random_inputs(64), full_effort(0.0), YEARS)
    assert not any(run[f"pipeline.{name}"].any() for name in ("zones", "scenarios", "projects"))


def test_a_working_rule_of_its_own_is_one_more_threshold() -> None:
    inputs = random_inputs(32)
    assert project(inputs, full_effort(), YEARS)["firms.benchmark"].shape == (14, 4, 32)
    inputs["firms"]["benchmark_rule"] = 30.0
    counts = project(inputs, full_effort(), YEARS)["firms.benchmark"]
    assert counts.shape == (14, 5, 32)
    assert (counts[:, 4] <= counts[:, 2]).all()
    assert (counts[:, 4] >= counts[:, 3]).all()


def test_shocks_move_scale_in_their_year() -> None:
    inputs = central_inputs()
    calm = project(inputs, full_effort(), YEARS)["scale.total"]
    inputs["shocks"]["common"][2] = 1.0
    hit = project(inputs, full_effort(), YEARS)["scale.total"]
    assert np.array_equal(hit[:3], calm[:3])
    assert np.log(hit[3] / calm[3]) == pytest.approx(inputs["scale"]["shock_common"])
    assert 0 < np.log(hit[4] / calm[4]) < np.log(hit[3] / calm[3])


@pytest.mark.parametrize(("block", "key"), [("base", "scale"), ("adoption", "imitation"), ("jcurve", "share")])
def test_a_value_that_is_not_a_number_stops_the_run(block: str, key: str) -> None:
    inputs = random_inputs(8)
    inputs[block][key] = np.array([*inputs[block][key][:5], np.nan, *inputs[block][key][6:]])
    with pytest.raises(FloatingPointError, match=r"not a finite number in 201[78], draw 5"):
        project(inputs, full_effort(), YEARS)


@pytest.mark.parametrize(("years", "dt", "sentence"), [
    ([], 1.0, "must start in 2017"),
    ([2018, 2019], 1.0, "must start in 2017"),
    ([2017, 2019], 1.0, "no gaps"),
    ([2017, 2018], 0.3, "whole number of steps"),
    ([2017, 2018], 0.0, "whole number of steps"),
    ([2017, 2018], 2.0, "whole number of steps"),
])  # fmt: skip
def test_impossible_years_and_steps_are_refused(years: list[int], dt: float, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        project(central_inputs(), full_effort(), years, dt=dt)


def test_pick_takes_the_keys_of_the_function() -> None:
    block: dict[str, Any] = {"bass.age": 4.0, "bass.innovation": 0.01, "bass.imitation": 0.3, "shock": 0.12, "gap": 1.6}
    assert pick(curve.bass, block) == {"age": 4.0, "innovation": 0.01, "imitation": 0.3, "shock": 0.12}
    with pytest.raises(KeyError, match="sharpness"):
        pick(balance.soft_minimum, {})
