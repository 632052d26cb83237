"""`tuiyan report --log FILE`: what happens, as one JSON object a line, for a scheduler to read.

The log beside the reports (`reporting.runlog`) tells of each report that was begun; this one tells of a whole command,
also of what stopped it before any report was begun.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tuiyan.cli.codes import code_of
from tuiyan.cli.output import talk
from tuiyan.inputs.findings import TuiyanError

STARTED, STAGE, DONE, UNCHANGED, FAILED = "started", "stage", "done", "unchanged", "failed"


@dataclass(frozen=True, slots=True)
class Journal:
    """A file that lines are added to, or none, in one language; of each report when it began, by a clock of seconds."""

    path: str | None
    lang: str
    began: dict[str, float] = field(default_factory=dict)

    def write(self, report: str, status: str, *, stage: str = "", code: int | None = None) -> None:
        """Add a line.

        Parameters
        ----------
        report
            Its name; empty for the command as a whole.
        stage
            A line of talk, in the language of the talk; of a failure, what went wrong.
        code
            The exit code, once it is known.

        Raises
        ------
        OSError
            When the file cannot be written: nobody would read the log that was asked for.
        """
        if self.path is None:
            return
        from tuiyan.reporting.locking import now

        clock = time.monotonic()
        seconds = round(clock - self.began.setdefault(report, clock), 3)
        line = {
            "time": now(), "report": report, "stage": stage, "status": status, "seconds": seconds, "exit_code": code,
        }  # fmt: skip
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
        finally:
            os.close(handle)

    @contextlib.contextmanager
    def watching(self, report: str = "") -> Iterator[Callable[[str], None]]:
        """Log that a report began, and what stopped it; gives what tells its stages."""
        self.write(report, STARTED)

        def tell(line: str) -> None:
            talk(line)
            self.told(report, line)

        try:
            yield tell
        except BaseException as error:
            with contextlib.suppress(OSError):  # the error tells more than a full disk
                why = error.render(self.lang) if isinstance(error, TuiyanError) else str(error)
                self.failed(report, why or type(error).__name__, code_of(error))
            raise

    def told(self, report: str, line: str) -> None:
        """Log a line of talk; the first one of a report is its beginning."""
        self.write(report, STAGE if report in self.began else STARTED, stage=line)

    def failed(self, report: str, why: str, code: int) -> None:
        """Log a report that was not made."""
        self.write(report, FAILED, stage=why, code=code)

    def stands(self, report: str, *, changed: bool) -> None:
        """Log a report that is published, now or since before."""
        self.write(report, DONE if changed else UNCHANGED, code=0)

    def over(self, code: int) -> None:
        """Log the end of the command."""
        self.write("", FAILED if code else DONE, code=code)
