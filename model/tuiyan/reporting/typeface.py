"""The shipped Chinese font: its files, the characters it holds, and the part of it a page needs."""

from __future__ import annotations

import base64
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

FAMILY = "Tuiyan Sans SC"
FOLDER = Path(__file__).parent / "fonts"
FILES = {"regular": FOLDER / "TuiyanSansSC-Regular.otf", "bold": FOLDER / "TuiyanSansSC-Bold.otf"}
BOLD_TAGS = frozenset({"h1", "h2", "h3", "th", "strong", "caption", "figcaption", "summary"})


class MissingGlyphError(Exception):
    """A page or figure needs characters the shipped font lacks; `characters` lists them."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        codes = ", ".join(f"{c} U+{ord(c):04X}" for c in characters)
        super().__init__(f"the shipped font lacks: {codes} / 随附字体缺字：{codes}")


@cache
def coverage(weight: str) -> frozenset[int]:
    """The code points the font of `weight` (regular or bold) holds."""
    from fontTools.ttLib import TTFont

    with TTFont(FILES[weight], lazy=True) as font:
        return frozenset(font.getBestCmap())


def check(text: str, weight: str = "regular") -> None:
    """Raise `MissingGlyphError` when the font cannot draw every printing character of `text`."""
    missing = sorted({c for c in text if not c.isspace() and ord(c) not in coverage(weight)})
    if missing:
        raise MissingGlyphError("".join(missing))


class _Weights(HTMLParser):
    """Collects the characters a page shows in each weight."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: dict[str, set[str]] = {"regular": set(), "bold": set()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's call
        """Note an element that may change the weight."""
        if tag in BOLD_TAGS or tag in {"style", "title"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave it again."""
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Count the characters of a text."""
        if self.open and self.open[-1] in {"style", "title"}:
            return
        if not self.open or "th" in self.open:
            self.text["regular"].update(data)  # a header of a row is regular, and so is the unit in that of a column
        if self.open:
            self.text["bold"].update(data)


def characters(page: str) -> dict[str, str]:
    """The characters an HTML page shows in regular and in bold, sorted."""
    reader = _Weights()
    reader.feed(page)
    return {weight: "".join(sorted(found)) for weight, found in reader.text.items()}


@cache
def subset(weight: str, text: str) -> str:
    """The characters of `text` as a WOFF font in base64; the same text gives the same bytes.

    Raises
    ------
    MissingGlyphError
        When the font lacks one of them.
    """
    from fontTools import subset as cutter

    check(text, weight)
    options = cutter.Options()
    options.flavor = "woff"
    options.layout_features = ["kern", "palt"]
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [1, 2]
    options.recalc_timestamp = False
    options.notdef_outline = True
    cut = cutter.Subsetter(options)
    cut.populate(text=text)
    out = BytesIO()
    with cutter.load_font(str(FILES[weight]), options) as font:
        cut.subset(font)
        cutter.save_font(font, out, options)
    return base64.b64encode(out.getvalue()).decode("ascii")
