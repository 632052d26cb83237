"""Which installer fills the environment, and how it is called: pip always can, uv is faster.

A person's mirror, proxy or certificate is set for pip nearly always, and uv does not read those settings. So uv
is used only where pip has none of them; uv then follows its own settings.
"""

import configparser
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.talk import SetupError, say

# Settings that say where packages come from or how the network is reached.
ROUTES = ("index_url", "extra_index_url", "find_links", "no_index", "proxy", "cert", "client_cert", "trusted_host")

# Settings that would put packages somewhere else than in the environment, or refuse the package itself.
ASTRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_CONSTRAINT", "PIP_REQUIREMENT", "PIP_REQUIRE_HASHES")


def pip_files(environment: Mapping[str, str], home: Path, platform: str = sys.platform) -> list[Path]:
    """Return the places where pip looks for its configuration.

    Parameters
    ----------
    environment
        The environment variables.
    home
        The user's own folder.
    platform
        As `sys.platform`.

    Returns
    -------
    list of Path
        Files that may exist or not.
    """
    extra = environment.get("PIP_CONFIG_FILE")
    if extra == os.devnull:  # pip's own way of saying "read none"
        return []
    files = [Path(extra)] if extra else []
    if platform == "win32":
        roots = [Path(environment[name]) for name in ("PROGRAMDATA", "APPDATA") if environment.get(name)]
        return [*files, *(root / "pip" / "pip.ini" for root in roots), home / "pip" / "pip.ini"]
    shared = [Path(part) for part in environment.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":") if part]
    own = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    if platform == "darwin":
        shared.append(Path("/Library/Application Support"))
        files.append(home / "Library" / "Application Support" / "pip" / "pip.conf")
    files += [root / "pip" / "pip.conf" for root in [*shared, own]]
    return [*files, Path("/etc/pip.conf"), home / ".pip" / "pip.conf", Path(sys.prefix) / "pip.conf"]


def mirror(environment: Mapping[str, str], files: Iterable[Path]) -> str | None:
    """Return what says that pip has a route of its own to packages: a variable or a file; None if nothing does."""
    for route in ROUTES:
        name = f"PIP_{route.upper()}"
        if environment.get(name):
            return name
    for file in files:
        parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
        try:
            parser.read(file, encoding="utf-8")
        except (configparser.Error, OSError, UnicodeDecodeError):
            return str(file)  # pip will say what is wrong with it
        for section in ("global", "install"):
            keys = parser[section] if parser.has_section(section) else {}
            if any(key.replace("-", "_") in ROUTES for key in keys):
                return str(file)
    return None


def uv_to_use(environment: Mapping[str, str], home: Path) -> str | None:
    """Return the uv on the PATH when it may be used instead of pip."""
    found = shutil.which("uv", path=environment.get("PATH"))
    return found if found and mirror(environment, pip_files(environment, home)) is None else None


def pip_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables for pip: the user's, without those that lead packages astray."""
    kept = {name: value for name, value in environment.items() if name not in ASTRAY}
    return {**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


class Installer:
    """Installs into one environment, by uv when it may, else by pip."""

    def __init__(self, python: Path, root: Path, uv: str | None) -> None:
        self.python, self.root, self.uv = python, root, uv

    @property
    def name(self) -> str:
        """`uv` or `pip`."""
        return "uv" if self.uv else "pip"

    def install(self, *arguments: str) -> None:
        """Install; when uv fails, go on with pip, which everybody has.

        Raises
        ------
        SetupError
            If pip fails; its own message stands above.
        """
        if self.uv:
            command = [self.uv, "pip", "install", "--quiet", "--python", str(self.python), *arguments]
            if subprocess.run(command, cwd=self.root, check=False).returncode == 0:
                return
            say("uv could not do it; going on with pip", "uv 未能完成，改用 pip")
            self.uv = None
        self.add_pip()
        command = [str(self.python), "-I", "-m", "pip", "install", "--quiet", "--no-compile", *arguments]
        done = subprocess.run(command, cwd=self.root, env=pip_environment(os.environ), check=False)
        if done.returncode:
            english = (
                "pip could not install the packages (its message stands above). Is the network or the mirror there?"
            )
            raise SetupError(english, "pip 未能安装依赖包（见上方信息）。请检查网络或镜像设置。")

    def add_pip(self) -> None:
        """Give the environment its pip, from the interpreter's own copy.

        Raises
        ------
        SetupError
            If the interpreter came without one, as Debian's does.
        """
        if importlib.util.find_spec("ensurepip") is None:
            package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            raise SetupError(
                f"this Python came without ensurepip. Install it with: sudo apt install {package}",
                f"当前 Python 缺少 ensurepip。请先安装：sudo apt install {package}",
            )
        probe = [str(self.python), "-I", "-c", "import pip"]
        if subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return
        command = [str(self.python), "-I", "-m", "ensurepip", "--default-pip"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            raise SetupError(
                f"pip could not be put into .venv: {done.stdout}", f"无法在 .venv 中安装 pip：{done.stdout}"
            )
