"""Rows of the validation targets that check the evidence: fitted curves, state space models, weights of models."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from tuiyan.evidence.fits import Fit, bass_start, least_squares
from tuiyan.evidence.forms import FORMS
from tuiyan.evidence.priors import Prior, bic_weights, shrunk
from tuiyan.evidence.state_space import local_level, ordinary_least_squares

from tests.targets import target

VCR = (840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890)
AIR_CONDITIONERS = (96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500)
DRYERS = (106, 319, 492, 635, 737, 890, 1397, 1523, 1294, 1240, 1425, 1260, 1236)


def fitted(curve: str, times: Sequence[float], values: Sequence[float], start: Sequence[float]) -> Fit:
    return least_squares(curve, times, values, start=dict(zip(FORMS[curve].names, start, strict=True)))


def yearly(curve: str, sales: Sequence[float]) -> Fit:
    """From the regression and from values that anybody might take, which must not matter."""
    years = np.arange(1.0, len(sales) + 1)
    first, second = (
        least_squares(curve, years, sales, start=given)
        for given in (
            bass_start(sales),
            {"market": 5.0 * sum(sales), "innovation": 0.02, "imitation": 0.4},
        )
    )
    assert list(first.estimates.values()) == pytest.approx(list(second.estimates.values()), rel=1e-6)
    return first


def estimates(fit: Fit) -> list[float]:
    return list(fit.estimates.values())


def errors(fit: Fit) -> list[float]:
    return list(fit.standard_errors.values())


@target
def a01() -> None:
    years = (9, 14, 21, 28, 42, 57, 63, 70, 79)
    values = (8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080)
    for start in ((100, 1, 0.1), (75, 2.5, 0.07)):
        fit = fitted("logistic", years, values, start)
        assert estimates(fit) == pytest.approx([72.462237576, 2.6180768402, 0.067359200066], rel=1e-6)
        assert errors(fit) == pytest.approx([1.7340283401, 0.088295217536, 0.0034465663377], rel=1e-4)
        assert fit.residual_sum_of_squares == pytest.approx(8.0565229338, rel=1e-6)
        assert fit.residual_sd == pytest.approx(1.1587725499, rel=1e-6)
        assert (fit.degrees_of_freedom, fit.identified) == (6, True)


@target
def a02() -> None:
    values = (
        16.08, 33.83, 65.80, 97.20, 191.55, 326.20, 386.87, 520.53, 590.03, 651.92, 724.93, 699.56, 689.96, 637.56,
        717.41,
    )  # fmt: skip
    for start in ((100, 10, 1, 1), (700, 5, 0.75, 1.3)):
        fit = fitted("richards", range(1, 16), values, start)
        assert estimates(fit) == pytest.approx([699.64151270, 5.2771253025, 0.75962938329, 1.2792483859], rel=1e-5)
        assert fit.residual_sum_of_squares == pytest.approx(8786.4049080, rel=1e-7)
        assert fit.residual_sd == pytest.approx(28.262414662, rel=1e-7)
        assert fit.degrees_of_freedom == 11


@target
def a03() -> None:
    times = (77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0)
    values = (10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78)
    for start in ((500, 1e-4), (250, 5e-4)):
        fit = fitted("saturating", times, values, start)
        assert estimates(fit) == pytest.approx([238.94212918, 5.5015643181e-4], rel=1e-5)
        assert errors(fit) == pytest.approx([2.7070075241, 7.2668688436e-6], rel=1e-3)
        assert fit.residual_sum_of_squares == pytest.approx(0.12455138894, rel=1e-5)


@target
def a07() -> None:
    fit = yearly("bass_density", VCR)
    assert estimates(fit) == pytest.approx([67980.9, 0.00659396, 0.638091], rel=1e-4)
    assert errors(fit) == pytest.approx([3127.5, 0.00143026, 0.0413960], rel=1e-3)
    assert fit.residual_sd == pytest.approx(727.193, rel=1e-4)
    assert fit.degrees_of_freedom == 7


@target
def a08() -> None:
    fit = yearly("bass", AIR_CONDITIONERS)
    assert estimates(fit) == pytest.approx([18712.7, 0.00944208, 0.374763], rel=1e-4)
    assert errors(fit) == pytest.approx([1410.5, 0.00204, 0.0402], rel=2e-3)  # printed with three digits
    assert fit.residual_sum_of_squares == pytest.approx(341468, rel=1e-4)


@target
def a09() -> None:
    fit = yearly("bass", DRYERS)
    assert estimates(fit) == pytest.approx([16497.0, 0.0135962, 0.326702], rel=1e-4)
    assert fit.residual_sum_of_squares == pytest.approx(212777, rel=1e-4)


@target
def a14() -> None:
    start = bass_start(VCR)
    market, innovation, imitation = start["market"], start["innovation"], start["imitation"]
    assert [market, innovation, imitation] == pytest.approx([62665.4, 0.0216468, 0.680525], rel=1e-3)
    # The coefficients of the regression: y = p m + (q - p) Y - (q/m) Y^2.
    regression = [innovation * market, imitation - innovation, -imitation / market]
    assert regression == pytest.approx([1356.505, 0.658878, -1.086e-5], rel=1e-3)


@target
def a24() -> None:
    weights = (0.147, 0.357, 0.641, 0.98, 1.358, 1.758, 2.159, 2.549, 2.915, 3.251, 3.51, 3.74, 3.925)
    for start in ((5, 4, 0.2), (4, 1, 1), (10, 2, 0.1)):
        fit = fitted("gompertz", range(1, 14), weights, start)
        assert estimates(fit) == pytest.approx([4.733513, 4.137730, 0.238587], rel=1e-4)
        assert errors(fit) == pytest.approx([0.0397, 0.0497, 0.00332], rel=5e-3)  # printed with three digits
        assert fit.residual_sum_of_squares == pytest.approx(0.00256553, rel=1e-5)


@target
def a28() -> None:
    markets = {6: 78044.6, 7: 52453.5, 8: 59226.9, 9: 64489.2, 10: 67660.0}
    for count in range(4, 11):
        years, sales = range(1, count + 1), VCR[:count]
        for start in (
            bass_start(sales),
            bass_start(VCR),
            {"market": 10.0 * sum(sales), "innovation": 0.0135, "imitation": 0.306},
        ):
            fit = least_squares("bass", years, sales, start=start)
            assert fit.identified == (count >= 7)
            if count >= 6:
                assert fit.estimates["market"] == pytest.approx(markets[count], rel=1e-3)
            if count == 6:
                assert fit.standard_errors["market"] / fit.estimates["market"] == pytest.approx(0.31, abs=0.005)
            if count < 6:
                assert fit.estimates["market"] > 1e6
            if count < 7:
                assert "CEILING NOT IDENTIFIED" in repr(fit)
                with pytest.raises(ValueError, match=f"points \\({count}\\)"):
                    _ = fit.ceiling


@target
def a30() -> None:
    import statsmodels.api as sm

    found = local_level(sm.datasets.nile.load_pandas().data["volume"], horizon=3)
    assert found.variances["irregular"] == pytest.approx(15099, rel=5e-3)
    assert found.variances["level"] == pytest.approx(1469.1, rel=5e-3)
    assert found.variances["level"] < 1475  # the default search stops at 1484.8 and a vague start gives 1478.8
    assert found.level == pytest.approx(798.37, rel=1e-4)
    assert found.level_variance == pytest.approx(4032.2, rel=5e-3)
    assert found.mean == pytest.approx([798.37] * 3, rel=1e-4)
    assert found.variance == pytest.approx([20599.9, 22069.0, 23538.2], rel=5e-3)


@target
def a31() -> None:
    import statsmodels.api as sm

    data = sm.datasets.longley.load_pandas()
    found = ordinary_least_squares(data.endog, {name: data.exog[name] for name in data.exog})
    certified = {
        "constant": -3482258.63459582, "GNPDEFL": 15.0618722713733, "GNP": -0.0358191792925910,
        "UNEMP": -2.02022980381683, "ARMED": -1.03322686717359, "POP": -0.0511041056535807, "YEAR": 1829.15146461355,
    }  # fmt: skip
    assert found.coefficients == pytest.approx(certified, rel=1e-8)
    assert found.residual_sd == pytest.approx(304.854073561965, rel=1e-8)
    assert found.r_squared == pytest.approx(0.995479004577296, rel=1e-8)


@target
def a32() -> None:
    found = shrunk(Prior(0.25, 0.10), [0.35, 0.30, 0.22], [0.12, 0.12, 0.12])
    assert found.mean == pytest.approx(0.2770270, abs=1e-7)
    assert found.sd == pytest.approx(0.0569495, abs=1e-7)
    assert found.weight == pytest.approx(0.6756757, abs=1e-7)
    assert math.isclose(found.mean, 0.25 + found.weight * (0.29 - 0.25))


@target
def a34() -> None:
    assert bic_weights([100, 102, 106]) == pytest.approx([0.7053845, 0.2594965, 0.0351190], abs=1e-7)
