"""Texts of the report's parts on sensitivities, scenario discovery, packages and regret."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.sensitivities.heading": ("概率取决于什么", "What the probability hangs on"),
    "report.discovery.heading": ("在哪些未来中落空", "Where the goal is missed"),
    "report.packages.heading": ("达到目标要花多少力度，选哪个组合", "What it would take, and which package to choose"),
}  # fmt: skip
