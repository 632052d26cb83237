"""A batch of reports beside a plain papermill loop over the same notebook: ``python -m benchmarks.batching [COUNT]``.

The loop only executes the notebook, in a fresh kernel each time. The batch does that, checks every cell, writes the
pages and documents in both languages with their fonts, hashes and publishes; so the ratio is not in its favour. The
second ratio is of like with like: the same kernels forked from a warm process, which only execute. What a report costs
beyond its imports is the same in all three, and two reports at a time need two processors to themselves, so each time
in seconds stands beside the seconds of processor that it took.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from papermill.execute import execute_notebook
from tuiyan.inputs.loading import load
from tuiyan.reporting import batch, execute, html, kernel, publish, running, warm
from tuiyan.wording import Text

ROOT = Path(__file__).resolve().parents[1]
COUNT, JOBS, DRAWS, AIM_BATCH = 20, 2, 512, 0.25
SCENARIO = """extends: announced
title: {{zh: 试 {number}, en: Trial {number}}}
story: {{zh: 试, en: Trial}}
author: benchmark
reason: {{zh: 试, en: trial}}
uncertain:
  adoption.imitation: {{scale: {scale}, because: {{zh: 试, en: trial}}, grade: judgement}}
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a piece of work took: seconds on the clock, and of processors with all child processes."""

    wall: float
    processor: float


def spent(work: Callable[[], object]) -> Spent:
    """The time of one call."""
    before = os.times()
    work()
    after = os.times()
    return Spent(after.elapsed - before.elapsed, sum(after[:4]) - sum(before[:4]))


@contextmanager
def workspace(count: int) -> Iterator[tuple[Path, list[str]]]:
    """A workspace with `count` more scenarios, and the report notebook as it is shipped."""
    with tempfile.TemporaryDirectory(prefix="tuiyan-bench-") as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "params", root / "params")
        names = [f"trial_{number:02d}" for number in range(count)]
        for number, name in enumerate(names):
            text = SCENARIO.format(number=number, scale=1 + 0.01 * number)
            (root / "params" / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
        (root / "notebooks").mkdir()
        shutil.copy(ROOT / "notebooks" / "report.ipynb", root / "notebooks")
        yield root, names


def parameters(name: str) -> dict[str, str | int]:
    """What the parameters cell of the notebook receives."""
    return {"scenario": name, "against": "", "lang": "en", "draws": DRAWS, "seed": 0, "as_of": ""}


def plain(root: Path, names: list[str]) -> None:
    """The loop that anybody would write."""
    with kernel_environment(root):
        for name in names:
            execute_notebook(
                str(root / "notebooks" / "report.ipynb"), str(root / f"{name}.ipynb"), parameters(name),
                kernel_name="python3", progress_bar=False,
            )  # fmt: skip


@contextmanager
def kernel_environment(root: Path) -> Iterator[None]:
    """What a user would have set for the loop: the workspace, and one thread as our kernels have."""
    wanted = {**kernel.ONE_THREAD, "TUIYAN_WORKSPACE": str(root), "PYTHONPATH": str(kernel.PACKAGE.parent)}
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})


def together(root: Path, names: list[str]) -> None:
    """The batch, from nothing running to the last report published."""
    settings = {"lang": "en", "draws": DRAWS, "seed": 0, "out": str(root / "reports"), "workspace": str(root)}
    found = list(batch.reports(names, batch.Batch(settings, jobs=JOBS), lambda _name, _line: None))
    if failed := [each for each in found if each.code]:
        raise SystemExit(f"{failed[0].name}: {failed[0].why}")


def executed(root: Path, names: list[str]) -> None:
    """The same without pages, documents and publishing, from nothing running to the last cell."""
    program = "import sys; from benchmarks import batching; batching.forked(sys.argv[1], sys.argv[2:])"
    subprocess.run(
        [sys.executable, "-c", program, str(root), *names], check=True, cwd=ROOT,
        env={**kernel.passed(), "PYTHONPATH": os.pathsep.join([str(kernel.PACKAGE.parent), str(ROOT)])},
    )  # fmt: skip


def forked(root: str, names: list[str]) -> None:
    """Execute the notebook for each scenario in forks of this process, `JOBS` at a time."""
    warm.preload()
    at_work: set[int] = set()
    for name in names:
        if len(at_work) == JOBS:
            at_work.remove(_ended())
        if child := os.fork():
            at_work.add(child)
            continue
        code = 1
        try:
            kernel.FORKS.set(True)
            _execute(root, name)
            code = 0
        finally:
            os._exit(code)
    for _ in range(len(at_work)):
        _ended()


def _ended() -> int:
    """The process id of a child that has ended well."""
    pid, status = os.wait()
    if status:
        raise SystemExit(f"a notebook failed: {os.waitstatus_to_exitcode(status)}")
    return pid


def _execute(root: str, name: str) -> None:
    """One notebook, in a kernel of its own, checked cell by cell."""
    scenario = load(name, workspace=root)
    words = {"zh": name, "en": name}
    title = html.Title(*[Text(**words)] * 4)
    job = execute.Job(
        execute.NOTEBOOK, name, scenario.workspace, parameters(name), title, {}, (scenario,), publish.Rules()
    )  # fmt: skip
    with publish.staging(Path(root) / "executed", name) as folder:
        (folder / "bundle").mkdir()
        running.run_notebook(Path(root) / execute.NOTEBOOK, job, folder, lambda _line: None)


def report(count: int = COUNT) -> str:
    """The lines that the benchmark prints."""
    with workspace(count) as (root, names):
        loop, ours, alone = (spent(partial(work, root, names)) for work in (plain, together, executed))
    lines = [f"plain papermill loop, {count} reports: {_each(loop, count)}"]
    for what, found in (("batch of reports", ours), ("the same, executed only", alone)):
        ratio, processors = found.wall / loop.wall, found.processor / loop.processor
        aim = f"; aim {AIM_BATCH:g}" if found is ours else ""
        lines.append(
            f"{what}, {JOBS} at a time: {_each(found, count)}; ratio to the loop {ratio:.2f} on the clock,"
            f" {processors:.2f} of processor{aim}"
        )
    return "\n".join(lines) + "\n"


def _each(found: Spent, count: int) -> str:
    """The times of one report."""
    return f"{found.wall / count:.2f} s a report ({found.processor / count:.2f} s of processor)"


if __name__ == "__main__":
    sys.stdout.write(report(*(int(each) for each in sys.argv[1:])))
