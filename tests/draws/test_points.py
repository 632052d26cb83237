"""Draws are stable, paired and accurate."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc
from tuiyan.draws.points import BATCHES, direction_numbers, uniforms


@pytest.mark.parametrize("first", [0, 90, 400, 900, 15000])
def test_direction_numbers_rebuild_the_sequence(first: int) -> None:
    """Ours, from the table that scipy carries, give the very points of `scipy.stats.qmc.Sobol`."""
    vectors = direction_numbers(tuple(range(first, first + 8)), 7)
    points = np.zeros((128, 8), dtype=np.uint32)
    for index in range(128):
        gray = index ^ (index >> 1)
        for bit in range(7):
            if gray >> bit & 1:
                points[index] ^= vectors[bit]
    expected = qmc.Sobol(first + 8, scramble=False, bits=32).random(128)[:, first:]
    np.testing.assert_array_equal(points * 2.0**-32, expected)


@pytest.mark.parametrize("bits", [1, 5, 18, 30])
def test_more_bits_add_numbers_and_change_none(bits: int) -> None:
    np.testing.assert_array_equal(direction_numbers((0, 3, 700), 30)[:bits], direction_numbers((0, 3, 700), bits))


def test_d22_low_discrepancy_sequence() -> None:
    """D22: the unscrambled two-dimensional sequence that our scramble starts from."""
    vectors = direction_numbers((0, 1), 3)
    found = []
    for index in range(8):
        gray = index ^ (index >> 1)
        point = np.zeros(2, dtype=np.uint32)
        for bit in range(3):
            if gray >> bit & 1:
                point ^= vectors[bit]
        found.append(tuple(point * 2.0**-32))
    assert found == [
        (0, 0), (0.5, 0.5), (0.75, 0.25), (0.25, 0.75), (0.375, 0.375), (0.875, 0.875), (0.625, 0.125), (0.125, 0.625),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_d23_accuracy_of_scrambled_points(seed: int) -> None:
    """D23: the error of an 8-dimensional product integral stays below 3e-4 in every batch of every seed."""
    points = uniforms(range(8), draws=4096 * BATCHES, seed=seed)
    values = np.prod(1 + (points - 0.5) / 2, axis=0)
    errors = np.abs(values.reshape(4096, BATCHES).mean(axis=0) - 1)
    assert errors.max() < 3e-4


def test_the_lowest_and_high_streams_are_accurate_too() -> None:
    points = uniforms(list(range(400, 408)), draws=4096 * BATCHES, seed=3)
    errors = np.abs(np.prod(1 + (points - 0.5) / 2, axis=0).reshape(4096, BATCHES).mean(axis=0) - 1)
    assert errors.max() < 6.6e-3 / 3  # a third of the standard error of plain Monte Carlo


@pytest.mark.parametrize(("start", "draws"), [(0, 512), (4096, 4096), (1600, 48), (8176, 16), (512, 1024), (16, 8000)])
def test_any_range_of_draws_is_the_same_part_of_the_whole(start: int, draws: int) -> None:
    whole = uniforms([0, 5, 77, 401], draws=8192, seed=1)
    np.testing.assert_array_equal(
        uniforms([0, 5, 77, 401], draws=draws, seed=1, start=start), whole[:, start : start + draws]
    )


def test_a_stream_does_not_depend_on_its_company() -> None:
    alone = uniforms([44], draws=512, seed=2)[0]
    among = uniforms([3, 44, 900], draws=512, seed=2)[1]
    np.testing.assert_array_equal(alone, among)


def test_seeds_streams_and_batches_differ() -> None:
    one, other = uniforms([3, 4], draws=512, seed=0), uniforms([3, 4], draws=512, seed=1)
    batches = one[0].reshape(-1, BATCHES)
    assert len({tuple(column) for column in batches.T}) == BATCHES
    assert not np.array_equal(one, other)
    assert not np.array_equal(one[0], one[1])


def test_every_batch_is_a_net() -> None:
    """Each interval of length 1/32 holds exactly one of the first 32 points of each batch and stream."""
    points = uniforms(list(range(40)), draws=32 * BATCHES, seed=9).reshape(40, 32, BATCHES)
    cells = np.sort(np.floor(points * 32).astype(int), axis=1)
    assert (cells == np.arange(32)[None, :, None]).all()


def test_numbers_stay_inside_the_open_interval() -> None:
    points = uniforms(list(range(50)), draws=8192, seed=0)
    assert points.min() > 0
    assert points.max() < 1
