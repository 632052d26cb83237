"""What a file of a report holds for its reader: its words, and whatever in it is more than words."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

BLANK = re.compile(r"\s+")
HEADER, FOOTER = 45.0, 40.0  # how far from the edges of a page its header and its footer stand at most, in points
LIVE = ("/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/EmbeddedFiles", "/AcroForm", "/XFA", "/RichMedia")


def squeezed(text: str) -> str:
    """The text without white space: a page breaks its lines where it wants."""
    return BLANK.sub("", text)


class Page(HTMLParser):
    """An HTML page: its words, its elements with their attributes, and its images."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--", {"data": data}))

    def unknown_decl(self, data: str) -> None:
        self.elements.append(("![", {"data": data}))

    def handle_pi(self, data: str) -> None:
        self.elements.append(("?", {"data": data}))

    @property
    def text(self) -> str:
        """The words of the page."""
        return "".join(self.words)

    @property
    def shape(self) -> list[tuple[str, ...]]:
        """Every element and the names of its attributes; without the places at which a long word may break."""
        return [(tag, *sorted(attributes)) for tag, attributes in self.elements if tag != "wbr"]

    def drawings(self) -> Iterator[str]:
        """The drawings in its images."""
        for tag, attributes in self.elements:
            source = attributes.get("src") or ""
            if tag == "img":
                head, _, data = source.partition(",")
                assert head == "data:image/svg+xml;base64"
                yield base64.b64decode(data).decode("utf-8")


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF: all that its objects hold, what in it acts, and the addresses it links to."""

    bytes: bytes
    live: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)


def printed(path: Path) -> Printed:
    """Read the objects of a PDF."""
    reader = pypdf.PdfReader(path)
    live, addresses, content = set(), set(), [str(reader.metadata).encode()]
    for number in sorted({*reader.xref.get(0, {}), *reader.xref_objStm} - {0}):
        found = reader.get_object(IndirectObject(number, 0, reader))
        for each in _inner(found):
            if isinstance(each, DictionaryObject):
                live |= {key for key in LIVE if key in each}
                if each.get("/S") in ("/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData", "/GoToE"):
                    live.add(str(each["/S"]))
                if "/URI" in each:
                    addresses.add(str(each["/URI"]))
            if isinstance(each, StreamObject):
                content.append(each.get_data())
    return Printed(b"\n".join([path.read_bytes(), *content]), live, addresses)


def words_of(path: Path) -> str:
    """The words of a PDF without the headers and the footers of its pages."""
    return "\n".join(_words(page) for page in pypdf.PdfReader(path).pages)


def _words(page: Any) -> str:
    top = float(page.mediabox.height) - HEADER
    parts: list[str] = []

    def visit(text: str, around: list[float], own: list[float], _font: Any, _size: Any) -> None:
        if FOOTER < around[5] + around[3] * own[5] < top:
            parts.append(text)

    page.extract_text(visitor_text=visit)
    return "".join(parts)


def _inner(found: Any) -> Iterator[Any]:
    """An object and those written into it, not those it points to."""
    yield found
    values = found.values() if isinstance(found, DictionaryObject) else found if isinstance(found, ArrayObject) else ()
    for each in values:
        if not isinstance(each, IndirectObject):
            yield from _inner(each)


def shown(path: Path) -> list[str]:
    """The HTML that JupyterLab would show of an executed notebook."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    return [output["data"]["text/html"] for output in outputs if "text/html" in output.get("data", {})]


def drawing_faults(svg: str) -> list[str]:
    """What a drawing holds beside shapes: elements that act, attributes that listen, addresses outside."""
    faults = []
    for element in ET.fromstring(svg).iter():  # noqa: S314 - our own drawing, and it has no entities
        tag = str(element.tag).rpartition("}")[2]
        if tag not in {"svg", "metadata", "RDF", "Work", "type", "format", "defs", "style", "g", "path", "use", "text",
                       "clipPath", "rect", "pattern", "tspan", "image", "linearGradient", "stop"}:  # fmt: skip
            faults.append(tag)
        for name, value in element.attrib.items():
            if name.startswith("on") or (name.endswith("href") and not value.startswith(("#", "data:image/png"))):
                faults.append(f"{tag} {name}={value}")
    return faults
