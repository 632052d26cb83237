"""The rows of part 13 beside parameters and fixed tables: levers, settings, groups, goals, definitions, figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.units import unit_name
from tuiyan.reporting import provenance
from tuiyan.reporting.blocks import Column, Table
from tuiyan.reporting.links import Ref, anchor
from tuiyan.reporting.parts.base import published_base
from tuiyan.reporting.words import day, plain, sentence
from tuiyan.wording import LANGUAGES, Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.policy_schema import Goal
    from tuiyan.inputs.schema import Bridge
    from tuiyan.reporting.study import Study

Cells = tuple[object, ...]
EMPTY = plain("—")


def tables(study: Study) -> Iterator[Table]:
    """All of them; that of published figures where any was used."""
    yield _table("T13f", ("assumption", "id", "value", "unit", "grade", "sources", "place"), _values(study))
    yield _table("T13g", ("group_of_inputs", "id", "members", "place"), _groups(study))
    yield _table("T13h", ("goal", "sentence", "kind", "target", "deadline", "statistic", "place"), _goals(study))
    yield _table("T13i", ("statistic", "id", "known_from", "bridge", "through", "place"), _definitions(study))
    if figures := facts(study):
        names = ("year", "statistic", "value", "unit", "published_on", "fact_grade", "reference", "url", "place")
        yield _table("T13j", names, (_fact(study, each) for each in figures))


def _table(id_: str, names: tuple[str, ...], rows: Iterator[Cells]) -> Table:
    columns = tuple(Column(both(f"report.column.{name}")) for name in names)
    return Table(id_, both(f"report.{id_}.caption"), columns, tuple(rows), both(f"report.{id_}.note"), "wide")


def _unit(name: str) -> Text:
    return Text(*(unit_name(name, lang) for lang in LANGUAGES))


def _values(study: Study) -> Iterator[Cells]:
    """The levers, the settings of the run, and the correlations."""
    scenario = study.scenario
    for key, lever in scenario.workspace.levers.items():
        origin = scenario.origins[key]
        known = tuple(dict.fromkeys((*origin.sources, *lever.sources)))
        named = Text(f"{lever.id} {lever.zh}", f"{lever.id} {lever.en}")
        yield _value(study, key, named, plain(scenario.value(key)), both("report.unit.effort"), origin.grade, known)
    settings = {
        "as_of": day(scenario.as_of),
        "horizon": plain(scenario.horizon),
        "definition": plain(scenario.definition) if scenario.definition else both("report.origins.of_goal"),
    }
    for key, value in settings.items():
        yield _value(study, key, both(f"diff.{key}"), value, EMPTY, "judgement", ("analyst",))
    for two, score in sorted(scenario.correlations.items()):
        key = provenance.CROSS.join(two)
        label = both("diff.correlation", one=scenario.label(two[0]), other=scenario.label(two[1]))
        origin = scenario.origins[key]
        yield _value(study, key, label, plain(f"{score:.3g}"), _unit("1"), origin.grade, origin.sources)


def _value(study: Study, id_: str, label: Text, value: Text, unit: Text, grade: str, sources: tuple[str, ...]) -> Cells:
    where = provenance.shown(provenance.places(study.scenario, id_))
    if id_ == "as_of" and study.scenario.as_of != study.scenario.declared("as_of"):
        where = (both("report.origins.given"), *where)
    name = Ref(label, id=anchor(provenance.ASSUMPTION, id_))
    known = provenance.sources(each for each in sources if each in study.scenario.workspace.source_file.sources)
    return name, plain(id_), value, unit, both(f"report.grade.{grade}"), known, where


def _groups(study: Study) -> Iterator[Cells]:
    """The groups of parameters that share one index of variance."""
    workspace = study.scenario.workspace
    for id_, group in workspace.parameter_file.groups.items():
        where = workspace.documents["parameters.yaml"].place(("groups", id_), key=True)
        members = tuple(provenance.assumption(study.scenario, each, plain(each)) for each in group.members)
        yield Ref(group.label, id=anchor(provenance.GROUP, id_)), plain(id_), members, provenance.place_of(where)


def _goals(study: Study) -> Iterator[Cells]:
    """Every statement of the document: its sentence, its target, when it is due, how it is counted."""
    workspace = study.scenario.workspace
    document = next(each for name, each in workspace.documents.items() if name.startswith("goals/"))
    for id_, goal in workspace.goals.items():
        counted = EMPTY if goal.definition is None else _defined(study, goal.definition)
        yield (
            Ref(plain(id_), id=anchor(provenance.GOAL, id_)), Text(goal.sentence, goal.en), both(f"kind.{goal.kind}"),
            _target(goal), _due(goal), counted, provenance.place_of(document.place(("goals", id_), key=True)),
        )  # fmt: skip


def _target(goal: Goal) -> Text:
    """The number that a statement asks for."""
    if goal.test is None:
        return EMPTY
    if goal.test.unit == "亿元":
        return sentence("report.origins.target", sign=goal.test.comparison, value=("money", float(goal.test.value)))
    return both("report.origins.target", sign=goal.test.comparison, value=f"{goal.test.value:g}")


def _due(goal: Goal) -> Text:
    if goal.deadline is None:
        return EMPTY
    return both("report.origins.due", year=goal.due, basis=both(f"report.origins.{goal.deadline.basis}"))


def _defined(study: Study, id_: str) -> Text | Ref:
    known = study.scenario.workspace.definition_file.definitions
    return provenance.definition(id_, known[id_].label) if id_ in known else plain(id_)


def definitions(study: Study) -> list[str]:
    """Ids of the definitions in use: of the base, of goals, of declared bridges, of the figures used or visible."""
    workspace = study.scenario.workspace
    named = [study.scenario.home_definition, study.scenario.definition]
    named += [goal.definition or "" for goal in workspace.goals.values()]
    named += [bridge.to for bridge in workspace.definition_file.bridges]
    named += [fact.definition for fact in (*facts(study), *visible(read_facts(workspace), study.scenario.as_of))]
    return [id_ for id_ in workspace.definition_file.definitions if id_ in named]


def _definitions(study: Study) -> Iterator[Cells]:
    """A definition, the bridge that leads to it, and the factor that the bridge goes through."""
    workspace, scenario = study.scenario.workspace, study.scenario
    document = workspace.documents["definitions.yaml"]
    bridges: dict[str, tuple[int, Bridge]] = {
        each.to: (number, each) for number, each in enumerate(workspace.definition_file.bridges)
    }
    for id_ in definitions(study):
        found = workspace.definition_file.definitions[id_]
        places = [document.place(("definitions", id_), key=True)]
        bridge, through = both("report.origins.home") if id_ == scenario.home_definition else EMPTY, EMPTY
        cells: tuple[object, ...] = (bridge, through)
        if id_ in bridges:
            number, way = bridges[id_]
            places.append(document.place(("bridges", number, "to")))
            cells = (way.label, provenance.assumption(scenario, way.through, plain(way.through)))
        name = Ref(found.label, id=anchor(provenance.DEFINITION, id_))
        yield name, plain(id_), plain(found.known_from or "—"), *cells, provenance.shown(places)


def facts(study: Study) -> list[Fact]:
    """The published figures that the report used: that of the base, those that weigh draws, those of past forecasts."""
    base = published_base(study)
    found = [base] if base else []
    with suppress(TuiyanError):  # the part on evidence says why there are none
        found += [each.fact for each in study.analyses.posterior.observations]
    with suppress(TuiyanError):
        found += [each.fact for each in study.analyses.vintages]
    return sorted(dict.fromkeys(found), key=lambda each: each.where)


def _fact(study: Study, each: Fact) -> Cells:
    value = plain(f"{each.qualifier} {each.value:,.10g}")
    return (
        Ref(plain(each.year), id=provenance.name_of_fact(each)), _defined(study, each.definition), value,
        _unit(each.unit), plain(each.published.isoformat()), plain(each.grade), plain(each.source),
        plain(each.url or "—"), provenance.place_of(each.where),
    )  # fmt: skip
