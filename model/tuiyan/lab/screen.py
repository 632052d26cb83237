"""The form that is open on the panel, if any: it lives until it is closed, in whichever language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuiyan.lab.forms import FORMS, Form
from tuiyan.lab.notes import problems

if TYPE_CHECKING:
    from tuiyan.lab.view import View


class Screen:
    """The place of the form.

    Parameters
    ----------
    view
        The panel.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.name, self.form = "", None  # type: tuple[str, Form | None]

    def open(self, name: str, sent: Callable[[Form], object]) -> None:
        """Show a form in the place of any other; `sent` is what its button does."""
        form = FORMS[name](self.view.desk, self.view.lang)
        form.confirm.on_click(lambda _: sent(form))
        self.name, self.form = name, form
        self.view.parts.form.children = [form.box(name, self.view.lang, self.close)]

    def close(self, form: Form | None = None) -> None:
        """Close the form; one that is named only if it is the one that is open."""
        if form is None or form is self.form:
            self.form, self.view.parts.form.children = None, ()

    def translate(self) -> None:
        """Say the form and what is wrong with it in the present language."""
        if self.form is not None:
            self.form.translate(FORMS[self.name](self.view.desk, self.view.lang), self.view.lang)
            self.form.complain(self.view.desk, self.view.lang)

    def attempt(self, form: Form, work: Callable[[], object]) -> bool:
        """Do what a form asks for; what is wrong is said in it, or under the buttons once it is no longer open."""
        view, done = self.view, form.attempt(work)
        form.complain(view.desk, view.lang)
        if form.found and form is not self.form:
            found = form.found
            view.state(lambda lang: problems(found, lang, view.desk, placed=True))
        return done
