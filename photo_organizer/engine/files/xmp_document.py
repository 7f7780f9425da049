"""XMP documents of strangers as trees of XML: parsed within bounds, written without losing a byte.

Format: XMP Specification part 1 (ISO 16684-1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.dom import minidom
from xml.parsers import expat

from photo_organizer.engine.domain.reasons import SpokenError

MOST_BYTES = 8 << 20
"""A larger sidecar or packet is not read. Most have a few kilobytes; some editors write hundreds
into them, some tools embed previews."""
MOST_DEPTH = 64
"""Deeper nested XML is not read: it is made to break parsers."""
MOST_NODES = 50_000
"""Elements and attributes; a tree of more is not built: each takes half a kilobyte and more."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
XMLNS = "http://www.w3.org/2000/xmlns/"

XMP = "http://ns.adobe.com/xap/1.0/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
EXIF = "http://ns.adobe.com/exif/1.0/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"

_ANGLE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])")

EMPTY = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Photo Organizer">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>\n'
)
"""A document that says nothing."""


class SidecarError(SpokenError):
    """A sidecar cannot be read, merged or written; its sentence is one clause."""


def parse(data: bytes) -> minidom.Document:
    """Parse XML of strangers: no document type (hence no entities), no depths, no excess.

    Raises:
        SidecarError: it is no XML, or not harmless.
    """
    if len(data) > MOST_BYTES:
        raise SidecarError("sidecar.large")
    depth = nodes = 0

    def refuse(*_: object) -> None:
        raise SidecarError("sidecar.document_type")

    def enter(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, nodes
        depth += 1
        nodes += 1 + len(attributes)
        if depth > MOST_DEPTH:
            raise SidecarError("sidecar.deep")
        if nodes > MOST_NODES:
            raise SidecarError("sidecar.large")

    def leave(*_: object) -> None:
        nonlocal depth
        depth -= 1

    # A first pass with the same parser: nothing is built before it is known to be harmless.
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = refuse
    guard.StartElementHandler = enter
    guard.EndElementHandler = leave
    try:
        guard.Parse(data, True)
        return minidom.parseString(data)
    except SidecarError:
        raise
    except Exception as error:
        # The parser itself, the codec that an encoding names, or the builder of the tree.
        raise SidecarError("sidecar.no_xmp") from error


def roots(dom: minidom.Document) -> list[minidom.Element]:
    """The RDF of a document; most have one.

    Raises:
        SidecarError: it has none.
    """
    found = list(dom.getElementsByTagNameNS(RDF, "RDF"))
    if not found:
        raise SidecarError("sidecar.no_xmp")
    return found


def descriptions(dom: minidom.Document) -> Iterator[minidom.Element]:
    """The elements that hold the properties of a document."""
    for root in dom.getElementsByTagNameNS(RDF, "RDF"):
        yield from (node for node in elements_of(root) if is_named(node, RDF, "Description"))


def is_named(node: minidom.Node, space: str, name: str) -> bool:
    """Whether a node is an element of this name."""
    return node.namespaceURI == space and node.localName == name


def attributes_of(element: minidom.Element) -> list[minidom.Attr]:
    """The attributes of an element, declarations of namespaces among them."""
    return list(element.attributes.values())


def elements_of(element: minidom.Element) -> list[minidom.Element]:
    """The elements right in an element."""
    return [child for child in element.childNodes if isinstance(child, minidom.Element)]


def text_of(element: minidom.Element) -> str:
    """The text right in an element."""
    return "".join(n.data for n in element.childNodes if isinstance(n, minidom.Text))


def degrees(text: str) -> tuple[float, str] | None:
    """Degrees of "37,30.5N" or "37,30,30N", south and west negative, and the letter of the side."""
    found = _ANGLE.fullmatch(text)
    if not found:
        return None
    angle = int(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
    return (-angle if found[4] in "SW" else angle), found[4]


def to_bytes(dom: minidom.Document) -> bytes:
    """The document as UTF-8. The library's own writer loses line breaks in attributes.

    Raises:
        SidecarError: it cannot be written as XML.
    """
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    for node in dom.childNodes:
        _write(node, parts)
        parts.append("\n")
    try:
        return "".join(parts).encode()
    except UnicodeError as error:
        raise SidecarError("sidecar.no_xmp") from error


def _write(node: minidom.Node, parts: list[str]) -> None:
    match node:
        case minidom.Element():
            parts.append(f"<{node.tagName}")
            parts.extend(
                f' {attribute.name}="{_escaped(attribute.value, quoted=True)}"'
                for attribute in attributes_of(node)
            )
            if not node.childNodes:
                parts.append("/>")
                return
            parts.append(">")
            for child in node.childNodes:
                _write(child, parts)
            parts.append(f"</{node.tagName}>")
        case minidom.CDATASection():
            parts.append(f"<![CDATA[{node.data.replace(']]>', ']]]]><![CDATA[>')}]]>")
        case minidom.Text():
            parts.append(_escaped(node.data))
        case minidom.Comment():
            parts.append(f"<!--{node.data}-->")
        case minidom.ProcessingInstruction():
            parts.append(f"<?{node.target} {node.data}?>")


def _escaped(text: str, *, quoted: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("\r", "&#13;")
    if not quoted:
        return text
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
