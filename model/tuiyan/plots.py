"""Plots of what a user holds: each is ``f(result, *, lang=None, ax=None) -> Axes`` and changes no global setting.

They draw with the figures of the report; inside `look` they have its fonts too, which hold the Chinese characters.

>>> import tuiyan as ty
>>> held = ty.sensitivity(ty.load("announced"), method="tornado", draws=64)
>>> with ty.plots.look():
...     axes = ty.plots.tornado(held, lang="en")
>>> axes.get_xlabel()
'probability: R01'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tuiyan.grids import shown_unit
from tuiyan.inputs.units import unit_name
from tuiyan.reporting import figures, figures_decide, figures_explain
from tuiyan.reporting.figures import LEVELS
from tuiyan.reporting.style import look
from tuiyan.wording import LANGUAGES, Text, preferred, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tuiyan.analysis.attribution import Attribution
    from tuiyan.analysis.choice import Regret
    from tuiyan.analysis.growth import Contributions
    from tuiyan.analysis.packages import Frontier
    from tuiyan.analysis.rules import Rules
    from tuiyan.analysis.sensitivity import Sensitivity
    from tuiyan.results import Projection

__all__ = ["fan", "frontier", "growth", "look", "regret", "sobol", "tornado", "trade_off", "waterfall"]


def fan(found: Projection, name: str = "scale.total", *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Median, 50 % and 90 % band of one series over the years, in its stored unit."""
    found.quantile(name, 0.5, found.years[0])  # refuses a name that is not there
    values = np.quantile(found[name], LEVELS, axis=-1)
    data = figures.Fan(found.scenario.id, found.scenario.title, found.years, values)
    spoken = lang or preferred()
    ax = figures.fan(data, lang=spoken, ax=ax)
    ax.set_ylabel(f"{name} ({unit_name(found.unit(name), spoken)})")
    return ax


def waterfall(found: Attribution, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """From the base to the alternative by parts; of what is no probability from nothing, in hundredths."""
    spoken, chance = lang or preferred(), found.outcome.kind == "probability"
    start = found.before.value if chance else 0.0
    levels = (start, start + found.total.value)
    factor = 1.0 if chance else 100.0

    def shown(value: float, *, signed: bool) -> Text:
        text = f"{value:+.3g}" if signed else f"{value:.3g}"
        return Text(text, text)

    steps = tuple(
        figures_explain.Step(
            part.label, factor * part.value.value, factor * part.net.value if part.net else None,
            shown(100 * part.value.value, signed=True),
        )
        for part in found.parts
    )  # fmt: skip
    ends = [
        figures_explain.End(Text(id_, id_), factor * level, shown(factor * level, signed=False), id_)
        for id_, level in zip((found.base, found.alternative), levels, strict=True)
    ]
    title = Text(*(found.outcome.label[each] for each in LANGUAGES))
    data = figures_explain.Waterfall(title, ends[0], steps, ends[1])
    ax = figures_explain.waterfall(data, lang=spoken, ax=ax, span=figures_explain.reach([data]))
    ax.set_xlabel(_named(found.outcome.name, spoken) if chance else shown_unit(found.outcome.unit, spoken))
    return ax


def growth(found: Contributions, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Contributions to the growth of each year as stacked bars, in per cent (log points)."""
    values = np.array([[each.value for each in row] for row in found.yearly.values()])
    totals = np.array([each.value for each in found.growth])
    names = tuple(found.label(block) for block in found.yearly)
    data = figures_explain.Stack(names, found.years, 100 * values, 100 * totals)
    spoken = lang or preferred()
    ax = figures_explain.growth_bars(data, lang=spoken, ax=ax)
    ax.set_ylabel(say("report.F3.axis", spoken))
    return ax


def tornado(found: Sensitivity, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """The outcome with one input at its 5 and its 95 % quantile.

    Raises
    ------
    ValueError
        For the result of another method.
    """
    _of_method(found, "tornado")
    spoken = lang or preferred()
    bars = [figures_decide.Bar(row.label, row.values["low"], row.values["high"]) for row in found.rows]
    ax = figures_decide.tornado(bars, found.at.value, lang=spoken, ax=ax)
    ax.legend()
    ax.set_xlabel(_named(found.outcome.name, spoken))
    return ax


def sobol(found: Sensitivity, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Shares of the variance by group, alone and with interactions; groups without any influence are left out.

    Raises
    ------
    ValueError
        For the result of another method.
    """
    _of_method(found, "sobol")
    groups = []
    for row in found.rows:
        first, total = (
            (row.values[name], row.values[f"{name}_low"], row.values[f"{name}_high"]) for name in ("first", "total")
        )
        if any(total):
            groups.append(figures_decide.Share(row.label, first, total))
    ax = figures_decide.shares(groups, lang=lang or preferred(), ax=ax)
    ax.legend()
    return ax


def trade_off(found: Rules, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Coverage against density of the boxes of a discovery, the chosen one marked."""
    path = tuple(figures_decide.Spot(step.coverage, step.density, step.restricted) for step in found.trajectory)
    chosen = figures_decide.Spot(found.coverage.value, found.density.value, len(found.restrictions))
    data = figures_decide.TradeOff(path, chosen, found.threshold)
    ax = figures_decide.trade_off(data, lang=lang or preferred(), ax=ax)
    ax.legend()
    return ax


def frontier(found: Frontier, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Cost of the cheapest packages against their probability, with two standard errors."""
    spoken = lang or preferred()
    reached = [each for each in found.packages if each.status == "reached"]
    offers = [
        figures_decide.Offer(each.probability.value, each.cost.value, each.cost.standard_error) for each in reached
    ]
    none, full, best = (
        figures_decide.Offer(chance.value, cost)
        for chance, cost in zip((found.none, found.full, found.best), found.end_costs, strict=True)
    )
    data = figures_decide.Front(tuple(offers), none, full, best, f"{found.most:g}", ())
    ax = figures_decide.front(data, lang=spoken, ax=ax)
    ax.legend()
    ax.set_xlabel(_named(found.goal, spoken))
    return ax


def regret(found: Regret, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Regrets of packages in states as a map of numbers, in hundredths; the minimax row is framed."""
    values = 100 * np.array([[cell.value for cell in row] for row in found.regret])
    data = figures_decide.Heat(found.label, found.titles, found.state_titles, values, found.chosen)
    return figures_decide.heat(data, lang=lang or preferred(), ax=ax)


def _of_method(found: Sensitivity, method: str) -> None:
    """Refuse the result of another method."""
    if found.method != method:
        raise ValueError(f"this is a result of {found.method}; ask sensitivity(..., method={method!r})")


def _named(outcome: str, lang: str) -> str:
    """A probability and whose it is."""
    return say("plot.probability", lang, name=outcome)
