"""Curves that can be fitted, and what their times, values and start have to be."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tuiyan.equations import growth_curves as shapes

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Form:
    """A curve that can be fitted.

    Attributes
    ----------
    shape
        Function of the times and of the parameters in the order of `names`.
    names
        Of the parameters; the first is the ceiling or the market, in the unit of the values.
    plain
        Parameters of any sign, fitted as they are; the others are positive and fitted in logs.
    sales
        Whether the values are sales of a year, so that the first parameter is what they all add up to.
    first
        Earliest time.
    """

    shape: Callable[..., Array]
    names: tuple[str, ...]
    plain: frozenset[str] = frozenset()
    sales: bool = False
    first: float = -math.inf

    def natural(self, working: Array) -> list[Any]:
        """Parameters as the shape takes them, from those on the scale of fitting."""
        return [value if name in self.plain else np.exp(value) for name, value in zip(self.names, working, strict=True)]

    def slopes(self, natural: Array) -> Array:
        """Derivative of each natural parameter by the one on the scale of fitting."""
        return np.array([1.0 if n in self.plain else v for n, v in zip(self.names, natural, strict=True)])


MARKET = ("market", "innovation", "imitation")
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "logistic": Form(shapes.logistic, ("ceiling", "offset", "speed"), frozenset({"offset"})),
        "richards": Form(shapes.richards, ("ceiling", "offset", "speed", "shape"), frozenset({"offset"})),
        "gompertz": Form(shapes.gompertz, ("ceiling", "gap", "speed"), frozenset({"gap"})),
        "saturating": Form(shapes.saturating, ("ceiling", "speed")),
        "bass_density": Form(shapes.bass_density, MARKET, sales=True, first=0.0),
        "bass": Form(shapes.bass_increments, MARKET, sales=True, first=1.0),
        "generalised_bass": Form(shapes.generalised_bass_increments, MARKET, sales=True, first=1.0),
    }
)


def form_of(curve: str) -> Form:
    """The form of a curve by its name."""
    if curve not in FORMS:
        raise ValueError(f"there is no curve {curve!r}; the curves are {', '.join(FORMS)}")
    return FORMS[curve]


def rising(form: Form, times: ArrayLike) -> Array:
    """Rising times, none of them before the curve begins."""
    x = np.asarray(times, dtype=np.float64)
    if x.ndim != 1 or not np.isfinite(x).all() or (np.diff(x) <= 0).any():
        raise ValueError(f"the times are {x.tolist()}; they must be a list of numbers, each above the one before")
    if x.size and x[0] < form.first:
        raise ValueError(f"the first time is {x[0]:g}; this curve begins at {form.first:g}, counted from the launch")
    return x


def measured(times: Array, values: ArrayLike, *, log: bool = False) -> Array:
    """One value for each time, no gap, none negative and, where the log is taken, none 0."""
    y = np.asarray(values, dtype=np.float64)
    if y.shape != times.shape:
        raise ValueError(f"there are {times.size} times and values of shape {y.shape}; each time needs one value")
    if not np.isfinite(y).all():
        place = int(np.argmin(np.isfinite(y)))
        raise ValueError(f"value {place + 1} is {y[place]}; leave a gap out of the times and of the values")
    wrong = y <= 0 if log else y < 0
    if wrong.any():
        place, rule = int(np.argmax(wrong)), "above 0, for its log is fitted" if log else "0 or above"
        raise ValueError(f"value {place + 1} is {y[place]:g}; a value must be {rule}")
    return y


def efforts(curve: str, effort: ArrayLike | None) -> tuple[tuple[float, ...], ...]:
    """What a curve takes beyond its parameters: the effort of a generalised Bass curve, else nothing."""
    if (effort is not None) != (curve == "generalised_bass"):
        raise ValueError("an effort by year belongs to the curve generalised_bass, which needs one, and to no other")
    if effort is None:
        return ()
    x = np.asarray(effort, dtype=np.float64)
    if x.ndim != 1 or not (np.isfinite(x) & (x > 0)).all():
        raise ValueError(
            f"the effort is {x.tolist()}; it must be a list of numbers above 0, one a year from the launch"
        )
    return (tuple(x.tolist()),)


def increments(cumulative: ArrayLike) -> Array:
    """What each year adds to a total that starts from nothing.

    Parameters
    ----------
    cumulative
        (years,), the total at the end of each year since the launch; never falling.

    Raises
    ------
    ValueError
        If it falls, is negative or has a gap.

    Examples
    --------
    >>> increments([10, 30, 30, 70]).tolist()
    [10.0, 20.0, 0.0, 40.0]
    """
    total = measured(np.arange(1.0, 1.0 + np.size(cumulative)), cumulative)
    added = np.diff(total, prepend=0.0)
    if (added < 0).any():
        place = int(np.argmax(added < 0))
        raise ValueError(f"a cumulative series cannot fall, but value {place + 1} does, to {total[place]:g}")
    return added


def bass_start(sales: ArrayLike) -> dict[str, float]:
    """Start values of a Bass curve: not estimates, the innovation is some three times too high.

    Sales are regressed on what was sold before and on its square. Where that says nothing, as on four or five points,
    the market is twice the sales so far, the innovation its first share and the imitation the growth up to the peak.

    Parameters
    ----------
    sales
        (years,), of every year since the launch.

    Returns
    -------
    dict
        m = (-b - sqrt(b^2 - 4 a c))/(2 c), p = a/m, q = b + p of y = a + b Y + c Y^2, by name

    Raises
    ------
    ValueError
        If there are no sales.

    References
    ----------
    Bass (1969), Management Science 15(5).

    Examples
    --------
    >>> start = bass_start([840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890])
    >>> round(start["market"], 1), round(start["imitation"], 4)
    (62665.4, 0.6805)
    """
    y = measured(np.arange(1.0, 1.0 + np.size(sales)), sales)
    if not y.any():
        raise ValueError("there are no sales to start from")
    before = np.cumsum(y) - y
    scale = float(y.sum())
    rows = np.stack([np.ones(y.size), before / scale, (before / scale) ** 2], axis=1)
    constant, linear, square = np.linalg.lstsq(rows, y / scale, rcond=None)[0]
    inside = linear**2 - 4 * constant * square
    if y.size > 3 and constant > 0 and square < 0 and inside > 0:
        market = float((-linear - math.sqrt(inside)) / (2 * square))
        innovation, imitation = float(constant) / market, float(linear + constant / market)
        if imitation > 0:
            return {"market": market * scale, "innovation": innovation, "imitation": imitation}
    first, peak = int(np.argmax(y > 0)), int(np.argmax(y))
    growth = math.log(y[peak] / y[first]) / (peak - first) if peak > first else 0.0
    share = float(y[first]) / (2 * scale)
    return {"market": 2 * scale, "innovation": share, "imitation": max(growth, share)}
