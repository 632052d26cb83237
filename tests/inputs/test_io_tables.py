"""A user's own input-output table: read as it stands in either layout, or refused with every reason at its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tuiyan.equations import input_output, regional
from tuiyan.inputs.io_tables import IOTable, check_io_tables, read_io_table

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "params" / "io"
PLAIN, OECD = SHIPPED / "synthetic.csv", SHIPPED / "SYN2017ttl.csv"
ARRAYS = ("flows", "final", "primary", "primary_final", "output")

Row = Sequence[object]
FARM: Row = ("sector", "farm", "Farming", 150, 500, 400, -50, 1000)
MAKE: Row = ("sector", "make", "Manufacturing", 200, 100, 1800, -100, 2000)
WAGES: Row = ("value_added", "wages", "Wages", 400, 900, "", "", "")
SURPLUS: Row = ("value_added", "surplus", "Surplus", 250, 500, "", "", "")


def plain(*rows: Row, numbers: str = "farm,make,homes,imports", unit: str = "million yuan", year: str = "2017") -> str:
    """The text of a table in the plain layout: Miller and Blair's two sectors unless told otherwise."""
    head = ["kind", "code", "name", *numbers.split(","), "output"]
    about = [
        [key, "", text, *[""] * (len(head) - 3)] for key, text in (("unit", unit), ("year", year), ("source", "me"))
    ]
    body = [head, *about, *(rows or (FARM, MAKE, WAGES, SURPLUS))]
    return "".join(",".join(map(str, row)) + "\n" for row in body)


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a table; returns its path."""

    def file(text: str, name: str = "mine.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return file


def told(path: Path) -> list[tuple[str, int, str]]:
    """Code, line and column's header of what a table is refused for, in order."""
    with pytest.raises(ty.TuiyanError) as caught:
        read_io_table(path, "mine.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for finding in caught.value.findings:
        assert finding.where is not None
        name, line, column = finding.where
        assert name == "mine.csv"
        found.append((finding.code, line, lines[0].split(",")[lines[line - 1][: column - 1].count(",")]))
    return sorted(found, key=lambda one: one[1:])


def oecd_file(table: IOTable, edition: int, share: float | None = None) -> str:
    """A table as the OECD writes it; with `share`, split: so much of every good is domestic."""
    codes = [f"D{code}" if edition == 2021 else code for code in table.codes]
    goods: list[tuple[str, np.ndarray]] = []
    whole = np.concatenate([table.flows, table.final], axis=1)
    imports = table.final_codes.index("IMPO") + len(codes)
    for code, row in zip(table.codes, whole, strict=True):
        if share is None:
            goods.append((f"TTL_{code}", row))
            continue
        used = np.delete(row, imports)
        bought = -row[imports] / used.sum()
        goods.append((f"DOM_{code}", np.insert(used * (1 - bought), imports, 0.0)))
        goods.append((f"IMP_{code}", np.insert(used * bought, imports, row[imports])))
    goods.sort(key=lambda one: one[0].partition("_")[0])
    accounts = np.concatenate([table.primary, table.primary_final], axis=1)
    rows = [*goods, *zip(table.primary_codes, accounts, strict=True)]
    stream = io.StringIO()
    sheet = csv.writer(stream, lineterminator="\n")
    sheet.writerow(["", *codes, *table.final_codes, "TOTAL"])
    for label, values in rows:
        sheet.writerow([label, *values.tolist(), values.sum() if label[:4] in ("TTL_", "DOM_") else ""])
    sheet.writerow(["OUTPUT", *table.output.tolist(), *[""] * (len(table.final_codes) + 1)])
    return stream.getvalue()


def same(one: IOTable, other: IOTable, parts: Sequence[str] = ARRAYS) -> bool:
    return all(np.allclose(getattr(one, part), getattr(other, part), rtol=1e-12, atol=1e-9) for part in parts)


# The table that is shipped.


def test_both_layouts_of_the_shipped_table_are_the_same_table() -> None:
    plain, oecd = read_io_table(PLAIN), read_io_table(OECD)
    for part in ARRAYS:
        assert np.array_equal(getattr(plain, part), getattr(oecd, part)), part
    for part in ("codes", "final_codes", "primary_codes", "unit", "year"):
        assert getattr(plain, part) == getattr(oecd, part), part
    assert plain.imported is None is oecd.imported
    # What a file of the OECD does not hold: names, and where it is from.
    assert oecd.names == oecd.codes
    assert (plain.names[0], oecd.source) == ("agriculture", "SYN2017ttl.csv")
    assert "synthetic" in plain.source
    assert plain.notes == oecd.notes == ()


def test_the_shipped_table_balances_to_the_last_digit_and_serves_the_equations() -> None:
    table = read_io_table(PLAIN)
    assert np.array_equal(table.flows.sum(axis=1) + table.final.sum(axis=1), table.output)
    assert np.array_equal(table.flows.sum(axis=0) + table.primary.sum(axis=0), table.output)
    assert table.flows[1, 2] == 900
    assert input_output.final_demand(table.flows, table.output) == pytest.approx(table.final.sum(axis=1))
    assert input_output.value_added(table.flows, table.output) == pytest.approx(table.primary.sum(axis=0))
    assert (input_output.output_multipliers(table.flows, table.output) > 1).all()
    share = regional.supply_shares(table.output, table.demand("EXPO"), -table.demand("IMPO"))
    assert ((share > 0) & (share < 1)).all()


def test_what_is_read_cannot_be_written_to() -> None:
    table = read_io_table(PLAIN)
    with pytest.raises(ValueError, match="read-only"):
        table.flows[0, 0] = 1.0
    with pytest.raises(AttributeError):
        table.unit = "yuan"  # type: ignore[misc]


# Layouts.


def test_the_plain_layout_holds_what_it_says(write: Write) -> None:
    table = read_io_table(write(plain()))
    assert (table.unit, table.year, table.source) == ("million yuan", 2017, "me")
    assert (table.codes, table.names) == (("farm", "make"), ("Farming", "Manufacturing"))
    assert table.flows.tolist() == [[150, 500], [200, 100]]
    assert table.primary.tolist() == [[400, 900], [250, 500]]
    assert table.primary_codes == ("wages", "surplus")
    assert table.demand("imports").tolist() == [-50, -100]
    assert input_output.output_multipliers(table.flows, table.output) == pytest.approx([1.518152, 1.452145], abs=1e-6)


def test_the_columns_of_the_plain_layout_stand_in_any_order(write: Write) -> None:
    turned = "".join(",".join(line.split(",")[::-1]) + "\n" for line in plain().splitlines())
    one, other = read_io_table(write(plain())), read_io_table(write(turned, "turned.csv"))
    assert one.codes == other.codes
    assert same(one, other, ("flows", "primary", "output"))
    assert other.final_codes == one.final_codes[::-1]
    assert np.array_equal(other.demand("imports"), one.demand("imports"))


def test_imported_goods_may_be_told_apart(write: Write) -> None:
    rows = [
        ("sector", "farm", "Farming", 100, 450, 450, 1000),
        ("sector", "make", "", 150, 100, 1750, 2000),
        ("import", "make", "", 50, 30, 20, ""),
        ("import", "farm", "", 50, 20, 30, ""),
        ("value_added", "all", "All", 650, 1400, 5, ""),
    ]
    table = read_io_table(write(plain(*rows, numbers="farm,make,homes")))
    assert table.imported is not None
    assert table.imported_final is not None
    assert table.imported.tolist() == [[50, 20], [50, 30]]
    assert table.imported_final.ravel().tolist() == [30, 20]
    assert table.primary_final.tolist() == [[5]]
    assert table.names == ("Farming", "make")


@pytest.mark.parametrize("edition", [2021, 2023])
def test_the_oecd_writes_its_columns_in_two_ways(edition: int, write: Write) -> None:
    shipped = read_io_table(PLAIN)
    found = read_io_table(write(oecd_file(shipped, edition), "CHN2011ttl.csv"))
    assert found.codes == shipped.codes
    assert (found.year, found.unit, found.source) == (2011, "million USD", "CHN2011ttl.csv")
    assert same(found, shipped)


@pytest.mark.parametrize("name", ["CHN2018dom.csv", "CHN2018domimp.csv"])
def test_the_oecd_tells_domestic_from_imported_goods(name: str, write: Write) -> None:
    shipped = read_io_table(PLAIN)
    found = read_io_table(write(oecd_file(shipped, 2023, share=0.8), name))
    assert found.imported is not None
    assert found.imported_final is not None
    assert found.flows + found.imported == pytest.approx(shipped.flows)
    assert found.final + found.imported_final == pytest.approx(shipped.final)
    assert np.array_equal(found.output, shipped.output)
    # Each good sums to its output at home, and the imported one to nothing: imports stand against its uses.
    assert found.flows.sum(axis=1) + found.final.sum(axis=1) == pytest.approx(found.output)
    assert found.imported.sum(axis=1) + found.imported_final.sum(axis=1) == pytest.approx(np.zeros(6), abs=1e-9)
    assert (found.flows <= shipped.flows).all()


def test_printed_sums_of_the_oecd_are_checked(write: Write) -> None:
    text = oecd_file(read_io_table(PLAIN), 2023)
    assert text.splitlines()[1].endswith(",1050.0")
    wrong = text.replace(",1050.0\n", ",1150.0\n", 1)
    assert told(write(wrong, "CHN2018ttl.csv")) == [("E220", 2, "TOTAL")]


def test_a_file_of_the_oecd_keeps_its_name(write: Write) -> None:
    text = oecd_file(read_io_table(PLAIN), 2023)
    assert told(write(text, "china.csv")) == [("E224", 1, "")]


def test_rows_of_two_kinds_of_files_are_no_layout(write: Write) -> None:
    text = oecd_file(read_io_table(PLAIN), 2023).replace("TTL_C,", "DOM_C,")
    assert told(write(text, "CHN2018ttl.csv")) == [("E226", 1, "")]


def test_a_good_of_a_split_file_has_both_origins(write: Write) -> None:
    lines = oecd_file(read_io_table(PLAIN), 2023, share=0.8).splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith("IMP_C,"))
    assert told(write(kept, "CHN2018dom.csv")) == [("E221", 3, "")]


# Numbers.


def test_a_sum_may_be_off_by_a_thousandth_and_one_last_digit(write: Write) -> None:
    # The cells of this row come to 1100 when all are taken as positive: 1.1 and 1 are allowed.
    def off(by: int, *, digits: str = "") -> Path:
        return write(plain(("sector", "farm", "", f"150{digits}", 500, 400 + by, -50, 1000), MAKE, WAGES, SURPLUS))

    read_io_table(off(2))
    assert told(off(3)) == [("E220", 5, "output")]
    assert told(off(2, digits=".00")) == [("E220", 5, "output")]


def test_both_directions_are_checked(write: Write) -> None:
    column = plain(FARM, MAKE, ("value_added", "wages", "", 440, 900, "", "", ""), SURPLUS)
    assert told(write(column)) == [("E220", 5, "output")]
    row = plain(FARM, ("sector", "make", "", 200, 100, 1900, -100, 2000), WAGES, SURPLUS)
    assert told(write(row)) == [("E220", 6, "output")]
    # What one sells more the other buys more.
    flow = plain(("sector", "farm", "", 150, 600, 300, -50, 1000), MAKE, WAGES, SURPLUS)
    assert told(write(flow)) == [("E220", 6, "output")]


def test_everything_is_told_at_once(write: Write) -> None:
    words = ("sector", "farm", "", "x", "", "4e2", "−50", 1000)
    assert told(write(plain(words, MAKE, WAGES, SURPLUS))) == [
        ("E127", 5, "farm"), ("E127", 5, "imports"), ("E127", 5, "make"),
    ]  # fmt: skip
    signs = ("sector", "farm", "", -150, 500, 400, 50, 1000)
    assert told(write(plain(signs, MAKE, WAGES, SURPLUS))) == [
        ("E222", 5, "farm"), ("E227", 5, "imports"), ("E220", 5, "output"), ("E220", 5, "output"),
    ]  # fmt: skip
    assert told(write(plain(FARM, ("sector", "mak", *MAKE[2:]), ("added", *WAGES[1:]), unit="", year="17"))) == [
        ("E103", 1, "kind"), ("E224", 2, "name"), ("E224", 3, "name"), ("E221", 6, "code"), ("E105", 7, "kind"),
    ]  # fmt: skip


def test_a_large_broken_table_is_told_in_few_words(write: Write) -> None:
    codes = [f"s{number}" for number in range(60)]
    rows: list[Row] = [("sector", code, "", *["x"] * 60, "x", 1) for code in codes]
    text = plain(*rows, ("value_added", "v", "", *[1] * 60, "", ""), numbers=",".join([*codes, "homes"]))
    with pytest.raises(ty.TuiyanError) as caught:
        read_io_table(write(text))
    assert len(caught.value.findings) == 100


def test_a_sector_without_entries_is_left_out_and_noted(write: Write) -> None:
    def among(*nothing: int) -> Path:
        rows = [(*row[:4], 0, *row[4:]) for row in (FARM, MAKE, WAGES, SURPLUS)]
        idle = ("sector", "none", "", *nothing)
        return write(plain(rows[0], idle, *rows[1:], numbers="farm,none,make,homes,imports"))

    table = read_io_table(among(0, 0, 0, 0, 0, 0))
    assert table.codes == ("farm", "make")
    assert [(note.code, note.where and note.where.line) for note in table.notes] == [("N225", 6)]
    assert same(table, read_io_table(write(plain(), "small.csv")))
    assert told(among(0, 0, 0, 9, -9, 0)) == [("E225", 6, "output")]


def test_negative_demand_and_value_added_are_noted_and_imports_are_not(write: Write) -> None:
    farm = ("sector", "farm", "", 150, 500, 420, -20, -50, 1000)
    make = ("sector", "make", "", 200, 100, 1800, 0, -100, 2000)
    added = ("value_added", "wages", "", 700, 900, "", "", "", ""), ("value_added", "net", "", -50, 500, "", "", "", "")
    table = read_io_table(write(plain(farm, make, *added, numbers="farm,make,homes,stocks,imports")))
    assert [note.message.en for note in table.notes] == [
        "the column stocks holds 1 negative number(s).",
        "the row net holds 1 negative number(s).",
    ]


def test_an_empty_cell_is_a_zero_only_where_the_oecd_writes_it(write: Write) -> None:
    oecd = OECD.read_text(encoding="utf-8").replace("TTL_A,120,640,20,15,0,", "TTL_A,120,640,20,15,,")
    table = read_io_table(write(oecd, "SYN2017ttl.csv"))
    assert same(table, read_io_table(PLAIN))
    assert [(note.code, note.values["count"]) for note in table.notes] == [("N226", 1)]
    make = ("sector", "make", "", 200, 100, 1700, "", 2000)
    assert told(write(plain(FARM, make, WAGES, SURPLUS))) == [("E127", 6, "imports")]


def test_sectors_that_use_up_what_they_make_are_refused(write: Write) -> None:
    farm = ("sector", "farm", "", 500, 500, 50, -50, 1000)
    make = ("sector", "make", "", 500, 1500, 100, -100, 2000)
    nothing = ("value_added", "all", "", 0, 0, "", "", "")
    assert told(write(plain(farm, make, nothing))) == [("E223", 1, "kind")]


# The manual.


def test_the_tables_of_the_manual_are_read_and_its_analysis_prints_what_it_says(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "input_output.md").read_text(encoding="utf-8")
    by_hand, oecd = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    assert same(read_io_table(write(by_hand)), read_io_table(write(oecd, "CHN2018ttl.csv")), ("flows", "output"))
    code, printed = re.search(r"```python\n(.*?)```.*?```text\n(.*?)```", page, re.DOTALL).groups()  # type: ignore[union-attr]
    exec(code, {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == printed


# Files.


def test_files_that_are_none_are_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "gbk.csv").write_text(plain().replace("Farming", "制造业"), encoding="gb18030")
    for code, path in {
        "E001": tmp_path / "none.csv",
        "E009": tmp_path,
        "E003": tmp_path / "gbk.csv",
        "E002": write(plain() + "," * (4 * 1024 * 1024), "large.csv"),
        "E004": write(plain().replace(",", ";"), "semicolons.csv"),
        "E010": write(plain().replace("-100,2000", "-100 2000"), "ragged.csv"),
    }.items():
        with pytest.raises(ty.TuiyanError) as caught:
            read_io_table(path)
        assert [finding.code for finding in caught.value.findings] == [code]
    for text in ("", plain().partition("\n")[0] + "\n"):
        assert told(write(text or "\n", "empty.csv"))[0][0] == "E168"


def test_what_a_spreadsheet_saves_is_read(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    path.write_bytes(b"\xef\xbb\xbf" + plain().replace("\n", "\r\n").encode())
    assert same(read_io_table(path), read_io_table(write(plain())))


def test_a_column_of_demand_that_is_not_there_is_named(write: Write) -> None:
    with pytest.raises(ty.TuiyanError) as caught:
        read_io_table(write(plain())).demand("import")
    assert "Did you mean imports?" in caught.value.findings[0].message.en


def test_a_workspace_without_tables_has_nothing_to_check(tmp_path: Path) -> None:
    assert check_io_tables(tmp_path) == ()
    (tmp_path / "io").mkdir()
    (tmp_path / "io" / ".~lock.mine.csv").write_text("x", encoding="utf-8")
    assert check_io_tables(tmp_path) == ()


CELLS = [
    "",
    "-1",
    "nan",
    "inf",
    "1e999",
    "1e300",
    "1_0",
    "７",
    "30%",
    '"',
    ",",
    "\n",
    "\0",
    "x",
    "output",
    "kind",
    "0",
    "1e-300",
]
SPOT = st.floats(0.0, 1.0, exclude_max=True)


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    source=st.sampled_from([PLAIN, OECD]),
    damages=st.lists(st.tuples(SPOT, st.sampled_from(CELLS)), min_size=1, max_size=4),
)
def test_a_damaged_table_is_sound_or_told(source: Path, damages: list[tuple[float, str]], tmp_path: Path) -> None:
    cells = source.read_text(encoding="utf-8").replace("\n", "\n,").split(",")
    for where, cell in damages:
        cells[int(where * len(cells))] = cell
    path = tmp_path / source.name
    path.write_text(",".join(cells).replace("\n,", "\n"), encoding="utf-8")
    try:
        table = read_io_table(path, "mine.csv")
    except ty.TuiyanError as error:
        for finding in error.findings:
            assert finding.where is not None
            assert finding.where.file == "mine.csv"
            assert all(finding.message[lang] and finding.remedy[lang] for lang in ("zh", "en"))
        return
    gap = table.flows.sum(axis=1) + table.final.sum(axis=1) - table.output
    assert (np.abs(gap) <= 2e-3 * table.output + 3).all()
    assert np.isfinite(input_output.leontief(table.flows, table.output)).all()
