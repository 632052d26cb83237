"""The ledger: probabilities where the document has numbers, words elsewhere; published numbers of goal arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from math import log

import numpy as np
import pytest
import tuiyan as ty
from scipy.special import ndtr, ndtri
from tuiyan.draws.points import uniforms
from tuiyan.estimates import mean
from tuiyan.ledger import joint_bounds, required_growth
from tuiyan.results import Projection

Run = Callable[..., Projection]
COUNTED = ("R01", "R06", "R07", "R08", "R09")


def test_d14_goal_probability_of_lognormal_growth() -> None:
    z = ndtri(uniforms([0, 1], draws=16 * 4096, seed=0))
    growth = 3 * 0.2 + 0.12 * 3**0.5 * z[0]
    certain = mean(700 * np.exp(growth) > 1000)
    assert abs(certain.value - 0.8791399) < max(3 * certain.standard_error, 1e-4)
    uncertain = mean(700 * np.exp(growth + 3 * 0.08 * z[1]) > 1000)
    assert abs(uncertain.value - 0.7782814) < 3 * uncertain.standard_error + 1e-5
    assert ndtr((0.6 - log(1000 / 700)) / (0.12 * 3**0.5)) == pytest.approx(0.8791399, abs=1e-6)


@pytest.mark.parametrize(("base", "growth"), [(500, 0.2599210), (600, 0.1856311), (700, 0.1262479), (800, 0.0772173)])
def test_d16_required_growth(base: float, growth: float) -> None:
    assert required_growth(base, 1000, 3) == pytest.approx(growth, abs=1e-7)


def test_d17_joint_probability_of_four_goals() -> None:
    """Independent, one-factor Gaussian copula with correlation .5, and comonotone; always within the Frechet bounds."""
    z = ndtri(uniforms(range(5), draws=16 * 8192, seed=0))
    cut = ndtri(0.8)
    cases = {0.4096: z[1:], 0.5557096: 0.5**0.5 * (z[:1] + z[1:]), 0.8: np.repeat(z[:1], 4, axis=0)}
    for expected, scores in cases.items():
        met = scores < cut
        joint = mean(met.all(axis=0))
        assert abs(joint.value - expected) < 3 * joint.standard_error + 1e-4
        low, high = joint_bounds([mean(goal).value for goal in met])
        assert low <= joint.value <= high
    assert joint_bounds([0.8] * 4) == pytest.approx((0.2, 0.8))


def test_e03_policy_register() -> None:
    register = ty.goals().workspace.measure_file
    measures = register.measures
    parts = [sum(m.part == part for m in measures.values()) for part in sorted({m.part for m in measures.values()})]
    assert sorted(parts) == [3, 6, 6, 6]
    assert len(measures) == 21
    assert len(register.integrations) == 3
    headings = [sum(g.integration == i for g in register.groups.values()) for i in register.integrations]
    assert sorted(headings) == [2, 3, 3]
    levers = ty.goals().workspace.levers
    assert all(measure.levers for measure in measures.values())
    assert {lever for measure in measures.values() for lever in measure.levers} == set(levers)
    assert len(levers) == 8


def test_counted_goals_and_words(project: Run) -> None:
    ledger = project("announced").ledger(project("baseline"))
    assert tuple(row.register for row in ledger.rows if row.goal.counted) == COUNTED
    assert len(ledger.rows) == 29
    for row in ledger.rows:
        assert (row.probability is not None) == (row.goal.test is not None)
        if row.goal.kind in ("qualitative", "event", "fact", "instrument", "structure"):
            assert row.probability is None
            assert row.effect is None
    assert {row.register: row.status for row in ledger.rows}["R03"] == "not_measured"


def test_a_goal_defined_by_the_policy_is_not_applicable_without_it(project: Run) -> None:
    ledger = project("baseline").ledger()
    assert [ledger.row(goal).status for goal in ("R07", "R08", "R09")] == ["na_policy"] * 3
    assert ledger.joint is None
    assert ledger.row("R01").probability is not None


def test_a_delayed_programme_fails_the_counts_mechanically(project: Run) -> None:
    ledger = project("delayed").ledger()
    assert [ledger.row(goal).probability.value for goal in ("R07", "R08", "R09")] == [0, 0, 0]  # type: ignore[union-attr]
    assert ledger.joint is not None
    assert ledger.joint.value == 0


def test_direction_goals_need_a_parent_to_compare_with(project: Run) -> None:
    assert project("announced").ledger().row("R04").status == "no_comparison"
    effect = project("announced").ledger(project("baseline")).row("R04").effect
    assert effect is not None
    assert effect.value > 0.99
    nothing = project("baseline").ledger(project("baseline")).row("R04").effect
    assert nothing is not None
    assert nothing.value == 0


def test_first_passage_is_censored_at_the_horizon_and_sums(project: Run) -> None:
    found = project("announced")
    shares = found.ledger().row("R01").shares_by_year
    assert shares is not None
    ever = mean((found["scale.total"] > 1000).any(axis=0))
    assert sum(share.value for share in shares.values()) == pytest.approx(ever.value, abs=1e-9)


def test_thresholds_of_productivity_fall_and_their_adoption_rises(project: Run) -> None:
    thresholds = project("announced").ledger().thresholds
    assert [each.value for each in thresholds] == [0.001, 0.0025, 0.005, 0.01]
    chances = [each.probability.value for each in thresholds]
    factors = [each.factor or 0 for each in thresholds]
    assert chances == sorted(chances, reverse=True)
    assert factors == sorted(factors)
    median = project("announced").quantile("lp.city", 0.5, 2020).value
    assert factors[1] == pytest.approx(0.0025 / median, rel=0.02), "the effect is nearly linear in adoption"


def test_unknown_and_unnumbered_goals_are_told(project: Run) -> None:
    with pytest.raises(ty.TuiyanError, match="scale_2020") as unknown:
        project("announced").prob("scale_2002")
    assert unknown.value.findings[0].code == "E117"
    with pytest.raises(ty.TuiyanError) as wordless:
        project("announced").prob("R03")
    assert wordless.value.findings[0].code == "E118"


def test_coverage_shows_its_blanks() -> None:
    coverage = ty.goals().coverage()
    assert coverage["R04.agri"] == (), "agriculture is a goal sector and no measure aims at it"
    assert coverage["R04.mfg"] == ("M02",)
    assert not any(target.startswith(("R15", "R18", "R13", "R02")) for target in coverage)
