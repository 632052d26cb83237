"""The printed reports: the blocks of the pages on paper, tagged, the same bytes everywhere, and all text as text."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from tuiyan.reporting import html, pdf, pdf_columns, typeface
from tuiyan.reporting.blocks import Block, Bullets, Column, Figure, Heading, Note, Paragraph, Row, Table, flat
from tuiyan.reporting.html import Title
from tuiyan.reporting.pdf_columns import Cell, Layout
from tuiyan.reporting.study import Study, title_of
from tuiyan.reporting.style import draw
from tuiyan.wording import LANGUAGES, Text

HOSTILE = (
    '#eval("1 + 1")', '#read("/etc/passwd")', '#import "@preview/cetz:0.3.0"', '#include "../../etc/passwd"',
    "*bold*", "_slanted_", "$x^2$", "= A heading", "- an item", "+ an item", "/ term: words", "<label>", "@reference",
    "\\", "\\u{41}", "`code`", "// comment", "/* comment", "[content] {code}", "#{while true {}}", "~ -- --- ...",
    "'quotes' \"quotes\"", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&amp; &lt;",
    "\\input{/etc/passwd}", "\\write18{id}", "${HOME} $(id) `id`", "=cmd|' /C calc'!A0", "https://example.org/x",
    "%s %d {title} {0}", "]] #panic()", '") #panic() ("', "sys.inputs.document",
)  # fmt: skip
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="300" viewBox="0 0 500 300">'
    '<path d="M0 0 L500 300" stroke="black"/></svg>'
)
WINDOWS = "\\\\host\\share"


def same(text: str) -> Text:
    return Text(text, text)


TITLE = Title(same("A title"), same("A story."), same("Some facts."), same("The end."))
COLUMNS = (Column(same("Item")), Column(same("Number"), "number2", same("points")))


def table(rows: int = 3, word: str = "row", kind: str = "plain", id_: str = "T") -> Table:
    return Table(
        id_, same("A table"), COLUMNS, tuple((f"{word} {n}", n / 3) for n in range(rows)), same("A note."), kind
    )


def figure() -> Figure:
    svg = draw(lambda canvas, _: canvas.add_subplot().plot([0, 1], [0, 1]), (5.0, 3.0))
    return Figure("F", same("A figure"), same("A line that rises."), same("Source: none."), svg, table(id_="F"))


def small() -> list[tuple[Block, ...]]:
    first: tuple[Block, ...] = (Heading("one", same("First")), Paragraph(same("Words."), "answer"), table(), figure())
    second: tuple[Block, ...] = (
        Heading("limits", same("Second")),
        Paragraph(same("More."), links=(("#T", same("the table")), ("https://example.org/", same("elsewhere")))),
        Bullets((same("one"), same("two")), ordered=True),
        Bullets((same("one"), same("two")), kind="compact"),
        Note(same("Mind:"), same("this.")),
        Heading("deeper", same("Deeper"), 3),
        Row((table(id_="R1"), table(id_="R2"))),
    )
    return [first, second]


def made(parts: list[tuple[Block, ...]], title: Title = TITLE, lang: str = "en") -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf.compiled(pdf.document(parts, title, lang))))


def text_of(reader: pypdf.PdfReader) -> str:
    """The words of all pages without any white space, for lines break where they may."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def tags(reader: pypdf.PdfReader) -> Iterator[Any]:
    """All elements of the structure tree, in reading order."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node["/K"])


def plain(value: Any) -> Any:
    """What a reference of a PDF points to."""
    return value.get_object()


@pytest.fixture(scope="module")
def title(announced: Study) -> Title:
    return title_of(announced.scenario, draws=512, seed=0)


@pytest.fixture(scope="module")
def readers(parts: list[tuple[Block, ...]], title: Title) -> dict[str, pypdf.PdfReader]:
    # With drawings of one line, which do not keep the reader of the PDF busy for a minute.
    light = [tuple(replace(b, svg=same(DRAWING)) if isinstance(b, Figure) else b for b in part) for part in parts]
    return {lang: made(light, title, lang) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def printed(readers: dict[str, pypdf.PdfReader]) -> dict[str, str]:
    return {lang: text_of(reader) for lang, reader in readers.items()}


# What stands in them


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_and_figures_have_the_numbers_of_the_page(
    printed: dict[str, str], parts: list[tuple[Block, ...]], title: Title, lang: str
) -> None:
    start = r'(?:<caption[^>]*>|<figcaption class="title">)((?:表|图|Table|Figure) \d[^<]*)'
    shown = re.findall(start, html.page(parts, title, lang))
    assert len(shown) > 30
    unescaped = [
        each.replace("&#34;", '"').replace("&#39;", "'").replace("&lt;", "<").replace("&amp;", "&") for each in shown
    ]
    assert [each for each in unescaped if squeezed(each) not in printed[lang]] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_of_every_block_is_printed(
    printed: dict[str, str], parts: list[tuple[Block, ...]], lang: str
) -> None:
    for block in (block for part in parts for block in flat(part)):
        match block:
            case Heading() | Paragraph():
                texts = [block.text]
            case Bullets():
                texts = list(block.items)
            case Note():
                texts = [block.title, block.text]
            case Figure():
                texts = [block.caption]
            case _:
                texts = []
        for text in texts:
            # A page may end in the middle, where its number stands: the beginning is enough.
            assert squeezed(text[lang])[:25] in printed[lang]


def test_the_table_of_contents_and_the_bookmarks_name_all_parts(
    readers: dict[str, pypdf.PdfReader], parts: list[tuple[Block, ...]]
) -> None:
    for lang, reader in readers.items():
        heads = [
            b.text[lang] for part in html.numbered_parts(parts) for b in part if isinstance(b, Heading) and b.level == 2
        ]
        marks = [squeezed(str(mark.title)) for mark in reader.outline if not isinstance(mark, list)]
        assert marks[-len(heads) - 1 : -1] == [squeezed(head) for head in heads]
        contents = squeezed(reader.pages[0].extract_text())
        assert all(squeezed(head) in contents for head in heads)


def test_every_figure_has_its_numbers_in_the_appendix(printed: dict[str, str], parts: list[tuple[Block, ...]]) -> None:
    figures = sum(isinstance(block, Figure) for part in parts for block in part)
    assert figures > 5
    assert printed["en"].count("DataofFigure") == figures
    assert printed["zh"].count("数据：图") == figures


# For readers who cannot see


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_says_that_it_is_pdf_ua_in_its_language_and_with_its_title(
    readers: dict[str, pypdf.PdfReader], title: Title, lang: str
) -> None:
    root: Any = readers[lang].trailer["/Root"]
    assert root["/Lang"].lower() == {"zh": "zh-cn", "en": "en-us"}[lang]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert re.search(r"pdfuaid:part[>=\"]+1", root["/Metadata"].get_data().decode())
    metadata = readers[lang].metadata
    assert metadata is not None
    assert metadata.title == title.title[lang]


def test_tags_follow_the_blocks(readers: dict[str, pypdf.PdfReader], parts: list[tuple[Block, ...]]) -> None:
    blocks = [block for part in parts for block in flat(part)]
    figures = [block for block in blocks if isinstance(block, Figure)]
    tables = sum(isinstance(block, Table) for block in blocks)
    for lang, reader in readers.items():
        found = list(tags(reader))
        kinds = [node["/S"] for node in found]
        assert kinds.count("/Table") == tables + len(figures)
        assert kinds.count("/Caption") == tables + 2 * len(figures)
        alts = [re.sub(r"\s+", " ", node["/Alt"]) for node in found if node["/S"] == "/Figure"]
        assert alts == [re.sub(r"\s+", " ", block.alt[lang]) for block in figures]
        opened = sum(isinstance(block, Heading) and block.level == 2 for block in blocks)
        assert kinds.count("/H1") == opened + 2  # the contents and the appendix
        assert kinds.count("/TH") > tables
        assert {"/L", "/LI", "/P", "/TOC", "/Link"} <= set(kinds)


def test_only_the_shipped_fonts_are_embedded(readers: dict[str, pypdf.PdfReader]) -> None:
    for reader in readers.values():
        names = {
            str(font.get_object()["/BaseFont"]).rpartition("+")[2].removesuffix("-Identity-H")
            for page in reader.pages
            for font in plain(page["/Resources"]).get("/Font", {}).values()
        }
        assert names == {"TuiyanSansSC-Regular", "TuiyanSansSC-Bold"}


def test_a_character_the_font_lacks_stops_the_report() -> None:
    bad = same("𠮷")
    parts: list[tuple[Block, ...]] = [(Heading("h", same("x")), Paragraph(bad))]
    with pytest.raises(typeface.MissingGlyphError, match=r"U\+20BB7"):
        pdf.document(parts, TITLE, "zh")
    with pytest.raises(typeface.MissingGlyphError):
        pdf.document([], Title(bad, bad, bad, bad), "en")
    data = pdf.document(small(), TITLE, "en")
    data["parts"][0][0]["blocks"][1]["text"] = "𠮷"  # past our own check, Typst itself refuses
    with pytest.raises(pdf.PdfError):
        pdf.compiled(data)


def test_a_warning_is_an_error() -> None:
    with pytest.raises(pdf.PdfError, match="unknown font family"):
        pdf.compiled({}, b'#set document(title: "x")\n#set text(font: "No Such Font")\nx')


# The same bytes


def test_two_compilations_give_the_same_bytes() -> None:
    data = pdf.document(small(), TITLE, "zh")
    assert pdf.compiled(data) == pdf.compiled(data)


@pytest.mark.parametrize(
    "changed",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"},
        {"TZ": "America/New_York", "SOURCE_DATE_EPOCH": "86400"},
        {"RAYON_NUM_THREADS": "1", "PYTHONHASHSEED": "7"},
        {"TYPST_FONT_PATHS": "/usr/share/fonts", "TYPST_ROOT": "/"},
    ],
)
def test_folder_locale_clock_and_threads_change_nothing(tmp_path: Path, changed: dict[str, str]) -> None:
    data = pdf.document(small(), TITLE, "en")
    here = hashlib.sha256(pdf.compiled(data)).hexdigest()
    (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
    program = (
        "import hashlib, json, pathlib; from tuiyan.reporting import pdf; "
        "data = json.loads(pathlib.Path('data.json').read_text('utf-8')); "
        "print(hashlib.sha256(pdf.compiled(data)).hexdigest())"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONUTF8": "1", **changed}
    environment["PYTHONPATH"] = str(Path(pdf.__file__).parents[2])
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == here


def test_a_file_names_no_time_no_place_and_no_user(readers: dict[str, pypdf.PdfReader]) -> None:
    for reader in readers.values():
        assert reader.metadata is not None
        assert not {"/CreationDate", "/ModDate", "/Author"} & set(reader.metadata)
        root: Any = reader.trailer["/Root"]
        words = root["/Metadata"].get_data().decode()
        assert "CreateDate" not in words
        assert "ModifyDate" not in words
    raw = pdf.compiled(pdf.document(small(), TITLE, "en"))
    for place in (Path.home(), Path(__file__).parents[2], Path("/tmp/")):  # noqa: S108 - looked for, not used
        assert len(str(place)) < 2 or str(place).encode() not in raw


# All text is text


@pytest.mark.parametrize("payload", [*HOSTILE, WINDOWS])
def test_hostile_text_is_printed_as_it_was_written(payload: str) -> None:
    text = same(payload)
    rows: tuple[tuple[object, ...], ...] = ((payload, payload), (text, 1.0))
    sheet = Table("T", text, (Column(text), Column(text, unit=text)), rows, text)
    parts: list[tuple[Block, ...]] = [
        (
            Heading("h", text), Paragraph(text, "answer"), Paragraph(text, "small", (("#h", text),)),
            Bullets((text, text)),
            Note(text, text), Heading("i", text, 3), sheet, Row((Table("U", text, COLUMNS, (), text),)),
            Table("M", text, (Column(text), Column(text, unit=text)), rows, text, "matrix"),
        )
    ]  # fmt: skip
    reader = made(parts, Title(text, text, text, text))
    assert reader.metadata is not None
    assert reader.metadata.title == payload
    assert text_of(reader).count(squeezed(payload)) >= 20
    links = [a.get_object()["/A"] for page in reader.pages for a in page.get("/Annots", ()) if "/A" in a.get_object()]
    assert not [action for action in links if action["/S"] != "/GoTo"]


def test_an_address_in_a_text_is_no_link() -> None:
    parts: list[tuple[Block, ...]] = [(Heading("h", same("x")), Paragraph(same("see https://example.org/path now")))]
    reader = made(parts)
    actions = [a.get_object().get("/A", {}).get("/S") for page in reader.pages for a in page.get("/Annots", ())]
    assert "/URI" not in actions


@pytest.mark.parametrize(
    "call",
    [
        'read("/etc/passwd")', 'read("../../../../../../etc/passwd")', 'read("etc/passwd")', 'image("/etc/passwd")',
        'json("/proc/self/environ")', 'read("/pyproject.toml")', 'read("pyproject.toml")', 'include "/etc/passwd"',
        'import "@preview/cetz:0.3.0"', 'plugin("/etc/passwd")',
    ],
)  # fmt: skip
def test_typst_can_read_no_file_and_fetch_no_package(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.chdir(Path(__file__).parents[2])
    with pytest.raises(pdf.PdfError):
        pdf.compiled({}, f'#set document(title: "x")\n#{call}'.encode())


def test_a_link_to_nowhere_is_an_error() -> None:
    parts: list[tuple[Block, ...]] = [(Heading("h", same("x")), Paragraph(same("y"), links=(("#gone", same("z")),)))]
    with pytest.raises(pdf.PdfError, match="gone"):
        made(parts)


# How tables stand


def column(words: list[str], head: str = "Head") -> pdf_columns.Needs:
    return pdf_columns.column([Cell(word) for word in words], head, "")


def test_a_table_takes_the_largest_print_that_fits_before_it_turns_the_page() -> None:
    few, many, most = (pdf_columns.fit([column(["some words here"])] * n, "wide") for n in (4, 11, 14))
    assert (few.size, few.landscape) == (pdf_columns.SIZES["wide"][0], False)
    assert few.size >= many.size
    assert most.landscape
    assert sum(most.widths) > pdf_columns.PORTRAIT


@pytest.mark.parametrize("count", [2, 7, 12, 40])
@pytest.mark.parametrize("kind", ["plain", "wide", "matrix"])
def test_no_table_is_wider_than_its_page_and_no_word_than_its_column(count: int, kind: str) -> None:
    words = ["unbreakable" * 2, "two words", "a cell with many words in it that must go on several lines"]
    needs = [column(words)] * count
    layout = pdf_columns.fit(needs, kind)
    assert sum(layout.widths) <= (pdf_columns.LANDSCAPE if layout.landscape else pdf_columns.PORTRAIT)
    for need, width in zip(needs, layout.widths, strict=True):
        assert need.least * layout.size + 2 * pdf_columns.INSET <= width + 0.1


def test_spare_width_goes_to_the_column_that_makes_rows_tall() -> None:
    long = column(["words " * 60])
    layout = pdf_columns.fit([column(["short"]), long, column(["a few words"])], "wide")
    assert layout.widths[1] > 0.6 * sum(layout.widths)


def test_an_endless_word_breaks_and_a_short_one_does_not() -> None:
    assert pdf_columns.pieces("demand.growth") == ["demand.growth"]
    assert pdf_columns.pieces("demand.growth_external") == ["demand.", "growth_", "external"]
    assert max(map(len, pdf_columns.pieces("a" * 500))) <= pdf_columns.UNBROKEN
    assert "".join(pdf_columns.pieces("x " + "a" * 500)) == "x " + "a" * 500
    reader = made([(Heading("h", same("a" * 300)), table(word="a" * 300), Paragraph(same("b" * 800)))])
    assert "b" * 800 in text_of(reader)


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    reader = made([(Heading("h", same("x")), table(rows=200))])
    pages = [page.extract_text() for page in reader.pages if "row 1" in page.extract_text()]
    assert len(pages) > 2
    assert all("Item" in page and "points" in page for page in pages)


def test_a_wide_table_stands_on_a_page_of_its_own_with_the_heading_before_it() -> None:
    columns = tuple(Column(same(f"Column {n}")) for n in range(16))
    wide = Table("W", same("A wide table"), columns, (tuple(["several words in"] * 16),) * 3, None, "wide")
    reader = made(
        [(Heading("h", same("Before")), Paragraph(same("words")), Heading("i", same("Wide"), 3), wide), (table(),)]
    )
    turned = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert len(turned) == 1
    assert "Wide" in turned[0].extract_text()
    assert reader.pages[-1].mediabox.height > reader.pages[-1].mediabox.width


def test_text_of_any_length_goes_on_over_pages_and_none_is_lost() -> None:
    def counted(word: str) -> Text:
        return same(" ".join(f"{word}{n}" for n in range(1500)))

    sheet = replace(table(), rows=((counted("a"), 1.0), ("x", 2.0)), note=counted("b"))
    drawn = replace(figure(), caption=counted("d"), svg=same(DRAWING))
    reader = made([(Heading("h", same("x")), Note(same("Mind:"), counted("c")), sheet, drawn)])
    printed = text_of(reader)
    assert [f"{word}{n}" for word in "abcd" for n in range(1500) if f"{word}{n}" not in printed] == []
    assert len(reader.pages) > 5


def test_numbers_line_up_by_invisible_digits_that_nobody_reads() -> None:
    sheet = Table(
        "T", same("t"), (Column(same("a")), Column(same("b"), "number2")), (("x", 12.0), ("y", "7"), ("z", "3.1"))
    )
    printed = text_of(made([(Heading("h", same("x")), sheet)]))
    assert "x12.00y7z3.1" in printed


def test_layout_is_plain_data() -> None:
    layout = pdf_columns.fit([column(["a"]), column(["b"])], "plain")
    assert isinstance(layout, Layout)
    assert layout.together
