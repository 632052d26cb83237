"""The parts of the page of the notebook `backtest` on the city, the answer, and the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tuiyan.evidence.scored import cautions
from tuiyan.evidence.vintages import METHODS, Case
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Block, Bullets, Column, Heading, Note, Paragraph, Table
from tuiyan.reporting.parts import attributed, evidence, panel, record
from tuiyan.reporting.parts.city import city_of
from tuiyan.reporting.parts.tested_panel import OURS, scores_of
from tuiyan.reporting.parts.tested_reliability import calibrations, kept
from tuiyan.reporting.words import day, joined, listed, plain, sentence, sentences
from tuiyan.results import Projection, run
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.tested import Backtested

LIMITS = ("scores", "series", "blind", "frozen", "panel")


def answer(view: Backtested) -> tuple[Block, ...]:
    """How the forecasts did, and what that cannot show."""
    told = {"series": len(view.series.series), "title": view.scenario.title}
    limits = tuple(both(f"report.tested.read.{key}", **told) for key in LIMITS)
    return (
        Heading("answer", both("report.tested.heading")),
        Paragraph(joined(_headline(view)), "answer"),
        Heading("reading", both("report.tested.reading"), 3),
        Bullets(limits),
    )


def _headline(view: Backtested) -> Iterator[Text]:
    """The default against the best naive method, its reliability, and the city."""
    found = view.series
    scores = [each for points in found.origins for each in scores_of(found, points, found.horizons[-1])]
    yield from panel.against_naive(scores)
    yield losses(view)
    yield kept(OURS, calibrations(found)[OURS])
    yield from _of_city(view)


def losses(view: Backtested) -> Text:
    """In how many combinations of years seen and years ahead the default loses, and which."""
    found = view.series
    skills = {
        (points, ahead): next(row for row in found.skill(origin=points, horizon=ahead) if row.method == OURS)
        for points in found.origins
        for ahead in found.horizons
    }
    told = {
        "all": len(skills), "above": sum(row.skill_low > 0 for row in skills.values()),
        "below": sum(row.skill_high < 0 for row in skills.values()),
    }  # fmt: skip
    lost: dict[int, list[str]] = {}
    for (points, ahead), row in skills.items():
        if row.skill < 0:
            lost.setdefault(points, []).append(str(ahead))
    if not lost:
        return both("report.tested.losses.none", **told)
    count = sum(map(len, lost.values()))
    which = (both("report.tested.combination", points=points, ahead=listed(each)) for points, each in lost.items())
    return both("report.tested.losses", won=len(skills) - count, count=count, lost=sentences(which), **told)


def _of_city(view: Backtested) -> Iterator[Text]:
    """What the vintages of the city show, in two sentences."""
    found = view.cases
    if isinstance(found, TuiyanError):
        yield both("report.tested.city.refused")
        return
    prior = [each.error for each in found if each.method == "model" and each.error is not None]
    if not prior:
        yield both("report.tested.city.nothing", when=day(view.until))
        return
    figures = {(each.fact.definition, each.fact.year) for each in found if each.error is not None}
    yield both(
        "report.tested.city.counts", origins=len({each.origin for each in found}), figures=len(figures),
        above=sum(error > 0 for error in prior), all=len(prior),
    )  # fmt: skip
    if shared := common(found):
        means = (
            sentence(
                "report.tested.city.mean", name=both(f"method.{method}"),
                crps=("number2", _mean(each.crps for each in cases)),
            )
            for method, cases in shared.items()
        )  # fmt: skip
        yield both("report.tested.city.common", pairs=len(shared["model"]), means=listed(means))


def common(found: Sequence[Case]) -> dict[str, list[Case]]:
    """By method: the cases of those figures, from those origins, that every method forecast; none where none is."""
    by: dict[tuple[object, ...], dict[str, Case]] = {}
    for each in found:
        if each.crps is not None:
            by.setdefault((each.origin, each.fact.definition, each.fact.year), {})[each.method] = each
    whole = [each for each in by.values() if len(each) == len(METHODS)]
    return {method: [each[method] for each in whole] for method in METHODS} if whole else {}


def _mean(values: Iterator[float | None]) -> float:
    return float(np.mean([value for value in values if value is not None]))


def source(view: Backtested) -> Text:
    """Whose calculation the forecasts of the city are."""
    return sentence(
        "report.tested.source", title=view.scenario.title, until=day(view.until), draws=("integer", view.draws),
        seed=view.seed,
    )  # fmt: skip


def refusal(refused: TuiyanError) -> Note:
    """Why there is nothing to show, in the words of the finding."""
    return attributed.refusal(refused, "report.tested.refused")


def city(view: Backtested) -> tuple[Block, ...]:
    """Forecasts of the city from frozen origins, after what must be known before their outcomes are read."""
    found = view.cases
    head = Heading("city", both("report.tested.city.heading"))
    if isinstance(found, TuiyanError):
        return (head, refusal(found))
    if not found:
        return (head, Paragraph(both("report.tested.city.nothing", when=day(view.until))))
    origins = len({each.origin for each in found})
    said = cautions(view.scenario.workspace, [each.fact for each in found], view.until)
    shared = common(found)
    return (
        head,
        Paragraph(both("report.evidence.city.lead", origins=origins, title=view.scenario.title)),
        Note(both("report.evidence.city.note.title"), joined(said)),
        *((common_table(shared, source(view)),) if shared else ()),
        *city_of(view.scenario, found, source(view)),
    )


def common_table(shared: dict[str, list[Case]], line: Text) -> Table:
    """B3: every method where all of them spoke."""
    log, figures = both("report.tested.common.log"), both("report.tested.common.figures")
    columns = (
        Column(both("scores.method")),
        Column(both("report.tested.common.crps"), "number2", log),
        Column(both("report.tested.common.error"), "number2", log),
        Column(both("report.tested.common.inside"), "integer", figures),
    )
    rows = tuple(
        (
            both(f"method.{method}"),
            _mean(each.crps for each in cases),
            _mean(abs(each.error) for each in cases if each.error is not None),
            sum(each.inside for each in cases),
        )
        for method, cases in shared.items()
    )
    caption = both("report.tested.common.caption", pairs=len(shared["model"]))
    return Table("B3", caption, columns, rows, line)


def learning(view: Backtested) -> tuple[Block, ...]:
    """Prior against posterior under all facts up to the last day, and what that does to the scale goal."""
    found = view.posterior
    head = Heading("learning", both("report.tested.learning.heading"))
    if isinstance(found, TuiyanError):
        return (head, refusal(found))
    moved, line = evidence.moved_of(found), source(view)
    if not moved:
        return (head, Paragraph(both("report.tested.learning.nothing", when=day(view.until))))
    said = [*evidence.facts_of(found), *_after(view), evidence.unlearned(found)]
    table, figure = evidence.beliefs_table(found, line), evidence.beliefs_figure(moved, line)
    return (head, Paragraph(joined(said)), table, figure)


def _after(view: Backtested) -> Iterator[Text]:
    """Probability of the scale goal before and after learning; nothing where no fact weighed the draws."""
    found = view.posterior
    if isinstance(found, TuiyanError) or not found.observations:
        return
    before, after = (run(each, draws=view.draws, seed=view.seed) for each in (view.latest, found.given()))
    yield sentence(
        "report.tested.learning.after", before=("probability", before.prob(GOAL)),
        after=("probability", after.prob(GOAL)), before_scope=("probability", before.prob(GOAL, scope=True)),
        after_scope=("probability", after.prob(GOAL, scope=True)),
    )  # fmt: skip


def record_of(view: Backtested) -> tuple[Block, ...]:
    """What the page was made from."""
    projection = Projection(view.latest, view.draws, view.seed, {})
    return record.of([(both("report.record.scenario"), plain(view.scenario.id))], projection)
