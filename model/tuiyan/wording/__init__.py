"""Every text a reader sees, in Chinese and English.

Each module of this room holds one catalogue ``TEXTS: dict[str, tuple[str, str]]`` of (zh, en) pairs; `say` looks a key
up and fills its places. A key missing in any language cannot exist: the pair is one value.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, Lang] = ("zh", "en")
CATALOGUES = (
    "findings", "goals", "cli", "report", "manual", "analysis", "discovery", "learning", "backtest", "literature", "tables",
    "scoring", "pool", "vintages", "report_evidence", "report_tested",
    "report_pdf", "report_since", "publishing", "verify", "running", "scheduling", "lab_server", "lab",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; ``text["zh"]`` and ``text["en"]`` pick one."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        """The text in `lang`; KeyError for a language we do not have."""
        if lang not in LANGUAGES:
            raise KeyError(lang)
        return self.zh if lang == "zh" else self.en


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All texts of all catalogues; a key that stands in two of them is an error."""
    texts: dict[str, tuple[str, str]] = {}
    for name in CATALOGUES:
        part: dict[str, tuple[str, str]] = import_module(f"{__name__}.{name}").TEXTS
        twice = texts.keys() & part.keys()
        if twice:
            msg = f"wording key(s) declared twice: {sorted(twice)}"
            raise ValueError(msg)
        texts.update(part)
    return texts


def say(key: str, lang: str, /, **values: object) -> str:
    """The text of `key` in `lang`, its ``{places}`` filled with `values`.

    Raises
    ------
    KeyError
        For a key or language that no catalogue holds.
    """
    return Text(*catalogue()[key])[lang].format(**values)


def both(key: str, /, **values: object) -> Text:
    """`say` in both languages at once. A value that is itself a `Text` is filled in each language."""
    return Text(
        *(say(key, lang, **{k: v[lang] if isinstance(v, Text) else v for k, v in values.items()}) for lang in LANGUAGES)
    )


def preferred() -> Lang:
    """The reader's language by the locale of the environment: zh when it starts with ``zh``, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
