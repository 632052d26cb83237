"""From a national input-output table to a region: what is bought at home, multipliers as a range, and leakage.

National multipliers overstate the linkages inside a city, whose firms buy from everywhere. No table of the region is
needed here, only how large its sectors are, which is crude: give `multiplier_range` and not one number. No parameter of
the model stands here. A value out of its range is a ValueError that says which.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tuiyan.equations.arrays import Array
from tuiyan.equations.input_output import leontief, leontief_inverse, output_multipliers, technical_coefficients
from tuiyan.equations.prices import value_added_shares

DELTA = 0.3
# Best exponents where a survey table was at hand: below .2 in Kowalewski (2015), about .25 in Flegg and Tohmo (2013).
DELTAS = (0.1, DELTA, 0.4)


class MultiplierRange(NamedTuple):
    """Output multipliers, (n,): of the nation, then of the region, from the smallest exponent to the largest."""

    national: Array
    high: Array
    central: Array
    low: Array


class Leakage(NamedTuple):
    """What leaves the region, in [0, 1]: of a final demand, of all output that it sets off, of its value added."""

    demand: Array
    output: Array
    value_added: Array


def supply_shares(output: npt.ArrayLike, exports: npt.ArrayLike, imports: npt.ArrayLike) -> Array:
    """Share of what is used at home that is made at home, the same for every buyer.

    Parameters
    ----------
    output, exports, imports : x, e, m, (n,), money, >= 0, exports without re-exports

    Returns
    -------
    (n,), share, (x - e)/(x - e + m)

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is negative, exports exceed output, or nothing of a good is used at home.

    References
    ----------
    Miller and Blair (2009), Input-Output Analysis, 2nd edition, section 3.2, regional supply percentages.

    Examples
    --------
    >>> supply_shares([1000, 2000], [400, 0], [200, 0]).tolist()
    [0.75, 1.0]
    """
    made, sold, bought = (np.asarray(part, dtype=np.float64) for part in (output, exports, imports))
    if not (made.ndim == 1 and made.shape == sold.shape == bought.shape):
        raise ValueError(
            f"output {made.shape}, exports {sold.shape} and imports {bought.shape} must list one sector each"
        )
    if not (np.all(made >= 0) and np.all(sold >= 0) and np.all(bought >= 0)):
        raise ValueError("output, exports and imports must be 0 or above; a table may show imports as negative demand")
    if not np.all(made >= sold):
        raise ValueError("exports of a good exceed its output: take re-exports out of exports and imports")
    if not np.all(made - sold + bought > 0):
        raise ValueError("nothing of a good is used at home: leave the sector out")
    return np.asarray((made - sold) / (made - sold + bought))


def location_quotients(region: npt.ArrayLike, nation: npt.ArrayLike) -> Array:
    """Weight of each sector in the region over its weight in the nation.

    Parameters
    ----------
    region, nation : (n,), size of the sectors, both in employment, output or value added; >= 0 and > 0

    Returns
    -------
    SLQ, (n,), ratio, (r_i / sum r) / (n_i / sum n)

    Raises
    ------
    ValueError
        If the shapes do not fit or a size is out of its range.

    References
    ----------
    Miller and Blair (2009), Input-Output Analysis, 2nd edition, chapter 8.

    Examples
    --------
    >>> location_quotients([30, 70], [500, 500]).tolist()
    [0.6, 1.4]
    """
    local, whole = np.asarray(region, dtype=np.float64), np.asarray(nation, dtype=np.float64)
    if local.ndim != 1 or local.shape != whole.shape:
        raise ValueError(f"a region of shape {local.shape} does not fit a nation of shape {whole.shape}")
    if not (np.all(local >= 0) and local.sum() > 0 and np.all(whole > 0)):
        raise ValueError("sizes of sectors must be 0 or above in the region and above 0 in the nation")
    return np.asarray((local / local.sum()) / (whole / whole.sum()))


def cross_quotients(quotients: npt.ArrayLike) -> Array:
    """Weight of the selling sector over that of the buying one: a small seller cannot serve a large buyer.

    Parameters
    ----------
    quotients : SLQ, (n,), ratio, `location_quotients`, > 0

    Returns
    -------
    CILQ, (n, n), ratio, SLQ_i/SLQ_j, seller in the row; SLQ_i on the diagonal, where the ratio would say nothing

    Raises
    ------
    ValueError
        If a quotient is not above 0: leave out of the table what the region does not have.

    References
    ----------
    Flegg and Tohmo (2013), Regional Studies 47(5); Miller and Blair (2009), chapter 8.

    Examples
    --------
    >>> cross_quotients([.6, 1.2]).round(9).tolist()
    [[0.6, 0.5], [2.0, 1.2]]
    """
    simple = np.asarray(quotients, dtype=np.float64)
    if simple.ndim != 1 or not (np.all(np.isfinite(simple)) and np.all(simple > 0)):
        raise ValueError("a location quotient is not above 0: leave out of the table what the region does not have")
    cross = simple[:, None] / simple[None, :]
    np.fill_diagonal(cross, simple)
    return np.asarray(cross)


def flegg_quotients(quotients: npt.ArrayLike, size: float, delta: float = DELTA) -> Array:
    """`cross_quotients` made smaller where the region is small, since a small region buys more outside.

    Parameters
    ----------
    quotients : SLQ, (n,), ratio, `location_quotients`, > 0
    size : share of the region in the nation, in (0, 1]
    delta : exponent, in [0, 1); 0 gives `cross_quotients`

    Returns
    -------
    FLQ, (n, n), ratio, CILQ times log2(1 + size)^delta, the diagonal too

    Raises
    ------
    ValueError
        If a quotient, the size or delta is out of its range.

    References
    ----------
    Flegg and Webber (1997), Regional Studies 31(8); Flegg and Tohmo (2013), Regional Studies 47(5).

    Examples
    --------
    >>> flegg_quotients([.6, 1.2], .04).round(4).tolist()
    [[0.2535, 0.2112], [0.845, 0.507]]
    """
    if not 0 < size <= 1:
        raise ValueError(f"the share of the region in the nation is {size}; it must lie above 0 and be at most 1")
    if not 0 <= delta < 1:
        raise ValueError(f"delta is {delta}; it must be at least 0 and below 1")
    return np.asarray(cross_quotients(quotients) * np.log2(1.0 + size) ** delta)


def regional_coefficients(flows: npt.ArrayLike, output: npt.ArrayLike, local: npt.ArrayLike) -> Array:
    """Inputs from the region itself that a unit of output needs, if it needs in all what the nation's does.

    Parameters
    ----------
    flows, output : of the nation, as in `input_output.technical_coefficients`
    local : share of each input bought in the region, or a quotient, (n,) by product or (n, n), >= 0; read as 1 above 1

    Returns
    -------
    (n, n), ratio, A min(1, local); never above A

    Raises
    ------
    ValueError
        If the shapes do not fit or a number is out of its range.

    References
    ----------
    Miller and Blair (2009), Input-Output Analysis, 2nd edition, chapter 8.

    Examples
    --------
    >>> regional_coefficients([[150, 500], [200, 100]], [1000, 2000], [.6, 1.4]).round(9).tolist()
    [[0.09, 0.15], [0.2, 0.05]]
    """
    coefficients = technical_coefficients(flows, output)
    share = np.asarray(local, dtype=np.float64)
    if share.shape not in (coefficients.shape, coefficients.shape[:1]):
        raise ValueError(f"local shares of shape {share.shape} fit neither {len(coefficients)} sectors nor their flows")
    if not np.all(share >= 0):
        raise ValueError(f"a local share is {share.min()}; it must be 0 or above, and a number")
    return np.asarray(coefficients * np.minimum(share.reshape(len(coefficients), -1), 1.0))


def multiplier_range(
    flows: npt.ArrayLike,
    output: npt.ArrayLike,
    quotients: npt.ArrayLike,
    size: float,
    deltas: tuple[float, float, float] = DELTAS,
) -> MultiplierRange:
    """Output multipliers of the nation and, by `flegg_quotients`, of a region: a range, since nobody knows delta.

    Parameters
    ----------
    flows, output : of the nation, as in `input_output.leontief`; domestic flows where the table tells them
    quotients, size : as in `flegg_quotients`
    deltas : smallest, central and largest exponent, in rising order

    Returns
    -------
    MultiplierRange of (n,), ratio, national >= high >= central >= low >= 1

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is out of its range, or the exponents do not rise.

    Examples
    --------
    >>> found = multiplier_range([[150, 500], [200, 100]], [1000, 2000], [.6, 1.4], .04)
    >>> [part.round(3).tolist() for part in found]
    [[1.518, 1.452], [1.322, 1.165], [1.263, 1.089], [1.191, 1.064]]
    """
    if sorted(set(deltas)) != list(deltas):
        raise ValueError(f"the exponents are {deltas}; give the smallest first and the largest last")
    parts = (flegg_quotients(quotients, size, delta=delta) for delta in deltas)
    inverses = (leontief_inverse(regional_coefficients(flows, output, part)) for part in parts)
    return MultiplierRange(output_multipliers(flows, output), *(inverse.sum(axis=0) for inverse in inverses))


def leakage(
    demand: npt.ArrayLike, flows: npt.ArrayLike, output: npt.ArrayLike, local: npt.ArrayLike, bought: npt.ArrayLike
) -> Leakage:
    """How much of a final demand, and of what it sets off, leaves the region.

    Parameters
    ----------
    demand : f, (n,) or (n, draws), money, final demand of the region by product, >= 0
    flows, output : as in `input_output.leontief`, with inputs of every origin, so that no import hides in value added
    local : share of each input bought in the region, as in `regional_coefficients`
    bought : d, scalar or (n,), share of final demand bought in the region, in [0, 1]

    Returns
    -------
    Leakage of scalars or (draws,): 1 - sum(d f)/sum(f); 1 - sum(x)/sum(X); 1 - v x/v X, with x = (I - R)^-1 d f of
    regional coefficients R and X = (I - A)^-1 f, as if all were made at home; the third is the share of imports

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is out of its range, or nothing is demanded.

    References
    ----------
    Miller and Blair (2009), Input-Output Analysis, 2nd edition, sections 3.2 and 6.2.

    Examples
    --------
    >>> found = leakage([0, 100], [[150, 500], [200, 100]], [1000, 2000], [.6, 1.], bought=.8)
    >>> [round(float(part), 4) for part in found]
    [0.2, 0.3002, 0.2959]
    """
    asked, share = np.asarray(demand, dtype=np.float64), np.asarray(bought, dtype=np.float64)
    added = value_added_shares(flows, output)
    if asked.ndim == 0 or len(asked) != len(added) or share.shape not in ((), added.shape):
        raise ValueError(f"demand {asked.shape} and its local share {share.shape} do not fit {len(added)} sectors")
    if not (np.all(asked >= 0) and np.all(asked.sum(axis=0) > 0)):
        raise ValueError("final demand must be 0 or above for each product and above 0 in all")
    if not np.all((share >= 0) & (share <= 1)):
        raise ValueError(f"the share of final demand bought in the region is {share}; it must lie between 0 and 1")
    first = np.einsum("i,i...->i...", np.broadcast_to(share, added.shape), asked)
    inside = leontief_inverse(regional_coefficients(flows, output, local)) @ first
    everywhere = leontief(flows, output) @ asked
    return Leakage(
        1.0 - first.sum(axis=0) / asked.sum(axis=0),
        1.0 - inside.sum(axis=0) / everywhere.sum(axis=0),
        1.0 - (added @ inside) / (added @ everywhere),
    )
