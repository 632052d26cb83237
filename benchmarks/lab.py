"""A slider move beside one model run of the same draws: ``python -m benchmarks.lab``.

The move is all the work that is ours: the edit and its checks, the run of the preview, the ledger, the fan, the row,
and the search for controls that move nothing. What the browser does with it is not in it.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import time

import tuiyan as ty
from tuiyan.lab.desk import PREVIEW, Desk
from tuiyan.lab.view import View

REPEATS, AIM, AIM_SECONDS = 31, 3.0, 0.150
LEVER, PARAMETER = "talent", "lever.talent.inflow"


def seconds_of_moves(view: View, id_: str, values: itertools.cycle[float]) -> tuple[list[float], list[float]]:
    """Seconds of moves of one slider, and of a model run of the same scenario taken after each."""
    moves, runs = [], []
    for _ in range(REPEATS):
        start = time.perf_counter()
        view.controls[id_].slider.value = next(values)  # type: ignore[union-attr]
        moved = time.perf_counter()
        ty.run(view.desk.scenario, draws=PREVIEW)
        moves.append(moved - start)
        runs.append(time.perf_counter() - moved)
    return moves, runs


def report() -> str:
    """The lines that the benchmark prints."""
    lines = []
    for id_, pair in ((LEVER, (0.4, 0.6)), (PARAMETER, (0.1, 0.16))):
        view = View(Desk(ty.load("announced")), "en")
        values = itertools.cycle(pair)
        seconds_of_moves(view, id_, values)
        moves, runs = seconds_of_moves(view, id_, values)
        ratio = statistics.median(move / run for move, run in zip(moves, runs, strict=True))
        took = statistics.median(moves)
        lines.append(
            f"lab: {id_} moved to a redrawn ledger and fan / one run of {PREVIEW} draws: {ratio:.2f} (aim {AIM:g});"
            f" {1000 * took:.0f} ms here (aim {1000 * AIM_SECONDS:.0f})\n"
        )
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report())
