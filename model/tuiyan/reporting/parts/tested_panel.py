"""The part of the page of the notebook `backtest` on finished series: the skill of methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from tuiyan.evidence.cases import Backtest
from tuiyan.evidence.skill import SkillRow
from tuiyan.inputs.analogues import read_analogues
from tuiyan.inputs.panel_scores import PanelScore
from tuiyan.reporting import figures_evidence as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.tested import DECIMALS
from tuiyan.reporting.words import joined, listed, sentence, sentences
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.reporting.tested import Backtested

OURS = "default"
FLOOR = -2.0  # of the axis of skill
SKILL = ("scores.skill", "report.tested.panel.low", "report.tested.panel.high")
SCORED = ("scores.crps", *SKILL, "scores.median_error", "scores.largest_error")


def blocks(view: Backtested) -> tuple[Block, ...]:
    """Skill at each number of years seen, and scores by years ahead."""
    found, line = view.series, source(view)
    names = (each.name for each in read_analogues(view.scenario.workspace) if each.id in found.series)
    seen, ahead = found.origins, found.horizons
    lead = both(
        "report.tested.panel.lead", series=len(found.series), names=sentences(names), first=seen[0], last=seen[-1],
        near=ahead[0], far=ahead[-1],
    )  # fmt: skip
    return (
        Heading("panel", both("report.tested.panel.heading")),
        Paragraph(lead),
        *(skill_table(found, points, line) for points in seen),
        skill_figure(found, line),
        course_figure(found, line),
    )


def source(view: Backtested) -> Text:
    """Whose calculation the scores of the panel are."""
    return sentence("report.tested.source.panel", draws=("integer", view.series.draws), seed=view.series.seed)


def scores_of(found: Backtest, points: int, ahead: int) -> Iterator[PanelScore]:
    """Every method from some years seen, some years ahead; the best first."""
    for row in found.skill(origin=points, horizon=ahead):
        missed = [
            case.absolute
            for case in found.cases
            if (case.method, case.origin, case.horizon) == (row.method, points, ahead)
        ]
        yield PanelScore(
            row.method, points, ahead, int(row.benchmark), row.units, row.mean, row.low, row.high, row.skill,
            row.skill_low, row.skill_high, median(missed), max(missed),
        )  # fmt: skip


def named(method: str, *, naive: bool) -> Text:
    """A method, marked if it is naive."""
    name = both(f"method.{method}")
    return both("report.evidence.naive", name=name) if naive else name


def skill_table(found: Backtest, points: int, line: Text) -> Table:
    """B1: the methods from one number of years seen, at the nearest and at the farthest year ahead."""
    ends = list(dict.fromkeys((found.horizons[0], found.horizons[-1])))
    by = {ahead: {each.method: each for each in scores_of(found, points, ahead)} for ahead in ends}
    columns = [Column(both("scores.method"))]
    for ahead in ends:
        unit = both("report.tested.panel.ahead", ahead=ahead)
        columns += [Column(both(key), "number2", unit) for key in SCORED]
    rows = []
    for method, last in by[ends[-1]].items():
        cells: list[object] = []
        for ahead in ends:
            each = by[ahead][method]
            cells += [each.crps, each.skill, each.skill_low, each.skill_high, each.median_error, each.largest_error]
        rows.append((named(method, naive=bool(last.naive)), *cells))
    kept = both("scores.panel.note" if found.leave_one_out else "scores.panel.note.all")
    note = joined([both("report.tested.panel.order", far=ends[-1]), kept, *left_out(found), line])
    caption = both("report.tested.panel.caption", points=points, near=ends[0], far=ends[-1])
    return Table(f"B1-{points}", caption, tuple(columns), tuple(rows), note, "wide")


def left_out(found: Backtest) -> Iterator[Text]:
    """The methods without cases, with the reason."""
    for method, why in found.left_out.items():
        said = both("scores.left_out", method=both(f"method.{method}"), why=why)
        yield Text(said.zh.strip(), said.en.strip())


def order(found: Backtest) -> list[SkillRow]:
    """The methods by all their cases: the default first, then the others, the best first."""
    return sorted(found.skill(), key=lambda row: row.method != OURS)


def skill_figure(found: Backtest, line: Text) -> Figure:
    """BF1: skill at the farthest year ahead, a panel for each number of years seen."""
    ahead, rows = found.horizons[-1], order(found)
    by = {points: {each.method: each for each in scores_of(found, points, ahead)} for points in found.origins}

    def panel(points: int) -> list[figures.Skill]:
        return [figures.Skill(_name(row), row.benchmark, *_drawn(_three(by[points][row.method]))) for row in rows]

    def paint(canvas: Any, lang: str) -> None:
        for ax, points in _side_by_side(canvas, found.origins, lang):
            figures.skills(panel(points), lang=lang, ax=ax, floor=FLOOR)
            ax.set_xlabel("")
        canvas.supxlabel(say("report.evidence.skill_axis", lang), fontsize=9.5)

    columns = [Column(both("scores.method"))]
    for points in found.origins:
        columns += [Column(both(key), "number2", both("report.evidence.points", points=points)) for key in SKILL]
    cells = tuple(
        (_name(row), *(value for known in by.values() for value in _three(known[row.method]))) for row in rows
    )
    title = both("report.tested.skill.title", ahead=ahead)
    told = _told({points: known[OURS].skill for points, known in by.items()})
    alt = both("report.tested.skill.alt", count=len(by), found=told)
    caption = sentence("report.tested.skill.caption", floor=("number1", FLOOR), line=line)
    drawn = style.draw(paint, (10.6, 1.3 + 0.3 * len(rows)))
    return Figure("BF1", title, alt, caption, drawn, Table("BF1-data", title, tuple(columns), cells, kind="wide"))


def _name(row: SkillRow) -> Text:
    return named(row.method, naive=row.benchmark)


def _three(each: PanelScore) -> tuple[float, float, float]:
    return each.skill, each.skill_low, each.skill_high


def _told(found: Mapping[int, float]) -> Text:
    """A number for each number of years seen, in a list."""
    return listed(
        sentence("report.tested.skill.found", points=points, skill=("number2", value))
        for points, value in found.items()
    )


def course_figure(found: Backtest, line: Text) -> Figure:
    """BF2: mean CRPS by years ahead, a panel for each number of years seen."""
    rows, ahead = order(found), found.horizons
    pairs = [(points, year) for points in found.origins for year in ahead]
    mean = {pair: {row.method: row.mean for row in found.skill(origin=pair[0], horizon=pair[1])} for pair in pairs}
    values = [value for each in mean.values() for value in each.values()]

    def panel(points: int) -> list[figures.Course]:
        courses = (_drawn(mean[points, year][row.method] for year in ahead) for row in rows)
        return [figures.Course(_name(row), row.benchmark, each) for row, each in zip(rows, courses, strict=True)]

    def paint(canvas: Any, lang: str) -> None:
        for ax, points in _side_by_side(canvas, found.origins, lang):
            figures.courses(panel(points), ahead, lang=lang, ax=ax)
            ax.set_xlabel(say("report.tested.course.axis", lang))
        ax.set_ylim(0.85 * min(values), 1.18 * max(values))  # shared, once everything is drawn
        canvas.axes[0].set_ylabel(say("scores.crps", lang))
        canvas.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3)

    columns = [Column(both("scores.method"))]
    for points, year in pairs:
        unit = both("report.tested.panel.ahead", ahead=year)
        columns.append(Column(both("report.evidence.points", points=points), "number2", unit))
    cells = tuple((_name(row), *(each[row.method] for each in mean.values())) for row in rows)
    title = both("report.tested.course.title")
    told = _told({points: mean[points, ahead[-1]][OURS] for points in found.origins})
    alt = both("report.tested.course.alt", count=len(found.origins), ahead=ahead[-1], found=told)
    caption, drawn = both("report.tested.course.caption", line=line), style.draw(paint, (10.6, 5.4))
    return Figure("BF2", title, alt, caption, drawn, Table("BF2-data", title, tuple(columns), cells, kind="wide"))


def _side_by_side(canvas: Any, origins: Sequence[int], lang: str) -> Iterator[tuple[Any, int]]:
    """Axes in a row with one vertical axis, each with its number of years seen as a title."""
    row = canvas.subplots(1, len(origins), sharey=True, squeeze=False)[0]
    for ax, points in zip(row, origins, strict=True):
        yield ax, points
        ax.set_title(say("report.tested.skill.panel", lang, points=points))


def _drawn(values: Iterable[float]) -> tuple[Any, ...]:
    """Numbers of an optimiser as a drawing takes them, which holds every digit that it is given."""
    return tuple(round(value, DECIMALS) for value in values)
