"""What scenario discovery found: the box, its limits in words, and one sentence about it."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tuiyan.estimates import Estimate
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.units import money, named_unit
from tuiyan.wording import LANGUAGES, Text, both, catalogue, preferred

if TYPE_CHECKING:
    import pandas as pd

SHOCK_UNIT = "standard deviations"
FRACTIONS = ("share", "probability")
WHOLE = ("count", "firms", "units")
BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")  # Chinese has no space between characters


class Step(NamedTuple):
    """One box of the trajectory: coverage, density and mass as shares, and the number of restricted inputs."""

    coverage: float
    density: float
    mass: float
    restricted: int


@dataclass(frozen=True, slots=True)
class Restriction:
    """One input of the box.

    Attributes
    ----------
    low, high
        Limits in `unit`, themselves inside; None where there is none.
    p_value
        Quasi p-value of Bryant and Lempert: how likely the density would be as high if this input were free.
    prior_share
        Share of all futures within these limits alone.
    """

    id: str
    label: Text
    unit: str
    low: float | None
    high: float | None
    p_value: float
    prior_share: float

    @property
    def condition(self) -> Text:
        """The limits as part of a sentence."""
        short = f"discovery.name.{self.id}"
        name = both("discovery.the", name=both(short) if short in catalogue() else self.label)
        return self._limits({"low": "above", "high": "below", "both": "between"}, name=name)

    @property
    def limits(self) -> Text:
        """The limits with their unit, for a table."""
        return self._limits({"low": "least", "high": "most", "both": "range"})

    def _limits(self, words: dict[str, str], **values: Text) -> Text:
        which = "low" if self.high is None else "high" if self.low is None else "both"
        ends = {key: amount(end, self.unit) for key, end in (("low", self.low), ("high", self.high)) if end is not None}
        found = both(f"discovery.{words[which]}", **values, **ends)
        return Text(BETWEEN_HAN.sub("", found.zh), found.en)


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """What a classification tree of depth 3 says of the same question.

    Attributes
    ----------
    inputs
        Ids of the inputs it splits on, the root's first.
    agreement
        Share of the futures of which box and tree say the same; the tree by the majority of a leaf.
    leaves
        Share of all futures, and density, of each leaf.
    """

    inputs: tuple[str, ...]
    agreement: float
    leaves: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Rules:
    """In which futures a goal is missed (or met).

    Standard errors are those of the box as it is, over the 16 batches; that it was chosen on the same draws is not in
    them.

    Attributes
    ----------
    register, goal
        Register id and statement.
    missed
        Whether the futures of interest are those that miss the goal, or those that meet it.
    base_rate
        Share of all futures that are of interest.
    coverage, density
        Share of the futures of interest that the box holds; share of the box's futures that are of interest.
    mass
        Share of all futures in the box.
    trajectory
        Boxes of the peeling that the box comes from, before pasting; from all futures downwards.
    threshold, most
        Density asked for, and most restricted inputs.
    reached
        Whether the box has the density asked for; it is the densest found otherwise.
    """

    scenario: str
    draws: int
    seed: int
    register: str
    goal: Goal
    missed: bool
    base_rate: Estimate
    coverage: Estimate
    density: Estimate
    mass: float
    restrictions: tuple[Restriction, ...]
    trajectory: tuple[Step, ...]
    threshold: float
    most: int
    reached: bool
    check: CrossCheck

    @property
    def sentence(self) -> Text:
        """The finding in one sentence; percentages to the whole per cent."""
        found = ("found" if self.reached else "short") if self.restrictions else "all" if self.reached else "nothing"
        values: dict[str, object] = {
            "density": percent(self.density.value),
            "coverage": percent(self.coverage.value),
            "base": percent(self.base_rate.value),
            "threshold": percent(self.threshold),
            "most": self.most,
            "conditions": listed([each.condition for each in self.restrictions]),
        }
        return both(f"discovery.{found}.{'missed' if self.missed else 'met'}", **values)

    def frame(self) -> pd.DataFrame:
        """The restrictions, one row each.

        Returns
        -------
        DataFrame with columns input, label_zh, label_en, unit, low, high, p_value, prior_share; no limit is NaN
        """
        import pandas as pd

        rows = [
            (each.id, each.label.zh, each.label.en, each.unit, each.low, each.high, each.p_value, each.prior_share)
            for each in self.restrictions
        ]
        columns = ["input", "label_zh", "label_en", "unit", "low", "high", "p_value", "prior_share"]
        numbers = dict.fromkeys(columns[4:], float)
        return pd.DataFrame(rows, columns=columns).astype(numbers)

    def __repr__(self) -> str:
        """Goal, scenario, density, coverage and the restricted inputs."""
        from tuiyan import __version__

        which = "missed" if self.missed else "met"
        inputs = ", ".join(each.id for each in self.restrictions) or "no restriction"
        found = f"density {self.density}, coverage {self.coverage}, {inputs}"
        run = f"{self.draws} draws, seed {self.seed}, tuiyan {__version__}"
        return f"<Rules {self.register} {which} in {self.scenario}: {found}; {run}>"

    def _repr_html_(self) -> str:
        """The sentence over a small table of the restrictions."""
        lang = preferred()
        columns = ("input", "limits", "prior", "chance")
        head = "".join(f"<th scope='col'>{both(f'discovery.column.{name}')[lang]}</th>" for name in columns)
        rows = "".join(
            f"<tr><th scope='row'>{html.escape(each.label[lang])}</th><td>{html.escape(each.limits[lang])}</td>"
            f"<td>{html.escape(percent(each.prior_share))}</td><td>{html.escape(chance_text(each.p_value))}</td></tr>"
            for each in self.restrictions
        )
        return f"<table><caption>{html.escape(self.sentence[lang])}</caption><tr>{head}</tr>{rows}</table>"


def amount(value: float, unit: str) -> Text:
    """A number with its unit inside a sentence: money by language, shares as per cent; three figures, two of a shock.

    Examples
    --------
    >>> amount(563.27, "亿元").en, amount(0.1234, "share").en, amount(-0.3127, SHOCK_UNIT).en, amount(385.1, "firms").en
    ('CNY 56.3bn', '12.3%', '−0.31 standard deviations', '385')
    """
    if unit == "亿元" and abs(value) < 10:
        return both("discovery.amount.money", number=Text(_figures(value), _figures(100 * value)))
    if unit == "亿元":
        return Text(*(money(value, lang) for lang in LANGUAGES))
    if unit in FRACTIONS or unit.startswith("share of"):
        return both("discovery.amount.fraction", number=_figures(100 * value))
    if unit in WHOLE:
        value = round(value)
    if unit == "log/yr":
        value = 100 * value
    key = "discovery.amount.shock" if unit == SHOCK_UNIT else f"discovery.amount.{unit}"
    number = _figures(value, 2 if unit == SHOCK_UNIT else 3)
    return both(key if key in catalogue() else "discovery.amount.other", number=number, unit=named_unit(unit))


def _figures(value: float, figures: int = 3) -> str:
    """A number to so many figures, whole digits kept, without zeros at the end of a fraction."""
    decimals = max(0, figures - 1 - math.floor(math.log10(abs(value)))) if value else 0
    text = f"{value:,.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def percent(share: float) -> str:
    """A share to the whole per cent; 0% and 100% only where that is exact.

    Examples
    --------
    >>> percent(0.8634), percent(0.999), percent(1.0)
    ('86%', '>99%', '100%')
    """
    if 0.995 <= share < 1:
        return ">99%"
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def chance_text(p_value: float) -> str:
    """A p-value for a table."""
    return "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"


def listed(conditions: list[Text]) -> Text:
    """Conditions joined as a sentence joins them; in Chinese a space goes before what starts with a figure."""
    comma, last = both("discovery.comma"), both("discovery.and")

    def joined(lang: str) -> str:
        words = [each[lang] for each in conditions]
        start, end = comma[lang].join(words[:-1]), "".join(words[-1:])
        return last[lang].join(
            f" {part}" if lang == "zh" and part[0].isascii() else part for part in (start, end) if part
        )

    return Text(joined("zh"), joined("en"))
