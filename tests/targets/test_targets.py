"""Every registered check, by the id of its row."""

import pkgutil
from importlib import import_module

import pytest

import tests.targets
from tests.targets import CHECKS, TARGETS

for module in pkgutil.iter_modules(tests.targets.__path__):
    if not module.name.startswith("test_"):
        import_module(f"tests.targets.{module.name}")


@pytest.mark.parametrize("row", sorted(CHECKS))
def test_target(row: str) -> None:
    assert row in TARGETS
    print(f"{row} {TARGETS[row]['topic']}: {TARGETS[row]['source']}")  # noqa: T201 - shown when the row fails
    CHECKS[row]()
