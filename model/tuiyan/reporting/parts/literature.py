"""Beside the literature: the pace of the model, published numbers rebuilt, and what each would need in our formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tuiyan.evidence.literature import (
    Need,
    Rebuilt,
    needs,
    own_rise,
    own_saving,
    own_saving_of_all_cost,
    rebuilt,
    study_saving,
)
from tuiyan.evidence.literature_pace import pace
from tuiyan.inputs.loading import load
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Paragraph, Table
from tuiyan.reporting.parts import anchors
from tuiyan.reporting.parts.literature_rebuilt import (
    exposure_grade,
    labelled,
    legend,
    name,
    rebuilt_figure,
    rebuilt_table,
)
from tuiyan.reporting.parts.shared import source_line
from tuiyan.reporting.provenance import reference
from tuiyan.reporting.style import BASELINE, GOAL, INK, colour
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.results import run
from tuiyan.wording import Text, both, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tuiyan.reporting.study import Study

SLOWER = "sceptic_productivity"  # a shipped scenario with the pace of earlier general-purpose technologies
TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks; they stand after the published numbers as they are."""
    found, wanted = rebuilt(study.scenario.workspace), needs(study.projection)
    return (
        Paragraph(rebuilt_summary(study, found)),
        rebuilt_figure(study, found),
        rebuilt_table(study, found),
        Paragraph(needs_summary(study, wanted)),
        needs_figure(study, wanted),
        needs_table(study, wanted),
    )


def rebuilt_summary(study: Study, found: Sequence[Rebuilt]) -> Text:
    """How many of the published numbers are rebuilt, how well, and from what; those only restated are not counted."""
    done = [each for each in found if not each.restated]
    source = Counter(each.inputs.inputs_from for each in done)
    return sentence(
        "report.T7b.lead", rebuilt=len(done), gap=("number4", max(abs(each.gap) for each in done)),
        printed=source["printed"], secondary=source["secondary"], chosen=source["chosen"],
        restated=len(found) - len(done), grade=exposure_grade(study),
    )  # fmt: skip


def needs_summary(study: Study, wanted: Sequence[Need]) -> Text:
    """How many numbers need more than there is with our saving, and what that changes with the studies' own."""
    first = sentence(
        "report.T7c.lead", count=len(wanted), beyond=sum(each.beyond for each in wanted),
        alone=sum(not each.reached_by for each in wanted), saving=("percent", own_saving(study.projection)),
        base=("percent1", own_saving_of_all_cost(study.projection)),
    )  # fmt: skip
    savings = [study_saving(each.inputs) for each in wanted if each.inputs.form == "task"]
    with_own = [(each.study_product, each) for each in wanted if each.study_product is not None]
    largest, need = max(with_own, key=lambda pair: pair[0])
    second = sentence(
        "report.T7c.lead.own", tasks=len(with_own), name=name(study, need.inputs), least=("percent1", min(savings)),
        most=("percent1", max(savings)), largest=("percent", largest), ours=("percent", need.product),
    )  # fmt: skip
    return joined([first, second])


def compared(study: Study) -> tuple[Block, ...]:
    """TFP a year beside the first study, why they differ, and what a slower pace gives; it stands before the table."""
    here = pace(study.projection)
    if here is None:
        return ()
    faster = here.times > 1 and here.faster > 1
    said = [
        sentence(
            "report.T7.times", title=study.scenario.title, here=("number3", here.tfp), times=("number1", here.times),
            there=("number3", here.inputs.published), who=name(study, here.inputs),
        ),
        sentence(
            "report.T7.pace" if faster else "report.T7.parts", tasks=("percent1", here.product), years=here.years,
            theirs=("percent1", here.study_product), span=here.inputs.years, faster=("number1", here.faster),
            per_task=("number1", here.per_task),
        ),
    ]  # fmt: skip
    return (Paragraph(joined([*said, *slower(study)])),)


def slower(study: Study) -> Iterator[Text]:
    """The same number of the scenario with the pace of earlier technologies, on the draws of the report."""
    here = study.scenario
    if SLOWER not in here.workspace.scenarios() or here.id == SLOWER:
        return
    other = load(SLOWER, as_of=here.as_of, workspace=here.workspace.root).weighted(here.learned)
    found = pace(run(other, draws=study.projection.draws, seed=study.projection.seed))
    if found is not None:
        times = ("number1", found.times)
        yield sentence("report.T7.slower", name=SLOWER, title=other.title, here=("number3", found.tfp), times=times)


def needs_figure(study: Study, wanted: Sequence[Need]) -> Figure:
    """F7c: the rise of adoption that each number needs, beside all exposed tasks and beside the model's own rise."""
    low, middle, high = own_rise(study.projection)
    looks = ({"color": INK, "marker": "o"}, {"color": GOAL, "marker": "v", "linestyle": "none"})

    def paint(canvas: Any, lang: str) -> None:
        ax = canvas.subplots()
        for place, each in enumerate(wanted):
            row = len(wanted) - 1 - place
            ends = [part.value for part in each.rise]
            ends_of = {"color": INK, "linewidth": 2.4, "alpha": 0.45, "solid_capstyle": "butt"}
            ax.plot([ends[0], ends[2]], [row + 0.14] * 2, **ends_of)
            ax.plot([ends[1]], [row + 0.14], markersize=5, **looks[0])
            ax.plot([each.by_deadline[1].value], [row - 0.2], markersize=6, **looks[1])
        labelled(ax, [_quantified(study, each)[lang] for each in wanted])
        ax.axvspan(low.value, high.value, facecolor=colour(study.scenario.id), alpha=0.2, linewidth=0)
        ax.axvline(middle.value, color=colour(study.scenario.id), linewidth=1.3)
        ax.axvline(1.0, color=BASELINE, linewidth=1.3, linestyle="--")
        _in_percent(ax, wanted)
        for key, edge in (("ours", middle.value), ("all", 1.0)):
            text = say(f"report.F7c.{key}", lang)
            ax.annotate(
                text, (edge, 1), (3, 3), xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=8.5
            )
        ax.set_xlabel(say("report.F7c.axis", lang))
        legend(
            canvas,
            [(look, say(f"report.F7c.{key}", lang)) for key, look in zip(("span", "deadline"), looks, strict=True)],
        )

    heads = [both("report.T7c.rise_at", level=f"{level}%") for level in (5, 50, 95)]
    heads.append(both("report.T7c.by_deadline"))
    columns = (Column(both("report.column.who")), *(Column(head, "percent1", plain("%")) for head in heads))
    rows = tuple((_quantified(study, each), *each.rise, each.by_deadline[1]) for each in wanted)
    title = both("report.F7c.title")
    most = max(wanted, key=lambda each: each.rise[1].value)
    alt = sentence("report.F7c.alt", name=name(study, most.inputs), rise=("percent", most.rise[1].value))
    caption = joined([both("report.F7c.note"), source_line(study, "share")])
    table = Table("F7c-data", title, columns, rows)
    return Figure("F7c", title, alt, caption, style.draw(paint, (9.2, 5.6)), table)


def _in_percent(ax: Axes, wanted: Sequence[Need]) -> None:
    """A logarithmic axis that reads in percent of the exposed tasks."""
    from matplotlib.ticker import NullFormatter

    values = [part.value for each in wanted for part in (*each.rise, each.by_deadline[1])]
    ax.set_xscale("log")
    ax.set_xlim(0.8 * min(values), 1.25 * max(values))
    ax.set_xticks([tick for tick in TICKS if min(values) <= tick <= max(values)])
    ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:g}%")
    ax.xaxis.set_minor_formatter(NullFormatter())


def _quantified(study: Study, need: Need) -> Text:
    """The name of a number with its quantity: what is compared is no longer TFP alone."""
    return both(
        "report.F7c.label", name=name(study, need.inputs), quantity=both(f"report.quantity.{need.inputs.quantity}")
    )


def needs_table(study: Study, wanted: Sequence[Need]) -> Table:
    """T7c: what exposure and adoption each number needs in our formula, and who has as much."""
    saving = ("percent", own_saving(study.projection))
    columns = (
        Column(both("report.column.who")),
        Column(both("report.column.quantity")),
        Column(both("report.T7c.points"), "number3"),
        Column(both("report.column.span"), "integer"),
        Column(both("report.T7c.tfp"), "number2"),
        Column(sentence("report.T7c.product", saving=saving), "number2"),
        Column(both("report.T7c.product.own"), "number2"),
        Column(both("report.T7c.rise"), "percent1", plain("%")),
        Column(both("report.T7c.between")),
        Column(both("report.T7c.by_deadline"), "percent1", plain("%")),
        Column(sentence("report.T7c.enough", saving=saving)),
        Column(both("report.T7c.support")),
    )
    rows = tuple(
        (
            reference(each.inputs.source, name(study, each.inputs)), both(f"report.quantity.{each.inputs.quantity}"),
            each.inputs.published, each.inputs.years, each.tfp, each.product, each.study_product, each.rise[1],
            sentence("report.T7c.range", low=("percent", each.rise[0]), high=("percent", each.rise[2])),
            each.by_deadline[1], enough(each), support(study, each),
        )
        for quantity in anchors.QUANTITIES
        for each in wanted
        if each.inputs.quantity == quantity
    )  # fmt: skip
    low, middle, high = own_rise(study.projection)
    note = sentence("report.T7c.note", low=("points1", low), middle=("points1", middle), high=("points1", high))
    return Table("T7c", both("report.T7c.caption"), columns, rows, note, "wide")


def enough(need: Need) -> Text:
    """Whether the exposed tasks suffice, over the number's span and by the deadline; if not, with its own saving."""
    if need.product.value <= 1 and not need.beyond:
        return both("report.T7c.within")
    verdict = both("report.T7c.beyond.both" if need.beyond_by_deadline else "report.T7c.beyond")
    if need.product.value > 1:
        verdict = both("report.T7c.beyond.tasks")
    own = need.study_product is not None and need.study_product <= need.inputs.values["exposure"]
    return both("report.T7c.beyond.own", verdict=verdict) if own else verdict


def support(study: Study, need: Need) -> Text:
    """The study whose exposure and adoption just have that pace."""
    if not need.reached_by:
        return both("report.T7c.nobody")
    least = min(need.reached_by, key=lambda each: each.values["exposure"] * each.values["adoption"] / each.years)
    return name(study, least)
