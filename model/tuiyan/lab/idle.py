"""Which edits move nothing: looked for one edit at a time in the pauses between two moves, so that no move waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from tuiyan.effects import DRAWS, moves
from tuiyan.ensemble import simulate_all
from tuiyan.lab.desk import Desk, State

PAUSE = 0.25  # seconds without a move
Pauses = Callable[[Iterator[None]], None]


def search(desk: Desk, told: Callable[[set[str]], object]) -> Iterator[None]:
    """Try edit after edit whether it moves an output of any draw, as the check after a run does; a pause before each.

    Parameters
    ----------
    told
        Receives the ids that move nothing; not called once the scenario has moved on.
    """
    return _steps(desk, desk.state, told)


def _steps(desk: Desk, state: State, told: Callable[[set[str]], object]) -> Iterator[None]:
    now, found = state.scenario, set()
    if desk.scenario is not now:
        return
    whole = simulate_all(now, draws=DRAWS, seed=desk.seed) if state.edits else {}
    for id_ in state.edits:
        yield
        if desk.scenario is not now:
            return
        if not moves(now, desk.parent, id_, whole, seed=desk.seed):
            found.add(id_)
    told(found)


def at_once(steps: Iterator[None]) -> None:
    """Take all steps now."""
    for _ in steps:
        pass


def in_pauses(steps: Iterator[None]) -> None:
    """Take the steps one by one on the loop that runs here, which hears a move between two; at once without a loop."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        at_once(steps)
        return

    def step() -> None:
        for _ in steps:
            loop.call_later(0, step)
            return

    loop.call_later(PAUSE, step)
