"""Where the goals are missed: one sentence a goal, and shares that fit each other and the draws."""

from dataclasses import replace

import pytest
import tuiyan as ty
from tuiyan.analysis.rules import Rules
from tuiyan.ledger import reached
from tuiyan.reporting import figures_decide, style
from tuiyan.reporting.blocks import Block, Bullets, Figure, Paragraph, Table, flat
from tuiyan.reporting.parts import discovery
from tuiyan.reporting.study import Study
from tuiyan.wording import LANGUAGES, Text

COUNTED = ["R01", "R06", "R07", "R08", "R09"]


@pytest.fixture(scope="module")
def blocks(announced: Study) -> tuple[Block, ...]:
    return announced.discovery().blocks


@pytest.fixture(scope="module")
def few() -> Study:
    """A study in which hardly any draw misses the scale goal: the base figure is known."""
    later = ty.load("announced", as_of="2018-09-25")
    return Study(ty.run(later, draws=256), None, "en")


def of(blocks: tuple[Block, ...], id_: str) -> Table:
    return next(block for block in flat(blocks) if isinstance(block, Table) and block.id == id_)


def said(blocks: tuple[Block, ...]) -> tuple[Text, ...]:
    return next(block.items for block in blocks if isinstance(block, Bullets))


def start(row: tuple[object, ...]) -> str:
    return str(row[0].en)[:3]  # type: ignore[attr-defined]


def test_every_counted_goal_has_its_sentence_in_both_languages(announced: Study, blocks: tuple[Block, ...]) -> None:
    items = said(blocks)
    assert [item.en[:3] for item in items] == COUNTED
    for item, rules in zip(items, announced.analyses.rules.values(), strict=True):
        assert isinstance(rules, Rules)
        assert all(item[lang].endswith(rules.sentence[lang]) for lang in LANGUAGES)


def test_it_is_called_an_association(blocks: tuple[Block, ...]) -> None:
    lead = next(block.text for block in blocks if isinstance(block, Paragraph))
    assert "association" in lead.en
    assert "关联" in lead.zh


def test_misses_and_probability_of_the_ledger_sum_to_one(announced: Study, blocks: tuple[Block, ...]) -> None:
    for row in of(blocks, "T17").rows:
        chance = announced.ledger.row(start(row)).probability
        assert chance is not None
        assert row[1].value + chance.value == pytest.approx(1.0)  # type: ignore[attr-defined]


def test_density_times_mass_is_coverage_times_base_rate(blocks: tuple[Block, ...]) -> None:
    found = [row for row in of(blocks, "T17").rows if row[3] is not None]
    assert found
    for row in found:
        base, density, coverage = (cell.value for cell in (row[1], row[3], row[5]))  # type: ignore[attr-defined]
        assert density * float(str(row[7])) == pytest.approx(coverage * base)


def test_a_density_that_was_not_reached_is_said(announced: Study, blocks: tuple[Block, ...]) -> None:
    for row, item in zip(of(blocks, "T17").rows, said(blocks), strict=True):
        rules = announced.analyses.rules[start(row)]
        assert isinstance(rules, Rules)
        told = "No set of conditions" in item.en or "No input" in item.en
        assert rules.reached == (rules.density.value >= rules.threshold) == (row[8].en == "yes") == (not told)  # type: ignore[attr-defined]


def test_the_share_of_the_prior_is_counted_from_the_draws(announced: Study, blocks: tuple[Block, ...]) -> None:
    base = announced.projection.parameter("base.scale")
    rules = announced.analyses.rules["R01"]
    assert isinstance(rules, Rules)
    limit = next(each for each in rules.restrictions if each.id == "base.scale")
    assert limit.low is None
    assert limit.high is not None
    inside = base <= limit.high
    row = next(row for row in of(blocks, "T17b").rows if start(row) == "R01" and "2017" in row[1].en)  # type: ignore[attr-defined]
    assert row[3] == pytest.approx(float(inside.mean()))
    missed = ~reached(announced.projection, rules.goal)[announced.projection.index(2020)]
    if len(rules.restrictions) == 1:
        assert float(missed[inside].mean()) == pytest.approx(rules.density.value)


def test_the_peeling_starts_from_all_futures_and_the_chosen_box_closes_the_data(
    announced: Study, blocks: tuple[Block, ...]
) -> None:
    figure = next(block for block in blocks if isinstance(block, Figure))
    rules = announced.analyses.rules["R01"]
    assert isinstance(rules, Rules)
    first, *_, last = figure.data.rows
    assert (first[0].en, first[1], first[3]) == ("0", 1.0, 1.0)  # type: ignore[attr-defined]
    assert first[2] == pytest.approx(rules.base_rate.value)
    assert last[1:3] == (rules.coverage, rules.density)
    masses = [float(str(row[3])) for row in figure.data.rows[:-1]]
    assert masses == sorted(masses, reverse=True)


def test_the_tree_is_quoted_with_its_agreement(announced: Study, blocks: tuple[Block, ...]) -> None:
    rules = announced.analyses.rules["R01"]
    assert isinstance(rules, Rules)
    text = [block.text for block in blocks if isinstance(block, Paragraph)][-1]
    for lang in LANGUAGES:
        assert f"{100 * rules.check.agreement:.0f}%" in text[lang]
        assert ("2017 年重点产业规模" if lang == "zh" else "scale of the key AI industry, 2017") in text[lang]


def test_a_tree_that_starts_elsewhere_and_one_without_a_split_are_said(announced: Study) -> None:
    rules = announced.analyses.rules["R01"]
    assert isinstance(rules, Rules)
    other = replace(rules, check=replace(rules.check, inputs=("supply.slack",)))
    assert "little should hang on them" in discovery.tree(announced, other).en
    bare = replace(rules, check=replace(rules.check, inputs=()))
    assert "finds no split" in discovery.tree(announced, bare).en
    many = replace(
        rules, check=replace(rules.check, inputs=("base.scale", *[f"shocks.common.{y}" for y in (2018, 2019, 2020)]))
    )
    text = discovery.tree(announced, many)
    assert "(4 in all)" in text.en
    assert "等 4 项" in text.zh


def test_a_goal_with_too_few_misses_gets_the_message_and_no_picture(few: Study) -> None:
    refused = few.analyses.rules["R01"]
    assert not isinstance(refused, Rules)
    blocks = few.discovery().blocks
    message = refused.findings[0].message
    assert all(message[lang] in said(blocks)[0][lang] for lang in LANGUAGES)
    assert not [block for block in blocks if isinstance(block, Figure)]
    assert "R01" not in {start(row) for row in of(blocks, "T17").rows}


def test_without_policy_the_pipelines_are_refused_in_words() -> None:
    base = Study(ty.run(ty.load("baseline"), draws=256), None, "zh")
    blocks = base.discovery().blocks
    items = said(blocks)
    assert [item.en[:3] for item in items] == COUNTED
    assert all("does not apply" in item.en and "不适用" in item.zh for item in items[2:])
    assert {start(row) for row in of(blocks, "T17").rows} <= {"R01", "R06"}


def test_the_trade_off_shows_the_density_asked_for_and_the_box() -> None:
    spots = (figures_decide.Spot(1.0, 0.4, 0), figures_decide.Spot(0.9, 0.7, 1), figures_decide.Spot(0.5, 0.9, 2))
    data = figures_decide.TradeOff(spots, figures_decide.Spot(0.8, 0.81, 1), 0.8)
    with style.look():
        ax = figures_decide.trade_off(data, lang="en")
    marks = {line.get_label(): line for line in ax.get_lines()}
    assert "density asked for: 80%" in marks
    assert list(marks["the box chosen"].get_xdata()) == [80.0]  # type: ignore[arg-type]
    assert {"all futures (no limit)", "peeling, inputs limited: 1", "peeling, inputs limited: 2"} <= set(marks)
