"""Which side binds: the text is written from the medians, and medians are those of the paper."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure as Canvas
from tuiyan.estimates import Estimate
from tuiyan.inputs.loading import load
from tuiyan.reporting import figures_explain, study, style
from tuiyan.reporting.blocks import Figure, Paragraph, Table
from tuiyan.reporting.numbers import grid
from tuiyan.reporting.parts import binding
from tuiyan.reporting.parts.shared import segment_names
from tuiyan.results import run
from tuiyan.wording import LANGUAGES

WHY = "because: {zh: 试, en: trial}, grade: judgement"
NUMBER = re.compile(r"−?\d+(?:,\d{3})*(?:\.\d+)?")


def table(of: study.Study) -> Table:
    return next(block for block in of.binding().blocks if isinstance(block, Table))


def rows(of: study.Study, lang: str = "en") -> dict[str, list[str]]:
    block = table(of)
    return {row[0]: row[1:] for row in grid([column.format for column in block.columns], block.rows, lang)}


def alone(name: str, root: Path, draws: int = 256) -> study.Study:
    return study.Study(run(load(name, workspace=root), draws=draws, seed=0), None, "en")


def test_the_city_lies_among_its_segments(announced: study.Study) -> None:
    share = announced.projection["binding"]
    city = binding.city(announced)
    assert (city >= share.min(axis=1) - 1e-12).all()
    assert (city <= share.max(axis=1) + 1e-12).all()


def test_medians_are_those_of_the_paper(announced: study.Study) -> None:
    """Section 12: .5 in 2017 by construction, .61 .66 .69 in 2018-2020, .30 in 2025, .02 in 2030."""
    found = rows(announced)
    expected = {"2017": 0.5, "2018": 0.61, "2019": 0.66, "2020": 0.69, "2025": 0.30, "2030": 0.02}
    assert list(found) == ["2017", "2018", "2019", "2020", "2022", "2025", "2030"]
    for year, value in expected.items():
        assert float(found[year][6]) == pytest.approx(value, abs=0.035)


def test_the_share_of_draws_is_that_of_the_city(announced: study.Study) -> None:
    share = (binding.city(announced)[3] > 0.5).mean()
    assert float(rows(announced)["2020"][7]) == pytest.approx(share, abs=0.005)
    assert float(rows(announced)["2020"][8]) > 0


def test_every_segment_is_named_in_the_year_it_turns(announced: study.Study) -> None:
    text = binding.story(announced).en
    turn = text.split("Then demand takes over:")[1].split(".")[0]
    names, found = segment_names(announced), binding.medians(announced)
    years = announced.projection.years
    for code, row in found.items():
        crossed = next(year for year, each in zip(years[2:], row[2:], strict=True) if each.value < 0.5)
        clause = next(part for part in turn.split(";") if str(crossed) in part)
        assert names[code].en in clause or "all 6 segments" in clause
    assert "from 2018 in all 6 segments" in text
    assert "by construction" in text


def test_the_highest_year_and_the_end_are_told_from_the_numbers(announced: study.Study) -> None:
    city = np.median(binding.city(announced).reshape(14, -1, 16), axis=1).mean(axis=1)
    peak = announced.projection.years[int(city.argmax())]
    text = binding.story(announced).en
    assert f"highest in {peak} ({city.max():.2f}); in 2030 it is {city[-1]:.2f}" in text


def test_growth_explains_the_turn(announced: study.Study) -> None:
    text = binding.growth(announced).en
    found = re.findall(r"in (\d+)–(\d+) demand grows at ([\d.]+)% a year and potential supply at ([\d.]+)%", text)
    assert [(first, last) for first, last, _, _ in found] == [("2017", "2020"), ("2020", "2025"), ("2025", "2030")]
    assert [float(demand) > float(supply) for _, _, demand, supply in found] == [True, False, False]


def test_both_languages_hold_the_same_numbers(announced: study.Study) -> None:
    assert rows(announced, "zh") == rows(announced, "en")
    for block in announced.binding().blocks:
        if isinstance(block, Paragraph):
            assert sorted(NUMBER.findall(block.text.zh)) == sorted(NUMBER.findall(block.text.en))


def test_a_short_horizon_stops_the_table_and_says_that_supply_still_binds(
    workspace: Path, write: Callable[..., str]
) -> None:
    write("horizon: 2020\n", "short")
    short = alone("short", workspace)
    assert list(rows(short)) == ["2017", "2018", "2019", "2020"]
    assert "Supply stays the tighter side to 2020" in binding.story(short).en


def test_other_slack_is_not_called_a_construction_and_demand_may_bind_throughout(
    workspace: Path, write: Callable[..., str]
) -> None:
    law = "{family: triangular, low: 1.2, mode: 1.5, high: 1.9}"
    write(f"uncertain:\n  supply.slack: {{set: {law}, {WHY}}}\n", "ample")
    text = binding.story(alone("ample", workspace)).en
    assert "by construction" not in text
    assert "demand is the tighter side throughout" in text
    assert "takes over" not in text


def test_turning_points() -> None:
    years = (2017, 2018, 2019, 2020, 2021)
    row = [Estimate(value, 0.01) for value in (0.5, 0.6, 0.4, 0.45, 0.7)]
    assert binding.onset(row, years) == 2018
    assert binding.takeover(row, years, 2018) == 2019
    assert binding.takeover(row, years, 2019, above=True) == 2021
    assert binding.onset(row[:1] + row[2:4], years[:3]) is None


def test_a_baseline_needs_no_other_scenario(workspace: Path) -> None:
    assert rows(alone("baseline", workspace, draws=64))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_draws_on_the_axes_it_is_given(announced: study.Study, lang: str) -> None:
    years = tuple(announced.projection.years)
    data = figures_explain.Balance("announced", years, np.full((3, 14), 0.5), np.full(14, 0.5))
    with style.look():
        ax = Canvas().add_subplot()
        assert figures_explain.binding_lines(data, lang=lang, ax=ax) is ax
    assert ax.get_ylim()[1] > 1.0  # a share of one is not drawn on the frame


def test_the_figure_holds_every_year_and_segment(announced: study.Study) -> None:
    found = next(block for block in announced.binding().blocks if isinstance(block, Figure))
    assert len(found.data.rows) == len(announced.projection.years)
    assert len(found.data.columns) == 5 + len(segment_names(announced))
    assert "0.50 in 2017" in found.alt.en
