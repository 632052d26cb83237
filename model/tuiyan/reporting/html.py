"""The two pages of a report: one self-contained file a language, no script, no outside request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from tuiyan.reporting import render, typeface
from tuiyan.reporting.blocks import MIME, Block, Figure, Heading, Row, Table, decode, linked, places
from tuiyan.wording import LANGUAGES, Text, both, say

FOLDER = Path(__file__).parent / "template"
HTML_LANG = {"zh": "zh-Hans", "en": "en"}
STEM = "report"
FONTS = "<@fonts@>"  # where the font rules go; no text of a reader's can hold it, because it is escaped
LIMITS = "limits"  # the part that the head of a page points to, where a page has it


@dataclass(frozen=True, slots=True)
class Title:
    """What stands on top of a page."""

    title: Text
    story: Text
    meta: Text
    footer: Text


@dataclass(frozen=True, slots=True)
class _Section:
    id: str
    html: Markup


def parts_of(notebook: Any) -> list[tuple[Block, ...]]:
    """The blocks that the cells of an executed notebook show, cell by cell."""
    found = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(MIME)
            if data is not None:
                found.append(tuple(decode(block) for block in data["blocks"]))
    return found


def file_name(lang: str, stem: str = STEM) -> str:
    """The name of a page's file; `stem` is that of its notebook."""
    return f"{stem}.{lang}.html"


def page(parts: Iterable[Sequence[Block]], title: Title, lang: str, *, stem: str = STEM) -> str:
    """One complete page.

    Raises
    ------
    MissingGlyphError
        When the shipped font lacks a character of the page.
    """
    text = drawn(parts, title, lang, stem=stem)
    return text.replace(FONTS, fonts(text))


@cache
def template(stem: str) -> Template:
    """A template of a page; every text that is put into it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template(f"{stem}.html.jinja")


def drawn(parts: Iterable[Sequence[Block]], title: Title, lang: str, *, stem: str = STEM) -> str:
    """One page that still lacks its fonts."""
    numbered = list(numbered_parts(parts))
    other = next(each for each in LANGUAGES if each != lang)
    heads = [block for part in numbered for block in part if isinstance(block, Heading) and block.level == 2]
    return template("report").render(
        html_lang=HTML_LANG[lang],
        title=title.title[lang],
        story=title.story[lang],
        meta=title.meta[lang],
        footer=title.footer[lang],
        other_file=file_name(other, stem),
        other_lang=HTML_LANG[other],
        contents=[(head.id, head.text[lang]) for head in heads],
        has_limits=any(each == LIMITS for part in numbered for each in places(part)),
        sections=[_Section(_anchor(part), Markup(render.fragment(part, lang))) for part in numbered],  # noqa: S704 - escaped there
        css=Markup((FOLDER / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - a file of ours
        say=partial(_say, lang),
    )


def pages(notebook: Any, title: Title, folder: Path, *, stem: str = STEM) -> list[Path]:
    """Write ``STEM.zh.html`` and ``STEM.en.html`` of an executed notebook into `folder`."""
    parts = parts_of(notebook)
    written = []
    for lang in LANGUAGES:
        path = folder / file_name(lang, stem)
        path.write_text(page(parts, title, lang, stem=stem), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _say(lang: str, key: str) -> str:
    return say(key, lang)


def _anchor(part: Sequence[Block]) -> str:
    return next(block.id for block in part if isinstance(block, Heading))


def numbered_parts(parts: Iterable[Sequence[Block]]) -> Iterable[tuple[Block, ...]]:
    """The parts with running numbers: of the headings of level 2, and in each part of its tables and of its figures.

    A link that leads to no place of these parts is left out: another notebook may show the same tables.
    """
    whole = _joined(parts)
    known = frozenset(each for part in whole for each in places(part))
    for number, part in enumerate(whole, start=1):
        counters = {"table": count(1), "figure": count(1)}
        yield tuple(_with_number(linked(block, known), number, counters) for block in part)


def _joined(cells: Iterable[Sequence[Block]]) -> list[tuple[Block, ...]]:
    """The parts from the blocks of the cells: one that opens no part of its own continues the part before."""
    parts: list[tuple[Block, ...]] = []
    for cell in cells:
        if not parts or any(isinstance(block, Heading) and block.level == 2 for block in cell):
            parts.append(tuple(cell))
        else:
            parts[-1] = (*parts[-1], *cell)
    return parts


def _with_number(block: Block, number: int, counters: Mapping[str, Iterator[int]]) -> Block:
    def titled(kind: str, text: Text) -> Text:
        return both(f"report.numbered.{kind}", number=f"{number}.{next(counters[kind])}", text=text)

    match block:
        case Heading(level=2):
            return replace(block, text=both("report.numbered", number=number, text=block.text))
        case Table():
            return replace(block, caption=titled("table", block.caption))
        case Figure():
            return replace(block, title=titled("figure", block.title))
        case Row():
            return Row(tuple(replace(each, caption=titled("table", each.caption)) for each in block.tables))
        case _:
            return block


def fonts(text: str) -> str:
    """The @font-face rules that hold exactly the characters of the page."""
    rules = []
    for weight, found in typeface.characters(text).items():
        data = typeface.subset(weight, found)
        rules.append(
            f'@font-face {{ font-family: "{typeface.FAMILY}"; font-weight: {700 if weight == "bold" else 400}; '
            f"font-style: normal; src: url(data:font/woff;base64,{data}) format('woff'); }}"
        )
    return "\n".join(rules)
