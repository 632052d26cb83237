"""In which futures is a goal missed, or met: one box of uncertain inputs, said in one sentence."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tuiyan.analysis.boxes import MOST, Box, inside, without
from tuiyan.analysis.pairing import projection_of
from tuiyan.analysis.peeling import THRESHOLD, Search, search
from tuiyan.analysis.rules import SHOCK_UNIT, CrossCheck, Restriction, Rules, Step
from tuiyan.analysis.tree import grow
from tuiyan.draws.recipe import UNDRAWN
from tuiyan.estimates import Estimate, mean
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.laws import Dirichlet, Fixed
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.ledger import applies, reached, scope_of
from tuiyan.register import find_goal
from tuiyan.results import Projection
from tuiyan.wording import Text, both

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST = 50  # cases of interest (economics.md, section 9)
FIRM = 5.0  # standard errors by which every restriction must raise the density


class Input(NamedTuple):
    """One uncertain input: its id, name and unit."""

    id: str
    label: Text
    unit: str


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
    register, found = find_goal(projection_of(projection).scenario.workspace, goal)
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
    for step in range(goal.due - BASE_YEAR):
        year = BASE_YEAR + 1 + step
        inputs.append(Input(f"shocks.common.{year}", both("discovery.shock", name=name, year=year), SHOCK_UNIT))
        rows.append(projection.parameter(f"shocks.common.{year}"))
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
