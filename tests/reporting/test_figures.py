"""Figures take and return axes, change no global setting, and give the same bytes twice."""

from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
import tuiyan as ty
from matplotlib.figure import Figure as Canvas
from tuiyan.reporting import figures, style, typeface
from tuiyan.wording import LANGUAGES, Text

YEARS = tuple(range(2017, 2031))
FAN = figures.Fan(
    "announced", Text("甲", "a"), YEARS, np.linspace(1, 5, 5)[:, None] * np.linspace(300, 900, len(YEARS))
)
SPREAD = figures.Spread(Text("甲", "a"), 0.1, 0.2, 0.3, "announced")
COUNTS = figures.Counts(Text("甲", "a"), np.arange(5.0), np.full(5, 0.2), 3.0, "announced")


def canvas() -> Any:
    return Canvas().add_subplot()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_draws_on_the_axes_it_is_given(lang: str) -> None:
    with style.look():
        ax = canvas()
        assert figures.fan(FAN, lang=lang, ax=ax, goal=1000.0, other=FAN) is ax
        ax = canvas()
        assert figures.adoption([(SPREAD, SPREAD, 0.05)], (FAN.title, FAN.title), lang=lang, ax=ax) is ax
        ax = canvas()
        assert figures.measured(FAN, FAN, lang=lang, ax=ax) is ax
        assert figures.anchors([SPREAD], lang=lang) is not None
        assert figures.counts(COUNTS, lang=lang) is not None


def test_no_global_setting_changes() -> None:
    before = dict(mpl.rcParams)
    style.draw(lambda figure, lang: figures.fan(FAN, lang=lang, ax=figure.add_subplot()), (4, 3))
    assert dict(mpl.rcParams) == before


def test_the_goal_line_is_labelled_and_the_years_after_the_deadline_are_marked() -> None:
    with style.look():
        ax = figures.fan(FAN, lang="en", goal=1000.0, factor=0.1)
    words = {text.get_text() for text in ax.texts}
    assert words == {"goal: above CNY 100bn", "scenario band"}
    near = figures.fan(FAN.until(2020), lang="en")
    assert not near.texts


def test_the_same_figure_has_the_same_bytes_and_no_date() -> None:
    drawn = [
        style.draw(lambda f, lang: figures.counts(COUNTS, lang=lang, ax=f.add_subplot()), (4, 3)) for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert "dc:date" not in drawn[0].zh
    assert "Matplotlib" not in drawn[0].zh
    assert "<text" not in drawn[0].zh


def test_a_character_the_font_lacks_stops_the_figure() -> None:
    with pytest.raises((typeface.MissingGlyphError, UserWarning)):
        style.draw(lambda figure, _: figure.add_subplot().set_title("𠮷"), (4, 3))


def test_a_scenario_keeps_its_colour_and_the_shipped_ones_differ() -> None:
    names = ["baseline", "announced", "delayed", "demand_led", "supply_led"]
    assert len({style.colour(name) for name in names}) == len(names)
    assert style.colour("my-own") == style.colour("my-own")


def test_every_shipped_scenario_has_a_colour_of_its_own() -> None:
    names = ty.load("baseline").workspace.scenarios()
    assert len({style.colour(name) for name in names}) == len(names)
