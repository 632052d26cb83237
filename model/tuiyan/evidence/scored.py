"""An archived forecast beside what was published since: scores, the split of the miss, and what must be said with them.

Scores of a figure are taken on logs, so their unit is log points over 100. The archive gives quantiles, which the
interval and pinball scores take, and mean and standard deviation of the log, with which the CRPS and the PIT are those
of a normal forecast of the log: on the scale of the city that CRPS is within 0.002 of the one of the draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from scipy.special import ndtr

from tuiyan.evidence.archive import Chance, Forecast, Spread
from tuiyan.evidence.scores import brier, crps_normal, interval_score, pinball
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import Finding
from tuiyan.inputs.revisions import POINTS
from tuiyan.inputs.units import money
from tuiyan.inputs.workspace import Workspace
from tuiyan.wording import Text, both, preferred

if TYPE_CHECKING:
    import pandas as pd

PINBALL = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
PANDEMIC = 2020
FIGURE_COLUMNS = (
    "report", "scenario", "forecast_as_of", "draws", "seed", "year", "definition", "qualifier", "value", "unit",
    "published", "p05", "p50", "p95", "miss", "scenario_deviation", "model_error", "crps", "interval_score_90",
    "pinball_10", "pinball_50", "pinball_90", "pit", "probability_beyond_bound", "score_unit",
)  # fmt: skip
GOAL_COLUMNS = (
    "report", "scenario", "forecast_as_of", "goal", "deadline", "goal_definition", "outcome_definition", "qualifier",
    "value", "published", "met", "probability_of_outcome", "brier", "probability_of_goal",
    "probability_definition_uncertain",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureScore:
    """One published figure against the forecast of it.

    Attributes
    ----------
    report
        Where the forecast was archived.
    deviation
        What the levers and drivers that happened move the log median by; None where that is not known.
    noise
        Standard deviation of the error of publication, log: the archive holds the scale, the figure is a published one.
    """

    report: str
    forecast: Forecast
    definition: str
    fact: Fact
    deviation: float | None = None
    noise: float = 0.0

    @property
    def spread(self) -> Spread:
        """The forecast of the figure: that of the scale, wider by the error of publication around the same median."""
        found = self.forecast.scale[self.definition][self.fact.year]
        if not (self.noise and found.sd):
            return found
        sd, middle = math.hypot(found.sd, self.noise), math.log(found.quantiles["p50"])
        wider = {key: math.exp(middle + (math.log(q) - middle) * sd / found.sd) for key, q in found.quantiles.items()}
        return Spread(wider, found.mean, sd)

    @property
    def point(self) -> bool:
        """Whether the figure is a number and not a bound; of a bound there is no score."""
        return self.fact.qualifier in POINTS

    @property
    def log(self) -> float:
        """Log of the figure."""
        return math.log(self.fact.value)

    @property
    def miss(self) -> float | None:
        """Log of the figure over the median of the forecast."""
        return self.log - math.log(self.spread.quantiles["p50"]) if self.point else None

    @property
    def error(self) -> float | None:
        """The miss less the deviation of the scenario: what the model has to answer for."""
        return None if self.miss is None or self.deviation is None else self.miss - self.deviation

    @property
    def crps(self) -> float | None:
        """Continuous ranked probability score, log, of a normal forecast; the distance of one without spread."""
        if not self.point:
            return None
        off = self.log - self.spread.mean
        return float(crps_normal(off, 0.0, self.spread.sd)) if self.spread.sd > 0 else abs(off)

    @property
    def interval(self) -> float | None:
        """Score of the 90 % interval, log."""
        low, high = (math.log(self.spread.quantiles[name]) for name in ("p05", "p95"))
        return float(interval_score(self.log, low, high, coverage=0.9)) if self.point else None

    def pinball(self, name: str) -> float | None:
        """Score of one quantile (p10, p50, p90), log."""
        at = math.log(self.spread.quantiles[name])
        return float(pinball(self.log, at, level=PINBALL[name])) if self.point else None

    @property
    def pit(self) -> float | None:
        """Probability that the forecast gave to a smaller figure."""
        return self._below if self.point else None

    @property
    def beyond(self) -> float | None:
        """Probability that the forecast gave to what a bound says; None for a number."""
        return None if self.point else 1 - self._below if self.fact.qualifier == ">" else self._below

    @property
    def _below(self) -> float:
        off = self.log - self.spread.mean
        return (
            float(ndtr(off / self.spread.sd))
            if self.spread.sd > 0
            else (0.5 + 0.5 * math.copysign(1.0, off) * (off != 0))
        )

    def row(self) -> tuple[object, ...]:
        """The score as a row under `FIGURE_COLUMNS`."""
        each, fact, at = self.forecast, self.fact, self.spread.quantiles
        return (
            self.report, each.scenario, each.as_of, each.draws, each.seed, fact.year, self.definition, fact.qualifier,
            fact.value, fact.unit, fact.published, at["p05"], at["p50"], at["p95"], self.miss, self.deviation,
            self.error, self.crps, self.interval, *(self.pinball(name) for name in PINBALL), self.pit, self.beyond,
            "log",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoalScore:
    """The forecast of a goal and its outcome under a declared definition; None where no figure gives one."""

    report: str
    forecast: Forecast
    goal: str
    chance: Chance
    fact: Fact | None
    met: bool | None

    @property
    def probability(self) -> float | None:
        """What the forecast gave to a figure of the outcome's own definition that meets the goal; normal in logs.

        The probability of the goal itself is of another definition, in which no outcome is known: it is not scored.
        """
        if self.fact is None:
            return None
        spread = self.forecast.scale[self.fact.definition][self.fact.year]
        away = spread.mean - math.log(self.chance.value)
        return float(ndtr(away / spread.sd)) if spread.sd > 0 else float(away > 0)

    @property
    def brier(self) -> float | None:
        """Squared error of that probability."""
        return None if self.met is None or self.probability is None else float(brier(self.met, self.probability))

    def row(self) -> tuple[object, ...]:
        """The score as a row under `GOAL_COLUMNS`."""
        each, chance, fact = self.forecast, self.chance, self.fact
        figure = (fact.definition, fact.qualifier, fact.value, fact.published) if fact else (None,) * 4
        return (
            self.report, each.scenario, each.as_of, self.goal, chance.deadline, chance.definition, *figure, self.met,
            self.probability, self.brier, chance.probability, chance.scope,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Scored:
    """Archived forecasts against what was published after them.

    Attributes
    ----------
    as_of
        Facts published by this day count.
    happened
        Scenario whose levers are held to have happened; nobody has measured them.
    forecasts
        How many forecasts were read.
    passed
        Folders among the reports that hold no forecast.
    """

    as_of: date
    happened: str
    forecasts: int
    figures: tuple[FigureScore, ...]
    goals: tuple[GoalScore, ...]
    warnings: tuple[Finding, ...]
    passed: tuple[str, ...]
    workspace: Workspace = field(repr=False)

    @property
    def cautions(self) -> tuple[Text, ...]:
        """What must be said wherever these outcomes are shown."""
        return tuple(cautions(self.workspace, [each.fact for each in self.figures], self.as_of))

    def frame(self) -> pd.DataFrame:
        """One row for each figure and forecast; columns `FIGURE_COLUMNS`, scores in logs."""
        import pandas as pd

        return pd.DataFrame([each.row() for each in self.figures], columns=list(FIGURE_COLUMNS))

    def goal_frame(self) -> pd.DataFrame:
        """One row for each goal, forecast and outcome; columns `GOAL_COLUMNS`."""
        import pandas as pd

        return pd.DataFrame([each.row() for each in self.goals], columns=list(GOAL_COLUMNS))

    def __repr__(self) -> str:
        """How much was scored, and when."""
        known = f"{len(self.figures)} figures, {sum(each.met is not None for each in self.goals)} outcomes of goals"
        return f"<Scored {self.forecasts} forecasts, {known}, as_of {self.as_of}, levers of {self.happened}>"

    def _repr_html_(self) -> str:
        """All tables for a notebook."""
        from tuiyan.evidence import shown

        return "".join(grid.html() for grid in shown.scored(self, preferred()))


def cautions(workspace: Workspace, shown: Sequence[Fact], as_of: date) -> Iterator[Text]:
    """What must be said wherever outcomes are shown: the two findings of economics.md 7.

    Where the first figure published under another definition than the goal's is of a year before the deadline and
    above the goal, the goal did not bind on that definition. And a figure of another definition than the goal's can be
    scored only in part.

    Parameters
    ----------
    shown
        Published figures of the scale of the city that are shown.
    as_of
        Nothing published later is said.
    """
    labels = workspace.definition_file.definitions
    known = [fact for fact in visible(read_facts(workspace), as_of) if fact.in_fit]
    for id_, goal in workspace.goals.items():
        test, own = goal.test, goal.definition
        others = list(dict.fromkeys(fact.definition for fact in shown if fact.definition != own))
        if test is None or own is None or not test.scope or not others:
            continue
        about = {"goal": id_, "wanted": labels[own].label, "amount": _money(test.value)}
        for definition in others:
            first = min((fact for fact in known if fact.definition == definition), key=lambda fact: fact.published)
            if first.value > test.value and first.year < goal.due and first.qualifier != "<":
                told = {"definition": labels[definition].label, "year": first.year, "value": _money(first.value)}
                yield both("score.caution.first", **about, **told)
        yield both("score.caution.definition", **about)
    if any(fact.year >= PANDEMIC for fact in shown):
        yield both("score.caution.pandemic", year=PANDEMIC)


def _money(value: float) -> Text:
    """An amount in both languages."""
    return Text(money(value, "zh"), money(value, "en"))
