"""The fixed tables of a workspace as entries of the register: one a column, with the number of its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.findings import Place
    from tuiyan.inputs.schema import Column
    from tuiyan.inputs.workspace import Workspace

MASK = "mask"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A column of a fixed table, or the sector mask of a lever."""

    id: str
    name: Text
    file: str
    values: int
    unit: str
    grade: str
    sources: tuple[str, ...]
    note: Text | None
    where: Place

    @property
    def file_name(self) -> str:
        """The table it belongs to: sectors, segments, use or mask."""
        return self.id.partition(".")[0]


def fixed_tables(workspace: Workspace) -> tuple[Fixed, ...]:
    """All fixed tables of a workspace."""
    tables, columns = workspace.tables, workspace.table_file
    sectors, segments = len(tables.sectors.codes), len(tables.segments.codes)
    return (
        *(_entry(workspace, "sectors", key, column, sectors) for key, column in columns.sectors.items()),
        *(_entry(workspace, "segments", key, column, segments) for key, column in columns.segments.items()),
        *(_entry(workspace, "use", key, column, sectors * segments) for key, column in columns.use.items()),
        *_masks(workspace),
    )


def _entry(workspace: Workspace, table: str, key: str, column: Column, values: int) -> Fixed:
    where = workspace.documents["tables.yaml"].place((table, key), key=True)
    return Fixed(
        f"{table}.{key}", column.label, f"params/{table}.csv", values, column.unit, column.grade, column.sources,
        column.grade_note, where,
    )  # fmt: skip


def _masks(workspace: Workspace) -> Iterator[Fixed]:
    """How far each lever reaches each sector: by judgement throughout, as the evidence of every such lever says."""
    for key, lever in workspace.levers.items():
        if lever.mask:
            name = both("report.mask", name=Text(f"{lever.id} {lever.zh}", f"{lever.id} {lever.en}"))
            where = workspace.documents["levers.yaml"].place(("levers", key, "mask"), key=True)
            yield Fixed(
                f"{MASK}.{key}", name, "params/levers.yaml", len(lever.mask), "share", "judgement", ("analyst",), None,
                where,
            )  # fmt: skip
