"""How a printed table stands on paper: the widths of its columns, the size of its print, and the page it needs.

A browser can scroll a wide table sideways, paper cannot. So the columns are measured with the shipped font before the
page is set: a table gets the largest print at which its words stand whole, on a page turned on its side where upright
paper is too narrow for print that can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

from tuiyan.reporting.render import BREAKS, LONG_WORD, SHORT
from tuiyan.reporting.typeface import FILES

PORTRAIT, LANDSCAPE = 504.0, 750.0  # points between the margins of A4
INSET = 3.0  # on either side of a cell
SIZES = {"plain": (8.5, 8.0, 7.5, 7.0), "wide": (7.5, 7.0, 6.8), "matrix": (7.0, 6.8)}
ON_ITS_SIDE = (7.5, 7.0, 6.5)
HEAD, UNIT, COMFORT = 9.5, 0.9, 6.5  # in ems; a unit is smaller than the head above it
HEAD_LINES, HEAD_LEAST = 4, 4.2
STEPS = 60  # in which spare width is given away
USUAL, WIDEST = 0.6, 1.6  # a small table takes that share of the page, but no column more than that times its words
LEADING, ROW = 1.3, 3.0  # lines in ems; space above and below a row in points
TOGETHER = {"plain": 300.0, "wide": 300.0, "matrix": 500.0}  # lower tables stay on one page, in points
CROWDED = 5.0  # lines that the rows of an upright table have on average at most
SLACK = 1.03  # kerning and rounding
UNBROKEN, STEP = 32, 8  # a longer run without any place to break is given one every so many characters
IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its text, whether numbers line up at its right side, and how much is missing behind it."""

    text: str
    right: bool = False
    pad: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Size of print and widths in points; `landscape` where upright paper is too narrow, `together` on one page."""

    size: float
    widths: tuple[float, ...]
    landscape: bool
    together: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """What a column asks for, in ems.

    Attributes
    ----------
    least
        The longest piece that cannot break.
    comfort
        A width at which it reads well.
    most
        Everything on one line.
    runs
        Length of every cell on one line, the head first.
    """

    least: float
    comfort: float
    most: float
    runs: tuple[float, ...]


@cache
def _advances(weight: str) -> dict[int, float]:
    """Width of every character in ems."""
    from fontTools.ttLib import TTFont

    with TTFont(FILES[weight], lazy=True) as font:
        scale, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[name][0] / scale for code, name in font.getBestCmap().items()}


def width(text: str, weight: str = "regular") -> float:
    """Width of `text` on one line in ems."""
    known = _advances(weight)
    return sum(known.get(ord(letter), 1.0) for letter in text) * SLACK


def pieces(text: str) -> list[str]:
    """`text` cut where it may break though no dictionary of line breaks says so: in ids, paths, and endless words."""
    if len(text) < 14:
        return [text]
    cut = BREAKS.split(text) if LONG_WORD.fullmatch(text) else [text]
    return [part for piece in cut for part in _chopped(piece)]


def _chopped(text: str) -> Iterator[str]:
    """The text in parts, such that no run without a place to break is longer than `UNBROKEN`."""
    start = 0
    for run in re.finditer(rf"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60-]{{{UNBROKEN},}}", text):
        for place in range(run.start() + STEP, run.end() - 1, STEP):
            yield text[start:place]
            start = place
    yield text[start:]


def column(cells: Sequence[Cell], head: str, unit: str) -> Needs:
    """The needs of one column from its printed cells and what stands above them."""
    line = width(head, "bold")
    longest = max((width(word, "bold") for word in _words(head)), default=0.0)
    rows = max(1.0, -(-line // HEAD))
    above = max(longest, line / rows * 1.15 if rows > 1 else line, width(unit) * UNIT)
    least, most = max(longest, width(unit) * UNIT), above
    # A head has four lines at most; one in Chinese may break anywhere, yet not after every character.
    comfort = max(least, min(line, max(line / HEAD_LINES * 1.15, HEAD_LEAST if IDEOGRAPH.search(head) else 0.0)))
    for cell in cells:
        whole = width(cell.text + cell.pad)
        fixed = cell.right or len(cell.text) <= SHORT
        word = whole if fixed else max((width(each) for each in _words(cell.text)), default=0.0)
        least, most = max(least, word), max(most, whole)
        comfort = max(comfort, word, min(whole, COMFORT))
    runs = (above, *(width(cell.text + cell.pad) for cell in cells))
    return Needs(least, max(comfort, least), max(most, comfort), runs)


def _words(text: str) -> Iterator[str]:
    """The pieces between two places where a line may break; a sign stays with the ideograph before it."""
    for piece in pieces(text):
        for word in piece.split():
            if not IDEOGRAPH.search(word):
                yield word
                continue
            for part in re.finditer(
                rf"{IDEOGRAPH.pattern}[，。、；：）”’》？！]*|[^\u2e80-\u9fff\uf900-\uff60]+", word
            ):
                yield part[0]


def fit(columns: Sequence[Needs], kind: str, portrait: float = PORTRAIT, *, turn: bool = True) -> Layout:
    """The largest print at which the columns stand comfortably, upright before sideways unless rows become very tall.

    Parameters
    ----------
    columns
        Needs of each column.
    kind
        Kind of the table (`blocks.Table`).
    portrait
        Width there is on an upright page, in points.
    turn
        Whether the page may be turned.

    Returns
    -------
    Layout
        Where nothing fits, the smallest print is made smaller still until no word is cut.
    """
    inset = 2 * INSET * len(columns)
    pages = [(portrait, SIZES[kind], False), *([(LANDSCAPE, ON_ITS_SIDE, True)] if turn else [])]
    found: list[Layout] = []
    for room, sizes, landscape in pages:
        least = len(found)  # what is turned for its tall rows does not need the largest print
        fitting = (size for size in sizes[least:] if sum(each.comfort for each in columns) * size + inset <= room)
        if (size := next(fitting, None)) is not None:
            found.append(_laid(columns, room, size, kind, landscape=landscape))
            if not _crowded(columns, found[-1]):
                return found[-1]
    if found:
        return found[-1]
    room, sizes, landscape = pages[-1]
    size = min(sizes[-1], (room - inset) / sum(each.least for each in columns))
    tight = [replace(each, comfort=each.least) for each in columns]
    return _laid(tight, room, size, kind, landscape=landscape)


def _crowded(columns: Sequence[Needs], layout: Layout) -> bool:
    """Whether the rows are so tall that the table reads better on a page turned on its side."""
    _, *rows = (max(lines) for lines in _lines(columns, layout.widths, layout.size))
    return bool(rows) and sum(map(ceil, rows)) > CROWDED * len(rows)


def _laid(columns: Sequence[Needs], room: float, size: float, kind: str, *, landscape: bool) -> Layout:
    """The columns at one size of print."""
    most = [each.most * size + 2 * INSET for each in columns]
    if sum(most) > room:
        widths = _shared(columns, room, size)
    elif kind == "matrix":
        widths = most
    else:
        target = room if kind == "wide" else max(sum(most), USUAL * room)
        widths = [each * min(target / sum(most), WIDEST) for each in most]
    height = sum(ceil(max(lines)) for lines in _lines(columns, widths, size)) * size * LEADING
    height += 2 * ROW * len(columns[0].runs)
    return Layout(size, tuple(round(each - 0.01, 2) for each in widths), landscape, height <= TOGETHER[kind])


def _lines(columns: Sequence[Needs], widths: Sequence[float], size: float) -> Iterator[list[float]]:
    """For every row the lines that each of its cells takes."""
    inner = [(each - 2 * INSET) / size for each in widths]
    for row in zip(*(each.runs for each in columns), strict=True):
        yield [max(1.0, run / room) for run, room in zip(row, inner, strict=True)]


def _shared(columns: Sequence[Needs], room: float, size: float) -> list[float]:
    """Comfortable widths, and what is left over in small steps to the column that makes the rows tall."""
    widths = [each.comfort * size + 2 * INSET for each in columns]
    step = (room - sum(widths)) / STEPS
    for _ in range(STEPS):
        blame = [0.0] * len(columns)
        for row in _lines(columns, widths, size):
            tallest = max(row)
            blame[row.index(tallest)] += tallest - 1.0
        widths[blame.index(max(blame))] += step
    return widths
