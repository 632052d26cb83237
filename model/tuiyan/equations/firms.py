"""Number of AI firms and of benchmark firms among them (equation 8)."""

import numpy as np

from tuiyan.equations.arrays import Array, Number
from tuiyan.equations.discrete import poisson_quantile

# Sales in 亿元 that are always reported: the text of the goal names no rule.
THRESHOLDS = (5.0, 10.0, 20.0, 50.0)


def firm_step(
    previous: Number,
    scale_ratio: Number,
    acceleration: Number,
    dt: float = 1.0,
    *,
    initial: Number,
    exit: Number,  # noqa: A002 - the parameter's name is its key in the register
    entry: Number,
    entry_elasticity: Number,
) -> Array:
    """Number of firms one step later: survivors plus entrants.

    Parameters
    ----------
    previous : scalar or (draws,), firms at the start of the step, > 0
    scale_ratio : scalar or (draws,), city scale at the start of the step over 2017, > 0
    acceleration : scalar or (draws,), factor of policy on entry, > 0
    dt : years
    initial : N0, scalar or (draws,), firms in 2017, > 0
    exit : x, scalar or (draws,), 1/yr, in [0, 1)
    entry : e0, scalar or (draws,), entrants a year over N0 at the scale of 2017, >= 0
    entry_elasticity : e_N, scalar or (draws,), of entry to scale, >= 0

    Returns
    -------
    scalar or (draws,), firms, N (1 - x)^dt + e0 N0 [1 - (1 - x)^dt]/x ratio^e_N acceleration

    Examples
    --------
    >>> round(float(firm_step(300., 1., 1., initial=300., exit=.08, entry=.2, entry_elasticity=.6)), 9)
    336.0
    """
    leaving = np.asarray(exit, dtype=np.float64)
    kept = (1.0 - leaving) ** dt
    # As the exit rate goes to zero, entrants stay for the whole step.
    stay = np.divide(1.0 - kept, leaving, out=np.full_like(leaving, dt), where=leaving > 0)
    entrants = entry * initial * stay * acceleration * np.exp(entry_elasticity * np.log(scale_ratio))
    result: Array = previous * kept + entrants
    return result


def benchmark_thresholds(*, benchmark_rule: float) -> tuple[float, ...]:
    """Sales in 亿元 at which benchmark firms are counted: 5, 10, 20, 50 and the working rule when it is another.

    Parameters
    ----------
    benchmark_rule : thr, 亿元, > 0

    Examples
    --------
    >>> benchmark_thresholds(benchmark_rule=20.), benchmark_thresholds(benchmark_rule=30.)
    ((5.0, 10.0, 20.0, 50.0), (5.0, 10.0, 20.0, 50.0, 30.0))
    """
    rule = float(benchmark_rule)
    return THRESHOLDS if rule in THRESHOLDS else (*THRESHOLDS, rule)


def benchmark_expected(
    firms: Number,
    scale_ratio: Number,
    threshold: Number,
    *,
    initial: Number,
    size_tail: Number,
    size_minimum: Number,
) -> Array:
    """Expected number of firms with sales above a threshold, from a Pareto tail.

    Parameters
    ----------
    firms : N, scalar or (draws,), firms, > 0
    scale_ratio : scalar or (draws,), city scale over 2017, > 0
    threshold : scalar or (thresholds, 1), 亿元, > 0
    initial : N0, scalar or (draws,), firms in 2017, > 0
    size_tail : alpha, scalar or (draws,), > .5
    size_minimum : x_m, scalar or (draws,), 亿元, lower bound of sales in 2017, > 0

    Returns
    -------
    scalar or (thresholds, draws), count, N min(1, x_m m / threshold)^alpha with the mean size m = ratio/(N/N0)

    Examples
    --------
    >>> two = benchmark_expected(300., 1., np.array([10., 20.]), initial=300., size_tail=1.1, size_minimum=.5)
    >>> two.round(5).tolist()
    [11.11702, 5.18627]
    """
    smallest = np.log(size_minimum * scale_ratio * initial / firms)
    excess: Array = np.minimum(smallest - np.log(threshold), 0.0)
    excess *= size_tail
    result: Array = firms * np.exp(excess, out=excess)
    return result


def benchmark_count(uniform: Array, expected: Array, score: Array | None = None) -> Array:
    """Number of benchmark firms: the Poisson quantile of the expected count at one uniform number a path.

    Parameters
    ----------
    uniform : (draws,), in (0, 1), the same in all years and scenarios, so that counts are paired
    expected : (draws,) or (thresholds, draws), `benchmark_expected`
    score : normal score of `uniform`, when the caller has it

    Returns
    -------
    the shape of `expected`, count

    Examples
    --------
    >>> benchmark_count(np.array([.5]), np.array([9.817])).tolist()
    [10.0]
    """
    return poisson_quantile(uniform, expected, score)
