"""The engine under papermill and the kernel under the engine: honest states, limits, a short environment."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import boot, engine, kernel, running
from tuiyan.reporting.engine import COMPLETED, FAILED, NOT_RUN, STOPPED, Stop

DIE = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux limits the memory of a process; others do not")


def notebook(*sources: str) -> Any:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]  # type: ignore[no-untyped-call]
    return nbformat.v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]


def nothing(_: Any) -> None:
    return


def ran(
    made: Any, folder: Path, limits: kernel.Limits | None = None, on_cell: Callable[[Any], object] = nothing
) -> Any:
    """The notebook after the engine has run it in a kernel of its own."""
    allowed = limits or kernel.Limits()
    with kernel.started(folder, {}, allowed.memory) as here:
        return engine.Engine.execute_notebook(
            made, None, kernel=here, limits=allowed, on_begin=nothing, on_cell=on_cell
        )  # fmt: skip


def states(made: Any) -> list[str]:
    return [engine.state(cell) for cell in made.cells]


def printed(cell: Any) -> str:
    return str(cell.outputs[0].text)


def test_all_cells_of_a_good_notebook_are_completed_in_order(tmp_path: Path) -> None:
    made = ran(notebook("a = 1", "print(a + 1)"), tmp_path)
    assert states(made) == [COMPLETED, COMPLETED]
    assert [cell.execution_count for cell in made.cells] == [1, 2]
    assert printed(made.cells[1]) == "2\n"
    assert not list(tmp_path.iterdir())


def test_after_a_dead_kernel_no_cell_that_did_not_run_is_said_to_be_completed(tmp_path: Path) -> None:
    made = notebook("1", DIE, "2")
    with pytest.raises(Stop) as stopped:
        ran(made, tmp_path)
    assert (stopped.value.why, stopped.value.source) == ("died", DIE)
    assert states(made) == [COMPLETED, STOPPED, NOT_RUN]


def test_the_deadline_stops_the_cell_that_runs_and_the_kernel(tmp_path: Path) -> None:
    made = notebook("import os, time\nprint(os.getpid(), flush=True)", "time.sleep(600)", "2")
    with pytest.raises(Stop) as stopped:
        ran(made, tmp_path, kernel.limits(5.0, None))
    assert stopped.value.why == "deadline"
    assert states(made) == [COMPLETED, STOPPED, NOT_RUN]
    assert not Path(f"/proc/{printed(made.cells[0]).strip()}").exists()


def test_who_watches_can_end_the_run_and_the_kernel(tmp_path: Path) -> None:
    made = notebook("import os, time\nprint(os.getpid(), flush=True)", "time.sleep(600)", "2")

    def watch() -> None:
        if engine.state(made.cells[1]) == engine.RUNNING:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        ran(made, tmp_path, kernel.Limits(watch=watch))
    assert states(made) == [COMPLETED, STOPPED, NOT_RUN]
    assert not Path(f"/proc/{printed(made.cells[0]).strip()}").exists()


def test_a_cell_that_raises_fails_and_the_rest_does_not_run(tmp_path: Path) -> None:
    assert states(ran(notebook("1", "1 / 0", "2"), tmp_path)) == [COMPLETED, FAILED, NOT_RUN]


def test_an_interrupt_leaves_states_as_honest(tmp_path: Path) -> None:
    def interrupted(cell: Any) -> None:
        if cell.source == "2":
            raise KeyboardInterrupt

    made = notebook("1", "2", "3")
    with pytest.raises(KeyboardInterrupt):
        ran(made, tmp_path, on_cell=interrupted)
    assert states(made) == [COMPLETED, STOPPED, NOT_RUN]


def test_a_kernel_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "command", lambda *_: [sys.executable, "-c", "raise SystemExit('no such kernel')"])
    with pytest.raises(Stop) as stopped:
        ran(notebook("1"), tmp_path)
    assert (stopped.value.why, stopped.value.more) == ("start", "no such kernel")
    assert running.CODES["start"] == 3


def test_a_kernel_that_does_not_fit_its_limit_of_memory_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "command", lambda *_: [sys.executable, "-c", "raise SystemExit('cannot be mapped')"])
    job: Any = SimpleNamespace(lang="en", limits=kernel.Limits(None, 50_000_000), parameters={})
    made = tagged("1")
    with kernel.started(tmp_path, {}) as begun, pytest.raises(running.ReportError, match=r"0\.05 GB.*mapped") as failed:
        running._executed(made, job, begun, lambda _: None)
    assert failed.value.code == 4


@linux
def test_the_limit_of_memory_holds_in_the_kernel_and_nowhere_else(tmp_path: Path) -> None:
    cells = ("import numpy", "numpy.ones(2 * 10**7)", "numpy.ones(2 * 10**8)", "1")
    made = ran(notebook(*cells), tmp_path, kernel.limits(None, 1.0))
    assert states(made) == [COMPLETED, COMPLETED, FAILED, NOT_RUN]
    assert made.cells[2].outputs[-1].ename.endswith("MemoryError")
    with pytest.raises(running.ReportError) as failed:
        running.check_cells(made, "en")
    assert failed.value.code == 4
    assert list(failed.value.states.values()) == [COMPLETED, COMPLETED, FAILED, NOT_RUN]


def test_the_failed_cell_is_told_first_even_where_its_kernel_published_no_error() -> None:
    made = notebook("1", "2")
    engine._mark(made.cells[1], FAILED)
    engine._told(made.cells[1], "MemoryError", "")
    with pytest.raises(running.ReportError) as failed:
        running.check_cells(made, "en")
    assert failed.value.code == 4


def test_few_variables_reach_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONSTARTUP", "OMP_NUM_THREADS", "LANG", "TUIYAN_WORKSPACE", "SECRET"):
        monkeypatch.setenv(name, "7")
    made = ran(notebook("import json, os\nprint(json.dumps(dict(os.environ)))"), tmp_path)
    found = json.loads(printed(made.cells[0]))
    allowed = {*kernel.PASSED, *kernel.FIXED, "PYTHONPATH", "IPYTHONDIR"}
    shell = {"LC_CTYPE", "PYDEVD_USE_FRAME_EVAL", "JPY_PARENT_PID", "TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}
    assert set(found) <= allowed | shell | {"PAGER", "GIT_PAGER"}
    assert found["OMP_NUM_THREADS"] == "1"


def test_the_kernel_listens_on_socket_files_that_only_this_user_can_reach(tmp_path: Path) -> None:
    with kernel.started(tmp_path, {}) as here:
        assert here.address.transport == "ipc"
        assert here.address.folder.parent == tmp_path
        assert here.address.folder.stat().st_mode & 0o077 == 0


def test_a_path_too_long_for_a_socket_goes_elsewhere_and_at_last_to_the_loopback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    found = kernel.address(long)
    assert (found.transport, found.folder.parent) == ("ipc", Path(tempfile.gettempdir()))
    shutil.rmtree(found.folder)
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    made = notebook("1")
    assert states(ran(made, long)) == [COMPLETED]
    assert "bytes" in kernel.address(long).reason


@linux
def test_a_kernel_dies_with_the_process_that_started_it(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys\nfrom tuiyan.reporting import kernel\n"
        f"with kernel.started(pathlib.Path({str(tmp_path)!r}), {{}}) as here:\n"
        "    print(here.process.pid, flush=True)\n    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -9
    pid = Path("/proc") / done.stdout.strip()
    for _ in range(100):
        if not pid.exists() or " Z " in (pid / "stat").read_text():
            break
        time.sleep(0.05)
    else:
        pytest.fail("the kernel outlived the process that started it")
    assert boot.PARENT_DEATH_SIGNAL == 1


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_limits_are_positive_numbers(value: float) -> None:
    with pytest.raises(TuiyanError) as refused:
        kernel.limits(value, value)
    assert [each.code for each in refused.value.findings] == ["E282", "E283"]


@linux
def test_a_limit_that_the_system_cannot_count_is_refused() -> None:
    with pytest.raises(TuiyanError, match="E283"):
        kernel.limits(None, 1e30)


@linux
def test_sigterm_leaves_no_word_of_a_dead_kernel(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from tests.reporting.test_engine import notebook, ran\n"
        "def stop(*_):\n    raise KeyboardInterrupt\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))\n"
        "begin = lambda _: signal.setitimer(signal.ITIMER_REAL, 1)\n"
        "try:\n    ran(notebook('import time\\ntime.sleep(30)'), Path(sys.argv[1]), on_cell=begin)\n"
        "except KeyboardInterrupt:\n    print('stopped')\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(root), str(root / "model")],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout == "stopped\n"
    assert "DeadKernelError" not in done.stderr


def tagged(source: str) -> Any:
    made = notebook(source)
    made.cells[0].metadata["tags"] = ["parameters"]
    return made


def test_parameters_are_checked_before_papermill_writes_them_as_code() -> None:
    made = tagged("a = 1\nb: int = 2")
    engine.check_parameters(made, "x.ipynb", {"a": 3, "b": "text"})
    with pytest.raises(TuiyanError, match="E281"):
        engine.check_parameters(made, "x.ipynb", {"a": 3, "c": 1})
    with pytest.raises(TuiyanError, match="E280"):
        engine.check_parameters(notebook("a = 1"), "x.ipynb", {"a": 3})


@pytest.mark.parametrize("bad", [{"a; import os": 1}, {"class": 1}, {"a": [1]}, {"a": float("nan")}, {"a": None}])
def test_what_is_no_plain_parameter_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no plain parameter"):
        engine.check_parameters(tagged("a = 1"), "x.ipynb", bad)
