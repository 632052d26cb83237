"""Reports of a hostile workspace, made where nothing outside can be reached and every socket call is written down."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.hostile.study import NAME, ROOT, Planted, plant

DRAWS = "128"
WORD = "Qleak"  # begins the names of the folders, of the user and of the machine: none may stand in a report
FOLDER = f"{WORD}space $(touch pwned) `id` {{{{7*7}}}} <b>'&"
MADE = {
    "report": [NAME],
    "compare": [NAME, "delayed", "--notebook", "compare"],
    "standard_shocks": [NAME, "--notebook", "standard_shocks"],
    "backtest": [NAME, "--notebook", "backtest"],
}
APART = ("unshare", "--map-root-user", "--net", "--uts")
TRACED = ("strace", "-f", "--seccomp-bpf", "-qq", "-e", "signal=none", "-e", "trace=connect,sendto,sendmsg,sendmmsg")


class Listener:
    """Counts who connects to an address on the loopback."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.asked: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            with client:
                client.settimeout(1.0)
                try:
                    self.asked.append(client.recv(300))
                    client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    self.asked.append(b"")

    def close(self) -> None:
        """Listen no longer."""
        self.socket.close()


@dataclass(frozen=True, slots=True)
class Made:
    """The reports that were made, what was planted in them, and how."""

    planted: Planted
    reports: Path
    apart: bool
    calls: Path | None

    @property
    def bundles(self) -> list[Path]:
        """The published folders."""
        return [self.reports / name for name in (NAME, *MADE) if (self.reports / name).is_dir()]

    def files(self, ending: str) -> list[Path]:
        """The files of all bundles with an ending."""
        return [path for folder in self.bundles for path in sorted(folder.glob(f"*{ending}"))]


@cache
def works(*command: str) -> bool:
    """Whether a program is there and permitted."""
    return (
        bool(shutil.which(command[0]))
        and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    )


def make(folder: Path, address: str) -> Made:
    """Plant the payloads and make all reports of them, in an environment whose names can be told wherever they leak."""
    space = folder / FOLDER
    space.mkdir()
    planted = plant(space, address)
    for name in ("home", "tmp"):
        (folder / f"{WORD}{name}").mkdir()
    settings = {
        **dict.fromkeys(("USER", "LOGNAME", "USERNAME"), f"{WORD}user"),
        "HOME": str(folder / f"{WORD}home"),
        "TMPDIR": str(folder / f"{WORD}tmp"),
        "HOSTNAME": f"{WORD}host",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "model"),
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
    }
    apart, traced = works(*APART), works(*TRACED, "-o", os.devnull)

    def one(name: str) -> None:
        trace = [*TRACED, "-o", str(folder / f"calls.{name}")] if traced else []
        begin = [*APART, "sh", "-c", f'hostname {WORD}host; exec "$@"', "sh", *trace] if apart else trace
        command = [sys.executable, "-m", "tuiyan", "report", *MADE[name], "--draws", DRAWS, "--lang", "en"]
        done = subprocess.run(
            [*begin, *command], cwd=space, env=settings, capture_output=True, text=True, check=False, timeout=400
        )
        assert done.returncode == 0, done.stderr[-3000:]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, MADE))
    return Made(planted, space / "reports", apart, folder if traced else None)
