"""What ``set``, ``add`` and ``scale`` do to a law."""

from __future__ import annotations

from tuiyan.inputs.laws import Fixed, Law, LogNormal, Normal, Triangular
from tuiyan.inputs.schema import Change


def operate(law: Law, change: Change) -> Law | None:
    """The law after one change; None where the family has no such operation.

    ``add`` shifts a fixed, normal or triangular law. ``scale`` multiplies its numbers, and the median of a lognormal.

    Examples
    --------
    >>> from tuiyan.wording import Text
    >>> why = Text("试", "trial")
    >>> operate(Fixed(family="fixed", value=2.0), Change(add=0.5, because=why, grade="judgement"))
    Fixed(family='fixed', value=2.5)
    """
    if change.set is not None:
        return Fixed(family="fixed", value=change.set) if isinstance(change.set, (int, float, tuple)) else change.set
    if change.add is not None:
        return _shift(law, change.add)
    return _scale(law, change.scale or 1.0)


def _shift(law: Law, by: float) -> Law | None:
    """The law moved by `by`."""
    if isinstance(law, Fixed):
        return Fixed(
            family="fixed", value=tuple(v + by for v in law.value) if isinstance(law.value, tuple) else law.value + by
        )
    if isinstance(law, Normal):
        return Normal(family="normal", mean=law.mean + by, sd=law.sd)
    if isinstance(law, Triangular):
        return Triangular(family="triangular", low=law.low + by, mode=law.mode + by, high=law.high + by)
    return None


def _scale(law: Law, by: float) -> Law | None:
    """The law multiplied by `by` > 0."""
    if isinstance(law, Fixed):
        return Fixed(
            family="fixed", value=tuple(v * by for v in law.value) if isinstance(law.value, tuple) else law.value * by
        )
    if isinstance(law, Normal):
        return Normal(family="normal", mean=law.mean * by, sd=law.sd * by)
    if isinstance(law, LogNormal):
        return LogNormal(family="lognormal", median=law.median * by, sd_log=law.sd_log)
    if isinstance(law, Triangular):
        return Triangular(family="triangular", low=law.low * by, mode=law.mode * by, high=law.high * by)
    return None
