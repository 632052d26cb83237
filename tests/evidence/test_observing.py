"""Facts as they were known on a day: vintages, definitions, growth and bridges."""

from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.evidence.observing import observe
from tuiyan.inputs.facts import read_facts
from tuiyan.inputs.revisions import latest
from tuiyan.inputs.workspace import find_workspace, read_workspace

from tests.evidence.planting import plant

ABOVE, RELATED, GDP = "sh_ai_scale_above_size", "sh_ai_scale_related", "sh_gdp_nominal"
TODAY = "2026-06-30"


def codes(caught: pytest.ExceptionInfo[ty.TuiyanError]) -> set[str]:
    return {finding.code for finding in caught.value.findings}


def test_what_is_published_later_is_not_seen() -> None:
    assert observe(ABOVE, as_of="2020-01-31").definitions == ("above_size",)
    with pytest.raises(ty.TuiyanError) as caught:
        observe(ABOVE, as_of="2020-01-30")  # "2020-01" counts from the last day of the month
    assert codes(caught) == {"E230"}
    assert ABOVE not in caught.value.findings[0].remedy.en
    assert "2018" not in str(caught.value)


def test_rows_come_in_the_order_of_years_with_all_that_is_known_of_them() -> None:
    frame = observe(GDP, as_of=TODAY).frame()
    wanted = ["series", "year", "value", "unit", "definition", "qualifier", "published", "grade", "source", "in_fit"]
    assert list(frame.columns) == wanted
    assert frame["year"].is_monotonic_increasing
    assert not frame.duplicated(["year", "definition"]).any()
    assert set(frame["unit"]) == {"亿元"}
    first = frame[(frame["year"] == 2016) & (frame["definition"] == "gdp_prelim_2016_2018")]
    assert first["value"].tolist() == [27466.15]


def test_the_700_that_stands_twice_is_one_point_and_one_bound() -> None:
    found = observe(RELATED, as_of=TODAY)
    assert [(fact.year, fact.qualifier, fact.in_fit) for fact in found.facts] == [(2017, "~", True), (2018, ">", False)]
    before = observe(RELATED, as_of="2019-05-29")
    assert [(fact.year, fact.qualifier) for fact in before.facts] == [(2017, "~"), (2018, "~")]


def test_what_we_derived_is_no_vintage_of_what_was_published() -> None:
    facts = {fact.year: fact for fact in observe(ABOVE, as_of=TODAY, definition="above_size").facts}
    assert (facts[2018].value, facts[2018].grade) == (1339.8, "B")
    assert facts[2019].grade == "B-derived"  # nothing else there is


def test_a_revision_replaces_what_it_revises_from_its_own_day_on(workspace: Path) -> None:
    plant(workspace, value="720", vintage="2019-03-01")
    assert observe(RELATED, as_of="2019-02-28", workspace=workspace).facts[0].value == 700
    assert observe(RELATED, as_of="2019-03-01", workspace=workspace).facts[0].value == 720


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"qualifier": ">"}, "E253"),  # both may enter a fit: the reader of the facts refuses them already
        ({"year": "2018", "value": "720", "vintage": "2019-05-30", "use_in_fit": "no"}, "E233"),
    ],
)
def test_two_figures_of_one_day_that_differ_are_refused(workspace: Path, changes: dict[str, str], code: str) -> None:
    plant(workspace, **changes)
    with pytest.raises(ty.TuiyanError) as caught:
        observe(RELATED, as_of=TODAY, workspace=workspace)
    assert codes(caught) == {code}
    assert "700" in str(caught.value)
    assert observe(RELATED, as_of=TODAY, workspace=find_workspace()).facts  # the shipped files have no such pair


def test_of_two_figures_of_one_day_the_one_for_a_fit_stands(workspace: Path) -> None:
    plant(workspace, value="720", use_in_fit="no")
    assert observe(RELATED, as_of=TODAY, workspace=workspace).facts[0].value == 700


def test_a_later_revision_settles_a_conflict_whatever_the_order_of_the_rows() -> None:
    facts = [fact for fact in read_facts(read_workspace(find_workspace())) if fact.series == RELATED and fact.in_fit]
    one = facts[0]
    other = type(one)(**{**vars(one), "value": 720.0})
    later = type(one)(**{**vars(one), "value": 710.0, "published": one.published.replace(year=2019)})
    for rows in ([one, other, later], [later, one, other], [one, later, other]):
        assert [fact.value for fact in latest(rows)] == [710.0]


def test_growth_stays_inside_a_definition() -> None:
    with pytest.raises(ty.TuiyanError) as caught:
        observe(GDP, as_of=TODAY).growth()
    assert codes(caught) == {"E232"}
    found = observe(GDP, as_of=TODAY, definition="gdp_yearbook_pre_rd").growth()
    assert found[2001] == pytest.approx(5210.12 / 4771.17 - 1, rel=1e-12)
    assert min(found) == 2001
    assert max(found) == 2015


@pytest.mark.parametrize("year", [2016, 2018, 2024])
def test_no_definition_gives_nominal_growth_across_a_break(year: int) -> None:
    for definition in observe(GDP, as_of=TODAY).definitions:
        try:
            found = observe(GDP, as_of=TODAY, definition=definition).growth()
        except ty.TuiyanError as error:
            assert {finding.code for finding in error.findings} == {"E234"}, definition  # noqa: PT017
            continue
        assert year not in found, definition


def test_no_growth_from_levels_whose_sample_changes() -> None:
    """The figures of 2020 and 2021 are both numbers, and still no growth is taken from them."""
    found = observe(ABOVE, as_of=TODAY, definition="above_size")
    assert {2020, 2021} <= {fact.year for fact in found.facts if fact.qualifier == "="}
    with pytest.raises(ty.TuiyanError, match="sample") as caught:
        found.growth()
    assert codes(caught) == {"E234"}
    assert found.workspace.definition_file.definitions["above_size"].no_growth is not None


@pytest.mark.parametrize("series", ["sh_gdp_real_growth", RELATED, "sh_ai_profit_ytd_q3"])
def test_no_growth_of_rates_of_bounds_and_of_single_figures(series: str) -> None:
    with pytest.raises(ty.TuiyanError) as caught:
        observe(series, as_of=TODAY).growth()
    assert codes(caught) == {"E234"}


def test_a_level_goes_through_its_bridge_with_the_law_of_its_scope_factor() -> None:
    found = observe(ABOVE, as_of=TODAY, definition="above_size").level_in("related", draws=4096)
    place = [fact.year for fact in found.facts].index(2020)
    logs = np.log(found.values[place] / 2246)
    assert logs.mean() == pytest.approx(0, abs=0.01)
    assert logs.std() == pytest.approx(0.25, abs=0.01)
    run = ty.run(ty.load("baseline", as_of=TODAY), draws=4096)
    np.testing.assert_allclose(logs, -run.parameter("scope.above_size"), atol=1e-12)
    table = found.quantiles()
    assert set(table["unit"]) == {"亿元"}
    assert set(table["definition"]) == {"related"}


def test_a_level_goes_back_and_forth_and_stays_where_it_is() -> None:
    known = observe(RELATED, as_of="2018-12-01")
    away = known.level_in("above_size", draws=64).values
    home = known.level_in("related", draws=64).values
    assert (home == 700).all()
    assert np.ptp(away) > 0
    two = known.level_in("plan_key_industry", draws=64, seed=3).values
    assert not np.array_equal(two, away)


def test_two_bridges_add_their_scope_factors() -> None:
    """At launch neither definition is home: the factor of one is taken off and that of the other put on."""
    run = ty.run(ty.load("baseline", as_of="2020-06-30"), draws=64)
    found = observe(ABOVE, as_of="2020-06-30").level_in("plan_key_industry", draws=64)
    wanted = 1339.8 * np.exp(run.parameter("scope.goal") - run.parameter("scope.above_size"))
    np.testing.assert_allclose(found.values[0], wanted, rtol=1e-12)


@pytest.mark.parametrize(("series", "definition", "wanted"), [
    ("sh_three_leading_industries_scale", None, "related"),
    (GDP, "gdp_post_4th_census", "related"),
    (ABOVE, "above_size", "national_core_2017"),
    (ABOVE, "above_size_matched", "related"),
])  # fmt: skip
def test_no_level_without_a_bridge(series: str, definition: str | None, wanted: str) -> None:
    with pytest.raises(ty.TuiyanError) as caught:
        observe(series, as_of=TODAY, definition=definition).level_in(wanted, draws=64)
    assert codes(caught) == {"E235"}


def test_nothing_is_bridged_before_there_is_a_home_definition() -> None:
    with pytest.raises(ty.TuiyanError) as caught:
        observe("sh_gdp_nominal", as_of="2017-02-01", definition="gdp_prelim_2016_2018").level_in("related", draws=64)
    assert codes(caught) == {"E235"}


@pytest.mark.parametrize(("arguments", "code", "word"), [
    (("sh_ai_scale_abov_size",), "E230", ABOVE), (("",), "E230", "series"), ((ABOVE, "above"), "E231", "above_size"),
])  # fmt: skip
def test_an_unknown_name_is_refused_with_the_nearest(arguments: tuple[str, ...], code: str, word: str) -> None:
    series, *rest = arguments
    with pytest.raises(ty.TuiyanError) as caught:
        observe(series, as_of=TODAY, definition=rest[0] if rest else None)
    assert codes(caught) == {code}
    assert word in str(caught.value)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ty.TuiyanError) as caught:
        observe(ABOVE, as_of="2020-02-30")
    assert codes(caught) == {"E120"}


def test_a_figure_of_tomorrow_changes_nothing(workspace: Path) -> None:
    day = "2020-06-30"
    before, drawn = observe(ABOVE, as_of=day, workspace=workspace), ty.load("announced", as_of=day, workspace=workspace)
    projection = ty.run(drawn, draws=64)
    for series, year, definition in (
        (ABOVE, "2018", "above_size"),
        (ABOVE, "2019", "related"),
        (RELATED, "2017", "related"),
    ):
        plant(workspace, series=series, year=year, definition_id=definition, value="9999", vintage="2020-07-01")
    after = observe(ABOVE, as_of=day, workspace=workspace)
    assert [vars(fact) for fact in after.facts] == [vars(fact) for fact in before.facts]
    again = ty.run(ty.load("announced", as_of=day, workspace=workspace), draws=64)
    assert all(np.array_equal(again.values[name], projection.values[name]) for name in projection.values)
    assert len(observe(ABOVE, as_of="2020-07-01", workspace=workspace).definitions) == 2


def test_what_is_observed_shows_itself() -> None:
    found = observe(ABOVE, as_of=TODAY)
    assert "above_size_matched" in repr(found)
    html = found._repr_html_()
    assert html.startswith("<table>")
    assert html.count("<tr>") == len(found.facts) + 1
    assert "1,339.8" in html
    levels = observe(RELATED, as_of="2018-12-01").level_in("above_size", draws=64)
    assert repr(levels) == f"<Levels of {RELATED}, related -> above_size, 64 draws>"
