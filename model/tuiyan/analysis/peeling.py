"""The search for one box: which inputs matter, the trajectory over them, and the box that is chosen from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuiyan.analysis.boxes import (
    LEAST_MASS,
    MOST,
    PEEL,
    Array,
    Box,
    Flags,
    count,
    paste,
    peel,
    quasi_p_value,
    simplified,
    without,
)

THRESHOLD = 0.8
SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """The chosen box, the quasi p-value of each restricted input by position, the trajectory it comes from (from all
    cases down to the least mass), and whether it has the density that was asked for.
    """  # noqa: D205 - one sentence

    box: Box
    p_values: Mapping[int, float]
    trajectory: tuple[Box, ...]
    reached: bool


def search(
    x: Array,
    y: Flags,
    *,
    threshold: float = THRESHOLD,
    most: int = MOST,
    share: float = PEEL,
    least: float = LEAST_MASS,
    level: float = SIGNIFICANCE,
    among: Sequence[int] | None = None,
) -> Search:
    """The box with the largest coverage that has the density asked for and restricts at most `most` inputs.

    A first peeling over all inputs finds those that matter: the restrictions of its first box at the threshold (else
    of its densest) that are left when the others are dropped. A second peeling over these alone is the trajectory. Its
    boxes at the threshold are rid of what does not matter and pasted down to the threshold; the one with the largest
    coverage is chosen, or the densest of the trajectory where none is dense enough.

    Parameters
    ----------
    x, y : (inputs, cases), (cases,)
    threshold : density asked for
    most : most restricted inputs
    share : share of a box that one peel takes
    least : least share of all cases in a box
    level : a limit matters when its quasi p-value is at most this over the number of limits that peeling chooses
        among, which is 2 / share for each input; infinity drops none
    among : positions of the inputs that may be restricted; default: all

    Examples
    --------
    >>> import numpy as np
    >>> x = np.stack([np.repeat(np.arange(20.), 20), np.tile(np.arange(20.), 20)])
    >>> found = search(x, (x[0] < 10) & (x[1] >= 5), threshold=1.)
    >>> found.box.high.tolist(), found.box.low.tolist(), found.box.density, found.box.coverage
    ([9.0, inf], [-inf, 5.0], 1.0, 1.0)
    """
    single = level * share / (2 * len(x))

    def simpler(box: Box) -> Box:
        return simplified(x, y, box, most=most, level=single)

    first = peel(x, y, share=share, least=least, among=among)
    guide = next((box for box in first[1:] if box.density >= threshold > first[0].density), _densest(first))
    matter = simpler(guide).restricted
    trajectory = peel(x, y, share=share, least=least, among=matter) if matter else first[:1]
    ready = [
        simpler(paste(x, y, simpler(box), floor=threshold))
        for box in [*(box for box in trajectory if box.density >= threshold), _densest(trajectory)]
    ]
    dense = [box for box in ready if box.density >= threshold] or ready[-1:]
    box = max(dense, key=lambda each: (each.coverage, each.density, -len(each.restricted)))
    chances = {at: quasi_p_value(box, count(x, y, *without(box, at))) for at in box.restricted}
    return Search(box, chances, tuple(trajectory), box.density >= threshold)


def _densest(boxes: Sequence[Box]) -> Box:
    """The densest box; of equal ones the largest."""
    return max(boxes, key=lambda box: (box.density, box.cases))
