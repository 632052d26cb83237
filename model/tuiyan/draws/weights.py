"""Weights on the draws of an ensemble, and the equally weighted draws that stand for them.

What has been learned is one weight a draw. Every run and analysis takes a learned scenario's draws resampled in
proportion to these weights, so medians, trees, packages and attributions need no weighted form of their own, and all
of them share one posterior.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tuiyan.draws.points import BATCHES
from tuiyan.inputs.findings import Finding, TuiyanError

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


def effective_draws(values: Array) -> float:
    """Effective number of draws, (sum w)^2/sum w^2 (Kish 1965).

    Examples
    --------
    >>> effective_draws(np.array([1., 1., 1., 1.])), effective_draws(np.array([1., 0., 0., 0.]))
    (4.0, 1.0)
    """
    return float(values.sum() ** 2 / (values @ values))


def resampled(values: Array) -> Indices:
    """Draws in proportion to their weights, by systematic resampling inside each of the 16 batches.

    Parameters
    ----------
    values
        (draws,), >= 0, some above 0 in every batch; draw k is of batch k mod 16.

    Returns
    -------
    (draws,), the draw that stands in each place; places of a batch hold draws of that batch, in their order

    References
    ----------
    Kitagawa (1996), Journal of Computational and Graphical Statistics 5(1).

    Examples
    --------
    >>> equal = np.ones(32)
    >>> bool((resampled(equal) == np.arange(32)).all())
    True
    """
    split = values.reshape(-1, BATCHES)
    count = len(split)
    places = (np.arange(count) + 0.5) / count
    rows = [np.sort(_systematic(split[:, b], places)) for b in range(BATCHES)]
    return np.asarray(np.stack(rows, axis=1) * BATCHES + np.arange(BATCHES)).reshape(-1)


def _systematic(values: Array, places: Array) -> Indices:
    """Positions drawn from one batch, light weights before heavy ones.

    In the order of Sobol points light and heavy alternate so evenly that a running sum of nearly equal weights would
    never pass a place, and a small tilt would be lost.
    """
    order = np.argsort(values, kind="stable")
    above = np.cumsum(values[order]) / values.sum()
    return order[np.minimum(np.searchsorted(above, places), len(order) - 1)]


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights on the draws of one seed.

    Attributes
    ----------
    draws, seed
        Whose draws they are.
    values
        (draws,), sum 1.
    moved
        Uniform numbers, id to (streams, draws), that stand in place of those of the seed: the draws of an adapted
        proposal. Empty where the draws of the seed themselves are weighted.
    as_of
        The vintage whose facts they hold; None for weights that do not come from facts.
    """

    draws: int
    seed: int
    values: Array
    moved: Mapping[str, Array]
    as_of: date | None = None

    @property
    def effective(self) -> float:
        """Effective number of draws."""
        return effective_draws(self.values)

    @cached_property
    def chosen(self) -> Indices:
        """The draw that stands in each place of the equally weighted ensemble, (draws,)."""
        return resampled(self.values)

    def reweighted(self, values: Array) -> Weights:
        """Weights that stand for further ones on the equally weighted ensemble, (draws,), sum 1."""
        found = np.bincount(self.chosen[: len(values)], weights=values, minlength=self.draws).astype(np.float64)
        return replace(self, values=found)

    def check(self, draws: int, seed: int) -> None:
        """Refuse another seed, or more draws than there are weights for.

        Raises
        ------
        TuiyanError
            Naming both.
        """
        if seed != self.seed or draws > self.draws:
            told = {"draws": draws, "seed": seed, "known": self.draws, "own": self.seed}
            raise TuiyanError([Finding("E251", None, told)])

    def __repr__(self) -> str:
        """How many draws, and how many are left to speak."""
        return f"<Weights of {self.draws} draws, seed {self.seed}, {self.effective:.0f} effective>"


def weights_of(given: object, draws: int, seed: int) -> Weights:
    """Weights, those of a posterior, or those in an array on the draws of a seed.

    Raises
    ------
    TuiyanError
        For an array of another length, with a value that is no weight, or with a batch of nothing but zeros.
    """
    values = getattr(given, "weights", given)
    if isinstance(values, Weights):
        values.check(draws, seed)
        return values
    try:
        found = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        found = np.empty(0)
    fits = found.shape == (draws,) and bool(np.isfinite(found).all()) and bool((found >= 0).all())
    if not fits or not (found.reshape(-1, BATCHES).max(axis=0) > 0).all():
        raise TuiyanError([Finding("E252", None, {"draws": draws, "shape": found.shape})])
    found = found / found.max()  # huge weights must not overflow their sum
    return Weights(draws, seed, found / found.sum(), {})
