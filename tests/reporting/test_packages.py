"""What it would take and which package to choose: printed costs, efforts and regrets follow from each other."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.analysis.inversion import USUAL
from tuiyan.draws.recipe import recipe
from tuiyan.estimates import Estimate
from tuiyan.projection import project
from tuiyan.reporting import analyses, figures_decide, style
from tuiyan.reporting.blocks import Block, Figure, Paragraph, Table, flat
from tuiyan.reporting.parts import packages, regrets
from tuiyan.reporting.study import Study
from tuiyan.wording import LANGUAGES, Text


@pytest.fixture(scope="module")
def blocks(announced: Study) -> tuple[Block, ...]:
    return announced.packages().blocks


@pytest.fixture(scope="module")
def path(announced: Study) -> Study:
    """A scenario with a lever that follows a path."""
    talent = {"talent": {2018: 0.2, 2020: 1.0, "then": "hold"}}
    own = announced.scenario.with_(id="path", levers=talent, title={"zh": "逐年", "en": "Year by year"})
    return Study(ty.run(own, draws=128), ty.run(announced.scenario, draws=128), "en")


def of(blocks: tuple[Block, ...], id_: str) -> Table:
    return next(block for block in flat(blocks) if isinstance(block, Table) and block.id == id_)


def figure(blocks: tuple[Block, ...], id_: str) -> Figure:
    return next(block for block in blocks if isinstance(block, Figure) and block.id == id_)


def ids(blocks: tuple[Block, ...]) -> set[str]:
    return {block.id for block in flat(blocks) if isinstance(block, Table | Figure)}


def texts(blocks: tuple[Block, ...]) -> list[Text]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def number(cell: Any) -> float:
    return float(getattr(cell, "value", cell))


def test_a_package_is_free_reached_or_out_of_reach_as_the_ends_say(announced: Study, blocks: tuple[Block, ...]) -> None:
    frontier = announced.analyses.frontier
    assert frontier is not None
    for row, package in zip(of(blocks, "T11").rows, frontier.packages, strict=True):
        words = row[1].en  # type: ignore[attr-defined]
        assert (words == "free") == (package.wanted <= frontier.none.value)
        assert (words == "out of reach") == (package.wanted > frontier.best.value)
        if words == "reached":
            assert number(row[2]) >= package.wanted


def test_printed_costs_are_half_the_weighted_squares_of_the_printed_efforts(blocks: tuple[Block, ...]) -> None:
    levers, paid = of(blocks, "T11b"), [row for row in of(blocks, "T11").rows if row[1].en == "reached"]  # type: ignore[attr-defined]
    weight = np.array([float(str(row[1])) for row in levers.rows])
    efforts = np.array([[float(str(cell)) for cell in row[2 : 2 + len(paid)]] for row in levers.rows])
    assert [number(row[4]) for row in paid] == pytest.approx(0.5 * weight @ efforts**2)
    free = next(row for row in of(blocks, "T11").rows if row[1].en == "free")  # type: ignore[attr-defined]
    assert number(free[4]) == 0


def test_marginal_values_follow_the_cost_weighted_efforts_inside_the_bounds(blocks: tuple[Block, ...]) -> None:
    """At a least-cost package the marginal value of each lever is in one ratio to its weight times its effort."""
    levers, paid = of(blocks, "T11b"), [row for row in of(blocks, "T11").rows if row[1].en == "reached"]  # type: ignore[attr-defined]
    for place in range(len(paid)):
        cells = [
            (float(str(row[1])), float(str(row[2 + place])), float(str(row[2 + len(paid) + place])))
            for row in levers.rows
        ]
        if max(effort for _, effort, _ in cells) > 1.5:  # near the bounds a common factor has taken over
            continue
        ratio = [gain / (weight * effort) for weight, effort, gain in cells if effort > 0.1]
        assert len(ratio) > 1
        assert max(ratio) < 1.35 * min(ratio)


def test_the_full_programme_is_the_scenario_itself(announced: Study, blocks: tuple[Block, ...]) -> None:
    row = next(row for row in figure(blocks, "F10").data.rows if row[0] == 1.0)
    assert row[1] == announced.ledger.row("R01").probability
    weights = [float(str(row[1])) for row in of(blocks, "T11b").rows]
    full = next(row for row in figure(blocks, "F11").data.rows if row[0].en.startswith("full"))  # type: ignore[attr-defined]
    assert full[2] == pytest.approx(sum(weights) / 2)


def test_what_is_out_of_reach_is_said_with_the_best_there_is(announced: Study, blocks: tuple[Block, ...]) -> None:
    best = max(announced.analyses.efforts.values(), key=lambda each: each.value)
    assert best.value < announced.analyses.common.wanted
    first = texts(blocks)[0]
    assert f"not reachable; the best is {best.value:.2f} at effort 2" in first.en
    assert f"达不到：最高为 {best.value:.2f}" in first.zh
    assert "0.8" in first.zh


def test_a_probability_that_is_there_already_or_reached_is_said_so() -> None:
    later = ty.load("announced", as_of="2018-09-25")
    found = Study(ty.run(later, draws=256), None, "en").analyses.common
    assert found.free
    assert "without any effort" in packages.verdict(found).en


def test_a_package_is_called_cheaper_only_where_that_is_firm(announced: Study) -> None:
    frontier = announced.analyses.frontier
    assert frontier is not None
    below = [each for each in packages.reached(frontier) if each.wanted <= frontier.full.value]
    for cost, firm in ((Estimate(1.0, 0.1), True), (Estimate(1.0, 1.4), False), (Estimate(3.65, 0.1), False)):
        last = replace(below[-1], cost=cost)
        text = packages.cheapest(announced, replace(frontier, packages=(last,)))
        assert ("The full programme costs 3.7 relative cost units" in text.en) == firm
        assert ("完整方案的相对成本为 3.7 个单位" in text.zh) == firm
        assert ("with 1.0 (error 0.10)" in text.en) == firm


def test_costs_are_called_judgement_and_the_rise_assumed(blocks: tuple[Block, ...]) -> None:
    second = texts(blocks)[1]
    assert "not yuan" in second.en
    assert "不是金额" in second.zh
    assert "no evidence" in second.en
    assert "gross of displacement" in second.en


@pytest.mark.parametrize("place", [0, 1, 2])
def test_both_languages_hold_the_same_numbers(blocks: tuple[Block, ...], place: int) -> None:
    found = {lang: sorted(re.findall(r"\d+(?:\.\d+)?", texts(blocks)[place][lang])) for lang in LANGUAGES}
    assert found["zh"] == found["en"]
    assert found["zh"]


def test_a_needed_value_brings_the_central_path_to_the_goal(announced: Study, blocks: tuple[Block, ...]) -> None:
    table = of(blocks, "T11c")
    assert len(table.rows) == len(USUAL)
    shown = next(row[2].zh for row in table.rows if "亿元" in row[1].zh)  # type: ignore[attr-defined]
    plan = recipe(announced.scenario)
    inputs = plan.central()
    inputs["base"]["scale"] = np.array([float(shown.removesuffix(" 亿元"))])
    path = project(inputs, plan.levers, plan.years[:4], keep=("scale.total",))
    assert float(path["scale.total"][-1, 0]) == pytest.approx(1000, rel=2e-3)


def test_an_input_on_a_path_cannot_be_looked_for_and_a_goal_may_be_out_of_reach(
    announced: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyses, "USUAL", ("demand.growth_external", "adoption.ceiling"))
    moved = announced.scenario.with_(
        id="moved",
        uncertain={"demand.growth_external": {"scale": {2018: 1, 2020: 0.9}, "between": "step", "grade": "judgement"}},
        because=Text("试", "trial"),
    )
    rows = packages.inversion(Study(ty.run(moved, draws=64), None, "en")).rows
    assert "not one number" in rows[0][2].en  # type: ignore[attr-defined]
    later = ty.load("announced", as_of="2018-09-25")
    rows = packages.inversion(Study(ty.run(later, draws=64), None, "en")).rows
    assert "always met" in {row[2].en for row in rows}  # type: ignore[attr-defined]


def test_where_a_lever_follows_a_path_the_reason_is_given_and_the_rest_stays(path: Study) -> None:
    blocks = path.packages().blocks
    first = texts(blocks)[0]
    assert "L4 talent" in first.en
    assert "L4 人才" in first.zh
    assert not ids(blocks) & {"F10", "F11", "T11", "T11b"}
    assert {"T11c", "F18", "T18", "T18b", "T18c"} <= ids(blocks)
    costs = {row[0].en: row[-3] for row in of(blocks, "T18c").rows}  # type: ignore[attr-defined]
    assert costs["Year by year"] is None


def test_a_scenario_like_its_parent_gets_the_tables_of_its_parent(announced: Study, blocks: tuple[Block, ...]) -> None:
    same = announced.scenario.with_(id="same")
    study = Study(ty.run(same, draws=512), announced.projection, "en")
    frontier = study.analyses.frontier
    assert frontier is not None
    assert packages.levers(study, frontier)[0].rows == of(blocks, "T11b").rows


def test_regret_is_the_best_payoff_of_the_state_less_ones_own(blocks: tuple[Block, ...]) -> None:
    data = figure(blocks, "F18").data.rows
    for state in {row[1] for row in data}:
        rows = [row for row in data if row[1] == state]
        best = max(number(row[2]) for row in rows)
        assert [number(row[4]) for row in rows] == pytest.approx([best - number(row[2]) for row in rows])


@pytest.mark.parametrize("id_", ["T18", "T18b"])
def test_largest_and_mean_are_those_of_the_row_and_each_state_has_a_best(blocks: tuple[Block, ...], id_: str) -> None:
    table = of(blocks, id_)
    states = len(table.columns) - (5 if id_ == "T18b" else 3)
    cells = np.array([[number(cell) for cell in row[1 : 1 + states]] for row in table.rows])
    assert cells.min(axis=0) == pytest.approx(0)
    assert [number(row[1 + states]) for row in table.rows] == pytest.approx(cells.max(axis=1))
    assert [number(row[2 + states]) for row in table.rows] == pytest.approx(cells.mean(axis=1))
    if id_ == "T18b":
        tails = np.array([number(row[3 + states]) for row in table.rows])
        assert (tails >= cells.mean(axis=1) - 1e-12).all()


def test_a_package_is_shown_with_its_efforts_and_its_delay(announced: Study, blocks: tuple[Block, ...]) -> None:
    rows = {row[0].en: row for row in of(blocks, "T18c").rows}  # type: ignore[attr-defined]
    late = rows["Delayed delivery"]
    assert [str(cell.en) for cell in late[1:10]] == ["0.6"] * 8 + ["1"]  # type: ignore[attr-defined]
    assert rows["Baseline without policy"][-2].en == "n/a"  # type: ignore[attr-defined]
    assert len(rows) == len(announced.analyses.choices[0])


def test_the_choice_is_the_smallest_largest_regret_and_its_limit_is_said(
    announced: Study, blocks: tuple[Block, ...]
) -> None:
    goal = announced.analyses.regrets["R01"]
    chosen = goal.titles[int(np.argmin(goal.largest))]
    text = texts(blocks)[-1]
    for lang in LANGUAGES:
        assert chosen[lang] in text[lang]
    assert "costs do not enter the regret" in text.en
    assert "成本不计入后悔值" in text.zh
    heads = [column.title.en for column in of(blocks, "T18").columns]
    assert heads[1] == "Central assumptions"
    assert "Talent squeeze" in heads


def test_a_choice_with_regret_names_the_state_that_is_worst_for_it(announced: Study) -> None:
    goal = announced.analyses.regrets["R01"]
    keep = [row for row, each in enumerate(goal.packages) if each != "announced"]
    names = ("packages", "titles", "payoff", "regret", "largest", "average", "worst_tenth", "satisficing", "cost")
    kept: dict[str, Any] = {name: tuple(getattr(goal, name)[row] for row in keep) for name in names}
    fewer = replace(goal, **kept)
    states = regrets.states(announced, goal)
    text = regrets.choice({"R01": fewer, "scale.total": fewer}, states)[0]
    best = int(np.argmin(fewer.largest))
    worst = int(np.argmax([each.value for each in fewer.regret[best]]))
    assert fewer.titles[best].en in text.en
    assert states[worst].en in text.en
    assert f"{100 * fewer.largest[best]:.1f}" in text.zh


def test_the_frame_stands_on_the_chosen_row_and_every_number_is_printed() -> None:
    data = figures_decide.Heat(
        Text("甲", "a"), (Text("一", "one"), Text("二", "two")), (Text("三", "x"), Text("四", "y")),
        np.array([[0.0, 1.25], [2.0, 0.0]]), 0,
    )  # fmt: skip
    with style.look():
        ax = figures_decide.heat(data, lang="en")
    assert [each.get_text() for each in ax.texts] == ["0.0", "1.2", "2.0", "0.0"]
    assert ax.patches[0].get_y() == pytest.approx(-0.48)  # type: ignore[attr-defined]


def test_the_wanted_line_is_inside_the_picture_wherever_the_curve_lies() -> None:
    for values in ((0.5, 0.6), (0.9, 0.95), (0.7, 0.85)):
        data = figures_decide.Curve((0.0, 1.0), values, (0.01, 0.01), 0.8, Text("甲", "a"))
        with style.look():
            ax = figures_decide.efforts(data, lang="en")
        low, high = ax.get_ylim()
        assert low < 0.8 < high
        assert low < min(values)
        assert max(values) < high
