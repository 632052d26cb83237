"""The model beside the literature on AI and productivity."""

TEXTS: dict[str, tuple[str, str]] = {}
