"""Laws of the fitted curves and of their priors; the published numbers stand in `tests.targets.evidence`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import tuiyan as ty
from numpy.typing import NDArray
from scipy import optimize
from tuiyan.equations import growth_curves as shapes
from tuiyan.equations.curve import SPAN_10_90, bass_cumulative
from tuiyan.evidence.fits import FORMS, Fit, Prior, bass_start, increments, least_squares, posterior_mode
from tuiyan.evidence.priors import (
    DURABLES,
    GENERAL_PURPOSE,
    bic_weights,
    diffusion_priors,
    registered_priors,
    shrunk,
)
from tuiyan.inputs.laws import LogNormal, Normal
from tuiyan.wording import LANGUAGES, catalogue

Array = NDArray[np.float64]
YEARS = np.arange(1.0, 13.0)
EFFORT = (1.0, 1.2, 0.9, 1.5, 1.4, 1.0, 0.8, 1.1, 1.3, 1.0, 1.2, 1.0, 1.1, 0.9, 1.0)
TRUTH: Mapping[str, tuple[float, ...]] = {
    "logistic": (900.0, 2.5, 0.5),
    "richards": (900.0, 2.5, 0.6, 1.7),
    "gompertz": (900.0, 2.2, 0.3),
    "saturating": (900.0, 0.2),
    "bass_density": (9000.0, 0.01, 0.5),
    "bass": (9000.0, 0.01, 0.5),
    "generalised_bass": (9000.0, 0.01, 0.5),
}
VCR = np.array([840.0, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890])
BASS = {"innovation": Prior(math.log(0.0135), 0.73), "imitation": Prior(math.log(0.306), 0.36)}


def parameters(curve: str) -> dict[str, float]:
    return dict(zip(FORMS[curve].names, TRUTH[curve], strict=True))


def extra(curve: str) -> dict[str, Any]:
    return {"effort": EFFORT} if curve == "generalised_bass" else {}


def exact(curve: str, times: Array = YEARS) -> Array:
    return FORMS[curve].shape(times, *TRUTH[curve], *extra(curve).values())


def around(curve: str, sd: float, *, off: float = 0.0) -> dict[str, Prior]:
    """Priors of every parameter but the size, `off` standard deviations from the truth."""
    form = FORMS[curve]
    values = {name: v if name in form.plain else math.log(v) for name, v in parameters(curve).items()}
    return {name: Prior(values[name] + off * sd, sd) for name in form.names[1:]}


def estimates(fit: Fit) -> list[float]:
    return list(fit.estimates.values())


# Shapes.


def test_a_richards_curve_lies_between_the_gompertz_and_the_logistic_curve() -> None:
    time = np.linspace(0, 30, 40)
    shape = 1e-7
    almost = shapes.richards(time, 100.0, math.log(shape * 3.0), 0.3, shape)
    np.testing.assert_allclose(almost, shapes.gompertz(time, 100.0, 3.0, 0.3), rtol=1e-6)
    same = shapes.richards(time, 100.0, 2.0, 0.3, 1.0)
    np.testing.assert_allclose(same, shapes.logistic(time, 100.0, 2.0, 0.3), rtol=1e-12)


def test_bass_sales_are_the_differences_of_the_cumulative_curve_and_the_integral_of_its_rate() -> None:
    sales = shapes.bass_increments(YEARS, 500.0, 0.02, 0.4)
    np.testing.assert_allclose(np.cumsum(sales), 500 * bass_cumulative(YEARS, 0.02, 0.4), rtol=1e-12)
    fine = np.linspace(0, 1, 2001)
    rate = shapes.bass_density(fine, 500.0, 0.02, 0.4)
    assert np.trapezoid(rate, fine) == pytest.approx(sales[0], rel=1e-6)


def test_the_last_sales_of_a_bass_curve_keep_their_digits() -> None:
    """Far beyond saturation the difference of two shares near 1 is rounding; sales fall by exp(-(p + q)) a year."""
    late = shapes.bass_increments(np.array([60.0, 61.0]), 1.0, 0.02, 0.9)
    assert late[1] / late[0] == pytest.approx(math.exp(-0.92), rel=1e-9)


def test_effort_is_a_clock() -> None:
    plain = shapes.bass_increments(YEARS, 500.0, 0.02, 0.4)
    np.testing.assert_allclose(shapes.generalised_bass_increments(YEARS, 500.0, 0.02, 0.4, np.ones(12)), plain)
    doubled = shapes.generalised_bass_increments(YEARS, 500.0, 0.02, 0.4, np.full(12, 2.0))
    np.testing.assert_allclose(np.cumsum(doubled), 500 * bass_cumulative(2 * YEARS, 0.02, 0.4), rtol=1e-12)
    # Row A18: 1 to year 3 and 1.5 after makes six years seven and a half.
    stepped = shapes.generalised_bass_increments(YEARS[:6], 1.0, 0.03, 0.38, [1, 1, 1, 1.5, 1.5, 1.5])
    assert stepped.sum() == pytest.approx(0.6017471, abs=1e-6)
    with pytest.raises(ValueError, match="years 1 to 5"):
        shapes.generalised_bass_increments(YEARS, 500.0, 0.02, 0.4, np.ones(5))


# Least squares.


@pytest.mark.parametrize("curve", TRUTH)
def test_least_squares_finds_the_curve_the_values_lie_on(curve: str) -> None:
    start = {name: value * 1.3 for name, value in parameters(curve).items()}
    fit = least_squares(curve, YEARS, exact(curve), start=start, **extra(curve))
    assert estimates(fit) == pytest.approx(TRUTH[curve], rel=1e-6)
    assert fit.identified
    assert fit.ceiling == estimates(fit)[0]
    np.testing.assert_allclose(fit.at(YEARS), exact(curve), rtol=1e-7)


@pytest.mark.parametrize("curve", TRUTH)
def test_another_unit_moves_only_the_size(curve: str) -> None:
    values = exact(curve) * (1 + 0.03 * np.cos(7 * YEARS))
    start, size = parameters(curve), FORMS[curve].names[0]
    fit = least_squares(curve, YEARS, values, start=start, **extra(curve))
    tenfold = least_squares(curve, YEARS, 10 * values, start={**start, size: 10 * start[size]}, **extra(curve))
    factor = np.array([10.0] + [1.0] * (len(start) - 1))
    assert estimates(tenfold) == pytest.approx(estimates(fit) * factor, rel=1e-6)
    errors = np.array(list(fit.standard_errors.values())) * factor
    assert list(tenfold.standard_errors.values()) == pytest.approx(errors, rel=1e-5)
    assert tenfold.residual_sd == pytest.approx(10 * fit.residual_sd, rel=1e-6)
    assert tenfold.reason == fit.reason


def test_the_order_of_names_changes_nothing() -> None:
    start = bass_start(VCR)
    backwards = dict(reversed(start.items()))
    first, second = (least_squares("bass", YEARS[:10], VCR, start=given) for given in (start, backwards))
    assert estimates(first) == estimates(second)
    priors = dict(reversed(BASS.items()))
    first, second = (posterior_mode("bass", YEARS[:4], VCR[:4], priors=p, error=0.25) for p in (BASS, priors))
    assert estimates(first) == estimates(second)
    np.testing.assert_array_equal(first.covariance, second.covariance)


def test_a_year_may_be_left_out() -> None:
    keep = np.array([0, 1, 2, 4, 5, 6, 7, 9, 10, 11])
    fit = least_squares("bass", YEARS[keep], exact("bass")[keep], start=parameters("bass"))
    assert estimates(fit) == pytest.approx(TRUTH["bass"], rel=1e-6)


def test_no_ceiling_is_shown_that_the_values_do_not_tell() -> None:
    faster = np.exp(0.05 * np.arange(5.0) ** 2 + 0.3 * np.arange(5.0))
    rising = least_squares("logistic", np.arange(5.0), faster, start=parameters("logistic"))
    few = least_squares("logistic", [1, 2, 3], exact("logistic", YEARS[:3]), start=parameters("logistic"))
    flat = least_squares("logistic", YEARS, np.full(12, 5.0), start=parameters("logistic"))
    noisy = exact("gompertz", YEARS[:6]) * np.array([1.3, 0.8, 1.2, 0.9, 1.1, 1.0])
    wide = least_squares("gompertz", YEARS[:6], noisy, start=parameters("gompertz"))
    for fit, reasons in (
        (rising, {"runs_off"}), (few, {"few_points"}), (flat, {"open"}), (wide, {"wide"}),
    ):  # fmt: skip
        assert fit.reason in reasons
        assert not fit.identified
        assert fit.why is not None
        assert "CEILING NOT IDENTIFIED" in repr(fit)
        with pytest.raises(ValueError, match="points"):
            _ = fit.ceiling
    assert math.isnan(few.residual_sd)
    assert all(math.isnan(error) for error in few.standard_errors.values())


def test_a_search_that_is_cut_short_is_no_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuiyan.evidence.fits.MOST_STEPS", 2)
    start = {name: value * 3 for name, value in parameters("gompertz").items()}
    assert least_squares("gompertz", YEARS, exact("gompertz"), start=start).reason == "not_converged"
    far = around("gompertz", 3.0, off=1.0)
    assert posterior_mode("gompertz", YEARS, exact("gompertz"), priors=far, error=0.01).reason == "not_converged"


def test_every_reason_has_its_words() -> None:
    reasons = ("few_points", "runs_off", "not_converged", "open", "few_sales", "wide", "prior_only")
    assert {key for key in catalogue() if key.startswith("fit.")} == {f"fit.{reason}" for reason in reasons}
    for reason in reasons:
        why = Fit("bass", {"market": 1.0}, np.eye(1), 4, 0.0, None, reason).why
        assert why is not None
        assert all("4" in why[lang] for lang in LANGUAGES)


# The posterior mode.


@pytest.mark.parametrize("curve", ["bass", "generalised_bass", "logistic", "gompertz", "richards"])
def test_wide_priors_give_least_squares_of_the_logs(curve: str) -> None:
    values = exact(curve) * np.exp(0.05 * np.cos(5 * YEARS))
    form, start = FORMS[curve], np.array(list(parameters(curve).values()))
    fit = posterior_mode(curve, YEARS, values, priors=around(curve, 1e3, off=1e-3), error=0.1, **extra(curve))

    def residuals(factors: Array) -> Array:
        return np.asarray(np.log(form.shape(YEARS, *(start * factors), *extra(curve).values()) / values))

    found = optimize.least_squares(residuals, np.ones(start.size), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    assert estimates(fit) == pytest.approx(start * found.x, rel=1e-4)
    assert fit.residual_sum_of_squares == pytest.approx(2 * found.cost, rel=1e-6)
    assert fit.reason in (None, "wide")


@pytest.mark.parametrize("curve", ["bass", "generalised_bass", "logistic", "gompertz", "richards"])
def test_values_that_say_nothing_leave_the_priors(curve: str) -> None:
    priors = around(curve, 0.3, off=1.0)
    form = FORMS[curve]
    deaf = posterior_mode(curve, YEARS, exact(curve), priors=priors, error=1e6, **extra(curve))
    none = posterior_mode(curve, [], [], priors=priors, error=0.1, **extra(curve))
    one = posterior_mode(curve, YEARS[:1], exact(curve)[:1], priors=priors, error=0.1, **extra(curve))
    for fit in (deaf, none, one):
        for name in form.names[1:]:
            prior, slope = priors[name], 1.0 if name in form.plain else fit.estimates[name]
            expected = prior.mean if name in form.plain else math.exp(prior.mean)
            assert fit.estimates[name] == pytest.approx(expected, rel=1e-6), name
            assert fit.standard_errors[name] == pytest.approx(prior.sd * slope, rel=1e-5), name
    assert (none.reason, one.reason) == ("prior_only", "prior_only")
    assert "too few points (1) to learn from: this is the prior" in repr(one)
    assert one.at(YEARS[:1]) == pytest.approx(exact(curve)[:1])
    assert math.isnan(estimates(none)[0])
    with pytest.raises(ValueError, match=r"nothing can be drawn: too few points \(0\)"):
        none.forecast([3], count=16, seed=0)


def test_one_value_beside_a_prior_of_the_size_is_not_looked_at() -> None:
    priors = {**BASS, "market": Prior(math.log(5e4), 0.4)}
    for times, values in (([], []), ([1.0], [840.0])):
        fit = posterior_mode("bass", times, values, priors=priors, error=0.25)
        assert estimates(fit) == pytest.approx([5e4, 0.0135, 0.306])
        assert fit.reason == "prior_only"
        assert np.isfinite(fit.forecast([5, 6], count=16, seed=0)).all()


def test_two_values_are_weighed_with_the_priors_as_bayes_has_it() -> None:
    """With its speed known a Gompertz curve is linear in logs, so that the law around the mode is exact."""
    times, logs, error, speed = np.arange(4.0), np.array([6.0, 6.3, 6.45, 6.7]), 0.12, 0.2
    priors = {"gap": Prior(1.6, 0.5), "speed": Prior(math.log(speed), 1e-7), "ceiling": Prior(7.2, 0.6)}
    fit = posterior_mode("gompertz", times, np.exp(logs), priors=priors, error=error)
    rows = np.stack([np.ones(4), -np.exp(-speed * times)], axis=1)
    precision = rows.T @ rows / error**2 + np.diag([0.6**-2, 0.5**-2])
    mean = np.linalg.solve(precision, rows.T @ logs / error**2 + np.array([7.2 / 0.6**2, 1.6 / 0.5**2]))
    spread = np.linalg.inv(precision)
    assert [math.log(fit.estimates["ceiling"]), fit.estimates["gap"]] == pytest.approx(mean, rel=1e-6)
    scales = np.array([fit.estimates["ceiling"], 1.0])
    np.testing.assert_allclose(fit.covariance[:2, :2], spread * np.outer(scales, scales), rtol=1e-5)


def test_draws_have_the_law_of_the_fit() -> None:
    fit = posterior_mode("bass", YEARS[:7], VCR[:7], priors=BASS, error=0.25)
    drawn = fit.draws(40_000, seed=1)
    logs = np.log(np.stack(list(drawn.values())))
    scales = np.array(estimates(fit))
    np.testing.assert_allclose(np.cov(logs), fit.covariance / np.outer(scales, scales), rtol=0.05)
    np.testing.assert_allclose(logs.mean(axis=1), np.log(scales), atol=0.02)
    np.testing.assert_array_equal(drawn["market"], fit.draws(40_000, seed=1)["market"])
    assert (drawn["market"] != fit.draws(40_000, seed=2)["market"]).all()


def test_a_forecast_is_the_curve_of_the_draws_with_its_error() -> None:
    tight = posterior_mode("gompertz", YEARS, exact("gompertz"), priors=around("gompertz", 1e-5), error=0.12)
    later = np.arange(13.0, 17.0)
    draws = tight.forecast(later, count=20_000, seed=0)
    assert draws.shape == (4, 20_000)
    np.testing.assert_allclose(draws.mean(axis=1), np.log(exact("gompertz", later)), atol=0.01)
    # The error of a year, and that of the mean of twelve which set the size; years do not share the first.
    np.testing.assert_allclose(draws.std(axis=1), 0.12 * math.sqrt(1 + 1 / 12), rtol=0.02)
    assert np.mean((draws[0] - draws[0].mean()) * (draws[1] - draws[1].mean())) / draws.var() == pytest.approx(
        1 / 13, abs=0.03
    )


@pytest.mark.parametrize("curve", ["bass", "generalised_bass", "logistic", "gompertz", "richards"])
def test_fewer_points_widen_the_forecast_and_more_points_bring_it_to_the_truth(curve: str) -> None:
    widths, misses = [], []
    for count in (2, 4, 6, 9, 12):
        priors = around(curve, 0.4, off=1.0)
        fit = posterior_mode(curve, YEARS[:count], exact(curve)[:count], priors=priors, error=0.05, **extra(curve))
        draws = fit.forecast([14], count=4000, seed=0)
        widths.append(draws.std())
        misses.append(abs(np.median(draws) - math.log(exact(curve, np.array([14.0]))[0])))
    assert widths == sorted(widths, reverse=True)
    assert misses[-1] < 0.05
    assert misses[-1] < misses[0]


def test_a_posterior_mode_in_another_unit_moves_only_the_size() -> None:
    fit, tenfold = (posterior_mode("bass", YEARS[:5], f * VCR[:5], priors=BASS, error=0.25) for f in (1.0, 10.0))
    assert estimates(tenfold) == pytest.approx(np.array(estimates(fit)) * [10, 1, 1], rel=1e-7)
    first, second = (part.forecast([8], count=64, seed=3) for part in (fit, tenfold))
    np.testing.assert_allclose(second, first + math.log(10), rtol=1e-6)


@pytest.mark.parametrize("count", [2, 4, 6, 9])
def test_the_mode_is_the_highest_point_of_the_whole_plane(count: int) -> None:
    """A curve of three numbers may have several modes; a grid over the two that have priors finds no higher one."""
    fit = posterior_mode("bass", YEARS[:count], VCR[:count], priors=BASS, error=0.25)

    def cost(innovation: float, imitation: float) -> float:
        miss = np.log(VCR[:count] / shapes.bass_increments(YEARS[:count], 1.0, innovation, imitation)) / 0.25
        away = [(math.log(v) - BASS[n].mean) / BASS[n].sd for n, v in zip(BASS, (innovation, imitation), strict=True)]
        return float(((miss - miss.mean()) ** 2).sum() + np.square(away).sum())

    grid = [cost(p, q) for p in np.geomspace(1e-4, 0.5, 40) for q in np.geomspace(0.02, 3, 40)]
    assert cost(fit.estimates["innovation"], fit.estimates["imitation"]) <= min(grid)


def test_a_prior_too_wide_to_draw_from_is_refused_in_words() -> None:
    fit = posterior_mode("bass", [1], [5.0], priors=around("bass", 300.0), error=0.12)
    with pytest.raises(ValueError, match="so wide that some draws"):
        fit.forecast([3], count=64, seed=0)
    narrower = posterior_mode("bass", [1], [5.0], priors=around("bass", 20.0), error=0.12)
    with pytest.raises(ValueError, match="so wide that some draws"):
        narrower.forecast([30], count=64, seed=0)


# Bad input.


@pytest.mark.parametrize(
    ("times", "values", "words"),
    [
        ([1, 2, 3], [4.0, math.nan, 5.0], "value 2 is nan; leave a gap out"),
        ([1, 2, 3], [4.0, -1.0, 5.0], "value 2 is -1; a value must be"),
        ([1, 2, 2], [4.0, 5.0, 6.0], "each above the one before"),
        ([1, 2, math.inf], [4.0, 5.0, 6.0], "must be a list of numbers"),
        ([1, 2], [4.0, 5.0, 6.0], "each time needs one value"),
        ([0, 1], [4.0, 5.0], "this curve begins at 1"),
    ],
)
def test_bad_series_are_refused_by_both(times: list[float], values: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        least_squares("bass", times, values, start=parameters("bass"))
    with pytest.raises(ValueError, match=words):
        posterior_mode("bass", times, values, priors=BASS, error=0.25)


def test_a_year_without_sales_has_no_log_but_can_be_fitted_to() -> None:
    values = [0.0, *exact("bass")[1:]]
    with pytest.raises(ValueError, match="value 1 is 0; a value must be above 0, for its log is fitted"):
        posterior_mode("bass", YEARS, values, priors=BASS, error=0.25)
    assert least_squares("bass", YEARS, values, start=parameters("bass")).identified
    with pytest.raises(ValueError, match="no value above 0"):
        least_squares("bass", YEARS, np.zeros(12), start=parameters("bass"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"curve": "bas"}, "no curve 'bas'; the curves are logistic"),
        ({"priors": {"innovation": BASS["innovation"]}}, "no prior is given for imitation"),
        ({"priors": {**BASS, "q": BASS["imitation"]}}, "given for q; the curve has market"),
        ({"error": 0.0}, "the error of a log value is 0.0; it must be above 0"),
        ({"effort": [1.0, 1.0]}, "belongs to the curve generalised_bass"),
        ({"curve": "generalised_bass"}, "belongs to the curve generalised_bass"),
        ({"curve": "generalised_bass", "effort": [1.0, 0.0]}, "the effort is"),
        ({"curve": "generalised_bass", "effort": [1.0, 1.0]}, "known for years 1 to 2"),
    ],
)
def test_bad_questions_are_refused(change: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {"curve": "bass", "priors": BASS, "error": 0.25, **change}
    with pytest.raises(ValueError, match=words):
        posterior_mode(given.pop("curve"), YEARS[:3], VCR[:3], **given)


def test_bad_starts_are_refused() -> None:
    for start, words in (
        ({"market": 1.0}, "it must name market, innovation, imitation"),
        ({**parameters("bass"), "market": -1.0}, "start of market is -1.0; it must be a number above 0"),
        ({**parameters("bass"), "innovation": 1e-320, "imitation": 1e300}, "no number at its start"),
    ):
        with pytest.raises(ValueError, match=words):
            least_squares("bass", YEARS, exact("bass"), start=start)


def test_a_fit_without_priors_draws_nothing() -> None:
    fit = least_squares("bass", YEARS[:10], VCR, start=bass_start(VCR))
    with pytest.raises(ValueError, match="fit by the posterior mode"):
        fit.draws(16, seed=0)


def test_cumulative_figures_are_taken_apart_unless_they_fall() -> None:
    np.testing.assert_allclose(np.cumsum(increments(np.cumsum(VCR))), np.cumsum(VCR))
    assert increments([]).size == 0
    with pytest.raises(ValueError, match="value 3 does, to 25"):
        increments([10, 30, 25])
    with pytest.raises(ValueError, match="value 2 is nan"):
        increments([10, math.nan, 30])


@pytest.mark.parametrize("sales", [VCR[:1], VCR[:4], VCR[::-1], np.array([0.0, 0, 5, 9]), np.full(6, 3.0)])
def test_there_is_always_somewhere_to_start(sales: Array) -> None:
    start = bass_start(sales)
    assert all(math.isfinite(value) and value > 0 for value in start.values())
    assert bass_start(10 * sales) == pytest.approx({**start, "market": 10 * start["market"]}, rel=1e-6)


def test_nothing_sold_is_nowhere_to_start() -> None:
    with pytest.raises(ValueError, match="no sales"):
        bass_start([0, 0])


# Priors.


def test_priors_are_those_of_the_register_and_follow_a_scenario() -> None:
    laws = ty.load("baseline").laws
    assert registered_priors(laws, "trend") == {"growth": Prior(0.22, 0.1)}
    assert registered_priors(laws, "bass") == BASS
    assert registered_priors(laws, "generalised_bass") == BASS
    gompertz = registered_priors(laws, "gompertz")
    assert gompertz == {"gap": Prior(1.609, 0.5), "speed": Prior(math.log(0.16), 0.35)}
    other = {**laws, "curve.trend.growth": Normal(family="normal", mean=0.1, sd=0.2)}
    assert registered_priors(other, "trend") == {"growth": Prior(0.1, 0.2)}


def test_a_law_on_the_wrong_scale_is_no_prior() -> None:
    laws = ty.load("baseline").laws
    wrong = {**laws, "curve.gompertz.speed": Normal(family="normal", mean=0.16, sd=0.05)}
    with pytest.raises(ValueError, match=r"curve\.gompertz\.speed must be lognormal"):
        registered_priors(wrong, "gompertz")
    with pytest.raises(ValueError, match="no priors of logistic"):
        registered_priors(laws, "logistic")
    negative = {**laws, "curve.gompertz.gap": Normal(family="normal", mean=-0.5, sd=0.5)}
    with pytest.raises(ValueError, match="needs one above 0"):
        diffusion_priors(negative, "logistic")
    lognormal = {**laws, "curve.gompertz.gap": LogNormal(family="lognormal", median=1.6, sd_log=0.3)}
    with pytest.raises(ValueError, match=r"curve\.gompertz\.gap must be normal"):
        diffusion_priors(lognormal, "logistic")


@pytest.mark.parametrize("span", [GENERAL_PURPOSE, DURABLES])
def test_diffusion_takes_the_years_of_the_literature(span: tuple[float, float]) -> None:
    found = diffusion_priors(ty.load("baseline").laws, "richards", span=span)
    speed = found["speed"]
    slow, fast = (math.exp(speed.mean + z * speed.sd) for z in (-1.6448536, 1.6448536))
    assert (SPAN_10_90 / fast, SPAN_10_90 / slow) == pytest.approx(span, rel=1e-6)
    assert found["shape"].mean == 0
    if span == DURABLES:
        assert SPAN_10_90 / math.exp(speed.mean) == pytest.approx(11, abs=0.1)


def test_a_logistic_curve_starts_as_far_from_its_ceiling_as_the_gompertz_curve() -> None:
    laws = ty.load("baseline").laws
    gap, offset = registered_priors(laws, "gompertz")["gap"], diffusion_priors(laws, "logistic")["offset"]
    assert np.log1p(np.exp(offset.mean)) == pytest.approx(gap.mean)
    slope = np.exp(offset.mean) / (1 + np.exp(offset.mean))
    assert offset.sd * slope == pytest.approx(gap.sd)
    with pytest.raises(ValueError, match="the shorter comes first"):
        diffusion_priors(laws, "logistic", span=(30, 15))
    with pytest.raises(ValueError, match="not of bass"):
        diffusion_priors(laws, "bass")


def test_no_prior_is_a_point_or_no_number() -> None:
    for mean, sd in ((0.0, 0.0), (math.nan, 1.0), (0.0, math.inf)):
        with pytest.raises(ValueError, match="is no law"):
            Prior(mean, sd)


def test_shrinkage_learns_in_any_order_and_in_steps() -> None:
    prior = Prior(0.25, 0.1)
    whole = shrunk(prior, [0.35, 0.3, 0.22], [0.12, 0.2, 0.05])
    first = shrunk(prior, [0.22], [0.05])
    second = shrunk(Prior(first.mean, first.sd), [0.3, 0.35], [0.2, 0.12])
    assert (second.mean, second.sd) == pytest.approx((whole.mean, whole.sd))
    nothing = shrunk(prior, [], [])
    assert (nothing.mean, nothing.sd, nothing.weight) == pytest.approx((0.25, 0.1, 0.0))
    with pytest.raises(ValueError, match="sds above 0"):
        shrunk(prior, [0.3], [0.0])


def test_weights_of_models_ask_only_for_differences() -> None:
    weights = bic_weights([100.0, 104.0])
    np.testing.assert_allclose(bic_weights([1e6, 1e6 + 4]), weights)
    assert weights[0] / weights[1] == pytest.approx(math.exp(2))
    assert bic_weights([0.0, 1e6]).tolist() == [1.0, 0.0]
    with pytest.raises(ValueError, match="must be numbers"):
        bic_weights([])
