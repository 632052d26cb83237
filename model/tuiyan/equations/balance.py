"""Balance of demand and supply: a soft minimum (equation 5)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number


def soft_minimum(log_demand: Array, log_supply: Array, *, sharpness: Number) -> Array:
    """Log of desired scale: below the larger, near the smaller of demand and supply.

    Parameters
    ----------
    log_demand, log_supply : (segments, draws), log of the same unit
    sharpness : eta, scalar or (draws,), >= 1; the plain minimum as it grows

    Returns
    -------
    (segments, draws), log of that unit

    Notes
    -----
    ln S* = -(1/eta) ln[(D^-eta + Q^-eta)/2], the equal-weight CES mean. It lies between the two and is homogeneous of
    degree one. The smaller one is taken out of the sum first, so no power overflows.

    Examples
    --------
    >>> log_desired = soft_minimum(np.log([1500.]), np.log([1200.]), sharpness=4.)
    >>> round(float(np.exp(log_desired)[0]), 4)
    1309.6787
    """
    gap = np.abs(log_demand - log_supply)
    gap *= np.negative(sharpness)
    excess: Array = np.log1p(np.exp(gap, out=gap), out=gap)
    excess -= np.log(2.0)
    excess /= sharpness
    result: Array = np.minimum(log_demand, log_supply)
    result -= excess
    return result


def binding_share(log_demand: Array, log_supply: Array, *, sharpness: Number) -> Array:
    """Weight of supply in the soft minimum: near 1 supply binds, near 0 demand binds.

    Parameters
    ----------
    log_demand, log_supply : (segments, draws), log of the same unit
    sharpness : eta, scalar or (draws,), >= 1

    Returns
    -------
    (segments, draws), share, Q^-eta / (D^-eta + Q^-eta)

    Examples
    --------
    >>> float(binding_share(np.log([1200.]), np.log([1200.]), sharpness=6.)[0])
    0.5
    """
    gap = log_demand - log_supply
    gap *= sharpness
    # tanh is bounded where exp would overflow, and the two forms of the logistic curve are equal.
    gap *= 0.5
    result: Array = np.tanh(gap, out=gap)
    result *= 0.5
    result += 0.5
    return result
