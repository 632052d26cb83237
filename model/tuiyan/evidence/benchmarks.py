"""Naive forecasts of a yearly series, each with an honest error: what a method must beat to be worth its trouble.

All work on natural logs and by one rule. The scale of a step comes from the errors that the method itself would have
made one year ahead inside the years it has seen, shrunk towards `ERROR`; how the spread grows with the horizon follows
from the method's own account of the series, with what is not known of its slope. So no benchmark wins or loses by a
spread that somebody chose for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

Array = NDArray[np.float64]
ERROR = 0.25  # log error of the sales of a year around a curve, as economics.md 8 and target A29 state it
PRIOR_ERRORS = 4.0  # errors that `ERROR` counts for: about as many as four to six years give, so that each has half
DAMPING = 0.6  # share of growth that the damped trend leaves each year


@dataclass(frozen=True, slots=True)
class StudentForecast:
    """Student t of the log of each coming year: `centre` and `scale` (horizon,); normal if `freedom` is infinite."""

    centre: Array
    scale: Array
    freedom: float

    def draws(self, count: int, seed: int) -> Array:
        """(horizon, count), equally likely quantiles in an order of their own for each year."""
        generator = np.random.default_rng(seed)
        levels = (np.arange(count) + 0.5) / count
        spread = stdtrit(self.freedom, levels) if np.isfinite(self.freedom) else ndtri(levels)
        orders = [generator.permutation(count) for _ in self.centre]
        return np.stack([c + s * spread[order] for c, s, order in zip(self.centre, self.scale, orders, strict=True)])


def student_forecast(centre: Array, growth: Array, squares: float, errors: int) -> StudentForecast:
    """The forecast from the method's own errors, in units of one step, and the variance of each year ahead in it.

    With a scaled inverse chi-squared law of the variance, worth `PRIOR_ERRORS` errors of size `ERROR`, the forecast is
    a Student t; a method that had no occasion to err has that law alone.
    """
    freedom = PRIOR_ERRORS + errors
    variance = (PRIOR_ERRORS * ERROR**2 + squares) / freedom
    return StudentForecast(centre, np.sqrt(variance * growth), freedom)


def no_change(logs: Array, horizon: int) -> StudentForecast:
    """The last value. Errors: the growth of each year; they add up, so that the variance grows with the years ahead.

    Parameters
    ----------
    logs
        (n,), natural logs, n >= 2.
    horizon
        Years ahead.

    Examples
    --------
    >>> found = no_change(np.log([100., 120., 110.]), 2)
    >>> np.exp(found.centre).round(6).tolist(), found.freedom, found.scale.round(4).tolist()
    ([110.0, 110.0], 6.0, [0.2202, 0.3113])
    """
    errors = np.diff(logs)
    return student_forecast(np.full(horizon, logs[-1]), _ahead(horizon), float(errors @ errors), errors.size)


def last_growth(logs: Array, horizon: int) -> StudentForecast:
    """The last value and the last growth, which go on. Errors: the changes of growth.

    A change of growth stays, so an error of one step adds 1, 2, 3, ... times itself, and the variance grows with the
    sum of squares.

    Parameters
    ----------
    logs, horizon
        As in `no_change`.

    Examples
    --------
    >>> np.exp(last_growth(np.log([100., 120., 144.]), 2).centre).round(4).tolist()
    [172.8, 207.36]
    """
    centre = logs[-1] + (logs[-1] - logs[-2]) * _ahead(horizon)
    errors = np.diff(logs, 2)
    return student_forecast(centre, np.cumsum(_ahead(horizon) ** 2), float(errors @ errors), errors.size)


def log_linear(logs: Array, horizon: int) -> StudentForecast:
    """Exponential trend by least squares on the logs.

    Its errors one year ahead, each over its own standard deviation in units of the residual, have the sum of squares
    of the residuals (recursive residuals); the variance ahead is 1 + 1/n + (t - mean)^2/S, as in any regression.

    Parameters
    ----------
    logs, horizon
        As in `no_change`.

    References
    ----------
    Brown, Durbin and Evans (1975), Journal of the Royal Statistical Society B 37(2).

    Examples
    --------
    >>> np.exp(log_linear(np.log([100., 120., 144.]), 2).centre).round(4).tolist()
    [172.8, 207.36]
    """
    t = np.arange(logs.size) - (logs.size - 1) / 2
    squares = float(t @ t)
    slope = float(t @ logs) / squares
    residuals = logs - logs.mean() - slope * t
    ahead = t[-1] + _ahead(horizon)
    growth = 1 + 1 / logs.size + ahead**2 / squares
    return student_forecast(logs.mean() + slope * ahead, growth, float(residuals @ residuals), logs.size - 2)


def damped_trend(logs: Array, horizon: int) -> StudentForecast:
    """The last value and the mean growth, which dies out: growth j years ahead is .6^j of it.

    Errors: what growth was over .6 of the mean growth before, in units of a step with what is not known of
    that mean. Errors of a step add up.

    Parameters
    ----------
    logs, horizon
        As in `no_change`.

    Examples
    --------
    >>> np.exp(damped_trend(np.log([100., 120., 144.]), 1).centre).round(3).tolist()    # 144 x 1.2^.6
    [160.646]
    """
    growth = np.diff(logs)
    known = np.arange(1, growth.size + 1)
    means = np.cumsum(growth) / known
    errors = (growth[1:] - DAMPING * means[:-1]) / np.sqrt(1 + DAMPING**2 / known[:-1])
    weight = np.cumsum(DAMPING ** _ahead(horizon))
    variance = _ahead(horizon) + weight**2 / known[-1]
    return student_forecast(logs[-1] + weight * means[-1], variance, float(errors @ errors), errors.size)


def ets(logs: Array, horizon: int) -> StudentForecast:
    """Exponential smoothing with a damped trend, ETS(A,Ad,N) of the logs, weights by maximum likelihood.

    Level and trend start from the first two years: to estimate them too would take more parameters than there are
    years. Errors: one year ahead from the years before, fitted anew each time. The variance grows as the fitted
    weights say, but no slower than with the years ahead: a handful of years often gives the weight nought, which would
    call the trend certain.

    Parameters
    ----------
    logs, horizon
        As in `no_change`.

    Raises
    ------
    ValueError
        If the fit does not converge.

    References
    ----------
    Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, table 6.2.

    Examples
    --------
    >>> float(np.exp(ets(np.log([100., 120., 144., 172.8]), 1).centre[0]).round(0))    # 20% a year, little damped
    207.0
    """
    errors = np.array([logs[year] - _smoothed(logs[:year], 1)[0][0] for year in range(2, logs.size)])
    centre, response = _smoothed(logs, horizon)
    growth = np.maximum(np.cumsum(response**2), _ahead(horizon))
    return student_forecast(centre, growth, float(errors @ errors), errors.size)


def _smoothed(logs: Array, horizon: int) -> tuple[Array, Array]:
    """Point forecasts (horizon,), and what an error of this step adds 0, 1, ... years after it."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    if not np.ptp(logs):  # nothing to fit: any weights repeat the value
        return np.full(horizon, logs[-1]), np.ones(horizon)
    slope = float(logs[1] - logs[0])
    start = {"initialization_method": "known", "initial_level": float(logs[0]) - slope, "initial_trend": slope}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whether it converged is asked below
        fit = ETSModel(logs, error="add", trend="add", damped_trend=True, **start).fit(disp=False)
    if not fit.mle_retvals["converged"]:
        raise ValueError(f"the weights of exponential smoothing do not converge on {logs.size} years")
    level, trend, damping = (float(value) for value in fit.params)
    response = level + trend * np.cumsum(damping ** np.arange(1, horizon))
    return np.asarray(fit.forecast(horizon), dtype=np.float64), np.concatenate([[1.0], response])


def _ahead(horizon: int) -> Array:
    """1, 2, ..., horizon."""
    return np.arange(1.0, horizon + 1)


LAWS: dict[str, Callable[[Array, int], StudentForecast]] = {
    "no_change": no_change,
    "last_growth": last_growth,
    "log_linear": log_linear,
    "damped_trend": damped_trend,
    "ets": ets,
}
