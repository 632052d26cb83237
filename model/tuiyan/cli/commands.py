"""What each command does; each loads only what it needs."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuiyan.cli import batches, deciding, scoring, serving, verifying
from tuiyan.cli.codes import BAD_INPUT, DONE, FAILED, OWN_CODES
from tuiyan.cli.learning import learned
from tuiyan.cli.output import loaded, out, out_json, talk
from tuiyan.inputs.findings import TuiyanError
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.cli.journal import Journal


def check(options: argparse.Namespace) -> int:
    """`tuiyan check`."""
    import gc

    gc.disable()  # short and full of small objects: collecting them would be a tenth of it
    from tuiyan.checks import check as found_in

    names = options.names or [None]
    findings = [each for name in names for each in found_in(name, deep=options.deep, workspace=options.workspace)]
    errors, warnings, notes = (sum(each.level == level for each in findings) for level in ("error", "warning", "note"))
    if options.json:
        out_json([finding.as_json() for finding in findings])
    for finding in findings:
        talk(finding.render(options.lang))
    if findings:
        talk(say("cli.summary", options.lang, errors=errors, warnings=warnings, notes=notes))
    if not options.json and not errors and not warnings:
        out(say("cli.fine", options.lang, what=", ".join(options.names) or say("cli.whole", options.lang)))
    return BAD_INPUT if errors else DONE


@contextlib.contextmanager
def _workers(count: int) -> Iterator[Any]:
    """An executor of `count` processes, or None for one."""
    if count == 1:
        yield None
    else:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            yield pool


def run(options: argparse.Namespace) -> int:
    """`tuiyan run`."""
    from tuiyan.cli import show
    from tuiyan.effects import idle_changes
    from tuiyan.ensemble import check_draws
    from tuiyan.results import run as projected

    check_draws(options.draws, options.seed)
    scenarios, _ = learned(loaded(options, options.names, set=dict(options.set)), options)
    found = []
    with _workers(options.workers) as executor:
        for position, scenario in enumerate(scenarios):
            idle = () if scenario.learned else idle_changes(scenario, seed=options.seed)  # a factor moves weights
            for warning in (*scenario.warnings, *idle):
                talk(warning.render(options.lang))
            projection = projected(scenario, draws=options.draws, seed=options.seed, executor=executor)
            ledger = projection.ledger()
            if options.json:
                found.append(show.projection_json(projection, ledger))
            else:
                out(("\n" if position else "") + show.projection_text(projection, ledger, options.lang))
    if options.json:
        out_json(found)
    return DONE


def goals(options: argparse.Namespace) -> int:
    """`tuiyan goals`."""
    from tuiyan.cli import show
    from tuiyan.register import find_goal
    from tuiyan.register import goals as registered

    register = registered(workspace=options.workspace)
    chosen = [find_goal(register.workspace, name) for name in options.names]
    if options.json:
        out_json(show.register_json(register))
    elif chosen:
        out("\n\n".join(show.goal_text(register, id_, goal, options.lang) for id_, goal in chosen))
    else:
        out(show.register_text(register, options.lang))
    return DONE


def list_(options: argparse.Namespace) -> int:
    """`tuiyan list`."""
    from tuiyan.cli import show
    from tuiyan.inputs.loading import load
    from tuiyan.inputs.workspace import find_workspace, read_workspace

    rows, broken = [], []
    workspace = read_workspace(find_workspace(options.workspace))
    for name in workspace.scenarios():
        try:
            found = load(name, workspace=workspace.root)
            rows.append((found.id, found.parent.id if found.parent else "", found.title[options.lang]))
        except TuiyanError as error:
            broken.append(error)
    if options.json:
        out_json([{"id": id_, "parent": parent or None, "title": title} for id_, parent, title in rows])
    else:
        out(show.scenarios_text(rows, options.lang))
    for each in broken:
        talk(each.render(options.lang))
    return BAD_INPUT if broken else DONE


def show_(options: argparse.Namespace) -> int:
    """`tuiyan show`: every value of a scenario and where it comes from."""
    from tuiyan.cli import show

    (scenario,) = loaded(options, [options.name])
    if options.json:
        out_json(scenario.resolved())
    else:
        out(show.sources_text(scenario, options.lang))
    return DONE


def diff(options: argparse.Namespace) -> int:
    """`tuiyan diff`: what differs from another scenario, or from the parent."""
    from tuiyan.cli import show

    scenario, *others = loaded(options, [name for name in (options.name, options.other) if name])
    differences = scenario.diff(others[0]) if others else scenario.changes()
    if options.json:
        out_json(show.differences_json(differences))
    else:
        out(show.differences_text(differences, options.lang))
    return DONE


def report(options: argparse.Namespace) -> int:
    """`tuiyan report`."""
    from tuiyan.cli.journal import Journal

    journal = Journal(options.log, options.lang)
    with journal.watching():
        code = _made(options, journal)
        journal.over(code)
    return code


def _made(options: argparse.Namespace, journal: Journal) -> int:
    """The reports asked for; returns the exit code."""
    from tuiyan.reporting.execute import ReportError

    try:
        settings = _settings(options)
        if batches.wanted(options):
            return batches.made(options, settings, OWN_CODES, journal)
        for result in _reports(options, settings, journal):
            for page in result.to_open:
                out(str(page))
    except ReportError as error:
        talk(say("cli.failed", options.lang, why=error) if error.code == FAILED else str(error))
        return error.code
    return DONE


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """What every notebook takes."""
    from tuiyan.reporting.kernel import limits
    from tuiyan.reporting.publish import Rules

    settings = {key: getattr(options, key) for key in ("lang", "out", "draws", "seed", "as_of", "workspace")}
    rules = Rules(wait=options.wait, if_changed=options.if_changed, keep=options.keep)
    return {**settings, "rules": rules, "limits": limits(options.deadline, options.memory)}


def _reports(options: argparse.Namespace, settings: dict[str, Any], journal: Journal) -> Iterator[Any]:
    """The reports asked for, one after the other, or the pages of another notebook."""
    from tuiyan.reporting.execute import report as published
    from tuiyan.reporting.notebooks import written
    from tuiyan.reporting.study import FORM

    if options.notebook != "report":
        with journal.watching(options.notebook) as progress:
            more = {"year": options.year, "against": options.against, "progress": progress}
            result = written(options.notebook, options.names, **more, **settings)
            journal.stands(options.notebook, changed=result.changed)
        yield result
        return
    if options.year is not None:
        raise TuiyanError([FORM.unknown("year")])
    for name in options.names:
        with journal.watching(name) as progress:
            result = published(name, against=options.against, since=options.since, progress=progress, **settings)
            journal.stands(name, changed=result.changed)
        yield result


def schedule(options: argparse.Namespace) -> int:
    """`tuiyan schedule`."""
    from tuiyan.cli.scheduling import schedule as printed

    return printed(options)


def init(options: argparse.Namespace) -> int:
    """`tuiyan init`."""
    import shlex

    from tuiyan.cli.starting import start

    files = start(options.folder)
    quoted = shlex.quote(options.folder)
    out(say("cli.started", options.lang, folder=options.folder, quoted=quoted, count=len(files)))
    return DONE


HANDLERS = {
    "check": check,
    "run": run,
    "goals": goals,
    "list": list_,
    "show": show_,
    "diff": diff,
    "compare": deciding.compare,
    "explain": deciding.explain,
    "solve": deciding.solve,
    "sensitivity": deciding.sensitivity,
    "discover": deciding.discover,
    "study": deciding.study,
    "report": report,
    "schedule": schedule,
    "verify": verifying.verify,
    "observe": scoring.observe,
    "backtest": scoring.backtest,
    "score": scoring.score,
    "init": init,
    "lab": serving.lab,
}
