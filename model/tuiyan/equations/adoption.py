"""Adoption of AI by the using sectors: the generalised Bass curve (equation 1)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def adoption_start(start: Array, *, ceiling: Number, start_scale: Number) -> Array:
    """Share of exposed tasks done with AI at the end of 2017.

    Parameters
    ----------
    start : (sectors, 1), share, the sector table's starting adoption, in (0, 1)
    ceiling : scalar or (draws,), share, long-run ceiling, in (0, 1]
    start_scale : scalar or (draws,), ratio, multiplier on the table, > 0

    Returns
    -------
    (sectors, draws), share

    Notes
    -----
    a = min(start * start_scale, .8 ceiling): a sector never starts in the saturated end of the curve.

    Examples
    --------
    >>> float(adoption_start(np.array([[.06]]), ceiling=.55, start_scale=np.array([10.]))[0, 0])
    0.44000000000000006
    """
    result: Array = np.minimum(start * start_scale, 0.8 * np.asarray(ceiling))
    return result


def adoption_step(
    previous: Array,
    acceleration: Number,
    speed: Number,
    dt: float = 1.0,
    *,
    innovation: Number,
    imitation: Number,
    ceiling: Number,
) -> Array:
    """Adoption one step later, exact for a constant acceleration.

    Parameters
    ----------
    previous : (sectors, draws), share of exposed tasks at the start of the step, in [0, ceiling]
    acceleration : scalar or (sectors, draws), factor by which policy speeds up time, > 0
    speed : scalar or (sectors, 1), sector multiplier on imitation, >= 0
    dt : years
    innovation : p, scalar or (draws,), 1/yr, > 0
    imitation : q, scalar or (draws,), 1/yr, >= 0
    ceiling : abar, scalar or (draws,), share, in (0, 1]

    Returns
    -------
    (sectors, draws), share, in [previous, ceiling]

    Notes
    -----
    With F = a/abar and q = imitation * speed, r = (1 - F)/(p + q F) shrinks by exp(-(p + q) acceleration dt), and
    F = (1 - p r)/(1 + q r). Carrying r and not its inverse leaves no division by zero at the ceiling.

    References
    ----------
    Bass, Krishnan and Jain (1994), Marketing Science 13(3): F(t) = F_Bass(integral of the acceleration).

    Examples
    --------
    Means of 213 applications (Sultan, Farley and Lehmann, 1990), five years from nothing:

    >>> a = adoption_step(np.zeros((1, 1)), 1., 1., 5., innovation=.03, imitation=.38, ceiling=1.)
    >>> round(float(a[0, 0]), 7)
    0.3311986
    """
    contagion = imitation * speed
    pressure = contagion * previous
    pressure += innovation * ceiling
    rest = ceiling - previous
    rest /= pressure
    hazard = np.add(contagion, innovation, out=pressure)
    hazard *= acceleration
    hazard *= -dt
    rest *= np.exp(hazard, out=hazard)
    result: Array = rest * (-innovation * ceiling)
    result += ceiling
    rest *= contagion
    rest += 1.0
    result /= rest
    return result
