"""What several parts need: paired effects, fans, names, and the line of sources under tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan import estimates
from tuiyan.estimates import Estimate
from tuiyan.reporting.figures import LEVELS, Fan
from tuiyan.reporting.words import sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study
    from tuiyan.results import Projection

SCALE = "scale.total"
Array = NDArray[np.float64]


def at(projection: Projection, name: str, year: int) -> Array:
    """The draws of a variable (or ``variable.item``) in one year: (draw,), or (item, draw)."""
    found: Array = projection[name][projection.index(year)]
    return found


def effect_of(study: Study, name: str, year: int, *, logs: bool = False) -> Array:
    """The paired difference from the other scenario, draw by draw; of logarithms where asked."""
    if study.other is None:
        raise ValueError(name)
    here, there = at(study.projection, name, year), at(study.other, name, year)
    difference: Array = np.log(here / there) if logs else here - there
    return difference


def fan_of(projection: Projection, values: Array, title: Text) -> Fan:
    """A fan over all years of `values` (year, draw)."""
    rows = [[each.value for each in quantiles(row, LEVELS)] for row in values]
    return Fan(projection.scenario.id, title, tuple(projection.years), np.array(rows).T)


def segment_names(study: Study) -> dict[str, Text]:
    """Names of the active segments by code."""
    segments = study.scenario.workspace.tables.segments
    return dict(zip(segments.codes, segments.names, strict=True))


def sector_names(study: Study) -> dict[str, Text]:
    """Names of the sectors by code."""
    sectors = study.scenario.workspace.tables.sectors
    return dict(zip(sectors.codes, sectors.names, strict=True))


def source_line(study: Study, *, money: bool = False) -> Text:
    """Scenario, vintage, draws and seed; with the price basis and the definition for amounts of money."""
    scenario = study.scenario
    values = {
        "scenario": scenario.title, "as_of": scenario.as_of.isoformat(),
        "draws": ("integer", study.projection.draws), "seed": study.projection.seed,
    }  # fmt: skip
    if not money:
        return sentence("report.source", **values)
    definition = scenario.workspace.definition_file.definitions[scenario.home_definition]
    return sentence("report.source.money", definition=Text(definition.zh, definition.en), **values)


def text_of(row: LedgerRow) -> Text:
    """The status of a statement in words; for a direction, with the probability that the effect is positive."""
    word = both(f"status.{row.status}")
    if row.effect is None:
        return word
    return sentence("report.status.effect", status=word, p=("probability", row.effect))


def quantiles(values: Array, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> tuple[Estimate, ...]:
    """Quantiles of draws with their errors."""
    return tuple(estimates.quantile(values, level) for level in levels)
