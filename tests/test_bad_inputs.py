"""Broken input of every kind is refused at its line, in both languages, at once, and nothing is run or written."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tuiyan as ty
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tuiyan.inputs.documents import parse_yaml
from tuiyan.inputs.findings import Finding
from tuiyan.wording import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "bad_inputs"
ROWS: list[dict[str, Any]] = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))
SCENARIOS = [row for row in ROWS if "file" in row and "patch" not in row]
PATCHES = [row for row in ROWS if "patch" in row]
LONGEST = 2.0  # seconds of processor time
FEWEST = 170
KINDS = {
    "scenario", "parameters", "sectors", "segments", "use", "levers", "measures", "goals", "facts", "definitions",
    "sources", "tables", "io", "analogues",
}  # fmt: skip
# Given by a missing file, a folder or a size that no committed file has, which tests below make; E255 and E295 by none;
# the last three when a scenario is written.
NOT_IN_A_FILE = {"E001", "E002", "E009", "E150", "E233", "E255", "E295", "E152", "E311", "E316", "E317"}
CHINESE = re.compile("[\u4e00-\u9fff]")
Told = tuple[str, str, int, int]


# What happens while a file is read: no program is started, no connection made, no file opened to be written.


FORBIDDEN = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen", "socket.connect", "os.remove",
             "os.rename", "os.mkdir", "shutil.rmtree")  # fmt: skip


class Watch:
    """Notes what a reader of data must not do; an audit hook cannot be taken back, so it is switched."""

    on = False
    seen: list[str]

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on:
            return
        writes = event == "open" and int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        compiled = "__pycache__" in str(arguments[0]) if arguments else False
        if (event in FORBIDDEN or writes) and not compiled:
            self.seen.append(f"{event} {arguments}")


@cache
def watch() -> Watch:
    hook = Watch()
    sys.addaudithook(hook)
    return hook


@pytest.fixture(autouse=True)
def _nothing_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    watch().seen = []
    yield
    assert watch().seen == []
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "made", tmp_path / "params"}


def test_the_watch_sees_a_program_and_a_file() -> None:
    watch().on = True
    try:
        Path("made").touch()
        os.system("")  # noqa: S605 - an empty command
        sys.audit("socket.connect", None, None)
    finally:
        watch().on = False
    assert [event.partition(" ")[0] for event in watch().seen] == ["open", "os.system", "socket.connect"]
    watch().seen.clear()


@dataclass(frozen=True)
class Result:
    findings: tuple[Finding, ...]
    seconds: float


def told(read: Callable[[], tuple[Finding, ...]]) -> Result:
    """What `read` finds, and in what time; any exception but ours fails the test by itself."""
    start = time.process_time()
    watch().on = True
    try:
        found = read()
    except ty.TuiyanError as error:
        found = error.findings
    finally:
        watch().on = False
    return Result(found, time.process_time() - start)


def placed(findings: tuple[Finding, ...]) -> list[Told]:
    where = [(finding, finding.where or ty.inputs.findings.Place("")) for finding in findings]
    return sorted((f.code, place.file, place.line, place.column) for f, place in where if f.level != "note")


def wanted(row: dict[str, Any], file: str, first: int = 1) -> list[Told]:
    """The findings of a row; lines are counted from `first` unless a finding names its file."""
    each = [row if "patch" in row else {**row, "file": file}, *row.get("more", [])]
    return sorted(
        (
            one["code"],
            one.get("file", file),
            one["line"] + (0 if "file" in one and one["file"] != file else first - 1),
            one["column"],
        )
        for one in each
    )


def is_told_well(finding: Finding) -> None:
    for lang in LANGUAGES:
        for text in (finding.message[lang], finding.remedy[lang]):
            assert text.strip()
            assert len(text) < 2000
        assert finding.render(lang).count(finding.code) == 1
    assert CHINESE.search(finding.message.zh)
    assert CHINESE.search(finding.remedy.zh)


# The corpus.


def test_the_corpus_is_large_and_whole() -> None:
    assert len(SCENARIOS) + len(PATCHES) == len(ROWS) >= FEWEST
    assert {row["file"] for row in SCENARIOS} == {f"scenarios/{path.name}" for path in (CORPUS / "scenarios").iterdir()}
    assert {row["kind"] for row in ROWS} == KINDS
    names = [row.get("name") or row["file"] for row in ROWS]
    assert len(set(names)) == len(names)
    contents = [path.read_bytes() for path in (CORPUS / "scenarios").iterdir()]
    assert len(set(contents)) == len(contents)


def test_every_code_that_a_file_can_give_is_in_the_corpus() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "model/tuiyan/inputs").glob("*.py"))
    codes = set(re.findall(r'"([EW]\d{3})"', sources)) - NOT_IN_A_FILE
    shown = {one["code"] for row in ROWS for one in (row, *row.get("more", []))}
    assert codes - shown == set()


@pytest.mark.parametrize("row", SCENARIOS, ids=lambda row: Path(row["file"]).stem)
def test_a_broken_scenario_is_told_at_its_place(row: dict[str, Any]) -> None:
    path = CORPUS / row["file"]

    def read() -> tuple[Finding, ...]:
        return ty.load(path, workspace=ROOT).warnings

    ty.load("announced", workspace=ROOT)
    result = told(read)
    assert placed(result.findings) == wanted(row, path.relative_to(ROOT).as_posix())
    assert result.seconds < LONGEST
    for finding in result.findings:
        is_told_well(finding)
    if row["code"][0] == "E":
        with pytest.raises(ty.TuiyanError):
            ty.load(path, workspace=ROOT)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that is mended after each test."""
    folder = tmp_path_factory.mktemp("study")
    shutil.copytree(ROOT / "params", folder / "params")
    return folder


@cache
def shipped() -> frozenset[tuple[str, str]]:
    return frozenset((finding.code, finding.message.en) for finding in ty.check(workspace=ROOT))


@pytest.mark.parametrize("row", PATCHES, ids=lambda row: row["name"])
def test_a_broken_file_is_told_at_its_place(row: dict[str, Any], study: Path) -> None:
    path = study / row["patch"]
    text = path.read_text(encoding="utf-8")
    assert row.get("old", "") in text, f"{row['patch']} no longer holds {row['old']!r}"
    first = text.count("\n", 0, text.index(row["old"])) + 1 if "old" in row else 1
    path.write_text(text.replace(row["old"], row["new"], 1) if "old" in row else row["new"], encoding="utf-8")
    try:
        result = told(lambda: tuple(ty.check(workspace=study)))
    finally:
        path.write_text(text, encoding="utf-8")
    found = tuple(finding for finding in result.findings if (finding.code, finding.message.en) not in shipped())
    assert placed(found) == wanted(row, row["patch"], first)
    assert result.seconds < LONGEST
    for finding in found:
        is_told_well(finding)


# What cannot be committed: names, sizes, things that are no files.


@pytest.mark.parametrize(
    "name",
    ["my scenario", "情景", "-rf", "=cmd()", "<b>trial<b>", "Trial", "a.b", "$(touch executed)", "; ls", "🚀",
     "trial\u202e", "trial\n", "x" * 65, "'"],
)  # fmt: skip
def test_a_scenario_by_a_name_that_is_no_id_is_refused(workspace: Path, name: str) -> None:
    path = workspace / "params" / "scenarios" / f"{name}.yaml"
    shutil.copy(ROOT / "params/scenarios/delayed.yaml", path)
    result = told(lambda: ty.load(path, workspace=workspace).warnings)
    assert [finding.code for finding in result.findings] == ["E123"]
    everything = [finding for finding in ty.check(workspace=workspace) if finding.level == "error"]
    assert [finding.code for finding in everything] == ["E123"]
    for finding in everything:
        is_told_well(finding)


@pytest.mark.parametrize(
    "name", ["../delayed", "/nowhere/delayed.yaml", "nul\0byte", "", "~", "https://example.org/a.yaml"]
)
def test_a_name_that_leads_out_is_no_scenario(name: str) -> None:
    result = told(lambda: ty.load(name, workspace=ROOT).warnings)
    assert {finding.code for finding in result.findings} <= {"E001", "E009", "E116", "E123"}
    for finding in result.findings:
        is_told_well(finding)


def test_a_name_with_the_ending_yml_is_told(workspace: Path) -> None:
    (workspace / "params" / "scenarios" / "trial.yml").write_text("extends: announced\n", encoding="utf-8")
    found = [finding for finding in ty.check(workspace=workspace) if finding.level == "error"]
    assert [(finding.code, finding.where and finding.where.file) for finding in found] == [
        ("E123", "params/scenarios/trial.yml")
    ]


@pytest.mark.parametrize("file", ["scenarios/large.yaml", "parameters.yaml", "use.csv", "facts/ai_scale.csv"])
def test_a_file_of_50_mb_is_refused_unread(workspace: Path, file: str) -> None:
    path = workspace / "params" / file
    with path.open("wb") as large:
        large.write(b"extends: announced\n")
        large.truncate(50 * 1024 * 1024)
    result = told(lambda: tuple(ty.check(workspace=workspace)))
    assert placed(result.findings) == [("E002", f"params/{file}", 0, 0)]
    assert result.seconds < LONGEST


@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_file_is_refused_and_not_waited_for(workspace: Path, kind: str) -> None:
    path = workspace / "params" / "scenarios" / "trial.yaml"
    if kind == "folder":
        path.mkdir()
    elif not hasattr(os, "mkfifo"):
        pytest.skip("this system has neither")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    result = told(lambda: ty.load("trial", workspace=workspace).warnings)
    assert placed(result.findings) == [("E009", "params/scenarios/trial.yaml", 0, 0)]


HEAD = (CORPUS / "scenarios" / "soft_bound_lever.yaml").read_text(encoding="utf-8").partition("levers:")[0]
WHY = "because: {zh: 试, en: t}, grade: study"
SOURCES = [f"s{number}" for number in range(25_000)]
ENORMOUS = {
    "lists without an end": "[" * 250_000,
    "mappings without an end": "{a: " * 60_000,
    "dashes": "- " * 120_000,
    "questions": "? " * 120_000,
    "one long key": f"{HEAD}? {'k' * 200_000}\n: 1\n",
    "one long lever": f"{HEAD}levers:\n  ? {'talent' * 30_000}\n  : {{set: 1, {WHY}}}\n",
    "one long number": f"{HEAD}levers: {{talent: {{set: {'9' * 200_000}, {WHY}}}}}\n",
    "one long year": f"{HEAD}levers: {{talent: {{set: {{? {'2' * 200_000}\n: 1}}, {WHY}}}}}\n",
    "unknown keys": HEAD + "".join(f"k{n}: 1\n" for n in range(25_000)),
    "unknown levers": HEAD + "levers:\n" + "".join(f"  t{n}: {{set: 1, {WHY}}}\n" for n in range(3_500)),
    "empty levers": HEAD + "levers:\n" + "".join(f"  talen{n}: {{}}\n" for n in range(12_000)),
    "anchors": "".join(f"k{n}: &a{n} x\n" for n in range(15_000)),
    "one key again and again": "k: 1\n" * 50_000,
    "knots": HEAD + "levers: {talent: {set: {" + ", ".join(f"{n}: 1" for n in range(2018, 9999)) + f"}}, {WHY}}}}}\n",
    "unknown series": HEAD + "facts_used:\n" + "".join(f"  - {{series: s{n}}}\n" for n in range(10_000)),
    "unknown sources": f"{HEAD}levers: {{talent: {{set: 1, {WHY}, sources: [" + ", ".join(map(str, SOURCES)) + "]}}",
    "an alias bomb": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 5_000)),
}


@pytest.mark.parametrize("what", ENORMOUS)
def test_a_file_made_to_hang_is_refused_in_time_and_in_few_words(tmp_path: Path, what: str) -> None:
    path = tmp_path / "made" / "trial.yaml"
    path.parent.mkdir()
    path.write_text(ENORMOUS[what], encoding="utf-8")
    assert path.stat().st_size < 256 * 1024, "larger files are refused unread"
    ty.load("announced", workspace=ROOT)
    result = told(lambda: ty.load(path, workspace=ROOT).warnings)
    assert result.findings
    assert result.seconds < LONGEST
    assert len(result.findings) <= 100
    for finding in result.findings:
        is_told_well(finding)


# Made by chance: a sound scenario damaged in one or a few ways.


SOUND = {
    name: (ROOT / "params" / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    for name in ("baseline", "delayed", "fast_technology", "finance_drought")
} | {
    "language": HEAD
    + f"""as_of: 2022-12-31
horizon: 2025
levers:
  talent: {{set: {{2018: 0.2, 2020: 1, then: hold}}, between: logistic, {WHY}}}
  policy.delay: {{set: 1, {WHY}}}
uncertain:
  base.scale: {{set: {{family: lognormal, p5: 350, p50: 600, p95: 1030}}, {WHY}, sources: [analyst]}}
  demand.elasticity: {{scale: {{2018: 1, 2022: 0.9}}, widen: 1.2, between: step, {WHY}}}
  adoption.ceiling: {{set: {{family: triangular, low: 0.3, mode: 0.5, high: 0.8}}, {WHY}}}
  pipeline.start_share: {{set: [0.2, 0.6, 1], {WHY}}}
correlations:
  - {{between: [base.scale, scale.speed], rank: 0.4, {WHY}}}
facts_used:
  - {{series: sh_ai_scale_above_size, year: 2020}}
"""
}
JUNK = [
    "", "~", "true", "-", "{}", "[]", "[[]]", "{a: 1}", "{2018: 1}", "{2018-01-01: 1}", "{then: hold}", "0",
    "-1", "1e400", ".nan", "-.inf", "2017-11-14", "2017", "'1'", "3.5", "亿元", "30%", "&a x", "*a",
    "!!python/name:os.system", "<<: {a: 1}", "../x", "'\\0'", '"\\0"', '"\\u202e"', "\ufeff", "１",
    "{family: normal}", "{family: beta, a: 1.0e-300, b: 1.0e+300}", "{family: dirichlet, concentration: 12}",
    "{family: fixed, value: []}", "[0, 0, 1]", "{zh: 试}", "{zh: 试, en: x}", "{set: 1}", "? a", "- - -",
    "a: b: c", "'", '"', "#", "\t", "|", ">", "%", "@", "`", "\r", "\x85", "\u2028",
]  # fmt: skip
SPOT = st.floats(0, 1, exclude_max=True)
DAMAGE = st.one_of(
    st.tuples(st.just("value"), SPOT, st.sampled_from(JUNK)),
    st.tuples(st.just("key"), SPOT, st.sampled_from(JUNK)),
    st.tuples(st.just("insert"), SPOT, st.one_of(st.sampled_from(JUNK), st.text(max_size=8))),
    st.tuples(st.just("drop"), SPOT, SPOT),
    st.tuples(st.just("swap"), SPOT, SPOT),
    st.tuples(st.just("bytes"), SPOT, st.binary(min_size=1, max_size=6)),
    st.tuples(st.just("cut"), SPOT, st.just(b"")),
)


def damaged(raw: bytes, how: tuple[str, float, Any]) -> bytes:
    """A file with one kind of damage."""
    kind, spot, what = how
    if kind in ("bytes", "cut"):
        at = int(spot * len(raw))
        return bytes(raw[:at] + (what + raw[at + len(what) :] if kind == "bytes" else b""))
    text = raw.decode("utf-8", "replace")
    if kind in ("drop", "swap"):
        lines = text.splitlines(keepends=True) or [""]
        one, other = int(spot * len(lines)), int(what * len(lines))
        if kind == "drop":
            del lines[one : max(one + 1, min(other, one + 4))]
        else:
            lines[one], lines[other] = lines[other], lines[one]
        return "".join(lines).encode()
    pattern = {"value": r"(?<=: )[^{\[\n,}\]]+|(?<=: )[{\[].*", "key": r"[\w.]+(?=:)", "insert": r""}[kind]
    places = list(re.finditer(pattern, text)) or list(re.finditer("", text))
    found = places[int(spot * len(places))]
    return (text[: found.start()] + str(what) + text[found.end() :]).encode("utf-8", "replace")


def lines_of(raw: bytes) -> int:
    """Number of lines as an editor counts them, and the one after the last."""
    return len(re.split("\r\n|[\r\n\x85\u2028\u2029]", raw.decode("utf-8", "replace"))) + 1


@settings(
    max_examples=600, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(sorted(SOUND)), st.lists(DAMAGE, min_size=1, max_size=3))
def test_a_damaged_scenario_loads_or_is_told_inside_the_file(
    tmp_path: Path, name: str, damages: list[tuple[str, float, Any]]
) -> None:
    raw = SOUND[name].encode()
    for how in damages:
        raw = damaged(raw, how)
    path = tmp_path / "made" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    result = told(lambda: ty.load(path, workspace=ROOT).warnings)
    assert result.seconds < LONGEST
    for finding in result.findings:
        is_told_well(finding)
        assert finding.where is not None, finding
        if finding.where.file == path.name:
            assert 0 <= finding.where.line <= lines_of(raw), finding
        assert finding.where.line or finding.code == "E009", finding


NUMBERS = st.one_of(st.sampled_from([-1, 0, 1, 0.3, 30, 2018, 700, 1e308, 1e-308]), st.floats(-10, 10))
LAWS = st.builds(
    lambda family, keys, values: {"family": family, **dict(zip(keys, values, strict=False))},
    st.sampled_from(["fixed", "normal", "lognormal", "triangular", "beta", "dirichlet", "gauss"]),
    st.sampled_from(
        [("value",), ("mean", "sd"), ("median", "sd_log"), ("low", "mode", "high"), ("a", "b"), ("concentration",),
         ("p5", "p50", "p95"), ("mean",)]
    ),
    st.lists(NUMBERS, min_size=3, max_size=3),
)  # fmt: skip
KNOTS = st.dictionaries(
    st.sampled_from(["2016", "2018", "2020", "2025", "2031", "then", "201", "2018-01"]),
    st.one_of(NUMBERS, LAWS, st.sampled_from(["hold", "stop"])),
    min_size=1,
    max_size=4,
)
TEXTS = st.sampled_from(["", "x", "talent", "base.scale", "step", "study", "announced", "2018-09-25", "30%", "\u202e"])
VALUES = st.one_of(
    NUMBERS, LAWS, KNOTS, TEXTS, st.none(), st.booleans(), st.lists(NUMBERS, max_size=4), st.lists(TEXTS, max_size=3),
    st.dictionaries(TEXTS, NUMBERS, max_size=2), st.builds(lambda value: {"set": value}, NUMBERS),
)  # fmt: skip
KINDS_OF_CHANGE = ["value", "value", "value", "drop", "rename", "elsewhere", "operation"]
WHAT = st.tuples(st.sampled_from(KINDS_OF_CHANGE), SPOT, SPOT, VALUES, TEXTS)


def parts_of(data: Any) -> list[tuple[Any, Any]]:
    """Every place of some data as (what holds it, key or position)."""
    each = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [(data, key) for key, _ in each] + [part for _, inner in each for part in parts_of(inner)]


def changed(data: Any, how: tuple[str, float, float, Any, str]) -> None:
    """Change one place of the data of a scenario; the form stays sound, so that the deeper checks are reached."""
    kind, spot, other, value, word = how
    places = parts_of(data)
    if not places:
        return
    inside, key = places[int(spot * len(places))]
    if kind == "drop":
        del inside[key]
    elif kind == "rename" and isinstance(inside, dict):
        inside[word] = inside.pop(key)
    elif kind == "elsewhere":
        source, name = places[int(other * len(places))]
        inside[key] = copy.deepcopy(source[name])
    elif kind == "operation" and isinstance(inside, dict) and "because" in inside:
        name = ("set", "add", "scale", "widen", "between")[int(other * 5)]
        inside.pop("set", None)
        inside[name] = value
    else:
        inside[key] = value


@settings(
    max_examples=600, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(sorted(SOUND)), st.lists(WHAT, min_size=1, max_size=3))
def test_a_changed_scenario_loads_or_is_told_inside_the_file(
    tmp_path: Path, name: str, changes: list[tuple[str, float, float, Any, str]]
) -> None:
    data = parse_yaml(SOUND[name], name).data
    for how in changes:
        changed(data, how)
    path = tmp_path / "made" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    result = told(lambda: ty.load(path, workspace=ROOT).warnings)
    assert result.seconds < LONGEST
    for finding in result.findings:
        is_told_well(finding)
        assert finding.where is not None, finding
        assert finding.where.line, finding


TABLES = (
    "sectors.csv", "segments.csv", "use.csv", "facts/ai_firms_talent.csv", "published_projections.csv",
    "published_inputs.csv", "analogues.csv", "analogues_bass.csv",
)  # fmt: skip
CELLS = [
    "",
    "-1",
    "nan",
    "inf",
    "1e999",
    "1_0",
    "７",
    "30%",
    '"',
    '""',
    ",",
    ";",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u202e",
    "x",
    "mfg",
]
CELL_DAMAGE = st.one_of(
    st.tuples(st.just("cell"), SPOT, st.sampled_from(CELLS)),
    st.tuples(st.just("swap"), SPOT, SPOT),
    st.tuples(st.just("drop"), SPOT, SPOT),
    st.tuples(st.just("bytes"), SPOT, st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("cut"), SPOT, st.just(b"")),
)


def damaged_table(raw: bytes, how: tuple[str, float, Any]) -> bytes:
    """A table with one kind of damage."""
    if how[0] != "cell":
        return damaged(raw, how)
    text = raw.decode("utf-8", "replace")
    places = list(re.finditer(r"[^,\n]+", text)) or list(re.finditer("", text))
    found = places[int(how[1] * len(places))]
    return (text[: found.start()] + str(how[2]) + text[found.end() :]).encode()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(TABLES), st.lists(CELL_DAMAGE, min_size=1, max_size=2))
def test_a_damaged_table_is_sound_or_told(study: Path, name: str, damages: list[tuple[str, float, Any]]) -> None:
    path = study / "params" / name
    before = path.read_bytes()
    raw = before
    for how in damages:
        raw = damaged_table(raw, how)
    path.write_bytes(raw)
    try:
        result = told(lambda: tuple(ty.check("announced", workspace=study)))
    finally:
        path.write_bytes(before)
    assert result.seconds < LONGEST
    for finding in result.findings:
        is_told_well(finding)
        assert finding.where is not None
