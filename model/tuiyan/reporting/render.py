"""Blocks as an HTML fragment or as plain text: the one place where text is escaped."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from tuiyan.reporting.blocks import PART, Block, Bullets, Column, Figure, Heading, Note, Paragraph, Row, Table, flat
from tuiyan.reporting.links import SEPARATOR, led
from tuiyan.reporting.numbers import grid
from tuiyan.wording import say

SHORT = 8
LONG_WORD = re.compile(r"[\w./:-]+")
NUMBER = re.compile(r"[+−]?[\d,]+(?:\.\d+)?")
DECIMALS = re.compile(r"[+−]?[\d,]+\.(\d+)")
BREAKS = re.compile(r"(?<=[._/])(?!yaml\b|csv\b)")


def fragment(blocks: Iterable[Block], lang: str) -> str:
    """The blocks as HTML without a page around them."""
    return str(Markup("\n").join(_html(block, lang) for block in blocks))


def plain(blocks: Iterable[Block], lang: str) -> str:
    """The blocks as text for a terminal."""
    return "\n\n".join(_plain(block, lang) for block in blocks)


def _html(block: Block, lang: str) -> Markup:
    match block:
        case Heading():
            return Markup('<h{0} id="{1}">{2}</h{0}>').format(block.level, block.id, block.text[lang])
        case Paragraph():
            links = [Markup('<a href="{}">{}</a>').format(to, words[lang]) for to, words in block.links]
            gap = " " if links else ""
            return Markup('<p class="{}">{}{}{}</p>').format(
                block.kind, block.text[lang], gap, escape(SEPARATOR[lang]).join(links)
            )
        case Bullets():
            items = Markup("").join(Markup("<li>{}</li>").format(item[lang]) for item in block.items)
            return Markup('<{0} class="{1}">{2}</{0}>').format("ol" if block.ordered else "ul", block.kind, items)
        case Note():
            return Markup('<aside class="note"><p><strong>{}</strong> {}</p></aside>').format(
                block.title[lang], block.text[lang]
            )
        case _:
            return _large(block, lang)


def _large(block: Table | Figure | Row, lang: str) -> Markup:
    match block:
        case Table():
            return table(block, lang)
        case Figure():
            return figure(block, lang)
        case Row():
            tables = Markup("\n").join(table(each, lang) for each in block.tables)
            return Markup('<div class="row">{}</div>').format(tables)


def table(block: Table, lang: str, *, opened: bool = True) -> Markup:
    """A table with its caption, scoped headers, and a note under it; it can be scrolled sideways by keyboard."""
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}{}</th>').format(
            _head_class(block, column, lang) if place else "left",
            Markup('<span class="head">{}</span>').format(column.title[lang]),
            Markup('<span class="unit">{}</span>').format(column.unit[lang]) if column.unit else "",
        )
        for place, column in enumerate(block.columns)
    )
    texts = grid([column.format for column in block.columns], block.rows, lang)
    widths = [max((decimals(row[place]) for row in texts), default=0) for place in range(len(block.columns))]
    body = Markup("\n").join(_row(block, *pair, widths, lang) for pair in zip(block.rows, texts, strict=True))
    note = Markup('<p class="small">{}</p>').format(block.note[lang]) if block.note else Markup("")
    label = f"{block.id}-caption" if opened else f"{block.id}-data-caption"
    return Markup(
        '<div class="table {kind}" id="{id}"><div class="scroll" role="region" tabindex="0" aria-labelledby="{label}">'
        '<table><caption id="{label}">{caption}</caption><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>'
        "</div>{note}</div>"
    ).format(kind=block.kind, id=block.id, label=label, caption=block.caption[lang], head=head, body=body, note=note)


def _head_class(block: Table, column: Column, lang: str) -> str:
    """How the head of a column stands: upright and turned in a matrix that names its columns."""
    if block.kind != "matrix" or column.unit is None:
        return column.align
    return "tall" if lang == "zh" else "tall turn"


def _row(block: Table, given: Sequence[object], row: list[str], widths: list[int], lang: str) -> Markup:
    cells = []
    for place, (column, value) in enumerate(zip(block.columns, row, strict=True)):
        text = _linked(given[place], value, lang)
        # A short word stays on its line: Chinese would otherwise break between any two characters.
        look = f"{column.align} short" if column.align == "left" and len(value) <= SHORT else column.align
        if place == 0:
            part = value.startswith(PART)
            text = breakable(value.removeprefix(PART)) if part else text
            cells.append(Markup('<th scope="row" class="left{}">{}</th>').format(" sub" if part else "", text))
            continue
        if column.align == "right" and (missing := padding(value, widths[place])):
            # Drawn by the style sheet and invisible: decimal points line up, and no digit is added to the number.
            text += Markup('<span class="pad" data-pad="{}"></span>').format(missing)
        cells.append(Markup('<td class="{}">{}</td>').format(look, text))
    name = getattr(given[0], "id", "") if given else ""
    head = Markup('<tr id="{}">').format(name) if name else Markup("<tr>")
    return Markup("{}{}</tr>").format(head, Markup("").join(cells))


def _linked(cell: object, text: str, lang: str) -> Markup:
    """The words of a cell; those that lead somewhere as a link inside the page."""
    parts = [
        Markup('<a href="#{}">{}</a>').format(to, breakable(words)) if to else breakable(words)
        for words, to in led(cell, lang)
    ]
    return escape(SEPARATOR[lang]).join(parts) if parts else breakable(text)


def decimals(text: str) -> int:
    """Decimals of a printed number; 0 for anything else."""
    return len(found[1]) if (found := DECIMALS.fullmatch(text)) else 0


def padding(text: str, width: int) -> str:
    """What a number lacks behind it for its decimal point to stand where that of the longest does."""
    if not NUMBER.fullmatch(text) or decimals(text) == width:
        return ""
    return "0" * (width - decimals(text)) if decimals(text) else "." + "0" * width


def breakable(text: str) -> Markup:
    """Escaped text in which a long id or path may break after its own marks, and nowhere else."""
    if len(text) < 14 or not LONG_WORD.fullmatch(text):
        return escape(text)
    return Markup("<wbr>").join(escape(part) for part in BREAKS.split(text))


def figure(block: Figure, lang: str) -> Markup:
    """A figure: the drawing as an image with its description, the caption, and the numbers in a fold."""
    drawing = base64.b64encode(block.svg[lang].encode()).decode("ascii")
    return Markup(
        '<figure id="{id}"><figcaption class="title">{title}</figcaption>'
        '<img src="data:image/svg+xml;base64,{drawing}" alt="{alt}">'
        '<p class="small">{caption}</p><details><summary>{fold}</summary>{data}</details></figure>'
    ).format(
        id=block.id,
        title=block.title[lang],
        drawing=drawing,
        alt=block.alt[lang],
        caption=block.caption[lang],
        fold=say("report.figure.data", lang),
        data=table(block.data, lang, opened=False),
    )


def _plain(block: Block, lang: str) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text[lang]}"
        case Paragraph():
            return block.text[lang]
        case Bullets():
            marks = [f"{n}." if block.ordered else "-" for n in range(1, len(block.items) + 1)]
            return "\n".join(f"{mark} {item[lang]}" for mark, item in zip(marks, block.items, strict=True))
        case Note():
            return f"{block.title[lang]} {block.text[lang]}"
        case Figure():
            return f"{block.title[lang]}\n{block.alt[lang]}"
        case Table() | Row():
            return "\n\n".join(_plain_table(each, lang) for each in flat([block]) if isinstance(each, Table))


def _plain_table(block: Table, lang: str) -> str:
    rows = grid([column.format for column in block.columns], block.rows, lang)
    lines = [[column.title[lang] for column in block.columns], *rows]
    return "\n".join([block.caption[lang], *("\t".join(line) for line in lines)])
