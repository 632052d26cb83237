"""The panel's widgets: rows in tabs at the left, the ledger and the fan at the right, buttons and forms above."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import ipywidgets as widgets

from tuiyan.inputs.findings import nearest
from tuiyan.lab.actions import Actions
from tuiyan.lab.controls import Control, Findings, Looks, Shares, control, shares
from tuiyan.lab.desk import Desk
from tuiyan.lab.drawing import fan, ledger, precision
from tuiyan.lab.fields import TABS, tab_of
from tuiyan.lab.idle import Pauses, in_pauses, search
from tuiyan.lab.jobs import Jobs
from tuiyan.lab.rows import rows
from tuiyan.lab.static import changes, heading, style
from tuiyan.lab.years import YearGrid
from tuiyan.wording import both, say

BUTTONS = ("open", "save", "undo", "reset", "keep", "compare", "drop", "explain", "solve", "report", "run", "cancel")
NAMES = {"中文": "zh", "English": "en"}
Row = Control | Shares


@dataclass(slots=True)
class Parts:
    """The widgets that change after the panel has been put together."""

    heading: widgets.HTML = field(default_factory=widgets.HTML)
    preview: widgets.HTML = field(default_factory=widgets.HTML)
    ledger: widgets.HTML = field(default_factory=widgets.HTML)
    fan: widgets.HTML = field(default_factory=widgets.HTML)
    changes: widgets.HTML = field(default_factory=widgets.HTML)
    status: widgets.HTML = field(default_factory=widgets.HTML)
    form: widgets.VBox = field(default_factory=widgets.VBox)
    result: widgets.HTML = field(default_factory=widgets.HTML)
    offer: widgets.HBox = field(default_factory=widgets.HBox)
    missing: widgets.HTML = field(default_factory=widgets.HTML)
    progress: widgets.IntProgress = field(
        default_factory=lambda: widgets.IntProgress(layout=widgets.Layout(width="120px", display="none"))
    )
    tabs: widgets.Tab = field(default_factory=widgets.Tab)


class View:
    """The panel as widgets.

    Parameters
    ----------
    desk
        What is edited.
    lang
        Language to begin in.
    jobs
        How long work is started; default in a thread.
    pauses
        How the search for what moves nothing is fitted between moves.
    """

    def __init__(self, desk: Desk, lang: str, jobs: Jobs | None = None, pauses: Pauses = in_pauses) -> None:
        self.desk, self.lang, self.parts, self.looks, self.pauses = desk, lang, Parts(), Looks(), pauses
        self.said: Callable[[str], str] = lambda _: ""
        self.drawing = threading.Lock()
        self.controls: dict[str, Row] = {}
        self.hollow: set[str] = set()
        self.filled: set[str] = set()
        self.heads: dict[str, widgets.HTML] = {}
        self.years = YearGrid(self.ask)
        self.actions = Actions(self, jobs or Jobs())
        self.buttons = {name: self._button(name) for name in BUTTONS}
        self.search = widgets.Text(continuous_update=True)
        self.language = widgets.ToggleButtons(options=NAMES, value=lang)
        self.widget = self._assemble()
        self.tell("ready")
        self.translate()
        self.search.observe(lambda _: self.find(), "value")
        self.language.observe(lambda change: self.translate(change["new"]), "value")
        self.parts.tabs.observe(lambda _: self.fill(), "selected_index")

    # Putting together

    def _button(self, name: str) -> widgets.Button:
        button = widgets.Button(style=self.looks.button, disabled=name == "cancel")
        button.add_class(f"tuiyan-button-{name}")
        button.on_click(lambda _: getattr(self.actions, name)())
        return button

    def _assemble(self) -> widgets.VBox:
        """All widgets in their places, each with the class by which it is found."""
        parts = self.parts
        toolbar = widgets.Box([*self.buttons.values(), parts.progress])
        head = widgets.Box([parts.heading, self.language])
        pages = [widgets.VBox() for _ in TABS]
        for page in pages:
            page.add_class("tuiyan-rows")
        parts.tabs.children, parts.tabs.selected_index = pages, 0
        left = widgets.VBox([self.search, parts.missing, self.years.box, parts.tabs])
        right = widgets.VBox([parts.preview, parts.ledger, parts.fan, parts.changes])
        body = widgets.Box([left, right])
        whole = widgets.VBox([
            widgets.HTML(style()), head, toolbar, parts.status, parts.form, parts.offer, parts.result, body
        ])  # fmt: skip
        named = {
            "lab": whole, "toolbar": toolbar, "head": head, "body": body, "search": self.search, "tabs": parts.tabs,
            "language": self.language, "preview": parts.preview, "ledger": parts.ledger, "fan": parts.fan,
            "changes": parts.changes, "status": parts.status, "form": parts.form, "result": parts.result,
        }  # fmt: skip
        for name, each in named.items():
            each.add_class(f"tuiyan-{name}")
        return whole

    def fill(self, tab: str | None = None) -> None:
        """Make the rows of a tab that has none yet; the one in view unless named."""
        name = tab or list(TABS)[self.parts.tabs.selected_index or 0]
        if name in self.filled:
            return
        self.filled.add(name)
        for each in self.desk.fields.values():
            if tab_of(each.block) == name:
                if each.form == "shares":
                    self.controls[each.id] = shares(each, self.desk, self.looks, self.ask)
                else:
                    self.controls[each.id] = control(each, self.desk, self.looks, self.ask, self.open_years)
                self._show(each.id)
        self._lay(name, self._wanted())

    def _lay(self, tab: str, wanted: set[str]) -> None:
        """Put the wanted rows of a tab into it, each block under its heading."""
        laid: list[widgets.Widget] = []
        for block in TABS[tab]:
            here = [each.id for each in self.desk.fields.values() if each.block == block and each.id in wanted]
            found = [self.controls[id_].box for id_ in here]
            if found:
                head = self.heads.setdefault(block, widgets.HTML())
                head.value = f"<h4>{escape(say(f'lab.block.{block}', self.lang))}</h4>"
                laid += [head, *found]
        self.parts.tabs.children[list(TABS).index(tab)].children = laid

    # Showing

    def translate(self, lang: str | None = None) -> None:
        """Say everything in a language."""
        self.lang = lang or self.lang
        for name, button in self.buttons.items():
            button.description = say(f"lab.button.{name}", self.lang)
        for place, tab in enumerate(TABS):
            self.parts.tabs.set_title(place, say(f"lab.tab.{tab}", self.lang))
        self.search.description = say("lab.search", self.lang)
        self.search.placeholder = say("lab.search.hint", self.lang)
        self.search.style.description_width = "initial"
        self.language.tooltips = [say("lab.language", self.lang)] * len(NAMES)
        for block, head in self.heads.items():
            head.value = f"<h4>{escape(say(f'lab.block.{block}', self.lang))}</h4>"
        self.actions.translate()
        self.years.translate(self.desk, self.lang)
        self._miss()
        self.refresh()
        self.state(self.said)

    def refresh(self) -> None:
        """Show everything anew: after undo, reset, another scenario or another language."""
        self.parts.heading.value = heading(self.desk, self.lang)
        self.fill()
        self.results()
        for id_ in self.controls:
            self._show(id_)
        self._seek()

    def _seek(self) -> None:
        """Look in the pauses for what moves nothing; until then what was hollow stays so while it is edited."""
        gone = self.hollow - self.desk.state.edits.keys()
        self.hollow -= gone
        for each in gone & self.controls.keys():
            self._show(each)
        self.pauses(search(self.desk, self._hollowed))

    def _hollowed(self, hollow: set[str]) -> None:
        changed, self.hollow = hollow ^ self.hollow, hollow
        for each in changed & self.controls.keys():
            self._show(each)

    def reopened(self) -> None:
        """Another parent: all rows are made anew."""
        self.controls.clear()
        self.filled.clear()
        self.years.close()
        for page in self.parts.tabs.children:
            page.children = ()
        self.hollow = set()
        self.refresh()
        self.find()

    def results(self) -> None:
        """The ledger, the fan, what they rest on, and what was changed.

        The end of a full run asks for it beside the kernel's own thread: one at a time, and the last one sees the
        last move.
        """
        with self.drawing:
            found = rows(self.desk)
            title = self.desk.parent.title[self.lang]
            self.parts.ledger.value = ledger(found, title, self.lang)
            self.parts.fan.value = fan(self.desk, self.lang)
            self.parts.preview.value = f'<span role="status">{escape(precision(self.desk, found, self.lang))}</span>'
            self.parts.changes.value = changes(self.desk.scenario.diff(self.desk.parent), self.lang)
            self.actions.show()

    def _show(self, id_: str) -> None:
        self.controls[id_].show(self.desk, self.lang, hollow=id_ in self.hollow)

    def warn(self, id_: str, found: Findings) -> None:
        """Say beside a control what was found about its value."""
        self.controls[id_].found = found
        self._show(id_)

    def tell(self, key: str, **values: object) -> None:
        """One sentence under the buttons."""
        told = both(f"lab.status.{key}", **values)
        self.state(lambda lang: f'<span role="status">{escape(told[lang])}</span>')

    def state(self, said: Callable[[str], str]) -> None:
        """What stands under the buttons, as HTML in any language."""
        self.said, self.parts.status.value = said, said(self.lang)

    # Asking

    def ask(self, id_: str, work: Callable[[Desk], Findings]) -> None:
        """Carry out what a control asks, and show what came of it: the results, its row, then what is hollow."""
        before, row = self.desk.scenario, self.controls[id_]
        row.found = work(self.desk)
        if any(each.level == "error" for each in row.found):
            self.tell("refused", label=self.desk.fields[id_].label)
            self._show(id_)
            if self.years.shown and self.years.shown.id == id_:
                self.years.complain(row.found, self.desk, self.lang)
            return
        moved = self.desk.scenario is not before
        if moved:
            self.results()  # first, so that a row marked as changed never stands beside the old ledger
            self.tell("ready")
        self._show(id_)
        if moved:
            self._seek()
        if self.years.shown and self.years.shown.id == id_:
            self.years.open(self.years.shown, self.desk, self.lang)

    def open_years(self, id_: str) -> None:
        """Open the year grid of a value."""
        self.years.open(self.desk.fields[id_], self.desk, self.lang)

    def _wanted(self) -> set[str]:
        """The rows whose name or id holds what is searched; all for nothing."""
        words = self.search.value.strip().lower()
        return {
            each.id
            for each in self.desk.fields.values()
            if not words or any(words in name.lower() for name in (each.id, each.label.zh, each.label.en))
        }

    def _miss(self) -> None:
        """Say when nothing has what is searched in its name."""
        missing = ""
        if not self._wanted():
            names = [each.label[self.lang] for each in self.desk.fields.values()]
            close = nearest(self.search.value, names, listed=False)[self.lang]
            missing = f"{say('lab.search.none', self.lang, text=self.search.value)} {close}"
        self.parts.missing.value = f'<span role="status">{escape(missing)}</span>' if missing else ""

    def find(self) -> None:
        """Show the rows that are searched, in the first tab that has one unless that in view does."""
        wanted = self._wanted()
        hits = [tab for tab in TABS if any(tab_of(self.desk.fields[id_].block) == tab for id_ in wanted)]
        self._miss()
        if hits and list(TABS)[self.parts.tabs.selected_index or 0] not in hits:
            self.parts.tabs.selected_index = list(TABS).index(hits[0])
        for tab in TABS:
            if self.search.value.strip() and tab in hits:
                self.fill(tab)
            if tab in self.filled:
                self._lay(tab, wanted)
