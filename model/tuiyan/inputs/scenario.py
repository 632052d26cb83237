"""A resolved scenario: every value a run needs, and who set it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tuiyan.inputs.findings import Finding, Place
from tuiyan.inputs.laws import Law, describe
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import Text


@dataclass(frozen=True)
class Origin:
    """Who set a value: the file and line, the sources, the grade of the evidence, and the reason."""

    where: Place
    sources: tuple[str, ...]
    grade: str
    because: Text | None = None


@dataclass(frozen=True)
class Difference:
    """One value in which a scenario differs from another."""

    id: str
    label: Text
    unit: str
    old: str
    new: str
    origin: Origin


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario: everything a run needs, and where each value came from.

    Attributes
    ----------
    levers
        Effort u of each lever, relative to the full announced programme; never random.
    laws
        The law of every parameter by id, at the vintage `as_of`.
    origins
        For each lever key and parameter id, who set it.
    parent
        The scenario it extends, resolved at the same vintage and horizon; None for the root.
    """

    id: str
    title: Text
    story: Text
    reason: Text
    author: str
    not_modelled: tuple[Text, ...]
    as_of: date
    horizon: int
    levers: Mapping[str, float]
    laws: Mapping[str, Law]
    origins: Mapping[str, Origin]
    parent: Scenario | None
    workspace: Workspace = field(repr=False)
    warnings: tuple[Finding, ...] = ()

    @property
    def home_definition(self) -> str:
        """Id of the statistical definition that the base-year scale is in at this vintage."""
        return home_definition(self.workspace, self.as_of) or ""

    def label(self, id_: str) -> Text:
        """Name of a lever or parameter."""
        levers = self.workspace.levers
        return levers[id_].label if id_ in levers else self.workspace.parameters[id_].label

    def value(self, id_: str) -> str:
        """Short notation of the value or law of a lever or parameter."""
        return f"{self.levers[id_]:g}" if id_ in self.levers else describe(self.laws[id_])

    def unit(self, id_: str) -> str:
        """Unit of a lever or parameter."""
        return self.workspace.lever_file.effort.unit if id_ in self.levers else self.workspace.parameters[id_].unit

    def diff(self, other: Scenario) -> list[Difference]:
        """What differs from `other`, as changes from `other` to this scenario, levers first."""
        ids = [*self.levers, *self.laws]
        mine: Mapping[str, object] = {**self.levers, **self.laws}
        theirs: Mapping[str, object] = {**other.levers, **other.laws}
        return [
            Difference(id_, self.label(id_), self.unit(id_), other.value(id_), self.value(id_), self.origins[id_])
            for id_ in ids
            if mine[id_] != theirs[id_]
        ]

    def changes(self) -> list[Difference]:
        """What differs from the parent; nothing for the root."""
        return self.diff(self.parent) if self.parent else []

    def resolved(self) -> dict[str, object]:
        """Every value with its unit, source, grade and the file and line that set it, as plain data."""

        def entry(id_: str) -> dict[str, object]:
            origin = self.origins[id_]
            value: object = self.levers[id_] if id_ in self.levers else self.laws[id_].model_dump(mode="json")
            because = {"because": {"zh": origin.because.zh, "en": origin.because.en}} if origin.because else {}
            known = {"sources": list(origin.sources), "grade": origin.grade}
            return {"value": value, "unit": self.unit(id_), **known, **because, "set_in": str(origin.where)}

        chain: list[str] = []
        scenario: Scenario | None = self
        while scenario:
            chain.append(scenario.id)
            scenario = scenario.parent
        return {
            "scenario": self.id,
            "chain": chain,
            "title": {"zh": self.title.zh, "en": self.title.en},
            "as_of": self.as_of.isoformat(),
            "horizon": self.horizon,
            "home_definition": self.home_definition,
            "levers": {key: entry(key) for key in self.levers},
            "parameters": {id_: entry(id_) for id_ in self.laws},
        }


def home_definition(workspace: Workspace, as_of: date) -> str | None:
    """The definition of the base-year scale at a vintage; None before any was published."""
    known = [home for home in workspace.definition_file.home if home.since <= as_of]
    return max(known, key=lambda home: home.since).definition if known else None
