"""A resolved scenario read back from a report: the values of that day, put on today's declarations.

``scenario.resolved.yaml`` holds every value that a run of the scenario used. Read back, its levers, laws, correlations,
vintage, horizon and definition replace those of a scenario of today, so that both can be run on the same draws. What
the file does not hold (tables of sectors and segments, the register of goals, the program) is today's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, Tag

from tuiyan.inputs.checking import conform
from tuiyan.inputs.consistency import law_findings
from tuiyan.inputs.correlation import Pair, cholesky, pair
from tuiyan.inputs.documents import MOST_BYTES, Document, parse_yaml
from tuiyan.inputs.findings import Finding, Place, TuiyanError, stop_on_errors
from tuiyan.inputs.laws import Declared, Dirichlet, Fixed, Items, Law, Number
from tuiyan.inputs.paths import Yearly, shown
from tuiyan.inputs.resolving import CERTAIN, PATHLESS, WHOLE
from tuiyan.inputs.scenario import Scenario, home_definition
from tuiyan.inputs.schema import LAST_YEAR, Day
from tuiyan.inputs.shares import share_findings
from tuiyan.inputs.units import named_unit
from tuiyan.inputs.variables import BASE_YEAR

MOST_YEARS = LAST_YEAR - BASE_YEAR + 1


def _form(value: Any) -> str:
    """How a value was written: the law of each year, one law, or one number."""
    return "years" if isinstance(value, list) else "law" if isinstance(value, dict) else "number"


_Years = Annotated[Items[Law], Field(min_length=1, max_length=MOST_YEARS)]
_Value = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Law, Tag("law")] | Annotated[_Years, Tag("years")],
    Discriminator(_form),
]


class _Read(Declared):
    """A part of the file; keys that a later version adds are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class _Entry(_Read):
    """One value, its unit, and the file and line that set it."""

    value: _Value
    unit: str
    set_in: str


class _Moved(_Read):
    """One correlation of normal scores."""

    between: Annotated[Items[str], Field(min_length=2, max_length=2)]
    normal_scores: Annotated[float, Field(allow_inf_nan=False, gt=-1, lt=1)]


class ResolvedFile(_Read):
    """The values of ``scenario.resolved.yaml``; its texts are not read."""

    as_of: Day
    horizon: Annotated[int, Field(gt=BASE_YEAR, le=LAST_YEAR)]
    home_definition: str
    goal_definition: str | None
    levers: dict[str, _Entry]
    parameters: dict[str, _Entry]
    correlations: Items[_Moved]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolved scenario as a report kept it: the document and its values."""

    document: Document
    file: ResolvedFile

    def entry(self, id_: str) -> _Entry | None:
        """The value of a lever or parameter with its unit and place; None for an id it does not hold."""
        return self.file.levers.get(id_) or self.file.parameters.get(id_)

    @property
    def ids(self) -> list[str]:
        """Levers and parameters, in the order of the file."""
        return [*self.file.levers, *self.file.parameters]


def read_resolved(text: str, name: str) -> Resolved:
    r"""Read the text of a resolved scenario.

    Parameters
    ----------
    text
        What the file holds.
    name
        How messages call it.

    Raises
    ------
    TuiyanError
        For a file that is too large, is not plain YAML, or does not have the shape; at line and column.

    Examples
    --------
    >>> head = "as_of: '2017-11-14'\nhorizon: 2030\nhome_definition: related\ngoal_definition: null\n"
    >>> lever = "levers: {talent: {value: 0.5, unit: effort, set_in: 'a.yaml:3:1'}}\n"
    >>> found = read_resolved(head + lever + "parameters: {}\ncorrelations: []", "old.yaml")
    >>> found.file.as_of.year, value_of(found, "talent")
    (2017, 0.5)
    """
    if (size := len(text.encode())) > MOST_BYTES:
        raise TuiyanError([Finding("E002", Place(name), {"size": size // 1024, "most": MOST_BYTES // 1024})])
    document = parse_yaml(text, name)
    return Resolved(document, conform(document, ResolvedFile))


def value_of(old: Resolved, id_: str) -> float | Law | Yearly | None:
    """A value in the form that a scenario holds it in; None for an id that the file does not hold."""
    entry = old.entry(id_)
    if entry is None:
        return None
    return Yearly(entry.value, text=years_text(entry.value)) if isinstance(entry.value, tuple) else entry.value


def years_text(laws: tuple[Law, ...]) -> str:
    """Laws of years from 2017 on as steps: each year in which the law becomes another.

    Examples
    --------
    >>> years_text((Fixed(family="fixed", value=0), Fixed(family="fixed", value=1), Fixed(family="fixed", value=1)))
    '{2017: 0, 2018: 1} step'
    """
    turns = [place for place, law in enumerate(laws) if place == 0 or law != laws[place - 1]]
    return "{" + ", ".join(f"{BASE_YEAR + place}: {shown(laws[place])}" for place in turns) + "} step"


def put_on(old: Resolved, today: Scenario) -> Scenario:
    """A scenario of today with the archived values in the place of its own.

    A parameter or lever that is new since then keeps its value of today; one that is no more is left out.

    Raises
    ------
    TuiyanError
        With every value that today's declarations do not allow, at its line in the file.
    """
    file = old.file
    stop_on_errors(_findings(old, today))
    levers = {key: _or(value_of(old, key), value) for key, value in today.levers.items()}
    laws = {id_: _or(value_of(old, id_), law) for id_, law in today.laws.items()}
    correlations = {pair(*each.between): each.normal_scores for each in file.correlations}
    return replace(
        today,
        as_of=file.as_of,
        horizon=file.horizon,
        definition=file.goal_definition or "",
        levers=levers,
        laws=laws,
        correlations={each: value for each, value in correlations.items() if laws.keys() >= set(each)},
        warnings=(),
    )


def _or(found: Any, other: Any) -> Any:
    return other if found is None else found


def _findings(old: Resolved, today: Scenario) -> Iterator[Finding]:
    """What today's declarations do not allow."""
    file, document = old.file, old.document
    if home_definition(today.workspace, file.as_of) is None:
        first = min(home.since for home in today.workspace.definition_file.home)
        values = {"key": "as_of", "given": file.as_of, "wanted": f"≥ {first}"}
        yield Finding("E106", document.place(("as_of",)), values)
    definitions = today.workspace.definition_file.definitions
    if file.goal_definition and file.goal_definition not in definitions:
        values = {"key": "goal_definition", "given": file.goal_definition, "allowed": ", ".join(definitions)}
        yield Finding("E105", document.place(("goal_definition",)), {**values, "nearest": ""})
    for key in filter(today.levers.__contains__, file.levers):
        yield from _lever(key, value_of(old, key), today, document.place(("levers", key, "value")))
    for id_ in filter(today.laws.__contains__, file.parameters):
        yield from _law(id_, value_of(old, id_), today, document.place(("parameters", id_, "value")))
    yield from _correlations(old, today.laws)


def _lever(key: str, value: float | Law | Yearly | None, today: Scenario, where: Place) -> Iterator[Finding]:
    """An effort is a number, or one of each year, in its bounds."""
    laws = value.laws if isinstance(value, Yearly) else ()
    single = all(isinstance(each, Fixed) and not isinstance(each.value, tuple) for each in laws)
    if not isinstance(value, (int, float, Yearly)) or not single:
        yield Finding("E113", where, {"key": key})
        return
    effort = today.workspace.lever_file.effort
    given = value.declared() if isinstance(value, Yearly) else (value,)
    if outside := ", ".join(f"{each:.10g}" for each in given if each not in effort.hard):
        values = {"key": key, "given": outside, "unit": named_unit(effort.unit), "bounds": effort.hard}
        yield Finding("E107", where, values)


def _law(id_: str, value: float | Law | Yearly | None, today: Scenario, where: Place) -> Iterator[Finding]:
    """A law has the form that the register has for the parameter, and lies in its bounds."""
    parameter = today.workspace.parameters[id_]
    if value is None or isinstance(value, (int, float)):
        yield Finding("E295", where, {"key": id_})
        return
    laws = value.laws if isinstance(value, Yearly) else (value,)
    certain = id_ in CERTAIN or id_ in WHOLE or parameter.stream is None or bool(parameter.hard.members)
    wrong = (
        any(_size(each) != _size(parameter.law) for each in laws)
        or (certain and any(not isinstance(each, Fixed) for each in laws))
        or (isinstance(value, Yearly) and id_.startswith(PATHLESS))
        or (id_ in WHOLE and any(number != round(number) for number in value.declared()))
    )
    if wrong:
        yield Finding("E295", where, {"key": id_})
    yield from law_findings(id_, parameter, value, where)
    for each in laws:
        yield from share_findings(today.workspace, id_, each, where)


def _size(law: Law) -> int:
    """How many numbers a draw of a law has: those of a list; 0 where the table of segments says it; else one."""
    if isinstance(law, Dirichlet):
        return 0
    return len(law.value) if isinstance(law, Fixed) and isinstance(law.value, tuple) else 1


def _correlations(old: Resolved, laws: Mapping[str, object]) -> Iterator[Finding]:
    """Correlations are of two different parameters, each pair once, and can hold together."""
    found: dict[Pair, float] = {}
    for number, each in enumerate(old.file.correlations):
        name = pair(*each.between)
        if name[0] == name[1] or name in found:
            yield Finding("E129", old.document.place(("correlations", number)), {"pair": " × ".join(name)})
            return
        found[name] = each.normal_scores
    kept = {name: value for name, value in found.items() if laws.keys() >= set(name)}
    ids = sorted({id_ for name in kept for id_ in name})
    rows = cholesky(ids, kept)
    if len(rows) < len(ids):
        wrong = next(name for name in kept if ids[len(rows)] in name)
        yield Finding("E129", old.document.place(("correlations",)), {"pair": " × ".join(wrong)})
