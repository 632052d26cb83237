"""Every decision verb for one scenario against another: `tuiyan study`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from tuiyan.analysis import showing
from tuiyan.analysis.comparison import compare
from tuiyan.analysis.outcomes import ALL
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting.analyses import GOAL, PRODUCTIVITY, SCALE, Analyses
from tuiyan.results import Projection

if TYPE_CHECKING:
    from tuiyan.grids import Grid

Answer = tuple[list["Grid"], Any]


def answers(here: Projection, there: Projection) -> Iterator[tuple[str, Callable[[str], Answer]]]:
    """Each stage by key, with what computes it: tables in a language, and the same as plain results."""
    known = Analyses(here, there)
    stages = {
        "compare": _compare, "explain": _explain, "growth": _growth, "binding": _binding, "packages": _packages,
        "sensitivity": _sensitivity, "discover": _discover, "regret": _regret,
    }  # fmt: skip
    for key, ask in stages.items():
        yield key, partial(ask, known)


def _compare(known: Analyses, lang: str) -> Answer:
    assert known.other is not None  # noqa: S101 - a study has two
    found = compare(known.other, known.projection)
    grids = [showing.comparison(found, lang, scope=scope) for scope in (False, True)]
    return [*grids, showing.paired(found, lang)], [found.goals(), found.goals(scope=True), found.differences()]


def _explain(known: Analyses, lang: str) -> Answer:
    names = (GOAL, SCALE, PRODUCTIVITY, ALL)
    found = [known.attributions(by)[name] for by in ("integration", "lever") for name in names]
    return [showing.attribution(each, lang) for each in found], found


def _growth(known: Analyses, lang: str) -> Answer:
    return [showing.contributions(known.growth, lang)], known.growth


def _binding(known: Analyses, lang: str) -> Answer:
    grid = showing.binding(known.projection, lang)
    return [grid], [dict(zip(grid.head, row, strict=True)) for row in grid.rows]


def _packages(known: Analyses, lang: str) -> Answer:
    inverted = [each for each in known.inverted.values() if each]
    if known.frontier is None:
        return [showing.needed(inverted, lang)], [None, None, inverted]
    grids = [showing.solution(known.common, lang), showing.frontier(known.frontier, lang)]
    return [*grids, showing.marginal(known.frontier, lang), showing.needed(inverted, lang)], [
        known.common, known.frontier, inverted,
    ]  # fmt: skip


def _sensitivity(known: Analyses, lang: str) -> Answer:
    found = [*known.sobol.values(), known.tornado, known.ranks]
    return [showing.sensitivity(each, lang) for each in found], found


def _discover(known: Analyses, lang: str) -> Answer:
    grids = [
        showing.refusal(goal, each, lang) if isinstance(each, TuiyanError) else showing.rules(each, lang)
        for goal, each in known.rules.items()
    ]
    return grids, {goal: None if isinstance(each, TuiyanError) else each for goal, each in known.rules.items()}


def _regret(known: Analyses, lang: str) -> Answer:
    found = list(known.regrets.values())
    return [showing.regret(each, lang) for each in found], found
