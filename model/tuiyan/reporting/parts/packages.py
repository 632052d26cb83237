"""Part 10: the effort that the scale goal would take, the cheapest packages, and which package regrets least."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tuiyan.analysis.inversion import Needed
from tuiyan.analysis.packages import Frontier, Package
from tuiyan.analysis.rules import amount
from tuiyan.analysis.seeking import Solution
from tuiyan.estimates import Estimate
from tuiyan.inputs.paths import Yearly
from tuiyan.reporting import figures_decide as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.parts import regrets
from tuiyan.reporting.parts.shared import central, source_line
from tuiyan.reporting.provenance import assumption
from tuiyan.reporting.words import joined, listed, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study

FULL = 1.0
FIRM = 2.0  # standard errors by which a package must be cheaper for the text to say so
DEMAND = "application_demand"  # the lever that the pipelines hang on


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    heading = Heading("packages", both("report.packages.heading"))
    return heading, *effort(study), inversion(study), *regrets.blocks(study)


def effort(study: Study) -> tuple[Block, ...]:
    """What effort does; why there is nothing to say where a lever follows a path."""
    frontier = study.analyses.frontier
    if frontier is None:
        paths = [key for key, value in study.scenario.levers.items() if isinstance(value, Yearly)]
        names = listed(lever_name(study, key) for key in paths)
        return (Paragraph(both("report.packages.path", levers=names)),)
    solution = study.analyses.common
    return (
        Paragraph(ends(study, frontier, solution)),
        Paragraph(cheapest(study, frontier)),
        effort_figure(study, solution),
        front_figure(study, frontier, solution),
        packages(study, frontier, solution),
        *levers(study, frontier),
    )


def lever_name(study: Study, key: str) -> Text:
    """Number and name of a lever."""
    lever = study.scenario.workspace.levers[key]
    return Text(f"{lever.id} {lever.zh}", f"{lever.id} {lever.en}")


def full_cost(study: Study) -> float:
    """Relative cost of the full programme: every lever at 1."""
    return 0.5 * sum(lever.cost for lever in study.scenario.workspace.levers.values())


def reached(frontier: Frontier) -> list[Package]:
    """The packages that cost something and reach their probability."""
    return [each for each in frontier.packages if each.status == "reached"]


def wanted(package: Package) -> str:
    """The probability that was asked of a package, to three figures."""
    return f"{package.wanted:.3g}"


def ends(study: Study, frontier: Frontier, solution: Solution) -> Text:
    """What is looked at, and what effort does to the probability."""
    values: dict[str, Any] = {"most": f"{solution.most:g}"}
    for name in ("none", "full", "best"):
        chance = getattr(frontier, name)
        values |= {name: ("chance", chance), f"{name}_se": ("error:probability", chance)}
    lead = both("report.packages.lead", title=study.scenario.title, most=f"{solution.most:g}")
    return joined([lead, sentence("report.packages.ends", **values), verdict(solution, "packages.common")])


def cheapest(study: Study, frontier: Frontier) -> Text:
    """What the cheapest packages are made of, and what not to make of them."""
    found, offers = [], reached(frontier)
    below = [each for each in offers if each.wanted <= frontier.full.value]
    if below and firmly_cheaper(below[-1].cost, full_cost(study)):
        found.append(
            sentence(
                "report.packages.cheaper", cost=("number1", full_cost(study)), less=("number1", below[-1].cost),
                less_se=("error:number1", below[-1].cost), p=wanted(below[-1]),
            )
        )  # fmt: skip
        if (demand := below[-1].efforts.get(DEMAND, FULL)) < FULL:
            found.append(sentence("report.packages.pipelines", effort=("number2", demand)))
    found += [displaced(study, offers[-1])] if offers else [both("report.packages.nothing")]
    return joined([*found, both("report.packages.assumed")])


def firmly_cheaper(cost: Estimate, other: float) -> bool:
    """Whether a cost is known to some figure, and below another by more than its simulation error."""
    return cost.standard_error < cost.value and cost.value + FIRM * cost.standard_error < other


def displaced(study: Study, package: Package) -> Text:
    """The lever that does most of the work in a package, and how much of its effect is only moved from elsewhere."""
    top = max(package.efforts, key=lambda key: package.efforts[key] * package.marginal[key])
    share = central(study.scenario, study.scenario.workspace.levers[top].displacement)
    return sentence(
        "report.packages.displaced", p=wanted(package), lever=lever_name(study, top), share=("percent", share)
    )


def verdict(solution: Solution, words: str = "F10") -> Text:
    """Whether the wanted probability is there without effort, reached, or out of reach."""
    key = "free" if solution.free else "reached" if solution.reachable else "unreachable"
    chance = ("chance", solution.probability)
    return sentence(f"report.{words}.{key}", wanted=f"{solution.wanted:g}", effort=f"{solution.effort:g}", p=chance)


def effort_figure(study: Study, solution: Solution) -> Figure:
    """F10: the probability against the effort that all levers share."""
    found = study.analyses.efforts
    values, errors = (tuple(getattr(each, name) for each in found.values()) for name in ("value", "standard_error"))
    data = figures.Curve(tuple(found), values, errors, solution.wanted, verdict(solution))

    def paint(canvas: Any, lang: str) -> None:
        figures.efforts(data, lang=lang, ax=canvas.add_subplot())

    columns = (
        Column(both("report.decide.effort"), "number2"),
        Column(both("report.column.p"), "chance"),
        Column(both("report.column.se"), "error:probability"),
    )
    rows = tuple((each, chance, chance) for each, chance in found.items())
    title = both("report.F10.title")
    most = max(found)
    alt = sentence(
        "report.F10.alt", most=f"{most:g}", none=("chance", found[0.0]), full=("chance", found[FULL]),
        best=("chance", found[most]), verdict=verdict(solution),
    )  # fmt: skip
    caption = joined([both("report.F10.note"), source_line(study)])
    table = Table("F10-data", title, columns, rows)
    return Figure("F10", title, alt, caption, style.draw(paint, (8.6, 3.9)), table)


def front_figure(study: Study, frontier: Frontier, solution: Solution) -> Figure:
    """F11: cost against probability of the cheapest packages."""
    offers = [figures.Offer(e.probability.value, e.cost.value, e.cost.standard_error) for e in reached(frontier)]
    upper = full_cost(study) * solution.most**2
    none, full, best = (
        figures.Offer(chance.value, cost)
        for chance, cost in ((frontier.none, 0.0), (frontier.full, full_cost(study)), (frontier.best, upper))
    )
    data = figures.Front(tuple(offers), none, full, best, f"{solution.most:g}", remark(frontier))

    def paint(canvas: Any, lang: str) -> None:
        ax = figures.front(data, lang=lang, ax=canvas.add_subplot())
        canvas.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=2)

    columns = (
        Column(both("report.decide.package")),
        Column(both("report.column.p"), "number3"),
        Column(both("report.decide.cost"), "number1", both("report.decide.unit.cost")),
        Column(both("report.column.se"), "error:number1", both("report.decide.unit.cost")),
    )
    shown = (("none", none), *(("cheapest", each) for each in offers), ("full", full), ("best", best))
    rows = tuple(
        (both(f"report.F11.{key}", most=data.most), each.probability, each.cost, Estimate(each.cost, each.error))
        for key, each in shown
    )
    title = both("report.F11.title")
    alt = sentence(
        "report.F11.alt", none=("chance", frontier.none), best=("chance", frontier.best), cost=("number1", upper),
        full=("chance", frontier.full), full_cost=("number1", full_cost(study)),
    )  # fmt: skip
    steeper = [both("report.F11.steeper")] if steepens(frontier) else []
    caption = joined([both("report.F11.note"), *steeper, source_line(study)])
    return Figure("F11", title, alt, caption, style.draw(paint, (8.6, 4.4)), Table("F11-data", title, columns, rows))


def steepens(frontier: Frontier) -> bool:
    """Whether each package pays more for one more point of probability than the one before it."""
    prices = [each.price for each in sorted(reached(frontier), key=lambda each: each.wanted) if each.price is not None]
    return len(prices) > 1 and all(one < other for one, other in pairwise(prices))


def remark(frontier: Frontier) -> tuple[Text, ...]:
    """Which of the wanted probabilities are free, and which out of reach, in words."""
    found = []
    for status, key in (("free", "free"), ("unreachable", "beyond")):
        if each := [wanted(package) for package in frontier.packages if package.status == status]:
            found.append(both(f"report.F11.remark.{key}", wanted=listed(each)))
    return tuple(found)


def packages(study: Study, frontier: Frontier, solution: Solution) -> Table:
    """T11: what each wanted probability takes."""
    points = both("report.decide.unit.cost")
    columns = (
        Column(both("report.decide.wanted")),
        Column(both("report.column.state")),
        Column(both("report.column.p"), "number3"),
        Column(both("report.column.se"), "error:probability"),
        Column(both("report.decide.cost"), "number1", points),
        Column(both("report.column.se"), "error:number1", points),
        Column(both("report.decide.price"), "number2", both("report.decide.unit.cost_point")),
    )
    rows = tuple(
        (
            plain(wanted(each)),
            both(f"report.package.{each.status}"),
            each.probability, each.probability, each.cost,
            each.cost if each.status == "reached" else None,
            None if each.price is None else each.price / 100,
        )
        for each in frontier.packages
    )  # fmt: skip
    note = both("report.T11.note", most=f"{solution.most:g}", line=source_line(study))
    return Table("T11", both("report.T11.caption"), columns, rows, note)


def levers(study: Study, frontier: Frontier) -> tuple[Table, ...]:
    """T11b: efforts and marginal values by lever, at each package that is reached."""
    offers = reached(frontier)
    if not offers:
        return ()
    columns = [Column(both("report.column.lever")), Column(both("report.decide.cost_weight"), "number1")]
    for key, kind in (("effort", "number2"), ("marginal", "points2")):
        unit = both(f"report.T11b.{key}")
        columns += [Column(both("report.T11b.package", p=wanted(each)), kind, unit) for each in offers]
    rows = tuple(
        (
            assumption(study.scenario, key, lever_name(study, key)),
            lever.cost,
            *(each.efforts[key] for each in offers),
            *(each.marginal[key] for each in offers),
        )
        for key, lever in study.scenario.workspace.levers.items()
    )
    note = both("report.T11b.note")
    return (Table("T11b", both("report.T11b.caption"), tuple(columns), rows, note, "wide"),)


def inversion(study: Study) -> Table:
    """T11c: the value of each of the usual parameters with which the central path just meets the goal."""
    found = study.analyses.inverted
    beyond = [each for each in found.values() if each and each.value is None]
    columns = [Column(both(f"report.decide.{name}")) for name in ("input", "centre", "needed")]
    if beyond:
        columns.append(Column(both("report.decide.highest"), "money", both("report.unit.money")))
    known = next((each for each in found.values() if each), None)
    met = known is not None and known.now > known.target
    cells = {id_: _inverted(each, met=met) for id_, each in found.items()}
    here = study.scenario
    rows = tuple((assumption(here, id_, here.label(id_)), *each[: len(columns) - 1]) for id_, each in cells.items())
    note = None
    if known:
        note = sentence(
            f"report.T11c.{'met' if met else 'missed'}", now=("money", known.now), target=("money", known.target),
            line=source_line(study, "money"),
        )  # fmt: skip
    return Table("T11c", both("report.T11c.caption"), tuple(columns), rows, note)


def _inverted(found: Needed | None, *, met: bool) -> tuple[object, ...]:
    """Centre, the value that just meets the goal, and the largest scale, of one parameter."""
    if found is None:
        return None, both("report.T11c.unknown"), None
    never = both(f"report.T11c.{'always' if met else 'never'}")
    value = never if found.value is None else amount(found.value, found.unit)
    return amount(found.centre, found.unit), value, found.best if found.value is None else None
