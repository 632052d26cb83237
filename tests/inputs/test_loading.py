"""Scenarios resolve along their parents, and every mistake is told at its line with its remedy, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.inputs.findings import Finding
from tuiyan.inputs.laws import Fixed, LogNormal
from tuiyan.wording import LANGUAGES

HEAD = 6  # line of a trial scenario on which its body starts
LAW = "demand.elasticity"
BECAUSE = "because: {zh: 试, en: trial}, grade: judgement"
Write = Callable[..., str]


def findings(name: str, workspace: Path) -> tuple[Finding, ...]:
    with pytest.raises(ty.TuiyanError) as error:
        ty.load(name, workspace=workspace)
    for finding in error.value.findings:
        for lang in LANGUAGES:
            assert finding.message[lang]
            assert finding.remedy[lang]
    return error.value.findings


def codes(name: str, workspace: Path) -> list[tuple[str, int, int]]:
    return [
        (f.code, f.where.line if f.where else 0, f.where.column if f.where else 0) for f in findings(name, workspace)
    ]


def test_shipped_scenarios_are_what_economics_says() -> None:
    baseline, announced, delayed = (ty.load(name) for name in ("baseline", "announced", "delayed"))
    assert set(baseline.levers.values()) == {0.0}
    assert set(announced.levers.values()) == {1.0}
    assert set(delayed.levers.values()) == {0.6}
    assert delayed.laws["policy.delay"] == Fixed(family="fixed", value=1)
    assert announced.laws["policy.delay"] == Fixed(family="fixed", value=0)
    assert [s.parent.id if s.parent else None for s in (baseline, announced, delayed)] == [
        None,
        "baseline",
        "announced",
    ]


def test_the_base_year_law_depends_on_the_vintage() -> None:
    launch, later = ty.load("announced"), ty.load("announced", as_of="2018-09-25")
    day_before = ty.load("announced", as_of="2018-09-24")
    assert launch.laws["base.scale"] == LogNormal(family="lognormal", median=600, sd_log=0.35)
    assert later.laws["base.scale"] == LogNormal(family="lognormal", median=700, sd_log=0.05)
    assert day_before.laws["base.scale"] == launch.laws["base.scale"]
    assert (launch.home_definition, later.home_definition) == ("plan_key_industry", "related")
    assert later.parent is not None
    assert later.parent.as_of == later.as_of


def test_changes_name_old_new_and_origin() -> None:
    changes = {change.id: change for change in ty.load("delayed").changes()}
    assert len(changes) == 9
    assert (changes["talent"].old, changes["talent"].new) == ("1", "0.6")
    assert changes["policy.delay"].origin.where.file == "params/scenarios/delayed.yaml"
    assert changes["policy.delay"].origin.because is not None


def test_operations_move_a_law(workspace: Path, write: Write) -> None:
    name = write(
        f"uncertain:\n  base.scale: {{scale: 1.1, {BECAUSE}}}\n  demand.elasticity: {{add: 0.05, {BECAUSE}}}\n"
        f"  adoption.imitation: {{set: {{family: lognormal, median: 0.45, sd_log: 0.25}}, {BECAUSE}}}\n"
    )
    laws = ty.load(name, workspace=workspace).laws
    assert laws["base.scale"].median == pytest.approx(660)  # type: ignore[union-attr]
    assert laws["demand.elasticity"].mode == pytest.approx(0.5)  # type: ignore[union-attr]
    assert laws["adoption.imitation"].median == 0.45  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        (f"levers:\n  talant: {{set: 1, {BECAUSE}}}\n", "E112", "talant"),
        (f"uncertain:\n  adoption.midpont: {{set: 1, {BECAUSE}}}\n", "E102", "adoption"),
        (f"levers:\n  talent: {{sett: 1, {BECAUSE}}}\n", "E101", "sett"),
        ("levers:\n  talent: {set: 1, grade: judgement}\n", "E103", "talent"),
        (f"levers:\n  talent: {{set: high, {BECAUSE}}}\n", "E104", "high"),
        ("levers:\n  talent: {set: 1, because: {zh: 试, en: t}, grade: hunch}\n", "E105", "hunch"),
        ("levers:\n  talent: {set: 1, because: {zh: 试}, grade: study}\n", "E103", "because"),
        (f"levers:\n  talent: {{set: .nan, {BECAUSE}}}\n", "E104", ".nan"),
        (f"levers:\n  talent: {{set: 1e400, {BECAUSE}}}\n", "E104", "1e400"),
        (f"levers:\n  talent: {{set: true, {BECAUSE}}}\n", "E104", "true"),
        (f"levers:\n  talent: {{set: １, {BECAUSE}}}\n", "E104", "１"),
        (f"levers:\n  talent: {{set: 30, {BECAUSE}}}\n", "E107", "30"),
        (f"levers:\n  talent: {{set: 1, add: 1, {BECAUSE}}}\n", "E122", "{set"),
        (f"levers:\n  talent: {{set: {{family: normal, mean: 1, sd: 1}}, {BECAUSE}}}\n", "E113", "{family"),
        (f"levers:\n  policy.delay: {{set: 0.5, {BECAUSE}}}\n", "E130", "0.5"),
        (f"uncertain:\n  policy.delay: {{set: 1, {BECAUSE}}}\n", "E114", "policy"),
        (f"uncertain:\n  demand.elasticity: {{set: 45, {BECAUSE}}}\n", "E107", "45"),
        (f"uncertain:\n  base.scale: {{add: 5, {BECAUSE}}}\n", "E124", "5"),
        (f"uncertain:\n  {LAW}: {{set: {{family: triangular, low: 1, mode: 0, high: 9}}, {BECAUSE}}}\n", "E110", "{f"),
        (f"uncertain:\n  demand.elasticity: {{set: {{family: trianglar, low: 1}}, {BECAUSE}}}\n", "E105", "trianglar"),
        (f"uncertain:\n  {LAW}: {{set: {{family: normal, mean: 1, sigma: 1, sd: 1}}, {BECAUSE}}}\n", "E101", "sigma"),
        (f"uncertain:\n  pipeline.start_share: {{set: 0.5, {BECAUSE}}}\n", "E132", "0.5"),
        (f"uncertain:\n  pipeline.start_share: {{set: [0.5, 0.2, 1], {BECAUSE}}}\n", "E134", "[0.5"),
        (f"levers:\n  talent: {{set: 1, {BECAUSE}, sources: [nobody99]}}\n", "E108", "nobody99"),
        ("facts_used: {sh_ai_scale: 900}\n", "E104", "{sh_ai"),
        ("horizon: 1999\n", "E106", "1999"),
        ("as_of: 14 Nov 2017\n", "E120", "14 Nov"),
        ("title: {zh: 二}\n", "E007", "title"),
    ],
)  # fmt: skip
def test_every_mistake_is_told_at_its_place(workspace: Path, write: Write, body: str, code: str, at: str) -> None:
    line = next(number for number, text in enumerate(body.split("\n")) if at in text)
    place = (code, HEAD + line, body.split("\n")[line].index(at) + 1)
    assert codes(write(body), workspace) == [place]


def test_the_nearest_name_is_offered(workspace: Path, write: Write) -> None:
    (finding,) = findings(write(f"uncertain:\n  adoption.imitaton: {{set: 1, {BECAUSE}}}\n"), workspace)
    assert "adoption.imitation" in finding.message.en
    assert "adoption.imitation" in finding.message.zh


def test_all_problems_of_all_files_of_a_chain_come_at_once(workspace: Path, write: Write) -> None:
    write(f"levers:\n  talant: {{set: 1, {BECAUSE}}}\n  talent: {{set: x, {BECAUSE}}}\n", "mother")
    write(f"uncertain:\n  nothing.here: {{set: 1, {BECAUSE}}}\n", "child", parent="mother")
    found = findings("child", workspace)
    assert {f.where.file for f in found if f.where} == {"params/scenarios/mother.yaml", "params/scenarios/child.yaml"}


def test_a_circle_of_parents_is_refused(workspace: Path, write: Write) -> None:
    write("", "one", parent="two")
    write("", "two", parent="one")
    assert [code for code, _, _ in codes("one", workspace)] == ["E115"]


@pytest.mark.parametrize("name", ["anounced", "../announced", "Announced", "announced.yml/"])
def test_an_unknown_scenario_stops(workspace: Path, name: str) -> None:
    found = findings(name, workspace)
    assert {f.code for f in found} <= {"E116", "E001", "E009"}


def test_extends_never_leaves_the_workspace(workspace: Path, write: Write) -> None:
    name = write("", parent="../../outside")
    assert [code for code, _, _ in codes(name, workspace)] == ["E123"]


def test_a_soft_bound_warns_and_runs(workspace: Path, write: Write) -> None:
    scenario = ty.load(write(f"levers:\n  talent: {{set: 1.5, {BECAUSE}}}\n"), workspace=workspace)
    assert [w.code for w in scenario.warnings] == ["W107"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("parameters.yaml", "unit: log/yr", "unit: per year", "E109"),
        ("parameters.yaml", "sources: [bass69, sultan90]", "sources: [bass1969]", "E108"),
        ("parameters.yaml", "    grade: judgement\n", "", "E103"),
        ("parameters.yaml", "stream: 0\n", "stream: 1\n", "E111"),
        ("parameters.yaml", "median: 600", "median: 6000000", "E107"),
        ("segments.csv", "driving,", "driving", "E010"),
        ("segments.csv", "0.14,", "0.15,", "E126"),
        ("sectors.csv", "7035.02", "70 35", "E127"),
        ("use.csv", "0.55", "1.55", "E107"),
        ("measures.yaml", "levers: [talent]", "levers: [talents]", "E128"),
        ("levers.yaml", "ictbus: 0.5", "ictbis: 0.5", "E128"),
        ("goals/shanghai-2017.yaml", "kind: threshold", "kind: treshold", "E105"),
        ("sources.yaml", "use: [num]", "use: [number]", "E105"),
        ("definitions.yaml", "to: related", "too: related", "E101"),
    ],
)
def test_a_broken_register_is_told(workspace: Path, file: str, old: str, new: str, code: str) -> None:
    path = workspace / "params" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [f for f in ty.check(workspace=workspace) if f.level == "error"]
    assert code in {f.code for f in found}
    assert all(f.where and f.where.file == f"params/{file}" for f in found if f.code == code)


def test_a_missing_file_is_told(workspace: Path) -> None:
    (workspace / "params" / "levers.yaml").unlink()
    assert [f.code for f in ty.check(workspace=workspace)] == ["E001"]


def test_a_folder_without_params_is_no_workspace(tmp_path: Path) -> None:
    assert [f.code for f in findings("announced", tmp_path)] == ["E150"]


def test_the_shipped_workspace_has_notes_only() -> None:
    found = ty.check()
    assert {each.level for each in found} <= {"note"}
    blanks = {each.values["key"] for each in found if each.code == "N203"}
    assert blanks == {"R04.agri", "R07"}, "the blanks of the document that the report prints as findings"
