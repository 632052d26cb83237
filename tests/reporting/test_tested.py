"""The notebook `backtest`: its page says what the backtest says, and nothing that was published after its last day."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.evidence.backtest import Scores
from tuiyan.evidence.scored import cautions
from tuiyan.evidence.vintages import fresh
from tuiyan.inputs.facts import Fact, read_facts
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.units import money
from tuiyan.reporting import html, tested
from tuiyan.reporting.blocks import Block, Bullets, Figure, Heading, Note, Paragraph, Table, flat
from tuiyan.reporting.figures_evidence import Interval, Origin, Skill, fifth, skills, vintage
from tuiyan.reporting.numbers import inline, show
from tuiyan.reporting.parts import tested as parts_of_city
from tuiyan.reporting.parts import tested_panel, tested_reliability
from tuiyan.reporting.tested import Backtested
from tuiyan.wording import LANGUAGES, Text

GOOD: dict[str, object] = {"scenario": "announced", "lang": "zh", "draws": 2048, "seed": 0, "as_of": ""}
PARTS = ("answer", "panel", "reliability", "city", "learning", "manifest")
EARLY, BETWEEN = "2019-01-01", "2020-06-01"  # before any figure to score by, and after the first one


@pytest.fixture(scope="module")
def scores() -> Scores:
    return ty.backtest(ty.load("announced"), draws=2048)


@pytest.fixture(scope="module")
def view() -> Backtested:
    return tested.open(GOOD)


@pytest.fixture(scope="module")
def parts(view: Backtested) -> dict[str, tuple[Block, ...]]:
    return shown(view)


@pytest.fixture(scope="module", params=[EARLY, BETWEEN])
def before(request: pytest.FixtureRequest) -> Backtested:
    return tested.open({**GOOD, "as_of": request.param})


def shown(view: Backtested) -> dict[str, tuple[Block, ...]]:
    return {name: getattr(view, name)().blocks for name in PARTS}


def table(parts: dict[str, tuple[Block, ...]], id_: str) -> Table:
    tables = [block for part in parts.values() for block in flat(part) if isinstance(block, Table)]
    tables += [block.data for part in parts.values() for block in part if isinstance(block, Figure)]
    return next(each for each in tables if each.id == id_)


def numbers(cells: tuple[object, ...]) -> list[float]:
    return [float(cell) for cell in cells if isinstance(cell, (int, float))]


def words(parts: dict[str, tuple[Block, ...]], lang: str) -> Iterator[str]:
    """Every text and every printed cell of a page."""
    for block in (block for part in parts.values() for block in flat(part)):
        if isinstance(block, (Paragraph, Heading, Note)):
            yield block.text[lang]
        elif isinstance(block, Bullets):
            yield from (item[lang] for item in block.items)
        elif isinstance(block, Figure):
            yield from (block.alt[lang], block.caption[lang])
        for each in [block] if isinstance(block, Table) else [block.data] if isinstance(block, Figure) else []:
            yield from (column.title[lang] for column in each.columns)
            for row in each.rows:
                yield from (show(cell, column.format, lang) for cell, column in zip(row, each.columns, strict=True))


def scale_figures() -> list[Fact]:
    """Published levels of the scale after the base year."""
    facts = read_facts(ty.load("announced").workspace)
    return [fact for fact in facts if fact.in_fit and fact.unit == "亿元" and fact.definition == "above_size"]


# The numbers are those of the backtest.


def test_the_panel_is_that_of_the_backtest(scores: Scores, parts: dict[str, tuple[Block, ...]]) -> None:
    for points in scores.panel.origins:
        rows = {row[0]: numbers(row) for row in table(parts, f"B1-{points}").rows}
        assert len(rows) == len(scores.panel.methods)
        for place, ahead in ((0, 1), (6, 3)):
            for row in scores.panel.skill(origin=points, horizon=ahead):
                name = tested_panel.named(row.method, naive=row.benchmark)
                missed = [
                    case.absolute
                    for case in scores.panel.cases
                    if (case.method, case.origin, case.horizon) == (row.method, points, ahead)
                ]
                expected = [row.mean, row.skill, row.skill_low, row.skill_high, np.median(missed), max(missed)]
                assert rows[name][place : place + 6] == pytest.approx(expected)


def test_the_drawn_tables_hold_every_year_ahead(scores: Scores, parts: dict[str, tuple[Block, ...]]) -> None:
    rows = {row[0]: numbers(row) for row in table(parts, "BF2-data").rows}
    pairs = [(points, ahead) for points in scores.panel.origins for ahead in scores.panel.horizons]
    for place, (points, ahead) in enumerate(pairs):
        for row in scores.panel.skill(origin=points, horizon=ahead):
            found = rows[tested_panel.named(row.method, naive=row.benchmark)][place]
            assert found == pytest.approx(row.mean)


def test_reliability_is_that_of_the_default_and_of_the_best_naive_method(
    scores: Scores, parts: dict[str, tuple[Block, ...]]
) -> None:
    best = next(row.method for row in scores.panel.skill() if row.benchmark)
    found = [scores.panel.calibration(method) for method in ("default", best)]
    rows = table(parts, "B2").rows
    assert [numbers(row) for row in rows] == [list(pair) for pair in zip(*(f.coverage for f in found), strict=True)]
    for row, each in zip(table(parts, "B2b").rows, found, strict=False):
        assert each.histogram is not None
        assert numbers(row) == pytest.approx([each.cases, each.mean, each.variance, *each.histogram])
        assert sum(each.histogram) == each.cases


def test_the_city_is_that_of_the_backtest(scores: Scores, parts: dict[str, tuple[Block, ...]]) -> None:
    told = [case for case in fresh(scores.city) if case.bound is None]  # what repeats an earlier origin is not shown
    assert len(told) < sum(case.bound is None for case in scores.city)
    rows = [numbers(row) for row in table(parts, "T10").rows]
    expected = [[case.fact.value, *case.quantiles, case.error, case.crps, case.pit] for case in told]
    assert rows == expected


def test_methods_are_set_side_by_side_only_where_all_of_them_spoke(
    scores: Scores, parts: dict[str, tuple[Block, ...]]
) -> None:
    told = [case for case in scores.city if case.crps is not None]
    spoken: dict[tuple[object, ...], set[str]] = {}
    for case in told:
        spoken.setdefault((case.origin, case.fact.year), set()).add(case.method)
    methods = {case.method for case in told}
    whole = {key for key, names in spoken.items() if names == methods}
    assert whole
    assert len(whole) < len(spoken)
    for row in table(parts, "B3").rows:
        method = next(name for name in methods if tested_panel.named(name, naive=False) == row[0])
        mine = [case for case in told if case.method == method and (case.origin, case.fact.year) in whole]
        crps, error = np.mean([case.crps for case in mine]), np.mean([abs(case.error or 0.0) for case in mine])
        assert numbers(row) == pytest.approx([crps, error, sum(case.inside for case in mine)])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_says_where_the_default_wins_and_loses(
    lang: str, scores: Scores, parts: dict[str, tuple[Block, ...]]
) -> None:
    answer = next(block for block in parts["answer"] if isinstance(block, Paragraph)).text[lang]
    lost = 0
    for points in scores.panel.origins:
        for ahead in scores.panel.horizons:
            rows = scores.panel.skill(origin=points, horizon=ahead)
            ours = next(row for row in rows if row.method == "default")
            best = min((row for row in rows if row.benchmark), key=lambda row: row.mean)
            lost += ours.mean > best.mean
            if ahead == max(scores.panel.horizons):
                shown_ = (ours.mean, best.mean, ours.skill_low, ours.skill_high)
                assert all(show(value, "number2", lang) in answer for value in shown_)
    known = scores.panel.calibration()
    covered = dict(zip(known.levels, known.coverage, strict=True))
    assert all(inline(covered[level], "percent", lang) in answer for level in (0.5, 0.9))
    assert f"{lost} 种不如" in answer if lang == "zh" else f"loses to it in {lost} " in answer


def test_the_findings_stand_before_the_outcomes(view: Backtested, parts: dict[str, tuple[Block, ...]]) -> None:
    assert not isinstance(view.cases, TuiyanError)
    said = list(cautions(view.scenario.workspace, [case.fact for case in view.cases], view.until))
    assert len(said) == 3
    blocks = parts["city"]
    note = next(place for place, block in enumerate(blocks) if isinstance(block, Note))
    assert all(isinstance(block, (Heading, Paragraph)) for block in blocks[:note])
    assert all(text[lang] in blocks[note].text[lang] for text in said for lang in LANGUAGES)  # type: ignore[union-attr]


def test_a_sentence_on_intervals_follows_from_what_they_held(scores: Scores) -> None:
    known = scores.panel.calibration()
    for coverage, expected in ((0.99, "wider"), (0.1, "narrower than they claim"), (0.7, "neither")):
        changed = replace(known, coverage=tuple(coverage for _ in known.levels))
        assert expected in tested_reliability.kept("default", changed).en


def test_the_numbers_beside_the_page_are_all_cases(view: Backtested, scores: Scores, tmp_path: Path) -> None:
    tested.write(view, tmp_path)
    with (tmp_path / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    panel, city = ([row for row in rows if row["test"] == name] for name in ("panel", "city"))
    assert (len(panel), len(city)) == (len(scores.panel.cases), len(scores.city))
    for row, case in zip(panel, scores.panel.cases, strict=True):
        assert (row["series"], row["method"], int(row["origin"])) == (case.series, case.method, case.origin)
        assert float(row["crps"]) == pytest.approx(case.crps, abs=6e-4)
        assert float(row["log_error"]) == pytest.approx(case.observed - case.median, abs=6e-4)
    for row, each in zip(city, scores.city, strict=True):
        assert (row["origin"], row["method"], float(row["value"])) == (str(each.origin), each.method, each.fact.value)
        assert row["crps"] == "" if each.crps is None else float(row["crps"]) == pytest.approx(each.crps, abs=6e-4)
    told = ["p05", "p50", "p95", "log_error", "crps", "log_score", "pinball_10", "pit", "probability_of_bound"]
    assert all(len(row[name].partition(".")[2]) <= 3 and "e" not in row[name] for row in rows for name in told)


# Nothing is seen that was published later.


def test_no_figure_published_later_stands_on_the_page(before: Backtested, parts: dict[str, tuple[Block, ...]]) -> None:
    later = [fact for fact in scale_figures() if fact.published > before.until]
    assert len(later) >= 3
    found = shown(before)
    for lang in LANGUAGES:
        here, everything = set(words(found, lang)), set(words(parts, lang))
        for fact in later:
            cell, amount = show(fact.value, "money", lang), money(fact.value, lang)
            assert cell not in here
            assert not any(amount in text for text in here), amount
            assert cell in everything or any(amount in text for text in everything)  # it would have been seen


def test_cases_are_those_that_the_full_backtest_has_of_earlier_figures(before: Backtested, scores: Scores) -> None:
    expected = {
        (case.origin, case.method, case.fact.year): case.quantiles
        for case in scores.city
        if case.fact.published <= before.until
    }
    assert not isinstance(before.cases, TuiyanError)
    found = {(case.origin, case.method, case.fact.year): case.quantiles for case in before.cases}
    assert found == expected
    assert bool(found) == (before.until > date(2020, 1, 31))


def test_the_posterior_knows_what_was_published_by_the_last_day(before: Backtested, view: Backtested) -> None:
    assert not isinstance(before.posterior, TuiyanError)
    assert not isinstance(view.posterior, TuiyanError)
    assert all(each.fact.published <= before.until for each in before.posterior.observations)
    assert len(before.posterior.observations) < len(view.posterior.observations)


def test_without_a_day_everything_published_is_seen(view: Backtested) -> None:
    assert view.until == max(fact.published for fact in read_facts(view.scenario.workspace))
    assert tested.open({**GOOD, "as_of": EARLY}).until == date.fromisoformat(EARLY)


# Pages.


@pytest.mark.parametrize("as_of", ["", EARLY])
def test_a_page_is_whole_in_both_languages(as_of: str, view: Backtested) -> None:
    shown_view = view if not as_of else tested.open({**GOOD, "as_of": as_of})
    blocks = list(shown(shown_view).values())
    for lang in LANGUAGES:
        page = html.page(blocks, tested.title_of(shown_view), lang, stem="backtest")
        anchors = re.findall(r' id="([^"]+)"', page)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
        assert all(re.findall(r'<img [^>]*alt="([^"]*)"', page))
        other = next(each for each in LANGUAGES if each != lang)
        assert f'href="backtest.{other}.html"' in page
    heads = {block.id for part in blocks for block in part if isinstance(block, Heading)}
    assert {"answer", "reading", "panel", "reliability", "city", "learning", "manifest"} == heads


def test_too_few_draws_are_told_where_the_numbers_would_stand(
    monkeypatch: pytest.MonkeyPatch, view: Backtested
) -> None:
    few = tested.open({**GOOD, "draws": 256})
    monkeypatch.setattr(tested, "backtest_analogues", lambda **_: view.series)
    found = shown(few)
    for name in ("city", "learning"):
        note = next(block for block in found[name] if isinstance(block, Note))
        assert "fewer than 50" in note.text.en
        assert not any(isinstance(block, (Table, Figure)) for block in found[name])
    answer = next(block for block in found["answer"] if isinstance(block, Paragraph))
    assert "could not be made" in answer.text.en


def test_a_skill_below_the_floor_is_an_arrow_at_the_edge() -> None:
    name = Text("甲", "a")
    ax = skills([Skill(name, True, -3.0, -4.0, -1.0), Skill(name, False, 0.2, -0.1, 0.4)], lang="en", floor=-2.0)
    marks = {str(line.get_marker()): np.asarray(line.get_xdata(), dtype=float) for line in ax.get_lines()}
    assert {mark: x.tolist() for mark, x in marks.items() if x.size == 1} == {"<": [-2.0], "o": [0.2]}
    assert [fifth(place, 5) for place in (0, 4)] == ["0–0.2", "0.8–1"]


def test_the_years_of_the_city_are_whole_even_if_there_is_but_one() -> None:
    known = Interval(2018, 300.0, 700.0, 1500.0)
    ax = vintage(Origin(Text("甲", "a"), (), ((2018, 1340.0),), (), {"model": (known,)}), lang="en")
    low, high = ax.get_xlim()
    assert [tick for tick in ax.get_xticks() if low <= tick <= high] == [2018]
    assert high - low >= 1


# Refusals.


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"scenario": "anounced"}, "E116"), ({"draws": 100}, "E142"), ({"draws": "2048"}, "E141"),
        ({"lang": "fr"}, "E141"), ({"as_of": "soon"}, "E120"), ({"as_of": "2017-01-01"}, "E106"),
        ({"seed": -1}, "E147"),
    ],
)  # fmt: skip
def test_what_cannot_be_tested_stops(wrong: dict[str, object], code: str) -> None:
    with pytest.raises(TuiyanError, match=code):
        tested.open({**GOOD, **wrong})


def test_figures_that_all_methods_forecast_are_none_without_cases() -> None:
    assert parts_of_city.common([]) == {}
