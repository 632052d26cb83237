"""Observations, archived forecasts and their scores."""

TEXTS: dict[str, tuple[str, str]] = {}
