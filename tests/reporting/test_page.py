"""The pages: self-contained, accessible, and the same results in both languages."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tuiyan.reporting import html, typeface
from tuiyan.reporting.blocks import Block, Figure, Heading, Paragraph, Table, flat
from tuiyan.reporting.study import Study, title_of
from tuiyan.wording import LANGUAGES, Text

VOID = {"meta", "img", "br", "wbr"}


class Reader(HTMLParser):
    """Tags with their attributes, in order; checks that elements are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture(scope="module")
def pages(announced: Study, parts: list[tuple[Block, ...]]) -> dict[str, str]:
    title = title_of(announced.scenario, draws=512, seed=0)
    return {lang: html.page(parts, title, lang) for lang in LANGUAGES}


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, pages: dict[str, str]) -> Reader:
    return Reader(pages[request.param])


def test_a_page_asks_for_nothing_outside(page: Reader) -> None:
    assert not page.of("script")
    assert not page.of("link")
    assert not page.of("iframe")
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("src") or "data:").startswith("data:")
        assert re.match(r"#|report\.(zh|en)\.html$", attributes.get("href") or "#")
    policy = next(m["content"] for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy


def test_a_page_can_be_read_by_a_screen_reader(page: Reader) -> None:
    assert all(image["alt"] for image in page.of("img"))
    assert all(head.get("scope") in {"col", "row"} for head in page.of("th"))
    assert len(page.of("caption")) == len(page.of("table"))
    ids = Counter(attributes["id"] for _, attributes in page.tags if attributes.get("id"))
    assert max(ids.values()) == 1
    targets = [str(link.get("href")) for link in page.of("a")]
    assert all(target[1:] in ids for target in targets if target.startswith("#"))
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.of("html")[0]["lang"] in {"zh-Hans", "en"}
    assert not page.open


def test_every_figure_has_its_numbers_as_a_table(page: Reader) -> None:
    assert len(page.of("details")) == len(page.of("figure")) == len(page.of("img")) > 0


def test_both_pages_have_the_same_parts(pages: dict[str, str]) -> None:
    zh, en = (re.findall(r'<(?:h2|h3|figure|div class="table \w+") id="([^"]+)"', pages[lang]) for lang in LANGUAGES)
    assert zh == en


def test_the_limits_stand_in_part_one_behind_the_ledger(pages: dict[str, str]) -> None:
    heads = re.findall(r'<h[23] id="([^"]+)"', pages["zh"])
    assert heads[:3] == ["answer", "limits", "details"]
    parts = re.findall(r'<h2 id="([^"]+)"', pages["zh"])
    assert parts[:2] == ["answer", "scale"]
    assert {"scale", "changes", "productivity", "counts", "assumptions", "coverage", "traps", "manifest"} <= set(heads)


@pytest.mark.parametrize(("lang", "word"), [("zh", "表 "), ("en", "Table "), ("zh", "图 "), ("en", "Figure ")])
def test_tables_and_figures_are_numbered_without_gaps_in_each_part(pages: dict[str, str], lang: str, word: str) -> None:
    start = "<caption[^>]*>" if word in {"表 ", "Table "} else '<figcaption class="title">'
    found = [tuple(map(int, pair)) for pair in re.findall(rf"{start}{word}(\d+)\.(\d+)\s", pages[lang])]
    assert len(found) > 3
    parts = [section for section, _ in found]
    assert parts == sorted(parts)
    for section in set(parts):
        assert [number for part, number in found if part == section] == list(range(1, parts.count(section) + 1))


def test_the_same_blocks_give_the_same_bytes(
    announced: Study, parts: list[tuple[Block, ...]], pages: dict[str, str]
) -> None:
    typeface.subset.cache_clear()
    assert html.page(parts, title_of(announced.scenario, draws=512, seed=0), "en") == pages["en"]


def test_a_character_the_font_lacks_stops_the_page(announced: Study) -> None:
    blocks = (Heading("h", Text("题", "title")), Paragraph(Text("𠮷", "𠮷")))
    with pytest.raises(typeface.MissingGlyphError, match=r"U\+20BB7"):
        html.page([blocks], title_of(announced.scenario, draws=512, seed=0), "zh")


def test_every_text_of_every_block_stands_in_both_languages(parts: list[tuple[Block, ...]]) -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for block in (block for part in parts for block in flat(part)):
        if isinstance(block, Table | Figure):
            name = block.caption if isinstance(block, Table) else block.title
            assert chinese.search(name.zh)
            assert not chinese.search(name.en)


def test_no_english_sentence_uses_full_width_quotes() -> None:
    from tuiyan.wording.report import TEXTS

    assert not [key for key, (_, en) in TEXTS.items() if re.search("[“”‘’，。；：（）]", en)]
