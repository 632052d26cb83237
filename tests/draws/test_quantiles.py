"""Laws give the quantiles that economics.md prints, and the tabulated inverses are exact enough."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from scipy.special import betaincinv, gammaincinv
from scipy.stats import dirichlet
from tuiyan.draws.quantiles import beta_quantile, dirichlet_quantile, distribution, gamma_quantile, quantile
from tuiyan.inputs.bounds import Interval
from tuiyan.inputs.laws import Beta, Dirichlet, Fixed, LogNormal, Normal, Triangular
from tuiyan.inputs.paths import Yearly

PRINTED = Path(__file__).parents[1] / "data" / "register_quantiles.csv"
U = np.concatenate([np.linspace(1e-9, 1 - 1e-9, 20001), np.logspace(-9.5, -1, 200), 1 - np.logspace(-9.5, -1, 200)])
EVERYWHERE = Interval("[-inf, inf]")


@pytest.mark.parametrize(("a", "b"), [(38, 2), (46, 4), (34, 6), (0.5, 0.5), (1, 1), (2000, 3), (2, 90)])
def test_beta_table(a: float, b: float) -> None:
    np.testing.assert_allclose(beta_quantile(a, b, U), betaincinv(a, b, U), rtol=1e-8)


@pytest.mark.parametrize("shape", [0.5, 1.0, 2.8, 5.6, 11.2, 40.0, 400.0])
def test_gamma_table(shape: float) -> None:
    np.testing.assert_allclose(gamma_quantile(shape, U), gammaincinv(shape, U), rtol=1e-8)


def test_dirichlet_moments() -> None:
    centre = [0.14, 0.2, 0.2, 0.28, 0.11, 0.07]
    u = np.random.default_rng(1).random((6, 200_000))
    shares = dirichlet_quantile(centre, 40, u)
    np.testing.assert_allclose(shares.sum(axis=0), 1, rtol=1e-12)
    law = dirichlet(40 * np.array(centre))
    np.testing.assert_allclose(shares.mean(axis=1), law.mean(), atol=1e-3)
    np.testing.assert_allclose(shares.var(axis=1), law.var(), rtol=0.02)


@pytest.mark.parametrize(
    "law",
    [
        Normal(family="normal", mean=0.1, sd=0.3),
        LogNormal(family="lognormal", median=600, sd_log=0.35),
        Triangular(family="triangular", low=0, mode=0.2, high=0.45),
        Triangular(family="triangular", low=0, mode=0, high=1),
        Triangular(family="triangular", low=0, mode=1, high=1),
        Beta(family="beta", a=34, b=6),
    ],
)
def test_quantile_inverts_the_distribution(law: Normal | LogNormal | Triangular | Beta) -> None:
    u = np.linspace(0.001, 0.999, 101)
    found = quantile(law, u, EVERYWHERE)
    assert (np.diff(found) > 0).all()
    np.testing.assert_allclose([distribution(law, x) for x in found], u, atol=1e-9)


def test_truncation_maps_into_the_bounds() -> None:
    law, bounds = Normal(family="normal", mean=0, sd=1), Interval("[-1, 2]")
    found = quantile(law, np.array([1e-12, 0.5, 1 - 1e-12]), bounds)
    low, high = distribution(law, -1), distribution(law, 2)
    assert found[0] == pytest.approx(-1, abs=1e-6)
    assert found[2] == pytest.approx(2, abs=1e-6)
    assert distribution(law, float(found[1])) == pytest.approx((low + high) / 2)


def rows() -> list[dict[str, str]]:
    with PRINTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['id']}@{row['as_of']}")
def test_printed_quantiles_of_the_register(row: dict[str, str]) -> None:
    """The p5, p50 and p95 that economics.md section 4 prints, to its digits."""
    scenario = ty.load("baseline", as_of=row["as_of"])
    law, hard = scenario.laws[row["id"]], scenario.workspace.parameters[row["id"]].hard
    if isinstance(law, (Dirichlet, Yearly)):
        pytest.fail("neither a Dirichlet law nor a path has printed quantiles")
    for level, text in ((0.05, row["p5"]), (0.5, row["p50"]), (0.95, row["p95"])):
        if not text:
            continue
        found = law.value if isinstance(law, Fixed) else float(quantile(law, np.array([level]), hard)[0])
        assert isinstance(found, float | int)
        decimals = len(text.partition(".")[2])
        assert math.isclose(found, float(text), abs_tol=0.5 * 10.0**-decimals * 1.02), (level, found, text)
