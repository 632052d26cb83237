"""Legends and marks that figures share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuiyan.reporting.style import BAND, FAINT, INK, colour
from tuiyan.wording import Text, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def mark_base(ax: Axes, year: int, height: float, text: str) -> None:
    """Mark the base figure and say whose it is."""
    ax.plot([year], [height], "o", color=INK, markersize=5, clip_on=False, zorder=5)
    look: dict[str, Any] = {"textcoords": "offset points", "ha": "left", "va": "top", "fontsize": 8.5}
    ax.annotate(text, (year, height), (7, -22), color=INK, arrowprops={"arrowstyle": "-", "color": FAINT}, **look)


def legend_of_bands(figure: Any, scenario: str, lang: str) -> None:
    """A legend under small multiples: the median and the two bands."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    tint = colour(scenario)
    marks = [
        Line2D([], [], color=tint, label=say("report.figure.middle", lang)),
        Patch(facecolor=tint, alpha=0.5, label=say("report.figure.band50", lang)),
        Patch(facecolor=tint, alpha=0.18, label=say("report.figure.band90", lang)),
        Patch(facecolor=BAND, label=say("report.figure.scenario_band_legend", lang)),
    ]
    figure.legend(handles=marks, loc="outside lower center", ncols=4)


def legend_of_counts(figure: Any, scenario: str, lang: str) -> None:
    """A legend under the bars: draws that reach the goal, and those that do not."""
    from matplotlib.patches import Patch

    tint = colour(scenario)
    marks = [
        Patch(facecolor=tint, edgecolor=tint, label=say("report.figure.met", lang)),
        Patch(facecolor="white", edgecolor=tint, hatch="////", label=say("report.figure.missed", lang)),
    ]
    figure.legend(handles=marks, loc="outside lower center", ncols=2)


def legend_of_marks(ax: Axes, scenarios: tuple[str, str], titles: tuple[Text, Text], lang: str) -> None:
    """The marks of the adoption chart: each scenario by its name, and the start."""
    from matplotlib.lines import Line2D

    marks = [
        Line2D([], [], color=colour(each), marker=marker, label=say("report.figure.in_2020", lang, title=title[lang]))
        for each, title, marker in zip(scenarios, titles, "os", strict=True)
    ]
    if scenarios[0] == scenarios[1]:
        marks.pop()
    start = say("report.figure.start_2017", lang)
    marks.append(Line2D([], [], color=INK, marker="|", linestyle="none", markersize=11, label=start))
    ax.get_figure(root=True).legend(handles=marks, loc="outside lower center", ncols=3)  # type: ignore[union-attr]
