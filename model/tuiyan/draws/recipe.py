"""From a scenario to the arrays that the model takes, for any range of draws.

A `Recipe` is the part of a scenario that a worker needs: small, plain, and picklable. `Recipe.inputs` draws every
parameter, shock and count; `Recipe.central` puts every law at its centre and all shocks at nothing (formula check).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from tuiyan.draws.points import uniforms
from tuiyan.draws.quantiles import dirichlet_quantile, quantile
from tuiyan.draws.weights import Weights
from tuiyan.inputs.bounds import Interval
from tuiyan.inputs.correlation import cholesky
from tuiyan.inputs.laws import Dirichlet, Fixed, Law
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.tables import Tables
from tuiyan.inputs.variables import BASE_YEAR

Array = NDArray[np.float64]
Inputs = dict[str, dict[str, Any]]
STREAMS = 20_001  # stream numbers that the register allows
UNDRAWN = ("curve",)  # reduced-form curves stand beside the model, not in it


@dataclass(frozen=True)
class Uncertain:
    """One parameter as a worker needs it."""

    id: str
    law: Law | Yearly
    stream: int | None
    hard: Interval

    @property
    def block(self) -> str:
        """First word of the id: a module of `equations`, or a shared block."""
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        """The rest of the id: a keyword-only argument there."""
        return self.id.partition(".")[2]

    @property
    def laws(self) -> tuple[Law, ...]:
        """Its law, or that of each year."""
        return self.law.laws if isinstance(self.law, Yearly) else (self.law,)

    @property
    def random(self) -> bool:
        """Whether it needs a uniform number."""
        return any(not isinstance(law, Fixed) for law in self.laws)


@dataclass(frozen=True)
class Recipe:
    """All that a run needs of a scenario, without its texts and origins.

    `learned` are weights on its draws: `inputs` then gives equally weighted draws that stand for them.
    """

    levers: dict[str, float | tuple[float, ...]]
    parameters: tuple[Uncertain, ...]
    correlated: tuple[str, ...]
    factor: tuple[tuple[float, ...], ...]
    years: tuple[int, ...]
    tables: Tables
    masks: dict[str, tuple[float, ...]]
    shocks: dict[str, tuple[int, int]]
    counts: dict[str, int]
    learned: Weights | None = None

    def inputs(self, *, draws: int, seed: int, start: int = 0) -> Inputs:
        """Arrays of draws ``start`` to ``start + draws - 1`` by block and key, as `projection.project` takes them.

        Scalars that are certain are plain floats; a random scalar is (draws,), a vector (items, draws). A parameter on
        a path stands in its block with its value of 2017, and under ``by_year`` with one value a year.

        Raises
        ------
        TuiyanError
            For more draws than were learned from, or another seed.
        """
        if self.learned is None:
            return self.transformed(self.uniforms(draws=draws, seed=seed, start=start))
        return self.transformed(self._resampled(self.learned, draws=draws, seed=seed, start=start))

    def transformed(self, numbers: Mapping[str, Array]) -> Inputs:
        """The same from given uniform numbers: id to (streams, draws), as `uniforms` gives them."""
        numbers, usual = self._correlated(numbers), self.tables.segments.share

        def value(parameter: Uncertain, law: Law) -> Any:
            if isinstance(law, Fixed):
                return np.array(law.value) if isinstance(law.value, tuple) else law.value
            if isinstance(law, Dirichlet):
                return dirichlet_quantile(law.around(usual), law.concentration, numbers[parameter.id])
            return quantile(law, numbers[parameter.id][0], parameter.hard)

        found = self._collected(value)
        steps, segments = len(self.years) - 1, len(self.tables.segments.codes)
        found["shocks"] = {
            "common": ndtri(numbers["shocks.common"]),
            "segment": ndtri(numbers["shocks.segment"]).reshape(steps, segments, -1),
        }
        found["counts"] = {name: numbers[f"counts.{name}"][0] for name in self.counts}
        return found

    def central(self) -> Inputs:
        """One path: every law at its central argument, no shocks, counts at their median (economics.md 12)."""

        def value(_: Uncertain, law: Law) -> Any:
            if isinstance(law, Dirichlet):
                return np.array(law.around(self.tables.segments.share))[:, None]
            if isinstance(law, Fixed):
                return np.array(law.value) if isinstance(law.value, tuple) else law.value
            return np.array([law.centre])

        found = self._collected(value)
        steps, segments = len(self.years) - 1, len(self.tables.segments.codes)
        found["shocks"] = {"common": np.zeros((steps, 1)), "segment": np.zeros((steps, segments, 1))}
        found["counts"] = {name: np.full(1, 0.5) for name in self.counts}
        return found

    def _collected(self, value: Callable[[Uncertain, Law], Any]) -> Inputs:
        """Tables and parameters by block and key."""
        found = self._tables()
        found["by_year"] = {}
        for parameter in self.parameters:
            values = [value(parameter, law) for law in parameter.laws]
            found.setdefault(parameter.block, {})[parameter.key] = values[0]
            if isinstance(parameter.law, Yearly):
                found["by_year"][parameter.id] = values
        return found

    def streams(self) -> dict[str, list[int]]:
        """Registered streams of every uncertain parameter, shock (year by year, item by item) and count, by id."""
        positions = self.tables.segments.position
        found: dict[str, list[int]] = {
            parameter.id: [
                parameter.stream + item for item in (positions if isinstance(parameter.law, Dirichlet) else (0,))
            ]
            for parameter in self.parameters
            if parameter.random and parameter.stream is not None
        }
        later = range(len(self.years) - 1)
        for name, (first, per_year) in self.shocks.items():
            items = positions if name == "segment" else (0,)
            found[f"shocks.{name}"] = [first + step * per_year + item for step in later for item in items]
        return found | {f"counts.{name}": [stream] for name, stream in self.counts.items()}

    def uniforms(self, *, draws: int, seed: int, start: int = 0, shift: int = 0) -> dict[str, Array]:
        """Uniform numbers of every stream, by id: (streams, draws).

        Parameters
        ----------
        shift
            Take each from the stream so far behind its own: a second, independent set of the same draws.
        """
        streams = self.streams()
        wanted = [(stream + shift) % STREAMS for part in streams.values() for stream in part]
        numbers = uniforms(wanted, draws=draws, seed=seed, start=start)
        ends = np.cumsum([len(part) for part in streams.values()])[:-1]
        return dict(zip(streams, np.split(numbers, ends), strict=True))

    def proposed(self, weights: Weights) -> dict[str, Array]:
        """Uniform numbers of every stream of the draws that weights are on: those of the seed, or moved ones."""
        numbers = self.uniforms(draws=weights.draws, seed=weights.seed)
        for id_ in numbers.keys() & weights.moved.keys():
            rows = weights.moved[id_][: len(numbers[id_])]
            numbers[id_][: len(rows)] = rows
        return numbers

    def _resampled(self, weights: Weights, *, draws: int, seed: int, start: int) -> dict[str, Array]:
        """Uniform numbers of some places of the equally weighted ensemble."""
        weights.check(start + draws, seed)
        places = weights.chosen[start : start + draws]
        return {id_: rows[:, places] for id_, rows in self.proposed(weights).items()}

    def _correlated(self, numbers: Mapping[str, Array]) -> dict[str, Array]:
        """Gaussian copula: normal scores mixed by the Cholesky factor, in the order of the streams."""
        found = dict(numbers)
        scores = [ndtri(numbers[id_][0]) for id_ in self.correlated]
        for row, id_ in enumerate(self.correlated):
            weights = self.factor[row]
            if any(weights[:row]):
                mixed = weights[0] * scores[0]
                for column in range(1, row + 1):
                    mixed = mixed + weights[column] * scores[column]
                found[id_] = ndtr(mixed)[None]
        return found

    def _tables(self) -> Inputs:
        """The fixed tables as columns."""

        def column(values: Any) -> Array:
            return np.array(values, dtype=np.float64)[:, None]

        sectors, segments = self.tables.sectors, self.tables.segments
        share = sectors.share
        drift = math.fsum(v * g for v, g in zip(share, sectors.offset, strict=True))
        classes = {
            name: column([kind == name for kind in segments.value_added_class])
            for name in ("electronics", "machinery", "software")
        }
        return {
            "sectors": {
                "share": column(share),
                "start": column(sectors.start),
                "exposure": column(sectors.exposure),
                "labour_share": column(sectors.labour_share),
                "speed": column(sectors.speed),
                "offset": column([g - drift for g in sectors.offset]),
            },
            "segments": {**{factor: column(values) for factor, values in segments.weights.items()}, **classes},
            "use": {"weight": np.array(self.tables.use)},
            "mask": {name: column(values) for name, values in self.masks.items()},
        }


def recipe(scenario: Scenario) -> Recipe:
    """The recipe of a scenario."""
    workspace = scenario.workspace
    register = workspace.parameter_file
    parameters = tuple(
        Uncertain(id_, law, workspace.parameters[id_].stream, workspace.parameters[id_].hard)
        for id_, law in scenario.laws.items()
        if id_.partition(".")[0] not in UNDRAWN
    )
    drawn = {parameter.id: parameter.stream or 0 for parameter in parameters if parameter.random}
    pairs = {each: value for each, value in scenario.correlations.items() if drawn.keys() >= set(each)}
    correlated = sorted({id_ for each in pairs for id_ in each}, key=lambda id_: drawn[id_])
    codes = workspace.tables.sectors.codes
    hazards = [key for key in workspace.levers if f"lever.{key}.hazard" in workspace.parameters]
    return Recipe(
        levers={key: _effort(value) for key, value in scenario.levers.items()},
        parameters=parameters,
        correlated=tuple(correlated),
        factor=tuple(cholesky(correlated, pairs)),
        years=tuple(range(BASE_YEAR, scenario.horizon + 1)),
        tables=workspace.tables,
        masks={key: _mask(workspace.levers[key].mask or {}, codes) for key in hazards},
        shocks={name: (shock.first, shock.per_year) for name, shock in register.shocks.items() if name not in UNDRAWN},
        counts={name: count.stream for name, count in register.counts.items()},
        learned=scenario.learned,
    )


def _effort(value: float | Yearly) -> float | tuple[float, ...]:
    """Effort on a lever: one number, or that of each year."""
    return tuple(law.declared()[0] for law in value.laws) if isinstance(value, Yearly) else value


def _mask(declared: dict[str, float], codes: tuple[str, ...]) -> tuple[float, ...]:
    """How far a lever reaches each sector; 1 where nothing is said."""
    default = declared.get("default", 1.0)
    return tuple(declared.get(code, default) for code in codes)
