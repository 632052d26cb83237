"""Check inputs without running anything."""

from __future__ import annotations

from pathlib import Path

from tuiyan.inputs.analogues import read_analogues, read_bass_estimates
from tuiyan.inputs.facts import read_facts
from tuiyan.inputs.findings import Finding, TuiyanError, in_order
from tuiyan.inputs.io_tables import check_io_tables
from tuiyan.inputs.loading import load
from tuiyan.inputs.projections import read_projections
from tuiyan.inputs.published_inputs import read_published_inputs
from tuiyan.inputs.remarks import remarks
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.workspace import find_workspace, read_workspace


def check(path: Path | str | None = None, *, deep: bool = False, workspace: Path | str | None = None) -> list[Finding]:
    """Everything wrong with a scenario, or with a whole workspace.

    Parameters
    ----------
    path
        A scenario's id or file; None checks every file of the workspace.
    deep
        Also run each scenario with every change taken back in turn, and name those that move no output.

    Returns
    -------
    findings in the order of their places; empty when all is well
    """
    found: dict[object, Finding] = {}

    def note(findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            found.setdefault((finding.code, finding.where, str(finding.values)), finding)

    try:
        read = read_workspace(find_workspace(workspace))
    except TuiyanError as error:
        return in_order(error.findings)
    note(read.warnings)
    for name in read.scenarios() if path is None else [path]:
        try:
            scenario = load(name, workspace=read.root)
            note(scenario.warnings)
            if deep:
                note(_idle(scenario))
        except TuiyanError as error:
            note(error.findings)
    if path is None:
        note(tuple(remarks(read)))
        for reader in (read_facts, read_projections, read_published_inputs, read_analogues, read_bass_estimates):
            try:
                reader(read)
            except TuiyanError as error:
                note(error.findings)
        note(check_io_tables(read.params))
    return in_order(found.values())


def _idle(scenario: Scenario) -> tuple[Finding, ...]:
    """Changes that move nothing; the model is loaded only for this."""
    from tuiyan.effects import idle_changes

    return tuple(idle_changes(scenario))
