"""The wheel: what it carries, and that it works outside a checkout."""

import ast
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_setup import PROJECT, ROOT, canonical

NAMES_OF_MODULES = {
    "yaml": "pyyaml",
    "ruamel": "ruamel-yaml",
    "fontTools": "fonttools",
    "IPython": "ipython",
    "pydantic_core": "pydantic",
}


def third_party_modules() -> Iterator[tuple[Path, str]]:
    for path in (ROOT / "model").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"tuiyan", ""}:
                yield path, name


def test_every_library_that_the_package_imports_is_declared() -> None:
    # IPython is what ipykernel runs, and always comes with it.
    declared = {canonical(name) for name in PROJECT["project"]["dependencies"]} | {"ipython"}
    used = {(name, canonical(NAMES_OF_MODULES.get(name, name))): path for path, name in third_party_modules()}
    assert {name: path for (name, package), path in used.items() if package not in declared} == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(target.glob("tuiyan-*.whl"))


@pytest.mark.fresh
def test_the_wheel_carries_the_package_its_inputs_and_its_licences_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    info = f"tuiyan-{PROJECT['project']['version']}.dist-info"
    carried = {"model/tuiyan": "tuiyan", "params": "tuiyan/shipped/params", "notebooks": "tuiyan/shipped/notebooks"}
    files = {
        f"{target}/{path.relative_to(ROOT / source).as_posix()}"
        for source, target in carried.items()
        for path in (ROOT / source).rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    }
    assert {name for name in names if not name.startswith(info)} == files
    assert {"tuiyan/shipped/params/parameters.yaml", "tuiyan/reporting/fonts/OFL.txt"} <= names
    assert {f"{info}/licenses/LICENSE", f"{info}/entry_points.txt"} <= names


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder of programs of an environment that holds the wheel, and the settings to run them with."""
    place = tmp_path_factory.mktemp("fresh") / "environment"
    venv.EnvBuilder(symlinks=os.name != "nt").create(place)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-index", "--no-deps"]
    subprocess.run([*command, "--python", str(python), str(wheel)], check=True)
    # The libraries come from this environment by a path file, which passes on no editable install of ours.
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.check_output([str(python), "-c", ask], text=True)
    (Path(site.strip()) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("TUIYAN_", "PYTHON"))}
    return scripts, settings


@pytest.mark.fresh
def test_an_installed_wheel_checks_its_own_inputs_outside_the_checkout(
    installed: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    scripts, settings = installed
    where = [str(scripts / "python"), "-c", "import tuiyan; print(tuiyan.__file__)"]
    found = subprocess.check_output(where, cwd=tmp_path, env=settings, text=True)
    assert scripts.parent.resolve() in Path(found.strip()).resolve().parents
    done = subprocess.run(
        [scripts / "tuiyan", "check"], cwd=tmp_path, env=settings, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fresh
def test_an_installed_wheel_starts_a_study_that_checks_and_reports(
    installed: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    scripts, settings = installed
    study = tmp_path / "study"

    def tuiyan(*words: str, cwd: Path) -> str:
        done = subprocess.run(
            [scripts / "tuiyan", *words], cwd=cwd, env=settings, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    tuiyan("init", "study", cwd=tmp_path)
    tuiyan("check", cwd=study)
    page = study / "params" / "scenarios" / "baseline.yaml"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("en: Baseline without policy", "en: A baseline of our own"), encoding="utf-8")
    pages = tuiyan("report", "baseline", "--draws", "512", cwd=study).split()
    assert {Path(page).name for page in pages} == {"report.zh.html", "report.en.html", "report.zh.pdf", "report.en.pdf"}
    made = study / "reports" / "baseline"
    assert "A baseline of our own" in (made / "report.en.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in (made / "manifest.json").read_text(encoding="utf-8")


def test_the_version_stands_in_one_place() -> None:
    locked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {locked}\n" in citation
    assert f"\n## {locked}" in changes
