"""The shipped fonts: every character of GB 2312, their own name, their licence."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tools import make_fonts

FILES = [make_fonts.TARGET / f"{make_fonts.POSTSCRIPT}-{weight}.otf" for weight in make_fonts.WEIGHTS]


def test_gb_2312_has_the_published_number_of_characters() -> None:
    hanzi = {code for code in make_fonts.gb2312() if 0x4E00 <= code <= 0x9FFF}
    assert len(hanzi) == 6763
    assert len(make_fonts.gb2312()) == 7445


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_wanted_character_has_a_glyph(path: Path) -> None:
    held = set(TTFont(path).getBestCmap())
    small = {ord(character) for character in [*make_fonts.RAISED, *make_fonts.LOWERED, *make_fonts.SPACES]}
    assert make_fonts.wanted() | small <= held


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_modified_font_carries_another_name_and_the_records_of_its_origin(path: Path) -> None:
    names = TTFont(path)["name"]
    for number in (1, 3, 4, 6):
        assert "Noto" not in names.getDebugName(number)
        assert "Source" not in names.getDebugName(number)
    assert names.getDebugName(1) == make_fonts.FAMILY
    assert names.getDebugName(0).startswith("©")
    assert "SIL Open Font License, Version 1.1" in names.getDebugName(13)
    licence = (path.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in licence
    assert "Adobe" in licence


@pytest.mark.bytes
@pytest.mark.skipif(not make_fonts.SOURCE.exists(), reason="Noto Sans CJK is not installed")
def test_making_a_font_again_gives_the_same_bytes(tmp_path: Path) -> None:
    make_fonts.make(make_fonts.SOURCE, "Regular", tmp_path)
    assert (tmp_path / FILES[0].name).read_bytes() == FILES[0].read_bytes()
