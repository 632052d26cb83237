"""YAML and CSV are read with places, and what is not plain data is refused where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from tuiyan.inputs.csv_files import read_csv
from tuiyan.inputs.documents import read_yaml
from tuiyan.inputs.findings import Finding, Place, TuiyanError


def refused(tmp_path: Path, text: str | bytes) -> list[Finding]:
    path = tmp_path / "f.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TuiyanError) as error:
        read_yaml(path, "f.yaml")
    return list(error.value.findings)


def test_places_of_keys_and_values(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("a:\n  b: [1, {c: 2}]\n", encoding="utf-8")
    document = read_yaml(tmp_path / "f.yaml", "f.yaml")
    assert document.data == {"a": {"b": [1, {"c": 2}]}}
    assert document.place(("a", "b"), key=True) == Place("f.yaml", 2, 3)
    assert document.place(("a", "b", 1, "c")) == Place("f.yaml", 2, 14)
    assert document.place(("a", "missing")) == Place("f.yaml", 1, 1)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\na: 2\n", "E007", 2, 1),
        ("a: {b: 1, b: 2}\n", "E007", 1, 11),
        ("a: &x 1\n", "E005", 1, 4),
        ("a: &x 1\nb: *x\n", "E005", 1, 4),
        ("a: !!python/object:os.system x\n", "E005", 1, 4),
        ("b: {x: 1}\na:\n  <<: {y: 1}\n", "E005", 3, 3),
        ("? [1, 2]\n: 3\n", "E005", 1, 3),
        ("a: 1\n---\nb: 2\n", "E005", 2, 1),
        ("a: [1, 2\nb: 3\n", "E004", 2, 2),
        ("a:\n\t- 1\n", "E004", 2, 1),
        ("[" * 60 + "]" * 60, "E006", 1, 22),
        (b"a: \xff\xfe\n", "E003", 1, 4),
        ("a: 1".encode("utf-16"), "E003", 1, 1),
    ],
)
def test_what_is_not_plain_data_is_refused_at_its_place(
    tmp_path: Path, text: str | bytes, code: str, line: int, column: int
) -> None:
    found = refused(tmp_path, text)[0]
    assert found.where is not None
    assert (found.code, found.where.line, found.where.column) == (code, line, column)


def test_several_problems_of_form_come_together(tmp_path: Path) -> None:
    assert [f.code for f in refused(tmp_path, "a: 1\na: 2\nb: &x 1\nc: !t 2\n")] == ["E007", "E005", "E005"]


def test_an_alias_bomb_does_not_grow(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    found = refused(tmp_path, "\n".join(lines))
    assert {f.code for f in found} == {"E005"}


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    assert refused(tmp_path, b"a: " + b"x" * (300 * 1024))[0].code == "E002"


def test_bom_and_crlf_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: two\r\n")
    assert read_yaml(tmp_path / "f.yaml", "f.yaml").data == {"a": 1, "b": "two"}


@pytest.mark.parametrize(
    ("plain", "value"),
    [("yes", "yes"), ("off", "off"), ("1_000", "1_000"), ("0x10", "0x10"), ("12:30", "12:30"), ("1.5", 1.5),
     ("~", None), ("'12'", "12"), ("1e3", 1000.0), ("１２", "１２"), ("-.5", -0.5), ("2017-11-14", "2017-11-14")],
)  # fmt: skip
def test_plain_scalars_follow_yaml_1_2(tmp_path: Path, plain: str, value: object) -> None:
    (tmp_path / "f.yaml").write_text(f"a: {plain}\n", encoding="utf-8")
    found = read_yaml(tmp_path / "f.yaml", "f.yaml").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_csv_places_and_ragged_rows(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('a,b\n"x, y",2\n', encoding="utf-8")
    document = read_csv(tmp_path / "t.csv", "t.csv")
    assert document.data == [{"a": "x, y", "b": "2"}]
    assert document.place((0, "b")) == Place("t.csv", 2, 8)
    (tmp_path / "t.csv").write_text("a,b\n1\n", encoding="utf-8")
    with pytest.raises(TuiyanError) as error:
        read_csv(tmp_path / "t.csv", "t.csv")
    assert [f.code for f in error.value.findings] == ["E010"]
