"""The year grid: one value over years, a field for each year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import ipywidgets as widgets

from tuiyan.equations.policy import effort_path
from tuiyan.inputs.findings import Finding
from tuiyan.inputs.paths import Path, Yearly
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.scenario_schema import Change
from tuiyan.inputs.units import unit_name
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.lab.controls import Ask, Findings
from tuiyan.lab.desk import Desk
from tuiyan.lab.fields import Field, centre_of, law_of, value_of
from tuiyan.lab.notes import problems
from tuiyan.wording import say

WAYS = ("linear", "step", "loglinear", "logistic")


def knots_of(scenario: Scenario, id_: str) -> tuple[dict[int, float], str]:
    """The knots of a path by their central values, and how the years between them are filled; none for what is no path.

    Knots are those of the edit or the file that set the path; what came about in another way (an amount added over
    years, a path that stops) has one in each year.
    """
    law, change, years = law_of(scenario, id_), change_of(scenario, id_), years_of(scenario)
    if not isinstance(law, Yearly):
        return {}, WAYS[0]
    path = change.set if change and isinstance(change.set, Path) else None
    if change and path and path.then == "hold" and path.knots.keys() <= set(years):
        knots = {year: knot if isinstance(knot, float | int) else centre_of(knot) for year, knot in path.knots.items()}
        return knots, change.between
    return {year: centre_of(law.at(year)) for year in years}, WAYS[0]


def change_of(scenario: Scenario, id_: str) -> Change | None:
    """The change of the nearest file of the chain that has one of a value."""
    files = (each.layer.file for each in scenario.chain)
    return next((found for file in files if (found := file.levers.get(id_) or file.uncertain.get(id_))), None)


def years_of(scenario: Scenario) -> range:
    """The years that a path can name."""
    return range(BASE_YEAR + 1, scenario.horizon + 1)


def central(scenario: Scenario, id_: str, year: int) -> float:
    """The present central value of a year; of a lever the effort that acts, with its pace."""
    law = law_of(scenario, id_)
    if isinstance(law, Yearly):
        return centre_of(law.at(year))
    if id_ not in scenario.levers:
        return centre_of(law)
    pace = {name: value_of(scenario, f"policy.{name}") for name in ("start", "delay", "ramp")}
    return float(effort_path(centre_of(law), year, **pace))


@dataclass(slots=True)
class YearGrid:
    """The fields of one value over years; closed while `shown` is None."""

    ask: Ask
    box: widgets.VBox = field(default_factory=widgets.VBox)
    shown: Field | None = None
    cells: dict[int, Any] = field(default_factory=dict)
    between: Any = None
    problem: widgets.HTML = field(default_factory=widgets.HTML)
    found: Findings = ()

    def open(self, each: Field, desk: Desk, lang: str) -> None:
        """Show the grid of a value."""
        self.shown = each
        knots, way = knots_of(desk.scenario, each.id)
        self.cells = {
            year: widgets.Text(
                value=f"{knots[year]:.10g}" if year in knots else "", description=str(year),
                placeholder=f"{central(desk.scenario, each.id, year):.4g}", layout=widgets.Layout(width="auto"),
                style={"description_width": "initial"},
            )
            for year in years_of(desk.scenario)
        }  # fmt: skip
        ways = [(say(f"lab.years.{name}", lang), name) for name in WAYS]
        self.between = widgets.Dropdown(
            options=ways, value=way, description=say("lab.years.between", lang), style={"description_width": "initial"},
            layout=widgets.Layout(width="auto"),
        )  # fmt: skip
        buttons = self._buttons(each.id, desk, lang)
        told = {"label": each.label[lang], "unit": unit_name(each.unit, lang)}
        title, kind = say("lab.years.title", lang, **told), "lever" if each.id in desk.scenario.levers else "law"
        head = widgets.HTML(f"<h4>{escape(title)}</h4><p>{escape(say(f'lab.years.help.{kind}', lang))}</p>")
        grid = widgets.Box(list(self.cells.values()))
        grid.add_class("tuiyan-year-cells")
        self.problem, self.found = widgets.HTML(), ()
        foot = widgets.Box([self.between, *buttons])
        foot.add_class("tuiyan-year-foot")
        self.box.children = [head, self.problem, grid, foot]
        self.box.add_class("tuiyan-years")

    def _buttons(self, id_: str, desk: Desk, lang: str) -> list[widgets.Button]:
        """What can be done with the grid; one number takes the place of a path, that of its last year."""
        path = isinstance(law_of(desk.scenario, id_), Yearly)
        does: dict[str, Callable[[], None]] = {
            "apply": lambda: self.ask(id_, self.apply),
            "one": lambda: self.ask(id_, lambda held: held.move(id_, value_of(held.scenario, id_))),
            "clear": lambda: self.ask(id_, lambda held: held.restore(id_)),
            "close": self.close,
        }
        made = []
        for name, do in does.items():
            button = widgets.Button(description=say(f"lab.years.{name}", lang), layout=widgets.Layout(width="auto"))
            button.add_class(f"tuiyan-years-{name}")
            button.on_click(lambda _, do=do: do())
            made.append(button)
        made[0].button_style, made[1].disabled = "primary", not path
        return made

    def translate(self, desk: Desk, lang: str) -> None:
        """Say the grid in another language; what was typed and not yet applied stays."""
        if self.shown is None:
            return
        typed, way, found = {year: cell.value for year, cell in self.cells.items()}, self.between.value, self.found
        self.open(self.shown, desk, lang)
        self.between.value = way
        for year, text in typed.items():
            self.cells[year].value = text
        self.complain(found, desk, lang)

    def complain(self, found: Findings, desk: Desk, lang: str) -> None:
        """Say in the grid what is wrong with it: its row may be out of sight."""
        self.found, self.problem.value = found, problems(found, lang, desk)

    def apply(self, desk: Desk) -> Findings:
        """Set the path that the fields say."""
        assert self.shown is not None  # noqa: S101 - the button stands in an open grid
        knots = {}
        for year, cell in self.cells.items():
            if text := cell.value.strip():
                try:
                    knots[year] = float(text)
                except ValueError:
                    return (Finding("E312", None, {"given": text, "key": self.shown.id}),)
        return desk.follow(self.shown.id, knots, self.between.value)

    def close(self) -> None:
        """Hide the grid."""
        self.shown, self.box.children = None, ()
        self.box.remove_class("tuiyan-years")
