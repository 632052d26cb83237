"""The runs that were kept to compare with: they stay when another scenario is opened, until they are dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuiyan.analysis.comparison import Comparison, compare
from tuiyan.lab.running import called
from tuiyan.results import Projection, run

if TYPE_CHECKING:
    from tuiyan.lab.desk import Desk


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that was kept to compare with."""

    name: str
    run: Projection


def keep(desk: Desk) -> Kept:
    """Keep what is shown, under a letter."""
    turn, place = divmod(len(desk.kept), 26)
    kept = Kept(f"{chr(ord('A') + place)}{turn + 1 if turn else ''}", desk.shown)
    desk.kept.append(kept)
    return kept


def compare_kept(desk: Desk) -> Comparison:
    """The kept runs against the parent, on the draws that they share; on those of a preview when they share none.

    Raises
    ------
    TuiyanError
        For runs that cannot stand beside the parent, such as those of another horizon.
    """
    runs = [called(each.run, each.name) for each in desk.kept]
    shared = {(each.draws, each.seed) for each in runs}
    if len(shared) > 1:
        shared = {(desk.draws, desk.seed)}
        runs = [run(each.scenario, draws=desk.draws, seed=desk.seed) for each in runs]
    ((draws, seed),) = shared
    known = (each for each in (desk.full.get("parent"), desk.before) if each and each.scenario is desk.parent)
    first = next((each for each in known if (each.draws, each.seed) == (draws, seed)), None)
    return compare(first or run(desk.parent, draws=draws, seed=seed), *runs)
