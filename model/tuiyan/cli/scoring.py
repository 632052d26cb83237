"""The commands that look at facts and at past forecasts: observe, score."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tuiyan.cli.codes import DONE
from tuiyan.cli.output import out_grids, out_json, talk
from tuiyan.cli.progress import stage
from tuiyan.wording import say

SCORED_RIGHT = range(3, 11)  # columns of numbers


def backtest(options: argparse.Namespace) -> int:
    """`tuiyan backtest`: forecasts from frozen origins, scored."""
    from tuiyan.cli.plain import plain
    from tuiyan.evidence import showing_scores
    from tuiyan.evidence.backtest import backtest as tested
    from tuiyan.inputs.loading import load

    scenario = load(options.name, workspace=options.workspace)
    with stage(say("stage.backtest", options.lang)):
        found = tested(scenario, origins=options.origin, draws=options.draws, seed=options.seed)
    if options.json:
        out_json(plain({"city": found.city, "panel": found.panel.cases, "left_out": found.panel.left_out}))
        return DONE
    out_grids(showing_scores.tables(found, options.lang))
    return DONE


def observe(options: argparse.Namespace) -> int:
    """`tuiyan observe`: what was known of a series, or which series there are."""
    from tuiyan.evidence import shown
    from tuiyan.evidence.observing import OBSERVED_COLUMNS, day_of
    from tuiyan.evidence.observing import observe as observed
    from tuiyan.inputs.facts import read_facts, visible
    from tuiyan.inputs.workspace import find_workspace, read_workspace

    if options.series is None:
        facts = visible(read_facts(read_workspace(find_workspace(options.workspace))), day_of(options.as_of))
        if options.json:
            out_json(list(dict.fromkeys(fact.series for fact in facts)))
        else:
            out_grids((shown.series(facts, options.lang),), right=(3,))
        return DONE
    found = observed(options.series, as_of=options.as_of, definition=options.definition, workspace=options.workspace)
    if options.json:
        out_json([_named(OBSERVED_COLUMNS, each) for each in found.rows()])
    else:
        out_grids((shown.observed(found, options.lang),), right=(1,))
    return DONE


def score(options: argparse.Namespace) -> int:
    """`tuiyan score`: archived forecasts against facts published since."""
    from tuiyan.evidence import shown
    from tuiyan.evidence.scored import FIGURE_COLUMNS, GOAL_COLUMNS
    from tuiyan.evidence.scoring import score as scored
    from tuiyan.inputs.workspace import find_workspace
    from tuiyan.reporting.early import default_folder

    folder = default_folder(find_workspace(options.workspace))
    named = [_report(name, folder) for name in options.names]
    with stage(say("stage.score", options.lang)):
        found = scored(
            named or ([folder] if folder.is_dir() else []),
            as_of=options.as_of, happened=options.happened, workspace=options.workspace,
        )  # fmt: skip
    for warning in found.warnings:
        talk(warning.render(options.lang))
    if options.json:
        out_json({
            "as_of": str(found.as_of), "happened": found.happened, "forecasts": found.forecasts,
            "figures": [_named(FIGURE_COLUMNS, each.row()) for each in found.figures],
            "goals": [_named(GOAL_COLUMNS, each.row()) for each in found.goals],
            "passed_over": list(found.passed),
            "cautions": [{"zh": text.zh, "en": text.en} for text in found.cautions],
            "warnings": [warning.as_json() for warning in found.warnings],
        })  # fmt: skip
        return DONE
    out_grids(shown.scored(found, options.lang), right=SCORED_RIGHT)
    return DONE


def _report(name: str, folder: Path) -> Path:
    """A path as it was given, or the report of that name in the folder of reports."""
    return folder / name if not Path(name).exists() and (folder / name).is_dir() else Path(name)


def _named(columns: Sequence[str], row: Sequence[object]) -> dict[str, object]:
    """A row as plain data."""
    return {key: str(value) if isinstance(value, date) else value for key, value in zip(columns, row, strict=True)}
