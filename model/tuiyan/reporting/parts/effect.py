"""The effect of the scenario in part 1: the paired difference of the scale, its largest value, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuiyan import estimates
from tuiyan.analysis.players import follows_path
from tuiyan.estimates import Estimate
from tuiyan.evidence.pool import has_effort
from tuiyan.reporting.parts.base import gain
from tuiyan.reporting.parts.productivity import city_adoption
from tuiyan.reporting.parts.shared import FIRST, SCALE, difference_of, levers_only
from tuiyan.reporting.words import sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

LATER = 2025


def effect(study: Study, year: int) -> list[Text]:
    """The paired difference of the scale and of the probability; then its largest value, and how it fades."""
    if study.other is None:
        return [both("report.answer.no_parent")]
    now = estimates.mean(difference_of(study, SCALE, year, relative=True))
    if now.value == 0 == now.standard_error and gain(study).value == 0:
        return [both("report.answer.no_effect", title=study.other.scenario.title)]
    first = both("report.answer.effect", year=year, title=study.other.scenario.title, moved=_moved(now))
    if not levers_only(study):
        return [first]
    return [first, both("report.answer.gross"), *_path_of(study)]


def _moved(change: Estimate) -> Text:
    """A change of scale in words."""
    if change.value == 0:
        return both("report.answer.same")
    size = Estimate(abs(change.value), change.standard_error)
    return sentence(f"report.answer.{'higher' if change.value > 0 else 'lower'}", size=("percent1", size))


def effects(study: Study) -> dict[int, Estimate]:
    """The mean effect on scale by year."""
    years = range(FIRST + 1, study.last + 1)
    return {year: estimates.mean(difference_of(study, SCALE, year, relative=True)) for year in years}


def _path_of(study: Study) -> list[Text]:
    """Where the effect is largest, and whether it fades after that."""
    found = effects(study)
    peak = max(found, key=lambda each: abs(found[each].value))
    last, most = found[study.last], found[peak]
    values = {"peak": peak, "most": ("percent1_change", most), "last": study.last, "end": ("percent1_change", last)}
    if abs(most.value) - abs(last.value) > 4 * (most.standard_error + last.standard_error):
        return [sentence("report.answer.fades", **values), *_catching_up(study, peak)]
    if study.last <= LATER:
        return []
    return [sentence("report.answer.later", year=LATER, later=("percent1_change", found[LATER]))]


def _catching_up(study: Study, peak: int) -> list[Text]:
    """That adoption catches up: only beside a scenario without effort, under efforts that last, and where it does."""
    assert study.other is not None  # noqa: S101 - there is an effect
    if has_effort(study.other.scenario) or follows_path(study.scenario):
        return []
    then, last = (
        estimates.mean(city_adoption(study.projection, year) - city_adoption(study.other, year))
        for year in (peak, study.last)
    )
    if then.value - last.value <= 4 * (then.standard_error + last.standard_error):
        return []
    values = {
        "peak": peak,
        "last": study.last,
        "then": ("probability_change", then),
        "end": ("probability_change", last),
    }
    return [sentence("report.answer.catches_up", there=study.other.scenario.title, **values)]
