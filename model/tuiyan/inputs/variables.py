"""What a projection gives: every variable with its items, unit and price basis, declared once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tuiyan.wording import Text

Items = Literal["", "sector", "segment", "rule"]
Basis = Literal["nominal", "real", "none"]
BASE_YEAR, POLICY_HORIZON = 2017, 2020
RULES = (5.0, 10.0, 20.0, 50.0)  # sales in 亿元 that may make a benchmark firm; always printed (economics.md 3.4)


@dataclass(frozen=True, slots=True)
class Variable:
    """One output: its label, the items it is split by, its unit and whether it is in nominal or real terms."""

    label: Text
    unit: str
    items: Items = ""
    basis: Basis = "none"


def _of(zh: str, en: str, unit: str, items: Items = "", basis: Basis = "none") -> Variable:
    return Variable(Text(zh, en), unit, items, basis)


VARIABLES: dict[str, Variable] = {
    "adoption": _of("采用率", "adoption", "share of exposed tasks", "sector"),
    "value_added": _of("实际增加值", "real value added", "index", "sector", "real"),
    "demand": _of("需求", "demand", "亿元", "segment", "nominal"),
    "supply": _of("供给潜力", "supply potential", "亿元", "segment", "nominal"),
    "desired": _of("期望规模", "desired scale", "亿元", "segment", "nominal"),
    "binding": _of("供给约束份额", "binding share of supply", "share", "segment"),
    "scale": _of("规模", "scale", "亿元", "segment", "nominal"),
    "scale.total": _of("人工智能重点产业规模", "scale of the key AI industry", "亿元", "", "nominal"),
    "stock.capital": _of("人工智能资本", "AI capital", "index", "", "real"),
    "stock.talent": _of("人工智能人才", "AI talent", "index"),
    "stock.rd": _of("研发存量", "R&D stock", "index", "", "real"),
    "firms.count": _of("人工智能企业数", "AI firms", "firms"),
    "firms.benchmark": _of("标杆企业数", "benchmark firms", "firms", "rule"),
    "pipeline.zones": _of("创新应用示范区", "demonstration zones", "count"),
    "pipeline.scenarios": _of("深度应用场景", "deep application scenarios", "count"),
    "pipeline.projects": _of("应用示范项目", "demonstration projects", "count"),
    "tfp": _of("全要素生产率（人工智能贡献）", "TFP, contribution of AI", "log", "sector", "real"),
    "tfp.city": _of("全市全要素生产率（人工智能贡献）", "city TFP, contribution of AI", "log", "", "real"),
    "tfp.wedge": _of("测量偏差（J 曲线）", "measurement wedge (J-curve)", "log", "", "real"),
    "tfp.measured": _of("统计可见的全要素生产率", "measured city TFP, contribution of AI", "log", "", "real"),
    "lp": _of("劳动生产率（人工智能贡献）", "labour productivity, contribution of AI", "log", "sector", "real"),
    "lp.city": _of("全市劳动生产率（人工智能贡献）", "city labour productivity, contribution of AI", "log", "", "real"),
    "gdp.own": _of("人工智能产业自身新增增加值", "added value of the AI industry itself", "share of GDP"),
    "gdp.users": _of("用户部门产出增量", "gain of the users of AI", "share of GDP"),
    "gdp.overlap": _of("两者重叠部分", "overlap of the two", "share of GDP"),
}


def rule_item(rule: float) -> str:
    """Item name of a benchmark rule, such as ``"20"``."""
    return f"{rule:g}"
