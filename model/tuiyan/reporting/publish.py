"""Switching a finished report in, whole: at any instant a reader sees the old one or the new one.

``reports/NAME`` is a relative link to ``reports/.bundles/NAME-<hash>`` and is replaced by one `os.replace`. Where links
are not allowed the folder itself is moved, which leaves the old report in place should the second of two renames fail.
Some earlier bundles stay, so that whoever is reading one finishes, and the link can be pointed back. Whoever calls
these functions holds the lock of the report (`locking.held`).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tuiyan.evidence import archive
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.reporting import locking, unchanged

STAGING, BUNDLES = ".staging", ".bundles"
BESIDE = (archive.FOLDER, locking.FOLDER)  # folders where files are written beside their place first, as here
OURS = re.compile(r"\..+\.\d+\.new")
STALE_SECONDS = 24 * 3600
EARLIER = 3
DIGITS = 16  # of a bundle's hash, in the name of its folder


@dataclass(frozen=True, slots=True)
class Rules:
    """How a report is published.

    Attributes
    ----------
    wait
        Seconds to wait for another run of the same report; 0 gives up at once.
    if_changed
        Do nothing when the published report was made from the same inputs and is whole.
    keep
        How many earlier bundles stay beside the published one.
    index
        Write the index of the reports when the run begins and ends. Whoever makes many at once writes it once
        (`index.write`): it takes 0.2 s.

    Raises
    ------
    TuiyanError
        E272 for a negative number, or none.
    """

    wait: float = 0.0
    if_changed: bool = False
    keep: int = EARLIER
    index: bool = True

    def __post_init__(self) -> None:
        for key in ("wait", "keep"):
            if not 0 <= getattr(self, key) < float("inf"):
                raise TuiyanError([Finding("E272", None, {"key": key, "value": getattr(self, key)})])


@dataclass(frozen=True, slots=True)
class Published:
    """Where a bundle can be read, and whether it differs from what stood there before."""

    path: Path
    changed: bool


def refuse(reports: Path, name: str) -> None:
    """Stop where ``reports/name`` is somebody's own file or folder: publishing would remove it.

    A link, an empty folder, and a folder with a manifest, as systems without links leave it, may be replaced.

    Raises
    ------
    TuiyanError
        E273.
    """
    target = reports / name
    if target.is_symlink() or not target.exists():
        return
    if not target.is_dir() or (any(target.iterdir()) and not (target / "manifest.json").is_file()):
        raise TuiyanError([Finding("E273", None, {"path": str(target)})])


@contextmanager
def staging(reports: Path, name: str) -> Iterator[Path]:
    """A private folder on the disk of `reports` that disappears at the end, whatever happens."""
    _sweep(reports, name)
    folder = _private(reports, name)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def switch(folder: Path, reports: Path, name: str, digest: str, *, earlier: int = EARLIER) -> Published:
    """Publish the finished `folder` as ``reports/name``.

    Parameters
    ----------
    folder
        The complete bundle, on the same disk as `reports`.
    digest
        The hash of its content; a bundle that is there already is kept as it is.
    earlier
        How many earlier bundles of the report stay, newest first.
    """
    bundles = reports / BUNDLES
    bundles.mkdir(parents=True, exist_ok=True)
    target = reports / name
    before = target.resolve() if target.is_symlink() else None
    if before is None and target.is_dir() and _same(target, folder):  # as systems without links leave it
        return Published(target, changed=False)
    for path in (*folder.iterdir(), folder):
        _sync(path)
    places = [bundles / f"{name}-{digest[at : at + DIGITS]}" for at in range(0, len(digest), DIGITS)]
    bundle = _place(folder, places, before)
    if not bundle.exists():
        folder.rename(bundle)
        bundle.chmod(0o755)
        _sync(bundles)
    if before != bundle.resolve():
        os.utime(bundle)  # the newest, also when it was published before
        _point(target, bundle, reports)
    _drop_old(reports, name, keep=bundle, twins=places, earlier=earlier)
    return Published(target, before != bundle.resolve())


def _place(folder: Path, places: list[Path], linked: Path | None) -> Path:
    """Where a bundle goes: where it lies already, else the first free place.

    Somebody may have edited a bundle that is published: it stays for its readers until the link has moved on.
    """
    for place in places:
        if place.is_dir() and _same(place, folder):
            return place
    for place in places:
        if not place.exists():
            return place
    place = next(each for each in places if each.resolve() != linked)
    shutil.rmtree(place, ignore_errors=True)
    return place


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
    return all((left / name).is_file() and (left / name).read_bytes() == (right / name).read_bytes() for name in names)


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
        target.rename(_private(reports, target.name) / "before")
    fresh.replace(target)
    _sync(reports)


def _swap_folder(target: Path, bundle: Path) -> None:
    """Move a bundle to where readers look; the one that stood there becomes an earlier one."""
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
    if record := unchanged.record(before):  # what somebody edited is no earlier report
        kept = bundle.with_name(f"{target.name}-{record['bundle'][:DIGITS]}")
        shutil.rmtree(kept, ignore_errors=True)
        before.rename(kept)
    shutil.rmtree(before, ignore_errors=True)


def _drop_old(reports: Path, name: str, *, keep: Path, twins: list[Path], earlier: int) -> None:
    """Remove the bundles beyond the newest `earlier`, and the `twins` of the one to keep: somebody edited them."""
    own = re.compile(rf"{re.escape(name)}-[0-9a-f]{{{DIGITS}}}")
    old = [path for path in (reports / BUNDLES).iterdir() if own.fullmatch(path.name) and path != keep]
    good = [path for path in old if path not in twins]
    good.sort(key=lambda each: (each.stat().st_mtime_ns, each.name), reverse=True)
    for path in {*old} - {*good[:earlier]}:
        aside = _private(reports, name)  # a bundle is whole or is not there: it leaves in one step
        path.rename(aside / path.name)
        shutil.rmtree(aside, ignore_errors=True)


def _private(reports: Path, name: str) -> Path:
    """A new folder of our own on the disk of `reports`."""
    (reports / STAGING).mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=reports / STAGING))


def _sync(path: Path) -> None:
    """Ask the disk to keep what was written; systems that cannot sync a folder are left alone."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)  # Windows syncs only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(reports: Path, name: str) -> None:
    """Remove what dead runs have left: of this report at once, since its lock is ours; of others after a day."""
    own = re.compile(rf"{re.escape(name)}-[a-z0-9_]{{8}}")  # as `tempfile` names them
    limit = time.time() - STALE_SECONDS
    (reports / STAGING).mkdir(parents=True, exist_ok=True)
    for path in (reports / STAGING).iterdir():
        with suppress(FileNotFoundError):  # the run of another report may be tidying up as well
            if own.fullmatch(path.name) or path.stat().st_mtime < limit:
                shutil.rmtree(path, ignore_errors=True)
    mine = re.compile(rf"\.{re.escape(name)}(-[0-9a-f]{{{DIGITS}}})?(\.json)?\.\d+\.new")
    for path in [path for folder in (reports, *map(reports.joinpath, BESIDE)) for path in folder.glob(".*.new")]:
        with suppress(OSError):
            old = OURS.fullmatch(path.name) and path.lstat().st_mtime < limit
            if (mine.fullmatch(path.name) or old) and (path.is_symlink() or path.is_file()):
                path.unlink()
