"""`tuiyan schedule`: a definition that has every report made again, regularly, by a scheduler that the machine has.

What is printed calls ``tuiyan report --all --if-changed`` by the full path of this interpreter, for one workspace. A
minute that hangs on the path of the workspace keeps many machines from starting at once.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import json
import math
import os
import re
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tuiyan.cli import definitions
from tuiyan.cli.launcher import NOTEBOOK, WAIT, command
from tuiyan.cli.output import out, talk
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.wording import say

HOUR = 4  # early in the morning, where the scheduler stands
SLACK = 2 * WAIT  # seconds beyond the deadline, for tidying up on a slow machine
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # no line of a definition can hold these
GLOBS = re.compile(r"[*?\[\]{}!$]")  # characters that a workflow reads as patterns or expressions
# Cadence to what cron and systemd say of the day; the first day of the period, weeks from Monday.
DAYS = {
    "daily": ("* * *", "*-*-*"),
    "weekly": ("* * 1", "Mon *-*-*"),
    "monthly": ("1 * *", "*-*-01"),
    "quarterly": ("1 1,4,7,10 *", "*-01,04,07,10-01"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run and when.

    Attributes
    ----------
    deadline
        Seconds for the whole run.
    python
        The interpreter, by its full path; not resolved, since a virtual environment is known by its link.
    """

    cadence: str
    workspace: Path
    lang: str
    jobs: int
    deadline: int
    python: str = sys.executable

    @property
    def digest(self) -> str:
        """Of the path of the workspace; tells its definitions from those of others."""
        return hashlib.sha256(str(self.workspace).encode("utf-8", "surrogateescape")).hexdigest()

    @property
    def name(self) -> str:
        """How the definition is called where several may stand."""
        return f"tuiyan-{self.digest[:8]}"

    @property
    def minute(self) -> int:
        """From 1 to 59: on the hour everybody starts."""
        return 1 + int(self.digest[:8], 16) % 59

    @property
    def cron(self) -> str:
        """The five fields of cron."""
        return f"{self.minute} {HOUR} {DAYS[self.cadence][0]}"

    @property
    def words(self) -> list[str]:
        """The command, word by word."""
        return command(
            self.python, "all", workspace=str(self.workspace), lang=self.lang, jobs=self.jobs, deadline=self.deadline
        )


def cron(plan: Plan) -> str:
    """A line for ``crontab -e``; silent unless the run fails, so that cron sends mail only then.

    Raises
    ------
    TuiyanError
        E303 for a path that the line cannot hold.
    """
    _writable("cron", plan.python, str(plan.workspace))
    run = " ".join(_in_cron(word) for word in plan.words)
    failed = """{ code=$?; printf '%s\\n' "$out" "tuiyan: exit code $code"; exit $code; }""".replace("%", "\\%")
    return f"# {say('schedule.about.cron', plan.lang)}\n{plan.cron} out=$({run} 2>&1) || {failed}\n"


def systemd(plan: Plan) -> str:
    """A shell script that writes a service and its timer for the whole machine.

    Raises
    ------
    TuiyanError
        E303 for a path that a unit cannot hold; systemd takes the program's path as it is, so ``$`` has no escape.
    """
    _writable("systemd", plan.python, str(plan.workspace))
    if "$" in plan.python:
        raise TuiyanError([Finding("E303", None, {"target": "systemd", "path": plan.python})])
    unit = definitions.UNIT.format(
        cadence=plan.cadence, user=_user(), name=plan.name, timeout=plan.deadline + SLACK,
        command=" ".join(_in_unit(word).replace("$", "$$") for word in plan.words),
        workspace=_in_unit(str(plan.workspace)),
    )  # fmt: skip
    timer = definitions.TIMER.format(cadence=plan.cadence, day=DAYS[plan.cadence][1], hour=HOUR, minute=plan.minute)
    return definitions.INSTALLER.format(
        about=say("schedule.about.systemd", plan.lang), name=plan.name, unit=unit, timer=timer
    )


def _user() -> str:
    """Who prints this, by the system and not by the environment; a number where it knows no name."""
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def github(plan: Plan) -> str:
    """A workflow for GitHub Actions; the workspace is the repository or a folder in it.

    Raises
    ------
    TuiyanError
        E304 where no folder above holds ``run.py`` and the lock, E303 for a path that a workflow cannot hold.
    """
    above = (plan.workspace, *plan.workspace.parents)
    root = next(
        (each for each in above if all((each / name).is_file() for name in ("run.py", "requirements.lock"))), None
    )
    if root is None:
        raise TuiyanError([Finding("E304", None, {"folder": str(plan.workspace)})])
    inside = plan.workspace.relative_to(root)
    _writable("github", str(inside))
    if GLOBS.search(str(inside)):
        raise TuiyanError([Finding("E303", None, {"target": "github", "path": str(inside)})])
    words = command("", "all", workspace=inside.as_posix(), lang=plan.lang, jobs=plan.jobs, deadline=plan.deadline)
    words = ["python", "run.py", *words[words.index("report") :]]
    return definitions.WORKFLOW.format(
        about=say("schedule.about.github", plan.lang), cadence=plan.cadence, cron=plan.cron, command=shlex.join(words),
        timeout=math.ceil((plan.deadline + SLACK) / 60),
        reports=json.dumps((inside / "reports").as_posix(), ensure_ascii=False),
    )  # fmt: skip


def jupyter(plan: Plan) -> str:
    """The body of ``POST /scheduler/job_definitions``, for a server that was started in the workspace.

    Raises
    ------
    TuiyanError
        E305 where the workspace has no launcher notebook.
    """
    if not (plan.workspace / NOTEBOOK).is_file():
        raise TuiyanError([Finding("E305", None, {"notebook": NOTEBOOK.as_posix(), "folder": str(plan.workspace)})])
    _writable("jupyter-scheduler", str(plan.workspace))
    parameters = {
        "scenario": "all", "workspace": ascii(str(plan.workspace)), "lang": plan.lang, "jobs": str(plan.jobs),
        "deadline": str(plan.deadline),
    }  # fmt: skip
    body = {
        "name": f"tuiyan {plan.cadence} reports", "input_uri": NOTEBOOK.as_posix(), "parameters": parameters,
        "runtime_environment_name": Path(plan.python).name, "output_formats": ["ipynb", "html"],
        "schedule": plan.cron, "timezone": _time_zone(), "tags": ["tuiyan"],
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


TARGETS: dict[str, Callable[[Plan], str]] = {
    "cron": cron, "systemd": systemd, "github": github, "jupyter-scheduler": jupyter,
}  # fmt: skip


def schedule(options: argparse.Namespace) -> int:
    """`tuiyan schedule`: the definition on stdout, how it is installed on stderr.

    Raises
    ------
    TuiyanError
        E282 for a deadline that is none; as `refuse_shipped` and as each target.
    """
    from tuiyan.inputs.workspace import find_workspace
    from tuiyan.reporting.kernel import limits

    limits(options.deadline, None)
    workspace = find_workspace(options.workspace)
    refuse_shipped(workspace)
    plan = Plan(options.cadence, workspace, options.lang, options.jobs, math.ceil(options.deadline))
    out(TARGETS[options.target](plan).removesuffix("\n"))
    talk(say(f"schedule.install.{options.target}", options.lang, cadence=plan.cadence, name=plan.name))
    return 0


def refuse_shipped(workspace: Path) -> None:
    """Refuse the files of an installed package: their reports would land wherever the scheduler stands.

    Raises
    ------
    TuiyanError
        E306.
    """
    from tuiyan.reporting.early import PACKAGE

    if PACKAGE in workspace.parents:
        raise TuiyanError([Finding("E306")])


def _writable(target: str, *paths: str) -> None:
    """Refuse paths that no line can hold."""
    if wrong := [path for path in paths if UNWRITABLE.search(path)]:
        raise TuiyanError(Finding("E303", None, {"target": target, "path": ascii(path)}) for path in wrong)


def _in_cron(word: str) -> str:
    r"""A word as cron leaves it for the shell.

    cron ends a line at a bare ``%`` and turns ``\%`` into ``%``, but reads ``\\%`` as an escaped backslash: the quotes
    are closed and opened between a backslash and a ``%`` of the word itself.

    Examples
    --------
    >>> _in_cron("/50 % off"), _in_cron("all")
    ("'/50 \\% off'", 'all')
    """
    return shlex.quote(word).replace("\\%", "\\''%").replace("%", "\\%")


def _in_unit(word: str) -> str:
    r"""A word as systemd reads it back.

    Examples
    --------
    >>> _in_unit('50 % "off"')
    '"50 %% \\"off\\""'
    """
    for plain in ("\\", '"'):
        word = word.replace(plain, f"\\{plain}")
    return '"' + word.replace("%", "%%") + '"'


def _time_zone() -> str:
    """The zone of this machine, or UTC where it has no name."""
    _, found, name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
    return name if found else "UTC"
