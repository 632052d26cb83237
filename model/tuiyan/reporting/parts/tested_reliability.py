"""The part of the page of the notebook `backtest` on whether what the intervals claim comes true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuiyan.evidence.cases import Backtest
from tuiyan.evidence.skill import Calibration
from tuiyan.reporting import figures_evidence as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts.tested_panel import OURS, source
from tuiyan.reporting.words import joined, listed, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.tested import Backtested

HALF, MOST = 0.5, 0.9  # central intervals of which the answer speaks


def calibrations(found: Backtest) -> dict[str, Calibration]:
    """Reliability over all cases, of the default and of the best naive method."""
    best = next(row.method for row in found.skill() if row.benchmark)
    return {method: found.calibration(method) for method in (OURS, best)}


def kept(method: str, known: Calibration) -> Text:
    """What the intervals of a method held, in a sentence."""
    covered = dict(zip(known.levels, known.coverage, strict=True))
    beyond = [covered[level] - level for level in (HALF, MOST)]
    verdict = "wide" if min(beyond) > 0 else "narrow" if max(beyond) < 0 else "mixed"
    held = sentence(
        "report.tested.held", method=_called(method), cases=known.cases, half=("percent", covered[HALF]),
        most=("percent", covered[MOST]),
    )  # fmt: skip
    return both(f"report.tested.held.{verdict}", held=held)


def _called(method: str) -> Text:
    """A method inside a sentence."""
    if method == OURS:
        return both("report.tested.ours")
    return both("report.tested.named", name=both(f"method.{method}"))


def blocks(view: Backtested) -> tuple[Block, ...]:
    """Coverage and transforms, of the default and of the best naive method."""
    known, line = calibrations(view.series), source(view)
    ours = known[OURS]
    cases = both("report.tested.reliability.cases", cases=ours.cases, units=ours.units)
    return (
        Heading("reliability", both("report.tested.reliability.heading")),
        Paragraph(joined([*(kept(method, each) for method, each in known.items()), cases])),
        coverage_table(known, line),
        transform_table(known, line),
        reliability_figure(known, line),
    )


def coverage_table(known: dict[str, Calibration], line: Text) -> Table:
    """B2: what the intervals claim and held."""
    columns = (
        Column(both("scores.claimed")),
        *(
            Column(both("report.tested.reliability.of", method=both(f"method.{method}")), "percent", plain("%"))
            for method in known
        ),
    )
    covered = zip(*(each.coverage for each in known.values()), strict=True)
    rows = tuple((plain(f"{level:.0%}"), *shares) for level, shares in zip(known[OURS].levels, covered, strict=True))
    return Table("B2", both("report.tested.reliability.caption"), columns, rows, line)


def transform_table(known: dict[str, Calibration], line: Text) -> Table:
    """B2b: mean and variance of the transforms and, with 20 cases or more, how many lie in each fifth."""
    unit, count = both("report.tested.pit.share"), both("report.tested.pit.count")
    bins = len(known[OURS].histogram or ())
    columns = (
        Column(both("scores.method")),
        Column(both("report.tested.pit.cases"), "integer", count),
        Column(both("report.tested.pit.mean"), "number2", unit),
        Column(both("report.tested.pit.variance"), "number3", unit),
        *(Column(plain(figures.fifth(place, bins)), "integer", count) for place in range(bins)),
    )
    ideal = (both("report.tested.calibrated"), None, 1 / 2, 1 / 12, *[None] * bins)
    rows = [
        (both(f"method.{method}"), each.cases, each.mean, each.variance, *(each.histogram or ()))
        for method, each in known.items()
    ]
    note = both("report.tested.pit.note", line=line)
    return Table("B2b", both("report.tested.pit.caption"), columns, (*rows, ideal), note)


def reliability_figure(known: dict[str, Calibration], line: Text) -> Figure:
    """BF3: the reliability diagram and, with 20 cases or more, the histogram of the transforms."""
    data = [
        figures.Reliable(both(f"method.{method}"), method != OURS, each.levels, each.coverage, each.histogram or ())
        for method, each in known.items()
    ]
    counted = all(each.histogram for each in data)
    painters: list[Callable[..., object]] = [figures.reliability, *([figures.transforms] if counted else [])]

    def paint(canvas: Any, lang: str) -> None:
        row = canvas.subplots(1, len(painters), squeeze=False)[0]
        for ax, painter in zip(row, painters, strict=True):
            painter(data, lang=lang, ax=ax)
        canvas.legend(*row[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)

    title = both("report.tested.reliability.title" if counted else "report.tested.reliability.title.alone")
    said = [both("report.tested.reliability.alt", held=joined(kept(method, each) for method, each in known.items()))]
    if counted:
        counts = listed(map(str, data[0].histogram))
        said.append(both("report.tested.reliability.alt.histogram", name=data[0].name, counts=counts))
    caption = both("report.tested.reliability.note", line=line)
    drawn = style.draw(paint, (4.9 * len(painters), 4.6))
    table = coverage_table(known, both("report.tested.reliability.data") if counted else line)
    return Figure("BF3", title, joined(said), caption, drawn, replace(table, id="BF3-data", caption=title))
