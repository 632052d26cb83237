"""The notebook's side: parameters are checked, and every part says what the results say."""

import re
from types import ModuleType

import numpy as np
import pytest
from tuiyan import estimates
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import study
from tuiyan.reporting.blocks import Block, Bullets, Note, Paragraph, Table, flat
from tuiyan.reporting.parts import counts, details, goals, needs, scale
from tuiyan.reporting.parts.answer import answer, total_growth
from tuiyan.reporting.parts.assumptions import tables_behind
from tuiyan.reporting.parts.base import explained, origin_of
from tuiyan.reporting.parts.coverage import findings, matrix
from tuiyan.reporting.parts.effect import effects
from tuiyan.reporting.parts.shared import levers_only, never_negative

GOOD = {"scenario": "announced", "against": "", "lang": "zh", "draws": 512, "seed": 0, "as_of": ""}


def table(parts: list[tuple[Block, ...]], id_: str) -> Table:
    return next(block for part in parts for block in flat(part) if isinstance(block, Table) and block.id == id_)


def cells(rows: tuple[tuple[object, ...], ...], first: str) -> tuple[object, ...]:
    """The row whose first cell starts so in English."""
    return next(row for row in rows if str(row[0].en).startswith(first))  # type: ignore[attr-defined]


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
    expected = estimates.mean(here / there - 1)
    assert cells(table(parts, "T1c").rows, "2020")[1] == expected
    assert effects(announced)[2020] == expected


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
    assert all(rows[goal][-2].en == "n/a" for goal in ("R07", "R08", "R09"))  # type: ignore[attr-defined]
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
    used = list(announced.scenario.workspace.parameters)
    assert [row[1].en for row in rows] == used  # type: ignore[attr-defined]
    firms = next(row for row in rows if row[1].en == "firms.initial")  # type: ignore[attr-defined]
    assert "widening of the law is judgement" in firms[7].en  # type: ignore[attr-defined]
    assert all(row[7] and row[8] for row in rows)


def test_shares_of_grades_sum_to_one(parts: list[tuple[Block, ...]]) -> None:
    for row in table(parts, "T13b").rows:
        assert sum(float(str(value)) for value in row[3:]) == pytest.approx(1.0)


def test_agriculture_is_a_blank_row_of_the_coverage_matrix(announced: study.Study) -> None:
    rows = {row[0].en.strip(" 　└"): row[1:] for row in matrix(announced).rows}  # type: ignore[attr-defined]
    blank = rows["modern agriculture"]
    assert all(cell.en in {"", "0"} for cell in blank)  # type: ignore[attr-defined]


def test_twelve_limits_and_twelve_traps_in_two_kinds(parts: list[tuple[Block, ...]]) -> None:
    lists = [block for part in parts for block in part if isinstance(block, Bullets)]
    assert [len(block.items) for block in lists if block.ordered] == [12]
    numbers = [row[0].en for name in ("T15", "T15a") for row in table(parts, name).rows]  # type: ignore[attr-defined]
    assert sorted(numbers, key=int) == [str(n) for n in range(1, 13)]
    assert any("Agriculture" in item.en for block in lists for item in block.items)


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
    from tuiyan.reporting import html, pdf
    from tuiyan.reporting.execute import NOTEBOOK
    from tuiyan.reporting.manifest import PACKAGE
    from tuiyan.wording import LANGUAGES, catalogue

    named = set()
    for path in (PACKAGE / "reporting").rglob("*.py"):
        named |= set(re.findall(r'"(report\.[a-zA-Z0-9_.]+[a-zA-Z0-9_])"', path.read_text(encoding="utf-8")))
    # The same form have the files of a report, and `report.open`, an event of the log.
    files = (
        {path.name for path in html.FOLDER.iterdir()}
        | {file_name(lang) for lang in LANGUAGES for file_name in (html.file_name, pdf.file_name)}
        | {NOTEBOOK.name}
    )
    assert named - files - {"report.open"} <= set(catalogue())


def test_the_base_figure_is_called_ours_until_one_is_published(announced: study.Study) -> None:
    text = answer(announced)
    assert origin_of(announced) == "assumed"
    assert "We found no figure for 2017 that had been published" in text.en
    assert "假定为 600 亿元（90% 区间 337 亿元—1,067 亿元）" in text.zh
    later = study.open({**GOOD, "as_of": "2018-09-25", "draws": 64})
    assert origin_of(later) == "published"
    assert "about CNY 70bn (published on 25 September 2018" in answer(later).en


def test_the_base_figure_explains_most_of_the_spread_only_while_it_is_unknown(announced: study.Study) -> None:
    later = study.open({**GOOD, "as_of": "2018-09-25"})
    assert explained(announced, 2020).value == pytest.approx(0.84, abs=0.04)
    assert explained(later, 2020).value < 0.3


def test_total_growth_of_labour_productivity_is_about_a_fifth(announced: study.Study) -> None:
    expected = np.expm1(3 * (0.065 - 0.003))
    assert np.median(total_growth(announced, 2020)) == pytest.approx(expected, abs=0.005)


def test_a_scenario_that_sets_the_base_says_so(monkeypatch: pytest.MonkeyPatch, announced: study.Study) -> None:
    from dataclasses import replace

    from tuiyan.inputs.findings import Place

    origins = dict(announced.scenario.origins)
    place = Place("params/scenarios/mine.yaml", 3, 1)
    monkeypatch.setitem(origins, "base.scale", replace(origins["base.scale"], where=place))
    changed = replace(announced.projection, scenario=replace(announced.scenario, origins=origins))
    assert "scenario's own assumption" in answer(study.Study(changed, announced.other, "en")).en


def test_what_a_goal_would_need_gives_the_probability_it_names(announced: study.Study) -> None:
    row = announced.ledger.row("R06")
    assert row.probability is not None
    assert needs.chance_with_sales(announced, row, 1.0) == pytest.approx(row.probability.value)
    for name in ("R07", "R09"):
        goal = announced.ledger.row(name).goal
        assert goal.test is not None
        accept = needs.acceptance(announced, goal.test.variable)
        now = needs.started(announced, goal.test.variable, 2020)
        met = float((accept(now) >= goal.test.value).mean())
        assert met == pytest.approx(announced.ledger.row(name).probability.value)  # type: ignore[union-attr]


def test_more_is_needed_for_nine_in_ten_than_for_now(announced: study.Study) -> None:
    for row in announced.ledger.rows:
        if row.goal.counted:
            assert "beyond" not in needs.need(announced, row).en
            assert row.probability is not None
            assert row.probability.value < needs.WANTED


def test_the_size_law_and_the_base_figure_are_shown_not_to_agree(announced: study.Study) -> None:
    note = next(block for block in announced.counts().blocks if isinstance(block, Note))
    total = counts.implied_sales(announced)
    draw = announced.projection.parameter
    assert np.isinf(total[draw("firms.size_tail") <= 1]).all()
    # 330 firms with a Pareto law of tail 1.13 and least sales 0.526, the medians of their laws
    assert np.median(total) == pytest.approx(330 * 0.526 * 1.13 / 0.13, rel=0.15)
    assert "not reconciled" in note.title.en


def test_a_count_that_turns_with_our_rule_says_so(announced: study.Study) -> None:
    row = announced.ledger.row("R06")
    found = goals.by_rule(announced, row)
    assert found[goals.rule_of(announced)] == row.probability
    assert "rule of this report" in goals.verdict(announced, row).en
    assert "rule" not in goals.verdict(announced, announced.ledger.row("R09")).en


def test_positive_by_construction_needs_levers_alone(announced: study.Study) -> None:
    assert levers_only(announced)
    assert never_negative(announced)
    same = study.open({**GOOD, "against": "announced", "draws": 64})
    assert not levers_only(same)


def test_before_any_effect_no_probability_of_it_is_given(parts: list[tuple[Block, ...]]) -> None:
    rows = table(parts, "T6c").rows
    assert cells(rows, "2018")[-1] is None
    assert cells(rows, "2020")[-1] is not None


def test_the_lines_of_gdp_add_up_draw_by_draw(announced: study.Study, parts: list[tuple[Block, ...]]) -> None:
    own, users, overlap = (announced.projection[f"gdp.{name}"][3] for name in ("own", "users", "overlap"))
    expected = estimates.quantile(own + users - overlap, 0.5)
    assert cells(table(parts, "T6d").rows, "sum")[2] == expected


def test_both_scenarios_stand_side_by_side_and_what_the_policy_defines_has_no_difference(
    announced: study.Study, parts: list[tuple[Block, ...]]
) -> None:
    rows = table(parts, "T1a").rows
    assert announced.other_ledger is not None
    assert cells(rows, "R01")[1] == announced.other_ledger.row("R01").probability
    assert cells(rows, "R07")[1].en == "n/a"  # type: ignore[attr-defined]
    assert cells(rows, "R07")[3] is None


def test_the_pipelines_start_as_planned_and_accept_no_more(parts: list[tuple[Block, ...]]) -> None:
    for row in table(parts, "T12d").rows:
        started, accepted = row[1::2], row[2::2]
        assert all(
            int(str(b).split(".")[0]) <= int(str(a).split(".")[0]) for a, b in zip(started, accepted, strict=True)
        )
    assert cells(table(parts, "T12d").rows, "2020")[1::2] == (6.0, 72.0, 125.0)


def test_fixed_values_stand_behind_productivity(announced: study.Study) -> None:
    found = {each.id: each.values for each in tables_behind(announced, "lp.city")}
    assert {found[f"sectors.{name}"] for name in ("start", "exposure", "speed", "labour_share")} == {11}


def test_blank_rows_and_columns_become_findings(announced: study.Study) -> None:
    rows, columns = findings(announced)[:2]
    assert "R04 modern agriculture" in rows.en
    assert "R07" in rows.en
    assert all(name in columns.en for name in ("M07", "M08", "M09", "M18", "M21"))
    assert "M10" not in columns.en


def test_no_fact_published_later_is_counted_as_visible(announced: study.Study, parts: list[tuple[Block, ...]]) -> None:
    rows = table(parts, "T13e").rows
    assert all(str(row[-1].en) <= announced.scenario.as_of.isoformat() for row in rows)  # type: ignore[attr-defined]
    later = table([study.open({**GOOD, "as_of": "2018-09-25", "draws": 64}).assumptions().blocks], "T13e").rows
    assert sum(int(str(row[1])) for row in later) > sum(int(str(row[1])) for row in rows)


def test_comparisons_are_among_the_sources(parts: list[tuple[Block, ...]]) -> None:
    ids = {row[0].en for row in table(parts, "T13c").rows}  # type: ignore[attr-defined]
    assert {"aghion_bunel24", "goldman23", "mgi17", "pwc17", "accenture17"} <= ids


def test_what_all_changes_share_is_said_once(announced: study.Study) -> None:
    block = next(b for b in announced.changes().blocks if isinstance(b, Table))
    assert "because" not in {column.title.en.lower() for column in block.columns}
    assert block.note is not None
    assert block.note.en.count("All 21 measures are delivered") == 1


def test_the_years_without_a_parent_need_no_comparison() -> None:
    base = study.open({**GOOD, "scenario": "baseline", "draws": 64})
    assert not any(isinstance(block, Table) and block.id in {"T1a", "T1c"} for block in flat(details.blocks(base)))


def test_a_wider_definition_is_told_as_one_and_moves_nothing_else() -> None:
    wide = study.open({**GOOD, "scenario": "wide_scope"})
    text = answer(wide).en
    assert "N(0.35, 0.25), centred +42% off" in text
    assert "assumed unbiased" not in text
    assert "neither the scale nor the probability in the same definition changes" in text
    assert 'Under "Announced programme" that probability is' in text
