"""Facts of a series as they were known on a day, each with its definition and its vintage.

Three rules of economics.md 7 stand here. Figures of several definitions are shown side by side, but nothing is computed
across them. Growth is taken within one definition, and not from levels whose definition says that they may not be
chained. A level goes to another definition through a declared bridge alone, and then it is a distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tuiyan.draws.recipe import recipe
from tuiyan.ensemble import check_draws
from tuiyan.estimates import quantile
from tuiyan.inputs.facts import Fact, read_facts, visible
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.loading import ROOT, load
from tuiyan.inputs.revisions import POINTS, latest
from tuiyan.inputs.scenario import home_definition
from tuiyan.inputs.units import unit_name
from tuiyan.inputs.workspace import Workspace, find_workspace, read_workspace
from tuiyan.wording import Text, both, preferred

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
RATES = ("percent", "%", "ratio", "share", "log")  # how the units of what is no level begin
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
OBSERVED_COLUMNS = (
    "series", "year", "value", "unit", "definition", "qualifier", "published", "grade", "source", "in_fit"
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Observed:
    """What was known of a series on a day.

    Attributes
    ----------
    as_of
        Nothing published later is here.
    definition
        The definition that was asked for; None: all of them.
    facts
        One for each year and definition, in the order of the years.
    """

    series: str
    as_of: date
    definition: str | None
    facts: tuple[Fact, ...]
    workspace: Workspace = field(repr=False)

    @property
    def definitions(self) -> tuple[str, ...]:
        """Ids of the definitions of the figures, in the order of the years."""
        return tuple(dict.fromkeys(fact.definition for fact in self.facts))

    @property
    def unit(self) -> str:
        """Unit of the figures."""
        return self.facts[0].unit

    def growth(self) -> dict[int, float]:
        """Growth from the year before, as a fraction, by year.

        Only where both years have a figure that is not a bound.

        Raises
        ------
        TuiyanError
            For figures of several definitions, for levels of a definition that may not be chained, for what is a rate
            already, and where no two neighbouring years have a figure.
        """
        self._one_definition()
        if why := self._no_growth():
            raise TuiyanError([Finding("E234", self.facts[0].where, {"series": self.series, "why": why})])
        known = {fact.year: fact.value for fact in self.facts if fact.qualifier in POINTS}
        found = {year: known[year] / known[year - 1] - 1 for year in known if known.get(year - 1, 0.0) > 0}
        if not found:
            told = {"series": self.series, "why": both("observe.no_pair")}
            raise TuiyanError([Finding("E234", self.facts[0].where, told)])
        return found

    def level_in(self, definition: str, *, draws: int = 8192, seed: int = 0) -> Levels:
        """The figures under another definition, through the declared bridges and with their scope factors uncertain.

        A figure is taken as it was published: its own observation error is not added.

        Parameters
        ----------
        definition
            Where to: the home definition of the day, or one with a bridge from it.
        draws, seed
            Of the scope factors: those of a run with the same numbers.

        Raises
        ------
        TuiyanError
            For figures of several definitions, or where no bridge is declared.
        """
        self._one_definition()
        check_draws(draws, seed)
        start = self.definitions[0]
        factors = np.zeros(draws)
        if definition != start:
            away, back = self._through(start, definition), self._through(definition, start)
            scenario = load(ROOT, as_of=self.as_of, workspace=self.workspace.root)
            drawn = recipe(scenario).inputs(draws=draws, seed=seed)["scope"]
            for factor, sign in ((away, -1.0), (back, 1.0)):
                if factor:
                    factors = factors + sign * np.asarray(drawn[factor.partition(".")[2]])
        values = np.array([[fact.value] for fact in self.facts]) * np.exp(factors)
        return Levels(self.series, start, definition, self.facts, values)

    @property
    def _home(self) -> str | None:
        """The home definition of the day; None before there was one."""
        return home_definition(self.workspace, self.as_of)

    def _through(self, definition: str, other: str) -> str | None:
        """Scope factor that leads from home to a definition; None for home itself."""
        home, bridges = self._home, self.workspace.definition_file.bridges
        if home and definition == home:
            return None
        for bridge in bridges:
            if home and bridge.to == definition:
                return bridge.through
        known = ", ".join(dict.fromkeys([*([home] if home else []), *(bridge.to for bridge in bridges)]))
        told = {"one": definition, "other": other, "known": known, "as_of": self.as_of}
        raise TuiyanError([Finding("E235", self.facts[0].where, told)])

    def _one_definition(self) -> None:
        """Refuse to compute across definitions."""
        if len(self.definitions) > 1:
            told = {"series": self.series, "definitions": ", ".join(self.definitions)}
            raise TuiyanError([Finding("E232", self.facts[0].where, told)])

    def _no_growth(self) -> Text | None:
        """Why growth may not be taken from these figures, if so."""
        if self.unit.startswith(RATES):
            return both("observe.rate", unit=Text(unit_name(self.unit, "zh"), unit_name(self.unit, "en")))
        return self.workspace.definition_file.definitions[self.definitions[0]].no_growth

    def frame(self) -> pd.DataFrame:
        """The figures, one row each; columns `OBSERVED_COLUMNS`."""
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=list(OBSERVED_COLUMNS))

    def rows(self) -> list[tuple[object, ...]]:
        """The same as plain rows."""
        return [tuple(getattr(fact, name) for name in OBSERVED_COLUMNS) for fact in self.facts]

    def __repr__(self) -> str:
        """Series, day, years and definitions."""
        years = f"{self.facts[0].year}-{self.facts[-1].year}"
        count, known = len(self.facts), ", ".join(self.definitions)
        return f"<Observed {self.series}, as_of {self.as_of}, {count} figures {years}, {known}>"

    def _repr_html_(self) -> str:
        """The figures as a table for notebooks."""
        from tuiyan.evidence import shown

        return shown.observed(self, preferred()).html()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Levels:
    """Figures of one definition as they may stand under another.

    Attributes
    ----------
    values
        (figures, draws), in the unit of the figures.
    """

    series: str
    start: str
    definition: str
    facts: tuple[Fact, ...]
    values: Array

    def quantiles(self, levels: Sequence[float] = LEVELS) -> pd.DataFrame:
        """Quantiles with their standard errors, one row each.

        Returns
        -------
        DataFrame with columns series, year, qualifier, quantile, value, standard_error, unit, definition
        """
        import pandas as pd

        names = ["series", "year", "qualifier", "quantile", "value", "standard_error", "unit", "definition"]
        rows = []
        for fact, draws in zip(self.facts, self.values, strict=True):
            for level in levels:
                found = quantile(draws, level)
                told = (level, found.value, found.standard_error, fact.unit, self.definition)
                rows.append((self.series, fact.year, fact.qualifier, *told))
        return pd.DataFrame(rows, columns=names)

    def __repr__(self) -> str:
        """Series, and from which definition to which."""
        return f"<Levels of {self.series}, {self.start} -> {self.definition}, {self.values.shape[-1]} draws>"


def observe(
    series: str, *, as_of: date | str | None = None, definition: str | None = None, workspace: Path | str | None = None
) -> Observed:
    """Facts of a series that were known on a day.

    Of several vintages of one figure (series, year, definition) one is taken: a row that may enter a fit before one
    that may not, a published row before one that was derived from others, then the latest.

    Parameters
    ----------
    as_of
        Only what was published by this day; default: today.
    definition
        Only figures of this definition.
    workspace
        Folder that holds `params/`; default: see `find_workspace`.

    Raises
    ------
    TuiyanError
        For a series or definition that was not known on that day, and for two figures of one day that conflict.

    References
    ----------
    economics.md 7, rules 1 to 7.

    Examples
    --------
    >>> observe("sh_ai_scale_above_size", as_of="2020-12-31")
    <Observed sh_ai_scale_above_size, as_of 2020-12-31, 1 figures 2018-2018, above_size>
    """
    read, day = read_workspace(find_workspace(workspace)), day_of(as_of)
    known = visible(read_facts(read), day)
    rows = [fact for fact in known if fact.series == series]
    if not rows:
        near = nearest(series, {fact.series for fact in known})
        raise TuiyanError([Finding("E230", None, {"name": series, "as_of": day, "nearest": near})])
    if definition is not None and definition not in {fact.definition for fact in rows}:
        near = nearest(definition, {fact.definition for fact in rows})
        told = {"name": definition, "series": series, "as_of": day, "nearest": near}
        raise TuiyanError([Finding("E231", None, told)])
    chosen = [fact for fact in rows if definition in (None, fact.definition)]
    return Observed(series, day, definition, tuple(latest(chosen)), read)


def day_of(as_of: date | str | None) -> date:
    """A day given as a date or as text; today for None.

    Raises
    ------
    TuiyanError
        For a text that is no day.
    """
    try:
        given = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError:
        raise TuiyanError([Finding("E120", None, {"value": as_of})]) from None
    return given or datetime.now().astimezone().date()
