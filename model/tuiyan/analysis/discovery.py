"""In which futures is a goal missed, or met: one box of uncertain inputs, said in one sentence."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.boxes import MOST, THRESHOLD, Box, Search, inside, search, without
from tuiyan.analysis.tree import grow
from tuiyan.draws.recipe import UNDRAWN
from tuiyan.estimates import Estimate, mean
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.laws import Dirichlet, Fixed
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.units import money, named_unit
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.ledger import applies, reached, scope_of
from tuiyan.register import find_goal
from tuiyan.results import Projection
from tuiyan.wording import LANGUAGES, Text, both, catalogue, preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST = 50  # cases of interest (economics.md, section 9)
FIRM = 5.0  # standard errors by which every restriction must raise the density
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


class Input(NamedTuple):
    """One uncertain input: its id, name and unit."""

    id: str
    label: Text
    unit: str


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
            f"<td>{html.escape(percent(each.prior_share))}</td><td>{html.escape(_chance(each.p_value))}</td></tr>"
            for each in self.restrictions
        )
        return f"<table><caption>{html.escape(self.sentence[lang])}</caption><tr>{head}</tr>{rows}</table>"


def discover(
    projection: Projection,
    goal: str,
    *,
    missed: bool = True,
    threshold: float = THRESHOLD,
    most: int = MOST,
    scope: bool = False,
) -> Rules:
    """Find the futures in which a goal is missed.

    The inputs are the random parameters of the run, one number each, and the common shock of every year up to the
    deadline. The box is found by patient peeling (PRIM) and checked by a small classification tree. An input whose
    restriction does not raise the density by five standard errors over the 16 batches is left out and the search made
    again: the draws are not independent, and a few of them can look like a rule that more of them do not know.

    Parameters
    ----------
    goal
        Register id or id of a goal with a number, such as R01 or scale_2020.
    missed
        Look for futures that miss the goal; False: for those that meet it.
    threshold
        Share of the box's futures that shall be of interest, in (0, 1].
    most
        Most inputs that the box may restrict, at least 1.
    scope
        Test the goal in its own uncertain definition, with the definition as one more input.

    Raises
    ------
    TuiyanError
        For an unknown goal, one without a number, without an uncertain definition (with `scope`) or without a meaning
        in this scenario, and when fewer than 50 futures are of interest.

    References
    ----------
    Friedman and Fisher (1999), Statistics and Computing 9(2); Bryant and Lempert (2010), Technological Forecasting and
    Social Change 77(1).

    Examples
    --------
    >>> import tuiyan as ty
    >>> rules = discover(ty.run(ty.load("announced"), draws=512), "R01")
    >>> [each.id for each in rules.restrictions], rules.reached
    (['base.scale'], True)
    """
    _check_wanted(threshold, most)
    register, found = find_goal(projection.scenario.workspace, goal)
    y = _of_interest(projection, register, found, missed=missed, scope=scope)
    inputs, x = _inputs(projection, found, scope=scope)
    result = _firm_search(x, y, threshold, most)
    box = result.box
    within, tree = inside(x, box.low, box.high), grow(x, y)
    return Rules(
        scenario=projection.scenario.id,
        draws=projection.draws,
        seed=projection.seed,
        register=register,
        goal=found,
        missed=missed,
        base_rate=mean(y),
        coverage=_share(within & y, y),
        density=_share(within & y, within),
        mass=box.mass,
        restrictions=tuple(_restriction(inputs[at], x, box, at, result.p_values[at]) for at in box.restricted),
        trajectory=tuple(
            Step(each.coverage, each.density, each.mass, len(each.restricted)) for each in result.trajectory
        ),
        threshold=threshold,
        most=most,
        reached=result.reached,
        check=CrossCheck(
            tuple(inputs[at].id for at in tree.inputs),
            float((tree.says == within).mean()),
            tuple((leaf.share, leaf.density) for leaf in tree.leaves),
        ),
    )


def _check_wanted(threshold: float, most: int) -> None:
    """Refuse a density or a number of inputs that cannot be."""
    found = []
    if not 0 < threshold <= 1:
        found.append(Finding("E106", None, {"key": "threshold", "given": threshold, "wanted": "> 0, ≤ 1"}))
    if most < 1:
        found.append(Finding("E106", None, {"key": "most", "given": most, "wanted": "≥ 1"}))
    if found:
        raise TuiyanError(found)


def _of_interest(projection: Projection, name: str, goal: Goal, *, missed: bool, scope: bool) -> Flags:
    """Which draws miss (or meet) the goal at its deadline, (draws,)."""
    met = reached(projection, goal, scope=scope)
    if scope and not (goal.test and goal.test.scope):
        raise TuiyanError([Finding("E185", None, {"name": name})])
    if not applies(projection, goal):
        goals = projection.scenario.workspace.goals
        others = ", ".join(id_ for id_, each in goals.items() if each.test and applies(projection, each))
        told = {"name": name, "scenario": projection.scenario.id, "others": others}
        raise TuiyanError([Finding("E158", None, told)])
    found: Flags = met[projection.index(goal.due)] != missed
    if (cases := int(found.sum())) < FEWEST:
        case = both(f"discovery.case.{'missed' if missed else 'met'}")
        counts = {"count": cases, "draws": projection.draws, "least": FEWEST}
        raise TuiyanError([Finding("E159", None, {"name": name, "case": case, **counts})])
    return found


def _inputs(projection: Projection, goal: Goal, *, scope: bool) -> tuple[list[Input], Array]:
    """The inputs, and their draws (inputs, draws)."""
    scenario = projection.scenario
    factor = scope_of(projection, goal.test) if scope and goal.test else None
    inputs, rows = [], []
    for id_, law in scenario.laws.items():
        block = id_.partition(".")[0]
        if isinstance(law, (Fixed, Dirichlet, Yearly)) or block in UNDRAWN or (block == "scope" and id_ != factor):
            continue
        inputs.append(Input(id_, scenario.label(id_), scenario.unit(id_)))
        rows.append(projection.parameter(id_))
    name = scenario.workspace.parameter_file.shocks["common"].label
    shocks = projection._inputs["shocks"]["common"]  # noqa: SLF001 - there is no other way to the draws of a run
    for step in range(goal.due - BASE_YEAR):
        year = BASE_YEAR + 1 + step
        inputs.append(Input(f"shocks.common.{year}", both("discovery.shock", name=name, year=year), SHOCK_UNIT))
        rows.append(shocks[step])
    return inputs, np.array(rows)


def _firm_search(x: Array, y: Flags, threshold: float, most: int) -> Search:
    """The search among the inputs whose restrictions all batches bear out."""
    among = list(range(len(x)))
    while True:
        result = search(x, y, threshold=threshold, most=most, among=among)
        loose = {at for at in result.box.restricted if not _firm(x, y, result.box, at)}
        if not loose:
            return result
        among = [at for at in among if at not in loose]


def _firm(x: Array, y: Flags, box: Box, at: int) -> bool:
    """Whether the restriction of an input raises the density by more than its simulation error could."""
    within, free = (inside(x, *limits) for limits in ((box.low, box.high), without(box, at)))
    gain = _share(within & y, within).value - _share(free & y, free).value
    return gain >= FIRM * mean(_influence(within & y, within) - _influence(free & y, free)).standard_error


def _restriction(about: Input, x: Array, box: Box, at: int, p_value: float) -> Restriction:
    """The restriction of one input of a box."""
    low, high = float(box.low[at]), float(box.high[at])
    prior = float(((x[at] >= low) & (x[at] <= high)).mean())
    ends = (low if math.isfinite(low) else None, high if math.isfinite(high) else None)
    return Restriction(*about, *ends, p_value, prior)


def _share(part: Flags, whole: Flags) -> Estimate:
    """Share of `whole` that is in `part`, with the standard error of a ratio over the batches."""
    return Estimate(float(part.sum() / whole.sum()), mean(_influence(part, whole)).standard_error)


def _influence(part: Flags, whole: Flags) -> Array:
    """What each draw adds to the error of a share, to first order, (draws,); its mean is nothing."""
    found: Array = (part - whole * (part.sum() / whole.sum())) / whole.mean()
    return found


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


def _chance(p_value: float) -> str:
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
