"""What the parts on attribution share: names, signs, sums and printed numbers of an attribution."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tuiyan.analysis.players import REST
from tuiyan.estimates import Estimate
from tuiyan.inputs.findings import TuiyanError, in_order
from tuiyan.reporting.blocks import Note
from tuiyan.reporting.numbers import show
from tuiyan.reporting.words import joined
from tuiyan.wording import LANGUAGES, Text, both

if TYPE_CHECKING:
    from tuiyan.analysis.attribution import Attribution, Part
    from tuiyan.reporting.study import Study

BY = ("integration", "lever")
LOG, CHANCE, POINTS = "percent2_change", "points2_change", "percent3_change"


def refusal(refused: TuiyanError, title: str = "report.attribution.refused.title") -> Note:
    """Why there is no answer, in the words of the finding, under a title."""
    found = [text for each in in_order(refused.findings) for text in (each.message, each.remedy)]
    return Note(both(title), joined(found))


def unmoved(found: Estimate) -> bool:
    """Whether no draw changes."""
    return found.value == 0 == found.standard_error


def clear(found: Estimate) -> bool:
    """Whether an effect is larger than twice its simulation error."""
    return abs(found.value) > 2 * found.standard_error


def name_of(study: Study, by: str, part: Part) -> Text:
    """The name of a part with its number in the document, or of everything that is no lever."""
    if part.id == REST:
        return both("report.explain.rest")
    id_ = study.scenario.workspace.levers[part.id].id if by == "lever" else part.id
    return Text(f"{id_} {part.label.zh}", f"{id_} {part.label.en}")


def top(found: Attribution) -> Part:
    """The part with the largest effect, up or down; of the levers, unless nothing but other changes is there."""
    return max(found.parts, key=lambda part: (part.id != REST, abs(part.value.value)))


def clauses(items: Iterable[Text]) -> Text:
    """Parts of one sentence between commas."""
    found = list(items)
    return Text("，".join(each.zh for each in found), ", ".join(each.en for each in found))


def summed(found: Attribution) -> Estimate:
    """The sum of the parts, with the error of the total."""
    return Estimate(sum(part.value.value for part in found.parts), found.total.standard_error)


def shown(value: object, kind: str) -> Text:
    """A number as printed in each language."""
    return Text(*(show(value, kind, lang) for lang in LANGUAGES))
