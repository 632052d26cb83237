"""What was learned as small tables of words, for the terminal and for a notebook's prompt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tuiyan.estimates import rounded
from tuiyan.grids import Grid
from tuiyan.inputs.units import unit_name
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.evidence.beliefs import Belief
    from tuiyan.evidence.learning import Posterior


def posterior(found: Posterior, lang: str) -> Grid:
    """Prior against posterior, input by input."""
    rows = []
    for each in found.beliefs:
        mark = "*" if each.closed_form else ""
        verdict = say(f"learn.verdict.{each.verdict}", lang)
        triples = (triple(three, each) for three in (each.prior, each.posterior))
        unit = unit_name(each.unit, lang)
        rows.append((each.label[lang] + mark, unit, *triples, f"{each.spread:.2f}", f"{each.overlap:.2f}", verdict))
    head = tuple(
        say(f"learn.{key}", lang) for key in ("input", "unit", "prior", "posterior", "sd_ratio", "overlap", "verdict")
    )
    told = {"scenario": found.scenario.id, "as_of": found.scenario.as_of, "facts": len(found.observations)}
    size = {"effective": f"{found.effective:.0f}", "draws": found.weights.draws}
    title = say("learn.title", lang, **told, **size)
    return Grid(title, head, tuple(rows), " ".join(notes(found, lang)))


def triple(values: Sequence[float], of: Belief) -> str:
    """Three quantiles with the decimals that the width of the prior asks for."""
    decimals = max(0, 2 - math.floor(math.log10(of.prior[-1] - of.prior[0])))
    return " / ".join(rounded(value, decimals) for value in values)


def notes(found: Posterior, lang: str) -> list[str]:
    """How the weights came about."""
    said = [say("learn.closed_form", lang)] if any(each.closed_form for each in found.beliefs) else []
    if not found.observations:
        return [*said, say("learn.nothing", lang)]
    if not found.rounds:
        return [*said, say("learn.kept", lang)]
    return [*said, say("learn.moved", lang, prior=f"{found.prior_effective:.0f}", rounds=found.rounds)]


def as_data(found: Posterior) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "happened": found.scenario.id,
        "as_of": found.scenario.as_of.isoformat(),
        "draws": found.weights.draws,
        "effective_draws": found.effective,
        "effective_draws_of_the_prior": found.prior_effective,
        "rounds": found.rounds,
        "facts": [
            {"year": each.fact.year, "definition": each.fact.definition, "qualifier": each.fact.qualifier,
             "value": each.fact.value, "error": each.error}
            for each in found.observations
        ],
        "beliefs": [
            {"id": each.id, "unit": each.unit, "prior": each.prior, "posterior": each.posterior,
             "sd_ratio": each.spread, "shift": each.shift, "overlap": each.overlap, "verdict": each.verdict}
            for each in found.beliefs
        ],
    }  # fmt: skip


def facts(found: Posterior, lang: str) -> Grid:
    """The published figures that entered the likelihood."""
    definitions = found.scenario.workspace.definition_file.definitions
    rows = tuple(
        (
            str(each.fact.year), f"{each.fact.qualifier} {each.fact.value:,.5g}",
            definitions[each.fact.definition].label[lang], str(each.fact.published),
            say("learn.usual_error", lang) if each.error is None else f"{each.error:.2f}",
        )
        for each in found.observations
    )  # fmt: skip
    head = tuple(say(f"learn.{key}", lang) for key in ("year", "value", "definition", "published", "error"))
    return Grid(say("learn.facts", lang), head, rows)
