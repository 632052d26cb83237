"""The commands that explain and decide: compare, explain, solve, sensitivity, discover, study."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tuiyan.cli.codes import DONE
from tuiyan.cli.learning import learned
from tuiyan.cli.output import loaded, out, out_grids, out_json, talk
from tuiyan.cli.progress import stage
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.evidence.learning import Posterior
    from tuiyan.grids import Grid
    from tuiyan.inputs.scenario import Scenario


def compare(options: argparse.Namespace) -> int:
    """`tuiyan compare`: scenarios side by side, the first as the base."""
    from tuiyan.analysis import showing
    from tuiyan.analysis.comparison import compare as compared
    from tuiyan.cli import show

    scenarios = _loaded(options, options.names)
    found = compared(*_projected(scenarios, options))
    if options.json:
        told = {"goals": found.goals(scope=options.scope), "differences": found.differences()}
        changes = {id_: show.differences_json(each) for id_, each in found.changes().items()}
        return _json({"first": found.first.scenario.id, "changes": changes, **told})
    for id_, differences in found.changes().items():
        out(f"{id_}\n{show.differences_text(differences, options.lang)}\n")
    goals = showing.comparison(found, options.lang, scope=options.scope)
    return _grids((goals, showing.paired(found, options.lang)))


def explain(options: argparse.Namespace) -> int:
    """`tuiyan explain`: what drove the difference from the parent."""
    from tuiyan.analysis import showing
    from tuiyan.analysis.attribution import explain as explained
    from tuiyan.analysis.growth import Contributions

    scenario, base = _against(options)
    with stage(say("stage.explain", options.lang)) as progress:
        found = explained(
            base,
            scenario,
            of=options.of,
            by=options.by,
            scope=options.scope,
            draws=options.draws,
            seed=options.seed,
            progress=progress,
        )
    if options.json:
        return _json(found)
    if isinstance(found, Contributions):
        return _grids((showing.contributions(found, options.lang),))
    return _grids((showing.attribution(found, options.lang),))


def solve(options: argparse.Namespace) -> int:
    """`tuiyan solve`: the effort, the package or the value that a goal needs."""
    from tuiyan.analysis import showing
    from tuiyan.analysis.packages import frontier
    from tuiyan.analysis.seeking import Solution, solve_for

    (scenario,) = _loaded(options, [options.name])
    settings = {"scope": options.scope, "draws": options.draws, "seed": options.seed}
    with stage(say("stage.solve", options.lang)) as progress:
        if options.parameter:
            beside = {"prob": options.prob[0] if options.prob else None, "lever": options.lever, "scope": options.scope}
            values: Any = [solve_for(scenario, options.goal, parameter=each, **beside) for each in options.parameter]
            grids = [showing.needed(values, options.lang)]
        elif options.lever:
            probs = options.prob or [None]
            values = [solve_for(scenario, options.goal, prob=p, lever=options.lever, **settings) for p in probs]
            grids = [showing.solution(each, options.lang) for each in values if isinstance(each, Solution)]
        else:
            values = frontier(scenario, options.goal, options.prob or None, progress=progress, **settings)
            grids = [showing.frontier(values, options.lang), showing.marginal(values, options.lang)]
    return _json(values) if options.json else _grids(grids)


def sensitivity(options: argparse.Namespace) -> int:
    """`tuiyan sensitivity`: which uncertain inputs an outcome hangs on."""
    from tuiyan.analysis import showing
    from tuiyan.analysis.sensitivity import sensitivity as asked

    (scenario,) = _loaded(options, [options.name])
    with stage(say("stage.sensitivity", options.lang)) as progress:
        found = asked(
            scenario, options.of, method=options.method, scope=options.scope, draws=options.draws, seed=options.seed,
            progress=progress,
        )  # fmt: skip
    return _json(found) if options.json else _grids((showing.sensitivity(found, options.lang),))


def discover(options: argparse.Namespace) -> int:
    """`tuiyan discover`: in which futures a goal is missed."""
    from tuiyan.analysis import showing
    from tuiyan.analysis.discovery import discover as discovered

    (scenario,) = _loaded(options, [options.name])
    (projection,) = _projected([scenario], options)
    with stage(say("stage.discover", options.lang)):
        found = discovered(projection, options.goal, scope=options.scope)
    if options.json:
        return _json(found)
    return _grids((showing.rules(found, options.lang),))


def study(options: argparse.Namespace) -> int:
    """`tuiyan study`: every question at once, of one scenario against its parent."""
    from tuiyan.cli.studying import answers

    scenarios, posterior = _learned(options, _names(options))
    scenario, base = _pair(scenarios)
    found: dict[str, Any] = {}
    if posterior:
        from tuiyan.evidence import showing

        found["learned"] = showing.as_data(posterior)
        if not options.json:
            facts = (showing.facts(posterior, options.lang),) if posterior.observations else ()
            _grids((*facts, showing.posterior(posterior, options.lang)))
    here, there = _projected([scenario, base], options)
    for key, ask in answers(here, there):
        with stage(say(f"stage.{key}", options.lang)):
            grids, data = ask(options.lang)
        found[key] = data
        if not options.json:
            _grids(grids)
    return _json({"scenario": scenario.id, "against": base.id, **found}) if options.json else DONE


def _loaded(options: argparse.Namespace, names: list[str]) -> list[Scenario]:
    """The scenarios named, under what was learned if that is asked for."""
    return _learned(options, names)[0]


def _learned(options: argparse.Namespace, names: list[str]) -> tuple[list[Scenario], Posterior | None]:
    """The same, and what was learned; what the scenarios are warned of goes to stderr."""
    found = loaded(options, names)
    for warning in dict.fromkeys(each.render(options.lang) for scenario in found for each in scenario.warnings):
        talk(warning)
    return learned(found, options)


def _against(options: argparse.Namespace) -> tuple[Scenario, Scenario]:
    """The scenario, and the one it is compared with: its parent unless another is named; the root against itself."""
    return _pair(_loaded(options, _names(options)))


def _names(options: argparse.Namespace) -> list[str]:
    """The scenario, and the one it is compared with if it is named."""
    return [options.name, *([options.against] if options.against else [])]


def _pair(scenarios: list[Scenario]) -> tuple[Scenario, Scenario]:
    """The first of them and the second, or its parent."""
    scenario, *other = scenarios
    return scenario, other[0] if other else scenario.parent or scenario


def _projected(scenarios: Iterable[Scenario], options: argparse.Namespace) -> list[Any]:
    """Projections on the same draws."""
    from tuiyan.results import run

    with stage(say("stage.run", options.lang)):
        return [run(each, draws=options.draws, seed=options.seed) for each in scenarios]


def _grids(grids: Iterable[Grid]) -> int:
    """Tables on stdout, and the exit code."""
    out_grids(grids)
    return DONE


def _json(found: object) -> int:
    """A result for machines."""
    from tuiyan.cli.plain import plain

    out_json(plain(found))
    return DONE
