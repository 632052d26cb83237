"""A desk and a view on a copied workspace, with few draws and all work done at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import tuiyan as ty
from tuiyan.lab.desk import Desk
from tuiyan.lab.jobs import Jobs
from tuiyan.lab.view import View

DRAWS = 32


@pytest.fixture
def desk(workspace: Path) -> Desk:
    return Desk(ty.load("announced", workspace=workspace), draws=DRAWS)


@pytest.fixture
def view(desk: Desk) -> View:
    return View(desk, "en", Jobs(start=lambda work: work()))
