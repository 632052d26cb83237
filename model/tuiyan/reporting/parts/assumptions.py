"""Part 13: every parameter with its law, source and grade, the fixed tables, and the grades behind each goal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tuiyan.inputs.facts import read_facts, visible
from tuiyan.inputs.projections import read_projections
from tuiyan.inputs.published_inputs import read_published_inputs
from tuiyan.inputs.scenario import OURS
from tuiyan.inputs.schema import GRADES, Status
from tuiyan.reporting import provenance
from tuiyan.reporting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tuiyan.reporting.links import Ref, anchor
from tuiyan.reporting.parts import origins
from tuiyan.reporting.parts.base import explained
from tuiyan.reporting.parts.changes import unit
from tuiyan.reporting.parts.fixed import Fixed, fixed_tables
from tuiyan.reporting.parts.shared import DEADLINE, set_by_scenario
from tuiyan.reporting.words import day, joined, listed, plain, sentence
from tuiyan.wording import Text, both, catalogue, say

if TYPE_CHECKING:
    from tuiyan.inputs.schema import Source
    from tuiyan.reporting.study import Study

# Which blocks of the register reach a variable; equation numbers of the model in the comments.
SCALE_BLOCKS = (
    "base", "macro", "adoption", "demand", "supply", "stocks", "balance", "scale", "firms", "policy", "lever",
)  # 1-6, 8  # fmt: skip
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
# Which fixed tables do: the start and speed of sectors, who uses what, the factor weights of segments.
SCALE_TABLES = ("sectors.start", "sectors.speed", "sectors.offset", "segments", "use", "mask")
PRODUCTIVITY_TABLES = (
    "sectors.value_added_2016", "sectors.start", "sectors.exposure", "sectors.labour_share", "sectors.speed", "mask",
)  # fmt: skip
TABLES_BEHIND: dict[str, tuple[str, ...]] = {
    "scale": SCALE_TABLES,
    "firms": SCALE_TABLES,
    "lp": PRODUCTIVITY_TABLES,
    "tfp": PRODUCTIVITY_TABLES,
    "adoption": ("sectors.start", "sectors.speed", "mask"),
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
STATUSES: tuple[Status, ...] = ("calibrated", "estimated", "assumed")


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    words = tuple(
        both(
            "report.status_meaning", word=both(f"report.status_of.{each}"), meaning=both(f"report.status_means.{each}")
        )
        for each in STATUSES
    )
    return (
        Heading("assumptions", both("report.assumptions.heading")),
        Paragraph(both("report.assumptions.lead")),
        Paragraph(both("report.assumptions.status")),
        Bullets(words),
        Paragraph(both("report.assumptions.vintage", as_of=day(study.scenario.as_of))),
        Paragraph(both("report.assumptions.places")),
        grades(study),
        register(study),
        *origins.tables(study),
        fixed(study),
        sources(study),
        vintages(study),
    )


def behind(study: Study, variable: str) -> list[str]:
    """Ids of the parameters that a variable depends on."""
    blocks_ = BEHIND.get(variable.split(".", maxsplit=1)[0], ())
    return [
        id_
        for id_ in study.scenario.laws
        if id_.split(".")[0] in blocks_ and id_ not in ASIDE and not id_.endswith(".displacement")
    ]


def tables_behind(study: Study, variable: str) -> list[Fixed]:
    """The fixed tables that a variable depends on."""
    names = TABLES_BEHIND.get(variable.split(".", maxsplit=1)[0], ())
    return [each for each in fixed_tables(study.scenario.workspace) if each.id in names or each.file_name in names]


def grades(study: Study) -> Table:
    """How many parameters and fixed values of each grade stand behind each goal that has a variable."""
    columns = (
        Column(both("report.column.goal")),
        Column(both("report.column.parameters"), "integer"),
        Column(both("report.column.fixed_values"), "integer"),
        *(Column(both(f"report.grade.{grade}"), "percent", plain("%")) for grade in GRADES),
    )
    rows: list[tuple[object, ...]] = []
    for id_, goal in study.scenario.workspace.goals.items():
        if goal.kind not in {"threshold", "count", "direction"} or not goal.variables:
            continue
        ids, tables = behind(study, goal.variables[0]), tables_behind(study, goal.variables[0])
        found = Counter(study.scenario.origins[each].grade for each in ids)
        for each in tables:
            found[each.grade] += each.values
        total = sum(found.values())
        shares = (found[grade] / total if total else None for grade in GRADES)
        fixed_values = sum(each.values for each in tables)
        name = provenance.goal(id_, Text(f"{id_} {goal.sentence}", f"{id_} {goal.en}"))
        rows.append((name, len(ids), fixed_values, *shares))
    note = sentence("report.T13b.note", share=("percent", explained(study, DEADLINE)))
    return Table("T13b", both("report.T13b.caption"), columns, tuple(rows), note)


def register(study: Study) -> Table:
    """T13: all parameters that this report uses, as the scenario has them."""
    names = ("name", "id", "symbol", "law", "unit", "hard", "state", "grade", "sources", "place")
    columns = tuple(Column(both(f"report.column.{name}")) for name in names)
    rows = tuple(_parameter_row(study, id_) for id_ in study.scenario.workspace.parameters)
    note = joined([both("report.T13.note"), both("report.pool.parameters")])
    return Table("T13", both("report.T13.caption"), columns, rows, note, "wide")


def _parameter_row(study: Study, id_: str) -> tuple[object, ...]:
    parameter, origin = study.scenario.workspace.parameters[id_], study.scenario.origins[id_]
    note = None if set_by_scenario(study.scenario, id_) else parameter.grade_note
    bounds = plain(str(parameter.hard).replace(", ", ",\u00a0"))
    return (
        Ref(parameter.label, id=anchor(provenance.ASSUMPTION, id_)), plain(id_), plain(parameter.symbol),
        plain(study.scenario.value(id_)),
        unit(parameter.unit), bounds, both(f"report.status_of.{parameter.status}"),
        graded(origin.grade, note), provenance.sources(origin.sources),
        provenance.shown(provenance.places(study.scenario, id_)),
    )  # fmt: skip


def graded(grade: str, note: Text | None) -> Text:
    """A grade, with what its file adds."""
    word = both(f"report.grade.{grade}")
    return both("report.grade.noted", grade=word, note=note) if note else word


def fixed(study: Study) -> Table:
    """T13d: the fixed tables, one row a column."""
    names = ("item", "file", "values", "unit", "grade", "sources", "place")
    columns = tuple(Column(both(f"report.column.{name}"), "integer" if name == "values" else "text") for name in names)
    rows = tuple(
        (
            each.name, plain(each.file), each.values, unit(each.unit), graded(each.grade, each.note),
            provenance.sources(each.sources), provenance.place_of(each.where),
        )
        for each in fixed_tables(study.scenario.workspace)
    )  # fmt: skip
    return Table("T13d", both("report.T13d.caption"), columns, rows, both("report.T13d.note"), "wide")


def sources(study: Study) -> Table:
    """The works that the register, the fixed tables, the levers and the comparison name, with their years."""
    workspace = study.scenario.workspace
    used = {each for origin in study.scenario.origins.values() for each in origin.sources}
    used |= {each for table in fixed_tables(workspace) for each in table.sources}
    used |= {each for lever in workspace.levers.values() for each in lever.sources}
    used |= {*workspace.plan.plan.sources, OURS}
    used |= {each.source for each in read_projections(workspace)}
    used |= {each.source for each in read_published_inputs(workspace)}
    rows = tuple(
        (
            Ref(plain(id_), id=anchor(provenance.SOURCE, id_)),
            plain(source.year) if source.year else None,
            reference(id_, source),
            listed(both(f"report.use.{use}") for use in source.use) if source.use else plain("—"),
        )
        for id_, source in workspace.source_file.sources.items()
        if id_ in used
    )
    columns = tuple(Column(both(f"report.column.{name}")) for name in ("id", "published", "reference", "use"))
    return Table("T13c", both("report.T13c.caption"), columns, rows, both("report.T13c.note"), kind="wide")


def reference(id_: str, source: Source) -> Text:
    """A reference; Chinese publications by their Chinese names on the Chinese page, foreign ones as they are cited."""
    key = f"report.reference.{id_}"
    return Text(say(key, "zh") if key in catalogue() else source.reference, source.reference)


def vintages(study: Study) -> Table:
    """T13e: the published observations that a run at this vintage sees, by definition."""
    scenario = study.scenario
    facts = read_facts(scenario.workspace)
    seen = visible(facts, scenario.as_of)
    names = ("statistic", "seen", "later", "years", "latest")
    kinds = {"seen": "integer", "later": "integer"}
    columns = tuple(Column(both(f"report.column.{name}"), kinds.get(name, "text")) for name in names)
    every = Counter(fact.definition for fact in facts)
    rows = []
    for id_, definition in scenario.workspace.definition_file.definitions.items():
        known = [fact for fact in seen if fact.definition == id_]
        if not known:
            continue
        first, last = (pick(fact.year for fact in known) for pick in (min, max))
        span = plain(first if first == last else f"{first}–{last}")
        latest = max(fact.published for fact in known)
        rows.append(
            (
                provenance.definition(id_, definition.label),
                len(known),
                every[id_] - len(known),
                span,
                plain(latest.isoformat()),
            )
        )
    note = both("report.T13e.note", as_of=day(scenario.as_of), seen=len(seen), total=len(facts))
    return Table("T13e", both("report.T13e.caption"), columns, tuple(rows), note, "wide")
