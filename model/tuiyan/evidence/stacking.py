"""How much each forecasting method counts: the declared weights, or those that scored best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# A judgement, stated before any score was known (economics.md 8): half for the model, the rest shared by the curves.
DECLARED: Mapping[str, float] = MappingProxyType(
    {"structural": 0.5, "trend": 0.125, "gompertz": 0.125, "bass": 0.125, "no_change": 0.125}
)
FLOOR = 0.05  # no method is dropped on a handful of scores
LEAST_ORIGINS = 4
MOST_STEPS = 500


def log_score(log_densities: ArrayLike, weights: ArrayLike) -> float:
    """Sum over origins of the log of the weighted mean of the densities; the higher, the better.

    Parameters
    ----------
    log_densities
        (origins, methods), log of the density each method gave to what came true.
    weights
        (methods,), >= 0, sum 1.

    Examples
    --------
    >>> round(log_score(np.log([[.2, .4], [.1, .3]]), [.5, .5]), 6)
    -2.813411
    """
    logs = np.asarray(log_densities, dtype=np.float64)
    top = logs.max(axis=1, keepdims=True)
    return float(np.sum(np.log((np.exp(logs - top) * np.asarray(weights)).sum(axis=1)) + top[:, 0]))


def stacked(log_densities: ArrayLike, start: ArrayLike, *, floor: float = FLOOR) -> Array:
    """Weights of a mixture with the highest log score, none below a floor.

    The score is concave in the weights, so there is one best score. Where several weights have it, as with two methods
    that gave the same densities, the search says which is found.

    Parameters
    ----------
    log_densities
        (origins, methods), log of the density each method gave to what came true.
    start
        (methods,), weights to start from, not below the floor, sum 1; what is found never scores lower.
    floor
        Least weight of a method, in [0, 1/methods).

    Returns
    -------
    (methods,), sum 1

    Raises
    ------
    ValueError
        For densities, weights or a floor that cannot be.

    References
    ----------
    Hall and Mitchell (2007), International Journal of Forecasting 23(1); Yao, Vehtari, Simpson and Gelman (2018),
    Bayesian Analysis 13(3).

    Examples
    --------
    >>> densities = np.log([[.2, .4], [.5, .1], [.3, .3], [.1, .4]])
    >>> stacked(densities, [.5, .5]).round(4).tolist()
    [0.3605, 0.6395]
    """
    from scipy import optimize

    logs, weights = np.asarray(log_densities, dtype=np.float64), np.asarray(start, dtype=np.float64)
    _check(logs, weights, floor)
    densities = np.exp(logs - logs.max(axis=1, keepdims=True))
    # What is above the floor is a mixture of its own: of the methods, each with the floors of all of them added.
    free = 1.0 - weights.size * floor
    parts = floor * densities.sum(axis=1, keepdims=True) + free * densities

    def loss(share: Array) -> float:
        return -float(np.log(parts @ share).mean())

    def slope(share: Array) -> Array:
        downhill: Array = -(parts / (parts @ share)[:, None]).mean(axis=0)
        return downhill

    found = optimize.minimize(
        loss,
        (weights - floor) / free,
        jac=slope,
        method="SLSQP",
        bounds=[(0.0, 1.0)] * weights.size,
        constraints=optimize.LinearConstraint(np.ones(weights.size), 1.0, 1.0),
        options={"ftol": 1e-15, "maxiter": MOST_STEPS},
    )
    share = np.clip(found.x, 0.0, 1.0)
    best: Array = floor + free * share / share.sum()
    return best if log_score(logs, best) > log_score(logs, weights) else weights


def _check(logs: Array, weights: Array, floor: float) -> None:
    """Refuse what is no table of log densities, no weights, or no floor."""
    if logs.ndim != 2 or not logs.size or np.isnan(logs).any() or (logs == np.inf).any():
        raise ValueError(f"the log densities have shape {logs.shape}; they must be numbers, one an origin and method")
    if not np.isfinite(logs.max(axis=1)).all():
        raise ValueError("an origin got density 0 from every method; no weights can score it")
    if not 0 <= floor * weights.size < 1:
        raise ValueError(f"the floor is {floor}; {weights.size} methods cannot all be above it")
    if weights.shape != logs.shape[1:] or not (weights >= floor).all() or abs(float(weights.sum()) - 1) > 1e-9:
        raise ValueError(
            f"the weights are {weights.tolist()}; none may lie below {floor}, and they sum to 1, one a method"
        )


def method_weights(scores: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Weights of the methods from their log scores: the declared ones with fewer than four scored origins.

    Parameters
    ----------
    scores
        Method to the log density it gave to what came true, one an origin, the same origins for all.

    Raises
    ------
    ValueError
        For other methods than those declared, or lists of different lengths.

    Examples
    --------
    >>> method_weights({name: [-1.0, -1.2, -0.9] for name in DECLARED})["structural"]
    0.5
    """
    if set(scores) != set(DECLARED):
        raise ValueError(f"the scores are of {', '.join(sorted(scores))}; they must be of {', '.join(DECLARED)}")
    if len({len(each) for each in scores.values()}) > 1:
        raise ValueError("the methods are scored on different origins")
    if len(scores["structural"]) < LEAST_ORIGINS:
        return dict(DECLARED)
    table = np.array([scores[name] for name in DECLARED]).T
    found = stacked(table, list(DECLARED.values()))
    return dict(zip(DECLARED, found.tolist(), strict=True))
