"""Every decision verb for one scenario against another: `tuiyan study`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tuiyan.analysis import showing
from tuiyan.analysis.comparison import compare
from tuiyan.analysis.inversion import USUAL, needed
from tuiyan.analysis.outcomes import goal_outcome
from tuiyan.analysis.packages import frontier
from tuiyan.analysis.players import follows_path
from tuiyan.analysis.seeking import TOGETHER, ensemble_for, smallest
from tuiyan.analysis.sensitivity import sensitivity
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting.analyses import GOAL, SCALE, Analyses
from tuiyan.results import Projection

if TYPE_CHECKING:
    from tuiyan.analysis.showing import Grid

Answer = tuple[list["Grid"], Any]
COMMON = 0.8  # probability asked of the same effort on every lever


def answers(here: Projection, there: Projection) -> Iterator[tuple[str, Callable[[str], Answer]]]:
    """Each stage by key, with what computes it: tables in a language, and the same as plain results."""
    known = Analyses(here, there)
    draws, seed, scenario = here.draws, here.seed, here.scenario

    def comparing(lang: str) -> Answer:
        found = compare(there, here)
        return [showing.comparison(found, lang), showing.paired(found, lang)], [found.goals(), found.differences()]

    def explaining(lang: str) -> Answer:
        names = (GOAL, SCALE, "lp.city", "all")
        found = [known.attributions(by)[name] for by in ("integration", "lever") for name in names]
        return [showing.attribution(each, lang) for each in found], found

    def growing(lang: str) -> Answer:
        return [showing.contributions(known.growth, lang)], known.growth

    def binding(lang: str) -> Answer:
        grid = showing.binding(here, lang)
        return [grid], [dict(zip(grid.head, row, strict=True)) for row in grid.rows]

    def packaging(lang: str) -> Answer:
        outcome = goal_outcome(scenario, GOAL)
        inverted = [needed(scenario, outcome, parameter) for parameter in USUAL]
        if follows_path(scenario):
            return [showing.needed(inverted, lang)], [None, None, inverted]
        alike = smallest(ensemble_for(scenario, outcome, draws=draws, seed=seed), outcome, COMMON, TOGETHER)
        found = frontier(scenario, GOAL, draws=draws, seed=seed)
        grids = [showing.solution(alike, lang), showing.frontier(found, lang), showing.marginal(found, lang)]
        return [*grids, showing.needed(inverted, lang)], [alike, found, inverted]

    def hanging(lang: str) -> Answer:
        found = [
            sensitivity(scenario, GOAL, method=each, draws=draws, seed=seed) for each in ("sobol", "tornado", "rank")
        ]
        return [showing.sensitivity(each, lang) for each in found], found

    def discovering(lang: str) -> Answer:
        grids = [
            showing.refusal(goal, each, lang) if isinstance(each, TuiyanError) else showing.rules(each, lang)
            for goal, each in known.rules.items()
        ]
        return grids, {goal: None if isinstance(each, TuiyanError) else each for goal, each in known.rules.items()}

    def regretting(lang: str) -> Answer:
        found = list(known.regrets.values())
        return [showing.regret(each, lang) for each in found], found

    yield "compare", comparing
    yield "explain", explaining
    yield "growth", growing
    yield "binding", binding
    yield "packages", packaging
    yield "sensitivity", hanging
    yield "discover", discovering
    yield "regret", regretting
