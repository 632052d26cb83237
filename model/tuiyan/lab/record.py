"""From the desk to a scenario file: the smallest text that gives the scenario back, and what it changes."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from tuiyan.inputs import saving
from tuiyan.inputs.documents import read_bytes
from tuiyan.inputs.findings import Finding, TuiyanError, stop_on_errors
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Difference, Scenario
from tuiyan.inputs.schema import HIDDEN
from tuiyan.inputs.workspace import SLUG
from tuiyan.lab.desk import Desk
from tuiyan.wording import LANGUAGES, Text, both

MOST_TOLD = 6  # changes that the story of a new file tells one by one


@dataclass(frozen=True, slots=True)
class About:
    """What a new file says of itself; `over` allows to write over a file of that name."""

    name: str
    title: Text
    reason: Text
    author: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was written: its text, and what it changes against its parent."""

    scenario: Scenario
    path: Path
    text: str
    changes: tuple[Difference, ...]


def save_as(desk: Desk, about: About) -> Saved:
    """Write the present scenario as a file of its own, or over that of the parent under the parent's name.

    Raises
    ------
    TuiyanError
        For a name that is no id, is taken or belongs to a parent further up; for a file that somebody else changed
        since it was opened or saved here; for what a file could not say; for a file that would not give back what the
        panel shows; for a folder that cannot be written. The folder is then as it was before.
    """
    path = file_of(desk, about)
    before = as_left(desk, path)
    named(desk, about).save(path)
    try:
        found = read_back(desk, about.name)
    except TuiyanError:
        if before is None:
            path.unlink()
        else:
            saving.put(path, before)
        raise
    desk.history[-1] = replace(desk.state, name=found.id)
    desk.files[found.id] = found.layer.document.text
    return Saved(found, path, found.layer.document.text, tuple(found.changes()))


def as_left(desk: Desk, path: Path) -> bytes | None:
    """What a file to be written over holds: what it held when it was opened or saved here; None where there is none."""
    if not path.is_file():
        return None
    try:
        before = path.read_bytes()
        known = desk.files.get(path.stem)
        if known is not None and read_bytes(path, path.name) != known:
            raise TuiyanError([Finding("E318", None, {"name": path.stem})])
    except OSError as error:
        told = {"file": path.name, "why": error.strerror or str(error)}
        raise TuiyanError([Finding("E009", None, told)]) from error
    return before


def read_back(desk: Desk, name: str) -> Scenario:
    """The file that was just written; the files it rests on may no longer be what was opened."""
    found = load(name, workspace=desk.parent.workspace.root)
    if not found.same(desk.scenario):
        raise TuiyanError([Finding("E314", None, {"name": desk.parent.id})])
    return found


def on_file(desk: Desk) -> str:
    """The name of the file that holds what the panel shows, as the file stands now; empty where none does."""
    for name in desk.names:
        with contextlib.suppress(TuiyanError):
            if load(name, workspace=desk.parent.workspace.root).same(desk.scenario):
                return name
    return ""


def file_of(desk: Desk, about: About) -> Path:
    """Where the file goes; the name is checked."""
    workspace = desk.parent.workspace
    if not SLUG.fullmatch(about.name):
        raise TuiyanError([Finding("E123", None, {"key": "id", "given": about.name or "''"})])
    saving.refuse_circle(desk.parent, about.name)
    if about.name in workspace.scenarios() and not about.over:
        raise TuiyanError([Finding("E310", None, {"name": about.name})])
    return workspace.params / "scenarios" / f"{about.name}.yaml"


def named(desk: Desk, about: About) -> Scenario:
    """The present scenario with what its file says of itself; a vintage that no file of the chain says is written."""
    words = {
        f"{what}.{lang}": text[lang]
        for what, text in (("title", about.title), ("reason", about.reason))
        for lang in LANGUAGES
    }
    stop_on_errors(
        Finding("E313", None, {"what": both(f"lab.save.{key}")})
        for key, text in {**words, "author": about.author}.items()
        if not text
    )
    stop_on_errors(
        Finding("E315", None, {"what": both(f"lab.save.{key}"), "letter": f"U+{ord(hidden[0]):04X}"})
        for key, text in {**words, "author": about.author}.items()
        if (hidden := HIDDEN.search(text))
    )
    parent, edits = desk.parent, desk.state.edits
    levers = {id_: each for id_, each in edits.items() if desk.is_lever(id_)}
    rest = {id_: each for id_, each in edits.items() if id_ not in levers}
    told: dict[str, object] = {"title": about.title, "reason": about.reason, "author": about.author}
    found = parent.with_(levers=levers, uncertain=rest, because=about.reason, id=about.name, **told)
    if parent.learned is not None or has_own_story(desk, about.name):
        return found
    _, file = saving.as_file(found, about.name)
    return found.with_(id=about.name, story=story(file))


def has_own_story(desk: Desk, name: str) -> bool:
    """Whether the scenario of a name brings a story that somebody wrote: its file's, or one given to `with_`."""
    parent = desk.parent
    origin = parent.edited or parent
    if parent.story != origin.story and name in (parent.id, origin.id):
        return True
    return name == origin.id and (origin.parent is None or origin.story != story(origin))


def story(scenario: Scenario) -> Text:
    """What a file changes against the one it extends, in a sentence."""
    assert scenario.parent is not None  # noqa: S101 - the root has a story of its own
    changes, parent = scenario.changes(), scenario.parent.title
    if not changes:
        return both("lab.story.none", parent=parent)
    if len(changes) > MOST_TOLD:
        return both("lab.story.many", parent=parent, count=len(changes))
    told = [both("lab.story.one", label=each.label, old=each.old, new=each.new) for each in changes]
    listed = Text("；".join(each.zh for each in told), "; ".join(each.en for each in told))
    return both("lab.story", parent=parent, changes=listed)
