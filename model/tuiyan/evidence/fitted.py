"""What a fitted curve says, and how far it may be believed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuiyan.evidence.forms import FORMS, rising
from tuiyan.wording import Text, both

Array = NDArray[np.float64]
TOO_WIDE = "the priors are so wide that some draws of the curve leave the range of numbers"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Fit:
    """Parameters of a curve, how well they are known, and whether its ceiling is.

    Attributes
    ----------
    curve
        Key of `FORMS`.
    estimates
        By name, in natural units.
    covariance
        (parameters, parameters), of the estimates; NaN where the data leave a direction open.
    points
        Number of values fitted.
    residual_sum_of_squares
        Of the values; of their logs where there are priors.
    error
        Standard deviation of a log value that the posterior mode was given; None for least squares.
    reason
        Why the ceiling is not identified, a key of the wording; None when it is.
    effort
        Of a generalised Bass curve, by year from the launch.
    """

    curve: str
    estimates: Mapping[str, float]
    covariance: Array
    points: int
    residual_sum_of_squares: float
    error: float | None
    reason: str | None
    effort: tuple[float, ...] | None = None

    @property
    def identified(self) -> bool:
        """Whether the data, with the priors if there are any, say where the curve ends."""
        return self.reason is None

    @property
    def why(self) -> Text | None:
        """Why the ceiling is not identified, in a sentence; None when it is."""
        return None if self.reason is None else both(f"fit.{self.reason}", points=self.points)

    @property
    def ceiling(self) -> float:
        """Ceiling or market size.

        Raises
        ------
        ValueError
            If it is not identified, with the reason. The number stands in `estimates` for who knows what it is.
        """
        if self.why is not None:
            raise ValueError(self.why["en"])
        return next(iter(self.estimates.values()))

    @property
    def standard_errors(self) -> Mapping[str, float]:
        """By name, in natural units."""
        return dict(zip(self.estimates, np.sqrt(np.diag(self.covariance)).tolist(), strict=True))

    @property
    def degrees_of_freedom(self) -> int:
        """Points less parameters."""
        return self.points - len(self.estimates)

    @property
    def residual_sd(self) -> float:
        """Root of the residual sum of squares over the degrees of freedom; NaN without any."""
        free = self.degrees_of_freedom
        return math.sqrt(self.residual_sum_of_squares / free) if free > 0 else math.nan

    def at(self, times: ArrayLike) -> Array:
        """Values of the fitted curve at (times,), without its errors."""
        return self._shape(rising(FORMS[self.curve], times), self.estimates)

    def draws(self, count: int, seed: int) -> Mapping[str, Array]:
        """Draws of the parameters from the normal approximation around the posterior mode.

        Returns
        -------
        (count,) by name, in natural units; positive ones stay positive

        Raises
        ------
        ValueError
            Without priors; where a parameter has neither prior nor data; if a draw is too large for a number.
        """
        return self._draws(count, np.random.default_rng(seed))

    def forecast(self, times: ArrayLike, *, count: int, seed: int) -> Array:
        """Draws of the log of the curve with the error of each value, independent between times.

        Returns
        -------
        (times, count), natural logs

        Raises
        ------
        ValueError
            As `draws`; if a time is before the first or, with effort, after the last year known; if a prior is so wide
            that the curve overflows or vanishes in some draws.

        Examples
        --------
        >>> from tuiyan.evidence.fits import Prior, posterior_mode
        >>> belief = {"gap": Prior(1.6, 0.5), "speed": Prior(-1.8, 0.35)}
        >>> fit = posterior_mode("gompertz", [0, 1, 2], [100.0, 130.0, 150.0], priors=belief, error=0.12)
        >>> bool((fit.forecast([3, 6], count=4096, seed=0).std(axis=1) > 0.12).all())
        True
        """
        generator = np.random.default_rng(seed)
        parameters = self._draws(count, generator)
        moments = rising(FORMS[self.curve], times)[:, None]
        with np.errstate(all="ignore"):
            logs = np.log(self._shape(moments, parameters))
        if not np.isfinite(logs).all():
            raise ValueError(TOO_WIDE)
        noise = generator.standard_normal((moments.size, count))
        return logs + (self.error or 0.0) * noise

    def _shape(self, times: Array, parameters: Mapping[str, Any]) -> Array:
        """The curve at given parameters."""
        effort = () if self.effort is None else (self.effort,)
        return FORMS[self.curve].shape(times, *parameters.values(), *effort)

    def _draws(self, count: int, generator: np.random.Generator) -> dict[str, Array]:
        """Normal draws on the scale of fitting, by our own Cholesky factor: the same on every machine."""
        if self.error is None:
            raise ValueError("a fit by least squares has no law of its parameters; fit by the posterior mode")
        if not np.isfinite(self.covariance).all():
            why = self.why["en"] if self.why is not None else "a parameter has neither prior nor data"
            raise ValueError(f"nothing can be drawn: {why}")
        form, natural = FORMS[self.curve], np.array(list(self.estimates.values()))
        slopes = form.slopes(natural)
        factor = np.linalg.cholesky(self.covariance / np.outer(slopes, slopes))
        # Summed by hand: what a matrix product rounds depends on the machine.
        moved = (factor[:, :, None] * generator.standard_normal((len(natural), count))).sum(axis=1)
        with np.errstate(over="ignore"):
            drawn = {
                name: value + change if name in form.plain else value * np.exp(change)
                for name, value, change in zip(form.names, natural, moved, strict=True)
            }
        if not all(np.isfinite(values).all() for values in drawn.values()):
            raise ValueError(TOO_WIDE)
        return drawn

    def __repr__(self) -> str:
        """The estimates with their standard errors, and in plain words whether the ceiling is known."""
        errors = self.standard_errors
        known = ", ".join(f"{name} {value:.4g} (se {errors[name]:.2g})" for name, value in self.estimates.items())
        by = "least squares" if self.error is None else "posterior mode"
        warning = "" if self.why is None else f"; CEILING NOT IDENTIFIED: {self.why['en']}"
        return f"<Fit {self.curve} by {by}, {self.points} points: {known}{warning}>"
