"""The closed list of units, each with its name in Chinese and English.

No unit library: `pint` reads ``5 pp`` as typographic points, and nothing here needs conversion but 亿元.
"""

from __future__ import annotations

from tuiyan.wording import Text

UNITS: dict[str, Text] = {
    "亿元": Text("亿元", "CNY 100m"),
    "元/元": Text("元/元", "yuan per yuan"),
    "share": Text("份额", "share"),
    "effort": Text("力度", "effort"),
    "share of GDP": Text("占地区生产总值比重", "share of GDP"),
    "share of exposed tasks": Text("占暴露任务比重", "share of exposed tasks"),
    "ratio": Text("倍", "ratio"),
    "index": Text("指数（2017=1）", "index, 2017 = 1"),
    "log": Text("对数", "log"),
    "log/yr": Text("对数/年", "log a year"),
    "1/yr": Text("每年", "a year"),
    "1": Text("无量纲", "dimensionless"),
    "percent": Text("%", "%"),
    "percent/yr": Text("%/年", "% a year"),
    "probability": Text("概率", "probability"),
    "count": Text("个", "count"),
    "firms": Text("家", "firms"),
    "year": Text("年份", "year"),
    "years": Text("年", "years"),
    "0/1": Text("0/1", "0/1"),
    "万人": Text("万人", "10,000 persons"),
    "units per 10,000 workers": Text("台/万人", "units per 10,000 workers"),
    "units": Text("台", "units"),
    "yuan per person": Text("元/人", "yuan per person"),
    "万元/人": Text("万元/人", "CNY 10,000 per person"),
    "EFLOPS": Text("EFLOPS", "EFLOPS"),
}

# How published files write the units of the list.
ALIASES: dict[str, str] = {
    "100m CNY": "亿元",
    "%": "percent",
    "% per year": "percent/yr",
    "10k persons": "万人",
}


def unit_name(unit: str, lang: str) -> str:
    """Name of a unit of the list (or of a counted thing in the facts, which is its own name)."""
    unit = ALIASES.get(unit, unit)
    return UNITS[unit][lang] if unit in UNITS else unit


def named_unit(unit: str) -> Text:
    """Name of a unit in both languages; one that is not of the list is its own name."""
    return UNITS.get(ALIASES.get(unit, unit), Text(unit, unit))


def money(value: float, lang: str) -> str:
    """An amount held in 亿元: "1,000 亿元" in Chinese, "CNY 100bn" in English.

    Examples
    --------
    >>> money(1000.0, "zh"), money(1000.0, "en"), money(1064.2, "en"), money(23.4, "en")
    ('1,000 亿元', 'CNY 100bn', 'CNY 106.4bn', 'CNY 2.3bn')
    """
    if lang == "zh":
        return f"{value:,.0f} 亿元" if abs(value) >= 100 else f"{value:,.3g} 亿元"
    return f"CNY {value / 10:,.1f}".removesuffix(".0") + "bn"
