"""The declared shape of what is taken from the policy document: its measures, and its goals sentence by sentence."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tuiyan.inputs.laws import Declared, Items, Number
from tuiyan.inputs.schema import Bilingual, Day, Graded, Named, Share, Slug, Words


class Measure(Named):
    """One of the measures of the document, by a paraphrase of its heading."""

    group: Words
    levers: Annotated[Items[Words], Field(min_length=1)]
    part: Words
    basis: Words
    basis_note: Bilingual | Words | None = None
    summary: Bilingual | Words | None = None
    aims: Items[Words] = ()


class MeasureGroup(Named):
    """One heading of the press conference, under one of the three integrations."""

    integration: Words


class EffortShares(Graded):
    """Which group of measures carries which share of each lever's effort; a lever's shares sum to 1."""

    unit: Words = "share"
    levers: dict[Words, dict[Words, Share]]


class MeasureFile(Declared):
    """``measures.yaml``."""

    integrations: dict[Words, Named]
    groups: dict[Words, MeasureGroup]
    measures: dict[Words, Measure]
    shares: EffortShares
    aims: Graded | None = None


class Test(Declared):
    """The number a goal is measured by."""

    variable: Words
    item: Words | None = None
    scope: Words | None = None
    comparison: Literal[">", ">="]
    value: Number
    unit: Words


class Deadline(Declared):
    """By when: a year (its last day) or a date; stated in the sentence or assumed by us."""

    year: int | None = None
    date: Day | None = None
    basis: Literal["stated", "assumed"]

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.year is None) == (self.date is None):
            raise PydanticCustomError("E121", "deadline", {})
        return self

    @property
    def in_year(self) -> int:
        """Year by whose end the goal must be met."""
        return self.year or (self.date.year if self.date else 0)


class Published(Declared):
    """A number the document reports, not a goal."""

    value: Number
    unit: Words
    qualifier: Literal["=", "~", ">", "<"]


class Part(Named):
    """One of the fields a goal names, and the sector that stands for it."""

    id: Words
    sector: Words


Kind = Literal["threshold", "count", "direction", "event", "qualitative", "fact", "instrument", "structure"]


class Goal(Declared):
    """One statement of the document: the sentence, then how (and whether) it can be measured."""

    id: Slug | None = None
    kind: Kind
    sentence: Words
    en: Words
    test: Test | None = None
    deadline: Deadline | None = None
    definition: Words | None = None
    counted: bool = False
    needs_policy: bool = False
    variables: Items[Words] = ()
    levers: Items[Words] = ()
    parts: Items[Part] = ()
    facts: Items[Published] = ()
    thresholds: Items[Number] = ()
    threshold_unit: Words | None = None
    traps: Items[Bilingual] = ()

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.test or self.thresholds) and not self.deadline:
            raise PydanticCustomError("E135", "undated", {})
        return self

    @property
    def due(self) -> int:
        """Year of the deadline; 0 for a statement that has none."""
        return self.deadline.in_year if self.deadline else 0


class Trap(Named):
    """One of the ways to misread the document, or to model it wrongly, and what guards against it here."""

    about: Literal["document", "method"] = "document"
    guard: Bilingual


class PlanTitle(Declared):
    """What document the goals are taken from."""

    title: Bilingual
    document: Words
    dated: Day
    announced: Day
    sources: Items[Words]


class PlanFile(Declared):
    """``goals/<plan>.yaml``: the goal register of one policy document."""

    plan: PlanTitle
    goals: Annotated[dict[Words, Goal], Field(min_length=1)]
    findings: Items[Bilingual]
    traps: Items[Trap]
    limits: Items[Bilingual]
