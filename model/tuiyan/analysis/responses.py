"""Standard shocks: each lever and each outside driver moved by one standard step, and what every outcome does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan.analysis.outcomes import ALL, Outcome, outcome_of
from tuiyan.analysis.paired import Effort, Ensemble, ensemble_of
from tuiyan.analysis.pairing import DRAWS
from tuiyan.draws.recipe import Inputs
from tuiyan.ensemble import in_chunks
from tuiyan.estimates import Estimate, mean
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.wording import Text, both, preferred, say

if TYPE_CHECKING:
    import pandas as pd

LEVER_STEP = 0.1  # of effort
# What comes from outside: the growth of users, of demand from elsewhere and of each factor, and the common shock.
DRIVERS = (
    "macro.growth_value_added", "demand.growth_external", "stocks.growth_capital", "stocks.growth_talent",
    "stocks.growth_rd", "supply.growth_efficiency",
)  # fmt: skip
GROWTH_STEP = 0.01  # log points a year, in every year
SHOCK_STEP = 1.0  # standard deviation, in the first year
LEVEL_STEP = np.log(1.1)  # ten per cent more scale in 2017
OUTCOMES = (
    "scale.total", "R01", ALL, "lp.city", "tfp.city", "stock.capital", "stock.talent", "stock.rd", "firms.count",
    "firms.benchmark.20", "gdp.own", "gdp.users",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Response:
    """What one step does.

    Attributes
    ----------
    kind
        ``lever`` or ``driver``.
    step
        Size of the step, in `step_unit`.
    responses
        Outcome to the paired difference of its mean.
    """

    id: str
    label: Text
    kind: str
    step: float
    step_unit: str
    responses: Mapping[str, Estimate]

    def step_text(self, lang: str) -> str:
        """The step with its unit, for a table."""
        shown = self.step * 100 if self.step_unit in ("log/yr", "log") else self.step
        return f"+{shown:.3g} {say(f'step.{self.step_unit}', lang)}"


@dataclass(frozen=True, slots=True, repr=False)
class Responses:
    """Responses of many outcomes to one step of each lever and driver, in one year.

    Attributes
    ----------
    names, labels, units
        The outcomes, their names, and the units of their responses.
    """

    scenario: str
    year: int
    draws: int
    seed: int
    names: tuple[str, ...]
    labels: Mapping[str, Text]
    units: Mapping[str, str]
    rows: tuple[Response, ...]

    def __repr__(self) -> str:
        """How much was asked."""
        return f"<Responses {self.scenario}, {self.year}: {len(self.rows)} steps, {len(self.names)} outcomes>"

    def frame(self) -> pd.DataFrame:
        """One row a step and outcome: id, kind, step, step_unit, outcome, response, standard_error, unit."""
        import pandas as pd

        rows = [
            (row.id, row.kind, row.step, row.step_unit, name, found.value, found.standard_error, self.units[name])
            for row in self.rows
            for name, found in row.responses.items()
        ]
        columns = ["id", "kind", "step", "step_unit", "outcome", "response", "standard_error", "unit"]
        return pd.DataFrame(rows, columns=columns)

    def _repr_html_(self) -> str:
        """The responses as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.responses(self, preferred()).html()


def standard_shocks(
    scenario: Scenario,
    *,
    outcomes: Sequence[str] = OUTCOMES,
    year: int = POLICY_HORIZON,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Responses:
    """Move each lever by 0.1 of effort, and each driver by its own step, one at a time, on the same draws.

    Parameters
    ----------
    outcomes
        Goals and series; the response of an amount is in logs, of a goal in probability.
    year
        Of the series; a goal is looked at in the year of its deadline.

    Raises
    ------
    TuiyanError
        For an unknown outcome, or a year that the scenario does not cover.
    """
    wanted = [outcome_of(scenario, name, year=None if name == ALL else year) for name in outcomes]
    ensemble = ensemble_of(scenario, draws=draws, seed=seed, last=max(each.year for each in wanted))
    keep = {name for outcome in wanted for name in outcome.keep}
    start = _per_draw(ensemble, wanted, keep, None, None)
    moves = [*_levers(ensemble), *_drivers(ensemble)]
    rows = []
    for done, (row, effort, drawn) in enumerate(moves, start=1):
        found = _per_draw(ensemble, wanted, keep, effort, drawn)
        gaps = {name: mean(found[name] - start[name]) for name in found}
        rows.append(Response(*row, responses=gaps))
        if progress:
            progress(done, len(moves))
    return Responses(
        scenario.id, year, draws, seed, tuple(each.name for each in wanted),
        {each.name: each.label for each in wanted}, {each.name: each.unit for each in wanted}, tuple(rows),
    )  # fmt: skip


Move = tuple[tuple[str, Text, str, float, str], Effort | None, Inputs | None]


def _per_draw(
    ensemble: Ensemble, wanted: Sequence[Outcome], keep: set[str], effort: Effort | None, drawn: Inputs | None
) -> dict[str, Any]:
    """Every outcome in every draw of one run."""
    chunks = None if drawn is None else in_chunks(drawn, ensemble.draws)
    run = ensemble.holding(ensemble.values(keep, effort=effort, chunks=chunks), drawn)
    return {each.name: each.per_draw(run) for each in wanted}


def _levers(ensemble: Ensemble) -> Iterator[Move]:
    """Each lever a step up; of a path, in every year with effort."""
    for key, lever in ensemble.scenario.workspace.levers.items():
        now = ensemble.plan.levers[key]
        after = tuple(u + LEVER_STEP * (u > 0) for u in now) if isinstance(now, tuple) else now + LEVER_STEP
        yield (key, lever.label, "lever", LEVER_STEP, "effort"), {**ensemble.plan.levers, key: after}, None


def _drivers(ensemble: Ensemble) -> Iterator[Move]:
    """Each outside driver a step up, in every draw."""
    parameters = ensemble.scenario.workspace.parameters
    for id_ in DRIVERS:
        row = (id_, parameters[id_].label, "driver", GROWTH_STEP, "log/yr")
        yield row, None, _moved(ensemble.drawn, id_, lambda value: value + GROWTH_STEP)
    base = ("base.scale", parameters["base.scale"].label, "driver", float(LEVEL_STEP), "log")
    yield base, None, _moved(ensemble.drawn, "base.scale", lambda value: value * np.exp(LEVEL_STEP))
    shocks = ensemble.drawn["shocks"]["common"].copy()
    shocks[0] += SHOCK_STEP
    label = both("step.first_shock", name=ensemble.scenario.workspace.parameter_file.shocks["common"].label)
    moved = {**ensemble.drawn, "shocks": {**ensemble.drawn["shocks"], "common": shocks}}
    yield ("shocks.common", label, "driver", SHOCK_STEP, "sd"), None, moved


def _moved(drawn: Inputs, id_: str, move: Callable[[Any], Any]) -> Inputs:
    """Inputs with one parameter moved in every draw, and in every year of a path."""
    block, _, key = id_.partition(".")
    found: dict[str, Any] = {**drawn, block: {**drawn[block], key: move(drawn[block][key])}}
    if id_ in drawn["by_year"]:
        found["by_year"] = {**drawn["by_year"], id_: [move(value) for value in drawn["by_year"][id_]]}
    return found
