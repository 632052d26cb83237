"""What is believed of growth curves before their data, on a panel of durables: the register, and published fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tuiyan.draws.quantiles import quantile
from tuiyan.evidence.priors import DURABLES, Prior, diffusion_priors, registered_priors
from tuiyan.inputs.analogues import BassEstimate
from tuiyan.inputs.laws import Fixed, Law
from tuiyan.inputs.schema import Parameter
from tuiyan.inputs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CurvePriors:
    """What is believed of the curves before their data.

    Attributes
    ----------
    laws
        Of the register, by id.
    bass
        Of innovation and imitation, logs.
    damping
        Share of its growth that a damped trend keeps a year.
    """

    laws: Mapping[str, Law]
    bass: Mapping[str, Prior]
    damping: float

    @property
    def growth(self) -> Prior:
        """Of the first year of the damped trend, log."""
        return registered_priors(self.laws, "trend")["growth"]

    def of(self, curve: str) -> dict[str, Prior]:
        """Priors of the parameters of a curve; the logistic and Richards curves have the span of durable goods."""
        if curve == "bass":
            return dict(self.bass)
        if curve == "gompertz":
            return registered_priors(self.laws, curve)
        return diffusion_priors(self.laws, curve, span=DURABLES)


def curve_priors(workspace: Workspace, estimates: Sequence[BassEstimate], *, without: str = "") -> CurvePriors:
    """What the register believes of every curve; of the Bass curve, without a durable that is to be forecast.

    Parameters
    ----------
    estimates
        Published ones, of the durables from which the register's Bass prior was made.
    without
        One of them: its Bass prior has the mean and the standard deviation of the logs of all the others. Of any other
        series the prior is the register's.

    Examples
    --------
    >>> import math
    >>> from tuiyan.inputs.analogues import read_bass_estimates
    >>> from tuiyan.inputs.workspace import find_workspace, read_workspace
    >>> files = read_workspace(find_workspace())
    >>> found = curve_priors(files, read_bass_estimates(files), without="clothes_dryers").of("bass")
    >>> round(math.exp(found["innovation"].mean), 4), round(math.exp(found["imitation"].mean), 3)
    (0.0132, 0.301)
    """
    laws = {id_: parameter.law for id_, parameter in workspace.parameters.items()}
    bass = registered_priors(laws, "bass")
    others = [each for each in estimates if each.id != without]
    if len(others) < len(estimates):
        bass = {name: _sample([getattr(each, name) for each in others]) for name in bass}
    return CurvePriors(laws, bass, _median(workspace.parameters["curve.trend.damping"]))


def _sample(values: Sequence[float]) -> Prior:
    """Normal law of the log with the moments of a sample."""
    logs = np.log(values)
    return Prior(float(logs.mean()), float(logs.std(ddof=1)))


def _median(parameter: Parameter) -> float:
    """The median of a registered law."""
    if isinstance(parameter.law, Fixed):
        return float(np.asarray(parameter.law.value))
    return float(quantile(parameter.law, np.array([0.5]), parameter.hard)[0])
