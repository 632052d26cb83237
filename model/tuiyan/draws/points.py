"""From (seed, stream, batch, index) to uniform numbers.

Sobol points in 16 independently scrambled batches. A number depends on the master seed, the registered stream of its
parameter, its batch and its index in the batch alone: adding a parameter, enlarging the ensemble, and changing chunks
or workers move no other number. Draw k is index ``k // 16`` of batch ``k % 16``.

The scramble is a linear matrix scramble followed by a digital shift (Matousek 1998; Owen 1998), both taken from a
keyed hash; the digital shift alone misses the accuracy of target D23 in high dimensions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy
from numpy.typing import NDArray

Array = NDArray[np.float64]
BATCHES, BITS = 16, 32


@lru_cache(maxsize=1)
def _joe_kuo() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Primitive polynomials and first direction numbers (Joe and Kuo 2008) as scipy carries them.

    Read from scipy's own file: importing `scipy.stats` for it would take longer than a run.
    """
    with np.load(Path(scipy.__file__).parent / "stats" / "_sobol_direction_numbers.npz") as table:
        return table["poly"].astype(np.int64), table["vinit"].astype(np.int64)


@lru_cache(maxsize=8)
def direction_numbers(dimensions: tuple[int, ...], bits: int) -> NDArray[np.uint32]:
    """Sobol direction numbers of some dimensions, shape (bits, dimensions).

    The k-th number of a dimension is the xor of earlier ones that its primitive polynomial names (Bratley and Fox
    1988); it fills the highest ``k + 1`` of 32 bits.
    """
    polynomials, first = _joe_kuo()
    found = np.zeros((bits, len(dimensions)), dtype=np.uint32)
    for column, dimension in enumerate(dimensions):
        polynomial = int(polynomials[dimension])
        degree = polynomial.bit_length() - 1
        numbers = [1] * bits if dimension == 0 else [int(number) for number in first[dimension, : min(degree, bits)]]
        for k in range(len(numbers), bits):
            number = numbers[k - degree] ^ (numbers[k - degree] << degree)
            for step in range(1, degree):
                if polynomial >> (degree - step) & 1:
                    number ^= numbers[k - step] << step
            numbers.append(number)
        found[:, column] = [number << (BITS - 1 - k) for k, number in enumerate(numbers)]
    return found


def _key(seed: int, stream: int, batch: int) -> bytes:
    """Hash that scrambles one stream of one batch: 32 rows of a matrix and one shift, 4 bytes each."""
    return hashlib.shake_128(f"tuiyan {seed} {stream} {batch}".encode()).digest(4 * (BITS + 1))


@lru_cache(maxsize=8)
def scrambled(streams: tuple[int, ...], seed: int, bits: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Scrambled direction numbers (bits, streams, batches) and shifts (streams, batches)."""
    raw = b"".join(_key(seed, stream, batch) for stream in streams for batch in range(BATCHES))
    words = np.frombuffer(raw, dtype="<u4").reshape(len(streams), BATCHES, BITS + 1).astype(np.uint32)
    place = np.uint32(1) << np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    higher = ~((place << np.uint32(1)) - np.uint32(1))
    higher[0] = 0
    rows = (words[..., :BITS] & higher) | place
    plain = direction_numbers(streams, bits)
    digits = np.bitwise_count(rows & plain[:, :, None, None]) & 1
    return (digits.astype(np.uint32) * place).sum(axis=-1, dtype=np.uint32), words[..., BITS]


def uniforms(streams: Sequence[int], *, draws: int, seed: int, start: int = 0) -> Array:
    """Uniform numbers on the open interval (0, 1).

    Parameters
    ----------
    streams
        Registered stream numbers.
    draws, start
        Draws ``start`` to ``start + draws - 1``; both multiples of 16.
    seed
        Master seed.

    Returns
    -------
    array of shape (streams, draws)
    """
    first, count = start // BATCHES, draws // BATCHES
    size = 1
    while first // size != (first + count - 1) // size:
        size *= 2
    base = first // size * size
    vectors, shift = scrambled(tuple(streams), seed, max(1, (base + size - 1).bit_length()))
    gray = base ^ (base >> 1)
    points = np.empty((BATCHES, size), dtype=np.uint32)
    found = np.empty((len(streams), draws))
    for stream in range(len(streams)):
        # Gray code is linear: the point of index base + j is the point of base xor the point of j.
        points[:, 0] = shift[stream]
        for bit in range(gray.bit_length()):
            if gray >> bit & 1:
                points[:, 0] ^= vectors[bit, stream]
        for bit in range(size.bit_length() - 1):
            half = 1 << bit
            np.bitwise_xor(points[:, :half][:, ::-1], vectors[bit, stream, :, None], out=points[:, half : 2 * half])
        np.add(points[:, first - base : first - base + count].T, 0.5, out=found[stream].reshape(count, BATCHES))
    found *= 2.0**-BITS
    return found
