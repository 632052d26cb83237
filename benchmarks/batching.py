"""A batch of reports beside a plain papermill loop over the same notebook: ``python -m benchmarks.batching [COUNT]``.

The loop only executes the notebook, in a fresh kernel each time. The batch does that, checks every cell, writes the
pages and documents in both languages with their fonts, hashes and publishes; so the ratio is not in its favour.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from papermill.execute import execute_notebook
from tuiyan.reporting import batch, kernel

ROOT = Path(__file__).resolve().parents[1]
LIGHT = {"parameters", "open", "answer", "limits", "scale", "manifest", "save"}  # cells of a report with few runs
COUNT, JOBS, DRAWS, AIM_BATCH = 20, 2, 512, 0.25
SCENARIO = """extends: announced
title: {{zh: 试 {number}, en: Trial {number}}}
story: {{zh: 试, en: Trial}}
author: benchmark
reason: {{zh: 试, en: trial}}
uncertain:
  adoption.imitation: {{scale: {scale}, because: {{zh: 试, en: trial}}, grade: judgement}}
"""


@contextmanager
def workspace(count: int, cells: set[str] | None) -> Iterator[tuple[Path, list[str]]]:
    """A workspace with `count` more scenarios, and the report notebook with only the cells of these ids."""
    with tempfile.TemporaryDirectory(prefix="tuiyan-bench-") as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "params", root / "params")
        names = [f"trial_{number:02d}" for number in range(count)]
        for number, name in enumerate(names):
            text = SCENARIO.format(number=number, scale=1 + 0.01 * number)
            (root / "params" / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
        notebook = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        notebook.cells = [cell for cell in notebook.cells if cells is None or cell.id in cells]
        (root / "notebooks").mkdir()
        nbformat.write(notebook, root / "notebooks" / "report.ipynb")  # type: ignore[no-untyped-call]
        yield root, names


def plain(root: Path, names: list[str]) -> float:
    """Seconds of the loop that anybody would write."""
    began = time.perf_counter()
    with kernel_environment(root):
        for name in names:
            parameters = {"scenario": name, "against": "", "lang": "en", "draws": DRAWS, "seed": 0, "as_of": ""}
            execute_notebook(
                str(root / "notebooks" / "report.ipynb"), str(root / f"{name}.ipynb"), parameters,
                kernel_name="python3", progress_bar=False,
            )  # fmt: skip
    return time.perf_counter() - began


@contextmanager
def kernel_environment(root: Path) -> Iterator[None]:
    """What a user would have set for the loop: the workspace, and one thread as our kernels have."""
    import os

    wanted = {**kernel.ONE_THREAD, "TUIYAN_WORKSPACE": str(root), "PYTHONPATH": str(kernel.PACKAGE.parent)}
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})


def together(root: Path, names: list[str]) -> float:
    """Seconds of the batch, from nothing running to the last report published."""
    settings = {"lang": "en", "draws": DRAWS, "seed": 0, "out": str(root / "reports"), "workspace": str(root)}
    began = time.perf_counter()
    found = list(batch.reports(names, batch.Batch(settings, jobs=JOBS), lambda _name, _line: None))
    spent = time.perf_counter() - began
    if failed := [each for each in found if each.code]:
        raise SystemExit(f"{failed[0].name}: {failed[0].why}")
    return spent


def ratio(count: int, cells: set[str] | None) -> tuple[float, float, float]:
    """Seconds a report in the loop and in the batch, and the ratio of the two."""
    with workspace(count, cells) as (root, names):
        loop, ours = plain(root, names), together(root, names)
    return loop / count, ours / count, ours / loop


def report(count: int = COUNT, full: int = 4) -> str:
    """The lines that the benchmark prints."""
    light, whole = ratio(count, LIGHT), ratio(full, None)
    lines = [
        f"batch of {number} {kind} reports, {JOBS} at a time / plain papermill loop: {found[2]:.2f}"
        f" ({found[1]:.2f} s and {found[0]:.2f} s a report here; aim {AIM_BATCH:g})"
        for kind, number, found in (("light", count, light), ("whole", full, whole))
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report(*(int(each) for each in sys.argv[1:])))
