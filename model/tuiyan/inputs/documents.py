"""YAML files read with the place of every key and value.

YAML is read as events (libyaml through PyYAML) and built here, because a scenario is data and nothing else: anchors,
aliases, tags, several documents and duplicate keys are refused where they stand, plain scalars follow the YAML 1.2 core
schema (``no`` is a word, ``012`` is twelve), and the size and the depth of a file are limited. An event stream never
expands an alias, so a file cannot grow while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tuiyan.inputs.findings import Finding, Place, TuiyanError
from tuiyan.wording import Text, both, catalogue

MOST_BYTES, MOST_DEPTH = 256 * 1024, 20
MOST_BYTES_TABLE = 4 * 1024 * 1024
MOST_DIGITS = 300
YAML_TAGS = "tag:yaml.org,2002:"
MOST_FINDINGS = 100  # of one file; who corrects so many checks again
# What libyaml would refuse without saying where, and what no reader sees (control and format characters).
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS = {"", "~", "null", "Null", "NULL"}
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
INTEGER = re.compile(r"[-+]?[0-9]+")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
SPECIAL = {
    **{f"{sign}.{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")},
    **{f".{word}": float("nan") for word in ("nan", "NaN", "NAN")},
}

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """The plain data of one file and where each part of it stands.

    ``keys`` and ``values`` map a path such as ``("levers", "talent", "set")`` to the place of its key and of its value;
    ``text`` is what was read. Of a table, ``keys`` holds the cells of the header, and `cell` finds the place of a cell
    when it is asked for.
    """

    name: str
    data: Any
    keys: Mapping[Key, Place]
    values: Mapping[Key, Place]
    text: str = ""
    cell: Callable[[int, str], Place] | None = None

    def place(self, path: Key, *, key: bool = False) -> Place:
        """Place of the value (or key) at `path`, or of the nearest part above it that the file holds."""
        if self.cell and len(path) == 2:
            return self.cell(int(path[0]), str(path[1]))
        for length in range(len(path), -1, -1):
            found = (self.keys.get(path[:length]) if key else None) or self.values.get(path[:length])
            if found:
                return found
            key = True
        return Place(self.name)


def read_bytes(path: Path, name: str, most: int = MOST_BYTES) -> str:
    """The text of a file: UTF-8 (a byte-order mark and CRLF are accepted), at most `most` bytes."""
    try:
        if path.exists() and not path.is_file():
            raise TuiyanError([Finding("E009", Place(name), {"file": name, "why": "not a file"})])
        size = path.stat().st_size
        if size > most:
            raise TuiyanError([Finding("E002", Place(name), {"size": size // 1024, "most": most // 1024})])
        raw = path.read_bytes()
    except FileNotFoundError:
        raise TuiyanError([Finding("E001", Place(name), {"file": name})]) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise TuiyanError([Finding("E009", Place(name), {"file": name, "why": why})]) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig")) + 1
        raise TuiyanError([Finding("E003", Place(name, line, column), {"file": name})]) from None


def read_yaml(path: Path, name: str) -> Document:
    """Read one YAML file.

    Parameters
    ----------
    path
        The file.
    name
        How messages name it (relative to the workspace).

    Raises
    ------
    TuiyanError
        With one finding a problem of form: missing, too large, not UTF-8, not YAML, an anchor, a tag, too deep,
        a duplicate key.
    """
    return parse_yaml(read_bytes(path, name), name)


def parse_yaml(text: str, name: str) -> Document:
    """Read the text of one YAML document; see `read_yaml`."""
    if found := UNPRINTABLE.search(text):
        raise TuiyanError([hidden_letter(text, found, name)])
    try:
        events = list(_plain(yaml.parse(text, Loader=LOADER), name))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        raise TuiyanError([Finding("E004", where, {"why": why(error.problem or error.context or "")})]) from None
    except yaml.YAMLError as error:
        raise TuiyanError([Finding("E004", Place(name), {"why": str(error).splitlines()[0]})]) from None
    return _Builder(name, text).build(events)


def hidden_letter(text: str, found: re.Match[str], name: str) -> Finding:
    """The finding for a character that no reader sees, at its place."""
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    return Finding("E170", Place(name, line, column), {"letter": f"U+{ord(found[0]):04X}"})


def why(reason: str) -> Text:
    """What a parser complains of, in both languages where we know the sentence."""
    key = f"why.{reason}"
    return both(key) if key in catalogue() else Text(reason, reason)


def _plain(events: Iterable[Any], name: str) -> Iterator[Any]:
    """The events of the nodes of one document.

    What is too deep stops the parser where it stands: it would take minutes for 200,000 brackets.
    """
    depth, documents = 0, 0
    for event in events:
        where = Place(name, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise TuiyanError([Finding("E005", where, {"what": "---"})])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            yield event
        elif isinstance(event, yaml.NodeEvent):
            if depth > MOST_DEPTH:
                raise TuiyanError([Finding("E006", where, {"most": MOST_DEPTH})])
            depth += isinstance(event, yaml.CollectionStartEvent)
            yield event


class _Builder:
    """Turns the events of one document into plain data, noting places and collecting what is refused."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.keys: dict[Key, Place] = {}
        self.values: dict[Key, Place] = {}
        self.findings: list[Finding] = []

    def build(self, events: list[Any]) -> Document:
        """The document, or TuiyanError with all that is refused."""
        self.events = iter(events)
        first = next(self.events, None)
        self.values[()] = Place(self.name, 1, 1)  # where an empty file is
        data = self.node(first, ()) if first is not None else None
        if self.findings:
            raise TuiyanError(self.findings)
        return Document(self.name, data, self.keys, self.values, self.text)

    def at(self, event: Any) -> Place:
        """Place of an event."""
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def note(self, finding: Finding) -> None:
        """Keep a finding; a hundred are enough."""
        self.findings.append(finding)
        if len(self.findings) >= MOST_FINDINGS:
            raise TuiyanError(self.findings)

    def refuse(self, event: Any) -> None:
        """Note an anchor, an alias or a tag."""
        if isinstance(event, yaml.AliasEvent):
            self.note(Finding("E005", self.at(event), {"what": f"*{event.anchor}"}))
        elif event.anchor is not None:
            self.note(Finding("E005", self.at(event), {"what": f"&{event.anchor}"}))
        elif event.tag is not None and event.tag != "!":
            self.note(Finding("E005", self.at(event), {"what": event.tag.replace(YAML_TAGS, "!!")}))

    def node(self, event: Any, path: Key) -> Any:
        """The data of one node; records its place."""
        self.values[path] = self.at(event)
        self.refuse(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(item, (*path, len(items))))
            return items
        return (
            scalar(event.value)
            if isinstance(event, yaml.ScalarEvent) and event.implicit[0]
            else getattr(event, "value", None)
        )

    def mapping(self, path: Key) -> dict[Any, Any]:
        """One mapping; a repeated key and a key that is not a plain word are findings."""
        found: dict[Any, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = event.value if isinstance(event, yaml.ScalarEvent) else self.node(event, (*path, "?"))
            if not isinstance(event, yaml.ScalarEvent) or key == "<<":
                self.note(Finding("E005", self.at(event), {"what": "<<" if key == "<<" else "? :"}))
                self.node(next(self.events), (*path, "?"))
                continue
            self.refuse(event)
            if letter := HIDDEN.search(key):
                self.note(Finding("E170", self.at(event), {"letter": f"U+{ord(letter[0]):04X}"}))
            inner = (*path, key)
            if key in found:
                self.note(Finding("E007", self.at(event), {"key": key, "line": self.keys[inner].line}))
            self.keys[inner] = self.at(event)
            found[key] = self.node(next(self.events), inner)
        return found


def scalar(text: str) -> str | int | float | bool | None:
    """A plain scalar by the YAML 1.2 core schema.

    Examples
    --------
    >>> scalar("no"), scalar("012"), scalar("1e3"), scalar("true"), scalar("2017-11-14")
    ('no', 12, 1000.0, True, '2017-11-14')
    """
    if text in NULLS:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if text in SPECIAL:
        return SPECIAL[text]
    if INTEGER.fullmatch(text) and len(text) <= MOST_DIGITS:
        return int(text)
    return float(text) if text.isascii() and NUMBER.fullmatch(text) else text
