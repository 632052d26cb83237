"""What stands beside a control in words: unit, source, the parent's value, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from tuiyan.inputs.findings import Finding
from tuiyan.inputs.laws import Fixed
from tuiyan.inputs.paths import Yearly, shown
from tuiyan.inputs.units import unit_name
from tuiyan.lab.desk import Desk
from tuiyan.lab.fields import Field, law_of, numbers_of, value_of
from tuiyan.wording import LANGUAGES, Text, both, say

PLAIN = ("1", "0/1")  # units that say nothing beside a number


def value_text(desk: Desk, field: Field) -> str:
    """The parent's value as a control would show it."""
    law = law_of(desk.parent, field.id)
    if isinstance(law, Yearly):
        return shown(law)
    if field.form == "number":
        return f"{value_of(desk.parent, field.id):.7g}"
    size = 100 if field.form == "shares" else 1  # the fields of shares are in per cent
    return ", ".join(f"{size * each:.7g}" for each in numbers_of(desk.parent, field.id))


def note(desk: Desk, field: Field, lang: str, *, hollow: bool, found: Sequence[Finding] = ()) -> str:
    """The words beside a control, as HTML."""
    origin, law = desk.scenario.origins.get(field.id), law_of(desk.scenario, field.id)
    parts = [] if field.unit in PLAIN or field.form == "shares" else [_span("unit", unit_name(field.unit, lang))]
    if origin:
        why = origin.because[lang] if origin.because else ""
        chip = f"{say(f'report.grade.{origin.grade}', lang)} · {', '.join(origin.sources)}"
        parts.append(f'<span class="tuiyan-chip" title="{escape(why)}">{escape(chip)}</span>')
    parts.append(_span("parent", say("lab.control.parent", lang, value=value_text(desk, field))))
    if isinstance(law, Yearly):
        parts.append(_span("path", say("lab.control.path", lang, path=shown(law), year=desk.scenario.horizon)))
    elif not isinstance(law, Fixed) and field.form == "number":
        told = say("lab.control.law", lang, law=shown(law))
        parts.append(f'<span class="tuiyan-law" title="{escape(told)}">{escape(shown(law))}</span>')
    if hollow:
        parts.append(_span("idle", say("lab.control.hollow", lang)))
    return " ".join(parts) + problems(found, lang, desk) + _advice(desk, field, found, lang)


def _advice(desk: Desk, field: Field, found: Sequence[Finding], lang: str) -> str:
    """Where a number that is the centre of a law may go: the whole law around it must keep its bounds."""
    law = law_of(desk.parent, field.id)
    if field.form != "number" or isinstance(law, Fixed | Yearly) or all(each.level != "error" for each in found):
        return ""
    told = say("lab.control.centre", lang, law=shown(law), low=f"{field.low:g}", high=f"{field.high:g}")
    return f'<div class="tuiyan-error" role="alert">{escape(told)}</div>'


def _span(name: str, text: str) -> str:
    return f'<span class="tuiyan-{name}">{escape(text)}</span>'


def problems(found: Sequence[Finding], lang: str, desk: Desk, *, placed: bool = False) -> str:
    """Findings as sentences that a screen reader speaks at once; with `placed` each with its file and line.

    What was typed into the panel stands in no file; codes belong to a terminal, ids stand behind the names of rows.
    """
    gap = "" if lang == "zh" else " "
    parts = []
    for each in found:
        kind, role = ("error", "alert") if each.level == "error" else ("warning", "status")
        place = f"{each.where}: " if placed and each.where else ""
        text = escape(f"{place}{named(each, desk)[lang]}{gap}{each.remedy[lang]}")
        parts.append(f'<div class="tuiyan-{kind}" role="{role}">{text}</div>')
    return "".join(parts)


def named(found: Finding, desk: Desk) -> Text:
    """The message of a finding, which calls a row by its name and id; remedies are of files, where the id stands alone.

    Chinese sets an id off by spaces, and needs none around a name.
    """
    known = desk.fields.get(str(found.values.get("key")))
    if known is None:
        return found.message
    named_ = both("lab.named", label=known.label, id=known.id)
    name = Text(*(known.id if known.label[lang] == known.id else named_[lang] for lang in LANGUAGES))
    told = replace(found, values={**found.values, "key": name}).message
    return Text(told.zh.replace(f" {name.zh}", name.zh).replace(f"{name.zh} ", name.zh), told.en)
