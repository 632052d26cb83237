"""The exit codes of the commands, and the one that an error gives."""

from __future__ import annotations

from tuiyan.inputs.findings import TuiyanError

DONE, FAILED, BAD_INPUT, SETUP = 0, 1, 2, 3
INTERRUPTED, UNREAD, TERMINATED = 130, 141, 143
OWN_CODES = {"E270": 6, "E271": SETUP, "E322": SETUP}  # another run holds the lock; no room on the disk; a port in use


class Terminated(KeyboardInterrupt):
    """SIGTERM: leave as on Ctrl-C, so that no half report and no staging folder stays."""


def code_of(error: BaseException) -> int:
    """The exit code of a command that an error ended.

    Examples
    --------
    >>> code_of(FloatingPointError()), code_of(KeyboardInterrupt()), code_of(Terminated())
    (1, 130, 143)
    """
    if isinstance(error, TuiyanError):
        return next((OWN_CODES[each.code] for each in error.findings if each.code in OWN_CODES), BAD_INPUT)
    if isinstance(error, BrokenPipeError):
        return UNREAD
    if isinstance(error, OSError):
        from tuiyan.reporting.space import is_full

        return SETUP if is_full(error) else BAD_INPUT
    if isinstance(error, KeyboardInterrupt):
        return TERMINATED if isinstance(error, Terminated) else INTERRUPTED
    return int(getattr(error, "code", FAILED))  # of a report that was not made
