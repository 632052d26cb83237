"""``reports/index.html``: every report of a folder, its status, its dates and its headline, in both languages.

It stands outside the bundles, so it may tell the time. It is written again when a run begins, ends or fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from tuiyan.evidence import archive
from tuiyan.reporting import headline, html, locking, runlog, typeface, unchanged
from tuiyan.reporting.numbers import DASH
from tuiyan.reporting.words import plain
from tuiyan.wording import LANGUAGES, Text, both, say

FILE = "index.html"
LOCK = "_index"  # no report can have this name
WAIT = 10.0
HEAD = 16_000  # bytes of a page that hold its title
COLUMNS = ("index.report", "index.status", "index.headline", "index.as_of", "index.published")
DATE = len("2026-11-23 20:08")
NO_GLYPH = "?"
Links = Mapping[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the index tells of a bundle that is whole; `files` are links beside the page, by language."""

    titles: Text
    pages: Text | None
    files: Links
    as_of: str
    headline: Text
    sources: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index."""

    name: str
    title: Text
    status: str
    status_text: Text
    headline: Text
    as_of: str
    published: str
    page: Text | None
    files: Links


def write(reports: Path, sources: Mapping[str, str]) -> Path:
    """Write the index of a folder of reports; whoever reads it meanwhile sees the earlier one.

    Parameters
    ----------
    sources
        `unchanged.sources` of now: a report made from others is stale.
    """
    with locking.held(reports, LOCK, wait=WAIT):
        locking.put(reports / FILE, page(entries(reports, sources), written=locking.now()))
    return reports / FILE


def entries(reports: Path, sources: Mapping[str, str]) -> list[Entry]:
    """The reports of a folder by name: those that stand there, and those whose first run failed or is on its way."""
    own = (".", "_")
    standing = {path.name for path in reports.iterdir() if path.is_dir() and not path.name.startswith(own)}
    logged = {name for name in runlog.names(reports) if not name.startswith(own)}
    return [_entry(reports, name, sources) for name in sorted((standing | logged) - {archive.FOLDER})]


def page(found: list[Entry], *, written: str) -> str:
    """The whole page."""
    text = html.template("index").render(
        entries=found,
        columns=COLUMNS,
        languages=[(lang, html.HTML_LANG[lang]) for lang in LANGUAGES],
        written=written,
        css=Markup((html.FOLDER / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - a file of ours
        say=say,
    )
    return text.replace(html.FONTS, html.fonts(text))


def _entry(reports: Path, name: str, sources: Mapping[str, str]) -> Entry:
    folder = reports / name
    bundle = _bundle(folder, _stamp(folder)) if folder.is_dir() else None
    lines = runlog.entries(reports, name)
    status = _status(reports, name, bundle, lines, sources)
    kept = ".kept" if bundle and status in (runlog.FAILED, "running") else ""
    return Entry(
        name=_drawable(name),
        title=bundle.titles if bundle else plain(_drawable(name)),
        status=status,
        status_text=both(f"index.status.{status}{kept}"),
        headline=bundle.headline if bundle else plain(DASH),
        as_of=bundle.as_of if bundle else DASH,
        published=_published(lines, bundle),
        page=bundle.pages if bundle else None,
        files=bundle.files if bundle else {lang: [] for lang in LANGUAGES},
    )


def _status(
    reports: Path, name: str, bundle: Bundle | None, lines: list[dict[str, Any]], sources: Mapping[str, str]
) -> str:
    """good, stale, running, failed or damaged. A run that was killed has no last line and no lock: it failed."""
    last = lines[-1]["event"] if lines else runlog.DONE
    if last in (runlog.STARTED, runlog.STAGE):
        return "running" if locking.is_held(reports, name) else runlog.FAILED
    if last == runlog.FAILED:
        return runlog.FAILED
    if bundle is None:
        return "damaged"
    return "stale" if unchanged.stale(bundle.sources, sources) else "good"


def _published(lines: list[dict[str, Any]], bundle: Bundle | None) -> str:
    """When the bundle that stands there was switched in, by the log; a dash where the log does not know."""
    if bundle:
        for line in reversed(lines):
            if line["event"] == runlog.DONE and line.get("bundle") == bundle.digest:
                return f"{_drawable(str(line.get('time')))[:DATE]} UTC"
    return DASH


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of a bundle's files: the same ones need not be read twice."""
    try:
        found = [(path.name, path.stat()) for path in folder.resolve().iterdir()]
    except OSError:
        return ()
    return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in found))


@lru_cache(maxsize=256)
def _bundle(folder: Path, _: tuple[tuple[str, int, int], ...]) -> Bundle | None:
    """A bundle that is whole and ours; None for any other folder, whatever it holds."""
    record = unchanged.record(folder)
    if record is None:
        return None
    try:
        outputs, run = list(record["outputs"]), dict(record["run"])
        told = headline.of(folder, run)
        pages = {lang: _ending(outputs, f".{lang}.html") for lang in LANGUAGES}
        titles = Text(*(_drawable(_title(folder / page) if page else folder.name) for page in pages.values()))
        as_of, sources, digest = str(run.get("as_of", DASH)), unchanged.made_from(record), str(record["bundle"])
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None
    files: Links = {
        lang: [
            (both(key)[lang], _href(folder.name, file))
            for key, file in (("index.pdf", _ending(outputs, f".{lang}.pdf")), ("index.record", unchanged.FILE))
            if file
        ]
        for lang in LANGUAGES
    }
    links = Text(*(_href(folder.name, page) for page in pages.values())) if all(pages.values()) else None
    return Bundle(titles, links, files, _drawable(as_of), told or plain(DASH), sources, digest)


def _ending(names: list[str], ending: str) -> str:
    """The first file with an ending, or nothing."""
    return next((name for name in sorted(names) if name.endswith(ending)), "")


def _href(*parts: str) -> str:
    """A link relative to the index that can only be a path: a colon cannot make it a scheme."""
    return "./" + "/".join(quote(part, safe="") for part in parts)


class _Title(HTMLParser):
    """Reads the title of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's call
        """Note where the title begins."""
        self.inside = tag == "title"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's call
        """Note where it ends."""
        self.inside = False

    def handle_data(self, data: str) -> None:
        """Take its words."""
        if self.inside:
            self.text += data


def _title(path: Path) -> str:
    """The title of a page as plain words."""
    with path.open("rb") as file:
        head = file.read(HEAD).decode("utf-8", "replace")
    reader = _Title()
    reader.feed(head)
    return reader.text.strip() or path.name


def _drawable(text: str) -> str:
    """A text of elsewhere with what the shipped font lacks marked: the index never fails for a letter."""
    known = typeface.coverage("regular") & typeface.coverage("bold")
    return "".join(letter if letter == " " or ord(letter) in known else NO_GLYPH for letter in text)
