"""The arguments of every command, with help in the reader's language."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from tuiyan.cli.codes import BAD_INPUT
from tuiyan.inputs.findings import nearest
from tuiyan.wording import LANGUAGES, preferred, say

COMMANDS = (
    "list", "show", "check", "diff", "run", "compare", "explain", "solve", "sensitivity", "discover", "study", "goals",
    "report", "schedule", "verify", "observe", "backtest", "score", "init", "lab",
)  # fmt: skip
DECIDING = ("compare", "explain", "solve", "sensitivity", "discover", "study")
NOTEBOOKS = ("report", "compare", "standard_shocks", "backtest")
CADENCES = ("daily", "weekly", "monthly", "quarterly")
SCHEDULERS = ("cron", "systemd", "github", "jupyter-scheduler")
DRAWS = 16384
DEADLINE = 10800  # seconds for all reports of a scheduled run
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Parser(argparse.ArgumentParser):
    """Usage errors in the reader's language, with the nearest command."""

    lang = "en"
    given: Sequence[str] = ()

    def error(self, message: str) -> NoReturn:
        """One line on stderr, exit code 2."""
        first = next((word for word in self.given if not word.startswith("-")), "")
        wrong = "invalid choice" in message and first not in COMMANDS
        sys.stderr.write(
            say("cli.usage", self.lang, why=nearest(first, COMMANDS)[self.lang] if wrong else message) + "\n"
        )
        raise SystemExit(BAD_INPUT)


def language(arguments: Sequence[str]) -> str:
    """The language wanted, before anything is parsed, so that help and errors speak it too."""
    for position, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in LANGUAGES:
            return value
    return preferred()


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments of one command.

    Raises
    ------
    SystemExit
        With code 2 after one line for a usage that is none, with 0 after help.
    """
    lang = language(arguments)
    settings: dict[str, Any] = {"lang": lang, "given": tuple(arguments)}
    spoken = type("SpokenParser", (Parser,), settings)
    root = spoken(prog="tuiyan", description=say("cli.about", lang))
    root.add_argument("--version", action="version", version=_version())
    commands = root.add_subparsers(dest="command", required=True, metavar="{" + ",".join(COMMANDS) + "}")
    made = {name: commands.add_parser(name, help=say(f"cli.{name}", lang)) for name in COMMANDS}
    for name, command in made.items():
        command.add_argument("--lang", choices=LANGUAGES, default=lang, help=say("cli.lang", lang))
        if name != "init":
            command.add_argument("--workspace", help=say("cli.workspace", lang))
        if name not in ("report", "schedule", "init", "lab"):
            command.add_argument("--json", action="store_true", help=say("cli.json", lang))
    _own(made, lang)
    _deciding(made, lang)
    _looking_back(made, lang)
    _scheduling(made["schedule"], lang)
    _serving(made["lab"], lang)
    found: argparse.Namespace = root.parse_args(arguments)
    return found


def _own(made: dict[str, argparse.ArgumentParser], lang: str) -> None:
    """What only some commands take."""
    for name, count in {"check": "*", "run": "+", "report": "*"}.items():
        made[name].add_argument("names", nargs=count, help=say("cli.names", lang))
    made["show"].add_argument("name", help=say("cli.scenario", lang))
    made["diff"].add_argument("name", help=say("cli.scenario", lang))
    made["diff"].add_argument("other", nargs="?", help=say("cli.other", lang))
    made["goals"].add_argument("names", nargs="*", help=say("cli.goal", lang))
    made["check"].add_argument("--deep", action="store_true", help=say("cli.deep", lang))
    made["run"].add_argument(
        "--set", action="append", type=_setting, default=[], metavar="NAME=VALUE", help=say("cli.set", lang)
    )
    made["run"].add_argument("--workers", type=_counted, default=1, help=say("cli.workers", lang))
    made["report"].add_argument("--against", default="", help=say("cli.against", lang))
    made["report"].add_argument("--since", metavar="REPORT", help=say("cli.since", lang))
    made["report"].add_argument("--out", help=say("cli.out", lang))
    made["report"].add_argument("--notebook", choices=NOTEBOOKS, default=NOTEBOOKS[0], help=say("cli.notebook", lang))
    made["report"].add_argument("--year", type=_whole, help=say("cli.shock_year", lang))
    made["report"].add_argument(
        "--wait", type=_counted_from_zero, default=0, metavar="SECONDS", help=say("cli.wait", lang)
    )
    made["report"].add_argument("--if-changed", action="store_true", help=say("cli.if_changed", lang))
    made["report"].add_argument("--keep", type=_counted_from_zero, default=3, metavar="N", help=say("cli.keep", lang))
    made["report"].add_argument("--all", action="store_true", help=say("cli.all", lang))
    made["report"].add_argument("--jobs", type=_counted, default=1, metavar="N", help=say("cli.jobs", lang))
    made["report"].add_argument("--deadline", type=_number, metavar="SECONDS", help=say("cli.deadline_seconds", lang))
    made["report"].add_argument("--log", metavar="FILE", help=say("cli.log", lang))
    made["report"].add_argument("--memory", type=_number, metavar="GB", help=say("cli.memory", lang))
    made["verify"].add_argument("names", nargs="+", metavar="report", help=say("cli.verified", lang))
    for key in ("strict", "rerun"):
        made["verify"].add_argument(f"--{key}", action="store_true", help=say(f"cli.{key}", lang))
    made["init"].add_argument("folder", help=say("cli.folder", lang))
    for name in ("run", "report", "show", "diff", *DECIDING):
        made[name].add_argument("--as-of", type=_day, help=say("cli.as_of", lang))
    for name in ("run", "report", "backtest", *DECIDING):
        made[name].add_argument("--draws", type=_whole, default=DRAWS, help=say("cli.draws", lang))
        made[name].add_argument("--seed", type=_whole, default=0, help=say("cli.seed", lang))
    for name in ("run", *DECIDING):
        made[name].add_argument("--learn", nargs="?", const="", metavar="SCENARIO", help=say("cli.learn", lang))


def _deciding(made: dict[str, argparse.ArgumentParser], lang: str) -> None:
    """What the commands that explain and decide take."""
    made["compare"].add_argument("names", nargs="+", help=say("cli.names", lang))
    for name in ("explain", "solve", "sensitivity", "discover", "study"):
        made[name].add_argument("name", help=say("cli.scenario", lang))
    for name in ("explain", "study"):
        made[name].add_argument("--against", default="", help=say("cli.against", lang))
    made["explain"].add_argument("--of", default="scale.total", help=say("cli.of", lang))
    made["sensitivity"].add_argument("--of", default="R01", help=say("cli.of", lang))
    made["explain"].add_argument("--by", default="integration", help=say("cli.by", lang))
    for name in ("solve", "discover"):
        made[name].add_argument("--goal", default="R01", help=say("cli.goal", lang))
    made["solve"].add_argument("--prob", type=_number, action="append", default=[], help=say("cli.prob", lang))
    made["solve"].add_argument("--lever", help=say("cli.lever", lang))
    made["solve"].add_argument("--parameter", action="append", default=[], help=say("cli.parameter", lang))
    made["sensitivity"].add_argument("--method", default="sobol", help=say("cli.method", lang))
    for name in ("compare", "explain", "solve", "sensitivity", "discover"):
        made[name].add_argument("--scope", action="store_true", help=say("cli.scope", lang))


def _looking_back(made: dict[str, argparse.ArgumentParser], lang: str) -> None:
    """What the commands that look at facts and past forecasts take."""
    made["backtest"].add_argument("name", nargs="?", default="announced", help=say("cli.happened", lang))
    made["backtest"].add_argument("--origin", action="append", type=_day, metavar="DAY", help=say("cli.origin", lang))
    made["observe"].add_argument("series", nargs="?", help=say("cli.fact_series", lang))
    made["observe"].add_argument("--definition", help=say("cli.definition", lang))
    made["score"].add_argument("names", nargs="*", metavar="report", help=say("cli.reports", lang))
    made["score"].add_argument("--happened", default="announced", help=say("cli.happened", lang))
    for name in ("observe", "score"):
        made[name].add_argument("--as-of", type=_day, help=say("cli.known_by", lang))


def _serving(lab: argparse.ArgumentParser, lang: str) -> None:
    """What the command that serves the lab takes."""
    lab.add_argument("--port", type=_counted_from_zero, help=say("cli.port", lang))
    lab.add_argument("--ip", metavar="ADDRESS", help=say("cli.ip", lang))
    lab.add_argument("--token", help=say("cli.token", lang))
    lab.add_argument("--no-browser", action="store_true", help=say("cli.no_browser", lang))


def _scheduling(made: argparse.ArgumentParser, lang: str) -> None:
    """What `schedule` takes."""
    made.add_argument("cadence", choices=CADENCES, help=say("cli.cadence", lang))
    made.add_argument("--for", dest="target", choices=SCHEDULERS, required=True, help=say("cli.for", lang))
    made.add_argument("--jobs", type=_counted, default=1, metavar="N", help=say("cli.jobs", lang))
    made.add_argument(
        "--deadline", type=_number, default=DEADLINE, metavar="SECONDS", help=say("cli.schedule_deadline", lang)
    )


def _version() -> str:
    from tuiyan import __version__

    return __version__


def _whole(text: str) -> int:
    """A whole number in plain digits."""
    if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _counted(text: str) -> int:
    """A whole number, one or more."""
    if _whole(text) < 1:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _counted_from_zero(text: str) -> int:
    """A whole number, none or more."""
    if _whole(text) < 0:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def _number(text: str) -> float:
    """A number in plain notation."""
    if not NUMBER.fullmatch(text.strip()):
        raise argparse.ArgumentTypeError(text)
    return float(text)


def _day(text: str) -> str:
    """A day written year-month-day; whether there is such a day is found with the scenario."""
    return text if DAY.fullmatch(text) else f"'{text}'"


def _setting(text: str) -> tuple[str, float]:
    """``name=number``."""
    name, _, number = text.partition("=")
    if not name.strip() or not NUMBER.fullmatch(number.strip()):
        raise argparse.ArgumentTypeError(text)
    return name.strip(), float(number)
