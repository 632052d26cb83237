"""Exact Shapley values: what each player adds to a game, averaged over every order in which they could join."""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def players_of(values: Array) -> int:
    """Number of players of a game with one value a coalition.

    Raises
    ------
    ValueError
        If the number of coalitions is not a power of two.
    """
    players = len(values).bit_length() - 1
    if len(values) != 1 << players:
        raise ValueError(f"{len(values)} coalitions; a game of m players has 2^m of them")
    return players


def shapley(values: Array) -> Array:
    """Shapley value of each player.

    Parameters
    ----------
    values : (2^players, ...), value of each coalition; bit p of the index is set where player p takes part

    Returns
    -------
    (players, ...), in the unit of the values; the sum over players is ``values[-1] - values[0]``

    Notes
    -----
    phi_p = sum over coalitions s without p, of size k, of k! (m - k - 1)! / m! [v(s + p) - v(s)].

    References
    ----------
    Shapley (1953), A value for n-person games.

    Examples
    --------
    A glove game: player 0 holds a left glove, players 1 and 2 a right one each; a pair is worth 1.

    >>> shapley(np.array([0., 0., 0., 1., 0., 1., 0., 1.])).round(6).tolist()
    [0.666667, 0.166667, 0.166667]
    """
    players = players_of(values)
    weight = [factorial(k) * factorial(players - k - 1) / factorial(players) for k in range(players)]
    found = np.zeros((players, *values.shape[1:]))
    for coalition in range(1 << players):
        size = coalition.bit_count()
        for player in range(players):
            if not coalition >> player & 1:
                found[player] += weight[size] * (values[coalition | 1 << player] - values[coalition])
    return found


def alone(values: Array) -> Array:
    """What each player adds to nobody: one at a time. The parts do not add up to the total.

    Examples
    --------
    >>> alone(np.array([0., 1., 2., 5.])).tolist()
    [1.0, 2.0]
    """
    return np.stack([values[1 << player] - values[0] for player in range(players_of(values))])


def last(values: Array) -> Array:
    """What each player adds to all others. The parts do not add up to the total.

    Examples
    --------
    >>> last(np.array([0., 1., 2., 5.])).tolist()
    [3.0, 4.0]
    """
    whole = len(values) - 1
    return np.stack([values[whole] - values[whole ^ 1 << player] for player in range(players_of(values))])


def stacked(values: Array) -> Array:
    """What each player adds to those before it, in the order given. The parts add up, but depend on the order.

    Examples
    --------
    >>> stacked(np.array([0., 1., 2., 5.])).tolist()
    [1.0, 4.0]
    """
    ends = [(1 << player) - 1 for player in range(players_of(values) + 1)]
    return np.stack([values[ends[player + 1]] - values[ends[player]] for player in range(players_of(values))])
