"""Texts of the report's parts on attribution and on the binding constraint."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.attribution.heading": ("差别由何而来", "What drove the difference"),
    "report.binding.heading": ("需求与供给，谁是约束", "Which binds, demand or supply"),
}  # fmt: skip
