"""Backtests as small tables of words, for the terminal and for a notebook's prompt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from tuiyan.evidence.scored import cautions
from tuiyan.evidence.stacking import DECLARED, LEAST_ORIGINS
from tuiyan.evidence.vintages import fresh
from tuiyan.grids import Grid
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.evidence.backtest import Scores
    from tuiyan.evidence.cases import Backtest
    from tuiyan.evidence.vintages import Case
    from tuiyan.evidence.weighing import Weighing
    from tuiyan.inputs.scenario import Scenario

AHEAD = 3  # years ahead by which the panel is judged


def tables(found: Scores, lang: str) -> Iterator[Grid]:
    """The panel at each number of years seen, its reliability, and the city."""
    for origin in found.panel.origins:
        yield panel(found.panel, origin, max(found.panel.horizons), lang)
    yield reliability(found.panel, lang)
    yield city(found.city, found.scenario, lang)
    yield weights(found.weighing, lang)


def panel(found: Backtest, origin: int, horizon: int, lang: str) -> Grid:
    """Methods by CRPS against the best naive benchmark, from one number of years seen, some years ahead."""
    rows = []
    for row in found.skill("crps", origin=origin, horizon=horizon):
        missed = [
            case.absolute
            for case in found.cases
            if (case.method, case.origin, case.horizon) == (row.method, origin, horizon)
        ]
        mark = f" ({say('scores.naive', lang)})" if row.benchmark else ""
        rows.append(
            (
                say(f"method.{row.method}", lang) + mark, f"{row.mean:.2f}", _range(row.low, row.high),
                f"{row.skill:+.2f}", _range(row.skill_low, row.skill_high, signed=True),
                f"{np.median(missed):.2f}", f"{max(missed):.2f}",
            )
        )  # fmt: skip
    names = ("method", "crps", "interval", "skill", "interval", "median_error", "largest_error")
    told = {"points": origin, "ahead": horizon, "series": len(found.series)}
    out = "".join(
        say("scores.left_out", lang, method=say(f"method.{name}", lang), why=why)
        for name, why in found.left_out.items()
    )
    kept = "scores.panel.note" if found.leave_one_out else "scores.panel.note.all"
    return Grid(say("scores.panel", lang, **told), _head(names, lang), tuple(rows), say(kept, lang) + out)


def reliability(found: Backtest, lang: str, method: str = "default") -> Grid:
    """How often the central intervals of a method held what came."""
    known = found.calibration(method)
    rows = [
        (f"{level:.0%}", f"{share:.0%}")
        for level, share in zip(known.levels, known.coverage, strict=True)
    ]  # fmt: skip
    title = say("scores.reliability", lang, method=say(f"method.{method}", lang), cases=known.cases)
    spread = {"mean": f"{known.mean:.2f}", "variance": f"{known.variance:.3f}", "uniform": f"{1 / 12:.3f}"}
    return Grid(title, _head(("claimed", "held"), lang), tuple(rows), say("scores.reliability.note", lang, **spread))


def city(found: Sequence[Case], scenario: Scenario, lang: str) -> Grid:
    """The published figures of the city against what was forecast of them from each origin."""
    rows = tuple(
        (
            str(each.origin), str(each.fact.year), f"{each.fact.qualifier} {each.fact.value:,.5g}",
            say(f"method.{each.method}", lang), " / ".join(f"{value:,.0f}" for value in each.quantiles),
            _number(each.error, "+.2f"), _number(each.crps, ".2f"), _number(each.pit, ".2f"),
            _number(each.bound, ".2f"),
        )
        for each in fresh(found)
    )  # fmt: skip
    names = ("origin", "year", "published", "method", "forecast", "log_error", "crps", "pit", "bound")
    said = cautions(scenario.workspace, [each.fact for each in found], date.max)
    gap = "" if lang == "zh" else " "
    note = gap.join([say("scores.city.note", lang), *(each[lang] for each in said)])
    return Grid(say("scores.city", lang, scenario=scenario.id), _head(names, lang), rows, note)


def weights(found: Weighing, lang: str) -> Grid:
    """Declared and stacked weights of the pool, with the log densities they come from."""
    rows = tuple(
        (
            say(f"method.{name}", lang),
            f"{DECLARED[name]:.3f}",
            f"{found.weights[name]:.2f}",
            *(f"{x:.2f}" for x in each),
        )
        for name, each in found.scores.items()
    )
    head = (*_head(("method", "declared", "stacked"), lang), *map(str, found.origins))
    note = "scores.weights.note" if found.enough else "scores.weights.few"
    return Grid(say("scores.weights", lang), head, rows, say(note, lang, least=LEAST_ORIGINS))


def _head(names: Iterable[str], lang: str) -> tuple[str, ...]:
    return tuple(say(f"scores.{name}", lang) for name in names)


def _range(low: float, high: float, *, signed: bool = False) -> str:
    sign = "+" if signed else ""
    return f"{low:{sign}.2f} … {high:{sign}.2f}"


def _number(value: float | None, form: str) -> str:
    return "—" if value is None else format(value, form)
