"""The numbers of a report as files: a tidy table of results, and the resolved scenario."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.estimates import batches
from tuiyan.inputs.variables import VARIABLES
from tuiyan.reporting import tidy
from tuiyan.reporting.study import RESOLVED, RESOLVED_OTHER, RESULTS

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study
    from tuiyan.results import Projection

Array = NDArray[np.float64]
Row = tuple[object, ...]
COLUMNS = (
    "scenario", "variable", "item", "year", "statistic", "value", "standard_error", "unit", "price_basis", "definition"
)  # fmt: skip
LEVELS = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
MONEY = "亿元"


def write(study: Study, folder: Path) -> None:
    """Write `RESULTS`, `RESOLVED` and, of the scenario it is compared with, `RESOLVED_OTHER` into `folder`."""
    (folder / RESULTS).write_text(table(study), encoding="utf-8", newline="")
    (folder / RESOLVED).write_text(tidy.resolved(study.scenario), encoding="utf-8", newline="\n")
    if study.other:
        (folder / RESOLVED_OTHER).write_text(tidy.resolved(study.other.scenario), encoding="utf-8", newline="\n")


def table(study: Study) -> str:
    """All results as one tidy table (CSV); a number has ten significant digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    projections = [each for each in (study.projection, study.other) if each is not None]
    for projection in projections:
        writer.writerows(_printed(row) for row in variables(projection))
    for row in goals(study):
        writer.writerow(_printed(row))
    return out.getvalue()


def variables(projection: Projection) -> Iterator[Row]:
    """Mean and quantiles of every variable, item and year, with their errors."""
    names = ("mean", *LEVELS)
    for variable, items in projection.items.items():
        values, declared = projection[variable], VARIABLES[variable]
        stacked = values if items else values[:, None, :]
        estimate, error = summaries(stacked)
        definition = projection.scenario.home_definition if declared.unit == MONEY else ""
        for y, year in enumerate(projection.years):
            for i, item in enumerate(items or ("",)):
                for s, name in enumerate(names):
                    number, spread = float(estimate[s, y, i]), float(error[s, y, i])
                    yield (
                        projection.scenario.id,
                        variable,
                        item,
                        year,
                        name,
                        number,
                        spread,
                        declared.unit,
                        declared.basis,
                        definition,
                    )


def summaries(values: Array) -> tuple[Array, Array]:
    """Estimates and standard errors (statistic, year, item) of values (year, item, draw)."""
    split = batches(values)
    found = np.concatenate([split.mean(axis=-2)[None], np.quantile(split, list(LEVELS.values()), axis=-2)])
    return found.mean(axis=-1), found.std(axis=-1, ddof=1) / np.sqrt(split.shape[-1])


def goals(study: Study) -> Iterator[Row]:
    """Probabilities of the goals under the scenario and under the one it is compared with."""
    pairs = [(study.projection, study.ledger), (study.other, study.other_ledger)]
    for projection, ledger in pairs:
        if projection is None or ledger is None:
            continue
        home = projection.scenario.home_definition
        for row in ledger.rows:
            found: tuple[tuple[str, Any], ...] = (
                ("probability", row.probability),
                ("probability_scope", row.probability_scope),
            )
            for name, each in found:
                if each is not None:
                    definition = home if row.goal.definition else ""
                    yield (
                        projection.scenario.id,
                        "goal",
                        row.register,
                        "",
                        name,
                        each.value,
                        each.standard_error,
                        "probability",
                        "",
                        definition,
                    )
        if ledger.joint is not None:
            joint = ledger.joint
            yield (
                projection.scenario.id,
                "goal",
                "joint",
                "",
                "probability",
                joint.value,
                joint.standard_error,
                "probability",
                "",
                home,
            )


def _printed(row: Row) -> tuple[str, ...]:
    return tuple(tidy.printed(cell) for cell in row)
