"""Input-output relationships in one year's prices: Leontief, multipliers, Domar weights, Hulten's theorem.

No parameter of the model stands here. Nearly every function takes the same table, ``flows`` (n, n) with the seller in
the row and the buyer in the column, and ``output`` (n,), gross and in the same unit; a table that cannot be an economy
is a ValueError that says why. Value added, and with it GDP, is right where the flows hold inputs of every origin; with
domestic flows, those of multipliers, imported inputs count as value added.
"""

import numpy as np
import numpy.typing as npt

from tuiyan.equations.arrays import Array

PRODUCTIVE = 1.0 - 1e-9  # the largest eigenvalue of the coefficients must stay below; at 1 there is no inverse


def technical_coefficients(flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Inputs a unit of output needs.

    Parameters
    ----------
    flows : Z, (n, n), money, seller in the row and buyer in the column, >= 0
    output : x, (n,), money, gross output of the sectors, > 0

    Returns
    -------
    A, (n, n), ratio, Z[i, j]/x[j]

    Raises
    ------
    ValueError
        If the shapes do not fit or a number is out of its range.

    References
    ----------
    Miller and Blair (2009), Input-Output Analysis, 2nd edition, chapter 2.

    Examples
    --------
    >>> technical_coefficients([[150, 500], [200, 100]], [1000, 2000]).tolist()
    [[0.15, 0.25], [0.2, 0.05]]
    """
    table, gross = _table(flows, output)
    return table / gross


def leontief(flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Output that a unit of final demand needs, directly and through all suppliers.

    Parameters
    ----------
    flows, output : as in `technical_coefficients`

    Returns
    -------
    L, (n, n), ratio, (I - A)^-1: row i, column j is output of i for a unit of final demand for j

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is out of its range, or some sectors use up all that they make, so that
        the system is singular.

    References
    ----------
    Leontief (1936), Review of Economics and Statistics 18(3); Hawkins and Simon (1949), Econometrica 17(3-4).

    Examples
    --------
    >>> leontief([[150, 500], [200, 100]], [1000, 2000]).round(7).tolist()
    [[1.2541254, 0.330033], [0.2640264, 1.1221122]]
    """
    return leontief_inverse(technical_coefficients(flows, output))


def leontief_inverse(coefficients: npt.ArrayLike) -> Array:
    """`leontief` of coefficients that are already at hand, such as those of a region.

    Parameters
    ----------
    coefficients : A, (n, n), ratio, inputs a unit of output needs, >= 0

    Returns
    -------
    (n, n), ratio, (I - A)^-1

    Raises
    ------
    ValueError
        If the coefficients are no square of numbers of 0 or above, or the system is singular.

    Examples
    --------
    >>> leontief_inverse([[0, .5], [.5, 0]]).round(7).tolist()
    [[1.3333333, 0.6666667], [0.6666667, 1.3333333]]
    """
    needed = np.asarray(coefficients, dtype=np.float64)
    if needed.ndim != 2 or needed.shape[0] != needed.shape[1] or needed.size == 0:
        raise ValueError(f"coefficients of shape {needed.shape} are no square")
    if not (np.all(np.isfinite(needed)) and np.all(needed >= 0)):
        raise ValueError(f"a coefficient is {needed.min()}; coefficients must be 0 or above, and numbers")
    largest = float(np.max(np.abs(np.linalg.eigvals(needed))))
    if not largest < PRODUCTIVE:
        raise ValueError(
            "the Leontief system has no solution: some sectors use up all that they make "
            f"(largest eigenvalue of the coefficients {largest:.6f}, it must be below 1)"
        )
    return np.asarray(np.linalg.inv(np.eye(len(needed)) - needed), dtype=np.float64)


def output_multipliers(flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Output of all sectors that a unit of final demand for each sector needs.

    Parameters
    ----------
    flows, output : as in `leontief`

    Returns
    -------
    (n,), ratio, column sums of the Leontief inverse, >= 1

    Notes
    -----
    A gross count: outputs contain each other, so a multiplier is no gain of GDP.

    Examples
    --------
    >>> output_multipliers([[150, 500], [200, 100]], [1000, 2000]).round(6).tolist()
    [1.518152, 1.452145]
    """
    return np.asarray(leontief(flows, output).sum(axis=0))


def final_demand(flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Output that no sector uses up, x minus the rows of Z, (n,), money; negative where more is used than made.

    Parameters
    ----------
    flows, output : as in `technical_coefficients`

    Examples
    --------
    >>> final_demand([[150, 500], [200, 100]], [1000, 2000]).tolist()
    [350.0, 1700.0]
    """
    table, gross = _table(flows, output)
    return np.asarray(gross - table.sum(axis=1))


def value_added(flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Output beyond the inputs bought, x minus the columns of Z, (n,), money; the sum is GDP.

    Parameters
    ----------
    flows, output : as in `technical_coefficients`

    Examples
    --------
    >>> value_added([[150, 500], [200, 100]], [1000, 2000]).tolist()
    [650.0, 1400.0]
    """
    table, gross = _table(flows, output)
    return np.asarray(gross - table.sum(axis=0))


def domar_weights(flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Gross output of each sector over GDP: the weights of gross-output productivity.

    Parameters
    ----------
    flows, output : as in `technical_coefficients`

    Returns
    -------
    (n,), ratio; the sum is 1 without intermediate inputs and above 1 with them

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is out of its range, or GDP is not above 0.

    References
    ----------
    Domar (1961), Economic Journal 71(284).

    Examples
    --------
    >>> domar_weights([[150, 500], [200, 100]], [1000, 2000]).round(7).tolist()
    [0.4878049, 0.9756098]
    """
    gdp = float(value_added(flows, output).sum())
    if not gdp > 0:
        raise ValueError(f"GDP, output minus all intermediate flows, is {gdp}; it must be above 0")
    return np.asarray(output, dtype=np.float64) / gdp


def hulten(weights: npt.ArrayLike, tfp: npt.ArrayLike) -> Array:
    """Rise of GDP from productivity in the sectors: first order, and exact where all cost shares stay constant.

    Parameters
    ----------
    weights : (n,): `domar_weights` for gross-output productivity, value-added shares for value-added productivity
    tfp : (n,) or (n, draws), log

    Returns
    -------
    scalar or (draws,), log, sum of weight times productivity; second order: `prices.hulten_second_order`

    Raises
    ------
    ValueError
        If the weights and the productivity do not list the same sectors.

    Notes
    -----
    The two pairs give the same number; mixing them, Domar weights with value-added productivity, counts inputs twice.

    References
    ----------
    Hulten (1978), Review of Economic Studies 45(3).

    Examples
    --------
    >>> weights = domar_weights([[150, 500], [200, 100]], [1000, 2000])
    >>> round(float(hulten(weights, [.01, 0])), 7)
    0.004878
    """
    weight, change = np.asarray(weights, dtype=np.float64), np.asarray(tfp, dtype=np.float64)
    if weight.ndim != 1 or change.ndim == 0 or len(change) != len(weight):
        raise ValueError(f"weights of shape {weight.shape} do not fit productivity of shape {change.shape}")
    return np.asarray(np.einsum("i,i...->...", weight, change))


def value_added_tfp(tfp: npt.ArrayLike, flows: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """Value-added productivity that is the same thing as a given gross-output productivity.

    Parameters
    ----------
    tfp : (n,), log, of gross output
    flows, output : as in `technical_coefficients`

    Returns
    -------
    (n,), log, tfp times output over value added

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is out of its range, or a sector has no value added.

    References
    ----------
    Hulten (1978), Review of Economic Studies 45(3).

    Examples
    --------
    >>> value_added_tfp([.01, 0], [[150, 500], [200, 100]], [1000, 2000]).round(7).tolist()
    [0.0153846, 0.0]
    """
    change, gross, added = np.asarray(tfp, dtype=np.float64), np.asarray(output), value_added(flows, output)
    if change.shape != added.shape:
        raise ValueError(f"productivity of shape {change.shape} does not fit {len(added)} sectors")
    if not np.all(added > 0):
        raise ValueError(f"value added of a sector is {added.min()}; it must be above 0 to carry productivity")
    return np.asarray(change * gross / added)


def _table(flows: npt.ArrayLike, output: npt.ArrayLike) -> tuple[Array, Array]:
    """Flows and output as arrays, checked."""
    table, gross = np.asarray(flows, dtype=np.float64), np.asarray(output, dtype=np.float64)
    if gross.ndim != 1 or gross.size == 0 or table.shape != (gross.size, gross.size):
        raise ValueError(f"flows of shape {table.shape} do not fit output of shape {gross.shape}; (n, n) and (n,) do")
    if not (np.all(np.isfinite(table)) and np.all(table >= 0)):
        raise ValueError(f"a flow between sectors is {table.min()}; flows must be 0 or above, and numbers")
    if not (np.all(np.isfinite(gross)) and np.all(gross > 0)):
        raise ValueError(f"output of a sector is {gross.min()}; it must be above 0, so leave out a sector without any")
    return table, gross
