"""Correlations of the normal scores of uncertain parameters, and whether they can hold together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Pair = tuple[str, str]
ROUNDING = 1e-12


def score_correlation(rank: float) -> float:
    """Correlation of the normal scores that gives a Spearman rank correlation under a Gaussian copula.

    Examples
    --------
    >>> round(score_correlation(0.5), 4)
    0.5176
    """
    return 2 * math.sin(math.pi * rank / 6)


def pair(one: str, other: str) -> Pair:
    """The two ids in alphabetical order."""
    return (one, other) if one < other else (other, one)


def cholesky(ids: Sequence[str], pairs: Mapping[Pair, float]) -> list[tuple[float, ...]]:
    """Lower Cholesky factor, row by row in plain arithmetic: the same on every processor.

    Returns
    -------
    rows of the factor; fewer than `ids` when the correlations cannot hold together: the id after the last row is the
    one whose correlations contradict those before it
    """
    rows: list[tuple[float, ...]] = []
    for i, one in enumerate(ids):
        row: list[float] = []
        for j, other in enumerate(ids[:i]):
            rest = pairs.get(pair(one, other), 0.0) - math.fsum(a * b for a, b in zip(row, rows[j], strict=False))
            row.append(rest / rows[j][j])
        rest = 1.0 - math.fsum(value * value for value in row)
        if rest <= ROUNDING:
            break
        rows.append((*row, math.sqrt(rest)))
    return rows
