"""Growth curves fitted to a few yearly figures: by least squares, and by the posterior mode."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from tuiyan.evidence.fitted import Fit
from tuiyan.evidence.forms import FORMS, Form, bass_start, efforts, form_of, increments, measured, rising
from tuiyan.evidence.priors import Prior

__all__ = ["FORMS", "Fit", "Prior", "bass_start", "increments", "least_squares", "posterior_mode"]

Array = NDArray[np.float64]
MOST_RELATIVE_ERROR = 0.5  # of a ceiling: at two standard errors it would reach down to nothing
FAR = 100.0  # times what has been reached so far: no data tell a ceiling so far away
LEAST_SALES = 7  # points of a Bass curve without priors
RANK = 1e-6  # of the smallest to the largest singular value, each parameter in its own scale
ROUNDING = 1e-12  # of the largest slope by a parameter, below which the values do not depend on another at all
TIGHT, MOST_STEPS = 1e-15, 1000  # of the search for the least sum of squares
STEP = 1e-30  # of a complex derivative, which has no rounding error however small the step


def least_squares(
    curve: str, times: ArrayLike, values: ArrayLike, *, start: Mapping[str, float], effort: ArrayLike | None = None
) -> Fit:
    """Curve with the smallest sum of squared differences from the values.

    Parameters
    ----------
    curve
        Key of `FORMS`.
    times
        (points,), years, rising; those of sales are the ends of the years since the launch, the first of which is 1.
    values
        (points,), 0 or above, one for each time: levels, or the sales of a year. Leave a year without a figure out.
    start
        Every parameter by name, in natural units.
    effort
        (years,), by year since the launch, for ``generalised_bass`` and only for it.

    Returns
    -------
    Fit
        With standard errors from the exact derivatives and s^2 = RSS/(n - k). Ask `Fit.identified`: points before the
        turn of a curve do not tell where it ends, and fewer than 7 of a Bass curve are never believed to.

    Raises
    ------
    ValueError
        For an unknown curve, times and values that do not fit, a start that is not one.

    References
    ----------
    Srinivasan and Mason (1986), Marketing Science 5(2); NIST Statistical Reference Datasets.

    Examples
    --------
    >>> fit = least_squares("saturating", [1, 2, 3], [50., 75., 87.5], start={"ceiling": 80., "speed": 1.})
    >>> round(fit.ceiling, 6), fit.degrees_of_freedom
    (100.0, 1)
    """
    form = form_of(curve)
    x, given = rising(form, times), efforts(curve, effort)
    y = measured(x, values)
    scale = float(np.abs(y).max(initial=0.0))
    if scale == 0:
        raise ValueError("there is no value above 0 to fit a curve to")

    def levels(working: Array) -> Array:
        return form.shape(x, *form.natural(working), *given)

    working, converged = _minimise(lambda theta: (levels(theta) - y) / scale, _start(form, start))
    with np.errstate(all="ignore"):  # a ceiling that runs off may leave the range of numbers
        natural = np.array(form.natural(working))
        total, free = float(np.sum((levels(working) - y) ** 2)), y.size - natural.size
        spread = total / free if free > 0 else math.nan
        covariance = spread * _inverse(_derivative(levels, working), form.slopes(natural))
    return Fit(
        curve=curve,
        estimates=dict(zip(form.names, natural.tolist(), strict=True)),
        covariance=covariance,
        points=y.size,
        residual_sum_of_squares=total,
        error=None,
        reason=_doubt(form, natural, y) or _doubt_of_any(natural, covariance, converged=converged),
        effort=given[0] if given else None,
    )


def posterior_mode(
    curve: str,
    times: ArrayLike,
    values: ArrayLike,
    *,
    priors: Mapping[str, Prior],
    error: float,
    effort: ArrayLike | None = None,
) -> Fit:
    """Most likely parameters given the values and what was believed before, with the law around them.

    The log of a value is normal around the log of the curve. The covariance is the inverse of the precision of the
    priors and of the values together, J'J/error^2 with the exact derivatives J of the logs at the mode.

    Parameters
    ----------
    curve, times, effort
        As in `least_squares`.
    values
        (points,), above 0.
    priors
        By name, of every parameter but the first: normal on the log of a positive one, on a plain one itself. Without
        a prior of its own the first, the size, is flat in logs.
    error
        Standard deviation of a log value, > 0.

    Returns
    -------
    Fit
        Fewer than two values teach nothing: the priors come back, with the size that fits the one value where the
        size has no prior, and `Fit.reason` says so.

    Raises
    ------
    ValueError
        For an unknown curve, times and values that do not fit, a prior that is missing or of no parameter.

    References
    ----------
    Lenk and Rao (1990), Marketing Science 9(1); Ramirez-Hassan and Montoya-Blandon (2020), International Journal of
    Forecasting 36(2).

    Examples
    --------
    >>> belief = {"innovation": Prior(math.log(.0135), .73), "imitation": Prior(math.log(.306), .36)}
    >>> fit = posterior_mode("bass", [1, 2, 3, 4], [840, 1470, 2110, 4000], priors=belief, error=.25)
    >>> round(fit.estimates["imitation"], 2), fit.identified
    (0.45, False)
    """
    form = form_of(curve)
    x, given = rising(form, times), efforts(curve, effort)
    y = measured(x, values, log=True)
    means, spreads = _beliefs(form, priors)
    if not (math.isfinite(error) and error > 0):
        raise ValueError(f"the error of a log value is {error}; it must be above 0")
    points, flat = y.size, math.isinf(spreads[0])
    if points == 1 and not flat:
        x, y = x[:0], y[:0]

    def logs(working: Array) -> Array:
        return np.log(form.shape(x, *form.natural(working), *given))

    def residuals(working: Array) -> Array:
        return np.concatenate([(logs(working) - np.log(y)) / error, (working - means) / spreads])

    if flat and y.size:
        means[0] = np.mean(np.log(y) - logs(means))
    working, converged = _minimise(residuals, means) if y.size else (means, True)
    with np.errstate(all="ignore"):  # as above, where the priors are wide
        natural = np.array(form.natural(working))
        covariance = _inverse(_derivative(residuals, working), form.slopes(natural))
    if flat and not y.size:
        natural[0] = math.nan
    return Fit(
        curve=curve,
        estimates=dict(zip(form.names, natural.tolist(), strict=True)),
        covariance=covariance,
        points=points,
        residual_sum_of_squares=float(np.sum((logs(working) - np.log(y)) ** 2)),
        error=error,
        reason="prior_only" if points < 2 else _doubt_of_any(natural, covariance, converged=converged),
        effort=given[0] if given else None,
    )


def _start(form: Form, start: Mapping[str, float]) -> Array:
    """Start values on the scale of fitting."""
    if set(start) != set(form.names):
        raise ValueError(f"the start names {', '.join(sorted(start))}; it must name {', '.join(form.names)}")
    for name, value in start.items():
        if not (math.isfinite(value) and (value > 0 or name in form.plain)):
            raise ValueError(
                f"the start of {name} is {value}; it must be a number{'' if name in form.plain else ' above 0'}"
            )
    return np.array([start[name] if name in form.plain else math.log(start[name]) for name in form.names])


def _beliefs(form: Form, priors: Mapping[str, Prior]) -> tuple[Array, Array]:
    """Means and standard deviations on the scale of fitting; the size is flat, of mean 0, where it has no prior."""
    if missing := set(form.names[1:]) - set(priors):
        raise ValueError(f"no prior is given for {', '.join(sorted(missing))}; a few points cannot replace it")
    if unknown := set(priors) - set(form.names):
        raise ValueError(f"a prior is given for {', '.join(sorted(unknown))}; the curve has {', '.join(form.names)}")
    beliefs = [(priors[name].mean, priors[name].sd) if name in priors else (0.0, math.inf) for name in form.names]
    return np.array([mean for mean, _ in beliefs]), np.array([sd for _, sd in beliefs])


def _minimise(residuals: Callable[[Array], Array], start: Array) -> tuple[Array, bool]:
    """Parameters with the smallest sum of squares, and whether the search came to rest."""

    def slopes(working: Array) -> Array:
        return np.nan_to_num(_derivative(residuals, working), nan=0.0, posinf=0.0, neginf=0.0)

    # A trial step may overflow; the search then takes a shorter one. Where only the slope does, it goes no further that
    # way, and the covariance says that the direction is open.
    with np.errstate(all="ignore"):
        if not np.isfinite(residuals(start)).all():
            raise ValueError(f"the curve is no number at its start, {start.tolist()} on the scale of fitting")
        found = optimize.least_squares(
            residuals, start, slopes, x_scale="jac", ftol=TIGHT, xtol=TIGHT, gtol=TIGHT, max_nfev=MOST_STEPS
        )
    return found.x, found.status > 0


def _derivative(function: Callable[[Array], Array], working: Array) -> Array:
    """Exact derivatives (values, parameters) of an analytic function, from one complex step for each parameter."""
    steps = STEP * 1j * np.eye(working.size)
    return np.stack([np.imag(function(working + step)) / STEP for step in steps], axis=-1)


def _inverse(rows: Array, slopes: Array) -> Array:
    """Inverse of J'J in natural units, J being `rows` over `slopes`.

    NaN for a parameter on which nothing depends but by rounding, and everywhere if a direction is open or beyond the
    range of numbers.
    """
    size = np.sqrt((rows * rows).sum(axis=0))
    felt = np.flatnonzero(size > ROUNDING * size.max(initial=0.0))
    inverse = np.full((size.size, size.size), math.nan)
    if not np.isfinite(size).all():
        return inverse
    _, spread, basis = np.linalg.svd(rows[:, felt] / size[felt], full_matrices=False)
    if felt.size and spread.size == felt.size and spread[-1] > RANK * spread[0]:
        half = basis.T / spread * (slopes[felt] / size[felt])[:, None]
        inverse[np.ix_(felt, felt)] = half @ half.T
    return inverse


def _doubt(form: Form, natural: Array, values: Array) -> str | None:
    """Why values alone do not say where a curve ends."""
    if values.size <= natural.size:
        return "few_points"
    if natural[0] > FAR * (values.sum() if form.sales else values.max()):
        return "runs_off"
    return "few_sales" if form.sales and values.size < LEAST_SALES else None


def _doubt_of_any(natural: Array, covariance: Array, *, converged: bool) -> str | None:
    """Why a fit, with priors or without, does not say where a curve ends."""
    if not converged:
        return "not_converged"
    if not np.isfinite(covariance).all():
        return "open"
    return "wide" if math.sqrt(covariance[0, 0]) > MOST_RELATIVE_ERROR * natural[0] else None
