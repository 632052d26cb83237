"""`tuiyan lab`: who may reach the server, which kernel it starts, what it asks nobody, how it ends; and lab.ipynb."""

import argparse
import ast
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
import tuiyan as ty
from tuiyan.cli import main, serving
from tuiyan.cli.starting import start

from tools import launcher
from tools.notebooks import leftovers

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / serving.GUIDE
Out = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study, and a user without Jupyter settings."""
    for name in [name for name in os.environ if name.startswith("JUPYTER")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("TUIYAN_WORKSPACE", raising=False)
    start(tmp_path / "study")
    monkeypatch.chdir(tmp_path / "study")
    return tmp_path


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server must not even be set up."""
    monkeypatch.setattr(serving, "made", lambda *_: pytest.fail("a server was set up"))


def configured(place: Path, name: str, text: str) -> Path:
    path = place / "config" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def options(**given: object) -> argparse.Namespace:
    return argparse.Namespace(**{"ip": None, "token": None, "port": None, **given})


# who may reach it


@pytest.mark.usefixtures("no_server", "place")
@pytest.mark.parametrize("ip", ["0.0.0.0", "*", "::", "", "192.168.1.7", "example.org", "127.0.0.1.evil.org"])  # noqa: S104
def test_an_address_that_others_reach_is_refused(ip: str, capsys: Out) -> None:
    assert main(["lab", "--ip", ip, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"error E320: --ip asks to listen on {ip!r}: other computers could run code")
    assert told.out == ""


@pytest.mark.usefixtures("no_server", "place")
def test_an_empty_token_is_refused_as_an_option_and_as_a_variable(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["lab", "--token", " ", "--lang", "zh"]) == 2
    assert "错误 E321: --token 把令牌设为空" in capsys.readouterr().err
    monkeypatch.setenv("JUPYTER_TOKEN", "")
    assert main(["lab", "--lang", "en"]) == 2
    assert "error E321: JUPYTER_TOKEN sets an empty token" in capsys.readouterr().err


@pytest.mark.usefixtures("no_server")
@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("jupyter_server_config.py", "c.ServerApp.ip = '0.0.0.0'", "E320"),
        ("jupyter_server_config.json", '{"ServerApp": {"ip": "*"}}', "E320"),
        ("jupyter_lab_config.py", "c.ServerApp.ip = '::'", "E320"),
        ("jupyter_notebook_config.py", "c.NotebookApp.token = ''", "E321"),
        ("jupyter_server_config.py", "c.IdentityProvider.token = ''", "E321"),
        ("jupyter_config.json", '{"ServerApp": {"token": ""}}', "E321"),
    ],
)
def test_a_settings_file_of_ones_own_is_refused_by_its_path(
    name: str, text: str, code: str, place: Path, capsys: Out
) -> None:
    path = configured(place, name, text)
    assert main(["lab", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: error {code}: ")


def test_an_option_overrules_a_settings_file(place: Path) -> None:
    configured(place, "jupyter_server_config.py", "c.ServerApp.ip = '0.0.0.0'\nc.IdentityProvider.token = ''")
    assert serving.checked(options(ip="127.0.0.1", token="m"), place / "study") == "m"  # noqa: S106


def test_a_token_is_taken_as_jupyter_takes_it_and_is_new_each_time(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = place / "study"
    found = {serving.checked(options(), study) for _ in range(2)}
    assert len(found) == 2
    assert all(len(token) == 48 for token in found)
    (place / "token").write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_TOKEN_FILE", str(place / "token"))
    assert serving.checked(options(), study) == "from a file"
    monkeypatch.setenv("JUPYTER_TOKEN", "from a variable")
    assert serving.checked(options(), study) == "from a variable"
    configured(place, "jupyter_server_config.json", '{"IdentityProvider": {"token": "from settings"}}')
    assert serving.checked(options(), study) == "from settings"


@pytest.mark.usefixtures("no_server")
def test_a_token_file_that_is_no_text_is_named(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    path = place / "token"
    path.write_bytes("令牌".encode("gbk"))
    monkeypatch.setenv("JUPYTER_TOKEN_FILE", str(path))
    assert main(["lab", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: error E003: ")


def test_a_broken_settings_file_is_left_to_jupyterlab(place: Path) -> None:
    configured(place, "jupyter_server_config.py", "c.ServerApp.ip = (")
    assert serving.said_ip(options()).value == "127.0.0.1"


@pytest.mark.usefixtures("no_server", "place")
def test_a_port_in_use_is_one_sentence_and_bad_set_up(capsys: Out) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["lab", "--port", str(port), "--lang", "en"]) == 3
    assert capsys.readouterr().err.startswith(f"error E322: port {port} cannot be used: ")


@pytest.mark.usefixtures("no_server")
def test_all_problems_come_at_once(capsys: Out, place: Path) -> None:
    assert main(["lab", "--ip", "::", "--token", "", "--port", "70000", "--lang", "en"]) == 3  # a port is set-up
    assert [line.split()[1] for line in capsys.readouterr().err.splitlines()] == ["E320:", "E321:", "E322:"]
    assert not list(place.glob("study/**/.*"))


def test_the_files_of_the_installed_package_are_not_edited(tmp_path: Path) -> None:
    assert [each.code for each in serving.installed(tmp_path / "tuiyan" / "shipped")] == ["E323"]
    assert serving.installed(tmp_path) == []


# what it opens


def test_the_guide_is_copied_where_there_is_none_and_never_written_over(place: Path) -> None:
    path = place / "study" / serving.GUIDE
    assert path.read_bytes() == NOTEBOOK.read_bytes()
    path.write_text("mine", encoding="utf-8")
    assert serving.guide(place / "study") == path
    assert path.read_text(encoding="utf-8") == "mine"
    (place / "other").mkdir()
    assert serving.guide(place / "other").read_bytes() == NOTEBOOK.read_bytes()


def test_run_py_lab_is_this_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "ensure", lambda: "python")
    monkeypatch.setattr(launcher, "run", lambda *words: words)
    assert launcher.lab(["--port", "0"]) == ("python", "-m", "tuiyan", "lab", "--port", "0")  # type: ignore[comparison-overlap]


def test_the_language_server_is_started_without_a_way_outside(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place))
    assert serving.helpers() == {}
    program = place / serving.HELPER
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    found = serving.helpers()[serving.HELPER]
    assert found["argv"] == [str(program), "--stdio"]
    assert {found["env"][key] for key in ("HTTP_PROXY", "HTTPS_PROXY")} == {"http://127.0.0.1:9"}


def test_every_yaml_file_names_its_schema_so_that_an_editor_needs_no_settings() -> None:
    for path in (ROOT / "params").rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        _, _, schema = first.partition("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve().is_file(), path


@pytest.mark.parametrize(("installed", "folders"), [(False, ["lab"]), (True, ["lab", "lsp"])])
def test_an_editors_help_is_switched_on_where_it_is_installed(
    installed: bool, folders: list[str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: object() if installed else None)
    found = serving.environment(place)["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert found == [str(serving.OURS / name) for name in folders]
    for name in folders:
        json.loads((Path(serving.OURS, name) / "labconfig" / "default_setting_overrides.json").read_text("utf-8"))


# a server


@contextmanager
def lab(place: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """`tuiyan lab` on any free port, and where it says it is."""
    path = os.pathsep.join([str(ROOT / "model"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "tuiyan", "lab", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        command, cwd=place / "study", env={**os.environ, "PYTHONPATH": path}, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def asked(address: str, path: str, *, token: bool = True, method: str = "GET", host: str = "") -> tuple[int, str]:
    """Status and text of an answer of the server."""
    parts = urlsplit(address)
    headers = {"Authorization": f"token {parse_qs(parts.query)['token'][0]}"} if token else {}
    headers |= {"Host": host} if host else {}
    request = urllib.request.Request(f"http://{parts.netloc}{path}", method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def children(pid: int) -> dict[int, str]:
    """Processes that a process started, and their commands."""
    pids = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return {int(each): Path(f"/proc/{each}/cmdline").read_text(encoding="utf-8").replace("\0", " ") for each in pids}


@pytest.mark.faults
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_server_for_its_user_alone_ends_with_its_kernels(number: signal.Signals, code: int, place: Path) -> None:
    other = place / "data" / "kernels" / "python3"
    other.mkdir(parents=True)
    spec = {"argv": ["/nowhere/python", "{connection_file}"], "display_name": "other", "language": "python"}
    (other / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    configured(place, "jupyter_server_config.py", "c.ServerApp.allow_origin = '*'\nc.ServerApp.port = 1")
    with lab(place) as (process, address):
        parts = urlsplit(address)
        assert (parts.hostname, parts.path) == ("127.0.0.1", "/lab/tree/notebooks/lab.ipynb")
        with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", parts.port or 0), 5):
            pass
        assert asked(address, "/api/contents", token=False)[0] == 403
        assert asked(address, "/api/contents", host="example.org")[0] == 403
        status, listed = asked(address, "/api/contents")
        assert status == 200
        assert {"params", "notebooks"} <= {each["name"] for each in json.loads(listed)["content"]}
        assert asked(address, "/api/kernels", method="POST")[0] == 201
        kernels = children(process.pid)
        assert any(command.startswith(f"{sys.executable} -m ipykernel_launcher") for command in kernels.values())
        process.send_signal(number)
        assert process.wait(30) == code
        assert not [pid for pid in kernels if Path(f"/proc/{pid}/cmdline").exists()]
    assert not [path for path in (place / "run").glob("*") if path.suffix == ".json"]


# the notebook


def code_cells() -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_guided_hour_is_thin_stripped_and_uses_public_names_only() -> None:
    cells = code_cells()
    assert "parameters" in cells[0].metadata.tags
    assert all(len(cell.source.splitlines()) <= 8 for cell in cells)
    assert not leftovers(json.loads(NOTEBOOK.read_text(encoding="utf-8")))
    for node in ast.walk(ast.parse("\n".join(cell.source for cell in cells))):
        if isinstance(node, ast.Import):
            assert [alias.name for alias in node.names] == ["tuiyan"]
        elif isinstance(node, ast.ImportFrom):
            assert node.module == "pathlib"
        elif isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_")
            if isinstance(node.value, ast.Name) and node.value.id == "ty":
                assert node.attr in ty.__all__


@pytest.mark.notebooks
def test_plain_papermill_runs_the_guided_hour_and_writes_where_it_is_told(tmp_path: Path) -> None:
    place = tmp_path / "saved"
    place.mkdir()
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "params").rglob("*")}
    given = {"draws": "256", "folder": str(place), "reports": str(tmp_path / "reports"), "lang": "en"}
    words = [word for key, value in given.items() for word in ("-p", key, value)]
    path = os.pathsep.join([str(ROOT / "model"), os.environ.get("PYTHONPATH", "")])
    settings = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "TUIYAN_WORKSPACE": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "papermill", str(NOTEBOOK), "out.ipynb", *words],
        cwd=tmp_path, env=settings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(tmp_path / "out.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    shown = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    assert shown["save"][-1]["data"]["text/plain"] == "True"  # what was saved runs to the same numbers
    assert "data-goal" in shown["look"][0]["data"]["text/html"]
    assert not any("widget-view" in kind for output in shown["look"] for kind in output["data"])
    assert [path.name for path in place.iterdir()] == ["my_first.yaml"]
    assert (tmp_path / "reports" / "my_first" / "report.zh.html").is_file()
    assert {path: path.stat().st_mtime_ns for path in (ROOT / "params").rglob("*")} == before
