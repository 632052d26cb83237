"""Prices in an input-output table: what costs and productivity do to them, and Hulten's theorem to second order.

No parameter of the model stands here. Prices are relative to the year of the table, in which each is 1; `flows` and
`output` are those of `input_output`. A value out of its range is a ValueError that says which.
"""

import numpy as np
import numpy.typing as npt

from tuiyan.equations.arrays import Array, Number
from tuiyan.equations.input_output import (
    domar_weights,
    final_demand,
    leontief,
    leontief_inverse,
    technical_coefficients,
    value_added,
)

ROUNDING = 1e-9  # of output: what a sum may miss 0 by


def value_added_shares(flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Primary cost of a unit of output: what is no input bought, v, (n,), ratio, value added over output.

    Parameters
    ----------
    flows, output : as in `input_output.technical_coefficients`

    Examples
    --------
    >>> value_added_shares([[150, 500], [200, 100]], [1000, 2000]).tolist()
    [0.65, 0.7]
    """
    return np.asarray(value_added(flows, output) / np.asarray(output, dtype=np.float64))


def unit_prices(
    flows: npt.ArrayLike, output: npt.ArrayLike, primary_cost: Number = 0.0, input_productivity: Number = 0.0
) -> Array:
    """Prices when costs are passed on in full and no input takes the place of another: the dual of `leontief`.

    Parameters
    ----------
    flows, output : as in `input_output.leontief`
    primary_cost : c, scalar or (n,), log change of the primary cost of a unit of output (wages, taxes, margins)
    input_productivity : b, scalar or (n,), log, by which a sector needs less of every input it buys

    Returns
    -------
    p, (n,), ratio to the year of the table: v e^c (I - A e^-b)^-1, column j of A times e^-b[j]; 1 without a change

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is out of its range, or the system is singular.

    Notes
    -----
    A rise of total factor productivity by a is c = -a and b = a. The same prices and the quantities of `leontief` give
    the same GDP: prices times final demand is primary cost times output.

    References
    ----------
    Miller and Blair (2009), Input-Output Analysis, 2nd edition, section 2.6.

    Examples
    --------
    Wages and margins 10 percent up in the first sector, and nowhere else:

    >>> unit_prices([[150, 500], [200, 100]], [1000, 2000], primary_cost=np.log([1.1, 1.0])).round(7).tolist()
    [1.0815182, 1.0214521]
    """
    coefficients, share = technical_coefficients(flows, output), value_added_shares(flows, output)
    cost = _by_sector("primary cost", primary_cost, len(share))
    saving = _by_sector("input productivity", input_productivity, len(share))
    return np.asarray((share * np.exp(cost)) @ leontief_inverse(coefficients * np.exp(-saving)))


def hulten_second_order(
    flows: npt.ArrayLike,
    output: npt.ArrayLike,
    tfp: npt.ArrayLike,
    final_substitution: float,
    input_substitution: float,
) -> Array:
    """What `input_output.hulten` with Domar weights leaves out: shares move as prices do.

    Parameters
    ----------
    flows, output : as in `input_output.leontief`, of every origin; no sector of negative value added or final demand
    tfp : a, (n,) or (n, draws), log, of gross output
    final_substitution : sig, elasticity of substitution between products in final demand, >= 0
    input_substitution : theta, elasticity between all inputs of a sector, labour among them, >= 0

    Returns
    -------
    scalar or (draws,), log: .5 (sig - 1) Var_b(u) + .5 (theta - 1) sum_j Domar_j Var_j(u), where u = L' a is the fall
    of prices, Var_b weighs it by shares of final demand and Var_j by the cost shares of sector j, labour at u = 0

    Raises
    ------
    ValueError
        If the shapes do not fit, an elasticity is below 0, or a sector has negative value added or final demand.

    Notes
    -----
    An efficient economy with one mobile primary factor. Without flows it is the second term of equation 11
    (`productivity.city_tfp`), in which productivity is of value added. Where both elasticities are 1 it is 0.

    References
    ----------
    Baqaee and Farhi (2019), Econometrica 87(4), on nested CES economies with one factor.

    Examples
    --------
    >>> second = hulten_second_order(np.zeros((2, 2)), [1, 1], np.log([1.2, 1.0]), final_substitution=.5,
    ...                              input_substitution=1)
    >>> round(float(second), 7)
    -0.0020776
    """
    change, shares = np.asarray(tfp, dtype=np.float64), technical_coefficients(flows, output)
    if change.ndim == 0 or len(change) != len(shares):
        raise ValueError(f"productivity of shape {change.shape} does not fit {len(shares)} sectors")
    if not (final_substitution >= 0 and input_substitution >= 0):
        raise ValueError(
            f"elasticities of substitution are {final_substitution} and {input_substitution}; they must be 0 or above"
        )
    asked, size = final_demand(flows, output), np.asarray(output, dtype=np.float64)
    for what, amount in (("final demand", asked), ("value added", value_added(flows, output))):
        if not np.all(amount >= -ROUNDING * size):
            raise ValueError(f"{what} of a sector is {amount.min()}; the second order needs shares of 0 or above")
    fall = np.einsum("kj,k...->j...", leontief(flows, output), change)
    among_products = _variance((asked / asked.sum())[:, None], fall)[0]
    among_inputs = np.einsum("j,j...->...", domar_weights(flows, output), _variance(shares, fall))
    return np.asarray(
        0.5 * (final_substitution - 1.0) * among_products + 0.5 * (input_substitution - 1.0) * among_inputs
    )


def _variance(weights: Array, values: Array) -> Array:
    """Variance of values (n, ...) with each column of the weights (n, m); what is missing to 1 is a value of 0."""
    mean = np.einsum("ij,i...->j...", weights, values)
    return np.asarray(np.einsum("ij,i...->j...", weights, values * values) - mean * mean)


def _by_sector(what: str, value: Number, sectors: int) -> Array:
    """A log change as (n,), checked."""
    change = np.asarray(value, dtype=np.float64)
    if change.shape not in ((), (sectors,)) or not np.all(np.isfinite(change)):
        raise ValueError(f"the {what} is {value}; it must be one number, or one for each of {sectors} sectors")
    return np.broadcast_to(change, (sectors,))
