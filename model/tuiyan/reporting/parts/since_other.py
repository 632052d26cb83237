"""In part 3, the scenario compared with: whether it is another one than in the last report, or has other values.

It enters every difference of a report and half of its table of results, so a report is as it was only where this
scenario is too. Its old values are run like those of the report's own scenario, in the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuiyan.analysis.changes import Changes, since
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.resolved import put_on

if TYPE_CHECKING:
    from tuiyan.reporting.earlier_report import Earlier
    from tuiyan.reporting.study import Study


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of the scenario compared with.

    Attributes
    ----------
    before, now
        Its id in the last report and in this one; None where there is none.
    known
        Whether the record of the last report holds it, or that there was none.
    found
        Its steps from the last report to this one; None for another scenario, and where they cannot be run.
    refused
        Why they cannot be run.
    """

    before: str | None
    now: str | None
    known: bool
    found: Changes | None = None
    refused: TuiyanError | None = None

    @property
    def another(self) -> bool:
        """Whether the last report compared with another scenario, or only one of the two with any."""
        return self.before != self.now


def beside(study: Study, last: Earlier) -> Beside:
    """The scenario compared with, then and now."""
    now = study.other.scenario.id if study.other else None
    before = last.against if "against" in last.manifest["run"] else now
    if last.other is None or study.other is None or before != now:
        return Beside(before, now, last.knows_other)
    try:
        old = put_on(last.other.values, study.other.scenario)
        return Beside(before, now, known=True, found=since(old, study.other, last.other.archived))
    except TuiyanError as refused:
        return Beside(before, now, known=True, refused=refused)
