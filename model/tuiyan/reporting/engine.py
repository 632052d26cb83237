"""How the cells of a notebook are run: in order, under one deadline, and with an honest state for each.

Papermill's own engine marks cells that never ran as completed after a dead kernel, a timeout or Ctrl-C. It knows this
engine by the name `NAME`; papermill still reads the notebook and writes the parameters into it.
"""

from __future__ import annotations

import ast
import asyncio
import keyword
import math
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.reporting.kernel import Kernel, Limits

NAME = "tuiyan"
NOT_RUN, RUNNING, COMPLETED, FAILED, STOPPED = "not_run", "running", "completed", "failed", "stopped"
LOOK = 0.05  # seconds between looks at the kernel's process
PLAIN = (str, int, float, bool)
OnCell = Callable[[Any], object]


class Stop(Exception):  # noqa: N818 - not every stop is an error
    """A run that ended before its last cell did: why (``start``, ``died`` or ``deadline``), in which cell, and more."""

    def __init__(self, why: str, source: str = "", more: str = "") -> None:
        self.why, self.source, self.more = why, source, more
        super().__init__(f"{why} {more}".strip())


class Engine:
    """What papermill asks of an engine."""

    @staticmethod
    def nb_kernel_name(_notebook: Any, name: str | None = None) -> str | None:
        """The name that was asked for; no kernel is ever looked up by it."""
        return name

    @staticmethod
    def nb_language(_notebook: Any, language: str | None = None) -> str | None:
        """The language that was asked for."""
        return language

    @staticmethod
    def execute_notebook(
        notebook: Any,
        _name: str | None,
        *,
        kernel: Kernel,
        limits: Limits,
        on_begin: OnCell,
        on_cell: OnCell,
        **_others: Any,
    ) -> Any:
        """Run the cells of `notebook` in `kernel` and leave in each what became of it.

        `on_begin` receives the notebook and `on_cell` each cell that begins. A cell that raises ends the run and is for
        papermill to tell.

        Raises
        ------
        Stop
            When the kernel does not start or dies, or the deadline passes.
        """
        for cell in notebook.cells:
            cell.metadata["papermill"] = {"status": NOT_RUN}
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = None, []
        on_begin(notebook)
        try:
            _finished(lambda: _watched(notebook, kernel, limits, on_cell))
        finally:
            for cell in notebook.cells:
                if state(cell) == RUNNING:
                    _mark(cell, STOPPED)
        return notebook


def register() -> str:
    """Make the engine known to papermill; returns its name."""
    from papermill.engines import papermill_engines

    papermill_engines.register(NAME, Engine)
    return NAME


def state(cell: Any) -> str:
    """What became of a cell: ``not_run``, ``completed``, ``failed`` or ``stopped`` in its midst."""
    return str(cell.metadata.get("papermill", {}).get("status", NOT_RUN))


def states(notebook: Any) -> dict[str, str]:
    """The state of every cell, by its id."""
    return {cell.id: state(cell) for cell in notebook.cells}


def check_parameters(notebook: Any, name: str, parameters: Mapping[str, object]) -> None:
    """Refuse parameters that the notebook does not declare: papermill would run them, names as well as values, as code.

    Parameters
    ----------
    name
        The notebook's, for the message.
    parameters
        Plain words and numbers by name.

    Raises
    ------
    TuiyanError
        E280 for a notebook without a cell of the tag ``parameters``, E281 for a parameter that this cell does not set.
    ValueError
        For a name that is none and a value that is no plain word or number: these come from our own code.
    """
    for key, value in parameters.items():
        plain = isinstance(value, PLAIN) and not (isinstance(value, float) and not math.isfinite(value))
        if not key.isidentifier() or keyword.iskeyword(key) or not plain:
            msg = f"no plain parameter of a notebook: {key!r} = {value!r}"
            raise ValueError(msg)
    tagged = [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ())]
    if not tagged:
        raise TuiyanError([Finding("E280", None, {"name": name})])
    declared = _assigned(tagged[0])
    missing = [key for key in parameters if key not in declared]
    if missing:
        raise TuiyanError(Finding("E281", None, {"name": name, "key": key}) for key in missing)


def _assigned(source: str) -> set[str]:
    """The names that a cell sets; none for a cell that is no Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    targets = [node.targets for node in tree.body if isinstance(node, ast.Assign)]
    targets += [[node.target] for node in tree.body if isinstance(node, ast.AnnAssign)]
    return {each.id for target in targets for each in target if isinstance(each, ast.Name)}


def _mark(cell: Any, found: str) -> None:
    cell.metadata["papermill"] = {"status": found}


def _told(cell: Any, name: str, value: str) -> None:
    """Keep an error in the outputs of its cell where a kernel that lacks memory answered but could not publish it."""
    from nbformat.v4 import new_output

    if not any(output.output_type == "error" for output in cell.outputs):
        cell.outputs.append(new_output("error", ename=name, evalue=value, traceback=[]))  # type: ignore[no-untyped-call]


def _finished(work: Callable[[], Awaitable[None]]) -> None:
    """Run a coroutine to its end: here, or in a thread where a loop runs already, as in JupyterLab."""

    async def main() -> None:
        await work()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(main())
        return
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, main()).result()


async def _watched(notebook: Any, kernel: Kernel, limits: Limits, on_cell: OnCell) -> None:
    """Run the cells while the kernel's process lives, the deadline has not passed and nobody stops it."""
    left = limits.left
    running = asyncio.ensure_future(_run(notebook, kernel, on_cell))
    watching = asyncio.ensure_future(_death(kernel, limits))
    try:
        done, _ = await asyncio.wait(
            {running, watching}, timeout=None if left is None else max(left, 0.0), return_when=asyncio.FIRST_COMPLETED
        )
        here = next((cell.source for cell in notebook.cells if state(cell) == RUNNING), "")
        if running in done:
            running.result()
        elif watching in done:
            raise Stop(
                "died" if any(state(cell) != NOT_RUN for cell in notebook.cells) else "start", here, watching.result()
            )
        else:
            raise Stop("deadline", here)
    finally:
        for task in (running, watching):
            task.cancel()
        await asyncio.gather(running, watching, return_exceptions=True)


async def _death(kernel: Kernel, limits: Limits) -> str:
    """How the kernel's process ended, once it has."""
    while (code := kernel.process.poll()) is None:
        if limits.watch:
            limits.watch()
        await asyncio.sleep(LOOK)
    return kernel.complaint or (f"signal {-code}" if code < 0 else f"code {code}")


async def _run(notebook: Any, kernel: Kernel, on_cell: OnCell) -> None:
    """The cells, one after the other, until one of them raises."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    try:
        channel = await kernel.client()
    except TimeoutError:
        raise Stop("start", more=kernel.complaint) from None
    client = NotebookClient(notebook, timeout=None, record_timing=False, store_widget_state=False)
    client.reset_execution_trackers()
    client.kc = channel
    try:
        for index, cell in enumerate(notebook.cells):
            _mark(cell, RUNNING)
            on_cell(cell)
            try:
                await client.async_execute_cell(cell, index)
            except CellExecutionError as error:
                _mark(cell, FAILED)
                _told(cell, error.ename, error.evalue)
                return
            except DeadKernelError:  # so nbclient calls it when it is cancelled; who cancels knows why
                raise asyncio.CancelledError from None
            if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
                _mark(cell, FAILED)  # the kernel answered, but without having run it
                return
            _mark(cell, COMPLETED)
    finally:
        channel.stop_channels()
