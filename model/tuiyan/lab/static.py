"""The panel without a front end: what it would show, as a page and as plain words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from tuiyan.inputs.scenario import Difference
from tuiyan.lab.desk import Desk
from tuiyan.lab.drawing import fan, goal_name, ledger, precision, table
from tuiyan.lab.rows import rows
from tuiyan.wording import say


@cache
def style() -> str:
    """The panel's style, with the tick of each slider at its per cent of the way."""
    ticks = "\n".join(f".tuiyan-tick-{k} .noUi-base::after {{ left: {k}%; }}" for k in range(101))
    return f"<style>{Path(__file__).with_name('panel.css').read_text(encoding='utf-8')}\n{ticks}</style>"


def heading(desk: Desk, lang: str) -> str:
    """What is edited."""
    told = "".join(f"<p>{escape(each)}</p>" for each in edited(desk, lang))
    return f"<h3>{escape(say('lab.title', lang))}</h3>{told}"


def edited(desk: Desk, lang: str) -> list[str]:
    """Which scenario is edited, and that it cannot be saved where its draws carry weights."""
    parent = desk.parent
    told = say("lab.from", lang, title=parent.title[lang], id=parent.id, as_of=parent.as_of)
    return [told, *([] if desk.scenario.learned is None else [say("lab.learned", lang)])]


def changes(found: Sequence[Difference], lang: str) -> str:
    """What differs from the parent, as a table."""
    if not found:
        return f"<p>{escape(say('lab.changes.none', lang))}</p>"
    names = (say(f"lab.changes.{name}", lang) for name in ("what", "old", "new"))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    cells = ((each.label[lang], each.old, each.new) for each in found)
    body = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(old)}</td><td>{escape(new)}</td></tr>'
        for label, old, new in cells
    )
    return table(f"<caption>{escape(say('lab.changes.title', lang))}</caption>", head, body)


def page(desk: Desk, lang: str) -> str:
    """The ledger, the fan and the changes."""
    found = rows(desk)
    parts = [
        style(), heading(desk, lang), f"<p>{escape(say('lab.static', lang))}</p>",
        f'<p class="tuiyan-preview">{escape(precision(desk, found, lang))}</p>',
        ledger(found, desk.parent.title[lang], lang), fan(desk, lang),
        changes(desk.scenario.diff(desk.parent), lang),
    ]  # fmt: skip
    return f'<div class="tuiyan-lab" lang="{lang}" style="max-width: 760px">{"".join(parts)}</div>'


def plain(desk: Desk, lang: str) -> str:
    """The ledger as lines of text."""
    found = rows(desk)
    lines = [*edited(desk, lang), precision(desk, found, lang)]
    for row in found:
        chance = f"{row.now.value:.2f}" if row.now else say("lab.ledger.none", lang)
        lines.append(f"{row.register:4} {chance:>5}  {goal_name(row.register, row.goal, lang)}")
    return "\n".join(lines)


def drawn(draws: int, lang: str) -> str:
    """On how many draws a result rests: fewer than a full run."""
    return f"<p>{escape(say('lab.result.draws', lang, draws=f'{draws:,}'))}</p>"
