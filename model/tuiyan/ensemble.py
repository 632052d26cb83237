"""Run the model over an ensemble of draws, in chunks that any executor may share out.

A chunk is a range of draws; its numbers depend on nothing but the seed and the range, and the model never mixes draws,
so one worker, eight workers and any chunk size give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from numbers import Integral
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tuiyan.draws.points import BATCHES
from tuiyan.draws.recipe import Inputs, Recipe, recipe
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.projection import project

Array = NDArray[np.float64]
CHUNK = 8192
MOST_DRAWS = 1 << 18  # some 3 GB in memory


class Executor(Protocol):
    """Anything with the map of `concurrent.futures`: a process pool, a thread pool, a Dask client's executor."""

    def map(self, function: Callable[..., Any], /, *iterables: Iterable[Any]) -> Iterator[Any]:
        """Results of `function` over the arguments, in order."""


def _whole(value: object) -> bool:
    """Whether a value is a whole number; NumPy's count, truth values do not."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def check_draws(draws: int, seed: int = 0) -> None:
    """Draws come in 16 batches of equal size; a seed is a whole number.

    Raises
    ------
    TuiyanError
        For a number of draws that is not a multiple of 16, or out of range; for a seed that is none.
    """
    if not _whole(seed) or seed < 0:
        raise TuiyanError([Finding("E147", None, {"given": repr(seed)})])
    if not _whole(draws) or draws % BATCHES or not 2 * BATCHES <= draws <= MOST_DRAWS:
        raise TuiyanError([Finding("E142", None, {"given": repr(draws), "low": 2 * BATCHES, "high": MOST_DRAWS})])


def in_chunks(drawn: Inputs, draws: int) -> list[Inputs]:
    """Inputs of `draws` draws cut into chunks: what has a draw on its last axis is cut, all else is shared."""
    if draws <= CHUNK:
        return [drawn]

    def part(start: int) -> Inputs:
        cut: Inputs = over_draws(drawn, draws, lambda values: np.ascontiguousarray(values[..., start : start + CHUNK]))
        return cut

    return [part(start) for start in range(0, draws, CHUNK)]


def over_draws(value: Any, draws: int, change: Callable[[Array], Array]) -> Any:
    """Inputs with `change` done to every array that has a draw on its last axis."""
    if isinstance(value, dict):
        return {key: over_draws(each, draws, change) for key, each in value.items()}
    if isinstance(value, list):
        return [over_draws(each, draws, change) for each in value]
    if isinstance(value, np.ndarray) and value.ndim and value.shape[-1] == draws:
        return change(value)
    return value


def simulate(task: tuple[Recipe, int, int, int, float]) -> dict[str, Array]:
    """One chunk: (recipe, first draw, draws, seed, dt) to variables (year, [item,] draw)."""
    plan, start, draws, seed, dt = task
    return project(plan.inputs(draws=draws, seed=seed, start=start), plan.levers, plan.years, dt=dt)


def simulate_all(
    scenario: Scenario, *, draws: int, seed: int, executor: Executor | None = None, dt: float = 1.0, chunk: int = CHUNK
) -> dict[str, Array]:
    """All variables of `scenario` over `draws` draws.

    Parameters
    ----------
    executor
        Shares the chunks out; None runs them here.
    chunk
        Draws in a chunk, a multiple of 16; it changes no number.

    Returns
    -------
    dict of arrays (year, draw) or (year, item, draw), in the units of `inputs.variables`
    """
    check_draws(draws, seed)
    plan = recipe(scenario)
    tasks = [(plan, start, min(chunk, draws - start), seed, dt) for start in range(0, draws, chunk)]
    parts = list(executor.map(simulate, tasks)) if executor else [simulate(task) for task in tasks]
    if len(parts) == 1:
        return parts[0]
    return {name: np.concatenate([part[name] for part in parts], axis=-1) for name in parts[0]}
