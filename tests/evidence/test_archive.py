"""The forecast a report leaves behind: what it holds, that it reads back, and that a damaged one is named."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tuiyan as ty
from tuiyan.evidence import archive
from tuiyan.evidence.reading import read
from tuiyan.reporting import study
from tuiyan.results import Projection

DRAWS = 512
Project = Callable[..., Projection]


@pytest.fixture(scope="module")
def launch() -> Projection:
    return ty.run(ty.load("announced"), draws=DRAWS)


@pytest.fixture(scope="module")
def written(launch: Projection) -> str:
    return archive.to_json([archive.forecast(launch, code="abc"), archive.forecast(launch, code="abc")])


def codes(caught: pytest.ExceptionInfo[ty.TuiyanError]) -> list[str]:
    return [finding.code for finding in caught.value.findings]


def test_it_reads_back_as_it_was_written(launch: Projection, written: str, tmp_path: Path) -> None:
    path = tmp_path / "forecast.json"
    path.write_text(written, encoding="utf-8")
    first, second = read(path, "forecast.json")
    assert first == second == archive.forecast(launch, code="abc")
    assert archive.to_json(read(path, "forecast.json")) == written


def test_quantiles_are_those_a_report_prints(launch: Projection) -> None:
    found = archive.forecast(launch).scale["plan_key_industry"][2020]
    for name, level in archive.LEVELS.items():
        printed = launch.quantile("scale.total", level, 2020).value
        assert found.quantiles[name] == pytest.approx(printed, rel=5e-10)
    logs = np.log(launch["scale.total"][launch.index(2020)])
    assert found.mean == pytest.approx(logs.mean(), rel=1e-9)
    assert found.sd == pytest.approx(logs.std(), rel=1e-9)


def test_another_definition_is_wider_by_its_scope_factor(launch: Projection) -> None:
    found = archive.forecast(launch)
    assert found.through == {"plan_key_industry": None, "related": "scope.related", "above_size": "scope.above_size"}
    home, away = found.scale["plan_key_industry"][2020], found.scale["above_size"][2020]
    factor = launch.parameter("scope.above_size")
    logs = np.log(launch["scale.total"][launch.index(2020)]) + factor
    assert away.sd == pytest.approx(logs.std(), rel=1e-9)
    assert away.sd**2 == pytest.approx(home.sd**2 + factor.std() ** 2, rel=0.05)


def test_home_needs_no_bridge_to_itself() -> None:
    later = archive.forecast(ty.run(ty.load("announced", as_of="2018-09-25"), draws=64))
    assert later.home == "related"
    assert later.through["related"] is None
    assert set(later.scale) == {"related", "above_size", "plan_key_industry"}


def test_every_counted_goal_has_its_probability_and_deadline(launch: Projection) -> None:
    found = archive.forecast(launch).goals
    counted = {id_ for id_, goal in launch.scenario.workspace.goals.items() if goal.counted}
    assert set(found) == counted
    for id_, chance in found.items():
        assert chance.probability == pytest.approx(launch.prob(id_).value, abs=1e-10)
        assert chance.deadline == 2020
    assert found["R01"].scope == pytest.approx(launch.prob("R01", scope=True).value, abs=1e-10)
    assert found["R01"].definition == "plan_key_industry"
    assert found["R06"].scope is None


def test_a_goal_without_a_meaning_has_no_probability() -> None:
    found = archive.forecast(ty.run(ty.load("baseline"), draws=64)).goals
    assert found["R07"].probability is None
    assert found["R01"].probability is not None


def test_the_fingerprint_is_of_values_and_not_of_words() -> None:
    scenario = ty.load("announced")
    same = scenario.with_(title=ty.load("baseline").title, id="announced")
    assert archive.fingerprint(same) == archive.fingerprint(scenario)
    others = [
        scenario.with_(levers={"talent": 0.9}), scenario.with_(uncertain={"scale.speed": 0.8}),
        ty.load("announced", as_of="2018-09-25"), scenario.with_(horizon=2029),
    ]  # fmt: skip
    assert len({archive.fingerprint(each) for each in [scenario, *others]}) == 5


def test_no_spread_is_no_spread() -> None:
    fixed = ty.load("announced").with_(uncertain={"base.scale": 700})
    assert archive.forecast(ty.run(fixed, draws=64)).scale["plan_key_industry"][2017].sd == 0


def test_the_same_run_gives_the_same_bytes_and_no_place_or_time(launch: Projection, written: str) -> None:
    again = archive.forecast(ty.run(ty.load("announced"), draws=DRAWS), code="abc")
    assert archive.to_json([again, again]) == written
    assert str(launch.scenario.workspace.root) not in written
    whole = json.loads(written)
    assert json.dumps(whole, sort_keys=True, indent=2, ensure_ascii=False) + "\n" == written


@pytest.mark.parametrize(("scenario", "known"), [
    ("announced", ["announced", "baseline"]), ("baseline", ["baseline"]),
    ("delayed", ["delayed", "announced", "baseline"]),
])  # fmt: skip
def test_a_report_archives_the_scenario_the_other_and_the_root(
    scenario: str, known: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"scenario": scenario, "against": "", "lang": "en", "draws": 64, "seed": 7, "as_of": ""}
    monkeypatch.setenv(study.STAGING_VARIABLE, str(tmp_path))
    study.open(names).save()
    found = read(tmp_path / archive.FILE, archive.FILE)
    assert [each.scenario for each in found] == known
    assert {(each.draws, each.seed) for each in found} == {(64, 7)}
    assert all(each.code for each in found)
    resolved = ty.load(scenario)
    assert found[0].fingerprint == archive.fingerprint(resolved)


def broken(whole: Any, path: str, value: Any) -> None:
    """Set or delete what stands at a dotted path of the first forecast."""
    *steps, last = path.split("/")
    for step in steps:
        whole = whole[int(step)] if isinstance(whole, list) else whole[step]
    if value is KeyError:
        del whole[last]
    else:
        whole[last] = value


SPREAD = "forecasts/0/scale/related/years/2020"


@pytest.mark.parametrize(("path", "value"), [
    ("schema", 2), ("schema", True), ("schema", []), ("variable", "lp.city"), ("unit", "CNY"), ("forecasts", []),
    ("forecasts", {}), ("forecasts", "x"), ("forecasts/0/scenario", None), ("forecasts/0/as_of", "2017-13-01"),
    ("forecasts/0/as_of", 20171114), ("forecasts/0/draws", 100), ("forecasts/0/draws", True), ("forecasts/0/draws", 0),
    ("forecasts/0/draws", 16.5), ("forecasts/0/draws", 1 << 30), ("forecasts/0/seed", -1), ("forecasts/0/seed", "0"),
    ("forecasts/0/code", None), ("forecasts/0/scale", []), ("forecasts/0/scale", {}),
    ("forecasts/0/home_definition", "above_size"), ("forecasts/0/home_definition", "nothing"),
    ("forecasts/0/scale/related", KeyError), ("forecasts/0/scale/related/through", KeyError),
    ("forecasts/0/scale/related/through", 3), ("forecasts/0/scale/related/years", []), (f"{SPREAD}/p50", KeyError),
    (f"{SPREAD}/p50", 0), (f"{SPREAD}/p50", -1), (f"{SPREAD}/p50", 1e9), (f"{SPREAD}/p50", "1000"),
    (f"{SPREAD}/sd_log", -0.1), (f"{SPREAD}/sd_log", 10**400), (f"{SPREAD}/mean_log", None), (SPREAD, [1]),
    ("forecasts/0/scale/related/years/20x0", {}), ("forecasts/0/scale/related/years/1900", {}),
    ("forecasts/0/scale/related/years/２０２０", {}), ("forecasts/0/goals", None),
    ("forecasts/0/goals/R01/probability", 1.2), ("forecasts/0/goals/R01/comparison", "<"),
    ("forecasts/0/goals/R01/deadline", "2020"), ("forecasts/0/goals/R01/definition", 1),
])  # fmt: skip
def test_what_is_damaged_is_named_by_its_place(written: str, tmp_path: Path, path: str, value: Any) -> None:
    whole = json.loads(written)
    if path == "forecasts/0/scale/related":
        whole["forecasts"][0]["home_definition"] = "related"
    broken(whole, path, value)
    file = tmp_path / "forecast.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(ty.TuiyanError) as caught:
        read(file, "reports/x/forecast.json")
    assert codes(caught) == ["E236"]
    told = caught.value.findings[0].message.en
    assert "reports/x/forecast.json" in told
    assert path.split("/", maxsplit=1)[0] in told


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"schema": NaN}', b"9" * 5000]
)
def test_what_is_no_archive_is_refused_without_a_traceback(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "forecast.json"
    file.write_bytes(content)
    with pytest.raises(ty.TuiyanError) as caught:
        read(file, "forecast.json")
    assert codes(caught) == ["E236"]


def test_an_archive_cut_short_anywhere_is_refused(written: str, tmp_path: Path) -> None:
    file = tmp_path / "forecast.json"
    for length in range(0, len(written) - 2, 997):
        file.write_text(written[:length], encoding="utf-8")
        with pytest.raises(ty.TuiyanError) as caught:
            read(file, "forecast.json")
        assert codes(caught) == ["E236"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(ty.TuiyanError) as caught:
            read(path, path.name)
        assert codes(caught) == ["E237"]


def test_ten_digits_change_nothing_when_taken_again() -> None:
    for value in (math.pi, 1e-7 / 3, 2e9 / 7, 700.0):
        once = archive.ten_digits(value)
        assert archive.ten_digits(once) == once
        assert once == pytest.approx(value, rel=5e-10)


def test_a_learned_scenario_has_another_fingerprint(launch: Projection) -> None:
    learned = replace(launch.scenario, learned=object())  # type: ignore[arg-type]
    assert archive.fingerprint(learned) != archive.fingerprint(launch.scenario)
