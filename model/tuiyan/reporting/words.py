"""Sentences with numbers in them: each number is stored once and printed for each language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tuiyan.reporting.links import SEPARATOR
from tuiyan.reporting.numbers import inline
from tuiyan.wording import LANGUAGES, Text, both

Value = object
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def sentence(key: str, /, **values: Value) -> Text:
    """The text of `key`; a value given as ``(format, number)`` is printed in that format with its unit.

    Examples
    --------
    >>> sentence("report.shortfall.scale.total", gap=("money", 1000.0)).en
    'CNY 100bn'
    """
    return both(key, **{name: _printed(value) for name, value in values.items()})


def _printed(value: Value) -> Value:
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str):
        return Text(*(inline(value[1], value[0], lang) for lang in LANGUAGES))
    return value


def joined(sentences: Iterable[Text]) -> Text:
    """Sentences as one paragraph: a space between them in English, none in Chinese."""
    found = list(sentences)
    return Text("".join(each.zh for each in found), " ".join(each.en for each in found))


def listed(items: Iterable[Text | str]) -> Text:
    """Words as a list inside a sentence."""
    found = [Text(item, item) if isinstance(item, str) else item for item in items]
    return Text(SEPARATOR.zh.join(each.zh for each in found), SEPARATOR.en.join(each.en for each in found))


def plain(text: object) -> Text:
    """The same words in both languages."""
    return Text(str(text), str(text))


def day(when: date) -> Text:
    """A date as each language writes it."""
    return Text(f"{when.year} 年 {when.month} 月 {when.day} 日", f"{when.day} {MONTHS[when.month - 1]} {when.year}")


def sentences(items: Iterable[Text]) -> Text:
    """Short remarks in one cell: separated by a semicolon."""
    found = list(items)
    return Text("；".join(each.zh.rstrip("。；") for each in found), "; ".join(each.en.rstrip(".;") for each in found))
