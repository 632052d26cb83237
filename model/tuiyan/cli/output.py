"""Results go to stdout, talk to stderr; scenarios are loaded together, so that all their problems come at once."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from tuiyan.inputs.findings import Finding, TuiyanError


def out(text: str) -> None:
    """A result, on stdout."""
    if sys.stdout:
        sys.stdout.write(text + "\n")


def talk(text: str) -> None:
    """Talk, on stderr."""
    if sys.stderr:
        sys.stderr.write(text + "\n")


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
