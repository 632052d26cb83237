"""What can be known of a report before a kernel is started: where it goes, and what would stop it late."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tuiyan.evidence import archive
from tuiyan.inputs.documents import Key
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting import typeface

PACKAGE = Path(__file__).resolve().parents[1]
COMPARE, SHOCKS, BACKTEST = "compare", "standard_shocks", "backtest"
TAKEN = (COMPARE, SHOCKS, BACKTEST)  # folders of reports that are not those of one scenario
NOTEBOOKS = ("report", *TAKEN)
RESERVED = (*TAKEN, archive.FOLDER)  # published there, a report would take the place of all earlier forecasts


def default_folder(root: Path) -> Path:
    """``reports/`` of the workspace; where the workspace is the shipped one, of the folder one stands in."""
    return (Path.cwd() if PACKAGE in root.parents else root) / "reports"


def find_notebook(root: Path, name: Path) -> Path:
    """The notebook of the workspace, else the shipped one, else the checkout's."""
    for base in (root, PACKAGE / "shipped", PACKAGE.parents[1]):
        if (base / name).is_file():
            return base / name
    raise FileNotFoundError(name)


def named(scenario: Scenario | None, given: str | Path) -> str:
    """How the kernel finds a scenario: by its id, or by the full path of its file."""
    if scenario is None or not str(given):
        return ""
    return scenario.id if str(given) == scenario.id else str(Path(given).resolve())


def refuse(scenario: Scenario, other: Scenario | None, name: str) -> None:
    """What would stop the run later, or take another report's place.

    Raises
    ------
    TuiyanError
        For a scenario that has the name of another report, for a file of elsewhere that has the name of a scenario of
        the workspace, for a comparison that does not end in the same year, and for texts that the shipped font cannot
        draw.
    """
    own = scenario.workspace.params / "scenarios" / f"{scenario.id}.yaml"
    findings = []
    elsewhere = name != scenario.id and own.is_file() and own.resolve() != Path(name).resolve()
    if elsewhere or scenario.id in RESERVED:
        findings.append(Finding("E166", scenario.layer.document.place(()), {"name": scenario.id}))
    if other and other.horizon != scenario.horizon:
        findings.append(Finding("E148", scenario.layer.document.place(("horizon",))))
    findings += undrawable(scenario)
    if findings:
        raise TuiyanError(findings)


def undrawable(scenario: Scenario) -> Iterator[Finding]:
    """The texts of a scenario's file, of those it extends, and of the declarations that the font cannot draw."""
    for each in scenario.chain:
        for key, text in texts_of(each):
            if codes := _lacking(text):
                yield Finding("E172", each.layer.document.place((key,)), {"key": key, "letters": codes})
    for document in scenario.workspace.documents.values():
        yield from (
            Finding("E172", document.place(path), {"key": path[-1], "letters": codes})
            for path, text in _texts(document.data)
            if (codes := _lacking(text))
        )


def _lacking(text: str) -> str:
    """The characters of a text that the shipped font lacks, as code points."""
    try:
        typeface.check(text)
    except typeface.MissingGlyphError as error:
        return " ".join(f"U+{ord(letter):04X}" for letter in error.characters)
    return ""


def _texts(data: Any, path: Key = ()) -> Iterator[tuple[Key, str]]:
    """The texts of plain data, keys among them, each with where it stands."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key), str(key)
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*path, number))


def texts_of(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """The texts of a scenario's own file that a report shows, by the key they stand under."""
    file = scenario.layer.file
    for key in ("title", "story", "reason"):
        text = getattr(file, key)
        yield key, text.zh + text.en
    yield "author", file.author
    for text in file.not_modelled:
        yield "not_modelled", text.zh + text.en
    for key, changes in (("levers", file.levers), ("uncertain", file.uncertain)):
        for change in changes.values():
            yield key, change.because.zh + change.because.en
    for moved in file.correlations:
        yield "correlations", moved.because.zh + moved.because.en
