"""One block of parameters is one module of equations, and each key of it a keyword-only argument there."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
import tuiyan.equations
import yaml

REGISTER = Path(__file__).parents[2] / "params" / "parameters.yaml"
SHARED_BLOCKS = ("base", "macro", "lever", "scope")  # serve several equations, so they have no module of their own
OWN_KEYWORDS = ("scope",)  # yet a function of this shared block takes its keys by keyword
# Types and quantiles, and textbook functions whose every number is an argument: no parameter of the model.
BLOCKLESS_MODULES = (
    "accounting", "arrays", "discrete", "growth", "growth_curves", "input_output", "prices", "regional",
)  # fmt: skip


def keys() -> set[str]:
    return set(yaml.safe_load(REGISTER.read_text(encoding="utf-8"))["parameters"])


def modules() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(tuiyan.equations.__path__)]


def functions(module: str) -> Iterator[Callable[..., object]]:
    for name, function in vars(import_module(f"tuiyan.equations.{module}")).items():
        if inspect.isfunction(function) and not name.startswith("_") and function.__module__.endswith(f".{module}"):
            yield function


def keywords(function: Callable[..., object]) -> set[str]:
    """Keyword-only arguments; a trailing underscore only dodges a word of Python."""
    parameters = inspect.signature(function).parameters.values()
    return {parameter.name.rstrip("_") for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}


def test_every_block_has_a_module_and_every_module_a_block() -> None:
    blocks = {key.partition(".")[0] for key in keys()}
    assert blocks - set(SHARED_BLOCKS) == set(modules()) - set(BLOCKLESS_MODULES) - set(OWN_KEYWORDS)


@pytest.mark.parametrize("module", BLOCKLESS_MODULES)
def test_a_module_without_a_block_exists_has_no_keys_and_takes_no_keywords(module: str) -> None:
    assert module in modules()
    assert module not in {key.partition(".")[0] for key in keys()}
    assert {name for function in functions(module) for name in keywords(function)} == set()


@pytest.mark.parametrize("module", sorted(set(modules()) - set(BLOCKLESS_MODULES)))
def test_every_keyword_is_a_key_and_every_key_a_keyword(module: str) -> None:
    own = {key.partition(".")[2] for key in keys() if key.startswith(f"{module}.")}
    if module == "curve":
        taken = {name for function in functions(module) for name in curve_keys(function, own)}
    else:
        taken = {name for function in functions(module) for name in keywords(function)}
    if module in OWN_KEYWORDS:
        assert taken <= own
    else:
        assert taken == own


def curve_keys(function: Callable[..., object], own: set[str]) -> set[str]:
    """Keys of the block ``curve``: ``<function>.<keyword>`` where there is one, else the plain keyword."""
    names = keywords(function)
    return {f"{function.__name__}.{name}" if f"{function.__name__}.{name}" in own else name for name in names}


def test_no_equation_takes_more_than_eight_positional_arguments() -> None:
    for module in modules():
        for function in functions(module):
            parameters = inspect.signature(function).parameters.values()
            assert sum(p.kind is p.POSITIONAL_OR_KEYWORD for p in parameters) <= 8, function.__name__


def test_equations_import_only_numpy_scipy_and_each_other() -> None:
    for module in modules():
        source = inspect.getsource(import_module(f"tuiyan.equations.{module}"))
        imported = [line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))]
        allowed = ("numpy", "scipy", "collections.abc", "typing", "tuiyan.equations")
        assert all(name.startswith(allowed) for name in imported), (module, imported)
        assert "scipy.stats" not in source
