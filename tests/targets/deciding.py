"""Rows of the validation targets that check growth to a goal, the least-cost mix and regret."""

import numpy as np
import pytest
from tuiyan.analysis.choice import regrets
from tuiyan.analysis.optimum import least_cost
from tuiyan.ledger import required_growth

from tests.targets import target


@target
def d16() -> None:
    growth = required_growth(np.array([500.0, 600.0, 700.0, 800.0]), 1000.0, 3)
    assert growth == pytest.approx([0.2599210, 0.1856311, 0.1262479, 0.0772173], abs=1e-7)


@target
def d24() -> None:
    cost, part = np.array([1.0, 2.0, 4.0]), np.array([0.3, 0.5, 0.4])
    found = least_cost(cost, lambda x: float(part @ x), lambda _: part, 0.6, 2.0)
    assert found == pytest.approx([0.7058824, 0.5882353, 0.2352941], abs=1e-6)
    assert 0.5 * float(np.sum(cost * found**2)) == pytest.approx(0.7058824, abs=1e-6)
    assert cost * found / part == pytest.approx([2.3529412] * 3, abs=2e-5)  # the multiplier, from each lever


@target
def d26() -> None:
    payoff = np.array([[1200, 900, 700], [1050, 1000, 900], [950, 950, 940]])
    lost = regrets(payoff)
    assert lost.tolist() == [[0, 100, 240], [150, 0, 40], [250, 50, 0]]
    assert lost.max(axis=1).tolist() == [240, 150, 250]
    assert int(lost.max(axis=1).argmin()) == 1  # B by minimax regret
    assert int(payoff.min(axis=1).argmax()) == 2  # C by maximin
