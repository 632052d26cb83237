"""Morris screening: which inputs matter at all, from few runs.

A trajectory starts at a point of a grid and changes every input once, in random order. The change of the output over
the change of the input is an elementary effect; their mean and spread over trajectories tell an input that does nothing
from one that acts alone, and from one that acts through others or not in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """Elementary effects of each input, in the unit of the output for the whole range of the input.

    Attributes
    ----------
    mu
        Mean effect, (inputs,).
    mu_star
        Mean of its absolute value, (inputs,): effects of both signs do not cancel.
    sigma
        Standard deviation over trajectories (divided by their number), (inputs,): 0 where the effect is everywhere
        the same.
    """

    mu: Array
    mu_star: Array
    sigma: Array


def trajectories(count: int, inputs: int, generator: np.random.Generator, *, levels: int = 4) -> Array:
    """Random trajectories on the grid {0, 1/(p - 1), ..., 1} of the unit cube.

    Parameters
    ----------
    count
        Number of trajectories r, at least 1.
    inputs
        Number of inputs k, at least 1.
    generator
        Source of the starts, directions and orders: the same generator state gives the same trajectories.
    levels
        Number of levels p, even: every level is then equally likely.

    Returns
    -------
    array (r, k + 1, k)
        Points; each differs from the one before it in one input, by delta = p/(2 (p - 1)) up or down. The ends 0 and 1
        are levels: who needs an open interval maps them inside.

    Raises
    ------
    ValueError
        If a number is below 1 or `levels` is odd.

    References
    ----------
    Morris (1991), Technometrics 33(2), doi:10.1080/00401706.1991.10484804.

    Examples
    --------
    >>> points = trajectories(1, 2, np.random.default_rng(0))
    >>> points.shape, np.abs(np.diff(points, axis=1)).sum(axis=1).round(6).tolist()
    ((1, 3, 2), [[0.666667, 0.666667]])
    """
    if count < 1 or inputs < 1 or levels < 2 or levels % 2:
        asked = f"{count} trajectories of {inputs} inputs on {levels} levels"
        raise ValueError(f"asked for {asked}; there must be 1 or more of each, and an even number of levels")
    half = levels // 2
    start = generator.integers(half, size=(count, 1, inputs))
    down = generator.integers(2, size=(count, 1, inputs)) == 1
    rank = generator.permuted(np.tile(np.arange(inputs), (count, 1)), axis=1)[:, None, :]
    moved = rank < np.arange(inputs + 1)[None, :, None]
    points: Array = (start + half * (moved ^ down)) / (levels - 1)
    return points


def screening(points: ArrayLike, values: ArrayLike) -> Screening:
    """Mean, mean absolute and spread of the elementary effects.

    Parameters
    ----------
    points
        Trajectories, (r, inputs + 1, inputs), as `trajectories` gives them.
    values
        Outputs at the points, (r, inputs + 1).

    Returns
    -------
    Screening

    Raises
    ------
    ValueError
        If shapes do not match, a number is not finite, or a trajectory does not change each input once, one at a time.

    References
    ----------
    Morris (1991); the mean absolute effect is of Campolongo, Cariboni and Saltelli (2007), Environmental Modelling
    and Software 22(10), doi:10.1016/j.envsoft.2006.10.004.

    Examples
    --------
    >>> points = trajectories(40, 2, np.random.default_rng(0))
    >>> found = screening(points, 3 * points[..., 0] - 2 * points[..., 1])
    >>> found.mu.round(9).tolist(), found.mu_star.round(9).tolist(), found.sigma.round(9).tolist()
    ([3.0, -2.0], [3.0, 2.0], [0.0, 0.0])
    """
    points, values = np.asarray(points, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if (
        points.ndim != 3
        or points.shape[1] != points.shape[2] + 1
        or values.shape != points.shape[:2]
        or not len(points)
    ):
        shapes = f"{points.shape} and {values.shape}"
        raise ValueError(f"points and values have the shapes {shapes}; they must be (r, k + 1, k) and (r, k + 1)")
    if not np.isfinite(values).all():
        raise ValueError("an output is not a finite number")
    steps = np.diff(points, axis=1)
    changed = steps != 0
    if not ((changed.sum(axis=1) == 1).all() and (changed.sum(axis=2) == 1).all()):
        raise ValueError("a trajectory must change each input once, one at a time")
    # Step s of a trajectory changed one input: put its effect into the column of that input.
    which = changed.argmax(axis=2)
    size = np.take_along_axis(steps, which[..., None], axis=2)[..., 0]
    effects = np.empty(size.shape)
    np.put_along_axis(effects, which, np.diff(values, axis=1) / size, axis=1)
    return Screening(effects.mean(axis=0), np.abs(effects).mean(axis=0), effects.std(axis=0))
