"""Part 13: every parameter with its law, source and grade, and the share of each grade behind each goal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tuiyan.inputs.schema import GRADES
from tuiyan.reporting.blocks import Block, Column, Heading, Paragraph, Table
from tuiyan.reporting.parts.changes import place_of, unit
from tuiyan.reporting.words import listed, plain
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

# Which blocks of the register reach a variable; equation numbers of economics.md in the comments.
SCALE_BLOCKS = (
    "base",
    "macro",
    "adoption",
    "demand",
    "supply",
    "stocks",
    "balance",
    "scale",
    "firms",
    "policy",
    "lever",
)  # 1-6, 8
PRODUCTIVITY_BLOCKS = ("adoption", "productivity", "policy", "lever")  # 1, 10, 11
BEHIND: dict[str, tuple[str, ...]] = {
    "scale": (*SCALE_BLOCKS, "scope"),
    "firms": SCALE_BLOCKS,
    "pipeline": ("pipeline", "policy"),
    "lp": PRODUCTIVITY_BLOCKS,
    "tfp": PRODUCTIVITY_BLOCKS,
    "adoption": ("adoption", "policy", "lever"),
    "stock": ("stocks", "policy", "lever"),
}
# Keys inside those blocks that reach no goal: the J-curve's capital, what one published figure is observed with,
# the shares of displacement and the working rules of other goals.
ASIDE = (
    "macro.growth_capital",
    "macro.growth_employment",
    "macro.deflator",
    "macro.gdp_2016",
    "scope.observation_error",
    "scope.related",
    "scope.above_size",
)


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("assumptions", both("report.assumptions.heading")),
        Paragraph(both("report.assumptions.lead")),
        grades(study),
        register(study),
        sources(study),
    )


def behind(study: Study, variable: str) -> list[str]:
    """Ids of the parameters that a variable depends on."""
    blocks_ = BEHIND.get(variable.split(".", maxsplit=1)[0], ())
    return [
        id_
        for id_ in study.scenario.laws
        if id_.split(".")[0] in blocks_ and id_ not in ASIDE and not id_.endswith(".displacement")
    ]


def grades(study: Study) -> Table:
    """How many parameters of each grade stand behind each goal that has a variable."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.parameters"), "integer"),
        *(Column(both(f"report.grade.{grade}"), "percent", plain("%")) for grade in GRADES),
    )
    rows: list[tuple[object, ...]] = []
    for id_, goal in study.scenario.workspace.goals.items():
        if goal.kind not in {"threshold", "count", "direction"} or not goal.variables:
            continue
        ids = behind(study, goal.variables[0])
        found = Counter(study.scenario.origins[each].grade for each in ids)
        shares = (found[grade] / len(ids) if ids else None for grade in GRADES)
        rows.append((Text(f"{id_} {goal.sentence}", f"{id_} {goal.en}"), len(ids), *shares))
    return Table("T13b", both("report.T13b.caption"), columns, tuple(rows), both("report.T13b.note"))


def register(study: Study) -> Table:
    """T13: all parameters as this scenario has them."""
    names = ("name", "id", "symbol", "law", "unit", "hard", "state", "grade", "sources", "place")
    columns = tuple(Column(both(f"report.column.{name}")) for name in names)
    rows = []
    for id_, parameter in study.scenario.workspace.parameters.items():
        origin = study.scenario.origins[id_]
        rows.append((
            parameter.label, plain(id_), plain(parameter.symbol), plain(study.scenario.value(id_)),
            unit(parameter.unit),
            plain(parameter.hard), both(f"report.status_of.{parameter.status}"), both(f"report.grade.{origin.grade}"),
            listed(origin.sources), plain(place_of(origin.where).en.removeprefix("params/")),
        ))  # fmt: skip
    return Table("T13", both("report.T13.caption"), columns, tuple(rows), both("report.T13.note"), "wide")


def sources(study: Study) -> Table:
    """The works that the register names."""
    used = {each for origin in study.scenario.origins.values() for each in origin.sources}
    known = study.scenario.workspace.source_file.sources
    rows = tuple(
        (plain(id_), plain(source.reference), listed(both(f"report.use.{use}") for use in source.use))
        for id_, source in known.items()
        if id_ in used
    )
    columns = tuple(Column(both(f"report.column.{name}")) for name in ("id", "reference", "use"))
    return Table("T13c", both("report.T13c.caption"), columns, rows, kind="wide")
