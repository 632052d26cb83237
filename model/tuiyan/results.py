"""What a user holds after a run: numbers with units and errors, tables, and exchange formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tuiyan import ledger as _ledger
from tuiyan.draws.recipe import recipe
from tuiyan.draws.weights import weights_of
from tuiyan.ensemble import Executor, check_draws, simulate_all
from tuiyan.estimates import Estimate, mean, quantile
from tuiyan.grids import Grid
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.scenario import Scenario
from tuiyan.inputs.units import unit_name
from tuiyan.inputs.variables import BASE_YEAR, RULES, VARIABLES, rule_item
from tuiyan.ledger import Ledger
from tuiyan.wording import preferred

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

Array = NDArray[np.float64]
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Projection:
    """A scenario run over an ensemble.

    Attributes
    ----------
    scenario, draws, seed
        What was run.
    values
        Variable to array (year, draw) or (year, item, draw), in the units of `inputs.variables`.
    drawn
        Inputs of the run by block and key, when the caller has them; drawn again when asked for otherwise.
    """

    scenario: Scenario
    draws: int
    seed: int
    values: Mapping[str, Array]
    drawn: Mapping[str, Mapping[str, Array]] | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years, 2017 to the horizon."""
        return tuple(range(BASE_YEAR, self.scenario.horizon + 1))

    @property
    def rule(self) -> str:
        """Item of `firms.benchmark` that is the working rule of this scenario."""
        return rule_item(self.scenario.laws["firms.benchmark_rule"].declared()[0])

    @cached_property
    def items(self) -> dict[str, tuple[str, ...]]:
        """Items of each variable; empty for one that has none."""
        tables = self.scenario.workspace.tables
        rules = [rule_item(rule) for rule in RULES]
        kinds = {
            "": (),
            "sector": tables.sectors.codes,
            "segment": tables.segments.codes,
            "rule": tuple(dict.fromkeys([*rules, self.rule])),
        }
        return {name: kinds[VARIABLES[name].items] for name in self.values}

    @property
    def names(self) -> list[str]:
        """Every series there is, such as ``scale.total`` and ``adoption.mfg``."""
        return [name for variable in self.values for name in self._series(variable)]

    def _series(self, variable: str) -> list[str]:
        return [f"{variable}.{item}" for item in self.items[variable]] or [variable]

    def __getitem__(self, name: str) -> Array:
        """Draws of a variable (year, [item,] draw), or of one item of it (year, draw).

        Raises
        ------
        TuiyanError
            For a name there is not, with the nearest.
        """
        if name in self.values:
            return self.values[name]
        variable = self._variable(name)
        item = name.removeprefix(f"{variable}.")
        if variable in self.values and item in self.items[variable]:
            return self.values[variable][:, self.items[variable].index(item)]
        known = [*self.values, *self.names]
        raise TuiyanError([Finding("E143", None, {"name": name, "nearest": nearest(name, known)})])

    def index(self, year: int) -> int:
        """Position of a year.

        Raises
        ------
        TuiyanError
            For a year outside the projection.
        """
        if year not in self.years:
            span = {"first": self.years[0], "last": self.years[-1]}
            raise TuiyanError([Finding("E144", None, {"name": self.scenario.id, "year": year, **span})])
        return year - BASE_YEAR

    def unit(self, name: str) -> str:
        """Unit of a series."""
        return VARIABLES[self._variable(name)].unit

    def _variable(self, name: str) -> str:
        """The variable that a series is of: the longest whose name starts the series' name."""
        owners = [variable for variable in self.values if name == variable or name.startswith(f"{variable}.")]
        return max(owners, key=len, default="")

    def parameter(self, id_: str) -> Array:
        """Draws of one uncertain parameter, or of ``shocks.common.<year>``, (draws,): the very ones of the run."""
        block, _, key = id_.partition(".")
        if block == "shocks":
            name, _, year = key.partition(".")
            rows = dict(zip(map(str, self.years[1:]), self._inputs[block][name], strict=True))
            if year not in rows:
                span = {"first": self.years[1], "last": self.years[-1]}
                raise TuiyanError([Finding("E144", None, {"name": id_, "year": year, **span})])
            return np.asarray(rows[year])
        return np.broadcast_to(self._inputs[block][key], (self.draws,))

    @cached_property
    def _inputs(self) -> Mapping[str, Mapping[str, Array]]:
        return self.drawn or recipe(self.scenario).inputs(draws=self.draws, seed=self.seed)

    def estimate(self, name: str, year: int) -> Estimate:
        """Mean of a series in a year, with its standard error."""
        return mean(self._one(name)[self.index(year)])

    def quantile(self, name: str, level: float, year: int) -> Estimate:
        """Quantile of a series in a year at a level in [0, 1], with its standard error."""
        return quantile(self._one(name)[self.index(year)], level)

    def _one(self, name: str) -> Array:
        """Draws of one series (year, draw); a variable with several items is told to name one."""
        if self.items.get(name):
            told = {"name": name, "items": ", ".join(self.items[name]), "first": self.items[name][0]}
            raise TuiyanError([Finding("E145", None, told)])
        return self[name]

    def prob(self, goal: str, *, scope: bool = False) -> Estimate:
        """Probability of a goal (R01, scale_2020) at its deadline; with `scope` in its own uncertain definition."""
        return _ledger.probability(self, goal, scope=scope)

    def ledger(self, against: Projection | None = None) -> Ledger:
        """All statements of the document with probabilities, words and thresholds.

        Parameters
        ----------
        against
            Projection of the parent on the same draws, for the effects of direction goals.
        """
        return _ledger.ledger(self, against)

    def quantiles(
        self,
        names: Iterable[str] | None = None,
        *,
        levels: Sequence[float] = LEVELS,
        years: Iterable[int] | None = None,
    ) -> pd.DataFrame:
        """Quantiles with standard errors, one row each.

        Returns
        -------
        DataFrame with columns variable, year, quantile, value, standard_error, unit, price_basis
        """
        import pandas as pd

        chosen = list(years) if years is not None else list(self.years)
        rows = []
        for name in self._expand(names):
            variable = VARIABLES[self._variable(name)]
            for year in chosen:
                for level in levels:
                    found = self.quantile(name, level, year)
                    rows.append((name, year, level, found.value, found.standard_error, variable.unit, variable.basis))
        columns = ["variable", "year", "quantile", "value", "standard_error", "unit", "price_basis"]
        return pd.DataFrame(rows, columns=columns)

    def frame(self, names: Iterable[str] | None = None) -> pd.DataFrame:
        """Every draw of the named series, one row each.

        Returns
        -------
        DataFrame with columns variable, year, draw, value, unit
        """
        import pandas as pd

        parts = []
        for name in self._expand(names):
            grid = {
                "variable": name,
                "year": np.repeat(self.years, self.draws),
                "draw": np.tile(np.arange(self.draws), len(self.years)),
                "value": self[name].ravel(),
                "unit": self.unit(name),
            }
            parts.append(pd.DataFrame(grid))
        return pd.concat(parts, ignore_index=True)

    def _expand(self, names: Iterable[str] | None) -> list[str]:
        """Series for the names given: a variable with items stands for all of them."""
        if names is None:
            return self.names
        wanted = [names] if isinstance(names, str) else list(names)
        found = []
        for name in wanted:
            found.extend(self._series(name) if name in self.values else [name])
        return found

    def to_xarray(self) -> xr.Dataset:
        """All variables as a labelled dataset with units, dimensions (year, [sector, segment or rule,] draw)."""
        import xarray as xr

        data: dict[str, Any] = {}
        coordinates: dict[str, Any] = {"year": list(self.years), "draw": np.arange(self.draws)}
        for name, values in self.values.items():
            variable = VARIABLES[name]
            dims = ("year", variable.items, "draw") if variable.items else ("year", "draw")
            if variable.items:
                coordinates[variable.items] = list(self.items[name])
            about = {"units": variable.unit, "long_name": variable.label.en, "price_basis": variable.basis}
            data[name] = (dims, values, about)
        known = {"as_of": self.scenario.as_of.isoformat(), "seed": self.seed, "draws": self.draws}
        whole = {"scenario": self.scenario.id, **known}
        return xr.Dataset(data, coords=coordinates, attrs=whole)

    def __repr__(self) -> str:
        """Scenario, vintage, draws, seed and version."""
        from tuiyan import __version__

        known = f"as_of {self.scenario.as_of}, {self.years[0]}-{self.years[-1]}"
        return f"<Projection {self.scenario.id}, {known}, {self.draws} draws, seed {self.seed}, tuiyan {__version__}>"

    def _repr_html_(self) -> str:
        """A small table of the scale by year for notebooks."""
        lang, about = preferred(), VARIABLES["scale.total"]
        years = [year for year in (2017, 2018, 2019, 2020, 2025, 2030) if year in self.years]
        levels = (0.05, 0.5, 0.95)
        rows = [(str(year), *(self.quantile("scale.total", each, year).text(0) for each in levels)) for year in years]
        caption = f"{self.scenario.title[lang]}: {about.label[lang]} ({unit_name(about.unit, lang)})"
        return Grid(caption, ("", *(f"{each:.0%}" for each in levels)), tuple(rows)).html()


def run(
    scenario: Scenario,
    *,
    draws: int = 8192,
    seed: int = 0,
    executor: Executor | None = None,
    dt: float = 1.0,
    weights: object = None,
) -> Projection:
    """Project a scenario over an ensemble of draws.

    Every scenario run with the same `seed` uses the same draws, so differences between scenarios are paired; the draws
    of a smaller run are the first draws of a larger one.

    Parameters
    ----------
    draws
        A multiple of 16: the ensemble is 16 independent randomisations.
    executor
        Anything with the map of `concurrent.futures`; it changes no number.
    dt
        Time step in years, 1 over a whole number.
    weights
        What was learned: a posterior, or weights (draws,) >= 0. The run, and every analysis of its scenario, takes
        equally weighted draws that stand for them.

    Raises
    ------
    TuiyanError
        For a number of draws that cannot be; for weights of other draws, of another seed or vintage.
    FloatingPointError
        When a result is not finite, naming variable, year and draw.
    """
    if weights is not None:
        check_draws(draws, seed)
        found, known = weights_of(weights, draws, seed), scenario.learned
        # Weights of the run's own draws come on top of what was learned; another posterior takes its place.
        further = known and not found.moved and found.as_of is None
        scenario = scenario.weighted(known.reweighted(found.values) if known and further else found)
    return Projection(scenario, draws, seed, simulate_all(scenario, draws=draws, seed=seed, executor=executor, dt=dt))
