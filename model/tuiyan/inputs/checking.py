"""From a document to its declared shape, or to findings at the lines that break it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from tuiyan.inputs.documents import Document, Key
from tuiyan.inputs.findings import Finding, TuiyanError, nearest
from tuiyan.inputs.laws import FAMILIES
from tuiyan.wording import Text, both

Shape = TypeVar("Shape", bound=BaseModel)

# What a value should have been, by the error type of pydantic; the words stand in `wording.findings`.
EXPECTED = {
    "float_type": "a.number",
    "int_type": "a.integer",
    "int_from_float": "a.integer",
    "string_type": "a.text",
    "string_too_short": "a.text",
    "bool_type": "a.truth",
    "dict_type": "a.mapping",
    "model_type": "a.mapping",
    "model_attributes_type": "a.mapping",
    "tuple_type": "a.list",
    "list_type": "a.list",
    "date_type": "a.date",
    "finite_number": "a.finite",
}
LIMITS = {
    "greater_than": "> {gt:g}",
    "greater_than_equal": "≥ {ge:g}",
    "less_than": "< {lt:g}",
    "less_than_equal": "≤ {le:g}",
    "too_short": "≥ {min_length}",
    "too_long": "≤ {max_length}",
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
    """One finding for each place; the branches of a union that all fail at one place count once."""
    seen: set[object] = set()
    for problem in error.errors(include_url=False):
        path = _path(document.data, problem["loc"])
        finding = _finding(document, shape, path, problem)
        if (finding.where, finding.code) not in seen:
            seen.add((finding.where, finding.code))
            yield finding


def _path(data: Any, location: tuple[int | str, ...]) -> Key:
    """The part of a pydantic location that the file holds: tags of unions and keys that are missing are left out."""
    path: list[int | str] = []
    for step in location:
        if step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data)):
            data = data[step]
            path.append(step)
    return tuple(path)


def _finding(document: Document, shape: type[BaseModel], path: Key, problem: Any) -> Finding:
    """The finding for one validation error."""
    kind, context = problem["type"], problem.get("ctx") or {}
    where, values = (
        document.place(path),
        {"key": path[-1] if path else document.name, "given": _short(problem["input"])},
    )
    if kind == "extra_forbidden":
        near = nearest(str(values["key"]), _fields(shape, document.data, path))
        return Finding("E101", document.place(path, key=True), {**values, "nearest": near})
    if kind in ("missing", "union_tag_not_found"):
        named = ".".join(map(str, path)) or document.name
        key = problem["loc"][-1] if kind == "missing" else "family"
        return Finding("E103", document.place(path, key=True), {"key": key, "inside": named})
    if kind in ("literal_error", "union_tag_invalid"):
        return _not_allowed(document, path, context, values)
    if kind in LIMITS:
        return Finding("E106", where, {**values, "wanted": LIMITS[kind].format(**context)})
    if kind == "string_pattern_mismatch" or kind[0] == "E":
        return Finding("E123" if kind[0] != "E" else kind, where, {**values, **context})
    expected = both(EXPECTED[kind]) if kind in EXPECTED else Text(problem["msg"], problem["msg"])
    return Finding("E104", where, {**values, "expected": expected})


def _not_allowed(document: Document, path: Key, context: Any, values: dict[str, Any]) -> Finding:
    """A word that is none of those declared; `family` of a law is such a word."""
    allowed = (
        str(context.get("expected") or context["expected_tags"]).replace("'", "").replace(" or ", ", ").split(", ")
    )
    tagged = "tag" in context
    given = context["tag"] if tagged else values["given"]
    told = {"given": given, "allowed": ", ".join(allowed), "nearest": nearest(str(given), allowed)}
    return Finding("E105", document.place((*path, "family") if tagged else path), {**values, **told})


def _short(value: object) -> str:
    """A value as a message quotes it."""
    text = (
        {True: "true", False: "false", None: "null"}.get(value, str(value))
        if isinstance(value, (bool, type(None)))
        else str(value)
    )
    return text if len(text) <= 60 else text[:57] + "..."


def _fields(shape: type[BaseModel], data: Any, path: Key) -> set[str]:
    """The keys that the declaration allows at the place of the last step of `path`."""
    kinds: list[Any] = [shape]
    for step in path[:-1]:
        data = data[step]
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
