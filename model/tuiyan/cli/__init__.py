"""The command line: one module for the arguments, one for each thing that is printed."""

from tuiyan.cli.main import main

__all__ = ["main"]
