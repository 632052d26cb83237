"""Beside the literature: published numbers rebuilt with our functions, and what each would need in our formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tuiyan.evidence.literature import Need, Rebuilt, mean_saving, needs, own_rise, own_saving, rebuilt
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Paragraph, Table
from tuiyan.reporting.parts import anchors
from tuiyan.reporting.parts.shared import source_line
from tuiyan.reporting.style import BASELINE, FAINT, GOAL, INK, colour
from tuiyan.reporting.words import joined, plain, sentence, sentences
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tuiyan.inputs.published_inputs import PublishedInputs
    from tuiyan.reporting.study import Study

POINT = "report.unit.points_year"
TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks; they stand after the published numbers as they are."""
    found, wanted = rebuilt(study.scenario.workspace), needs(study.projection)
    return (
        Paragraph(summary(found, wanted)),
        rebuilt_figure(study, found),
        rebuilt_table(study, found),
        needs_figure(study, wanted),
        needs_table(study, wanted),
    )


def name(study: Study, inputs: PublishedInputs) -> Text:
    """The study and which of its numbers it is."""
    who = anchors.cited(study, inputs.source)
    return both("report.T7b.name", who=who, case=inputs.case)


def summary(found: Sequence[Rebuilt], wanted: Sequence[Need]) -> Text:
    """How well the published numbers are rebuilt, and how many need more than there is."""
    tasks = [each for each in found if each.ours is not None]
    gap = max(abs(each.gap) for each in tasks)
    beyond = sum(each.beyond for each in wanted)
    alone = sum(not each.reached_by for each in wanted)
    first = sentence("report.T7b.lead", count=len(tasks), gap=("number4", gap))
    return joined([first, both("report.T7c.lead", count=len(wanted), beyond=beyond, alone=alone)])


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
        Column(both("report.T7b.rebuilt"), "number3"),
        Column(both("report.T7b.gap"), "number4"),
        Column(both("report.T7b.ours"), "number3"),
        Column(both("report.T7b.over_span"), "number2", plain("%")),
    )
    rows = tuple(
        (
            name(study, each.inputs), both(f"report.quantity.{each.inputs.quantity}"),
            sentences((made_of(each.inputs), each.inputs.note)), both(f"report.grade.{each.inputs.grade}"),
            each.inputs.years, each.inputs.published, each.points, each.gap, each.ours, each.over_span,
        )
        for quantity in anchors.QUANTITIES
        for each in found
        if each.inputs.quantity == quantity
    )  # fmt: skip
    return Table("T7b", both("report.T7b.caption"), columns, rows, both("report.T7b.note"), "wide")


def rebuilt_figure(study: Study, found: Sequence[Rebuilt]) -> Figure:
    """F7b: TFP of each study as published, rebuilt, and with the sectors of the city; the model beside them."""
    groups: dict[str, list[Rebuilt]] = {}
    for each in found:
        if each.ours is not None and each.inputs.projection:
            groups.setdefault(each.inputs.projection, []).append(each)
    rows = []
    for group in groups.values():
        label = name(study, group[0].inputs) if len(group) == 1 else anchors.cited(study, group[0].inputs.source)
        ours = [each.ours for each in group if each.ours is not None]
        rows.append((label, [each.inputs.published for each in group], [each.points for each in group], ours))
    model = [each for each in anchors.ours(study) if each.quantity == "tfp"]

    def paint(canvas: Any, lang: str) -> None:
        ax = canvas.subplots()
        for place, (_, *marks) in enumerate(rows):
            for ends, shift, look in zip(marks, (0.26, 0.0, -0.26), _looks(study), strict=True):
                _range(ax, min(ends), max(ends), len(rows) + len(model) - 1 - place + shift, look)
        for place, each in enumerate(model):
            row = len(model) - 1 - place
            ax.plot([each.low, each.high], [row, row], color=colour(each.scenario), linewidth=6, alpha=0.35)
            ax.plot([each.middle], [row], "D", color=colour(each.scenario), markersize=6)
        _labelled(ax, [*(label[lang] for label, *_ in rows), *(each.name[lang] for each in model)])
        ax.set_xlim(left=0)
        ax.set_xlabel(say("report.figure.anchors.axis", lang))
        _legend(
            canvas, [(look, say(f"report.T7b.{key}", lang)) for key, look in zip(MARKS, _looks(study), strict=True)]
        )

    point = both(POINT)
    heads = [Column(both(f"report.T7b.{key}_{end}"), "number3", point) for key in MARKS for end in ("low", "high")]
    data = [(label, *(edge(ends) for ends in marks for edge in (min, max))) for label, *marks in rows]
    data += [(each.name, None, None, None, None, each.low, each.high) for each in model]
    title = both("report.F7b.title")
    table = Table("F7b-data", title, (Column(both("report.column.who")), *heads), tuple(data))
    widest = max(rows, key=lambda row: max(row[1]))
    alt = sentence(
        "report.F7b.alt", name=widest[0], published=("number2", max(widest[1])), ours=("number2", max(widest[3]))
    )  # fmt: skip
    caption = joined([both("report.F7b.note"), source_line(study, "real")])
    return Figure("F7b", title, alt, caption, style.draw(paint, (9.2, 4.6)), table)


MARKS = ("published", "rebuilt", "ours")


def _looks(study: Study) -> tuple[dict[str, Any], ...]:
    """Colour and marker of what is published, rebuilt, and rebuilt with our sectors."""
    kinds = ((FAINT, "D"), (INK, "o"), (colour(study.scenario.id), "s"))
    return tuple({"color": tint, "marker": marker} for tint, marker in kinds)


def _range(ax: Axes, low: float, high: float, row: float, look: dict[str, Any]) -> None:
    ax.plot([low, high], [row, row], linewidth=2.4, markersize=5, **look)


def _labelled(ax: Axes, labels: Sequence[str]) -> None:
    """One label a row, from the top."""
    ax.set_yticks(range(len(labels)), list(reversed(labels)))
    ax.set_ylim(-0.7, len(labels) - 0.3)
    ax.grid(visible=False, axis="y")


def _legend(canvas: Any, marks: Sequence[tuple[dict[str, Any], str]]) -> None:
    from matplotlib.lines import Line2D

    lines = [Line2D([], [], linewidth=2.4, markersize=5, label=label, **look) for look, label in marks]
    canvas.legend(handles=lines, loc="outside lower center", ncols=len(lines))


def needs_figure(study: Study, wanted: Sequence[Need]) -> Figure:
    """F7c: the rise of adoption that each number needs, beside all exposed tasks and beside the model's own rise."""
    low, middle, high = own_rise(study.projection)
    looks = ({"color": INK, "marker": "o"}, {"color": GOAL, "marker": "v", "linestyle": "none"})

    def paint(canvas: Any, lang: str) -> None:
        ax = canvas.subplots()
        for place, each in enumerate(wanted):
            row = len(wanted) - 1 - place
            ends = [part.value for part in each.rise]
            ax.plot([ends[0], ends[2]], [row + 0.14] * 2, color=INK, linewidth=2.4, alpha=0.45)
            ax.plot([ends[1]], [row + 0.14], markersize=5, **looks[0])
            ax.plot([each.by_deadline[1].value], [row - 0.2], markersize=6, **looks[1])
        _labelled(ax, [_quantified(study, each)[lang] for each in wanted])
        ax.axvspan(low.value, high.value, facecolor=colour(study.scenario.id), alpha=0.2, linewidth=0)
        ax.axvline(middle.value, color=colour(study.scenario.id), linewidth=1.3)
        ax.axvline(1.0, color=BASELINE, linewidth=1.3, linestyle="--")
        _in_percent(ax, wanted)
        for key, edge in (("ours", middle.value), ("all", 1.0)):
            text = say(f"report.F7c.{key}", lang)
            ax.annotate(
                text, (edge, 1), (3, 3), xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=8.5
            )
        ax.set_xlabel(say("report.F7c.axis", lang))
        _legend(
            canvas,
            [(look, say(f"report.F7c.{key}", lang)) for key, look in zip(("span", "deadline"), looks, strict=True)],
        )

    heads = [both("report.T7c.rise_at", level=f"{level}%") for level in (5, 50, 95)]
    heads.append(both("report.T7c.by_deadline"))
    columns = (Column(both("report.column.who")), *(Column(head, "percent1", plain("%")) for head in heads))
    rows = tuple((_quantified(study, each), *each.rise, each.by_deadline[1]) for each in wanted)
    title = both("report.F7c.title")
    most = max(wanted, key=lambda each: each.rise[1].value)
    alt = sentence("report.F7c.alt", name=name(study, most.inputs), rise=("percent", most.rise[1].value))
    caption = joined([both("report.F7c.note"), source_line(study, "share")])
    table = Table("F7c-data", title, columns, rows)
    return Figure("F7c", title, alt, caption, style.draw(paint, (9.2, 5.6)), table)


def _in_percent(ax: Axes, wanted: Sequence[Need]) -> None:
    """A logarithmic axis that reads in percent of the exposed tasks."""
    from matplotlib.ticker import NullFormatter

    values = [part.value for each in wanted for part in (*each.rise, each.by_deadline[1])]
    ax.set_xscale("log")
    ax.set_xlim(0.8 * min(values), 1.25 * max(values))
    ax.set_xticks([tick for tick in TICKS if min(values) <= tick <= max(values)])
    ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:g}%")
    ax.xaxis.set_minor_formatter(NullFormatter())


def _quantified(study: Study, need: Need) -> Text:
    """The name of a number with its quantity: what is compared is no longer TFP alone."""
    return both(
        "report.F7c.label", name=name(study, need.inputs), quantity=both(f"report.quantity.{need.inputs.quantity}")
    )


def needs_table(study: Study, wanted: Sequence[Need]) -> Table:
    """T7c: what exposure and adoption each number needs in our formula, and who has as much."""
    columns = (
        Column(both("report.column.who")),
        Column(both("report.column.quantity")),
        Column(both("report.T7c.points"), "number3"),
        Column(both("report.column.span"), "integer"),
        Column(both("report.T7c.tfp"), "number2"),
        Column(both("report.T7c.product"), "number2"),
        Column(both("report.T7c.rise"), "percent1", plain("%")),
        Column(both("report.T7c.between")),
        Column(both("report.T7c.by_deadline"), "percent1", plain("%")),
        Column(both("report.T7c.enough")),
        Column(both("report.T7c.support")),
    )
    rows = tuple(
        (
            name(study, each.inputs), both(f"report.quantity.{each.inputs.quantity}"), each.inputs.published,
            each.inputs.years, each.tfp, each.product, each.rise[1],
            sentence("report.T7c.range", low=("percent", each.rise[0]), high=("percent", each.rise[2])),
            each.by_deadline[1], enough(each), support(study, each),
        )
        for quantity in anchors.QUANTITIES
        for each in wanted
        if each.inputs.quantity == quantity
    )  # fmt: skip
    low, middle, high = own_rise(study.projection)
    savings = [mean_saving(each.inputs.values) for each in wanted if each.inputs.form == "task"]
    note = sentence(
        "report.T7c.note", low=("points1", low), middle=("points1", middle), high=("points1", high),
        own=("percent", own_saving(study.projection)), least=("percent", min(savings)), most=("percent", max(savings)),
    )  # fmt: skip
    return Table("T7c", both("report.T7c.caption"), columns, rows, note, "wide")


def enough(need: Need) -> Text:
    """Whether the exposed tasks suffice, over the number's own span and by the deadline."""
    if need.product.value > 1:
        return both("report.T7c.beyond.tasks")
    if need.beyond:
        return both("report.T7c.beyond.both" if need.beyond_by_deadline else "report.T7c.beyond")
    return both("report.T7c.within")


def support(study: Study, need: Need) -> Text:
    """The study whose exposure and adoption just have that pace."""
    if not need.reached_by:
        return both("report.T7c.nobody")
    least = min(need.reached_by, key=lambda each: each.values["exposure"] * each.values["adoption"] / each.years)
    return name(study, least)
