"""From a name in the report to the row of part 13, and from that row to a line of a file that is there."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import tuiyan as ty
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import html, pdf, provenance, render, study
from tuiyan.reporting.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Paragraph,
    Part,
    Table,
    decode,
    encode,
    flat,
    linked,
    places,
    refs,
)
from tuiyan.reporting.html import Title
from tuiyan.reporting.links import Ref, anchor, led
from tuiyan.reporting.parts import origins
from tuiyan.wording import LANGUAGES, Text

from tests.reporting.conftest import PARTS, ROOT, opened

SCENARIOS = sorted(path.stem for path in (ROOT / "params" / "scenarios").glob("*.yaml"))
LATER = "2021-07-31"
HEAD = "extends: announced\ntitle: {zh: 试, en: Trial}\nstory: {zh: 试, en: Trial}\nauthor: test\n"
HEAD += "reason: {zh: 试, en: trial}\n"
CHANGE = "levers:\n  talent: {set: 0.5, because: {zh: 试, en: trial}, grade: judgement}\n"
PLACE = re.compile(r"(params/\S+):(\d+)")


def same(text: str) -> Text:
    return Text(text, text)


TITLE = Title(same("Title"), same("Story"), same("Meta"), same("Footer"))


@pytest.fixture(scope="module")
def later() -> list[tuple[Block, ...]]:
    """The parts of a report that may see later figures: they weigh draws, and past forecasts are beside them."""
    view = opened("announced", LATER)
    return [getattr(view, name)().blocks for name in PARTS]


@pytest.fixture(scope="module", params=["launch", "later"])
def report(request: pytest.FixtureRequest) -> list[tuple[Block, ...]]:
    found: list[tuple[Block, ...]] = request.getfixturevalue("parts" if request.param == "launch" else "later")
    return found


def tables(parts: list[tuple[Block, ...]]) -> dict[str, Table]:
    return {block.id: block for part in parts for block in flat(part) if isinstance(block, Table)}


def cells_of(table: Table, key: str) -> Iterator[object]:
    """The cells under a heading of the catalogue."""
    from tuiyan.wording import both

    place = [column.title for column in table.columns].index(both(f"report.column.{key}"))
    return (row[place] for row in table.rows)


def texts(cell: object) -> list[str]:
    return [words for words, _ in led(cell, "en")] or [str(getattr(cell, "en", cell))]


def test_every_link_leads_to_a_place_of_the_report(report: list[tuple[Block, ...]]) -> None:
    known = [place for part in report for place in places(part)]
    assert not {name for name, count in Counter(known).items() if count > 1}
    asked = [to for part in report for to in refs(part)]
    assert set(asked) <= set(known)
    kinds = Counter(to.split("-")[0] for to in asked)
    assert kinds["assumption"] > 100
    assert kinds["source"] > 100
    assert kinds["goal"] > 80
    assert kinds["group"] >= 5


def test_later_figures_have_rows_that_the_part_on_evidence_leads_to(later: list[tuple[Block, ...]]) -> None:
    asked = {to for part in later for to in refs(part) if to.startswith("fact-")}
    rows = {row[0].id for row in tables(later)["T13j"].rows if isinstance(row[0], Ref)}
    assert asked == rows
    assert len(rows) >= 3
    assert any("https://" in texts(cell)[0] for cell in cells_of(tables(later)["T13j"], "url"))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_line_of_every_value_holds_its_key(scenario: str) -> None:
    here = ty.load(scenario, workspace=ROOT)
    for each in here.sources():
        found = provenance.places(here, each.id)
        assert found
        key = each.id.partition(" × ")[0]
        assert all(key in line(ROOT, place.file, place.line) for place in found), each.id
        owner = here.origins[each.id].where
        assert found[0].file == owner.file
        assert abs(found[0].line - owner.line) <= 40


def line(root: Path, file: str, number: int) -> str:
    """A line of a file of a workspace, which a report names by a relative path."""
    assert not Path(file).is_absolute()
    return (root / file).read_text(encoding="utf-8").splitlines()[number - 1]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_whatever_a_scenario_changes_has_a_row(scenario: str) -> None:
    view = opened(scenario)
    rows = {place for part in (view.assumptions(), view.answer()) for place in places(part.blocks)}
    changed = [anchor(provenance.ASSUMPTION, each.id) for each in view.scenario.changes()]
    assert set(changed) <= rows
    assert changed or view.scenario.parent is None


def test_every_place_that_part_13_prints_is_a_line_of_a_file(report: list[tuple[Block, ...]]) -> None:
    count = 0
    for id_, key in {
        "T13": "id", "T13f": "id", "T13g": "id", "T13h": "goal", "T13i": "id", "T13d": "item", "T13j": "value",
    }.items():  # fmt: skip
        table = tables(report).get(id_)
        if table is None:
            assert id_ == "T13j"
            continue
        for name, cell in zip(cells_of(table, key), cells_of(table, "place"), strict=True):
            for text in texts(cell):
                if (found := PLACE.fullmatch(text)) is None:
                    assert text in {"—", "given for this run"}
                    continue
                said = line(ROOT, found[1], int(found[2]))
                count += 1
                if id_ in {"T13", "T13f", "T13h"}:
                    word = texts(name)[0].partition(" × ")[0]
                    assert word in said or "law" in said, (word, said)
                assert said.strip()
    assert count > 200


def test_a_child_names_the_chain_that_it_overrides(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "params" / "scenarios" / "trial.yaml").write_text(HEAD + CHANGE, encoding="utf-8")
    trial = ty.load("trial", workspace=tmp_path)
    found = provenance.places(trial, "talent")
    files = [place.file for place in found]
    scenarios = [f"params/scenarios/{name}.yaml" for name in ("trial", "announced", "baseline")]
    assert files == [*scenarios, "params/levers.yaml"]
    assert all("talent" in line(tmp_path, place.file, place.line) for place in found)
    assert [text.en for text in provenance.shown(found[:1])] == ["params/scenarios/trial.yaml:7"]


def test_a_revised_law_stands_before_the_law_that_it_replaced() -> None:
    later_, launch = (ty.load("baseline", as_of=day, workspace=ROOT) for day in ("2018-09-25", None))
    first, second = provenance.places(later_, "base.scale")
    assert "law" in line(ROOT, first.file, first.line)
    assert [second] == provenance.places(launch, "base.scale")


def test_every_source_that_is_named_is_in_the_bibliography(report: list[tuple[Block, ...]]) -> None:
    rows = {row[0].id: row for row in tables(report)["T13c"].rows if isinstance(row[0], Ref)}
    asked = {to for part in report for to in refs(part) if to.startswith("source-")}
    assert asked <= set(rows)
    assert len(asked) > 20
    assert all(len(texts(row[2])[0]) > 10 for row in rows.values())


def test_a_vintage_given_for_the_run_is_said_to_be() -> None:
    rows = {texts(row[1])[0]: row for row in _values(opened("announced", LATER))}
    assert texts(rows["as_of"][-1])[0] == "given for this run"
    assert texts(rows["as_of"][2]) == ["31 July 2021"]
    assert "given for this run" not in texts({texts(r[1])[0]: r for r in _values(opened("announced"))}["as_of"][-1])


def _values(view: study.Study) -> tuple[tuple[object, ...], ...]:
    return next(table for table in origins.tables(view) if table.id == "T13f").rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_link_of_a_page_leads_nowhere_or_outside(report: list[tuple[Block, ...]], lang: str) -> None:
    page = html.drawn(report, TITLE, lang)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    given = re.findall(r'href="([^"]+)"', page)
    assert {to[1:] for to in given if to.startswith("#")} <= set(ids)
    assert [to for to in given if not to.startswith("#")] == [html.file_name("en" if lang == "zh" else "zh")]
    asked = sum(1 for part in report for _ in refs(part))
    assert sum(to.startswith("#") for to in given) >= asked > 400
    assert str(ROOT) not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_of_a_pdf_leads_to_a_page_of_it(parts: list[tuple[Block, ...]], lang: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.compiled(pdf.document(parts, TITLE, lang)))
    reader = pypdf.PdfReader(path)
    numbers = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    links = [each for page in reader.pages for each in links_of(page)]
    assert all("/A" not in link for link in links)
    named = reader.named_destinations
    given = [link["/Dest"].get_object() for link in links]
    targets = [named[place].raw_get("/Page") if isinstance(place, str) else place[0] for place in given]
    assert {target.idnum for target in targets} <= numbers
    assert len(links) >= sum(1 for part in parts for _ in refs(part)) > 400
    assert {"assumptions", "answer", "limits", pdf.DATA} <= set(named)


def links_of(page: Any) -> list[Any]:
    notes = [each.get_object() for each in page.get("/Annots") or []]
    return [each for each in notes if each["/Subtype"] == "/Link"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_has_its_table_of_data(report: list[tuple[Block, ...]], lang: str) -> None:
    figures = [block for part in report for block in flat(part) if isinstance(block, Figure)]
    assert len(figures) > 15
    assert all(figure.data.rows and len(figure.data.columns) > 1 for figure in figures)
    page = html.drawn(report, TITLE, lang)
    for figure in figures:
        inside = page.split(f'<figure id="{figure.id}">')[1].split("</figure>")[0]
        assert inside.count("<details>") == inside.count("<table>") == 1
        assert inside.count("<tr") == len(figure.data.rows) + 1
    pieces = [
        piece for sheet in pdf.document(report, TITLE, lang)["parts"] for group in sheet for piece in group["blocks"]
    ]
    drawn = {piece["data"]["to"] for piece in pieces if piece["kind"] == "figure"}
    assert drawn == {
        f"#{piece['id']}" for piece in pieces if piece["kind"] == "table" and piece["id"].endswith("-data")
    }
    assert len(drawn) == len(figures)


HOSTILE = '<script>alert(1)</script> "#[x] $'


def hostile() -> list[tuple[Block, ...]]:
    to = anchor("assumption", HOSTILE)
    rows: tuple[tuple[object, ...], ...] = (
        (Ref(same(HOSTILE), id=to), (Ref(same(HOSTILE), to), Ref(same("gone"), "nowhere"), same("plain"))),
    )
    columns = (Column(same("one")), Column(same("two")))
    return [(Heading("h", same("H")), Table("T", same("caption"), columns, rows))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_that_lead_somewhere_stay_words(lang: str) -> None:
    page = html.drawn(hostile(), TITLE, lang)
    assert "<script" not in page
    assert page.count(f'href="#{anchor("assumption", HOSTILE)}"') == 1
    assert "nowhere" not in page  # a link without a place is words
    assert re.search(r"gone(、|, )plain", page)
    assert pdf.compiled(pdf.document(hostile(), TITLE, lang))[:5] == b"%PDF-"
    assert "gone" in render.plain(hostile()[0], lang)


def test_a_name_of_a_place_is_plain_letters_and_its_own() -> None:
    names = ["a b", "a~20~b", "a-b", "a×b", "A.b", "a.b", HOSTILE]
    found = [anchor("assumption", name) for name in names]
    assert len(set(found)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_.~-]+", each) for each in found)


def test_blocks_with_links_come_back_from_the_notebook_as_they_were() -> None:
    for block in hostile()[0]:
        assert decode(encode(block)) == block
    shown: Any = Part(hostile()[0], "en")._repr_mimebundle_()
    assert f'<tr id="{anchor("assumption", HOSTILE)}">' in shown["text/html"]


def test_a_table_shown_without_part_13_keeps_its_words_and_loses_its_links(parts: list[tuple[Block, ...]]) -> None:
    alone = [linked(block, frozenset()) for block in flat(next(p for p in parts if "sensitivities" in places(p)))]
    assert not [*refs(alone)]
    page = html.drawn([tuple(alone)], TITLE, "en")
    assert 'href="#assumption' not in page
    assert "scale of the key AI industry, 2017" in page


def test_the_answer_leads_to_the_assumptions_that_it_names(parts: list[tuple[Block, ...]]) -> None:
    given = [to for block in parts[0] if isinstance(block, Paragraph) for to, _ in block.links]
    assert given == ["#assumption-base.scale", "#assumption-scope.goal"]


def test_a_scenario_may_be_edited_without_a_file() -> None:
    """An edit has no lines: it is named without one, and the chain behind it is whole."""
    edited: Scenario = ty.load("announced", workspace=ROOT).with_(levers={"talent": 0.4})
    first, *others = provenance.places(edited, "talent")
    assert first.line == 0
    assert provenance.place_of(first).en == edited.id
    assert [place.file for place in others][-1] == "params/levers.yaml"
