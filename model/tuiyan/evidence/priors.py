"""What is believed of a curve before its data, and how belief, data and models are weighed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from tuiyan.equations.curve import logistic_speed
from tuiyan.inputs.laws import Fixed, Law, LogNormal, Normal
from tuiyan.inputs.paths import Yearly

Array = NDArray[np.float64]

# Parameters of the curves that the register holds; those of its generalised form are the Bass curve's.
REGISTERED: Mapping[str, tuple[str, ...]] = {
    "trend": ("growth",),
    "gompertz": ("gap", "speed"),
    "bass": ("innovation", "imitation"),
    "generalised_bass": ("innovation", "imitation"),
}
PLAIN = ("growth", "gap")  # of any sign: fitted as they are

# Years from 10% to 90% of the ceiling, 5th and 95th percentile. A technology that all sectors can use, as artificial
# intelligence, took 15 to 30. Durable goods took about 11 in the mean, and a factor exp(1.645 * .36) either way: their
# imitation coefficients, which set the span, have a standard deviation of .36 in logs (Bass 1969).
GENERAL_PURPOSE = (15.0, 30.0)
DURABLES = (6.1, 19.9)
# A Richards curve may be about as far from the logistic one (0) as puts its steepest point between 43% and 59% of the
# ceiling: .5 in logs. A judgement; a few points do not tell it.
SHAPE_SD = 0.5
CERTAIN = 1e-3  # standard deviation of a parameter that somebody has fixed


@dataclass(frozen=True, slots=True)
class Prior:
    """Normal law of a parameter on the scale it is fitted on: the log of what is positive, else the number itself.

    Raises
    ------
    ValueError
        If the mean is not a number or the standard deviation is not above 0.
    """

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and math.isfinite(self.sd) and self.sd > 0):
            raise ValueError(f"a prior of mean {self.mean} and sd {self.sd} is no law; the sd must be above 0")


def registered_priors(laws: Mapping[str, Law | Yearly], curve: str) -> dict[str, Prior]:
    """Priors of a curve by the register, or by a scenario that changes it.

    Parameters
    ----------
    laws
        By id of the register: ``Scenario.laws``.
    curve
        ``trend``, ``gompertz``, ``bass`` or ``generalised_bass``.

    Returns
    -------
    dict
        By name of the parameter: the numbers of a normal law, of the log of a lognormal one, or of a fixed one.

    Raises
    ------
    ValueError
        For another curve, or a law of another family, which is no prior of this kind.

    Examples
    --------
    >>> law = Normal(family="normal", mean=0.22, sd=0.1)
    >>> registered_priors({"curve.trend.growth": law}, "trend")
    {'growth': Prior(mean=0.22, sd=0.1)}
    """
    if curve not in REGISTERED:
        raise ValueError(f"the register has no priors of {curve}; it has those of {', '.join(REGISTERED)}")
    block = "bass" if curve == "generalised_bass" else curve
    return {name: _prior(f"curve.{block}.{name}", laws) for name in REGISTERED[curve]}


def diffusion_priors(
    laws: Mapping[str, Law | Yearly], curve: str, *, span: tuple[float, float] = GENERAL_PURPOSE
) -> dict[str, Prior]:
    """Priors of the logistic and the Richards curve, whose first year is near take-off.

    The speed is that of a logistic curve which takes the years of `span` from 10% to 90%. The way that is left at time
    0 is the one the register gives the Gompertz curve, G = ln(1 + exp(b)) of the offset b, to first order.

    Parameters
    ----------
    laws
        As in `registered_priors`.
    curve
        ``logistic`` or ``richards``.
    span
        Years from 10% to 90%, 5th and 95th percentile.

    Raises
    ------
    ValueError
        For another curve, a span out of order, or a gap that leaves no way to go.

    Examples
    --------
    >>> law = Normal(family="normal", mean=1.609, sd=0.5)
    >>> found = diffusion_priors({"curve.gompertz.gap": law}, "logistic")
    >>> [(name, round(prior.mean, 3), round(prior.sd, 3)) for name, prior in found.items()]
    [('offset', 1.386, 0.625), ('speed', -1.574, 0.211)]
    """
    if curve not in ("logistic", "richards"):
        raise ValueError(f"these are the priors of the logistic and the richards curve, not of {curve}")
    slow, fast = math.log(logistic_speed(span[1])), math.log(logistic_speed(span[0]))
    if not slow < fast:
        raise ValueError(f"the years from 10% to 90% go from {span[0]} to {span[1]}; the shorter comes first")
    gap = _prior("curve.gompertz.gap", laws)
    if gap.mean <= 0:
        raise ValueError(f"the gap of the Gompertz curve has mean {gap.mean}; a curve that grows needs one above 0")
    ahead = math.expm1(gap.mean)
    found = {
        "offset": Prior(math.log(ahead), gap.sd * (1 + ahead) / ahead),
        "speed": Prior((slow + fast) / 2, (fast - slow) / (2 * float(ndtri(0.95)))),
    }
    return found if curve == "logistic" else {**found, "shape": Prior(0.0, SHAPE_SD)}


def _prior(id_: str, laws: Mapping[str, Law | Yearly]) -> Prior:
    """Law of a parameter as a prior on the scale the parameter is fitted on."""
    law, plain = laws[id_], id_.rpartition(".")[2] in PLAIN
    if plain and isinstance(law, Normal):
        return Prior(law.mean, law.sd)
    if not plain and isinstance(law, LogNormal):
        return Prior(math.log(law.median), law.sd_log)
    if isinstance(law, Fixed) and not isinstance(law.value, tuple):
        return Prior(law.value if plain else math.log(law.value), CERTAIN)
    raise ValueError(f"the law of {id_} must be {'normal' if plain else 'lognormal'} for a curve to learn from it")


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What a prior becomes by data: mean, standard deviation, and the weight of the mean of the data."""

    mean: float
    sd: float
    weight: float


def shrunk(prior: Prior, values: ArrayLike, sds: ArrayLike) -> Shrunk:
    """Normal mean with a normal prior, from values whose standard deviations are known.

    Parameters
    ----------
    prior
        Of the mean.
    values, sds
        (values,), sds above 0; none leaves the prior as it is.

    Raises
    ------
    ValueError
        If a value is no number or a standard deviation is not above 0.

    Examples
    --------
    >>> found = shrunk(Prior(.25, .10), [.35, .30, .22], [.12, .12, .12])
    >>> round(found.mean, 7), round(found.sd, 7), round(found.weight, 7)
    (0.277027, 0.0569495, 0.6756757)
    """
    y, sd = np.broadcast_arrays(np.asarray(values, dtype=np.float64), np.asarray(sds, dtype=np.float64))
    if not (np.isfinite(y).all() and np.isfinite(sd).all() and (sd > 0).all()):
        raise ValueError(f"the values are {y.tolist()} with sd {sd.tolist()}; they must be numbers, the sds above 0")
    told, believed = float(np.sum(1 / sd**2)), 1 / prior.sd**2
    mean = (believed * prior.mean + float(np.sum(y / sd**2))) / (believed + told)
    return Shrunk(mean, 1 / math.sqrt(believed + told), told / (believed + told))


def bic_weights(bic: ArrayLike) -> Array:
    """Weights of models by their Bayesian information criteria.

    Parameters
    ----------
    bic
        (models,), of the same data.

    Returns
    -------
    (models,), exp(-BIC/2) over their sum

    Raises
    ------
    ValueError
        If there is no model, or a criterion is no number.

    References
    ----------
    Raftery (1995), Sociological Methodology 25.

    Examples
    --------
    >>> bic_weights([100., 102., 106.]).round(7).tolist()
    [0.7053845, 0.2594965, 0.035119]
    """
    criteria = np.asarray(bic, dtype=np.float64)
    if criteria.ndim != 1 or not criteria.size or not np.isfinite(criteria).all():
        raise ValueError(f"the criteria are {criteria.tolist()}; they must be numbers, one a model")
    relative = np.exp(-0.5 * (criteria - criteria.min()))
    weights: Array = relative / relative.sum()
    return weights
