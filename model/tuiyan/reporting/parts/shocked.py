"""The parts of the page of the notebook `standard_shocks`: each turns responses into blocks, and holds no text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tuiyan.analysis.responses import LEVER_STEP, Response, Responses
from tuiyan.reporting import figures_notebooks as figures
from tuiyan.reporting import style
from tuiyan.reporting.blocks import Block, Bullets, Column, Figure, Heading, Paragraph, Table
from tuiyan.reporting.numbers import Number
from tuiyan.reporting.parts import record
from tuiyan.reporting.parts.errors import error_text, scaled, unmoved
from tuiyan.reporting.parts.shared import SCALE, largest_error
from tuiyan.reporting.words import day, joined, plain, sentence
from tuiyan.results import Projection
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.reporting.shocks import Shocks

GOAL = "R01"
KINDS = ("lever", "driver")
# Of each outcome: factor to the unit it is shown in, the unit, and the number format of its column.
SHOWN = {
    "scale.total": (1e2, "percent", "number4"),
    "R01": (1e2, "points", "number3"),
    "all": (1e2, "points", "number3"),
    "lp.city": (1e4, "hundredth", "number4"),
    "tfp.city": (1e4, "hundredth", "number4"),
    "stock.capital": (1e2, "percent", "number4"),
    "stock.talent": (1e2, "percent", "number4"),
    "stock.rd": (1e2, "percent", "number4"),
    "firms.count": (1.0, "firms", "number4"),
    "firms.benchmark.20": (1.0, "firms", "number4"),
    "gdp.own": (1e4, "hundredth_gdp", "number4"),
    "gdp.users": (1e4, "hundredth_gdp", "number4"),
}
COUNTED = ("R01", "all", "firms.benchmark.20")  # they move by whole draws or firms, so each cell has its own error
COLUMNS = 4  # of small multiples


def answer(view: Shocks) -> tuple[Block, ...]:
    """What moves most, and how to read it."""
    items = tuple(
        both(f"report.shocks.read.{key}", effort=LEVER_STEP) if key == "steps" else both(f"report.shocks.read.{key}")
        for key in ("what", "steps", "local", "goals", "limits")
    )
    return (
        Heading("answer", both("report.shocks.heading")),
        Paragraph(joined(_headline(view)), "answer"),
        Heading("reading", both("report.shocks.reading"), 3),
        Bullets(items),
    )


def _headline(view: Shocks) -> Iterator[Text]:
    """The largest responses of the scale and of its goal."""
    for kind in KINDS:
        row = largest(view.found, SCALE, kind)
        found = row.responses[SCALE]
        if unmoved([found]):
            yield both("report.shocks.answer.none", year=view.found.year)
            continue
        yield sentence(
            f"report.shocks.answer.{kind}", title=view.scenario.title, year=view.found.year, name=row.label,
            step=step_of(row), size=("percent2_change", found), se=error_text(100 * found.standard_error),
        )  # fmt: skip
    row = largest(view.found, GOAL)
    gain = row.responses[GOAL]
    yield sentence(
        "report.shocks.answer.goal", name=row.label, step=step_of(row), size=("probability_change", gain),
        se=error_text(100 * gain.standard_error),
    )  # fmt: skip


def largest(found: Responses, name: str, kind: str = "") -> Response:
    """The step with the largest response of an outcome, among those of a kind."""
    rows = [row for row in found.rows if not kind or row.kind == kind]
    return max(rows, key=lambda row: abs(row.responses[name].value))


def step_of(row: Response) -> Text:
    """The size of a step with its unit; one of a logarithm as what it means in per cent."""
    size = {"log/yr": 100.0 * row.step, "log": 100.0 * math.expm1(row.step)}.get(row.step_unit, row.step)
    return both(f"report.shocks.step.{row.step_unit}", size=f"{size:.3g}")


def tables(view: Shocks) -> tuple[Block, ...]:
    """The map of all responses, and the tables behind it."""
    return (Heading("table", both("report.shocks.table.heading")), heat_map(view), counted(view), smooth(view))


def heat_map(view: Shocks) -> Figure:
    """Levers above, external drivers below; each column coloured on its own."""
    found = view.found
    names = tuple(both("report.shocks.map.column", name=head(name), unit=unit_of(name)) for name in found.names)
    maps = []
    for kind in KINDS:
        rows = [row for row in found.rows if row.kind == kind]
        cells = tuple(tuple(shown(row, name) for name in found.names) for row in rows)
        labels = tuple(stepped(row) for row in rows)
        title = both(f"report.shocks.map.{kind}s", effort=LEVER_STEP)
        maps.append(figures.Map(title, labels, names, cells))

    def paint(figure: Any, lang: str) -> None:
        axes = figure.subplots(2, 1, height_ratios=[len(each.rows) for each in maps])
        for ax, each in zip(axes, maps, strict=True):
            figures.heat(each, lang=lang, ax=ax)

    lever, driver = (largest(found, SCALE, kind) for kind in KINDS)
    alt = sentence(
        "report.shocks.map.alt", lever=lever.label, first=("percent2_change", lever.responses[SCALE]),
        driver=driver.label, second=("percent2_change", driver.responses[SCALE]),
    )  # fmt: skip
    title = both("report.shocks.map.title", year=found.year)
    drawn = style.draw(paint, (11.0, 2.4 + 0.42 * len(found.rows)))
    return Figure("SF1", title, alt, both("report.shocks.map.caption", line=source(view)), drawn, map_data(view, title))


def map_data(view: Shocks, title: Text) -> Table:
    """The numbers of the map."""
    found = view.found
    columns = (
        Column(both("report.shocks.column.step_of")),
        *(Column(outcome(name), SHOWN[name][2], unit_of(name)) for name in found.names),
    )
    rows = tuple((stepped(row), *(shown(row, name) for name in found.names)) for row in found.rows)
    return Table("SF1-data", title, columns, (*rows, worst(view, found.names)), kind="wide")


def counted(view: Shocks) -> Table:
    """Outcomes that move by whole draws, each cell with its error."""
    names = [name for name in view.found.names if name in COUNTED]
    columns = [Column(both("report.shocks.column.step_of")), Column(both("report.shocks.column.step"))]
    for name in names:
        kind, unit = SHOWN[name][2], unit_of(name)
        columns += [Column(outcome(name), kind, unit), Column(both("report.column.se"), f"error:{kind}", unit)]
    rows = by_kind(view, lambda row: [cell for name in names for cell in (shown(row, name),) * 2], 2 * len(names))
    note = both("report.shocks.table.goals.note", year=view.found.year, line=source(view))
    return Table("S1", both("report.shocks.table.goals.caption"), tuple(columns), rows, note)


def smooth(view: Shocks) -> Table:
    """Outcomes that move in every draw; their errors are small, so the largest of each column stands below."""
    names = [name for name in view.found.names if name not in COUNTED]
    columns = (
        Column(both("report.shocks.column.step_of")),
        Column(both("report.shocks.column.step")),
        *(Column(outcome(name), SHOWN[name][2], unit_of(name)) for name in names),
    )
    rows = by_kind(view, lambda row: [shown(row, name) for name in names], len(names))
    first, *rest = worst(view, names)
    caption = both("report.shocks.table.smooth.caption", year=view.found.year)
    note = both("report.shocks.table.smooth.note", line=source(view))
    return Table("S2", caption, columns, (*rows, (first, "", *rest)), note, "wide")


def by_kind(view: Shocks, cells: Any, width: int) -> tuple[tuple[object, ...], ...]:
    """The rows of levers under their head, then those of the external drivers."""
    found: list[tuple[object, ...]] = []
    for kind in KINDS:
        found.append((both(f"report.shocks.kind.{kind}"), *[""] * (width + 1)))
        found += [
            (both("report.compare.sub", name=row.label), step_of(row), *cells(row))
            for row in view.found.rows
            if row.kind == kind
        ]
    return tuple(found)


def worst(view: Shocks, names: Sequence[str]) -> tuple[object, ...]:
    """The row of the largest simulation error of each column."""
    errors = (largest_error([row.responses[name] for row in view.found.rows]) * SHOWN[name][0] for name in names)
    return (both("report.shocks.map.largest"), *(plain(error_text(each)) for each in errors))


def shown(row: Response, name: str) -> Number | None:
    """A response in the unit of its column; None where no draw moves."""
    found = row.responses[name]
    return None if unmoved([found]) else scaled(found, SHOWN[name][0])


def outcome(name: str) -> Text:
    """Short name of an outcome."""
    return both(f"report.shocks.outcome.{name}")


def head(name: str) -> Text:
    """The same in lines for a narrow column."""
    return both(f"report.shocks.head.{name}")


def unit_of(name: str) -> Text:
    """Unit in which the responses of an outcome are shown."""
    return both(f"report.shocks.unit.{SHOWN[name][1]}")


def stepped(row: Response, where: str = "map") -> Text:
    """A driver with its step; the step of all levers is the same and stands above them."""
    if row.kind == "lever":
        return row.label
    return both(f"report.shocks.{where}.named", name=row.label, step=step_of(row))


def source(view: Shocks) -> Text:
    """Whose calculation it is, with scenario, vintage, draws and seed."""
    return sentence(
        "report.source", scenario=view.scenario.title, as_of=day(view.scenario.as_of),
        draws=("integer", view.found.draws), seed=view.found.seed,
    )  # fmt: skip


def paths(view: Shocks) -> tuple[Block, ...]:
    """The response of the scale over the years, of levers and of drivers."""
    return (Heading("paths", both("report.shocks.paths.heading")), *(course_figure(view, kind) for kind in KINDS))


def courses_of(view: Shocks, kind: str) -> list[figures.Course]:
    """The response of the scale to each step of a kind, in per cent, at the years that were computed."""
    years = tuple(view.by_year)
    found = []
    for place, row in enumerate(view.found.rows):
        if row.kind == kind:
            each = (view.by_year[year].rows[place].responses[SCALE] for year in years)
            name = stepped(row, "paths")
            course = tuple(scaled(estimate, 100.0) for estimate in each)
            found.append(figures.Course(name, kind, years, course))
    return found


def course_figure(view: Shocks, kind: str) -> Figure:
    """Small multiples of one kind of steps."""
    data = courses_of(view, kind)
    lines = -(-len(data) // COLUMNS)
    texts = f"report.shocks.paths.{kind}s"

    def paint(figure: Any, lang: str) -> None:
        axes = figure.subplots(lines, COLUMNS, squeeze=False).ravel()
        figures.courses(data, lang=lang, axes=axes[: len(data)], together=kind == "lever")
        for ax in axes[len(data) :]:
            ax.set_visible(False)

    last = data[0].years[-1]
    most = max(data, key=lambda each: abs(each.found[-1].value))
    size = Number(most.found[-1].value / 100, most.found[-1].standard_error / 100)
    alt = sentence(f"{texts}.alt", last=last, name=_one_line(most.name), size=("percent2_change", size))
    title = both(texts, effort=LEVER_STEP)
    caption = both(f"{texts}.caption", effort=LEVER_STEP, line=source(view))
    drawn = style.draw(paint, (11.0, (2.1 if kind == "lever" else 2.4) * lines))
    return Figure(f"SF2-{kind}", title, alt, caption, drawn, course_data(data, title, kind))


def _one_line(name: Text) -> Text:
    """A name without line breaks."""
    return Text(name.zh.replace("\n", ""), name.en.replace("\n", " "))


def course_data(data: Sequence[figures.Course], title: Text, kind: str) -> Table:
    """The numbers of small multiples."""
    columns = (
        Column(both("report.shocks.column.step_of")),
        *(Column(plain(year), "number4", plain("%")) for year in data[0].years),
    )
    rows = tuple((_one_line(each.name), *each.found) for each in data)
    error = error_text(max(found.standard_error for each in data for found in each.found))
    note = both("report.shocks.paths.note", error=error)
    return Table(f"SF2-{kind}-data", title, columns, rows, note)


def record_of(view: Shocks) -> tuple[Block, ...]:
    """What the page was made from."""
    projection = Projection(view.scenario, view.found.draws, view.found.seed, {})
    first = [
        (both("report.record.scenario"), plain(view.scenario.id)),
        (both("report.shocks.record.year"), plain(view.found.year)),
    ]
    return record.of(first, projection)
