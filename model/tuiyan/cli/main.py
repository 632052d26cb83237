"""The command line: results go to stdout, talk to stderr.

Exit codes: 0 done or unchanged, 1 the model failed, 2 bad input, 3 bad set-up, 4 the kernel died or ran out of memory,
5 deadline, 6 another run holds the lock, 7 not reproducible, 130 interrupted, 141 nobody reads the output,
143 terminated.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Sequence

from tuiyan.cli.arguments import parsed
from tuiyan.cli.codes import FAILED, UNREAD, Terminated, code_of
from tuiyan.cli.commands import HANDLERS
from tuiyan.cli.output import out_json, talk
from tuiyan.inputs.findings import TuiyanError
from tuiyan.wording import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    # Searching every installed package for plugins takes pydantic longer than reading a scenario; we have none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese letters is no reason to stop
    options = parsed(list(sys.argv[1:] if arguments is None else arguments))
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _terminated)
    try:
        return _flushed(HANDLERS[options.command](options))
    except TuiyanError as error:
        if getattr(options, "json", False):
            out_json([finding.as_json() for finding in error.findings])
        talk(error.render(options.lang))
        return code_of(error)
    except FloatingPointError as error:
        talk(say("cli.failed", options.lang, why=error))
        return FAILED
    except BrokenPipeError:
        _forget_stdout()
        return UNREAD
    except OSError as error:
        _forget_stdout()
        talk(say("cli.system", options.lang, file=error.filename or "", why=error.strerror or error))
        return code_of(error)
    except KeyboardInterrupt as stop:
        talk(say("cli.interrupted", options.lang))
        return code_of(stop)


def _terminated(_signal: int, _frame: object) -> None:
    raise Terminated


def _flushed(code: int) -> int:
    """`code`, once all output has left: a pipe that nobody reads is found here and not at exit."""
    if sys.stdout:
        sys.stdout.flush()
    return code


def _forget_stdout() -> None:
    """Keep the interpreter from flushing to a pipe that nobody reads, at exit."""
    if sys.stdout and sys.stdout.fileno() >= 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
