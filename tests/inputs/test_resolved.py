"""A resolved scenario read back: the same values to the last digit, and a finding for whatever is wrong in the file."""

from pathlib import Path

import pytest
import tuiyan as ty
import yaml
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.resolved import put_on, read_resolved, value_of, years_text
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import tidy

ROOT = Path(__file__).parents[2]
SHIPPED = ty.load("baseline", workspace=ROOT).workspace.scenarios()


def announced(**settings: object) -> Scenario:
    return ty.load("announced", workspace=ROOT, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_scenario_comes_back_as_it_was(name: str) -> None:
    old = ty.load(name, workspace=ROOT)
    back = put_on(read_resolved(tidy.resolved(old), "old.yaml"), announced())
    assert back.same(old)
    assert back.home_definition == old.home_definition


def test_paths_over_years_a_vintage_and_a_definition_come_back() -> None:
    path = {"talent": {2018: 0.2, 2020: 1.0}, "macro.deflator": {2019: 0.02, 2021: 0.03}}
    old = announced(set=path, as_of="2020-06-30").with_(definition="above_size")
    read = read_resolved(tidy.resolved(old), "old.yaml")
    assert put_on(read, announced()).same(old)
    talent = value_of(read, "talent")
    assert years_text(talent.laws).startswith("{2017: 0, 2018: 0.2, 2019: 0.6, 2020: 1}")  # type: ignore[union-attr]


def broken(change: object) -> str:
    data = yaml.safe_load(tidy.resolved(announced()))
    change(data)  # type: ignore[operator]
    return yaml.safe_dump(data, allow_unicode=True)


def test_what_is_new_keeps_its_value_and_what_is_gone_is_left_out() -> None:
    def change(data: dict[str, dict[str, object]]) -> None:
        data["parameters"]["old.one"] = data["parameters"].pop("adoption.imitation")
        data["later"] = {"key": 1}

    today = announced(set={"adoption.imitation": 0.5})
    read = read_resolved(broken(change), "old.yaml")
    back = put_on(read, today)
    assert back.laws["adoption.imitation"] == today.laws["adoption.imitation"]
    assert "old.one" not in back.laws
    assert "old.one" in read.ids


WRONG = {
    "a vintage before all": (lambda d: d.update(as_of="1999-01-01"), "E106"),
    "no day": (lambda d: d.update(as_of="yesterday"), "E120"),
    "no levers": (lambda d: d.pop("levers"), "E103"),
    "an effort out of bounds": (lambda d: d["levers"]["talent"].update(value=900.0), "E107"),
    "an effort that is a law": (
        lambda d: d["levers"]["talent"].update(value={"family": "normal", "mean": 1.0, "sd": 1.0}), "E113",
    ),
    "an infinite effort": (lambda d: d["levers"]["talent"].update(value=float("inf")), "E104"),
    "a number for a law": (lambda d: d["parameters"]["adoption.imitation"].update(value=0.4), "E295"),
    "no such family": (
        lambda d: d["parameters"]["adoption.imitation"].update(value={"family": "cauchy", "mean": 1.0}), "E105",
    ),
    "a law out of bounds": (
        lambda d: d["parameters"]["adoption.imitation"].update(value={"family": "fixed", "value": -5.0}), "E107",
    ),
    "two numbers for one": (
        lambda d: d["parameters"]["adoption.imitation"].update(value={"family": "fixed", "value": [0.3, 0.4]}), "E295",
    ),
    "shares that are no shares": (
        lambda d: d["parameters"]["base.segment_share"].update(value={"family": "fixed", "value": 1.0}), "E295",
    ),
    "half a year": (
        lambda d: d["parameters"]["policy.start"].update(value={"family": "fixed", "value": 2018.5}), "E295",
    ),
    "a correlation with itself": (
        lambda d: d.update(correlations=[{"between": ["base.scale", "base.scale"], "normal_scores": 0.5}]), "E129",
    ),
    "a correlation of two": (
        lambda d: d.update(correlations=[{"between": ["base.scale", "scope.goal"], "normal_scores": 2.0}]), "E106",
    ),
    "no definition of ours": (lambda d: d.update(goal_definition="all_of_it"), "E105"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_a_finding_at_its_line(case: str) -> None:
    change, code = WRONG[case]
    with pytest.raises(TuiyanError) as caught:
        put_on(read_resolved(broken(change), "old.yaml"), announced())
    assert [each.code for each in caught.value.findings] == [code]
    where = caught.value.findings[0].where
    assert where is not None
    assert where.file == "old.yaml"
    assert where.line > 0


def test_correlations_that_cannot_hold_together_are_a_finding() -> None:
    ids = ["base.scale", "adoption.imitation", "adoption.innovation"]
    pairs = [(0, 1, 0.95), (1, 2, 0.95), (0, 2, -0.95)]

    def change(data: dict[str, object]) -> None:
        data["correlations"] = [{"between": [ids[a], ids[b]], "normal_scores": r} for a, b, r in pairs]

    with pytest.raises(TuiyanError, match="E129"):
        put_on(read_resolved(broken(change), "old.yaml"), announced())


@pytest.mark.parametrize("text", ["", "- 1", "a: [", "levers: &x {}", "{}" * 300_000, "\x00"])
def test_what_is_no_such_file_is_a_finding(text: str) -> None:
    with pytest.raises(TuiyanError):
        read_resolved(text, "old.yaml")
