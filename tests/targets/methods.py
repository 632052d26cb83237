"""Rows of the validation targets that check the statistical methods: analysis, scores, draws and goal arithmetic."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import tuiyan as ty
from numpy.typing import NDArray
from scipy import integrate
from scipy.special import ndtr, ndtri
from tuiyan.analysis.morris import screening, trajectories
from tuiyan.analysis.sobol import SobolIndices, sobol_indices
from tuiyan.analysis.tilting import conditional_normal, tilt
from tuiyan.analysis.two_piece import TwoPieceNormal
from tuiyan.draws.points import uniforms
from tuiyan.draws.recipe import recipe
from tuiyan.estimates import mean, quantile
from tuiyan.evidence import scores
from tuiyan.inputs.correlation import cholesky, pair
from tuiyan.ledger import joint_bounds

from tests import test_ledger
from tests.draws import test_points
from tests.targets import target

Array = NDArray[np.float64]
SEEDS = (0, 1)


def indices_of(function: Callable[[Array], Array], inputs: int, *, cases: int = 2**14, seed: int = 0) -> SobolIndices:
    """Sobol indices of a function of uniform numbers (inputs, cases), each input a group, on the points of a run."""
    points = uniforms(range(2 * inputs), draws=cases, seed=seed)
    first, second = points[:inputs], points[inputs:]
    mixed = [np.where(np.arange(inputs)[:, None] == group, second, first) for group in range(inputs)]
    outputs = np.stack([function(part) for part in mixed])
    return sobol_indices(function(first), function(second), outputs, np.random.default_rng(seed), replications=200)


@target
def d01() -> None:
    def function(u: Array) -> Array:
        x = np.pi * (2 * u - 1)
        value: Array = np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
        return value

    alone = np.array([0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 7**2 / 8, 0.0])
    together = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = alone.sum() + together
    first, total = alone / variance, (alone + together * np.array([1, 0, 1])) / variance
    assert variance == pytest.approx(13.8445879, abs=1e-7)
    assert first == pytest.approx([0.3139052, 0.4424111, 0], abs=1e-7)
    assert total == pytest.approx([0.5575889, 0.4424111, 0.2436837], abs=1e-7)
    for seed in SEEDS:
        found = indices_of(function, 3, seed=seed)
        assert found.first == pytest.approx(first, abs=0.01)
        assert found.total == pytest.approx(total, abs=0.01)
        assert found.variance == pytest.approx(variance, rel=0.01)
        average = mean(function(uniforms(range(3), draws=2**14, seed=seed)))
        assert average.value == pytest.approx(3.5, abs=0.01)


@target
def d02() -> None:
    a = np.array([0.0, 1, 4.5, 9, 99, 99, 99, 99])

    def function(u: Array) -> Array:
        value: Array = np.prod((np.abs(4 * u - 2) + a[:, None]) / (1 + a[:, None]), axis=0)
        return value

    alone = 1 / (3 * (1 + a) ** 2)
    variance = np.prod(1 + alone) - 1
    first, total = alone / variance, alone * np.prod(1 + alone) / (1 + alone) / variance
    assert variance == pytest.approx(0.4654244, abs=1e-7)
    assert first[:4] == pytest.approx([0.7161922, 0.1790480, 0.0236758, 0.0071619], abs=1e-7)
    assert total[:4] == pytest.approx([0.7871441, 0.2421982, 0.0343169, 0.0104604], abs=1e-7)
    assert first[4:] == pytest.approx([7.16e-5] * 4, abs=1e-7)
    assert total[4:] == pytest.approx([1.05e-4] * 4, abs=1e-6)  # printed with three digits
    for seed in SEEDS:
        found = indices_of(function, 8, seed=seed)
        assert found.first == pytest.approx(first, abs=0.015)
        assert found.total == pytest.approx(total, abs=0.015)


@target
def d04() -> None:
    weights = np.array([1.0, 2.0, 3.0])[:, None]
    for seed in SEEDS:
        added = indices_of(lambda u: np.asarray((weights * u).sum(axis=0)), 3, seed=seed)
        multiplied = indices_of(lambda u: np.asarray(u[0] * u[1]), 2, seed=seed)
        assert added.first == pytest.approx(np.array([1, 4, 9]) / 14, abs=0.01)
        assert added.total == pytest.approx(np.array([1, 4, 9]) / 14, abs=0.01)
        assert multiplied.first == pytest.approx([3 / 7] * 2, abs=0.01)
        assert multiplied.total == pytest.approx([4 / 7] * 2, abs=0.01)


@target
def d05() -> None:
    for seed in SEEDS:
        points = trajectories(200, 3, np.random.default_rng(seed), levels=4)
        assert set(np.abs(np.diff(points, axis=1)).max(axis=2).ravel().round(12)) == {round(2 / 3, 12)}
        x = np.moveaxis(points, -1, 0)
        found = screening(points, 2 * x[0] - 3 * x[1] + x[2] + 4 * x[0] * x[1])
        assert found.mu[2] == pytest.approx(1.0, abs=1e-12)
        assert found.mu_star[2] == pytest.approx(1.0, abs=1e-12)
        assert found.sigma[2] == pytest.approx(0.0, abs=1e-12)
        assert found.mu[:2] == pytest.approx([4.0, -1.0], abs=0.35)
        assert found.mu_star[:2] == pytest.approx([4.0, 1.5], abs=0.35)
        assert found.sigma[:2] == pytest.approx([1.490712] * 2, abs=0.35)


@target
def d06() -> None:
    expected = [1.963567, 2.475599, 2.874339, 3.251323, 3.637279, 4.048801, 4.510830, 5.072867, 5.879063]
    assert TwoPieceNormal(3, left=1, right=2).quantile(np.arange(1, 10) / 10) == pytest.approx(expected, abs=1e-6)


@target
def d07() -> None:
    law = TwoPieceNormal(3, left=1, right=2)
    assert law.mean == pytest.approx(3.7978846, abs=1e-7)
    assert law.variance == pytest.approx(2.3633802, abs=1e-7)
    assert law.below_mode == pytest.approx(1 / 3, abs=1e-7)
    assert law.distribution(3) == pytest.approx(1 / 3, abs=1e-7)


@target
def d09() -> None:
    assert TwoPieceNormal(1100, left=80, right=140).exceedance([1000, 1200]) == pytest.approx(
        [0.9231638, 0.3023049], abs=1e-7
    )


@target
def d10() -> None:
    found = scores.crps_normal([0, 1, 2, 1000], [0, 0, 0, 1100], [1, 1, 1, 150])
    assert found == pytest.approx([0.2336950, 0.6024414, 1.4527918, 60.7074566], abs=1e-6)


@target
def d12() -> None:
    assert scores.crps_ensemble(2.5, [1, 2, 3, 4, 5], fair=False) == pytest.approx(0.5, abs=1e-12)
    assert scores.crps_ensemble(2.5, [1, 2, 3, 4, 5]) == pytest.approx(0.3, abs=1e-12)


@target
def d13() -> None:
    assert scores.interval_score([1000, 1400], 800, 1300, coverage=0.9) == pytest.approx([500, 2500], abs=1e-7)
    assert scores.pinball([1000, 1400], 1300, level=0.9) == pytest.approx([30, 90], abs=1e-7)
    assert scores.log_score_normal(1, 0, 1) == pytest.approx(1.4189385, abs=1e-7)
    assert scores.brier(1, 0.8) == pytest.approx(0.04, abs=1e-7)


@target
def d14() -> None:
    test_ledger.test_d14_goal_probability_of_lognormal_growth()
    sd = np.hypot(0.12 * 3**0.5, 3 * 0.08)
    assert sd == pytest.approx(0.3174902, abs=1e-7)
    assert ndtr((0.6 - np.log(1000 / 700)) / sd) == pytest.approx(0.7782814, abs=1e-6)
    z = ndtri(uniforms([0, 1], draws=2**16, seed=0))
    end = 700 * np.exp(0.6 + 0.12 * 3**0.5 * z[0] + 3 * 0.08 * z[1])
    for found, expected in ((quantile(end, 0.5), 1275.483), (mean(end), 1341.415)):
        assert abs(found.value - expected) < 3 * found.standard_error
        assert found.standard_error < 1


@target
def d17() -> None:
    def given(common: float) -> float:
        """All four goals, given the common factor, times its density."""
        alone = ndtr((ndtri(0.8) - 0.5**0.5 * common) / 0.5**0.5)
        return float(alone**4 * np.exp(-0.5 * common * common) / np.sqrt(2 * np.pi))

    assert integrate.quad(given, -10, 10, epsabs=1e-10)[0] == pytest.approx(0.5557096, abs=1e-6)
    test_ledger.test_d17_joint_probability_of_four_goals()
    ids = ("a", "b", "c", "d")
    factor = tuple(cholesky(ids, {pair(*two): 0.5 for two in combinations(ids, 2)}))
    copula = replace(recipe(ty.load("baseline")), correlated=ids, factor=factor)
    for seed in SEEDS:
        independent = np.split(uniforms(range(4), draws=2**17, seed=seed), 4)
        numbers = copula._correlated(dict(zip(ids, independent, strict=True)))
        met = [numbers[id_][0] < 0.8 for id_ in ids]
        joint = mean(np.logical_and.reduce(met))
        assert abs(joint.value - 0.5557096) < 3 * joint.standard_error
        assert joint.standard_error < 1e-3
        low, high = joint_bounds([mean(goal).value for goal in met])
        assert low <= joint.value <= high


@target
def d18() -> None:
    centre, spread = conditional_normal([5, 10], [[4, 2.4], [2.4, 9]], [1], [13])
    assert centre == pytest.approx([5.8], abs=1e-12)
    assert spread.tolist() == [[pytest.approx(3.36, abs=1e-12)]]


@target
def d20() -> None:
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    draws = 2 + 1.5 * nodes
    one, two = tilt(draws, 3, weights), tilt(np.stack([draws, draws**2]), [3, 3**2 + 1], weights)
    assert one.divergence == pytest.approx(0.2222222, abs=1e-7)
    assert two.divergence == pytest.approx(0.3499096, abs=1e-7)
    for found, sd in ((one, 1.5), (two, 1.0)):
        # All of the normal law, not only what was imposed: mean, variance, third and fourth central moments.
        central = [float((found.weights * (draws - 3) ** power).sum()) for power in (1, 2, 3, 4)]
        assert central == pytest.approx([0, sd**2, 0, 3 * sd**4], abs=1e-7)


@target
def d22() -> None:
    # Of the row, the Sobol sequence: the package has no Halton sequence and no discrepancy.
    test_points.test_d22_low_discrepancy_sequence()


@target
def d23() -> None:
    for seed in range(10):
        test_points.test_d23_accuracy_of_scrambled_points(seed)
