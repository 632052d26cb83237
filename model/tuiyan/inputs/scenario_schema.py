"""The declared shape of a scenario file: what it may change, select and say of itself."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tuiyan.inputs.laws import Declared, Items
from tuiyan.inputs.paths import Amount, Between, Path, Value
from tuiyan.inputs.schema import LAST_YEAR, Bilingual, Day, Grade, Slug, Words
from tuiyan.inputs.variables import POLICY_HORIZON


class Change(Declared):
    """One operation of a scenario.

    ``set`` a value, a law or a path over years; ``add`` to it or ``scale`` it (a number, or one that changes over
    years); ``widen`` the spread around its centre, alone or beside ``add`` and ``scale``.
    """

    set: Value | None = None
    add: Amount | None = None
    scale: Amount | None = None
    widen: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    between: Between = "linear"
    because: Bilingual
    grade: Grade
    sources: Items[Words] = ("analyst",)

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [value for value in (self.set, self.add, self.scale) if value is not None]
        if len(given) > 1 or (not given and self.widen is None) or (self.set is not None and self.widen is not None):
            raise PydanticCustomError("E122", "operation", {})
        factors = self.scale.knots.values() if isinstance(self.scale, Path) else (self.scale,)
        wrong = [factor for factor in factors if isinstance(factor, (int, float)) and factor <= 0]
        if wrong:
            raise PydanticCustomError("E106", "scale", {"key": "scale", "given": f"{wrong[0]:g}", "wanted": "> 0"})
        return self

    @property
    def operation(self) -> str:
        """Name of the operation; ``widen`` only when it stands alone."""
        return next((name for name in ("set", "add", "scale") if getattr(self, name) is not None), "widen")


class Moved(Declared):
    """A rank correlation (Spearman) of two uncertain parameters, by a Gaussian copula."""

    between: Annotated[Items[Words], Field(min_length=2, max_length=2)]
    rank: Annotated[float, Field(gt=-1, lt=1)]
    because: Bilingual
    grade: Grade
    sources: Items[Words] = ("analyst",)


class FactChoice(Declared):
    """Observations that a scenario selects; it can never edit one."""

    series: Words
    definition: Words | None = None
    year: int | None = None


class ScenarioFile(Declared):
    """``scenarios/*.yaml``: only what differs from the parent."""

    extends: Slug | None = None
    title: Bilingual
    story: Bilingual
    author: Words
    reason: Bilingual
    not_modelled: Items[Bilingual] = ()
    as_of: Day | None = None
    horizon: Annotated[int, Field(ge=POLICY_HORIZON, le=LAST_YEAR)] | None = None
    definition: Words | None = None
    levers: dict[Words, Change] = Field(default_factory=dict)
    uncertain: dict[Words, Change] = Field(default_factory=dict)
    correlations: Items[Moved] = ()
    facts_used: Items[FactChoice] = ()
