"""Whether a published report is what was published, and whether it can be made again: without any network.

A bundle carries the hash of each of its files in ``manifest.json``, the digest of that manifest inside it and in the
name of its folder, and the executed notebook that its pages were drawn from. So a change of one byte is found, and
where: the pages are drawn again from the notebook and compared cell by cell. Somebody who rewrites all of it, in
agreement and under another digest, is found only by running the notebook again, or by a digest that was kept elsewhere.

The same code, inputs, versions and platform give the same bytes, so a second run of these forgives nothing. Where one
of them is another, words, drawings and layout may be other ones too; the numbers that are published may not.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.reporting import (
    again,
    comparing,
    earlier,
    earlier_report,
    html,
    locating,
    manifest,
    publish,
    stripped,
    typeface,
)
from tuiyan.reporting.again import BROKEN, strings
from tuiyan.reporting.comparing import Difference
from tuiyan.reporting.running import ReportError
from tuiyan.wording import LANGUAGES

Answer = Literal["identical", "same_numbers", "different"]
MANIFEST = "manifest.json"
OPENING = 5  # cells that say which line of a table of numbers it is
MOST = 200  # letters of a line that are shown
DIGEST_NAME = re.compile(r"(?P<name>.+)-(?P<digest>[0-9a-f]{16})")
HARMLESS = frozenset({"bytes"})
# Other code or libraries may write these otherwise.
HARMLESS_ELSEWHERE = HARMLESS | {"unseen", "words", "drawing", "markup", "record"}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of a report.

    Attributes
    ----------
    answer
        ``identical`` bytes, the ``same_numbers`` published, or ``different``.
    folder
        Where the bundle lies.
    digest
        As its manifest has it; to be compared with one that was kept elsewhere.
    files
        How many files were looked at, the manifest among them.
    rerun
        Whether the notebook was run again as well; the bundle is compared with its own manifest in any case.
    differences
        Every place where something differs.
    """

    answer: Answer
    folder: Path
    digest: str
    files: int
    rerun: bool
    differences: tuple[Difference, ...]


def verify(
    report: Path | str, *, rerun: bool = False, workspace: Path | str | None = None, progress: Any = None
) -> Verified:
    """Compare a published report with its own manifest and, run again, with what its settings give now.

    Parameters
    ----------
    report
        Folder of the report, wherever it was moved to.
    rerun
        Run its notebook again, with the settings of the manifest, in a folder that is removed afterwards.
    workspace
        Folder that holds ``params/``, for a second run; default: found as for every command.
    progress
        Receives one line a stage of the second run; default: the terminal's error stream.

    Returns
    -------
    Verified
        ``different`` also when a file cannot be read any more.

    Raises
    ------
    TuiyanError
        When there is no report, when its manifest is of an older form, or when its scenario is gone (second run).
    ReportError
        When the second run fails; neither is raised of a bundle that is known to be different already.
    """
    folder = Path(report).resolve()
    text, record = _recorded(folder, str(report))
    own, fresh = [*_own(folder, text, record)], list[Difference]()
    if rerun and not any(each.kind == "manifest" for each in own):  # settings that somebody edited are not run
        told = {each.file for each in own}
        try:
            fresh = [*again.differences(folder, record, str(report), workspace, progress)]
        except (TuiyanError, ReportError):
            if {each.kind for each in own} <= HARMLESS:  # nothing worse is known
                raise
            rerun = False
        fresh = [each for each in fresh if each.file not in told]
    files = sum(path.is_file() for path in folder.rglob("*"))
    found = sorted([*own, *fresh], key=lambda each: each.kind in HARMLESS_ELSEWHERE)  # what weighs more comes first
    forgiven = HARMLESS_ELSEWHERE if any(map(again.made_elsewhere, fresh)) else HARMLESS
    alike = {each.kind for each in own} <= HARMLESS and {each.kind for each in fresh} <= forgiven
    answer: Answer = "identical" if not found else "same_numbers" if alike else "different"
    return Verified(answer, folder, str(record.get("bundle", "")), files, rerun, tuple(found))


def _recorded(folder: Path, name: str) -> tuple[str, dict[str, Any]]:
    """The text of a manifest and what it says; nothing where it cannot be read any more.

    Raises
    ------
    TuiyanError
        When there is none, or one of an older form.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise TuiyanError([Finding("E260", None, {"name": name})])
    text = path.read_bytes().decode("utf-8", errors="replace")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return text, {}
    record = record if isinstance(record, dict) else {}
    if record.get("schema") == 1 and "settings" not in record:
        raise TuiyanError([Finding("E261", None, {"name": name})])
    return text, record


def _own(folder: Path, text: str, record: Mapping[str, Any]) -> Iterator[Difference]:
    """What a bundle has against its own manifest."""
    if not record:
        yield Difference("manifest", MANIFEST, "json")
        return
    yield from _manifest(folder, text, record)
    recorded = strings(record.get("outputs"))
    here = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    present = {name for name, path in here.items() if path.is_file()} - {MANIFEST}
    others = {name for name, path in here.items() if not path.is_file() and _stands_alone(path)}
    for name in sorted(recorded.keys() - present):
        yield Difference("missing", name)
    for name in sorted((present | others) - recorded.keys()):
        yield Difference("extra", name)
    changed = {name for name in present & recorded.keys() if manifest.sha256(folder / name) != recorded[name]}
    drawn = _drawn(folder, record, changed)
    for name in sorted(changed):
        yield from drawn.pop(name, ()) or _located(folder / name, record, "unread")
    for each in drawn.values():
        yield from each


def _stands_alone(path: Path) -> bool:
    """Whether what is no file is named by itself: a link, a pipe or an empty folder; any other folder by its files."""
    return path.is_symlink() or not path.is_dir() or not any(path.iterdir())


def _manifest(folder: Path, text: str, record: Mapping[str, Any]) -> Iterator[Difference]:
    """Whether a manifest is as it was written, by its form, its digest and the name of its folder."""
    try:
        said, now, form = str(record.get("bundle", "")), manifest.digest(record), manifest.to_json(record)
    except ValueError:  # a number that JSON does not have
        yield Difference("manifest", MANIFEST, "form")
        return
    if text != form:
        yield Difference("manifest", MANIFEST, "form")
    if said != now:
        yield Difference("manifest", MANIFEST, "bundle", "", "", said, now)
    yield from _predecessor(folder, record)
    named, names = DIGEST_NAME.fullmatch(folder.name), strings(record.get("run"))
    ours = named and (folder.parent.name == publish.BUNDLES or named["name"] in names.values())
    parts = [now[at : at + publish.DIGITS] for at in range(0, len(now), publish.DIGITS)]
    if named and ours and named["digest"] not in parts and said == now:
        yield Difference("manifest", MANIFEST, "folder", "", "", named["digest"], parts[0])


def _predecessor(folder: Path, record: Mapping[str, Any]) -> Iterator[Difference]:
    """Whether a manifest names the report before as the record beside it does, as long as that record is whole."""
    last = record.get("predecessor")
    told, listed = "" if last is None else str(last), strings(record.get("outputs")).get(earlier_report.FILE)
    beside = folder / earlier_report.FILE
    if listed is not None and (not beside.is_file() or manifest.sha256(beside) != listed):
        if last is not None and not earlier.DIGEST.fullmatch(told):
            yield Difference("manifest", MANIFEST, "predecessor", "", "", told)
        return
    kept = earlier.predecessor(folder) if listed is not None else None
    if last != kept:
        yield Difference("manifest", MANIFEST, "predecessor", "", "", kept or "", told)


def _drawn(folder: Path, record: Mapping[str, Any], changed: set[str]) -> dict[str, list[Difference]]:
    """What pages show otherwise than the notebook they were drawn from, by the file that was changed.

    Pages whose hashes are as recorded are looked at as well, as long as the code is that which drew them: so a page is
    found that was rewritten together with its manifest.
    """
    stem = str(strings(record.get("settings")).get("notebook", html.STEM))
    source = f"{stem}.ipynb"
    names = {lang: html.file_name(lang, stem) for lang in LANGUAGES}
    same_code = strings(record.get("sha256")).get("code") == manifest.code_hash()
    if not (folder / source).is_file() or not (same_code or changed & {source, *names.values()}):
        return {}
    try:
        notebook = json.loads((folder / source).read_text(encoding="utf-8"))
        parts, title = html.parts_of(notebook), stripped.title_of(notebook)
        expected = {lang: html.page(parts, title, lang, stem=stem) for lang in LANGUAGES}
    except (*BROKEN, typeface.MissingGlyphError):
        return {}
    found: dict[str, list[Difference]] = {}
    for lang, name in names.items():
        if not (folder / name).is_file() or not (same_code or changed & {source, name}):
            continue
        text = (folder / name).read_bytes().decode("utf-8", errors="replace")
        blamed = source if source in changed and name not in changed else name
        pair = (expected[lang], text) if blamed == name else (text, expected[lang])
        try:
            found.setdefault(blamed, []).extend(comparing.pages(blamed, *pair))
        except BROKEN:
            found[blamed] = _located(folder / blamed, record, "unread")
        if name in changed and not found.get(name):  # its words are the notebook's, but its style may not be
            same = same_code and _unended(text) == _unended(expected[lang])
            found[name] = _located(folder / name, record, "bytes" if same else "unread")
    return found


def _unended(text: str) -> list[str]:
    """The lines of a text without what programs that copy it may change: how lines end."""
    return [line.rstrip(" \t\r") for line in text.rstrip().split("\n")]


def _located(path: Path, record: Mapping[str, Any], kind: str) -> list[Difference]:
    """Where a file was changed that nothing else in the bundle repeats: by the marks of its lines and columns."""
    name, marks = path.name, record.get("marks")
    known = marks.get(name) if isinstance(marks, dict) else None
    numbers = _found(locating.changed_lines, path, known)
    columns = _found(locating.changed_columns, path, known) if path.suffix == ".csv" else []
    lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
    if columns and numbers:
        return [_cell(name, number, lines, columns) for number in numbers]
    found = [Difference(kind, name, "", str(number), "", "", lines[number - 1][:MOST]) for number in numbers]
    return found or [Difference(kind, name)]


def _found(look: Callable[[Path, Mapping[str, Any]], list[int]], path: Path, known: Any) -> list[int]:
    """What marks tell of a file; nothing where there are none, or where the file or they are beyond reading."""
    try:
        return look(path, known) if known else []
    except BROKEN:
        return []


def _cell(name: str, number: int, lines: Sequence[str], columns: Iterable[int]) -> Difference:
    """A cell of a table of numbers by its line, the words that open the line, and its column."""
    heads, cells = next(csv.reader(lines[:1]), []), next(csv.reader(lines[number - 1 : number]), [])
    column = ", ".join(heads[place] for place in columns if place < len(heads))
    now = ", ".join(cells[place] for place in columns if place < len(cells))
    return Difference("unread", name, " ".join(cells[:OPENING])[:MOST], str(number), column, "", now[:MOST])
