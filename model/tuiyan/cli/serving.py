"""`tuiyan lab`: JupyterLab for this computer alone, with a token, on the running interpreter and asking nobody outside.

The server is JupyterLab's own, in this process, so that its token stands in no list of processes and nothing is left
when it ends. What the user's own Jupyter settings say of address and token is read first, and refused where it opens
the server to others; what `SAFE` names cannot be changed by them at all.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from tuiyan.cli.output import out, talk
from tuiyan.cli.starting import shipped
from tuiyan.inputs.findings import Finding, Place, TuiyanError, stop_on_errors
from tuiyan.inputs.workspace import find_workspace
from tuiyan.wording import say

ADDRESS, NAMES = "127.0.0.1", ("127.0.0.1", "localhost")
GUIDE = Path("notebooks", "lab.ipynb")
OURS = Path(__file__).with_name("jupyter")  # lab: the kernel, and settings of the page; lsp: those of an editor's help
HELPER, DISCARD = "yaml-language-server", 9
CONFIGURED = ("jupyter_lab_config", "jupyter_server_config", "jupyter_notebook_config", "jupyter_config")
IP = (("ServerApp", "ip"), ("NotebookApp", "ip"))
TOKEN = tuple((name, "token") for name in ("PasswordIdentityProvider", "IdentityProvider", "ServerApp", "NotebookApp"))
SAFE: dict[str, dict[str, Any]] = {
    "ServerApp": {
        "ip": ADDRESS, "sock": "", "allow_remote_access": False, "allow_origin": "", "allow_origin_pat": "",
        "disable_check_xsrf": False,
        "identity_provider_class": "jupyter_server.auth.identity.PasswordIdentityProvider",
        "allow_root": True,  # who is root in a container may work there; nobody else reaches the server
        "log_level": "ERROR",
    },
    "LabApp": {
        "extension_manager": "readonly", "news_url": None, "default_url": f"/lab/tree/{GUIDE.as_posix()}",
        "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate", "log_level": "ERROR",
    },
}  # fmt: skip
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


class Said(NamedTuple):
    """A setting, and where it was found: a file, or an option or a variable by its name."""

    value: str
    name: str
    file: str = ""

    def finding(self, code: str) -> Finding:
        """The finding that this setting gives."""
        return Finding(code, Place(self.file) if self.file else None, {"value": self.value, "name": self.name})


def lab(options: argparse.Namespace) -> int:
    """`tuiyan lab`: returns when the server was ended, with 130 or 143 when a signal did it."""
    root = find_workspace(options.workspace)
    token = checked(options, root)
    with contextlib.suppress(FileExistsError):
        guide(root)
    os.environ |= environment(root)
    server = made(options, root, token)
    if server.ip != ADDRESS or server.identity_provider.token != token:  # a setting that we do not know of
        raise TuiyanError([Said(str(server.ip), "ServerApp").finding("E320")])

    def tell() -> None:
        talk(say("serving.ready", options.lang, folder=root))
        out(address(server, token))
        sys.stdout.flush()

    server.io_loop.add_callback(tell)  # after the callback that begins to listen
    return served(server)


def checked(options: argparse.Namespace, root: Path) -> str:
    """The token that the server will ask for.

    Raises
    ------
    TuiyanError
        E320 for an address that others reach, E321 for an empty token, E322 for a port that is not free, E323 for
        the files of the installed package; all of them at once.
    """
    ip = said_ip(options)
    token = said_token(options)
    findings = []
    if ip.value not in NAMES:
        findings.append(ip.finding("E320"))
    if not token.value.strip():
        findings.append(token.finding("E321"))
    if options.port and (why := refusal(options.port)):
        findings.append(Finding("E322", None, {"port": options.port, "why": why}))
    stop_on_errors([*findings, *installed(root)])
    return token.value


def installed(root: Path) -> list[Finding]:
    """E323 where a workspace is the files of an installed package: the next version replaces what is saved there."""
    return [Finding("E323", None, {"folder": str(root)})] if root.parts[-2:] == ("tuiyan", "shipped") else []


def said_ip(options: argparse.Namespace) -> Said:
    """The address wanted: the option's, else that of a Jupyter settings file, else ours."""
    if options.ip is not None:
        return Said(options.ip, "--ip")
    return next(configured(IP), Said(ADDRESS, ""))


def said_token(options: argparse.Namespace) -> Said:
    """The token wanted, in Jupyter's own order: option, settings file, variable, file named by a variable; or new."""
    if options.token is not None:
        return Said(options.token, "--token")
    for said in configured(TOKEN):
        return said
    if (value := os.environ.get("JUPYTER_TOKEN")) is not None:
        return Said(value, "JUPYTER_TOKEN")
    if file := os.environ.get("JUPYTER_TOKEN_FILE"):
        try:
            return Said(Path(file).read_text(encoding="utf-8").strip(), "JUPYTER_TOKEN_FILE", file)
        except UnicodeDecodeError:
            raise TuiyanError([Finding("E003", Place(file))]) from None
    return Said(secrets.token_hex(24), "")


def configured(settings: tuple[tuple[str, str], ...]) -> Iterator[Said]:
    """What the user's own Jupyter settings files say of some settings, the file that wins first."""
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

    for name in CONFIGURED:
        for folder in jupyter_config_path():
            for suffix, loader in ((".json", JSONFileConfigLoader), (".py", PyFileConfigLoader)):
                path = Path(folder, name + suffix)
                if not path.is_file():
                    continue
                found: Mapping[str, Any] = {}
                with contextlib.suppress(Exception):  # JupyterLab reads the same file and says what is wrong with it
                    found = loader(path.name, folder).load_config()
                for section, key in settings:
                    value = found.get(section, {}).get(key)
                    if isinstance(value, str):
                        yield Said(value, f"{section}.{key}", str(path))


def refusal(port: int) -> str:
    """Why the server cannot listen on a port; empty when it can."""
    with socket.socket(socket.AF_INET) as probe:
        if os.name == "posix":  # as the server does, so that a port left a moment ago is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
            probe.listen(1)
        except (OSError, OverflowError) as error:
            return (getattr(error, "strerror", None) or str(error)).rstrip(".")
    return ""


def guide(root: Path) -> Path:
    """The guided notebook of a workspace; the shipped one is copied there when it has none.

    Raises
    ------
    OSError
        When it is not there and cannot be written.
    """
    path = root / GUIDE
    if not path.exists():
        text = (shipped() / GUIDE).read_bytes()
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            file.write(text)
    return path


def environment(root: Path) -> dict[str, str]:
    """What this process, its kernels and its terminals see: our kernel and settings first, and the workspace."""
    helped = [OURS / "lsp"] if importlib.util.find_spec("jupyterlab_lsp") else []
    places = {"JUPYTER_PATH": [OURS / "lab"], "JUPYTER_CONFIG_PATH": [OURS / "lab", *helped]}
    found = {key: [*map(str, paths), *filter(None, [os.environ.get(key)])] for key, paths in places.items()}
    return {**{key: os.pathsep.join(paths) for key, paths in found.items()}, "TUIYAN_WORKSPACE": str(root)}


def helpers() -> dict[str, Any]:
    """The YAML language server on the PATH as jupyter-lsp starts it; which schema a file has, its own first line says.

    By default it fetches a list of schemas from the internet, and JupyterLab answers too late when it asks whether to.
    So it is told of a proxy where nobody listens: everything that it needs stands in files.
    """
    program = shutil.which(HELPER)
    if not program:
        return {}
    nobody = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), f"http://{ADDRESS}:{DISCARD}")
    found = {
        "version": 2, "argv": [program, "--stdio"], "languages": ["yaml"], "mime_types": ["text/x-yaml", "text/yaml"],
        "display_name": HELPER, "env": {**nobody, "NO_PROXY": "", "no_proxy": ""},
    }  # fmt: skip
    return {HELPER: found}


def encrypting() -> bool:
    """Whether the installed kernel and sockets can encrypt what they say to the server."""
    kernel = importlib.import_module("ipykernel.kernelspec").get_kernel_dict()
    declared = kernel.get("metadata", {}).get("supported_encryption", ())
    return "curve" in declared and bool(importlib.import_module("zmq").has("curve"))


def made(options: argparse.Namespace, root: Path, token: str) -> Any:
    """JupyterLab's server, set up but not yet listening."""
    from traitlets.config import Config

    port = {} if options.port is None else {"port": options.port, "port_retries": 0}
    config = Config({name: dict(section) for name, section in SAFE.items()})
    config.ServerApp.update({"root_dir": str(root), "open_browser": not options.no_browser, **port})
    config.LabApp.update({"open_browser": not options.no_browser})
    config.PasswordIdentityProvider.token = token
    config.LanguageServerManager.language_servers = helpers()
    config.VoilaExecutor.skip_cells_with_tag = "writes"  # a page that is only opened writes no file
    config.KernelManager.transport_encryption = "auto" if encrypting() else "disabled"
    return importlib.import_module("jupyterlab.labapp").LabApp.initialize_server(argv=[], config=config)


def address(server: Any, token: str) -> str:
    """Where the lab opens, with the token."""
    path = "".join((server.base_url, f"lab/tree/{quote(GUIDE.as_posix())}"))
    return f"{'https' if server.certfile else 'http'}://{ADDRESS}:{server.port}{path}?{urlencode({'token': token})}"


def served(server: Any) -> int:
    """Serve until somebody ends it; the first signal ends it in order, the second at once."""
    heard: list[int] = []

    def stop(number: int, _frame: object) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(number)
        server.stop(from_signal=True)

    for number in CODES:
        signal.signal(number, stop)
    server.start()
    return CODES[signal.Signals(heard[0])] if heard else 0
