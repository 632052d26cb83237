"""Part of the report: discovery (to be written)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.reporting.blocks import Block, Heading
from tuiyan.wording import both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study


def blocks(_study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (Heading("discovery", both("report.discovery.heading")),)
