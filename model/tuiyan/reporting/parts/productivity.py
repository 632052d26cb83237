"""Part 6: adoption and productivity by sector, with intangibles and as measured, and thresholds for the open goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan import estimates
from tuiyan.equations.productivity import cost_saving
from tuiyan.reporting import figures, style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Note, Paragraph, Row, Table
from tuiyan.reporting.figures import Spread
from tuiyan.reporting.parts import anchors, literature
from tuiyan.reporting.parts.shared import (
    DEADLINE,
    FIRST,
    Array,
    at,
    difference_of,
    fan_of,
    largest_error,
    median,
    never_negative,
    quantiles,
    sector_names,
    set_by_scenario,
    source_line,
)
from tuiyan.reporting.words import joined, plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study
    from tuiyan.results import Projection

LAST_MEASURED = 2025
PACE = "adoption.imitation"
PERCENT = plain("%")
GRADED = ("start", "exposure", "speed", "labour_share")


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("productivity", both("report.productivity.heading")),
        Paragraph(both("report.productivity.lead")),
        Note(both("report.productivity.silent.title"), both("report.productivity.silent")),
        adoption_figure(study),
        sectors(study),
        Paragraph(pace(study), "small"),
        *side_by_side(study),
        measured_figure(study),
        gdp(study),
        anchors.figure(study),
        *literature.compared(study),
        anchors.table(study),
        *literature.blocks(study),
    )


def spread(projection: Projection, code: str, name: Text) -> Spread:
    """Adoption of one sector at the deadline."""
    low, middle, high = quantiles(at(projection, f"adoption.{code}", DEADLINE), (0.05, 0.5, 0.95))
    return Spread(name, low.value, middle.value, high.value, projection.scenario.id)


def adoption_figure(study: Study) -> Figure:
    """Adoption by sector beside the parent."""
    other = study.other or study.projection
    data = []
    for code, name in sector_names(study).items():
        start = float(np.median(study.projection[f"adoption.{code}"][0]))
        data.append((spread(study.projection, code, name), spread(other, code, name), start))

    def paint(figure: Any, lang: str) -> None:
        figures.adoption(data, (study.scenario.title, other.scenario.title), lang=lang, ax=figure.add_subplot())

    columns = (
        Column(both("report.column.sector")),
        Column(plain("2017"), "percent1", PERCENT),
        *(Column(both("report.column.at_2020", level=f"{level}%"), "percent1", PERCENT) for level in (5, 50, 95)),
        Column(both("report.column.parent_2020", title=other.scenario.title), "percent1", PERCENT),
    )
    rows = tuple((a.name, start, a.low, a.middle, a.high, b.middle) for a, b, start in data)
    title = both("report.F6.title")
    top = max(data, key=lambda row: row[0].middle or 0.0)[0]
    alt = sentence("report.F6.alt", top=top.name, value=("percent", top.middle))
    table = Table("F6-data", title, columns, rows)
    return Figure("F6", title, alt, source_line(study, "share"), style.draw(paint, (9.2, 5.6)), table)


def sectors(study: Study) -> Table:
    """T6: what the effect is made of by sector, and the effect; the city closes the table."""
    columns = (
        Column(both("report.column.sector")),
        Column(both("report.column.named")),
        *(
            Column(both(f"report.column.{name}"), kind, PERCENT)
            for name, kind in (
                ("weight", "percent1"), ("exposure", "percent"), ("labour_share", "percent"), ("saving", "percent"),
                ("adoption_2017", "percent1"), ("adoption_2020", "percent1"), ("tfp_2020", "percent2"),
            )
        ),
        *(Column(both("report.column.lp_2020", level=f"{level}%"), "percent2", PERCENT) for level in (5, 50, 95)),
    )  # fmt: skip
    rows = (*_sector_rows(study), *_city_rows(study))
    graded = study.scenario.workspace.table_file.sectors
    grades = {name: both(f"report.grade.{graded[name].grade}") for name in GRADED}
    grades["imitation"] = both(f"report.grade.{study.scenario.origins['adoption.imitation'].grade}")
    return Table("T6", both("report.T6.caption"), columns, rows, both("report.T6.note", **grades), "wide")


def _sector_rows(study: Study) -> list[tuple[object, ...]]:
    declared, saving = study.scenario.workspace.tables.sectors, median(saved(study)).value
    rows: list[tuple[object, ...]] = []
    for place, (code, name) in enumerate(sector_names(study).items()):
        adopted = (median(at(study.projection, f"adoption.{code}", year)) for year in (FIRST, DEADLINE))
        tfp, lp = (np.expm1(at(study.projection, f"{each}.{code}", DEADLINE)) for each in ("tfp", "lp"))
        rows.append((
            name, both(f"report.named.{declared.goal_sector[place]}"), declared.share[place], declared.exposure[place],
            declared.labour_share[place], saving, *adopted, median(tfp), *quantiles(lp),
        ))  # fmt: skip
    return rows


def _city_rows(study: Study) -> list[tuple[object, ...]]:
    """The city with value-added weights, and what statistics would measure, which is known for the city alone."""
    declared, saving = study.scenario.workspace.tables.sectors, median(saved(study)).value
    share = np.array(declared.share)
    exposure, labour = (float(np.dot(share, values)) for values in (declared.exposure, declared.labour_share))
    adopted = (median(city_adoption(study.projection, year)) for year in (FIRST, DEADLINE))
    tfp, seen, lp = (np.expm1(at(study.projection, name, DEADLINE)) for name in ("tfp.city", "tfp.measured", "lp.city"))
    dash = plain("—")
    city = (both("report.city"), dash, 1.0, exposure, labour, saving, *adopted, median(tfp), *quantiles(lp))
    return [city, (both("report.city_measured"), dash, *[None] * 6, median(seen), *[None] * 3)]


def city_adoption(projection: Projection, year: int) -> Array:
    """Adoption of the city, weighted by value added, (draw,)."""
    weights = np.array(projection.scenario.workspace.tables.sectors.share)[:, None]
    found: Array = np.add.reduce(weights * at(projection, "adoption", year), axis=0)
    return found


def saved(study: Study) -> Array:
    """The cost saving of a task done with AI, mean of easy and hard tasks, (draw,); the same in all sectors."""
    draw = study.projection.parameter
    names = ("saving_easy", "saving_hard", "easy_share")
    found = cost_saving(**{name: draw(f"productivity.{name}") for name in names})
    return np.asarray(found, dtype=np.float64)


def pace(study: Study) -> Text:
    """How fast adoption rises without the programme, where that pace comes from, and who has a slower one."""
    other = study.other or study.projection
    names = sector_names(study)
    now = {code: float(np.median(at(other, f"adoption.{code}", DEADLINE))) for code in names}
    top = max(now, key=lambda code: now[code])
    then = float(np.median(at(other, f"adoption.{top}", FIRST)))
    first = sentence(
        "report.T6.pace",
        title=other.scenario.title,
        sector=names[top],
        then=("percent", then),
        now=("percent", now[top]),
    )
    prior = [] if set_by_scenario(other.scenario, PACE) else [both("report.T6.prior")]
    if literature.SLOWER not in study.scenario.workspace.scenarios() or study.scenario.id == literature.SLOWER:
        return joined([first, *prior])
    return joined([first, *prior, both("report.T6.slower", name=literature.SLOWER)])


def side_by_side(study: Study) -> tuple[Block, ...]:
    """Thresholds beside the paired effect."""
    found = (thresholds(study), *paired(study))
    return (Row(found),) if len(found) > 1 else found


def thresholds(study: Study) -> Table:
    """P that the effect exceeds each threshold, and the adoption that the median would need for it."""
    columns = (
        Column(both("report.column.threshold"), "percent2", PERCENT),
        Column(both("report.column.p"), "chance"),
        Column(both("report.column.se"), "error:probability"),
        Column(both("report.column.adoption_factor"), "number2"),
        Column(both("report.column.adoption_needed"), "percent1", both("report.unit.points")),
    )
    rows = tuple(
        (each.value, each.probability, each.probability, each.factor, each.adoption) for each in study.ledger.thresholds
    )
    rise = median(city_adoption(study.projection, DEADLINE) - city_adoption(study.projection, FIRST))
    note = sentence("report.T6b.note", rise=("points1", rise.value))
    return Table("T6b", both("report.T6b.caption"), columns, rows, note)


def paired(study: Study) -> tuple[Table, ...]:
    """The paired effect of the scenario on productivity."""
    if study.other is None:
        return ()
    points = both("report.unit.points")
    columns = (
        Column(both("report.column.year")),
        Column(both("report.column.mean"), "percent3_change", points),
        *(Column(plain(f"{level}%"), "percent3_change", points) for level in (5, 50, 95)),
        Column(both("report.column.p_positive"), "probability"),
    )
    rows, means, certain = [], [], True
    for year in [each for each in (2018, 2019, 2020, 2025, 2030) if each <= study.last]:
        change = difference_of(study, "lp.city", year)
        chance = estimates.mean(change > 0) if change.any() else None
        certain = certain and (chance is None or chance.value == 1)
        means.append(estimates.mean(change))
        rows.append((plain(year), means[-1], *quantiles(change), chance))
    caption = both("report.T6c.caption", here=study.scenario.title, there=study.other.scenario.title)
    error = estimates.Estimate(0.0, largest_error(means))
    note = sentence("report.T6c.note", error=("error:points2", error))
    if certain and never_negative(study):
        note = joined([note, both("report.T6c.positive")])
    return (Table("T6c", caption, columns, tuple(rows), note),)


def measured_figure(study: Study) -> Figure:
    """Productivity of the city with intangibles counted and as measured, to 2025 only."""
    true = fan_of(study.projection, study.projection["tfp.city"], both("report.figure.true")).until(LAST_MEASURED)
    seen = fan_of(study.projection, study.projection["tfp.measured"], both("report.figure.measured")).until(
        LAST_MEASURED
    )

    def paint(figure: Any, lang: str) -> None:
        figures.measured(true, seen, lang=lang, ax=figure.add_subplot())

    columns = (
        Column(both("report.column.year")),
        *(Column(both("report.column.true", level=f"{x}%"), "percent2", PERCENT) for x in (5, 50, 95)),
        *(Column(both("report.column.measured", level=f"{x}%"), "percent2", PERCENT) for x in (5, 50, 95)),
    )
    rows = tuple(
        (plain(year), *(float(each.quantiles[k, place]) for each in (true, seen) for k in (0, 2, 4)))
        for place, year in enumerate(true.years)
    )
    title = both("report.F6b.title")
    gaps = seen.quantiles[2] - true.quantiles[2]
    gap, end = float(gaps[true.years.index(DEADLINE)]), float(gaps[-1])
    alt = sentence("report.F6b.alt", gap=("percent2_change", gap), last=true.years[-1], end=("percent2_change", end))
    caption = joined([both("report.F6b.note"), source_line(study, "real")])
    table = Table("F6b-data", title, columns, rows)
    return Figure("F6b", title, alt, caption, style.draw(paint, (8.6, 4.2)), table)


def gdp(study: Study) -> Table:
    """The two lines in GDP, their overlap, and what remains of their sum without it."""
    years = [year for year in (DEADLINE, LAST_MEASURED) if year <= study.scenario.horizon]
    columns = (
        Column(both("report.column.line")),
        *(Column(plain(f"{year}, {level}%"), "percent2", PERCENT) for year in years for level in (5, 50, 95)),
    )

    def net(year: int) -> Array:
        own, users, overlap = (at(study.projection, f"gdp.{name}", year) for name in ("own", "users", "overlap"))
        return own + users - overlap

    rows = [
        (
            both(f"report.gdp.{name}"),
            *(cell for year in years for cell in quantiles(at(study.projection, f"gdp.{name}", year))),
        )
        for name in ("own", "users", "overlap")
    ]
    rows.append((both("report.gdp.net"), *(cell for year in years for cell in quantiles(net(year)))))
    return Table("T6d", both("report.T6d.caption"), columns, tuple(rows), both("report.T6d.note"))
