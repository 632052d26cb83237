"""Central shares of the segments that a scenario gives: they sum to 1 and can be drawn."""

from __future__ import annotations

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.laws import Dirichlet, describe

SHARES = "base.segment_share"
GIVEN = [0.3, 0.2, 0.2, 0.15, 0.1, 0.05]


def law(shares: list[float]) -> dict[str, object]:
    return {"family": "dirichlet", "concentration": 40, "shares": shares}


def test_shares_are_drawn_around_those_that_are_given() -> None:
    usual = ty.load("announced")
    given = usual.with_(uncertain={SHARES: law(GIVEN)})
    drawn = [
        ty.run(each, draws=4096)["scale"][0] / ty.run(each, draws=4096)["scale.total"][0] for each in (usual, given)
    ]
    centres = (usual.workspace.tables.segments.share, GIVEN)
    for found, centre in zip(drawn, centres, strict=True):
        assert found.mean(axis=-1) == pytest.approx(np.array(centre), abs=0.002)


def test_the_shares_of_the_table_written_out_change_nothing() -> None:
    usual = ty.load("announced")
    given = usual.with_(uncertain={SHARES: law(list(usual.workspace.tables.segments.share))})
    assert np.array_equal(ty.run(given, draws=64)["scale"], ty.run(usual, draws=64)["scale"])


@pytest.mark.parametrize(
    ("shares", "code"),
    [(GIVEN[:5], "E132"), ([*GIVEN[:5], 0.06], "E126"), ([0.345, *GIVEN[1:5], 0.005], "E107"), ([1.2, -0.2], "E106")],
)
def test_shares_that_cannot_be_are_refused(shares: list[float], code: str) -> None:
    with pytest.raises(TuiyanError) as caught:
        ty.load("announced").with_(uncertain={SHARES: law(shares)})
    assert [each.code for each in caught.value.findings] == [code]


def test_the_notation_names_them_and_widening_keeps_them() -> None:
    scenario = ty.load("announced").with_(uncertain={SHARES: {"widen": 1.2}})
    assert scenario.laws[SHARES].shares is None  # type: ignore[union-attr]
    given = Dirichlet(family="dirichlet", concentration=40, shares=(0.5, 0.5))
    assert describe(given) == "Dirichlet(40; 0.5, 0.5)"
