"""What can be edited, from the declarations: one field for each lever and parameter, each in one tab.

A field shows one number, the central value of its law: the value of what is certain, the mean of a normal law, the
median of a lognormal one, the mode of a triangular one, the mean of a beta law. To move it is to `set` the same law
around another centre, because then the file says the number that the control shows. A normal law keeps its deviation,
a lognormal one its deviation of logs, a beta law the sum a + b; a triangular law that starts at zero or above is
stretched (zero stays zero), one that crosses zero is shifted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tuiyan.inputs.bounds import Interval
from tuiyan.inputs.laws import Dirichlet, Fixed, Law
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.resolving import CERTAIN, PATHLESS, WHOLE
from tuiyan.inputs.scenario import Scenario
from tuiyan.wording import Text

LEVER = "levers"
# Which tab holds which blocks of the register; the levers themselves head the first.
TABS: Mapping[str, tuple[str, ...]] = {
    "levers": (LEVER, "policy", "lever"),
    "demand": ("base", "macro", "demand", "scope"),
    "supply": ("supply", "stocks", "balance", "scale", "curve"),
    "adoption": ("adoption",),
    "productivity": ("productivity", "jcurve", "gdp"),
    "firms": ("firms", "pipeline"),
}
SHARES = "base.segment_share"
STEPS, DIGITS = 100, 12
COUNTED = ("count", "firms")  # units of what comes in whole numbers


@dataclass(frozen=True, slots=True)
class Field:
    """One lever or parameter as a control needs it.

    Attributes
    ----------
    form
        ``number`` (one number moves it), ``list`` (several numbers) or ``shares`` (of the segments).
    low, high, step
        Range and step of the slider: the soft bounds, or the hard ones, narrowed to what keeps the law inside them.
        What lies outside can be typed, and is judged by the rules of files.
    yearly
        Whether it may follow a path over years.
    """

    id: str
    block: str
    label: Text
    unit: str
    form: str
    low: float
    high: float
    step: float
    yearly: bool

    @property
    def kind(self) -> str:
        """The block of a scenario file that a change of it stands in."""
        return LEVER if self.block in (LEVER, "policy") else "uncertain"

    @property
    def decimals(self) -> int:
        """Decimals of the step."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))


def tab_of(block: str) -> str:
    """The tab in which a block stands.

    Examples
    --------
    >>> tab_of("stocks")
    'supply'
    """
    return next(tab for tab, blocks in TABS.items() if block in blocks)


def fields_of(scenario: Scenario) -> dict[str, Field]:
    """Every field by id: levers first, then the register in its order."""
    effort = scenario.workspace.lever_file.effort
    found = {
        key: _field(scenario, key, LEVER, (effort.hard, effort.soft), Fixed(family="fixed", value=0.0))
        for key in scenario.workspace.levers
    }
    for id_, parameter in scenario.workspace.parameters.items():
        bounds = (parameter.hard, parameter.soft or parameter.hard)
        found[id_] = _field(scenario, id_, id_.partition(".")[0], bounds, parameter.law)
    return found


def _field(scenario: Scenario, id_: str, block: str, bounds: tuple[Interval, Interval], law: Law) -> Field:
    """One field."""
    listed = isinstance(law, Fixed) and isinstance(law.value, tuple)
    form = "shares" if isinstance(law, Dirichlet) else "list" if listed else "number"
    low, high, step = (0.0, 1.0, 0.01) if form != "number" else _range(scenario, id_, bounds, law)
    yearly = form == "number" and not id_.startswith(PATHLESS)
    return Field(id_, block, scenario.label(id_), scenario.unit(id_), form, low, high, step, yearly)


def _range(scenario: Scenario, id_: str, bounds: tuple[Interval, Interval], law: Law) -> tuple[float, float, float]:
    """Range and step of a slider: whole numbers for what is counted, else a round step in about a hundred."""
    hard, soft = bounds
    if id_ in scenario.levers:
        return hard.low, hard.high, 0.01
    centre, ends = centre_of(law), law.declared()
    if scales(law):
        low, high = (centre * soft.low / ends[0] if ends[0] else 0.0), centre * soft.high / ends[-1]
    else:
        low, high = soft.low + centre - min(ends), soft.high + centre - max(ends)
    if id_ == "policy.start":
        return low, float(scenario.horizon), 1.0
    if not math.isfinite(high):
        high = 2 * centre
    if not math.isfinite(low):
        low = 0.0
    low, high = min(low, centre), max(high, centre)
    whole = id_ in WHOLE or id_ in CERTAIN or bool(hard.members) or scenario.unit(id_) in COUNTED
    step = 1.0 if whole else nice((high - low) / STEPS)
    low, high = round(math.ceil(low / step - 1e-9) * step, DIGITS), round(math.floor(high / step + 1e-9) * step, DIGITS)
    if not _fits(law, low, hard):
        low = round(low + step, DIGITS)
    if not _fits(law, high, hard):
        high = round(high - step, DIGITS)
    return low, high, step


def _fits(law: Law, centre: float, hard: Interval) -> bool:
    """Whether a law around a centre is one, inside hard bounds that may be open."""
    if law.family == "beta":
        return 0 < centre < 1
    if scales(law):
        return centre > 0 and all(each * centre / centre_of(law) in hard for each in law.declared())
    return all(each + centre - centre_of(law) in hard for each in law.declared())


def nice(size: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is no more than `size`.

    Examples
    --------
    >>> nice(0.0034), nice(0.7), nice(50)
    (0.002, 0.5, 50.0)
    """
    power = math.floor(math.log10(size) + 1e-9)
    lead = next(each for each in (5, 2, 1) if each * 10.0**power <= size * (1 + 1e-9))
    return float(f"{lead}e{power}")


def centre_of(law: Law) -> float:
    """The central value of a law of one number."""
    centre = law.centre if not isinstance(law, Dirichlet) else math.nan
    return math.nan if isinstance(centre, tuple) else float(centre)


def law_of(scenario: Scenario, id_: str) -> Law | Yearly:
    """The law of a parameter, or the effort of a lever as a law of one value."""
    if id_ not in scenario.levers:
        return scenario.laws[id_]
    effort = scenario.levers[id_]
    return effort if isinstance(effort, Yearly) else Fixed(family="fixed", value=effort)


def value_of(scenario: Scenario, id_: str) -> float:
    """What a control shows: the central value; of a path, that of the horizon."""
    law = law_of(scenario, id_)
    return centre_of(law.at(scenario.horizon) if isinstance(law, Yearly) else law)


def numbers_of(scenario: Scenario, id_: str) -> tuple[float, ...]:
    """The numbers of a list, or the central shares of the segments."""
    law = law_of(scenario, id_)
    if isinstance(law, Dirichlet):
        return law.around(scenario.workspace.tables.segments.share)
    return law.declared()


def around(law: Law, centre: float) -> Any:
    """A law with another centre, as a scenario file writes it: a number for what is certain.

    Examples
    --------
    >>> from tuiyan.inputs.laws import Triangular
    >>> around(Triangular(family="triangular", low=0.1, mode=0.2, high=0.3), 0.3)
    {'family': 'triangular', 'low': 0.15, 'mode': 0.3, 'high': 0.45}
    """
    if isinstance(law, Fixed):
        return centre
    written = law.model_dump(exclude_none=True)
    if law.family == "beta":
        size = law.a + law.b
        return {**written, "a": _clean(centre * size), "b": _clean((1 - centre) * size)}
    if law.family == "triangular":
        ends = (law.low, law.high)
        low, high = (
            (each * centre / law.mode for each in ends) if scales(law) else (each + centre - law.mode for each in ends)
        )
        return {**written, "low": _clean(low), "mode": centre, "high": _clean(high)}
    return {**written, {"normal": "mean", "lognormal": "median"}[law.family]: centre}


def scales(law: Law) -> bool:
    """Whether a law is stretched with its centre: a triangular one that starts at zero or above; others are shifted."""
    return law.family == "triangular" and law.low >= 0 and law.mode > 0


def _clean(value: float) -> float:
    """A sum without the dust of binary fractions."""
    return float(f"{value:.{DIGITS}g}")


def balanced(shares: tuple[float, ...], place: int, share: float, least: float) -> tuple[float, ...]:
    """Shares with one of them changed and the others in their proportions, summing to exactly 1 in ten-thousandths.

    Parameters
    ----------
    least
        No share falls below it; `share` itself stops where the others would.

    Examples
    --------
    >>> balanced((0.5, 0.25, 0.25), 0, 0.2, 0.01)
    (0.2, 0.4, 0.4)
    """
    unit = 10_000
    floor = math.ceil(least * unit - 1e-9)
    others = [each for each in range(len(shares)) if each != place]
    wanted = min(max(round(share * unit), floor), unit - floor * len(others))
    rest, before = unit - wanted, sum(shares[each] for each in others)
    counts = {each: max(floor, round(rest * shares[each] / before)) for each in others}
    while gap := rest - sum(counts.values()):  # what rounding and the floor left, to the largest
        largest = max(others, key=lambda each: counts[each])
        counts[largest] = max(floor, counts[largest] + gap)
    return tuple((wanted if each == place else counts[each]) / unit for each in range(len(shares)))
