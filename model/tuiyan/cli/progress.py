"""How far a long command is: a bar on a terminal, one line a stage elsewhere; always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], object]


@contextmanager
def stage(name: str) -> Iterator[Progress]:
    """A stage of work: what it gives is called with the steps done and the steps to do."""
    if not sys.stderr.isatty():
        sys.stderr.write(f"{name}\n")
        yield lambda _done, _all: None
        return
    from tqdm import tqdm

    with tqdm(desc=name, leave=False, file=sys.stderr, dynamic_ncols=True) as bar:

        def move(done: int, whole: int) -> None:
            bar.total, bar.n = whole, done
            bar.refresh()

        yield move
