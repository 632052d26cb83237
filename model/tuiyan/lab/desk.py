"""What the panel holds, without a widget: the parent, the edits on top of it, and what they come to.

Each edit is a change as a scenario file would write it, and `Scenario.with_` judges it: what a file could not say
never becomes the state. A state is never altered, so going back is picking up an earlier one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from tuiyan.analysis.comparison import Comparison, compare
from tuiyan.ensemble import check_draws, simulate_all
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.laws import Dirichlet
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.shares import LEAST_SHAPE
from tuiyan.lab.fields import Field, around, balanced, fields_of, law_of, numbers_of
from tuiyan.lab.kept import Kept
from tuiyan.lab.running import Parts, StoppedError
from tuiyan.results import Projection, run

Edits = Mapping[str, Any]
PREVIEW, FULL = 256, 8192
LEAST_SHARE, SHARE_UNIT = 0.02, 10_000


@dataclass(frozen=True, slots=True)
class State:
    """Edits on top of the parent and the scenario that they make; `name` is the file that holds just this."""

    edits: Edits
    scenario: Scenario
    name: str = ""


@dataclass(slots=True)
class Desk:
    """The table at which a scenario is edited.

    Attributes
    ----------
    parent
        The scenario that was opened: what ticks, differences and Reset mean.
    draws, seed
        Of a preview.
    history
        Every state since it was opened, the present one last.
    undone
        The states that were left by undo.
    files
        The text of each scenario file as it was opened, or last saved from here.
    """

    parent: Scenario
    draws: int = PREVIEW
    seed: int = 0
    history: list[State] = field(default_factory=list)
    undone: list[State] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    full: dict[str, Projection] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    _previews: list[Projection] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the parent as it is."""
        check_draws(self.draws, self.seed)
        self._begin(self.parent)

    def _begin(self, parent: Scenario) -> None:
        name = parent.id if parent.layer.document.text else ""
        self.parent, self.fields = parent, fields_of(parent)
        file = (parent.edited or parent).layer
        self.files = {file.id: file.document.text} if file.document.name == f"params/scenarios/{file.id}.yaml" else {}
        self.history[:] = [State({}, parent, name)]
        for each in (self.undone, self._previews, self.full):
            each.clear()

    @property
    def state(self) -> State:
        """The present state."""
        return self.history[-1]

    @property
    def scenario(self) -> Scenario:
        """What is edited, as it stands."""
        return self.state.scenario

    # Editing

    def edit(self, id_: str, value: object) -> tuple[Finding, ...]:
        """Set a lever or parameter; an error leaves the state as it was.

        Parameters
        ----------
        value
            What a file would `set`: a number, a list, a law, or a mapping of years; or a whole change with `set`.

        Returns
        -------
        what is wrong with it: errors, or the warnings that came with it
        """
        rest = {key: each for key, each in self.state.edits.items() if key != id_}
        try:
            made = self._made({**rest, id_: value})
        except TuiyanError as error:
            return tuple(each for each in error.findings if each.level == "error")
        edits: Edits = {**rest, id_: value}
        if law_of(made, id_) == law_of(self.parent, id_):
            made, edits = self._made(rest), rest
        if not made.same(self.scenario):
            self._step(State(edits, made))
        return tuple(each for each in made.warnings if each.values.get("key") == id_)

    def _step(self, state: State) -> None:
        """Go on to a state; one that was there before is taken up again, with its file and its runs."""
        known = (each for each in [*self.undone, *self.history][::-1] if each.edits == state.edits)
        self.history.append(next(known, state))

    def move(self, id_: str, centre: float) -> tuple[Finding, ...]:
        """Move a control: an effort, or the same law around another centre."""
        law = law_of(self.parent, id_)
        if hasattr(law, "at"):  # a path: a number takes its place
            law = law.at(self.parent.horizon)
        return self.edit(id_, around(law, centre))

    def move_all(self, ids: Iterable[str], centre: float) -> dict[str, tuple[Finding, ...]]:
        """Move several controls in one step; what was found about each."""
        start = len(self.history)
        found = {id_: self.move(id_, centre) for id_ in ids}
        self.history[start:] = self.history[start:][-1:]
        return found

    def follow(self, id_: str, knots: Mapping[int, float], between: str = "linear") -> tuple[Finding, ...]:
        """Let a value follow a path over years; without knots it is as the parent has it."""
        if not knots:
            return self.restore(id_)
        law = law_of(self.parent, id_)
        path = {year: around(law.at(year) if hasattr(law, "at") else law, knots[year]) for year in sorted(knots)}
        return self.edit(id_, {"set": path, **({"between": between} if between != "linear" else {})})

    def share(self, id_: str, place: int, share: float) -> tuple[Finding, ...]:
        """Change one share; the others keep their proportions, and the sum stays 1."""
        if not np.isfinite(share):
            return (Finding("E312", None, {"given": f"{100 * share:g}", "key": id_}),)
        law = law_of(self.scenario, id_)
        shares = balanced(numbers_of(self.scenario, id_), place, share, self.least(id_))
        return self.edit(id_, {**law.model_dump(exclude_none=True), "shares": list(shares)})  # type: ignore[union-attr]

    def least(self, id_: str) -> float:
        """No share is set below this: what the rows promise, or what the law can draw where that is more."""
        law = law_of(self.scenario, id_)
        drawn = LEAST_SHAPE / law.concentration if isinstance(law, Dirichlet) else 0.0
        return math.ceil(max(LEAST_SHARE, drawn) * SHARE_UNIT - 1e-9) / SHARE_UNIT

    def listed(self, id_: str, text: str) -> tuple[Finding, ...]:
        """Set a list of numbers that was typed with commas between them, of either width."""
        try:
            numbers = [float(part) for part in text.replace("，", ",").split(",")]
        except ValueError:
            return (Finding("E312", None, {"given": text, "key": id_}),)
        return self.edit(id_, numbers)

    def restore(self, id_: str) -> tuple[Finding, ...]:
        """Take one edit back to the parent's value."""
        if id_ in self.state.edits:
            rest = {key: each for key, each in self.state.edits.items() if key != id_}
            self._step(State(rest, self._made(rest)))
        return ()

    def _made(self, edits: Edits) -> Scenario:
        """The scenario that edits make."""
        if not edits:
            return self.parent
        levers = {id_: each for id_, each in edits.items() if self.is_lever(id_)}
        rest = {id_: each for id_, each in edits.items() if id_ not in levers}
        return self.parent.with_(levers=levers, uncertain=rest)

    def is_lever(self, id_: str) -> bool:
        """Whether a change of it stands among the levers of a file."""
        return id_ not in self.fields or self.fields[id_].kind == "levers"

    @property
    def names(self) -> list[str]:
        """The files that hold or held a state of this desk, that of the present state first, then the latest."""
        states = [*self.undone, *self.history][::-1]
        return list(dict.fromkeys(each.name for each in [self.state, *states] if each.name))

    def undo(self) -> bool:
        """Go back one step; False where there is none."""
        if len(self.history) == 1:
            return False
        self.undone.append(self.history.pop())
        return True

    def reset(self) -> None:
        """Go back to the parent, as a step that can be undone."""
        if self.state.edits:
            self.history.append(replace(self.history[0]))

    def open(self, name: str | Path) -> None:
        """Open another scenario of the same workspace; kept runs stay.

        Raises
        ------
        TuiyanError
            As `load`.
        """
        self._begin(load(name, workspace=self.parent.workspace.root))

    # Running

    @property
    def preview(self) -> Projection:
        """The present scenario on few draws."""
        return self._preview(self.scenario)

    @property
    def before(self) -> Projection:
        """The parent on the same draws as `shown`."""
        return self.full.get("parent", self._preview(self.parent)) if self.is_full else self._preview(self.parent)

    @property
    def shown(self) -> Projection:
        """The full run where there is one of the present scenario, else the preview."""
        return self.full["now"] if self.is_full else self.preview

    @property
    def is_full(self) -> bool:
        """Whether the full run is of the present scenario."""
        return "now" in self.full and self.full["now"].scenario is self.scenario

    def _preview(self, scenario: Scenario) -> Projection:
        found = next((each for each in self._previews if each.scenario is scenario), None)
        if found is None:
            found = run(scenario, draws=self.draws, seed=self.seed)
            parents = [each for each in self._previews if each.scenario is self.parent]
            others = [each for each in self._previews if each.scenario is not self.parent]
            self._previews[:] = [*parents, *others[-2:], found]
        return found

    def run_full(
        self, draws: int = FULL, *, told: Callable[[int, int], object] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> bool:  # fmt: skip
        """Run the present scenario and its parent on many draws, part by part.

        Parameters
        ----------
        told
            Receives the parts done and all of them.
        stop
            Asked before each part; the earlier result stays when it says yes.

        Returns
        -------
        whether it ran to its end
        """
        parent = self.parent
        wanted = {"parent": parent, "now": self.scenario}
        known = self.full.get("parent")
        if known is not None and known.scenario is parent and known.draws == draws:
            del wanted["parent"]
        parts = Parts(len(wanted), draws, told, stop)
        found = {}
        for key, scenario in wanted.items():
            try:
                values = simulate_all(scenario, draws=draws, seed=self.seed, executor=parts, chunk=parts.chunk)
            except StoppedError:
                return False
            found[key] = Projection(scenario, draws, self.seed, values)
        if parent is self.parent:  # nothing else was opened meanwhile
            self.full.update(found)
        return True

    def comparison(self) -> Comparison:
        """What is shown against the parent, draw by draw."""
        return compare(self.before, self.shown)
