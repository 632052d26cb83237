"""Scenario discovery by patient peeling (PRIM): the box of inputs in which the cases of interest are dense.

A case is one future, an input one number that the futures differ in: `x` is (inputs, cases) and finite, `y` (cases,)
says which cases are of interest. Peeling cuts a few per cent of the cases away at a time, at one end of one input,
always where the density of interest gains most for each case given up. All cuts are at order statistics, so a monotone
change of scale of an input changes no box.

References
----------
Friedman and Fisher (1999), Statistics and Computing 9(2); Bryant and Lempert (2010), Technological Forecasting and
Social Change 77(1); for the gain per case taken, Kwakkel and Jaxa-Rozen (2016), Environmental Modelling & Software 79.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.intp]

PEEL = 0.05
PASTE = 0.05
LEAST_MASS = 0.05
MOST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Limits of every input, and what lies inside them.

    Attributes
    ----------
    low, high
        Limits by input, themselves inside the box; infinite where there is none, (inputs,).
    cases, interest
        Cases inside, and those of interest among them.
    all_cases, all_interest
        The same of the whole sample.
    """

    low: Array
    high: Array
    cases: int
    interest: int
    all_cases: int
    all_interest: int

    @property
    def density(self) -> float:
        """Share of the box's cases that are of interest."""
        return self.interest / self.cases

    @property
    def coverage(self) -> float:
        """Share of the cases of interest that the box holds."""
        return self.interest / self.all_interest

    @property
    def mass(self) -> float:
        """Share of all cases that the box holds."""
        return self.cases / self.all_cases

    @property
    def restricted(self) -> tuple[int, ...]:
        """Positions of the inputs that have a limit."""
        return tuple(np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist())


class Option(NamedTuple):
    """A box with one limit moved outwards or dropped: the input's position, whether its high limit, and the box."""

    at: int
    above: bool
    box: Box


def inside(x: Array, low: Array, high: Array) -> Flags:
    """Which cases lie within limits (inputs,), infinite where there is none.

    Examples
    --------
    >>> inside(np.array([[1., 2., 3.]]), np.array([2.]), np.array([np.inf])).tolist()
    [False, True, True]
    """
    found = np.ones(x.shape[1], dtype=np.bool_)
    for at in np.flatnonzero(np.isfinite(low) | np.isfinite(high)):
        found &= (x[at] >= low[at]) & (x[at] <= high[at])
    return found


def count(x: Array, y: Flags, low: Array, high: Array) -> Box:
    """The box with these limits."""
    within = inside(x, low, high)
    interest = int(np.count_nonzero(within & y))
    return Box(low, high, int(np.count_nonzero(within)), interest, y.size, int(np.count_nonzero(y)))


def peel(
    x: Array, y: Flags, *, share: float = PEEL, least: float = LEAST_MASS, among: Sequence[int] | None = None
) -> list[Box]:
    """The boxes of one peeling, from all cases to the last that holds at least the least mass.

    A peel takes `share` of the box's cases from one end of one input, and never a part of those that share a value:
    fewer where the cut falls among equal values, and all at the end's value where they alone are more than the share.
    Each time the peel is made that raises the density most for each case taken; of equal ones that where the input's
    pull is (see `_ranks`). The peeling ends early when all cases of a box are of interest.

    Parameters
    ----------
    x, y : (inputs, cases), (cases,)
    share : share of the box that a peel takes, in (0, 1)
    least : share of all cases that every box holds at least
    among : positions of the inputs that may be restricted; default: all

    Raises
    ------
    ValueError
        If no case is of interest, or the shapes do not fit.

    Examples
    --------
    >>> x = np.arange(100.)[None]
    >>> boxes = peel(x, x[0] < 20, share=.1)
    >>> boxes[0].density, boxes[1].mass, boxes[-1].coverage, boxes[-1].high.tolist()
    (0.2, 0.9, 1.0, [19.0])
    """
    if y.shape != x.shape[1:] or not y.any():
        msg = f"{int(y.sum())} cases of interest among {y.shape}, inputs {x.shape}"
        raise ValueError(msg)
    places = range(len(x)) if among is None else among
    boxes = [count(x, y, np.full(len(x), -np.inf), np.full(len(x), np.inf))]
    if not places:
        return boxes
    ranked = [_ranks(x[at], y) for at in places]
    ranks, pull = np.array([each for each, _ in ranked]), np.array([each for _, each in ranked])
    order = np.argsort(ranks, axis=1, kind="stable")
    kept = np.ones(y.size, dtype=np.bool_)
    while (box := boxes[-1]).interest < box.cases:
        found = _best(ranks, order, y, pull, box, share=share, fewest=max(1.0, least * y.size))
        if found is None:
            break
        row, above, taken = found
        line = order[row, ::-1] if above else order[row]
        low, high = box.low.copy(), box.high.copy()
        (high if above else low)[places[row]] = x[places[row], line[taken]]
        interest = box.interest - int(np.count_nonzero(y[line[:taken]]))
        boxes.append(Box(low, high, box.cases - taken, interest, box.all_cases, box.all_interest))
        kept[line[:taken]] = False
        order = order[kept[order]].reshape(len(order), -1)
    return boxes


def _ranks(values: Array, y: Flags) -> tuple[Whole, float]:
    """Ranks of one input from 0, equal values alike, and its pull: how far interest lies to the side of high values.

    The pull is the rank sum of the cases of interest less what it would be without any relation. It decides between
    choices that are equal otherwise, so that the order of the inputs does not.
    """
    _, ranks, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle = counts.cumsum() - (counts - 1) / 2
    return ranks, float(middle[ranks[y]].sum() - np.count_nonzero(y) * (y.size + 1) / 2)


def _best(
    ranks: Whole, order: Whole, y: Flags, pull: Array, box: Box, *, share: float, fewest: float
) -> tuple[int, bool, int] | None:
    """The best peel: row of the input, whether at its high end, and how many cases; None if none is allowed."""
    few = max(1, int(share * box.cases))
    if few >= box.cases:
        return None
    below, above = _end(ranks, order, y, few), _end(ranks, order[:, ::-1], y, few)
    taken, hits = (np.concatenate(pair) for pair in zip(below, above, strict=True))
    left = box.cases - taken
    allowed = left >= fewest
    if not allowed.any():
        return None
    density = (box.interest - hits) / np.maximum(left, 1)
    gain = np.where(allowed, (density - box.density) / taken, -np.inf)
    equal = np.flatnonzero(gain == gain.max())
    best = int(equal[np.argmax(np.concatenate([pull, -pull])[equal])])
    return best % len(order), best >= len(order), int(taken[best])


def _end(ranks: Whole, order: Whole, y: Flags, few: int) -> tuple[Whole, Whole]:
    """Cases that a peel of each input takes from the start of its order, and those of interest among them."""
    near = np.take_along_axis(ranks, order[:, : few + 1], axis=1)
    taken = np.count_nonzero(near[:, :few] != near[:, few:], axis=1)
    for row in np.flatnonzero(taken == 0):  # one value fills the whole peel
        line = ranks[row, order[row]]
        taken[row] = np.count_nonzero(line == line[0])
    widest = int(taken.max())
    hits = np.count_nonzero(y[order[:, :widest]] & (np.arange(widest) < taken[:, None]), axis=1)
    return taken, hits


def paste(x: Array, y: Flags, box: Box, *, share: float = PASTE, floor: float = np.inf) -> Box:
    """The box moved outwards again, one limit at a time, as long as it stays as dense as it is, or as `floor`.

    Each step adds the cases next to one limit, `share` of the box's (and those at the same value), where the density
    is then highest; a limit beyond which no case is left is dropped. Undoes what earlier peels could not foresee.

    Examples
    --------
    >>> x = np.arange(100.)[None]
    >>> found = paste(x, x[0] < 20, count(x, x[0] < 20, np.array([3.]), np.array([15.])))
    >>> found.low.tolist(), found.high.tolist(), found.density
    ([-inf], [19.0], 1.0)
    """
    while wider := [each for each in _wider(x, y, box, share) if each.box.density >= min(box.density, floor)]:
        box = _densest_option(x, y, wider)
    return box


def _wider(x: Array, y: Flags, box: Box, share: float) -> Iterator[Option]:
    """The boxes with one limit a step further out, each with at least one case more."""
    few = max(1, int(share * box.cases))
    for at, above in _limits(box):
        line = x[at, inside(x, *without(box, at))]
        beyond = np.sort(line[line > box.high[at]]) if above else np.sort(line[line < box.low[at]])[::-1]
        if beyond.size:
            yield _moved(x, y, box, at, above=above, limit=beyond[few - 1] if few < beyond.size else np.inf)


def _limits(box: Box) -> Iterator[tuple[int, bool]]:
    """Position of the input of each limit, and whether it is a high one."""
    for at in box.restricted:
        yield from ((at, above) for above in (False, True) if np.isfinite((box.high if above else box.low)[at]))


def _moved(x: Array, y: Flags, box: Box, at: int, *, above: bool, limit: float) -> Option:
    """The box with another limit; an infinite one is none."""
    low, high = box.low.copy(), box.high.copy()
    if above:
        high[at] = limit
    else:
        low[at] = -np.inf if np.isinf(limit) else limit
    return Option(at, above, count(x, y, low, high))


def _densest_option(x: Array, y: Flags, options: Sequence[Option]) -> Box:
    """The densest box, of equal ones the largest, of these the one widened to where its input's pull is."""
    best = max((each.box.density, each.box.cases) for each in options)
    equal = [each for each in options if (each.box.density, each.box.cases) == best]
    if len(equal) == 1:
        return equal[0].box
    return max(equal, key=lambda each: _ranks(x[each.at], y)[1] * (1 if each.above else -1)).box


def quasi_p_value(box: Box, free: Box) -> float:
    """Probability that as many of the box's cases would be of interest by chance if a restriction meant nothing.

    Parameters
    ----------
    box, free : the box, and the same without the restriction

    Returns
    -------
    P(X >= interest), X binomial with the box's number of cases and the density of the box without the restriction;
    "quasi" because the restriction was chosen on the same cases (Bryant and Lempert 2010)

    Examples
    --------
    >>> none = np.array([])
    >>> round(quasi_p_value(Box(none, none, 10, 9, 40, 20), Box(none, none, 40, 20, 40, 20)), 7)
    0.0107422
    """
    if box.interest == 0:
        return 1.0
    return float(betainc(box.interest, box.cases - box.interest + 1, free.density))


def without(box: Box, at: int) -> tuple[Array, Array]:
    """Limits of the box with one input free."""
    low, high = box.low.copy(), box.high.copy()
    low[at], high[at] = -np.inf, np.inf
    return low, high


def simplified(x: Array, y: Flags, box: Box, *, most: int = MOST, level: float) -> Box:
    """The box without the limits that do not matter, and with at most `most` restricted inputs.

    One at a time the limit is dropped without which the density is highest (it has the highest p-value), while its
    p-value exceeds `level` or there are too many inputs.
    """
    while box.restricted:
        options = [_moved(x, y, box, at, above=above, limit=np.inf) for at, above in _limits(box)]
        freest = _densest_option(x, y, options)
        if len(box.restricted) <= most and quasi_p_value(box, freest) <= level:
            break
        box = freest
    return box
