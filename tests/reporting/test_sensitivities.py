"""What the probability hangs on: the printed numbers are those of the analyses, and follow from the laws."""

import math
import re

import numpy as np
import pytest
from tuiyan import estimates
from tuiyan.analysis.paired import ensemble_of
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.ledger import reached
from tuiyan.reporting import analyses, figures_decide, style
from tuiyan.reporting.blocks import Block, Figure, Paragraph, Table, flat
from tuiyan.reporting.links import words_of
from tuiyan.reporting.parts import sensitivities
from tuiyan.reporting.study import Study
from tuiyan.results import run
from tuiyan.wording import LANGUAGES, Text

MONEY = {"zh": r"([\d,.]+) 亿元", "en": r"CNY ([\d,.]+)bn"}


@pytest.fixture(scope="module")
def blocks(announced: Study) -> tuple[Block, ...]:
    return announced.sensitivities().blocks


def of(blocks: tuple[Block, ...], id_: str) -> Table:
    return next(block for block in flat(blocks) if isinstance(block, Table) and block.id == id_)


def figure(blocks: tuple[Block, ...], id_: str) -> Figure:
    return next(block for block in blocks if isinstance(block, Figure) and block.id == id_)


def numbers(text: Text) -> tuple[list[float], list[float]]:
    """All numbers of both languages, amounts of money in 亿元."""
    found = []
    for lang, factor in (("zh", 1.0), ("en", 10.0)):
        words = text[lang]
        money = [factor * float(each.replace(",", "")) for each in re.findall(MONEY[lang], words)]
        rest = re.sub(MONEY[lang], "", words)
        found.append([*money, *(float(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", rest))])
    return found[0], found[1]


def test_the_paragraph_names_the_input_with_the_largest_swing_and_its_two_ends(
    announced: Study, blocks: tuple[Block, ...]
) -> None:
    rows = announced.analyses.tornado.rows
    top = max(rows, key=lambda row: abs(row.values["high"] - row.values["low"]))
    text = next(block.text for block in blocks if isinstance(block, Paragraph))
    for lang in LANGUAGES:
        assert top.label[lang] in text[lang]
        assert f"{top.values['low']:.2f}" in text[lang]
        assert f"{top.values['high']:.2f}" in text[lang]
    assert "associations" in text.en
    assert "关联" in text.zh


def test_both_languages_hold_the_same_numbers(blocks: tuple[Block, ...]) -> None:
    text = next(block.text for block in blocks if isinstance(block, Paragraph))
    zh, en = numbers(text)
    assert sorted(zh) == pytest.approx(sorted(en), rel=1e-3)
    assert len(zh) > 10


def test_with_everything_free_the_probability_is_that_of_the_ledger(announced: Study) -> None:
    assert announced.analyses.tornado.at == announced.ledger.row("R01").probability


def test_the_ends_of_the_base_figure_are_the_quantiles_of_its_law(announced: Study, blocks: tuple[Block, ...]) -> None:
    low, high = (600 * math.exp(sign * 1.6449 * 0.35) for sign in (-1, 1))  # LN(600, 0.35)
    shown = sensitivities.ends(announced, "base.scale")
    assert [each.zh for each in shown if each] == [f"{low:.0f} 亿元", f"{high:,.0f} 亿元"]
    shock = sensitivities.ends(announced, "shocks.common.2020")
    assert [each.en for each in shock if each] == ["−1.6 standard deviations", "1.6 standard deviations"]
    assert shown[0] in of(blocks, "T9").rows[0]


def test_an_input_held_at_its_end_gives_the_printed_probability(announced: Study) -> None:
    """The base figure multiplies the whole scale, so fixing it is dividing it out."""
    ensemble = ensemble_of(announced.scenario, draws=512, seed=0, last=2020)
    free = ensemble.projection(("scale.total",))
    goal = announced.ledger.row("R01").goal
    assert goal.test is not None
    base = announced.projection.parameter("base.scale")
    row = next(row for row in announced.analyses.tornado.rows if row.id == "base.scale")
    for key, level in (("low", -1.6449), ("high", 1.6449)):
        moved = free["scale.total"][-1] * 600 * np.exp(level * 0.35) / base
        assert row.values[key] == pytest.approx(float((moved > goal.test.value).mean()), abs=0.01)
    met = reached(announced.projection, goal)[3]
    assert row.values["low"] < float(met.mean()) < row.values["high"]


def test_the_drawn_ends_are_those_of_the_table(blocks: tuple[Block, ...]) -> None:
    drawn = {row[0]: row[1:3] for row in figure(blocks, "F9").data.rows}
    table = {words_of(row[0]): row[3:5] for row in of(blocks, "T9").rows}
    assert drawn == table


def test_rank_correlations_are_those_of_the_ordinary_draws(announced: Study, blocks: tuple[Block, ...]) -> None:
    scale, base = announced.projection["scale.total"][3], announced.projection.parameter("base.scale")
    first, second = (np.argsort(np.argsort(values)) for values in (scale, base))
    row = next(row for row in of(blocks, "T9").rows if "2017" in row[0].en and "scale of" in row[0].en)  # type: ignore[attr-defined]
    assert row[5] == pytest.approx(np.corrcoef(first, second)[0, 1], abs=1e-6)


def test_a_group_that_cannot_matter_is_named_and_not_drawn(announced: Study, blocks: tuple[Block, ...]) -> None:
    """Productivity is nowhere in the scale, the base figure nowhere in productivity (equations 1 to 12)."""
    shown = figure(blocks, "F9b")
    rows = {name: {row.id: row for row in found.rows} for name, found in announced.analyses.sobol.items()}
    for outcome, group in (("R01", "productivity"), ("lp.city", "base")):
        row = rows[outcome][group]
        assert row.values["total"] == 0
        for lang in LANGUAGES:
            assert row.label[lang] in shown.caption[lang]
    drawn = {(row[0].en, row[1].en) for row in shown.data.rows}  # type: ignore[attr-defined]
    assert ("Log scale, 2020", rows["R01"]["productivity"].label.en) not in drawn
    assert ("Labour productivity, 2020", rows["lp.city"]["base"].label.en) not in drawn
    assert ("Log scale, 2020", rows["R01"]["base"].label.en) in drawn


def test_shares_alone_sum_to_at_most_one_and_no_group_explains_more_alone(blocks: tuple[Block, ...]) -> None:
    for outcome in ("Log scale, 2020", "Labour productivity, 2020"):
        rows = [row for row in figure(blocks, "F9b").data.rows if row[0].en == outcome]  # type: ignore[attr-defined]
        width = sum(float(str(row[4])) - float(str(row[3])) for row in rows)
        assert sum(float(str(row[2])) for row in rows) <= 1 + width
        for row in rows:
            first, low, high, total, *_ = (float(str(cell)) for cell in row[2:])
            assert low <= first <= high
            assert first <= total + (high - low)


def test_the_table_holds_the_numbers_of_the_bars(blocks: tuple[Block, ...]) -> None:
    bars = {
        (row[0].en, row[1].en): (row[2], row[5])  # type: ignore[attr-defined]
        for row in figure(blocks, "F9b").data.rows
    }
    for row in of(blocks, "T9b").rows:
        for outcome, cells in (("Log scale, 2020", row[1:4]), ("Labour productivity, 2020", row[4:7])):
            assert (cells[0], cells[2]) == bars.get((outcome, row[0].en), (None, None))  # type: ignore[attr-defined]


def test_an_outcome_that_cannot_be_looked_at_is_a_sentence(announced: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise TuiyanError([Finding("E198", None, {"name": "R01"})])

    monkeypatch.setattr(analyses, "sensitivity", refuse)
    _, told = sensitivities.blocks(Study(announced.projection, announced.other, "en"))
    assert isinstance(told, Paragraph)
    message = Finding("E198", None, {"name": "R01"}).message
    assert all(message[lang] in told.text[lang] for lang in LANGUAGES)


def test_an_input_with_one_law_a_year_has_no_quantiles(announced: Study) -> None:
    path = {"scale": {2018: 1, 2020: 0.9}, "between": "step"}
    moved = announced.scenario.with_(
        id="moved", uncertain={"supply.slack": {**path, "grade": "judgement"}}, because=Text("试", "trial")
    )
    study = Study(run(moved, draws=64), None, "en")
    assert sensitivities.ends(study, "supply.slack") == (None, None)
    assert sensitivities.ends(study, "demand.backlog")[0] is not None


def test_a_bar_of_the_tornado_marks_low_and_high_apart() -> None:
    bar = figures_decide.Bar(Text("甲", "a"), 0.6, 0.4)
    with style.look():
        ax = figures_decide.tornado([bar], 0.5, lang="en")
    low, high, line = ax.get_lines()
    assert [low.get_xdata()[0], high.get_xdata()[0], line.get_xdata()[0]] == [0.6, 0.4, 0.5]  # type: ignore[index]
    assert low.get_markerfacecolor() != high.get_markerfacecolor()


def test_the_simulation_error_of_the_line_is_printed(announced: Study, blocks: tuple[Block, ...]) -> None:
    at = announced.analyses.tornado.at
    assert isinstance(at, estimates.Estimate)
    words = f"{at.standard_error:.2g}" if f"{at.standard_error:.1e}"[0] == "1" else f"{at.standard_error:.1g}"
    assert words in figure(blocks, "F9").caption.en
