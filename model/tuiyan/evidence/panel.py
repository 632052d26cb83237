"""Backtest on a panel of finished series: what methods would have said from the first few years, and what then came.

Every forecast sees the values up to its origin and nothing later; its prior leaves out the series it forecasts. Three
cautions. The series are first purchases of durables and computers in use, not revenue of an industry: what wins here
need not there. The pool of three was proposed with the point errors of these six series in view, so its own score is
no blind test; the spreads were settled before any score was seen. Six series are few, and three generations of one
firm's computers are hardly three; the intervals say the least of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuiyan.ensemble import check_draws
from tuiyan.evidence.cases import FEWEST, Backtest, Case, no_case, unknown_method
from tuiyan.evidence.curve_priors import CurvePriors, curve_priors
from tuiyan.evidence.forecasters import BENCHMARKS, METHODS, forecast, point_forecasts
from tuiyan.evidence.scores import crps_ensemble, interval_score, log_score_normal, pinball, pit
from tuiyan.inputs.analogues import Analogue, read_analogues, read_bass_estimates
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.workspace import find_workspace, read_workspace

Array = NDArray[np.float64]
LEVELS = (0.05, 0.1, 0.5, 0.9, 0.95)


def backtest_analogues(
    methods: Sequence[str] = tuple(METHODS),
    *,
    origins: Sequence[int] = (4, 5, 6),
    horizons: Sequence[int] = (1, 2, 3),
    leave_one_out: bool = True,
    draws: int = 4096,
    seed: int = 0,
    workspace: Path | str | None = None,
) -> Backtest:
    """Forecast the analogue series of a workspace from their first years and score what came.

    Parameters
    ----------
    methods
        Keys of `METHODS`; the naive benchmarks come always.
    origins, horizons
        Numbers of years seen, at least 2, and of years ahead, at least 1.
    leave_one_out
        Make the Bass prior of a series from the other durables only. Two of the six series are among its eleven.
    draws
        Of each forecast, a multiple of 16.
    seed
        Of the draws and of the bootstrap.
    workspace
        Folder with ``params/``; None finds it as `tuiyan.load` does.

    Raises
    ------
    TuiyanError
        E214 for an unknown method, E215 for an origin or horizon that no series is long enough for, E142 and E147 for
        draws and seed, and for what is wrong with the files.

    References
    ----------
    Tashman (2000), International Journal of Forecasting 16(4): out-of-sample tests from successive origins.
    """
    check_draws(draws, seed)
    files = read_workspace(find_workspace(workspace))
    panel, estimates = read_analogues(files), read_bass_estimates(files)
    if unknown := [method for method in methods if method not in METHODS]:
        raise TuiyanError([unknown_method(method, tuple(METHODS)) for method in unknown])
    _check_reach(panel, origins, horizons)
    priors = {each.id: curve_priors(files, estimates, without=each.id if leave_one_out else "") for each in panel}
    cases, left_out = _backtest(
        panel,
        priors,
        [method for method in METHODS if method in (*methods, *BENCHMARKS)],
        origins=sorted(set(origins)),
        horizons=sorted(set(horizons)),
        draws=draws,
        seed=seed,
    )
    return Backtest(cases, left_out, leave_one_out, draws, seed)


@dataclass(frozen=True, slots=True)
class PointRow:
    """Distance of a point forecast from what came, in logs: `median` and `worst` over the series of a panel."""

    origin: int
    horizon: int
    method: str
    median: float
    worst: float


def point_errors(
    *,
    origins: Sequence[int] = (4, 5, 6),
    horizon: int = 3,
    leave_one_out: bool = True,
    workspace: Path | str | None = None,
) -> tuple[PointRow, ...]:
    """How far off the point forecasts of the pool's three and the mean of their logs are, at each origin.

    Not the medians of `backtest_analogues`: the Bass curve is taken at its mode here, as the design's table has it.

    Parameters
    ----------
    origins, horizon, leave_one_out, workspace
        As in `backtest_analogues`, one horizon.

    Raises
    ------
    TuiyanError
        E215 for an origin that no series is long enough for, and for what is wrong with the files.

    Examples
    --------
    >>> rows = {row.method: row for row in point_errors(origins=[4], leave_one_out=False)}
    >>> round(rows["no_change"].median, 2), round(rows["damped_trend"].median, 2)
    (0.67, 0.51)
    """
    files = read_workspace(find_workspace(workspace))
    panel, estimates = read_analogues(files), read_bass_estimates(files)
    _check_reach(panel, origins, [horizon])
    rows = []
    for origin in origins:
        errors: dict[str, list[float]] = {}
        for series in panel:
            if origin + horizon > len(series.values):
                continue
            priors = curve_priors(files, estimates, without=series.id if leave_one_out else "")
            points = point_forecasts(np.array(series.values[:origin]), horizon, priors=priors)
            for method, logs in points.items():
                error = float(abs(logs[-1] - np.log(series.values[origin + horizon - 1])))
                errors.setdefault(method, []).append(error)
        rows += [PointRow(origin, horizon, m, float(np.median(each)), max(each)) for m, each in errors.items()]
    return tuple(rows)


def _backtest(
    panel: Sequence[Analogue],
    priors: Mapping[str, CurvePriors],
    methods: Sequence[str],
    *,
    origins: Sequence[int],
    horizons: Sequence[int],
    draws: int,
    seed: int,
) -> tuple[tuple[Case, ...], dict[str, str]]:
    """All cases of a panel, and the methods left out with the reason."""
    cases: list[Case] = []
    left_out: dict[str, str] = {}
    for series in panel:
        for origin in origins:
            ahead = [horizon for horizon in horizons if origin + horizon <= len(series.values)]
            for method in methods if ahead else ():
                try:
                    members = forecast(
                        method,
                        series.values[:origin],
                        ahead[-1],
                        priors=priors[series.id],
                        count=draws,
                        seed=_seed(seed, series.id, origin),
                    )
                except ValueError as error:
                    left_out.setdefault(method, f"{series.id}, {origin}: {error}")
                    continue
                observed = np.log([series.values[origin + horizon - 1] for horizon in ahead])
                chosen = members[np.array(ahead) - 1]
                cases += _scored(series.id, origin, ahead, method, observed, chosen)
    return tuple(case for case in cases if case.method not in left_out), left_out


def _scored(
    series: str, origin: int, horizons: Sequence[int], method: str, observed: Array, members: Array
) -> Iterator[Case]:
    """Cases of one forecast: `observed` (horizons,), `members` (horizons, draws)."""
    low, tenth, median, ninetieth, high = np.quantile(members, LEVELS, axis=1)
    columns = {
        "observed": observed,
        "median": median,
        "low": low,
        "high": high,
        "crps": crps_ensemble(observed, members),
        "log": log_score_normal(observed, members.mean(axis=1), members.std(axis=1, ddof=1)),
        "interval": interval_score(observed, low, high, coverage=0.9),
        "pinball_10": pinball(observed, tenth, level=0.1),
        "pinball_50": pinball(observed, median, level=0.5),
        "pinball_90": pinball(observed, ninetieth, level=0.9),
        "absolute": np.abs(observed - median),
        "pit": pit(observed, members),
    }
    for place, horizon in enumerate(horizons):
        yield Case(series, origin, horizon, method, **{name: float(each[place]) for name, each in columns.items()})


def _seed(seed: int, series: str, origin: int) -> int:
    """A seed of its own for each forecast, whatever else is in the panel."""
    return int(np.random.SeedSequence([seed, zlib.crc32(series.encode()), origin]).generate_state(1)[0])


def _check_reach(panel: Sequence[Analogue], origins: Sequence[int], horizons: Sequence[int]) -> None:
    """Refuse an origin or a horizon for which no series is long enough, or that is none."""
    longest = max(len(series.values) for series in panel)
    findings = [
        no_case(origin, horizon)
        for origin in origins
        for horizon in horizons
        if origin < FEWEST or horizon < 1 or origin + horizon > longest
    ]
    if findings or not (origins and horizons):
        raise TuiyanError(findings or [no_case(0, 0)])
