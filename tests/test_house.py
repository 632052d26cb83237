"""Rules of the house: arrows between rooms, YAML keys that are signatures, texts in both languages, a light import."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.draws.recipe import Inputs, recipe
from tuiyan.equations.firms import THRESHOLDS
from tuiyan.equations.supply import REFERENCE_WEIGHT
from tuiyan.inputs.laws import Fixed, Triangular
from tuiyan.inputs.tables import VALUE_ADDED_CLASSES
from tuiyan.inputs.variables import RULES
from tuiyan.projection import project
from tuiyan.wording import CATALOGUES, catalogue

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "model" / "tuiyan"
SHARED_BLOCKS = ("base", "macro", "scope", "lever")  # they serve several equations and are passed by name
NUMBER_LIBRARIES = {"numpy", "scipy"}

# What each room may import of ours, beyond itself and `wording`.
INPUTS = {"inputs"}
MODEL = INPUTS | {"draws", "equations", "world", "projection", "estimates", "ensemble"}
RESULTS = MODEL | {"register", "thresholds", "ledger", "results"}
ARROWS = {
    "wording": set(),
    "equations": set(),
    "inputs": set(),
    "draws": INPUTS,
    "estimates": {"draws"},
    "world": {"equations"},
    "projection": {"equations", "inputs", "world"},
    "ensemble": INPUTS | {"draws", "projection"},
    "register": INPUTS,
    "thresholds": {"estimates", "results"},
    "ledger": INPUTS | {"equations", "estimates", "register", "results", "thresholds"},
    "results": MODEL | {"grids", "ledger"},
    "grids": {"estimates", "inputs"},
    "analysis": RESULTS | {"grids"},
    "effects": INPUTS | {"ensemble"},
    "checks": INPUTS | {"effects"},
    "evidence": RESULTS | {"grids"},
    "reporting": RESULTS | {"analysis", "checks", "evidence"},
    "plots": RESULTS | {"analysis", "evidence", "grids", "reporting"},
    "cli": RESULTS | {"analysis", "checks", "effects", "evidence", "grids", "reporting"},
    "lab": RESULTS | {"analysis", "checks", "effects", "evidence", "grids", "reporting"},
}
ONLY_IN = {
    "matplotlib": {"reporting", "plots"}, "papermill": {"reporting"}, "nbformat": {"reporting"},
    "nbclient": {"reporting"}, "jinja2": {"reporting"}, "fontTools": {"reporting"}, "yaml": {"inputs", "reporting"},
    "pydantic": {"inputs", "cli"}, "statsmodels": {"evidence"}, "ipywidgets": {"lab"}, "tqdm": {"cli"},
    "typst": {"reporting"}, "filelock": {"reporting"},
}  # fmt: skip


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Room, path and syntax tree of every module of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield parts[0], str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Dotted names a module imports, and whether only for the type checker."""
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in guarded) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", id(node) in guarded) for alias in node.names)


def test_import_arrows() -> None:
    wrong = []
    for room, path, tree in modules():
        if room in ("__init__", "__main__"):
            continue
        for name, types_only in imported(tree):
            top, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if top == "tuiyan" and other not in ({room, "wording", "__version__"} | ARROWS[room]) and not types_only:
                wrong.append(f"{path}: {room} → {other}")
            if top in ONLY_IN and room not in ONLY_IN[top]:
                wrong.append(f"{path}: {room} imports {top}")
    assert wrong == []


def test_equations_import_numbers_only() -> None:
    for room, path, tree in modules():
        if room in ("equations", "world", "projection"):
            for name, _ in imported(tree):
                top = name.partition(".")[0]
                assert top in NUMBER_LIBRARIES | set(sys.stdlib_module_names) | {"tuiyan"}, path
                assert not name.startswith("scipy.stats"), path


def blocks() -> dict[str, set[str]]:
    """Keys of the register by block."""
    found: dict[str, set[str]] = {}
    for id_ in ty.load("baseline").workspace.parameters:
        block, _, key = id_.partition(".")
        found.setdefault(block, set()).add(key)
    return found


def moved(inputs: Inputs, block: str, key: str) -> Inputs:
    """The inputs with one parameter changed, upwards and by a lot."""
    value = np.asarray(inputs[block][key])
    return {**inputs, block: {**inputs[block], key: value * 0.7 if 0 < value.max() <= 1 else value * 1.5 + 1}}


def test_every_parameter_moves_an_output_or_is_named_elsewhere() -> None:
    """What no equation uses must be named by a goal, a bridge or a lever, or be a curve of the coming issues."""
    scenario = ty.load("announced")
    plan = recipe(scenario)
    inputs = plan.inputs(draws=32, seed=0)
    whole = project(inputs, plan.levers, plan.years)
    workspace = scenario.workspace
    named = {goal.test.scope for goal in workspace.goals.values() if goal.test}
    named |= {bridge.through for bridge in workspace.definition_file.bridges}
    named |= {lever.displacement for lever in workspace.levers.values()}
    named |= {"scope.observation_error", "gdp.elimination"}  # their functions wait for a caller
    for id_ in workspace.parameters:
        block, _, key = id_.partition(".")
        if block == "curve" or id_ in named:
            continue
        found = project(moved(inputs, block, key), plan.levers, plan.years)
        assert any(not np.array_equal(found[name], whole[name]) for name in whole), id_


def test_numbers_that_stand_twice_are_the_same() -> None:
    parameters = ty.load("baseline").workspace.parameters
    assert RULES == THRESHOLDS
    for factor, weight in REFERENCE_WEIGHT.items():
        law = parameters[f"supply.weight_{factor}"].law
        assert isinstance(law, Triangular)
        assert law.mode == weight, factor
    assert VALUE_ADDED_CLASSES == ("electronics", "machinery", "software")


def test_no_parameter_is_without_source_unit_grade_and_names() -> None:
    workspace = ty.load("baseline").workspace
    for id_, parameter in workspace.parameters.items():
        assert parameter.sources, id_
        assert set(parameter.sources) <= workspace.source_file.sources.keys(), id_
        assert parameter.unit, id_
        assert parameter.grade, id_
        assert re.search(r"[\u4e00-\u9fff]", parameter.zh), id_
        assert not re.search(r"[\u4e00-\u9fff]", parameter.en), id_


def test_what_is_uncertain_has_a_stream_of_its_own_and_policy_has_none() -> None:
    parameters = ty.load("baseline").workspace.parameters
    for id_, parameter in parameters.items():
        if id_.startswith("policy."):
            assert parameter.stream is None, id_
            assert isinstance(parameter.law, Fixed), id_
        elif not isinstance(parameter.law, Fixed):
            assert parameter.stream is not None, id_


OTHER_LANGUAGE = {"report.other_language", "index.to_zh"}  # a link to a page is named in the language of the page


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_are_complete() -> None:
    assert len(catalogue()) > 150
    for key, (zh, en) in catalogue().items():
        assert zh.strip(), key
        assert en.strip(), key
        assert places(zh) == places(en), key
        if key not in OTHER_LANGUAGE:
            assert not re.search(r"[\u4e00-\u9fff]", en.replace("亿元", "").replace("推演", "")), key


def test_every_finding_that_is_raised_has_words_and_every_worded_one_is_raised() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.parent.name != "wording"
    )
    raised = set(re.findall(r'"([EWN]\d{3})"', source))
    worded = {key for key in catalogue() if re.fullmatch(r"[EWN]\d{3}", key)}
    assert raised == worded
    assert all(f"{code}.remedy" in catalogue() for code in raised)


def test_catalogues_are_registered() -> None:
    assert {path.stem for path in (PACKAGE / "wording").glob("*.py")} >= set(CATALOGUES)


def test_importing_the_package_is_light() -> None:
    code = (
        "import sys, tuiyan; print([m for m in ('matplotlib', 'statsmodels', 'pandas', 'papermill', 'scipy.stats',"
        " 'numpy', 'xarray', 'pydantic', 'yaml') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_public_names_resolve_and_are_few() -> None:
    assert len(ty.__all__) <= 25
    for name in ty.__all__:
        assert getattr(ty, name) is not None
    assert set(ty.__all__) <= set(dir(ty))
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        ty.lod  # noqa: B018


def test_a_public_name_stays_what_it_is_after_its_neighbours_are_imported() -> None:
    """A submodule of the same name would hide a public function once it is imported."""
    code = (
        "import tuiyan, pkgutil; names = {m.name for m in pkgutil.iter_modules(tuiyan.__path__)};"
        " print(sorted(names & set(tuiyan.__all__)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
