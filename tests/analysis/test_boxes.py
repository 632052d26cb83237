"""Boxes and trees: laws on samples whose rule is known, and the published formula of the quasi p-value."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom
from tuiyan.analysis.boxes import Box, count, inside, paste, peel, quasi_p_value, without
from tuiyan.analysis.peeling import search
from tuiyan.analysis.tree import grow

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
CASES, INPUTS = 4000, 10
LOW, HIGH = 0.4, 0.5  # the planted rule: input 2 below HIGH and input 5 above LOW
SEEDS = range(4)


def planted(seed: int, *, inside_rate: float = 0.95, outside_rate: float = 0.05) -> tuple[Array, Flags]:
    """Uniform inputs; cases of interest are frequent inside a box of two of them and rare outside."""
    rng = np.random.default_rng(seed)
    x = rng.random((INPUTS, CASES))
    rate = np.where((x[2] < HIGH) & (x[5] > LOW), inside_rate, outside_rate)
    return x, rng.random(CASES) < rate


def noise(seed: int) -> tuple[Array, Flags]:
    """Inputs that have nothing to do with the cases of interest."""
    rng = np.random.default_rng(seed)
    return rng.random((40, 2048)), rng.random(2048) < 0.4


def limits(box: Box) -> dict[int, tuple[float, float]]:
    return {at: (float(box.low[at]), float(box.high[at])) for at in box.restricted}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_planted_box_is_found(seed: int) -> None:
    x, y = planted(seed)
    found = search(x, y, threshold=0.9)
    truth = (x[2] < HIGH) & (x[5] > LOW)
    assert found.reached
    assert found.box.restricted == (2, 5)
    assert found.box.low[2] == -np.inf
    assert found.box.high[2] == pytest.approx(HIGH, abs=0.06)  # at .9 the box may be a little wider than the rule
    assert found.box.low[5] == pytest.approx(LOW, abs=0.06)
    assert found.box.high[5] == np.inf
    assert found.box.density >= 0.9
    assert found.box.coverage == pytest.approx(y[truth].sum() / y.sum(), abs=0.04)
    assert max(found.p_values.values()) < 1e-20


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_in_noise(seed: int) -> None:
    x, y = noise(seed)
    found = search(x, y)
    assert not found.reached
    assert found.box.restricted == ()
    assert found.box.density == pytest.approx(y.mean())
    loose = search(x, y, level=np.inf)  # nothing is dropped but what exceeds four
    assert max(loose.p_values.values()) > 0.001


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("level", [0.05, np.inf])
def test_the_order_of_inputs_and_cases_does_not_matter(seed: int, level: float) -> None:
    x, y = planted(seed, inside_rate=0.8)
    rng = np.random.default_rng(100 + seed)
    rows, cases = rng.permutation(INPUTS), rng.permutation(CASES)
    here = search(x, y, level=level)
    there = search(x[rows][:, cases], y[cases], level=level)
    assert {int(rows[at]): ends for at, ends in limits(there.box).items()} == limits(here.box)
    assert [(box.cases, box.interest) for box in there.trajectory] == [
        (box.cases, box.interest) for box in here.trajectory
    ]


@pytest.mark.parametrize("level", [0.05, np.inf])
@pytest.mark.parametrize(
    "change", [np.exp, np.cbrt, lambda x: -x, lambda x: 1 / (x + 0.1)], ids=["exp", "root", "minus", "inverse"]
)
def test_a_monotone_change_of_an_input_changes_no_case(change: Callable[[Array], Array], level: float) -> None:
    x, y = planted(0, inside_rate=0.8)
    other = x.copy()
    for row in (2, 3, 5):
        other[row] = change(x[row])
    here, there = search(x, y, level=level).box, search(other, y, level=level).box
    np.testing.assert_array_equal(inside(x, here.low, here.high), inside(other, there.low, there.high))


def mixed(seed: int) -> tuple[Array, Flags]:
    """Continuous, rounded, binary, rare-valued and constant inputs."""
    x, y = planted(seed)
    x[0] = np.round(x[0], 1)
    x[1] = x[1] > 0.5
    x[3] = np.where(x[3] > 0.03, 0, x[3])
    x[4] = 7.0
    x[2] = np.round(x[2] * 6)
    return x, y


@pytest.mark.parametrize("sample", [planted, noise, mixed])
@pytest.mark.parametrize("share", [0.05, 0.1])
def test_a_peeling_keeps_its_books(sample: Callable[[int], tuple[Array, Flags]], share: float) -> None:
    x, y = sample(0)
    boxes = peel(x, y, share=share)
    assert (boxes[0].coverage, boxes[0].mass, boxes[0].restricted) == (1, 1, ())
    assert boxes[0].density == y.mean()
    for before, box in pairwise(boxes):
        again = count(x, y, box.low, box.high)
        assert (box.cases, box.interest) == (again.cases, again.interest)
        assert 0.05 <= box.mass < before.mass
        assert box.coverage <= before.coverage
        assert (box.low >= before.low).all()
        assert (box.high <= before.high).all()
    if sample is not mixed:
        assert all(before.cases - box.cases <= share * before.cases for before, box in pairwise(boxes))


def test_a_peel_raises_the_density_as_much_as_any_other_could() -> None:
    x, y = planted(1)
    box = peel(x, y)[1]
    few = CASES - box.cases
    order = np.argsort(x, axis=1)
    rest = [y[np.delete(line, gone)].mean() for line in order for gone in (slice(0, few), slice(-few, None))]
    assert box.density == pytest.approx(max(rest))


def test_equal_values_are_never_split_and_never_all_taken() -> None:
    y = np.arange(200) % 4 == 0
    assert len(peel(np.full((2, 200), 3.0), y)) == 1
    binary = (np.arange(200) % 8 < 2).astype(np.float64)[None]  # 1 in 50 cases, of which half are of interest
    boxes = peel(binary, y)
    assert [box.cases for box in boxes] == [200, 50]
    assert limits(boxes[1]) == {0: (1.0, np.inf)}


def test_a_rounded_input_is_found_too() -> None:
    x, y = mixed(2)
    found = search(x, y)
    assert 2 in found.box.restricted
    assert 4 not in found.box.restricted
    assert found.box.high[2] in range(7)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("most", [1, 2, 4])
def test_no_more_inputs_than_asked_for(seed: int, most: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.random((INPUTS, CASES))
    y: Flags = np.logical_and.reduce(x[:6] < 0.85)
    found = search(x, y, threshold=0.95, most=most)
    assert len(found.box.restricted) == most
    assert all(len(box.restricted) <= most for box in found.trajectory)
    assert set(found.p_values) == set(found.box.restricted) <= set(range(6))


def test_a_density_that_cannot_be_reached_is_said() -> None:
    x, y = planted(0, inside_rate=0.5)
    found = search(x, y, threshold=0.9)
    assert not found.reached
    assert set(found.box.restricted) == {2, 5}
    assert found.box.density > 0.45
    assert found.box.density >= max(box.density for box in found.trajectory) - 0.02


def test_a_base_rate_above_the_threshold_needs_no_box() -> None:
    x, y = planted(0)
    found = search(x, ~y, threshold=0.6)
    assert found.reached
    assert (found.box.restricted, found.box.coverage) == ((), 1.0)


def test_inputs_can_be_left_out() -> None:
    x, y = planted(0)
    found = search(x, y, threshold=0.5, among=[0, 1, 5, 6])
    assert found.box.restricted == (5,)
    assert search(x, y, among=[]).box.restricted == ()


@pytest.mark.parametrize("floor", [np.inf, 0.6])
def test_pasting_only_widens_and_keeps_the_density(floor: float) -> None:
    x, y = planted(3)
    for box in peel(x, y)[::7]:
        wider = paste(x, y, box, floor=floor)
        assert wider.density >= min(box.density, floor)
        assert wider.coverage >= box.coverage
        assert (wider.low <= box.low).all()
        assert (wider.high >= box.high).all()


def test_pasting_gives_back_what_a_peel_took_too_much() -> None:
    x = np.linspace(0, 1, 1001)[None]
    y = (x[0] > 0.2) & (x[0] < 0.6)
    found = paste(x, y, count(x, y, np.array([0.35]), np.array([0.5])), share=0.01)
    assert found.density == 1
    assert found.coverage > 0.98


@pytest.mark.parametrize(
    "case", [(10, 9, 0.5), (44, 40, 0.7), (1, 1, 0.1), (500, 410, 0.8), (30, 0, 0.2), (60, 60, 1.0)]
)
def test_the_quasi_p_value_is_a_binomial_tail(case: tuple[int, int, float]) -> None:
    """Bryant and Lempert (2010): the chance of as many cases of interest as the box has, without the restriction."""
    cases, interest, density = case
    none = np.array([])
    free = Box(none, none, 1000, round(1000 * density), 2000, 1000)
    expected = binom.sf(interest - 1, cases, density)
    assert quasi_p_value(Box(none, none, cases, interest, 2000, 1000), free) == pytest.approx(expected, rel=1e-9)


def test_the_p_values_of_a_search_are_those_of_its_box() -> None:
    x, y = planted(0, inside_rate=0.7, outside_rate=0.3)
    found = search(x, y, threshold=0.68)
    assert found.box.restricted == (2, 5)
    within = inside(x, found.box.low, found.box.high)
    for at, other in ((2, 5), (5, 2)):
        free = (x[other] >= found.box.low[other]) & (x[other] <= found.box.high[other])
        np.testing.assert_array_equal(free, inside(x, *without(found.box, at)))
        expected = binom.sf(y[within].sum() - 1, within.sum(), y[free].mean())
        assert found.p_values[at] == pytest.approx(expected, rel=1e-6)


def test_a_sample_that_cannot_be_searched_is_an_error() -> None:
    x, y = planted(0)
    with pytest.raises(ValueError, match="0 cases of interest"):
        peel(x, np.zeros(CASES, dtype=np.bool_))
    with pytest.raises(ValueError, match="inputs"):
        peel(x, y[:-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tree_splits_on_the_planted_inputs_and_keeps_its_books(seed: int) -> None:
    x, y = planted(seed)
    tree = grow(x, y)
    assert set(tree.inputs[:2]) == {2, 5}
    assert len(tree.leaves) <= 8
    np.testing.assert_array_equal(np.sum([leaf.cases for leaf in tree.leaves], axis=0), 1)
    assert sum(leaf.share * leaf.density for leaf in tree.leaves) == pytest.approx(y.mean())
    for leaf in tree.leaves:
        assert leaf.share >= 0.01
        assert leaf.density == y[leaf.cases].mean()
    truth = (x[2] < HIGH) & (x[5] > LOW)
    assert (tree.says == truth).mean() > 0.97


def test_the_root_of_a_tree_has_the_least_impurity_of_all_splits() -> None:
    """Gini impurity by its definition, over every split at the same quantiles."""
    x, y = planted(2)
    x, y = x[:4, :600], y[:600]

    def impurity(part: Flags) -> float:
        return float(2 * part.size * part.mean() * (1 - part.mean()))

    cuts = np.quantile(x, np.arange(1, 64) / 64, axis=1, method="inverted_cdf").T
    best = min(
        impurity(y[row <= cut]) + impurity(y[row > cut]) for row, line in zip(x, cuts, strict=True) for cut in line
    )
    tree = grow(x, y, depth=1)
    assert sum(impurity(y[leaf.cases]) for leaf in tree.leaves) == pytest.approx(best)


def test_a_tree_does_not_depend_on_the_order_of_cases_nor_split_what_is_alike() -> None:
    x, y = planted(0)
    order = np.random.default_rng(1).permutation(CASES)
    here, there = grow(x, y), grow(x[:, order], y[order])
    assert here.inputs == there.inputs
    for leaf, other in zip(here.leaves, there.leaves, strict=True):
        np.testing.assert_array_equal(leaf.cases[order], other.cases)
    assert grow(x, np.ones(CASES, dtype=np.bool_)).inputs == ()
    assert grow(np.ones((3, CASES)), y).inputs == ()
