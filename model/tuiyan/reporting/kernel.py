"""The kernel of a report run: always the interpreter that runs us, over sockets only this user can open.

A kernel specification named ``python3`` elsewhere on the machine may belong to another environment; it is never looked
up. Start-up files of the user's IPython do not run either, and of the environment only `PASSED` reaches the kernel.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.reporting import boot

PACKAGE = Path(__file__).resolve().parents[1]
FORKS: ContextVar[bool] = ContextVar(
    "FORKS", default=False
)  # set where a process has imported all and runs nothing else

# The address of a socket file has 104 bytes on macOS and 108 on Linux, the closing zero and ``-N`` of a port within.
LONGEST_ADDRESS = 100
GIGABYTE = 10**9
MOST_MEMORY = 9e9  # GB; the system counts bytes in 64 bits
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}
FIXED = {**ONE_THREAD, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "agg"}
PASSED = (
    "HOME", "PATH", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "MPLCONFIGDIR", "XDG_CACHE_HOME",
    "USERPROFILE", "LOCALAPPDATA", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take: `deadline`, a reading of `time.monotonic`, and `memory` of the kernel in bytes.

    Attributes
    ----------
    watch
        Called again and again while cells run, and before the pages are published; what it raises ends the run.
    """

    deadline: float | None = None
    memory: int | None = None
    watch: Callable[[], object] | None = None

    @property
    def left(self) -> float | None:
        """Seconds to the deadline; negative when it has passed."""
        return None if self.deadline is None else self.deadline - time.monotonic()


def limits(deadline: float | None, memory: float | None) -> Limits:
    """Limits that begin now: `deadline` in seconds for the whole run, `memory` in GB.

    Raises
    ------
    TuiyanError
        E282 and E283 for what is not a positive number, and for a limit of memory where the system sets none.
    """
    found = []
    if deadline is not None and not 0 < deadline < float("inf"):
        found.append(Finding("E282", None, {"value": deadline}))
    if memory is not None and not (0 < memory < MOST_MEMORY and sys.platform == "linux"):
        found.append(Finding("E283", None, {"value": memory, "system": sys.platform}))
    if found:
        raise TuiyanError(found)
    end = None if deadline is None else time.monotonic() + deadline
    return Limits(end, None if memory is None else int(memory * GIGABYTE))


class Process(Protocol):
    """What is asked of the process of a kernel, whether it was spawned or forked."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code, negative for a signal, or None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended."""


@dataclass(slots=True)
class Forked:
    """A forked child, asked as `subprocess.Popen` is."""

    pid: int
    code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        if self.code is None:
            with contextlib.suppress(ChildProcessError):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code

    def wait(self, timeout: float | None = None) -> int:  # noqa: ARG002 - Popen's; a killed child does not linger
        """Its exit code, once it has ended."""
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code


@dataclass(frozen=True, slots=True)
class Address:
    """Where a kernel listens: the folder of its connection file, ``ipc`` or ``tcp``, and why not ``ipc``."""

    folder: Path
    transport: str
    reason: str = ""

    @property
    def ip(self) -> str:
        """The beginning of its socket files' paths, or the loopback."""
        return str(self.folder / "k") if self.transport == "ipc" else "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Kernel:
    """A started kernel: its process, what a client must know, and where its complaints are."""

    process: Process
    connection: Mapping[str, Any]
    address: Address

    @property
    def complaint(self) -> str:
        """The last line that the process wrote as it died."""
        with contextlib.suppress(OSError):
            lines = (self.address.folder / "kernel.err").read_text("utf-8", "replace").strip().splitlines()
            return lines[-1] if lines else ""
        return ""

    async def client(self, patience: float = 60.0) -> Any:
        """A client that is connected and has been answered.

        Raises
        ------
        TimeoutError
            When the kernel does not answer.
        """
        from jupyter_client.asynchronous.client import AsyncKernelClient

        client: Any = AsyncKernelClient()
        client.load_connection_info(dict(self.connection))
        client.start_channels(shell=True, iopub=True, stdin=False, hb=False, control=False)  # noqa: S604 - a channel's name
        client.allow_stdin = False
        try:
            async with asyncio.timeout(patience):
                await _answered(client)
        except BaseException:
            client.stop_channels()
            raise
        return client


async def _answered(client: Any) -> None:
    """Ask until the answer comes on both channels: what a kernel publishes before one listens is lost."""
    from queue import Empty

    heard = False
    while True:
        asked = client.kernel_info()
        with contextlib.suppress(Empty):
            while (await client.get_iopub_msg(timeout=0.5))["content"].get("execution_state") != "idle":
                pass
            heard = True
        with contextlib.suppress(Empty):
            while (await client.get_shell_msg(timeout=0.5))["parent_header"].get("msg_id") != asked:
                pass
            if heard:
                return


@contextlib.contextmanager
def started(folder: Path, variables: Mapping[str, str], most: int | None = None) -> Iterator[Kernel]:
    """A kernel that works in `folder`, sees `variables`, may hold `most` bytes, dead at the end whatever happens.

    It is a fork of this process where `FORKS` says that this process is fit for it.
    """
    from jupyter_client.connect import write_connection_file

    place = address(folder)
    try:
        file = str(place.folder / "kernel.json")
        _, connection = write_connection_file(file, ip=place.ip, transport=place.transport)
        environment = {**passed(), "IPYTHONDIR": str(place.folder / "ipython"), **variables}
        begin = _fork if FORKS.get() else _spawn
        process = begin(file, place.folder, environment, most)
        try:
            yield Kernel(process, connection, place)
        finally:
            kill(process)
    finally:
        shutil.rmtree(place.folder, ignore_errors=True)


def command(file: str, most: int | None = None) -> list[str]:
    """The command of a kernel: our own interpreter, which looks for modules neither here nor in the user's folders."""
    limit = [] if most is None else [str(most)]
    return [sys.executable, "-P", "-m", boot.__name__, file, str(os.getpid()), *limit]


def passed() -> dict[str, str]:
    """The environment of a kernel: a short list of the user's variables, and what is the same everywhere."""
    return {
        **{name: os.environ[name] for name in PASSED if name in os.environ},
        **FIXED,
        "PYTHONPATH": str(PACKAGE.parent),
    }


def address(folder: Path) -> Address:
    """Sockets as files in `folder`, else in the system's folder for temporary files, else on the loopback."""
    reason = "no socket files on this system"
    if hasattr(socket, "AF_UNIX") and os.name == "posix":
        for base in (folder, Path(tempfile.gettempdir())):
            made = Path(tempfile.mkdtemp(prefix=".k", dir=base))
            if not (reason := _refusal(made)):
                return Address(made, "ipc")
            shutil.rmtree(made, ignore_errors=True)
    return Address(Path(tempfile.mkdtemp(prefix=".k", dir=folder)), "tcp", reason)


def _refusal(folder: Path) -> str:
    """Why a socket file cannot stand in a folder; empty when it can."""
    path = str(folder / "k-0")
    if len(os.fsencode(path)) > LONGEST_ADDRESS:
        return f"{len(os.fsencode(path))} bytes of path"
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.bind(path)
        except OSError as error:
            return error.strerror or type(error).__name__
    return ""


def _spawn(file: str, folder: Path, environment: Mapping[str, str], most: int | None) -> Process:
    with (folder / "kernel.err").open("wb") as errors:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command(file, most), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, cwd=folder,
            env=dict(environment), start_new_session=True,
        )  # fmt: skip


def _fork(file: str, folder: Path, environment: Mapping[str, str], most: int | None) -> Process:
    FORKS.set(False)  # once a client has sockets and threads, this process is no longer fit
    return Forked(boot.forked(file, str(folder), environment, most))


def kill(process: Process) -> None:
    """End a kernel at once, with what it started; nothing in it is worth a farewell."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                os.kill(process.pid, signal.SIGTERM)
        with contextlib.suppress(ProcessLookupError):
            if os.name == "posix":
                os.kill(process.pid, signal.SIGKILL)  # in the instant before a fork has a session of its own
        process.wait()
