"""The executed notebook as a bundle keeps it: what was asked and shown, and nothing of the machine or of the hour.

Its blocks are what the pages are drawn from, so a page can be drawn again from it and compared. Numbers in them have
ten significant digits; cell ids follow from place and content; timings, paths, versions and memory addresses are gone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from tuiyan.reporting import render
from tuiyan.reporting.blocks import MIME, decode, encode
from tuiyan.reporting.html import Title
from tuiyan.wording import LANGUAGES, Text

INJECTED, ASKED = "injected-parameters", "parameters"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
OURS = "tuiyan"  # our own entry in the notebook's metadata
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
LANG = re.compile(r"""^lang\s*=\s*["'](\w+)["']""", re.MULTILINE)


def stripped(executed: Any, settings: Mapping[str, str | int], title: Title) -> dict[str, Any]:
    """An executed notebook as plain data that is the same for every run of the same settings.

    Parameters
    ----------
    executed
        As papermill leaves it.
    settings
        What its parameters cell received, scenarios by their ids; without the language, which is that of the notebook.
    title
        What stands on top of its pages; kept in the metadata.
    """
    asked = next((cell.source for cell in executed.cells if ASKED in _tags(cell)), "")
    named = LANG.search(asked)
    lang = named[1] if named and named[1] in LANGUAGES else LANGUAGES[0]
    given = "\n".join(["# Parameters", *(f"{name} = {_literal(value)}" for name, value in settings.items())])
    cells = [_cell(place, cell, given, lang) for place, cell in enumerate(executed.cells)]
    head = {name: encode(getattr(title, name)) for name in ("title", "story", "meta", "footer")}
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}, OURS: head}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def asked(parameters: Mapping[str, str | int], run: Mapping[str, object]) -> dict[str, str | int]:
    """The parameters of a run as a report may show them: scenarios by id and not by path, and no language.

    Examples
    --------
    >>> asked({"scenario": "/tmp/mine.yaml", "lang": "zh", "draws": 512}, {"scenario": "mine"})
    {'scenario': 'mine', 'draws': 512}
    """
    many = run.get("scenarios", [])
    ids = {"scenarios": ", ".join(map(str, many))} if isinstance(many, list) else {}
    ids |= {key: str(run[key]) for key in ("scenario", "against") if parameters.get(key)}
    return {key: ids.get(key, value) for key, value in parameters.items() if key != "lang"}


def to_json(notebook: Mapping[str, Any]) -> str:
    """The file: sorted keys, one space, a closing line feed."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def title_of(notebook: Mapping[str, Any]) -> Title:
    """What stands on top of the pages of a notebook that was `stripped`.

    Raises
    ------
    KeyError, TypeError
        When it is none.
    """
    head = notebook["metadata"][OURS]
    return Title(**{name: Text(**head[name]) for name in ("title", "story", "meta", "footer")})


def rounded(data: Any) -> Any:
    """Plain data with every number that is no whole one at ten significant digits.

    Examples
    --------
    >>> rounded({"rows": [[1, 1000 / 3, "a"]]})
    {'rows': [[1, 333.3333333, 'a']]}
    """
    if isinstance(data, dict):
        return {key: rounded(value) for key, value in data.items()}
    if isinstance(data, list):
        return [rounded(value) for value in data]
    return float(f"{data:.10g}") if isinstance(data, float) else data


def _cell(place: int, cell: Any, given: str, lang: str) -> dict[str, Any]:
    """One cell without its times."""
    tags = _tags(cell)
    source = given if INJECTED in tags else cell.source
    name = hashlib.sha256(f"{place}\n{cell.cell_type}\n{source}".encode()).hexdigest()[:12]
    kept: dict[str, Any] = {"id": name, "cell_type": cell.cell_type, "source": source.splitlines(keepends=True)}
    kept["metadata"] = {"tags": tags} if tags else {}
    if cell.cell_type == "code":
        shown = (_output(output, lang) for output in cell.outputs)
        kept |= {"execution_count": cell.execution_count, "outputs": [each for each in shown if each]}
    return kept


def _output(output: Any, lang: str) -> dict[str, Any] | None:
    """One output; our own blocks are drawn again, in the notebook's language; talk on stderr is left out."""
    kept: dict[str, Any] = {"output_type": output.output_type}
    if output.output_type == "stream":
        return None if output.name == "stderr" else {**kept, "name": output.name, "text": _scrubbed(output.text)}
    data = json.loads(json.dumps(output.get("data", {})))
    if MIME in data:
        data[MIME] = rounded(data[MIME])
        blocks = [decode(block) for block in data[MIME]["blocks"]]
        data |= {"text/plain": render.plain(blocks, lang), "text/html": render.fragment(blocks, lang)}
    else:
        data = {kind: _scrubbed(text) for kind, text in data.items()}
    kept |= {"data": data, "metadata": {}}
    return {**kept, "execution_count": output.execution_count} if output.output_type == "execute_result" else kept


def _scrubbed(text: Any) -> Any:
    """A text without the addresses of objects in memory."""
    return ADDRESS.sub("0x…", text) if isinstance(text, str) else text


def _tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _literal(value: str | int) -> str:
    """A value as Python reads it; Chinese letters stay letters."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
