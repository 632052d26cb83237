"""The city's own backtest, and the file of panel scores that reports read."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.evidence import vintages
from tuiyan.evidence.backtest import Scores
from tuiyan.inputs.facts import read_facts
from tuiyan.inputs.panel_scores import COLUMNS, read_panel_scores
from tuiyan.wording import say

from tests.evidence.planting import plant
from tools.panel import rows

DRAWS = 2048
LAUNCH, SECOND, THIRD, FOURTH = date(2017, 11, 14), date(2018, 9, 25), date(2020, 1, 31), date(2021, 7, 10)


@pytest.fixture(scope="module")
def found() -> list[vintages.Case]:
    return vintages.cases(ty.load("announced"), draws=DRAWS)


def test_origins_are_the_days_on_which_something_was_published() -> None:
    assert list(vintages.origins_of(ty.load("announced"))) == [LAUNCH, SECOND, THIRD, FOURTH]
    assert list(vintages.origins_of(ty.load("announced"), date(2020, 1, 31))) == [LAUNCH, SECOND]
    assert list(vintages.origins_of(ty.load("announced"), LAUNCH)) == []


def test_only_later_figures_are_forecast(found: list[vintages.Case]) -> None:
    assert all(each.fact.published > each.origin for each in found)
    assert {each.fact.year for each in found if each.origin == FOURTH} == {2021, 2022, 2024, 2025}
    early = vintages.cases(ty.load("announced"), until=date(2021, 12, 31), draws=DRAWS)
    assert {each.fact.year for each in early} == {2018, 2020}


def test_a_forecast_is_that_of_a_run_at_the_origin(found: list[vintages.Case]) -> None:
    run = ty.run(ty.load("announced", as_of=SECOND), draws=DRAWS)
    logs = np.log(run["scale.total"][3]) + run.parameter("scope.above_size")
    mine = next(each for each in found if (each.origin, each.method, each.fact.year) == (SECOND, "model", 2020))
    assert np.log(mine.quantiles[1]) == pytest.approx(float(np.median(logs)), abs=0.02)
    assert mine.error == pytest.approx(np.log(2246 / mine.quantiles[1]))
    assert not mine.inside


def test_what_can_be_scored_of_a_bound_is_its_probability(found: list[vintages.Case]) -> None:
    for each in found:
        bound = each.fact.qualifier == ">"
        assert (each.crps is None) == (each.error is None) == bound
        assert (each.bound is not None) == bound
        if each.bound is not None:
            low, high = each.quantiles[0], each.quantiles[-1]
            assert each.bound > 0.04 if each.fact.value < high else each.bound < 0.06
            assert 0 <= each.bound <= 1
            assert low < high


def test_learning_beats_the_prior_and_no_change_wherever_it_had_something_to_learn(found: list[vintages.Case]) -> None:
    """Three cases, shown and not ranked; the law is that a figure of the same definition helps at all."""
    scores = {(each.origin, each.fact.year, each.method): each.crps for each in found if each.crps is not None}
    learned = [key for key in scores if key[2] == "learned"]
    assert len(learned) == 3
    for origin, year, _ in learned:
        assert scores[origin, year, "learned"] < scores[origin, year, "model"]
        assert scores[origin, year, "learned"] < scores[origin, year, "no_change"]


def test_no_naive_forecast_without_a_figure_of_the_same_definition(found: list[vintages.Case]) -> None:
    assert {each.origin for each in found if each.method == "no_change"} == {THIRD, FOURTH}
    last = next(each for each in found if each.method == "no_change" and each.origin == FOURTH)
    assert last.quantiles[1] == pytest.approx(2246, rel=0.01)


def test_a_planted_future_figure_moves_no_forecast_of_another_year(workspace: Path) -> None:
    def now() -> dict[tuple[date, str, int], tuple[float, float, float]]:
        read_facts.cache_clear()
        scenario = ty.load("announced", workspace=workspace)
        cases = vintages.cases(scenario, origins=[THIRD], draws=DRAWS)
        return {(each.origin, each.method, each.fact.year): each.quantiles for each in cases}

    before = now()
    plant(workspace, year="2023", value="99999", vintage="2024-05-01")
    after = now()
    assert after.keys() - before.keys() == {(THIRD, method, 2023) for method in vintages.METHODS}
    assert all(after[key] == quantiles for key, quantiles in before.items())


def test_an_origin_with_nothing_to_score_is_refused() -> None:
    with pytest.raises(ty.TuiyanError, match="E258"):
        ty.backtest(ty.load("announced"), origins=["2026-11-23"])
    with pytest.raises(ty.TuiyanError, match="E106"):
        ty.backtest(ty.load("announced"), origins=["2016-01-01"])
    with pytest.raises(ty.TuiyanError, match="E120"):
        ty.backtest(ty.load("announced"), origins=["yesterday"])
    with pytest.raises(ty.TuiyanError, match="E154"):
        ty.backtest("announced")  # type: ignore[arg-type]


def test_the_committed_scores_are_those_of_the_panel() -> None:
    """Two decimals, of which a machine may move the last."""
    head, *made = rows()
    assert head == COLUMNS
    kept = read_panel_scores(ty.load("announced").workspace)
    assert len(kept) == len(made)
    by = {(row[0], row[1]): row for row in made}
    for each in kept:
        row = by[each.method, str(each.points)]
        for name, value in list(zip(COLUMNS, row, strict=True))[1:]:
            assert getattr(each, name) == pytest.approx(float(value), abs=0.011), (each.method, name)


def test_the_default_beats_every_naive_method_at_four_points_three_years_ahead() -> None:
    """What was asked before anything was measured; the interval of the skill is another matter and is printed."""
    scores = [each for each in read_panel_scores(ty.load("announced").workspace) if each.points == 4]
    ours = next(each for each in scores if each.method == "default")
    assert ours.median_error < 0.5
    assert all(ours.crps < each.crps for each in scores if each.naive)


def test_a_bad_file_of_scores_is_told(workspace: Path) -> None:
    path = workspace / "params" / "panel_scores.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    table[1][1], table[2][5] = "4.5", "many"
    path.write_text("\n".join(",".join(row) for row in table) + "\n", encoding="utf-8")
    with pytest.raises(ty.TuiyanError) as caught:
        read_panel_scores(ty.load("announced", workspace=workspace).workspace)
    assert [finding.code for finding in caught.value.findings] == ["E127", "E127"]


def test_every_method_has_a_name_in_both_languages() -> None:
    names = {each.method for each in read_panel_scores(ty.load("announced").workspace)} | set(vintages.METHODS)
    for name in names:
        for lang in ("zh", "en"):
            assert say(f"method.{name}", lang)


def test_scores_show_themselves() -> None:
    held = ty.backtest(ty.load("announced"), origins=[THIRD], draws=DRAWS)
    assert isinstance(held, Scores)
    assert "1 origins of the city" in repr(held)
    assert set(held.frame()["method"]) == set(vintages.METHODS)
    assert "<table>" in held._repr_html_()
