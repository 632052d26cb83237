"""Find a workspace, read all of it, and hold what it declares.

A workspace is a folder with `params/`: the checkout, a study of one's own, or the files shipped inside the wheel.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from tuiyan.inputs.checking import conform
from tuiyan.inputs.documents import Document, read_yaml
from tuiyan.inputs.findings import Finding, TuiyanError, stop_on_errors
from tuiyan.inputs.policy_schema import Goal, MeasureFile, PlanFile
from tuiyan.inputs.schema import DefinitionFile, Lever, LeverFile, Parameter, ParameterFile, SourceFile, TableFile
from tuiyan.inputs.tables import Tables, read_tables

Shape = TypeVar("Shape", bound=BaseModel)

PLAN = "shanghai-2017"
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
FILES: dict[str, type[BaseModel]] = {
    "parameters.yaml": ParameterFile,
    "tables.yaml": TableFile,
    "levers.yaml": LeverFile,
    "measures.yaml": MeasureFile,
    "definitions.yaml": DefinitionFile,
    "sources.yaml": SourceFile,
    f"goals/{PLAN}.yaml": PlanFile,
}


@dataclass(frozen=True, eq=False, repr=False)
class Workspace:
    """All declarations of one workspace. `documents` keeps the place of everything, for messages and provenance."""

    root: Path
    parameter_file: ParameterFile
    table_file: TableFile
    lever_file: LeverFile
    measure_file: MeasureFile
    definition_file: DefinitionFile
    source_file: SourceFile
    plan: PlanFile
    tables: Tables
    documents: Mapping[str, Document] = field(repr=False)
    warnings: tuple[Finding, ...] = ()

    @property
    def params(self) -> Path:
        """The folder `params/`."""
        return self.root / "params"

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Parameters by id."""
        return self.parameter_file.parameters

    @property
    def levers(self) -> dict[str, Lever]:
        """Levers by key."""
        return self.lever_file.levers

    @property
    def goals(self) -> dict[str, Goal]:
        """Statements of the document by register id (R01 ...)."""
        return self.plan.goals

    def __repr__(self) -> str:
        """Name of the folder and what it declares."""
        counts = f"{len(self.parameters)} parameters, {len(self.goals)} statements, {len(self.scenarios())} scenarios"
        return f"<Workspace {self.root.name}: {counts}>"

    def scenarios(self) -> list[str]:
        """Ids of the scenarios there are, in alphabetical order."""
        return sorted(path.stem for path in (self.params / "scenarios").glob("*.yaml") if SLUG.fullmatch(path.stem))

    def hashes(self) -> dict[str, str]:
        """sha256 of every file of `params/`, by its path inside the workspace, in order."""
        import hashlib

        files = declared_files(self.root)
        return {path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def find_workspace(given: Path | str | None = None) -> Path:
    """The workspace folder: `given`, else ``TUIYAN_WORKSPACE``, else the nearest parent folder that holds
    ``params/parameters.yaml``, else the shipped files.

    Raises
    ------
    TuiyanError
        When `given` (or the variable) holds no `params/parameters.yaml`.
    """  # noqa: D205 - one sentence
    named = given or os.environ.get("TUIYAN_WORKSPACE")
    if named:
        root = Path(named).expanduser().resolve()
        if not (root / "params" / "parameters.yaml").is_file():
            raise TuiyanError([Finding("E150", None, {"file": str(named)})])
        return root
    package = Path(__file__).resolve().parents[1]
    here = Path.cwd()
    for root in (here, *here.parents, package / "shipped", package.parents[1]):
        if (root / "params" / "parameters.yaml").is_file():
            return root
    raise TuiyanError([Finding("E150", None, {"file": str(here)})])


def declared_files(root: Path) -> list[Path]:
    """Every YAML and CSV file of `params/`, in order; hidden files and what is no file are passed over."""
    found = (path for path in (root / "params").rglob("*.*") if path.suffix in (".yaml", ".csv"))
    return sorted(path for path in found if not path.name.startswith(".") and path.is_file())


def read_workspace(root: Path) -> Workspace:
    """Read and check every declaration under `root`; all problems of all files come in one error.

    A second call returns the same object as long as no file changed.
    """
    stamp = []
    for path in declared_files(root):
        status = path.stat()
        stamp.append((str(path), status.st_mtime_ns, status.st_size))
    return _read(root, hash(tuple(stamp)))


@lru_cache(maxsize=4)
def _read(root: Path, _stamp: int) -> Workspace:
    from tuiyan.inputs.consistency import consistency

    findings: list[Finding] = []
    documents: dict[str, Document] = {}
    read: dict[str, BaseModel] = {}
    for name, shape in FILES.items():
        try:
            documents[name] = read_yaml(root / "params" / name, f"params/{name}")
            read[name] = conform(documents[name], shape)
        except TuiyanError as error:
            findings.extend(error.findings)
    tables: Tables | None = None
    if isinstance(columns := read.get("tables.yaml"), TableFile):
        try:
            tables = read_tables(root / "params", columns)
        except TuiyanError as error:
            findings.extend(error.findings)
    if findings or tables is None:
        raise TuiyanError(findings)
    workspace = Workspace(root, *(read[name] for name in FILES), tables, documents)  # type: ignore[arg-type, call-arg]
    found = tuple(consistency(workspace))
    stop_on_errors(found)
    return replace(workspace, warnings=found)
