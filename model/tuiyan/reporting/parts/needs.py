"""What would fix each counted goal: the gap of the draws that miss, and what a probability of 0.9 would take."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from tuiyan import estimates
from tuiyan.equations import firms, pipeline
from tuiyan.ledger import required_growth
from tuiyan.reporting.blocks import Column, Table
from tuiyan.reporting.parts import goals
from tuiyan.reporting.parts.shared import FIRST, SCALE, Array, at, central, effort, median
from tuiyan.reporting.words import sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study

WANTED = 0.9
MOST = 8.0  # the largest factor looked at
FIRMS = "firms.benchmark"


def table(study: Study) -> Table:
    """T1e: one row a counted goal."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.p"), "probability"),
        Column(both("report.column.shortfall")),
        Column(both("report.column.need", wanted=f"{WANTED:g}")),
    )
    rows = tuple(
        (
            goals.named(study, row),
            row.probability or both("report.na"),
            goals.shortfall(row),
            need(study, row),
        )
        for row in goals.counted(study)
    )
    return Table("T1e", both("report.T1e.caption"), columns, rows, both("report.T1e.note"), "wide")


def need(study: Study, row: LedgerRow) -> Text:
    """What a goal would need for a probability of `WANTED`, all else as it is."""
    if row.probability is None or row.goal.test is None:
        return both("report.na")
    if row.probability.value >= WANTED:
        return both("report.need.none")
    if row.goal.test.variable == SCALE:
        return _scale(study, row)
    return _firms(study, row) if row.goal.test.variable == FIRMS else _starts(study, row)


def _scale(study: Study, row: LedgerRow) -> Text:
    """The factor on the scale, and the growth a year it means."""
    assert row.goal.test is not None  # noqa: S101 - the caller looked
    year = goals.deadline(row)
    scale, first = at(study.projection, SCALE, year), study.projection[SCALE][0]
    factor = row.goal.test.value / estimates.quantile(scale, 1 - WANTED).value
    span = year - FIRST
    extra = median(required_growth(first, factor * scale, span) - required_growth(first, scale, span))
    return sentence("report.need.scale", factor=("number2", factor), extra=("points1", extra.value))


def chance_with_sales(study: Study, row: LedgerRow, factor: float) -> float:
    """Probability of the goal on benchmark firms when the sales of every firm are `factor` times as large."""
    assert row.goal.test is not None  # noqa: S101 - the caller looked
    year, draw = goals.deadline(row), study.projection.parameter
    expected = firms.benchmark_expected(
        at(study.projection, "firms.count", year),
        at(study.projection, SCALE, year) / study.projection[SCALE][0],
        np.array([[float(goals.rule_of(study)) / factor]]),
        initial=draw("firms.initial"),
        size_tail=draw("firms.size_tail"),
        size_minimum=draw("firms.size_minimum"),
    )
    found = firms.benchmark_count(np.ascontiguousarray(draw("counts.benchmark")), expected)
    return float((found >= row.goal.test.value).mean())


def _firms(study: Study, row: LedgerRow) -> Text:
    """The factor on the sales of every firm, by bisection."""
    low, high = 1.0, MOST
    if chance_with_sales(study, row, high) < WANTED:
        return both("report.need.beyond", factor=f"{MOST:g}")
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if chance_with_sales(study, row, middle) < WANTED else (low, middle)
    return sentence("report.need.firms", factor=("number2", high))


def _starts(study: Study, row: LedgerRow) -> Text:
    """The starts by the deadline, beside those of this scenario."""
    assert row.goal.test is not None  # noqa: S101 - the caller looked
    now = started(study, row.goal.test.variable, goals.deadline(row))
    goal = int(row.goal.test.value)
    accept = acceptance(study, row.goal.test.variable)
    for starts in range(goal, int(goal * MOST)):
        if float((accept(float(starts)) >= goal).mean()) >= WANTED:
            return sentence("report.need.starts", starts=starts, now=("integer", now))
    return both("report.need.beyond", factor=f"{MOST:g}")


def started(study: Study, variable: str, year: int) -> float:
    """Starts of a pipeline by the end of a year under the scenario."""
    scenario = study.scenario
    shares = scenario.laws["pipeline.start_share"].declared()
    share = pipeline.started_share(year, central(scenario, "policy.delay"), start_share=shares)
    planned = central(scenario, f"{variable}_planned")
    return float(pipeline.planned_starts(planned, effort(scenario, "application_demand"), share))


def acceptance(study: Study, variable: str) -> Callable[[float], Array]:
    """The number accepted, (draws,), as a function of the number started; each pipeline taken alone."""
    name = variable.partition(".")[2]
    uniform = np.ascontiguousarray(study.projection.parameter(f"counts.{name}"))
    rate = study.projection.parameter(f"{variable}_completion")
    if name == "zones":
        return lambda starts: pipeline.zones(uniform, 1.0, 1.0, zones_planned=starts, zones_completion=rate)
    if name == "projects":
        return lambda starts: pipeline.projects(uniform, 1.0, 1.0, projects_planned=starts, projects_completion=rate)
    spread = central(study.scenario, "pipeline.scenarios_dispersion")
    return lambda starts: pipeline.scenarios(
        uniform, 1.0, 1.0, scenarios_planned=starts, scenarios_completion=rate, scenarios_dispersion=spread
    )
