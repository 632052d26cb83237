"""The declared shape of the files of `params/`: one declaration feeds the checks, the JSON Schema and the manual.

The policy document has its own: `policy_schema`.

Every number has a unit, sources and an evidence grade; every text stands in Chinese and English. An error type that
is one of our codes (``E110``) is raised here; all others are worded in `inputs.checking`.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, GetPydanticSchema, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from tuiyan.inputs.bounds import Bounds
from tuiyan.inputs.laws import Declared, Items, Law
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.wording import Text

Grade = Literal["official", "study", "estimate", "judgement"]
GRADES: tuple[Grade, ...] = ("official", "study", "estimate", "judgement")
Status = Literal["calibrated", "estimated", "assumed"]
MOST_LETTERS = 4000
# Control and invisible formatting characters, but for the end of a line.
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def _printable(text: str) -> str:
    """A text without control characters: what a title holds reaches terminals, tables and pages."""
    if hidden := HIDDEN.search(text):
        raise PydanticCustomError("E170", "hidden", {"letter": f"U+{ord(hidden[0]):04X}"})
    return text


Words = Annotated[str, StringConstraints(min_length=1, max_length=MOST_LETTERS), AfterValidator(_printable)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Stream = Annotated[int, Field(ge=0, le=20_000)]  # the Sobol sequence has 21,201 dimensions
LAST_YEAR = 2050


def _date(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise PydanticCustomError("E120", "date", {"value": value}) from None


Day = Annotated[date, BeforeValidator(_date)]


def _bilingual(_source: Any, _handler: Any) -> core_schema.CoreSchema:
    """A mapping of zh and en, both there and not empty, read as a `Text`."""
    text = core_schema.str_schema(strict=True, min_length=1, max_length=MOST_LETTERS)
    words = core_schema.typed_dict_field(core_schema.no_info_after_validator_function(_printable, text))
    shape = core_schema.typed_dict_schema({"zh": words, "en": words}, extra_behavior="forbid")
    from_file = core_schema.no_info_after_validator_function(lambda both: Text(**both), shape)
    return core_schema.json_or_python_schema(
        json_schema=from_file,
        python_schema=core_schema.lax_or_strict_schema(
            lax_schema=from_file,
            strict_schema=core_schema.tagged_union_schema(
                {"text": core_schema.is_instance_schema(Text), "file": from_file},
                discriminator=lambda value: "text" if isinstance(value, Text) else "file",
            ),
        ),
    )


Bilingual = Annotated[Text, GetPydanticSchema(_bilingual)]


class Named(Declared):
    """Something with a name in both languages."""

    zh: Words
    en: Words

    @property
    def label(self) -> Text:
        """The name."""
        return Text(self.zh, self.en)


class Graded(Declared):
    """Something that says where it comes from and how strong its evidence is."""

    sources: Annotated[Items[Words], Field(min_length=1)]
    grade: Grade
    grade_note: Bilingual | None = None
    note: Bilingual | None = None


class Revision(Graded):
    """The law of a parameter from the day on which better knowledge was published."""

    known_from: Day
    law: Law
    reason: Bilingual


class Parameter(Named, Graded):
    """One parameter of the model: what it means, what nobody knows about it, and why we believe that."""

    symbol: Words
    unit: Words
    law: Law
    hard: Bounds
    soft: Bounds | None = None
    status: Status
    stream: Stream | None = None
    stream_count: Annotated[int, Field(ge=1, le=64)] = 1
    revisions: Items[Revision] = ()


class Shock(Named):
    """A standard normal shock for each year, on ``stream = first + (year - 2018) * per_year + item``."""

    first: Stream
    per_year: Annotated[int, Field(ge=1, le=64)]
    years: Annotated[int, Field(ge=LAST_YEAR - BASE_YEAR, le=64)]


class Count(Named):
    """One uniform number a path, from which a count is drawn."""

    stream: Stream


class Correlation(Graded):
    """Correlation of the normal scores of two uncertain parameters."""

    between: Annotated[Items[Words], Field(min_length=2, max_length=2)]
    value: Annotated[float, Field(gt=-1, lt=1)]


class Group(Named):
    """Parameters that an analysis treats as one: ids, or prefixes that end in ``.*``."""

    members: Annotated[Items[Words], Field(min_length=1)]


class ParameterFile(Declared):
    """``parameters.yaml``."""

    parameters: Annotated[dict[Words, Parameter], Field(min_length=1)]
    shocks: dict[Literal["common", "segment", "curve"], Shock]
    counts: dict[Literal["benchmark", "zones", "scenarios", "projects"], Count]
    correlations: Items[Correlation] = ()
    groups: dict[Words, Group]
    tapped_by_data: Items[Words]


class Column(Named, Graded):
    """What one numeric column of a table holds."""

    unit: Words
    hard: Bounds


class TableFile(Declared):
    """``tables.yaml``: the meaning of the columns of `sectors.csv`, `segments.csv` and `use.csv`."""

    sectors: dict[Words, Column]
    segments: dict[Words, Column]
    use: dict[Words, Column]
    segment_groups: dict[Words, Named]


class Effort(Graded):
    """Bounds of the effort of every lever: 1 is the whole announced programme."""

    hard: Bounds
    soft: Bounds
    unit: Words


class Lever(Named, Graded):
    """What a government chooses. Never random; its effects are parameters."""

    id: Words
    channel: Bilingual
    equations: Items[int]
    parameters: Items[Words]
    lag: dict[Words, int]
    mask: dict[Words, Annotated[float, Field(ge=0)]] | None = None
    cost: Annotated[float, Field(gt=0)]
    cost_unit: Words
    displacement: Words
    evidence: Bilingual


class LeverFile(Declared):
    """``levers.yaml``."""

    effort: Effort
    levers: Annotated[dict[Words, Lever], Field(min_length=1)]


class Definition(Named):
    """What a statistic covers (口径); `no_growth` says why growth may not be taken from its levels, if it may not."""

    known_from: Words | None = None
    note: Bilingual | None = None
    no_growth: Bilingual | None = None


class Home(Declared):
    """The definition of the base-year prior, from a day on."""

    since: Annotated[Day, Field(alias="from")]
    definition: Words


class Bridge(Named):
    """A declared way from one definition to another: a scope factor with a prior.

    `observation_error` is the log standard deviation of a figure published under it where that is not the usual one.
    """

    start: Annotated[Words, Field(alias="from")]
    to: Words
    through: Words
    observation_error: Annotated[float, Field(gt=0, le=0.5)] | None = None
    note: Bilingual | None = None


class DefinitionFile(Declared):
    """``definitions.yaml``."""

    definitions: dict[Words, Definition]
    home: Annotated[Items[Home], Field(min_length=1)]
    bridges: Items[Bridge]


class Source(Declared):
    """One entry of the bibliography; `use` says whether its numbers or its method are used."""

    reference: Words
    use: Items[Literal["num", "sec", "meth"]]
    year: int | None = None
    note: Bilingual | None = None


class SourceFile(Declared):
    """``sources.yaml``."""

    sources: dict[Words, Source]
