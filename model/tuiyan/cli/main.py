"""The commands and their arguments.

Results go to stdout, talk to stderr. Exit codes: 0 done, 1 the model failed, 2 bad input, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, NoReturn

from tuiyan.inputs.findings import TuiyanError, nearest
from tuiyan.wording import LANGUAGES, preferred, say

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
COMMANDS = ("check", "run", "goals", "list", "report")


class _Parser(argparse.ArgumentParser):
    """Usage errors in the reader's language, with the nearest command."""

    lang = "en"

    def error(self, message: str) -> NoReturn:
        """One line on stderr, exit code 2."""
        given = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
        hint = nearest(given, COMMANDS)[self.lang] if "invalid choice" in message and given not in COMMANDS else ""
        print(say("cli.usage", self.lang, why=hint or message), file=sys.stderr)  # noqa: T201 - the command line's own voice
        raise SystemExit(BAD_INPUT)


def _language(arguments: Sequence[str]) -> str:
    """The language wanted, before anything is parsed, so that help and errors speak it too."""
    for position, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in LANGUAGES:
            return value
    return preferred()


def parser(lang: str) -> argparse.ArgumentParser:
    """All commands with help in `lang`."""
    _Parser.lang = lang
    root = _Parser(prog="tuiyan", description=say("cli.about", lang))
    root.add_argument("--version", action="version", version=_version())
    commands = root.add_subparsers(dest="command", required=True, metavar="{" + ",".join(COMMANDS) + "}")
    made = {
        name: commands.add_parser(name, help=say(f"cli.{name}", lang), description=say(f"cli.{name}", lang))
        for name in COMMANDS
    }
    for name, command in made.items():
        command.add_argument("--lang", choices=LANGUAGES, default=lang, help=say("cli.lang", lang))
        command.add_argument("--workspace", help=say("cli.workspace", lang))
        if name != "report":
            command.add_argument("--json", action="store_true", help=say("cli.json", lang))
    made["check"].add_argument("names", nargs="*", help=say("cli.names", lang))
    made["goals"].add_argument("names", nargs="*", help=say("cli.goal", lang))
    made["run"].add_argument("names", nargs="+", help=say("cli.names", lang))
    made["run"].add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=say("cli.set", lang))
    made["run"].add_argument("--workers", type=int, default=1, help=say("cli.workers", lang))
    made["report"].add_argument("names", nargs="+", help=say("cli.names", lang))
    made["report"].add_argument("--against", default="", help=say("cli.against", lang))
    made["report"].add_argument("--out", help=say("cli.out", lang))
    for name, draws in (("run", 8192), ("report", 16384)):
        made[name].add_argument("--as-of", help=say("cli.as_of", lang))
        made[name].add_argument("--draws", type=int, default=draws, help=say("cli.draws", lang))
        made[name].add_argument("--seed", type=int, default=0, help=say("cli.seed", lang))
    return root


def _version() -> str:
    from tuiyan import __version__

    return __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parser(_language(given)).parse_args(given)
    try:
        return _HANDLERS[options.command](options)
    except TuiyanError as error:
        if getattr(options, "json", False):
            out(json.dumps([finding.as_json() for finding in error.findings], ensure_ascii=False, indent=1))
        say_line(error.render(options.lang))
        return BAD_INPUT
    except FloatingPointError as error:
        say_line(say("cli.failed", options.lang, why=error))
        return FAILED
    except KeyboardInterrupt:
        say_line(say("cli.interrupted", options.lang))
        return INTERRUPTED


def out(text: str) -> None:
    """A result, on stdout."""
    sys.stdout.write(text + "\n")


def say_line(text: str) -> None:
    """Talk, on stderr."""
    sys.stderr.write(text + "\n")


def _check(options: argparse.Namespace) -> int:
    from tuiyan.checks import check

    findings = [finding for name in options.names or [None] for finding in check(name, workspace=options.workspace)]
    errors = sum(finding.level == "error" for finding in findings)
    if options.json:
        out(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1))
    for finding in findings:
        say_line(finding.render(options.lang))
    if findings:
        say_line(say("cli.summary", options.lang, errors=errors, warnings=len(findings) - errors))
    elif not options.json:
        what = ", ".join(options.names) or say("cli.whole", options.lang)
        out(say("cli.fine", options.lang, what=what))
    return BAD_INPUT if errors else DONE


def settings(given: Sequence[str], lang: str) -> dict[str, float]:
    """``name=number`` pairs as a mapping."""
    found = {}
    for word in given:
        name, _, number = word.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            say_line(say("cli.usage", lang, why=say("cli.set.form", lang, given=word)))
            raise SystemExit(BAD_INPUT) from None
    return found


@contextlib.contextmanager
def _workers(count: int) -> Iterator[Any]:
    """An executor of `count` processes, or None for one."""
    if count <= 1:
        yield None
    else:
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            yield pool


def _run(options: argparse.Namespace) -> int:
    from tuiyan.cli import show
    from tuiyan.inputs.loading import load
    from tuiyan.results import run

    values = settings(options.set, options.lang)
    scenarios = [load(name, as_of=options.as_of, set=values, workspace=options.workspace) for name in options.names]
    found = []
    with _workers(options.workers) as executor:
        for position, scenario in enumerate(scenarios):
            for warning in scenario.warnings:
                say_line(warning.render(options.lang))
            projection = run(scenario, draws=options.draws, seed=options.seed, executor=executor)
            ledger = projection.ledger()
            if options.json:
                found.append(show.projection_json(projection, ledger))
            else:
                out(("\n" if position else "") + show.projection_text(projection, ledger, options.lang))
    if options.json:
        out(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
    return DONE


def _goals(options: argparse.Namespace) -> int:
    from tuiyan.cli import show
    from tuiyan.register import find_goal, goals

    register = goals(workspace=options.workspace)
    chosen = [find_goal(register.workspace, name) for name in options.names]
    if options.json:
        out(json.dumps(show.register_json(register), ensure_ascii=False, indent=1))
    elif chosen:
        out("\n\n".join(show.goal_text(register, id_, goal, options.lang) for id_, goal in chosen))
    else:
        out(show.register_text(register, options.lang))
    return DONE


def _list(options: argparse.Namespace) -> int:
    from tuiyan.cli import show
    from tuiyan.inputs.loading import load
    from tuiyan.inputs.workspace import find_workspace, read_workspace

    workspace = read_workspace(find_workspace(options.workspace))
    loaded = [load(name, workspace=workspace.root) for name in workspace.scenarios()]
    titles = {each.id: (each.parent.id if each.parent else "", each.title[options.lang]) for each in loaded}
    if options.json:
        out(
            json.dumps(
                [{"id": id_, "parent": parent or None, "title": title} for id_, (parent, title) in titles.items()],
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        out(show.scenarios_text(workspace, titles, options.lang))
    return DONE


def _report(options: argparse.Namespace) -> int:
    from tuiyan.reporting.execute import ReportError, report

    try:
        for name in options.names:
            result = report(
                name, lang=options.lang, out=options.out, draws=options.draws, seed=options.seed, as_of=options.as_of,
                against=options.against, workspace=options.workspace,
            )  # fmt: skip
            for page in result.pages:
                out(str(page))
    except ReportError as error:
        say_line(say("cli.failed", options.lang, why=error))
        return FAILED
    return DONE


_HANDLERS = {"check": _check, "run": _run, "goals": _goals, "list": _list, "report": _report}
