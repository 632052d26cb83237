"""``--learn``: the scenarios of a command under what the facts of the day say."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tuiyan.cli.output import loaded, talk
from tuiyan.cli.progress import stage
from tuiyan.wording import say

if TYPE_CHECKING:
    from tuiyan.evidence.learning import Posterior
    from tuiyan.inputs.scenario import Scenario


def learned(scenarios: list[Scenario], options: argparse.Namespace) -> tuple[list[Scenario], Posterior | None]:
    """The scenarios, weighted if that is asked for, and what they were weighted by.

    All share one posterior: that of the scenario held to have happened, the first unless another is named.
    """
    if options.learn is None:
        return scenarios, None
    from tuiyan.evidence import showing
    from tuiyan.evidence.learning import learn

    happened = loaded(options, [options.learn])[0] if options.learn else scenarios[0]
    with stage(say("stage.learn", options.lang)):
        found = learn(happened, draws=options.draws, seed=options.seed)
    talk(showing.posterior(found, options.lang).title)
    return [found.given(each) for each in scenarios], found
