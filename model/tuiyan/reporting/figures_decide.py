"""The figures of the parts that help to decide: what moves a probability, where it fails, what it costs.

Each is ``f(data, *, lang, ax=None) -> Axes``, as in `figures`. The data are shares, efforts and cost points; all shares
are drawn in per cent but probabilities, which stay between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.reporting.style import BASELINE, FAINT, GOAL, INK, PALETTE, axes_of
from tuiyan.wording import Text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
BLUE, PALE = PALETTE[0], "#cfe2f0"
LINE: dict[str, Any] = {"color": GOAL, "linewidth": 1.3, "linestyle": (0, (6, 2, 1, 2))}
WIDTH = 36  # letters of an English name on one line
ERRORS = 2.0  # standard errors that an error bar reaches to each side
MARKS = "oo^sD"  # by the number of restricted inputs of a box
DARK = 0.55  # of the largest value of a heat map: from here on the number is white
MANY = 6  # columns of a heat map from which on their names are small


@dataclass(frozen=True, slots=True)
class Bar:
    """One input of a tornado: the probability with it at its 5 and at its 95 % quantile."""

    name: Text
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """One group: shares of a variance, alone and with interactions, each as (estimate, low, high)."""

    name: Text
    first: tuple[float, float, float]
    total: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """One box: coverage, density and the number of restricted inputs."""

    coverage: float
    density: float
    restricted: int


@dataclass(frozen=True, slots=True)
class TradeOff:
    """The boxes of a peeling from all futures downwards, the box that was chosen, and the density asked for."""

    path: tuple[Spot, ...]
    chosen: Spot
    threshold: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A probability at each effort that all levers share; `verdict` says whether the wanted one is reached."""

    efforts: tuple[float, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    wanted: float
    verdict: Text


@dataclass(frozen=True, slots=True)
class Offer:
    """A package: its probability, its cost and the cost's standard error."""

    probability: float
    cost: float
    error: float = 0.0


@dataclass(frozen=True, slots=True)
class Front:
    """The cheapest packages, beside them no effort, the full programme and all levers at their upper bound `most`.

    `remarks` say which wanted probabilities are free or out of reach.
    """

    offers: tuple[Offer, ...]
    none: Offer
    full: Offer
    best: Offer
    most: str
    remarks: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Regret of packages (rows) in states (columns), and the row with the smallest largest regret."""

    title: Text
    packages: tuple[Text, ...]
    states: tuple[Text, ...]
    values: Array
    chosen: int


def tornado(data: Sequence[Bar], at: float, *, lang: str, ax: Axes | None = None) -> Axes:
    """Bars from the probability at an input's low end to that at its high end; a line where everything is free."""
    ax = axes_of(ax)
    rows = [len(data) - 1 - place for place in range(len(data))]
    for row, each in zip(rows, data, strict=True):
        left, right = sorted((each.low, each.high))
        ax.barh(row, right - left, 0.56, left, color=PALE, edgecolor=BLUE, linewidth=0.8)
        for edge, side, shift in ((left, "right", -7), (right, "left", 7)):
            place: dict[str, Any] = {"textcoords": "offset points", "va": "center", "ha": side, "fontsize": 8.5}
            ax.annotate(f"{edge:.2f}", (edge, row), (shift, 0), **place)
    for key, fill_colour in (("low", "white"), ("high", INK)):
        ends = [getattr(each, key) for each in data]
        look: dict[str, Any] = {"markerfacecolor": fill_colour, "markersize": 6.5, "zorder": 4}
        ax.plot(ends, rows, "o", color=INK, label=say(f"report.F9.{key}", lang), **look)
    ax.axvline(at, label=say("report.F9.free", lang, p=f"{at:.2f}"), zorder=3, **LINE)
    ax.set_yticks(rows, [_wrapped(each.name, lang) for each in data])
    ax.set_xlim(-0.07, 1.07)
    ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    ax.set_xlabel(say("report.F9.axis", lang))
    ax.grid(visible=False, axis="y")
    return ax


def _wrapped(name: Text, lang: str, width: int = WIDTH) -> str:
    return fill(name["en"], width) if lang == "en" else name["zh"]


def shares(data: Sequence[Share], *, lang: str, ax: Axes | None = None, rows: int = 0) -> Axes:
    """Two bars a group: its share of the variance alone (full) and with all interactions (outline), 90 % intervals.

    `rows` leaves room for so many groups, so that panels of different length have bars of one height.
    """
    ax = axes_of(ax)
    for key, shift, tint in (("first", 0.19, BLUE), ("total", -0.19, "white")):
        places = [len(data) - 1 - place + shift for place in range(len(data))]
        values, low, high = 100 * np.array([getattr(each, key) for each in data]).T
        error = np.maximum([values - low, high - values], 0.0)
        edge = tint if key == "first" else INK
        label = say(f"report.F9b.{key}", lang)
        ax.barh(places, np.maximum(values, 0.0), 0.34, color=tint, edgecolor=edge, linewidth=1.0, label=label)
        ax.errorbar(values, places, xerr=error, fmt="none", ecolor=INK, capsize=2.5)
    ax.set_yticks(range(len(data)), [_wrapped(each.name, lang, 20) for each in reversed(data)])
    ax.set_xlim(0, 100)
    ax.set_ylim(min(0, len(data) - rows) - 0.6, len(data) - 0.4)
    ax.set_xlabel(say("report.F9b.axis", lang))
    ax.grid(visible=False, axis="y")
    return ax


def trade_off(data: TradeOff, *, lang: str, ax: Axes | None = None) -> Axes:
    """Density against coverage along the peeling; the chosen box and the density asked for are marked."""
    ax = axes_of(ax)
    ax.plot([100 * s.coverage for s in data.path], [100 * s.density for s in data.path], color=FAINT, linewidth=0.9)
    for number in sorted({spot.restricted for spot in data.path}):
        spots = [spot for spot in data.path if spot.restricted == number]
        x, y = ([100 * getattr(spot, name) for spot in spots] for name in ("coverage", "density"))
        key = "report.F17.all" if number == 0 else "report.F17.boxes"
        mark = MARKS[min(number, len(MARKS) - 1)]
        tint = "white" if number == 0 else BLUE
        ax.plot(x, y, mark, color=BLUE, markerfacecolor=tint, markersize=5, label=say(key, lang, number=number))
    chosen = [100 * data.chosen.coverage], [100 * data.chosen.density]
    ax.plot(*chosen, "*", color=GOAL, markersize=15, zorder=5, label=say("report.F17.chosen", lang))
    ax.axhline(100 * data.threshold, label=say("report.F17.threshold", lang, level=f"{data.threshold:.0%}"), **LINE)
    ax.set_xlim(0, 103)
    ax.set_ylim(0, 103)
    ax.set_xlabel(say("report.F17.coverage", lang))
    ax.set_ylabel(say("report.F17.density", lang))
    return ax


def efforts(data: Curve, *, lang: str, ax: Axes | None = None) -> Axes:
    """The probability at each common effort, with no effort and the full programme marked, and the wanted level."""
    ax = axes_of(ax)
    reach = ERRORS * np.array(data.errors)
    label = say("report.F10.curve", lang)
    ax.errorbar(data.efforts, data.values, yerr=reach, fmt="o-", color=BLUE, markersize=5, capsize=3, label=label)
    bottom = max(0.0, 0.1 * np.floor(10 * (min(*data.values, data.wanted) - 0.05)))
    top = min(1.0, max(*data.values, data.wanted) + 0.08)
    for effort, key in ((0.0, "none"), (1.0, "full")):
        ax.axvline(effort, color=FAINT, linewidth=1.0, linestyle=":")
        place: dict[str, Any] = {"textcoords": "offset points", "va": "bottom", "fontsize": 9, "color": FAINT}
        ax.annotate(say(f"report.F10.{key}", lang), (effort, bottom), (4, 3), **place)
    ax.axhline(data.wanted, **LINE)
    above: dict[str, Any] = {"textcoords": "offset points", "va": "bottom", "ha": "left", "fontsize": 9}
    ax.annotate(data.verdict[lang], (0.0, data.wanted), (6, 4), color=GOAL, **above)
    ax.set_xlim(-0.06, data.efforts[-1] + 0.06)
    ax.set_ylim(bottom, top)
    ax.set_xlabel(say("report.F10.effort", lang))
    ax.set_ylabel(say("report.F10.axis", lang))
    return ax


def front(data: Front, *, lang: str, ax: Axes | None = None) -> Axes:
    """Cost of the cheapest package against its probability, between no effort and all levers at their bounds."""
    ax = axes_of(ax)
    line = [data.none, *data.offers, data.best]
    ax.plot([each.probability for each in line], [each.cost for each in line], color=BLUE, linewidth=1.2)
    for kind, offers, mark, tint in (
        ("none", [data.none], "o", "white"), ("cheapest", data.offers, "o", BLUE), ("full", [data.full], "s", BASELINE),
        ("best", [data.best], "D", "white"),
    ):  # fmt: skip
        x, y = ([getattr(each, name) for each in offers] for name in ("probability", "cost"))
        error = [[min(ERRORS * each.error, each.cost) for each in offers], [ERRORS * each.error for each in offers]]
        look: dict[str, Any] = {"markerfacecolor": tint, "markersize": 7, "capsize": 3, "linestyle": "none"}
        if offers:
            edge = BASELINE if kind == "full" else BLUE
            ax.errorbar(
                x, y, yerr=error, fmt=mark, color=edge, label=say(f"report.F11.{kind}", lang, most=data.most), **look
            )
    words = "\n".join(each[lang] for each in data.remarks)
    ax.annotate(words, (0, 1), (6, -2), linespacing=1.5, xycoords="axes fraction", textcoords="offset points", va="top",
                fontsize=9, color=INK)  # fmt: skip
    ax.set_ylim(-0.03 * data.best.cost, 1.2 * data.best.cost)
    ax.set_xlabel(say("report.F10.axis", lang))
    ax.set_ylabel(say("report.F11.cost", lang))
    return ax


def heat(data: Heat, *, lang: str, ax: Axes | None = None) -> Axes:
    """Regret as a map of numbers on one hue, light for none; a frame marks the row chosen by minimax regret."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    ax = axes_of(ax)
    top = float(data.values.max()) or 1.0
    hue = LinearSegmentedColormap.from_list("regret", ["white", BLUE, "#00253b"])
    rows, columns = data.values.shape
    ax.imshow(data.values, cmap=hue, vmin=0.0, vmax=1.15 * top, aspect="auto")
    for row in range(rows):
        for column in range(columns):
            value = float(data.values[row, column])
            tint = "white" if value > DARK * top else INK
            ax.text(column, row, f"{value:.1f}", ha="center", va="center", color=tint, fontsize=9)
    ax.add_patch(Rectangle((-0.48, data.chosen - 0.48), columns - 0.04, 0.96, fill=False, edgecolor=GOAL, linewidth=2))
    letters = 8.5 if columns < MANY else 7.5
    ax.set_xticks(range(columns), [_broken(each, lang) for each in data.states], fontsize=letters)
    ax.set_yticks(range(rows), [_wrapped(each, lang, 22) for each in data.packages])
    ax.set_title(data.title[lang])
    ax.grid(visible=False)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def _broken(name: Text, lang: str) -> str:
    """A name in lines short enough for a narrow column."""
    if lang == "en":
        return fill(name.en, 12)
    return "\n".join(name.zh[start : start + 5] for start in range(0, len(name.zh), 5))
