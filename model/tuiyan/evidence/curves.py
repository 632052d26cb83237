"""The reduced-form curves on the draws of a projection: same base year, same definition, no levers inside.

Their parameters and yearly errors come from streams of their own, so they move no number of the model. Two or more
yearly figures of one definition teach them; until then they are what the register believes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from tuiyan.draws.points import uniforms
from tuiyan.draws.quantiles import quantile
from tuiyan.equations import curve
from tuiyan.evidence.likelihood import UNIT
from tuiyan.evidence.priors import registered_priors, shrunk
from tuiyan.inputs.correlation import Pair, cholesky, pair
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.laws import Dirichlet, Fixed, Law, LogNormal, Normal
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.revisions import POINTS, latest
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.results import Projection

Array = NDArray[np.float64]
Years = dict[int, float]
BLOCK = "curve."
ERRORS = {"trend": 0.12, "gompertz": 0.12, "bass": 0.25}  # sd of a log figure around its curve (economics.md 8)
LEAST_FIGURES = 2
CURVES: Mapping[str, Callable[..., Array]] = {
    "trend": curve.trend,
    "gompertz": curve.gompertz,
    "bass": curve.bass,
    "no_change": curve.no_change,
}


@dataclass(frozen=True, slots=True)
class CurveLaws:
    """What is believed of the parameters of the curves.

    Attributes
    ----------
    laws
        By id of the register.
    correlations
        Of normal scores.
    definition, figures
        The figures that taught them, by year, and their definition; empty where none did.
    """

    laws: Mapping[str, Law]
    correlations: Mapping[Pair, float]
    definition: str = ""
    figures: tuple[int, ...] = ()


def curve_paths(projection: Projection) -> dict[str, Array]:
    """Log scale along every curve, on the draws of a projection.

    Parameters
    ----------
    projection
        Gives the drawn scale of 2017, the years, the number of draws and the seed; its levers stay outside.

    Returns
    -------
    curve to (years, draws), log of 亿元, in the definition of the base year

    References
    ----------
    economics.md, section 8.

    Examples
    --------
    >>> import tuiyan as ty
    >>> paths = curve_paths(ty.run(ty.load("baseline"), draws=64))
    >>> sorted(paths), paths["trend"].shape
    (['bass', 'gompertz', 'no_change', 'trend'], (14, 64))
    """
    scenario, draws = projection.scenario, projection.draws
    drawn = _parameters(scenario, curve_laws(scenario), draws=draws, seed=projection.seed)
    base, years = np.log(projection.parameter("base.scale")), len(projection.years)
    first = scenario.workspace.parameter_file.shocks["curve"].first
    shocks = ndtri(uniforms(range(first, first + years - 1), draws=draws, seed=projection.seed))
    shock = drawn[f"{BLOCK}shock"]

    def own(name: str) -> dict[str, Any]:
        start = f"{BLOCK}{name}."
        return {id_.removeprefix(start): value for id_, value in drawn.items() if id_.startswith(start)}

    return {name: function(base, years, shocks, **own(name), shock=shock) for name, function in CURVES.items()}


def _parameters(scenario: Scenario, believed: CurveLaws, *, draws: int, seed: int) -> dict[str, Any]:
    """Draws of every parameter of the curves, (draws,), or the number of one that is certain."""
    register = scenario.workspace.parameters
    random = sorted(
        (id_ for id_, law in believed.laws.items() if not isinstance(law, Fixed)),
        key=lambda id_: register[id_].stream or 0,
    )
    numbers = uniforms([register[id_].stream or 0 for id_ in random], draws=draws, seed=seed)
    scores = ndtri(numbers)
    factor = cholesky(random, believed.correlations)
    found: dict[str, Any] = {id_: law.value for id_, law in believed.laws.items() if isinstance(law, Fixed)}
    for row, id_ in enumerate(random):
        weights = factor[row]
        mixed = (
            ndtr(sum(weight * scores[k] for k, weight in enumerate(weights))) if any(weights[:row]) else numbers[row]
        )
        found[id_] = quantile(believed.laws[id_], mixed, register[id_].hard)
    return found


def curve_laws(scenario: Scenario) -> CurveLaws:
    """What is believed of the curves at the vintage of a scenario.

    Two or more yearly figures of one definition make the growth of the trend, the gap and the speed of the Gompertz
    curve and both coefficients of the Bass curve normal around their posterior mode. Figures of a definition whose
    levels give no growth (`no_growth`) teach nothing; nor do bounds. A curve whose laws a scenario made certain, or
    gave another form, keeps them.
    """
    laws = {id_: _one(law) for id_, law in scenario.laws.items() if id_.startswith(BLOCK)}
    pairs = {each: value for each, value in scenario.correlations.items() if laws.keys() >= set(each)}
    definition, figures = taught_by(scenario)
    if not definition:
        return CurveLaws(laws, pairs)
    for name, update in (("trend", _trend), ("gompertz", _gompertz), ("bass", _bass)):
        if all(isinstance(laws[f"{BLOCK}{name}.{key}"], Normal | LogNormal) for key in LEARNT[name]):
            new, correlation = update(scenario, figures)
            laws.update(_inside(scenario, new, figures))
            pairs.update(correlation)
    return CurveLaws(laws, pairs, definition, tuple(figures))


def _inside(scenario: Scenario, laws: Mapping[str, Law], figures: Years) -> Mapping[str, Law]:
    """Laws around a posterior mode, refused where its centre leaves the hard bounds of the register."""
    for id_ in laws:
        hard, centre = scenario.workspace.parameters[id_].hard, _middle(laws[id_])
        if centre not in hard:
            told = {"id": id_, "value": f"{centre:.3g}", "bounds": hard, "years": ", ".join(map(str, figures))}
            raise TuiyanError([Finding("E244", None, told)])
    return laws


LEARNT = {"trend": ("growth",), "gompertz": ("gap", "speed"), "bass": ("innovation", "imitation")}


def _one(law: Law | Yearly) -> Law:
    """The law of a parameter that keeps one over the years: those of the curves may not follow a path."""
    if isinstance(law, Yearly):
        raise TypeError("a parameter of a curve follows a path")
    return law


def taught_by(scenario: Scenario) -> tuple[str, Years]:
    """The definition with the most yearly figures known at the vintage, the home definition first, and its figures.

    Returns
    -------
    definition, year to 亿元; an empty definition where none has two
    """
    register = scenario.workspace.definition_file
    known = {scenario.home_definition, *(bridge.to for bridge in register.bridges)}
    found: dict[str, Years] = {}
    for fact in latest(each for each in visible(read_facts(scenario.workspace), scenario.as_of) if _tells(each)):
        if fact.definition in known and not register.definitions[fact.definition].no_growth:
            found.setdefault(fact.definition, {})[fact.year] = fact.value
    enough = {name: years for name, years in found.items() if len(years) >= LEAST_FIGURES}
    if not enough:
        return "", {}
    chosen = max(enough, key=lambda name: (len(enough[name]), name == scenario.home_definition, name))
    return chosen, dict(sorted(enough[chosen].items()))


def _tells(fact: Fact) -> bool:
    """Whether a fact is a yearly figure of a scale that may enter a fit."""
    return fact.in_fit and fact.unit == UNIT and fact.year >= BASE_YEAR and fact.qualifier in POINTS


def _trend(scenario: Scenario, figures: Years) -> tuple[dict[str, Law], dict[Pair, float]]:
    """Growth of the damped trend from the growth between figures; errors of the years between them add up."""
    phi = _centre(scenario, f"{BLOCK}trend.damping")
    years, logs = np.array(list(figures)), np.log(list(figures.values()))
    reach = np.array(
        [
            sum(phi ** (year - 1) for year in range(start + 1, end + 1))
            for start, end in zip(years[:-1] - BASE_YEAR, years[1:] - BASE_YEAR, strict=True)
        ]
    )
    prior = registered_priors(scenario.laws, "trend")["growth"]
    found = shrunk(prior, np.diff(logs) / reach, ERRORS["trend"] * np.sqrt(np.diff(years)) / reach)
    return {f"{BLOCK}trend.growth": Normal(family="normal", mean=found.mean, sd=found.sd)}, {}


def _gompertz(scenario: Scenario, figures: Years) -> tuple[dict[str, Law], dict[Pair, float]]:
    """Gap and speed of the Gompertz curve; its level is free."""
    times = [float(year - BASE_YEAR) for year in figures]
    return _fitted(scenario, "gompertz", times, figures)


def _bass(scenario: Scenario, figures: Years) -> tuple[dict[str, Law], dict[Pair, float]]:
    """Innovation and imitation of the Bass curve, at the centre of its age; its market is free."""
    age = _centre(scenario, f"{BLOCK}bass.age")
    return _fitted(scenario, "bass", [age + year - BASE_YEAR for year in figures], figures)


def _fitted(
    scenario: Scenario, name: str, times: list[float], figures: Years
) -> tuple[dict[str, Law], dict[Pair, float]]:
    """Laws around the posterior mode, on the scale of fitting, with the correlation of its two parameters."""
    from tuiyan.evidence.fits import posterior_mode

    fit = posterior_mode(
        name, times, list(figures.values()), priors=registered_priors(scenario.laws, name), error=ERRORS[name]
    )
    ids = [f"{BLOCK}{name}.{key}" for key in LEARNT[name]]
    laws: dict[str, Law] = {}
    spread: list[float] = []
    for key, id_ in zip(LEARNT[name], ids, strict=True):
        value, error = fit.estimates[key], fit.standard_errors[key]
        plain = isinstance(scenario.laws[id_], Normal)
        spread.append(error)
        laws[id_] = (
            Normal(family="normal", mean=value, sd=error)
            if plain
            else LogNormal(family="lognormal", median=value, sd_log=error / value)
        )
    covariance = float(fit.covariance[-2, -1])
    return laws, {pair(ids[0], ids[1]): covariance / math.prod(spread)}


def _centre(scenario: Scenario, id_: str) -> float:
    """The central argument of the law of one number."""
    return _middle(_one(scenario.laws[id_]))


def _middle(law: Law) -> float:
    """The central argument of a law of one number."""
    if isinstance(law, Dirichlet):
        raise TypeError("a law of several numbers has no single centre")
    return float(np.asarray(law.centre))
