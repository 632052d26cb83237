"""Of several vintages of one published figure, the one that counts (economics.md 7, rule 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tuiyan.inputs.facts import Fact
from tuiyan.inputs.findings import Finding, TuiyanError

POINTS = ("=", "~")  # qualifiers of a figure that is not a bound


def latest(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each series, year and definition, in the order of the years.

    Raises
    ------
    TuiyanError
        When two of equal standing were published on the same day and differ: only a rule could choose.
    """
    best: dict[tuple[str, int, str], Fact] = {}
    clashes: dict[tuple[str, int, str], Fact] = {}
    for fact in facts:
        key = (fact.series, fact.year, fact.definition)
        other = best.get(key)
        if other is None or _standing(fact) > _standing(other):
            best[key] = fact
            clashes.pop(key, None)
        elif _standing(fact) == _standing(other) and (fact.value, fact.qualifier) != (other.value, other.qualifier):
            clashes[key] = fact
    if clashes:
        raise TuiyanError(_conflict(best[key], fact) for key, fact in clashes.items())
    return sorted(best.values(), key=lambda fact: (fact.year, fact.definition, fact.series))


def _standing(fact: Fact) -> tuple[bool, bool, date]:
    """What makes one vintage go before another; what we derived ourselves is no publication."""
    return fact.in_fit, not fact.grade.endswith("-derived"), fact.published


def _conflict(one: Fact, other: Fact) -> Finding:
    """The finding for two figures of one day that differ."""
    shown = [f"{fact.qualifier} {fact.value:g}" for fact in (one, other)]
    told = {"series": one.series, "year": one.year, "definition": one.definition, "published": one.published}
    return Finding("E233", other.where, {**told, "one": shown[0], "other": shown[1]})
