"""What `notebooks/scheduled.ipynb` does: make the reports of one scenario, or of all, by the command.

jupyter-scheduler pastes the parameters of a job into the notebook as they are: ``scenario = announced``. So the first
cell sets a guard, and every cell after it is read before it is run: nothing but plain settings and the launch passes.
"""

from __future__ import annotations

import ast
import html
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuiyan.cli.arguments import DEADLINE
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.workspace import SLUG, find_workspace
from tuiyan.reporting.early import PACKAGE
from tuiyan.reporting.parameters import Form, NotebookError
from tuiyan.wording import LANGUAGES, say

NOTEBOOK = Path("notebooks", "scheduled.ipynb")
WAIT = 600  # seconds that a scheduled run waits for one that somebody started by hand
ALL = "all"
LAUNCH = "launcher.launch(globals())"
FORM = Form(
    {"scenario": str, "workspace": str, "lang": str, "draws": int, "jobs": int, "deadline": int},
    frozenset({"launcher"}),
)
SETTING = re.compile(r"([a-z]+)\s*=\s*(.+)")
LONGEST = 80  # letters of a refused line that are shown
KNOWN_CODES = frozenset({1, 2, 3, 4, 5, 6, 130, 143})


class LaunchError(RuntimeError):
    """A run that failed; told in both languages and without a traceback of ours.

    Attributes
    ----------
    code
        The exit code of the command; negative when a signal ended it.
    """

    def __init__(self, text: str, code: int) -> None:
        self.code = code
        super().__init__(text)

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True, slots=True)
class Launched:
    """The pages of a run that went well."""

    scenario: str
    pages: tuple[Path, ...]
    said: str
    lang: str

    def __repr__(self) -> str:
        return "\n".join([self._title(), *map(str, self.pages), "", self.said])

    def _repr_html_(self) -> str:
        links = (f'<li><a href="{html.escape(page.as_uri())}">{html.escape(str(page))}</a></li>' for page in self.pages)
        told = f"<pre>{html.escape(self.said)}</pre>"
        return f"<p>{html.escape(self._title())}</p><ul>{''.join(links)}</ul>{told}"

    def _title(self) -> str:
        return say("launch.done", self.lang, scenario=self.scenario, count=len(self.pages))


def command(
    python: str, scenario: str, *, workspace: str, lang: str, jobs: int = 1, deadline: int = DEADLINE
) -> list[str]:
    """The words of the command that a scheduler runs."""
    which = "--all" if scenario == ALL else scenario
    limits = ["--wait", str(WAIT), "--deadline", str(deadline), *(["--jobs", str(jobs)] if jobs > 1 else [])]
    where = ["--workspace", workspace, "--lang", lang]
    return [python, "-P", "-m", "tuiyan", "report", which, "--if-changed", *limits, *where]


def guard(shell: Any) -> None:
    """Read every later cell of a notebook before IPython runs it, until the launch.

    Parameters
    ----------
    shell
        What ``get_ipython()`` gives.
    """
    unguard(shell)
    shell.input_transformers_cleanup.insert(0, settings)


def unguard(shell: Any) -> None:
    """Let cells pass again."""
    while settings in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.remove(settings)


def settings(lines: list[str]) -> list[str]:
    r"""The lines of a cell, if they hold settings and nothing else; a plain id needs no quotes.

    Raises
    ------
    NotebookError
        E302 for any other line; the cell does not run.

    Examples
    --------
    >>> settings(["# Parameters\n", "scenario = demand_led\n", 'lang = "zh"  # talk\n'])
    ["scenario = 'demand_led'\n", "lang = 'zh'\n"]
    """
    stripped = [line.strip() for line in "".join(lines).split("\n")]
    meant = [line for line in stripped if line and not line.startswith("#")]
    if meant == [LAUNCH]:
        return [f"{LAUNCH}\n"]  # and not the lines themselves: what a line is to Python may be another thing than here
    return [f"{name} = {value!r}\n" for name, value in map(_setting, meant)]


def _setting(line: str) -> tuple[str, object]:
    """Name and value of one line."""
    found = SETTING.fullmatch(line)
    kind = FORM.kinds.get(found[1]) if found else None
    if found is None or kind is None:
        raise _refused(line)
    if kind is str and SLUG.fullmatch(found[2]):
        return found[1], found[2]
    try:
        value: object = ast.literal_eval(found[2])
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        raise _refused(line) from None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _refused(line)
    return found[1], value


def _refused(line: str) -> NotebookError:
    return NotebookError([Finding("E302", None, {"line": line[:LONGEST], "known": ", ".join(FORM.kinds)})])


def launch(namespace: Mapping[str, object]) -> Launched:
    """Make the reports that the parameters ask for.

    Parameters
    ----------
    namespace
        The notebook's ``globals()``.

    Raises
    ------
    NotebookError
        E300 for a scenario that is no plain id, E301 for a workspace that is none; as `Form.checked`.
    LaunchError
        When the command failed; its exit code in words, and what it said last.
    """
    if "get_ipython" in namespace:
        unguard(namespace["get_ipython"]())  # type: ignore[operator]
    given: dict[str, Any] = FORM.checked(namespace)
    scenario, lang, draws = given["scenario"], given["lang"], given["draws"]
    if not SLUG.fullmatch(scenario):
        raise NotebookError([Finding("E300", None, {"given": ascii(scenario)[:LONGEST]})])
    found = {"workspace": str(_workspace(given["workspace"])), "lang": lang}
    words = command(sys.executable, scenario, **found, jobs=given["jobs"], deadline=given["deadline"])
    done = subprocess.run(  # noqa: S603 - our own interpreter and module; the id is a slug
        [*words, "--draws", str(draws)], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise LaunchError(failure(scenario, done.returncode, done.stderr), done.returncode)
    return Launched(scenario, tuple(map(Path, done.stdout.splitlines())), done.stderr, lang)


def failure(scenario: str, code: int, said: str) -> str:
    """What is shown of a failed run: the exit code in words, in both languages, and all that the command said."""
    key = f"launch.code.{code}" if code in KNOWN_CODES else "launch.code.killed" if code < 0 else "launch.code.other"
    lines = [say("launch.failed", lang, scenario=scenario, code=code, why=say(key, lang)) for lang in LANGUAGES]
    return "\n".join([*lines, said])


def _workspace(given: str) -> Path:
    """The workspace of a job: the one given, else ``TUIYAN_WORKSPACE``, else a folder above; never the shipped one."""
    try:
        found = find_workspace(given or None)
    except TuiyanError as error:
        raise NotebookError([*error.findings]) from None
    return chosen(found, Path.cwd(), named=bool(given or os.environ.get("TUIYAN_WORKSPACE")))


def chosen(found: Path, here: Path, *, named: bool) -> Path:
    """The workspace that was found, if it was named or lies around `here`, the folder that a job runs in.

    That is a staging folder, where the shipped files would be found: their report is not what anybody asked for.

    Raises
    ------
    NotebookError
        E301 for any other.
    """
    if PACKAGE in found.parents or not (named or found in (here, *here.parents)):
        raise NotebookError([Finding("E301", None, {"folder": str(here)})])
    return found
