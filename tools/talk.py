"""What run.py says: on stderr, in Chinese or English by the locale, one line at a time."""

import locale
import os
import sys
from collections.abc import Mapping


class SetupError(Exception):
    """A problem that a person can mend, said in one sentence; run.py ends with `code`."""

    def __init__(self, english: str, chinese: str, code: int = 3) -> None:
        super().__init__(english)
        self.sentence = pick(english, chinese)
        self.code = code


def speaks_chinese(environment: Mapping[str, str]) -> bool:
    """Return whether the first of the locale settings that is set asks for Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name].lower().startswith("zh")
    return sys.platform == "win32" and (locale.getlocale()[0] or "").startswith("Chinese")


def pick(english: str, chinese: str) -> str:
    """Return the text in the language of the locale."""
    return chinese if speaks_chinese(os.environ) else english


def say(english: str, chinese: str) -> None:
    """Write one line on stderr."""
    sys.stderr.write(f"tuiyan: {pick(english, chinese)}\n")
    sys.stderr.flush()
