"""Where the growth of the scale comes from: seven blocks of the model, switched off in every combination.

With all of them off the scale stays where it was in 2017, so the parts add up to the whole growth since then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.pairing import Pair
from tuiyan.analysis.shapley import shapley
from tuiyan.draws.recipe import Inputs
from tuiyan.ensemble import in_chunks
from tuiyan.estimates import Estimate, batches, from_batches
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.wording import Text, both, preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
SCALE = "scale.total"
NEVER = 1e-12  # a hazard a year that moves nothing; the closed form of adoption divides by it
# What "off" means for a block: the value of each parameter, or the parameter whose value it takes.
OFF: Mapping[str, Mapping[str, float | str]] = {
    "initial_gap": {"demand.backlog": 1.0, "supply.slack": 1.0},
    "adoption": {"adoption.innovation": NEVER, "adoption.imitation": 0.0},
    "value_added": {"macro.growth_value_added": 0.0, "sectors.offset": 0.0},
    "external": {"demand.growth_external": 0.0},
    "supply": {
        "stocks.growth_capital": 0.0, "stocks.growth_talent": 0.0, "stocks.growth_rd": 0.0,
        "supply.growth_efficiency": 0.0, "firms.entry": "firms.exit", "firms.entry_elasticity": 0.0,
    },
    "policy": {},
    "shock": {"shocks.common": 0.0, "shocks.segment": 0.0},
}  # fmt: skip
BLOCKS = tuple(OFF)


@dataclass(frozen=True, slots=True, repr=False)
class Contributions:
    """Contributions to the median log growth of the scale since 2017, by block and year.

    Attributes
    ----------
    yearly
        Block to the contribution to growth in each year after 2017, log points; they sum to `growth` in each year.
    since
        Block to the contribution to growth since 2017, by year; they sum to `level`.
    growth, level
        Change of the median of ln S(t)/S(2017) in each year, and its value.
    """

    scenario: str
    draws: int
    seed: int
    years: tuple[int, ...]
    yearly: Mapping[str, tuple[Estimate, ...]]
    since: Mapping[str, tuple[Estimate, ...]]
    growth: tuple[Estimate, ...]
    level: tuple[Estimate, ...]

    def label(self, block: str) -> Text:
        """Name of a block."""
        return both(f"growth.{block}")

    def __repr__(self) -> str:
        """Contributions since 2017 by the last year."""
        shown = ", ".join(f"{block} {found[-1].value:+.3f}" for block, found in self.since.items())
        return f"<Contributions {self.scenario}, 2017-{self.years[-1]}: {shown}; total {self.level[-1].value:+.3f}>"

    def frame(self) -> pd.DataFrame:
        """One row a block and year: contribution to the year's growth and since 2017, log points."""
        import pandas as pd

        rows = [
            (block, year, self.yearly[block][k].value, self.yearly[block][k].standard_error, self.since[block][k].value)
            for block in self.yearly
            for k, year in enumerate(self.years)
        ]
        table = pd.DataFrame(rows, columns=["block", "year", "contribution", "standard_error", "since_2017"])
        return table.assign(unit="log")

    def _repr_html_(self) -> str:
        """The yearly contributions as a table, for notebooks."""
        from tuiyan.analysis import showing

        return showing.contributions(self, preferred()).html()


def contributions(
    pair: Pair,
    *,
    of: str = SCALE,
    last: int = POLICY_HORIZON,
    progress: Callable[[int, int], object] | None = None,
) -> Contributions:
    """Contributions to the growth of the alternative's scale: exact Shapley values over seven blocks, 128 runs.

    Parameters
    ----------
    pair
        The base says what no policy is: it must have no effort on any lever.
    of
        Only the scale of the city.
    last
        Last year.

    Raises
    ------
    TuiyanError
        For another outcome, a base with effort, and a year that is not covered.
    """
    if of not in (SCALE, "R01", "scale_2020"):
        raise TuiyanError([Finding("E183", None, {"name": of})])
    if any(effort != 0 for effort in pair.base.plan.levers.values()):
        raise TuiyanError([Finding("E184", None, {"name": pair.base.scenario.id})])
    ensemble = pair.alternative.until(min(last, pair.alternative.last))
    nothing = dict.fromkeys(ensemble.plan.levers, 0.0)
    values = []
    runs = 1 << len(BLOCKS)
    for coalition in range(runs):
        on = {block for place, block in enumerate(BLOCKS) if coalition >> place & 1}
        chunks = in_chunks(without(ensemble.drawn, set(BLOCKS) - on), ensemble.draws)
        effort = None if "policy" in on else nothing
        path = ensemble.values((SCALE,), effort=effort, chunks=chunks)[SCALE]
        values.append(np.median(batches(np.log(path[1:] / path[0])), axis=-2))
        if progress:
            progress(coalition + 1, runs)
    since = shapley(np.stack(values))
    level = values[-1] - values[0]
    return Contributions(
        ensemble.scenario.id, ensemble.draws, ensemble.seed, ensemble.plan.years[1:],
        yearly={block: _estimates(_steps(since[place])) for place, block in enumerate(BLOCKS)},
        since={block: _estimates(since[place]) for place, block in enumerate(BLOCKS)},
        growth=_estimates(_steps(level)), level=_estimates(level),
    )  # fmt: skip


def without(drawn: Inputs, blocks: set[str]) -> Inputs:
    """Inputs with some blocks of the model switched off, also where a parameter follows a path."""
    found: dict[str, Any] = {name: dict(block) for name, block in drawn.items()}
    for block in blocks:
        for id_, value in OFF[block].items():
            owner, _, key = id_.partition(".")
            other, _, other_key = value.partition(".") if isinstance(value, str) else ("", "", "")
            found[owner][key] = drawn[other][other_key] if other else _like(drawn[owner][key], value)
            found["by_year"].pop(id_, None)
    return found


def _like(value: Any, constant: Any) -> Any:
    """A constant in the shape of what it stands in for."""
    return np.full_like(value, constant) if isinstance(value, np.ndarray) else constant


def _steps(levels: Array) -> Array:
    """Differences over years (first axis), the first from nothing."""
    return np.diff(levels, axis=0, prepend=np.zeros((1, levels.shape[-1])))


def _estimates(values: Array) -> tuple[Estimate, ...]:
    """An estimate for each year from (years, batches)."""
    return tuple(from_batches(each) for each in values)
