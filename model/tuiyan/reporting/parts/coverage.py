"""Part 14: goals against measures, with the blanks visible, and the findings that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.reporting import provenance
from tuiyan.reporting.blocks import PART, Block, Bullets, Column, Heading, Paragraph, Table
from tuiyan.reporting.parts.goals import name_of
from tuiyan.reporting.words import listed, plain
from tuiyan.wording import Text, both, catalogue

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

MARK, BLANK = "●", ""
LONGEST = {"zh": 16, "en": 44}  # of a statement in a list of findings


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("coverage", both("report.coverage.heading")),
        Paragraph(both("report.coverage.lead")),
        matrix(study),
        Heading("findings", both("report.coverage.findings"), 3),
        Bullets(findings(study)),
        measures(study),
    )


def goal_rows(study: Study) -> list[tuple[str, Text, Text]]:
    """Goals and the named parts of those that have parts: id, name of the row, short name. Instruments are none."""
    rows: list[tuple[str, Text, Text]] = []
    for id_, goal in study.scenario.workspace.goals.items():
        if goal.kind in {"instrument", "structure", "fact"}:
            continue
        name = Text(f"{id_} {goal.sentence}", f"{id_} {goal.en}")
        short = Text(_cut(goal.sentence, "zh"), _cut(goal.en, "en"))
        if goal.counted:
            short = name_of(study, study.ledger.row(id_))
        rows.append((id_, name, both("report.named_goal", id=id_, name=short)))
        for part in goal.parts:
            short = Text(f"{id_} {part.zh}", f"{id_} {part.en}")
            rows.append((f"{id_}.{part.id}", Text(f"{PART}{part.zh}", f"{PART}{part.en}"), short))
    return rows


def _cut(text: str, lang: str) -> str:
    return text if len(text) <= LONGEST[lang] else f"{text[: LONGEST[lang]].rstrip()}…"


def short_name(study: Study, measure: str) -> Text:
    """The short name of a measure, for the head of a column; of one we do not know, its own."""
    key = f"report.measure.{measure}"
    return both(key) if key in catalogue() else study.scenario.workspace.measure_file.measures[measure].label


def matrix(study: Study) -> Table:
    """A mark where a measure's own text aims at a goal; a row without marks counts 0."""
    declared = study.scenario.workspace.measure_file.measures
    columns = (
        Column(both("report.column.goal")),
        *(Column(short_name(study, id_), unit=plain(id_.removeprefix("M"))) for id_ in declared),
        Column(both("report.column.marks")),
    )
    rows: list[tuple[object, ...]] = []
    sums = [0] * len(declared)
    for id_, name, _ in goal_rows(study):
        aimed = [_aims(measure.aims, id_) for measure in declared.values()]
        if "." not in id_:
            sums = [total + each for total, each in zip(sums, aimed, strict=True)]
        linked = name if "." in id_ else provenance.goal(id_, name)
        rows.append((linked, *(plain(MARK if each else BLANK) for each in aimed), plain(sum(aimed))))
    rows.append((both("report.marks_of_measure"), *(plain(total) for total in sums), plain(sum(sums))))
    return Table(
        "T14", both("report.T14.caption", number=len(declared)), columns, tuple(rows), both("report.T14.note"), "matrix"
    )


def _aims(aims: tuple[str, ...], goal: str) -> bool:
    """Whether a measure aims at a goal, or at a named part of it."""
    return any(aim == goal or aim.startswith(f"{goal}.") for aim in aims)


def findings(study: Study) -> tuple[Text, ...]:
    """Blank rows, blank columns, and what the plan itself notes."""
    declared = study.scenario.workspace.measure_file.measures
    blank = [
        short
        for id_, _, short in goal_rows(study)
        if not any(_aims(measure.aims, id_) for measure in declared.values())
    ]
    idle = [
        Text(f"{id_} {short_name(study, id_).zh}", f"{id_} {short_name(study, id_).en}")
        for id_, measure in declared.items()
        if not measure.aims
    ]
    found = []
    if blank:
        found.append(both("report.finding.rows", number=len(blank), goals=_semicolons(blank)))
    if idle:
        found.append(both("report.finding.columns", number=len(idle), measures=listed(idle)))
    return (*found, *study.scenario.workspace.plan.findings)


def _semicolons(names: list[Text]) -> Text:
    return Text("；".join(each.zh for each in names), "; ".join(each.en for each in names))


def measures(study: Study) -> Table:
    """The measures behind the numbers of the matrix."""
    workspace = study.scenario.workspace
    file = workspace.measure_file
    names = ("measure", "heading_paraphrase", "group", "levers")
    columns = tuple(Column(both(f"report.column.{name}")) for name in names)
    rows = []
    for id_, measure in file.measures.items():
        group = file.groups[measure.group]
        levers = [workspace.levers[key] for key in measure.levers]
        named = tuple(
            provenance.assumption(study.scenario, key, Text(f"{its.id} {its.zh}", f"{its.id} {its.en}"))
            for key, its in zip(measure.levers, levers, strict=True)
        )
        rows.append(
            (plain(id_), measure.label, Text(f"{measure.group} {group.zh}", f"{measure.group} {group.en}"), named)
        )
    return Table("T14b", both("report.T14b.caption"), columns, tuple(rows), both("report.T14b.note"), "wide")
