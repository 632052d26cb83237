"""Two scenarios on the same draws, or the reason why they cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from tuiyan.analysis.paired import Ensemble, ensemble_of
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.results import Projection
from tuiyan.wording import both

DRAWS = 8192
Run = Scenario | Projection


@dataclass(frozen=True, slots=True)
class Pair:
    """A base and an alternative, drawn alike."""

    base: Ensemble
    alternative: Ensemble

    @property
    def draws(self) -> int:
        """Draws of each."""
        return self.base.draws

    @property
    def seed(self) -> int:
        """Master seed of both."""
        return self.base.seed

    def to(self, year: int) -> tuple[Ensemble, Ensemble]:
        """Both, run no further than a year."""
        return self.base.until(year), self.alternative.until(year)


def pair_of(
    base: Run, alternative: Run, *, draws: int | None = None, seed: int | None = None, horizons: bool = True
) -> Pair:
    """Pair two scenarios or projections.

    Parameters
    ----------
    horizons
        Whether both must have the same horizon.

    Raises
    ------
    TuiyanError
        As `check_pair`; for draws or a seed given beside projections that have others.
    """
    here, there = scenario_of(base), scenario_of(alternative)
    runs = [each for each in (base, alternative) if isinstance(each, Projection)]
    settings = {(each.draws, each.seed) for each in runs}
    if len(settings) > 1:
        raise TuiyanError([Finding("E148", None)])
    known = next(iter(settings), (DRAWS, 0))
    chosen = (known[0] if draws is None else draws, known[1] if seed is None else seed)
    if settings and chosen != known:
        raise TuiyanError([Finding("E148", None)])
    (check_pair if horizons else check_definition)(here, there)
    return Pair(*(ensemble_of(each, draws=chosen[0], seed=chosen[1]) for each in (here, there)))


def scenario_of(run: object) -> Scenario:
    """A scenario, or that of a projection.

    Raises
    ------
    TuiyanError
        For anything else, such as the id of a scenario.
    """
    if isinstance(run, Projection):
        return run.scenario
    if not isinstance(run, Scenario):
        raise TuiyanError([Finding("E154", None, {"wanted": both("kind.of.scenario"), "given": repr(run)})])
    return run


def projection_of(run: object) -> Projection:
    """A projection.

    Raises
    ------
    TuiyanError
        For anything else, such as a scenario that was not run.
    """
    if not isinstance(run, Projection):
        raise TuiyanError([Finding("E154", None, {"wanted": both("kind.of.projection"), "given": repr(run)})])
    return run


def check_pair(base: Scenario, alternative: Scenario) -> None:
    """Refuse two scenarios whose numbers do not mean the same.

    Raises
    ------
    TuiyanError
        For different horizons, and for base-year scales in different statistical definitions.
    """
    if base.horizon != alternative.horizon:
        years = {"one": base.id, "first": base.horizon, "other": alternative.id, "second": alternative.horizon}
        raise TuiyanError([Finding("E186", None, years)])
    check_definition(base, alternative)


def check_definition(base: Scenario, alternative: Scenario) -> None:
    """Refuse two scenarios whose base-year scales are in different statistical definitions, or learned differently.

    Raises
    ------
    TuiyanError
        Naming both.
    """
    if base.learned is not alternative.learned:
        raise TuiyanError([Finding("E256", None, {"one": base.id, "other": alternative.id})])
    if base.home_definition != alternative.home_definition:
        known = {"one": base.id, "first": base.home_definition, "other": alternative.id}
        days = {"second": alternative.home_definition, "as_of": base.as_of}
        raise TuiyanError([Finding("E187", None, known | days)])
