"""The panel without a front end, and its colours on any page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import tuiyan as ty
from papermill.execute import execute_notebook
from tuiyan.lab import drawing
from tuiyan.lab.desk import Desk
from tuiyan.lab.drawing import fan
from tuiyan.lab.kept import keep
from tuiyan.lab.panel import Panel, edit
from tuiyan.lab.static import page, style

WIDGET = "application/vnd.jupyter.widget-view+json"


def test_editing_needs_no_widgets_until_somebody_looks() -> None:
    code = (
        "import sys, tuiyan as ty; panel = ty.edit('announced', draws=32, lang='en'); panel.desk.move('talent', 0.5);"
        " print(panel); panel._repr_mimebundle_(); print('ipywidgets' in sys.modules, 'matplotlib' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "R01" in found
    assert found.strip().endswith("False False")


def test_without_a_front_end_the_cell_shows_a_table_and_a_figure() -> None:
    shown = edit("announced", draws=32, lang="zh")._repr_mimebundle_()
    assert WIDGET not in shown
    assert "<table" in str(shown["text/html"])
    assert "<svg" in str(shown["text/html"])


def test_a_cell_that_a_front_end_sent_shows_the_widgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.0")
    assert WIDGET in edit("announced", draws=32, lang="en")._repr_mimebundle_()


@pytest.mark.notebooks
def test_papermill_gets_the_static_page(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    source = "import tuiyan as ty\np = ty.edit('announced', draws=32, lang='en')\np.desk.move('talent', 0.5)\np"
    notebook.cells = [nbformat.v4.new_code_cell(source)]  # type: ignore[no-untyped-call]
    nbformat.write(notebook, tmp_path / "in.ipynb")  # type: ignore[no-untyped-call]
    made = execute_notebook(
        str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb"), kernel_name="python3", progress_bar=False
    )
    output = made.cells[-1].outputs[-1]
    assert output.output_type == "execute_result"
    assert set(output.data) == {"text/plain", "text/html"}
    assert 'data-goal="R01"' in output.data["text/html"]
    assert "<svg" in output.data["text/html"]
    assert "talent" in output.data["text/html"]


def test_the_page_asks_nobody_and_takes_its_colours_from_the_theme(desk: Desk) -> None:
    desk.move("talent", 0)
    keep(desk)
    for lang in ("zh", "en"):
        text = page(desk, lang)
        assert not re.search(r"https?:|src=|@import|url\(|<script", text)
    plain = re.sub(r"var\([^()]*\)", "", style())
    assert not re.search(r"(?<![\w-])(color|background)\s*:\s*#", plain)


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("paper", ["#ffffff", "#111111"])
def test_every_curve_stands_out_on_a_light_and_on_a_dark_page(paper: str) -> None:
    for colour in (drawing.NOW, drawing.BEFORE, drawing.GOAL, *drawing.KEPT):
        light, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, colour


def test_the_fan_is_one_picture_with_words_for_who_cannot_see_it(desk: Desk) -> None:
    desk.move("talent", 0)
    for _ in range(8):
        keep(desk)
    text = fan(desk, "en")
    assert text.count('role="img"') == 1
    assert "the goal is CNY 100bn" in text
    assert text.count("<polyline") == 2 + 8
    assert "NaN" not in text


def test_a_scenario_is_named_loaded_or_edited_before() -> None:
    loaded = ty.load("announced")
    for given in ("announced", loaded, loaded.with_(levers={"talent": 0.5})):
        assert isinstance(ty.edit(given, draws=32), Panel)
    with pytest.raises(ty.TuiyanError):
        ty.edit("anounced")
