"""Part 4: what the scenario changes against its parent, with reasons and places, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tuiyan.inputs.scenario import Difference
from tuiyan.inputs.units import unit_name
from tuiyan.reporting import provenance
from tuiyan.reporting.blocks import Block, Bullets, Column, Heading, Paragraph, Table
from tuiyan.reporting.links import Ref, words_of
from tuiyan.reporting.words import joined, plain, sentences
from tuiyan.wording import LANGUAGES, Text, both

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.reporting.study import Study

Cell = Text | Ref | tuple[Text | Ref, ...]
LIFTED = ("unit", "grade", "sources", "because")


def blocks(study: Study) -> tuple[Block, ...]:
    """The part's blocks."""
    scenario = study.scenario
    heading = Heading("changes", both("report.changes.heading"))
    reason = Paragraph(both("report.changes.reason", author=scenario.author, reason=scenario.reason))
    left_out: tuple[Block, ...] = ()
    if scenario.not_modelled:
        left_out = (Heading("left-out", both("report.changes.left_out"), 3), Bullets(tuple(scenario.not_modelled)))
    if study.other is None:
        return (heading, reason, Paragraph(both("report.changes.no_parent")), *left_out)
    changes = scenario.diff(study.other.scenario)
    if not changes:
        return (heading, reason, Paragraph(both("report.changes.none", there=study.other.scenario.title)), *left_out)
    return (heading, reason, table(study, changes), *levers(study, changes), *left_out)


def table(study: Study, changes: list[Difference]) -> Table:
    """One row a change; what is the same in all rows is said once, under the table."""
    assert study.other is not None  # noqa: S101 - the caller looked
    cells = [_cells(study.scenario, each) for each in changes]
    same = [name for name in LIFTED if len(cells) > 1 and len({each[name] for each in cells}) == 1]
    shown = [name for name in cells[0] if name not in same]
    columns = tuple(Column(both(f"report.column.{name}")) for name in shown)
    rows = [tuple(each[name] for name in shown) for each in cells]
    lifted = [both("report.T4.one", name=both(f"report.column.{name}"), value=_bare(cells[0][name])) for name in same]
    notes = [both("report.T4.same", what=sentences(lifted))] if same else []
    caption = both("report.T4.caption", here=study.scenario.title, there=study.other.scenario.title)
    return Table("T4", caption, columns, _once(shown, rows), joined([*notes, both("report.T4.note")]), "wide")


def _bare(cell: object) -> Text:
    """A sentence without its stop, for use inside another."""
    text = words_of(cell)
    assert isinstance(text, Text)  # noqa: S101 - the columns of this table hold texts
    return Text(text.zh.rstrip("。"), text.en.rstrip("."))


def _cells(scenario: Scenario, each: Difference) -> dict[str, Cell]:
    origin, effort = each.origin, each.id in scenario.levers
    return {
        "changed": provenance.assumption(scenario, each.id, each.label),
        "id": plain(each.id),
        "before": plain(each.old),
        "now": plain(each.new),
        "unit": both("report.unit.effort") if effort else unit(each.unit),
        "grade": both(f"report.grade.{origin.grade}"),
        "sources": provenance.sources(origin.sources),
        "because": origin.because or plain("—"),
        "place": provenance.shown(provenance.places(scenario, each.id)[:1]),
    }


def _once(shown: Sequence[str], rows: list[tuple[Cell, ...]]) -> tuple[tuple[object, ...], ...]:
    """The rows with a reason that only repeats the one above printed as such."""
    if "because" not in shown:
        return tuple(rows)
    place = list(shown).index("because")
    found: list[tuple[object, ...]] = []
    for number, row in enumerate(rows):
        again = number > 0 and rows[number - 1][place] == row[place]
        found.append((*row[:place], both("report.as_above") if again else row[place], *row[place + 1 :]))
    return tuple(found)


def levers(study: Study, changes: list[Difference]) -> tuple[Table, ...]:
    """T4b: the measures behind each lever that changes, its channel and its lag."""
    workspace = study.scenario.workspace
    changed = {each.id: each for each in changes if each.id in workspace.levers}
    if not changed:
        return ()
    columns = tuple(Column(both(f"report.column.{name}")) for name in ("lever", "channel", "lag", "measures"))
    rows = []
    for key in changed:
        lever = workspace.levers[key]
        behind = [id_ for id_, measure in workspace.measure_file.measures.items() if key in measure.levers]
        lags = sorted(set(lever.lag.values()))
        name = Text(f"{lever.id} {lever.zh}", f"{lever.id} {lever.en}")
        linked = provenance.assumption(study.scenario, key, name)
        rows.append((linked, lever.channel, plain("–".join(str(lag) for lag in lags)), plain(" ".join(behind))))
    return (Table("T4b", both("report.T4b.caption"), columns, tuple(rows), both("report.T4b.note"), "wide"),)


def unit(name: str) -> Text:
    """The name of a unit in both languages."""
    return Text(*(unit_name(name, lang) for lang in LANGUAGES))
