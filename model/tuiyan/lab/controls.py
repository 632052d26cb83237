"""The controls: one row for each field, a number to type and a slider to drag, and what is known beside them.

The number field carries the label and is the way of the keyboard and of screen readers; the slider is the same value
for the hand. Both only ask the desk, and show what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import ipywidgets as widgets
from ipywidgets.widgets.widget_description import DescriptionStyle

from tuiyan.inputs.findings import Finding
from tuiyan.lab.desk import Desk
from tuiyan.lab.fields import Field, numbers_of, value_of
from tuiyan.lab.notes import note
from tuiyan.wording import say

Findings = tuple[Finding, ...]
# What a control asks for: an id and what to do to the desk; the panel carries it out and shows what came of it.
Ask = Callable[[str, Callable[[Desk], Findings]], None]


def css_class(each: Field) -> str:
    """The class by which a page and its tests find a row."""
    return f"tuiyan-{'lever' if each.block == 'levers' else 'parameter'}-{each.id.replace('.', '-')}"


@dataclass(slots=True)
class Looks:
    """Layouts and styles that all rows share: a widget model each would double what goes to the browser."""

    row: widgets.Layout = field(default_factory=lambda: widgets.Layout(width="100%"))
    number: widgets.Layout = field(default_factory=lambda: widgets.Layout(width="auto"))
    slider: widgets.Layout = field(default_factory=lambda: widgets.Layout(width="auto"))
    note: widgets.Layout = field(default_factory=lambda: widgets.Layout(width="auto"))
    described: DescriptionStyle = field(default_factory=lambda: DescriptionStyle(description_width="initial"))
    sliding: widgets.SliderStyle = field(default_factory=widgets.SliderStyle)
    button: widgets.ButtonStyle = field(default_factory=widgets.ButtonStyle)


@dataclass(slots=True)
class Control:
    """One row: its widgets, and what was wrong with what was last asked of it."""

    field: Field
    box: widgets.Box
    number: Any
    note: widgets.HTML
    slider: Any = None
    parent: float = 0.0
    years: Any = None
    found: Findings = ()
    quiet: bool = False

    def show(self, desk: Desk, lang: str, *, hollow: bool) -> None:
        """Bring every widget of the row to what the desk holds; a number that was refused stays to be corrected."""
        self.quiet = True
        label, id_ = self.field.label[lang], self.field.id
        self.number.description = label
        if not any(each.level == "error" for each in self.found):
            if self.field.form == "list":
                self.number.value = ", ".join(f"{each:g}" for each in numbers_of(desk.scenario, id_))
            else:
                self.number.value = value_of(desk.scenario, id_)
                self._slide(self.number.value)
        if self.slider is not None:
            self.slider.tooltip = say("lab.control.slider", lang, label=label)
        if self.years is not None:
            self.years.description = say("lab.control.years", lang)
            self.years.tooltip = say("lab.control.years.tip", lang, label=label)
        self.note.value = note(desk, self.field, lang, hollow=hollow, found=self.found)
        dressed(self.box, "tuiyan-hollow", wanted=hollow)
        dressed(self.box, "tuiyan-changed", wanted=self.field.id in desk.state.edits)
        self.quiet = False

    def _slide(self, value: float) -> None:
        """Move the slider, which is as wide as its range, the parent's value and this one ask, and its tick."""
        if self.slider is None:
            return
        low, high = min(self.field.low, self.parent, value), max(self.field.high, self.parent, value)
        if (self.slider.min, self.slider.max) != (low, high):
            self.slider.remove_class(tick(self.parent, self.slider.min, self.slider.max))
            self.slider.min, self.slider.max = low, high
            self.slider.add_class(tick(self.parent, low, high))
        self.slider.value = value


def tick(value: float, low: float, high: float) -> str:
    """The class that draws a tick at a value between the ends of a slider."""
    return f"tuiyan-tick-{round(100 * (value - low) / (high - low)) if high > low else 0}"


def dressed(widget: widgets.DOMWidget, name: str, *, wanted: bool) -> None:
    """Put a class on or off."""
    (widget.add_class if wanted else widget.remove_class)(name)


def control(each: Field, desk: Desk, looks: Looks, ask: Ask, open_years: Callable[[str], None]) -> Control:
    """The row of one field."""
    note_ = widgets.HTML(layout=looks.note)
    note_.add_class("tuiyan-note")
    if each.form == "list":
        number: Any = widgets.Text(continuous_update=False, layout=looks.number, style={"description_width": "initial"})
    else:
        number = widgets.FloatText(step=None, continuous_update=False, layout=looks.number, style=looks.described)
    number.add_class("tuiyan-number")
    made = Control(each, widgets.Box(layout=looks.row), number, note_)
    parts: list[widgets.Widget] = [number]
    if each.form == "number":
        parts.append(_slider(made, desk, looks, ask))
    if each.yearly:
        made.years = widgets.Button(layout=looks.note, style=looks.button)
        made.years.add_class("tuiyan-by-year")
        made.years.on_click(lambda _: open_years(each.id))
        parts.append(made.years)
    made.box.children = [*parts, note_]
    for name in ("tuiyan-control", css_class(each)):
        made.box.add_class(name)
    number.observe(lambda change: None if made.quiet else _typed(made, change["new"], ask), "value")
    return made


def _slider(made: Control, desk: Desk, looks: Looks, ask: Ask) -> widgets.FloatSlider:
    """The slider of a row, with a tick where the parent's value stands."""
    each, value = made.field, value_of(desk.parent, made.field.id)
    low, high = min(each.low, value), max(each.high, value)
    slider = widgets.FloatSlider(
        value=value, min=low, max=high, step=each.step, readout=False, continuous_update=False,
        layout=looks.slider, style=looks.sliding,
    )  # fmt: skip
    for name in ("tuiyan-slider", tick(value, low, high)):
        slider.add_class(name)

    def moved(change: Any) -> None:
        if not made.quiet:
            ask(each.id, lambda desk: desk.move(each.id, round(change["new"], each.decimals)))

    slider.observe(moved, "value")
    made.slider, made.parent = slider, value
    return slider


def _typed(made: Control, value: object, ask: Ask) -> None:
    """A number or a list was typed."""
    id_ = made.field.id
    if isinstance(value, str):
        ask(id_, lambda desk: desk.listed(id_, value))
    else:
        ask(id_, lambda desk: desk.move(id_, float(value)))  # type: ignore[arg-type]


@dataclass(slots=True)
class Shares:
    """The shares of the segments, in per cent; to move one moves the others, so that the total stays."""

    field: Field
    box: widgets.VBox
    head: widgets.HTML
    numbers: Sequence[Any]
    sliders: Sequence[Any]
    note: widgets.HTML
    found: Findings = ()
    quiet: bool = False

    def show(self, desk: Desk, lang: str, *, hollow: bool) -> None:
        """Bring the row to what the desk holds."""
        self.quiet = True
        shares = numbers_of(desk.scenario, self.field.id)
        names = desk.parent.workspace.tables.segments.names
        title = say("lab.shares", lang, label=self.field.label[lang], least=f"{100 * desk.least(self.field.id):g}")
        total = say("lab.shares.total", lang, total=f"{100 * sum(shares):g}")
        self.head.value = f'<h4>{title}</h4><span class="tuiyan-total">{total}</span>'
        for number, slider, share, name in zip(self.numbers, self.sliders, shares, names, strict=True):
            number.description, number.value = name[lang], round(100 * share, 2)
            slider.value, slider.tooltip = number.value, say("lab.control.slider", lang, label=name[lang])
        self.note.value = note(desk, self.field, lang, hollow=hollow, found=self.found)
        dressed(self.box, "tuiyan-hollow", wanted=hollow)
        dressed(self.box, "tuiyan-changed", wanted=self.field.id in desk.state.edits)
        self.quiet = False


def shares(each: Field, desk: Desk, looks: Looks, ask: Ask) -> Shares:
    """The rows of the segments."""
    now = [100 * share for share in numbers_of(desk.parent, each.id)]
    numbers = [
        widgets.FloatText(value=share, step=None, continuous_update=False, layout=looks.number, style=looks.described)
        for share in now
    ]
    sliders = [
        widgets.FloatSlider(
            value=share, min=0, max=100, step=0.5, readout=False, continuous_update=False, layout=looks.slider,
            style=looks.sliding,
        )
        for share in now
    ]  # fmt: skip
    rows = []
    for number, slider, share in zip(numbers, sliders, now, strict=True):
        number.add_class("tuiyan-number")
        for name in ("tuiyan-slider", f"tuiyan-tick-{round(share)}"):
            slider.add_class(name)
        row = widgets.Box([number, slider], layout=looks.row)
        row.add_class("tuiyan-share")
        rows.append(row)
    head, note_ = widgets.HTML(layout=looks.note), widgets.HTML(layout=looks.note)
    note_.add_class("tuiyan-note")
    made = Shares(each, widgets.VBox([head, *rows, note_]), head, numbers, sliders, note_)
    for name in ("tuiyan-control", "tuiyan-shares", css_class(each)):
        made.box.add_class(name)

    def asked(place: int, change: Any) -> None:
        if not made.quiet:
            ask(each.id, lambda desk: desk.share(each.id, place, change["new"] / 100))

    for place, (number, slider) in enumerate(zip(numbers, sliders, strict=True)):
        number.observe(partial(asked, place), "value")
        slider.observe(partial(asked, place), "value")
    return made
