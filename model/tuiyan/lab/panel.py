"""`ty.edit`: the panel that a notebook cell shows.

With a front end the cell shows the widgets. Without one (papermill, a scheduler, the manual, plain Python) it shows a
static table and figure of the same scenario. A front end is there when the request to execute names the cell it comes
from, as JupyterLab, Notebook 7 and VS Code do and as programs that only execute a notebook do not; and under Voilà.
A widget view in the output of a program would be an empty box, or would make a page ask the network for scripts.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.lab.desk import PREVIEW, Desk
from tuiyan.lab.static import page, plain
from tuiyan.wording import LANGUAGES, Text, preferred

if TYPE_CHECKING:
    import ipywidgets as widgets

    from tuiyan.lab.view import View


@dataclass(slots=True, repr=False)
class Panel:
    """A scenario under edit: its desk, and the widgets that show it once somebody looks.

    Attributes
    ----------
    desk
        What is edited, without any widget.
    lang
        Language it begins in; the panel has a switch.
    """

    desk: Desk
    lang: str
    _view: View | None = field(default=None, init=False)

    @property
    def view(self) -> View:
        """The widgets; made on first use."""
        if self._view is None:
            from tuiyan.lab.view import View

            self._view = View(self.desk, self.lang)
        return self._view

    @property
    def widget(self) -> widgets.VBox:
        """The panel as one widget, to put into a layout of one's own."""
        return self.view.widget

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self.desk.scenario

    @property
    def _spoken(self) -> str:
        """The language that the panel speaks now."""
        return self._view.lang if self._view else self.lang

    def __repr__(self) -> str:
        """The ledger in words."""
        return plain(self.desk, self._spoken)

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Widgets where there is a front end; the static page everywhere."""
        found: dict[str, object] = {"text/plain": repr(self), "text/html": page(self.desk, self._spoken)}
        if front_end():
            found |= self.widget._repr_mimebundle_()
            found["text/plain"] = repr(self)
        return found


def front_end() -> bool:
    """Whether somebody looks at the cell that runs."""
    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila/"):
        return True
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return False
    request = kernel.get_parent("shell") or {}
    return bool(request.get("metadata", {}).get("cellId"))


def edit(scenario: Scenario | str | Path, *, draws: int = PREVIEW, seed: int = 0, lang: str | None = None) -> Panel:
    """Edit a scenario by hand, in a notebook.

    Parameters
    ----------
    scenario
        A scenario, or the id or path of one; what is edited is a child of it.
    draws
        Of a preview, a multiple of 16.
    lang
        ``zh`` or ``en``; default the reader's locale.

    Returns
    -------
    panel; without a front end it shows a static table and figure

    Raises
    ------
    TuiyanError
        As `load`; for a number of draws or a language that cannot be.

    Examples
    --------
    >>> panel = edit("announced", draws=32, lang="en")
    >>> panel.desk.move("talent", 0.5)
    ()
    >>> panel.scenario.levers["talent"]
    0.5
    """
    if lang is not None and lang not in LANGUAGES:
        wanted = Text(*(" | ".join(LANGUAGES) for _ in LANGUAGES))
        raise TuiyanError([Finding("E141", None, {"name": "lang", "expected": wanted, "given": repr(lang)})])
    opened = scenario if isinstance(scenario, Scenario) else load(scenario)
    return Panel(Desk(opened, draws=draws, seed=seed), lang or preferred())
