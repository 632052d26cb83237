"""Results as plain data for ``--json``, unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import numpy as np
from pydantic import BaseModel

from tuiyan.analysis.outcomes import Outcome


def plain(value: Any) -> Any:
    """A result as dicts, lists, text and numbers; a goal and an outcome as their names."""
    if isinstance(value, Outcome):
        return {"name": value.name, "year": value.year, "unit": value.unit, "definition_uncertain": value.scope}
    if isinstance(value, BaseModel):
        return getattr(value, "id", None)
    if (named := _named(value)) is not None:
        return {str(key): plain(each) for key, each in named.items()}
    if isinstance(value, (tuple, list, np.ndarray)):
        return [plain(each) for each in value]
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value


def _named(value: Any) -> Mapping[Any, Any] | None:
    """What has parts with names: a text in two languages, a dataclass, a named tuple, a mapping."""
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return dict(value._asdict())
    return value if isinstance(value, Mapping) else None
