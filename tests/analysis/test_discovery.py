"""Scenario discovery on real runs: what an economist expects, what is refused, and what the sentence says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.analysis.discovery import _influence, _inputs, _share, discover
from tuiyan.analysis.rules import Restriction, Rules, amount, listed, percent
from tuiyan.analysis.tree import grow
from tuiyan.estimates import batches
from tuiyan.ledger import reached
from tuiyan.register import find_goal
from tuiyan.results import Projection
from tuiyan.wording import Text

Run = Callable[..., Projection]
COUNTED = ("R01", "R06", "R07", "R08", "R09")
DRAWS = 4096


def met(projection: Projection, name: str, *, scope: bool = False) -> np.ndarray:
    """Whether each draw meets a goal at its deadline."""
    _, goal = find_goal(projection.scenario.workspace, name)
    return np.asarray(reached(projection, goal, scope=scope)[projection.index(goal.due)])


def within(projection: Projection, rules: Rules) -> np.ndarray:
    """Which draws lie in the box, from the parameters of the run."""
    found = np.ones(projection.draws, dtype=np.bool_)
    for each in rules.restrictions:
        block, _, year = each.id.rpartition(".")
        values = projection._inputs["shocks"]["common"][int(year) - 2018] if block == "shocks.common" else None
        values = projection.parameter(each.id) if values is None else values
        found &= (values >= (-np.inf if each.low is None else each.low)) & (
            values <= (np.inf if each.high is None else each.high)
        )
    return found


def code(*args: object, **options: object) -> str:
    """Code of the finding that a call is refused with."""
    with pytest.raises(ty.TuiyanError) as error:
        discover(*args, **options)  # type: ignore[arg-type]
    for lang in ("zh", "en"):
        assert "{" not in error.value.render(lang)
    return error.value.findings[0].code


def test_the_goal_is_missed_when_the_base_is_small(project: Run) -> None:
    """At launch nobody knows the base; it explains most of the variance of the scale in 2020."""
    projection = project("announced", draws=DRAWS)
    rules = discover(projection, "R01")
    assert rules.reached
    assert [each.id for each in rules.restrictions] == ["base.scale"]
    (base,) = rules.restrictions
    assert base.low is None
    assert base.high is not None
    assert np.quantile(projection.parameter("base.scale"), 0.3) < base.high < 700
    assert base.p_value < 1e-10
    assert rules.coverage.value > 0.8
    assert rules.check.inputs[0] == "base.scale"
    assert rules.check.agreement > 0.8


def test_the_goal_is_met_when_the_base_is_large(project: Run) -> None:
    rules = discover(project("announced", draws=DRAWS), "scale_2020", missed=False)
    (base,) = rules.restrictions
    assert (base.id, base.high) == ("base.scale", None)
    assert base.low is not None
    assert rules.register == "R01"


@pytest.mark.parametrize("missed", [True, False])
@pytest.mark.parametrize("goal", ["R01", "R06", "R09"])
def test_the_numbers_are_those_of_the_box(project: Run, goal: str, missed: bool) -> None:
    projection = project("announced", draws=DRAWS)
    rules = discover(projection, goal, missed=missed, threshold=0.75)
    y, box = met(projection, goal) != missed, within(projection, rules)
    assert rules.base_rate.value == pytest.approx(y.mean())
    assert rules.density.value == pytest.approx(y[box].mean())
    assert rules.coverage.value == pytest.approx(box[y].mean())
    assert rules.mass == pytest.approx(box.mean())
    assert rules.reached == (rules.density.value >= 0.75)
    steps = rules.trajectory
    assert (steps[0].coverage, steps[0].density, steps[0].mass, steps[0].restricted) == (1, y.mean(), 1, 0)
    assert all(later.mass < step.mass for step, later in pairwise(steps))
    assert max(step.restricted for step in steps) <= 4
    if len(rules.restrictions) == 1:
        assert rules.restrictions[0].prior_share == pytest.approx(rules.mass)
    for each in rules.restrictions:
        alone = replace(rules, restrictions=(each,))
        assert each.prior_share == pytest.approx(within(projection, alone).mean())
    tree = grow(*samples(projection, goal, y))
    assert rules.check.agreement == pytest.approx((tree.says == box).mean())
    assert sum(share * density for share, density in rules.check.leaves) == pytest.approx(y.mean())


def samples(projection: Projection, goal: str, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return _inputs(projection, find_goal(projection.scenario.workspace, goal)[1], scope=False)[1], y


def test_the_error_of_a_share_is_that_of_the_batches(project: Run) -> None:
    """The first-order error agrees with the spread of the shares of the 16 batches."""
    projection = project("announced", draws=DRAWS)
    whole = projection.parameter("base.scale") < 600
    part = whole & ~met(projection, "R01")
    found = _share(part, whole)
    shares = batches(part).sum(axis=-2) / batches(whole).sum(axis=-2)
    assert found.value == pytest.approx(part.sum() / whole.sum())
    assert found.standard_error == pytest.approx(shares.std(ddof=1) / 4, rel=0.1)
    assert _influence(part, whole).mean() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("draws", [1024, DRAWS, 8192])
@pytest.mark.parametrize("missed", [True, False])
@pytest.mark.parametrize("goal", ["R07", "R08", "R09"])
def test_a_pipeline_hangs_on_its_own_completion_only(project: Run, goal: str, missed: bool, draws: int) -> None:
    """No other input enters its equation; a rule on one would be an accident of the draws."""
    own = {"R07": "zones", "R08": "scenarios", "R09": "projects"}[goal]
    rules = discover(project("announced", draws=draws), goal, missed=missed)
    assert {each.id for each in rules.restrictions} <= {f"pipeline.{own}_completion"}
    for each in rules.restrictions:
        assert (each.low is None) == missed
        assert (each.high is None) != missed


def test_with_the_base_known_it_is_the_shocks_and_the_speed() -> None:
    rules = discover(ty.run(ty.load("announced", set={"base.scale": 620}), draws=DRAWS), "R01")
    ids = {each.id for each in rules.restrictions}
    assert "shocks.common.2020" in ids
    assert "base.scale" not in ids
    shock = next(each for each in rules.restrictions if each.id == "shocks.common.2020")
    assert (shock.unit, shock.low) == ("standard deviations", None)
    assert re.search(r"the common shock of 2020 is below −\d\.\d+ standard deviations", rules.sentence.en)
    assert re.search(r"2020 年共同冲击低于 −\d\.\d+ 个标准差", rules.sentence.zh)


def test_the_inputs_are_the_random_numbers_up_to_the_deadline(project: Run) -> None:
    projection = project("announced", draws=1024)
    _, goal = find_goal(projection.scenario.workspace, "R01")
    inputs, x = _inputs(projection, goal, scope=False)
    ids = [each.id for each in inputs]
    assert x.shape == (len(ids), 1024)
    assert len(set(ids)) == len(ids)
    assert {"base.scale", "adoption.imitation", "lever.talent.inflow"} <= set(ids)
    assert ids[-3:] == ["shocks.common.2018", "shocks.common.2019", "shocks.common.2020"]
    assert not [id_ for id_ in ids if id_.startswith(("curve.", "scope.", "policy.")) or id_ == "base.segment_share"]
    assert (x.std(axis=1) > 0).all()
    np.testing.assert_array_equal(x[ids.index("base.scale")], projection.parameter("base.scale"))
    wider, _ = _inputs(projection, goal, scope=True)
    assert {each.id for each in wider} - set(ids) == {"scope.goal"}


def test_what_is_fixed_or_on_a_path_is_no_input(workspace: object, write: Callable[..., str]) -> None:
    change = "because: {zh: 试, en: trial}, grade: judgement, sources: [analyst]"
    name = write(
        f"uncertain:\n  supply.slack: {{set: 1.1, {change}}}\n"
        f"  demand.elasticity: {{scale: {{2018: 1, 2022: 0.9}}, between: step, {change}}}\n"
    )
    projection = ty.run(ty.load(name, workspace=workspace), draws=1024)  # type: ignore[arg-type]
    _, goal = find_goal(projection.scenario.workspace, "R01")
    ids = {each.id for each in _inputs(projection, goal, scope=False)[0]}
    assert not ids & {"supply.slack", "demand.elasticity"}
    assert "base.scale" in ids
    discover(projection, "R01")


def test_the_uncertain_definition_is_one_more_input(project: Run) -> None:
    projection = project("announced", draws=DRAWS)
    rules = discover(projection, "R01", scope=True)
    assert rules.base_rate.value == pytest.approx((~met(projection, "R01", scope=True)).mean())
    assert {each.id: each.low for each in rules.restrictions} == {"base.scale": None, "scope.goal": None}


def test_refusals(project: Run) -> None:
    projection = project("announced", draws=1024)
    assert code(projection, "R99") == "E117"
    assert code(projection, "R03") == "E118"
    assert code(projection, "R04") == "E118"
    assert code(project("baseline", draws=1024), "R07") == "E158"
    assert code(projection, "R07", scope=True) == "E185"
    for wrong in ({"threshold": 0.0}, {"threshold": 1.5}, {"threshold": float("nan")}, {"most": 0}):
        assert code(projection, "R01", **wrong) == "E106"


def test_too_few_cases_are_refused_with_their_number() -> None:
    projection = ty.run(ty.load("announced"), draws=64)
    misses = int((~met(projection, "R01")).sum())
    assert 0 < misses < 50
    with pytest.raises(ty.TuiyanError) as error:
        discover(projection, "R01")
    (finding,) = error.value.findings
    assert finding.code == "E159"
    assert f"only {misses} of 64 futures miss the goal R01" in finding.message.en
    assert f"64 个未来中只有 {misses} 个未达到目标 R01" in finding.message.zh
    assert "more draws" in finding.remedy.en


def plain(rules: Rules) -> None:
    """One sentence in each language, with nothing left open."""
    for text in (rules.sentence.zh, rules.sentence.en):
        assert not re.search(r"[{}]|nan|None|  ", text)
    assert rules.sentence.en.endswith(".")
    assert len(re.findall(r"\.(?=\s|$)", rules.sentence.en)) == 1
    assert rules.sentence.zh.endswith("。")
    assert rules.sentence.zh.count("。") == 1
    assert not re.search(r"[\u4e00-\u9fff]", rules.sentence.en)


@pytest.mark.parametrize("missed", [True, False])
@pytest.mark.parametrize("goal", COUNTED)
@pytest.mark.parametrize("threshold", [0.3, 0.8, 0.97])
def test_every_finding_is_one_plain_sentence(project: Run, goal: str, missed: bool, threshold: float) -> None:
    rules = discover(project("announced", draws=DRAWS), goal, missed=missed, threshold=threshold)
    plain(rules)
    shown = rules.density if rules.restrictions else rules.base_rate
    assert percent(shown.value) in rules.sentence.en
    assert percent(shown.value) in rules.sentence.zh
    assert ("No set of conditions" in rules.sentence.en) == (bool(rules.restrictions) and not rules.reached)
    assert ("miss" in rules.sentence.en) == missed


def test_the_sentence_tells_money_in_both_currencies_units(project: Run) -> None:
    rules = discover(project("announced", draws=DRAWS), "R01")
    high = rules.restrictions[0].high
    assert high is not None
    assert f"the scale in 2017 is below CNY {high / 10:.1f}bn, 80% miss the goal; they hold" in rules.sentence.en
    assert f"若 2017 年规模低于 {high:.0f} 亿元，则 80% 的未来未达到目标" in rules.sentence.zh


def test_most_and_threshold_are_kept(project: Run) -> None:
    projection = project("announced", draws=DRAWS)
    one, more = discover(projection, "R06", most=1), discover(projection, "R06")
    assert len(one.restrictions) == 1 < len(more.restrictions) <= 4
    assert min(one.density.value, more.density.value) >= 0.8
    assert one.coverage.value < more.coverage.value, "more inputs cover more at the same density"
    pure = discover(projection, "R06", most=1, threshold=0.97)
    assert not pure.reached
    assert "No set of conditions (at most 1) reaches 97%" in pure.sentence.en


def test_the_same_run_gives_the_same_rules(project: Run) -> None:
    here = discover(project("announced", draws=1024), "R06")
    there = discover(ty.run(ty.load("announced", as_of="2017-11-14"), draws=1024), "R06")
    assert here == there


def test_table_and_reprs(project: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = discover(project("announced", draws=DRAWS), "R06")
    table = rules.frame()
    assert list(table.columns) == ["input", "label_zh", "label_en", "unit", "low", "high", "p_value", "prior_share"]
    assert list(table.input) == [each.id for each in rules.restrictions]
    assert set(table.unit) <= {"firms", "1", "亿元"}
    assert (table.low.isna() != table.high.isna()).all()
    assert discover(project("announced", draws=1024), "R09", missed=False).frame().empty
    assert "\n" not in repr(rules)
    assert len(repr(rules)) < 300
    for lang in ("zh_CN.UTF-8", "en_GB.UTF-8"):
        monkeypatch.setenv("LC_ALL", lang)
        html = rules._repr_html_()
        assert f"<caption>{rules.sentence[lang[:2]]}</caption>" in html
        assert html.count("<tr>") == 1 + len(rules.restrictions)
        assert "&lt; 0.001" in html


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (1000.0, "亿元", "1,000 亿元", "CNY 100bn"),
        (0.6234, "亿元", "0.623 亿元", "CNY 62.3m"),
        (0.5, "share of exposed tasks", "50%", "50%"),
        (-0.3, "standard deviations", "−0.3 个标准差", "−0.3 standard deviations"),
        (0.0123, "1/yr", "0.0123/年", "0.0123 a year"),
        (1.25, "ratio", "1.25 倍", "1.25"),
        (301.6, "firms", "302 家", "302"),
        (0.7, "元/元", "0.7 元/元", "0.7 yuan per yuan"),
        (0.0, "log", "0（对数）", "0 (log)"),
    ],
)
def test_amounts(value: float, unit: str, zh: str, en: str) -> None:
    assert amount(value, unit) == Text(zh, en)


def test_conditions_are_joined_as_a_sentence_joins_them() -> None:
    three = [Text("甲", "a"), Text("2018 年乙", "b"), Text("2019 年丙", "c")]
    assert listed(three) == Text("甲，2018 年乙，且 2019 年丙", "a, b and c")
    assert listed(three[1:2]) == Text(" 2018 年乙", "b")
    assert listed(three[:2]).en == "a and b"


def test_a_restriction_on_both_sides_is_one_condition() -> None:
    both = Restriction("supply.slack", Text("潜力", "slack"), "ratio", 1.0, 1.25, 0.01, 0.4)
    assert both.condition == Text("潜力介于 1 倍与 1.25 倍之间", "the slack is between 1 and 1.25")
    assert both.limits == Text("1 倍至 1.25 倍", "1 to 1.25")
