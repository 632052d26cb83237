"""The forecast that each report leaves behind: enough to be scored later without running the model again.

The file holds quantiles of the scale of the city by year, with mean and standard deviation of its log, in the home
definition and in every definition that a bridge leads to; and the probability of each counted goal. No clock, no path:
the same run gives the same bytes. Numbers have ten significant digits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.draws.recipe import UNDRAWN
from tuiyan.equations.scope import goal_scale
from tuiyan.estimates import quantile
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.workspace import Workspace
from tuiyan.ledger import applies
from tuiyan.results import Projection

Array = NDArray[np.float64]
FILE, SCHEMA = "forecast.json", 1
FOLDER = "forecasts"  # beside the reports: every forecast ever published, also after its report was replaced
VARIABLE, UNIT = "scale.total", "亿元"
ROUNDING = 1e-12
LEVELS = {"p05": 0.05, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}


@dataclass(frozen=True, slots=True)
class Spread:
    """The forecast of one figure: quantiles in 亿元 by name (p05 ...), mean and standard deviation of the log."""

    quantiles: Mapping[str, float]
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Chance:
    """The forecast of one goal: its test, its deadline, and its probability (None where it has no meaning).

    `scope` is the probability with the goal's definition uncertain; None where the goal names no scope factor.
    """

    variable: str
    comparison: str
    value: float
    deadline: int
    definition: str | None
    probability: float | None
    scope: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one scenario said of the future.

    Attributes
    ----------
    home
        Definition that the base-year scale was in.
    fingerprint
        Hash over all values of the resolved scenario that a run depends on.
    version, code
        Of the package that ran it; `code` is a hash over its files, empty where it was not given.
    through
        Definition to the scope factor that leads to it from home; None for home itself.
    scale
        Definition to year to the forecast under that definition.
    goals
        Register id to the forecast of a counted goal.
    """

    scenario: str
    as_of: date
    home: str
    fingerprint: str
    draws: int
    seed: int
    version: str
    code: str
    through: Mapping[str, str | None]
    scale: Mapping[str, Mapping[int, Spread]]
    goals: Mapping[str, Chance]


def ten_digits(value: float) -> float:
    """A number with ten significant digits.

    Examples
    --------
    >>> ten_digits(1000 / 3)
    333.3333333
    """
    return float(f"{value:.10g}")


def fingerprint(scenario: Scenario) -> str:
    """The sha256 over what a run of a resolved scenario depends on: its values, not its texts or the places of them."""
    given: dict[str, Any] = scenario.resolved()
    entries = {**given["levers"], **given["parameters"]}
    values = {id_: entry["value"] for id_, entry in entries.items() if id_.partition(".")[0] not in UNDRAWN}
    frame = {key: given[key] for key in ("as_of", "horizon", "home_definition", "goal_definition", "correlations")}
    whole = {**frame, "values": values, "learned": scenario.learned is not None}
    text = json.dumps(whole, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def ways(scenario: Scenario) -> dict[str, str | None]:
    """Definition to the scope factor that leads to it from the home definition, home first and without one."""
    home, bridges = scenario.home_definition, scenario.workspace.definition_file.bridges
    return {home: None, **{bridge.to: bridge.through for bridge in bridges if bridge.to != home}}


def own_error(workspace: Workspace, definition: str) -> float | None:
    """Observation error that the bridge to a definition declares, log; None where the usual one holds."""
    bridges = workspace.definition_file.bridges
    return next((bridge.observation_error for bridge in bridges if bridge.to == definition), None)


def scale_under(projection: Projection, through: str | None) -> Array:
    """Draws of the scale (year, draw) under the definition that a scope factor leads to; None: under home's own."""
    total = projection[VARIABLE]
    return goal_scale(total, goal=projection.parameter(through)) if through else total


def forecast(projection: Projection, *, code: str = "") -> Forecast:
    """What a projection says of the future, as it is archived.

    Parameters
    ----------
    code
        Hash over the files of the package, when the caller has it.

    Returns
    -------
    Forecast
        Its numbers have ten significant digits; quantiles are those that the report prints.
    """
    from tuiyan import __version__

    scenario = projection.scenario
    through = ways(scenario)
    return Forecast(
        scenario=scenario.id,
        as_of=scenario.as_of,
        home=scenario.home_definition,
        fingerprint=fingerprint(scenario),
        draws=projection.draws,
        seed=projection.seed,
        version=__version__,
        code=code,
        through=through,
        scale={
            definition: dict(zip(projection.years, map(_spread, scale_under(projection, factor)), strict=True))
            for definition, factor in through.items()
        },
        goals=dict(_chances(projection)),
    )


def _spread(draws: Array) -> Spread:
    """The forecast of one figure from its draws."""
    logs = np.log(draws)
    quantiles = {name: ten_digits(quantile(draws, level).value) for name, level in LEVELS.items()}
    # Equal draws have no spread; the rounding of a sum over segments must not give them one.
    sd = float(logs.std()) if np.ptp(logs) > ROUNDING else 0.0
    return Spread(quantiles, ten_digits(float(logs.mean())), ten_digits(sd))


def _chances(projection: Projection) -> Iterator[tuple[str, Chance]]:
    """The counted goals and their probabilities."""
    for id_, goal in projection.scenario.workspace.goals.items():
        if not goal.counted or goal.test is None:
            continue
        test, told = goal.test, applies(projection, goal)
        plain = ten_digits(projection.prob(id_).value) if told else None
        scope = ten_digits(projection.prob(id_, scope=True).value) if told and test.scope else None
        yield id_, Chance(test.variable, test.comparison, test.value, goal.due, goal.definition, plain, scope)


def to_json(forecasts: Iterable[Forecast]) -> str:
    """The file: sorted keys, two spaces, a closing line feed; the first forecast is the one the report is about."""

    def plain(each: Forecast) -> dict[str, object]:
        return {
            "scenario": each.scenario,
            "as_of": each.as_of.isoformat(),
            "home_definition": each.home,
            "resolved_sha256": each.fingerprint,
            "draws": each.draws,
            "seed": each.seed,
            "code": {"version": each.version, "sha256": each.code},
            "scale": {
                definition: {
                    "through": each.through[definition],
                    "years": {
                        str(year): {**spread.quantiles, "mean_log": spread.mean, "sd_log": spread.sd}
                        for year, spread in years.items()
                    },
                }
                for definition, years in each.scale.items()
            },
            "goals": {
                id_: {
                    "variable": chance.variable,
                    "comparison": chance.comparison,
                    "value": chance.value,
                    "deadline": chance.deadline,
                    "definition": chance.definition,
                    "probability": chance.probability,
                    "probability_definition_uncertain": chance.scope,
                }
                for id_, chance in each.goals.items()
            },
        }

    whole = {"schema": SCHEMA, "variable": VARIABLE, "unit": UNIT, "forecasts": [plain(each) for each in forecasts]}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
