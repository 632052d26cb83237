"""A resolved scenario as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.inputs.laws import Law
from tuiyan.inputs.paths import Yearly

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario


def resolved(scenario: Scenario) -> dict[str, object]:
    """See `Scenario.resolved`."""
    return {
        "scenario": scenario.id,
        "chain": [each.id for each in scenario.chain],
        "title": {"zh": scenario.title.zh, "en": scenario.title.en},
        "as_of": scenario.as_of.isoformat(),
        "horizon": scenario.horizon,
        "home_definition": scenario.home_definition,
        "goal_definition": scenario.definition or None,
        "levers": {key: _entry(scenario, key, value) for key, value in scenario.levers.items()},
        "parameters": {id_: _entry(scenario, id_, law) for id_, law in scenario.laws.items()},
        "correlations": [
            {"between": list(pair), "normal_scores": value} for pair, value in sorted(scenario.correlations.items())
        ],
    }


def _entry(scenario: Scenario, id_: str, value: float | Law | Yearly) -> dict[str, object]:
    """One value and who set it."""
    origin = scenario.origins[id_]
    because = {"because": {"zh": origin.because.zh, "en": origin.because.en}} if origin.because else {}
    known = {"sources": list(origin.sources), "grade": origin.grade}
    return {"value": _plain(value), "unit": scenario.unit(id_), **known, **because, "set_in": str(origin.where)}


def _plain(value: float | Law | Yearly) -> object:
    if isinstance(value, Yearly):
        return [_plain(law) for law in value.laws]
    return value if isinstance(value, (int, float)) else value.model_dump(mode="json", exclude_none=True)
