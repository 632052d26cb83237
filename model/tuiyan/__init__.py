"""tuiyan 推演: scenarios of a city's AI industry, and the probability of each written goal.

>>> import tuiyan as ty
>>> ty.load("announced").title.en
'Announced programme'

Public names load on first use: importing the package reads no file, starts no thread and changes no global.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tuiyan import plots as plots
    from tuiyan.analysis.attribution import explain
    from tuiyan.analysis.choice import regret
    from tuiyan.analysis.comparison import compare
    from tuiyan.analysis.conditioning import condition
    from tuiyan.analysis.discovery import discover
    from tuiyan.analysis.packages import frontier
    from tuiyan.analysis.seeking import solve_for
    from tuiyan.analysis.sensitivity import sensitivity
    from tuiyan.checks import check
    from tuiyan.evidence.backtest import backtest
    from tuiyan.evidence.learning import learn
    from tuiyan.evidence.observing import observe
    from tuiyan.evidence.scoring import score
    from tuiyan.inputs.findings import Finding, TuiyanError
    from tuiyan.inputs.loading import load
    from tuiyan.inputs.scenario import Scenario
    from tuiyan.lab.panel import edit
    from tuiyan.register import goals
    from tuiyan.reporting.execute import report
    from tuiyan.reporting.verify import verify
    from tuiyan.results import Projection, run

__version__ = "0.1.0"

_HOME = {
    "load": "tuiyan.inputs.loading",
    "Scenario": "tuiyan.inputs.scenario",
    "check": "tuiyan.checks",
    "Finding": "tuiyan.inputs.findings",
    "TuiyanError": "tuiyan.inputs.findings",
    "run": "tuiyan.results",
    "Projection": "tuiyan.results",
    "goals": "tuiyan.register",
    "compare": "tuiyan.analysis.comparison",
    "explain": "tuiyan.analysis.attribution",
    "solve_for": "tuiyan.analysis.seeking",
    "frontier": "tuiyan.analysis.packages",
    "sensitivity": "tuiyan.analysis.sensitivity",
    "discover": "tuiyan.analysis.discovery",
    "regret": "tuiyan.analysis.choice",
    "condition": "tuiyan.analysis.conditioning",
    "learn": "tuiyan.evidence.learning",
    "observe": "tuiyan.evidence.observing",
    "backtest": "tuiyan.evidence.backtest",
    "score": "tuiyan.evidence.scoring",
    "edit": "tuiyan.lab.panel",
    "report": "tuiyan.reporting.execute",
    "verify": "tuiyan.reporting.verify",
}
__all__ = [
    "Finding", "Projection", "Scenario", "TuiyanError", "backtest", "check", "compare", "condition", "discover",
    "edit", "explain", "frontier", "goals", "learn", "load", "observe", "regret", "report", "run", "score",
    "sensitivity", "solve_for", "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name, or the plots, on first use."""
    if name == "plots":
        return import_module("tuiyan.plots")
    if name not in _HOME:
        msg = f"module 'tuiyan' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Public names."""
    return [*__all__, "plots", "__version__"]
