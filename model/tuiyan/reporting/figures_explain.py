"""Figures that explain a result: a waterfall, stacked bars of growth, numbers in shaded cells, and which side binds.

As in `figures`, each is ``f(data, *, lang, ax=None) -> Axes`` on a small frozen record of numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.reporting.figures import mark_scenario_band, year_ticks
from tuiyan.reporting.style import FAINT, INK, axes_of, colour
from tuiyan.wording import Text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
UP, DOWN, OTHER = "#2f7d5b", "#a8325e", "#8a93a0"  # none is the colour of a scenario
SUPPLY, DEMAND, LESS = "#0072b2", "#e69f00", "#d55e00"
GRID = "#e3e6ea"
THICK = 0.66  # of a bar, where the rows are one apart
# Of the blocks of growth in their order: a colour, and a hatch that tells them apart in grey.
BLOCKS = (
    ("#b6c2cf", ""), ("#56b4e9", "////"), ("#009e73", ""), ("#f0c04a", "...."),
    ("#cc79a7", "\\\\\\\\"), ("#d55e00", ""), ("#ffffff", "xxxx"),
)  # fmt: skip
WRAP = {"zh": 16, "en": 25}


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall: what it adds, what of that is not displaced (None where unknown), and its label."""

    name: Text
    value: float
    net: float | None
    shown: Text


@dataclass(frozen=True, slots=True)
class End:
    """The first or the last bar of a waterfall: a level of one scenario."""

    name: Text
    value: float
    shown: Text
    scenario: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Steps from one level to another, all in the unit of the axis."""

    title: Text
    start: End
    steps: tuple[Step, ...]
    end: End

    @property
    def levels(self) -> Array:
        """The level before the first step and after each."""
        return self.start.value + np.cumsum([0.0, *(step.value for step in self.steps)])


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts of a yearly change: `values` is (part, year), `totals` (year,), both in per cent."""

    names: tuple[Text, ...]
    years: tuple[int, ...]
    values: Array
    totals: Array


@dataclass(frozen=True, slots=True)
class Cells:
    """A table drawn as shaded cells: `shade` (row, column) in [-1, 1], what each cell says, whether sums close it."""

    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    shade: Array
    shown: tuple[tuple[Text, ...], ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """Weight of supply in the city by year: quartiles (3, year), and the share of draws above one half."""

    scenario: str
    years: tuple[int, ...]
    quartiles: Array
    share: Array


def reach(data: Sequence[Waterfall]) -> tuple[float, float]:
    """One axis for several waterfalls: their levels, with room for the two end bars and for the labels."""
    found = np.concatenate([each.levels for each in data])
    low, high = float(found.min()), float(found.max())
    wide = (high - low) or max(abs(high), 1.0)
    return low - 0.3 * wide, high + 0.3 * wide


def waterfall(data: Waterfall, *, lang: str, ax: Axes | None = None, span: tuple[float, float] | None = None) -> Axes:
    """Bars from a first level to a last one, top to bottom; what is only displaced is hatched.

    The two end bars start at the edge of the axis; at zero where the first level is zero.
    """
    ax = axes_of(ax)
    low, high = span or reach([data])
    ax.set_xlim(low, high)
    rows = len(data.steps) + 2
    edge = 0.0 if data.start.value == 0 else low
    _end(ax, data.start, rows - 1, edge, lang)
    run = data.start.value
    for place, step in enumerate(data.steps, start=1):
        row = rows - 1 - place
        _link(ax, run, row)
        _step(ax, step, row, run, lang)
        run += step.value
    _link(ax, run, 0)
    _end(ax, data.end, 0, edge, lang)
    names = [data.start.name, *(step.name for step in data.steps), data.end.name]
    ax.set_yticks(range(rows), [wrapped(name, lang) for name in reversed(names)])
    ax.set_ylim(-0.6, rows - 0.4)
    ax.set_title(data.title[lang])
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="y", length=0)
    ax.locator_params(axis="x", nbins=5)
    return ax


def wrapped(name: Text, lang: str, width: int | None = None) -> str:
    """A name on several lines."""
    return fill(name[lang], width or WRAP[lang])


def _end(ax: Axes, end: End, row: int, edge: float, lang: str) -> None:
    """A full bar from an edge to a level, with the level beside it."""
    ax.barh(row, end.value - edge, THICK, left=edge, color=colour(end.scenario))
    _label(ax, end.shown[lang], end.value, row, after=end.value >= edge, weight="bold")


def _step(ax: Axes, step: Step, row: int, run: float, lang: str) -> None:
    """One step: the part that stays full, the displaced part hatched; grey where nothing is known of displacement."""
    tint = OTHER if step.net is None else UP if step.value >= 0 else DOWN
    kept = step.value if step.net is None else step.net
    ax.barh(row, kept, THICK, left=run, color=tint, edgecolor=tint, linewidth=0.8)
    moved = step.value - kept
    if moved * step.value > 0:
        ax.barh(row, moved, THICK, left=run + kept, color="white", edgecolor=tint, hatch="//////", linewidth=0.8)
    _label(ax, step.shown[lang], run + step.value, row, after=step.value >= 0)


def _label(ax: Axes, text: str, where: float, row: int, *, after: bool, weight: str = "normal") -> None:
    """A number beside the end of a bar."""
    shift, side = ((4, 0), "left") if after else ((-4, 0), "right")
    look: dict[str, Any] = {"textcoords": "offset points", "ha": side, "va": "center", "fontsize": 9}
    ax.annotate(text, (where, row), shift, weight=weight, **look)


def _link(ax: Axes, level: float, row: int) -> None:
    """The line that carries a level from the bar above to the bar of `row`."""
    ax.plot([level, level], [row + 1 - THICK / 2, row + THICK / 2], color=FAINT, linewidth=0.8)


def legend_of_waterfall(figure: Any, data: Sequence[Waterfall], lang: str) -> None:
    """What full, hatched and grey bars are; only those that are drawn."""
    from matplotlib.patches import Patch

    steps = [step for each in data for step in each.steps]
    known = [step for step in steps if step.net is not None]
    tint = DOWN if sum(step.value for step in known) < 0 else UP
    marks = []
    if known:
        marks += [
            Patch(facecolor=tint, edgecolor=tint, label=say("report.explain.net", lang)),
            Patch(facecolor="white", edgecolor=tint, hatch="//////", label=say("report.explain.moved", lang)),
        ]
    if len(known) < len(steps):
        marks.append(Patch(facecolor=OTHER, label=say("report.explain.rest", lang)))
    figure.legend(handles=marks, loc="outside lower center", ncols=3)


def growth_bars(data: Stack, *, lang: str, ax: Axes | None = None) -> Axes:
    """Stacked bars by year: parts that raise growth above zero, parts that lower it below; a mark at their sum."""
    ax = axes_of(ax)
    above, below = np.zeros(len(data.years)), np.zeros(len(data.years))
    tallest, deepest = (np.abs(np.clip(data.values, *ends)).sum(axis=0).max() for ends in ((0, None), (None, 0)))
    least = 0.036 * float(tallest + deepest)  # what is lower has no room for its number
    places = np.arange(len(data.years))
    for name, values, (tint, hatch) in zip(data.names, data.values, BLOCKS, strict=True):
        start = np.where(values >= 0, above, below)
        look: dict[str, Any] = {"color": tint, "edgecolor": INK, "linewidth": 0.6, "hatch": hatch}
        ax.bar(places, values, 0.62, bottom=start, label=name[lang], **look)
        for place, value in enumerate(values):
            if abs(value) >= least:
                _inside(ax, place, start[place] + value / 2, f"{value:.1f}".replace("-", "−"))
        above += np.clip(values, 0, None)
        below += np.clip(values, None, 0)
    ax.axhline(0, color=INK, linewidth=0.8)
    if (data.values < 0).any():
        ax.plot(places + 0.38, data.totals, "D", color=INK, markersize=5, label=say("report.explain.sum", lang))
    for place, total in enumerate(data.totals):
        look = {"textcoords": "offset points", "ha": "center", "va": "bottom", "fontsize": 9.5, "weight": "bold"}
        ax.annotate(f"{total:.1f}".replace("-", "−"), (place, max(above[place], total)), (0, 5), **look)
    ax.set_xticks(places, [str(year) for year in data.years])
    ax.set_xlim(-0.6, len(data.years) - 0.4)
    ax.margins(y=0.12)
    ax.grid(visible=False, axis="x")
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], labels[::-1], loc="center left", bbox_to_anchor=(1.01, 0.5))
    return ax


def _inside(ax: Axes, place: float, height: float, text: str) -> None:
    """A number inside a bar, on white, so that a hatch does not cross it."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    ax.text(place, height, text, ha="center", va="center", fontsize=8.5, color=INK, bbox=box)


def cells(data: Cells, *, lang: str, ax: Axes | None = None, colours: tuple[str, str] = (SUPPLY, LESS)) -> Axes:
    """Numbers in shaded cells: the first colour above zero, the second below, deeper the further away."""
    from matplotlib.patches import Rectangle

    ax = axes_of(ax)
    high, wide = data.shade.shape
    for row in range(high):
        for column in range(wide):
            depth = float(data.shade[row, column])
            face = shaded(depth, colours)
            ax.add_patch(Rectangle((column, row), 1, 1, facecolor=face, edgecolor=GRID, linewidth=0.8))
            ink = "white" if luminance(face) < 0.5 else INK
            weight = "bold" if data.total and row == high - 1 else "normal"
            look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8.5, "weight": weight}
            ax.text(column + 0.5, row + 0.5, data.shown[row][column][lang], color=ink, **look)
    if data.total:
        ax.axhline(high - 1, color=INK, linewidth=1.2)
    ax.set_xlim(0, wide)
    ax.set_ylim(high, 0)
    ax.set_xticks(np.arange(wide) + 0.5, [each[lang] for each in data.columns])
    ax.set_yticks(np.arange(high) + 0.5, [wrapped(each, lang, 30) for each in data.rows])
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def shaded(depth: float, colours: tuple[str, str]) -> tuple[float, float, float]:
    """White mixed with the first colour (depth above zero) or the second, by the size of `depth` up to 1."""
    from matplotlib.colors import to_rgb

    part = min(abs(depth), 1.0)
    red, green, blue = (1 - part + part * each for each in to_rgb(colours[0] if depth >= 0 else colours[1]))
    return red, green, blue


def luminance(rgb: tuple[float, float, float]) -> float:
    """How light a colour is, 0 to 1."""
    red, green, blue = rgb
    return 0.299 * red + 0.587 * green + 0.114 * blue


def binding_lines(data: Balance, *, lang: str, ax: Axes | None = None) -> Axes:
    """Weight of supply in the city over the years, and how many draws it is above one half in."""
    ax = axes_of(ax)
    mark_scenario_band(ax, data.years, lang=lang)
    tint = colour(data.scenario)
    low, middle, high = data.quartiles
    band = say("report.figure.band50", lang)
    ax.fill_between(data.years, low, high, color=tint, alpha=0.2, linewidth=0, label=band)
    ax.plot(data.years, middle, color=tint, marker="o", markersize=3.5, label=say("report.figure.middle", lang))
    ax.plot(data.years, data.share, color=INK, linestyle=(0, (4, 2)), label=say("report.binding.figure.share", lang))
    ax.axhline(0.5, color=FAINT, linewidth=1.1)
    for key, shift, edge in (("supply", 3, "bottom"), ("demand", -3, "top")):
        look: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "va": edge, "fontsize": 8.5}
        ax.annotate(say(f"report.binding.figure.{key}", lang), (data.years[-1], 0.5), (-2, shift), color=FAINT, **look)
    ax.set_ylim(0, 1.1)
    ax.set_yticks(np.linspace(0, 1, 6))
    ax.set_xlim(data.years[0], data.years[-1])
    year_ticks(ax, data.years)
    return ax
