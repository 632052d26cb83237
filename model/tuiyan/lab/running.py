"""A run in parts, so that it can be watched and stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tuiyan.results import Projection

PART = 1024


class StoppedError(Exception):
    """Somebody asked to stop; nothing is wrong."""


@dataclass(slots=True)
class Parts:
    """An executor that runs one part after the other, tells how far it is, and stops between two parts.

    Attributes
    ----------
    runs, draws
        How many scenarios are run, and the draws of each.
    """

    runs: int
    draws: int
    told: Callable[[int, int], object] | None
    stop: Callable[[], bool]
    done: int = field(default=0, init=False)

    @property
    def chunk(self) -> int:
        """Draws in a part; they change no number."""
        return min(PART, self.draws)

    @property
    def total(self) -> int:
        """Parts of all runs."""
        return self.runs * -(-self.draws // self.chunk)

    def map(self, function: Callable[..., Any], /, *iterables: Iterable[Any]) -> Iterator[Any]:
        """Results of `function` in order.

        Raises
        ------
        StoppedError
            When asked to stop.
        """
        for arguments in zip(*iterables, strict=True):
            if self.stop():
                raise StoppedError
            yield function(*arguments)
            self.done += 1
            if self.told:
                self.told(self.done, self.total)


def called(found: Projection, name: str) -> Projection:
    """A run whose scenario goes by the letter it was kept under: several edits of one parent share its id."""
    layer = replace(found.scenario.layer, id=name)
    return replace(found, scenario=replace(found.scenario, layer=layer))
