"""Which installer run.py uses, and whose settings it follows."""

import sys
from pathlib import Path

import pytest

from tools import installers, talk


@pytest.mark.parametrize(
    "variable", ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_PROXY", "PIP_CERT"]
)
def test_a_mirror_set_by_a_variable_is_seen(variable: str) -> None:
    assert installers.mirror({variable: "x"}, []) == variable
    assert installers.mirror({variable: ""}, []) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[global]\nindex-url = x\n", True),
        ("[install]\nfind_links = x\n", True),
        ("[global]\ntimeout = 60\n", False),
        ("[list]\nformat = columns\n", False),
        ("no section\n", True),
    ],
)
def test_a_mirror_set_in_a_file_is_seen(text: str, seen: bool, tmp_path: Path) -> None:
    file = tmp_path / "pip.conf"
    file.write_text(text, encoding="utf-8")
    assert installers.mirror({}, [file]) == (str(file) if seen else None)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_pips_own_file_is_looked_for_on_every_system(platform: str, tmp_path: Path) -> None:
    files = installers.pip_files({"APPDATA": str(tmp_path)}, tmp_path, platform)
    assert any(tmp_path in file.parents for file in files)
    assert {file.name for file in files} == {"pip.ini" if platform == "win32" else "pip.conf"}


@pytest.mark.skipif(sys.platform == "win32", reason="imitates uv by a shell script")
def test_uv_is_used_only_when_pip_has_no_route_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installers, "pip_files", lambda *_: [])
    bare = {"PATH": str(tmp_path)}
    assert installers.uv_to_use(bare, tmp_path) is None
    (tmp_path / "uv").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "uv").chmod(0o755)
    assert installers.uv_to_use(bare, tmp_path) == str(tmp_path / "uv")
    assert installers.uv_to_use({**bare, "PIP_INDEX_URL": "x"}, tmp_path) is None


def test_pip_keeps_its_mirror_and_loses_what_leads_astray() -> None:
    kept = installers.pip_environment({"PIP_INDEX_URL": "x", "PIP_USER": "1", "PIP_TARGET": "/t", "LANG": "C"})
    assert kept["PIP_INDEX_URL"] == "x"
    assert not set(kept) & set(installers.ASTRAY)


def test_a_python_without_ensurepip_is_told_which_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(talk.SetupError) as caught:
        installers.Installer(tmp_path / "python", tmp_path, None).install("demo")
    assert f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv" in caught.value.sentence


@pytest.mark.parametrize(
    ("settings", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN"}, True),
        ({"LANG": "zh_CN", "LC_MESSAGES": "C"}, False),
    ],
)
def test_run_py_speaks_the_language_of_the_locale(settings: dict[str, str], chinese: bool) -> None:
    assert talk.speaks_chinese(settings) is chinese
