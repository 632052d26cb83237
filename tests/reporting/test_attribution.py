"""What drove the difference: printed parts add up, sentences name the largest, every odd scenario is told in words."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure as Canvas
from tuiyan.analysis.attribution import Attribution
from tuiyan.analysis.players import REST
from tuiyan.inputs.loading import load
from tuiyan.reporting import figures_explain, study, style
from tuiyan.reporting.analyses import GOAL, PRODUCTIVITY, SCALE
from tuiyan.reporting.blocks import Block, Figure, Note, Paragraph, Table, flat
from tuiyan.reporting.numbers import grid
from tuiyan.reporting.parts import attributed, attribution, waterfalls
from tuiyan.results import run
from tuiyan.wording import LANGUAGES, Text

WHY = "because: {zh: 试, en: trial}, grade: judgement"
NUMBER = re.compile(r"[+−]?\d+(?:,\d{3})*(?:\.\d+)?")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def opened(scenario: str, against: str = "", draws: int = 256) -> study.Study:
    names = {"scenario": scenario, "against": against, "lang": "en", "draws": draws, "seed": 0, "as_of": ""}
    return study.open(names)


def beside(here: str, there: str, root: Path, draws: int = 256) -> study.Study:
    """A study of two scenarios of a copied workspace."""
    pair = [run(load(name, workspace=root), draws=draws, seed=0) for name in (here, there)]
    return study.Study(pair[0], pair[1], "en")


@pytest.fixture(scope="module")
def blocks(announced: study.Study) -> tuple[Block, ...]:
    return announced.attribution().blocks


@pytest.fixture(scope="module")
def delayed() -> study.Study:
    return opened("delayed")


def table(blocks: Iterable[Block], id_: str) -> Table:
    drawn = [block.data for block in blocks if isinstance(block, Figure)]
    return next(each for each in (*flat(blocks), *drawn) if isinstance(each, Table) and each.id == id_)


def figure(blocks: Iterable[Block], id_: str) -> Figure:
    return next(block for block in blocks if isinstance(block, Figure) and block.id == id_)


def ids(blocks: Iterable[Block]) -> set[str]:
    return {block.id for block in blocks if isinstance(block, Table | Figure)}


def said(blocks: Iterable[Block]) -> Text:
    found = [block.text for block in blocks if isinstance(block, Paragraph | Note)]
    return Text("".join(each.zh for each in found), " ".join(each.en for each in found))


def printed(block: Table, lang: str) -> list[list[str]]:
    return grid([column.format for column in block.columns], block.rows, lang)


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def decimals(text: str) -> int:
    return len(text.partition(".")[2])


def check_sums(block: Table, columns: Sequence[int]) -> None:
    """Printed rows sum to the printed last one, to half a unit of the last digit for each of them."""
    cells = printed(block, "en")
    for column in columns:
        *parts, whole = [row[column] for row in cells]
        allowed = 0.5 * sum(10.0 ** -decimals(each) for each in (*parts, whole))
        assert abs(sum(map(number, parts)) - number(whole)) <= allowed + 1e-9, (block.id, column)


@pytest.mark.parametrize("id_", ["T5", "T5b"])
def test_printed_parts_sum_to_the_printed_total(blocks: tuple[Block, ...], id_: str) -> None:
    block = table(blocks, id_)
    titles = [column.title.en for column in block.columns]
    added = [k for k, title in enumerate(titles) if "gross" in title or "Net" in title or "Stacked" in title]
    assert len(added) == 5
    check_sums(block, added)
    single = [k for k, title in enumerate(titles) if "does not add up" in title]
    assert len(single) == 2
    assert all(printed(block, "en")[-1][k] == "—" for k in single)


def test_growth_and_heat_map_sum_in_every_column(blocks: tuple[Block, ...]) -> None:
    check_sums(table(blocks, "T3"), (1, 3, 5, 7))
    check_sums(table(blocks, "F5b-data"), range(1, 9))


def test_the_sum_check_is_said_and_would_fail(announced: study.Study, blocks: tuple[Block, ...]) -> None:
    from dataclasses import replace

    note = table(blocks, "T5").note
    assert note is not None
    assert "passed" in note.en
    scale, chance = (announced.analyses.attributions("lever")[name] for name in (SCALE, GOAL))
    broken = replace(scale, parts=scale.parts[1:])
    assert "do not use this table" in attribution.table_note(announced, broken, chance).en


def largest(found: Attribution) -> str:
    return max((part for part in found.parts if part.id != REST), key=lambda part: abs(part.value.value)).label.en


def test_the_sentence_names_the_largest_parts_and_their_displacement(
    announced: study.Study, blocks: tuple[Block, ...]
) -> None:
    text = said(blocks).en
    for by in ("integration", "lever"):
        found = announced.analyses.attributions(by)[SCALE]
        part = next(each for each in found.parts if each.label.en == largest(found))
        assert part.net is not None
        share = f"{100 * (1 - part.net.value / part.value.value):.0f}%"
        assert re.search(rf"{re.escape(part.label.en)}\" \([^)]*, {share} of it only displacement", text)


def test_net_is_below_gross_and_both_groupings_have_the_same_gross_total(announced: study.Study) -> None:
    totals = [announced.analyses.attributions(by)[SCALE] for by in ("integration", "lever")]
    assert attributed.summed(totals[0]).value == pytest.approx(attributed.summed(totals[1]).value, abs=1e-12)
    net = [attribution._net(each) for each in totals]
    assert net[0] is not None
    assert net[1] is not None
    assert 0 < net[1] < totals[1].total.value
    assert net[0] == pytest.approx(net[1], rel=0.02)


def test_magnitudes_are_those_of_the_paper(announced: study.Study) -> None:
    """Section 12: +3.4% in 2020 (1.8 to 5.5), integrations 2.0 / 1.0 / .6, L1 .65, L2 1.9, 43% of it displacement."""
    scale = announced.analyses.attributions("integration")[SCALE]
    assert [100 * part.value.value for part in scale.parts] == pytest.approx([2.0, 1.0, 0.6], abs=0.06)
    levers = announced.analyses.attributions("lever")[SCALE]
    assert 100 * levers.part("clusters").value.value == pytest.approx(1.9, abs=0.06)
    assert 100 * levers.part("application_demand").value.value == pytest.approx(0.65, abs=0.03)


def test_most_comes_after_the_deadline_and_none_of_it_is_evidence(blocks: tuple[Block, ...]) -> None:
    text = said(blocks)
    assert "Most of the effect comes after the deadline" in text.en
    assert "no evidence that policy works" in text.en
    assert "不是政策有效的证据" in text.zh


def test_later_years_are_those_of_the_table_of_effects(announced: study.Study) -> None:
    effect = table(announced.details().blocks, "T1c")
    row = next(cells for cells in printed(effect, "en") if cells[0] == "2025")
    assert f"{row[1]}% in 2025" in said(announced.attribution().blocks).en


def test_pipelines_belong_to_application_demand_by_definition(announced: study.Study) -> None:
    note = figure(announced.attribution().blocks, "F5b").caption
    assert '"Baseline without policy" puts no effort on application demand' in note.en
    found = announced.analyses.attributions("lever")
    for goal in ("R07", "R08", "R09"):
        assert found[goal].part("application_demand").value.value == pytest.approx(found[goal].total.value)
    assert not waterfalls.pipelines(opened("delayed", draws=64))


def test_a_bare_zero_means_that_no_draw_changes(announced: study.Study) -> None:
    found = announced.analyses.attributions("lever")[PRODUCTIVITY]
    column = waterfalls.outcome_column(found)
    cells = [waterfalls._cell(part.value, column).en for part in found.parts]
    assert [part.id for part, cell in zip(found.parts, cells, strict=True) if cell == "0"] == [
        "clusters", "rd_support", "talent", "finance",
    ]  # fmt: skip


def test_other_changes_are_one_part_without_a_net_value(delayed: study.Study) -> None:
    blocks = delayed.attribution().blocks
    rows = printed(table(blocks, "T5b"), "en")
    rest = next(row for row in rows if row[0] == "other changes")
    assert rest[3] == rows[-1][3] == "—"
    check_sums(table(blocks, "T5b"), (1, 8))
    text = said(blocks).en
    assert "delivery delay of all levers" in text
    assert f'by lever "L2 {largest(delayed.analyses.attributions("lever")[SCALE])}"' in text
    assert "Net of displacement" not in text


def test_parameters_alone_leave_nothing_to_split() -> None:
    fast = opened("fast_technology")
    blocks = fast.attribution().blocks
    assert ids(blocks) == {"T3", "F3"}
    assert "nothing to split by integration or lever" in said(blocks).en
    assert "imitation hazard; " in said(blocks).en


def test_without_a_parent_only_growth_is_told() -> None:
    blocks = opened("baseline").attribution().blocks
    assert ids(blocks) == {"T3", "F3"}
    assert "compared with no other" in said(blocks).en
    assert "policy is zero" in said(blocks).en


def test_a_scenario_beside_itself_has_nothing_to_split() -> None:
    blocks = opened("announced", "announced").attribution().blocks
    assert ids(blocks) == {"T3", "F3"}
    assert 'Nothing differs from "Announced programme"' in said(blocks).en


def test_a_wider_definition_moves_only_the_uncertain_probability() -> None:
    text = said(opened("wide_scope").attribution().blocks).en
    assert "every part is zero" in text
    assert "Only the probability of R01 with its definition uncertain moves" in text


def test_a_path_is_split_like_any_effort(workspace: Path, write: Callable[..., str]) -> None:
    levers = f"  talent: {{set: {{2018: 0.2, 2020: 1, then: hold}}, between: linear, {WHY}}}\n"
    write(f"levers:\n{levers}")
    blocks = beside("trial", "announced", workspace).attribution().blocks
    assert {"T5", "T5b", "F5", "F5b"} <= ids(blocks)
    assert [row[0] for row in printed(table(blocks, "T5b"), "en")] == ["L4 talent", "Sum"]
    assert "Difference in scale" in figure(blocks, "F5").title.en  # the probability is within its error


def test_what_cannot_be_compared_is_refused_in_both_languages(workspace: Path, write: Callable[..., str]) -> None:
    write("horizon: 2020\n", "short")
    blocks = beside("short", "announced", workspace, draws=64).attribution().blocks
    note = next(block for block in blocks if isinstance(block, Note))
    assert "2030" in note.text.en
    assert "Give both the same horizon" in note.text.en
    assert "不能比较" in note.text.zh
    assert "T3" in ids(blocks)


@pytest.mark.parametrize("name", ["announced", "delayed"])
def test_both_languages_hold_the_same_numbers(name: str, request: pytest.FixtureRequest) -> None:
    found: study.Study = request.getfixturevalue(name)
    for block in found.attribution().blocks:
        if isinstance(block, Table):
            assert [row[1:] for row in printed(block, "zh")] == [row[1:] for row in printed(block, "en")]
        for text in (getattr(block, name, None) for name in ("text", "note", "caption", "alt")):
            if isinstance(text, Text):
                assert sorted(NUMBER.findall(told(text.zh))) == sorted(NUMBER.findall(told(text.en))), text.en


def told(text: str) -> str:
    """The words without dates and names of the source line, which each language writes its own way."""
    return re.sub(r"(当年价格|Current prices|来源|Source)[;；:：].*", "", text)


def test_english_has_no_chinese_and_chinese_is_there(blocks: tuple[Block, ...]) -> None:
    for block in flat(blocks):
        for text in (getattr(block, name, None) for name in ("text", "note", "caption", "alt", "title")):
            if isinstance(text, Text):
                assert CHINESE.search(text.zh)
                assert not CHINESE.search(text.en)


def test_figures_have_alternative_texts_that_name_the_ends(announced: study.Study, blocks: tuple[Block, ...]) -> None:
    alt = figure(blocks, "F5").alt.en
    found = announced.analyses.attributions("lever")[GOAL]
    assert f"from {found.before.value:.2f} to {found.after.value:.2f}" in alt
    assert "clusters and parks" in figure(blocks, "F5b").alt.en


STEPS = tuple(
    figures_explain.Step(Text("甲", "a"), value, net, Text("1", "1"))
    for value, net in ((2.0, 1.0), (-1.0, -0.5), (0.5, None))
)


def falls(steps: tuple[figures_explain.Step, ...] = STEPS) -> figures_explain.Waterfall:
    ends = [figures_explain.End(Text("乙", "b"), level, Text("0", "0"), "baseline") for level in (10.0, 11.5)]
    return figures_explain.Waterfall(Text("丙", "c"), ends[0], steps, ends[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_waterfall_ends_where_its_steps_lead(lang: str) -> None:
    data = falls()
    assert data.levels[-1] == data.end.value
    with style.look():
        ax = Canvas().add_subplot()
        assert figures_explain.waterfall(data, lang=lang, ax=ax) is ax
    bars = [patch.get_bbox() for patch in ax.patches]  # type: ignore[attr-defined]
    assert len(bars) == 2 + 2 + 2 + 1  # two ends, two steps in two pieces, one whole
    low, high = ax.get_xlim()
    assert all(low <= min(bar.x0, bar.x1) and max(bar.x0, bar.x1) <= high for bar in bars)


def test_end_bars_start_at_zero_where_the_first_level_is_zero() -> None:
    ends = [figures_explain.End(Text("乙", "b"), level, Text("0", "0"), "baseline") for level in (0.0, 1.5)]
    data = figures_explain.Waterfall(Text("丙", "c"), ends[0], STEPS, ends[1])
    with style.look():
        ax = figures_explain.waterfall(data, lang="en", ax=Canvas().add_subplot())
    last = ax.patches[-1].get_bbox()  # type: ignore[attr-defined]
    assert (last.x0, last.x1) == (0.0, 1.5)


def test_a_waterfall_without_any_step_has_a_width() -> None:
    low, high = figures_explain.reach([falls(())])
    assert low < 10.0 < high


def test_negative_contributions_stand_below_zero_and_the_sum_is_marked() -> None:
    values = np.array([[5.0], [-2.0], [1.0], [0.0], [0.0], [0.0], [0.0]])
    data = figures_explain.Stack((Text("甲", "a"),) * 7, (2018,), values, values.sum(axis=0))
    with style.look():
        ax = figures_explain.growth_bars(data, lang="en", ax=Canvas().add_subplot())
    ends = [end for patch in ax.patches for end in patch.get_bbox().intervaly]  # type: ignore[attr-defined]
    assert (min(ends), max(ends)) == (-2.0, 6.0)
    assert [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "D"] == [4.0]  # type: ignore[index]


def test_cells_are_lighter_the_smaller_the_number() -> None:
    pair = (figures_explain.SUPPLY, figures_explain.LESS)
    light = [figures_explain.luminance(figures_explain.shaded(depth, pair)) for depth in (0.0, 0.3, 0.9)]
    assert light[0] == pytest.approx(1.0)
    assert light == sorted(light, reverse=True)
    assert figures_explain.shaded(-0.9, pair) != figures_explain.shaded(0.9, pair)
