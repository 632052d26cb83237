"""Sentences that must follow the numbers: under other figures, goals and levers they say something else, or nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tuiyan.analysis import showing
from tuiyan.analysis.attribution import by_levers
from tuiyan.analysis.comparison import compare
from tuiyan.analysis.outcomes import outcome_of
from tuiyan.analysis.pairing import pair_of
from tuiyan.evidence.vintages import cases
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import figures_notebooks
from tuiyan.reporting.analyses import GOAL
from tuiyan.reporting.blocks import Figure, Paragraph, Table, flat
from tuiyan.reporting.parts import compared, compared_years, counts, goals, packages, productivity, scale, sensitivities
from tuiyan.reporting.parts.answer import answer, joint
from tuiyan.reporting.parts.base import origin, origin_of
from tuiyan.reporting.parts.city import definitions_of, scored_by, split_of
from tuiyan.reporting.parts.effect import effect
from tuiyan.reporting.side_by_side import SideBySide
from tuiyan.reporting.study import Study
from tuiyan.results import Projection, run
from tuiyan.wording import catalogue

FACTS, GOALS = Path("params/facts/ai_scale.csv"), Path("params/goals/shanghai-2017.yaml")
LATE, AFTER = date(2021, 12, 31), date(2022, 12, 31)
SIXTH = """  R98:
    id: zones_2025
    kind: count
    sentence: 试
    en: trial
    test: {variable: pipeline.zones, comparison: ">=", value: 6, unit: count}
    deadline: {year: 2025, basis: stated}
    counted: true
    needs_policy: true
    variables: [pipeline.zones]
"""


def edit(root: Path, path: Path, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def ran(root: Path, name: str, as_of: date | None = None, draws: int = 256) -> Projection:
    return run(load(name, as_of=as_of, workspace=root), draws=draws, seed=0)


def one(root: Path, as_of: date, name: str = "announced") -> Study:
    return Study(ran(root, name, as_of, draws=64), None, "en")


# The base figure


def test_the_base_figure_is_the_published_one_only_where_the_law_takes_it(workspace: Path) -> None:
    study = one(workspace, LATE)
    assert origin_of(study) == "published"
    assert "the model takes the first published figure, about CNY 70bn (published on" in origin(study).en
    edit(workspace, FACTS, "sh_ai_scale_related,2017,700,", "sh_ai_scale_related,2017,750,")
    study = one(workspace, LATE)
    assert origin_of(study) == "beside"
    assert origin(study).en.startswith("For 2017 the model takes CNY 70bn (90% interval CNY 64.5bn to CNY 76bn).")
    assert "The first published figure is another: about CNY 75bn (published on 25 September 2018" in origin(study).en
    assert "模型取 700 亿元" in origin(study).zh
    assert "后者为约 750 亿元" in origin(study).zh


def test_the_first_published_figure_is_the_first(workspace: Path) -> None:
    text = (workspace / FACTS).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("sh_ai_scale_related,2017,700,"))
    later = row.replace(",2017,700,", ",2017,720,").replace(",~,2018-09-25,", ",=,2020-05-01,")
    (workspace / FACTS).write_text(f"{text.rstrip()}\n{later}\n", encoding="utf-8")
    study = one(workspace, LATE)
    assert "the first published figure, about CNY 70bn (published on 25 September 2018" in origin(study).en


def test_the_mark_of_the_base_figure_has_words_for_every_origin(announced: Study) -> None:
    known = catalogue()
    assert all(f"report.figure.base.{each}" in known for each in ("assumed", "set", "published", "beside"))
    assert origin_of(announced) == "assumed"
    assert any(isinstance(block, Figure) for block in scale.blocks(announced))


# The effect over the years


def told(root: Path, here: str, there: str) -> str:
    study = Study(ran(root, here), ran(root, there), "en")
    return " ".join(each.en for each in effect(study, 2020))


def test_adoption_catches_up_only_where_that_was_looked_at(
    workspace: Path, write: Callable[..., str], announced: Study
) -> None:
    plain = " ".join(each.en for each in effect(announced, 2020))
    assert re.search(r"largest in \d{4} \(\+[\d.]+%\) and is \+[\d.]+% in \d{4}\. Meanwhile adoption catches up", plain)
    levers = load("announced", workspace=workspace).levers
    stops = "{2018: 1, 2022: 1, then: stop}"
    body = "".join(f"  {key}: {{set: {stops}, because: {{zh: 试, en: trial}}, grade: judgement}}\n" for key in levers)
    write(f"levers:\n{body}")
    found = told(workspace, "trial", "baseline")
    assert "largest in" in found
    assert "catches up" not in found
    found = told(workspace, "delayed", "announced")
    assert "largest in" in found
    assert "catches up" not in found
    assert "without the programme" not in found


# Goals


def test_no_number_of_goals_is_written_into_a_text(workspace: Path) -> None:
    edit(workspace, GOALS, "  R10:\n", f"{SIXTH}  R10:\n")
    study = Study(ran(workspace, "announced"), ran(workspace, "baseline"), "en")
    assert len(goals.counted(study)) == 6
    assert "all counted goals" in joint(study).en
    assert "全部数量型目标" in joint(study).zh
    assert study.other is not None
    without = joint(Study(study.other, None, "en"))
    assert without.en.startswith("The goals on demonstration zones, deep application scenarios")
    assert goals.due(study).en == (
        "Due by the end of: 2020 (R01, R06, R07, R08, R09), 2025 (R98); "
        "the dates of R07, R08, R09 are assumptions of this report."
    )
    fixed = re.compile(r"\b(all )?five\b|五项|五个目标", re.IGNORECASE)
    assert not [key for key, text in catalogue().items() if any(map(fixed.search, text))]


def test_the_scale_goal_is_picked_by_its_id_and_not_by_its_place(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (workspace / GOALS).read_text(encoding="utf-8")
    start, end = (text.index(f"  {id_}:\n") for id_ in ("R06", "R07"))
    text = text[:start] + text[end:]
    earlier = SIXTH.replace("R98", "R00").replace("zones_2025", "scale_2025").replace("needs_policy: true\n    ", "")
    earlier = earlier.replace('pipeline.zones, comparison: ">=", value: 6, unit: count', "VALUE")
    earlier = earlier.replace("VALUE", 'scale.total, comparison: ">", value: 3000, unit: 亿元').replace(
        "pipeline.zones", "scale.total"
    )
    moved = (workspace / GOALS).read_text(encoding="utf-8")[start:end]
    text = text.replace("  R01:\n", f"{earlier}{moved}  R01:\n", 1)
    (workspace / GOALS).write_text(text, encoding="utf-8")
    view = SideBySide(compare(*(ran(workspace, name) for name in ("baseline", "announced"))), "en")
    assert [each.register for each in view.comparison.goals()][:3] == ["R00", "R06", "R01"]
    drawn: list[float] = []

    def medians(*args: Any, **rest: Any) -> None:
        drawn.append(args[2])
        figures_notebooks.medians(*args, **rest)

    drawing = {"Path": figures_notebooks.Path, "gaps": figures_notebooks.gaps, "medians": medians}
    monkeypatch.setattr(compared_years, "figures", SimpleNamespace(**drawing))
    compared_years.path_figure(view)
    assert set(drawn) == {1000}
    chances = compared.scale_goal(view)[0].probabilities
    assert all(each is not None and str(each) in compared.chance_figure(view).alt.en for each in chances)
    study = Study(view.comparison.projections[1], None, "en")
    assert scale.goal_value(study) == 1000
    assert "exceeds CNY 100bn in 2020" in answer(study).en
    assert any(isinstance(block, Table) and block.id == "T12b" for block in flat(counts.blocks(study)))


# The city


@pytest.mark.parametrize(
    ("figure", "early"), [("1339.8", True), ("900", False), ("650", False)], ids=["most", "little", "below"]
)
def test_most_of_a_miss_is_early_only_where_it_is(workspace: Path, figure: str, early: bool) -> None:
    edit(workspace, FACTS, "sh_ai_scale_above_size,2018,1339.8,", f"sh_ai_scale_above_size,2018,{figure},")
    scenario = load("announced", as_of=AFTER, workspace=workspace)
    found = cases(scenario, draws=2048, seed=0)
    miss, growth = split_of(scenario, found)
    assert ("most of it is there in 2018" in miss.en) == early
    assert ("多数在 2018 年就已存在" in miss.zh) == early
    assert "official growth" in growth.en


def test_what_scores_the_city_is_read_from_the_figures(workspace: Path) -> None:
    scenario: Scenario = load("announced", as_of=AFTER, workspace=workspace)
    found = cases(scenario, draws=2048, seed=0)
    study = Study(run(scenario, draws=64, seed=0), None, "en")
    definitions, unused = scored_by(study, found)
    assert definitions_of(scenario, found).en in definitions.en
    assert "(2018: ~ CNY 70bn, 2018: > CNY 70bn)" in unused.en
    text = (workspace / FACTS).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in text if not line.startswith("sh_ai_scale_related,2018,"))
    (workspace / FACTS).write_text("".join(kept), encoding="utf-8")
    study = Study(ran(workspace, "announced", AFTER, draws=64), None, "en")
    assert len(scored_by(study, found)) == 1


# Packages


def test_costs_have_one_unit() -> None:
    rooms = ("report.regret.caveat", "report.F11.", "report.T11.", "report.packages.cheaper", "report.decide.unit.cost")
    named = {key: text for key, text in catalogue().items() if key.startswith(rooms)}
    assert len(named) > 12
    assert not [key for key, text in named.items() if re.search(r"[}] 点|，点|^点|points", " ".join(text))]


def test_the_curve_of_costs_steepens_only_where_it_does(announced: Study) -> None:
    frontier = announced.analyses.frontier
    assert frontier is not None
    reached = packages.reached(frontier)
    assert len(reached) > 1
    prices = [each.price for each in sorted(reached, key=lambda each: each.wanted)]
    assert all(price is not None for price in prices)
    assert packages.steepens(frontier) == (prices == sorted(prices, key=float))  # type: ignore[arg-type]
    falling = replace(frontier, packages=tuple(replace(each, price=-each.wanted) for each in frontier.packages))
    assert not packages.steepens(falling)


# What a terminal shows


def test_an_interaction_has_the_decimals_of_its_row(announced: Study) -> None:
    assert announced.other is not None
    pair = pair_of(announced.other, announced.projection)
    [found] = by_levers(pair, [outcome_of(announced.scenario, GOAL)], "integration")
    for row in showing.attribution(found, "en").rows[:-2]:
        assert len(row[-1].partition(".")[2]) == len(row[1].partition(".")[2]), row


def test_the_limits_are_counted(announced: Study) -> None:
    lead = next(
        block.text.en
        for block in announced.limits().blocks
        if isinstance(block, Paragraph) and "before quoting" in block.text.en
    )
    assert f"these {len(announced.scenario.workspace.plan.limits)} before" in lead


def test_the_pace_is_blamed_on_the_register_only_where_it_is_the_registers(announced: Study) -> None:
    assert "comes from durable goods" in productivity.pace(announced).en
    slower = Study(announced.projection, run(load("sceptic_productivity"), draws=512, seed=0), "en")
    assert "durable goods" not in productivity.pace(slower).en


def test_the_share_of_judgement_is_counted(announced: Study) -> None:
    parameters = announced.scenario.workspace.parameters
    judged = sum(announced.scenario.origins[id_].grade == "judgement" for id_ in parameters)
    assert f"of {len(parameters)} parameters {judged} are set by judgement" in sensitivities.association(announced).en
