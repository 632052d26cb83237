"""Time the model beside its floor: ``python -m benchmarks``.

The floor is NumPy's `exp` over as many elements as the model's exponentials, powers and logarithms touch. They are
counted, not guessed: the model runs once on arrays that count what is done to them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import tuiyan as ty
from tuiyan.cli.studying import answers
from tuiyan.draws.recipe import Recipe, recipe
from tuiyan.projection import project

from benchmarks import batching, lab

DRAWS, REPEATS, AIM, AIM_CHECK = 8192, 9, 5.0, 3.0
COUNTED = {"exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "power", "float_power", "logaddexp"}
WEIGHT = {"logaddexp": 2}  # one exponential and one logarithm


class Counting(np.ndarray):
    """An array that counts the elements of every elementary function applied to it."""

    elements: ClassVar[Counter[str]] = Counter()

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """Do the work on plain arrays, and count it."""
        plain = [np.asarray(each) if isinstance(each, Counting) else each for each in inputs]
        if "out" in kwargs:
            kwargs["out"] = tuple(np.asarray(each) if isinstance(each, Counting) else each for each in kwargs["out"])
        found = getattr(ufunc, method)(*plain, **kwargs)
        if ufunc.__name__ in COUNTED:
            Counting.elements[ufunc.__name__] += np.size(found) * WEIGHT.get(ufunc.__name__, 1)
        return found.view(Counting) if isinstance(found, np.ndarray) else found


def count(plan: Recipe, draws: int = 64) -> Counter[str]:
    """Elements of each elementary function in one projection of `DRAWS` draws."""
    inputs = plan.inputs(draws=draws, seed=0)
    wrapped = {
        block: {key: value.view(Counting) if isinstance(value, np.ndarray) else value for key, value in values.items()}
        for block, values in inputs.items()
    }
    Counting.elements.clear()
    project(wrapped, plan.levers, plan.years)
    return Counter({name: elements * DRAWS // draws for name, elements in Counting.elements.items()})


def seconds(work: Callable[[], object]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(*arguments: str) -> float:
    """Wall time of one interpreter."""
    return seconds(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True))


def checking() -> float:
    """Median ratio of `tuiyan check` of the whole workspace to importing NumPy, taken in pairs."""
    pairs = [(process("-c", "import numpy"), process("-m", "tuiyan", "check")) for _ in range(REPEATS)]
    return statistics.median(check / numpy for numpy, check in pairs)


def studying() -> float:
    """Ratio of all decision verbs for one scenario against its parent to one run of it, on the same draws."""
    scenario, parent = ty.load("announced"), ty.load("baseline")
    ty.run(scenario, draws=DRAWS)
    once = statistics.median(seconds(lambda: ty.run(scenario, draws=DRAWS)) for _ in range(REPEATS))
    here, there = (ty.run(each, draws=DRAWS) for each in (scenario, parent))
    return seconds(lambda: [ask("en") for _, ask in answers(here, there)]) / once


def main() -> int:
    """Print the ratios; 1 when the model misses its aim."""
    plan = recipe(ty.load("announced"))
    counted = count(plan)
    total = sum(counted.values())
    numbers = np.random.default_rng(0).uniform(-1, 1, total)
    inputs = plan.inputs(draws=DRAWS, seed=0)

    def floor() -> object:
        return np.exp(numbers)

    def model() -> object:
        return project(inputs, plan.levers, plan.years)

    def whole() -> object:
        return project(plan.inputs(draws=DRAWS, seed=0), plan.levers, plan.years)

    for warm in (floor, model, whole):
        warm()
    rounds = [(seconds(floor), seconds(model), seconds(whole)) for _ in range(REPEATS)]
    ratio = statistics.median(each[1] / each[0] for each in rounds)
    ratio_whole = statistics.median(each[2] / each[0] for each in rounds)
    low, high = min(each[1] / each[0] for each in rounds), max(each[1] / each[0] for each in rounds)
    out = sys.stdout.write
    out(f"full model, {DRAWS} draws, {plan.years[0]}-{plan.years[-1]}, one pass\n")
    out(
        "elements: "
        + ", ".join(f"{name} {number:,}" for name, number in sorted(counted.items()))
        + f"; all {total:,}\n"
    )
    out(f"floor (numpy exp over as many): {statistics.median(each[0] for each in rounds):.4f} s here\n")
    out(f"model / floor: {ratio:.2f} (from {low:.2f} to {high:.2f} in {REPEATS} rounds; aim {AIM:g})\n")
    out(f"draws and model / floor: {ratio_whole:.2f}\n")
    out(f"tuiyan study announced / one run of it, {DRAWS} draws: {studying():.0f}\n")
    out(f"tuiyan check, whole workspace / python -c 'import numpy': {checking():.2f} (aim {AIM_CHECK:g})\n")
    out(batching.report())
    out(lab.report())
    return int(ratio > AIM)


if __name__ == "__main__":
    raise SystemExit(main())
