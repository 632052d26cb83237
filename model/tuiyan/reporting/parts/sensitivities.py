"""Part 8: which uncertain inputs the scale goal hangs on: one at a time, by group, and as rank correlations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

from tuiyan.analysis.rules import SHOCK_UNIT, amount
from tuiyan.analysis.sensitivity import COMMON, HIGH, LOW, MOST, Influence, Sensitivity
from tuiyan.draws.quantiles import quantile
from tuiyan.draws.recipe import recipe
from tuiyan.estimates import Estimate
from tuiyan.inputs.findings import TuiyanError
from tuiyan.reporting import figures_decide as figures
from tuiyan.reporting import style
from tuiyan.reporting.analyses import GOAL, PRODUCTIVITY
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.numbers import show
from tuiyan.reporting.parts.shared import source_line
from tuiyan.reporting.provenance import assumption, group
from tuiyan.reporting.words import joined, listed, plain, sentence
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

PERCENT = plain("%")
NAMED = 0.01  # groups that explain at least this share are named in the paragraph
OUTCOMES = {GOAL: "scale", PRODUCTIVITY: "lp"}
WHOLE = 0.995  # shares that sum to this leave nothing to interactions


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    heading = Heading("sensitivities", both("report.sensitivities.heading"))
    try:
        analyses = study.analyses
        ranks = study.analyses.ranks
        found = analyses.tornado, analyses.sobol
    except TuiyanError as refused:
        return heading, Paragraph(both("report.sensitivities.refused", why=messages(refused)))
    tornado, sobol = found
    return (
        heading,
        Paragraph(summary(study, tornado, sobol)),
        tornado_figure(study, tornado),
        tornado_table(study, tornado, ranks),
        sobol_figure(study, sobol),
        sobol_table(study, sobol),
    )


def messages(refused: TuiyanError) -> Text:
    """What an error says, without its codes."""
    return joined(each.message for each in refused.findings)


def ends(study: Study, id_: str) -> tuple[Text | None, Text | None]:
    """The low and the high quantile of an input with their unit; none where its law changes from year to year."""
    if id_.startswith(f"{COMMON}."):
        return amount(float(ndtri(LOW)), SHOCK_UNIT), amount(float(ndtri(HIGH)), SHOCK_UNIT)
    parameter = next(each for each in recipe(study.scenario).parameters if each.id == id_)
    if len(parameter.laws) > 1:
        return None, None
    low, high = quantile(parameter.laws[0], np.array([LOW, HIGH]), parameter.hard)
    unit = study.scenario.unit(id_)
    return amount(float(low), unit), amount(float(high), unit)


def summary(study: Study, tornado: Sensitivity, sobol: Any) -> Text:
    """The part in one paragraph: the input that moves the probability most, the groups, and what this is not."""
    chance = ("probability", tornado.at)
    free = sentence(
        "report.sensitivities.free", title=study.scenario.title, p=chance, se=("error:probability", tornado.at)
    )
    first, *rest = tornado.rows
    low, high = ends(study, first.id)
    key = "report.sensitivities.largest" if low else "report.sensitivities.largest.path"
    found = [free, sentence(key, input=first.label, from_=low, to=high, **_moved(first))]
    if rest:
        found.append(sentence("report.sensitivities.second", input=rest[0].label, **_moved(rest[0])))
    found += [_variance(sobol[GOAL]), _productivity(sobol[PRODUCTIVITY]), association(study)]
    return joined(found)


def association(study: Study) -> Text:
    """What such numbers are, and how many of the priors behind them are judgement."""
    grades = [study.scenario.origins[id_].grade for id_ in study.scenario.workspace.parameters]
    judged = sum(each == "judgement" for each in grades)
    return both("report.sensitivities.association", all=len(grades), judged=judged)


def _moved(row: Influence) -> dict[str, tuple[str, float]]:
    """The probability at the two ends of an input."""
    return {key: ("probability", row.values[key]) for key in ("low", "high")}


def _variance(found: Sensitivity) -> Text:
    """What each group explains alone of the variance of the log scale."""
    alone = sorted(found.rows, key=lambda row: -row.values["first"])
    rest = [row for row in alone if row.values["first"] < NAMED and row.values["total"] > 0]
    others = Text("", "")
    if rest:
        others = sentence("report.sensitivities.others", most=("percent1", max(r.values["first"] for r in rest)))
    total = sum(row.values["first"] for row in alone)
    key = "report.sensitivities.variance.sum" if total >= WHOLE else "report.sensitivities.variance"
    return sentence(key, groups=_groups(alone), others=others, sum=("percent", total))


def _productivity(found: Sensitivity) -> Text:
    """The same of labour productivity, where only the largest groups are named."""
    return both("report.sensitivities.productivity", groups=_groups(found.rows))


def _groups(rows: Sequence[Influence]) -> Text:
    """The groups that explain most, each with its share alone."""
    named = [row for row in rows if row.values["first"] >= NAMED] or list(rows[:1])
    ordered = sorted(named, key=lambda row: -row.values["first"])
    return listed(
        sentence("report.sensitivities.group", name=row.label, share=("percent", row.values["first"]))
        for row in ordered
    )


def tornado_figure(study: Study, found: Sensitivity) -> Figure:
    """F9: the probability with one input after the other at its two ends."""
    bars = [figures.Bar(row.label, row.values["low"], row.values["high"]) for row in found.rows]

    def paint(canvas: Any, lang: str) -> None:
        ax = figures.tornado(bars, found.at.value, lang=lang, ax=canvas.add_subplot())
        canvas.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3)

    columns = (
        Column(both("report.decide.input")),
        *(Column(both(f"report.decide.{key}"), "probability") for key in ("p_low", "p_high", "swing")),
    )
    rows = tuple((row.label, *(row.values[key] for key in ("low", "high", "swing"))) for row in found.rows)
    title, first = both("report.F9.title"), found.rows[0]
    alt = sentence("report.F9.alt", first=first.label, p=("probability", found.at), **_moved(first))
    note = sentence("report.F9.note", most=MOST, se=("error:probability", found.at))
    drawn = style.draw(paint, (9.6, 1.5 + 0.34 * len(bars)))
    return Figure("F9", title, alt, joined([note, source_line(study)]), drawn, Table("F9-data", title, columns, rows))


def tornado_table(study: Study, found: Sensitivity, ranks: Sensitivity) -> Table:
    """T9: the inputs with their ends, the probability there, and their rank correlations."""
    columns = (
        *(Column(both(f"report.decide.{key}")) for key in ("input", "at_low", "at_high")),
        *(Column(both(f"report.decide.{key}"), "probability") for key in ("p_low", "p_high")),
        *(Column(both(f"report.decide.{key}"), "number2") for key in ("rank_scale", "rank_goal")),
    )
    beside = {row.id: row.values for row in ranks.rows}
    rows = tuple(
        (assumption(study.scenario, row.id, row.label), *ends(study, row.id), row.values["low"], row.values["high"],
         beside[row.id]["amount"], beside[row.id]["goal"])
        for row in found.rows
    )  # fmt: skip
    note = joined([both("report.T9.note"), source_line(study)])
    return Table("T9", both("report.T9.caption"), columns, rows, note, "wide")


def _influential(found: Sensitivity) -> list[Influence]:
    """The groups with any influence, the largest first."""
    return [row for row in found.rows if row.values["total"] > 0]


def without_influence(found: Sensitivity) -> list[Influence]:
    """The groups that change nothing."""
    return [row for row in found.rows if row.values["total"] == 0]


def _triple(row: Influence, name: str) -> tuple[float, float, float]:
    return row.values[name], row.values[f"{name}_low"], row.values[f"{name}_high"]


def sobol_figure(study: Study, sobol: Any) -> Figure:
    """F9b: shares of the variance by group, of the log scale and of labour productivity."""
    data = {
        name: [figures.Share(row.label, _triple(row, "first"), _triple(row, "total")) for row in _influential(found)]
        for name, found in sobol.items()
    }

    most = max(map(len, data.values()))

    def paint(canvas: Any, lang: str) -> None:
        axes = canvas.subplots(1, 2)
        for ax, (name, groups) in zip(axes, data.items(), strict=True):
            figures.shares(groups, lang=lang, ax=ax, rows=most)
            ax.set_title(say(f"report.F9b.{OUTCOMES[name]}", lang))
        canvas.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)

    title = both("report.F9b.title")
    tops = {
        key: value
        for name, groups in data.items()
        for key, value in (
            (OUTCOMES[name], groups[0].name),
            (f"{OUTCOMES[name]}_share", ("percent", groups[0].total[0])),
        )
    }
    caption = joined([both("report.F9b.note"), *nothing(sobol), source_line(study)])
    drawn = style.draw(paint, (9.6, 1.7 + 0.42 * most))
    return Figure("F9b", title, sentence("report.F9b.alt", **tops), caption, drawn, _sobol_data(title, data))


def _sobol_data(title: Text, data: Mapping[str, Sequence[figures.Share]]) -> Table:
    """The bars of both panels as numbers."""
    columns = (
        Column(both("report.decide.outcome")),
        Column(both("report.decide.groups")),
        *(
            Column(both(f"report.F9b.{name}"), "percent1", plain(end))
            for name in ("first", "total")
            for end in ("%", "% (5%)", "% (95%)")
        ),
    )
    rows = tuple(
        (both(f"report.F9b.{OUTCOMES[name]}"), each.name, *each.first, *each.total)
        for name, groups in data.items()
        for each in groups
    )
    return Table("F9b-data", title, columns, rows)


def nothing(sobol: Any) -> list[Text]:
    """The groups without any influence on each outcome, in words."""
    found = []
    for name, each in sobol.items():
        if groups := without_influence(each):
            outcome = both(f"report.F9b.{OUTCOMES[name]}.name")
            found.append(both("report.F9b.none", outcome=outcome, groups=listed(row.label for row in groups)))
    return found


def sobol_table(study: Study, sobol: Any) -> Table:
    """T9b: the shares by group side by side; a group without influence on either is left to the note."""
    by_id = {name: {row.id: row for row in found.rows} for name, found in sobol.items()}
    order = {row.id: row.label for found in sobol.values() for row in _influential(found)}
    columns = [Column(both("report.decide.groups"))]
    for key in OUTCOMES.values():
        columns += [
            Column(both(f"report.F9b.{key}.alone"), "percent1", PERCENT),
            Column(both("report.decide.interval"), "text", PERCENT),
            Column(both(f"report.F9b.{key}.total"), "percent1", PERCENT),
        ]
    rows = tuple(
        (group(study.scenario, id_, label), *(cell for name in OUTCOMES for cell in _cells(by_id[name][id_])))
        for id_, label in order.items()
    )
    note = joined([both("report.T9b.note"), source_line(study)])
    return Table("T9b", both("report.T9b.caption"), tuple(columns), rows, note, "wide")


def _cells(row: Influence) -> tuple[object, ...]:
    """Share alone, its interval, and the share with interactions; nothing for no influence."""
    if row.values["total"] == 0:
        return None, None, None
    low, high = (Estimate(row.values[f"first_{end}"], 0.0) for end in ("low", "high"))
    interval = Text(*(f"{show(low, 'percent1', lang)}–{show(high, 'percent1', lang)}" for lang in ("zh", "en")))
    return row.values["first"], interval, row.values["total"]
