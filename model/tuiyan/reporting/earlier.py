"""Which earlier report a new one is compared with, and what is kept of it so that a second run gives the same bytes.

A report is compared with the one that stands in its place (or with one that is named). But an identical second run
must give an identical bundle, and by then the first run's report stands there, in which nothing has changed: compared
with that, part 3 would come out differently. So a bundle carries `FILE`, the record of the report that it was compared
with: its manifest, its resolved scenario and the one that was compared with, and the few rows of its results that
part 3 needs, word for word. Before a run, `prepare` looks at the bundle that stands there:

* made from the same inputs (``run.inputs`` of its manifest is today's hash of them, see `unchanged`): its own record is
  taken over as it is, or none where it had none. Part 3 then rests on the same text as before, and so do its findings;
* made from other inputs: it becomes the earlier report, and a new record is made of it.

So report, change, report, report gives: no earlier report; the change; the change again, byte for byte. The record is
put into the new bundle before the kernel starts, which therefore reads nothing outside it, and no bundle needs the one
before it to be still there. A report that is named with ``since`` is compared with as it is, whatever its inputs; a
record that is named (``since.json`` of a bundle) is taken over as it is, so that a bundle can be made again elsewhere.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from tuiyan.analysis.changes import SCALE
from tuiyan.inputs import documents
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.reporting.earlier_report import FILE, MANIFEST, PARTS, SCHEMA, plain
from tuiyan.reporting.study import RESOLVED, RESOLVED_OTHER, RESULTS, STAGING_VARIABLE

MOST_BYTES = 16 * 1024 * 1024
MOST_ROWS = 1000
NEEDED = ("goal", SCALE)  # variables whose rows of the results are kept
DIGEST = re.compile(r"[0-9a-f]{64}")


def named(path: Path | str | None) -> Path | None:
    """The folder of a report, or the record of one, that is named.

    Raises
    ------
    TuiyanError
        Where neither is: a slip of the pen must not cost a run.
    """
    if path is None:
        return None
    try:
        found = Path(path).expanduser().resolve()
        if (found / MANIFEST).is_file() or (found.name == FILE and found.is_file()):
            return found
    except (OSError, RuntimeError, ValueError):  # such as a name with a NUL in it
        pass
    raise TuiyanError([Finding("E290", None, {"path": str(path), "file": MANIFEST})])


def prepare(bundle: Path, standing: Path, inputs: str, given: Path | None = None) -> None:
    """Put the record of the earlier report into a bundle that is being made; nothing where there is none.

    Parameters
    ----------
    bundle
        The folder that the kernel writes the new bundle into.
    standing
        Where the report that will be replaced is read.
    inputs
        The hash of today's inputs, as `unchanged.fingerprint` gives it.
    given
        Folder of a report, or a record, that was named instead.
    """
    text = _wanted(standing, inputs) if given is None else _given(given)
    if text is not None:
        (bundle / FILE).write_text(text, encoding="utf-8", newline="\n")


def compared_with(standing: Path, given: Path | None) -> bool:
    """Whether the report that stands compares with the one that is named; it does where none is."""
    return given is None or _text(standing / FILE) == _given(given)


def predecessor(bundle: Path) -> str | None:
    """The digest of the report that a bundle compares with; None for a first report, and where its record is damaged.

    Examples
    --------
    >>> predecessor(Path("nowhere")) is None
    True
    """
    whole = plain(_text(bundle / FILE))
    files = whole.get("files") if isinstance(whole, dict) else None
    about = plain(files.get(MANIFEST)) if isinstance(files, dict) else None
    found = about.get("bundle") if isinstance(about, dict) else None
    return found if isinstance(found, str) and DIGEST.fullmatch(found) else None


def _given(given: Path) -> str | None:
    """The record of a report that is named, or the record that is named itself."""
    folder = given.resolve()
    return _text(folder) if folder.is_file() else _record_of(folder)


def _wanted(standing: Path, inputs: str) -> str | None:
    """The record that a new bundle takes from the report that stands there; None where there is none."""
    folder = standing.resolve()
    if not folder.is_dir():
        return None
    about = plain(_text(folder / MANIFEST))
    return _handed_on(folder, about) if _made_from(about, inputs) else _record_of(folder)


def _made_from(manifest: object, inputs: str) -> bool:
    """Whether a manifest says that its bundle was made from these inputs."""
    run = manifest.get("run") if isinstance(manifest, dict) else None
    return isinstance(run, dict) and run.get("inputs") == inputs


def _handed_on(folder: Path, manifest: object) -> str | None:
    """The record in a bundle of the same inputs; None where it has none, an empty one where it was lost."""
    outputs = manifest.get("outputs") if isinstance(manifest, dict) else None
    if not isinstance(outputs, dict) or FILE not in outputs:
        return None
    return _text(folder / FILE) or "{}\n"


def _record_of(folder: Path) -> str:
    """A new record of the report in a folder."""
    files = {
        MANIFEST: _read_keys(_text(folder / MANIFEST)),
        RESOLVED: _text(folder / RESOLVED, documents.MOST_BYTES),
        RESOLVED_OTHER: _text(folder / RESOLVED_OTHER, documents.MOST_BYTES),
        RESULTS: _needed(_text(folder / RESULTS)),
    }
    return json.dumps({"schema": SCHEMA, "files": files}, ensure_ascii=True, indent=1, sort_keys=True) + "\n"


def in_report() -> bool:
    """Whether a report is being made, and not a notebook run by hand."""
    return bool(os.environ.get(STAGING_VARIABLE))


def record() -> str | None:
    """The record in the bundle that is being made; None in a run by hand, and where there is no earlier report."""
    folder = os.environ.get(STAGING_VARIABLE)
    return _text(Path(folder) / FILE) if folder else None


def _text(path: Path, most: int = MOST_BYTES) -> str | None:
    """The text of a file; None where it cannot be had."""
    try:
        if path.stat().st_size > most:
            return None
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None


def _read_keys(text: str | None) -> str | None:
    """Those parts of a manifest that are read here; what is no manifest is left empty, and told when it is read."""
    if text is None:
        return None
    found = plain(text)
    kept = {key: found[key] for key in (*PARTS, "bundle") if key in found} if isinstance(found, dict) else ""
    return json.dumps(kept, sort_keys=True)


def _needed(text: str | None) -> str | None:
    """The head of a table of results, and the rows of the goals and of the scale in the policy's last year."""
    if text is None:
        return None
    lines = text.splitlines()
    cells = [line.split(",", 4) for line in lines]
    years = ("", str(POLICY_HORIZON))
    kept = [
        line
        for place, (line, row) in enumerate(zip(lines, cells, strict=True))
        if place == 0 or (len(row) == 5 and row[1] in NEEDED and row[3] in years)
    ]
    return "\n".join(kept[:MOST_ROWS]) + "\n"
