"""Make the two fonts that the package ships from Noto Sans CJK SC.

Run it only when the set of characters changes: the fonts are committed, and running it again on the same
source writes the same bytes. The source is the collection that Linux systems install as "Noto Sans CJK"::

    python tools/make_fonts.py [folder with NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc]
"""

import hashlib
import io
import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Tuiyan Sans SC"
POSTSCRIPT = "TuiyanSansSC"
WEIGHTS = ("Regular", "Bold")
SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).resolve().parent.parent / "model" / "tuiyan" / "reporting" / "fonts"

# What reports print beyond GB 2312, ASCII and Latin-1.
EXTRA = (
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω"
    "ĀāĒēĚěĪīŃńŇňŌōŒœŪūǍǎǏǐǑǒǓǔ‐‑‒–—―‘’‚“”„†‡•…‰′″‹›€№℃™⁴"
    "←↑→↓↔⇐⇒⇔∂∆∏∑−√∝∞∫∴∵≈≠≡≤≥≦≧"
    "■□▪▫▲△▶▷▼▽◀◁◆◇○◎●★☆✓\u2002\u2003\u3000"
)

# What the source lacks and reports need, drawn from its own glyphs: small figures at the size and height of
# its ², and spaces that group digits (character: width in thousandths of an em).
RAISED = dict(zip("⁰⁵⁶⁷⁸⁹⁺⁻⁽⁾", "056789+−()", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎", "0123456789+−()", strict=True))
SPACES = {"\u2009": 200, "\u202f": 200, "\u200b": 0}
SMALL, RAISE, LOWER, SIDE = 0.6, 441, -150, 38
FIRST_FREE_CID = 65100  # glyphs of this kind of font are numbered; the source's own numbers end below this

# Kerning of Latin text, composed accents, and the half-width punctuation with which browsers close up 」，.
FEATURES = ["kern", "ccmp", "halt"]
TABLES = ["vhea", "vmtx", "VORG", "BASE"]  # vertical writing, which no report uses


def gb2312() -> set[int]:
    """Return the code points of GB 2312: 6,763 hanzi and 682 other characters."""
    rows, cells = range(0xA1, 0xF8), range(0xA1, 0xFF)
    text = "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    return {ord(character) for character in text}


def wanted() -> set[int]:
    """Return every code point that the shipped fonts aim to hold."""
    return gb2312() | set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | {ord(character) for character in EXTRA}


def source_face(path: Path) -> TTFont:
    """Return the simplified Chinese face of a collection of faces."""
    for face in TTCollection(io.BytesIO(path.read_bytes()), lazy=True).fonts:
        if face["name"].getDebugName(1) == "Noto Sans CJK SC":
            return face
    message = f"{path} holds no face named Noto Sans CJK SC"
    raise SystemExit(message)


def add_glyph(font: TTFont, character: str, like: str, transform: tuple[float, ...], width: int) -> None:
    """Add one glyph for `character`, the outline of `like` under an affine transform (an empty one for a space)."""
    top = font["CFF "].cff.topDictIndex[0]
    names: dict[int, str] = font.getBestCmap()
    number = top.FDSelect.gidArray[font.getGlyphID(names[ord(like)])]
    private = top.FDArray[number].Private
    glyphs = font.getGlyphSet()
    pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
    glyphs[names[ord(like)]].draw(TransformPen(pen, transform))
    added = FIRST_FREE_CID + sum(name >= f"cid{FIRST_FREE_CID}" for name in top.charset)
    name = f"cid{added}"
    top.charset.append(name)
    top.CharStrings.charStringsIndex.append(pen.getCharString(private, top.GlobalSubrs))
    top.CharStrings.charStrings[name] = len(top.charset) - 1
    top.FDSelect.gidArray.append(number)
    font.setGlyphOrder(top.charset)
    bearing = font["hmtx"][names[ord(like)]][1]
    font["hmtx"][name] = (width, round(transform[0] * bearing + transform[4]))
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in {4, 12}:
            table.cmap[ord(character)] = name


def add_small_figures_and_spaces(font: TTFont) -> None:
    """Add the characters of RAISED, LOWERED and SPACES."""
    names: dict[int, str] = font.getBestCmap()
    for figures, rise in ((RAISED, RAISE), (LOWERED, LOWER)):
        for character, like in figures.items():
            width = round(SMALL * font["hmtx"][names[ord(like)]][0]) + 2 * SIDE
            add_glyph(font, character, like, (SMALL, 0, 0, SMALL, SIDE, rise), width)
    for character, width in SPACES.items():
        add_glyph(font, character, " ", (1, 0, 0, 1, 0, 0), width)


def rename(font: TTFont, weight: str) -> None:
    """Give a subset its own name, as its licence asks, and keep the records of copyright and licence."""
    names = font["name"]
    version = names.getDebugName(5).split(";")[0]
    full = FAMILY if weight == "Regular" else f"{FAMILY} {weight}"
    new = {
        1: FAMILY,
        2: weight,
        3: f"{version.removeprefix('Version ')};tuiyan;{POSTSCRIPT}-{weight}",
        4: full,
        5: f"{version};subset of GB 2312 by tuiyan",
        6: f"{POSTSCRIPT}-{weight}",
        10: "Modified version: a subset of Noto Sans CJK SC with another name, without hints and vertical forms.",
    }
    names.names = [record for record in names.names if record.langID == 0x409]
    for number, text in new.items():
        names.setName(text, number, 3, 1, 0x409)
    inner: Any = font["CFF "].cff
    inner.fontNames = [new[6]]
    top = inner.topDictIndex[0]
    top.FamilyName, top.FullName, top.Weight = FAMILY, full, weight
    for number, part in enumerate(top.FDArray):
        part.FontName = f"{new[6]}-{number}"


def make(source: Path, weight: str, target: Path) -> set[int]:
    """Write one font; return the wanted code points that the source lacks."""
    font = source_face(source / f"NotoSansCJK-{weight}.ttc")
    missing = wanted() - set(font.getBestCmap())
    font.recalcTimestamp = False
    options = subset.Options(
        hinting=False,
        layout_features=FEATURES,
        drop_tables=[*subset.Options().drop_tables, *TABLES],
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
        recalc_bounds=True,
        recalc_timestamp=False,
        prune_codepage_ranges=True,
    )
    tool = subset.Subsetter(options)
    tool.populate(unicodes=wanted() - missing)
    tool.subset(font)
    # Saved and read again in between, so that the additions meet a plain font and not a lazy view of the source.
    buffer = io.BytesIO()
    font.save(buffer)
    font = TTFont(io.BytesIO(buffer.getvalue()), recalcTimestamp=False)
    add_small_figures_and_spaces(font)
    rename(font, weight)
    target.mkdir(parents=True, exist_ok=True)
    font.save(target / f"{POSTSCRIPT}-{weight}.otf", reorderTables=True)
    return missing


def main(arguments: list[str]) -> int:
    """Make both fonts and print their sizes, digests and the characters that the source lacks."""
    source = Path(arguments[0]) if arguments else SOURCE
    for weight in WEIGHTS:
        missing = make(source, weight, TARGET)
        path = TARGET / f"{POSTSCRIPT}-{weight}.otf"
        data = path.read_bytes()
        held = len(TTFont(path).getBestCmap())
        sys.stdout.write(f"{path.name}  {len(data)} bytes  {held} characters  {hashlib.sha256(data).hexdigest()}\n")
        sys.stdout.write(f"  not in the source: {' '.join(f'U+{code:04X}' for code in sorted(missing)) or 'none'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
