"""Backtests, fitted curves and their scores."""

TEXTS: dict[str, tuple[str, str]] = {}
