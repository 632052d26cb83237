"""Part 14: goals against measures, with the blanks visible, and the findings that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan.reporting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tuiyan.reporting.words import plain
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

MARK, BLANK = "●", ""


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    plan = study.scenario.workspace.plan
    return (
        Heading("coverage", both("report.coverage.heading")),
        Paragraph(both("report.coverage.lead")),
        matrix(study),
        Heading("findings", both("report.coverage.findings"), 3),
        Bullets(tuple(plan.findings)),
        measures(study),
    )


def goal_rows(study: Study) -> list[tuple[str, Text]]:
    """Goals, and the named parts of those that have parts, with their names; instruments and facts aim at nothing."""
    rows: list[tuple[str, Text]] = []
    for id_, goal in study.scenario.workspace.goals.items():
        if goal.kind in {"instrument", "structure", "fact"}:
            continue
        rows.append((id_, Text(f"{id_} {goal.sentence}", f"{id_} {goal.en}")))
        rows.extend((f"{id_}.{part.id}", both("report.part_of", name=part.label)) for part in goal.parts)
    return rows


def matrix(study: Study) -> Table:
    """A mark where a measure's own text aims at a goal; a row without marks counts 0."""
    declared = study.scenario.workspace.measure_file.measures
    columns = (
        Column(both("report.column.goal")),
        *(Column(plain(id_.removeprefix("M"))) for id_ in declared),
        Column(both("report.column.marks")),
    )
    rows = []
    for id_, name in goal_rows(study):
        aimed = [_aims(measure.aims, id_) for measure in declared.values()]
        rows.append((name, *(plain(MARK if each else BLANK) for each in aimed), plain(sum(aimed))))
    return Table("T14", both("report.T14.caption"), columns, tuple(rows), both("report.T14.note"), "matrix")


def _aims(aims: tuple[str, ...], goal: str) -> bool:
    """Whether a measure aims at a goal, or at a named part of it."""
    return any(aim == goal or aim.startswith(f"{goal}.") for aim in aims)


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
        named = Text("、".join(f"{x.id} {x.zh}" for x in levers), "; ".join(f"{x.id} {x.en}" for x in levers))
        rows.append(
            (plain(id_), measure.label, Text(f"{measure.group} {group.zh}", f"{measure.group} {group.en}"), named)
        )
    return Table("T14b", both("report.T14b.caption"), columns, tuple(rows), both("report.T14b.note"), "wide")
