"""The year grid: one value over years, a field for each year."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

import ipywidgets as widgets

from tuiyan.inputs.findings import Finding
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.units import unit_name
from tuiyan.inputs.variables import BASE_YEAR
from tuiyan.lab.controls import Ask, Findings
from tuiyan.lab.desk import Desk
from tuiyan.lab.fields import Field, centre_of, law_of
from tuiyan.lab.notes import problems
from tuiyan.wording import say

WAYS = ("linear", "step", "loglinear", "logistic")


def knots_of(desk: Desk, id_: str) -> tuple[dict[int, float], str]:
    """The knots of a path that was set here, each by its central value, and how years between them are filled."""
    change = desk.state.edits.get(id_)
    if not isinstance(change, dict) or not isinstance(change.get("set"), dict) or "family" in change["set"]:
        return {}, WAYS[0]
    return {int(year): _centre(knot) for year, knot in change["set"].items()}, change.get("between", WAYS[0])


def _centre(knot: Any) -> float:
    """The central value of a knot as a file writes it."""
    if not isinstance(knot, dict):
        return float(knot)
    names = {"normal": "mean", "lognormal": "median", "triangular": "mode"}
    return float(knot[names[knot["family"]]] if knot["family"] in names else knot["a"] / (knot["a"] + knot["b"]))


def central(desk: Desk, id_: str, year: int) -> float:
    """The present central value of a year."""
    law = law_of(desk.scenario, id_)
    return centre_of(law.at(year) if isinstance(law, Yearly) else law)


@dataclass(slots=True)
class YearGrid:
    """The fields of one value over years; closed while `shown` is None."""

    ask: Ask
    box: widgets.VBox = field(default_factory=widgets.VBox)
    shown: Field | None = None
    cells: dict[int, Any] = field(default_factory=dict)
    between: Any = None
    problem: widgets.HTML = field(default_factory=widgets.HTML)

    def open(self, each: Field, desk: Desk, lang: str) -> None:
        """Show the grid of a value."""
        self.shown = each
        knots, way = knots_of(desk, each.id)
        self.cells = {
            year: widgets.Text(
                value=f"{knots[year]:.10g}" if year in knots else "", description=str(year),
                placeholder=f"{central(desk, each.id, year):.4g}", layout=widgets.Layout(width="auto"),
                style={"description_width": "initial"},
            )
            for year in range(BASE_YEAR + 1, desk.parent.horizon + 1)
        }  # fmt: skip
        ways = [(say(f"lab.years.{name}", lang), name) for name in WAYS]
        self.between = widgets.Dropdown(
            options=ways, value=way, description=say("lab.years.between", lang), style={"description_width": "initial"},
            layout=widgets.Layout(width="auto"),
        )  # fmt: skip
        apply, clear, close = (
            widgets.Button(description=say(f"lab.years.{name}", lang), layout=widgets.Layout(width="auto"))
            for name in ("apply", "clear", "close")
        )
        apply.button_style = "primary"
        for button, name in ((apply, "apply"), (clear, "clear"), (close, "close")):
            button.add_class(f"tuiyan-years-{name}")
        apply.on_click(lambda _: self.ask(each.id, self.apply))
        clear.on_click(lambda _: self.ask(each.id, lambda held: held.restore(each.id)))
        close.on_click(lambda _: self.close())
        told = {"label": each.label[lang], "unit": unit_name(each.unit, lang)}
        title = escape(say("lab.years.title", lang, **told))
        head = widgets.HTML(f"<h4>{title}</h4><p>{escape(say('lab.years.help', lang))}</p>")
        grid = widgets.Box(list(self.cells.values()))
        grid.add_class("tuiyan-year-cells")
        self.problem = widgets.HTML()
        foot = widgets.Box([self.between, apply, clear, close])
        foot.add_class("tuiyan-year-foot")
        self.box.children = [head, self.problem, grid, foot]
        self.box.add_class("tuiyan-years")

    def translate(self, desk: Desk, lang: str) -> None:
        """Say the grid in another language; what was typed and not yet applied stays."""
        if self.shown is None:
            return
        typed, way = {year: cell.value for year, cell in self.cells.items()}, self.between.value
        self.open(self.shown, desk, lang)
        self.between.value = way
        for year, text in typed.items():
            self.cells[year].value = text

    def complain(self, found: Findings, lang: str) -> None:
        """Say in the grid what is wrong with it: its row may be out of sight."""
        self.problem.value = problems(found, lang)

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
