"""run.py look: pictures of pages, and the faults that it must find."""

import os
from pathlib import Path

import pytest

from tools import look
from tools.talk import SetupError

PAGE = "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>t</title></head><body>{}</body></html>"
FAULTS = {
    "<img alt='' src='http://127.0.0.1:9/a.png'>": "asks for",
    "<img alt='' src='beside.png'>": "asks for",
    "<script>console.error('oops')</script>": "logs an error",
    "<script>nothing()</script>": "raises",
    "<div style='width:3000px'>wide</div>": "pixels wide",
}


def write(root: Path, name: str, body: str) -> Path:
    (root / name).mkdir(parents=True, exist_ok=True)
    path = root / name / "report.en.html"
    path.write_text(PAGE.format(body), encoding="utf-8")
    return path


def chromium() -> str:
    try:
        return look.browser(os.environ)
    except SetupError as error:
        pytest.skip(error.sentence)


@pytest.mark.browser
@pytest.mark.look
def test_every_page_has_its_picture_and_every_fault_is_found(tmp_path: Path) -> None:
    executable = chromium()
    good = write(tmp_path, "good", "<div style='height:3500px'>好</div><a href='#top'>top</a>")
    bad = {write(tmp_path, f"bad{number}", body): fault for number, (body, fault) in enumerate(FAULTS.items())}
    pictures, faults = look.look([good, *bad], tmp_path / "pictures", executable)
    assert [path.name for path in pictures[:3]] == ["good-en-01.png", "good-en-02.png", "good-en-03.png"]
    assert all(path.stat().st_size > 1000 for path in pictures)
    assert not [fault for fault in faults if str(good) in fault]
    for path, fault in bad.items():
        assert any(line.startswith(f"{path}: ") and fault in line for line in faults)


def test_a_missing_browser_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        look.browser({"PATH": str(tmp_path)})
    assert "chromium" in caught.value.sentence


def test_only_whole_reports_are_looked_at(tmp_path: Path) -> None:
    wanted = write(tmp_path, "announced", "")
    write(tmp_path, ".bundles/announced-1", "")
    assert look.pages(tmp_path, []) == [wanted]
    with pytest.raises(SetupError):
        look.pages(tmp_path, ["nowhere"])
