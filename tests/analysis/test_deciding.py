"""Goal-seek, packages, inversion, regret, conditioning, comparison and sensitivity on the model."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.analysis import showing
from tuiyan.analysis.choice import combined, usual, worst
from tuiyan.analysis.groups import grouped, second_draws, taking
from tuiyan.analysis.inversion import Needed
from tuiyan.analysis.outcomes import outcome_of
from tuiyan.analysis.packages import Package
from tuiyan.analysis.paired import ensemble_of
from tuiyan.analysis.responses import standard_shocks
from tuiyan.analysis.seeking import Solution, chance
from tuiyan.draws.recipe import recipe
from tuiyan.estimates import mean

DRAWS = 2048


def solved(scenario: ty.Scenario, **settings: object) -> Solution:
    found = ty.solve_for(scenario, "R01", draws=DRAWS, **settings)  # type: ignore[arg-type]
    assert isinstance(found, Solution)
    return found


@pytest.mark.parametrize(("lever", "prob"), [("all", 0.55), ("clusters", 0.55), ("all", 0.58)])
def test_goal_seek_then_run_gives_the_asked_probability(announced: ty.Scenario, lever: str, prob: float) -> None:
    found = solved(announced, lever=lever, prob=prob)
    assert found.reachable
    levers = dict.fromkeys(announced.levers, found.effort) if lever == "all" else {lever: found.effort}
    again = ty.run(ty.load("announced", set=levers), draws=DRAWS).prob("R01")
    assert again == found.probability
    assert prob <= again.value <= prob + again.standard_error
    before = {key: effort - 0.01 for key, effort in levers.items()}
    assert ty.run(ty.load("announced", set=before), draws=DRAWS).prob("R01").value < prob


def test_what_is_free_and_what_is_out_of_reach_is_said(announced: ty.Scenario) -> None:
    free = solved(announced, lever="all", prob=0.4)
    assert free.free
    assert free.effort == 0
    beyond = solved(announced, lever="all", prob=0.8)
    assert not beyond.reachable
    assert beyond.effort == 2.0
    assert beyond.probability.value < 0.8
    assert "not reachable; best is" in repr(beyond)


@pytest.mark.parametrize("lever", [key for key in ty.load("baseline").levers if key != "finance"])
def test_more_of_a_helpful_lever_never_lowers_the_median(baseline: ty.Scenario, lever: str) -> None:
    """All but finance, whose crowd-in may be negative, help in every draw."""
    ensemble = ensemble_of(baseline, draws=512, seed=0, last=2020)
    efforts = [{**ensemble.plan.levers, lever: u} for u in (0.0, 0.5, 1.0, 1.5, 2.0)]
    paths = [each["scale.total"][-1] for each in ensemble.projections(("scale.total",), efforts)]
    for less, more in pairwise(paths):
        assert np.median(more) >= np.median(less)
        assert (more >= less * (1 - 1e-12)).all()


def test_the_probability_rises_with_common_effort(announced: ty.Scenario) -> None:
    found = list(chance(announced, "R01", (0.0, 0.5, 1.0, 2.0), draws=DRAWS).values())
    assert [each.value for each in found] == sorted(each.value for each in found)
    assert found[2] == ty.run(announced, draws=DRAWS).prob("R01")


def package(scenario: ty.Scenario, prob: float, goal: str = "R01") -> Package:
    found = ty.solve_for(scenario, goal, prob=prob, draws=DRAWS)
    assert isinstance(found, Package)
    return found


@pytest.mark.parametrize("goal", ["R01", "R06"])
def test_a_package_reaches_the_probability_at_no_more_cost_than_equal_efforts(
    announced: ty.Scenario, goal: str
) -> None:
    none, full = chance(announced, goal, (0.0, 1.0), draws=DRAWS).values()
    wanted = (none.value + full.value) / 2
    found = package(announced, wanted, goal)
    again = ty.run(ty.load("announced", set=dict(found.efforts)), draws=DRAWS).prob(goal)
    assert again == found.probability
    assert again.value == pytest.approx(wanted, abs=again.standard_error)
    alike = ty.solve_for(announced, goal, prob=wanted, lever="all", draws=DRAWS)
    assert isinstance(alike, Solution)
    costs = [lever.cost for lever in announced.workspace.levers.values()]
    assert found.cost.value < 0.5 * sum(costs) * alike.effort**2
    assert found.cost.value == pytest.approx(
        0.5 * sum(c * u**2 for c, u in zip(costs, found.efforts.values(), strict=True))
    )
    assert found.cost.standard_error > 0


def test_packages_that_are_free_or_out_of_reach(announced: ty.Scenario) -> None:
    free, beyond = package(announced, 0.4), package(announced, 0.9)
    assert (free.status, free.cost.value) == ("free", 0.0)
    assert beyond.status == "unreachable"
    assert set(beyond.efforts.values()) == {2.0}
    assert beyond.price is None


def test_the_frontier_rises_and_levers_that_pay_more_get_more(announced: ty.Scenario) -> None:
    found = ty.frontier(announced, "R01", (0.54, 0.55, 0.58), draws=DRAWS)
    costs = [each.cost.value for each in found.packages]
    assert costs == sorted(costs)
    middle = found.packages[1]
    levers = announced.workspace.levers
    paying = {key: middle.marginal[key] / levers[key].cost for key in levers}
    order = sorted(levers, key=lambda key: paying[key])
    efforts = [middle.efforts[key] for key in order]
    assert efforts == pytest.approx(sorted(efforts), abs=0.03)  # at an interior optimum effort is slope over cost


@pytest.mark.parametrize("parameter", ["base.scale", "adoption.ceiling", "stocks.growth_talent"])
def test_the_central_path_meets_the_goal_exactly_at_the_value_that_is_needed(parameter: str) -> None:
    found = ty.solve_for(ty.load("announced"), "R01", parameter=parameter)
    assert isinstance(found, Needed)
    assert found.value is not None
    at = ty.solve_for(ty.load("announced", set={parameter: found.value}), "R01", parameter="supply.slack")
    assert isinstance(at, Needed)
    assert at.now == pytest.approx(1000.0, rel=1e-6)


def test_a_value_that_no_bound_allows_is_said_to_be_none() -> None:
    low = ty.load("announced", set={"base.scale": 300.0})
    found = ty.solve_for(low, "R01", parameter="adoption.ceiling")
    assert isinstance(found, Needed)
    assert found.value is None
    assert found.best < 1000


def test_at_an_optimum_effort_is_slope_over_cost_times_one_price(announced: ty.Scenario) -> None:
    """The condition of Karush, Kuhn and Tucker: one price for the levers inside the bounds, more for those at it."""
    cost = {key: lever.cost for key, lever in announced.workspace.levers.items()}
    for found in ty.frontier(announced, "R01", (0.55, 0.58), draws=DRAWS).packages:
        assert found.price is not None
        for key, effort in found.efforts.items():
            if effort == 2.0:
                assert found.marginal[key] * found.price >= cost[key] * effort * 0.98
            else:
                rounding = 0.005 * cost[key] / found.marginal[key]  # efforts are given to 0.01
                moved = 0.04 * found.price  # slopes change a little between the optimiser's point and the last
                assert cost[key] * effort / found.marginal[key] == pytest.approx(found.price, abs=rounding + moved)


def test_bad_questions_are_told_with_what_to_do(announced: ty.Scenario) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"prob": 1.2}, "E189"), ({"prob": 0.0, "lever": "all"}, "E189"), ({}, "E189"),
        ({"prob": float("nan")}, "E189"),
        ({"prob": 0.5, "lever": "talant"}, "E112.*talent"), ({"parameter": "base.scal"}, "E194.*base.scale"),
        ({"parameter": "base.segment_share"}, "E194"), ({"prob": 0.5, "draws": 7}, "E142"),
    ]  # fmt: skip
    for settings, told in cases:
        with pytest.raises(ty.TuiyanError, match=told):
            ty.solve_for(announced, "R01", **settings)
    for goal, told in (("R1", "E117"), ("R03", "E118"), ("all", "E192")):
        with pytest.raises(ty.TuiyanError, match=told):
            ty.solve_for(announced, goal, prob=0.5)
    with pytest.raises(ty.TuiyanError, match="E192"):
        ty.solve_for(announced, "R08", prob=0.5)
    with pytest.raises(ty.TuiyanError, match="E185"):
        ty.solve_for(announced, "R06", prob=0.5, lever="all", scope=True)
    path = announced.with_(id="path", levers={"talent": {2018: 0.2, 2020: 1.0, "then": "hold"}})
    with pytest.raises(ty.TuiyanError, match=r"E191.*talent"):
        ty.solve_for(path, "R01", prob=0.5)


def test_the_worst_share_is_the_mean_of_the_largest() -> None:
    assert worst(np.array([1.0, 5.0, 3.0, 4.0]), 0.5) == 4.5


def test_all_counted_goals_hang_on_the_lever_that_starts_the_pipelines(announced: ty.Scenario) -> None:
    found = ty.solve_for(announced, "all", prob=0.2, lever="application_demand", draws=DRAWS)
    assert isinstance(found, Solution)
    assert found.reachable
    assert 1.0 < found.effort < 1.3
    other = ty.solve_for(announced, "all", prob=0.2, lever="talent", draws=DRAWS)
    assert isinstance(other, Solution)
    assert not other.reachable


def test_regret_pairs_every_package_with_every_state() -> None:
    scenario = ty.load("announced")
    packages, states = usual(scenario)
    found = ty.regret(packages, states, draws=512)
    for k, state in enumerate(states):
        column = [row[k].value for row in found.payoff]
        lost = [row[k].value for row in found.regret]
        assert min(lost) == 0
        assert [a + b for a, b in zip(column, lost, strict=True)] == pytest.approx([max(column)] * len(column))
        direct = ty.run(combined(scenario, state), draws=512).prob("R01")
        assert found.payoff[found.packages.index("announced")][k] == direct
    assert found.payoff[found.packages.index("announced")][0] == ty.run(scenario, draws=512).prob("R01")
    assert found.minimax == "announced"
    zero = found.satisficing[found.packages.index("delayed")]
    assert zero.value == 0  # the pipelines of a late programme fail in every draw


def test_a_state_brings_its_laws_and_a_package_its_levers_and_settings() -> None:
    mixed = combined(ty.load("delayed"), ty.load("talent_squeeze"))
    assert mixed.levers == ty.load("delayed").levers
    assert mixed.laws["policy.delay"] == ty.load("delayed").laws["policy.delay"]
    assert mixed.laws["stocks.growth_talent"] == ty.load("talent_squeeze").laws["stocks.growth_talent"]


def test_conditioning_meets_the_path_and_says_what_it_costs(announced: ty.Scenario) -> None:
    projection = ty.run(announced, draws=DRAWS)
    found = ty.condition(projection, {"scale.total": {2018: 800.0, 2019: 950.0}})
    assert found.mean("scale.total", 2018) == pytest.approx(800.0, rel=1e-8)
    assert found.mean("scale.total", 2019) == pytest.approx(950.0, rel=1e-8)
    assert found.prob("R01") > projection.prob("R01").value
    assert found.divergence > 0
    assert 50 <= found.effective < DRAWS
    same = ty.condition(projection, {"scale.total": {2020: float(projection["scale.total"][3].mean())}})
    assert same.divergence == pytest.approx(0, abs=1e-9)
    assert same.effective == pytest.approx(DRAWS)
    assert same.quantile("scale.total", 0.5, 2020) == pytest.approx(np.median(projection["scale.total"][3]), rel=1e-3)


def test_paths_the_draws_cannot_follow_are_refused(announced: ty.Scenario) -> None:
    projection = ty.run(announced, draws=512)
    for path, told in (
        ({"scale.total": {2018: 1e6}}, "E195"),
        ({"scale.total": {2018: float(projection["scale.total"][1].max()) * 0.999}}, "E19[56]"),
        ({"scale.totl": {2018: 700.0}}, "E143"),
        ({"scale.total": {2040: 700.0}}, "E144"),
        ({"scale.total": {2018: float("nan")}}, "E195"),
        ({}, "E195"),
    ):
        with pytest.raises(ty.TuiyanError, match=told):
            ty.condition(projection, path)


def test_comparison_shows_changes_only_and_the_error_of_the_difference(
    baseline: ty.Scenario, announced: ty.Scenario
) -> None:
    first, other = ty.run(baseline, draws=DRAWS), ty.run(announced, draws=DRAWS)
    found = ty.compare(first, other)
    assert {each.id for each in found.changes()["announced"]} == set(announced.levers)
    row = next(each for each in found.goals() if each.register == "R01")
    before, after = row.probabilities
    gap = row.differences[1]
    assert before is not None
    assert after is not None
    assert gap is not None
    assert gap.value == pytest.approx(after.value - before.value)
    assert gap.standard_error < 0.7 * np.hypot(before.standard_error, after.standard_error)
    pipelines = next(each for each in found.goals() if each.register == "R08")
    assert pipelines.probabilities[0] is None is pipelines.differences[1]
    paired = found.differences(("scale.total",), years=(2020,))[0]
    assert paired.mean == mean(other["scale.total"][3] / first["scale.total"][3] - 1)


def test_a_comparison_with_itself_differs_by_exactly_nothing(announced: ty.Scenario) -> None:
    one = ty.run(announced, draws=64)
    found = ty.compare(one, one, one)
    assert found.changes() == {"announced": []}
    assert all(each.mean.value == 0 == each.mean.standard_error for each in found.differences())
    assert all(gap is not None and gap.value == 0 for row in found.goals() for gap in row.differences)


def test_a_comparison_needs_two(announced: ty.Scenario) -> None:
    with pytest.raises(ty.TuiyanError, match="E188"):
        ty.compare(ty.run(announced, draws=64))


def test_joint_probability_stays_between_its_bounds_in_every_package(announced: ty.Scenario) -> None:
    ensemble = ensemble_of(announced, draws=512, seed=0, last=2020)
    all_of, singles = outcome_of(announced, "all"), [outcome_of(announced, f"R0{k}") for k in (1, 6, 7, 8, 9)]
    efforts = [dict.fromkeys(announced.levers, u) for u in (0.0, 0.7, 1.0, 1.3)]
    for run in ensemble.projections(all_of.keep, efforts):
        parts = [float(each.per_draw(run).mean()) for each in singles]
        joint = float(all_of.per_draw(run).mean())
        assert max(0.0, sum(parts) - 4) <= joint <= min(parts)


def test_groups_hold_every_input_once(announced: ty.Scenario) -> None:
    plan = recipe(announced)
    groups = grouped(plan, announced.workspace.parameter_file.groups)
    members = [id_ for ids in groups.values() for id_ in ids]
    assert sorted(members) == sorted(plan.streams())


def test_groups_that_a_scenario_correlates_become_one(announced: ty.Scenario) -> None:
    pair = ("base.scale", "demand.elasticity")
    tied = announced.with_(
        id="tied", correlations=[{"between": pair, "rank": 0.5, "because": announced.reason, "grade": "judgement"}]
    )
    groups = grouped(recipe(tied), tied.workspace.parameter_file.groups)
    assert "base+demand" in groups
    found = ty.sensitivity(tied, "scale.total", draws=512)
    assert "base+demand" in {row.id for row in found.rows}


def test_a_swapped_group_is_all_that_differs(announced: ty.Scenario) -> None:
    plan = recipe(announced)
    first, second = plan.inputs(draws=32, seed=0), second_draws(plan, draws=32, seed=0)
    mixed = taking(first, second, ["base.scale", "shocks.common", "counts.zones"])
    assert np.array_equal(mixed["base"]["scale"], second["base"]["scale"])
    assert not np.array_equal(first["base"]["scale"], second["base"]["scale"])
    assert np.array_equal(mixed["shocks"]["common"], second["shocks"]["common"])
    assert mixed["shocks"]["segment"] is first["shocks"]["segment"]
    assert np.array_equal(mixed["demand"]["elasticity"], first["demand"]["elasticity"])


def test_the_second_draws_are_not_tied_to_the_first(announced: ty.Scenario) -> None:
    plan = recipe(announced)
    numbers = plan.uniforms(draws=8192, seed=0)
    others = plan.uniforms(draws=8192, seed=0, shift=10_000)
    for id_ in ("base.scale", "adoption.imitation", "scale.speed", "shocks.common"):
        for mine, theirs in zip(numbers[id_], others[id_], strict=True):
            assert abs(np.corrcoef(mine, theirs)[0, 1]) < 0.04, id_


def test_the_base_year_explains_most_of_the_scale_and_adoption_most_of_productivity(announced: ty.Scenario) -> None:
    """Economics.md section 12: base.scale explains about 84 % of the variance of ln S(2020); ranks .91, .22, .17."""
    scale = ty.sensitivity(announced, "R01")
    assert scale.rows[0].id == "base"
    assert scale.rows[0].values["first"] == pytest.approx(0.84, abs=0.02)
    assert sum(row.values["first"] for row in scale.rows) == pytest.approx(1.0, abs=0.03)
    for row in scale.rows:
        assert row.values["first_low"] <= row.values["first"] <= row.values["first_high"]
        assert row.values["first"] <= row.values["total"] + 0.02
    assert {row.id for row in scale.rows if row.values["total"] == 0} >= {"scope", "productivity"}
    ranks = {row.id: row.values["amount"] for row in ty.sensitivity(announced, "R01", method="rank").rows}
    assert ranks["base.scale"] == pytest.approx(0.91, abs=0.01)
    assert ranks["shocks.common.2020"] == pytest.approx(0.22, abs=0.02)
    assert ranks["scale.speed"] == pytest.approx(0.17, abs=0.02)
    lp = {row.id: row.values["amount"] for row in ty.sensitivity(announced, "lp.city", method="rank").rows}
    wanted = {"adoption.imitation": 0.65, "adoption.innovation": 0.42, "productivity.saving_easy": 0.40}
    for id_, value in wanted.items():
        assert lp[id_] == pytest.approx(value, abs=0.02), id_


def test_a_tornado_holds_one_input_and_leaves_the_rest(announced: ty.Scenario) -> None:
    found = ty.sensitivity(announced, "R01", method="tornado", draws=DRAWS)
    assert found.rows[0].id == "base.scale"
    held = ty.run(ty.load("announced", set={"scale.speed": 1.0}), draws=DRAWS).prob("R01").value
    row = next(each for each in found.rows if each.id == "scale.speed")
    assert row.values["low"] < held < row.values["high"]


def test_scope_adds_its_own_group(announced: ty.Scenario) -> None:
    found = {row.id: row.values["total"] for row in ty.sensitivity(announced, "R01", scope=True, draws=DRAWS).rows}
    assert found["scope"] > 0.2  # a log factor with sd .25 beside a log scale with sd .37


def test_bad_questions_of_sensitivity(announced: ty.Scenario) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"method": "sobl"}, "E197.*sobol"), ({"of": "R3"}, "E180"), ({"of": "R04"}, "E118"),
        ({"of": "all"}, "E199"),
    ]  # fmt: skip
    for settings, told in cases:
        with pytest.raises(ty.TuiyanError, match=told):
            ty.sensitivity(announced, draws=64, **settings)
    with pytest.raises(ty.TuiyanError, match="E198"):
        ty.sensitivity(ty.load("baseline"), "pipeline.zones", draws=64)


def test_standard_shocks_move_only_what_they_can(announced: ty.Scenario) -> None:
    found = standard_shocks(announced, draws=512)
    rows = {row.id: row.responses for row in found.rows}
    assert set(rows) >= set(announced.levers)
    assert rows["talent"]["stock.talent"].value > 0
    assert rows["talent"]["stock.capital"].value == 0 == rows["talent"]["lp.city"].value
    assert rows["base.scale"]["scale.total"].value == pytest.approx(
        np.log(1.1), abs=1e-9
    )  # scale is proportional to it
    assert rows["base.scale"]["lp.city"].value == 0
    assert rows["shocks.common"]["scale.total"].value > 0
    assert len(found.frame()) == len(found.rows) * len(found.names)


def test_a_goal_that_is_always_met_is_said_so() -> None:
    found = ty.solve_for(ty.load("announced"), "R06", parameter="base.scale")
    assert isinstance(found, Needed)
    assert found.value is None
    assert found.met
    assert "always met" in showing.needed([found], "en").rows[0][3]


def test_regret_knows_its_choice_by_place_and_not_by_name(announced: ty.Scenario) -> None:
    nothing, double = (announced.with_(levers=dict.fromkeys(announced.levers, u)) for u in (0.0, 2.0))
    found = ty.regret([nothing, double], [announced], draws=256)
    assert found.packages[0] == found.packages[1]
    assert found.chosen == 1


def test_options_that_have_no_meaning_together_are_refused(baseline: ty.Scenario, announced: ty.Scenario) -> None:
    for settings in ({"prob": 0.5}, {"lever": "all"}, {"scope": True}):
        with pytest.raises(ty.TuiyanError, match="E153"):
            ty.solve_for(announced, "R01", parameter="base.scale", **settings)
    with pytest.raises(ty.TuiyanError, match="E153"):
        ty.explain(baseline, announced, by="growth", year=2020, draws=64)
    with pytest.raises(ty.TuiyanError, match="E185"):
        ty.sensitivity(announced, "lp.city", scope=True, draws=64)
    with pytest.raises(ty.TuiyanError, match="E183"):
        ty.explain(baseline, announced, of="R01", by="segment", scope=True, draws=64)


def test_a_scenario_and_its_projection_are_told_apart(announced: ty.Scenario) -> None:
    run = ty.run(announced, draws=64)
    asked: list[tuple[Any, ...]] = [
        (ty.explain, "baseline", "announced"), (ty.solve_for, "announced", "R01"), (ty.discover, announced, "R01"),
        (ty.compare, announced, announced), (ty.sensitivity, None),
    ]  # fmt: skip
    for verb, *values in asked:
        with pytest.raises(ty.TuiyanError, match="E154"):
            verb(*values)
    assert ty.sensitivity(run, method="rank", draws=64).scenario == "announced"


def test_years_that_cannot_be_are_refused(baseline: ty.Scenario, announced: ty.Scenario) -> None:
    run = ty.run(announced, draws=64)
    for ask in (
        lambda: ty.explain(baseline, announced, year=2017, draws=64),
        lambda: run.parameter("shocks.common.2017"),
        lambda: ty.condition(run, {"scale.total": {2018.7: 800.0}}),  # type: ignore[dict-item]
    ):
        with pytest.raises(ty.TuiyanError, match="E144"):
            ask()
    shocks = recipe(announced).inputs(draws=64, seed=0)["shocks"]["common"]
    assert np.array_equal(run.parameter("shocks.common.2018"), shocks[0])


def test_nothing_is_said_of_an_input_that_does_not_vary() -> None:
    found = ty.sensitivity(ty.load("announced", set={"base.scale": 1500.0}), "R01", method="rank", draws=256)
    assert all(np.isfinite(value) for row in found.rows for value in row.values.values())


def test_a_package_near_the_end_of_the_range_still_reaches(announced: ty.Scenario) -> None:
    best = ty.frontier(announced, "R06", (0.5,), draws=512).best.value
    found = ty.frontier(announced, "R06", (best,), draws=512).packages[0]
    assert found.status == "reached"
    assert found.probability.value >= best
