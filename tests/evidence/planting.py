"""Facts that never were, for a workspace that a test may break."""

import csv
from pathlib import Path


def plant(workspace: Path, file: str = "ai_scale.csv", *, series: str = "", **changes: str) -> None:
    """Add a row to a file of facts: the first one there (of a series) with some columns changed."""
    path = workspace / "params" / "facts" / file
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    model = next((row for row in rows if row["series"] == series), rows[0])
    row = {**model, **changes, **({"series": series} if series else {})}
    with path.open("a", encoding="utf-8", newline="") as target:
        csv.DictWriter(target, rows[0], lineterminator="\n").writerow(row)
