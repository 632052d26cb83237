"""The lock: exact versions with hashes, one version of each package for every Python, and no addresses."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.environment import ROOT, interpreter
from tools.talk import SetupError, say

NAME = "requirements.lock"
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))?(?P<more> \\)?$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
ASKED = (
    "--group=dev",
    "--universal",
    "--fork-strategy=fewest",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-config",
    "--quiet",
)


def packages(text: str) -> int:
    """Return how many packages a lock pins."""
    return sum(PIN.match(line) is not None for line in text.splitlines())


def problems(text: str) -> list[str]:
    """Return what is wrong with the text of a lock: addresses, packages without a hash, two versions of one."""
    found, seen, hashes = [], dict[str, str](), dict[str, int]()
    if "://" in text:
        found.append("it holds an address")
    name = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if HASH.match(line):
            hashes[name] = hashes.get(name, 0) + 1
        elif pin := PIN.match(line):
            name = pin["name"]
            if name in seen:
                found.append(f"{name} stands in it twice: {seen[name]} and {pin['version']}")
            seen[name] = pin["version"]
        else:
            found.append(f"line {number} is neither a pinned package nor a hash: {line}")
    found += [f"{name} has no hash" for name in seen if not hashes.get(name)]
    return found if seen else [*found, "it is empty"]


def solver() -> str:
    """Return the environment's uv, or the one on the PATH where there is no environment yet.

    Raises
    ------
    SetupError
        If there is neither.
    """
    own = shutil.which("uv", path=str(interpreter(ROOT).parent)) or shutil.which("uv")
    if own is None:
        raise SetupError("uv was not found; it comes with the environment", "未找到 uv；它随环境一起安装")
    return own


def lock(arguments: list[str], root: Path = ROOT) -> int:
    """Solve the lock again; what still serves keeps its version unless `--upgrade` is given.

    Returns
    -------
    int
        0 when it was written, uv's exit code when it could not be solved.
    """
    draft = root / "build" / NAME
    draft.parent.mkdir(exist_ok=True)
    draft.unlink(missing_ok=True)
    if (root / NAME).exists():
        shutil.copyfile(root / NAME, draft)  # uv prefers the versions that it finds in its output file
    command = [solver(), "pip", "compile", "pyproject.toml", *ASKED, f"--output-file={draft}", *arguments]
    done = subprocess.run(command, cwd=root, check=False, stdout=subprocess.DEVNULL)
    if done.returncode:
        return done.returncode
    text = draft.read_text(encoding="utf-8")
    if found := problems(text):
        raise SetupError(
            f"the solved lock is not usable: {'; '.join(found)}", f"求解得到的锁文件不可用：{'；'.join(found)}"
        )
    os.replace(draft, root / NAME)  # noqa: PTH105 (says that it replaces)
    count = packages(text)
    say(f"{NAME}: {count} packages", f"{NAME}：{count} 个依赖包")
    return 0
