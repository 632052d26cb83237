"""What two files of a report say differently: by table, row and column, by part, or by key.

A page is taken apart into what it shows (cells, running text, drawings) and into its markup. Fonts and the style sheet
are neither: nothing is said of them here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any

# A number with its sign, exponent and unit; a dash inside a word or between numbers is no sign.
DIGITS = re.compile(r"(?:(?<![\w.])[-−+])?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?(?:\s?(?:%|pp|亿元|bn))?")
RECORD = re.compile(r"T16b?")  # the tables that say which code and files a report was made from
CODE = re.compile(r"\.code\.(sha256|version)$")  # of a forecast
TEXT_TAGS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "summary", "figcaption", "caption", "th", "td", "title"})
VOID = frozenset({"meta", "link", "img", "wbr", "br"})
SHORT = 16
OPENING = 5  # cells that say which line of a table it is


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a report differs.

    Attributes
    ----------
    kind
        missing, extra or unread (a file); manifest (its own words); number, words, drawing, markup, record; bytes (a
        file that shows the same); unseen (other bytes of what is not compared: a PDF, a style sheet, fonts).
    where
        Table, part of the page, or key of the data; empty for a whole file.
    old, new
        As recorded or published, and as found.
    """

    kind: str
    file: str
    where: str = ""
    row: str = ""
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a page shows, at its place."""

    where: str
    row: str
    column: str
    kind: str
    text: str


@dataclass(slots=True)
class _Table:
    """The table that is being read: the titles of its columns, and where in it one stands."""

    name: str
    heads: list[str] = field(default_factory=list)
    row: int = 0
    column: int = 0
    first: str = ""


class _Page(HTMLParser):
    """Reads what a page shows and how it is marked up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[Item] = []
        self.markup: list[tuple[str, str]] = []
        self.open: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.part = ""
        self.counts: Counter[tuple[str, str]] = Counter()
        self.tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, the part or table it opens, and a drawing."""
        given = {name: value or "" for name, value in attrs}
        kept = {name: value for name, value in given.items() if name not in ("src", "alt")}
        self.markup.append((tag, json.dumps(kept, sort_keys=True)))
        if tag == "section":
            self.part = given.get("aria-labelledby", "")
        elif tag == "img":
            drawing = hashlib.sha256(given.get("src", "").encode()).hexdigest()[:SHORT]
            name = next((id_ for _, id_ in reversed(self.open) if id_), self.part)
            self.items += [Item(name, "", "", "drawing", drawing), Item(name, "", "alt", "words", given.get("alt", ""))]
        elif tag == "table":
            self.tables.append(_Table(next((id_ for _, id_ in reversed(self.open) if id_), self.part)))
        elif tag == "tr" and self.tables:
            self.tables[-1].row += bool(self.tables[-1].heads)
            self.tables[-1].column = 0
        if tag in TEXT_TAGS:
            self.texts.append("")
        if tag not in VOID:
            self.open.append((tag, given.get("id", "")))

    def handle_data(self, data: str) -> None:
        """Add to the text that is open; what stands in a style sheet or between blocks is markup or nothing."""
        if self.open and self.open[-1][0] == "style":
            return
        if self.texts:
            self.texts[-1] += data
        elif data.strip():
            self.items.append(Item(self.part or "page", "", "", "words", data.strip()))

    def handle_endtag(self, tag: str) -> None:
        """Close a text, a cell, a table."""
        self.markup.append((f"/{tag}", ""))
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag == "table" and self.tables:
            self.tables.pop()
        if tag not in TEXT_TAGS or not self.texts:
            return
        text = " ".join(self.texts.pop().split())
        if tag in ("th", "td") and self.tables:
            self._cell(self.tables[-1], text)
            return
        place = self.part or "page"
        self.counts[place, tag] += 1
        self.items.append(Item(place, "", f"{tag} {self.counts[place, tag]}", "words", text))

    def _cell(self, table: _Table, text: str) -> None:
        """One cell, under the title of its column and beside the head of its row."""
        if not table.row and not any(tag == "tbody" for tag, _ in self.open):
            table.heads.append(text)
            self.items.append(Item(table.name, "0", str(len(table.heads)), "words", text))
            return
        if table.column == 0:
            table.first = text
        heads = table.heads
        column = heads[table.column] if table.column < len(heads) else ""
        self.items.append(
            Item(table.name, f"{table.row} {table.first}".strip(), f"{table.column + 1} {column}".strip(), "cell", text)
        )
        table.column += 1


def read_page(text: str) -> tuple[list[Item], list[tuple[str, str]]]:
    """What a page shows, and its markup."""
    reader = _Page()
    reader.feed(text)
    reader.close()
    return reader.items, reader.markup


def pages(file: str, old: str, new: str) -> Iterator[Difference]:
    """Where two pages show something else, or are marked up otherwise.

    Examples
    --------
    >>> row = '<div id="T1"><table><thead><tr><th>a</th></tr></thead><tbody><tr><th>{}</th></tr></tbody></table></div>'
    >>> [found] = pages("report.en.html", row.format("0.56"), row.format("0.65"))
    >>> found.where, found.column, found.old, found.new
    ('T1', '1 a', '0.56', '0.65')
    """
    (left, form), (right, other_form) = read_page(old), read_page(new)
    found = [*items(file, left, right)]
    yield from found
    if form != other_form and not found:
        pairs = zip_longest(form, other_form, fillvalue=("", ""))
        one, two = next((a, b) for a, b in pairs if a != b)
        yield Difference("markup", file, "", "", "", " ".join(one).strip(), " ".join(two).strip())


def items(file: str, left: list[Item], right: list[Item]) -> Iterator[Difference]:
    """Where two lists of what is shown differ, place by place."""
    old, new = _placed(left), _placed(right)
    for place in dict.fromkeys([*old, *new]):
        one, two = old.get(place), new.get(place)
        before, after = one.text if one else "", two.text if two else ""
        item = two or one
        if item is None or (before == after and one and two):
            continue
        yield Difference(_kind(item, before, after), file, item.where, item.row, item.column, before, after)


def _placed(found: list[Item]) -> dict[tuple[str, ...], Item]:
    """Items by place: a cell by the numbers of its row and column, so that a changed head is one difference."""
    places: dict[tuple[str, ...], Item] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    for item in found:
        row, column = (item.row.split(" ")[0], item.column.split(" ")[0]) if item.kind == "cell" else ("", item.column)
        key = (item.where, item.kind, item.row if item.kind == "words" else row, column)
        seen[key] += 1
        places[(*key, str(seen[key]))] = item
    return places


def _kind(item: Item, old: str, new: str) -> str:
    if RECORD.fullmatch(item.where.removesuffix("-data")):
        return "record"
    if item.kind == "drawing":
        return "drawing"
    return "number" if DIGITS.findall(old) != DIGITS.findall(new) else "words"


def tables(file: str, old: str, new: str) -> Iterator[Difference]:
    r"""Where two CSV files differ: line, column, and the words at the head of the line.

    Examples
    --------
    >>> [found] = tables("results.csv", "goal,p\nR01,0.5\n", "goal,p\nR01,0.6\n")
    >>> found.row, found.column, found.old, found.new
    ('2 R01', 'p', '0.5', '0.6')
    """
    left, right = ([*csv.reader(io.StringIO(text))] for text in (old, new))
    heads = left[0] if left else []
    none: list[str] = []
    for number, (one, two) in enumerate(zip_longest(left, right, fillvalue=none), start=1):
        if one == two:
            continue
        same = [before for before, after in zip(one, two, strict=False) if before == after]
        row = " ".join([str(number), *same[:OPENING]])
        if len(one) != len(two):
            yield Difference("number", file, "", row, "", ",".join(one), ",".join(two))
            continue
        for place, (before, after) in enumerate(zip(one, two, strict=True)):
            if before != after:
                column = heads[place] if place < len(heads) else str(place + 1)
                yield Difference("number", file, "", row, column, before, after)


def trees(file: str, old: Any, new: Any, *, record: bool = False) -> Iterator[Difference]:
    """Where two trees of plain data differ, by key; `record` says that all of it tells what a report was made from.

    Examples
    --------
    >>> [found] = trees("forecast.json", {"goals": {"R01": 0.5}}, {"goals": {"R01": 0.6}})
    >>> found.where, found.old, found.new
    ('goals.R01', '0.5', '0.6')
    """
    left, right = dict(_leaves(old)), dict(_leaves(new))
    for key in dict.fromkeys([*left, *right]):
        one, two = left.get(key, ""), right.get(key, "")
        if one != two:
            plain = one and two and not (one.startswith('"') and two.startswith('"'))  # no words, such as true or null
            kind = "number" if plain or DIGITS.findall(one) != DIGITS.findall(two) else "words"
            yield Difference("record" if record or CODE.search(key) else kind, file, key, "", "", one, two)


def _leaves(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _leaves(value, f"{path}[{place}]")
    else:
        yield path, json.dumps(data, ensure_ascii=False, default=str)
