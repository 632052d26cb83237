"""Part 5: what drove the difference from the other scenario, and where the growth of the scale comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tuiyan import estimates
from tuiyan.analysis.players import REST, all_players, follows_path
from tuiyan.estimates import Estimate
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting.analyses import GOAL, PRODUCTIVITY
from tuiyan.reporting.blocks import Block, Column, Heading, Paragraph, Table
from tuiyan.reporting.parts.attributed import BY, CHANCE, LOG, clauses, clear, name_of, refusal, summed, top, unmoved
from tuiyan.reporting.parts.growth import growth
from tuiyan.reporting.parts.shared import SCALE, central, difference_of, largest_error, levers_only, source_line
from tuiyan.reporting.parts.waterfalls import heat_map, waterfall
from tuiyan.reporting.provenance import assumption
from tuiyan.reporting.words import Value, joined, plain, sentence, sentences
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.analysis.attribution import Attribution, Part
    from tuiyan.reporting.study import Study

LATER = (2022, 2025)
WAYS = ("net", "alone", "last", "stacked")
FAR = 0.1  # a difference of logs that is no longer read as per cent
TIGHT = 1e-9  # parts and total agree to this (economics.md, section 9)


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (Heading("attribution", both("report.attribution.heading")), *difference(study), *growth(study))


def difference(study: Study) -> tuple[Block, ...]:
    """The difference from the other scenario, as far as there is one to split."""
    if study.other is None:
        return (Paragraph(both("report.attribution.no_parent")),)
    there = study.other.scenario.title
    try:
        players = all_players(study.other.scenario, study.scenario, "lever")
        if not players:
            return (Paragraph(both("report.attribution.same", there=there)),)
        found = study.analyses.attributions("integration")
    except TuiyanError as refused:
        return (refusal(refused),)
    if all(unmoved(each.total) and not any(part.value.value for part in each.parts) for each in found.values()):
        return (Paragraph(untouched(study, found[SCALE].outcome.year)),)
    if [player.id for player in players] == [REST]:
        return (Paragraph(joined([total(study), rest(study, "rest_only"), *later(study), evidence(study)])),)
    notes = [Paragraph(rest(study, "rest"), "small")] if any(player.id == REST for player in players) else []
    text = joined([total(study), *largest(study), *later(study), evidence(study)])
    tables = [table(study, by, id_) for by, id_ in zip(BY, ("T5", "T5b"), strict=True)]
    read = Paragraph(both("report.attribution.read"), "small")
    return (Paragraph(text), *notes, waterfall(study), read, *tables, heat_map(study))


def untouched(study: Study, year: int) -> Text:
    """No outcome moves; perhaps the probability in the goal's own definition does."""
    assert study.other is not None  # noqa: S101 - the caller looked
    first = both("report.attribution.untouched", there=study.other.scenario.title, year=year)
    assert study.other_ledger is not None  # noqa: S101 - there is another scenario
    before, after = (each.row(GOAL).probability_scope for each in (study.other_ledger, study.ledger))
    if before is None or after is None or before == after:
        return first
    cells: dict[str, Value] = {"before": ("probability", before), "after": ("probability", after)}
    return joined([first, sentence("report.attribution.scope", goal=GOAL, **cells)])


def total(study: Study) -> Text:
    """What the scenario moves in all."""
    assert study.other is not None  # noqa: S101 - the caller looked
    found = study.analyses.attributions("integration")
    scale, chance, lp = (found[name].total for name in (SCALE, GOAL, PRODUCTIVITY))
    reading = both("report.attribution.reading")
    if abs(scale.value) > FAR:
        percent = Estimate(float(np.expm1(scale.value)), scale.standard_error)
        reading = sentence("report.attribution.reading.far", percent=("percent1_change", percent))
    return sentence(
        "report.attribution.total", reading=reading, here=study.scenario.title, there=study.other.scenario.title,
        year=found[SCALE].outcome.year, goal=both("report.attribution.goal", id=GOAL), scale=(LOG, scale),
        scale_se=("error:percent2", scale), chance=("probability_change", chance),
        chance_se=("error:probability_change", chance), lp=("points2_change", lp),
    )  # fmt: skip


def largest(study: Study) -> list[Text]:
    """The largest integration and the largest lever, how much of each is displacement, and what stays in all."""
    found = [study.analyses.attributions(by)[SCALE] for by in BY]
    first, second = (top(each) for each in found)
    text = both(
        "report.attribution.largest", integration=first.label, first=_with_moved(first),
        lever=name_of(study, "lever", second), second=_with_moved(second),
    )  # fmt: skip
    others = [part for part in found[1].parts if part.id == REST]
    chance = study.analyses.attributions("lever")[GOAL].total
    first_of_all = [] if unmoved(chance) or clear(chance) else [both("report.attribution.unclear")]
    most = bool(others) and max(found[1].parts, key=_size) is others[0]
    key = f"report.attribution.largest.rest{'.most' if most else ''}"
    beside = [sentence(key, value=(LOG, part.value)) for part in others]
    before, more = (beside, []) if most else ([], beside)
    net = _net(found[1])
    if net is not None:
        more.append(sentence("report.attribution.net", net=(LOG, Estimate(net, found[1].total.standard_error))))
    return [*first_of_all, *before, text, *more, both("report.attribution.adds")]


def _size(part: Part) -> float:
    return abs(part.value.value)


def _with_moved(part: Part) -> Text:
    """The effect of a part and the share of it that is displacement."""
    if part.net is None or part.value.value == 0:
        return sentence("report.attribution.largest.plain", value=(LOG, part.value))
    share = 1 - part.net.value / part.value.value
    return sentence("report.attribution.largest.moved", value=(LOG, part.value), share=("percent", share))


def _net(found: Attribution) -> float | None:
    """Sum of the parts net of displacement; None where one of them has no displacement."""
    kept = [part.net.value for part in found.parts if part.net is not None]
    return sum(kept) if len(kept) == len(found.parts) else None


def later(study: Study) -> list[Text]:
    """The difference in the years after the deadline; why most of it comes late where levers alone differ."""
    year = study.analyses.attributions("integration")[SCALE].outcome.year
    years = [each for each in LATER if year < each <= study.last]
    if not years:
        return []
    moved = {when: estimates.mean(difference_of(study, SCALE, when, relative=True)) for when in (year, *years)}
    items = [
        sentence("report.attribution.later.item", year=when, value=("percent1_change", moved[when])) for when in years
    ]
    text = sentence("report.attribution.later", year=year, now=("percent1_change", moved[year]), list=clauses(items))
    then, last = moved[year].value, moved[years[-1]].value
    if not levers_only(study) or follows_path(study.scenario) or abs(last) < 2 * abs(then) or then * last < 0:
        return [text]
    ramp = central(study.scenario, "policy.ramp")
    return [text, both("report.attribution.later.larger", ramp=f"{ramp:g}")]


def evidence(study: Study) -> Text:
    """What such numbers are, and are not."""
    return both(f"report.attribution.evidence{'' if levers_only(study) else '.rest'}")


def rest(study: Study, key: str) -> Text:
    """What stands behind the part of all changes that are no effort of a lever; `key` says beside what it stands."""
    assert study.other is not None  # noqa: S101 - the caller looked
    changes = study.scenario.diff(study.other.scenario)
    names = sentences(each.label for each in changes if each.id not in study.scenario.levers)
    return both(f"report.attribution.{key}", changes=names)


def table(study: Study, by: str, id_: str) -> Table:
    """T5, T5b: the parts of the scale in every way of counting, and of the probability."""
    assert study.other is not None  # noqa: S101 - the caller looked
    scale, chance = (study.analyses.attributions(by)[name] for name in (SCALE, GOAL))
    percent, points = plain("%"), both("report.unit.points")
    error = both("report.column.se")
    columns = (
        Column(both(f"report.explain.column.{by}")),
        Column(both("report.explain.column.gross"), LOG, percent),
        Column(error, "error:percent2", percent),
        *(Column(both(f"report.explain.column.{name}"), LOG, percent) for name in (*WAYS, "interaction")),
        Column(both("report.explain.column.chance", goal=GOAL), CHANCE, points),
        Column(error, "error:points2", points),
        Column(both("report.explain.column.net"), CHANCE, points),
    )
    rows: list[tuple[object, ...]] = [
        (
            assumption(study.scenario, one.id, name_of(study, by, one)), one.value, one.value, one.net,
            one.alone, one.last, one.stacked, one.interaction,
            two.value, two.value, two.net,
        )
        for one, two in zip(scale.parts, chance.parts, strict=True)
    ]  # fmt: skip
    rows.append((
        both("report.explain.sum"), summed(scale), scale.total, _net(scale), None, None, scale.total, None,
        summed(chance), chance.total, _net(chance),
    ))  # fmt: skip
    titles = {"here": study.scenario.title, "there": study.other.scenario.title}
    caption = both(f"report.{id_}.caption", goal=GOAL, year=scale.outcome.year, **titles)
    return Table(id_, caption, columns, tuple(rows), table_note(study, scale, chance), "wide")


def table_note(study: Study, scale: Attribution, chance: Attribution) -> Text:
    """The sum check, what the other columns come to, and their largest errors."""
    gaps = [abs(summed(each).value - each.total.value) for each in (scale, chance)]
    verdict = both(f"report.T5.check.{'passed' if max(gaps) < TIGHT else 'failed'}")
    check = sentence(
        "report.T5.check", sum=(LOG, summed(scale)), total=(LOG, scale.total), verdict=verdict,
        chances=("probability_change", summed(chance)), chance=("probability_change", chance.total),
    )  # fmt: skip
    sums = {
        name: (LOG, Estimate(sum(getattr(part, name).value for part in scale.parts), scale.total.standard_error))
        for name in ("alone", "last")
    }
    errors = {
        name: Estimate(
            0.0, largest_error([each for part in found.parts for key in keys if (each := getattr(part, key))])
        )
        for name, found, keys in (("scale", scale, WAYS), ("chance", chance, ("net",)))
    }
    return joined([
        check,
        sentence("report.T5.against", **sums),
        sentence("report.T5.errors", **{name: ("error:points2", error) for name, error in errors.items()}),
        source_line(study, "money"),
    ])  # fmt: skip
