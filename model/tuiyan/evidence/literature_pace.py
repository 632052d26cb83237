"""How fast AI takes tasks over in the model, beside a study: the reason why yearly numbers differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tuiyan import estimates
from tuiyan.equations import productivity
from tuiyan.estimates import Estimate
from tuiyan.inputs.published_inputs import PublishedInputs, read_published_inputs
from tuiyan.inputs.variables import BASE_YEAR, POLICY_HORIZON
from tuiyan.results import Projection


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast AI takes tasks over in the model until the deadline, beside a study of the same formula.

    Attributes
    ----------
    tfp
        Median contribution to TFP in the model, percentage points a year.
    product
        Median of exposure times the rise of adoption in the model, share of all tasks over `years`.
    """

    inputs: PublishedInputs
    tfp: Estimate
    product: Estimate
    years: int

    @property
    def times(self) -> float:
        """TFP a year in the model over that of the study."""
        return self.tfp.value / self.inputs.published

    @property
    def study_product(self) -> float:
        """Exposure times adoption of the study, share of all tasks over its own span."""
        return self.inputs.values["exposure"] * self.inputs.values["adoption"]

    @property
    def faster(self) -> float:
        """Tasks that AI takes over a year in the model, over those of the study."""
        return self.product.value / self.years / (self.study_product / self.inputs.years)

    @property
    def per_task(self) -> float:
        """Gain on a task in the model, with labour share and spillover, over that of the study: what pace leaves."""
        return self.times / self.faster


def pace(projection: Projection) -> Pace | None:
    """TFP and tasks a year in the model until the deadline, beside the first study of the file; None if it has none.

    Parameters
    ----------
    projection
        Of the scenario to compare, its horizon not before 2020.

    Raises
    ------
    TuiyanError
        With everything that is wrong with the file.

    References
    ----------
    Acemoglu (2025), Economic Policy 40(121), for the product of exposure and adoption over ten years.

    Examples
    --------
    >>> import tuiyan as ty
    >>> found = pace(ty.run(ty.load("announced"), draws=512))
    >>> found.inputs.id, round(found.study_product, 3), found.years, found.faster > 1 > found.per_task
    ('acemoglu_baseline', 0.046, 3, True)
    """
    rows = read_published_inputs(projection.scenario.workspace)
    study = next((each for each in rows if each.form == "task" and each.quantity == "tfp" and each.projection), None)
    if study is None:
        return None
    declared, years = projection.scenario.workspace.tables.sectors, POLICY_HORIZON - BASE_YEAR
    share, exposed = np.array(declared.share)[:, None], np.array(declared.exposure)[:, None]
    exposed = productivity.exposure(exposed, exposure_scale=projection.parameter("productivity.exposure_scale"))
    rise = projection["adoption"][projection.index(POLICY_HORIZON)] - projection["adoption"][0]
    tasks = np.add.reduce(share * exposed * rise, axis=0)
    tfp = 100 * projection["tfp.city"][projection.index(POLICY_HORIZON)] / years
    return Pace(study, estimates.quantile(tfp, 0.5), estimates.quantile(tasks, 0.5), years)
