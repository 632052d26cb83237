"""What the panel shows as text: the goal ledger and the fan, in the colours of the page they stand on.

The fan is a small SVG of its own: matplotlib takes many times a model run to draw one, and a drawing in the text of the
page follows its fonts and its dark theme.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.outcomes import ALL
from tuiyan.estimates import Estimate
from tuiyan.grids import error, number
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.units import money
from tuiyan.lab.desk import Desk
from tuiyan.lab.rows import Row, error_of
from tuiyan.results import Projection
from tuiyan.wording import catalogue, say

Array = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
SERIES = "scale.total"
DEADLINE, LAST = 2020, 2022  # the fan ends two years after the deadline: what comes later dwarfs the goal
FINE = 0.005  # below this standard error a probability has a third decimal
WIDTH, HEIGHT = 560, 280
LEFT, RIGHT, TOP, BOTTOM = 52, 20, 12, 26
# Each stands out from white and from a dark page by 3 : 1 at the least.
NOW, BEFORE, GOAL = "#2a78c2", "#7a838c", "#d1436b"
KEPT = ("#d55e00", "#009e73", "#b5638f", "#8b6fd6", "#a07800", "#3f8f9f")
DASHES = ("7 3", "2 3", "9 3 2 3", "4 2", "1 2", "12 4")
INK, GRID = "var(--jp-ui-font-color1, currentColor)", "var(--jp-border-color2, #8884)"


@dataclass(frozen=True, slots=True)
class Line:
    """One curve of the fan: its name, colour, dashes and values, one a year."""

    name: str
    colour: str
    dashes: str
    values: Array

    @property
    def stroke(self) -> str:
        """How it is drawn, as attributes of a mark."""
        dashes = f' stroke-dasharray="{self.dashes}"' if self.dashes else ""
        return f'stroke="{self.colour}" stroke-width="2"{dashes}'


@dataclass(frozen=True, slots=True)
class Plane:
    """From years and amounts to places on the drawing."""

    first: int
    last: int
    top: float

    def x(self, year: float) -> float:
        """Pixels from the left."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(value, self.top * 1.2) / self.top

    def path(self, values: Sequence[float]) -> str:
        """Points of a curve, one a year."""
        return " ".join(f"{self.x(self.first + k):.1f},{self.y(value):.1f}" for k, value in enumerate(values))


def fan(desk: Desk, lang: str) -> str:
    """The fan of the city's scale with the goal line, the parent's median and those of the kept runs."""
    shown, before = desk.shown, desk.before
    count = min(LAST, shown.years[-1]) - shown.years[0] + 1
    bands = np.quantile(shown[SERIES][:count], LEVELS, axis=-1)
    goal = goal_on_scale(desk)
    lines = [Line(say("lab.fan.now", lang), NOW, "", bands[2])]
    if shown.scenario is not before.scenario:
        title = say("lab.fan.parent", lang, title=desk.parent.title[lang])
        lines.append(Line(title, BEFORE, "6 4", _median(before, count)))
    for place, each in enumerate(desk.kept):
        look = KEPT[place % len(KEPT)], DASHES[place % len(DASHES)]
        lines.append(Line(say("lab.fan.kept", lang, name=each.name), *look, _median(each.run, count)))
    target = goal.test.value if goal and goal.test else 0.0
    highest = max(float(bands[4].max()), target * 1.1, *(float(line.values.max()) for line in lines))
    plane = Plane(shown.years[0], shown.years[0] + count - 1, highest)
    parts = [
        *_frame(plane, lang),
        *_bands(plane, bands),
        *(_curve(plane, line) for line in reversed(lines)),
    ]  # what is now lies on top
    if target:
        parts.append(_goal(plane, target, lang))
    alt = _alt(plane, bands, target, lang)
    frame = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(alt)}" font-size="12"'
    svg = f"<svg {frame}>{''.join(parts)}</svg>"
    title = f"{say('lab.fan.title', lang)} ({say('lab.fan.unit', lang)})"
    return f'<figure class="tuiyan-figure"><figcaption>{escape(title)}</figcaption>{svg}{_legend(lines)}</figure>'


def _median(found: Projection, count: int) -> Array:
    return np.median(found[SERIES][:count], axis=-1)


def goal_on_scale(desk: Desk) -> Goal | None:
    """The goal on the city's scale, if the document has one."""
    goals = desk.parent.workspace.goals.values()
    return next((goal for goal in goals if goal.test and goal.test.variable == SERIES), None)


def _factor(lang: str) -> float:
    """From 亿元 to the axis."""
    return 1.0 if lang == "zh" else 0.1


def _frame(plane: Plane, lang: str) -> list[str]:
    """Grid lines with their amounts, and the years."""
    parts, factor = [], _factor(lang)
    step = _round(plane.top * factor / 5)
    for k in range(int(plane.top * factor / step) + 1):
        y = plane.y(k * step / factor)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{INK}">{k * step:,.0f}</text>')
    for year in range(plane.first, plane.last + 1):
        place = f'x="{plane.x(year):.1f}" y="{HEIGHT - 8}"'
        parts.append(f'<text {place} text-anchor="middle" fill="{INK}">{year}</text>')
    if plane.first < DEADLINE < plane.last:
        x = f"{plane.x(DEADLINE):.1f}"
        parts.append(
            f'<line x1="{x}" x2="{x}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="{GRID}" stroke-dasharray="2 3"/>'
        )
    return parts


def _round(size: float) -> float:
    """A step of an axis: 1, 2 or 5 times a power of ten, no less than `size`."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(lead * power for lead in (1, 2, 5, 10) if lead * power >= size * (1 - 1e-9))


def _bands(plane: Plane, bands: Array) -> list[str]:
    """The 90 % and the 50 % band."""
    parts = []
    for low, high, opacity in ((bands[0], bands[4], 0.2), (bands[1], bands[3], 0.3)):
        back = plane.path(high.tolist()).split(" ")[::-1]
        points = f"{plane.path(low.tolist())} {' '.join(back)}"
        parts.append(f'<polygon points="{points}" fill="{NOW}" fill-opacity="{opacity}"/>')
    return parts


def _curve(plane: Plane, line: Line) -> str:
    return f'<polyline points="{plane.path(line.values.tolist())}" fill="none" {line.stroke}/>'


def _goal(plane: Plane, target: float, lang: str) -> str:
    """The goal line and its label."""
    y, text = plane.y(target), say("lab.fan.goal", lang, value=money(target, lang))
    place = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
    line = f'<line {place} stroke="{GOAL}" stroke-width="1.6" stroke-dasharray="8 3 2 3"/>'
    return f'{line}<text x="{LEFT + 6}" y="{y - 5:.1f}" fill="{INK}">{escape(text)}</text>'


def _legend(lines: Sequence[Line]) -> str:
    """Names of the curves, each beside a piece of it."""
    items = []
    for line in lines:
        piece = f'<line x1="0" x2="26" y1="5" y2="5" {line.stroke}/>'
        drawn = f'<svg viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">{piece}</svg>'
        items.append(f"<span>{drawn} {escape(line.name)}</span>")
    return f'<div class="tuiyan-legend">{"".join(items)}</div>'


def _alt(plane: Plane, bands: Array, target: float, lang: str) -> str:
    """What a reader who cannot see the drawing is told."""
    at = min(DEADLINE, plane.last) - plane.first
    low, middle, high = (money(float(f"{value:.3g}"), lang) for value in bands[[0, 2, 4], at])
    told = {"first": plane.first, "last": plane.last, "unit": say("lab.fan.unit", lang), "year": plane.first + at}
    return say("lab.fan.alt", lang, **told, low=low, middle=middle, high=high, goal=money(target, lang))


def goal_name(register: str, goal: Goal | None, lang: str) -> str:
    """A goal in a few words."""
    if goal is None or goal.test is None:
        return say("lab.goal.all", lang)
    key = f"lab.goal.{goal.test.variable}"
    if key not in catalogue():
        return goal.id or register
    value = money(goal.test.value, lang) if goal.test.unit == "亿元" else f"{goal.test.value:g}"
    return say(key, lang, value=value)


def ledger(found: Sequence[Row], parent: str, lang: str) -> str:
    """The ledger as a table."""
    names = (say(f"lab.ledger.{name}", lang) for name in ("goal", "p", "change", "gap"))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(_ledger_row(row, lang) for row in found)
    year = max((row.goal.due for row in found if row.goal), default=DEADLINE)
    caption = f"<caption>{escape(say('lab.ledger.title', lang, year=year))}</caption>"
    note = f'<p class="tuiyan-small">{escape(say("lab.ledger.note", lang, parent=parent))}</p>'
    return table(caption, head, body) + note


def table(caption: str, head: str, body: str) -> str:
    """A table of the panel from its parts."""
    return f'<table class="tuiyan-table">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _ledger_row(row: Row, lang: str) -> str:
    none = say("lab.ledger.none", lang)
    name = goal_name(row.register, row.goal, lang)
    label = escape(name if row.register == ALL else f"{row.register} {name}")
    chance = _with_error(row.now, none)
    change = _signed(row.change) if row.now else none
    cells = (("tuiyan-p", chance), ("tuiyan-change", change), ("tuiyan-gap", _gap(row, lang)))
    rest = "".join(f'<td class="{css}">{escape(text)}</td>' for css, text in cells)
    return f'<tr data-goal="{escape(row.register)}"><th scope="row">{label}</th>{rest}</tr>'


def _with_error(found: Estimate | None, none: str) -> str:
    """A probability and its error: a third decimal once the error needs it."""
    if found is None:
        return none
    decimals = 3 if 0 < found.standard_error < FINE else 2
    return f"{found.value:.{decimals}f} ± {found.standard_error:.{decimals}f}"


def _signed(found: Estimate | None) -> str:
    """A difference in points with its error; a dash where the parent has no such goal."""
    if found is None:
        return "—"
    if found.value == 0 and found.standard_error == 0:
        return "0"
    return f"{number(found, 'probability', signed=True)} ± {error(found, 'probability')}".replace("-", "−")


def _gap(row: Row, lang: str) -> str:
    if row.gap is None or row.goal is None or row.goal.test is None or not math.isfinite(row.gap.value):
        return "—"
    if row.goal.test.unit == "亿元":
        return money(float(f"{row.gap.value:.2g}"), lang)
    return f"{row.gap.value:.0f}"


def points(found: Sequence[Row]) -> str:
    """The largest standard error of the probabilities in points, as the sentence on the screen says it."""
    size = 100 * error_of(list(found))
    return f"{size:.0f}" if size >= 2 else f"{size:.1f}"


def precision(desk: Desk, found: Sequence[Row], lang: str) -> str:
    """On how many draws the numbers rest, and what they may be off by."""
    key = "lab.full" if desk.is_full else "lab.preview"
    return say(key, lang, draws=f"{desk.shown.draws:,}", points=points(found))
