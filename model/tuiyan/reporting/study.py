"""What the report notebook holds: one scenario beside its parent, and a method for each part of the report.

from tuiyan.reporting import study
report = study.open(globals())
report.answer()
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tuiyan.evidence import archive
from tuiyan.inputs.findings import TuiyanError
from tuiyan.inputs.loading import load
from tuiyan.inputs.scenario import Scenario
from tuiyan.reporting.blocks import Part
from tuiyan.reporting.html import Title
from tuiyan.reporting.manifest import code_hash
from tuiyan.reporting.parameters import Form, NotebookError
from tuiyan.reporting.words import day, sentence
from tuiyan.results import Projection, run
from tuiyan.wording import Text, both

if TYPE_CHECKING:
    from tuiyan.ledger import Ledger
    from tuiyan.reporting.analyses import Analyses

STAGING_VARIABLE = "TUIYAN_REPORT_STAGING"
RESULTS, RESOLVED, RESOLVED_OTHER = "results.csv", "scenario.resolved.yaml", "against.resolved.yaml"
PARAMETERS: Mapping[str, type] = {
    "scenario": str, "against": str, "lang": str, "draws": int, "seed": int, "as_of": str,
}  # fmt: skip
OWN_NAMES = frozenset({"study", "report"})
FORM = Form(PARAMETERS, OWN_NAMES)


@dataclass(frozen=True)
class Study:
    """A projection of one scenario and, on the same draws, of the scenario it is compared with.

    Every method returns a `Part`, which JupyterLab shows in `lang` and the report carries in both languages.
    """

    projection: Projection
    other: Projection | None
    lang: str

    @property
    def scenario(self) -> Scenario:
        """The scenario the report is about."""
        return self.projection.scenario

    @property
    def last(self) -> int:
        """The last year that both projections cover."""
        return min(each.years[-1] for each in (self.projection, self.other) if each)

    @cached_property
    def ledger(self) -> Ledger:
        """The goals of the plan under the scenario."""
        return self.projection.ledger(self.other)

    @cached_property
    def other_ledger(self) -> Ledger | None:
        """The goals under the scenario it is compared with."""
        return self.other.ledger() if self.other else None

    @cached_property
    def analyses(self) -> Analyses:
        """What was asked of the projections beyond the ledger, each computed on first use."""
        from tuiyan.reporting.analyses import Analyses

        return Analyses(self.projection, self.other)

    def answer(self) -> Part:
        """The answer in one paragraph, and the goal ledger."""
        from tuiyan.reporting.parts import answer

        return Part(answer.blocks(self), self.lang)

    def limits(self) -> Part:
        """The honest limits, within part 1."""
        from tuiyan.reporting.parts import limits

        return Part(limits.limits(self), self.lang)

    def details(self) -> Part:
        """Behind the ledger: the paired effect, the years of passage, the statements without a number."""
        from tuiyan.reporting.parts import details

        return Part(details.blocks(self), self.lang)

    def scale(self) -> Part:
        """Scale of the city and of its segments."""
        from tuiyan.reporting.parts import scale

        return Part(scale.blocks(self), self.lang)

    def since(self) -> Part:
        """What changed since the last report, and what each change did."""
        from tuiyan.reporting.parts import since

        return Part(since.blocks(self), self.lang)

    def changes(self) -> Part:
        """What the scenario changes, with sources, and what it leaves out."""
        from tuiyan.reporting.parts import changes

        return Part(changes.blocks(self), self.lang)

    def attribution(self) -> Part:
        """What drove the difference from the other scenario, and what drives growth."""
        from tuiyan.reporting.parts import attribution

        return Part(attribution.blocks(self), self.lang)

    def productivity(self) -> Part:
        """Adoption and productivity by sector, true against measured, beside published numbers."""
        from tuiyan.reporting.parts import productivity

        return Part(productivity.blocks(self), self.lang)

    def binding(self) -> Part:
        """Whether demand or supply binds, by segment and year."""
        from tuiyan.reporting.parts import binding

        return Part(binding.blocks(self), self.lang)

    def sensitivities(self) -> Part:
        """Which uncertain inputs the goals hang on."""
        from tuiyan.reporting.parts import sensitivities

        return Part(sensitivities.blocks(self), self.lang)

    def discovery(self) -> Part:
        """In which futures the goals are missed."""
        from tuiyan.reporting.parts import discovery

        return Part(discovery.blocks(self), self.lang)

    def packages(self) -> Part:
        """What a goal costs, and which package regrets least."""
        from tuiyan.reporting.parts import packages

        return Part(packages.blocks(self), self.lang)

    def evidence(self) -> Part:
        """What the facts taught, how past forecasts of the city did, and methods on finished series."""
        from tuiyan.reporting.parts import evidence

        return Part(evidence.blocks(self), self.lang)

    def counts(self) -> Part:
        """Firms, zones, scenarios and projects as counts."""
        from tuiyan.reporting.parts import counts

        return Part(counts.blocks(self), self.lang)

    def assumptions(self) -> Part:
        """Every parameter with its source and grade, and the grades behind each goal."""
        from tuiyan.reporting.parts import assumptions

        return Part(assumptions.blocks(self), self.lang)

    def coverage(self) -> Part:
        """Goals against measures, with the blanks visible."""
        from tuiyan.reporting.parts import coverage

        return Part(coverage.blocks(self), self.lang)

    def traps(self) -> Part:
        """The traps of the document and the guards against them."""
        from tuiyan.reporting.parts import limits

        return Part(limits.traps(self), self.lang)

    def manifest(self) -> Part:
        """What this report was made from."""
        from tuiyan.reporting.parts import record

        return Part(record.blocks(self), self.lang)

    def save(self) -> None:
        """Write the tables of numbers and the forecast beside the report that is being made; not in one run by hand."""
        from tuiyan.reporting import values

        if folder := os.environ.get(STAGING_VARIABLE):
            values.write(self, Path(folder))
            (Path(folder) / archive.FILE).write_text(self.archived(), encoding="utf-8", newline="\n")

    def archived(self) -> str:
        """The forecasts to be scored later: of the scenario, of the one it is compared with, and of the root."""
        found = [each for each in (self.projection, self.other) if each]
        root = self.scenario.chain[-1]
        if not any(each.scenario.same(root) for each in found):
            found.append(run(root, draws=self.projection.draws, seed=self.projection.seed))
        return archive.to_json(archive.forecast(each, code=code_hash()) for each in found)


def open(namespace: Mapping[str, object]) -> Study:  # noqa: A001 - study.open reads as what it does
    """The study that the parameters of a notebook ask for.

    Parameters
    ----------
    namespace
        The notebook's ``globals()``. Only `PARAMETERS` may stand in it beside IPython's own names.

    Raises
    ------
    TuiyanError
        For a name that is no parameter (with the nearest one), a wrong type, or a bad scenario.
    """
    given = _checked(namespace)
    as_of = str(given["as_of"]) or None
    try:
        scenario = load(str(given["scenario"]), as_of=as_of)
        against = str(given["against"])
        other = load(against, as_of=scenario.as_of) if against else scenario.parent
        draws, seed = int(str(given["draws"])), int(str(given["seed"]))
        here = run(scenario, draws=draws, seed=seed)
        there = run(other, draws=draws, seed=seed) if other else None
        return Study(here, there, str(given["lang"]))
    except TuiyanError as error:
        raise NotebookError(error.findings) from error


def _checked(namespace: Mapping[str, object]) -> dict[str, object]:
    """The parameters of a namespace, or every problem with them at once."""
    return FORM.checked(namespace)


def title_of(scenario: Scenario, *, draws: int, seed: int) -> Title:
    """What stands on top of the report's pages."""
    definition = scenario.workspace.definition_file.definitions[scenario.home_definition]
    meta = sentence(
        "report.meta", scenario=scenario.id, as_of=day(scenario.as_of), horizon=scenario.horizon,
        definition=Text(definition.zh, definition.en), draws=("integer", draws), seed=seed,
    )  # fmt: skip
    title = both("report.title", title=scenario.title)
    return Title(title, scenario.story, meta, both("report.footer"))
