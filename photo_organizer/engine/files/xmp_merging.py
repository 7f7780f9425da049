"""Unites what two XMP documents say about one photo, property by property.

What the first lacks is taken from the second, whatever its namespace; lists (keywords, people,
faces, history) are united, and two captions become one. Where both say something else, the first
is believed. Two different edits, titles, labels or names of places cannot be united: mixed, they
would be neither.

A property is read into a `Value`, so that it does not matter in which of RDF's many forms it was
written. Format: XMP Specification part 1 (ISO 16684-1), sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from xml.dom import minidom

from photo_organizer.engine.files.xmp_document import (
    DUBLIN_CORE,
    IPTC_CORE,
    PHOTOSHOP,
    RDF,
    XML,
    XMLNS,
    XMP,
    SidecarError,
    attributes_of,
    descriptions,
    elements_of,
    is_named,
    parse,
    roots,
    text_of,
    to_bytes,
)

Name: TypeAlias = tuple[str, str]
"""Namespace and name in it."""

_LANGUAGE: Final = (XML, "lang")
_VALUE: Final = (RDF, "value")
_RATING: Final = (XMP, "Rating")
_CAPTION: Final = (DUBLIN_CORE, "description")
_ONE_ONLY: Final = (
    (DUBLIN_CORE, "title"),
    (XMP, "Label"),
    *((PHOTOSHOP, name) for name in ("Headline", "Instructions", "City", "State", "Country")),
    (IPTC_CORE, "Location"),
)
"""What people say of a photo that cannot be two things."""
_LISTS = ("Bag", "Seq", "Alt")

_DARKTABLE = "http://darktable.sf.net/"
_CAMERA_RAW = "http://ns.adobe.com/camera-raw-settings/"
_EDITS = (
    _DARKTABLE,
    _CAMERA_RAW,
    "http://ns.adobe.com/camera-raw-saved-settings/",
    "http://www.dxo.com/",
    "http://ns.dxo.com/",
    "http://ns.on1.com/",
    "http://ns.alienskin.com/",
    "http://www.bibblelabs.com/",
)
"""How the namespaces begin in which programs write what they did to the picture."""

_NO_EDITS = {
    _DARKTABLE: frozenset(
        (
            "auto_presets_applied",
            "change_timestamp",
            "colorlabels",
            "export_timestamp",
            "import_timestamp",
            "print_timestamp",
            "xmp_version",
        )
    ),
    _CAMERA_RAW: frozenset(("RawFileName", "Version")),
}
"""What those namespaces hold besides: it changes no picture."""


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one property."""

    text: str = ""
    """Of a simple value; the address of one that leads elsewhere."""
    leads: bool = False
    """`text` is an address (``rdf:resource``)."""
    container: str = ""
    """"Bag", "Seq" or "Alt" of a list."""
    items: tuple[Value, ...] = ()
    fields: tuple[tuple[Name, Value], ...] | None = None
    """Of a structure, sorted by name; None: it is none."""
    qualifiers: tuple[tuple[Name, Value], ...] = ()
    """What is said about the value, sorted by name; above all its language."""

    @property
    def language(self) -> str | None:
        """Of what it says, lower case; None where that is not told."""
        return next((v.text.casefold() for name, v in self.qualifiers if name == _LANGUAGE), None)

    @property
    def says_something(self) -> bool:
        """Whether it is more than an empty shell."""
        return bool(
            self.text.strip()
            or any(item.says_something for item in self.items)
            or any(value.says_something for _, value in self.fields or ())
        )


def united(kept: bytes, leaving: bytes) -> bytes:
    """The first document with all that only the second says; itself where that is nothing.

    A rejection ("-1 stars") is not taken: it may be why the other copy goes.

    Raises:
        SidecarError: one of them is no XMP or is written in a way that this program does not
            understand, or both hold edits, titles, labels or names of places, and others.
    """
    document, further = parse(kept), parse(leaving)
    own, others = properties(document), properties(further)
    if _rejects(others.get(_RATING)):
        del others[_RATING]
    _refuse_two_edits(own, others)
    _refuse_two_texts(own, others)
    wanted = dict(own)
    for name, value in others.items():
        wanted[name] = _united(name, wanted.get(name), value)
    changed = {name: value for name, value in wanted.items() if own.get(name) != value}
    if not changed:
        return kept
    prefixes = dict(_prefixes(further)) | dict(_prefixes(document))
    _write(document, changed, prefixes)
    written = to_bytes(document)
    if properties(parse(written)) != wanted:  # nothing is replaced by what says less
        raise SidecarError("sidecar.no_xmp")
    return written


def rejects(document: bytes) -> bool:
    """Whether a document gives its photo "-1 stars"; not where it cannot be read."""
    try:
        return _rejects(properties(parse(document)).get(_RATING))
    except SidecarError:
        return False


def properties(dom: minidom.Document) -> dict[Name, Value]:
    """All that a document says, by the names of its properties.

    Raises:
        SidecarError: it is no XMP, or is written in a way that XMP does not know.
    """
    found: dict[Name, Value] = {}
    for root in roots(dom):
        for node in root.childNodes:
            if isinstance(node, minidom.Element) and not is_named(node, RDF, "Description"):
                raise SidecarError("sidecar.no_xmp")
    for description in descriptions(dom):
        for name, value in _fields(description):
            # A property that stands twice is against the rules; nothing of it is dropped.
            before = found.get(name)
            found[name] = value if before is None else _both(before, value)
    return found


# ---------------------------------------------------------------------- uniting


def _united(name: Name, kept: Value | None, leaving: Value) -> Value:
    if kept is None:
        return leaving
    if name == _RATING and _is_zero(kept):
        return leaving
    return _both_captions(kept, leaving) if name == _CAPTION else _both(kept, leaving)


def _both_captions(kept: Value, leaving: Value) -> Value:
    """Both captions; those in one language stand below one another."""
    whole = _both(kept, leaving)
    for lost in _without_place(whole, leaving):
        if not whole.container:
            whole = replace(whole, text=with_caption(whole.text, lost.text))
            continue
        language = lost.language or "x-default"
        items = list(whole.items)
        place = next((n for n, item in enumerate(items) if item.language == language), 0)
        items[place] = replace(items[place], text=with_caption(items[place].text, lost.text))
        whole = replace(whole, items=tuple(items))
    return whole


def _without_place(whole: Value, leaving: Value) -> Iterator[Value]:
    """The texts of a value that another one, united with it, does not say."""
    known = [item.text for item in whole.items or (whole,)]
    for item in leaving.items or (leaving,):
        if not any(with_caption(text, item.text) == text for text in known):
            yield item


def with_caption(caption: str, further: str) -> str:
    """A caption that says what two say; itself where it says that already."""
    if " ".join(further.split()) in " ".join(caption.split()):
        return caption
    return f"{caption}\n{further}" if caption.strip() else further


def _both(kept: Value, leaving: Value) -> Value:
    """Both values of one property; where they cannot both be, the kept one."""
    if kept == leaving or not leaving.says_something:
        return kept
    if not kept.says_something:
        return leaving
    if leaving.container and not kept.container and kept.fields is None:
        language = () if kept.language or leaving.container != "Alt" else _default_language()
        only = replace(kept, qualifiers=(*kept.qualifiers, *language))
        kept = Value(container=leaving.container, items=(only,))
    if kept.container and not leaving.container and leaving.fields is None:
        leaving = Value(container=kept.container, items=(leaving,))
    if kept.container and leaving.container:
        return replace(kept, items=(*kept.items, *_lacking(kept, leaving)))
    if kept.fields is not None and leaving.fields is not None:
        fields = dict(kept.fields)
        for name, value in leaving.fields:
            before = fields.get(name)
            fields[name] = value if before is None else _both(before, value)
        return replace(kept, fields=tuple(sorted(fields.items())))
    return kept


def _lacking(kept: Value, leaving: Value) -> Iterator[Value]:
    """The items that a list lacks; of alternatives, those in languages that it lacks."""
    known = set(kept.items)
    languages = {item.language for item in kept.items} if kept.container == "Alt" else set()
    languages.discard(None)
    for item in leaving.items:
        if item not in known and item.says_something and item.language not in languages:
            known.add(item)
            yield item


def _default_language() -> tuple[tuple[Name, Value], ...]:
    return ((_LANGUAGE, Value("x-default")),)


def _refuse_two_edits(own: Mapping[Name, Value], others: Mapping[Name, Value]) -> None:
    for space in _EDITS:
        before, further = _edits(own, space), _edits(others, space)
        if before and not further.items() <= before.items():
            raise SidecarError("sidecar.two_edits")


def _refuse_two_texts(own: Mapping[Name, Value], others: Mapping[Name, Value]) -> None:
    for name in _ONE_ONLY:
        if name in own and name in others and own[name].says_something:
            whole = _both(own[name], others[name])
            if any(True for _ in _without_place(whole, others[name])):
                raise SidecarError("sidecar.two_texts")


def _edits(said: Mapping[Name, Value], space: str) -> dict[Name, Value]:
    """What a program did to the picture."""
    return {
        name: value
        for name, value in said.items()
        if name[0].startswith(space)
        and name[1] not in _NO_EDITS.get(space, ())
        and value.says_something
        and not (space == _DARKTABLE and name[1] == "history_end" and _is_zero(value))
    }


def _rejects(rating: Value | None) -> bool:
    number = None if rating is None else _number(rating)
    return number is not None and number < 0


def _is_zero(value: Value) -> bool:
    return _number(value) == 0


def _number(value: Value) -> float | None:
    try:
        return float(value.text)
    except ValueError:
        return None


# ---------------------------------------------------------------------- reading RDF


def _fields(element: minidom.Element) -> Iterator[tuple[Name, Value]]:
    """The properties in an element: its attributes and what it contains."""
    for name, text in _attributes(element):
        if name[0] == XML:
            raise SidecarError("sidecar.no_xmp")  # a language for everything below
        if name[0] != RDF or name == _VALUE:
            yield name, Value(text)
        elif name[1] not in ("about", "parseType"):
            raise SidecarError("sidecar.no_xmp")
    for child in elements_of(element):
        yield _name(child), _value(child)


def _value(element: minidom.Element) -> Value:
    """What an element that stands for a property says."""
    address, structured, qualifiers, fields = _said_by_attributes(element)
    inside = elements_of(element)
    if structured:
        fields += [(_name(child), _value(child)) for child in inside]
    elif inside:
        node, *more = inside
        if more or fields or address is not None or text_of(element).strip():
            raise SidecarError("sidecar.no_xmp")
        if node.namespaceURI == RDF and node.localName in _LISTS:
            return _with(_list(node), qualifiers)
        if not is_named(node, RDF, "Description"):
            raise SidecarError("sidecar.no_xmp")
        fields = list(_fields(node))
    elif address is not None:
        return _with(Value(address, leads=True), [*qualifiers, *fields])
    elif not fields:
        return _with(Value(text_of(element)), qualifiers)
    if (value := dict(fields).get(_VALUE)) is not None:
        return _with(value, [*qualifiers, *(f for f in fields if f[0] != _VALUE)])
    return _with(Value(fields=_sorted(fields)), qualifiers)


def _said_by_attributes(
    element: minidom.Element,
) -> tuple[str | None, bool, list[tuple[Name, Value]], list[tuple[Name, Value]]]:
    """Address, whether a structure follows, qualifiers, and the fields of a structure."""
    address: str | None = None
    structured = False
    qualifiers: list[tuple[Name, Value]] = []
    fields: list[tuple[Name, Value]] = []
    for name, text in _attributes(element):
        if name == (RDF, "resource"):
            address = text
        elif name == (RDF, "parseType") and text == "Resource":
            structured = True
        elif name in (_LANGUAGE, (RDF, "datatype")):
            qualifiers.append((name, Value(text)))
        elif name[0] in (RDF, XML) and name != _VALUE:
            raise SidecarError("sidecar.no_xmp")
        else:
            fields.append((name, Value(text)))
    return address, structured, qualifiers, fields


def _list(node: minidom.Element) -> Value:
    items = []
    for child in elements_of(node):
        if child.namespaceURI != RDF:
            raise SidecarError("sidecar.no_xmp")
        items.append(_value(child))
    return Value(container=node.localName, items=tuple(items))


def _with(value: Value, qualifiers: Sequence[tuple[Name, Value]]) -> Value:
    if not qualifiers:
        return value
    return replace(value, qualifiers=_sorted([*value.qualifiers, *qualifiers]))


def _sorted(fields: Iterable[tuple[Name, Value]]) -> tuple[tuple[Name, Value], ...]:
    known: dict[Name, Value] = {}
    for name, value in fields:
        known[name] = value if name not in known else _both(known[name], value)
    return tuple(sorted(known.items(), key=lambda field: field[0]))


def _attributes(element: minidom.Element) -> Iterator[tuple[Name, str]]:
    for attribute in attributes_of(element):
        # Old files write about="" and resource="…" without a prefix.
        space = attribute.namespaceURI or RDF
        if space != XMLNS:
            yield (space, attribute.localName or attribute.name), attribute.value


def _name(element: minidom.Element) -> Name:
    if not element.namespaceURI:
        raise SidecarError("sidecar.no_xmp")
    return element.namespaceURI, element.localName


# ---------------------------------------------------------------------- writing RDF


def _write(
    dom: minidom.Document, changed: Mapping[Name, Value], prefixes: Mapping[str, str]
) -> None:
    """Say some properties of a document anew; everything else in it stays as it is."""
    for description in descriptions(dom):
        for space, local in changed:
            if description.hasAttributeNS(space, local):
                description.removeAttributeNS(space, local)
        for child in list(elements_of(description)):
            if _name(child) in changed:
                description.removeChild(child)
    writer = _Writer(dom, prefixes)
    added = writer.element((RDF, "Description"))
    about = next((d.getAttributeNS(RDF, "about") for d in descriptions(dom)), "")
    added.setAttributeNS(RDF, f"{writer.prefix(RDF)}:about", about)
    for name, value in changed.items():
        added.appendChild(writer.written(name, value))
    writer.declare(added)
    roots(dom)[0].appendChild(added)


class _Writer:
    """Writes values as elements, with one prefix for each namespace."""

    def __init__(self, dom: minidom.Document, prefixes: Mapping[str, str]) -> None:
        self._dom = dom
        self._known = prefixes
        self._used: dict[str, str] = {XML: "xml"}

    def prefix(self, space: str) -> str:
        if space not in self._used:
            wanted = "rdf" if space == RDF else self._known.get(space, "")
            number = 1
            while not wanted or wanted in self._used.values():
                wanted = f"ns{number}"
                number += 1
            self._used[space] = wanted
        return self._used[space]

    def element(self, name: Name) -> minidom.Element:
        space, local = name
        return self._dom.createElementNS(space, f"{self.prefix(space)}:{local}")

    def written(self, name: Name, value: Value) -> minidom.Element:
        """An element that says a property."""
        element = self.element(name)
        plain: list[tuple[Name, Value]] = []
        for qualifier, said in value.qualifiers:
            if qualifier in (_LANGUAGE, (RDF, "datatype")):
                prefix = self.prefix(qualifier[0])
                element.setAttributeNS(qualifier[0], f"{prefix}:{qualifier[1]}", said.text)
            else:
                plain.append((qualifier, said))
        if plain:
            self._structure(element)
            element.appendChild(self.written(_VALUE, replace(value, qualifiers=())))
            for further, inner in plain:
                element.appendChild(self.written(further, inner))
        elif value.leads:
            element.setAttributeNS(RDF, f"{self.prefix(RDF)}:resource", value.text)
        elif value.container:
            around = element.appendChild(self.element((RDF, value.container)))
            for item in value.items:
                around.appendChild(self.written((RDF, "li"), item))
        elif value.fields is not None:
            self._structure(element)
            for field, inner in value.fields:
                element.appendChild(self.written(field, inner))
        elif value.text:
            element.appendChild(self._dom.createTextNode(value.text))
        return element

    def _structure(self, element: minidom.Element) -> None:
        element.setAttributeNS(RDF, f"{self.prefix(RDF)}:parseType", "Resource")

    def declare(self, element: minidom.Element) -> None:
        """Say in `element` what the prefixes below it mean."""
        for space, prefix in self._used.items():
            if space != XML:
                element.setAttributeNS(XMLNS, f"xmlns:{prefix}", space)


def _prefixes(dom: minidom.Document) -> Iterator[tuple[str, str]]:
    """Namespace and prefix of each declaration in a document."""
    pending = [node for node in dom.childNodes if isinstance(node, minidom.Element)]
    while pending:
        node = pending.pop()
        for attribute in attributes_of(node):
            if attribute.namespaceURI == XMLNS and attribute.prefix == "xmlns":
                yield attribute.value, attribute.localName
        pending += list(elements_of(node))
