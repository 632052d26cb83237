"""What happened to a report and when: one JSON line for each stage, beside the reports and never inside a bundle.

The log is a convenience: where it cannot be written (a full disk) a run goes on without it.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuiyan.reporting.locking import now

FOLDER = ".log"
TAIL = 1_000_000  # bytes of a log that are read
STARTED, STAGE, DONE, UNCHANGED, FAILED = "started", "stage", "done", "unchanged", "failed"


@dataclass(frozen=True, slots=True)
class RunLog:
    """The log of one run of a report; `began` is a reading of the clock that only counts seconds."""

    path: Path
    run: str
    began: float

    def write(self, event: str, **more: object) -> None:
        """Append one line: time in UTC, run, event, seconds since the run began, and `more`."""
        seconds = round(time.monotonic() - self.began, 3)
        line = json.dumps(
            {"time": now(), "run": self.run, "event": event, "seconds": seconds, **more}, ensure_ascii=False
        )
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            whole = _ends_whole(self.path)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                os.write(handle, (("" if whole else "\n") + line + "\n").encode("utf-8", "replace"))
            finally:
                os.close(handle)


def opened(reports: Path, name: str) -> RunLog:
    """The log of a run that begins now."""
    return RunLog(_path(reports, name), uuid.uuid4().hex[:8], time.monotonic())


def entries(reports: Path, name: str) -> list[dict[str, Any]]:
    """The last lines of a report's log, oldest first; a line that a killed run left half is passed over."""
    try:
        with _path(reports, name).open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - TAIL, 0))
            lines = file.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return []
    found = []
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            if isinstance(entry := json.loads(line), dict) and isinstance(entry.get("event"), str):
                found.append(entry)
    return found


def names(reports: Path) -> list[str]:
    """The reports that have a log."""
    return sorted(path.stem for path in (reports / FOLDER).glob("*.jsonl"))


def _path(reports: Path, name: str) -> Path:
    return reports / FOLDER / f"{name}.jsonl"


def _ends_whole(path: Path) -> bool:
    """Whether a file is missing, empty, or ends with a line feed."""
    if not path.exists() or not path.stat().st_size:
        return True
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
