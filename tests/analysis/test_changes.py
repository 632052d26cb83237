"""What changed between two reports: the steps of the sequence, their effects, and that they add up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.analysis.changes import SCALE, SCOPE, Archived, Changes, levels, outcomes, since
from tuiyan.estimates import Estimate, from_batches
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.resolved import put_on, read_resolved
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import tidy
from tuiyan.results import Projection

ROOT = Path(__file__).parents[2]
DRAWS = 1024
MANY = """\
levers:
  talent: {set: 0.4, because: {zh: 试, en: trial}, grade: judgement}
  policy.start: {set: 2019, because: {zh: 试, en: trial}, grade: judgement}
uncertain:
  adoption.imitation: {scale: 1.3, because: {zh: 试, en: trial}, grade: judgement}
"""


def said(run: Projection) -> Archived:
    """What a report of a run keeps of its numbers, to ten digits."""
    found = levels(run, run.scenario.home_definition)
    kept = {name: from_batches(each) for name, each in found.items() if each is not None}
    return Archived(
        run.draws, run.seed, {k: Estimate(float(f"{v.value:.10g}"), v.standard_error) for k, v in kept.items()}
    )


def between(
    old: Scenario, new: Scenario, *, draws: int = DRAWS, seed: int = 0
) -> tuple[Changes, Projection, Projection]:
    before, after = ty.run(old, draws=draws, seed=seed), ty.run(new, draws=DRAWS)
    kept = put_on(read_resolved(tidy.resolved(old), "old.yaml"), new)
    return since(kept, after, said(before)), before, after


def total(found: Changes, name: str) -> float:
    """The sum of the steps."""
    return sum(effect.value for step in found.steps if (effect := step.effects[name]) is not None)


def test_the_same_inputs_change_nothing() -> None:
    old = ty.load("announced", workspace=ROOT)
    found, _, _ = between(old, old)
    assert found.changed == ()
    assert [step.kind for step in found.steps] == ["code"]
    assert all(effect is not None and abs(effect.value) < 1e-6 for effect in found.steps[0].effects.values())


def test_an_archived_run_is_run_again_to_the_digits_of_the_archive(write: Callable[..., str], workspace: Path) -> None:
    """Only the ten digits of the archive lie between a report and its old values run again by the same program."""
    old = ty.load("announced", workspace=workspace)
    found, before, _ = between(old, ty.load(write(MANY), workspace=workspace))
    for name, effect in found.steps[0].effects.items():
        assert effect is not None
        assert abs(effect.value) <= 1e-9 * max(1.0, found.before[name].value), name  # type: ignore[union-attr]
    assert found.before[SCALE].value == pytest.approx(before.quantile(SCALE, 0.5, 2020).value, rel=1e-9)  # type: ignore[union-attr]


def test_the_steps_come_in_order_hold_what_changed_and_sum_to_the_total(
    write: Callable[..., str], workspace: Path
) -> None:
    old = ty.load("announced", as_of="2018-09-25", workspace=workspace)
    new = ty.load(write("as_of: 2021-12-31\n" + MANY), workspace=workspace)
    found, before, after = between(old, new)
    assert [step.kind for step in found.steps] == ["code", "data", "parameters", "levers"]
    ids = {step.kind: {each.id for each in step.changed} for step in found.steps}
    assert "as_of" in ids["data"]
    assert ids["parameters"] == {"adoption.imitation"}
    assert ids["levers"] == {"talent", "policy.start"}
    for name in found.outcomes:
        assert total(found, name) == pytest.approx(found.total(name), abs=1e-9), name
    assert found.total("R01") == pytest.approx(after.prob("R01").value - before.prob("R01").value, abs=1e-9)
    assert found.total("all") == pytest.approx(after.ledger().joint.value - before.ledger().joint.value, abs=1e-9)  # type: ignore[union-attr]


def test_an_effect_is_the_paired_difference_of_two_runs(write: Callable[..., str], workspace: Path) -> None:
    new = ty.load(write(MANY.partition("uncertain")[0]), workspace=workspace)
    found, before, after = between(ty.load("announced", workspace=workspace), new)
    assert [step.kind for step in found.steps] == ["code", "levers"]
    effect = found.steps[-1].effects["R01"]
    met = [run[SCALE][run.index(2020)] > 1000 for run in (before, after)]
    assert effect is not None
    assert effect.value == pytest.approx(met[1].mean() - met[0].mean(), abs=1e-12)
    apart = (before.prob("R01").standard_error ** 2 + after.prob("R01").standard_error ** 2) ** 0.5
    assert 0 < effect.standard_error < apart


def test_other_draws_are_a_step_of_their_own() -> None:
    old = ty.load("announced", workspace=ROOT)
    found, before, after = between(old, old, draws=512, seed=7)
    assert [step.kind for step in found.steps] == ["code", "draws"]
    assert {each.id for each in found.steps[1].changed} == {"draws", "seed"}
    code, draws = (step.effects["R01"] for step in found.steps)
    assert code is not None
    assert draws is not None
    assert abs(code.value) < 1e-9
    assert draws.value == pytest.approx(after.prob("R01").value - before.prob("R01").value, abs=1e-9)
    assert draws.standard_error > 0


def test_across_definitions_everything_is_led_back_to_the_old_one() -> None:
    """From 2018-09-25 the base figure is in another definition; scope.goal is the bridge back."""
    old, new = (ty.load("announced", as_of=day, workspace=ROOT) for day in ("2017-11-14", "2018-09-25"))
    found, _, after = between(old, new)
    assert (found.definition, new.home_definition) == ("plan_key_industry", "related")
    assert [step.kind for step in found.steps] == ["code", "data"]
    assert {"as_of", "base.scale"} <= {each.id for each in found.changed}
    assert found.after["R01"] is not None
    assert found.after["R01"].value == pytest.approx(after.prob("R01", scope=True).value)
    assert found.after["R01"].value != pytest.approx(after.prob("R01").value)
    assert found.after["R01" + SCOPE] == after.prob("R01", scope=True)


def test_a_goal_without_a_meaning_at_one_end_has_no_effect() -> None:
    """Without the policy there are no pilots: their goals have no probability, nor has all goals together."""
    old, new = (ty.load(name, workspace=ROOT) for name in ("baseline", "announced"))
    after = ty.run(new, draws=DRAWS)
    found = since(replace(new, levers=old.levers), after, said(ty.run(old, draws=DRAWS)))
    assert found.before["R07"] is None
    assert found.total("R07") is None
    assert found.steps[-1].effects["all"] is None
    assert found.steps[-1].effects["R01"] is not None


def test_values_that_cannot_be_run_together_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    old = ty.load("announced", workspace=ROOT)
    new = ty.load("announced", set={"talent": 0.2}, workspace=ROOT)
    after = ty.run(new, draws=64)
    archived = said(after)

    def broken(*_: object, **__: object) -> None:
        raise FloatingPointError("scale.total is not finite in 2019, draw 3")

    monkeypatch.setattr("tuiyan.analysis.changes.ensemble_of", broken)
    with pytest.raises(TuiyanError, match="E296"):
        since(old, after, archived)


def test_the_outcomes_are_the_counted_goals_all_of_them_and_the_scale() -> None:
    scenario = ty.load("announced", workspace=ROOT)
    counted = [id_ for id_, goal in scenario.workspace.goals.items() if goal.counted]
    assert [name for name in outcomes(scenario) if SCOPE not in name] == [*counted, "all", SCALE]
