"""The environment in .venv: made once, made again when the lock or the interpreter changes, whole or not at all.

A stamp, written last, says what the environment was made from. Without it the environment is unfinished, and made
again from the beginning: an installer killed in the middle leaves packages that look installed and are not.
"""

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tools.installers import Installer, uv_to_use
from tools.talk import SetupError, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ".venv"
MARK = "made-by-run.py"  # present from the first moment: no environment of somebody else's is ever removed
STAMP = "tuiyan-stamp.json"
NEEDED_BYTES = 2_000_000_000
LOCKED = ("requirements.lock", "pyproject.toml")


def wanted(root: Path) -> dict[str, str]:
    """Return what an environment of this checkout, lock and interpreter is made from.

    The path is in it because an environment cannot be moved or copied along with its checkout.
    """
    digest = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in LOCKED}
    interpreter = f"{platform.python_implementation()} {sys.version_info.major}.{sys.version_info.minor}"
    return {"python": f"{interpreter} {sys.platform} {platform.machine()}", "root": str(root), **digest}


def stamped(root: Path) -> dict[str, str]:
    """Return what the environment on disk was made from; empty when it is unfinished, damaged or not there."""
    try:
        stamp = json.loads((root / FOLDER / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and interpreter(root).exists() else {}


def work_left(wanted: dict[str, str], stamp: dict[str, str]) -> str:
    """Return what is to be done: `nothing`, `package` (only the project's own metadata changed) or `everything`."""
    if stamp == wanted:
        return "nothing"
    same = {name for name in wanted if stamp.get(name) == wanted[name]}
    return "package" if same == set(wanted) - {"pyproject.toml"} else "everything"


def interpreter(root: Path) -> Path:
    """Return the path of the environment's Python."""
    return root / FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(root: Path = ROOT) -> Path:
    """Make the environment if it is not there, whole and of this lock.

    Parameters
    ----------
    root
        The checkout.

    Returns
    -------
    Path
        The environment's Python.

    Raises
    ------
    SetupError
        If something is missing that only a person can supply.
    """
    if work_left(wanted(root), stamped(root)) == "nothing":
        return interpreter(root)
    with only_one(root / ".venv.lock"):
        left = work_left(wanted(root), stamped(root))  # the other run may have done it
        if left != "nothing":
            make(root, left)
    return interpreter(root)


def make(root: Path, left: str) -> None:
    """Do what is left to do, and stamp it."""
    started, goal, folder = time.monotonic(), wanted(root), root / FOLDER
    installer = Installer(interpreter(root), root, uv_to_use(os.environ, Path.home()))
    (folder / STAMP).unlink(missing_ok=True)
    if left == "everything":
        check_disk(root)
        create(folder)
        lines = (root / LOCKED[0]).read_text(encoding="utf-8").splitlines()
        count = sum(line[:1].isalnum() for line in lines)
        say(
            f"installing {count} locked packages by {installer.name}",
            f"用 {installer.name} 安装锁定的 {count} 个依赖包",
        )
        installer.install("--require-hashes", "--no-deps", "-r", LOCKED[0])
    say("installing tuiyan from this folder", "从本目录安装 tuiyan")
    installer.install("--no-build-isolation", "--no-deps", "--editable", ".")
    temporary = folder / f"{STAMP}.new"
    temporary.write_text(json.dumps(goal, indent=1, sort_keys=True), encoding="utf-8")
    temporary.replace(folder / STAMP)
    took = time.monotonic() - started
    say(f"the environment is ready ({took:.0f} s)", f"环境已就绪（{took:.0f} 秒）")


def create(folder: Path) -> None:
    """Make an empty environment in place of an earlier one of ours."""
    if importlib.util.find_spec("venv") is None:
        name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        english = f"this Python came without venv. Install it with: sudo apt install {name}"
        raise SetupError(english, f"当前 Python 缺少 venv。请先安装：sudo apt install {name}")
    remove(folder)
    version = platform.python_version()
    say(f"making the environment {folder.name} with Python {version}", f"用 Python {version} 建立环境 {folder.name}")
    folder.mkdir()
    (folder / MARK).touch()
    import venv

    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False, prompt="tuiyan").create(folder)


def remove(folder: Path) -> bool:
    """Remove an environment that run.py made; return whether there was one.

    Raises
    ------
    SetupError
        If the environment is somebody else's.
    """
    if not folder.exists() and not folder.is_symlink():
        return False
    if folder.is_symlink() or not (folder / MARK).exists():
        raise SetupError(
            f"{folder} was not made by run.py, so it was left alone. Move it away or remove it, then try again.",
            f"{folder} 不是 run.py 建立的，未作改动。请将其移走或删除后重试。",
        )
    (folder / STAMP).unlink(missing_ok=True)  # first: what is half removed must not look whole
    for part in folder.iterdir():
        if part.name == MARK:
            continue
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        else:
            part.unlink()
    shutil.rmtree(folder)
    return True


def check_disk(root: Path) -> None:
    """Stop with a sentence when the disk is too full for the environment."""
    free = shutil.disk_usage(root).free
    if free < NEEDED_BYTES:
        have, need = f"{free / 1e9:.1f}", f"{NEEDED_BYTES / 1e9:.0f}"
        raise SetupError(
            f"the environment needs {need} GB of disk, and only {have} GB are free at {root}",
            f"建立环境约需 {need} GB 磁盘空间，{root} 所在磁盘仅剩 {have} GB",
        )


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock file, so that two runs started at once make one environment; the system frees it at any end."""
    with path.open("a", encoding="utf-8") as file:
        if not grasp(file, wait=False):
            say("another run is making the environment; waiting for it", "另一个进程正在建立环境，等待其完成")
            grasp(file, wait=True)
        yield


def grasp(file: TextIO, *, wait: bool) -> bool:
    """Lock an open file; return whether it was got."""
    while not got(file):
        if not wait:
            return False
        time.sleep(0.2)
    return True


def got(file: TextIO) -> bool:
    """Try once to lock an open file; a disk that knows no locks (some network disks) counts as got."""
    try:
        if sys.platform == "win32":
            import msvcrt  # Windows only

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # not on Windows

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
    return True
