"""A report made a second time, and the two bundles compared file by file."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.workspace import find_workspace, read_workspace
from tuiyan.reporting import comparing, early, html, locating, stripped
from tuiyan.reporting.comparing import Difference
from tuiyan.wording import LANGUAGES

MANIFEST = "manifest.json"
# What reading a file that somebody edited can raise.
BROKEN = (
    ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, csv.Error, yaml.YAMLError,
)  # fmt: skip
FOLLOWING = frozenset({"bundle", "marks", "outputs", "sizes"})
MADE_FROM = ("sha256.", "inputs.", "versions.", "platform.")  # keys of the manifest that decide every byte
NUMBERS = ("draws", "seed", "year")  # settings that are whole numbers


def differences(
    folder: Path, record: Mapping[str, Any], name: str, workspace: Path | str | None, tell: Any
) -> Iterator[Difference]:
    """What a second run with the settings of a manifest gives otherwise.

    Raises
    ------
    TuiyanError
        E262 when the manifest holds no settings that could be run, E263 when the workspace lacks a scenario of it.
    ReportError
        When the second run fails.
    """
    from tuiyan.reporting import earlier_report, execute, notebooks

    settings = strings(record.get("settings"))
    notebook = settings.pop("notebook", "")
    names = [each.strip() for each in settings.pop("scenarios", settings.pop("scenario", "")).split(",")]
    try:
        numbers: dict[str, int] = {key: int(settings.pop(key)) for key in NUMBERS if key in settings}
    except ValueError:
        numbers = {}
    if (
        notebook not in early.NOTEBOOKS
        or not all(names)
        or {*settings} - {"against", "as_of"}
        or "draws" not in numbers
    ):
        raise TuiyanError([Finding("E262", None, {"name": name})])
    _refuse_unknown([*names, settings.get("against", "")], workspace)
    common: dict[str, Any] = {**settings, **numbers, "workspace": workspace, "progress": tell}
    common["as_of"] = settings.get("as_of") or None
    with tempfile.TemporaryDirectory(prefix="tuiyan-") as out:
        if notebook == html.STEM:
            record_of_earlier = folder / earlier_report.FILE  # what the part on changes was compared with
            since = record_of_earlier if record_of_earlier.is_file() else None
            result = execute.report(names[0], out=out, since=since, **common)
        else:
            result = notebooks.written(notebook, names, out=out, **common)
        yield from compared(folder, result.folder)


def _refuse_unknown(ids: list[str], workspace: Path | str | None) -> None:
    """A report names scenarios by id and never by path: one read from a file elsewhere cannot be found by it."""
    known = read_workspace(find_workspace(workspace)).scenarios()
    if unknown := sorted({each for each in ids if each and each not in known}):
        raise TuiyanError(Finding("E263", None, {"name": each}) for each in unknown)


def made_elsewhere(found: Difference) -> bool:
    """Whether a difference says that the second run had other code, inputs, versions, or another platform."""
    return found.file == MANIFEST and found.where.startswith(MADE_FROM)


def compared(old: Path, new: Path) -> Iterator[Difference]:
    """Every place where two bundles differ, file by file; `old` was published, `new` is what a second run gave."""
    left, right = ({path.name for path in folder.iterdir() if path.is_file()} for folder in (old, new))
    for name in sorted(left - right):
        yield Difference("extra", name)
    for name in sorted(right - left):
        yield Difference("missing", name)
    for name in sorted(left & right):
        if (old / name).read_bytes() != (new / name).read_bytes():
            yield from _unlike(name, old / name, new / name)


def _unlike(name: str, old: Path, new: Path) -> list[Difference]:
    """Where two files of one name differ."""
    if old.suffix not in locating.SUFFIXES:  # such as a PDF, which is drawn from the same blocks as the pages
        return [Difference("unseen", name)]
    try:
        one, two = (path.read_text(encoding="utf-8") for path in (old, new))
        found = list(_places(name, one, two))
    except BROKEN:
        return [Difference("unread", name)]
    return found or [Difference("unseen", name)] * (name != MANIFEST)  # a manifest follows from the other files


def _places(name: str, old: str, new: str) -> Iterator[Difference]:
    match Path(name).suffix:
        case ".html":
            yield from comparing.pages(name, old, new)
        case ".ipynb":
            yield from _notebooks(name, json.loads(old), json.loads(new))
        case ".csv":
            yield from comparing.tables(name, old, new)
        case ".json":
            trees = [json.loads(text) for text in (old, new)]
            if name == MANIFEST:  # what only follows from the other files is told of them
                trees = [{key: value for key, value in each.items() if key not in FOLLOWING} for each in trees]
            yield from comparing.trees(name, *trees, record=name == MANIFEST)
        case _:
            yield from comparing.trees(name, yaml.safe_load(old), yaml.safe_load(new))


def _notebooks(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    """Two notebooks by the pages drawn from them."""
    for lang in LANGUAGES:
        texts = [html.drawn(html.parts_of(each), stripped.title_of(each), lang) for each in (old, new)]
        yield from (replace(each, where=f"{each.where} ({lang})") for each in comparing.pages(name, *texts))


def strings(data: object) -> dict[str, str]:
    """A mapping of the manifest, whatever somebody made of it."""
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}
