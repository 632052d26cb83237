"""From a document to its declared shape, or to findings at the lines that break it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from tuiyan.inputs.documents import MOST_FINDINGS, Document, Key
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.laws import FAMILIES
from tuiyan.wording import Text, both

Shape = TypeVar("Shape", bound=BaseModel)
MOST_SHOWN = 60

# What a value should have been, by the error type of pydantic; the words stand in `wording.findings`.
EXPECTED = {
    "float_type": "a.number",
    "int_type": "a.integer",
    "int_from_float": "a.integer",
    "string_type": "a.text",
    "string_too_short": "a.text",
    "string_too_long": "a.short",
    "bool_type": "a.truth",
    "dict_type": "a.mapping",
    "model_type": "a.mapping",
    "model_attributes_type": "a.mapping",
    "tuple_type": "a.list",
    "list_type": "a.list",
    "date_type": "a.date",
    "finite_number": "a.finite",
}
COUNTS = {"too_short": "limit.least", "too_long": "limit.most"}
LANGUAGE_KEYS = ("title", "story", "reason", "because", "note", "grade_note", "channel", "evidence", "guard")
LIMITS = {
    "greater_than": "> {gt:g}",
    "greater_than_equal": "≥ {ge:g}",
    "less_than": "< {lt:g}",
    "less_than_equal": "≤ {le:g}",
}


def conform(document: Document, shape: type[Shape]) -> Shape:
    """The document as its declared shape.

    Raises
    ------
    TuiyanError
        With one finding for each part that does not fit, at its line and column.
    """
    if not isinstance(document.data, dict):
        raise TuiyanError([Finding("E008", document.place(()), {"file": document.name})])
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        raise TuiyanError(_findings(document, shape, error)) from None


def _findings(document: Document, shape: type[BaseModel], error: ValidationError) -> Iterator[Finding]:
    """One finding for each place, a hundred at most; the branches of a union that all fail at one place count once."""
    seen: set[object] = set()
    problems = error.errors(include_url=False)
    for problem in problems:
        path = _path(document.data, problem["loc"])
        if problem["type"] == "is_instance_of":
            continue  # the branch for values made in Python; what is wrong with the text of a file, its neighbour says
        if (
            problem["type"] == "string_type"
            and isinstance(problem["input"], dict)
            and _told_better(document.data, path, problems)
        ):
            continue  # one text or a text in both languages: a mapping is meant as the latter
        finding = _finding(document, shape, path, problem)
        told = (finding.where, finding.code, str(finding.values.get("key")))
        if told not in seen:
            seen.add(told)
            yield finding
        if len(seen) >= MOST_FINDINGS:
            return


def _told_better(data: Any, path: Key, problems: Sequence[Any]) -> bool:
    """Whether another branch of a union says what is wrong inside the mapping at `path`."""
    others = (each for each in problems if each["type"] != "string_type")
    return any(_path(data, each["loc"])[: len(path)] == path for each in others)


def _path(data: Any, location: tuple[int | str, ...]) -> Key:
    """The part of a pydantic location that the file holds: tags of unions and keys that are missing are left out."""
    path: list[int | str] = []
    for step in location:
        if step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data)):
            data = data[step]
            path.append(step)
    return tuple(path)


def _name(path: Key, *, whole: bool = False) -> str:
    """The last key of a path, or all of them; an item of a list is counted from 1."""
    start = 0 if whole or isinstance(path[-1], int) else -1
    return "".join(f" #{step + 1}" if isinstance(step, int) else f".{step}" for step in path[start:]).lstrip(".")


def _finding(document: Document, shape: type[BaseModel], path: Key, problem: Any) -> Finding:
    """The finding for one validation error."""
    kind, context = problem["type"], problem.get("ctx") or {}
    of_key = bool(problem["loc"]) and problem["loc"][-1] == "[key]"  # it is the key itself that is wrong
    named = path[:-1] if of_key else path
    where, values = (
        document.place(path, key=of_key),
        {"key": _name(named[-2:]) if named else document.name, "given": _short(problem["input"])},
    )
    if kind == "extra_forbidden":
        near = nearest(str(values["key"]), _fields(shape, document.data, path))
        return Finding("E101", document.place(path, key=True), {**values, "nearest": near})
    if kind in ("missing", "union_tag_not_found"):
        inside = _name(path, whole=True) or document.name
        key = problem["loc"][-1] if kind == "missing" else "family"
        return Finding("E103", document.place(path, key=True), {"key": key, "inside": inside})
    if kind in ("literal_error", "union_tag_invalid"):
        return _not_allowed(document, path, context, values, key=of_key)
    if kind in LIMITS or kind in COUNTS:
        wanted = both(COUNTS[kind], **context) if kind in COUNTS else LIMITS[kind].format(**context)
        return Finding("E106", where, {**values, "wanted": wanted})
    if kind == "string_pattern_mismatch" or kind[0] == "E":
        return Finding("E123" if kind[0] != "E" else kind, where, {**values, **context})
    expected = both(EXPECTED[kind]) if kind in EXPECTED else Text(problem["msg"], problem["msg"])
    return Finding(
        "E104", where, {**values, "expected": expected, "hint": _hint(kind, str(values["key"]), problem["input"])}
    )


def _hint(kind: str, key: str, given: object) -> Text:
    """How the value is written, where that is the usual mistake."""
    if EXPECTED.get(kind) in ("a.number", "a.finite", "a.integer"):
        return both("hint.number")
    if kind == "string_type" and isinstance(given, (bool, int, float)):
        return both("hint.text")
    return both("hint.languages") if EXPECTED.get(kind) == "a.mapping" and key in LANGUAGE_KEYS else Text("", "")


def _not_allowed(document: Document, path: Key, context: Any, values: dict[str, Any], *, key: bool) -> Finding:
    """A word that is none of those declared; `family` of a law is such a word."""
    allowed = (
        str(context.get("expected") or context["expected_tags"]).replace("'", "").replace(" or ", ", ").split(", ")
    )
    tagged = "tag" in context
    given = str(context["tag"]) if tagged else str(values["given"]).strip("'")
    told = {"given": given, "allowed": ", ".join(allowed), "nearest": nearest(str(given), allowed, listed=False)}
    if tagged:
        told["key"] = "family"
    return Finding("E105", document.place((*path, "family") if tagged else path, key=key), {**values, **told})


def _short(value: object) -> str:
    """A value as a message quotes it: text in quotes, so that ``'0.5'`` is not taken for a number."""
    words = {True: "true", False: "false", None: "null"}
    text = (
        words[value] if isinstance(value, (bool, type(None))) else repr(value) if isinstance(value, str) else str(value)
    )
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 3] + "..."


def _fields(shape: type[BaseModel], data: Any, path: Key) -> set[str]:
    """The keys that the declaration allows at the place of the last step of `path`."""
    kinds: list[Any] = [shape]
    for step in path[:-1]:
        data = data[step]
        if isinstance(data, dict) and step == path[-2] and (law := FAMILIES.get(str(data.get("family")))):
            return set(law.model_fields)
        kinds = [inner for kind in kinds for inner in _inner(kind, step)]
        families = [kind for kind in kinds if isinstance(data, dict) and FAMILIES.get(str(data.get("family"))) is kind]
        kinds = families or kinds
    return {
        info.alias or name
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, BaseModel)
        for name, info in kind.model_fields.items()
    } or ({"zh", "en"} if any(kind is Text for kind in kinds) else set())


def _inner(kind: Any, step: int | str) -> Iterator[Any]:
    """Types that can stand under `step` of `kind`."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {info.alias or name: info for name, info in kind.model_fields.items()}
        if step in fields:
            yield from _alternatives(fields[str(step)].annotation)
    elif args := get_args(kind):
        yield from _alternatives(args[-1] if args[-1] is not Ellipsis else args[0])


def _alternatives(annotation: Any) -> Iterator[Any]:
    """The concrete types of an annotation, unions and annotations opened."""
    origin_args = get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        yield from _alternatives(origin_args[0])
    elif origin_args and not hasattr(annotation, "__origin__"):
        for part in origin_args:
            yield from _alternatives(part)
    else:
        yield annotation
