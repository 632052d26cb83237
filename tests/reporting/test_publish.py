"""A reader sees the old report or the new one, whole."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from tuiyan.reporting import publish

OLD, NEW = (hashlib.sha256(word).hexdigest() for word in (b"old", b"new"))


def put(reports: Path, text: str, digest: str) -> publish.Published:
    with publish.staging(reports, "demo") as folder:
        bundle = folder / "bundle"
        bundle.mkdir()
        (bundle / "report.zh.html").write_text(text, encoding="utf-8")
        return publish.switch(bundle, reports, "demo", digest)


def read(reports: Path) -> str:
    return (reports / "demo" / "report.zh.html").read_text(encoding="utf-8")


def test_a_new_report_replaces_the_old_one_by_a_relative_link(tmp_path: Path) -> None:
    assert put(tmp_path, "old", OLD).changed
    assert put(tmp_path, "new", NEW).changed
    assert read(tmp_path) == "new"
    assert not (tmp_path / "demo").readlink().is_absolute()
    assert [path.name for path in (tmp_path / ".bundles").iterdir()] == [f"demo-{NEW[:16]}"]
    assert not (tmp_path / ".staging").exists()


def test_an_identical_run_keeps_what_is_there(tmp_path: Path) -> None:
    put(tmp_path, "same", OLD)
    before = (tmp_path / "demo").resolve().stat().st_ino
    assert not put(tmp_path, "same", OLD).changed
    assert (tmp_path / "demo").resolve().stat().st_ino == before


def test_a_bundle_that_somebody_edited_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, "good", OLD)
    (tmp_path / "demo" / "report.zh.html").write_text("edited", encoding="utf-8")
    assert put(tmp_path, "good", OLD).changed
    assert read(tmp_path) == "good"


def test_a_failed_run_leaves_the_old_report_and_no_litter(tmp_path: Path) -> None:
    put(tmp_path, "old", OLD)

    def interrupted() -> None:
        with publish.staging(tmp_path, "demo") as folder:
            (folder / "half").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert read(tmp_path) == "old"
    assert not (tmp_path / ".staging").exists()


def test_without_links_the_folder_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", refuse)
    put(tmp_path, "old", OLD)
    put(tmp_path, "new", NEW)
    assert read(tmp_path) == "new"
    assert not (tmp_path / "demo").is_symlink()
    monkeypatch.undo()
    put(tmp_path, "again", OLD)
    assert read(tmp_path) == "again"
    assert (tmp_path / "demo").is_symlink()


def test_what_dead_runs_left_long_ago_is_swept(tmp_path: Path) -> None:
    stale = tmp_path / ".staging" / "demo-dead"
    stale.mkdir(parents=True)
    os.utime(stale, (0, 0))
    put(tmp_path, "new", NEW)
    assert not stale.exists()
