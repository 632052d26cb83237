"""The goal register of a policy document, and which of its measures aim at which goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.workspace import PLAN, Workspace, find_workspace, read_workspace


@dataclass(frozen=True)
class Goals:
    """The goal register of a plan: the statements by register id, and which measures aim at which of them."""

    workspace: Workspace

    @property
    def statements(self) -> dict[str, Goal]:
        """Statements by register id."""
        return self.workspace.goals

    def coverage(self) -> dict[str, tuple[str, ...]]:
        """For each goal, or part of a goal, the measures whose own text aims at it; empty where none does."""
        measures = self.workspace.measure_file.measures
        targets = [name for id_, goal in self.statements.items() for name in _targets(id_, goal)]
        return {target: tuple(id_ for id_, measure in measures.items() if target in measure.aims) for target in targets}


def goals(plan: str = PLAN, *, workspace: Path | str | None = None) -> Goals:
    """The goal register of a policy document.

    Raises
    ------
    TuiyanError
        For a plan that is not registered, and for any problem of the workspace.
    """
    if plan != PLAN:
        raise TuiyanError([unknown_goal(plan, [PLAN])])
    return Goals(read_workspace(find_workspace(workspace)))


def _targets(id_: str, goal: Goal) -> Iterator[str]:
    """A goal, or each of its parts; instruments, structure and facts are not goals."""
    if goal.kind in ("fact", "instrument", "structure"):
        return
    yield from (f"{id_}.{part.id}" for part in goal.parts) if goal.parts else (id_,)


def unknown_goal(name: str, known: Iterable[str]) -> Finding:
    """The finding for a goal that is not registered, with the nearest one."""
    return Finding("E117", None, {"name": name, "nearest": nearest(name, known)})


def find_goal(workspace: Workspace, name: str) -> tuple[str, Goal]:
    """Register id and statement for a register id or a goal id.

    Raises
    ------
    TuiyanError
        For a goal that is not in the register, naming the nearest.
    """
    for id_, goal in workspace.goals.items():
        if name in (id_, goal.id):
            return id_, goal
    words = [word for id_, goal in workspace.goals.items() for word in (id_, goal.id) if word]
    raise TuiyanError([unknown_goal(name, words)])
