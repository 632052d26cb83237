"""Small numbers with small errors, for the pages of the notebooks: units, errors that four decimals cannot show."""

from __future__ import annotations

from collections.abc import Iterable

from tuiyan.estimates import Estimate
from tuiyan.reporting.numbers import Number

SMALLEST = 5e-5  # what four decimals can show
DUST = 1e-9  # below this a mean difference is the rounding of the computer


def scaled(found: Estimate, factor: float) -> Number:
    """An estimate in another unit."""
    return Number(found.value * factor, found.standard_error * factor)


def unmoved(found: Iterable[Estimate]) -> bool:
    """Whether no draw moves but for the rounding of the computer.

    Examples
    --------
    >>> unmoved([Estimate(2e-14, 1e-15)]), unmoved([Estimate(0.0, 2e-4)])
    (True, False)
    """
    return all(abs(each.value) < DUST and each.standard_error < DUST for each in found)


def error_cell(error: float) -> float | str:
    """A simulation error for a column of four decimals; one too small for them says so.

    Examples
    --------
    >>> error_cell(0.0032), error_cell(1e-6), error_cell(0.0)
    (0.0032, '<0.0001', '0')
    """
    if error == 0:
        return "0"
    return "<0.0001" if error < SMALLEST else error


def error_text(error: float) -> str:
    """A simulation error to one digit, or that it is smaller than four decimals can show.

    Examples
    --------
    >>> error_text(0.0032), error_text(1e-6), error_text(0.0), error_text(0.34), error_text(3.4)
    ('0.003', '<0.0001', '0', '0.3', '3')
    """
    found = error_cell(error)
    if isinstance(found, str):
        return found
    return f"{float(f'{found:.1g}'):.4f}".rstrip("0").rstrip(".")
