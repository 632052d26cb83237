"""The one look of all figures: fonts by path, colours safe for colour-blind readers, no global change.

A scenario has the same colour and the same dashes in every figure, so that the figures also work in grey.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tuiyan.reporting.typeface import FAMILY, FILES, check
from tuiyan.wording import LANGUAGES, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's palette without its yellow, which is too light on white paper, and two dark tones of Tol's.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#882255", "#117733", "#332288", "#000000")
BASELINE = "#5c6670"
SHIPPED = (
    "announced", "delayed", "demand_led", "supply_led", "talent_squeeze", "finance_drought", "fast_technology",
    "sceptic_productivity", "wide_scope",
)  # fmt: skip
INK, FAINT, GOAL, BAND = "#1b1f24", "#565d69", "#a3123a", "#f0f1f3"

RC: dict[str, Any] = {
    "font.family": [FAMILY],
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e3e6ea",
    "grid.linewidth": 0.7,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "lines.linewidth": 1.8,
    "text.parse_math": False,
    "text.usetex": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "tuiyan",
    "figure.dpi": 100,
    "savefig.bbox": None,
}


def colour(scenario: str) -> str:
    """The colour of a scenario, the same in every figure and report."""
    if scenario == "baseline":
        return BASELINE
    if scenario in SHIPPED:
        return PALETTE[SHIPPED.index(scenario)]
    return PALETTE[1 + crc32(scenario.encode()) % (len(PALETTE) - 1)]  # never that of `announced`, the usual parent


def dashes(scenario: str) -> str:
    """The line style of a scenario: dashed for the baseline, solid for all others."""
    return "--" if scenario == "baseline" else "-"


@cache
def _register() -> None:
    """Make the shipped fonts known to matplotlib by their paths; fonts of the machine are never used."""
    from matplotlib import font_manager

    for path in FILES.values():
        font_manager.fontManager.addfont(path)


@contextmanager
def look() -> Iterator[None]:
    """Our settings for the length of a block; a character the font lacks becomes an error there."""
    import matplotlib as mpl

    _register()
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(RC)  # type: ignore[arg-type]
        warnings.filterwarnings("error", message=r"Glyph \d+")
        yield


def draw(paint: Callable[[Any, str], object], size: tuple[float, float]) -> Text:
    """An SVG for each language: `paint(figure, lang)` fills an empty figure of `size` inches.

    The file holds no date, no name of a program and no outside address beyond the SVG name spaces.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    drawn = []
    for lang in LANGUAGES:
        with look():
            figure = Figure(figsize=size, layout="constrained")
            canvas: Any = FigureCanvasSVG(figure)
            paint(figure, lang)
            for text in figure.findobj(lambda artist: hasattr(artist, "get_text")):
                check(str(text.get_text()))  # type: ignore[attr-defined]
            out = StringIO()
            # What `savefig` would write, which draws all of it once more to lay it out.
            canvas.print_svg(out, metadata={"Date": None, "Creator": None})
            drawn.append(out.getvalue())
    return Text(*drawn)


def axes_of(ax: Axes | None) -> Axes:
    """`ax`, or the axes of a new figure of its own."""
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    return Figure(layout="constrained").add_subplot()
