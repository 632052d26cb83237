"""The pool of the model and the reduced-form curves."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from scipy.special import ndtr
from tuiyan.draws.recipe import recipe
from tuiyan.estimates import Estimate, mean, quantile
from tuiyan.evidence.curves import curve_laws, curve_paths, taught_by
from tuiyan.evidence.pool import Pool, has_effort, pool, pool_of_rows, unaided, weighted_quantile
from tuiyan.evidence.stacking import DECLARED
from tuiyan.inputs.laws import Fixed, LogNormal, Normal
from tuiyan.results import Projection
from tuiyan.wording import Text

ROOT = Path(__file__).resolve().parents[2]
LAUNCH, LATER = "2017-11-14", "2018-09-25"
WHY = Text("试", "trial")
# Section 12 of economics.md: median of 2020 and P(R01), from a reference calculation of its own.
CURVES = {"trend": (1061, 0.55), "gompertz": (1112, 0.60), "bass": (919, 0.43), "no_change": (600, 0.11)}
POOLED = {
    ("baseline", LAUNCH): (972, 0.47), ("announced", LAUNCH): (1006, 0.51),
    ("baseline", LATER): (1159, 0.72), ("announced", LATER): (1200, 0.75),
}  # fmt: skip


@lru_cache(maxsize=8)
def pooled(name: str, as_of: str = LAUNCH, draws: int = 16384) -> Pool:
    return pool(ty.run(replace(ty.load(name, as_of=as_of, workspace=ROOT), horizon=2020), draws=draws))


@lru_cache(maxsize=2)
def short(name: str) -> Projection:
    return ty.run(ty.load(name, workspace=ROOT), draws=512)


def near(found: Estimate, published: float, digit: float) -> bool:
    """Within three errors of two calculations and half a unit of the printed digit."""
    return abs(found.value - published) <= 3 * 2**0.5 * found.standard_error + digit / 2


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_has_the_magnitudes_of_the_design(name: str) -> None:
    found = pooled("baseline")
    median, chance = CURVES[name]
    assert near(quantile(found.paths[name][3], 0.5), median, 1)
    assert near(found.probs("R01")[name], chance, 0.01)


@pytest.mark.parametrize(("name", "as_of"), POOLED)
def test_the_pool_has_the_magnitudes_of_the_design(name: str, as_of: str) -> None:
    median, chance = POOLED[name, as_of]
    found = pooled(name, as_of)
    assert near(found.quantile(0.5, 2020), median, 1)
    assert near(found.prob("R01"), chance, 0.01)


def test_the_trend_is_lognormal_in_closed_form() -> None:
    """Growth .22 damped by .85 over three years; sd of the base, of the growth and of three errors."""
    reach = 1 + 0.85 + 0.85**2
    centre, sd = math.log(600) + 0.22 * reach, math.sqrt(0.35**2 + (0.1 * reach) ** 2 + 3 * 0.12**2)
    found = pooled("baseline")
    median, chance = quantile(found.paths["trend"][3], 0.5), found.probs()["trend"]
    assert abs(median.value - math.exp(centre)) < 4 * median.standard_error
    assert abs(chance.value - ndtr((centre - math.log(1000)) / sd)) < 4 * chance.standard_error


def test_no_change_is_lognormal_in_closed_form() -> None:
    found = pooled("baseline")
    sd = math.sqrt(0.35**2 + 3 * 0.12**2)
    chance = found.probs()["no_change"]
    assert abs(chance.value - ndtr(math.log(600 / 1000) / sd)) < 4 * chance.standard_error


def test_the_curves_start_where_the_model_does_and_hold_no_lever() -> None:
    aided, alone = short("announced"), short("baseline")
    for name, path in curve_paths(aided).items():
        assert path[0] == pytest.approx(np.log(aided["scale.total"][0]), rel=1e-12), name
        assert np.array_equal(path, curve_paths(alone)[name]), name


def test_policy_shifts_a_curve_by_its_effect_in_the_model() -> None:
    aided, alone = pool(short("announced")), pool(short("baseline"))
    effect = np.log(short("announced")["scale.total"]) - np.log(short("baseline")["scale.total"])
    for name in aided.methods:
        moved = np.log(aided.paths[name]) - np.log(alone.paths[name])
        assert moved == pytest.approx(effect, abs=1e-12), name
    assert np.log(aided.paths["trend"][3] / alone.paths["trend"][3]).mean() > 0.02


def test_the_yardstick_may_be_given_and_is_checked() -> None:
    found = pool(short("announced"), short("baseline"))
    for name, path in pool(short("announced")).paths.items():
        assert found.paths[name] == pytest.approx(path, rel=1e-12)
    with pytest.raises(ty.TuiyanError, match="E241"):
        pool(short("announced"), short("announced"))
    with pytest.raises(ty.TuiyanError, match="E148"):
        pool(short("announced"), ty.run(ty.load("baseline", workspace=ROOT), draws=256))


def test_without_effort_means_the_same_scenario_with_its_own_laws() -> None:
    own = short("talent_squeeze")
    levers = dict.fromkeys(own.scenario.levers, 0)
    idle = ty.run(own.scenario.with_(levers=levers, because=WHY), draws=512)
    assert not has_effort(idle.scenario)
    assert unaided(own) == pytest.approx(np.log(idle["scale.total"]), abs=1e-12)
    assert np.array_equal(unaided(idle), np.log(idle["scale.total"]))


def test_a_probability_is_the_weighted_mean_of_the_methods() -> None:
    found = pool(short("announced"))
    parts = found.probs("R01")
    total = sum(DECLARED[name] * parts[name].value for name in DECLARED)
    assert found.prob("R01").value == pytest.approx(total, abs=1e-12)
    assert parts["structural"].value == pytest.approx(short("announced").prob("R01").value)
    assert (
        found.prob("scale_2020")
        == found.prob("R01")
        == pool_of_rows(short("announced"), short("announced").ledger())["R01"]
    )


def test_the_uncertain_definition_is_that_of_the_ledger() -> None:
    wide = ty.run(ty.load("wide_scope", workspace=ROOT), draws=512)
    alone = pool(wide, weights={**dict.fromkeys(DECLARED, 0.0), "structural": 1.0})
    assert alone.prob("R01", scope=True).value == wide.prob("R01", scope=True).value
    assert pool(wide).prob("R01", scope=True).value > pool(wide).prob("R01").value + 0.1


@pytest.mark.parametrize("method", DECLARED)
def test_all_weight_on_one_method_is_that_method(method: str) -> None:
    found = pool(short("announced"), weights={name: float(name == method) for name in DECLARED})
    for level in (0.05, 0.5, 0.95):
        whole, alone = found.quantile(level, 2020), quantile(found.paths[method][3], level)
        assert (whole.value, whole.standard_error) == pytest.approx((alone.value, alone.standard_error))
    assert found.prob().value == pytest.approx(mean(found.paths[method][3] > 1000).value)


def test_quantiles_are_those_of_the_mixture_and_not_means_of_quantiles() -> None:
    found = pooled("baseline")
    for level in (0.05, 0.25, 0.5, 0.75, 0.95):
        value = found.quantile(level, 2020).value
        below = sum(w * float((found.paths[name][3] <= value).mean()) for name, w in found.weights.items())
        assert below == pytest.approx(level, abs=0.002)
    averaged = sum(w * quantile(found.paths[name][3], 0.05).value for name, w in found.weights.items())
    assert abs(found.quantile(0.05, 2020).value - averaged) > 20


def test_beyond_2022_the_weight_of_bass_goes_to_the_other_curves() -> None:
    found = pool(short("announced"))
    assert found.weights_in(2022) == dict(DECLARED)
    later = found.weights_in(2023)
    assert later == pytest.approx({"structural": 0.5, **dict.fromkeys(("trend", "gompertz", "no_change"), 1 / 6)})
    value = found.quantile(0.5, 2030).value
    below = sum(w * float((found.paths[name][13] <= value).mean()) for name, w in later.items())
    assert below == pytest.approx(0.5, abs=0.005)
    only = pool(short("announced"), weights={name: float(name == "bass") for name in DECLARED})
    with pytest.raises(ty.TuiyanError, match="E243"):
        only.quantile(0.5, 2030)


@pytest.mark.parametrize("goal", ["R06", "R09", "R04", "R12"])
def test_a_goal_that_is_not_on_scale_is_refused(goal: str) -> None:
    with pytest.raises(ty.TuiyanError, match="E240"):
        pool(short("baseline")).prob(goal)


@pytest.mark.parametrize(
    "weights",
    [
        {},
        {"bass": 1.0},
        {**DECLARED, "structural": 0.6},
        {**DECLARED, "bass": -0.125, "trend": 0.375},
        {**DECLARED, "more": 0.0},
    ],
)
def test_weights_that_cannot_be_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ty.TuiyanError, match="E242"):
        pool(short("baseline"), weights=weights)


def test_what_it_is_called() -> None:
    shown = repr(pool(short("baseline")))
    assert shown.startswith("<Pool baseline, as_of 2017-11-14: structural 0.5, trend 0.125, gompertz 0.125,")
    assert "P(scale_2020)" in shown


# The draws of the curves.


def test_the_streams_of_the_curves_are_their_own() -> None:
    """No number of the model hangs on them: the recipe of a run does not know them."""
    scenario = ty.load("announced", workspace=ROOT)
    streams = {stream for part in recipe(scenario).streams().values() for stream in part}
    shock = scenario.workspace.parameter_file.shocks["curve"]
    own = {shock.first + step for step in range(shock.years)}
    own |= {p.stream for id_, p in scenario.workspace.parameters.items() if id_.startswith("curve.") and p.stream}
    assert len(own) == shock.years + 8
    assert not streams & own


def test_a_smaller_run_holds_the_first_draws_of_a_larger_one() -> None:
    large = curve_paths(ty.run(ty.load("baseline", workspace=ROOT), draws=1024))
    for name, path in curve_paths(short("baseline")).items():
        assert np.array_equal(path, large[name][:, :512]), name


def test_the_horizon_moves_no_draw() -> None:
    whole = ty.load("baseline", workspace=ROOT)
    early = curve_paths(ty.run(replace(whole, horizon=2020), draws=512))
    for name, path in curve_paths(short("baseline")).items():
        assert np.array_equal(path[:4], early[name]), name


def test_the_coefficients_of_the_bass_curve_are_correlated_as_declared() -> None:
    """The sales of three years ago against those of now, at the correlation of the register and at none."""
    scenario = ty.load("baseline", workspace=ROOT)
    pairs = curve_laws(scenario).correlations
    assert pairs == {("curve.bass.imitation", "curve.bass.innovation"): pytest.approx(0.33)}
    alone = replace(scenario, correlations={k: v for k, v in scenario.correlations.items() if k not in pairs})
    with_, without = (curve_paths(ty.run(each, draws=512)) for each in (scenario, alone))
    assert not np.array_equal(with_["bass"], without["bass"])
    assert np.array_equal(with_["gompertz"], without["gompertz"])


def test_a_scenario_changes_a_curve_and_the_model_stays() -> None:
    scenario = ty.load("baseline", workspace=ROOT).with_(uncertain={"curve.trend.growth": 0.3}, because=WHY)
    run = ty.run(scenario, draws=512)
    assert np.array_equal(run["scale.total"], short("baseline")["scale.total"])
    rise = curve_paths(run)["trend"][1] - curve_paths(short("baseline"))["no_change"][1]
    assert rise == pytest.approx(0.3, abs=1e-12)


# What figures teach.


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    return tmp_path


def plant(workspace: Path, *rows: tuple[int, float, str, str]) -> None:
    """Yearly figures of the home definition: year, value, qualifier, day of publication."""
    path = workspace / "params" / "facts" / "ai_scale.csv"
    with path.open("a", encoding="utf-8", newline="") as stream:
        for year, value, qualifier, day in rows:
            stream.write(f"planted,{year},{value},100m CNY,related,planted,{qualifier},{day},no,yes,test,,A,\n")


@pytest.mark.parametrize("as_of", [LAUNCH, LATER, "2021-12-31", "2026-06-30"])
def test_the_shipped_facts_teach_the_curves_nothing(as_of: str) -> None:
    """One figure at most in the home definition, and no growth from levels whose sample changes."""
    scenario = ty.load("announced", as_of=as_of, workspace=ROOT)
    assert taught_by(scenario) == ("", {})
    believed = curve_laws(scenario)
    assert believed.figures == ()
    assert believed.laws == {id_: law for id_, law in scenario.laws.items() if id_.startswith("curve.")}


def test_two_figures_teach_growth_by_shrinkage(workspace: Path) -> None:
    plant(workspace, (2018, 1000, "=", "2019-03-01"))
    believed = curve_laws(ty.load("baseline", as_of="2019-06-30", workspace=workspace))
    assert (believed.definition, believed.figures) == ("related", (2017, 2018))
    grown, prior, error = math.log(1000 / 700), 1 / 0.1**2, 1 / 0.12**2
    law = believed.laws["curve.trend.growth"]
    assert isinstance(law, Normal)
    assert law.mean == pytest.approx((0.22 * prior + grown * error) / (prior + error), abs=1e-9)
    assert law.sd == pytest.approx(math.sqrt(1 / (prior + error)), abs=1e-9)


def test_a_gap_between_figures_is_bridged_by_the_damped_sum(workspace: Path) -> None:
    plant(workspace, (2020, 1400, "~", "2021-03-01"))
    law = curve_laws(ty.load("baseline", as_of="2021-06-30", workspace=workspace)).laws["curve.trend.growth"]
    reach, prior = 1 + 0.85 + 0.85**2, 1 / 0.1**2
    error = reach**2 / (3 * 0.12**2)
    assert isinstance(law, Normal)
    assert law.mean == pytest.approx((0.22 * prior + math.log(2) / reach * error) / (prior + error), abs=1e-9)


def test_fast_growth_raises_what_every_curve_expects(workspace: Path) -> None:
    before = curve_laws(ty.load("baseline", as_of="2021-06-30", workspace=workspace)).laws
    plant(workspace, (2018, 1050, "=", "2019-03-01"), (2019, 1550, "=", "2020-03-01"), (2020, 2200, "=", "2021-03-01"))
    scenario = ty.load("baseline", as_of="2021-06-30", workspace=workspace)
    believed = curve_laws(scenario)
    for id_ in ("curve.trend.growth", "curve.gompertz.gap", "curve.gompertz.speed", "curve.bass.imitation"):
        old, new = before[id_], believed.laws[id_]
        assert isinstance(old, Normal | LogNormal)
        assert type(new) is type(old)
        assert new.centre > old.centre, id_
        spread = {Normal: "sd", LogNormal: "sd_log"}[type(old)]
        assert getattr(new, spread) < getattr(old, spread), id_
    assert believed.laws["curve.bass.age"] == before["curve.bass.age"]
    assert -1 < believed.correlations["curve.gompertz.gap", "curve.gompertz.speed"] < 0
    found = pool(ty.run(scenario, draws=512))
    assert found.believed.figures == (2017, 2018, 2019, 2020)
    untaught = pool(ty.run(ty.load("baseline", as_of=LATER, workspace=workspace), draws=512))
    for name in ("trend", "gompertz", "bass"):
        assert found.probs()[name].value > untaught.probs()[name].value + 0.1, name
    for name in ("structural", "no_change"):
        assert found.probs()[name] == untaught.probs()[name], name


def test_a_figure_published_later_or_told_as_a_bound_teaches_nothing(workspace: Path) -> None:
    plant(workspace, (2018, 1000, "=", "2019-07-01"), (2019, 900, ">", "2019-06-01"))
    scenario = ty.load("baseline", as_of="2019-06-30", workspace=workspace)
    assert taught_by(scenario) == ("", {})
    prior = ty.load("baseline", as_of=LATER, workspace=workspace)
    assert curve_laws(scenario).laws == curve_laws(prior).laws


def test_a_law_that_a_scenario_made_certain_is_kept(workspace: Path) -> None:
    plant(workspace, (2018, 1000, "=", "2019-03-01"))
    scenario = ty.load("baseline", as_of="2019-06-30", workspace=workspace)
    fixed = scenario.with_(uncertain={"curve.gompertz.speed": 0.2}, because=WHY)
    believed = curve_laws(fixed)
    assert believed.laws["curve.gompertz.speed"] == Fixed(family="fixed", value=0.2)
    assert believed.laws["curve.gompertz.gap"] == scenario.laws["curve.gompertz.gap"]
    assert believed.laws["curve.trend.growth"] == curve_laws(scenario).laws["curve.trend.growth"]


def test_a_weighted_quantile_of_equal_weights_is_the_usual_one() -> None:
    values = np.random.default_rng(0).standard_normal(101)
    for level in (0.0, 0.05, 0.37, 0.5, 1.0):
        assert weighted_quantile(values, np.full(101, 0.01), level) == pytest.approx(np.quantile(values, level))
    doubled = weighted_quantile(np.array([1.0, 2.0]), np.array([999.0, 1.0]), 0.5)
    assert doubled < 1.6


# Where it is printed.


def test_the_report_prints_it_beside_the_models_own_probability() -> None:
    from tuiyan.reporting import study
    from tuiyan.reporting.parts import goals

    names = {"scenario": "announced", "against": "", "lang": "zh", "draws": 512, "seed": 0, "as_of": ""}
    table = goals.ledger(study.open(names))
    place = [column.title.en for column in table.columns].index("P (pool)")
    assert table.columns[place - 1].title.en == "P, other definitions"
    found = pool(short("announced"))
    assert [row[place] for row in table.rows] == [found.prob("R01"), None, None, None, None]
    assert table.note is not None
    for name in DECLARED:
        assert f"(weight {DECLARED[name]:g})" in table.note.en
    assert "No definition has two yearly figures yet" in table.note.en


def test_the_terminal_prints_it_in_a_column(capsys: pytest.CaptureFixture[str]) -> None:
    from tuiyan.cli import main

    assert main(["run", "announced", "--draws", "512", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    head = next(line for line in lines if line.startswith("goal "))
    at = head.index("pool")
    rows = {line[:3]: line[at : at + 4].strip() for line in lines if line[:3] in ("R01", "R06", "R09")}
    assert rows == {"R01": str(pool(short("announced")).prob("R01")), "R06": "", "R09": ""}
    assert main(["run", "announced", "--draws", "512", "--json"]) == 0
    goals = json.loads(capsys.readouterr().out)[0]["goals"]
    assert goals["R01"]["probability_pool"]["value"] == pytest.approx(pool(short("announced")).prob("R01").value)
    assert goals["R06"]["probability_pool"] is None
