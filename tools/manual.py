"""The generated pages of docs/: `python3 run.py docs`.

Findings come from `wording.findings` and the examples of docs/findings.yaml; parameters from params/.
"""

import re
import string
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tuiyan.inputs.documents import read_yaml
from tuiyan.inputs.laws import describe
from tuiyan.inputs.schema import Parameter
from tuiyan.inputs.units import unit_name
from tuiyan.inputs.workspace import read_workspace
from tuiyan.wording import LANGUAGES, catalogue, say

from tools.environment import ROOT

DOCS = ROOT / "docs"
EXAMPLES = DOCS / "findings.yaml"
CODE = re.compile(r"[EWN]\d{3}")
LEVELS = {"E": "error", "W": "warning", "N": "note"}
TRIAL = "params/scenarios/trial.yaml"
HEAD = """extends: announced
title: {zh: 试, en: Trial}
story: {zh: 试, en: Trial}
author: test
reason: {zh: 试, en: trial}
"""
COLUMNS = ("id", "zh", "en", "unit", "law", "bounds", "grade", "sources")


@dataclass(frozen=True)
class Example:
    """The smallest input that gives a finding, in one of several forms.

    Attributes
    ----------
    scenario
        What follows `HEAD` in a trial scenario.
    file, text
        A whole file; saved in `encoding`, `text` repeated `times`.
    changes
        Pairs of an old and a new text of the shipped `file`; only the first place of the old one changes.
    command, python, notebook
        A line for the terminal, an expression, the parameters cell of the notebook.
    """

    scenario: str = ""
    file: str = TRIAL
    text: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"
    times: int = 1
    command: str = ""
    python: str = ""
    notebook: str = ""


def codes() -> list[str]:
    """All codes that have words, by number."""
    return sorted((key for key in catalogue() if CODE.fullmatch(key)), key=lambda code: (code[1:], code[0]))


def examples() -> dict[str, Example]:
    """The example of each code."""
    data = read_yaml(EXAMPLES, EXAMPLES.relative_to(ROOT).as_posix()).data
    return {code: Example(**fields) for code, fields in data.items()}


def readable(template: str) -> str:
    """A message with its places shown as code, safe for Markdown."""
    parts = string.Formatter().parse(template)
    return "".join(
        words.replace("*", r"\*").replace("<", "&lt;") + (f"`{{{name}}}`" if name else "")
        for words, name, _, _ in parts
    )


def both(key: str, gap: str = "\n\n", **values: object) -> str:
    """A text in both languages."""
    return gap.join(dict.fromkeys(say(key, lang, **values) for lang in LANGUAGES))


def fenced(language: str, text: str) -> str:
    """A block of code."""
    return f"```{language}\n{text.rstrip()}\n```"


def snippet(example: Example) -> str:
    """An example as the page shows it."""
    if example.scenario:
        typed = [both("manual.typed", " "), fenced("sh", example.command)] if example.command else []
        return "\n\n".join([fenced("yaml", example.scenario), *typed])
    if example.changes:
        marked = [(mark, part) for pair in example.changes for mark, part in zip("-+", pair, strict=True)]
        lines = [f"{mark}{line}" for mark, part in marked for line in part.splitlines()]
        return both("manual.instead", " ", file=example.file) + "\n\n" + fenced("diff", "\n".join(lines))
    if example.text:
        how = (
            "manual.repeated"
            if example.times > 1
            else "manual.added"
            if example.encoding == "utf-8"
            else "manual.encoded"
        )
        told = both(how, " ", file=example.file, encoding=example.encoding, times=example.times)
        return told + "\n\n" + fenced(example.file.rpartition(".")[2], example.text)
    for key, language in (("command", "sh"), ("python", "python"), ("notebook", "python")):
        if text := getattr(example, key):
            words = {"command": "manual.typed"}.get(key, f"manual.{key}")
            return both(words, " ") + "\n\n" + fenced(language, text)
    raise ValueError(f"an example without a form: {example}")


def findings() -> str:
    """The page of all findings."""
    shown = examples()
    parts = [f"# {both('manual.findings', ' · ')}", f"<!-- {both('manual.generated', ' ')} -->"]
    parts += [both("manual.findings.about"), both("manual.head"), fenced("yaml", HEAD)]
    for code in codes():
        parts.append(f"## {code} · {both(f'level.{LEVELS[code[0]]}', ' ')}")
        for number, lang in enumerate(LANGUAGES):
            message, remedy = (readable(catalogue()[key][number]) for key in (code, f"{code}.remedy"))
            gap = "" if lang == "zh" else " "
            parts.append(f"{message}{gap}**{say('manual.remedy', lang)}**{'：' if lang == 'zh' else ': '}{remedy}")
        if code in shown:
            parts.append(snippet(shown[code]))
    return "\n\n".join(parts) + "\n"


def law(parameter: Parameter) -> str:
    """The laws of a parameter: as registered, then from the day of each revision."""
    later = [
        f"{both('manual.from', ' / ', day=revision.known_from)}: {describe(revision.law)}"
        for revision in parameter.revisions
    ]
    return "; ".join([describe(parameter.law), *later])


def rows() -> Iterator[tuple[str, ...]]:
    """One row for each parameter."""
    for id_, parameter in read_workspace(ROOT).parameters.items():
        bounds = [f"`{each}`" for each in (parameter.hard, parameter.soft) if each]
        unit = " / ".join(dict.fromkeys(unit_name(parameter.unit, lang) for lang in LANGUAGES))
        grade = both(f"report.grade.{parameter.grade}", " ")
        yield (
            f"`{id_}`", parameter.zh, parameter.en, unit, law(parameter), " ".join(bounds), grade,
            " ".join(parameter.sources),
        )  # fmt: skip


def parameters() -> str:
    """The page of all parameters, one table a block."""
    parts = [f"# {both('manual.parameters', ' · ')}", f"<!-- {both('manual.generated', ' ')} -->"]
    found = list(rows())
    parts.append(both("manual.parameters.about", count=len(found)))
    head = f"| {' | '.join(both(f'manual.{column}', ' ') for column in COLUMNS)} |\n|{' --- |' * len(COLUMNS)}"
    for block in dict.fromkeys(row[0].strip("`").partition(".")[0] for row in found):
        lines = [
            f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
            for row in found
            if row[0].strip("`").partition(".")[0] == block
        ]
        parts += [f"## {block}", "\n".join([head, *lines])]
    return "\n\n".join(parts) + "\n"


PAGES: dict[str, Callable[[], str]] = {"findings.md": findings, "parameters.md": parameters}


def main() -> int:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
