"""The figures of what was learned and of how forecasts did.

Each is ``f(data, *, lang, ax=None) -> Axes``, as in `figures`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from textwrap import fill
from typing import TYPE_CHECKING, Any

from tuiyan.reporting.figures import thousands
from tuiyan.reporting.style import FAINT, GOAL, INK, PALETTE, axes_of
from tuiyan.wording import Text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, GREY = PALETTE[0], "#b9c0c9"
WIDTH = 34  # letters of an English name on one line
TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # of a log axis of scores
MARKS = "os^Dv<>pP*hX"


@dataclass(frozen=True, slots=True)
class Moved:
    """One input: 5, 50 and 95 % before and after, in standard deviations of the prior from its median."""

    name: Text
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Interval:
    """A forecast of one year: 5, 50 and 95 %."""

    year: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Origin:
    """What was known and what was forecast on one day; bounds are figures told as more than."""

    title: Text
    known: tuple[tuple[int, float], ...]
    later: tuple[tuple[int, float], ...]
    bounds: tuple[tuple[int, float], ...]
    forecasts: dict[str, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Skill:
    """One method: its skill and the 90 % interval of it."""

    name: Text
    naive: bool
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Course:
    """Mean scores of one method at each number of years ahead; the lower, the better."""

    name: Text
    naive: bool
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reliable:
    """One method: what its central intervals claim and held, and the outcomes in each fifth of its forecasts."""

    name: Text
    naive: bool
    levels: tuple[float, ...]
    coverage: tuple[float, ...]
    histogram: tuple[int, ...]


def moved(data: Sequence[Moved], *, lang: str, ax: Axes | None = None) -> Axes:
    """Prior and posterior intervals of each input, one above the other."""
    ax = axes_of(ax)
    for place, each in enumerate(reversed(data)):
        for shift, tint, three, key in ((0.16, GREY, each.prior, "prior"), (-0.16, BLUE, each.posterior, "posterior")):
            low, middle, high = three
            label = say(f"report.evidence.{key}", lang) if place == 0 else None
            ax.plot([low, high], [place + shift] * 2, color=tint, linewidth=5, solid_capstyle="butt", label=label)
            ax.plot([middle], [place + shift], "|", color=INK, markersize=9, markeredgewidth=1.6)
    ax.set_yticks(range(len(data)), [_wrapped(each.name, lang) for each in reversed(data)])
    ax.set_ylim(-0.6, len(data) - 0.4)
    ax.set_xlabel(say("report.evidence.axis", lang))
    ax.grid(visible=False, axis="y")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


def vintage(data: Origin, *, lang: str, factor: float = 1.0, ax: Axes | None = None) -> Axes:
    """Forecast intervals of one origin, the figures known then, and those published later."""
    from matplotlib.ticker import MultipleLocator

    ax = axes_of(ax)
    looks: dict[str, dict[str, Any]] = {
        "model": {"color": GREY, "shift": -0.24, "marker": "s"},
        "learned": {"color": BLUE, "shift": 0.0, "marker": "o"},
        "pool": {"color": PALETTE[2], "shift": -0.12, "marker": "v"},
        "no_change": {"color": PALETTE[1], "shift": 0.14, "marker": "D"},
    }
    for method, intervals in data.forecasts.items():
        look = looks[method]
        for place, each in enumerate(intervals):
            label = say(f"method.{method}", lang) if place == 0 else None
            x, tint = each.year + look["shift"], look["color"]
            ax.plot([x, x], [each.low * factor, each.high * factor], color=tint, linewidth=3, solid_capstyle="butt")
            ax.plot([x], [each.middle * factor], look["marker"], color=tint, markersize=5, label=label)
    for points, key, mark in (
        (data.known, "known", {"marker": "o", "color": INK}),
        (data.later, "later", {"marker": "o", "markerfacecolor": "white", "markeredgecolor": GOAL, "color": GOAL}),
        (data.bounds, "bound", {"marker": "^", "markerfacecolor": "white", "markeredgecolor": GOAL, "color": GOAL}),
    ):
        if points:
            years, values = zip(*points, strict=True)
            look_: dict[str, Any] = {"linestyle": "none", "markersize": 6, **mark}
            ax.plot(years, [v * factor for v in values], label=say(f"report.evidence.{key}", lang), zorder=4, **look_)
    ax.set_title(data.title[lang])
    thousands(ax)
    told = [year for year, _ in (*data.known, *data.later, *data.bounds)]
    ax.update_datalim([(min(told) - 0.5, 0.0), (max(told) + 0.5, 0.0)])  # a single year has a whole year's room
    ax.xaxis.set_major_locator(MultipleLocator(1))
    ax.margins(x=0.02)
    return ax


def skills(data: Sequence[Skill], *, lang: str, ax: Axes | None = None, floor: float = -math.inf) -> Axes:
    """Skill of each method over the best naive one; naive methods are hollow, and what lies below `floor` an arrow."""
    ax = axes_of(ax)
    for place, each in enumerate(reversed(data)):
        tint = FAINT if each.naive else BLUE
        ax.plot(
            [max(each.low, floor), max(each.high, floor)],
            [place, place],
            color=tint,
            linewidth=2,
            solid_capstyle="butt",
        )
        face = "white" if each.naive else tint
        mark = "<" if each.value < floor else "o"
        ax.plot([max(each.value, floor)], [place], mark, color=tint, markerfacecolor=face, markersize=6)
    ax.axvline(0, color=GOAL, linewidth=1.2, linestyle=(0, (6, 2, 1, 2)))
    ax.set_yticks(range(len(data)), [each.name[lang] for each in reversed(data)])
    ax.set_xlabel(say("report.evidence.skill_axis", lang))
    ax.grid(visible=False, axis="y")
    return ax


def courses(data: Sequence[Course], ahead: Sequence[int], *, lang: str, ax: Axes | None = None) -> Axes:
    """Mean score by years ahead on a log axis, one line a method: the first thick, naive ones dashed and hollow."""
    ax = axes_of(ax)
    colours = cycle(PALETTE)
    for place, each in enumerate(data):
        look: dict[str, Any] = {"linewidth": 1.4, "markersize": 5, "marker": MARKS[place % len(MARKS)]}
        if each.naive:
            look |= {"color": INK, "linestyle": "--", "linewidth": 1.0, "markerfacecolor": "white"}
        else:
            look |= {"color": next(colours)}
        if place == 0:
            look |= {"linewidth": 3.2, "zorder": 3}
        ax.plot(ahead, each.scores, label=each.name[lang], **look)
    ax.set_yscale("log")
    ax.set_yticks(TICKS, [f"{tick:g}" for tick in TICKS])
    ax.minorticks_off()
    found = [score for each in data for score in each.scores]
    ax.set_ylim(0.85 * min(found), 1.18 * max(found))
    ax.set_xticks(ahead)
    ax.margins(x=0.08)
    return ax


def reliability(data: Sequence[Reliable], *, lang: str, ax: Axes | None = None) -> Axes:
    """What central intervals claim against the share of outcomes they held; the diagonal is a calibrated method."""
    ax = axes_of(ax)
    ideal = say("report.tested.calibrated", lang)
    ax.plot([0, 1], [0, 1], color=GOAL, linewidth=1.2, linestyle=(0, (6, 2, 1, 2)), label=ideal)
    for each in data:
        look: dict[str, Any] = {"color": BLUE, "marker": "o"}
        if each.naive:
            look = {"color": INK, "marker": "s", "markerfacecolor": "white", "linestyle": "--", "linewidth": 1.0}
        ax.plot(each.levels, each.coverage, markersize=5, label=each.name[lang], **look)
    shares = [place / 5 for place in range(6)]
    percents = [f"{share:.0%}" for share in shares]
    ax.set_xticks(shares, percents)
    ax.set_yticks(shares, percents)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.03)
    ax.set_xlabel(say("report.tested.axis.claimed", lang))
    ax.set_ylabel(say("report.tested.axis.held", lang))
    return ax


def transforms(data: Sequence[Reliable], *, lang: str, ax: Axes | None = None) -> Axes:
    """Outcomes in each fifth of the forecasts, methods side by side; the line is a calibrated method."""
    ax = axes_of(ax)
    bins = len(data[0].histogram)
    width = 0.8 / len(data)
    for place, each in enumerate(data):
        shift = (place - (len(data) - 1) / 2) * width
        look: dict[str, Any] = {"facecolor": BLUE, "edgecolor": BLUE}
        if each.naive:
            look = {"facecolor": "white", "edgecolor": INK, "hatch": "////", "linewidth": 0.8}
        ax.bar([bin_ + shift for bin_ in range(bins)], each.histogram, width, label=each.name[lang], **look)
    ax.axhline(sum(data[0].histogram) / bins, color=GOAL, linewidth=1.2, linestyle=(0, (6, 2, 1, 2)))
    ax.set_xticks(range(bins), [fifth(bin_, bins) for bin_ in range(bins)])
    ax.set_xlabel(say("report.tested.axis.pit", lang))
    ax.set_ylabel(say("report.tested.axis.outcomes", lang))
    ax.grid(visible=False, axis="x")
    return ax


def fifth(place: int, bins: int) -> str:
    """From where to where an equal part of 0 to 1 goes.

    Examples
    --------
    >>> fifth(3, 5)
    '0.6–0.8'
    """
    return f"{place / bins:g}–{(place + 1) / bins:g}"


def _wrapped(name: Text, lang: str) -> str:
    return fill(name.en, WIDTH) if lang == "en" else name.zh
