"""A slider move beside one model run of the same draws: ``python -m benchmarks.lab``.

The move is all the work that is ours: the edit and its checks, the run of the preview, the ledger, the fan and the row;
on a desk without another edit, and on one with many. What the browser does with it is not in it. The search for
controls that move nothing runs in the pauses between moves: a move waits for one step of it at the most, and the
longest is told.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Iterator

import tuiyan as ty
from tuiyan.lab.desk import PREVIEW, Desk
from tuiyan.lab.view import View

REPEATS, AIM, AIM_SECONDS = 31, 3.0, 0.150
LEVER, PARAMETER = "talent", "lever.talent.inflow"
OTHERS = 10  # edits that lie on the desk beside the one that moves


def crowded(desk: Desk, others: int) -> Desk:
    """The desk with other edits on it, each a step of its slider away from the parent."""
    numbers = [each for each in desk.fields.values() if each.form == "number" and each.id not in (LEVER, PARAMETER)]
    for each in numbers:
        if len(desk.state.edits) == others:
            break
        if desk.move(each.id, each.low):
            desk.restore(each.id)
    return desk


def seconds_of_moves(view: View, id_: str, values: itertools.cycle[float]) -> tuple[list[float], list[float]]:
    """Seconds of moves of one slider, and of a model run of the same scenario taken after each."""
    moves, runs = [], []
    for _ in range(REPEATS):
        del view.desk.history[:-1]  # a state that was there before is not run again
        start = time.perf_counter()
        view.controls[id_].slider.value = next(values)  # type: ignore[union-attr]
        moved = time.perf_counter()
        ty.run(view.desk.scenario, draws=PREVIEW)
        moves.append(moved - start)
        runs.append(time.perf_counter() - moved)
    return moves, runs


def seconds_of_steps(steps: Iterator[None]) -> list[float]:
    """Seconds of each step of a search."""
    found, start = [], time.perf_counter()
    for _ in steps:
        found.append(time.perf_counter() - start)
        start = time.perf_counter()
    return found


def report() -> str:
    """The lines that the benchmark prints."""
    lines = []
    for others, (id_, pair) in itertools.product((0, OTHERS), ((LEVER, (0.4, 0.6)), (PARAMETER, (0.1, 0.16)))):
        later: list[Iterator[None]] = []
        view = View(crowded(Desk(ty.load("announced")), others), "en", pauses=later.append)
        values = itertools.cycle(pair)
        seconds_of_moves(view, id_, values)
        moves, runs = seconds_of_moves(view, id_, values)
        ratio = statistics.median(move / run for move, run in zip(moves, runs, strict=True))
        took, steps = statistics.median(moves), seconds_of_steps(later[-1])
        lines.append(
            f"lab: {id_} moved to a redrawn ledger and fan, {others} other edits / one run of {PREVIEW} draws:"
            f" {ratio:.2f} (aim {AIM:g}); {1000 * took:.0f} ms here (aim {1000 * AIM_SECONDS:.0f});"
            f" then {len(steps)} steps of search, the longest {1000 * max(steps):.0f} ms\n"
        )
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report())
