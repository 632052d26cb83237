"""What runs in the process of a kernel: die with the parent, stay under the limit of memory, serve.

``python -m tuiyan.reporting.boot FILE PARENT [BYTES]`` is a kernel of its own; `forked` makes one of a process that has
imported everything already.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
BLAS_SIZE = 256  # rows of a product too large for OpenBLAS to make without work space


def die_with(parent: int, number: int) -> None:
    """Have Linux send signal `number` to this process when `parent` ends; elsewhere ipykernel polls its parent."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None, use_errno=True).prctl(PARENT_DEATH_SIGNAL, number, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), number)


def limit_memory(most: int) -> None:
    """Refuse this process more than `most` bytes of its own data; what needs more gets a MemoryError.

    The limit is on private data and not on addresses: libraries reserve far more addresses than they ever use. NumPy's
    and SciPy's OpenBLAS take their work space before it: refused later, they would ask for it again for ever.
    """
    import resource

    import numpy as np
    from scipy.linalg.blas import dgemm

    some = np.ones((BLAS_SIZE, BLAS_SIZE))
    dgemm(1.0, some, some @ some)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def serve(file: str, parent: int, most: int | None = None) -> None:
    """Serve as the kernel of a connection file until the parent is gone or kills us."""
    die_with(parent, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    if most is not None:
        limit_memory(most)
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance()
    app.initialize(["-f", file, f"--IPKernelApp.parent_handle={parent}", "--HistoryManager.enabled=False"])
    app.start()


def forked(file: str, folder: str, environment: Mapping[str, str], most: int | None) -> int:
    """Fork this process into a kernel; returns its process id. The child never comes back into our frames."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    if child := os.fork():
        return child
    with contextlib.suppress(BaseException):
        _become_plain(folder, environment)
        serve(file, parent, most)
    os._exit(1)


def _become_plain(folder: str, environment: Mapping[str, str]) -> None:
    """Drop what the parent had open and set: a fork begins as a new process would, but for the imports."""
    gc.freeze()  # nothing of the parent's is ever finalised here: its files would close numbers that are ours by then
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    null = os.open(os.devnull, os.O_RDWR)
    errors = os.open(os.path.join(folder, "kernel.err"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # noqa: PTH118
    for target, opened in enumerate((null, null, errors)):
        os.dup2(opened, target)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)


def main() -> NoReturn:
    """The kernel as a process of its own."""
    file, parent, *most = sys.argv[1:]
    serve(file, int(parent), int(most[0]) if most else None)
    raise SystemExit


if __name__ == "__main__":
    main()
