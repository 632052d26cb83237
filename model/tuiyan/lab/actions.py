"""What the buttons of the panel do."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as widgets

from tuiyan.analysis import showing
from tuiyan.analysis.attribution import Attribution, explain
from tuiyan.analysis.packages import Package
from tuiyan.analysis.seeking import TOGETHER, Solution, solve_for
from tuiyan.inputs.findings import TuiyanError
from tuiyan.lab.desk import FULL, Desk
from tuiyan.lab.drawing import goal_on_scale
from tuiyan.lab.forms import Form, about_of
from tuiyan.lab.jobs import Jobs
from tuiyan.lab.kept import compare_kept, keep
from tuiyan.lab.notes import problems
from tuiyan.lab.record import Saved, on_file, save_as
from tuiyan.lab.running import StoppedError
from tuiyan.lab.screen import Screen
from tuiyan.lab.static import changes, drawn
from tuiyan.reporting.execute import report
from tuiyan.reporting.kernel import Limits
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.lab.view import View

ANALYSED = 1024  # draws of an attribution and of a solution: a few seconds
SCALE_2020 = "scale.total"


class Actions:
    """The buttons, by name.

    Parameters
    ----------
    view
        The panel.
    jobs
        How long work is started.
    """

    def __init__(self, view: View, jobs: Jobs) -> None:
        self.view, self.jobs, self.screen = view, jobs, Screen(view)
        self.told: Callable[[str], str] | None = None
        self.about: Scenario | None = None

    # At once

    def undo(self) -> None:
        """Go back one step."""
        done = self.view.desk.undo()
        self._clean()
        self.view.tell("undone" if done else "nothing")

    def reset(self) -> None:
        """Back to the parent."""
        self.view.desk.reset()
        self._clean()
        self.view.tell("reset")

    def _clean(self) -> None:
        """Show everything anew, without what was wrong with earlier values."""
        for row in self.view.controls.values():
            row.found = ()
        self.view.refresh()
        if self.view.years.shown:
            self.view.years.open(self.view.years.shown, self.view.desk, self.view.lang)

    def keep(self) -> None:
        """Keep what is shown."""
        kept = keep(self.view.desk)
        self.view.results()
        self.view.tell("kept", name=kept.name)

    def drop(self) -> None:
        """Keep nothing any more."""
        self.view.desk.kept.clear()
        self.view.results()
        self.view.tell("dropped")

    def compare(self) -> None:
        """The kept runs beside the parent."""
        view = self.view
        if not view.desk.kept:
            view.tell("keep_first")
            return
        try:
            found = compare_kept(view.desk)
        except TuiyanError as error:
            wrong = error.findings
            self._result(lambda lang: problems(wrong, lang, view.desk))
            return
        self._result(lambda lang: showing.comparison(found, lang).html() + drawn(found.first.draws, lang))

    def _result(self, told: Callable[[str], str] | None, about: Scenario | None = None) -> None:
        """Show a result under the buttons, as a text in any language; `about` is the scenario that it is of."""
        self.view.parts.offer.children = ()
        self.told, self.about = told, about
        self.show()

    def show(self) -> None:
        """Say the result in the present language; once the scenario has moved on it says so and offers nothing."""
        lang = self.view.lang
        stale = self.about is not None and self.about is not self.view.desk.scenario
        if stale:
            self.view.parts.offer.children = ()
        note = f"<p>{escape(say('lab.result.stale', lang))}</p>" if stale else ""
        self.view.parts.result.value = note + self.told(lang) if self.told else ""

    def translate(self) -> None:
        """Say form and offer in the present language; what was typed stays."""
        for each in self.view.parts.offer.children:
            each.description = say("lab.solve.use", self.view.lang)
        self.screen.translate()

    def _form(self, name: str, sent: Callable[[Form], object]) -> None:
        self._result(None)
        self.screen.open(name, sent)

    # Files

    def save(self) -> None:
        """Ask for what a new file says of itself, and write it."""
        desk = self.view.desk
        self._form("save", lambda form: self.screen.attempt(form, lambda: self._saved(save_as(desk, about_of(form)))))

    def _saved(self, saved: Saved) -> None:
        """Show what was written and what it changes."""
        self.screen.close()
        parent = saved.scenario.parent.id if saved.scenario.parent else "—"

        def html(lang: str) -> str:
            blocks = (
                ("tuiyan-yaml", say("lab.save.yaml", lang), f"<pre tabindex='0'>{escape(saved.text)}</pre>"),
                ("tuiyan-diff", say("lab.save.diff", lang, parent=parent), changes(saved.changes, lang)),
            )
            return "".join(f'<div class="{css}"><h4>{escape(head)}</h4>{body}</div>' for css, head, body in blocks)

        self._result(html)
        self.view.tell("saved", path=f"params/scenarios/{saved.path.name}")

    def open(self) -> None:
        """Ask for a scenario, and open it."""
        self._form("open", lambda form: self.screen.attempt(form, lambda: self._opened(form.fields["name"].value)))

    def _opened(self, name: str) -> None:
        self.view.desk.open(name)
        self.screen.close()
        self._result(None)
        self.view.reopened()
        self.view.tell("opened", name=name)

    # Beside the kernel's own thread

    def _work(self, work: Callable[[], None]) -> None:
        """Start long work; what it raises is said under the buttons."""
        view = self.view

        def done() -> None:
            view.buttons["run"].disabled, view.buttons["cancel"].disabled = False, True
            view.parts.progress.layout.display = "none"

        def failed(error: Exception) -> None:
            if isinstance(error, StoppedError):
                view.tell("stopped")
            else:
                view.state(lambda lang: _wrong(error, lang, view.desk))

        if self.jobs.busy:
            view.tell("busy")
            return
        view.buttons["run"].disabled, view.buttons["cancel"].disabled = True, False
        self.jobs.do(work, failed=failed, done=done)

    def cancel(self) -> None:
        """Ask long work to stop."""
        self.jobs.cancel()

    def run(self, draws: int = FULL) -> None:
        """Run in full; what is shown changes only when it has come to its end."""
        view = self.view

        def told(done: int, total: int) -> None:
            view.parts.progress.max, view.parts.progress.value = total, done
            view.tell("running", done=done, total=total)

        def work() -> None:
            now = view.desk.scenario
            if not view.desk.run_full(draws, told=told, stop=self.jobs.stopped):
                raise StoppedError
            view.results()
            behind = any(each.scenario is now for each in view.desk.history)
            view.tell("ran" if view.desk.is_full else "ran_before" if behind else "ran_left")

        view.parts.progress.layout.display = "flex"
        view.tell("working")
        self._work(work)

    def explain(self) -> None:
        """What the changes did to the chance of the goal on scale: each lever, and all other changes as one."""
        view = self.view
        desk, goal = view.desk, goal_on_scale(view.desk)
        if desk.scenario.same(desk.parent):
            view.tell("same")
            return

        def work() -> None:
            of = goal.id if goal and goal.id else SCALE_2020
            now, asked = desk.scenario, {"of": of, "by": "lever", "draws": ANALYSED, "seed": desk.seed}
            found = explain(desk.parent, now, **asked, progress=self.jobs.watch)  # type: ignore[arg-type]
            assert isinstance(found, Attribution)  # noqa: S101 - only growth gives another form
            self._result(lambda lang: showing.attribution(found, lang).html() + drawn(ANALYSED, lang), now)
            view.tell("ready")

        view.tell("working")
        self._work(work)

    def solve(self) -> None:
        """Ask for a goal and a lever, and find the effort."""
        self._form("solve", lambda form: self._work(lambda: self._solved(form)))

    def _solved(self, form: Form) -> None:
        view, asked = self.view, {name: each.value for name, each in form.fields.items()}
        view.tell("working")

        def work() -> None:
            now = view.desk.scenario
            found = solve_for(
                now, asked["goal"], prob=asked["prob"], lever=asked["lever"], draws=ANALYSED,
                seed=view.desk.seed, progress=self.jobs.watch,
            )  # fmt: skip
            self.screen.close(form)
            self._answer(found, now)

        if self.screen.attempt(form, work) or form is self.screen.form:
            view.tell("ready")

    def _answer(self, found: object, about: Scenario) -> None:
        """Show a solution, and offer to take its effort over."""
        assert not isinstance(found, Package)  # noqa: S101 - the form names a lever
        if not isinstance(found, Solution):
            return
        self._result(lambda lang: showing.solution(found, lang).html() + drawn(ANALYSED, lang), about)
        if not found.reachable or about is not self.view.desk.scenario:
            return
        use = widgets.Button(description=say("lab.solve.use", self.view.lang), button_style="primary")
        use.add_class("tuiyan-use")
        use.on_click(lambda _: self._use(found))
        self.view.parts.offer.children = [use]

    def _use(self, found: Solution) -> None:
        """Take the effort of a solution over."""
        levers = self.view.desk.parent.workspace.levers if found.lever == TOGETHER else (found.lever,)
        noted = self.view.desk.move_all(levers, found.effort)
        self._clean()
        for key in noted.keys() & self.view.controls.keys():
            self.view.warn(key, noted[key])
        self.view.tell("ready")

    def report(self) -> None:
        """Write the report of the saved scenario."""
        view, name = self.view, on_file(self.view.desk)
        if not name:
            view.tell("save_first" if view.desk.scenario.learned is None else "learned")
            return

        def work() -> None:
            made = report(
                name, lang=view.lang, seed=view.desk.seed, workspace=view.desk.parent.workspace.root,
                progress=lambda line: view.tell("report", line=line), limits=Limits(watch=self.jobs.watch),
            )  # fmt: skip
            view.tell("reported", folder=f"{made.folder.parent.name}/{made.folder.name}")

        view.tell("working")
        self._work(work)


def _wrong(error: Exception, lang: str, desk: Desk) -> str:
    """What a piece of work raised, as it is said under the buttons."""
    if isinstance(error, TuiyanError):
        return problems(error.findings, lang, desk)
    return f'<div class="tuiyan-error" role="alert">{escape(str(error) or repr(error))}</div>'
