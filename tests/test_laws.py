"""Laws that hold in every run (target E05, product.md 4.1 to 4.4): pairing, stability, order, sums, time step."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.ensemble import simulate_all
from tuiyan.estimates import batches, quantile
from tuiyan.inputs.variables import VARIABLES
from tuiyan.results import Projection

Run = Callable[..., Projection]
LEVERS = ("application_demand", "clusters", "rd_support", "talent", "finance", "open_data", "environment", "upgrading")


def same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


def test_a_child_without_changes_differs_by_exactly_nothing(workspace: Path, write: Callable[..., str]) -> None:
    child = ty.load(write("", "child"), workspace=workspace)
    assert child.changes() == []
    parent = ty.load("announced", workspace=workspace)
    assert same(simulate_all(child, draws=512, seed=0), simulate_all(parent, draws=512, seed=0))


def test_e05a_all_levers_at_zero_are_the_baseline_bit_for_bit() -> None:
    idle = ty.load("announced", set=dict.fromkeys(LEVERS, 0.0))
    baseline = ty.load("baseline")
    assert same(simulate_all(idle, draws=512, seed=0), simulate_all(baseline, draws=512, seed=0))


def test_a_smaller_run_is_the_first_draws_of_a_larger_one(project: Run) -> None:
    small = ty.run(ty.load("announced"), draws=512)
    large = project("announced")
    for name, values in small.values.items():
        np.testing.assert_array_equal(values, large.values[name][..., :512], err_msg=name)


@pytest.mark.parametrize("chunk", [16, 512, 1600, 4096])
def test_the_size_of_a_chunk_changes_no_bit(chunk: int) -> None:
    scenario = ty.load("announced")
    draws = 2048 if chunk > 16 else 128
    assert same(simulate_all(scenario, draws=draws, seed=0, chunk=chunk), simulate_all(scenario, draws=draws, seed=0))


def test_workers_change_no_bit() -> None:
    scenario = ty.load("announced")
    alone = simulate_all(scenario, draws=768, seed=4)
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes:
        assert same(simulate_all(scenario, draws=768, seed=4, executor=processes, chunk=256), alone)
    with ThreadPoolExecutor(3) as threads:
        assert same(simulate_all(scenario, draws=768, seed=4, executor=threads, chunk=128), alone)


def test_adding_a_parameter_moves_no_other_number(workspace: Path) -> None:
    before = ty.run(ty.load("announced", workspace=workspace), draws=256)
    path = workspace / "params" / "parameters.yaml"
    text = path.read_text(encoding="utf-8")
    extra = (
        "  demand.trial:\n    zh: 试\n    en: trial\n    symbol: x\n    unit: share\n"
        '    law: {family: normal, mean: 0, sd: 1}\n    hard: "[-9, 9]"\n    status: assumed\n'
        "    sources: [analyst]\n    grade: judgement\n    stream: 5000\n"
    )
    path.write_text(text.replace("shocks:\n", extra + "shocks:\n", 1), encoding="utf-8")
    after = ty.run(ty.load("announced", workspace=workspace), draws=256)
    assert "demand.trial" in after.scenario.laws
    assert same(dict(after.values), dict(before.values))


def test_changing_the_horizon_moves_no_other_number(workspace: Path, write: Callable[..., str]) -> None:
    short = ty.run(ty.load(write("horizon: 2020\n"), workspace=workspace), draws=256)
    long = ty.run(ty.load("announced"), draws=256)
    for name, values in short.values.items():
        np.testing.assert_array_equal(values, long.values[name][:4], err_msg=name)


def test_e05g_the_same_seed_gives_the_same_numbers_and_another_does_not() -> None:
    scenario = ty.load("announced")
    one, two, other = (simulate_all(scenario, draws=128, seed=seed) for seed in (7, 7, 8))
    assert same(one, two)
    assert not same(one, other)


def test_e05b_segments_sum_to_the_city_in_every_draw_and_year(project: Run) -> None:
    found = project("announced")
    np.testing.assert_allclose(found["scale"].sum(axis=1), found["scale.total"], rtol=1e-12)


def test_e05c_quantile_bands_are_nested(project: Run) -> None:
    found = project("announced")
    for name in ("scale.total", "lp.city", "firms.count", "gdp.own"):
        for year in (2018, 2020, 2030):
            values = [found.quantile(name, level, year).value for level in (0.05, 0.25, 0.5, 0.75, 0.95)]
            assert values == sorted(values)


def test_e05d_adoption_stays_in_bounds_and_never_falls(project: Run) -> None:
    found = project("announced")
    ceiling = found.parameter("adoption.ceiling")
    assert (found["adoption"] >= 0).all()
    assert (found["adoption"] <= ceiling).all()
    assert (np.diff(found["adoption"], axis=0) >= 0).all()


@pytest.mark.parametrize("as_of", ["2017-11-14", "2018-09-25"])
def test_e05e_joint_probability_lies_between_its_bounds(project: Run, as_of: str) -> None:
    ledger = project("announced", as_of, draws=32768).ledger()
    chances = [row.probability.value for row in ledger.rows if row.goal.counted and row.probability]
    assert ledger.joint is not None
    assert len(chances) == 5
    assert max(0.0, sum(chances) - 4) <= ledger.joint.value <= min(chances)
    product = float(np.prod(chances))
    assert abs(ledger.joint.value - product) > 2 * ledger.joint.standard_error, "common draws make goals dependent"


@pytest.mark.parametrize("lever", LEVERS)
def test_e05f_more_of_a_helpful_lever_never_lowers_the_median(lever: str) -> None:
    """Finance may crowd out (its law crosses zero), so it is taken where private money follows."""
    extra = {"lever.finance.crowd_in": 0.3} if lever == "finance" else {}
    medians = []
    for effort in (0.0, 0.5, 1.0, 2.0):
        found = simulate_all(ty.load("announced", set={lever: effort, **extra}), draws=256, seed=0)
        medians.append(quantile(found["scale.total"][6], 0.5).value)
    assert medians == sorted(medians)
    assert medians[-1] > medians[0]


def test_e05h_halving_the_step_moves_the_median_by_less_than_a_percent(project: Run) -> None:
    whole = project("announced").quantile("scale.total", 0.5, 2020).value
    half = quantile(simulate_all(ty.load("announced"), draws=8192, seed=0, dt=0.5)["scale.total"][3], 0.5).value
    assert abs(half / whole - 1) < 0.01


def test_e05i_all_values_are_finite_and_levels_are_not_negative(project: Run) -> None:
    found = project("announced")
    logs = {name for name, variable in VARIABLES.items() if variable.unit == "log"} | {"gdp.own", "gdp.overlap"}
    for name, values in found.values.items():
        assert np.isfinite(values).all(), name
        if name not in logs:
            assert (values >= 0).all(), name


def test_counts_are_whole_and_ordered(project: Run) -> None:
    found = project("announced")
    zones, scenarios, projects = (found[f"pipeline.{name}"] for name in ("zones", "scenarios", "projects"))
    assert (projects >= scenarios).all()
    assert (scenarios >= zones).all()
    for values in (zones, scenarios, projects, found["firms.benchmark"]):
        np.testing.assert_array_equal(values, np.round(values))
    assert (np.diff(found["firms.benchmark"], axis=1) <= 0).all(), "a higher rule leaves fewer firms"


def test_batches_are_independent_randomisations(project: Run) -> None:
    """The spread of batch means is what the standard error claims: two seeds differ by a few of them at most."""
    one, other = project("announced"), project("announced", seed=11)
    for name, year in (("scale.total", 2020), ("lp.city", 2020), ("firms.count", 2025)):
        a, b = one.quantile(name, 0.5, year), other.quantile(name, 0.5, year)
        error = float(np.hypot(a.standard_error, b.standard_error))
        assert abs(a.value - b.value) < 4.5 * error
    assert batches(np.arange(64)).shape == (4, 16)
