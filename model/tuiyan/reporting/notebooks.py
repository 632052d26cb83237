"""The notebooks `compare`, `standard_shocks` and `backtest` as published pages, by the same way as a report.

Their folders, such as ``reports/compare``, hold the last run of each; another folder of reports keeps another run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tuiyan.ensemble import check_draws
from tuiyan.inputs.findings import Finding, TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.variables import POLICY_HORIZON
from tuiyan.reporting import early, execute, shocks, side_by_side, tested
from tuiyan.reporting.execute import Job, Progress, ReportResult
from tuiyan.reporting.html import Title
from tuiyan.reporting.kernel import Limits
from tuiyan.reporting.publish import Rules
from tuiyan.results import Projection
from tuiyan.wording import both, preferred, say


def compare(
    names: Sequence[str | Path],
    *,
    lang: str | None = None,
    out: Path | str | None = None,
    draws: int = 16384,
    seed: int = 0,
    as_of: date | str | None = None,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
    rules: Rules | None = None,
    limits: Limits | None = None,
) -> ReportResult:
    """Run the notebook `compare` on two or more scenarios and publish it as ``out/compare``.

    Parameters
    ----------
    names
        Ids of scenarios, or paths of scenario files; the first is the base.
    lang, out, draws, seed, as_of, workspace, progress, rules, limits
        As `execute.report` takes them.

    Raises
    ------
    TuiyanError
        For bad input, before any kernel is started; as `side_by_side.scenarios_of`.
    ReportError
        When a cell fails or the kernel dies; nothing was published.
    """
    lang, tell = lang or preferred(), progress or execute.to_stderr
    tell(say("report.stage.check", lang, name=", ".join(map(str, names))))
    check_draws(draws, seed)
    scenarios = side_by_side.scenarios_of([str(name) for name in names], as_of=as_of, workspace=workspace)
    _drawable(scenarios)
    known = [early.named(each, name) for each, name in zip(scenarios, names, strict=True)]
    parameters = {"scenarios": side_by_side.joined(known), **_common(lang, draws, seed, as_of)}
    first = execute.recorded(scenarios[0], draws=draws, seed=seed)
    del first["scenario"]
    run = {"notebook": early.COMPARE, "scenarios": [each.id for each in scenarios], **first}
    title = side_by_side.title_of(scenarios, draws=draws, seed=seed)
    return execute.published(_job(early.COMPARE, scenarios, parameters, title, run, rules, limits), out, tell)


def standard_shocks(
    name: str | Path,
    *,
    year: int = POLICY_HORIZON,
    lang: str | None = None,
    out: Path | str | None = None,
    draws: int = 16384,
    seed: int = 0,
    as_of: date | str | None = None,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
    rules: Rules | None = None,
    limits: Limits | None = None,
) -> ReportResult:
    """Run the notebook `standard_shocks` on a scenario and publish it as ``out/standard_shocks``.

    Parameters
    ----------
    name
        Scenario id, or the path of a scenario file.
    year
        Of the series; a goal is looked at in the year of its deadline.
    lang, out, draws, seed, as_of, workspace, progress, rules, limits
        As `execute.report` takes them.

    Raises
    ------
    TuiyanError
        For bad input, before any kernel is started.
    ReportError
        When a cell fails or the kernel dies; nothing was published.
    """
    lang, tell = lang or preferred(), progress or execute.to_stderr
    tell(say("report.stage.check", lang, name=name))
    check_draws(draws, seed)
    scenario = load(name, as_of=as_of, workspace=workspace)
    Projection(scenario, draws, seed, {}).index(year)  # refuses a year that is not covered
    _drawable([scenario])
    parameters = {"scenario": early.named(scenario, name), "year": year, **_common(lang, draws, seed, as_of)}
    run = {"notebook": early.SHOCKS, "year": year, **execute.recorded(scenario, draws=draws, seed=seed)}
    title = shocks.title_of(scenario, draws=draws, seed=seed)
    return execute.published(_job(early.SHOCKS, [scenario], parameters, title, run, rules, limits), out, tell)


def backtest(
    name: str | Path,
    *,
    lang: str | None = None,
    out: Path | str | None = None,
    draws: int = 16384,
    seed: int = 0,
    as_of: date | str | None = None,
    workspace: Path | str | None = None,
    progress: Progress | None = None,
    rules: Rules | None = None,
    limits: Limits | None = None,
) -> ReportResult:
    """Run the notebook `backtest` on a scenario and publish it as ``out/backtest``.

    Parameters
    ----------
    name
        Scenario id, or the path of a scenario file; held to have happened.
    as_of
        Only figures published by this day are scored and learned from. Default: all.
    lang, out, draws, seed, workspace, progress, rules, limits
        As `execute.report` takes them.

    Raises
    ------
    TuiyanError
        For bad input, before any kernel is started.
    ReportError
        When a cell fails or the kernel dies; nothing was published.
    """
    lang, tell = lang or preferred(), progress or execute.to_stderr
    tell(say("report.stage.check", lang, name=name))
    scenario = load(name, as_of=as_of, workspace=workspace)
    view = tested.opened(scenario, as_of, draws=draws, seed=seed, lang=lang)
    _drawable([scenario])
    parameters = {"scenario": early.named(scenario, name), **_common(lang, draws, seed, as_of)}
    run = {"notebook": early.BACKTEST, **execute.recorded(view.latest, draws=draws, seed=seed)}
    title = tested.title_of(view)
    return execute.published(_job(early.BACKTEST, [scenario], parameters, title, run, rules, limits), out, tell)


def written(
    notebook: str, names: Sequence[str], *, year: int | None = None, against: str = "", **settings: Any
) -> ReportResult:
    """One of these notebooks by name, as the command line asks for them.

    Raises
    ------
    TuiyanError
        For a setting that the notebook does not take, and for more than one scenario where it takes one; as each.
    """
    forms = {early.COMPARE: side_by_side.FORM, early.SHOCKS: shocks.FORM, early.BACKTEST: tested.FORM}
    form = forms[notebook]
    given = {"against": against or None, "year": year}
    refused = [form.unknown(key) for key, value in given.items() if value is not None and key not in form.kinds]
    if notebook != early.COMPARE and len(names) > 1:
        wrong = {"name": "scenario", "expected": both("report.kind.one_scenario"), "given": ", ".join(names)}
        refused.append(Finding("E141", None, wrong))
    if refused:
        raise TuiyanError(refused)
    if notebook == early.COMPARE:
        return compare(names, **settings)
    if notebook == early.BACKTEST:
        return backtest(names[0], **settings)
    return standard_shocks(names[0], year=POLICY_HORIZON if year is None else year, **settings)


def _job(
    notebook: str,
    scenarios: Sequence[Scenario],
    parameters: Mapping[str, str | int],
    title: Title,
    run: Mapping[str, object],
    rules: Rules | None,
    limits: Limits | None,
) -> Job:
    """The run of a notebook whose folder has its own name."""
    file = Path("notebooks") / f"{notebook}.ipynb"
    return Job(
        file, notebook, scenarios[0].workspace, parameters, title, run, tuple(scenarios), rules or Rules(),
        limits or Limits(),
    )  # fmt: skip


def _common(lang: str, draws: int, seed: int, as_of: date | str | None) -> dict[str, str | int]:
    """The parameters that every notebook has."""
    return {"lang": lang, "draws": draws, "seed": seed, "as_of": str(as_of or "")}


def _drawable(scenarios: Sequence[Scenario]) -> None:
    """Refuse scenarios with texts that the shipped font cannot draw."""
    if found := [each for scenario in scenarios for each in early.undrawable(scenario)]:
        raise TuiyanError(found)
