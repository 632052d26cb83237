"""Archived forecasts against facts published since: the scores, the split of a miss, the goals, and bad archives."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tuiyan as ty
from scipy.special import ndtr, ndtri
from tuiyan.cli import main
from tuiyan.evidence import archive
from tuiyan.evidence.archive import Forecast, Spread
from tuiyan.evidence.deviation import as_it_happened, growth_since
from tuiyan.evidence.scored import FigureScore, Scored
from tuiyan.evidence.scores import crps_ensemble
from tuiyan.evidence.scoring import score
from tuiyan.inputs.facts import Fact, read_facts
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.workspace import find_workspace, read_workspace

from tests.evidence.planting import plant

DRAWS = 512
TODAY = "2026-06-30"
LAUNCH, LATER = "2017-11-14", "2018-09-25"
ABOVE = "sh_ai_scale_above_size"
GROWTH = "macro.growth_value_added"
Archive = Callable[..., Path]
Out = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def forecasts() -> dict[tuple[str, str], Forecast]:
    pairs = [("announced", LAUNCH), ("baseline", LAUNCH), ("announced", LATER), ("announced", "2021-07-10")]
    return {(name, as_of): archive.forecast(ty.run(ty.load(name, as_of=as_of), draws=DRAWS)) for name, as_of in pairs}


@pytest.fixture
def reports(tmp_path: Path, forecasts: dict[tuple[str, str], Forecast]) -> Archive:
    """Write reports that hold archived forecasts; gives their folder."""

    def write(*keys: tuple[str, str], change: Callable[[Forecast], Forecast] = lambda each: each) -> Path:
        for name, as_of in keys:
            folder = tmp_path / "reports" / f"{name}-{as_of}"
            folder.mkdir(parents=True)
            (folder / "manifest.json").write_text("{}", encoding="utf-8")
            text = archive.to_json([change(forecasts[name, as_of])])
            (folder / archive.FILE).write_text(text, encoding="utf-8")
        return tmp_path / "reports"

    return write


def figure(value: float = 1000.0, year: int = 2020, qualifier: str = "=", definition: str = "above_size") -> Fact:
    facts = read_facts(read_workspace(find_workspace()))
    model = next(fact for fact in facts if fact.definition == definition and fact.in_fit)
    return Fact(**{**vars(model), "value": value, "year": year, "qualifier": qualifier})


def sharp(fact: Fact, sd: float, *, off: float = 0.0, home: Forecast) -> FigureScore:
    """The score of a normal forecast of the log with its centre `off` from the figure."""
    centre = math.log(fact.value) + off
    quantiles = {name: math.exp(centre + sd * float(ndtri(level))) for name, level in archive.LEVELS.items()}
    scale = {fact.definition: {fact.year: Spread(quantiles, centre, sd)}}
    return FigureScore("x", replace(home, scale=scale), fact.definition, fact)


def codes(caught: pytest.ExceptionInfo[ty.TuiyanError]) -> list[str]:
    return [finding.code for finding in caught.value.findings]


def launch_of(forecasts: dict[tuple[str, str], Forecast]) -> Forecast:
    return forecasts["announced", LAUNCH]


def test_a_perfect_forecast_scores_nothing_in_the_limit(forecasts: dict[tuple[str, str], Forecast]) -> None:
    before = math.inf
    for sd in (0.1, 0.01, 0.001, 0.0):
        found = sharp(figure(), sd, home=launch_of(forecasts))
        scores = [found.crps, found.interval, *(found.pinball(name) for name in ("p10", "p50", "p90"))]
        assert all(each is not None and 0 <= each <= 4 * sd + 1e-12 for each in scores)
        total = sum(each or 0.0 for each in scores)
        assert total < before
        before = total
        assert found.pit == pytest.approx(0.5)
        assert found.miss == pytest.approx(0, abs=1e-12)


def test_a_sharp_wrong_forecast_scores_its_distance(forecasts: dict[tuple[str, str], Forecast]) -> None:
    for sd in (1e-6, 0.0):
        found = sharp(figure(), sd, off=-0.3, home=launch_of(forecasts))
        assert found.crps == pytest.approx(0.3, abs=1e-5)
        assert found.miss == pytest.approx(0.3, abs=1e-12)
        assert found.interval == pytest.approx(20 * 0.3, abs=1e-4)
        assert found.pinball("p90") == pytest.approx(0.9 * 0.3, abs=1e-5)
        assert found.pit == 1


def test_honest_spread_beats_too_much_and_too_little(forecasts: dict[tuple[str, str], Forecast]) -> None:
    """Over figures drawn from the law itself, every score is lowest for that law."""
    logs = 0.3 * np.random.default_rng(3).standard_normal(400)
    for name in ("crps", "interval"):
        means = [
            np.mean([getattr(sharp(figure(), sd, off=-off, home=launch_of(forecasts)), name) for off in logs])
            for sd in (0.1, 0.3, 0.9)
        ]
        assert means[1] == min(means), name


def test_the_closed_form_is_near_the_score_of_the_draws() -> None:
    projection = ty.run(ty.load("announced"), draws=16384)
    found = archive.forecast(projection)
    for year, value in ((2018, 1339.8), (2020, 2246.0), (2021, 3056.0), (2020, 1000.0)):
        draws = np.log(archive.scale_under(projection, "scope.above_size")[projection.index(year)])
        closed = FigureScore("x", found, "above_size", figure(value, year)).crps
        assert closed == pytest.approx(float(crps_ensemble(math.log(value), draws)), abs=0.002)


@pytest.mark.parametrize(("qualifier", "sign"), [(">", 1.0), ("<", -1.0)])
def test_a_bound_has_a_probability_and_no_score(
    qualifier: str, sign: float, forecasts: dict[tuple[str, str], Forecast]
) -> None:
    found = sharp(figure(qualifier=qualifier), 0.2, off=0.2 * sign, home=launch_of(forecasts))
    assert [found.crps, found.interval, found.pinball("p50"), found.pit, found.miss, found.error] == [None] * 6
    assert found.beyond == pytest.approx(0.8413447, abs=1e-6)
    assert sharp(figure(), 0.2, home=launch_of(forecasts)).beyond is None


def test_figures_are_those_of_a_bridged_definition_that_may_enter_a_fit(reports: Archive) -> None:
    frame = score(reports(("announced", LAUNCH)), as_of=TODAY).frame()
    told = list(zip(frame["year"], frame["definition"], frame["qualifier"], frame["value"], strict=True))
    assert told == [
        (2017, "related", "~", 700.0), (2018, "above_size", "=", 1339.8), (2020, "above_size", "=", 2246.0),
        (2021, "above_size", "=", 3056.0), (2022, "above_size", ">", 3800.0), (2024, "above_size", ">", 4500.0),
        (2025, "above_size", ">", 5500.0),
    ]  # fmt: skip
    assert set(frame["unit"]) == {"亿元"}
    assert set(frame["score_unit"]) == {"log"}


def test_only_what_was_published_later_counts(reports: Archive) -> None:
    """The figure of 2020 was published on the very day of the last forecast: it was known."""
    found = score(reports(("announced", LATER), ("announced", "2021-07-10")), as_of=TODAY)
    for row in found.figures:
        assert row.fact.published > row.forecast.as_of
    years = {as_of: {row.fact.year for row in found.figures if str(row.forecast.as_of) == as_of} for as_of in
             (LATER, "2021-07-10")}  # fmt: skip
    assert years[LATER] == {2018, 2020, 2021, 2022, 2024, 2025}
    assert years["2021-07-10"] == {2021, 2022, 2024, 2025}


def test_what_is_published_after_the_day_of_scoring_changes_nothing(reports: Archive, workspace: Path) -> None:
    folder, day = reports(("announced", LAUNCH)), "2021-08-01"
    before = score(folder, as_of=day, workspace=workspace)
    plant(workspace, series=ABOVE, year="2020", value="9999", vintage="2021-08-02")
    plant(workspace, "macro_shanghai.csv", series="sh_gdp_real_growth", year="2019", value="-9", vintage="2021-08-02",
          known_at_launch="no")  # fmt: skip
    after = score(folder, as_of=day, workspace=workspace)
    assert after.frame().equals(before.frame())
    assert after.goal_frame().equals(before.goal_frame())
    next_day = score(folder, as_of="2021-08-02", workspace=workspace)
    assert 9999 in next_day.frame()["value"].tolist()
    assert not next_day.frame()["scenario_deviation"].equals(before.frame()["scenario_deviation"])


def test_the_split_sums_to_the_miss(reports: Archive) -> None:
    found = score(reports(("announced", LAUNCH), ("baseline", LAUNCH), ("announced", LATER)), as_of=TODAY)
    points = [row for row in found.figures if row.point]
    assert len(points) == 11
    for row in points:
        assert row.deviation is not None
        assert row.error is not None
        assert row.miss == pytest.approx(math.log(row.fact.value / row.spread.quantiles["p50"]), abs=1e-12)
        assert row.deviation + row.error == pytest.approx(row.miss, abs=1e-15)


def test_nothing_deviates_when_the_scenario_happened(reports: Archive, workspace: Path) -> None:
    """The levers are those of the forecast and no growth has been published since: exactly nothing."""
    plant(workspace, series=ABOVE, year="2020", value="1500", vintage="2018-12-01")
    folder = reports(("announced", LAUNCH))
    found = score(folder, as_of="2018-12-01", workspace=workspace)
    assert [row.fact.year for row in found.figures] == [2017, 2020]
    assert [row.deviation for row in found.figures] == [0.0, 0.0]
    assert [row.error for row in found.figures] == [row.miss for row in found.figures]
    other = score(folder, as_of="2018-12-01", happened="baseline", workspace=workspace)
    assert other.figures[1].deviation is not None
    assert other.figures[1].deviation < 0
    assert other.figures[1].miss == found.figures[1].miss


def test_the_deviation_of_the_baseline_is_the_levers_when_they_alone_happened(
    reports: Archive, workspace: Path
) -> None:
    plant(workspace, series=ABOVE, year="2020", value="1500", vintage="2018-12-01")
    found = score(reports(("baseline", LAUNCH)), as_of="2018-12-01", workspace=workspace).figures[1]
    runs = [ty.run(ty.load(name), draws=DRAWS) for name in ("baseline", "announced")]
    medians = [archive.forecast(each).scale["above_size"][2020].quantiles["p50"] for each in runs]
    assert found.deviation == pytest.approx(math.log(medians[1] / medians[0]), abs=1e-12)


def test_growth_that_happened_is_a_path_and_the_law_holds_where_it_is_not_known() -> None:
    space = read_workspace(find_workspace())
    growth = growth_since(space, date.fromisoformat(LAUNCH), date(2021, 12, 31))
    assert {year: round(100 * math.expm1(rate), 9) for year, rate in growth.items()} == {
        2018: 6.6,
        2019: 6.0,
        2020: 1.7,
    }
    scenario = ty.load("announced")
    lived = as_it_happened(scenario, scenario, growth)
    path: dict[Any, Any] = {**growth, "then": "stop"}
    change = {"set": path, "between": "step", "because": scenario.title, "grade": "official"}
    by_file = scenario.with_(uncertain={GROWTH: change})
    one, other = (ty.run(each, draws=64) for each in (lived, by_file))
    assert np.array_equal(one["scale.total"], other["scale.total"])
    assert not np.array_equal(one["scale.total"], ty.run(scenario, draws=64)["scale.total"])


def test_a_year_that_is_not_known_keeps_its_law() -> None:
    scenario = ty.load("announced")
    law = as_it_happened(scenario, scenario, {2018: 0.06, 2020: 0.01}).laws[GROWTH]
    assert isinstance(law, Yearly)
    assert law.at(2018).declared() == (0.06,)
    assert law.at(2020).declared() == (0.01,)
    for year in (2017, 2019, 2021, 2030):
        assert law.at(year) == scenario.laws[GROWTH]
    assert as_it_happened(scenario, scenario, {}).same(scenario)
    assert as_it_happened(scenario, scenario, {2049: 0.1}).same(scenario)


def test_growth_known_before_the_forecast_is_not_what_happened_since() -> None:
    space = read_workspace(find_workspace())
    assert set(growth_since(space, date(2021, 7, 10), date(2026, 6, 30))) == {2021, 2022, 2023, 2024, 2025}
    assert growth_since(space, date(2026, 6, 30), date(2026, 6, 30)) == {}


def test_levers_and_policy_settings_are_those_that_happened() -> None:
    scenario, past = ty.load("fast_technology"), ty.load("delayed")
    lived = as_it_happened(scenario, past, {})
    assert lived.levers == past.levers
    assert lived.laws["policy.delay"] == past.laws["policy.delay"] != scenario.laws["policy.delay"]
    kept = [id_ for id_ in scenario.laws if not id_.startswith("policy.")]
    assert all(lived.laws[id_] == scenario.laws[id_] for id_ in kept)
    short = past.with_(levers={"talent": {2018: 0.2, 2020: 1}}, horizon=2025)
    effort = as_it_happened(scenario, short, {}).levers["talent"]
    assert isinstance(effort, Yearly)
    assert len(effort.laws) == scenario.horizon - 2016
    assert effort.at(2030).declared() == (1,)


def test_goals_have_a_brier_score_where_an_outcome_is_known(reports: Archive) -> None:
    found = score(reports(("announced", LAUNCH)), as_of=TODAY)
    rows = {row.goal: row for row in found.goals}
    assert set(rows) == {"R01", "R06", "R07", "R08", "R09"}
    met = rows["R01"]
    assert met.met is True
    assert met.fact is not None
    assert (met.fact.definition, met.fact.value) == ("above_size", 2246)
    spread = met.forecast.scale["above_size"][2020]
    chance = 1 - ndtr((np.log(1000) - spread.mean) / spread.sd)  # of a figure of that definition above the goal
    assert met.probability == pytest.approx(chance, abs=1e-12)
    assert met.brier == pytest.approx((1 - chance) ** 2, abs=1e-12)
    assert met.probability == pytest.approx(met.chance.scope, abs=0.03)  # both factors have one law
    for other in ("R06", "R07", "R08", "R09"):
        assert [rows[other].met, rows[other].fact, rows[other].brier] == [None] * 3


def test_the_error_of_publication_widens_a_forecast_around_its_median(reports: Archive) -> None:
    found = next(row for row in score(reports(("announced", LAUNCH)), as_of=TODAY).figures if row.fact.year == 2020)
    plain = replace(found, noise=0.0)
    assert found.noise == 0.1  # that of the bridge to above-size firms
    assert found.spread.sd == pytest.approx(math.hypot(plain.spread.sd, 0.1))
    assert found.spread.quantiles["p50"] == pytest.approx(plain.spread.quantiles["p50"])
    assert found.spread.quantiles["p95"] > plain.spread.quantiles["p95"]
    assert found.spread.quantiles["p05"] < plain.spread.quantiles["p05"]
    assert found.miss == pytest.approx(plain.miss)


def test_a_counterfactual_has_no_outcome(reports: Archive) -> None:
    found = score(reports(("announced", LAUNCH)), as_of=TODAY, happened="delayed")
    assert found.figures
    assert found.goals == ()


@pytest.mark.parametrize(("qualifier", "value", "met"), [
    ("=", "1000", False), ("=", "1000.1", True), (">", "1000", True), (">", "900", None), ("<", "1000", False),
    ("<", "1100", None),
])  # fmt: skip
def test_a_bound_decides_a_goal_only_where_it_can(
    workspace: Path, reports: Archive, qualifier: str, value: str, met: bool | None
) -> None:
    plant(workspace, series=ABOVE, year="2020", value=value, qualifier=qualifier, vintage="2021-01-05")
    found = score(reports(("announced", LAUNCH)), as_of="2021-06-01", workspace=workspace)
    assert found.goals[0].met is met
    assert (found.goals[0].fact is None) == (met is None)


def test_the_two_findings_are_printed_with_the_outcomes_and_leak_nothing(reports: Archive) -> None:
    folder = reports(("announced", LAUNCH))
    today = " ".join(text.en for text in score(folder, as_of=TODAY).cautions)
    assert "already above" in today
    assert "CNY 134bn for 2018" in today
    assert "scope factor" in today
    assert "pandemic" in today
    early = " ".join(text.en for text in score(folder, as_of="2018-12-01").cautions)
    assert "already above" not in early
    assert "pandemic" not in early
    assert "scope factor" in early


def test_the_same_forecast_in_two_reports_is_scored_once(reports: Archive, tmp_path: Path) -> None:
    folder = reports(("announced", LAUNCH))
    text = (folder / f"announced-{LAUNCH}" / archive.FILE).read_text(encoding="utf-8")
    (folder / "again").mkdir()
    (folder / "again" / archive.FILE).write_text(text.replace('"sha256": ""', '"sha256": "b"'), encoding="utf-8")
    single = tmp_path / "copy.json"
    single.write_text(text, encoding="utf-8")
    assert score([folder, single], as_of=TODAY).forecasts == 1
    assert len(score(single, as_of=TODAY).figures) == 7


def warned(found: Scored) -> list[str]:
    return [finding.code for finding in found.warnings]


def test_a_scenario_that_changed_is_scored_and_not_split(reports: Archive) -> None:
    found = score(reports(("announced", LAUNCH), change=lambda each: replace(each, fingerprint="0")), as_of=TODAY)
    assert warned(found) == ["W239"]
    assert all(row.deviation is None and row.error is None for row in found.figures)
    assert all(row.crps is not None for row in found.figures if row.point)


def test_a_model_that_changed_is_said(reports: Archive) -> None:
    def moved(each: Forecast) -> Forecast:
        wider = {
            year: replace(spread, quantiles={name: value * 1.01 for name, value in spread.quantiles.items()})
            for year, spread in each.scale["above_size"].items()
        }
        return replace(each, scale={**each.scale, "above_size": wider})

    found = score(reports(("announced", LAUNCH), change=moved), as_of=TODAY)
    assert warned(found) == ["W239"]
    for row in found.figures:
        if row.point:
            assert (row.deviation or 0.0) + (row.error or 0.0) == pytest.approx(row.miss, abs=1e-15)
    assert warned(score(reports(("baseline", LAUNCH)) / f"baseline-{LAUNCH}", as_of=TODAY)) == []


def test_an_unknown_scenario_is_scored_and_not_split(reports: Archive) -> None:
    found = score(reports(("announced", LAUNCH), change=lambda each: replace(each, scenario="anounced")), as_of=TODAY)
    assert warned(found) == ["W238"]
    assert "announced" in found.warnings[0].message.en
    assert all(row.deviation is None for row in found.figures)


def test_every_bad_archive_is_told_at_once(reports: Archive) -> None:
    folder = reports(("announced", LAUNCH), ("baseline", LAUNCH))
    (folder / f"announced-{LAUNCH}" / archive.FILE).write_text("{", encoding="utf-8")
    (folder / f"baseline-{LAUNCH}" / archive.FILE).unlink()
    with pytest.raises(ty.TuiyanError) as caught:
        score([folder, folder / f"baseline-{LAUNCH}", folder / "nothing"], as_of=TODAY)
    assert sorted(codes(caught)) == ["E236", "E237", "E237"]


def test_a_file_of_the_workspace_is_called_by_its_place_in_it(reports: Archive, workspace: Path) -> None:
    folder = reports(("announced", LAUNCH)) / f"announced-{LAUNCH}"
    (folder / archive.FILE).write_text("{", encoding="utf-8")
    with pytest.raises(ty.TuiyanError) as caught:
        score(folder, as_of=TODAY, workspace=workspace)
    assert f" reports/announced-{LAUNCH}/forecast.json " in str(caught.value)
    assert str(workspace) not in str(caught.value)


def test_reports_without_a_forecast_are_passed_over_and_said(reports: Archive) -> None:
    folder = reports(("announced", LAUNCH))
    (folder / "compare").mkdir()
    (folder / ".bundles").mkdir()
    found = score(folder, as_of=TODAY)
    assert found.passed == ("compare",)
    assert found.forecasts == 1


def test_nothing_to_score_is_said_and_is_no_error(reports: Archive, capsys: Out, workspace: Path) -> None:
    for lang, word in (("zh", "还没有可以检验的"), ("en", "Nothing to score yet")):
        assert main(["score", "--lang", lang, "--workspace", str(workspace)]) == 0
        assert word in capsys.readouterr().out
    folder = reports(("announced", LAUNCH))
    assert main(["score", str(folder), "--as-of", "2018-01-01", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Nothing to score yet: 1 archived forecasts" in told
    assert score([], as_of=TODAY).figures == ()


def test_the_command_prints_what_the_function_returns_in_both_languages(reports: Archive, capsys: Out) -> None:
    folder = reports(("announced", LAUNCH))
    shown = {}
    for lang in ("zh", "en"):
        assert main(["score", str(folder), "--as-of", TODAY, "--lang", lang]) == 0
        shown[lang] = capsys.readouterr().out
    assert "模型误差" in shown["zh"]
    assert "model error" in shown["en"]
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in shown["en"])
    assert main(["score", str(folder), "--as-of", TODAY, "--json"]) == 0
    printed: Any = json.loads(capsys.readouterr().out)
    found = score(folder, as_of=TODAY)
    assert [row["crps"] for row in printed["figures"]] == [row.crps for row in found.figures]
    assert [row["model_error"] for row in printed["figures"]] == [row.error for row in found.figures]
    assert printed["goals"][0]["met"] is True
    assert len(printed["cautions"]) == len(found.cautions) == 3


def test_a_report_may_be_named_as_it_was_written(reports: Archive, capsys: Out, workspace: Path) -> None:
    assert reports(("announced", LAUNCH)).parent == workspace  # both are the test's own folder
    arguments = ["score", f"announced-{LAUNCH}", "--as-of", TODAY, "--json", "--workspace", str(workspace)]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["forecasts"] == 1


@pytest.mark.parametrize(("arguments", "code"), [
    (["score", "--happened", "anounced"], "E116"), (["score", "--as-of", "2020-02-30"], "E120"),
    (["score", "no/such/report"], "E237"), (["observe", "sh_ai"], "E230"), (["observe", ABOVE, "--as-of", "x"], "E120"),
])  # fmt: skip
def test_bad_questions_give_two_and_one_sentence(arguments: list[str], code: str, capsys: Out) -> None:
    assert main([*arguments, "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert code in told
    assert "Traceback" not in told


def test_observe_on_the_terminal(capsys: Out) -> None:
    for lang in ("zh", "en"):
        assert main(["observe", ABOVE, "--as-of", TODAY, "--lang", lang]) == 0
        assert "1,339.8" in capsys.readouterr().out
        assert main(["observe", "--as-of", LAUNCH, "--lang", lang]) == 0
        listed = capsys.readouterr().out
        assert "sh_gdp_real_growth" in listed
        assert ABOVE not in listed
    assert main(["observe", ABOVE, "--as-of", TODAY, "--json", "--definition", "above_size"]) == 0
    assert {row["definition"] for row in json.loads(capsys.readouterr().out)} == {"above_size"}
    assert main(["observe", "--json", "--as-of", TODAY]) == 0
    assert ABOVE in json.loads(capsys.readouterr().out)


def test_what_is_scored_shows_itself(reports: Archive) -> None:
    found = score(reports(("announced", LAUNCH)), as_of=TODAY)
    assert repr(found) == (
        "<Scored 1 forecasts, 7 figures, 1 outcomes of goals, as_of 2026-06-30, levers of announced>"
    )
    assert found._repr_html_().count("<table>") == 4
