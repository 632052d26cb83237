"""A small classification tree: a second opinion on which inputs tell the cases of interest from the others.

A tree cuts one input at a time into two, a box one input at a time from outside; where both name the same inputs, the
finding does not hang on the method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.intp]

DEPTH = 3
CUTS = 64
LEAST_LEAF = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One end of the tree: which cases it holds, (cases,), and the share of them that is of interest."""

    cases: Flags
    density: float

    @property
    def share(self) -> float:
        """Share of all cases."""
        return float(self.cases.mean())


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """The leaves from low to high values, and the positions of the inputs split on, the root's first."""

    leaves: tuple[Leaf, ...]
    inputs: tuple[int, ...]

    @property
    def says(self) -> Flags:
        """Whether most cases of a case's leaf are of interest, (cases,)."""
        found = np.zeros(self.leaves[0].cases.size, dtype=np.bool_)
        for leaf in self.leaves:
            found |= leaf.cases & (leaf.density > 0.5)
        return found


def grow(x: Array, y: Flags, *, depth: int = DEPTH, cuts: int = CUTS, least: float = LEAST_LEAF) -> Tree:
    """The classification tree of a sample.

    Every node is split where the Gini impurity of its two parts is least, if that is less than its own; of equal splits
    at the first input and the lowest value.

    Parameters
    ----------
    x : (inputs, cases), finite
    y : (cases,), of interest or not
    depth : most splits between the root and a leaf
    cuts : an input is split at one of at most cuts - 1 quantiles of the whole sample
    least : share of all cases that every leaf holds at least

    References
    ----------
    Breiman, Friedman, Olshen and Stone (1984), Classification and Regression Trees, chapter 4.

    Examples
    --------
    >>> x = np.stack([np.repeat(np.arange(8.), 8), np.tile(np.arange(8.), 8)])
    >>> found = grow(x, (x[0] < 4) & (x[1] < 2))
    >>> found.inputs, [(leaf.share, leaf.density) for leaf in found.leaves]
    ((1, 0), [(0.125, 1.0), (0.125, 0.0), (0.75, 0.0)])
    """
    levels = np.arange(1, cuts) / cuts
    limits = np.quantile(x, levels, axis=1, method="inverted_cdf").T
    codes = np.array([np.searchsorted(limit, values) for limit, values in zip(limits, x, strict=True)])
    order: list[int] = []

    def split(cases: Whole, left: int) -> list[Leaf]:
        found = _best(codes[:, cases], y[cases], cuts, least * y.size) if left else None
        if found is None:
            held = np.zeros(y.size, dtype=np.bool_)
            held[cases] = True
            return [Leaf(held, float(y[cases].mean()))]
        at, code = found
        order.append(at)
        low = codes[at, cases] <= code
        return [*split(cases[low], left - 1), *split(cases[~low], left - 1)]

    leaves = split(np.arange(y.size), depth)
    return Tree(tuple(leaves), tuple(dict.fromkeys(order)))


def _best(codes: Whole, y: Flags, cuts: int, fewest: float) -> tuple[int, int] | None:
    """Input and highest code of the lower part of the best split of a node; None if none lessens the impurity."""
    inputs, size = codes.shape
    places = (codes + np.arange(inputs)[:, None] * cuts).ravel()
    cases = _below(places, np.ones(1), inputs, cuts, size)
    interest = _below(places, y.astype(np.float64), inputs, cuts, size)
    total, hits = float(size), float(np.count_nonzero(y))
    allowed = (cases >= fewest) & (total - cases >= fewest) & (cases > 0) & (cases < total)
    if not allowed.any():
        return None
    low, high = np.where(allowed, cases, 1.0), np.where(allowed, total - cases, 1.0)
    above = hits - interest
    impurity = interest * (cases - interest) / low + above * (total - cases - above) / high
    impurity = np.where(allowed, impurity, np.inf)
    if not impurity.min() < hits * (total - hits) / total * (1 - 1e-12):
        return None
    at, code = divmod(int(impurity.argmin()), cuts)
    return at, code


def _below(places: Whole, weight: Array, inputs: int, cuts: int, size: int) -> Array:
    """Weight of the cases of each input up to each code, (inputs, cuts)."""
    weights = np.broadcast_to(weight, (inputs, size)).ravel()
    return np.bincount(places, weights, minlength=inputs * cuts).reshape(inputs, cuts).cumsum(axis=1)
