"""Texts of the analyses: names of groups and blocks, and what a user is told of a result."""

TEXTS: dict[str, tuple[str, str]] = {
    "outcome.all": ("五项计数目标同时达到", "all counted goals together"),
    "explain.rest": ("其他改动（分布、政策参数、口径）", "all other changes (laws, policy settings, definition)"),
    "growth.initial_gap": ("2017 年的初始差距", "the gap of 2017"),
    "growth.adoption": ("采用", "adoption"),
    "growth.value_added": ("用户增加值", "value added of the users"),
    "growth.external": ("市外需求", "demand from outside"),
    "growth.supply": ("供给要素", "supply factors"),
    "growth.policy": ("政策", "policy"),
    "growth.shock": ("冲击", "shocks"),
}  # fmt: skip
