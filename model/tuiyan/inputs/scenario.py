"""A resolved scenario: every value a run needs, and who set it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tuiyan.inputs.correlation import Pair
from tuiyan.inputs.documents import Document
from tuiyan.inputs.findings import Finding, Place, TuiyanError
from tuiyan.inputs.laws import Law
from tuiyan.inputs.paths import Yearly, shown
from tuiyan.inputs.scenario_schema import Change, ScenarioFile
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.draws.weights import Weights

OURS = "analyst"


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
class Sourced:
    """One value of a scenario and where it comes from."""

    id: str
    label: Text
    unit: str
    value: str
    origin: Origin


@dataclass(frozen=True, eq=False)
class Layer:
    """One file of a chain: its id, its declared changes, and the document they were read from.

    ``earlier`` holds what came before the change of a value that rests on it: an edit that scales the value of a
    file, say, leaves the file's own change there. No file has any.
    """

    id: str
    document: Document
    file: ScenarioFile
    earlier: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Scenario:
    """A resolved scenario: everything a run needs, and where each value came from.

    Attributes
    ----------
    levers
        Effort u of each lever, relative to the full announced programme, or the effort of each year; never random.
    laws
        The law of every parameter by id, at the vintage `as_of`, or of each year.
    correlations
        Correlations of the normal scores of two parameters.
    definition
        Definition in which the scale goal is counted when it is not the goal's own; empty otherwise.
    origins
        For each lever key and parameter id, who set it.
    parent
        The scenario it extends, resolved at the same vintage and horizon; None for the root.
    edited
        The scenario of a file that this one is an edit of; None for one that was loaded.
    learned
        Weights on its draws, from facts or from a path that was imposed; None for the laws as they stand.
    """

    layer: Layer = field(repr=False)
    as_of: date
    horizon: int
    definition: str
    levers: Mapping[str, float | Yearly]
    laws: Mapping[str, Law | Yearly]
    correlations: Mapping[Pair, float]
    origins: Mapping[str, Origin]
    parent: Scenario | None
    workspace: Workspace = field(repr=False)
    warnings: tuple[Finding, ...] = ()
    edited: Scenario | None = None
    learned: Weights | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        """Id of the scenario: the name of its file."""
        return self.layer.id

    @property
    def chain(self) -> tuple[Scenario, ...]:
        """The scenario itself and those it extends, nearest first; the root is the last."""
        return (self, *(self.parent.chain if self.parent else ()))

    @property
    def title(self) -> Text:
        """Title in both languages."""
        return self.layer.file.title

    @property
    def story(self) -> Text:
        """What happens in it."""
        return self.layer.file.story

    @property
    def reason(self) -> Text:
        """Why it was written."""
        return self.layer.file.reason

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.layer.file.author

    @property
    def not_modelled(self) -> tuple[Text, ...]:
        """What it leaves out, by its own account."""
        return self.layer.file.not_modelled

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
        value = self.levers[id_] if id_ in self.levers else self.laws[id_]
        return f"{value:g}" if isinstance(value, (int, float)) else shown(value)

    def unit(self, id_: str) -> str:
        """Unit of a lever or parameter."""
        return self.workspace.lever_file.effort.unit if id_ in self.levers else self.workspace.parameters[id_].unit

    def sources(self) -> list[Sourced]:
        """Every value with the file and line that set it, its sources and its grade, levers first."""
        ids = [*self.levers, *self.laws]
        return [Sourced(id_, self.label(id_), self.unit(id_), self.value(id_), self.origins[id_]) for id_ in ids]

    def diff(self, other: Scenario) -> list[Difference]:
        """What differs from `other`, as changes from `other` to this one: frame, levers, laws, correlations."""
        mine: Mapping[str, object] = {**self.levers, **self.laws}
        theirs: Mapping[str, object] = {**other.levers, **other.laws}
        return [
            *self._frame(other),
            *(
                Difference(id_, self.label(id_), self.unit(id_), other.value(id_), self.value(id_), self.origins[id_])
                for id_ in mine
                if mine[id_] != theirs[id_]
            ),
            *self._correlations(other),
        ]

    def changes(self) -> list[Difference]:
        """What differs from the parent; nothing for the root."""
        return self.diff(self.parent) if self.parent else []

    def declared(self, key: str) -> object:
        """What the nearest file of the chain says for `as_of` or `horizon`; a given vintage overrides it in a run."""
        said = (getattr(each.layer.file, key) for each in self.chain)
        return next((value for value in said if value is not None), None)

    def _frame(self, other: Scenario) -> Iterator[Difference]:
        """Differences of vintage, horizon and definition, as the files declare them."""
        values = {
            "as_of": ("1", other.declared("as_of"), self.declared("as_of")),
            "horizon": ("year", other.declared("horizon"), self.declared("horizon")),
            "definition": ("1", other.definition or "—", self.definition or "—"),
        }
        for key, (unit, old, new) in values.items():
            if old != new:
                origin = Origin(self.layer.document.place((key,)), (OURS,), "judgement", self.reason)
                yield Difference(key, both(f"diff.{key}"), unit, str(old), str(new), origin)

    def _correlations(self, other: Scenario) -> Iterator[Difference]:
        """Differences of correlations, with the reason of the file that gave them.

        One that only `other` has was never set here; its reason is that of this scenario.
        """
        absent = Origin(self.layer.document.place(("correlations",)), (OURS,), "judgement", self.reason)
        for each in sorted({*self.correlations, *other.correlations}):
            old, new = other.correlations.get(each, 0.0), self.correlations.get(each, 0.0)
            if old != new:
                label = both("diff.correlation", one=self.label(each[0]), other=self.label(each[1]))
                name = " × ".join(each)
                yield Difference(name, label, "1", f"{old:.3g}", f"{new:.3g}", self.origins.get(name, absent))

    def same(self, other: Scenario) -> bool:
        """Whether a run of `other` would give the same numbers."""
        keys = ("as_of", "horizon", "definition", "levers", "laws", "correlations", "learned")
        return all(getattr(self, key) == getattr(other, key) for key in keys)

    def with_(self, *, levers: Mapping[str, object] | None = None, uncertain: Mapping[str, object] | None = None,
              because: Text | None = None, **about: object) -> Scenario:  # fmt: skip
        """Return this scenario with some changes on top of it; the parent stays.

        A change is made on the scenario as it is, as in a file that extends it: `add`, `scale` and `widen` move its
        present value, and a parameter that follows a path keeps its present law in the years outside the knots.

        Parameters
        ----------
        levers, uncertain
            Id to a number, a law or a path over years (as in a file), or to a whole change such as
            ``{"scale": 1.1, "because": ..., "grade": ...}``; None takes a value back to the parent's.
        because
            Reason of the changes that give none.
        about
            Other keys of a scenario file, such as `title`, and `id`.

        Raises
        ------
        TuiyanError
            As `load`, for what a file could not say either.
        """
        from tuiyan.inputs.loading import edited

        return edited(self, levers or {}, uncertain or {}, because, about)

    def weighted(self, weights: Weights | None) -> Scenario:
        """Return this scenario and its parents with weights on the draws; None takes them away.

        All scenarios share their draws: a counterfactual keeps the shocks and the scope that the facts speak of.
        Weights learned at another vintage are refused.
        """
        if weights and weights.as_of and weights.as_of != self.as_of:
            raise TuiyanError([Finding("E255", None, {"name": self.id, "as_of": self.as_of, "other": weights.as_of})])
        parent = self.parent.weighted(weights) if self.parent else None
        return replace(self, learned=weights, parent=parent)

    def save(self, path: Path | str) -> Path:
        """Write the smallest file that gives this scenario back; comments of its own file, written over, are kept.

        Parameters
        ----------
        path
            The file, or a folder (then ``<id>.yaml`` in it).

        Raises
        ------
        TuiyanError
            When no file can give it back (weights on its draws, or two changes of one value that rest on each other),
            for a name that is no id, and when the file cannot be written: nothing is then changed on disk.
        """
        from tuiyan.inputs.saving import save

        return save(self, Path(path))

    def __repr__(self) -> str:
        """Id, vintage, horizon and how much differs from the parent."""
        parent = f", {len(self.changes())} changes from {self.parent.id}" if self.parent else ""
        return f"<Scenario {self.id}, as_of {self.as_of}, to {self.horizon}{parent}>"

    def resolved(self) -> dict[str, object]:
        """Every value with its unit, source, grade and the file and line that set it, as plain data."""
        from tuiyan.inputs.plain import resolved

        return resolved(self)


def home_definition(workspace: Workspace, as_of: date) -> str | None:
    """The definition of the base-year scale at a vintage; None before any was published."""
    known = [home for home in workspace.definition_file.home if home.since <= as_of]
    return max(known, key=lambda home: home.since).definition if known else None
