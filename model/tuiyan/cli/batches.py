"""`tuiyan report` for many scenarios at a time."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tuiyan.cli.output import out, talk
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.cli.journal import Journal


def wanted(options: argparse.Namespace) -> bool:
    """Whether the reports asked for are a batch.

    Raises
    ------
    TuiyanError
        E284 for what does not go with ``--all``, E285 where neither a scenario nor ``--all`` is given, E297 for
        ``--since`` with more than the report of one scenario.
    """
    given = {
        "names": ", ".join(options.names), "--notebook": options.notebook != "report", "--against": options.against,
        "--year": options.year is not None,
    }  # fmt: skip
    if options.since is not None and (beside := _more_than_one(options)):
        raise TuiyanError([Finding("E297", None, {"given": beside})])
    if options.all:
        if wrong := [value if key == "names" else key for key, value in given.items() if value]:
            raise TuiyanError(Finding("E284", None, {"given": each}) for each in wrong)
        return True
    if not options.names:
        raise TuiyanError([Finding("E285")])
    return len(options.names) > 1 and options.notebook == "report"


def _more_than_one(options: argparse.Namespace) -> str:
    """What asks for other pages than the report of one scenario, or for several reports; empty for neither."""
    if options.all:
        return "--all"
    if options.notebook != "report":
        return f"--notebook {options.notebook}"
    return ", ".join(options.names) if len(options.names) > 1 else ""


def made(options: argparse.Namespace, settings: dict[str, Any], own_codes: dict[str, int], journal: Journal) -> int:
    """Make a batch; the exit code is the highest that any of its reports has.

    Parameters
    ----------
    settings
        As `execute.report` takes them, with ``rules`` and ``limits``.
    own_codes
        Exit codes of findings that are not about bad input.
    journal
        Where lines for machines go.
    """
    from tuiyan.inputs.workspace import find_workspace
    from tuiyan.reporting import batch

    settings["workspace"] = str(find_workspace(settings["workspace"]))
    rules, limits = settings.pop("rules"), settings.pop("limits")
    if options.against:
        settings["against"] = options.against
    names = batch.scenarios(settings["workspace"]) if options.all else list(dict.fromkeys(options.names))
    plan = batch.Batch(settings, rules, limits, options.jobs)
    worst = 0

    def tell(name: str, line: str) -> None:
        talk(f"{name}: {line}" if name else line)
        journal.told(name, line)

    for outcome in batch.reports(names, plan, tell, compared=options.all):
        code = next((own_codes[each] for each in outcome.findings if each in own_codes), outcome.code)
        worst = max(worst, code)
        seconds = f"{outcome.seconds:.1f}"
        if outcome.result is None:
            talk(say("batch.failed", options.lang, name=outcome.name, code=code, why=outcome.why))
            journal.failed(outcome.name, outcome.why, code)
            continue
        journal.stands(outcome.name, changed=outcome.result.changed)
        said = "batch.done" if outcome.result.changed else "batch.unchanged"
        talk(say(said, options.lang, name=outcome.name, seconds=seconds))
        for page in outcome.result.to_open:
            out(str(page))
    return worst
