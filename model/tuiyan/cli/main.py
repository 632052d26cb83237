"""The command line: results go to stdout, talk to stderr.

Exit codes: 0 done, 1 the model failed, 2 bad input, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tuiyan.cli.arguments import parsed
from tuiyan.cli.commands import BAD_INPUT, FAILED, HANDLERS, out_json, talk
from tuiyan.inputs.findings import TuiyanError
from tuiyan.wording import say

INTERRUPTED, UNREAD = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = parsed(list(sys.argv[1:] if arguments is None else arguments))
    try:
        return _flushed(HANDLERS[options.command](options))
    except TuiyanError as error:
        if getattr(options, "json", False):
            out_json([finding.as_json() for finding in error.findings])
        talk(error.render(options.lang))
        return BAD_INPUT
    except FloatingPointError as error:
        talk(say("cli.failed", options.lang, why=error))
        return FAILED
    except BrokenPipeError:
        _forget_stdout()
        return UNREAD
    except OSError as error:
        _forget_stdout()
        talk(say("cli.system", options.lang, file=error.filename or "", why=error.strerror or error))
        return BAD_INPUT
    except KeyboardInterrupt:
        talk(say("cli.interrupted", options.lang))
        return INTERRUPTED


def _flushed(code: int) -> int:
    """`code`, once all output has left: a pipe that nobody reads is found here and not at exit."""
    if sys.stdout:
        sys.stdout.flush()
    return code


def _forget_stdout() -> None:
    """Keep the interpreter from flushing to a pipe that nobody reads, at exit."""
    if sys.stdout and sys.stdout.fileno() >= 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
