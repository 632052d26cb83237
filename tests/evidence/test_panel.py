"""Laws of the panel backtest: its data, what a method may see, honest spreads, skill and its intervals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tuiyan as ty
from statsmodels.regression.linear_model import OLS
from tuiyan.evidence.benchmarks import ERROR, LAWS, PRIOR_ERRORS, StudentForecast, student_forecast
from tuiyan.evidence.cases import SCORES, Backtest, Case
from tuiyan.evidence.curve_priors import CurvePriors, curve_priors
from tuiyan.evidence.forecasters import BENCHMARKS, METHODS, POOLED, forecast
from tuiyan.evidence.panel import _backtest, backtest_analogues, point_errors
from tuiyan.evidence.scores import crps_ensemble, crps_normal
from tuiyan.evidence.skill import calibration, resampled, skill_table
from tuiyan.inputs.analogues import Analogue, read_analogues, read_bass_estimates
from tuiyan.inputs.laws import LogNormal
from tuiyan.inputs.workspace import read_workspace

from tests.conftest import ROOT
from tests.targets import TARGETS

FILES = read_workspace(ROOT)
PANEL = read_analogues(FILES)
ESTIMATES = read_bass_estimates(FILES)
PRIORS = {series.id: curve_priors(FILES, ESTIMATES, without=series.id) for series in PANEL}
VCR = np.array(PANEL[0].values)
FED_THE_PRIOR = {"room_air_conditioners", "clothes_dryers"}


def cases_of(panel: list[Analogue]) -> tuple[Case, ...]:
    cases, left_out = _backtest(panel, PRIORS, list(METHODS), origins=[4, 6], horizons=[1, 3], draws=256, seed=0)
    assert left_out == {}
    return cases


@pytest.fixture(scope="module")
def shipped() -> Backtest:
    return backtest_analogues(draws=512, workspace=ROOT)


# The data.


def test_the_series_are_those_of_the_targets() -> None:
    printed = {f"A{number:02}": TARGETS[f"A{number:02}"]["inputs"] for number in (7, 8, 9)}
    numbers = [re.search(r"y=([\d,]+)", printed[row]).group(1) for row in sorted(printed)]  # type: ignore[union-attr]
    numbers += re.findall(r"gen\d = ([\d,]+)", TARGETS["A29"]["inputs"])
    expected = [[float(part) for part in each.strip(",").split(",")] for each in numbers]
    assert [list(series.values) for series in PANEL] == expected
    assert all("revenue" in series.note.en and "收入" in series.note.zh for series in PANEL)


def test_the_registered_bass_prior_is_that_of_the_eleven_durables() -> None:
    assert len(ESTIMATES) == 11
    logs = np.log([[each.innovation, each.imitation] for each in ESTIMATES]).T
    for name, sample in zip(("innovation", "imitation"), logs, strict=True):
        law = FILES.parameters[f"curve.bass.{name}"].law
        assert isinstance(law, LogNormal)
        assert np.exp(sample.mean()) == pytest.approx(law.median, rel=0.005)
        assert sample.std(ddof=1) == pytest.approx(law.sd_log, abs=0.005)
    pairs = {frozenset(each.between): each.value for each in FILES.parameter_file.correlations}
    between = pairs[frozenset({"curve.bass.innovation", "curve.bass.imitation"})]
    assert np.asarray(np.corrcoef(logs))[0, 1] == pytest.approx(between, abs=0.005)


def test_five_of_the_durables_are_those_of_the_closed_forms() -> None:
    rows = re.findall(r"(?:^|[:;,]) ?([\w& ]+) \d+,(\.\d+),(\.\d+)", TARGETS["A15"]["inputs"])
    printed = {tuple(map(float, numbers)) for _, *numbers in rows}
    assert len(printed) == 5
    assert printed <= {(each.innovation, each.imitation) for each in ESTIMATES}


def test_a_durable_is_left_out_of_its_own_prior_and_no_other() -> None:
    everything = curve_priors(FILES, ESTIMATES)
    for id_, priors in PRIORS.items():
        if id_ not in FED_THE_PRIOR:
            assert priors == everything
            continue
        others = np.log([each.imitation for each in ESTIMATES if each.id != id_])
        assert others.size == 10
        imitation = priors.bass["imitation"]
        assert (imitation.mean, imitation.sd) == pytest.approx((others.mean(), others.std(ddof=1)))
        assert replace(priors, bass=everything.bass) == everything


@pytest.mark.parametrize(
    ("file", "old", "new", "codes"),
    [
        ("analogues.csv", "vcr,2,1470,", "vcr,3,1470,", {"E210"}),
        ("analogues.csv", "clothes_dryers,1,", "vcr,11,", {"E210", "E211", "E213"}),
        ("analogues.csv", "vcr,2,1470,thousand units", "vcr,2,1470,units", {"E211"}),
        ("analogues.csv", "vcr,10,5890,", "vcr,10,-5890,", {"E212"}),
        ("analogues.csv", "vcr,10,5890,", "vcr,10,,", {"E127"}),
        ("analogues.csv", "vcr,10,5890,thousand units", "vcr,10,5890,lorries", {"E105", "E127"}),
        ("analogues.csv", "cowpertwait09", "cowpertwait10", {"E108"}),
        ("analogues_bass.csv", "0.018119,", "0,", {"E212"}),
        ("analogues_bass.csv", "durable,", "device,", {"E101", "E103"}),
    ],
)
def test_bad_rows_are_told(workspace: Path, file: str, old: str, new: str, codes: set[str]) -> None:
    path = workspace / "params" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [finding for finding in ty.check(workspace=workspace) if finding.code in codes]
    assert found
    assert all(finding.where is not None and finding.where.file == f"params/{file}" for finding in found)
    with pytest.raises(ty.TuiyanError):
        backtest_analogues(workspace=workspace)


# What a method may see.


def test_no_method_sees_what_came_after_the_origin() -> None:
    planted = [replace(series, values=(*series.values[:-1], 1e9)) for series in PANEL]
    for case, other in zip(cases_of(list(PANEL)), cases_of(planted), strict=True):
        assert (case.median, case.low, case.high) == (other.median, other.low, other.high)
        if case.origin + case.horizon < len(dict(zip(PRIORS, PANEL, strict=True))[case.series].values):
            assert case == other


def test_the_unit_of_a_series_moves_its_log_and_no_score() -> None:
    scaled = [replace(series, values=tuple(10 * value for value in series.values)) for series in PANEL]
    for case, other in zip(cases_of(list(PANEL)), cases_of(scaled), strict=True):
        assert other.observed - case.observed == pytest.approx(np.log(10), abs=1e-9)
        assert other.median - case.median == pytest.approx(np.log(10), abs=1e-4)
        assert [getattr(other, score) for score in SCORES] == pytest.approx(
            [getattr(case, score) for score in SCORES], abs=1e-3
        )


def test_a_forecast_does_not_depend_on_its_neighbours_in_the_panel() -> None:
    alone = cases_of([PANEL[3]])
    assert alone == tuple(case for case in cases_of(list(PANEL)) if case.series == PANEL[3].id)


def test_the_same_seed_gives_the_same_backtest() -> None:
    one, two = (backtest_analogues(origins=[4], draws=64, seed=3, workspace=ROOT) for _ in range(2))
    assert one.cases == two.cases
    assert one.skill() == two.skill()


@pytest.mark.parametrize("values", [[5.0], [], [5.0, 0.0, 7.0], [5.0, np.nan, 7.0], [5.0, -1.0], [[1.0, 2.0]]])
def test_what_cannot_be_forecast_is_refused(values: list[Any]) -> None:
    with pytest.raises(ValueError, match="year"):
        forecast("no_change", values, 3, priors=PRIORS["vcr"])


def test_methods_and_horizons_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="horizon"):
        forecast("no_change", [1.0, 2.0], 0, priors=PRIORS["vcr"])
    with pytest.raises(ValueError, match="no method"):
        forecast("no_chance", [1.0, 2.0], 1, priors=PRIORS["vcr"])


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_as_many_finite_draws_as_asked(method: str) -> None:
    draws = forecast(method, VCR[:4], 3, priors=PRIORS["vcr"], count=100, seed=1)
    assert draws.shape == (3, 100)
    assert np.isfinite(draws).all()
    assert (draws.std(axis=1) > 0.05).all()


# The naive forecasts.


@pytest.mark.parametrize("n", [2, 3, 4, 6])
def test_benchmarks_continue_steady_growth_as_their_names_say(n: int) -> None:
    logs = np.linspace(5.0, 5.0 + 0.2 * (n - 1), n)
    centres = {name: law(logs, 3).centre - logs[-1] for name, law in LAWS.items()}
    assert centres["no_change"] == pytest.approx([0, 0, 0])
    for name in ("last_growth", "log_linear"):
        assert centres[name] == pytest.approx([0.2, 0.4, 0.6])
    assert centres["damped_trend"] == pytest.approx(0.2 * np.cumsum([0.6, 0.36, 0.216]))
    assert (centres["ets"] > 0).all()
    assert (centres["ets"] < [0.21, 0.41, 0.61]).all()


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.parametrize("n", [2, 4, 6])
def test_spreads_grow_with_the_horizon_and_with_the_errors_made(name: str, n: int) -> None:
    found = LAWS[name](np.log(VCR[:n]), 4)
    assert (np.diff(found.scale) > 0).all()
    steady = LAWS[name](np.full(n, 5.0), 4)
    assert found.scale[0] >= steady.scale[0]
    if n > 2 and name != "no_change":
        wild = LAWS[name](np.log(VCR[:n]) + np.resize([1.0, -1.0], n), 4)
        assert wild.scale[0] > found.scale[0]


def test_the_spread_of_a_trend_is_that_of_regression() -> None:
    """The predictive standard error of the textbook, but for the variance, which is shrunk as that of all methods."""
    logs = np.log(VCR[:6])
    fit = OLS(logs, np.column_stack([np.ones(6), np.arange(6)])).fit()
    ahead = fit.get_prediction(np.column_stack([np.ones(3), np.arange(6, 9)]))
    found = LAWS["log_linear"](logs, 3)
    assert found.centre == pytest.approx(ahead.predicted_mean)
    variance = (PRIOR_ERRORS * ERROR**2 + fit.ssr) / (PRIOR_ERRORS + 4)
    assert found.scale**2 == pytest.approx(ahead.se_obs**2 / fit.mse_resid * variance)
    assert found.freedom == PRIOR_ERRORS + 4


def test_the_spread_of_a_step_lies_between_what_was_believed_and_what_was_seen() -> None:
    growth = np.ones(1)
    assert student_forecast(growth, growth, squares=0.0, errors=0).scale == pytest.approx([ERROR])
    assert student_forecast(growth, growth, squares=4 * ERROR**2, errors=4).scale == pytest.approx([ERROR])
    many = student_forecast(growth, growth, squares=1e6 * 0.09, errors=1_000_000)
    assert many.scale == pytest.approx([0.3], abs=1e-4)


def test_draws_are_those_of_the_law() -> None:
    law = StudentForecast(np.array([3.0, 5.0]), np.array([2.0, 0.5]), np.inf)
    draws = law.draws(20_000, 1)
    expected = crps_normal([4.2, 4.2], law.centre, law.scale)
    assert crps_ensemble([4.2, 4.2], draws) == pytest.approx(expected, abs=1e-3)
    heavy = StudentForecast(np.zeros(1), np.ones(1), 7.0).draws(20_000, 1)
    assert heavy.var() == pytest.approx(7 / 5, rel=0.01)
    assert abs(np.asarray(np.corrcoef(draws))[0, 1]) < 0.05


def test_the_pool_is_a_mixture() -> None:
    """Its distribution function is the mean of the three, at every point."""
    parts = [forecast(name, VCR[:4], 3, priors=PRIORS["vcr"], count=9000, seed=5)[2] for name in POOLED]
    pool = forecast("default", VCR[:4], 3, priors=PRIORS["vcr"], count=9000, seed=6)[2]
    for point in np.quantile(np.concatenate(parts), [0.05, 0.25, 0.5, 0.75, 0.95]):
        share = float(np.mean([(part < point).mean() for part in parts]))
        assert (pool < point).mean() == pytest.approx(share, abs=0.012)
    assert pool.std() > min(part.std() for part in parts)


def test_a_logistic_curve_is_believed_to_go_as_far_as_the_gompertz_curve_and_as_fast_as_durables() -> None:
    priors = PRIORS["vcr"]
    logistic, gompertz = priors.of("logistic"), priors.of("gompertz")
    assert np.log1p(np.exp(logistic["offset"].mean)) == pytest.approx(gompertz["gap"].mean)
    assert np.log(81) / np.exp(logistic["speed"].mean) == pytest.approx(11, abs=0.1)  # years from 10 to 90 %
    assert set(priors.of("richards")) == {*logistic, "shape"}


# Published numbers.

DESIGN = {
    4: {"bass": (0.33, 1.5), "damped_trend": (0.51, 1.0), "no_change": (0.67, 1.2), "log_mean": (0.27, 0.81)},
    5: {"bass": (0.27, 2.1), "damped_trend": (0.60, 1.2), "no_change": (0.18, 0.73), "log_mean": (0.25, 0.39)},
    6: {"bass": (0.50, 1.9), "damped_trend": (0.84, 1.4), "no_change": (0.36, 0.64), "log_mean": (0.31, 0.69)},
}


def test_point_errors_are_those_of_the_design() -> None:
    for row in point_errors(leave_one_out=False, workspace=ROOT):
        median, worst = DESIGN[row.origin][row.method]
        assert row.median == pytest.approx(median, abs=0.01)
        assert row.worst == pytest.approx(worst, abs=0.05)


# Backtest and skill.


def test_a_backtest_has_every_case_once(shipped: Backtest) -> None:
    frame = shipped.frame()
    assert shipped.left_out == {}
    assert shipped.methods == tuple(METHODS)
    assert len(frame) == 6 * 3 * 3 * len(METHODS)
    assert not frame.duplicated(["series", "origin", "horizon", "method"]).any()
    assert frame.to_dict("records") == [asdict(case) for case in shipped.cases]
    assert frame["pit"].between(0, 1).all()
    assert (frame["low"] <= frame["median"]).all()
    assert (frame["median"] <= frame["high"]).all()
    assert frame["pinball_50"].to_numpy() == pytest.approx(frame["absolute"].to_numpy() / 2)
    assert "6 series" in repr(shipped)


def test_benchmarks_are_always_shown_and_the_best_has_no_skill(shipped: Backtest) -> None:
    only = backtest_analogues(["bass"], origins=[4], draws=64, workspace=ROOT)
    assert set(only.methods) == {"bass", *BENCHMARKS}
    for score in SCORES:
        rows = shipped.skill(score)
        assert [row.mean for row in rows] == sorted(row.mean for row in rows)
        best = next(row for row in rows if row.benchmark)
        assert (best.skill, best.skill_low, best.skill_high) == (0, 0, 0)
        assert all((row.skill > 0) == (row.mean < best.mean) for row in rows)
        assert all(row.low <= row.mean <= row.high for row in rows)


def test_leaving_out_moves_only_what_fed_the_prior(shipped: Backtest) -> None:
    everything = backtest_analogues(draws=512, leave_one_out=False, workspace=ROOT)
    moved = {(a.series, a.method) for a, b in zip(shipped.cases, everything.cases, strict=True) if a != b}
    assert moved == {(series, method) for series in FED_THE_PRIOR for method in ("bass", "default")}


def test_a_method_that_fails_anywhere_is_left_out_with_its_reason() -> None:
    found = backtest_analogues(origins=[2, 4], horizons=[1], draws=64, workspace=ROOT)
    assert set(found.left_out) == {"local_level"}
    assert "vcr, 2" in found.left_out["local_level"]
    assert "local_level" not in found.methods


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda _: backtest_analogues(["bas"], workspace=ROOT), "E214"),
        (lambda _: backtest_analogues(origins=[1], workspace=ROOT), "E215"),
        (lambda _: backtest_analogues(origins=[], workspace=ROOT), "E215"),
        (lambda _: backtest_analogues(horizons=[0], workspace=ROOT), "E215"),
        (lambda _: backtest_analogues(origins=[11], horizons=[3], workspace=ROOT), "E215"),
        (lambda _: backtest_analogues(draws=100, workspace=ROOT), "E142"),
        (lambda found: found.skill("crp"), "E216"),
        (lambda found: found.skill(origin=9), "E215"),
        (lambda found: found.calibration("bas"), "E214"),
        (lambda found: found.calibration(horizon=0), "E215"),
    ],
)
def test_what_cannot_be_asked_is_told(shipped: Backtest, call: Callable[[Backtest], object], code: str) -> None:
    with pytest.raises(ty.TuiyanError) as caught:
        call(shipped)
    assert {finding.code for finding in caught.value.findings} == {code}


def test_reliability_of_a_method_is_that_of_its_transforms(shipped: Backtest) -> None:
    found = shipped.calibration("default")
    frame = shipped.frame()
    ours = frame[frame["method"] == "default"]
    inside = ((ours["pit"] >= 0.05) & (ours["pit"] <= 0.95)).mean()
    assert found.coverage[found.levels.index(0.9)] == pytest.approx(inside)
    assert found.cases == sum(found.histogram or ()) == 54
    assert shipped.calibration("default", origin=4).histogram is None  # 18 cases
    assert list(found.coverage) == sorted(found.coverage)


def test_a_method_that_tells_the_truth_is_reliable() -> None:
    even = (np.arange(1000) + 0.5) / 1000
    found = calibration(even, ["a"] * 1000)
    assert found.coverage == pytest.approx(found.levels, abs=1e-9)
    assert found.histogram == (200,) * 5
    assert (found.mean, found.variance) == pytest.approx((1 / 2, 1 / 12), abs=1e-6)
    for wrong in ([], [0.5, 1.1], [np.nan]):
        with pytest.raises(ValueError, match="between 0 and 1"):
            calibration(wrong, ["a"] * len(wrong))


def test_units_are_drawn_whole_and_alike() -> None:
    drawn = resampled(6, replications=4000, seed=1)
    assert (drawn.sum(axis=1) == 6).all()
    assert drawn.mean(axis=0) == pytest.approx(np.ones(6), abs=0.06)
    assert (drawn == resampled(6, replications=4000, seed=1)).all()
    assert (drawn != resampled(6, replications=4000, seed=2)).any()


def test_intervals_rest_on_units_and_not_on_cases() -> None:
    generator = np.random.default_rng(2)
    units = [f"s{number}" for number in range(8)]
    scores = {"new": generator.gamma(2, size=8), "old": generator.gamma(2, size=8)}
    once = skill_table(scores, units, benchmarks=["old"])
    repeated = skill_table({method: np.tile(each, 9) for method, each in scores.items()}, units * 9, benchmarks=["old"])
    for row, again in zip(once, repeated, strict=True):
        numbers, others = (
            [value for value in asdict(each).values() if isinstance(value, float)] for each in (row, again)
        )
        assert others == pytest.approx(numbers, rel=1e-9)
    shuffled = generator.permutation(8)
    moved = skill_table(
        {method: each[shuffled] for method, each in scores.items()},
        [units[place] for place in shuffled],
        benchmarks=["old"],
    )
    assert [row.skill_low for row in moved] == pytest.approx([row.skill_low for row in once])


def test_the_interval_of_a_mean_covers_it_about_as_often_as_it_says() -> None:
    """Of 200 samples of 40 units from a known law, the 90% interval holds the true mean in 80 to 97 of 100."""
    generator = np.random.default_rng(3)
    covered = 0
    for _ in range(200):
        row = skill_table(
            {"old": generator.gamma(2, size=40)}, [str(k) for k in range(40)], benchmarks=["old"], replications=400
        )[0]
        covered += row.low <= 2 <= row.high
    assert 160 <= covered <= 194


@pytest.mark.parametrize(("count", "ranks"), [(3, [None, None]), (4, [1, 2])])
def test_few_units_are_shown_and_not_ranked(count: int, ranks: list[int | None]) -> None:
    scores = {"new": np.ones(count), "old": 2 * np.ones(count)}
    rows = skill_table(scores, [str(number) for number in range(count)], benchmarks=["old"])
    assert [row.rank for row in rows] == ranks
    assert [row.skill for row in rows] == [0.5, 0]


def test_a_log_score_is_compared_by_difference() -> None:
    rows = skill_table({"new": [-1.0, 1.0], "old": [0.0, 1.0]}, ["a", "b"], benchmarks=["old"], ratio=False)
    assert [(row.method, row.skill) for row in rows] == [("new", 0.5), ("old", 0.0)]


def test_skill_over_perfection_is_no_number() -> None:
    rows = skill_table({"new": [1.0], "old": [0.0]}, ["a"], benchmarks=["old"])
    assert all(np.isnan(row.skill) for row in rows)


@pytest.mark.parametrize(
    ("scores", "units"),
    [({"new": [1.0]}, ["a"]), ({"old": []}, []), ({"old": [1.0], "new": [1.0, 2.0]}, ["a"])],
)
def test_tables_that_compare_nothing_are_refused(scores: dict[str, list[float]], units: list[str]) -> None:
    with pytest.raises(ValueError, match="needs"):
        skill_table(scores, units, benchmarks=["old"])


def test_the_priors_of_a_workspace_that_fixes_a_curve_are_nearly_certain(workspace: Path) -> None:
    path = workspace / "params" / "parameters.yaml"
    text = path.read_text(encoding="utf-8")
    old = "law: {family: normal, mean: 1.609, sd: 0.5}"
    assert old in text
    path.write_text(text.replace(old, "law: {family: fixed, value: 1.609}"), encoding="utf-8")
    files = read_workspace(workspace)
    found: CurvePriors = curve_priors(files, read_bass_estimates(files))
    gap = found.of("gompertz")["gap"]
    assert gap.mean == 1.609
    assert gap.sd < 0.01


def test_the_priors_are_those_of_the_register() -> None:
    found = curve_priors(FILES, ESTIMATES)
    gap, innovation = found.of("gompertz")["gap"], found.of("bass")["innovation"]
    assert (gap.mean, gap.sd) == pytest.approx((1.609, 0.5), abs=1e-6)
    assert (innovation.mean, innovation.sd) == pytest.approx((np.log(0.0135), 0.73), abs=1e-3)
    assert (found.growth.mean, found.growth.sd, found.damping) == pytest.approx((0.22, 0.1, 0.85), abs=1e-6)
