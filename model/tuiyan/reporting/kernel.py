"""The kernel of a report run: always the interpreter that runs us, over sockets only this user can open.

A kernel specification named ``python3`` elsewhere on the machine may belong to another environment; it is never looked
up. Start-up files of the user's IPython do not run either.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

# An IPC socket's address may hold about 100 bytes on the strictest system, with the port's number behind it.
LONGEST_ADDRESS = 90
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}


class OwnKernelManager(AsyncKernelManager):
    """A kernel manager bound to `sys.executable`; `variables` are added to the kernel's environment."""

    variables: Mapping[str, str] = {}

    def __init__(self, **settings: Any) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="tuiyan-"))
        address = str(self._folder / "kernel.json")
        if os.name == "posix" and len(address) < LONGEST_ADDRESS:
            settings["transport"] = "ipc"
        super().__init__(**{**settings, "connection_file": address})

    @property
    def kernel_spec(self) -> KernelSpec:
        """The running interpreter's own kernel."""
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            env={**ONE_THREAD, "IPYTHONDIR": str(self._folder / "ipython"), **self.variables},
            display_name="tuiyan",
            language="python",
        )

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]  # noqa: FBT001, FBT002 - as the parent has it
        """Close the sockets and remove their folder."""
        await super().cleanup_resources(restart)
        if not restart:
            shutil.rmtree(self._folder, ignore_errors=True)


def manager(variables: Mapping[str, str]) -> type[OwnKernelManager]:
    """A kernel manager class whose kernels see `variables` in their environment."""
    return type("ReportKernelManager", (OwnKernelManager,), {"variables": dict(variables)})
