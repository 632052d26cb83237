"""The figures of the notebooks `compare` and `standard_shocks`; each is ``f(data, *, lang, ax=None) -> Axes``.

Scenarios keep their colours; a mark by their order tells them apart in grey too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.estimates import Estimate
from tuiyan.reporting.figures import DEADLINE, goal_line, mark_scenario_band, thousands, year_ticks
from tuiyan.reporting.numbers import DASH, HasError, inline
from tuiyan.reporting.style import FAINT, INK, PALETTE, axes_of, colour, dashes
from tuiyan.wording import Text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
MARKS = "os^Dv<>pP*"
ERRORS = 2.0  # standard errors that a bar reaches to each side of a dot
RISE, FALL = PALETTE[0], PALETTE[1]  # hues of a map of responses: up and down
DARK = 0.6  # of the largest value of a column: from here on the number is white
LONGEST = 34  # of a row's name
PANEL = 30  # of the title of a small panel


@dataclass(frozen=True, slots=True)
class Path:
    """One number a year of one scenario."""

    scenario: str
    title: Text
    years: tuple[int, ...]
    values: Array

    def until(self, year: int) -> Path:
        """The same line, cut after `year`."""
        count = sum(each <= year for each in self.years)
        return Path(self.scenario, self.title, self.years[:count], self.values[:count])


@dataclass(frozen=True, slots=True)
class Chances:
    """Probability of one goal in each scenario; None where it has no meaning."""

    name: Text
    found: tuple[Estimate | None, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Responses of outcomes (columns) to steps (rows), in the units of the columns; None where no draw moves."""

    title: Text
    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    found: tuple[tuple[HasError | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The response of the scale to one step at some years, in per cent."""

    name: Text
    kind: str
    years: tuple[int, ...]
    found: tuple[HasError, ...]


def lines(data: Sequence[Path], *, lang: str, ax: Axes | None = None, factor: float = 1.0) -> Axes:
    """One line a scenario, the years after 2020 marked."""
    ax = axes_of(ax)
    years = data[0].years
    mark_scenario_band(ax, years, lang=lang)
    for place, each in enumerate(data):
        look: dict[str, Any] = {"color": colour(each.scenario), "linestyle": dashes(each.scenario)}
        mark = MARKS[place % len(MARKS)]
        ax.plot(
            each.years, each.values * factor, marker=mark, markersize=4, clip_on=False, label=each.title[lang], **look
        )
    ax.set_xlim(years[0], years[-1])
    year_ticks(ax, years)
    return ax


def medians(
    data: Sequence[Path],
    band: tuple[Array, Array],
    goal: float | None,
    *,
    lang: str,
    ax: Axes | None = None,
    factor: float = 1.0,
) -> Axes:
    """Medians of the scale under each scenario, the 90 % band of the first, and the goal (亿元)."""
    ax = lines(data, lang=lang, ax=ax, factor=factor)
    first = data[0]
    look: dict[str, Any] = {"color": colour(first.scenario), "alpha": 0.18, "linewidth": 0}
    label = say("report.figure.band_of", lang, name=first.title[lang])
    ax.fill_between(first.years, band[0] * factor, band[1] * factor, label=label, **look)
    if goal is not None:
        goal_line(ax, first.years, goal * factor, say("report.figure.goal", lang, value=inline(goal, "money", lang)))
    ax.set_ylim(bottom=0)
    ax.set_ylabel(say("report.figure.money", lang))
    thousands(ax)
    return ax


def gaps(data: Sequence[Path], *, lang: str, ax: Axes | None = None) -> Axes:
    """Mean paired difference of the scale from the first scenario, in per cent; the first is the zero line."""
    ax = lines(data, lang=lang, ax=ax, factor=100.0)
    ax.set_ylabel(say("report.compare.gap.axis", lang))
    ax.margins(y=0.14)
    return ax


def chances(
    data: Sequence[Chances], scenarios: Sequence[tuple[str, Text]], *, lang: str, ax: Axes | None = None
) -> Axes:
    """A dot a goal and scenario on one scale of probability, with bars of two standard errors."""
    ax = axes_of(ax)
    spread = max(0.0, 1 - 1.3 / len(scenarios))  # of the room of one goal; the more scenarios, the fuller
    step = spread / max(1, len(scenarios) - 1)
    for row in range(len(data) - 1):
        ax.axhline(row + 0.5, color="#e3e6ea", linewidth=0.8)
    for place, (id_, title) in enumerate(scenarios):
        rows = [len(data) - 1 - k + spread / 2 - place * step for k in range(len(data))]
        known = [(row, each.found[place]) for row, each in zip(rows, data, strict=True)]
        shown = [(row, found) for row, found in known if found is not None]
        x, y = [found.value for _, found in shown], [row for row, _ in shown]
        reach = [ERRORS * found.standard_error for _, found in shown]
        look: dict[str, Any] = {"color": colour(id_), "markersize": 6, "capsize": 3, "linestyle": "none"}
        ax.errorbar(x, y, xerr=reach, fmt=MARKS[place % len(MARKS)], label=title[lang], **look)
        for height in (row for row, found in known if found is None):
            ax.text(0.0, height, say("report.na", lang), color=colour(id_), fontsize=8.5, va="center")
    ax.set_yticks(range(len(data)), [_wrapped(each.name, lang) for each in reversed(data)])
    ax.set_ylim(-0.55, len(data) - 0.45)
    ax.set_xlim(-0.03, 1.03)
    ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    ax.set_xlabel(say("report.compare.chance.axis", lang))
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="y", length=0)
    return ax


def heat(data: Map, *, lang: str, ax: Axes | None = None) -> Axes:
    """A map of numbers, coloured by column: blue up, orange down, the deeper the nearer to the column's largest."""
    from matplotlib.colors import LinearSegmentedColormap

    ax = axes_of(ax)
    values = np.array([[0.0 if each is None else each.value for each in row] for row in data.found])
    top = np.abs(values).max(axis=0)
    shade = np.divide(values, top, out=np.zeros_like(values), where=top > 0)
    hue = LinearSegmentedColormap.from_list("responses", [FALL, "white", RISE])
    ax.imshow(shade, cmap=hue, vmin=-1.15, vmax=1.15, aspect="auto")
    for row, cells in enumerate(data.found):
        for column, found in enumerate(cells):
            tint = "white" if abs(shade[row, column]) > DARK else INK
            if found is None or abs(found.value) <= ERRORS * found.standard_error:
                tint = FAINT
            place: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8.5, "color": tint}
            ax.text(column, row, _cell(found), **place)
    ax.set_xticks(range(len(data.columns)), [each[lang] for each in data.columns], fontsize=8)
    ax.set_yticks(range(len(data.rows)), [_wrapped(each, lang) for each in data.rows], fontsize=8.5)
    ax.xaxis.tick_top()
    ax.set_title(data.title[lang])
    ax.grid(visible=False)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def courses(data: Sequence[Course], *, lang: str, axes: Sequence[Axes], together: bool) -> Sequence[Axes]:
    """One small line a step; `together` puts all of them on one vertical axis."""
    values = np.array([[found.value for found in each.found] for each in data])
    low, high = min(0.0, values.min()), max(0.0, values.max())
    for ax, each in zip(axes, data, strict=True):
        mark_scenario_band(ax, each.years, lang=lang, label=False)
        tint = RISE if each.kind == "lever" else INK
        look: dict[str, Any] = {"color": tint, "markersize": 4, "capsize": 2}
        reach = [ERRORS * found.standard_error for found in each.found]
        ax.errorbar(each.years, [found.value for found in each.found], yerr=reach, fmt="o-", **look)
        ax.axhline(0, color=FAINT, linewidth=0.8)
        ax.set_title(_wrapped(each.name, lang, PANEL), fontsize=9)
        ax.set_xlim(each.years[0] - 0.4, each.years[-1] + 0.4)
        ax.set_xticks([year for year in each.years if year in (each.years[0], DEADLINE) or year % 5 == 0])
        ax.margins(y=0.15)
        if together:
            ax.set_ylim(low - 0.06 * (high - low), high + 0.1 * (high - low) or 1.0)
        else:
            bottom, top = ax.get_ylim()
            ax.set_ylim(min(bottom, 0.0), max(top, 0.0) or 1.0)
    return axes


def _cell(found: HasError | None) -> str:
    """A number to about two significant digits, fewer where its error supports fewer; a dash where no draw moves."""
    if found is None:
        return DASH
    size = abs(found.value)
    decimals = min(4, max(0, 1 - math.floor(math.log10(size)))) if size > 0 else 2
    if found.standard_error > 0:
        decimals = min(decimals, max(0, -math.floor(math.log10(found.standard_error))))
    shown = f"{round(found.value, decimals) or 0.0:.{decimals}f}"
    return shown.replace("-", "−")


def _wrapped(name: Text, lang: str, width: int = LONGEST) -> str:
    """A name with its own lines, an English one in lines that are short enough."""
    return "\n".join(fill(line, width) for line in name.en.split("\n")) if lang == "en" else name.zh
