"""The printed report: one PDF a language from the blocks of the pages, tagged for readers who cannot see it (PDF/UA-1).

Typst sets a template of ours. What stands in a report reaches it as one JSON string and is never read as markup, so a
title that looks like a command is printed as it was written. Typst sees no file, no font of the machine and no clock.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from tuiyan.reporting import html, pdf_columns, typeface
from tuiyan.reporting.blocks import PART, Block, Bullets, Figure, Heading, Note, Paragraph, Row, Table, flat, places
from tuiyan.reporting.html import STEM, Title
from tuiyan.reporting.links import SEPARATOR, led
from tuiyan.reporting.numbers import grid
from tuiyan.reporting.pdf_columns import Cell
from tuiyan.reporting.render import SHORT, decimals, padding
from tuiyan.wording import LANGUAGES, both, say

TEMPLATE = Path(__file__).parent / "template" / "report.typ"
PDF_LANG = {"zh": ("zh", "cn"), "en": ("en", "us")}
STANDARD = "ua-1"
DATA = "figure-data"  # the appendix with the numbers of the figures
GAP = 18.0  # points between tables side by side
TALLEST = 560.0  # points; a drawing stays on one page with its title and caption
LONG_CELL, LONG_NOTE = 400, 1500  # characters; what is longer may break over pages
SPACES = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
UPRIGHT = re.compile(r"[\u4e00-\u9fff]+")


class PdfError(Exception):
    """A report could not be set; its text is one sentence from Typst, a warning of which counts as an error."""


@dataclass(frozen=True, slots=True)
class _Setter:
    """Turns the blocks of one language into the plain data that the template reads."""

    lang: str

    def one(self, block: Block) -> Iterator[dict[str, Any]]:
        """The block as one piece of the page, or several."""
        match block:
            case Heading():
                text = self.bold(block.text[self.lang])
                yield {"kind": "heading", "level": block.level - 1, "id": block.id, "text": text}
            case Paragraph():
                links = [{"to": to, "text": self.plain(words[self.lang])} for to, words in block.links]
                text = self.words(block.text[self.lang])
                gap = SEPARATOR[self.lang]
                yield {"kind": "paragraph", "look": block.kind, "text": text, "links": links, "gap": gap}
            case Bullets():
                items = [self.words(item[self.lang]) for item in block.items]
                yield {"kind": "bullets", "ordered": block.ordered, "tight": block.kind == "compact", "items": items}
            case Note():
                title, text = self.bold(block.title[self.lang]), self.words(block.text[self.lang])
                yield {"kind": "note", "title": title, "text": text}
            case Table():
                yield self.table(block, block.caption[self.lang], block.id)
            case Figure():
                yield self.figure(block)
            case Row():
                yield from self.row(block)

    def plain(self, text: str, weight: str = "regular") -> str:
        """A text with its white space as on a web page; every character of it must be in the font."""
        clean = SPACES.sub(" ", text).strip()
        typeface.check(clean, weight)
        return clean

    def words(self, text: str) -> str | list[str]:
        """A text, or its parts where it holds a run too long for a line."""
        parts = pdf_columns.pieces(self.plain(text))
        return parts if len(parts) > 1 else parts[0]

    def bold(self, text: str) -> str | list[str]:
        """`words` in the bold face."""
        self.plain(text, "bold")
        return self.words(text)

    def figure(self, block: Figure) -> dict[str, Any]:
        """A drawing with its description and a link to its numbers."""
        across, down = _size(block.svg[self.lang])
        return {
            "kind": "figure",
            "id": block.id,
            "title": self.bold(block.title[self.lang]),
            "alt": SPACES.sub(" ", block.alt[self.lang]),
            "caption": self.words(block.caption[self.lang]),
            "together": len(block.caption[self.lang]) <= LONG_NOTE,
            "svg": block.svg[self.lang],
            "width": min(pdf_columns.PORTRAIT, TALLEST * across / down),
            "data": {"to": f"#{block.id}-data", "text": self.plain(say("report.figure.data", self.lang))},
        }

    def row(self, block: Row) -> Iterator[dict[str, Any]]:
        """Tables side by side, or one after the other where print that can be read leaves no room for that."""
        room = (pdf_columns.PORTRAIT - GAP * (len(block.tables) - 1)) / len(block.tables)
        made = [self.table(each, each.caption[self.lang], each.id, room=room) for each in block.tables]
        if all(each["size"] >= pdf_columns.SIZES[each["look"]][-1] for each in made):
            yield {"kind": "row", "gap": GAP, "tables": made}
            return
        for each in block.tables:
            yield from self.one(each)

    def table(self, block: Table, caption: str, id_: str, *, room: float | None = None) -> dict[str, Any]:
        """A table with the widths of its columns; `room` is its share of a page that may not be turned."""
        texts = grid([each.format for each in block.columns], block.rows, self.lang)
        places = range(len(block.columns))
        deepest = [max((decimals(row[place]) for row in texts), default=0) for place in places]
        rows = [[self._cell(block, place, row[place], deepest[place]) for place in places] for row in texts]
        heads = [self._head(block, place) for place in places]
        needs = [
            pdf_columns.column([row[place] for row in rows], *(("", head["unit"]) if head["turned"] else head["texts"]))
            for place, head in enumerate(heads)
        ]
        note = block.note[self.lang] if block.note else ""
        layout = pdf_columns.fit(needs, block.kind, room or pdf_columns.PORTRAIT, turn=room is None)
        return {
            "kind": "table",
            "look": block.kind,
            "id": id_,
            "caption": self.bold(caption),
            "note": self.words(note) if note else None,
            "size": layout.size,
            "widths": layout.widths,
            "landscape": layout.landscape,
            "together": layout.together and len(note) <= LONG_NOTE,
            "inset": pdf_columns.INSET,
            "head": heads,
            "rows": [
                [self._printed(block, place, row[place], given[place]) for place in places]
                for given, row in zip(block.rows, rows, strict=True)
            ],
        }

    def _head(self, block: Table, place: int) -> dict[str, Any]:
        column = block.columns[place]
        title = self.plain(column.title[self.lang], "bold")
        unit = self.plain(column.unit[self.lang] if column.unit else "")
        return {
            "texts": (title, unit),
            "text": self.bold(title),
            "unit": unit,
            "align": "left" if place == 0 else column.align,
            "turned": block.kind == "matrix" and place > 0 and bool(unit),
            "upright": bool(UPRIGHT.fullmatch(title)),
        }

    def _cell(self, block: Table, place: int, text: str, deepest: int) -> Cell:
        right = place > 0 and block.columns[place].align == "right"
        return Cell(self.plain(text), right, padding(text, deepest) if right else "")

    def _printed(self, block: Table, place: int, cell: Cell, given: object) -> dict[str, Any]:
        part = place == 0 and cell.text.startswith(PART)
        center = block.kind == "matrix" and place > 0
        return {
            "text": self.words(cell.text.removeprefix(PART)),
            "pad": cell.pad,
            "align": "center" if center else "right" if cell.right else "left",
            "short": cell.right or len(cell.text) <= SHORT,
            "whole": len(cell.text) <= LONG_CELL,
            "sub": part,
            "links": [{"to": to, "text": self.words(text)} for text, to in led(given, self.lang)],
            "gap": SEPARATOR[self.lang],
            "id": getattr(given, "id", ""),
        }


def file_name(lang: str, stem: str = STEM) -> str:
    """The name of a printed report's file; `stem` is that of its notebook."""
    return f"{stem}.{lang}.pdf"


def document(parts: Iterable[Sequence[Block]], title: Title, lang: str) -> dict[str, Any]:
    """What the template reads: plain data, all texts as strings.

    Raises
    ------
    MissingGlyphError
        When the shipped font lacks a character of the report.
    """
    setter = _Setter(lang)
    numbered = list(html.numbered_parts(parts))
    sheets = [[piece for block in part for piece in setter.one(block)] for part in numbered]
    if data := list(_data(numbered, setter)):
        sheets.append(data)
    ids = {each for part in numbered for each in places(part)}
    return {
        "lang": PDF_LANG[lang][0],
        "region": PDF_LANG[lang][1],
        "font": typeface.FAMILY,
        "title": setter.plain(title.title[lang], "bold"),
        "title_words": setter.bold(title.title[lang]),
        "story": setter.plain(title.story[lang]),
        "story_words": setter.words(title.story[lang]),
        "meta": setter.words(title.meta[lang]),
        "footer": setter.words(title.footer[lang]),
        "brand": setter.words(say("report.brand", lang)),
        "contents": setter.plain(say("report.contents", lang), "bold"),
        "limits": {"to": f"#{html.LIMITS}", "text": setter.plain(say("report.to_limits", lang))}
        if html.LIMITS in ids
        else None,
        "parts": [_grouped(part) for part in sheets],
    }


def compiled(data: Mapping[str, Any], source: bytes | None = None) -> bytes:
    """The PDF of `data`; the same data give the same bytes. `source` is another template than ours.

    Raises
    ------
    PdfError
        When Typst refuses or warns.
    """
    with tempfile.TemporaryDirectory(prefix="tuiyan-") as empty:  # the only folder that Typst may read
        try:
            made, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # its stub wants one type
                source or TEMPLATE.read_bytes(),
                root=empty,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"document": json.dumps(data, ensure_ascii=False, allow_nan=False)},
                pdf_standards=[STANDARD],
                package_path=empty,
                package_cache_path=empty,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise PdfError(_sentence(error)) from error
    if warnings:
        raise PdfError(_sentence(warnings[0]))
    return bytes(made)


def pages(notebook: Any, title: Title, folder: Path, *, stem: str = STEM) -> list[Path]:
    """Write ``STEM.zh.pdf`` and ``STEM.en.pdf`` of an executed notebook into `folder`.

    Raises
    ------
    PdfError, MissingGlyphError
        As `compiled` and `document`.
    """
    parts = html.parts_of(notebook)
    written = []
    for lang in LANGUAGES:
        path = folder / file_name(lang, stem)
        path.write_bytes(compiled(document(parts, title, lang)))
        written.append(path)
    return written


@cache
def _fonts() -> typst.Fonts:
    """The shipped fonts and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typeface.FOLDER])


def _sentence(problem: typst.TypstError | typst.TypstWarning) -> str:
    return " ".join([problem.message, *problem.hints])


def _size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing."""
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    return (float(found[1]), float(found[2])) if found else (1.0, 1.0)


def _data(numbered: Iterable[Sequence[Block]], setter: _Setter) -> Iterator[dict[str, Any]]:
    """The appendix: the numbers of every figure, which a page on the screen holds in a fold."""
    figures = [block for part in numbered for block in flat(part) if isinstance(block, Figure)]
    if not figures:
        return
    yield from setter.one(Heading(DATA, both("report.pdf.data")))
    yield from setter.one(Paragraph(both("report.pdf.data.lead"), "small"))
    for figure in figures:
        caption = both("report.pdf.data.caption", title=figure.title)
        yield setter.table(figure.data, caption[setter.lang], f"{figure.id}-data")


def _grouped(part: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pieces of a part by the page they need; a heading goes with what follows it."""
    turned = [bool(piece.get("landscape")) for piece in part]
    for place in range(len(part) - 2, -1, -1):
        if part[place]["kind"] == "heading":
            turned[place] = turned[place + 1]
    groups = groupby(zip(turned, part, strict=True), key=lambda pair: pair[0])
    return [{"landscape": side, "blocks": [piece for _, piece in pairs]} for side, pairs in groups]
