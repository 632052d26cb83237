"""YAML and CSV files read with the place of every key, value and cell.

YAML is read as events (libyaml through PyYAML) and built here, because a scenario is data and nothing else: anchors,
aliases, tags, several documents and duplicate keys are refused where they stand, plain scalars follow the YAML 1.2 core
schema (``no`` is a word, ``012`` is twelve), and the size and the depth of a file are limited. An event stream never
expands an alias, so a file cannot grow while it is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tuiyan.inputs.findings import Finding, Place, TuiyanError

MOST_BYTES, MOST_DEPTH = 256 * 1024, 20
MOST_BYTES_TABLE = 4 * 1024 * 1024
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

    ``keys`` and ``values`` map a path such as ``("levers", "talent", "set")`` to the place of its key and of its value.
    """

    name: str
    data: Any
    keys: Mapping[Key, Place]
    values: Mapping[Key, Place]

    def place(self, path: Key, *, key: bool = False) -> Place:
        """Place of the value (or key) at `path`, or of the nearest part above it that the file holds."""
        for length in range(len(path), -1, -1):
            found = (self.keys.get(path[:length]) if key else None) or self.values.get(path[:length])
            if found:
                return found
            key = True
        return Place(self.name)


def read_bytes(path: Path, name: str, most: int = MOST_BYTES) -> str:
    """The text of a file: UTF-8 (a byte-order mark and CRLF are accepted), at most `most` bytes."""
    try:
        size = path.stat().st_size
        if size > most:
            raise TuiyanError([Finding("E002", Place(name), {"size": size // 1024, "most": most // 1024})])
        raw = path.read_bytes()
    except FileNotFoundError:
        raise TuiyanError([Finding("E001", Place(name), {"file": name})]) from None
    except OSError as error:
        raise TuiyanError([Finding("E009", Place(name), {"file": name, "why": error.strerror or str(error)})]) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
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
    builder = _Builder(name)
    try:
        events = list(yaml.parse(read_bytes(path, name), Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        raise TuiyanError([Finding("E004", where, {"why": error.problem or error.context or ""})]) from None
    except yaml.YAMLError as error:
        raise TuiyanError([Finding("E004", Place(name), {"why": str(error).splitlines()[0]})]) from None
    return builder.build(events)


class _Builder:
    """Turns the events of one document into plain data, noting places and collecting what is refused."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.keys: dict[Key, Place] = {}
        self.values: dict[Key, Place] = {}
        self.findings: list[Finding] = []

    def build(self, events: list[Any]) -> Document:
        """The document, or TuiyanError with all that is refused."""
        nodes = [
            e for e in events if not isinstance(e, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent))
        ]
        starts = [e for e in nodes if isinstance(e, yaml.DocumentStartEvent)]
        if len(starts) > 1:
            raise TuiyanError([Finding("E005", self.at(starts[1]), {"what": "---"})])
        self.events = iter([e for e in nodes if not isinstance(e, yaml.DocumentStartEvent)])
        first = next(self.events, None)
        data = self.node(first, (), 0) if first is not None else None
        if self.findings:
            raise TuiyanError(self.findings)
        return Document(self.name, data, self.keys, self.values)

    def at(self, event: Any) -> Place:
        """Place of an event."""
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def refuse(self, event: Any) -> None:
        """Note an anchor, an alias or a tag."""
        if isinstance(event, yaml.AliasEvent):
            self.findings.append(Finding("E005", self.at(event), {"what": f"*{event.anchor}"}))
        elif event.anchor is not None:
            self.findings.append(Finding("E005", self.at(event), {"what": f"&{event.anchor}"}))
        elif event.tag is not None and event.tag != "!":
            self.findings.append(Finding("E005", self.at(event), {"what": event.tag}))

    def node(self, event: Any, path: Key, depth: int) -> Any:
        """The data of one node; records its place."""
        if depth > MOST_DEPTH:
            raise TuiyanError([*self.findings, Finding("E006", self.at(event), {"most": MOST_DEPTH})])
        self.values[path] = self.at(event)
        self.refuse(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(item, (*path, len(items)), depth + 1))
            return items
        return (
            scalar(event.value)
            if isinstance(event, yaml.ScalarEvent) and event.implicit[0]
            else getattr(event, "value", None)
        )

    def mapping(self, path: Key, depth: int) -> dict[Any, Any]:
        """One mapping; a repeated key and a key that is not a plain word are findings."""
        found: dict[Any, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = event.value if isinstance(event, yaml.ScalarEvent) else self.node(event, (*path, "?"), depth + 1)
            if not isinstance(event, yaml.ScalarEvent) or key == "<<":
                self.findings.append(Finding("E005", self.at(event), {"what": "<<" if key == "<<" else "? :"}))
                self.node(next(self.events), (*path, "?"), depth + 1)
                continue
            self.refuse(event)
            inner = (*path, key)
            if key in found:
                self.findings.append(Finding("E007", self.at(event), {"key": key, "line": self.keys[inner].line}))
            self.keys[inner] = self.at(event)
            found[key] = self.node(next(self.events), inner, depth + 1)
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
    if INTEGER.fullmatch(text, 0, 400):
        return int(text)
    return float(text) if text.isascii() and NUMBER.fullmatch(text) else text


def read_csv(path: Path, name: str) -> Document:
    """Read a CSV file with a header: a list of rows, each a mapping of column to text.

    Raises
    ------
    TuiyanError
        Missing file, not UTF-8, a row of another length than the header, a repeated column.
    """
    text = read_bytes(path, name, MOST_BYTES_TABLE)
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str]] = []
    keys: dict[Key, Place] = {}
    values: dict[Key, Place] = {(): Place(name, 1, 1)}
    findings: list[Finding] = []
    try:
        header = next(reader, [])
        twice = sorted({column for column in header if header.count(column) > 1})
        findings.extend(Finding("E007", Place(name, 1, 1), {"key": column, "line": 1}) for column in twice)
        start = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                findings.append(Finding("E010", Place(name, start, 1), {"cells": len(cells), "columns": len(header)}))
            columns = _columns(lines[start - 1])
            for position, column in enumerate(header[: len(cells)]):
                at = columns[position] if position < len(columns) else 1
                values[len(rows), column] = keys[len(rows), column] = Place(name, start, at)
            values[(len(rows),)] = Place(name, start, 1)
            rows.append(dict(zip(header, cells, strict=False)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise TuiyanError([Finding("E004", Place(name, reader.line_num), {"why": str(error)})]) from None
    if findings:
        raise TuiyanError(findings)
    return Document(name, rows, keys, values)


def _columns(line: str) -> list[int]:
    """Column (from 1) at which each cell of a line starts; commas inside quotes do not count."""
    quoted, starts = False, [1]
    for position, letter in enumerate(line, start=1):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            starts.append(position + 1)
    return starts
