"""The scenario language: paths over years, moved laws, quoted laws, correlations, definitions, selected facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.draws.quantiles import quantile
from tuiyan.draws.recipe import recipe
from tuiyan.effects import idle_changes
from tuiyan.estimates import quantile as estimated
from tuiyan.inputs.bounds import Interval
from tuiyan.inputs.correlation import cholesky, pair, score_correlation
from tuiyan.inputs.laws import Beta, Fixed, LogNormal, Normal, Triangular
from tuiyan.inputs.operations import operate
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.scenario_schema import Change
from tuiyan.results import Projection
from tuiyan.wording import Text

Write = Callable[..., str]
WHY = Text("试", "trial")
BECAUSE = "because: {zh: 试, en: trial}, grade: judgement"
HEAD = 6
ID = "demand.elasticity"
BASE = ty.load("announced")


def small(scenario: ty.Scenario, draws: int = 256) -> Projection:
    return ty.run(scenario, draws=draws)


def change(**values: object) -> Change:
    return Change(because=WHY, grade="judgement", **values)  # type: ignore[arg-type]


def refused(workspace: Path, name: str) -> list[tuple[str, int]]:
    with pytest.raises(ty.TuiyanError) as error:
        ty.load(name, workspace=workspace)
    return [(f.code, f.where.line if f.where else 0) for f in error.value.findings]


# Paths of effort.


def test_a_path_that_repeats_the_ramp_is_the_ramp() -> None:
    """E(l, y) is what the path says: ramp and delay do not apply to it."""
    levers = {key: {"2018": 1 / 3, "2019": 2 / 3, "2020": 1} for key in BASE.levers}
    path = small(BASE.with_(levers=levers, because=WHY))
    ramp = small(BASE)
    for name, values in ramp.values.items():
        np.testing.assert_allclose(path.values[name], values, rtol=1e-12, err_msg=name)


def test_the_ramp_and_the_delay_leave_a_path_alone() -> None:
    levers: dict[str, object] = {key: {"2018": 0.5, "then": "hold"} for key in BASE.levers}
    plain = small(BASE.with_(levers=levers, because=WHY))
    late = small(BASE.with_(levers=levers | {"policy.ramp": 5}, because=WHY))
    np.testing.assert_array_equal(plain["scale.total"], late["scale.total"])


def test_a_path_that_stops_returns_to_no_effort() -> None:
    stopping = BASE.with_(levers={"clusters": {"2018": 1, "2020": 1, "then": "stop"}}, because=WHY)
    value = stopping.levers["clusters"]
    assert isinstance(value, Yearly)
    assert [law.declared()[0] for law in value.laws[:6]] == [0, 1, 1, 1, 0, 0]
    holding = BASE.with_(levers={"clusters": {"2018": 1, "2020": 1}}, because=WHY)
    a, b = small(stopping)["scale.total"], small(holding)["scale.total"]
    np.testing.assert_array_equal(a[:5], b[:5])
    assert (a[6:] <= b[6:]).all()


def test_equation_nine_takes_a_path_at_the_deadline() -> None:
    half = small(BASE.with_(levers={"application_demand": {"2018": 0, "2020": 0.5, "2021": 1}}, because=WHY))
    fixed = small(BASE.with_(levers={"application_demand": 0.5}, because=WHY))
    np.testing.assert_array_equal(half["pipeline.projects"], fixed["pipeline.projects"])


@pytest.mark.parametrize(
    ("between", "middle"), [("step", 0.2), ("linear", 0.5), ("loglinear", (0.2 * 0.8) ** 0.5), ("logistic", 0.5)]
)
def test_interpolation_between_knots(between: str, middle: float) -> None:
    path = BASE.with_(levers={"talent": {"set": {"2018": 0.2, "2020": 0.8}, "between": between}}, because=WHY)
    value = path.levers["talent"]
    assert isinstance(value, Yearly)
    assert value.at(2019).declared()[0] == pytest.approx(middle)
    assert [value.at(year).declared()[0] for year in (2017, 2018, 2020, 2030)] == pytest.approx([0, 0.2, 0.8, 0.8])


# Paths of uncertain parameters.


def test_a_constant_path_of_the_same_law_changes_nothing() -> None:
    laws = {
        id_: {"2018": law.model_dump()}
        for id_, law in BASE.laws.items()
        if id_ in ("macro.growth_value_added", "stocks.growth_talent", "demand.elasticity", "productivity.saving_easy")
        and not isinstance(law, Yearly)
    }
    path, plain = small(BASE.with_(uncertain=laws, because=WHY)), small(BASE)
    for name, values in plain.values.items():
        np.testing.assert_array_equal(path.values[name], values, err_msg=name)


def test_a_growth_rate_on_a_path_accumulates() -> None:
    path = {"set": {"2018": 0.06, "2019": 0.06, "2020": 0.01}, "between": "step"}
    found = small(BASE.with_(uncertain={"macro.growth_value_added": path}, because=WHY))
    offset = recipe(BASE).inputs(draws=32, seed=0)["sectors"]["offset"]
    for year, total in ((2018, 0.06), (2019, 0.12), (2020, 0.13), (2025, 0.18)):
        expected = np.exp(total + offset * (year - 2017))
        np.testing.assert_allclose(found["value_added"][year - 2017], np.broadcast_to(expected, (11, 256)), rtol=1e-12)


def test_a_draw_keeps_its_quantile_along_a_path() -> None:
    path = {
        "2018": {"family": "normal", "mean": 0.06, "sd": 0.01},
        "2022": {"family": "normal", "mean": 0.02, "sd": 0.03},
    }
    plan = recipe(BASE.with_(uncertain={"macro.growth_value_added": path}, because=WHY))
    rows = plan.inputs(draws=512, seed=0)["by_year"]["macro.growth_value_added"]
    order = np.argsort(rows[1])
    for row in rows[2:]:
        np.testing.assert_array_equal(np.argsort(row), order)
    assert np.median(rows[5]) == pytest.approx(0.02, abs=0.002)
    assert np.std(rows[5]) == pytest.approx(0.03, rel=0.1)


def test_a_path_takes_effect_in_its_year_and_not_before() -> None:
    path = {"scale": {"2022": 1, "2023": 0.5}, "between": "step"}
    slowed = small(BASE.with_(uncertain={"stocks.growth_talent": path}, because=WHY))
    plain = small(BASE)
    for name in ("stock.talent", "scale.total"):
        np.testing.assert_array_equal(slowed[name][:6], plain[name][:6])
    assert (slowed["stock.talent"][6:] < plain["stock.talent"][6:]).all()
    assert (slowed["scale.total"][7:] < plain["scale.total"][7:]).all()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"levers:\n  talent: {{set: {{2020: 1, 2018: 0}}, {BECAUSE}}}\n", "E137"),
        (f"levers:\n  talent: {{set: {{2018: 1, 2018: 0}}, {BECAUSE}}}\n", "E007"),
        (f"levers:\n  talent: {{set: {{then: hold}}, {BECAUSE}}}\n", "E137"),
        (f"levers:\n  talent: {{set: {{2018: 1, then: maybe}}, {BECAUSE}}}\n", "E105"),
        (f"levers:\n  talent: {{set: {{2018: 1, late: 1}}, {BECAUSE}}}\n", "E137"),
        (f"levers:\n  talent: {{set: {{2018: high}}, {BECAUSE}}}\n", "E104"),
        (f"levers:\n  talent: {{set: {{2018: 9}}, {BECAUSE}}}\n", "E107"),
        (f"levers:\n  talent: {{set: {{2016: 1}}, {BECAUSE}}}\n", "E160"),
        (f"levers:\n  talent: {{set: {{2031: 1}}, {BECAUSE}}}\n", "E160"),
        (f"levers:\n  talent: {{set: {{2018: {{family: normal, mean: 1, sd: 1}}}}, {BECAUSE}}}\n", "E113"),
        (f"levers:\n  talent: {{set: {{2018: 1}}, between: bezier, {BECAUSE}}}\n", "E105"),
        (f"levers:\n  talent: {{scale: {{2018: 0.5}}, {BECAUSE}}}\n", "E124"),
        (f"levers:\n  policy.delay: {{set: {{2018: 1}}, {BECAUSE}}}\n", "E139"),
        (f"uncertain:\n  base.scale: {{set: {{2018: 700}}, {BECAUSE}}}\n", "E139"),
        (f"uncertain:\n  adoption.ceiling: {{scale: {{2018: 1, 2022: 0.7}}, {BECAUSE}}}\n", "E161"),
        (f"uncertain:\n  {ID}: {{set: {{2018: 0.4, 2020: {{family: fixed, value: 1}}}}, {BECAUSE}}}\n", "E138"),
        (f"uncertain:\n  demand.elasticity: {{scale: 0, {BECAUSE}}}\n", "E106"),
        (f"uncertain:\n  demand.elasticity: {{widen: -1, {BECAUSE}}}\n", "E106"),
        (f"uncertain:\n  demand.elasticity: {{set: 0.4, widen: 2, {BECAUSE}}}\n", "E122"),
        (f"uncertain:\n  pipeline.zones_planned: {{widen: 2, {BECAUSE}}}\n", "E124"),
        (f"uncertain:\n  demand.elasticity: {{set: {{family: normal, p5: 0, p50: 1, p95: 9}}, {BECAUSE}}}\n", "E136"),
        (f"uncertain:\n  {ID}: {{set: {{family: triangular, p5: 0.1, p50: 0.11, p95: 0.9}}, {BECAUSE}}}\n", "E136"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_path_or_a_law_is_told(workspace: Path, write: Write, body: str, code: str) -> None:
    assert refused(workspace, write(body)) == [(code, HEAD + 1)]


# Moved and quoted laws.


@pytest.mark.parametrize(
    ("law", "ratio"),
    [
        (Normal(family="normal", mean=0.1, sd=0.2), 2.0),
        (Triangular(family="triangular", low=0.1, mode=0.3, high=0.4), 2.0),
        (Beta(family="beta", a=38, b=12), 2.0),
    ],
)
def test_widening_doubles_the_spread_and_keeps_the_centre(law: Normal | Triangular | Beta, ratio: float) -> None:
    u = (np.arange(20001) + 0.5) / 20001
    everywhere = Interval("[-inf, inf]")
    wide = operate(law, change(widen=ratio), 2030)
    assert isinstance(wide, type(law))
    before, after = (quantile(each, u, everywhere) for each in (law, wide))
    assert np.std(after) / np.std(before) == pytest.approx(ratio, rel=1e-3)
    assert wide.centre == pytest.approx(law.centre)


def test_scaling_a_lognormal_moves_its_median_and_widening_its_spread() -> None:
    law = LogNormal(family="lognormal", median=600, sd_log=0.35)
    moved = operate(law, change(scale=1.2, widen=2), 2030)
    assert moved == LogNormal(family="lognormal", median=720, sd_log=0.7)


@pytest.mark.parametrize("family", ["normal", "lognormal", "triangular"])
def test_a_quoted_law_has_the_quantiles_it_was_quoted_by(family: str) -> None:
    quotes = {"normal": (0.1, 0.2, 0.3), "lognormal": (337, 600, 1067), "triangular": (0.417, 0.563, 0.725)}[family]
    law = change(set={"family": family, **dict(zip(("p5", "p50", "p95"), quotes, strict=True))}).set
    assert isinstance(law, (Normal, LogNormal, Triangular))
    found = quantile(law, np.array([0.05, 0.5, 0.95]), Interval("[-inf, inf]"))
    np.testing.assert_allclose(found, quotes, rtol=0.005)


# Correlations.


def test_a_rank_correlation_is_what_the_draws_show() -> None:
    both = {"between": ["base.scale", "adoption.imitation"], "rank": 0.6, "because": WHY, "grade": "judgement"}
    found = ty.run(BASE.with_(correlations=[both]), draws=8192)
    ranks = [np.argsort(np.argsort(found.parameter(name))) for name in ("base.scale", "adoption.imitation")]
    assert float(np.corrcoef(ranks[0], ranks[1])[0, 1]) == pytest.approx(0.6, abs=0.01)
    plain = ty.run(BASE, draws=8192)
    assert estimated(found.parameter("adoption.imitation"), 0.5).value == pytest.approx(
        estimated(plain.parameter("adoption.imitation"), 0.5).value, rel=0.01
    )


def test_correlations_that_contradict_each_other_are_refused_by_name(workspace: Path, write: Write) -> None:
    rows = [
        ("base.scale", "scale.speed", 0.95),
        ("scale.speed", "supply.slack", 0.95),
        ("base.scale", "supply.slack", -0.9),
    ]
    lines = [f"  - {{between: [{a}, {b}], rank: {r}, {BECAUSE}}}\n" for a, b, r in rows]
    with pytest.raises(ty.TuiyanError) as error:
        ty.load(write("correlations:\n" + "".join(lines)), workspace=workspace)
    (finding,) = error.value.findings
    assert finding.code == "E129"
    assert any(a in finding.message.en and b in finding.message.en for a, b, _ in rows)
    assert finding.where is not None
    assert finding.where.line in (HEAD + 1, HEAD + 2, HEAD + 3)


@pytest.mark.parametrize(
    ("one", "other", "rank", "code"),
    [
        ("base.scale", "base.scale", 0.5, "E129"),
        ("base.scale", "base.segment_share", 0.5, "E162"),
        ("base.scale", "macro.gdp_2016", 0.5, "E162"),
        ("base.scale", "scale.sped", 0.5, "E102"),
        ("base.scale", "scale.speed", 1.0, "E106"),
    ],
)
def test_impossible_pairs(workspace: Path, write: Write, one: str, other: str, rank: float, code: str) -> None:
    name = write(f"correlations:\n  - {{between: [{one}, {other}], rank: {rank}, {BECAUSE}}}\n")
    assert refused(workspace, name)[0] == (code, HEAD + 1)


def test_the_cholesky_factor_rebuilds_the_matrix() -> None:
    pairs = {pair("a", "b"): 0.5, pair("b", "c"): -0.3, pair("a", "c"): 0.2}
    rows = cholesky(["a", "b", "c"], pairs)
    matrix = np.zeros((3, 3))
    for i, row in enumerate(rows):
        matrix[i, : i + 1] = row
    np.testing.assert_allclose(matrix @ matrix.T, [[1, 0.5, 0.2], [0.5, 1, -0.3], [0.2, -0.3, 1]], atol=1e-15)
    assert score_correlation(0.0) == 0


# Definitions and facts.


def test_the_goal_can_be_counted_in_another_definition_with_a_bridge() -> None:
    wide = {"scope.above_size": {"set": {"family": "normal", "mean": 0.5, "sd": 0.05}}}
    other = ty.run(BASE.with_(definition="above_size", uncertain=wide, because=WHY), draws=2048)
    plain = ty.run(BASE, draws=2048)
    assert other.prob("R01").value == plain.prob("R01").value
    assert other.prob("R01", scope=True).value > plain.prob("R01", scope=True).value + 0.2


def test_the_home_definition_needs_no_bridge() -> None:
    later = ty.load("announced", as_of="2018-09-25").with_(definition="related")
    found = ty.run(later, draws=512)
    assert found.prob("R01", scope=True).value == found.prob("R01").value


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("definition: above_sise\n", "E128"),
        ("definition: national_core_2017\n", "E163"),
        ("facts_used: [{series: sh_ai_scale_relatd}]\n", "E128"),
        ("facts_used: [{series: sh_ai_scale_related}]\n", "E164"),
        ("as_of: 2026-01-31\nfacts_used: [{series: sh_ai_scale_above_size}, {series: cn_ai_core_industry}]\n", "E165"),
    ],
)
def test_definitions_and_facts_that_do_not_fit_are_told(workspace: Path, write: Write, body: str, code: str) -> None:
    assert code in [found for found, _ in refused(workspace, write(body))]


def test_visible_facts_of_bridged_definitions_can_be_selected(workspace: Path, write: Write) -> None:
    name = write(
        "as_of: 2022-12-31\nfacts_used:\n  - {series: sh_ai_scale_above_size, year: 2020}\n"
        "  - {series: sh_ai_scale_related, year: 2017}\n"
    )
    assert len(ty.load(name, workspace=workspace).layer.file.facts_used) == 2


# Changes that move nothing.


def test_a_change_that_moves_nothing_is_named() -> None:
    idle = BASE.with_(uncertain={"lever.talent.displacement": 0.5, "demand.elasticity": 0.5}, because=WHY)
    found = [finding for finding in idle_changes(idle) if finding.code == "W201"]
    assert [finding.values["key"] for finding in found] == ["lever.talent.displacement"]


@pytest.mark.parametrize("name", ty.load("baseline").workspace.scenarios())
def test_every_change_of_the_shipped_scenarios_moves_something(name: str) -> None:
    assert list(idle_changes(ty.load(name))) == []


def test_with_and_set_agree() -> None:
    one = ty.load("announced", set={"talent": 0.4, "demand.elasticity": 0.5, "policy.delay": 1})
    other = BASE.with_(levers={"talent": 0.4, "policy.delay": 1}, uncertain={"demand.elasticity": 0.5}, because=WHY)
    assert one.same(other)
    assert one.laws["demand.elasticity"] == Fixed(family="fixed", value=0.5)
    assert one.id == "announced"


def test_the_example_of_the_manual_runs(workspace: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    text = page.partition("```yaml\n")[2].partition("```")[0]
    (workspace / "params" / "scenarios" / "manual.yaml").write_text(text, encoding="utf-8")
    scenario = ty.load("manual", workspace=workspace)
    assert {each.code for each in scenario.warnings} <= {"W107"}
    assert small(scenario).prob("R01").value > 0
    assert list(idle_changes(scenario)) == []


def test_a_difference_names_paths_correlations_and_the_frame(workspace: Path, write: Write) -> None:
    """Nothing that a file changes is left out of `diff`, and a path is shown as it was written."""
    name = write(
        f"as_of: 2018-09-25\nhorizon: 2040\ndefinition: related\nlevers:\n"
        f"  talent: {{set: {{2018: 0.2, 2020: 1, 2024: 0.5, then: stop}}, between: step, {BECAUSE}}}\n"
        f"correlations:\n  - {{between: [base.scale, scale.speed], rank: 0.3, {BECAUSE}}}\n"
    )
    found = {each.id: each for each in ty.load(name, workspace=workspace).changes()}
    assert {"as_of", "horizon", "definition", "talent", "base.scale × scale.speed"} <= found.keys()
    assert found["talent"].new == "{2018: 0.2, 2020: 1, 2024: 0.5, then: stop} step"
    assert (found["as_of"].old, found["as_of"].new) == ("2017-11-14", "2018-09-25")
    assert found["base.scale × scale.speed"].new == "0.313"
    assert found["base.scale × scale.speed"].origin.because == WHY
