"""Forecasts beside what came, with their scores: the result of a backtest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tuiyan.evidence.benchmarks import LAWS
from tuiyan.evidence.skill import Calibration, SkillRow, calibration, skill_table
from tuiyan.inputs.findings import Finding, TuiyanError, nearest

if TYPE_CHECKING:
    import pandas as pd

SCORES = ("crps", "log", "interval", "pinball_10", "pinball_50", "pinball_90", "absolute")
FEWEST = 2  # years that a forecast needs


@dataclass(frozen=True, slots=True)
class Case:
    """One forecast of the log of one value, and its scores; the lower, the better.

    Attributes
    ----------
    origin, horizon
        Years seen, and years ahead.
    observed, median, low, high
        Log of the value, and median and 90% interval of the forecast of it.
    crps
        Of the draws, fair form.
    log
        Of the normal law with the mean and the standard deviation of the draws: heavier tails than normal ones are
        not seen by it.
    interval
        Of the 90% interval.
    pinball_10, pinball_50, pinball_90
        Of these quantiles.
    absolute
        Distance of the median from what came.
    pit
        Share of the draws below what came.
    """

    series: str
    origin: int
    horizon: int
    method: str
    observed: float
    median: float
    low: float
    high: float
    crps: float
    log: float
    interval: float
    pinball_10: float
    pinball_50: float
    pinball_90: float
    absolute: float
    pit: float


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Backtest:
    """Forecasts of a panel from every origin, each with its scores.

    Attributes
    ----------
    cases
        By series, origin, method and horizon.
    left_out
        Methods that could not be fitted somewhere, with the reason. They have no cases: what is left would compare
        them on easier ground.
    leave_one_out
        Whether the prior of a series was made without it.
    """

    cases: tuple[Case, ...]
    left_out: dict[str, str]
    leave_one_out: bool
    draws: int
    seed: int

    @property
    def methods(self) -> tuple[str, ...]:
        """Methods with cases."""
        return tuple(dict.fromkeys(case.method for case in self.cases))

    @property
    def series(self) -> tuple[str, ...]:
        """Series with cases."""
        return tuple(dict.fromkeys(case.series for case in self.cases))

    @property
    def origins(self) -> tuple[int, ...]:
        """Years seen."""
        return tuple(sorted({case.origin for case in self.cases}))

    @property
    def horizons(self) -> tuple[int, ...]:
        """Years ahead."""
        return tuple(sorted({case.horizon for case in self.cases}))

    def frame(self) -> pd.DataFrame:
        """All cases, one row each; forecasts and scores are in logs of the value."""
        import pandas as pd

        return pd.DataFrame([asdict(case) for case in self.cases])

    def skill(
        self, score: str = "crps", *, origin: int | None = None, horizon: int | None = None
    ) -> tuple[SkillRow, ...]:
        """Methods by their mean score against the best benchmark, with intervals from drawing series again.

        Parameters
        ----------
        score
            One of `SCORES`.
        origin, horizon
            Only cases of this one; None takes all.

        Raises
        ------
        TuiyanError
            E216 for an unknown score, E215 for an origin or horizon without cases.
        """
        if score not in SCORES:
            told = {"given": score, "allowed": ", ".join(SCORES), "nearest": nearest(score, SCORES, listed=False)}
            raise TuiyanError([Finding("E216", None, told)])
        by_method = {method: self._chosen(method, origin, horizon) for method in self.methods}
        return skill_table(
            {method: [getattr(case, score) for case in cases] for method, cases in by_method.items()},
            [case.series for case in by_method[self.methods[0]]],
            benchmarks=tuple(LAWS),
            ratio=score != "log",
            seed=self.seed,
        )

    def calibration(
        self, method: str = "default", *, origin: int | None = None, horizon: int | None = None
    ) -> Calibration:
        """Reliability of a method: coverage of its central intervals and, with 20 cases, where outcomes fell.

        Raises
        ------
        TuiyanError
            E214 for a method without cases, E215 for an origin or horizon without cases.
        """
        if method not in self.methods:
            raise TuiyanError([unknown_method(method, self.methods)])
        cases = self._chosen(method, origin, horizon)
        return calibration([case.pit for case in cases], [case.series for case in cases])

    def _chosen(self, method: str, origin: int | None, horizon: int | None) -> list[Case]:
        """Cases of a method at an origin and horizon."""
        found = [
            case
            for case in self.cases
            if case.method == method and origin in (None, case.origin) and horizon in (None, case.horizon)
        ]
        if not found:
            seen = self.origins[0] if origin is None else origin
            ahead = self.horizons[0] if horizon is None else horizon
            raise TuiyanError([no_case(seen, ahead)])
        return found

    def __repr__(self) -> str:
        """What was forecast, and how the pool did against the best benchmark."""
        rows = self.skill()
        best = next(row for row in rows if row.benchmark)
        shown = {best.method: best.mean} | {row.method: row.mean for row in rows if row.method == "default"}
        told = ", ".join(f"{method} {mean:.2f}" for method, mean in sorted(shown.items()))
        origins, horizons = (", ".join(map(str, each)) for each in (self.origins, self.horizons))
        return (
            f"<Backtest: {len(self.series)} series, {origins} years seen, {horizons} ahead, {best.cases} cases; "
            f"mean CRPS of the log: {told} (best benchmark {best.method})>"
        )


def unknown_method(method: str, known: Sequence[str]) -> Finding:
    """A method that is none of those there are."""
    return Finding(
        "E214", None, {"given": method, "allowed": ", ".join(known), "nearest": nearest(method, known, listed=False)}
    )


def no_case(origin: int, horizon: int) -> Finding:
    """An origin and a horizon without a case."""
    return Finding("E215", None, {"origin": origin, "horizon": horizon, "fewest": FEWEST})
