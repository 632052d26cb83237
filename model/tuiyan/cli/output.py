"""Results go to stdout, talk to stderr; scenarios are loaded together, so that all their problems come at once."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tuiyan.inputs.findings import Finding, TuiyanError

if TYPE_CHECKING:
    from tuiyan.grids import Grid


def out(text: str) -> None:
    """A result, on stdout."""
    if sys.stdout:
        sys.stdout.write(text + "\n")


def talk(text: str) -> None:
    """Talk, on stderr. Where the disk of its file is full the command goes on without; a pipe nobody reads ends it."""
    if sys.stderr:
        try:
            sys.stderr.write(text + "\n")
        except BrokenPipeError:
            raise
        except OSError:
            sys.stderr = None


def out_grids(grids: Iterable[Grid], right: Sequence[int] | None = None) -> None:
    """Tables on stdout, a note under each; all columns but the first are numbers unless those that are get named."""
    from tuiyan.cli.text import table

    for grid in grids:
        numbers = range(1, len(grid.head)) if right is None else right
        text = table(grid.head, grid.rows, right=numbers) if grid.rows else ""
        out("\n".join(part for part in (grid.title, text, grid.note) if part) + "\n")


def out_json(data: object) -> None:
    """A result for machines."""
    out(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))


def loaded(options: argparse.Namespace, names: list[str], **settings: Any) -> list[Any]:
    """The scenarios named, or every problem of all of them."""
    from tuiyan.inputs.loading import load

    found: list[Any] = []
    findings: dict[str, Finding] = {}
    for name in names:
        try:
            found.append(load(name, as_of=options.as_of, workspace=options.workspace, **settings))
        except TuiyanError as error:
            findings |= {each.render("en"): each for each in error.findings}
    if findings:
        raise TuiyanError(findings.values())
    return found
