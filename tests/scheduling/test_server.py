"""Jobs on a real JupyterLab, defined and run over its REST interface."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tuiyan.cli import launcher, scheduling
from tuiyan.inputs.findings import TuiyanError

from tests.scheduling.workspaces import ROOT, plan, published


class Server:
    """A JupyterLab of our own, on the loopback, with a token and folders of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.token = os.urandom(16).hex()
        own = {f"JUPYTER_{kind.upper()}_DIR": str(folder / kind) for kind in ("config", "data", "runtime")}
        self.runtime = folder / "runtime"
        settings = {**os.environ, **own, "JUPYTER_TOKEN": self.token, "HOME": str(folder)}
        settings["PYTHONPATH"] = os.pathsep.join([str(ROOT / "model"), os.environ.get("PYTHONPATH", "")])
        settings.pop("TUIYAN_WORKSPACE", None)
        options = [
            "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0",
            f"--ServerApp.root_dir={root}",
            "--ServerApp.jpserver_extensions=jupyter_scheduler=True", "--LabApp.extension_manager=readonly",
            "--LabApp.news_url=None",
        ]  # fmt: skip
        end = time.monotonic() + 120
        self.log = (folder / "log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=settings, cwd=folder, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip
        self.address = ""
        while not self.listens():
            if self.process.poll() is not None or time.monotonic() > end:
                self.close()
                raise AssertionError(Path(self.log.name).read_text(encoding="utf-8"))
            time.sleep(0.1)

    def listens(self) -> bool:
        """Whether the server answers; the file that tells its port is there before it listens."""
        try:
            (file,) = self.runtime.glob("jpserver-*.json")
            self.address = f"http://127.0.0.1:{json.loads(file.read_text(encoding='utf-8'))['port']}"
            return bool(self.ask("api/status")["started"])
        except (ValueError, OSError):
            return False

    def ask(self, path: str, body: bytes | None = None) -> Any:
        head = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/{path}", body, head)  # noqa: S310 - http, on the loopback
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return json.loads(answer.read())

    def run(self, definition: str, parameters: dict[str, str]) -> dict[str, Any]:
        """A job of a definition, when it has ended."""
        body = json.dumps({"parameters": parameters}).encode()
        id_ = self.ask(f"scheduler/job_definitions/{definition}/jobs", body)["job_id"]
        end = time.monotonic() + 300
        while time.monotonic() < end:
            job: dict[str, Any] = self.ask(f"scheduler/jobs/{id_}")
            if job["status"] in ("COMPLETED", "FAILED"):  # a job that has not begun says STOPPED
                return job
            time.sleep(0.25)
        raise AssertionError(id_)

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def server(study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if importlib.util.find_spec("jupyter_scheduler") is None:
        pytest.skip("jupyter-scheduler is not installed here")
    found = Server(study, tmp_path_factory.mktemp("jupyter"))
    try:
        yield found
    finally:
        found.close()


@pytest.fixture(scope="module")
def definition(server: Server, study: Path) -> str:
    printed = scheduling.jupyter(plan(study))
    found: str = server.ask("scheduler/job_definitions", printed.encode())["job_definition_id"]
    kept = server.ask(f"scheduler/job_definitions/{found}")
    body = json.loads(printed)
    assert {key: kept[key] for key in body if key != "input_uri"} == {k: v for k, v in body.items() if k != "input_uri"}
    assert kept["active"]
    environments = {each["name"] for each in server.ask("scheduler/runtime_environments")}
    assert body["runtime_environment_name"] in environments
    return found


def parameters(study: Path, **more: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(scheduling.jupyter(plan(study)))["parameters"]
    return {**found, "draws": "32", **more}


def outcome(server: Server, job: dict[str, Any]) -> str:
    """What the executed copy of the launcher shows, in the staging folder of the job."""
    (folder,) = (server.runtime.parent / "data").glob(f"**/{job['job_id']}")
    (made,) = (path for path in folder.glob("*.ipynb") if path.name != launcher.NOTEBOOK.name)
    return json.dumps(json.loads(made.read_text(encoding="utf-8"))["cells"], ensure_ascii=False)


@pytest.mark.notebooks
def test_a_job_of_the_server_publishes_the_report(server: Server, definition: str, study: Path) -> None:
    shutil.rmtree(study / "reports", ignore_errors=True)
    job = server.run(definition, parameters(study, scenario="announced"))
    assert job["status"] == "COMPLETED", job
    assert published(study) == {"announced"}
    shown = outcome(server, job)
    assert "announced: done, " in shown
    assert all((study / "reports" / "announced" / f"report.{lang}.html").as_uri() in shown for lang in ("zh", "en"))


@pytest.mark.notebooks
@pytest.mark.parametrize(
    ("scenario", "told"),
    [('"x"; open({trace!r}, "w")', "E302"), ("nowhere", "exit code 2")],
)
def test_a_job_that_asks_for_anything_else_fails_in_words(
    scenario: str, told: str, server: Server, definition: str, study: Path, tmp_path: Path
) -> None:
    trace = tmp_path / "ran"
    job = server.run(definition, parameters(study, scenario=scenario.replace("{trace!r}", repr(str(trace)))))
    assert job["status"] == "FAILED"
    assert told in job["status_message"]
    assert not trace.exists()


def test_a_workspace_without_the_launcher_has_no_job(workspace: Path) -> None:
    with pytest.raises(TuiyanError, match="E305"):
        scheduling.jupyter(plan(workspace))
