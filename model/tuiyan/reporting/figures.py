"""The figures of the report: each is ``f(data, *, lang, ax=None) -> Axes`` and changes no global setting.

The data are small frozen records of numbers in the model's own units (亿元, fractions); an English figure divides by
the same factors as the tables do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.reporting.legends import legend_of_marks
from tuiyan.reporting.numbers import inline
from tuiyan.reporting.style import BAND, FAINT, GOAL, INK, axes_of, colour, dashes
from tuiyan.wording import Text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
DEADLINE = 2020
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles of one variable over years: `quantiles` is (5, year) at `LEVELS`."""

    scenario: str
    title: Text
    years: tuple[int, ...]
    quantiles: Array

    def until(self, year: int) -> Fan:
        """The same fan, cut after `year`."""
        keep = [place for place, each in enumerate(self.years) if each <= year]
        return Fan(self.scenario, self.title, tuple(self.years[k] for k in keep), self.quantiles[:, keep])


@dataclass(frozen=True, slots=True)
class Spread:
    """One row of a range chart: median and the 5 and 95 % quantiles (`low`, `high`), or a published range."""

    name: Text
    low: float
    middle: float | None
    high: float
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The share of draws at each whole number, and the number the goal asks for."""

    title: Text
    values: Array
    shares: Array
    goal: float
    scenario: str


def fan(
    data: Fan,
    *,
    lang: str,
    ax: Axes | None = None,
    factor: float = 1.0,
    goal: float | None = None,
    other: Fan | None = None,
) -> Axes:
    """Median, 50 % and 90 % bands; the goal line with its label; years after 2020 marked as a scenario band.

    Parameters
    ----------
    factor
        From the stored unit to the axis: 0.1 for 亿元 shown as CNY bn, 100 for a fraction shown in per cent.
    goal
        The goal value in the stored unit (亿元), or None.
    other
        A second scenario, drawn as its median alone.
    """
    ax = axes_of(ax)
    mark_scenario_band(ax, data.years, lang=lang)
    bands(ax, data, factor, lang)
    for each in (data, other):
        if each is not None:
            label = say("report.figure.median", lang, name=each.title[lang])
            look: dict[str, Any] = {"color": colour(each.scenario), "linestyle": dashes(each.scenario)}
            ax.plot(each.years, each.quantiles[2] * factor, label=label, **look)
    if goal is not None:
        goal_line(ax, data.years, goal * factor, say("report.figure.goal", lang, value=inline(goal, "money", lang)))
    ax.set_xlim(data.years[0], data.years[-1])
    ax.set_ylim(bottom=0)
    thousands(ax)
    year_ticks(ax, data.years)
    return ax


def bands(ax: Axes, data: Fan, factor: float, lang: str) -> None:
    """The 90 % and the 50 % band."""
    low, lower, _, upper, high = data.quantiles * factor
    for key, bottom, top, alpha in (("band90", low, high, 0.18), ("band50", lower, upper, 0.38)):
        look: dict[str, Any] = {"color": colour(data.scenario), "alpha": alpha, "linewidth": 0}
        ax.fill_between(data.years, bottom, top, label=say(f"report.figure.{key}", lang), **look)


def goal_line(ax: Axes, years: Sequence[int], height: float, text: str) -> None:
    """The goal with its label: above the line on a short span; below it, clear of the bands, on a long one."""
    ax.axhline(height, color=GOAL, linewidth=1.3, linestyle=(0, (6, 2, 1, 2)))
    here, shift, side, edge = (years[0], 4, "left", "bottom") if near(years) else (years[-1], -4, "right", "top")
    place: dict[str, Any] = {"textcoords": "offset points", "ha": side, "va": edge}
    ax.annotate(text, (here, height), (shift, shift), color=GOAL, fontsize=9, **place)


def mark_scenario_band(ax: Axes, years: Sequence[int], *, lang: str, label: bool = True) -> None:
    """Grey the years after the policy horizon and say what their bands are."""
    if years[-1] <= DEADLINE:
        return
    ax.axvspan(DEADLINE, years[-1], facecolor=BAND, edgecolor="none", zorder=0)
    ax.axvline(DEADLINE, color=FAINT, linewidth=0.9, linestyle=":")
    if label:
        text = say("report.figure.scenario_band", lang)
        ax.annotate(
            text,
            (DEADLINE, 1),
            (5, -4),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            va="top",
            fontsize=8.5,
            color=FAINT,
        )


def near(years: Sequence[int]) -> bool:
    """Whether a span of years is short enough to show each of them."""
    return years[-1] - years[0] <= 5


def thousands(ax: Axes) -> None:
    """Group the digits of the amounts on the vertical axis."""
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def year_ticks(ax: Axes, years: Sequence[int]) -> None:
    """Whole years on the axis: all of a short span; 2017, 2020, 2025, 2030 and on of a long one."""
    ticks = list(years) if near(years) else [years[0], *(y for y in years if y % 5 == 0)]
    ax.set_xticks(ticks)


def small_multiples(data: Sequence[Fan], *, lang: str, axes: Sequence[Axes], factor: float = 1.0) -> Sequence[Axes]:
    """One small fan for each segment, on one common scale so that sizes compare."""
    top = max(float(each.quantiles[-1].max()) for each in data) * factor
    for ax, each in zip(axes, data, strict=True):
        mark_scenario_band(ax, each.years, lang=lang, label=False)
        bands(ax, each, factor, lang)
        ax.plot(each.years, each.quantiles[2] * factor, color=colour(each.scenario))
        ax.set_title(fill(each.title[lang], 30) if lang == "en" else each.title[lang], fontsize=9.5)
        ax.set_xlim(each.years[0], each.years[-1])
        ax.set_ylim(0, top * 1.03)
        thousands(ax)
        year_ticks(ax, each.years)
    return axes


def adoption(
    data: Sequence[tuple[Spread, Spread, float]], titles: tuple[Text, Text], *, lang: str, ax: Axes | None = None
) -> Axes:
    """Adoption by sector in 2020: scenario and parent with their 90 % ranges, and the start of 2017.

    Each row of `data` is (scenario, parent, median of 2017), fractions of the exposed tasks; `titles` names the two.
    """
    ax = axes_of(ax)
    alone = data[0][0].scenario == data[0][1].scenario
    for place, (here, parent, start) in enumerate(data):
        row = len(data) - 1 - place
        for spread, shift, marker in ((here, 0.0 if alone else 0.16, "o"), (parent, -0.16, "s"))[: 2 - alone]:
            tint = colour(spread.scenario)
            look: dict[str, Any] = {"color": tint, "linewidth": 2.2, "alpha": 0.55, "solid_capstyle": "butt"}
            ax.plot([spread.low * 100, spread.high * 100], [row + shift] * 2, **look)
            ax.plot([100 * (spread.middle or 0.0)], [row + shift], marker, color=tint, markersize=5)
        ax.plot([start * 100], [row], "|", color=INK, markersize=13, markeredgewidth=1.8)
    ax.set_yticks(range(len(data)), [here.name[lang] for here, _, _ in reversed(data)])
    ax.set_xlim(left=0)
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(say("report.figure.adoption.axis", lang))
    legend_of_marks(ax, (data[0][0].scenario, data[0][1].scenario), titles, lang)
    return ax


def measured(true: Fan, seen: Fan, *, lang: str, ax: Axes | None = None) -> Axes:
    """City productivity since 2017, true against measured, in per cent; to 2025 only (economics.md, equation 12)."""
    ax = axes_of(ax)
    styles = ((true, "-", 0.2, None), (seen, (0, (4, 2)), 0.0, "////"))
    for data, line, alpha, hatch in styles:
        low, _, middle, _, high = data.quantiles * 100
        band = say("report.figure.band_of", lang, name=data.title[lang])
        tint = colour(data.scenario) if hatch is None else FAINT
        ax.fill_between(
            data.years,
            low,
            high,
            facecolor=(tint if hatch is None else "none"),
            edgecolor=tint,
            hatch=hatch,
            alpha=alpha or 0.35,
            linewidth=0 if hatch is None else 0.4,
            label=band,
        )
        name = say("report.figure.median", lang, name=data.title[lang])
        ax.plot(data.years, middle, color=tint if hatch is None else INK, linestyle=line, label=name)
    ax.axhline(0, color=INK, linewidth=0.8)
    mark_scenario_band(ax, true.years, lang=lang)
    ax.set_xlim(true.years[0], true.years[-1])
    ax.set_xticks(list(true.years))
    ax.set_ylabel(say("report.figure.measured.axis", lang))
    ax.legend(loc="upper left", bbox_to_anchor=(0, 0.93))
    return ax


def anchors(data: Sequence[Spread], *, lang: str, ax: Axes | None = None) -> Axes:
    """Published projections and ours in one unit: points of growth a year. A point estimate is a dot, a range a bar."""
    ax = axes_of(ax)
    for place, spread in enumerate(data):
        row = len(data) - 1 - place
        tint = colour(spread.scenario) if spread.scenario else FAINT
        ax.plot([spread.low, spread.high], [row, row], color=tint, linewidth=6, solid_capstyle="butt", alpha=0.6)
        dot = spread.middle if spread.middle is not None else (spread.low if spread.low == spread.high else None)
        if dot is not None:
            ax.plot([dot], [row], "D", color=tint, markersize=6)
    ax.set_yticks(range(len(data)), [each.name[lang] for each in reversed(data)])
    ax.set_ylim(-0.7, len(data) - 0.3)
    ax.grid(visible=False, axis="y")
    return ax


def counts(data: Counts, *, lang: str, ax: Axes | None = None) -> Axes:
    """Bars of a count's distribution: those that reach the goal are full, the others hatched; the goal is a line."""
    ax = axes_of(ax)
    tint = colour(data.scenario)
    met = data.values >= data.goal
    width = 0.86 * float(np.min(np.diff(data.values))) if data.values.size > 1 else 0.86
    ax.bar(data.values[met], 100 * data.shares[met], width, color=tint, edgecolor=tint, linewidth=0.5)
    ax.bar(
        data.values[~met], 100 * data.shares[~met], width, color="white", edgecolor=tint, hatch="////", linewidth=0.8
    )
    ax.axvline(data.goal - width * 0.58, color=GOAL, linewidth=1.3, linestyle=(0, (6, 2, 1, 2)))
    ax.set_title(data.title[lang])
    ax.locator_params(axis="x", integer=True)
    ax.annotate(
        say("report.figure.count_goal", lang, value=int(data.goal)),
        (data.goal - width * 0.58, 1),
        (3, -2),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="top",
        color=GOAL,
        fontsize=9,
    )
    ax.grid(visible=False, axis="x")
    ax.margins(y=0.18)
    return ax
