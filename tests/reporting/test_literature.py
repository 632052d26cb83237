"""The tables and figures that place the model beside the literature."""

import re
from itertools import groupby

import pytest
from tuiyan.inputs.published_inputs import read_published_inputs
from tuiyan.reporting import study
from tuiyan.reporting.blocks import Block, Figure, Paragraph, Table
from tuiyan.reporting.parts import anchors, literature
from tuiyan.reporting.study import Study
from tuiyan.wording import LANGUAGES, Text, both


@pytest.fixture(scope="module")
def shown(announced: Study) -> dict[str, Block]:
    blocks = (*literature.compared(announced), *literature.blocks(announced))
    leads = iter(("pace", "rebuilt", "needs"))
    return {getattr(block, "id", "") or next(leads): block for block in blocks}


def table(shown: dict[str, Block], name: str) -> Table:
    found = shown[name]
    assert isinstance(found, Table)
    return found


def text(shown: dict[str, Block], name: str) -> Text:
    found = shown[name]
    assert isinstance(found, Paragraph)
    return found.text


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
    assert "yes with the study's own saving" in rows["Aghion & Bunel (2024): high"][-2].en  # type: ignore[attr-defined]
    assert rows["Acemoglu (2025): baseline"][-2] == both("report.T7c.within")
    assert rows["McKinsey Global Institute (2017): low"][-1].en == "Aghion & Bunel (2024): high"  # type: ignore[attr-defined]


def test_the_leads_count_what_the_tables_hold(shown: dict[str, Block]) -> None:
    rows = table(shown, "T7c").rows
    short = sum(row[-2] != both("report.T7c.within") for row in rows)
    alone = sum(row[-1] == both("report.T7c.nobody") for row in rows)
    needs = text(shown, "needs").en
    assert f"{short} of {len(rows)} numbers need" in needs
    assert f"and {alone} need" in needs
    own = [row[6] for row in rows if isinstance(row[6], float)]
    assert all(each <= 1 for each in own)
    assert f"none of the {len(own)} numbers made of tasks needs more than {100 * max(own):.0f}%" in needs


def test_what_is_restated_is_neither_rebuilt_nor_counted(announced: Study, shown: dict[str, Block]) -> None:
    rows = table(shown, "T7b").rows
    for row in rows:
        restated = row[2].en.startswith("stated, not rebuilt")  # type: ignore[attr-defined]
        assert [cell is None for cell in row[7:10]] == [restated] * 3
    done = sum(row[7] is not None for row in rows)
    assert 0 < done < len(rows)
    inputs = [each.inputs_from for each in read_published_inputs(announced.scenario.workspace)]
    said = text(shown, "rebuilt").en
    assert f"{done} of them are made of tasks" in said
    assert f"The other {len(rows) - done} have no such inputs" in said
    assert f"{inputs.count('printed')} use only inputs printed" in said
    assert f"in {inputs.count('chosen')} this report chose" in said


def test_derived_numbers_are_marked(shown: dict[str, Block]) -> None:
    marks = {row[0].en: row[6].en for row in table(shown, "T7b").rows}  # type: ignore[attr-defined]
    assert marks["Acemoglu (2025): baseline"] == "derived (d)"
    assert marks["Accenture & Frontier Economics (2017): built up by 2035"] == "derived (d)"
    assert marks["Aghion & Bunel (2024): high"] == "printed"


def test_the_note_gives_both_conventions(shown: dict[str, Block]) -> None:
    note = table(shown, "T7b").note
    assert note is not None
    assert "12.4% over 10 years is 1.24 a year spread evenly and 1.18 compounded" in note.en


def test_the_saving_behind_the_needs_is_named_in_heads_and_text(shown: dict[str, Block]) -> None:
    heads = [column.title.en for column in table(shown, "T7c").columns]
    share = re.search(r"with this report's saving \((\d+%)\)", " ".join(heads))
    assert share
    assert f"With this report's saving ({share[1]} of labour cost" in text(shown, "needs").en
    assert "The same with the study's own saving" in heads


def test_a_larger_number_than_the_studys_is_said_with_its_reason(shown: dict[str, Block]) -> None:
    said = text(shown, "pace").en
    here, times, there = (
        float(each) for each in re.findall(r"adds ([\d.]+) .* 2020: ([\d.]+) times the ([\d.]+)", said)[0]
    )
    assert here / there == pytest.approx(times, abs=0.06)
    ours, years, theirs, span, faster = (
        float(each)
        for each in re.findall(r"to ([\d.]+)% of all tasks in (\d+) .* against ([\d.]+)% in (\d+) .*?: ([\d.]+)", said)[
            0
        ]
    )
    assert (ours / years) / (theirs / span) == pytest.approx(faster, abs=0.1)  # both shares are rounded to .1%
    assert "The reason is pace." in said
    assert "sceptic_productivity" in said


def test_the_sceptic_is_not_sent_to_itself() -> None:
    names = {"scenario": "sceptic_productivity", "against": "", "lang": "zh", "draws": 512, "seed": 0, "as_of": ""}
    blocks = literature.compared(study.open(names))
    said = blocks[0].text.en  # type: ignore[union-attr]
    assert "The reason is pace." not in said
    assert "sceptic_productivity" not in said


def test_the_grade_of_imitation_is_that_of_the_register(announced: Study) -> None:
    parts = {block.id: block for block in announced.productivity().blocks if isinstance(block, Table)}
    grade = announced.scenario.workspace.parameters["adoption.imitation"].grade
    note = parts["T6"].note
    assert note is not None
    assert f"imitation hazard, {both(f'report.grade.{grade}').en} (" in note.en


def test_the_part_defines_its_terms_first(announced: Study) -> None:
    lead = next(block for block in announced.productivity().blocks if isinstance(block, Paragraph)).text
    first = lead.en.split(". ")[0]
    assert all(word in first for word in ("Adoption is", "exposure is", "spillover is"))
    assert all(word in lead.zh.split("。")[0] for word in ("采用率是", "暴露度是", "溢出是"))


def test_figures_have_their_numbers_and_no_two_labels_alike(shown: dict[str, Block]) -> None:
    for name in ("F7b", "F7c"):
        found = figure(shown, name)
        labels = [row[0] for row in found.data.rows]
        assert len(set(labels)) == len(labels)
        for lang in LANGUAGES:
            assert re.search(r"\d", found.alt[lang])
    assert len(figure(shown, "F7c").data.rows) == len(table(shown, "T7c").rows)
