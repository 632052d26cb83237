"""What takes longer than a glance: done beside the kernel's own thread, one at a time, and stopped when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tuiyan.inputs.findings import TuiyanError
from tuiyan.lab.running import StoppedError

Start = Callable[[Callable[[], None]], None]


def in_thread(work: Callable[[], None]) -> None:
    """Start some work beside this thread."""
    threading.Thread(target=work, daemon=True, name="tuiyan-lab").start()


@dataclass(slots=True)
class Jobs:
    """One piece of work at a time.

    Attributes
    ----------
    start
        How work is started; a test does it at once.
    """

    start: Start = in_thread
    busy: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def watch(self, *_: object) -> None:
        """For what tells its progress: stop there when asked.

        Raises
        ------
        StoppedError
            When asked to stop.
        """
        if self.stopped():
            raise StoppedError

    def do(self, work: Callable[[], None], *, failed: Callable[[Exception], None], done: Callable[[], None]) -> bool:
        """Start some work unless another is under way; False then.

        Parameters
        ----------
        failed
            Receives `StoppedError`, bad input, or whatever else the work raised: a thread has nobody else to tell.
        done
            Called at the end in any case, before anything else may start.
        """
        with self._lock:
            if self.busy:
                return False
            self.busy = True
            self._stop.clear()

        def whole() -> None:
            try:
                work()
            except (StoppedError, TuiyanError) as error:
                failed(error)
            except Exception as error:  # noqa: BLE001 - a thread's error would be lost
                failed(error)
            finally:
                try:
                    done()
                finally:  # last: what starts next shows its own buttons
                    self.busy = False

        self.start(whole)
        return True
