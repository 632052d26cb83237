"""Blocks carry both languages, survive JSON, and are escaped in one place."""

import json
import math

import pytest
from tuiyan.estimates import Estimate
from tuiyan.reporting import render
from tuiyan.reporting.blocks import (
    MIME,
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Note,
    Paragraph,
    Part,
    Row,
    Table,
    decode,
    encode,
)
from tuiyan.reporting.numbers import Number
from tuiyan.wording import Text

EVIL = Text("<b>甲</b> & “乙”", '<script>alert(1)</script> & "b"')
TABLE = Table(
    "t", EVIL, (Column(EVIL), Column(Text("数", "n"), "money", EVIL)), ((EVIL, Number(1.0, 0.25)), ("x", None)), EVIL
)
BLOCKS: tuple[Block, ...] = (
    Heading("h", EVIL),
    Paragraph(EVIL, links=(("#h", EVIL),)),
    Bullets((EVIL, EVIL), ordered=True),
    Note(EVIL, EVIL),
    TABLE,
    Row((TABLE, TABLE)),
    Figure("f", EVIL, EVIL, EVIL, Text("<svg/>", "<svg/>"), TABLE),
)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_comes_back_from_json(block: Block) -> None:
    assert decode(json.loads(json.dumps(encode(block), allow_nan=False))) == block


def test_an_estimate_is_stored_with_its_error_and_infinity_as_nothing() -> None:
    assert decode(encode((Estimate(0.5, 0.1), math.inf, math.nan))) == (Number(0.5, 0.1), None, None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_are_escaped_everywhere(lang: str) -> None:
    html = render.fragment(BLOCKS, lang)
    assert "<script" not in html
    assert "<b>" not in html


def test_a_cell_shows_text_html_and_both_languages() -> None:
    shown = Part(BLOCKS, "en")._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html", MIME}
    assert "甲" in json.dumps(shown[MIME], ensure_ascii=False)


def test_decimal_points_line_up_without_adding_digits() -> None:
    columns = (Column(EVIL), Column(EVIL, "probability"))
    table = Table("t", EVIL, columns, (("a", 0.25), ("b", Number(0.2, 0.01))))
    html = str(render.table(table, "en"))
    assert '>0.2<span class="pad" data-pad="0"></span></td>' in html
