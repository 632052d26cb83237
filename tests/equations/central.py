"""Inputs of the model straight from the register: one central path, or a few random ones."""

from typing import Any

import numpy as np
import tuiyan as ty
from tuiyan.draws.recipe import recipe

PLAN = recipe(ty.load("baseline"))
LEVERS = tuple(PLAN.levers)
Inputs = dict[str, dict[str, Any]]


def central_inputs() -> Inputs:
    """One draw with every law at its centre and no shocks, at launch."""
    return PLAN.central()


def full_effort(level: float = 1.0) -> dict[str, float]:
    """The same effort on every lever."""
    return dict.fromkeys(LEVERS, level)


def random_inputs(draws: int, seed: int = 1) -> Inputs:
    """The first draws of an ensemble, with private money never crowded out: effects are not negative."""
    whole = -(-draws // 16) * 16
    inputs = columns(PLAN.inputs(draws=whole, seed=seed), slice(draws), whole)
    inputs["lever"]["finance.crowd_in"] = np.abs(inputs["lever"]["finance.crowd_in"])
    return inputs


def columns(inputs: Inputs, where: slice, draws: int) -> Inputs:
    """The same inputs for some of the draws."""

    def cut(value: Any) -> Any:
        drawn = isinstance(value, np.ndarray) and value.ndim > 0 and value.shape[-1] == draws
        return np.ascontiguousarray(value[..., where]) if drawn else value

    return {name: {key: cut(value) for key, value in block.items()} for name, block in inputs.items()}
