"""One run of a report at a time: a lock beside the reports that the system lets go when its holder dies.

Who holds it stands in a file of its own beside the lock, because some systems let nobody read a locked file. That file
is only believed while the lock is held.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.wording import Text, both, say

FOLDER = ".locks"
GRACE = 0.5  # seconds; whoever asks whether a lock is held takes it for an instant
POLL = 0.1
MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Holder:
    """The run that holds a lock; `since` in UTC."""

    pid: int
    command: str
    since: str


@contextlib.contextmanager
def held(
    reports: Path, name: str, *, wait: float = 0.0, lang: str = "en", tell: Callable[[str], object] | None = None
) -> Iterator[None]:
    """Hold the lock of the report `name` in the folder `reports`.

    Parameters
    ----------
    wait
        Seconds to wait for another run that holds it; 0 gives up at once.
    lang, tell
        Language of the sentence that says whom one waits for, and what receives it.

    Raises
    ------
    TuiyanError
        E270 when another run still holds it; it names that run.
    OSError
        Where the disk of `reports` knows no locks: a lock that would outlive its holder is none.
    """
    from filelock import FileLock, Timeout

    folder = reports / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock", fallback_to_soft=False)
    try:
        lock.acquire(timeout=GRACE, poll_interval=POLL)
    except Timeout:
        if wait and tell:
            tell(say("publish.waiting", lang, seconds=f"{wait:g}", name=name, who=_who(reports, name)[lang]))
        try:
            lock.acquire(timeout=wait, poll_interval=POLL)
        except Timeout:
            raise locked(reports, name) from None
    try:
        _sign(folder / f"{name}.json")
        yield
    finally:
        (folder / f"{name}.json").unlink(missing_ok=True)
        lock.release()


def put(path: Path, text: str) -> None:
    """Write a file that a lock guards; whoever reads it meanwhile sees the earlier one."""
    for left in path.parent.glob(f".{path.name}.*.new"):  # by a run that died: the lock is ours
        left.unlink(missing_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    fresh.replace(path)


def is_held(reports: Path, name: str) -> bool:
    """Whether a living run holds the lock of a report."""
    from filelock import FileLock, Timeout

    path = reports / FOLDER / f"{name}.lock"
    if not path.exists():
        return False
    lock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def holder(reports: Path, name: str) -> Holder | None:
    """Who holds a lock, by its own account; None when it has not written that yet."""
    try:
        found = json.loads((reports / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        return Holder(int(found["pid"]), _plain(str(found["command"])), _plain(str(found["since"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def locked(reports: Path, name: str) -> TuiyanError:
    """What is said when another run holds the lock of a report."""
    return TuiyanError([Finding("E270", None, {"name": name, "who": _who(reports, name)})])


def now() -> str:
    """The time in UTC, to the second, as people and machines read it."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _who(reports: Path, name: str) -> Text:
    """The holder of a lock in words."""
    by = holder(reports, name)
    return both("publish.holder", **asdict(by)) if by else both("publish.holder.unknown")


def _sign(path: Path) -> None:
    """Write who holds the lock. On a full disk the lock holds without a name."""
    script = Path(sys.argv[0])
    program = script.parent.name if script.name == "__main__.py" else script.name
    told = Holder(os.getpid(), shlex.join([program, *sys.argv[1:]])[:MOST_LETTERS], now())
    with contextlib.suppress(OSError):
        put(path, json.dumps(asdict(told), ensure_ascii=False))


def _plain(text: str) -> str:
    """A text without what would move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:MOST_LETTERS]
