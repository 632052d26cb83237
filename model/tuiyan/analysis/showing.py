"""Results as small tables of words, in one language at a time: for the terminal and for a notebook's prompt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tuiyan.analysis.rules import chance_text
from tuiyan.estimates import Estimate
from tuiyan.grids import Grid, alike, error, number, plain, shown_unit, words
from tuiyan.inputs.units import unit_name
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.analysis.attribution import Attribution
    from tuiyan.analysis.choice import Regret
    from tuiyan.analysis.comparison import Comparison
    from tuiyan.analysis.conditioning import Conditioned
    from tuiyan.analysis.growth import Contributions
    from tuiyan.analysis.inversion import Needed
    from tuiyan.analysis.packages import Frontier, Package
    from tuiyan.analysis.responses import Responses
    from tuiyan.analysis.rules import Rules
    from tuiyan.analysis.seeking import Solution
    from tuiyan.analysis.sensitivity import Sensitivity
    from tuiyan.inputs.findings import TuiyanError
    from tuiyan.results import Projection

ENOUGH_FOR_RANKS = 4096  # with fewer draws the points themselves tie some inputs together
LEAST_DECIMALS = 2  # that a probability needs to stand without its error
FINE = 0.005  # below this standard error a probability beside it has a third decimal
HEADS = {"total": "total_index", "goal": "goal_rank"}  # columns whose word means something else elsewhere


def attribution(found: Attribution, lang: str) -> Grid:
    """Parts, their sum, and the ways that do not add up."""
    unit = found.outcome.unit
    rows = [
        (
            part.label[lang], number(part.value, unit, signed=True), error(part.value, unit),
            number(part.net, unit, signed=True), number(part.alone, unit, signed=True),
            number(part.last, unit, signed=True), number(part.stacked, unit, signed=True),
            alike(part.interaction, part.value, unit),
        )
        for part in found.parts
    ]  # fmt: skip
    summed = Estimate(sum(part.value.value for part in found.parts), found.total.standard_error)
    total = (say("shown.sum", lang), number(summed, unit, signed=True), *[""] * 6)
    whole = (say("shown.total", lang), number(found.total, unit, signed=True), error(found.total, unit), *[""] * 5)
    title = say(
        "shown.attribution", lang, label=found.outcome.label[lang], year=found.outcome.year, base=found.base,
        alternative=found.alternative, unit=shown_unit(unit, lang),
    )  # fmt: skip
    head = words(lang, "part", "shapley", "error", "net", "alone", "last", "stacked", "interaction")
    return Grid(title, head, (*rows, total, whole), say("shown.attribution.note", lang))


def contributions(found: Contributions, lang: str) -> Grid:
    """Contributions to the growth of each year; they sum to the growth."""
    years = [str(year) for year in found.years]
    rows = []
    for block, yearly in found.yearly.items():
        cells = (*yearly, found.since[block][-1])
        rows.append((found.label(block)[lang], *(number(each, "log", signed=True) for each in cells)))
    sums = [sum(found.yearly[block][k].value for block in found.yearly) for k in range(len(years))]
    ends = [*sums, sum(found.since[block][-1].value for block in found.since)]
    total = (say("shown.sum", lang), *(plain(each, "log") for each in ends))
    whole = (*(number(each, "log", signed=True) for each in found.growth), number(found.level[-1], "log", signed=True))
    title = say("shown.growth", lang, scenario=found.scenario)
    head = (say("shown.block", lang), *years, f"2017-{years[-1]}")
    return Grid(title, head, (*rows, total, (say("shown.growth.total", lang), *whole)), say("shown.growth.note", lang))


def comparison(found: Comparison, lang: str, *, scope: bool = False) -> Grid:
    """Goals before and after; with `scope` in their own uncertain definition where they have one."""
    head = [say("shown.goal", lang), found.first.scenario.id]
    for each in found.others:
        head += [each.scenario.id, say("shown.difference", lang), say("shown.error", lang)]
    rows = []
    for row in found.goals(scope=scope):
        cells = [_goal_name(row.register, row.goal.id if row.goal else None, lang), _chance(row.probabilities[0], lang)]
        for chance, gap in zip(row.probabilities[1:], row.differences[1:], strict=True):
            cells += [_chance(chance, lang), number(gap, "probability", signed=True), error(gap, "probability")]
        rows.append(tuple(cells))
    title = say(f"shown.comparison{'.scope' if scope else ''}", lang)
    return Grid(title, tuple(head), tuple(rows), say("shown.comparison.note", lang))


def paired(found: Comparison, lang: str) -> Grid:
    """Paired differences by scenario, variable and year."""
    rows = [
        (
            each.scenario, each.variable, str(each.year), number(each.mean, each.unit, signed=True),
            error(each.mean, each.unit), *(number(level, each.unit, signed=True) for level in each.quantiles),
            shown_unit(each.unit, lang),
        )
        for each in found.differences()
    ]  # fmt: skip
    head = (*words(lang, "scenario", "variable", "year", "mean", "error"), "5%", "50%", "95%", say("shown.unit", lang))
    return Grid(say("shown.paired", lang, first=found.first.scenario.id), head, tuple(rows))


def sensitivity(found: Sensitivity, lang: str, *, most: int = 15) -> Grid:
    """Inputs or groups, the largest first."""
    columns = list(found.rows[0].values) if found.rows else []
    unit = found.outcome.unit if found.method == "tornado" else ""
    rows = [
        (row.label[lang], row.id, *(plain(row.values[name], unit, signed=False) for name in columns))
        for row in found.rows[:most]
    ]
    label = found.outcome.label[lang]
    at = number(found.at, unit) + (" %" if unit == "probability" else "")
    title = say(f"shown.{found.method}", lang, label=label, scenario=found.scenario, at=at)
    few = found.method == "rank" and found.draws < ENOUGH_FOR_RANKS
    note = say("shown.rank.few", lang, least=ENOUGH_FOR_RANKS) if few else ""
    return Grid(
        title,
        (*words(lang, "input", "id"), *words(lang, *(HEADS.get(name, name) for name in columns))),
        tuple(rows),
        note,
    )


def frontier(found: Frontier, lang: str) -> Grid:
    """Least-cost packages."""
    rows = [
        (
            f"{each.wanted:.4g}", say(f"package.{each.status}", lang),
            number(each.probability), error(each.probability), number(each.cost), error(each.cost),
            *(f"{each.efforts[key]:.2f}" for key in found.levers),
            "" if each.price is None else f"{each.price / 100:.2g}",
        )
        for each in found.packages
    ]  # fmt: skip
    head = (
        *words(lang, "wanted", "status", "probability", "error", "cost", "error"),
        *(found.levers[key][lang] for key in found.levers), say("shown.price", lang),
    )  # fmt: skip
    ends = {"none": number(found.none), "full": number(found.full), "best": number(found.best)}
    title = say("shown.frontier", lang, goal=found.goal, scenario=found.scenario, **ends)
    return Grid(title, head, tuple(rows), say("shown.frontier.note", lang))


def marginal(found: Frontier, lang: str) -> Grid:
    """What one unit more of effort on each lever adds to the probability, at each package."""
    rows = [
        (f"{each.wanted:.4g}", *(plain(each.marginal[key], "probability") for key in found.levers))
        for each in found.packages
    ]
    head = (say("shown.wanted", lang), *(found.levers[key][lang] for key in found.levers))
    return Grid(say("shown.marginal", lang), head, tuple(rows))


def solution(found: Solution, lang: str) -> Grid:
    """One lever, or all alike."""
    status = "free" if found.free else "reached" if found.reachable else "unreachable"
    row = (
        found.label[lang], f"{found.wanted:.4g}", say(f"package.{status}", lang), f"{found.effort:.2f}",
        number(found.probability), error(found.probability), number(found.none), number(found.full),
    )  # fmt: skip
    head = words(lang, "lever", "wanted", "status", "effort", "probability", "error", "at_none", "at_full")
    return Grid(say("shown.solution", lang, goal=found.goal, scenario=found.scenario), head, (row,))


def package(found: Package, lang: str) -> Grid:
    """One least-cost package: effort on each lever, and what one unit more of it would add."""
    rows = tuple((key, f"{u:.2f}", plain(found.marginal[key], "probability")) for key, u in found.efforts.items())
    told = {"goal": found.goal, "scenario": found.scenario, "wanted": f"{found.wanted:.4g}"}
    chances = {"chance": number(found.probability), "error": error(found.probability), "cost": number(found.cost)}
    title = say("shown.one_package", lang, **told, **chances, status=say(f"package.{found.status}", lang))
    return Grid(title, words(lang, "lever", "effort", "adds"), rows, say("shown.frontier.note", lang))


def conditioned(found: Conditioned, lang: str) -> Grid:
    """The scale of the city by year, given a path."""
    years = found.projection.years
    levels = (0.05, 0.5, 0.95)
    rows = tuple(
        (str(year), *(f"{found.quantile('scale.total', level, year):,.0f}" for level in levels)) for year in years
    )
    told = {"divergence": f"{found.divergence:.3g}", "effective": f"{found.effective:.0f}"}
    title = say("shown.conditioned", lang, scenario=found.projection.scenario.id, **told)
    return Grid(title, (say("shown.year", lang), "5%", "50%", "95%"), rows)


def needed(found: Iterable[Needed], lang: str) -> Grid:
    """Values of parameters with which the central path just meets a goal."""
    rows, goal, scenario = [], "", ""
    for each in found:
        goal, scenario = each.goal, each.scenario
        never = say(f"shown.{'always_met' if each.met else 'out_of_reach'}", lang, best=f"{each.best:.4g}")
        value = never if each.value is None else f"{each.value:.4g}"
        rows.append((each.label[lang], each.parameter, f"{each.centre:.4g}", value, unit_name(each.unit, lang)))
    head = words(lang, "input", "id", "centre", "needed", "unit")
    return Grid(say("shown.inversion", lang, goal=goal, scenario=scenario), head, tuple(rows))


def regret(found: Regret, lang: str) -> Grid:
    """Payoffs less those of the best package, by state."""
    rows = [
        (
            title[lang], *(number(cell, found.unit) for cell in losses),
            plain(found.largest[k], found.unit, signed=False), plain(found.average[k], found.unit, signed=False),
            "" if found.unit == "probability" else number(found.worst_tenth[k], found.unit),
            number(found.satisficing[k]),
            "" if found.cost[k] is None else f"{found.cost[k]:.3g}",
        )
        for k, (title, losses) in enumerate(zip(found.titles, found.regret, strict=True))
    ]  # fmt: skip
    head = (
        say("shown.package", lang), *(each[lang] for each in found.state_titles),
        *words(lang, "largest", "average", "worst_tenth", "satisficing", "cost"),
    )  # fmt: skip
    best = found.titles[found.chosen][lang]
    title = say("shown.regret", lang, label=found.label[lang], unit=shown_unit(found.unit, lang))
    return Grid(title, head, tuple(rows), say("shown.regret.note", lang, best=best))


def responses(found: Responses, lang: str) -> Grid:
    """Responses of the headline outcomes to standard steps."""
    rows = []
    for row in found.rows:
        cells = (number(row.responses[name], found.units[name], signed=True) for name in found.names)
        rows.append((row.label[lang], row.step_text(lang), *cells))
    short = {name: name if found.units[name] == "probability" else found.labels[name][lang] for name in found.names}
    labels = (f"{short[name]} ({shown_unit(found.units[name], lang)})" for name in found.names)
    head = (*words(lang, "input", "step"), *labels)
    return Grid(say("shown.responses", lang, scenario=found.scenario, year=found.year), head, tuple(rows))


def _chance(found: Estimate | None, lang: str) -> str:
    """A probability, or that it has no meaning; where its error leaves less than two decimals, both: 0.79 ± 0.03."""
    if found is None:
        return say("shown.na", lang)
    if found.decimals() >= LEAST_DECIMALS:
        return str(found)
    places = LEAST_DECIMALS + (found.standard_error < FINE)
    return f"{found.value:.{places}f} ± {found.standard_error:.{places}f}"


def _goal_name(register: str, id_: str | None, lang: str) -> str:
    """Register id and goal id, or all goals together."""
    return f"{register} {id_}" if id_ else say("outcome.all", lang)


def rules(found: Rules, lang: str) -> Grid:
    """The box in which a goal is missed, and its sentence."""
    rows = tuple(
        (each.label[lang], each.limits[lang], f"{each.prior_share:.0%}", chance_text(each.p_value))
        for each in found.restrictions
    )
    head = tuple(say(f"discovery.column.{name}", lang) for name in ("input", "limits", "prior", "chance"))
    chances = {"coverage": found.coverage, "density": found.density, "base": found.base_rate}
    told = {name: f"{number(each)} ± {error(each)}" for name, each in chances.items()}
    note = say("shown.rules.note", lang, mass=f"{found.mass:.0%}", **told)
    return Grid(f"{found.register}: {found.sentence[lang]}", head, rows, note)


def refusal(goal: str, refused: TuiyanError, lang: str) -> Grid:
    """Why nothing can be said of a goal."""
    return Grid(f"{goal}: {refused.findings[0].message[lang]}", (), ())


def binding(found: Projection, lang: str) -> Grid:
    """Median binding share of supply by segment and year; above .5 supply binds."""
    years = [year for year in (2017, 2018, 2019, 2020, 2023, 2025, 2030) if year in found.years]
    segments = found.scenario.workspace.tables.segments
    rows = []
    for code, name in zip(segments.codes, segments.names, strict=True):
        shares = (found.quantile(f"binding.{code}", 0.5, year) for year in years)
        rows.append((name[lang], *(number(each) for each in shares)))
    head = (say("shown.segment", lang), *(str(year) for year in years))
    return Grid(
        say("shown.binding", lang, scenario=found.scenario.id), head, tuple(rows), say("shown.binding.note", lang)
    )
