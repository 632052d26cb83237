"""Published numbers rebuilt with our functions, and what each would need in our formula."""

import csv
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.evidence.literature import (
    Need,
    Rebuilt,
    needs,
    own_rise,
    own_saving_of_all_cost,
    rebuilt,
    study_saving,
    task_gain,
)
from tuiyan.evidence.literature_pace import pace
from tuiyan.inputs.projections import read_projections

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = ty.load("baseline", workspace=ROOT).workspace
# Row of the validation targets: id here, number, tolerance; percent over the span, or points a year.
CUMULATIVE = {
    "C01": [("acemoglu_baseline", 0.66, 0.005), ("acemoglu_baseline", 0.66447, 0.00005)],
    "C02": [("acemoglu_hard_tasks", 0.52961, 0.005), ("acemoglu_hard_tasks", 0.53, 0.005)],
    "C04": [("acemoglu_larger_saving", 0.89, 0.01), ("acemoglu_wider_use", 0.864, 0.01)],
    "C05": [("acemoglu_april", 0.70794, 0.005), ("acemoglu_april", 0.71, 0.005)],
    "C33": [
        ("mckinsey_low", 10.9, 0.1), ("mckinsey_high", 19.8, 0.1), ("goldman", 16.05, 0.1), ("pwc", 26.1, 0.1),
        ("accenture_built_up", 15.3, 0.1), ("accenture_at_once", 30.9, 0.1),
    ],
}  # fmt: skip
YEARLY = {
    "C09": [("aghion_bunel_low", 0.07, 0.005), ("aghion_bunel_high", 1.24, 0.005)],
    "C33": [("pwc", 1.80, 0.005), ("mckinsey_low", 0.8, 1e-9), ("mckinsey_high", 1.4, 1e-9), ("goldman", 1.5, 1e-9)],
    "C34": [("oecd_low", 0.25, 0.02), ("oecd_low", 0.2415, 1e-9), ("oecd_high", 0.60, 0.02)],
}


@pytest.fixture(scope="module")
def found() -> dict[str, Rebuilt]:
    return {each.inputs.id: each for each in rebuilt(WORKSPACE)}


@pytest.fixture(scope="module")
def projection() -> ty.Projection:
    return ty.run(ty.load("announced", workspace=ROOT), draws=512)


@pytest.fixture(scope="module")
def wanted(projection: ty.Projection) -> dict[str, Need]:
    return {each.inputs.id: each for each in needs(projection)}


@pytest.mark.parametrize("row", CUMULATIVE)
def test_a_published_total_is_rebuilt_from_its_own_inputs(row: str, found: dict[str, Rebuilt]) -> None:
    for id_, number, tolerance in CUMULATIVE[row]:
        assert found[id_].over_span == pytest.approx(number, abs=tolerance), id_


@pytest.mark.parametrize("row", YEARLY)
def test_a_published_rate_is_rebuilt_from_its_own_inputs(row: str, found: dict[str, Rebuilt]) -> None:
    for id_, number, tolerance in YEARLY[row]:
        assert found[id_].points == pytest.approx(number, abs=tolerance), id_


def test_gdp_is_productivity_once_capital_has_followed(found: dict[str, Rebuilt]) -> None:
    """C03: 1.158 and .930 from the rounded .66 and .53."""
    for id_, total, gdp in (("acemoglu_baseline", 0.66, 1.158), ("acemoglu_hard_tasks", 0.53, 0.930)):
        factor = found[f"{id_}_gdp"].over_span / found[id_].over_span
        assert factor == pytest.approx(1 / 0.57)
        assert total * factor == pytest.approx(gdp, abs=0.005)


def test_every_end_of_every_published_projection_is_rebuilt(found: dict[str, Rebuilt]) -> None:
    for each in read_projections(WORKSPACE):
        ends = [one.inputs.published for one in found.values() if one.inputs.projection == each.id]
        assert (min(ends), max(ends)) == pytest.approx((each.low, each.high)), each.id
        assert {one.inputs.quantity for one in found.values() if one.inputs.projection == each.id} == {each.quantity}


def test_only_what_is_made_of_tasks_has_a_number_with_our_sectors(found: dict[str, Rebuilt]) -> None:
    for each in found.values():
        assert (each.ours is None) == (each.inputs.form != "task")


def test_our_sectors_by_hand(found: dict[str, Rebuilt]) -> None:
    with (ROOT / "params" / "sectors.csv").open(encoding="utf-8", newline="") as stream:
        sectors = [
            {key: row[key] for key in ("value_added_2016", "exposure", "labour_share")}
            for row in csv.DictReader(stream)
        ]
    total = sum(float(row["value_added_2016"]) for row in sectors)
    for id_, all_cost in (("acemoglu_baseline", False), ("aghion_bunel_high", False), ("oecd_high", True)):
        given = found[id_].inputs.values
        parts = [
            float(row["exposure"])
            * (1 if all_cost else float(row["labour_share"]))
            * given["adoption"]
            * given["saving_easy"]
            for row in sectors
        ]
        share = [float(row["value_added_2016"]) / total for row in sectors]
        mean = sum(v * part for v, part in zip(share, parts, strict=True))
        spread = sum(v * (part - mean) ** 2 for v, part in zip(share, parts, strict=True))
        assert found[id_].ours == pytest.approx(100 * (mean + 0.5 * (0.5 - 1) * spread) / 10, rel=1e-9)


def test_sectors_that_are_alike_are_one_economy() -> None:
    given = {"adoption": 0.4, "saving_easy": 0.3, "saving_hard": 0.1, "easy_share": 0.5, "labour_share_switch": 1.0}
    one = np.ones((1, 1))
    many = np.array([[0.2], [0.3], [0.5]])
    alone = task_gain(given, one, 0.35 * one, 0.5 * one, 0.1)
    assert alone == pytest.approx(0.4 * 0.2 * 0.35 * 0.5)
    for substitution in (0.1, 1.0, 3.0):
        together = task_gain(given, many, np.full((3, 1), 0.35), np.full((3, 1), 0.5), substitution)
        assert together == pytest.approx(alone, rel=1e-12)


def test_a_need_put_back_into_the_formula_gives_the_number(projection: ty.Projection, wanted: dict[str, Need]) -> None:
    tables, draw = WORKSPACE.tables.sectors, projection.parameter
    saving = draw("productivity.saving_easy") * draw("productivity.easy_share")
    saving = saving + draw("productivity.saving_hard") * (1 - draw("productivity.easy_share"))
    gain, exposed = np.zeros(512), np.zeros(512)
    for v, x, labour in zip(tables.share, tables.exposure, tables.labour_share, strict=True):
        part = v * np.minimum(x * draw("productivity.exposure_scale"), 0.9)
        exposed += part
        gain += part * (labour + draw("productivity.labour_share_shift"))
    gain *= saving * (1 + draw("productivity.spillover"))
    for need in wanted.values():
        followed = 1 if need.inputs.quantity == "tfp" else 1 - draw("productivity.capital_share")
        rise = need.inputs.published / 100 * followed * need.inputs.years / gain
        batches = [np.quantile(rise.reshape(-1, 16)[:, k], 0.5) for k in range(16)]
        assert need.rise[1].value == pytest.approx(np.mean(batches), rel=1e-9)
        products = [np.quantile((rise * exposed).reshape(-1, 16)[:, k], 0.5) for k in range(16)]
        assert need.product.value == pytest.approx(np.mean(products), rel=1e-9)
        assert need.by_deadline[1].value == pytest.approx(need.rise[1].value * 3 / need.inputs.years, rel=1e-9)


def test_quantities_are_not_mixed(wanted: dict[str, Need]) -> None:
    for need in wanted.values():
        if need.inputs.quantity == "tfp":
            assert need.tfp.value == pytest.approx(need.inputs.published)
            assert need.tfp.standard_error == pytest.approx(0, abs=1e-12)
        else:
            assert 0.45 * need.inputs.published < need.tfp.value < 0.55 * need.inputs.published


def test_headlines_need_more_than_there_is(wanted: dict[str, Need], projection: ty.Projection) -> None:
    """No source has by 2020 what the consultancies' numbers take; what the sceptics print is within reach."""
    assert {id_ for id_, need in wanted.items() if not need.beyond} == {
        "acemoglu_baseline", "acemoglu_hard_tasks", "aghion_bunel_low",
    }  # fmt: skip
    assert wanted["pwc"].beyond_by_deadline
    assert wanted["pwc"].reached_by == wanted["accenture_at_once"].reached_by == ()
    low, _, high = own_rise(projection)
    for id_ in ("goldman", "mckinsey_low", "mckinsey_high", "pwc", "accenture_built_up", "accenture_at_once"):
        assert wanted[id_].beyond
        assert wanted[id_].by_deadline[0].value > high.value > low.value


def test_a_study_supports_what_is_slower_than_itself(wanted: dict[str, Need]) -> None:
    for need in wanted.values():
        paces = [each.values["exposure"] * each.values["adoption"] / each.years for each in need.reached_by]
        assert all(pace >= need.product.value / need.inputs.years for pace in paces)
    assert [each.id for each in wanted["mckinsey_low"].reached_by] == ["aghion_bunel_high"]


def test_a_number_rebuilt_from_itself_is_only_restated(found: dict[str, Rebuilt]) -> None:
    restated = {id_ for id_, each in found.items() if each.restated}
    assert restated == {id_ for id_, each in found.items() if each.inputs.form != "task"}
    assert restated >= {"goldman", "mckinsey_low", "mckinsey_high", "accenture_at_once"}
    for id_ in ("goldman", "mckinsey_low", "mckinsey_high", "accenture_at_once"):
        assert found[id_].gap == pytest.approx(0, abs=1e-12)


def test_what_this_report_turned_into_a_number_a_year_is_derived(found: dict[str, Rebuilt]) -> None:
    derived = {id_ for id_, each in found.items() if each.inputs.yearly == "derived"}
    assert derived == {id_ for id_ in found if id_.startswith("acemoglu")} | {"pwc", "accenture_built_up"}


def test_its_own_saving_needs_no_more_tasks_than_a_study_has(wanted: dict[str, Need]) -> None:
    for need in wanted.values():
        if need.inputs.form != "task":
            assert need.study_product is None
            continue
        values = need.inputs.values
        assert need.study_product is not None
        assert need.study_product <= values["exposure"] <= 1
        # The published number is rounded, so its need is the study's own product within half a unit of its last digit.
        assert need.study_product == pytest.approx(values["exposure"] * values["adoption"], rel=0.08)
    assert wanted["aghion_bunel_high"].study_product == pytest.approx(0.54, abs=0.005)
    assert wanted["aghion_bunel_high"].product.value > 1


def test_the_saving_is_why_more_is_needed_here(projection: ty.Projection, wanted: dict[str, Need]) -> None:
    """A draw's need is the study's times the ratio of savings, less the spillover: so for the medians, within 5%."""
    here = own_saving_of_all_cost(projection).value
    spill = 1 + float(np.median(projection.parameter("productivity.spillover")))
    for need in wanted.values():
        if need.study_product is not None:
            wanted_here = need.study_product * study_saving(need.inputs) / here / spill
            assert need.product.value == pytest.approx(wanted_here, rel=0.05)


def test_a_number_without_tasks_has_no_saving(found: dict[str, Rebuilt]) -> None:
    with pytest.raises(ValueError, match="no product of tasks"):
        study_saving(found["goldman"].inputs)


def test_pace_by_hand(projection: ty.Projection) -> None:
    found, tables = pace(projection), WORKSPACE.tables.sectors
    assert found is not None
    scale = projection.parameter("productivity.exposure_scale")
    tasks = np.zeros(512)
    for place, (v, x) in enumerate(zip(tables.share, tables.exposure, strict=True)):
        tasks += v * np.minimum(x * scale, 0.9) * (projection["adoption"][3, place] - projection["adoption"][0, place])
    assert found.inputs.id == "acemoglu_baseline"
    assert found.product.value == pytest.approx(np.median(tasks), rel=0.02)
    assert found.tfp.value == pytest.approx(100 * np.median(projection["tfp.city"][3]) / 3, rel=0.02)
    assert found.study_product == pytest.approx(0.046)
    assert found.times == pytest.approx(found.faster * found.per_task)
    assert found.faster == pytest.approx(found.product.value / 3 / 0.0046)


def test_slower_adoption_and_fewer_tasks_fall_below_the_sceptic(projection: ty.Projection) -> None:
    here, sceptic = pace(projection), pace(ty.run(ty.load("sceptic_productivity", workspace=ROOT), draws=512))
    assert here is not None
    assert sceptic is not None
    assert here.times > 1 > sceptic.times
    assert here.faster > sceptic.faster


def test_larger_savings_need_less_adoption(wanted: dict[str, Need]) -> None:
    fast = needs(ty.run(ty.load("fast_technology", workspace=ROOT), draws=512))
    for need in fast:
        assert need.rise[1].value < wanted[need.inputs.id].rise[1].value
