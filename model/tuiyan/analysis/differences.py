"""In what two resolutions of one scenario differ, sorted into the steps that lead from the old one to the new one.

A path over years is the same where its laws are the same in the years that both resolutions have: a horizon cuts it off
or lets it go on, and what it gives in the years that come with a later horizon belongs to that horizon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.loading import known_on
from tuiyan.inputs.paths import Yearly
from tuiyan.inputs.scenario import Origin, Scenario
from tuiyan.wording import Text, both

DATA, PARAMETERS, LEVERS = "data", "parameters", "levers"
SETTINGS = "policy."


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that is not what it was, in short notation; no unit for a word, no origin for what no file sets."""

    id: str
    label: Text
    unit: str
    old: str
    new: str
    origin: Origin | None


def stages(old: Scenario, new: Scenario) -> Iterator[tuple[str, Scenario, tuple[Changed, ...]]]:
    """Kind, values and changes of each step after the first."""
    former = _known_then(old, new)
    kinds = {id_: _kind(id_, old, new, former) for id_ in new.laws if not same(old.laws[id_], new.laws[id_])}
    revised = {id_: new.laws[id_] for id_, kind in kinds.items() if kind == DATA}
    free = {id_: new.laws[id_] for id_, kind in kinds.items() if kind == PARAMETERS}
    stage = replace(old, as_of=new.as_of, laws={**old.laws, **revised})
    yield DATA, stage, (*_frame(old, new, ("as_of",)), *_values(old, new, revised))
    kept = {id_: law for id_, law in new.laws.items() if id_ not in kinds}  # the same, to the new horizon
    efforts = {id_: new.levers[id_] if same(value, new.levers[id_]) else value for id_, value in old.levers.items()}
    stage = replace(
        stage, laws={**stage.laws, **free, **kept}, levers=efforts, correlations=new.correlations, horizon=new.horizon,
        definition=new.definition,
    )  # fmt: skip
    frame = _frame(old, new, ("horizon", "definition"))
    yield PARAMETERS, stage, (*frame, *_values(old, new, free), *_correlations(old, new))
    levers = [id_ for id_ in new.levers if not same(old.levers[id_], new.levers[id_])]
    settings = [id_ for id_, kind in kinds.items() if kind == LEVERS]
    yield LEVERS, new, tuple(_values(old, new, [*levers, *settings]))


def same(old: object, new: object) -> bool:
    """Whether two values are one: two paths, in the years that both cover; anything else, when they are equal.

    Examples
    --------
    >>> from tuiyan.inputs.laws import Fixed
    >>> none, full = (Fixed(family="fixed", value=value) for value in (0, 1))
    >>> same(Yearly((none, full, full)), Yearly((none, full))), same(Yearly((none, full)), Yearly((full, full)))
    (True, False)
    """
    if isinstance(old, Yearly) and isinstance(new, Yearly):
        return all(one == other for one, other in zip(old.laws, new.laws, strict=False))
    return old == new


def _known_then(old: Scenario, new: Scenario) -> Mapping[str, object]:
    """The laws that today's files give at the old vintage; none where the vintage is the same, or too early."""
    if old.as_of == new.as_of:
        return {}
    try:
        return known_on(new, old.as_of).laws
    except TuiyanError:
        return {}


def _kind(id_: str, old: Scenario, new: Scenario, former: Mapping[str, object]) -> str:
    """The step of a changed law: data where a revision gave the new one, or where the vintage alone explains it."""
    if id_.startswith(SETTINGS):
        return LEVERS
    revisions = new.workspace.parameters[id_].revisions
    document = new.workspace.documents["parameters.yaml"]
    places = [document.place(("parameters", id_, "revisions", number, "law")) for number in range(len(revisions))]
    return DATA if new.origins[id_].where in places or same(former.get(id_), old.laws[id_]) else PARAMETERS


def _frame(old: Scenario, new: Scenario, keys: Sequence[str]) -> Iterator[Changed]:
    """Changes of vintage, horizon and definition."""
    for key in keys:
        before, after = getattr(old, key) or "—", getattr(new, key) or "—"
        if before != after:
            unit = "year" if key == "horizon" else ""
            yield Changed(key, both(f"diff.{key}"), unit, str(before), str(after), _declared(new, key))


def _declared(new: Scenario, key: str) -> Origin | None:
    """Where the nearest file of the chain says a part of the frame; None where the run was given another vintage."""
    if key == "as_of" and new.as_of != new.declared(key):
        return None
    here = next((each for each in new.chain if getattr(each.layer.file, key) is not None), None)
    return Origin(here.layer.document.place((key,)), (), "judgement", here.reason) if here else None


def _values(old: Scenario, new: Scenario, ids: Sequence[str] | Mapping[str, object]) -> Iterator[Changed]:
    """Changes of levers and laws, with who set the new value."""
    for id_ in ids:
        yield Changed(id_, new.label(id_), new.unit(id_), old.value(id_), new.value(id_), new.origins[id_])


def _correlations(old: Scenario, new: Scenario) -> Iterator[Changed]:
    """Changes of correlations; one that was taken away has no origin."""
    for each in sorted({*old.correlations, *new.correlations}):
        before, after = old.correlations.get(each, 0.0), new.correlations.get(each, 0.0)
        if before != after:
            label = both("diff.correlation", one=new.label(each[0]), other=new.label(each[1]))
            name = " × ".join(each)
            origin = new.origins.get(name) if each in new.correlations else None
            yield Changed(name, label, "1", f"{before:.3g}", f"{after:.3g}", origin)
