"""What is wrong with an input, where, and what to do about it; several at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, NamedTuple

from tuiyan.wording import LANGUAGES, Text, both, preferred

Level = Literal["error", "warning", "note"]
MOST_LETTERS = 400
LEVELS: dict[str, Level] = {"E": "error", "W": "warning", "N": "note"}


class Place(NamedTuple):
    """A place in a file; line and column count from 1, 0 where the whole file is meant."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``file:line:column`` as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in the inputs: a stable code, its place, and the values its sentence names.

    The first letter of the code is its level (E error, W warning, N note); the sentences stand in `wording.findings`
    under ``E102`` (message) and ``E102.remedy``.
    """

    code: str
    where: Place | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """error, warning or note."""
        return LEVELS[self.code[0]]

    @property
    def message(self) -> Text:
        """What is wrong, in both languages."""
        return both(self.code, **self._shown())

    @property
    def remedy(self) -> Text:
        """What to do about it, in both languages."""
        return both(f"{self.code}.remedy", **self._shown())

    def _shown(self) -> dict[str, object]:
        """The values, a text of many letters cut: a file may hold a key of 200,000."""
        cut = {key: value for key, value in self.values.items() if isinstance(value, str) and len(value) > MOST_LETTERS}
        return {**self.values, **{key: f"{value[:MOST_LETTERS]}..." for key, value in cut.items()}}

    def render(self, lang: str) -> str:
        """One line: ``file:line:column: error E102: message remedy``."""
        level = both(f"level.{self.level}")[lang]
        head = f"{self.where}: " if self.where else ""
        gap = "" if lang == "zh" else " "
        return f"{head}{level} {self.code}: {self.message[lang]}{gap}{self.remedy[lang]}"

    def as_json(self) -> dict[str, object]:
        """The finding as plain data for ``--json``."""
        place = self.where or Place("")
        return {
            "level": self.level,
            "code": self.code,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "message": {lang: self.message[lang] for lang in LANGUAGES},
            "remedy": {lang: self.remedy[lang] for lang in LANGUAGES},
        }


class TuiyanError(Exception):
    """Bad input. Carries every finding at once; its text is one line for each, in the reader's language.

    Parameters
    ----------
    findings
        What was found; at least one.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(self.render(preferred()))

    def render(self, lang: str) -> str:
        """All findings, one line each, in the order of their places."""
        return "\n".join(finding.render(lang) for finding in in_order(self.findings))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings sorted by file, line and column; those without a place come last."""
    return sorted(findings, key=lambda f: (f.where is None, f.where or Place(""), f.code))


def nearest(word: str, words: Iterable[str], *, listed: bool = True) -> Text:
    """The sentence "did you mean ...?" for the closest of `words`, or the list of them (if `listed`), or nothing."""
    known = sorted(set(map(str, words)))
    close = get_close_matches(word, known, n=1, cutoff=0.6) or get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    if close:
        return both("nearest", word=close[0])
    return both("nearest.list", words=", ".join(known)) if listed and 0 < len(known) <= 20 else Text("", "")


def stop_on_errors(findings: Iterable[Finding]) -> None:
    """Raise `TuiyanError` with all findings when at least one of them is an error."""
    found = tuple(findings)
    if any(finding.level == "error" for finding in found):
        raise TuiyanError(found)
