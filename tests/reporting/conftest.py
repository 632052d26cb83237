from pathlib import Path

import pytest
from tuiyan.reporting import study
from tuiyan.reporting.blocks import Block

ROOT = Path(__file__).parents[2]
PARTS = (
    "answer", "limits", "details", "scale", "since", "changes", "attribution", "productivity", "binding",
    "sensitivities", "discovery", "packages", "evidence", "counts", "assumptions", "coverage", "traps", "manifest",
)  # fmt: skip


def opened(scenario: str, as_of: str = "", against: str = "") -> study.Study:
    names = {"scenario": scenario, "against": against, "lang": "zh", "draws": 512, "seed": 0, "as_of": as_of}
    return study.open(names)


@pytest.fixture(scope="session")
def announced() -> study.Study:
    return opened("announced")


@pytest.fixture(scope="session")
def parts(announced: study.Study) -> list[tuple[Block, ...]]:
    return [getattr(announced, name)().blocks for name in PARTS]
