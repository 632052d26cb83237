"""Words that lead to another place of the same report: from an assumption that is named to the row that says it all.

A cell of a table may hold a `Ref`, or several in a tuple. A page makes it a link inside the page, a PDF one inside the
document, plain text shows the words. Nothing here leads outside: an address that a source gives is printed as text,
because such an address is whatever somebody wrote into a file, and a report must not be a way to have it opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tuiyan.wording import LANGUAGES, Text

UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
SEPARATOR = Text("、", ", ")


@dataclass(frozen=True, slots=True)
class Ref:
    """Words in a cell that lead to the place `to` of the report; `id` makes the row that they open such a place."""

    text: Text
    to: str = ""
    id: str = ""

    @property
    def zh(self) -> str:
        """The words in Chinese."""
        return self.text.zh

    @property
    def en(self) -> str:
        """The words in English."""
        return self.text.en


def anchor(kind: str, id_: str) -> str:
    """The name of a place: of letters that a page, an address and a PDF all take, and another for every id.

    Examples
    --------
    >>> anchor("assumption", "base.scale")
    'assumption-base.scale'
    >>> anchor("source", "a b")
    'source-a~20~b'
    """
    return f"{kind}-{UNSAFE.sub(lambda found: f'~{ord(found[0]):x}~', id_)}"


def words_of(cell: object) -> object:
    """A cell without its links: the words of one, the list of several; any other cell as it is."""
    if isinstance(cell, tuple):
        found = [words_of(each) for each in cell]
        texts = [each if isinstance(each, Text) else Text(str(each), str(each)) for each in found]
        return Text(*(SEPARATOR[lang].join(each[lang] for each in texts) for lang in LANGUAGES))
    return cell.text if isinstance(cell, Ref) else cell


def led(cell: object, lang: str) -> list[tuple[str, str]]:
    """The words of a cell that leads somewhere, or that is a list, each with its place; empty for any other cell.

    Examples
    --------
    >>> led((Ref(Text("甲", "one"), "row-1"), Text("乙", "two")), "en")
    [('one', 'row-1'), ('two', '')]
    """
    several = cell if isinstance(cell, tuple) else (cell,) if isinstance(cell, Ref) and cell.to else ()
    return [(str(getattr(words_of(each), lang, each)), getattr(each, "to", "")) for each in several]
