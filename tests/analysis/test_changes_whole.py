"""The whole way from one report to the next: its error, and paths over years that a horizon cuts off or lets go on."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.analysis.changes import SCALE, Archived, levels, since
from tuiyan.estimates import from_batches
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.resolved import put_on, read_resolved
from tuiyan.reporting import tidy
from tuiyan.reporting.parts.since import moved, total

ROOT = Path(__file__).parents[2]
DRAWS = 256
PATH = """\
levers:
  talent: {set: {2018: 0.2, 2026: 1, then: stop}, because: {zh: 试, en: trial}, grade: judgement}
"""


def kept(old: ty.Scenario, new: ty.Scenario) -> ty.Scenario:
    """Today's scenario with the values that a report of the old one kept."""
    return put_on(read_resolved(tidy.resolved(old), "old.yaml"), new)


@pytest.mark.parametrize("longer", [True, False])
def test_what_a_path_gives_in_the_years_of_a_later_horizon_belongs_to_the_horizon(
    *, longer: bool, write: Callable[..., str], workspace: Path
) -> None:
    texts = ["horizon: 2026\n" + PATH, PATH]
    one, other = (ty.load(write(text), workspace=workspace) for text in (texts if longer else texts[::-1]))
    found = since(kept(one, other), ty.run(other, draws=DRAWS), Archived(DRAWS, 0, {}))
    assert [step.kind for step in found.steps] == ["code", "parameters"]
    assert {each.id for each in found.changed} == {"horizon"}
    assert isinstance(one.levers["talent"], Yearly)


def test_the_total_has_the_error_of_the_paired_difference_of_the_first_run_and_the_last() -> None:
    """Reckoned here from the two runs themselves, and smaller than that of two runs which share no draws."""
    old = ty.load("announced", workspace=ROOT)
    because = {"because": {"zh": "试", "en": "trial"}, "grade": "judgement"}
    new = old.with_(
        levers={"talent": {"set": 0.4, **because}}, uncertain={"adoption.imitation": {"scale": 1.3, **because}}
    )
    one, other = (ty.run(each, draws=DRAWS) for each in (old, new))
    said = {k: from_batches(v) for k, v in levels(one, old.home_definition).items() if v is not None}
    found = since(kept(old, new), other, Archived(DRAWS, 0, said))
    assert moved(found)
    assert len(found.steps) == 3
    met = [run[SCALE][run.index(2020)].reshape(-1, 16) > 1000 for run in (one, other)]
    difference = met[1].mean(axis=0) - met[0].mean(axis=0)
    shown = total(found, "R01")
    assert shown is not None
    assert shown.value == pytest.approx(difference.mean(), abs=1e-9)
    assert shown.standard_error == pytest.approx(difference.std(ddof=1) / 4, rel=1e-9)
    before, after = said["R01"], found.after["R01"]
    assert after is not None
    assert shown.standard_error < math.hypot(before.standard_error, after.standard_error)
