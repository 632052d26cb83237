"""What the central shares of the segments may be, where a law gives its own."""

from __future__ import annotations

from collections.abc import Iterator

from tuiyan.inputs.findings import Finding, Place
from tuiyan.inputs.laws import Dirichlet, Law
from tuiyan.inputs.units import named_unit
from tuiyan.inputs.workspace import Workspace

NEAR = 1e-9
LEAST_SHAPE = 0.5  # below it the tabulated quantile of the gamma distribution has not been tested


def share_findings(workspace: Workspace, id_: str, law: Law, where: Place) -> Iterator[Finding]:
    """One share for each segment; they sum to 1, and none is so small that it cannot be drawn."""
    if not isinstance(law, Dirichlet) or law.shares is None:
        return
    wanted, least = len(workspace.tables.segments.codes), LEAST_SHAPE / law.concentration
    if len(law.shares) != wanted:
        yield Finding("E132", where, {"key": id_, "wanted": wanted, "given": len(law.shares)})
    elif abs(sum(law.shares) - 1) > NEAR:
        yield Finding("E126", where, {"what": workspace.parameters[id_].label, "total": sum(law.shares)})
    elif small := [share for share in law.shares if share < least - NEAR]:
        given = ", ".join(f"{share:.10g}" for share in small)
        unit = named_unit(workspace.parameters[id_].unit)
        yield Finding("E107", where, {"key": id_, "given": given, "unit": unit, "bounds": f"[{least:g}, 1)"})
