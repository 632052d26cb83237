"""Weights of methods by their log scores."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tuiyan.evidence.stacking import DECLARED, FLOOR, LEAST_ORIGINS, log_score, method_weights, stacked

START = np.array(list(DECLARED.values()))
TABLES = st.tuples(
    st.integers(0, 2**32 - 1), st.integers(LEAST_ORIGINS, 40), st.sampled_from([1e-3, 0.1, 1.0, 10.0, 100.0])
)


def densities(seed: int, origins: int, spread: float) -> np.ndarray:
    return spread * np.random.default_rng(seed).standard_normal((origins, 5))


def test_the_declared_weights_are_half_for_the_model() -> None:
    assert DECLARED["structural"] == 0.5
    assert [DECLARED[name] for name in ("trend", "gompertz", "bass", "no_change")] == [0.125] * 4


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_stacking_never_scores_below_its_start_and_keeps_the_floor(table: tuple[int, int, float]) -> None:
    logs = densities(*table)
    found = stacked(logs, START)
    assert log_score(logs, found) >= log_score(logs, START)
    assert found.min() >= FLOOR - 1e-12
    assert found.sum() == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_no_other_weights_score_better(table: tuple[int, int, float]) -> None:
    """The slope of a concave score bounds what any other weights could add."""
    logs = densities(*table)
    found = stacked(logs, START)
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    slopes = (shares / (shares @ found)[:, None]).sum(axis=0)
    best = FLOOR * slopes.sum() + (1 - 5 * FLOOR) * slopes.max()
    assert best - slopes @ found < 1e-5 * len(logs)


def test_two_methods_in_closed_form() -> None:
    """Each best half of the time by the same factor: half each; one always best: all but the floor."""
    even = np.log([[0.4, 0.1], [0.1, 0.4], [0.4, 0.1], [0.1, 0.4]])
    assert stacked(even, [0.9, 0.1]) == pytest.approx([0.5, 0.5], abs=1e-6)
    # d/dw of 3 ln(.1 + .3 w) + ln(.4 - .3 w) is 0 at w = 11/12.
    mostly = np.log([[0.4, 0.1], [0.4, 0.1], [0.4, 0.1], [0.1, 0.4]])
    assert stacked(mostly, [0.5, 0.5]) == pytest.approx([11 / 12, 1 / 12], abs=1e-5)
    always = np.log([[0.4, 0.1]] * 4)
    assert stacked(always, [0.5, 0.5]) == pytest.approx([0.95, 0.05], abs=1e-9)
    assert stacked(always, [0.5, 0.5], floor=0.0) == pytest.approx([1.0, 0.0], abs=1e-9)


def test_densities_may_be_shifted_by_origin() -> None:
    """A change of unit adds a constant to all densities of an origin and moves no weight."""
    logs = densities(3, 12, 1.0)
    shifted = logs + np.linspace(-2000, 2000, 12)[:, None]
    assert stacked(shifted, START) == pytest.approx(stacked(logs, START), abs=1e-9)
    assert log_score(shifted, START) == pytest.approx(log_score(logs, START), abs=1e-8)


def test_a_method_that_is_sometimes_impossible_keeps_the_floor_at_most() -> None:
    logs = np.zeros((4, 5))
    logs[:, 2] = -np.inf
    found = stacked(logs, START)
    assert found[2] == pytest.approx(FLOOR, abs=1e-9)
    assert np.isfinite(log_score(logs, found))


def test_fewer_than_four_origins_leave_the_declared_weights() -> None:
    scores = {name: [0.0, 0.0, 5.0 * (name == "bass")] for name in DECLARED}
    assert method_weights(scores) == dict(DECLARED)
    more = {name: [*each, 5.0 * (name == "bass")] for name, each in scores.items()}
    found = method_weights(more)
    assert found["bass"] > 0.5 > DECLARED["bass"]
    assert min(found.values()) >= FLOOR - 1e-12


@pytest.mark.parametrize(
    ("logs", "start", "floor", "words"),
    [
        (np.zeros(5), START, FLOOR, "log densities"),
        (np.full((4, 5), np.nan), START, FLOOR, "log densities"),
        (np.full((4, 5), -np.inf), START, FLOOR, "density 0"),
        (np.zeros((4, 5)), START[:4], FLOOR, "the weights are"),
        (np.zeros((4, 5)), np.array([0.96, 0.01, 0.01, 0.01, 0.01]), FLOOR, "the weights are"),
        (np.zeros((4, 5)), 2 * START, FLOOR, "the weights are"),
        (np.zeros((4, 5)), START, 0.2, "the floor is"),
    ],
)
def test_what_cannot_be_is_refused(logs: np.ndarray, start: np.ndarray, floor: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        stacked(logs, start, floor=floor)


@pytest.mark.parametrize("scores", [{"structural": [0.0]}, {name: [0.0] * k for k, name in enumerate(DECLARED)}])
def test_scores_of_other_methods_or_origins_are_refused(scores: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match=r"must be of|different origins"):
        method_weights(scores)
