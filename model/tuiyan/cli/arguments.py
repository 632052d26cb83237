"""The arguments of every command, with help in the reader's language."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from tuiyan.inputs.findings import nearest
from tuiyan.wording import LANGUAGES, preferred, say

BAD_INPUT = 2
COMMANDS = ("check", "run", "goals", "list", "show", "diff", "report", "init")
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
        if name not in ("report", "init"):
            command.add_argument("--json", action="store_true", help=say("cli.json", lang))
    _own(made, lang)
    found: argparse.Namespace = root.parse_args(arguments)
    return found


def _own(made: dict[str, argparse.ArgumentParser], lang: str) -> None:
    """What only some commands take."""
    for name, count in {"check": "*", "run": "+", "report": "+"}.items():
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
    made["report"].add_argument("--out", help=say("cli.out", lang))
    made["init"].add_argument("folder", help=say("cli.folder", lang))
    for name in ("run", "report", "show", "diff"):
        made[name].add_argument("--as-of", type=_day, help=say("cli.as_of", lang))
    for name, draws in (("run", 16384), ("report", 16384)):
        made[name].add_argument("--draws", type=_whole, default=draws, help=say("cli.draws", lang))
        made[name].add_argument("--seed", type=_whole, default=0, help=say("cli.seed", lang))


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


def _day(text: str) -> str:
    """A day written year-month-day; whether there is such a day is found with the scenario."""
    return text if DAY.fullmatch(text) else f"'{text}'"


def _setting(text: str) -> tuple[str, float]:
    """``name=number``."""
    name, _, number = text.partition("=")
    if not name.strip() or not NUMBER.fullmatch(number.strip()):
        raise argparse.ArgumentTypeError(text)
    return name.strip(), float(number)
