"""What several parts need: paired effects, fans, names, and the line of sources under tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan import estimates
from tuiyan.estimates import Estimate
from tuiyan.inputs.paths import Yearly
from tuiyan.ledger import scope_of
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.figures import LEVELS, Fan
from tuiyan.reporting.words import day, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.ledger import LedgerRow
    from tuiyan.reporting.study import Study
    from tuiyan.results import Projection

REGISTER = "params/parameters.yaml"
SCALE, DEADLINE, FIRST = "scale.total", 2020, 2017
Array = NDArray[np.float64]


def at(projection: Projection, name: str, year: int) -> Array:
    """The draws of a variable (or ``variable.item``) in one year: (draw,), or (item, draw)."""
    found: Array = projection[name][projection.index(year)]
    return found


def difference_of(study: Study, name: str, year: int, *, relative: bool = False) -> Array:
    """The paired difference from the other scenario, draw by draw.

    Of an amount the ratio less one (`relative`), of logarithms the difference of what they mean in per cent.
    """
    if study.other is None:
        raise ValueError(name)
    here, there = at(study.projection, name, year), at(study.other, name, year)
    found: Array = here / there - 1 if relative else np.expm1(here) - np.expm1(there)
    return found


def levers_only(study: Study) -> bool:
    """Whether the two scenarios differ in what a government does and in nothing else."""
    if study.other is None:
        return False
    scenario = study.scenario
    changed = [each.id for each in scenario.diff(study.other.scenario)]
    return bool(changed) and all(id_ in scenario.levers or id_.startswith("policy.") for id_ in changed)


def never_negative(study: Study) -> bool:
    """Whether levers alone differ and none of their effects on adoption can be negative: then no gain can be."""
    register = study.scenario.workspace.parameters
    hazards = [its.hard.low for id_, its in register.items() if id_.startswith("lever.") and id_.endswith(".hazard")]
    return levers_only(study) and all(low >= 0 for low in hazards)


def set_by_scenario(scenario: Scenario, id_: str) -> bool:
    """Whether a scenario file, and not the register, gave a value."""
    return scenario.origins[id_].where.file != REGISTER


def effort(scenario: Scenario, lever: str, year: int = DEADLINE) -> float:
    """The effort of a lever in a year, before ramp and delay; on a path, the path itself."""
    value = scenario.levers[lever]
    law: Any = value.at(year) if isinstance(value, Yearly) else value
    return float(getattr(law, "value", law))


def central(scenario: Scenario, id_: str, year: int = DEADLINE) -> float:
    """The central value of a parameter in a year."""
    law = scenario.laws[id_]
    found: Any = law.at(year) if isinstance(law, Yearly) else law
    return float(found.centre)


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


def source_line(study: Study, basis: str = "") -> Text:
    """Whose calculation it is, with scenario, vintage, draws and seed; before it the price basis.

    Parameters
    ----------
    basis
        ``money`` (current prices, with the definition), ``real``, ``share``, or nothing.
    """
    scenario = study.scenario
    line = sentence(
        "report.source", scenario=scenario.title, as_of=day(scenario.as_of),
        draws=("integer", study.projection.draws), seed=study.projection.seed,
    )  # fmt: skip
    if not basis:
        return line
    return both(f"report.basis.{basis}", definition=home_definition(study), line=line)


def home_definition(study: Study) -> Text:
    """The name of the definition that the base figure is in."""
    definition = study.scenario.workspace.definition_file.definitions[study.scenario.home_definition]
    return Text(definition.zh, definition.en)


def scope_law(projection: Projection) -> Text | None:
    """The law of the factor from the base figure's definition to the goal's, and its bias; None for no factor."""
    test = projection.scenario.workspace.goals[GOAL].test
    factor = scope_of(projection, test) if test else None
    if factor is None:
        return None
    centre = central(projection.scenario, factor)
    bias = both("report.scope.unbiased")
    if centre != 0:
        bias = sentence("report.scope.biased", size=("percent_change", float(np.expm1(centre))))
    return both("report.scope.law", law=projection.scenario.value(factor), bias=bias)


def text_of(study: Study, row: LedgerRow) -> Text:
    """The status of a statement in words; for a direction, what is known of the sign of the effect."""
    word = both(f"status.{row.status}")
    if row.effect is None:
        return word
    if row.effect.value == 1 and never_negative(study):
        return both("report.status.positive", status=word)
    if row.effect.value == 0:
        return both("report.status.none", status=word)
    return sentence("report.status.effect", status=word, p=("probability", row.effect))


def quantiles(values: Array, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> tuple[Estimate, ...]:
    """Quantiles of draws with their errors."""
    return tuple(estimates.quantile(values, level) for level in levels)


def median(values: Array) -> Estimate:
    """The median of draws with its error."""
    return estimates.quantile(values, 0.5)


def largest_error(found: Sequence[Estimate]) -> float:
    """The largest simulation error of a list of estimates."""
    return max((each.standard_error for each in found), default=0.0)
