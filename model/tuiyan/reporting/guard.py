"""What stands around one run of a report: its lock, its log, and the index of all reports before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import index, locking, runlog
from tuiyan.reporting.runlog import RunLog
from tuiyan.reporting.running import Progress, check_limits
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.reporting.execute import Job


@dataclass(frozen=True, slots=True)
class Watch:
    """One run of a report that is on its way.

    Attributes
    ----------
    sources
        `unchanged.sources` of the workspace it runs from; None where the index is left to the caller.
    """

    reports: Path
    name: str
    lang: str
    tell: Progress
    sources: Mapping[str, str] | None
    log: RunLog

    def told(self, line: str) -> None:
        """Pass a line of talk on, and keep it in the log with its time."""
        self.log.write(runlog.STAGE, text=line)
        self.tell(line)

    def mark(self, event: str, **more: object) -> None:
        """Record where the run is and bring the index up to date; an index that cannot be written undoes no report."""
        self.log.write(event, **more)
        if self.sources is None:
            return
        try:
            index.write(self.reports, self.sources)
        except (OSError, TuiyanError) as error:
            self.tell(say("publish.index_failed", self.lang, why=error))


@contextmanager
def alone(reports: Path, job: Job, *, lang: str, tell: Progress) -> Iterator[None]:
    """Hold the lock of a report; another run is not waited for beyond the deadline.

    Raises
    ------
    TuiyanError
        As `locking.held`.
    ReportError
        When the deadline passed while another run held it.
    """
    wait = job.rules.wait if job.limits.left is None else min(job.rules.wait, max(job.limits.left, 0.0))
    with ExitStack() as stack:
        try:
            stack.enter_context(locking.held(reports, job.name, wait=wait, lang=lang, tell=tell))
        except TuiyanError:
            check_limits(job, "waiting")
            raise
        yield


@contextmanager
def watched(
    reports: Path, name: str, *, lang: str, tell: Progress, sources: Mapping[str, str] | None
) -> Iterator[Watch]:
    """Log a run and show it in the index while it lasts; whatever stops it is recorded, and goes on its way."""
    watch = Watch(reports, name, lang, tell, sources, runlog.opened(reports, name))
    watch.mark(runlog.STARTED)
    try:
        yield watch
    except BaseException as error:
        watch.mark(runlog.FAILED, why=type(error).__name__, text=str(error))
        raise


def nothing(reports: Path, name: str, *, lang: str, tell: Progress, sources: Mapping[str, str] | None) -> None:
    """Say and log that there was nothing to do; the index is written where it is missing or tells of a dead run."""
    tell(say("publish.nothing", lang, name=name))
    watch = Watch(reports, name, lang, tell, sources, runlog.opened(reports, name))
    quiet = (runlog.DONE, runlog.UNCHANGED)
    before = runlog.entries(reports, name)
    if (reports / index.FILE).is_file() and before and before[-1]["event"] in quiet:
        watch.log.write(runlog.UNCHANGED)
    else:
        watch.mark(runlog.UNCHANGED)
