"""The tables and figures that place the model beside the literature."""

import re
from itertools import groupby

import pytest
from tuiyan.reporting.blocks import Block, Figure, Paragraph, Table
from tuiyan.reporting.parts import anchors, literature
from tuiyan.reporting.study import Study
from tuiyan.wording import LANGUAGES, both


@pytest.fixture(scope="module")
def shown(announced: Study) -> dict[str, Block]:
    return {getattr(block, "id", "lead"): block for block in literature.blocks(announced)}


def table(shown: dict[str, Block], name: str) -> Table:
    found = shown[name]
    assert isinstance(found, Table)
    return found


def figure(shown: dict[str, Block], name: str) -> Figure:
    found = shown[name]
    assert isinstance(found, Figure)
    return found


def test_the_productivity_part_shows_them_after_the_published_numbers(announced: Study) -> None:
    names = [getattr(block, "id", "") for block in announced.productivity().blocks]
    assert [name for name in names if name[1:2] == "7"] == ["F7", "T7", "F7b", "T7b", "F7c", "T7c"]


@pytest.mark.parametrize("name", ["T7b", "T7c"])
def test_numbers_of_one_quantity_stand_together(shown: dict[str, Block], name: str) -> None:
    kinds = [row[1] for row in table(shown, name).rows]
    assert [kind for kind, _ in groupby(kinds)] == [both(f"report.quantity.{each}") for each in anchors.QUANTITIES]


def test_every_row_of_the_published_table_has_its_need(announced: Study, shown: dict[str, Block]) -> None:
    published = anchors.published(announced)
    ends = {(each.quantity, round(end, 9)) for each in published for end in (each.low, each.high)}
    kinds = {both(f"report.quantity.{each}"): each for each in anchors.QUANTITIES}
    rows = table(shown, "T7c").rows
    assert {(kinds[row[1]], round(row[2], 9)) for row in rows} == ends  # type: ignore[index, call-overload]


def test_a_number_made_of_tasks_says_of_what(shown: dict[str, Block]) -> None:
    rows = table(shown, "T7b").rows
    made = [row[2].en for row in rows]  # type: ignore[attr-defined]
    assert any("exposed 20% × adopted 23% × saving 27% × labour share 53.5%" in each for each in made)
    assert any("exposed 50% × adopted 40% × saving 30% of all cost" in each for each in made)
    assert any("growth of 6.3% higher by 1.6 points, built up over 18 years" in each for each in made)
    assert any("÷ (1 − capital share 43%)" in each for each in made)


def test_what_needs_more_than_all_tasks_says_so(shown: dict[str, Block]) -> None:
    rows = {row[0].en: row for row in table(shown, "T7c").rows}  # type: ignore[attr-defined]
    assert rows["PwC (2017): by 2030"][-2] == both("report.T7c.beyond.tasks")
    assert rows["PwC (2017): by 2030"][-1] == both("report.T7c.nobody")
    assert rows["Acemoglu (2025): baseline"][-2] == both("report.T7c.within")
    assert rows["McKinsey Global Institute (2017): low"][-1].en == "Aghion & Bunel (2024): high"  # type: ignore[attr-defined]


def test_the_lead_counts_what_the_tables_hold(shown: dict[str, Block]) -> None:
    lead = shown["lead"]
    assert isinstance(lead, Paragraph)
    rows = table(shown, "T7c").rows
    short = sum(row[-2] != both("report.T7c.within") for row in rows)
    alone = sum(row[-1] == both("report.T7c.nobody") for row in rows)
    assert f"Of {len(rows)} numbers, {short} need" in lead.text.en
    assert f"and {alone} need" in lead.text.en
    tasks = [row for row in table(shown, "T7b").rows if row[-2] is not None]
    assert f"The {len(tasks)} numbers" in lead.text.en


def test_figures_have_their_numbers_and_no_two_labels_alike(shown: dict[str, Block]) -> None:
    for name in ("F7b", "F7c"):
        found = figure(shown, name)
        labels = [row[0] for row in found.data.rows]
        assert len(set(labels)) == len(labels)
        for lang in LANGUAGES:
            assert re.search(r"\d", found.alt[lang])
    assert len(figure(shown, "F7c").data.rows) == len(table(shown, "T7c").rows)
