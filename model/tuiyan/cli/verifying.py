"""`tuiyan verify`: whether a published report is what was published."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tuiyan.cli.codes import DONE, FAILED, code_of
from tuiyan.cli.output import out, out_json, talk
from tuiyan.inputs.findings import TuiyanError
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.reporting.comparing import Difference
    from tuiyan.reporting.verify import Verified

NOT_REPRODUCIBLE = 7
MOST = 40  # places that are printed
DIGITS = 16
UNREAD = ("unread", "bytes", "unseen")  # kinds of a whole file, where only lines are known
AROUND = 40  # letters on both sides of where long texts part


def verify(options: argparse.Namespace) -> int:
    """`tuiyan verify`: all that are named; a report that differs is worse than one that cannot be looked at."""
    from tuiyan.reporting.execute import ReportError
    from tuiyan.reporting.verify import verify as verified

    worst, refused, found = DONE, DONE, []
    accepted = ("identical",) if options.strict else ("identical", "same_numbers")
    for name in options.names:
        talk(say("verify.stage", options.lang, name=name))
        try:
            each = verified(_folder(name, options.workspace), rerun=options.rerun, workspace=options.workspace)
        except (TuiyanError, ReportError) as error:
            said, why = _refusal(error, options.lang)
            talk(said)
            refused = refused or code_of(error)
            found.append({"folder": name, "answer": "refused", "why": why})
            continue
        worst = worst if each.answer in accepted else NOT_REPRODUCIBLE
        found.append({**asdict(each), "folder": str(each.folder)})
        if not options.json:
            out("\n".join(lines(each, options.lang)))
    if options.json:
        out_json(found)
    return worst or refused


def _refusal(error: Exception, lang: str) -> tuple[str, object]:
    """Why a name gives no answer, for readers and for machines."""
    if isinstance(error, TuiyanError):
        return error.render(lang), [each.as_json() for each in error.findings]
    return say("cli.failed", lang, why=error) if code_of(error) == FAILED else str(error), str(error)


def lines(found: Verified, lang: str) -> list[str]:
    """What is printed of one report: the answer, each place, and what this way of looking cannot see."""
    key = f"verify.{found.answer}" + (".rerun" if found.rerun and found.answer == "identical" else "")
    told = {"count": found.files, "digest": found.digest[:DIGITS], "places": len(found.differences)}
    shown = [say(key, lang, **told), *(f"  {place(each, lang)}" for each in found.differences[:MOST])]
    if more := len(found.differences) - MOST:
        shown += [f"  {say('verify.more', lang, count=more)}"] if more > 0 else []
    return shown if found.rerun or found.answer == "different" else [*shown, say("verify.limit", lang)]


def place(found: Difference, lang: str) -> str:
    """One difference on one line."""
    row = "verify.line" if found.kind in UNREAD else "verify.row"
    parts = [found.file, found.where]
    parts += [say(row, lang, row=found.row)] if found.row else []
    parts += [say("verify.column", lang, column=found.column)] if found.column else []
    where = " · ".join(part for part in parts if part)
    what = say(f"verify.kind.{found.kind}", lang)
    if found.old or (found.new and found.kind not in UNREAD):
        old, new = parted(found.old, found.new)
        what += f" ({say('verify.change', lang, old=old or '—', new=new or '—')})"
    elif found.new and found.column:
        what += f" ({say('verify.found', lang, new=found.new)})"
    return f"{where}: {what}"


def parted(old: str, new: str) -> tuple[str, str]:
    """Two texts; of long ones what stands around the first place where they part.

    Examples
    --------
    >>> old, _ = parted("a" * 90 + "5" + "b" * 90, "a" * 90 + "6" + "b" * 90)
    >>> old == "…" + "a" * 40 + "5" + "b" * 39 + "…"
    True
    """
    if max(len(old), len(new)) <= 2 * AROUND:
        return old, new
    apart = next((place for place, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), 0)
    first = max(apart - AROUND, 0)
    last = first + 2 * AROUND

    def cut(text: str) -> str:
        return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")

    return cut(old), cut(new)


def _folder(name: str, workspace: str | None) -> Path:
    """A path as it was given, or the report of that name in the folder of reports."""
    from tuiyan.inputs.workspace import find_workspace
    from tuiyan.reporting.early import default_folder

    if Path(name).exists():
        return Path(name)
    named = default_folder(find_workspace(workspace)) / name
    return named if named.is_dir() else Path(name)
