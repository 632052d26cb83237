"""The last third of part 11: forecasting methods on finished series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tuiyan.inputs.panel_scores import PanelScore, read_panel_scores
from tuiyan.reporting import figures_evidence as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

FEW, AHEAD = 4, 3  # years seen and years ahead of the figure of skill


def panel(study: Study) -> tuple[Block, ...]:
    """The section's blocks."""
    heading = Heading("panel", both("report.evidence.panel.heading"), 3)
    return heading, Paragraph(panel_lead(study)), panel_table(study), panel_figure(study)


def panel_lead(study: Study) -> Text:
    """How the default did on the panel, and what that is worth."""
    scores = read_panel_scores(study.scenario.workspace)
    return joined([*against_naive(scores), both("report.evidence.panel.limit", series=scores[0].series)])


def against_naive(scores: Sequence[PanelScore]) -> list[Text]:
    """The default against the best naive method, in one sentence for each number of years seen."""
    said = [both("report.evidence.panel.lead", series=scores[0].series)]
    for points in dict.fromkeys(each.points for each in scores):
        same = [each for each in scores if each.points == points]
        ours = next(each for each in same if each.method == "default")
        best = min((each for each in same if each.naive), key=lambda each: each.crps)
        key = "alike" if ours.skill_low < 0 < ours.skill_high else "better" if ours.skill > 0 else "worse"
        more = sum(each.crps < ours.crps for each in same)
        said.append(
            sentence(
                f"report.evidence.panel.{key}", points=points, ahead=ours.ahead, ours=("number2", ours.crps),
                best=both(f"method.{best.method}"), theirs=("number2", best.crps),
                low=("number2", ours.skill_low), high=("number2", ours.skill_high), more=more,
            )
        )  # fmt: skip
    return said


def panel_table(study: Study) -> Table:
    """T10b: methods on the analogue series."""
    scores = read_panel_scores(study.scenario.workspace)
    seen = list(dict.fromkeys(each.points for each in scores))
    by = {(each.method, each.points): each for each in scores}
    methods = list(dict.fromkeys(each.method for each in scores))
    columns = [Column(both("scores.method"))]
    for points in seen:
        for key in ("crps", "skill", "median_error"):
            unit = both("report.evidence.points", points=points)
            columns.append(Column(both(f"scores.{key}"), "number2", unit))

    def row(method: str) -> tuple[object, ...]:
        cells: list[object] = []
        for points in seen:
            each = by.get((method, points))
            cells += [each.crps, each.skill, each.median_error] if each else [None] * 3
        naive = any(each.naive for each in scores if each.method == method)
        name = both(f"method.{method}")
        return (both("report.evidence.naive", name=name) if naive else name, *cells)

    note = both("report.T10b.note", ahead=scores[0].ahead)
    return Table("T10b", both("report.T10b.caption"), tuple(columns), tuple(map(row, methods)), note, "wide")


def panel_figure(study: Study) -> Figure:
    """F15: skill of each method at the fewest years seen, with intervals."""
    scores = read_panel_scores(study.scenario.workspace)
    mine = [each for each in scores if (each.points, each.ahead) == (FEW, AHEAD)]
    data = [
        figures.Skill(both(f"method.{each.method}"), bool(each.naive), each.skill, each.skill_low, each.skill_high)
        for each in mine
    ]

    def paint(canvas: Any, lang: str) -> None:
        figures.skills(data, lang=lang, ax=canvas.subplots())

    columns = (
        Column(both("scores.method")), Column(both("scores.skill"), "number2"), Column(plain("5%"), "number2"),
        Column(plain("95%"), "number2"),
    )  # fmt: skip
    rows = tuple((each.name, each.value, each.low, each.high) for each in data)
    title = both("report.F15.title", points=FEW, ahead=AHEAD)
    ours = next(each for each in mine if each.method == "default")
    best = max(data, key=lambda each: each.value).name
    alt = sentence("report.F15.alt", skill=("number2", ours.skill), best=best)
    drawn = style.draw(paint, (8.6, 1.0 + 0.32 * len(data)))
    return Figure(
        "F15",
        title,
        alt,
        both("report.F15.note", series=mine[0].series),
        drawn,
        Table("F15-data", title, columns, rows),
    )
