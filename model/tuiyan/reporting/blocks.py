"""What a notebook cell shows: headings, paragraphs, tables, figures and notes, always in both languages.

A cell returns a `Part`. JupyterLab sees text or HTML in the chosen language; beside them stands one small JSON document
with both languages, from which `html` writes the two pages. So the pages are two renderings of the same blocks.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from tuiyan.reporting.links import Ref
from tuiyan.reporting.numbers import Number, has_error
from tuiyan.wording import Text

MIME = "application/vnd.tuiyan.block+json"
PART = "└ "  # starts the name of a row that is part of the one above; pages draw it as an indent


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 opens a part of the report, level 3 a section of it. `id` is its anchor."""

    id: str
    text: Text
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `kind` is plain, answer or small. `links` are (address, words) shown after it."""

    text: Text
    kind: str = "plain"
    links: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences, numbered when `ordered`."""

    items: tuple[Text, ...]
    ordered: bool = False
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Note:
    """A boxed remark: a finding, a warning, or something the document does not say."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the number format of its cells (`numbers.FORMATS`) and a unit shown under the title."""

    title: Text
    format: str = "text"
    unit: Text | None = None

    @property
    def align(self) -> str:
        """``left`` for words, ``right`` for numbers."""
        return "left" if self.format == "text" else "right"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain values; a cell is a string, a `Text`, a number, a `Number` with its error, or None.

    A `Ref` is a `Text` that leads to another place; a tuple of them is a list. That of the first cell may name its row.

    The first column holds the row headers. `kind` is plain, wide (small print) or matrix (narrow square cells).
    """

    id: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    note: Text | None = None
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure drawn once for each language (`svg`), with its description and its numbers as a table."""

    id: str
    title: Text
    alt: Text
    caption: Text
    svg: Text
    data: Table


@dataclass(frozen=True, slots=True)
class Row:
    """Small tables side by side where the page is wide enough."""

    tables: tuple[Table, ...]


Block = Heading | Paragraph | Bullets | Note | Table | Figure | Row
CLASSES: Mapping[str, type] = {
    each.__name__: each for each in (Heading, Paragraph, Bullets, Note, Column, Table, Figure, Row, Ref)
}


@dataclass(frozen=True, slots=True)
class Part:
    """The blocks one cell shows, and the language JupyterLab shows them in."""

    blocks: tuple[Block, ...]
    lang: str = "zh"

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        from tuiyan.reporting import render

        return {
            "text/plain": render.plain(self.blocks, self.lang),
            "text/html": render.fragment(self.blocks, self.lang),
            MIME: {"version": 1, "blocks": [encode(block) for block in self.blocks]},
        }

    def __repr__(self) -> str:
        from tuiyan.reporting import render

        return render.plain(self.blocks, self.lang)


def encode(value: object) -> Any:
    """`value` as plain JSON data; numbers with errors and texts keep their structure. Infinite values become None."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if type(value).__name__ in CLASSES:
        names = [f.name for f in fields(cast("Any", value))]
        return {"block": type(value).__name__, **{name: encode(getattr(value, name)) for name in names}}
    if has_error(value):
        return {"value": encode(float(value.value)), "standard_error": encode(float(value.standard_error))}
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    number = float(cast("float", value))
    return number if math.isfinite(number) else None


def decode(data: Any) -> Any:
    """The inverse of `encode`."""
    if isinstance(data, list):
        return tuple(decode(item) for item in data)
    if not isinstance(data, dict):
        return data
    if "block" in data:
        return CLASSES[data["block"]](**{key: decode(value) for key, value in data.items() if key != "block"})
    return Text(**data) if "zh" in data else Number(**data)


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in the order of the page, the tables of a row one by one."""
    for block in blocks:
        yield from block.tables if isinstance(block, Row) else (block,)


def places(blocks: Iterable[Block]) -> Iterator[str]:
    """The places of the blocks that a link can lead to: headings, tables, figures, and rows with a name."""
    for block in flat(blocks):
        if isinstance(block, (Heading, Table, Figure)):
            yield block.id
        if isinstance(block, Table):
            yield from (row[0].id for row in block.rows if row and isinstance(row[0], Ref) and row[0].id)


def refs(blocks: Iterable[Block]) -> Iterator[str]:
    """The places that the blocks lead to inside the report, one for each link."""
    for block in flat(blocks):
        if isinstance(block, Paragraph):
            yield from (to[1:] for to, _ in block.links if to.startswith("#"))
        for table in _tables(block):
            for cell in (cell for row in table.rows for cell in row):
                yield from (each.to for each in _refs(cell) if each.to)


def _tables(block: Block) -> tuple[Table, ...]:
    return (block,) if isinstance(block, Table) else (block.data,) if isinstance(block, Figure) else ()


def _refs(cell: object) -> Iterator[Ref]:
    for each in cell if isinstance(cell, tuple) else (cell,):
        if isinstance(each, Ref):
            yield each


def linked(block: Block, known: Collection[str]) -> Block:
    """The block with those links in its tables that lead to one of the `known` places; the other words stay."""
    match block:
        case Table():
            return replace(block, rows=tuple(tuple(_kept(cell, known) for cell in row) for row in block.rows))
        case Figure():
            return replace(block, data=cast("Table", linked(block.data, known)))
        case Row():
            return replace(block, tables=tuple(cast("Table", linked(each, known)) for each in block.tables))
        case _:
            return block


def _kept(cell: object, known: Collection[str]) -> object:
    if isinstance(cell, tuple):
        return tuple(_kept(each, known) for each in cell)
    return replace(cell, to="") if isinstance(cell, Ref) and cell.to not in known else cell
