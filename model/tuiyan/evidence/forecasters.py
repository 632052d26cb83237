"""Methods that forecast a yearly series from its first few values: curves with priors, state space, benchmarks, a pool.

A method is a function of the values and the years ahead that returns draws of the natural log of each year. Where its
spread comes from was settled before any score of a spread was seen:

* the naive methods and the local level: one rule, see `tuiyan.evidence.benchmarks`;
* the curves: the posterior around its mode, and an independent log error of `ERROR` each year;
* the damped local trend: what is not known of its growth, and a step of `ERROR` each year;
* the pool: the mixture of its three.

The generalised Bass curve is not among them: no series of the panel comes with a covariate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuiyan.evidence import state_space
from tuiyan.evidence.benchmarks import ERROR, LAWS, StudentForecast, student_forecast
from tuiyan.evidence.curve_priors import CurvePriors
from tuiyan.evidence.fits import posterior_mode

Array = NDArray[np.float64]
BENCHMARKS = tuple(LAWS)
POOLED = ("bass", "damped_trend", "no_change")


class Method(Protocol):
    """A forecast of the log of a series."""

    def __call__(self, values: Array, horizon: int, *, priors: CurvePriors, count: int, seed: int) -> Array:
        """(horizon, count) draws from the (n,) values, n >= 2, and what is believed of each curve."""
        ...


def forecast(
    method: str, values: ArrayLike, horizon: int, *, priors: CurvePriors, count: int = 4096, seed: int = 0
) -> Array:
    """Draws of the log of a series in the years that follow its values.

    Parameters
    ----------
    method
        Key of `METHODS`.
    values
        (n,), of years 1 to n, above 0, at least two; all that is known. In any unit: the draws are of its log.
    horizon
        Years ahead, at least 1.
    priors
        Only the curves and the damped local trend read them.
    count, seed
        Draws of each year, and where they start. Draws of different years do not belong together.

    Returns
    -------
    (horizon, count), natural logs

    Raises
    ------
    ValueError
        For values that have no logs, fewer than two of them, an unknown method, one that cannot be fitted.

    Examples
    --------
    >>> draws = forecast("no_change", [100., 120., 110.], 3, priors=CurvePriors({}, {}, .9))
    >>> np.exp(np.median(draws, axis=1)).round(6).tolist()
    [110.0, 110.0, 110.0]
    """
    known = np.asarray(values, dtype=np.float64)
    if known.ndim != 1 or known.size < 2:
        raise ValueError(f"a forecast needs the values of at least two years, in a row; it was given {known.size}")
    if not (np.isfinite(known) & (known > 0)).all():
        raise ValueError(f"the values are {known}; every year needs one above 0")
    if horizon < 1:
        raise ValueError(f"the horizon is {horizon}; it must be at least one year")
    if method not in METHODS:
        raise ValueError(f"there is no method {method}; there are {', '.join(METHODS)}")
    draws = METHODS[method](known, horizon, priors=priors, count=count, seed=seed)
    if not np.isfinite(draws).all():
        raise ValueError(f"{method} has draws that are no number on {known.size} values")
    return draws


def _curve(name: str, first: float) -> Method:
    """The posterior mode of a curve and the law around it; `first` is the time of the first value.

    A series of sales has its first year end at 1, a level is at the start of its way at 0.
    """

    def method(values: Array, horizon: int, *, priors: CurvePriors, count: int, seed: int) -> Array:
        times = first + np.arange(values.size + horizon)
        fit = posterior_mode(name, times[: values.size], values, priors=priors.of(name), error=ERROR)
        return fit.forecast(times[values.size :], count=count, seed=seed)

    return method


def _naive(law: Callable[[Array, int], StudentForecast]) -> Method:
    """A benchmark, which believes nothing beforehand."""

    def method(values: Array, horizon: int, *, priors: CurvePriors, count: int, seed: int) -> Array:  # noqa: ARG001 - all are called alike
        return law(np.log(values), horizon).draws(count, seed)

    return method


def local_level(values: Array, horizon: int, *, priors: CurvePriors, count: int, seed: int) -> Array:  # noqa: ARG001 - as `_naive`
    """A level that wanders, seen with an error; `tuiyan.evidence.state_space` estimates both variances.

    From a handful of years they are hardly known: the variance one year ahead is shrunk as that of the benchmarks is,
    counting for one error less than there are years, and keeps its growth with the horizon.
    """
    found = state_space.local_level(np.log(values), horizon=horizon)
    ahead, errors = float(found.variance[0]), values.size - 1
    law = student_forecast(found.mean, found.variance / ahead, errors * ahead, errors)
    return law.draws(count, seed)


def damped_local_trend(values: Array, horizon: int, *, priors: CurvePriors, count: int, seed: int) -> Array:
    """A scale that takes a step of `ERROR` every year around a growth that fades; only the growth is learned."""
    found = state_space.damped_trend(
        np.log(values), horizon=horizon, damping=priors.damping, growth=priors.growth, shock=ERROR
    )
    return StudentForecast(found.mean, np.sqrt(found.variance), math.inf).draws(count, seed)


def point_forecasts(values: Array, horizon: int, *, priors: CurvePriors) -> dict[str, Array]:
    """Point forecasts of the log: the three of the pool and, as ``log_mean``, the mean of their logs.

    The Bass curve is taken at its mode. The median of its draws lies elsewhere, because a few years bound the market
    from below and hardly from above; so does the median of the pool from the mean of the logs.

    Returns
    -------
    (horizon,) by name
    """
    fit = posterior_mode("bass", 1.0 + np.arange(values.size), values, priors=priors.of("bass"), error=ERROR)
    points = {name: LAWS[name](np.log(values), horizon).centre for name in ("damped_trend", "no_change")}
    points["bass"] = np.log(fit.at(values.size + 1.0 + np.arange(horizon)))
    points["log_mean"] = np.mean([points[name] for name in POOLED], axis=0)
    return points


def default(values: Array, horizon: int, *, priors: CurvePriors, count: int, seed: int) -> Array:
    """Linear pool of the Bass curve, the damped trend and no change: each gives a third of the draws.

    A mixture and never an average of quantiles, which would be sharper than any of the three has reason to be; its
    point forecast is its median.

    References
    ----------
    Gneiting and Ranjan (2013), Electronic Journal of Statistics 7.
    """
    shares = [count // len(POOLED) + (place < count % len(POOLED)) for place in range(len(POOLED))]
    seeds = np.random.SeedSequence(seed).generate_state(len(POOLED)).tolist()
    parts = [
        METHODS[name](values, horizon, priors=priors, count=share, seed=each)
        for name, share, each in zip(POOLED, shares, seeds, strict=True)
    ]
    return np.concatenate(parts, axis=1)


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "default": default,
        "bass": _curve("bass", 1.0),
        "gompertz": _curve("gompertz", 0.0),
        "logistic": _curve("logistic", 0.0),
        "richards": _curve("richards", 0.0),
        "local_level": local_level,
        "damped_local_trend": damped_local_trend,
        **{name: _naive(law) for name, law in LAWS.items()},
    }
)
