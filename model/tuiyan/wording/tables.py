"""Input-output tables: what is read and what is wrong with them."""

TEXTS: dict[str, tuple[str, str]] = {}
