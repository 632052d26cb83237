"""What the operations of a scenario do to a law: ``set``, ``add``, ``scale``, ``widen``, now or over years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tuiyan.inputs.laws import Beta, Dirichlet, Fixed, Law, LogNormal, Normal, Triangular
from tuiyan.inputs.paths import Path, Yearly, notation, on_path, shown
from tuiyan.inputs.scenario_schema import Change
from tuiyan.inputs.variables import BASE_YEAR


def operate(law: Law | Yearly, change: Change, horizon: int) -> Law | Yearly | None:
    """The law after one change; None where the family has no such operation.

    Parameters
    ----------
    law
        The parent's.
    horizon
        Last year of the scenario, for paths.

    Examples
    --------
    >>> from tuiyan.wording import Text
    >>> why = Text("试", "trial")
    >>> operate(Fixed(family="fixed", value=2.0), Change(add=0.5, because=why, grade="judgement"), 2030)
    Fixed(family='fixed', value=2.5)
    """
    if isinstance(change.set, Path):
        laws = on_path(change.set, change.between, horizon, lambda year: _at(law, year))
        return Yearly(laws, notation(change.set, change.between))
    if change.set is not None:
        return Fixed(family="fixed", value=change.set) if isinstance(change.set, (int, float, tuple)) else change.set
    moved: Law | Yearly | None = law
    for amount, move, neutral, sign in ((change.add, shifted, 0.0, "+"), (change.scale, scaled, 1.0, "×")):
        if amount is not None and moved is not None:
            moved = _moved(moved, amount, move, neutral, change, horizon)
            if isinstance(moved, Yearly):
                told = notation(amount, change.between) if isinstance(amount, Path) else f"{amount:g}"
                moved = replace(moved, text=f"{shown(law)} {sign} {told}")
    if change.widen is not None and moved is not None:
        moved = _each(moved, lambda each: widened(each, change.widen or 1.0))
        if isinstance(moved, Yearly):
            moved = replace(moved, text=f"{shown(law)} ±{change.widen:g}")
    return moved


def _at(law: Law | Yearly, year: int) -> Law:
    """The law of a year."""
    return law.at(year) if isinstance(law, Yearly) else law


def _each(law: Law | Yearly, move: Callable[[Law], Law | None]) -> Law | Yearly | None:
    """`move` on a law, or on that of each year."""
    if not isinstance(law, Yearly):
        return move(law)
    found = [each for each in map(move, law.laws) if each is not None]
    return Yearly(tuple(found)) if len(found) == len(law.laws) else None


def _moved(
    law: Law | Yearly,
    amount: float | Path,
    move: Callable[[Law, float], Law | None],
    neutral: float,
    change: Change,
    horizon: int,
) -> Law | Yearly | None:
    """A law moved by an amount, which may change over years."""
    if not isinstance(amount, Path):
        return _each(law, lambda each: move(each, amount))
    amounts = on_path(amount, change.between, horizon, lambda _: Fixed(family="fixed", value=neutral))
    steps = enumerate(step.declared()[0] for step in amounts)
    found = [move(_at(law, BASE_YEAR + year), by) for year, by in steps]
    laws = tuple(each for each in found if each is not None)
    return Yearly(laws) if len(laws) == len(found) else None


def shifted(law: Law, by: float) -> Law | None:
    """A fixed, normal or triangular law moved by `by`; other families have no shift."""
    if isinstance(law, Fixed):
        values = tuple(value + by for value in law.declared())
        return Fixed(family="fixed", value=values if isinstance(law.value, tuple) else values[0])
    if isinstance(law, Normal):
        return law.model_copy(update={"mean": law.mean + by})
    if isinstance(law, Triangular):
        return Triangular(family="triangular", low=law.low + by, mode=law.mode + by, high=law.high + by)
    return None


def scaled(law: Law, by: float) -> Law | None:
    """A law multiplied by `by` > 0; of a lognormal, its median."""
    if isinstance(law, Fixed):
        values = tuple(value * by for value in law.declared())
        return Fixed(family="fixed", value=values if isinstance(law.value, tuple) else values[0])
    if isinstance(law, Normal):
        return Normal(family="normal", mean=law.mean * by, sd=law.sd * by)
    if isinstance(law, LogNormal):
        return law.model_copy(update={"median": law.median * by})
    if isinstance(law, Triangular):
        return Triangular(family="triangular", low=law.low * by, mode=law.mode * by, high=law.high * by)
    return None


def widened(law: Law, by: float) -> Law | None:
    """A law whose spread around its centre is multiplied by `by` > 0; what is fixed has none.

    Normal and lognormal: the standard deviation. Triangular: the distances of both ends from the mode. Beta: the
    standard deviation at the same mean. Dirichlet: the standard deviation of the shares, nearly.
    """
    if isinstance(law, Normal):
        return law.model_copy(update={"sd": law.sd * by})
    if isinstance(law, LogNormal):
        return law.model_copy(update={"sd_log": law.sd_log * by})
    if isinstance(law, Triangular):
        low, high = law.mode - (law.mode - law.low) * by, law.mode + (law.high - law.mode) * by
        return law.model_copy(update={"low": low, "high": high})
    if isinstance(law, Beta):
        size = (law.a + law.b + 1) / by**2 - 1
        return Beta(family="beta", a=law.centre * size, b=(1 - law.centre) * size) if size > 0 else None
    if isinstance(law, Dirichlet):
        size = (law.concentration + 1) / by**2 - 1
        return Dirichlet(family="dirichlet", concentration=size, shares=law.shares) if size > 0 else None
    return None
