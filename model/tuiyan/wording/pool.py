"""The pool of the model and the curves."""

TEXTS: dict[str, tuple[str, str]] = {}
