"""What the panel holds, without a widget: the parent, the edits on top of it, and what they come to.

Each edit is a change as a scenario file would write it, and `Scenario.with_` judges it: what a file could not say
never becomes the state. A state is never altered, so going back is picking up an earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from tuiyan.analysis.comparison import Comparison, compare
from tuiyan.effects import DRAWS as IDLE_DRAWS
from tuiyan.effects import moves
from tuiyan.ensemble import check_draws, simulate_all
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.lab.fields import Field, around, balanced, fields_of, law_of, numbers_of
from tuiyan.lab.running import Parts, StoppedError, called
from tuiyan.results import Projection, run

Edits = Mapping[str, Any]
PREVIEW, FULL = 256, 8192
LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class State:
    """Edits on top of the parent and the scenario that they make; `name` is the file that holds just this."""

    edits: Edits
    scenario: Scenario
    name: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that was kept to compare with."""

    name: str
    run: Projection


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
    """

    parent: Scenario
    draws: int = PREVIEW
    seed: int = 0
    history: list[State] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    full: dict[str, Projection] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    _previews: list[Projection] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the parent as it is."""
        check_draws(self.draws, self.seed)
        self._begin(self.parent)

    def _begin(self, parent: Scenario) -> None:
        name = parent.id if parent.layer.document.text else ""
        self.parent, self.fields = parent, fields_of(parent)
        self.history[:] = [State({}, parent, name)]
        self._previews.clear()
        self.full.clear()

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
            return error.findings
        if law_of(made, id_) == law_of(self.parent, id_):
            made = self._made(rest)
            edits: Edits = rest
        else:
            edits = {**rest, id_: value}
        if not made.same(self.scenario):
            self.history.append(State(edits, made))
        return tuple(each for each in made.warnings if each.values.get("key") == id_)

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
        shares = balanced(numbers_of(self.scenario, id_), place, share, LEAST_SHARE)
        return self.edit(id_, {**law.model_dump(exclude_none=True), "shares": list(shares)})  # type: ignore[union-attr]

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
            self.history.append(State(rest, self._made(rest)))
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

    def undo(self) -> bool:
        """Go back one step; False where there is none."""
        if len(self.history) == 1:
            return False
        self.history.pop()
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

    def hollow(self, moved: str | None = None) -> set[str]:
        """Edited ids that move no output of any draw, as the check after a run finds them.

        Parameters
        ----------
        moved
            The id of the last step: where the preview shows that it moved something, it need not be tried again.
        """
        ids = set(self.state.edits)
        if moved in ids and len(self.history) > 1:
            before, now = self._preview(self.history[-2].scenario), self.preview
            if any(not np.array_equal(now[name], before[name]) for name in now.values):
                ids.remove(moved)
        if not ids:
            return set()
        whole = simulate_all(self.scenario, draws=IDLE_DRAWS, seed=self.seed)
        return {id_ for id_ in ids if not moves(self.scenario, self.parent, id_, whole, seed=self.seed)}

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
        wanted = {"parent": self.parent, "now": self.scenario}
        known = self.full.get("parent")
        if known is not None and known.scenario is self.parent and known.draws == draws:
            del wanted["parent"]
        parts = Parts(len(wanted), draws, told, stop)
        found = {}
        for key, scenario in wanted.items():
            try:
                values = simulate_all(scenario, draws=draws, seed=self.seed, executor=parts, chunk=parts.chunk)
            except StoppedError:
                return False
            found[key] = Projection(scenario, draws, self.seed, values)
        self.full.update(found)
        return True

    def comparison(self) -> Comparison:
        """What is shown against the parent, draw by draw."""
        return compare(self.before, self.shown)

    def keep(self) -> Kept:
        """Keep what is shown, under a letter."""
        turn, place = divmod(len(self.kept), 26)
        kept = Kept(f"{chr(ord('A') + place)}{turn + 1 if turn else ''}", self.shown)
        self.kept.append(kept)
        return kept

    def compare_kept(self) -> Comparison:
        """The kept runs against the parent, all on the draws of a preview when they differ in theirs."""
        runs = [called(each.run, each.name) for each in self.kept]
        if {(each.draws, each.seed) for each in runs} != {(self.before.draws, self.seed)}:
            runs = [run(each.scenario, draws=self.draws, seed=self.seed) for each in runs]
            return compare(self._preview(self.parent), *runs)
        return compare(self.before, *runs)
