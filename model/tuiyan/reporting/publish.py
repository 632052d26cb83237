"""Switching a finished report in, whole: at any instant a reader sees the old one or the new one.

``reports/NAME`` is a relative link to ``reports/.bundles/NAME-<hash>`` and is replaced by one `os.replace`. Where links
are not allowed the folder itself is moved, which leaves the old report in place should the second of two renames fail.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STAGING, BUNDLES = ".staging", ".bundles"
STALE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Published:
    """Where a bundle can be read, and whether it differs from what stood there before."""

    path: Path
    changed: bool


@contextmanager
def staging(reports: Path, name: str) -> Iterator[Path]:
    """A private folder on the disk of `reports` that disappears at the end, whatever happens."""
    root = reports / STAGING
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _remove_if_empty(root)


def switch(folder: Path, reports: Path, name: str, digest: str) -> Published:
    """Publish the finished `folder` as ``reports/name``.

    Parameters
    ----------
    folder
        The complete bundle, on the same disk as `reports`.
    digest
        The hash of its content; a bundle that is there already is kept as it is.
    """
    bundles = reports / BUNDLES
    bundles.mkdir(parents=True, exist_ok=True)
    bundle = bundles / f"{name}-{digest[:16]}"
    for path in folder.iterdir():
        _sync(path)
    if bundle.exists() and not _same(bundle, folder):
        # Somebody edited the published bundle: it stays whole for its readers until the link has moved on.
        bundle = bundles / f"{name}-{digest[16:32]}"
        shutil.rmtree(bundle, ignore_errors=True)
    if not bundle.exists():
        folder.rename(bundle)
        bundle.chmod(0o755)
        _sync(bundles)
    target = reports / name
    before = target.resolve() if target.is_symlink() else None
    if before != bundle.resolve():
        _point(target, bundle, reports)
    _drop_old(bundles, name, keep=bundle)
    return Published(target, before != bundle.resolve())


def keep(file: Path, folder: Path, name: str) -> Path:
    """Copy a file into a folder under its content's hash, where it stays when the report it came with is replaced."""
    content = file.read_bytes()
    kept = folder / f"{name}-{hashlib.sha256(content).hexdigest()[:16]}{file.suffix}"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{kept.name}.{os.getpid()}.new"
        fresh.write_bytes(content)
        _sync(fresh)
        fresh.replace(kept)
    return kept


def _same(left: Path, right: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    names = {path.name for path in right.iterdir()}
    if {path.name for path in left.iterdir()} != names:
        return False
    return all((left / name).read_bytes() == (right / name).read_bytes() for name in names)


def _point(target: Path, bundle: Path, reports: Path) -> None:
    """Make `target` a link to `bundle` in one step; move the folder where links are not allowed."""
    fresh = reports / f".{target.name}.{os.getpid()}.new"
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(Path(BUNDLES) / bundle.name, target_is_directory=True)
    except (OSError, NotImplementedError):
        _swap_folder(target, bundle)
        return
    if target.is_dir() and not target.is_symlink():
        # A plain folder left by a system without links: it cannot be renamed over, so it steps aside first.
        aside = reports / STAGING / f"{target.name}-before"
        aside.parent.mkdir(exist_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
    fresh.replace(target)
    _sync(reports)


def _swap_folder(target: Path, bundle: Path) -> None:
    before = bundle.parent / f".{target.name}.before"
    shutil.rmtree(before, ignore_errors=True)
    if target.exists():
        target.rename(before)
    try:
        bundle.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _drop_old(bundles: Path, name: str, *, keep: Path) -> None:
    """Remove earlier bundles of the same report; nobody links to them any more."""
    for path in bundles.glob(f"{name}-{'[0-9a-f]' * 16}"):
        if path != keep:
            shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    """Ask the disk to keep what was written; systems that cannot sync a folder are left alone."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(root: Path) -> None:
    """Remove what runs that died long ago have left behind."""
    limit = time.time() - STALE_SECONDS
    for path in root.iterdir():
        if path.is_dir() and path.stat().st_mtime < limit:
            shutil.rmtree(path, ignore_errors=True)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
