"""Plots of results: they take and return axes, speak the language asked for, and touch no global setting."""

from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
import tuiyan as ty
from matplotlib.figure import Figure

DRAWS = 256


def held() -> list[tuple[Callable[..., Any], Any]]:
    baseline, announced = ty.load("baseline"), ty.load("announced")
    projection = ty.run(announced, draws=DRAWS)
    packages = [baseline, announced]
    return [
        (ty.plots.fan, projection),
        (ty.plots.waterfall, ty.explain(baseline, announced, of="R01", draws=DRAWS)),
        (ty.plots.waterfall, ty.explain(baseline, announced, of="scale.total", by="lever", draws=DRAWS)),
        (ty.plots.growth, ty.explain(baseline, announced, by="growth", draws=DRAWS)),
        (ty.plots.tornado, ty.sensitivity(announced, "R06", method="tornado", draws=DRAWS)),
        (ty.plots.sobol, ty.sensitivity(announced, "lp.city", draws=DRAWS)),
        (ty.plots.trade_off, ty.discover(projection, "R01")),
        (ty.plots.frontier, ty.frontier(announced, "R01", (0.4, 0.56, 0.9), draws=DRAWS)),
        (ty.plots.regret, ty.regret(packages, packages, draws=DRAWS)),
    ]


def words(ax: Any) -> str:
    return " ".join(text.get_text() for text in ax.figure.findobj(lambda artist: hasattr(artist, "get_text")))


def test_every_plot_takes_and_returns_axes_in_both_languages() -> None:
    before = dict(mpl.rcParams)
    for plot, result in held():
        for lang in ("zh", "en"):
            with ty.plots.look():
                ax = Figure(figsize=(8, 5)).add_subplot()
                assert plot(result, lang=lang, ax=ax) is ax
            chinese = any("\u4e00" <= letter <= "\u9fff" for letter in words(ax))
            assert chinese == (lang == "zh"), plot.__name__
    assert dict(mpl.rcParams) == before


def test_a_waterfall_ends_where_the_alternative_is() -> None:
    found: Any = ty.explain(ty.load("baseline"), ty.load("announced"), of="R01", draws=DRAWS)
    with ty.plots.look():
        ax = ty.plots.waterfall(found, lang="en")
    bars: list[Any] = list(ax.patches)
    edges = [bar.get_x() + bar.get_width() for bar in bars]
    assert any(np.isclose(edge, found.after.value, atol=1e-9) for edge in edges)
    assert "R01" in ax.get_xlabel()


def test_a_result_of_another_method_is_refused() -> None:
    ranks = ty.sensitivity(ty.load("announced"), method="rank", draws=64)
    for plot in (ty.plots.tornado, ty.plots.sobol):
        with pytest.raises(ValueError, match="result of rank"):
            plot(ranks)


def test_a_series_that_is_not_there_is_refused() -> None:
    with pytest.raises(ty.TuiyanError, match="E143"):
        ty.plots.fan(ty.run(ty.load("baseline"), draws=64), "scale.totl")
