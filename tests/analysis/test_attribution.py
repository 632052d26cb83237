"""Attribution: parts that sum, players that do nothing, players that do the same."""

import numpy as np
import pytest
import tuiyan as ty
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tuiyan.analysis.attribution import Attribution
from tuiyan.analysis.growth import BLOCKS, Contributions
from tuiyan.analysis.paired import ensemble_of
from tuiyan.analysis.shapley import alone, last, shapley, stacked
from tuiyan.estimates import mean

DRAWS = 1024
LEVERS = (
    "application_demand", "clusters", "rd_support", "talent", "finance", "open_data", "environment", "upgrading",
)  # fmt: skip
games = st.integers(1, 5).flatmap(lambda m: arrays(np.float64, 1 << m, elements=st.floats(-1e3, 1e3)))


def explained(*args: object, **settings: object) -> Attribution:
    found = ty.explain(*args, **{"draws": DRAWS, **settings})  # type: ignore[arg-type]
    assert isinstance(found, Attribution)
    return found


@given(games)
def test_shapley_parts_sum_to_the_total(values: np.ndarray) -> None:
    assert shapley(values).sum() == pytest.approx(values[-1] - values[0], abs=1e-9)
    assert stacked(values).sum() == pytest.approx(values[-1] - values[0], abs=1e-9)


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=5))
def test_every_way_agrees_in_a_game_without_interactions(gains: list[float]) -> None:
    sums = np.array([sum(g for k, g in enumerate(gains) if s >> k & 1) for s in range(1 << len(gains))])
    for way in (shapley, alone, last, stacked):
        assert way(sums) == pytest.approx(gains, abs=1e-9)


def test_two_players_of_whom_one_is_enough_get_half_each() -> None:
    assert shapley(np.array([0.0, 1.0, 1.0, 1.0])).tolist() == [0.5, 0.5]
    assert alone(np.array([0.0, 1.0, 1.0, 1.0])).tolist() == [1.0, 1.0]


def test_a_game_without_a_power_of_two_coalitions_is_refused() -> None:
    with pytest.raises(ValueError, match="3 coalitions"):
        shapley(np.zeros(3))


@pytest.mark.parametrize("by", ["integration", "group", "lever", "segment"])
@pytest.mark.parametrize("of", ["scale.total", "R01"])
def test_parts_sum_to_the_total_and_the_total_is_the_paired_difference(
    baseline: ty.Scenario, announced: ty.Scenario, by: str, of: str
) -> None:
    found = explained(baseline, announced, of=of, by=by)
    assert sum(part.value.value for part in found.parts) == pytest.approx(found.total.value, abs=1e-9)
    here, there = (ensemble_of(each, draws=DRAWS, seed=0, last=2020) for each in (announced, baseline))
    gap = [found.outcome.per_draw(each.projection(found.outcome.keep)) for each in (here, there)]
    direct = mean(gap[0] - gap[1])
    assert found.total.value == pytest.approx(direct.value, rel=1e-12)
    assert found.total.standard_error == pytest.approx(direct.standard_error, rel=1e-9)


def test_a_null_change_gives_no_parts_and_a_lever_that_does_not_move_gets_none(baseline: ty.Scenario) -> None:
    nothing = explained(baseline, baseline, by="lever")
    assert nothing.parts == ()
    assert nothing.total.value == 0
    one = explained(baseline, ty.load("baseline", set={"talent": 1.0}), by="lever")
    assert [part.id for part in one.parts] == ["talent"]
    assert one.part("talent").value.value == pytest.approx(one.total.value, rel=1e-12)


def test_a_measure_carries_its_part_of_the_share_of_its_group(baseline: ty.Scenario) -> None:
    found = explained(baseline, ty.load("baseline", set={"talent": 1.0}), by="measure")
    assert [part.id for part in found.parts] == ["M07", "M17"]  # 10 % of the talent lever in group 2.1, 90 % in 2.2
    assert found.part("M17").value.value / found.total.value == pytest.approx(0.9, abs=0.01)
    with pytest.raises(ty.TuiyanError, match=r"E182.*coarser"):
        explained(baseline, ty.load("announced"), by="measure")


def test_a_lever_without_a_channel_to_the_outcome_gets_exactly_nothing(
    baseline: ty.Scenario, announced: ty.Scenario
) -> None:
    found = explained(baseline, announced, of="lp.city", by="lever")
    assert found.part("clusters").value.value == 0 == found.part("talent").value.value
    assert found.part("application_demand").value.value > 0


def test_overlapping_levers_get_equal_non_zero_parts() -> None:
    """Open data and environment, made the same by law and capped so that one of them is enough."""
    overlap = {
        "lever.open_data.hazard": 0.05, "lever.environment.hazard": 0.05, "policy.cap_adoption": 0.01,
        "lever.open_data.entry": 0.0, "lever.environment.entry": 0.0,
    }  # fmt: skip
    before = ty.load("baseline", set=overlap)
    after = ty.load("baseline", set={**overlap, "open_data": 1.0, "environment": 1.0})
    found = explained(before, after, of="lp.city", by="lever")
    parts = [part.value.value for part in found.parts]
    assert len(parts) == 2
    assert parts[0] == pytest.approx(parts[1], rel=1e-12)
    assert parts[0] > 0
    assert found.part("open_data").alone.value == pytest.approx(found.total.value, rel=1e-9)


def test_what_is_no_lever_is_one_more_player(announced: ty.Scenario, delayed: ty.Scenario) -> None:
    found = explained(announced, delayed, of="R08")
    assert [part.id for part in found.parts] == ["1", "2", "3", "rest"]
    assert found.part("2").value.value == 0  # no lever of the second integration acts on the pipelines
    assert found.part("rest").value.value < 0
    assert found.part("rest").net is None


def test_net_of_displacement_is_less_than_gross_and_most_of_talent_is_displacement(
    baseline: ty.Scenario, announced: ty.Scenario
) -> None:
    found = explained(baseline, announced, by="lever")
    for part in found.parts:
        assert part.net is not None
        assert 0 < part.net.value < part.value.value
    talent = found.part("talent")
    assert talent.net is not None
    assert talent.net.value / talent.value.value == pytest.approx(1 - 0.79, abs=0.03)  # economics.md 2.3


def test_net_parts_by_integration_and_by_lever_agree_where_levers_pull_both_ways() -> None:
    demand, supply = ty.load("demand_led"), ty.load("supply_led")
    nets = []
    for by in ("integration", "lever"):
        parts = explained(supply, demand, by=by).parts
        nets.append(sum(part.net.value for part in parts if part.net))
    assert nets[0] == pytest.approx(nets[1], rel=0.02)


def test_integrations_and_levers_split_the_same_total_as_the_plan_says(
    baseline: ty.Scenario, announced: ty.Scenario
) -> None:
    """Economics.md section 12: integrations 2.0 / 1.0 / .6 points, L1 .65, L2 1.9, L3 .06, L4 .4, L5 .2, ..."""
    three = explained(baseline, announced, draws=8192)
    assert [100 * part.value.value for part in three.parts] == pytest.approx([2.0, 1.0, 0.6], abs=0.06)
    eight = explained(baseline, announced, by="lever", draws=2048)
    wanted = dict(zip(LEVERS, (0.65, 1.9, 0.06, 0.4, 0.2, 0.13, 0.11, 0.06), strict=True))
    for part in eight.parts:
        assert 100 * part.value.value == pytest.approx(wanted[part.id], rel=0.1), part.id
    assert eight.total.value == pytest.approx(three.total.value, rel=0.02)


def test_small_ensembles_run_side_by_side_without_changing_a_bit(announced: ty.Scenario) -> None:
    ensemble = ensemble_of(announced, draws=64, seed=0, last=2020)
    keep = ("scale.total", "lp.city", "firms.benchmark", "pipeline.scenarios")
    efforts = [dict.fromkeys(LEVERS, u) for u in (0.0, 0.3, 1.0, 1.7)]
    efforts += [{**efforts[2], "talent": 0.0}, {**efforts[2], "application_demand": 0.0}]
    for effort, together in zip(efforts, ensemble.projections(keep, efforts), strict=True):
        single = ensemble.projection(keep, effort=effort)
        for name in keep:
            assert np.array_equal(single[name], together[name]), name


def growth(alternative: ty.Scenario, **settings: object) -> Contributions:
    found = ty.explain(ty.load("baseline"), alternative, by="growth", draws=DRAWS, **settings)  # type: ignore[arg-type]
    assert isinstance(found, Contributions)
    return found


def test_growth_contributions_sum_in_each_year(announced: ty.Scenario) -> None:
    found = growth(announced)
    assert found.years == (2018, 2019, 2020)
    for k in range(3):
        parts = [found.yearly[block][k].value for block in BLOCKS]
        assert sum(parts) == pytest.approx(found.growth[k].value, abs=1e-9)
        assert sum(found.since[block][k].value for block in BLOCKS) == pytest.approx(found.level[k].value, abs=1e-9)
    scale = ty.run(announced, draws=DRAWS)["scale.total"]
    whole = mean(np.zeros(DRAWS)).value + float(np.median(np.log(scale[3] / scale[0])))
    assert found.level[-1].value == pytest.approx(whole, abs=0.01)


def test_without_policy_its_contribution_is_exactly_nothing(baseline: ty.Scenario) -> None:
    assert {each.value for each in growth(baseline).yearly["policy"]} == {0.0}


def test_a_block_that_the_scenario_freezes_contributes_nothing() -> None:
    still = ty.load("announced", set={"demand.growth_external": 0.0})
    assert {each.value for each in growth(still).yearly["external"]} == {0.0}


def test_bad_input_is_told_with_what_to_do(baseline: ty.Scenario, announced: ty.Scenario) -> None:
    cases: list[tuple[dict[str, object], str]] = [
        ({"of": "scale.totl"}, "E180.*scale.total"), ({"of": "R03"}, "E118"), ({"of": "adoption"}, "E145"),
        ({"by": "levr"}, "E181.*lever"),
        ({"of": "lp.city", "by": "segment"}, "E183"), ({"of": "lp.city", "by": "growth"}, "E183"),
        ({"of": "scale.total", "year": 2016}, "E144"), ({"draws": 100}, "E142"),
    ]  # fmt: skip
    for settings, told in cases:
        with pytest.raises(ty.TuiyanError, match=told):
            explained(baseline, announced, **settings)
    with pytest.raises(ty.TuiyanError, match=r"E184.*baseline"):
        ty.explain(announced, announced, by="growth", draws=64)


def test_projections_that_do_not_belong_together_are_refused(baseline: ty.Scenario, announced: ty.Scenario) -> None:
    one = ty.run(baseline, draws=64)
    for other in (ty.run(announced, draws=128), ty.run(announced, draws=64, seed=1)):
        for verb in (ty.explain, ty.compare):
            with pytest.raises(ty.TuiyanError, match="E148"):
                verb(one, other)
    later = ty.run(ty.load("announced", as_of="2018-09-25"), draws=64)
    shorter = ty.run(announced.with_(id="shorter", horizon=2025), draws=64)
    for other, told in ((later, "E187.*related"), (shorter, "E186.*2025")):
        for verb in (ty.explain, ty.compare):
            with pytest.raises(ty.TuiyanError, match=told):
                verb(one, other)
