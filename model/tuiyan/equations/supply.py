"""Supply potential from capital, talent, research and firms (equation 4)."""

from collections.abc import Mapping, Sequence

import numpy as np

from tuiyan.equations.arrays import Array, Number

# The factor columns of the segment table were written for these city-wide weights; a draw scales its column by its
# ratio to them.
REFERENCE_WEIGHT = {"capital": 0.30, "talent": 0.50, "rd": 0.15, "firms": 0.05}


def factor_weights(
    column: Mapping[str, Array],
    *,
    weight_capital: Number,
    weight_talent: Number,
    weight_rd: Number,
    weight_firms: Number,
) -> Array:
    """Cobb-Douglas weights of the four factors in each segment, constant returns.

    Parameters
    ----------
    column : factor name (capital, talent, rd, firms) to (segments, 1), the segment table's weights
    weight_capital, weight_talent, weight_rd, weight_firms : scalar or (draws,), draws of the city-wide weights

    Returns
    -------
    (4, segments, draws), shares that sum to 1 over the first axis, in the order capital, talent, rd, firms

    Examples
    --------
    >>> table = {name: np.array([[w]]) for name, w in REFERENCE_WEIGHT.items()}
    >>> a = factor_weights(table, weight_capital=np.array([.3]), weight_talent=.5, weight_rd=.15, weight_firms=.05)
    >>> a.ravel().round(12).tolist()
    [0.3, 0.5, 0.15, 0.05]
    """
    drawn = {"capital": weight_capital, "talent": weight_talent, "rd": weight_rd, "firms": weight_firms}
    scaled = [column[name] * (drawn[name] / base) for name, base in REFERENCE_WEIGHT.items()]
    capital, talent, rd, firms = np.broadcast_arrays(*scaled)
    result: Array = np.stack([capital, talent, rd, firms]) / (capital + talent + rd + firms)
    return result


def efficiency_drift(previous: Number, dt: float = 1.0, *, growth_efficiency: Number) -> Number:
    """Log drift of output per unit of factor input since 2017: previous + growth_efficiency * dt.

    Parameters
    ----------
    previous : scalar or (draws,), log
    dt : years
    growth_efficiency : g_q, scalar or (draws,), log/yr

    Examples
    --------
    >>> efficiency_drift(.03, growth_efficiency=.03)
    0.06
    """
    return previous + growth_efficiency * dt


def supply_potential(factors: Sequence[Array], weights: Array, drift: Number, *, slack: Number) -> Array:
    """Log of what each segment could supply over its scale in 2017.

    Parameters
    ----------
    factors : four of scalar or (draws,), index with 2017 = 1: capital, talent, rd, firms, > 0
    weights : (4, segments, draws), `factor_weights`
    drift : scalar or (draws,), log, `efficiency_drift`
    slack : phi, scalar or (draws,), potential over actual scale in 2017, > 0

    Returns
    -------
    (segments, draws), log ratio, ln phi + drift + sum over factors of weight * ln factor

    Examples
    --------
    Doubling every factor doubles potential:

    >>> w = np.array([.3, .5, .15, .05]).reshape(4, 1, 1)
    >>> round(float(np.exp(supply_potential([np.array([2.])] * 4, w, 0., slack=1.))[0, 0]), 12)
    2.0
    """
    result: Array = weights[0] * np.log(factors[0])
    product = np.empty_like(result)
    for weight, factor in zip(weights[1:], factors[1:], strict=True):
        np.multiply(weight, np.log(factor), out=product)
        result += product
    result += np.log(slack) + drift
    return result
