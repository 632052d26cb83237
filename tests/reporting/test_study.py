"""The notebook's side: parameters are checked, and every part says what the results say."""

import re
from types import ModuleType

import numpy as np
import pytest
from tuiyan import estimates
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import study
from tuiyan.reporting.blocks import Block, Bullets, Paragraph, Table
from tuiyan.reporting.parts import counts, scale
from tuiyan.reporting.parts.answer import answer
from tuiyan.reporting.parts.coverage import matrix

GOOD = {"scenario": "announced", "against": "", "lang": "zh", "draws": 512, "seed": 0, "as_of": ""}


def table(parts: list[tuple[Block, ...]], id_: str) -> Table:
    return next(block for part in parts for block in part if isinstance(block, Table) and block.id == id_)


def test_a_mistyped_parameter_stops_with_the_nearest_name_in_both_languages() -> None:
    with pytest.raises(TuiyanError) as caught:
        study.open({**GOOD, "scenaro": "baseline"})
    assert re.search(r"是否想写 scenario.*\n.*Did you mean scenario", str(caught.value))


@pytest.mark.parametrize("wrong", [{"draws": "512"}, {"draws": True}, {"lang": "fr"}, {"scenario": 3}, {"seed": 0.5}])
def test_a_wrong_type_stops(wrong: dict[str, object]) -> None:
    with pytest.raises(TuiyanError, match="E141"):
        study.open({**GOOD, **wrong})


def test_all_problems_come_at_once() -> None:
    with pytest.raises(TuiyanError) as caught:
        study.open({**GOOD, "scenaro": 1, "draw": 1, "lang": 5})
    assert len(caught.value.findings) == 3


def test_an_unknown_scenario_and_a_bad_number_of_draws_stop() -> None:
    for wrong, code in (({"scenario": "anounced"}, "E116"), ({"draws": 100}, "E142"), ({"as_of": "soon"}, "E120")):
        with pytest.raises(TuiyanError, match=code):
            study.open({**GOOD, **wrong})


def test_names_of_ipython_and_modules_are_no_parameters() -> None:
    extra = {"In": [], "Out": {}, "get_ipython": print, "_i": "", "np": ModuleType("np"), "study": study}
    assert study._checked({**GOOD, **extra}) == GOOD


def test_the_answer_prints_the_ledger_in_both_languages(announced: study.Study) -> None:
    row = announced.ledger.row("R01")
    assert row.probability is not None
    text = answer(announced)
    for words in (text.zh, text.en):
        assert row.probability.text() in words
    assert "1,000 亿元" in text.zh
    assert "CNY 100bn" in text.en


def test_the_paired_effect_is_the_difference_on_the_same_draws(
    announced: study.Study, parts: list[tuple[Block, ...]]
) -> None:
    assert announced.other is not None
    here, there = announced.projection["scale.total"][3], announced.other["scale.total"][3]
    expected = estimates.mean(np.log(here / there))
    cells = next(row for row in table(parts, "T1c").rows if str(row[0].en) == "2020")  # type: ignore[attr-defined]
    assert cells[1] == expected


def test_a_scenario_beside_itself_differs_by_exactly_nothing() -> None:
    same = study.open({**GOOD, "against": "announced", "draws": 64})
    rows = table([same.details().blocks], "T1c").rows
    assert all(value == estimates.Estimate(0.0, 0.0) for row in rows for value in row[1:])


def test_without_policy_the_pipelines_are_not_applicable_and_no_joint_is_given() -> None:
    base = study.open({**GOOD, "scenario": "baseline", "draws": 64})
    text = base.answer().blocks[-1]
    assert isinstance(text, Paragraph)
    assert "do not apply" in text.text.en
    rows = {str(row[0].en)[:3]: row for row in table([base.counts().blocks], "T12").rows}  # type: ignore[attr-defined]
    assert all(rows[goal][-2] is None for goal in ("R07", "R08", "R09"))
    assert base.changes().blocks


def test_segments_add_up_to_their_groups_and_shares_to_one(parts: list[tuple[Block, ...]]) -> None:
    rows = table(parts, "T2b").rows
    groups = [row for row in rows if str(row[0].en).startswith("[")]  # type: ignore[attr-defined]
    assert sum(row[-1].value for row in groups) == pytest.approx(1.0)  # type: ignore[attr-defined]
    city = next(row for row in table(parts, "T2").rows if str(row[0].en) == "2020")  # type: ignore[attr-defined]
    assert sum(row[1].value for row in groups) == pytest.approx(city[1].value)  # type: ignore[attr-defined]


def test_the_benchmark_rules_are_all_printed(parts: list[tuple[Block, ...]]) -> None:
    rules = " ".join(row[0].zh for row in table(parts, "T12b").rows)  # type: ignore[attr-defined]
    assert all(f"{rule} 亿元" in rules for rule in (5, 10, 20, 50))


def test_every_parameter_is_printed_with_source_and_grade(
    announced: study.Study, parts: list[tuple[Block, ...]]
) -> None:
    rows = table(parts, "T13").rows
    assert len(rows) == len(announced.scenario.workspace.parameters)
    assert all(row[7] and row[8] for row in rows)


def test_shares_of_grades_sum_to_one(parts: list[tuple[Block, ...]]) -> None:
    for row in table(parts, "T13b").rows:
        assert sum(float(str(value)) for value in row[2:]) == pytest.approx(1.0)


def test_agriculture_is_a_blank_row_of_the_coverage_matrix(announced: study.Study) -> None:
    rows = {row[0].en.strip(" 　└"): row[1:] for row in matrix(announced).rows}  # type: ignore[attr-defined]
    blank = rows["modern agriculture"]
    assert all(cell.en in {"", "0"} for cell in blank)  # type: ignore[attr-defined]


def test_twelve_limits_twelve_traps_and_three_findings(parts: list[tuple[Block, ...]]) -> None:
    lists = [block for part in parts for block in part if isinstance(block, Bullets)]
    assert [len(block.items) for block in lists if block.ordered] == [12]
    assert len(table(parts, "T15").rows) == 12
    assert any(len(block.items) == 3 and "Agriculture" in block.items[0].en for block in lists)


def test_the_joint_probability_lies_inside_its_printed_bounds(announced: study.Study) -> None:
    assert announced.ledger.joint is not None
    assert announced.ledger.joint_bounds is not None
    low, high = announced.ledger.joint_bounds
    assert low <= announced.ledger.joint.value <= high


def test_bars_of_a_count_hold_nearly_all_draws_and_open_at_the_goal() -> None:
    values = np.random.default_rng(1).poisson(100, 4096).astype(float)
    places, shares = counts.binned(values, goal=100)
    assert 100 in places
    assert 0.995 < shares.sum() <= 1.0


def test_the_goal_line_is_the_goals_number(announced: study.Study) -> None:
    assert scale.goal_value(announced) == 1000.0


def test_every_key_named_in_the_code_is_in_the_catalogue() -> None:
    from tuiyan.reporting.manifest import PACKAGE
    from tuiyan.wording import catalogue

    named = set()
    for path in (PACKAGE / "report").rglob("*.py"):
        named |= set(re.findall(r'"(report\.[a-zA-Z0-9_.]+[a-zA-Z0-9_])"', path.read_text(encoding="utf-8")))
    files = {"report.html.jinja", "report.css", "report.ipynb", "report.open"}
    assert named - files <= set(catalogue())
