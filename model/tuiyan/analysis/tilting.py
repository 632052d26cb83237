"""Conditional forecasts: weights that bring the draws to stated means, and the closed form of a normal law.

Entropic tilting takes, of all weights that meet the conditions, those closest to the present ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
STEPS, HALVINGS = 200, 80
TOLERANCE = 1e-12  # of a mean, in standard deviations of the draws
# The first keeps a Newton step finite where the weights have gone to one draw, the second where conditions repeat.
RIDGE, RELATIVE_RIDGE = 1e-15, 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Tilt:
    """Tilted weights.

    Attributes
    ----------
    weights
        (draws,), sum 1.
    multipliers
        lambda, (conditions,), one over the unit of the condition.
    divergence
        Kullback-Leibler divergence of the weights from those before, nats; 0 if the conditions held already.
    effective
        Effective number of draws, 1/sum w^2.
    """

    weights: Array
    multipliers: Array
    divergence: float
    effective: float


def tilt(functions: ArrayLike, target: ArrayLike, weights: ArrayLike | None = None) -> Tilt:
    """Weights closest to the present ones under which some functions of the draws have given means.

    Parameters
    ----------
    functions
        g, (conditions, draws), or (draws,) for a single condition. A probability is the mean of an indicator.
    target
        Means wanted, (conditions,), or a number.
    weights
        Present weights w0, (draws,), not negative, of any sum; None is equal weights.

    Returns
    -------
    Tilt
        w proportional to w0 exp(lambda' g)

    Raises
    ------
    ValueError
        If shapes do not match, a number is not finite, or no weights meet the conditions: the target is outside the
        convex hull of the draws.

    Notes
    -----
    lambda minimises the convex log sum w0 exp(lambda' (g - target)); its gradient is what is missing to the target.
    A direction in which every draw falls short of the target proves that the target is outside the hull. On the edge of
    the hull the weights are those of the limit, and lambda is as large as the tolerance needs; few effective draws are
    left then. Conditions that repeat each other are allowed.

    References
    ----------
    Robertson, Tallman and Whiteman (2005), Journal of Money, Credit and Banking 37(3).

    Examples
    --------
    Of three draws 0, 1, 2 the mean is to be 1.5:

    >>> found = tilt([0., 1., 2.], 1.5)
    >>> found.weights.round(4).tolist(), round(found.divergence, 4), round(found.effective, 2)
    ([0.1162, 0.2676, 0.6162], 0.1974, 2.15)
    """
    g, wanted = np.atleast_2d(np.asarray(functions, dtype=np.float64)), np.atleast_1d(np.asarray(target, dtype=float))
    start = np.ones(g.shape[-1]) if weights is None else np.asarray(weights, dtype=np.float64)
    _check(g, wanted, start)
    start = start / start.sum()
    used = start > 0
    distance = g[:, used] - wanted[:, None]
    scale = _scale(distance, start[used])
    logs, units = np.log(start[used]), distance / scale[:, None]
    multipliers = _solve(units, logs)
    value, tilted = _dual(multipliers, units, logs)
    found = np.zeros(start.shape)
    found[used] = tilted
    return Tilt(found, multipliers / scale, max(0.0, -value), float(1 / (found * found).sum()))


def _check(g: Array, target: Array, weights: Array) -> None:
    """Shapes, finite numbers and weights that are weights."""
    if g.ndim != 2 or target.shape != g.shape[:1] or weights.shape != g.shape[1:] or not g.size:
        shapes = f"{g.shape}, {target.shape} and {weights.shape}"
        wanted = "(conditions, draws), (conditions,) and (draws,)"
        raise ValueError(f"functions, target and weights have the shapes {shapes}; they must be {wanted}")
    if not all(np.isfinite(part).all() for part in (g, target, weights)):
        raise ValueError("a draw, a target or a weight is not a finite number")
    if weights.min() < 0 or not weights.max() > 0:
        raise ValueError("weights must not be negative, and one of them must be above 0")


def _scale(distance: Array, weights: Array) -> Array:
    """Standard deviation of each function; where the draws do not differ, their distance from the target, or 1."""
    mean = (distance * weights).sum(axis=1, keepdims=True)
    deviation = np.sqrt((weights * (distance - mean) ** 2).sum(axis=1))
    farthest = np.abs(distance).max(axis=1)
    return np.where(deviation > 1e-12 * farthest, deviation, np.where(farthest > 0, farthest, 1.0))


def _dual(multipliers: Array, units: Array, logs: Array) -> tuple[float, Array]:
    """The function to minimise, log sum w0 exp(lambda' u), and the weights that it goes with."""
    exponents = logs + _along(multipliers, units)
    top = exponents.max()
    raised = np.exp(exponents - top)
    total = raised.sum()
    return float(top + np.log(total)), raised / total


def _along(multipliers: Array, units: Array) -> Array:
    """Sum over conditions of lambda u, for each draw."""
    # Not a matrix product: its rounding depends on the library and on the number of threads.
    found: Array = np.add.reduce(multipliers[:, None] * units, axis=0)
    return found


def _solve(units: Array, logs: Array) -> Array:
    """Multipliers by damped Newton steps; `units` is the distance from the target, (conditions, draws)."""
    multipliers = np.zeros(len(units))
    for _ in range(STEPS):
        value, weights = _dual(multipliers, units, logs)
        missing = (weights * units).sum(axis=1)
        if np.abs(missing).max() <= TOLERANCE:
            return multipliers
        if _along(multipliers, units).max() < 0:
            raise ValueError("no weights meet the conditions: the target is outside the convex hull of the draws")
        curvature = np.einsum("in,jn->ij", weights * units, units) - np.outer(missing, missing)
        ridge = RIDGE + RELATIVE_RIDGE * float(np.trace(curvature))
        step = -np.linalg.solve(curvature + ridge * np.eye(len(units)), missing)
        multipliers = multipliers + step * _damping(multipliers, step, float(missing @ step), value, units, logs)
    raise ValueError(f"no weights in {STEPS} steps: the target is outside the convex hull, or rounding decides whether")


def _damping(multipliers: Array, step: Array, slope: float, value: float, units: Array, logs: Array) -> float:
    """The first of 1, 1/2, 1/4, ... of a step that lowers the dual by a part of what its slope promises."""
    size = 1.0
    for _ in range(HALVINGS):
        # Near the minimum the gain is below rounding.
        if _dual(multipliers + size * step, units, logs)[0] <= value + 1e-4 * size * slope + 1e-14 * (1 + abs(value)):
            break
        size /= 2
    return size


def conditional_normal(
    mean: ArrayLike, covariance: ArrayLike, observed: Sequence[int], values: ArrayLike
) -> tuple[Array, Array]:
    """Mean and covariance of the rest of a normal vector, given some of its components.

    Parameters
    ----------
    mean
        (components,).
    covariance
        (components, components), symmetric; positive definite among the observed.
    observed
        Positions of the observed components, from 0.
    values
        What was observed, (observed,).

    Returns
    -------
    mean, covariance
        Of the components not observed, in their order: (rest,) and (rest, rest).

    Raises
    ------
    ValueError
        If shapes do not match, positions repeat or are not there, the covariance is not symmetric, or the observed
        components are tied by an exact linear relation.

    Examples
    --------
    >>> mean, covariance = conditional_normal([5, 10], [[4, 2.4], [2.4, 9]], [1], [13])
    >>> mean.round(9).tolist(), covariance.round(9).tolist()
    ([5.8], [[3.36]])
    """
    centre, spread = np.asarray(mean, dtype=np.float64), np.asarray(covariance, dtype=np.float64)
    known, seen = list(observed), np.asarray(values, dtype=np.float64)
    size = centre.size
    if centre.shape != (size,) or spread.shape != (size, size) or seen.shape != (len(known),):
        shapes = f"{centre.shape}, {spread.shape} and {seen.shape}"
        raise ValueError(
            f"mean, covariance and values have the shapes {shapes}; they must be (n,), (n, n), (observed,)"
        )
    if len(set(known)) != len(known) or not set(known) <= set(range(size)):
        raise ValueError(f"the observed positions are {known}; they must be different ones of 0 to {size - 1}")
    if np.abs(spread - spread.T).max(initial=0.0) > 1e-12 * np.abs(spread).max(initial=0.0):
        raise ValueError("the covariance is not symmetric")
    rest = [position for position in range(size) if position not in known]
    try:
        np.linalg.cholesky(spread[np.ix_(known, known)])
    except np.linalg.LinAlgError:
        raise ValueError("the covariance of the observed components is not positive definite") from None
    weights = np.linalg.solve(spread[np.ix_(known, known)], spread[np.ix_(known, rest)]).T
    left = spread[np.ix_(rest, rest)] - weights @ spread[np.ix_(known, rest)]
    return centre[rest] + weights @ (seen - centre[known]), left
