"""Numbers are printed from one stored value, with no more digits than their errors support."""

import pytest
from tuiyan.estimates import Estimate
from tuiyan.reporting.numbers import DASH, grid, inline, show
from tuiyan.wording import Text


def test_one_stored_amount_reads_in_both_languages() -> None:
    assert inline(1000.0, "money", "zh") == "1,000 亿元"
    assert inline(1000.0, "money", "en") == "CNY 100bn"


@pytest.mark.parametrize(
    ("value", "error", "shown"),
    [
        (0.5603, 0.0024, "0.56"),
        (0.5603, 0.0026, "0.6"),
        (0.1234, 0.0035, "0.1"),
        (0.5, 0.0, "0.50"),
        (0.9998, 3e-4, "1.00"),
    ],
)
def test_a_probability_shows_two_decimals_or_fewer(value: float, error: float, shown: str) -> None:
    assert show(Estimate(value, error), "probability", "en") == shown


@pytest.mark.parametrize(
    ("error", "zh", "en"), [(1.4, "1,064", "106.4"), (14.0, "1,060", "106"), (140.0, "1,100", "110")]
)
def test_an_amount_has_the_same_digits_in_both_languages(error: float, zh: str, en: str) -> None:
    assert show(Estimate(1064.2, error), "money", "zh") == zh
    assert show(Estimate(1064.2, error), "money", "en") == en


def test_a_share_is_shown_in_per_cent_and_a_change_with_its_sign() -> None:
    assert show(0.034, "percent1", "en") == "3.4"
    assert show(0.034, "percent1_change", "zh") == "+3.4"
    assert show(-0.034, "percent1_change", "zh") == "−3.4"
    assert show(-1e-9, "percent1_change", "zh") == "0.0"


def test_a_missing_value_is_a_dash_and_a_text_is_chosen_by_language() -> None:
    assert show(None, "money", "zh") == DASH == inline(None, "money", "en")
    assert show(Text("甲", "a"), "text", "en") == "a"


@pytest.mark.parametrize(("error", "shown"), [(0.00234, "0.002"), (0.00134, "0.0013"), (0.0, "0"), (0.42, "0.4")])
def test_an_error_has_one_digit_or_two_after_a_one(error: float, shown: str) -> None:
    assert show(Estimate(0.5, error), "error:probability", "zh") == shown


@pytest.mark.parametrize(("lang", "shown"), [("zh", ["640", "5,570"]), ("en", ["64", "557"])])
def test_columns_of_one_unit_share_the_decimals_that_all_their_errors_support(lang: str, shown: list[str]) -> None:
    rows = [(Estimate(638.2, 1.1), Estimate(600.0, 2.0)), (Estimate(5569.0, 14.0), Estimate(4870.0, 19.0))]
    assert [row[0] for row in grid(["money", "money"], rows, lang)] == shown


def test_a_cell_whose_error_is_larger_still_shows_fewer_digits() -> None:
    rows = [(Estimate(638.2, 1.1),), (Estimate(5569.0, 140.0),)]
    assert grid(["money"], rows, "zh") == [["640"], ["5,600"]]


def test_errors_of_a_column_show_the_same_decimals_and_at_most_four() -> None:
    rows = [(Estimate(0.5, 0.0015),), (Estimate(0.5, 0.002),), (Estimate(0.5, 0.00001),), (None,)]
    assert grid(["error:probability"], rows, "en") == [["0.0015"], ["0.0020"], ["0.0000"], [DASH]]


def test_a_probability_beside_its_error_keeps_two_decimals() -> None:
    assert grid(["chance"], [(Estimate(0.654, 0.0034),), (Estimate(0.9, 0.0004),)], "en") == [["0.65"], ["0.90"]]
