"""The small forms of the panel: save as, open, solve for a goal. Each asks, and hands what was answered to the view."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import ipywidgets as widgets
from traitlets import TraitError

from tuiyan.analysis.outcomes import ALL
from tuiyan.analysis.seeking import TOGETHER
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.lab.desk import Desk
from tuiyan.lab.drawing import goal_name
from tuiyan.lab.notes import problems
from tuiyan.lab.record import About, on_file
from tuiyan.wording import LANGUAGES, Text, say

LONG = ("reason-zh", "reason-en")
PROBABILITY = 0.8


@dataclass(slots=True)
class Form:
    """Fields by name, the button that sends them, and the place of what is wrong with them.

    Attributes
    ----------
    note
        What the reader should know before he fills it in.
    found
        What was wrong with the last attempt.
    """

    fields: dict[str, Any]
    confirm: widgets.Button
    note: str = ""
    found: tuple[Finding, ...] = ()
    shut: widgets.Button = field(default_factory=widgets.Button)
    told: widgets.HTML = field(default_factory=widgets.HTML)
    problem: widgets.HTML = field(default_factory=widgets.HTML)

    def box(self, name: str, lang: str, close: Callable[[], None]) -> widgets.VBox:
        """The form as one box."""
        self.shut.on_click(lambda _: close())
        self.confirm.button_style = "primary"
        self.confirm.add_class("tuiyan-confirm")
        self.problem.add_class("tuiyan-form-error")
        for key, each in self.fields.items():
            each.add_class(f"tuiyan-{name}-{key}")
            each.layout.width = "auto"
            each.style.description_width = "10em"
        self.head(lang)
        told = [self.told] if self.note else []
        made = widgets.VBox([*told, *self.fields.values(), self.problem, widgets.HBox([self.confirm, self.shut])])
        made.add_class("tuiyan-form-fields")
        return made

    def head(self, lang: str) -> None:
        """Say what every form says."""
        self.shut.description = say("lab.form.close", lang)
        self.told.value = f"<p>{escape(self.note)}</p>"

    def translate(self, other: Form, lang: str) -> None:
        """Take the words of the same form in another language over; what was typed and chosen stays."""
        self.confirm.description, self.note = other.confirm.description, other.note
        for key, each in self.fields.items():
            typed = each.value
            for words in ("description", "placeholder", "options"):
                if each.has_trait(words):
                    setattr(each, words, getattr(other.fields[key], words))
            with contextlib.suppress(TraitError):  # a file that is no longer there
                each.value = typed
        self.head(lang)

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something once, whatever was clicked meanwhile; what is wrong with it is `found`."""
        if self.confirm.disabled:
            return False
        self.confirm.disabled, self.found, self.problem.value = True, (), ""
        done = False
        try:
            work()
            done = True
        except TuiyanError as error:
            self.found = error.findings
        finally:
            self.confirm.disabled = done  # a second click on what is done does nothing
        return done

    def complain(self, desk: Desk, lang: str) -> None:
        """Say what was wrong with the last attempt."""
        self.problem.value = problems(self.found, lang, desk, placed=True)


def _worded(key: str, lang: str) -> str:
    return say(f"lab.{key}", lang)


def save_form(_desk: Desk, lang: str) -> Form:
    """Name, titles, reasons, author."""
    fields: dict[str, Any] = {
        "name": widgets.Text(placeholder=_worded("save.name.hint", lang), description=_worded("save.name", lang))
    }
    for what in ("title", "reason"):
        for each in LANGUAGES:
            make = widgets.Textarea if f"{what}-{each}" in LONG else widgets.Text
            fields[f"{what}-{each}"] = make(description=_worded(f"save.{what}.{each}", lang))
    fields["author"] = widgets.Text(value=_user(), description=_worded("save.author", lang))
    fields["over"] = widgets.Checkbox(description=_worded("save.over", lang), indent=False)
    return Form(fields, widgets.Button(description=_worded("save.do", lang)))


def _user() -> str:
    """The name of the account; empty where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def about_of(form: Form) -> About:
    """What a save form says."""
    words = {key: str(each.value).strip() for key, each in form.fields.items() if key != "over"}
    title, reason = (Text(words[f"{what}-zh"], words[f"{what}-en"]) for what in ("title", "reason"))
    return About(words["name"], title, reason, words["author"], bool(form.fields["over"].value))


def open_form(desk: Desk, lang: str) -> Form:
    """Which scenario to open."""
    names = desk.parent.workspace.scenarios()
    chosen = desk.state.name if desk.state.name in names else names[0]
    field_ = widgets.Dropdown(options=names, value=chosen, description=_worded("open.name", lang))
    unsaved = desk.state.edits and not on_file(desk)
    note = _worded("open.lost", lang) if unsaved else ""
    return Form({"name": field_}, widgets.Button(description=_worded("open.do", lang)), note)


def solve_form(desk: Desk, lang: str) -> Form:
    """Which goal, by which lever, with what probability."""
    goals = [(goal_name(id_, goal, lang), id_) for id_, goal in desk.parent.workspace.goals.items() if goal.test]
    levers = [(lever.label[lang], key) for key, lever in desk.parent.workspace.levers.items()]
    fields = {
        "goal": widgets.Dropdown(
            options=[*goals, (_worded("goal.all", lang), ALL)], description=_worded("solve.goal", lang)
        ),
        "lever": widgets.Dropdown(
            options=[(_worded("solve.all", lang), TOGETHER), *levers], description=_worded("solve.lever", lang)
        ),
        "prob": widgets.FloatText(value=PROBABILITY, step=None, description=_worded("solve.prob", lang)),
    }
    return Form(fields, widgets.Button(description=_worded("solve.do", lang)))


FORMS: dict[str, Callable[[Desk, str], Form]] = {"save": save_form, "open": open_form, "solve": solve_form}
