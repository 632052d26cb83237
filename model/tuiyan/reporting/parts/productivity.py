"""Part 6: adoption and productivity by sector, true against measured, and thresholds for the goal without a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuiyan import estimates
from tuiyan.reporting import figures, style
from tuiyan.reporting.blocks import Block, Column, Figure, Heading, Note, Paragraph, Table
from tuiyan.reporting.figures import Spread
from tuiyan.reporting.parts import anchors
from tuiyan.reporting.parts.shared import at, effect_of, fan_of, quantiles, sector_names, source_line
from tuiyan.reporting.words import plain, sentence
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.study import Study
    from tuiyan.results import Projection

DEADLINE, LAST_MEASURED = 2020, 2025
PERCENT = plain("%")


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    return (
        Heading("productivity", both("report.productivity.heading")),
        Paragraph(both("report.productivity.lead")),
        Note(both("report.productivity.silent.title"), both("report.productivity.silent")),
        adoption_figure(study),
        sectors(study),
        thresholds(study),
        *paired(study),
        measured_figure(study),
        gdp(study),
        anchors.figure(study),
        anchors.table(study),
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
        figures.adoption(data, lang=lang, ax=figure.add_subplot())

    columns = (
        Column(both("report.column.sector")),
        Column(plain("2017"), "percent1", PERCENT),
        *(Column(both("report.column.at_2020", level=f"{level}%"), "percent1", PERCENT) for level in (5, 50, 95)),
        Column(both("report.column.parent_2020"), "percent1", PERCENT),
    )
    rows = tuple((a.name, start, a.low, a.middle, a.high, b.middle) for a, b, start in data)
    title = both("report.F6.title")
    top = max(data, key=lambda row: row[0].middle or 0.0)[0]
    alt = sentence("report.F6.alt", top=top.name, value=("percent", top.middle))
    table = Table("F6-data", title, columns, rows)
    return Figure("F6", title, alt, source_line(study), style.draw(paint, (9.2, 5.4)), table)


def sectors(study: Study) -> Table:
    """T6: exposure, adoption and productivity by sector; the city closes the table."""
    declared = study.scenario.workspace.tables.sectors
    columns = (
        Column(both("report.column.sector")),
        Column(both("report.column.named")),
        Column(both("report.column.exposure"), "percent", PERCENT),
        Column(both("report.column.adoption_2017"), "percent1", PERCENT),
        Column(both("report.column.adoption_2020"), "percent1", PERCENT),
        Column(both("report.column.tfp_2020"), "percent2", PERCENT),
        *(Column(both("report.column.lp_2020", level=f"{level}%"), "percent2", PERCENT) for level in (5, 50, 95)),
    )
    rows: list[tuple[object, ...]] = []
    for place, (code, name) in enumerate(sector_names(study).items()):
        start, then = study.projection[f"adoption.{code}"][0], at(study.projection, f"adoption.{code}", DEADLINE)
        tfp, lp = (np.expm1(at(study.projection, f"{each}.{code}", DEADLINE)) for each in ("tfp", "lp"))
        rows.append((
            name, both(f"report.named.{declared.goal_sector[place]}"), declared.exposure[place],
            _median(start), _median(then), _median(tfp), *quantiles(lp),
        ))  # fmt: skip
    tfp, lp = (np.expm1(at(study.projection, f"{each}.city", DEADLINE)) for each in ("tfp", "lp"))
    exposure = float(np.dot(declared.share, declared.exposure))
    weights = np.array(declared.share)[:, None]
    adopted = [
        _median(np.add.reduce(weights * study.projection["adoption"][place], axis=0)) for place in (0, _place(study))
    ]
    rows.append((both("report.city"), plain("—"), exposure, *adopted, _median(tfp), *quantiles(lp)))
    laws = {key: study.scenario.value(f"productivity.{key}") for key in ("saving_easy", "saving_hard", "easy_share")}
    return Table("T6", both("report.T6.caption"), columns, tuple(rows), both("report.T6.note", **laws))


def _place(study: Study) -> int:
    return study.projection.index(DEADLINE)


def _median(values: np.ndarray[Any, np.dtype[np.float64]]) -> object:
    return quantiles(values, (0.5,))[0]


def thresholds(study: Study) -> Table:
    """P that the effect exceeds each threshold, and the adoption that the median would need for it."""
    columns = (
        Column(both("report.column.threshold"), "percent2", PERCENT),
        Column(both("report.column.p"), "probability"),
        Column(both("report.column.se"), "error:probability"),
        Column(both("report.column.adoption_factor"), "number2"),
        Column(both("report.column.adoption_needed"), "percent1", both("report.unit.points")),
    )
    rows = tuple(
        (each.value, each.probability, each.probability, each.factor, each.adoption) for each in study.ledger.thresholds
    )
    return Table("T6b", both("report.T6b.caption"), columns, rows, both("report.T6b.note"))


def paired(study: Study) -> tuple[Block, ...]:
    """The paired effect of the scenario on productivity."""
    if study.other is None:
        return ()
    columns = (
        Column(both("report.column.year")),
        Column(both("report.column.mean"), "percent3_change", both("report.unit.points")),
        Column(both("report.column.se"), "error:percent3", both("report.unit.points")),
        *(Column(plain(f"{level}%"), "percent3_change", both("report.unit.points")) for level in (5, 50, 95)),
        Column(both("report.column.p_positive"), "probability"),
    )
    rows = []
    for year in [each for each in (2018, 2019, 2020, 2025, 2030) if each <= study.last]:
        change = effect_of(study, "lp.city", year)
        average = estimates.mean(change)
        rows.append((plain(year), average, average, *quantiles(change), estimates.mean(change > 0)))
    caption = both("report.T6c.caption", here=study.scenario.title, there=study.other.scenario.title)
    return (Table("T6c", caption, columns, tuple(rows), both("report.T6c.note")),)


def measured_figure(study: Study) -> Figure:
    """True and measured productivity of the city, to 2025 only."""
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
    place = true.years.index(DEADLINE)
    gap = float(seen.quantiles[2, place] - true.quantiles[2, place])
    alt = sentence("report.F6b.alt", gap=("percent2_change", gap))
    table = Table("F6b-data", title, columns, rows)
    return Figure("F6b", title, alt, source_line(study), style.draw(paint, (8.6, 4.2)), table)


def gdp(study: Study) -> Table:
    """The two lines in GDP and their overlap; they are never added without it."""
    years = [year for year in (DEADLINE, LAST_MEASURED) if year <= study.scenario.horizon]
    columns = (
        Column(both("report.column.line")),
        *(Column(plain(f"{year}, {level}%"), "percent2", PERCENT) for year in years for level in (5, 50, 95)),
    )
    rows = tuple(
        (
            both(f"report.gdp.{name}"),
            *(cell for year in years for cell in quantiles(at(study.projection, f"gdp.{name}", year))),
        )
        for name in ("own", "users", "overlap")
    )
    return Table("T6d", both("report.T6d.caption"), columns, rows, both("report.T6d.note"))
