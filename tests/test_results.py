"""What a user holds: names, units, errors, tables and exchange formats agree with each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.estimates import Estimate, mean, quantile
from tuiyan.inputs.variables import VARIABLES
from tuiyan.results import Projection

Run = Callable[..., Projection]


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0.5603, 0.0024, "0.56"),
        (0.1234, 0.0035, "0.1"),
        (1061.2, 2.4, "1,060"),
        (1061.2, 0.1, "1,061"),
        (12345.0, 130.0, "12,000"),
        (0.0, 0.0, "0.00"),
        (0.31, 0.0, "0.31"),
    ],
)
def test_no_more_digits_than_the_error_supports(value: float, error: float, text: str) -> None:
    assert str(Estimate(value, error)) == text


def test_the_error_is_the_spread_of_the_batches_over_four() -> None:
    draws = np.arange(64.0)
    found = mean(draws)
    batch_means = draws.reshape(4, 16).mean(axis=0)
    assert found.value == pytest.approx(batch_means.mean())
    assert found.standard_error == pytest.approx(batch_means.std(ddof=1) / 4)


def test_the_error_is_honest() -> None:
    """Over many seeds the estimate scatters as its standard error says."""
    scenario = ty.load("announced", set={"policy.ramp": 2})
    found = [ty.run(scenario, draws=256, seed=seed).quantile("scale.total", 0.5, 2020) for seed in range(24)]
    scatter = float(np.std([each.value for each in found], ddof=1))
    claimed = float(np.mean([each.standard_error for each in found]))
    assert 0.6 < scatter / claimed < 1.6


def test_every_variable_has_a_unit_items_and_a_basis(project: Run) -> None:
    found = project("announced")
    assert set(found.values) == set(VARIABLES)
    for name, values in found.values.items():
        items = found.items[name]
        assert values.shape == ((14, len(items), 8192) if items else (14, 8192)), name
        assert found.unit(name)
    assert found.unit("adoption.mfg") == "share of exposed tasks"
    np.testing.assert_array_equal(found["adoption.fin"], found["adoption"][:, found.items["adoption"].index("fin")])


@pytest.mark.parametrize(
    ("name", "near"), [("scale.totl", "scale.total"), ("adoption.mgf", "adoption.mfg"), ("lp.cty", "lp.city")]
)
def test_an_unknown_variable_names_the_nearest(project: Run, name: str, near: str) -> None:
    with pytest.raises(ty.TuiyanError, match=near.replace(".", r"\.")):
        project("announced")[name]


def test_a_year_outside_is_told(project: Run) -> None:
    with pytest.raises(ty.TuiyanError) as error:
        project("announced").estimate("scale.total", 2031)
    assert error.value.findings[0].code == "E144"


@pytest.mark.parametrize("draws", [0, 8, 16, 100, 8191, -16, 1 << 30, True])
def test_draws_that_cannot_be(draws: int) -> None:
    with pytest.raises(ty.TuiyanError) as error:
        ty.run(ty.load("baseline"), draws=draws)
    assert error.value.findings[0].code == "E142"


def test_tables_and_dataset_agree_with_the_arrays() -> None:
    found = ty.run(ty.load("announced"), draws=64)
    table = found.quantiles(["scale.total", "adoption"], levels=(0.5,), years=[2020])
    assert list(table.columns) == ["variable", "year", "quantile", "value", "standard_error", "unit", "price_basis"]
    assert len(table) == 12
    assert table.value[0] == quantile(found["scale.total"][3], 0.5).value
    assert table.price_basis[0] == "nominal"
    frame = found.frame(["scale.total"])
    assert len(frame) == 14 * 64
    assert frame[(frame.year == 2020) & (frame.draw == 5)].value.item() == found["scale.total"][3, 5]
    data = found.to_xarray()
    assert data["adoption"].dims == ("year", "sector", "draw")
    assert data["scale.total"].attrs["units"] == "亿元"
    assert float(data["adoption"].sel(year=2020, sector="mfg", draw=3)) == found["adoption.mfg"][3, 3]


def test_parameters_are_the_very_draws_of_the_run(project: Run) -> None:
    found = project("announced")
    base = found.parameter("base.scale")
    np.testing.assert_allclose(found["scale.total"][0], base, rtol=1e-12)
    assert np.median(base) == pytest.approx(600, rel=0.01)


def test_declared_correlations_hold_and_others_are_nothing(project: Run) -> None:
    found = project("announced")
    pairs = {
        ("adoption.innovation", "adoption.imitation"): 0.33,
        ("stocks.growth_capital", "stocks.growth_talent"): 0.30,
        ("base.scale", "adoption.imitation"): 0.0,
        ("stocks.growth_rd", "stocks.growth_talent"): 0.0,
    }
    for (one, other), wanted in pairs.items():
        scores = [np.argsort(np.argsort(found.parameter(name))) for name in (one, other)]
        rank = float(np.corrcoef(scores[0], scores[1])[0, 1])
        assert abs(rank - 6 / np.pi * np.arcsin(wanted / 2)) < 0.02, (one, other)


def test_reprs_say_what_was_run(project: Run) -> None:
    found = project("announced")
    assert "announced" in repr(found)
    assert "8192 draws" in repr(found)
    assert "seed 0" in repr(found)
    assert "<caption>" in found._repr_html_()
    held = (found, found.scenario, found.ledger(), ty.goals(), found.scenario.workspace)
    assert all(len(repr(each)) < 300 for each in held), "what a prompt shows is a line"


def test_largest_rank_correlations_with_scale(project: Run) -> None:
    """Section 12: base.scale .91, common shock 2020 .22, scale.speed .17, supply.slack .10."""
    found = project("announced")
    scale = np.argsort(np.argsort(found["scale.total"][3]))
    for name, wanted in (("base.scale", 0.91), ("scale.speed", 0.17), ("supply.slack", 0.10)):
        rank = np.corrcoef(scale, np.argsort(np.argsort(found.parameter(name))))[0, 1]
        assert abs(rank - wanted) < 0.02, name
