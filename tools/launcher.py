"""The commands of run.py. Standard library only: it runs before there is an environment."""

import difflib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from tools import locking
from tools.environment import FOLDER, ROOT, ensure, remove
from tools.talk import SetupError, pick, say

SLOW = ("faults", "bytes", "hostile", "browser", "fresh", "peers")
CHECKED = ("model", "tests", "tools", "benchmarks", "run.py")
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "build", "dist", "__pycache__")
PATIENCE = 10.0  # seconds that an interrupted command has for tidying up
INTERRUPTED, TERMINATED, BAD_INPUT = 130, 143, 2


class Terminated(BaseException):
    """SIGTERM reached run.py."""


def run(*command: str | Path) -> int:
    """Run a command in the checkout; return its exit code, 128 + n when signal n ended it.

    A Ctrl-C reaches the command by itself; it gets time to tidy up before it is ended.
    """
    child = subprocess.Popen([str(part) for part in command], cwd=ROOT)
    try:
        code = child.wait()
    except KeyboardInterrupt:
        end(child, PATIENCE)
        raise
    except Terminated:
        child.terminate()
        end(child, PATIENCE)
        raise
    return code if code >= 0 else 128 - code


def end(child: "subprocess.Popen[bytes]", patience: float) -> None:
    """Wait for a command to end by itself, then end it."""
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.terminate()
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()


def report(arguments: list[str]) -> int:
    """`tuiyan report`, of the scenario `announced` when none is named."""
    named = bool(arguments) and not arguments[0].startswith("-")
    which = [] if named or {"--all", "--notebook"} & set(arguments) else ["announced"]
    return run(ensure(), "-m", "tuiyan", "report", *which, *arguments)


def test(arguments: list[str]) -> int:
    """Pytest, without the slow suites unless `--all` is given."""
    others = [word for word in arguments if word != "--all"]
    chosen = [] if "--all" in arguments else ["-m", f"not ({' or '.join(SLOW)})"]
    shared = [] if others else ["-n", "auto", "--dist", "loadfile"]  # a few chosen tests are quicker on one core
    return run(ensure(), "-m", "pytest", *chosen, *shared, *others)


def lint(arguments: list[str]) -> int:
    """Ruff, its formatter and mypy: all three, whatever the first says."""
    python = ensure()
    paths = [path for path in CHECKED if (ROOT / path).is_file() or any((ROOT / path).glob("**/*.py"))]
    commands = (["ruff", "check", *arguments, "."], ["ruff", "format", "--check", "."], ["mypy", *paths])
    codes = [run(python, "-m", *command) for command in commands]
    return next((code for code in codes if code), 0)


def lock(arguments: list[str]) -> int:
    """Solve requirements.lock again; `--upgrade` lets every version move."""
    if (ROOT / locking.NAME).exists():
        ensure()
    return locking.lock(arguments)


def bench(arguments: list[str]) -> int:
    """Time the model beside its floor."""
    return run(ensure(), "-m", "benchmarks", *arguments)


def lab(arguments: list[str]) -> int:
    """The lab in JupyterLab: scenarios edited by hand."""
    return run(ensure(), "-m", "tuiyan", "lab", *arguments)


def look(arguments: list[str]) -> int:
    """Pictures of every page of the reports, or of the `lab`, in build/look; `--bless` writes tests/look anew."""
    modules = {"--bless": "tests.look", "lab": "tools.look_lab"}
    first, rest = arguments[:1], arguments[1:]
    if first and first[0] in modules:
        return run(ensure(), "-m", modules[first[0]], *rest)
    return run(ensure(), "-m", "tools.look", *arguments)


def schema(arguments: list[str]) -> int:
    """Write params/schema, the JSON Schema by which editors complete and underline."""
    return run(ensure(), "-m", "tuiyan.inputs.json_schema", *arguments)


def docs(arguments: list[str]) -> int:
    """Write the generated pages of docs/, and the panel scores that reports read."""
    python = ensure()
    return run(python, "-m", "tools.panel") or run(python, "-m", "tools.manual", *arguments)


def bless(arguments: list[str]) -> int:
    """Write tests/golden anew, and print the line that CHANGELOG.md needs."""
    return run(ensure(), "-m", "tests.golden", *arguments)


def clean(arguments: list[str]) -> int:
    """Remove the environment, caches and build/; reports stay."""
    if arguments:
        raise SetupError("clean takes no arguments", "clean 不接受参数", BAD_INPUT)
    remove(ROOT / FOLDER)
    (ROOT / ".venv.lock").unlink(missing_ok=True)
    rooms = [ROOT, *(path for name in CHECKED for path in (ROOT / name).rglob("*") if path.is_dir())]
    for room in [*rooms, ROOT / "tests"]:
        for name in CACHES:
            if (room == ROOT or name == "__pycache__") and (room / name).is_dir():
                shutil.rmtree(room / name)
    say("clean", "已清理")
    return 0


COMMANDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "report": (report, "写出报告（默认情景 announced）"),
    "test": (test, "运行测试；--all 包括较慢的部分"),
    "lint": (lint, "代码检查：ruff 与 mypy"),
    "lock": (lock, "重新求解 requirements.lock；--upgrade 允许升级"),
    "bench": (bench, "基准测试"),
    "lab": (lab, "在 JupyterLab 中动手编辑情景"),
    "look": (look, "用浏览器为报告逐页截图，存入 build/look（look lab 为工作台）；--bless 重写 tests/look 的参照图"),
    "schema": (schema, "生成 params/schema，供编辑器补全与标错"),
    "docs": (docs, "生成 docs/ 中的手册页"),
    "bless": (bless, "重写 tests/golden 的基准数值，并给出 CHANGELOG.md 所需的一行"),
    "clean": (clean, "删除环境、缓存和 build/，保留报告"),
}


def usage() -> str:
    """Return the list of commands."""
    lines = [
        f"  {name:7} {pick((function.__doc__ or '').replace('`', '').splitlines()[0], chinese)}"
        for name, (function, chinese) in COMMANDS.items()
    ]
    return "\n".join([pick("python3 run.py COMMAND [arguments]", "python3 run.py 命令 [参数]"), *lines, ""])


def find(name: str) -> Callable[[list[str]], int]:
    """Return the function of a command.

    Raises
    ------
    SetupError
        If there is no such command; names the nearest.
    """
    if name in COMMANDS:
        return COMMANDS[name][0]
    nearest = (difflib.get_close_matches(name, COMMANDS, n=1) or ["report"])[0]
    raise SetupError(
        f"there is no command {name}. Did you mean {nearest}? `run.py help` lists them all.",
        f"没有 {name} 这个命令。是否指 {nearest}？run.py help 列出全部命令。",
        BAD_INPUT,
    )


def terminate(number: int, frame: FrameType | None) -> None:
    """Turn SIGTERM into an exception, so that the command below ends too."""
    raise Terminated(number, frame)


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code.

    Exit codes: those of the command; 2 an unknown command, 3 the set-up lacks something, 130 Ctrl-C, 143 terminated.
    """
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        sys.stdout.write(usage())
        return 0 if arguments else BAD_INPUT
    signal.signal(signal.SIGTERM, terminate)
    try:
        return find(arguments[0])(arguments[1:])
    except SetupError as error:
        sys.stderr.write(f"tuiyan: {error.sentence}\n")
        return error.code
    except KeyboardInterrupt:
        say("interrupted", "已中断")
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        say(f"{os.strerror(error.errno or 0)}{where}", f"{os.strerror(error.errno or 0)}{where}")
        return 3
