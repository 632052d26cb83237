"""Laws of learning: closed forms, no peeking, counterfactuals on the same draws, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from numpy.typing import NDArray
from scipy.special import ndtri
from tuiyan.analysis.attribution import Attribution
from tuiyan.analysis.seeking import Solution
from tuiyan.draws.points import BATCHES, uniforms
from tuiyan.draws.weights import Weights, effective_draws, resampled, weights_of
from tuiyan.estimates import mean
from tuiyan.evidence.adapting import Sample, adapted
from tuiyan.evidence.beliefs import overlap
from tuiyan.evidence.likelihood import observations
from tuiyan.inputs.facts import read_facts

Array = NDArray[np.float64]
NOW = "2026-11-23"
FIRST = "2020-06-30"  # one figure is known beside that of the base year
DRAWS = 2048


def toy(distance: float, error: float, size: int = 3) -> tuple[dict[str, Array], Sample]:
    """Standard normal scores of which the first is seen at a distance with an error: a posterior in closed form."""
    numbers = {f"z{k}": uniforms([k], draws=8192, seed=1) for k in range(size)}

    def log_likelihood(found: dict[str, Array]) -> Array:
        seen: Array = -0.5 * ((ndtri(found["z0"][0]) - distance) / error) ** 2
        return seen

    return numbers, adapted(
        numbers,
        dict.fromkeys(numbers, 1),
        log_likelihood,
        start=Sample({}, log_likelihood(numbers), 0),
        seed=1,
        enough=4096,
    )


@pytest.mark.parametrize(("distance", "error"), [(0.3, 2.0), (3.0, 0.3), (4.5, 0.05)])
def test_the_posterior_of_a_normal_law_is_the_closed_form(distance: float, error: float) -> None:
    numbers, sample = toy(distance, error)
    precision = 1 + error**-2
    scores = {id_: ndtri((numbers | dict(sample.moved))[id_][0]) for id_ in numbers}
    middle = float(sample.weights @ scores["z0"])
    spread = float(np.sqrt(sample.weights @ (scores["z0"] - middle) ** 2))
    assert middle == pytest.approx(distance / error**2 / precision, abs=0.05 * precision**-0.5)
    assert spread == pytest.approx(precision**-0.5, rel=0.05)
    assert sample.weights @ scores["z1"] == pytest.approx(0, abs=0.05)  # what was not seen stays as it was
    assert sample.effective > 2000
    assert (sample.rounds == 0) == (error == 2.0)  # draws that have enough weight of their own stay


def test_moved_draws_say_the_same_as_many_weighted_ones() -> None:
    """The proposal changes the effort and nothing else: a long run of plain weights is the yardstick."""
    scenario = ty.load("announced", as_of="2021-12-31")
    moved = ty.learn(scenario, draws=8192)
    assert moved.rounds > 0
    numbers = ty.run(scenario, draws=2**16)
    total = numbers["scale.total"]
    log = sum(
        each.log_density(np.log(total[each.fact.year - 2017]) + numbers.parameter("scope.above_size"), np.asarray(0.05))
        for each in moved.observations
    )
    plain = weights_of(np.exp(log - np.max(log)), 2**16, 0)
    found = ty.run(moved.given(), draws=8192)
    values = np.log(total[3])
    expected = float(plain.values @ values)
    spread = float(np.sqrt(plain.values @ (values - expected) ** 2))
    assert mean(np.log(found["scale.total"][3])).value == pytest.approx(expected, abs=5 * spread / plain.effective**0.5)
    assert float(np.log(found["scale.total"][3]).std()) == pytest.approx(spread, rel=0.1)


def test_without_facts_nothing_is_learned_and_nothing_moves() -> None:
    scenario = ty.load("announced")
    found = ty.learn(scenario, draws=512)
    assert found.observations == ()
    assert found.effective == pytest.approx(512)
    assert {each.verdict for each in found.beliefs} == {"not_learned"}
    before, after = ty.run(scenario, draws=512), ty.run(scenario, draws=512, weights=found)
    for name in before.values:
        assert np.array_equal(before[name], after[name]), name


def test_the_base_year_figure_is_in_the_law_and_not_in_the_weights() -> None:
    found = ty.learn(ty.load("announced", as_of="2018-09-25"), draws=512)
    assert found.observations == ()
    base = next(each for each in found.beliefs if each.id == "base.scale")
    assert base.closed_form
    assert base.prior[1] == pytest.approx(600, rel=0.01)
    assert base.posterior[1] == pytest.approx(700, rel=0.01)
    assert base.verdict == "learned"


def test_each_fact_enters_when_it_was_published_and_derived_ones_never() -> None:
    seen = {
        day: [(each.fact.year, each.fact.qualifier) for each in observations(ty.load("announced", as_of=day))]
        for day in ("2020-01-30", "2020-01-31", "2021-07-09", "2021-07-10", NOW)
    }
    assert seen["2020-01-30"] == []
    assert seen["2020-01-31"] == seen["2021-07-09"] == [(2018, "=")]
    assert seen["2021-07-10"] == [(2018, "="), (2020, "=")]
    assert seen[NOW] == [(2018, "="), (2020, "="), (2021, "="), (2022, ">"), (2024, ">"), (2025, ">")]
    assert all(each.fact.in_fit and each.error == 0.1 for each in observations(ty.load("announced", as_of=NOW)))


def test_a_fact_planted_after_the_vintage_changes_nothing(workspace: Path) -> None:
    def found() -> tuple[Array, Array]:
        read_facts.cache_clear()
        scenario = ty.load("announced", as_of=FIRST, workspace=workspace)
        known = ty.learn(scenario, draws=512)
        return known.weights.values, ty.run(known.given(), draws=512)["scale.total"]

    before = found()
    path = workspace / "params" / "facts" / "ai_scale.csv"
    row = next(line for line in path.read_text(encoding="utf-8").splitlines() if ",2018,1339.8," in line)
    planted = row.replace(",2018,1339.8,", ",2019,99999,").replace(",2020-01,", ",2020-07-01,")
    path.write_text(path.read_text(encoding="utf-8") + planted + "\n", encoding="utf-8")
    after = found()
    assert all(np.array_equal(*pair) for pair in zip(before, after, strict=True))
    scenario = ty.load("announced", as_of="2020-07-01", workspace=workspace)
    assert len(observations(scenario)) == 2  # the plant is read as soon as it may be


def test_a_higher_figure_means_a_wider_scope_and_a_larger_city() -> None:
    found = ty.learn(ty.load("announced", as_of=NOW), draws=DRAWS)
    moved = {each.id: each for each in found.beliefs}
    assert moved["scope.above_size"].posterior[0] > moved["scope.above_size"].prior[1]
    assert moved["scope.above_size"].verdict == "learned"
    assert moved["scope.goal"].verdict == "not_learned"  # no figure of that definition was ever published
    assert all(0 <= each.overlap <= 1 for each in found.beliefs)
    assert found.effective > found.prior_effective


def test_a_counterfactual_keeps_the_draws_of_what_happened() -> None:
    found = ty.learn(ty.load("announced", as_of=FIRST), draws=DRAWS)
    here = ty.run(found.given(), draws=DRAWS)
    there = ty.run(found.given(ty.load("baseline", as_of=FIRST)), draws=DRAWS)
    assert np.array_equal(here.parameter("scale.speed"), there.parameter("scale.speed"))
    assert np.array_equal(here["scale.total"][0], there["scale.total"][0])
    gain = ty.compare(there, here).differences(["scale.total"], years=[2020])[0]
    assert 0.02 < gain.mean.value < 0.06
    child = found.given().with_(levers={"talent": 1.0})  # the value it has: an edit that changes no number
    assert np.array_equal(ty.run(child, draws=DRAWS)["scale.total"], here["scale.total"])


def test_every_verb_takes_a_learned_scenario() -> None:
    found = ty.learn(ty.load("announced", as_of="2021-12-31"), draws=DRAWS)
    here, there = found.given(), found.given(ty.load("baseline", as_of="2021-12-31"))
    run = ty.run(here, draws=DRAWS)
    scale = "scale.total"
    total = ty.explain(there, here, of=scale, draws=DRAWS)
    assert isinstance(total, Attribution)
    assert sum(part.value.value for part in total.parts) == pytest.approx(total.total.value, abs=1e-9)
    assert total.total.value == pytest.approx(
        float(np.mean(np.log(run[scale][3]) - np.log(ty.run(there, draws=DRAWS)[scale][3]))), abs=1e-9
    )
    solved = ty.solve_for(there, "R01", prob=0.99, lever="all", draws=DRAWS)
    assert isinstance(solved, Solution)
    assert solved.none.value == ty.run(there, draws=DRAWS).prob("R01").value
    assert ty.sensitivity(here, scale, method="rank", draws=DRAWS).rows[0].id != "base.scale"
    assert ty.sensitivity(here, "R01", method="tornado", draws=DRAWS).at.value == run.prob("R01").value
    assert ty.discover(run, "R06").base_rate.value == 1 - run.prob("R06").value
    assert ty.frontier(there, "R06", [0.6], draws=DRAWS).packages
    assert ty.regret([here, there], [here], draws=DRAWS).packages == ("announced", "baseline")
    path = ty.condition(run, {scale: {2020: float(run[scale][3].mean()) * 1.02}})
    again = ty.run(path.given(), draws=DRAWS)
    assert again.estimate(scale, 2020).value == pytest.approx(float(run[scale][3].mean()) * 1.02, rel=0.01)


def test_resampling_keeps_batches_order_and_proportions() -> None:
    values = np.random.default_rng(3).gamma(0.5, size=4096)
    places = resampled(values)
    assert np.array_equal(places % BATCHES, np.arange(4096) % BATCHES)
    for batch in range(BATCHES):
        mine = places[batch::BATCHES]
        assert (np.diff(mine) >= 0).all()
        share = values[batch::BATCHES] / values[batch::BATCHES].sum()
        times = np.bincount(mine // BATCHES, minlength=256)
        assert np.abs(times - 256 * share).max() < 1 + 1e-9  # systematic: never off by a whole draw


def test_weights_are_checked_and_combine() -> None:
    scenario = ty.load("announced")
    half = np.r_[np.ones(256), np.zeros(256)]
    run = ty.run(scenario, draws=512, weights=half)
    assert np.array_equal(run["scale.total"][:, ::32], ty.run(scenario, draws=256)["scale.total"][:, ::16])
    first = Weights(512, 0, half / 256, {})
    again = first.reweighted(np.full(512, 1 / 512))
    assert again.values == pytest.approx(first.values)
    assert effective_draws(half) == 256
    for bad in ([1.0], np.full(512, -1.0), np.full(512, np.nan), half * 0, "heavy", {"a": 1}):
        with pytest.raises(ty.TuiyanError, match="E252"):
            ty.run(scenario, draws=512, weights=bad)


def test_overlap_is_symmetric_in_what_it_should_be() -> None:
    values = ndtri((np.arange(10_000) + 0.5) / 10_000)
    equal = np.full(10_000, 1e-4)
    assert overlap(values, values, equal) == pytest.approx(1, abs=0.01)
    shifted = overlap(values, values + 1, equal)
    assert shifted == pytest.approx(0.6171, abs=0.02)  # 2 Phi(-1/2)


def test_a_posterior_shows_itself() -> None:
    found = ty.learn(ty.load("announced", as_of=FIRST), draws=512)
    assert "1 facts" in repr(found)
    table = found.frame()
    assert list(table["id"][:1]) == ["base.scale"]
    assert "Student t" in found._repr_html_()


@pytest.mark.parametrize("tilt", [1e-3, 0.02, 0.5, 3.0])
def test_equally_weighted_draws_keep_the_weighted_mean(tilt: float) -> None:
    """Also of the smallest tilt, which a running sum in the order of the points would lose."""
    values = ndtri(uniforms([7], draws=8192, seed=0)[0])
    weights = np.exp(tilt * values)
    places = resampled(weights)
    for b in range(BATCHES):
        mine, w = values[b::BATCHES], weights[b::BATCHES]
        assert values[places[b::BATCHES]].mean() == pytest.approx(float(w @ mine / w.sum()), abs=0.003)


def test_a_path_that_was_imposed_is_kept() -> None:
    run = ty.run(ty.load("announced"), draws=4096)
    wanted = 1.02 * float(run["scale.total"][3].mean())
    found = ty.run(ty.condition(run, {"scale.total": {2020: wanted}}).given(), draws=4096)
    assert found.estimate("scale.total", 2020).value == pytest.approx(wanted, rel=0.002)


def test_weights_come_on_top_of_what_was_learned() -> None:
    learned = ty.learn(ty.load("announced", as_of=FIRST), draws=DRAWS).given()
    once, twice = ty.run(learned, draws=DRAWS), ty.run(learned, draws=DRAWS, weights=np.ones(DRAWS))
    assert twice.prob("R01", scope=True).value == pytest.approx(once.prob("R01", scope=True).value, abs=0.02)
    huge = ty.run(ty.load("announced"), draws=512, weights=np.full(512, 1e308))
    assert np.array_equal(huge["scale.total"], ty.run(ty.load("announced"), draws=512)["scale.total"])


def test_a_scenario_that_selects_facts_learns_from_those(workspace: Path) -> None:
    text = (workspace / "params" / "scenarios" / "delayed.yaml").read_text(encoding="utf-8")
    chosen = "facts_used: [{series: sh_ai_scale_above_size, year: 2018}]\n"
    (workspace / "params" / "scenarios" / "chosen.yaml").write_text(
        f"as_of: 2021-12-31\n{chosen}{text}", encoding="utf-8"
    )
    scenario = ty.load("chosen", workspace=workspace)
    assert [each.fact.year for each in observations(scenario)] == [2018]
    assert [each.fact.year for each in observations(ty.load("announced", as_of="2021-12-31"))] == [2018, 2020]
