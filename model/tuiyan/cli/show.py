"""What the commands print: the ledger of a projection, the goal register, the list of scenarios."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from tuiyan.cli.text import table
from tuiyan.estimates import Estimate, rounded
from tuiyan.evidence.pool import pool_of_rows
from tuiyan.inputs.policy_schema import Goal
from tuiyan.inputs.scenario import Difference, Scenario
from tuiyan.inputs.units import money, unit_name
from tuiyan.inputs.variables import VARIABLES
from tuiyan.ledger import Ledger
from tuiyan.register import Goals
from tuiyan.results import Projection
from tuiyan.wording import LANGUAGES, say

BANDS = (0.05, 0.5, 0.95)
SHOWN = (("scale.total", 1.0, "亿元"), ("lp.city", 100.0, "percent"), ("firms.count", 1.0, "firms"))
YEARS = (2018, 2019, 2020, 2025, 2030)
ERROR_DIGITS = 2


def projection_text(projection: Projection, ledger: Ledger, lang: str) -> str:
    """Scale, productivity and firms by year, the goals, and the thresholds of productivity."""
    scenario = projection.scenario
    known = {
        "title": scenario.title[lang],
        "id": scenario.id,
        "as_of": scenario.as_of,
        "draws": projection.draws,
        "seed": projection.seed,
    }
    parts = [
        say("cli.title", lang, **known),
        _bands(projection, lang),
        _goals(projection, ledger, lang),
        _thresholds(ledger, lang),
    ]
    return "\n\n".join(parts)


def error_text(error: float) -> str:
    """A standard error with two significant digits.

    Examples
    --------
    >>> error_text(0.00237), error_text(1.4321), error_text(123.0)
    ('0.0024', '1.4', '123')
    """
    if not error > 0:
        return "0" if error == 0 else ""
    return f"{error:.{max(0, ERROR_DIGITS - 1 - math.floor(math.log10(error)))}f}"


def _bands(projection: Projection, lang: str) -> str:
    """5, 50 and 95 % of the headline series."""
    head = [
        say("cli.series", lang),
        say("cli.unit", lang),
        say("cli.year", lang),
        "5%",
        "50%",
        "95%",
        say("cli.error", lang),
    ]
    rows = []
    for name, factor, unit in SHOWN:
        for year in (year for year in YEARS if year in projection.years):
            found = [projection.quantile(name, level, year) for level in BANDS]
            scaled = [Estimate(each.value * factor, each.standard_error * factor) for each in found]
            digits = scaled[1].decimals()  # a row is read across: the precision of its median for all of it
            label = VARIABLES[name].label[lang]
            rows.append(
                [
                    label,
                    unit_name(unit, lang),
                    str(year),
                    *(rounded(each.value, digits) for each in scaled),
                    error_text(scaled[1].standard_error),
                ]
            )
    return table(head, rows, right=(2, 3, 4, 5, 6))


def _goals(projection: Projection, ledger: Ledger, lang: str) -> str:
    """The goals that have a number, and all counted ones together."""
    words = ("goal.column", "probability", "error", "uncertain", "pool", "reached", "status")
    rows, pooled = [], pool_of_rows(projection, ledger)
    for row in ledger.rows:
        if row.goal.test:
            beyond = say("cli.beyond", lang, year=projection.years[-1])
            rows.append([
                f"{row.register} {row.goal.id}", *_estimate(row.probability), _estimate(row.probability_scope)[0],
                _estimate(pooled.get(row.register))[0],
                "" if row.probability is None else str(row.median_year or beyond), say(f"status.{row.status}", lang),
            ])  # fmt: skip
    if ledger.joint:
        rows.append([say("cli.joint", lang), *_estimate(ledger.joint), "", "", "", ""])
    return table([say(f"cli.{word}", lang) for word in words], rows, right=(1, 2, 3, 4, 5))


def _estimate(found: Estimate | None) -> tuple[str, str]:
    """A value and its error, empty where there is none."""
    return (str(found), error_text(found.standard_error)) if found else ("", "")


def _thresholds(ledger: Ledger, lang: str) -> str:
    """P of each productivity threshold."""
    head = ["R04", say("cli.probability", lang), say("cli.error", lang)]
    rows = [
        [say("cli.threshold", lang, value=f"{each.value:.2%}"), *_estimate(each.probability)]
        for each in ledger.thresholds
    ]
    return table(head, rows, right=(1, 2))


def projection_json(projection: Projection, ledger: Ledger) -> dict[str, Any]:
    """The same as plain data, unrounded, with every series."""

    def plain(found: Estimate | None) -> dict[str, float] | None:
        return {"value": found.value, "standard_error": found.standard_error} if found else None

    series = {
        name: {
            str(year): {f"{level:g}": plain(projection.quantile(name, level, year)) for level in BANDS}
            for year in projection.years
        }
        for name in projection.names
    }
    pooled = pool_of_rows(projection, ledger)
    goals = {
        row.register: {
            "id": row.goal.id, "status": row.status, "probability": plain(row.probability), "effect": plain(row.effect),
            "probability_definition_uncertain": plain(row.probability_scope), "median_year": row.median_year,
            "probability_pool": plain(pooled.get(row.register)),
        }
        for row in ledger.rows
    }  # fmt: skip
    scenario = projection.scenario
    return {
        "scenario": scenario.id,
        "as_of": scenario.as_of.isoformat(),
        "draws": projection.draws,
        "seed": projection.seed,
        "goals": goals,
        "all_counted": plain(ledger.joint),
        "thresholds": [
            {"value": each.value, "probability": plain(each.probability), "adoption": each.adoption}
            for each in ledger.thresholds
        ],
        "units": {name: projection.unit(name) for name in projection.names},
        "series": series,
    }


def register_text(register: Goals, lang: str) -> str:
    """One line for each statement of the document."""
    head = ["", say("cli.kind", lang), say("cli.test", lang), say("cli.deadline", lang), say("cli.sentence", lang)]
    rows = [
        [
            f"{id_} {goal.id or ''}".strip(),
            say(f"kind.{goal.kind}", lang),
            test_text(goal, lang),
            deadline_text(goal, lang),
            _sentence(goal, lang),
        ]
        for id_, goal in register.statements.items()
    ]
    return table(head, rows)


def _sentence(goal: Goal, lang: str) -> str:
    return goal.sentence if lang == "zh" else goal.en


def test_text(goal: Goal, lang: str) -> str:
    """The number a goal is tested by, or nothing."""
    if not goal.test:
        return ""
    amount = (
        money(goal.test.value, lang)
        if goal.test.unit == "亿元"
        else f"{goal.test.value:g} {unit_name(goal.test.unit, lang)}"
    )
    return f"{goal.test.comparison} {amount}"


def deadline_text(goal: Goal, lang: str) -> str:
    """Deadline, and whether it is stated or assumed."""
    if not goal.deadline:
        return ""
    return f"{goal.deadline.year or goal.deadline.date} ({say(f'basis.{goal.deadline.basis}', lang)})"


def goal_text(register: Goals, id_: str, goal: Goal, lang: str) -> str:
    """All that is registered of one statement."""
    coverage = register.coverage()
    lines = [f"{id_} {goal.id or ''}".strip(), f"  {goal.sentence}", f"  {goal.en}"]
    pairs = [
        ("kind", say(f"kind.{goal.kind}", lang)),
        ("test", test_text(goal, lang)),
        ("deadline", deadline_text(goal, lang)),
    ]
    pairs += [
        ("measures", _measures(target, found, lang))
        for target, found in coverage.items()
        if target.partition(".")[0] == id_
    ]
    lines += [f"  {say(f'cli.{key}', lang)}: {value}" for key, value in pairs if value]
    lines += [f"  {say('cli.traps', lang)}: {trap[lang]}" for trap in goal.traps]
    return "\n".join(lines)


def _measures(target: str, found: Iterable[str], lang: str) -> str:
    part = target.partition(".")[2]
    words = " ".join(found) or say("cli.none", lang)
    return f"{part}: {words}" if part else words


def register_json(register: Goals) -> dict[str, Any]:
    """The register as plain data."""
    statements = {id_: goal.model_dump(mode="json", exclude_none=True) for id_, goal in register.statements.items()}
    return {"goals": statements, "coverage": register.coverage()}


def scenarios_text(rows: Sequence[tuple[str, str, str]], lang: str) -> str:
    """One line for each scenario: id, parent, title."""
    return table([say("cli.scenario", lang), say("cli.parent", lang), say("cli.name", lang)], rows)


def sources_text(scenario: Scenario, lang: str) -> str:
    """Every value of a scenario with the file and line that set it, its sources and its grade."""
    head = [say(f"cli.{word}", lang) for word in ("id", "value", "unit", "grade", "sources", "set_in")]
    rows = []
    for each in scenario.sources():
        origin = each.origin
        known = (origin.grade, " ".join(origin.sources), str(origin.where))
        rows.append([each.id, each.value, unit_name(each.unit, lang), *known])
    return table(head, rows)


def differences_text(differences: Sequence[Difference], lang: str) -> str:
    """Old and new value of what differs, with the reason."""
    head = [say(f"cli.{word}", lang) for word in ("id", "name", "old", "new", "unit", "reason")]
    rows = [
        [each.id, each.label[lang], each.old, each.new, unit_name(each.unit, lang), _reason(each, lang)]
        for each in differences
    ]
    return table(head, rows) if rows else say("cli.none", lang)


def _reason(difference: Difference, lang: str) -> str:
    because = difference.origin.because
    return because[lang] if because else ""


def differences_json(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {
            "id": each.id,
            "old": each.old,
            "new": each.new,
            "unit": each.unit,
            "grade": each.origin.grade,
            "sources": list(each.origin.sources),
            "set_in": str(each.origin.where),
            "because": {lang: _reason(each, lang) for lang in LANGUAGES},
        }
        for each in differences
    ]
