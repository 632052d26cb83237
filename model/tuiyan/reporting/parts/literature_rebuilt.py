"""Published numbers rebuilt with our functions: the table and the figure, and the looks that both figures share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan.equations.accounting import log_rate
from tuiyan.evidence.literature import Rebuilt
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Column, Figure, Table
from tuiyan.reporting.parts import anchors
from tuiyan.reporting.parts.shared import source_line
from tuiyan.reporting.provenance import reference
from tuiyan.reporting.style import FAINT, INK, colour
from tuiyan.reporting.words import joined, plain, sentence, sentences
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tuiyan.inputs.published_inputs import PublishedInputs
    from tuiyan.reporting.study import Study

POINT = "report.unit.points_year"


def name(study: Study, inputs: PublishedInputs) -> Text:
    """The study and which of its numbers it is."""
    who = anchors.cited(study, inputs.source)
    return both("report.T7b.name", who=who, case=inputs.case)


def made_of(inputs: PublishedInputs) -> Text:
    """The inputs of a number in words."""
    values = {key: f"{value:g}" for key, value in inputs.values.items()}
    shares = {key: f"{100 * value:.4g}%" for key, value in inputs.values.items()}
    if inputs.form == "level":
        return both("report.T7b.level", years=inputs.years, **values)
    if inputs.form == "growth":
        own = "report.T7b.growth.on" if "growth_without" in values else "report.T7b.growth"
        over = "report.T7b.growth.over" if inputs.values["built_over"] else "report.T7b.growth.at_once"
        return joined(
            [both(own, **values), both(over, **values)] if "growth_without" in values else [both(own, **values)]
        )
    saving = both("report.T7b.saving.two" if "easy_share" in values else "report.T7b.saving", **shares)
    base = both("report.T7b.labour" if inputs.values["labour_share_switch"] else "report.T7b.all_cost", **shares)
    capital = both("report.T7b.capital", **shares) if "capital_share" in values else Text("", "")
    return both("report.T7b.task", saving=saving, base=base, capital=capital, **shares)


def rebuilt_table(study: Study, found: Sequence[Rebuilt]) -> Table:
    """T7b: each published number against what our functions make of its inputs."""
    columns = (
        Column(both("report.column.who")),
        Column(both("report.column.quantity")),
        Column(both("report.T7b.made_of")),
        Column(both("report.column.grade")),
        Column(both("report.column.span"), "integer"),
        Column(both("report.T7b.published"), "number3"),
        Column(both("report.T7b.yearly")),
        Column(both("report.T7b.rebuilt"), "number3"),
        Column(both("report.T7b.gap"), "number4"),
        Column(both("report.T7b.ours", grade=exposure_grade(study)), "number3"),
        Column(both("report.T7b.over_span"), "number2", plain("%")),
    )
    rows = tuple(
        (
            reference(each.inputs.source, name(study, each.inputs)), both(f"report.quantity.{each.inputs.quantity}"),
            sentences((*_restated(each), made_of(each.inputs), each.inputs.note)),
            both(f"report.grade.{each.inputs.grade}"), each.inputs.years, each.inputs.published,
            both(f"report.T7b.yearly.{each.inputs.yearly}"),
            *((None, None) if each.restated else (each.points, each.gap)), each.ours, each.over_span,
        )
        for quantity in anchors.QUANTITIES
        for each in found
        if each.inputs.quantity == quantity
    )  # fmt: skip
    return Table("T7b", both("report.T7b.caption"), columns, rows, conventions(study, found), "wide")


def _restated(number: Rebuilt) -> list[Text]:
    """The mark of a number that is only restated."""
    return [both("report.T7b.restated")] if number.restated else []


def conventions(study: Study, found: Sequence[Rebuilt]) -> Text:
    """The note of T7b: how totals become numbers a year, and the most that this choice moves."""
    most = max((each for each in found if not each.restated), key=lambda each: each.over_span)
    compounded = 100 * float(np.expm1(log_rate(most.over_span / 100, most.inputs.years)))
    return sentence(
        "report.T7b.note", name=name(study, most.inputs), total=("number1", most.over_span), years=most.inputs.years,
        even=("number2", most.points), compounded=("number2", compounded), grade=exposure_grade(study),
    )  # fmt: skip


def exposure_grade(study: Study) -> Text:
    """The grade of the sectors' exposure, as their table declares it."""
    return both(f"report.grade.{study.scenario.workspace.table_file.sectors['exposure'].grade}")


def rebuilt_figure(study: Study, found: Sequence[Rebuilt]) -> Figure:
    """F7b: TFP of each study as published, rebuilt, and with the sectors of the city; the model beside them."""
    rows = _ranges(study, found)
    model = [each for each in anchors.ours(study) if each.quantity == "tfp"]

    def paint(canvas: Any, lang: str) -> None:
        ax = canvas.subplots()
        for place, (_, *marks) in enumerate(rows):
            for ends, shift, look in zip(marks, (0.26, 0.0, -0.26), _looks(study), strict=True):
                _range(ax, min(ends), max(ends), len(rows) + len(model) - 1 - place + shift, look)
        for place, each in enumerate(model):
            row = len(model) - 1 - place
            tint = colour(each.scenario)
            ax.plot([each.low, each.high], [row, row], color=tint, linewidth=6, alpha=0.35, solid_capstyle="butt")
            ax.plot([each.middle], [row], "D", color=tint, markersize=6)
        labelled(ax, [*(label[lang] for label, *_ in rows), *(each.name[lang] for each in model)])
        ax.set_xlim(left=0)
        ax.set_xlabel(say("report.figure.anchors.axis", lang))
        legend(canvas, [(look, mark(study, key)[lang]) for key, look in zip(MARKS, _looks(study), strict=True)])

    point = both(POINT)
    heads = [
        Column(both(f"report.T7b.{end}", mark=mark(study, key)), "number3", point)
        for key in MARKS
        for end in ("low", "high")
    ]
    data = [(label, *(edge(ends) for ends in marks for edge in (min, max))) for label, *marks in rows]
    data += [(each.name, None, None, None, None, each.low, each.high) for each in model]
    title = both("report.F7b.title")
    table = Table("F7b-data", title, (Column(both("report.column.who")), *heads), tuple(data))
    widest = max(rows, key=lambda row: max(row[1]))
    alt = sentence(
        "report.F7b.alt", name=widest[0], published=("number2", max(widest[1])), ours=("number2", max(widest[3])),
        mark=mark(study, "ours"),
    )  # fmt: skip
    caption = joined([both("report.F7b.note"), source_line(study, "real")])
    return Figure("F7b", title, alt, caption, style.draw(paint, (9.2, 4.6)), table)


def _ranges(study: Study, found: Sequence[Rebuilt]) -> list[tuple[Text, list[float], list[float], list[float]]]:
    """Of each study the estimates as published, rebuilt, and with the sectors of the city, which makes a row."""
    groups: dict[str, list[Rebuilt]] = {}
    for each in found:
        if each.ours is not None and each.inputs.projection:
            groups.setdefault(each.inputs.projection, []).append(each)
    rows = []
    for group in groups.values():
        label = name(study, group[0].inputs) if len(group) == 1 else anchors.cited(study, group[0].inputs.source)
        ours = [each.ours for each in group if each.ours is not None]
        rows.append((label, [each.inputs.published for each in group], [each.points for each in group], ours))
    return rows


MARKS = ("published", "rebuilt", "ours")


def mark(study: Study, key: str) -> Text:
    """What one of the three marks is."""
    return both(f"report.T7b.{key}", grade=exposure_grade(study))


def _looks(study: Study) -> tuple[dict[str, Any], ...]:
    """Colour and marker of what is published, rebuilt, and rebuilt with our sectors."""
    kinds = ((FAINT, "D"), (INK, "o"), (colour(study.scenario.id), "s"))
    return tuple({"color": tint, "marker": marker} for tint, marker in kinds)


def _range(ax: Axes, low: float, high: float, row: float, look: dict[str, Any]) -> None:
    ax.plot([low, high], [row, row], linewidth=2.4, markersize=5, solid_capstyle="butt", **look)


def labelled(ax: Axes, labels: Sequence[str]) -> None:
    """One label a row, from the top."""
    ax.set_yticks(range(len(labels)), list(reversed(labels)))
    ax.set_ylim(-0.7, len(labels) - 0.3)
    ax.grid(visible=False, axis="y")


def legend(canvas: Any, marks: Sequence[tuple[dict[str, Any], str]]) -> None:
    """One line of keys below the figure."""
    from matplotlib.lines import Line2D

    lines = [Line2D([], [], linewidth=2.4, markersize=5, label=label, **look) for look, label in marks]
    canvas.legend(handles=lines, loc="outside lower center", ncols=len(lines))
