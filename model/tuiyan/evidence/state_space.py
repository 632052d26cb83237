"""Benchmarks by the Kalman filter, a level that wanders and a growth that fades, and ordinary least squares."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from tuiyan.evidence.priors import Prior
from tuiyan.wording import Text, both

Array = NDArray[np.float64]
LEAST, FEW = 3, 10  # points: without the first no variance is told from another, below the second they are weak
LOWEST, HIGHEST = -30.0, 5.0  # log of a variance over that of the series
STARTS = ((0.8, 0.1, 0.01), (0.1, 0.8, 0.01))  # errors first, steps of the level first
MOST_STEPS = 2000
TIGHT = 1e-10  # the likelihood is flat: a search that stops early is wrong in the third digit


@dataclass(frozen=True, slots=True, eq=False)
class StateForecast:
    """Where a series stands and goes, by a state space model.

    Attributes
    ----------
    variances
        Of the disturbances, by name, in the squared unit of the series.
    level, level_variance
        Of the last year, given all values.
    mean, variance
        (horizon,), of the value 1, 2, ... years after the last; normal.
    reason
        Why the variances are not well known, a key of the wording; None when they are, or were given.
    points
        Number of values.
    """

    variances: Mapping[str, float]
    level: float
    level_variance: float
    mean: Array
    variance: Array
    reason: str | None
    points: int

    @property
    def identified(self) -> bool:
        """Whether the values were enough to tell the variances."""
        return self.reason is None

    @property
    def why(self) -> Text | None:
        """Why they were not, in a sentence; None when they were."""
        return None if self.reason is None else both(f"state.{self.reason}", points=self.points)


@dataclass(frozen=True, slots=True)
class Regression:
    """Coefficients and standard errors by name, standard deviation of the residuals, share of variance explained."""

    coefficients: Mapping[str, float]
    standard_errors: Mapping[str, float]
    residual_sd: float
    r_squared: float


def local_level(values: ArrayLike, *, horizon: int) -> StateForecast:
    """Level that takes a random step every year, seen with an error.

    Both variances are those of the largest likelihood, with an exactly diffuse start.

    Parameters
    ----------
    values
        (years,), one a year; NaN is a year without one.
    horizon
        Years ahead, 1 or more.

    Returns
    -------
    StateForecast
        With the variances ``irregular`` and ``level``; flagged with fewer than 10 values.

    Raises
    ------
    ValueError
        With fewer than 3 values, or values that never change.

    References
    ----------
    Durbin and Koopman (2012), Time Series Analysis by State Space Methods, chapter 2.

    Examples
    --------
    >>> found = local_level([3., 3.5, 3.2, 3.6, 3.3, 3.4, 3.1, 3.5, 3.2, 3.4], horizon=2)
    >>> found.mean.round(3).tolist(), found.identified
    ([3.32, 3.32], True)
    """
    return _forecast(values, horizon, moves=np.ones((1, 1)), growth=None, shock=None)


def damped_trend(
    logs: ArrayLike, *, horizon: int, damping: float, growth: Prior, shock: float | None = None
) -> StateForecast:
    """Log scale whose growth fades by a known factor every year.

    ln S(t) = ln S(t-1) + g(t-1) + shock, g(t) = damping g(t-1), the first growth with a prior: a few points cannot tell
    its damping, and hardly its size.

    Parameters
    ----------
    logs
        (years,), one a year; NaN is a year without one.
    horizon
        Years ahead, 1 or more.
    damping
        In (0, 1].
    growth
        Prior of the growth after the first year, log points.
    shock
        Standard deviation of a year's shock. With it nothing is estimated but the state, and one value will do. Without
        it the variances ``irregular``, ``level`` and ``slope`` are those of the largest likelihood.

    Returns
    -------
    StateForecast
        Flagged when the variances were estimated from fewer than 10 values.

    Raises
    ------
    ValueError
        For a damping or shock out of range; without `shock` with fewer than 3 values, or values that never change.

    Examples
    --------
    >>> found = damped_trend([0.0], horizon=2, damping=.5, growth=Prior(.2, .1), shock=.1)
    >>> found.mean.round(6).tolist(), found.variance.round(6).tolist()
    ([0.2, 0.3], [0.02, 0.0425])
    """
    if not 0 < damping <= 1:
        raise ValueError(f"the damping is {damping}; it must be above 0 and at most 1")
    if shock is not None and not (math.isfinite(shock) and shock > 0):
        raise ValueError(f"the shock is {shock}; it must be above 0")
    moves = np.array([[1.0, 1.0], [0.0, damping]])
    return _forecast(logs, horizon, moves=moves, growth=growth, shock=shock)


def ordinary_least_squares(response: ArrayLike, columns: Mapping[str, ArrayLike]) -> Regression:
    """Linear regression with a constant.

    Parameters
    ----------
    response
        (cases,).
    columns
        Regressors by name, (cases,) each; the constant comes by itself, under the name ``constant``.

    Returns
    -------
    Regression

    Raises
    ------
    ValueError
        If there are no more cases than coefficients, a number is missing, or a column follows from the others.

    References
    ----------
    Longley (1967), Journal of the American Statistical Association 62(319), whose data test it.

    Examples
    --------
    >>> found = ordinary_least_squares([1., 3., 5., 7.1], {"x": [0., 1., 2., 3.]})
    >>> {name: round(value, 2) for name, value in found.coefficients.items()}
    {'constant': 0.98, 'x': 2.03}
    """
    from statsmodels.regression.linear_model import OLS

    y = np.asarray(response, dtype=np.float64)
    names = ("constant", *columns)
    rows = np.stack([np.ones_like(y), *(np.asarray(column, dtype=np.float64) for column in columns.values())], axis=-1)
    if rows.ndim != 2 or not (np.isfinite(rows).all() and np.isfinite(y).all()):
        raise ValueError("a regression needs one number a case in the response and in every column")
    if y.size <= len(names):
        raise ValueError(f"{y.size} cases cannot tell {len(names)} coefficients and an error")
    size = np.sqrt((rows * rows).sum(axis=0))
    if not size.all() or np.linalg.matrix_rank(rows / size) < len(names):
        raise ValueError(f"of {', '.join(names)} one follows from the others; leave it out")
    found = OLS(y, rows).fit()
    return Regression(
        coefficients=dict(zip(names, found.params.tolist(), strict=True)),
        standard_errors=dict(zip(names, found.bse.tolist(), strict=True)),
        residual_sd=math.sqrt(found.mse_resid),
        r_squared=float(found.rsquared),
    )


def _forecast(
    values: ArrayLike, horizon: int, *, moves: Array, growth: Prior | None, shock: float | None
) -> StateForecast:
    """Variances where they are not given, and what the filter says with them."""
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1 or np.isinf(y).any() or horizon < 1:
        raise ValueError(
            f"the series is {y.tolist()} and the horizon {horizon}; it must be numbers, the horizon 1 or more"
        )
    points, least = int(np.isfinite(y).sum()), LEAST if shock is None else 1
    if points < least:
        raise ValueError(f"there are {points} values; {least} are needed")
    # In its own unit, so that the search does not depend on the unit of the series.
    scale = float(np.nanstd(y)) if shock is None else shock
    if scale == 0:
        raise ValueError("the values never change, so that they tell no variance")
    start = None if growth is None else Prior(growth.mean / scale, growth.sd / scale)

    def filtered(variances: Array, ahead: int) -> Any:
        return _kalman(np.concatenate([y / scale, np.full(ahead, math.nan)]), moves, variances, start)

    variances, converged = np.array([0.0, 1.0, 0.0]), True
    if shock is None:
        variances, converged = _most_likely(lambda tried: float(filtered(tried, 0).llf), 1 + len(moves))
    found, last = filtered(variances, horizon), y.size - 1
    few = "few_points" if shock is None and points < FEW else None
    return StateForecast(
        variances=dict(zip(("irregular", "level", "slope"), (variances * scale**2).tolist(), strict=False)),
        level=float(found.filtered_state[0, last]) * scale,
        level_variance=float(found.filtered_state_cov[0, 0, last]) * scale**2,
        mean=found.forecasts[0, y.size :] * scale,
        variance=found.forecasts_error_cov[0, 0, y.size :] * scale**2,
        reason=few if converged else "not_converged",
        points=points,
    )


def _kalman(y: Array, moves: Array, variances: Array, growth: Prior | None) -> Any:
    """Kalman filter with an exactly diffuse level and, where there is a growth, its prior."""
    from statsmodels.tsa.statespace.initialization import Initialization
    from statsmodels.tsa.statespace.kalman_filter import KalmanFilter

    states = len(moves)
    start = Initialization(states)
    start.set(0, "diffuse")
    if growth is not None:
        start.set(1, "known", constant=[growth.mean], stationary_cov=[[growth.sd**2]])
    model = KalmanFilter(k_endog=1, k_states=states, initialization=start)
    model.bind(y)
    model["design"] = np.eye(1, states)
    model["obs_cov"] = variances[:1, None]
    model["transition"] = moves
    model["selection"] = np.eye(states)
    model["state_cov"] = np.diag(variances[1:])
    return model.filter()


def _most_likely(log_likelihood: Callable[[Array], float], count: int) -> tuple[Array, bool]:
    """Variances of the largest likelihood of a series of unit variance, and whether the search came to rest.

    From two starts: with few values there may be a mode where all is error and another where all is the level.
    """

    def cost(logs: Array) -> float:
        return -log_likelihood(np.exp(logs))

    found = [
        optimize.minimize(
            cost,
            [math.log(variance) for variance in start[:count]],
            method="Nelder-Mead",
            bounds=optimize.Bounds(LOWEST, HIGHEST),
            options={"xatol": TIGHT, "fatol": TIGHT, "maxiter": MOST_STEPS, "maxfev": 2 * MOST_STEPS},
        )
        for start in STARTS
    ]
    best = min(found, key=lambda search: float(search.fun))
    return np.exp(best.x), bool(best.success)
