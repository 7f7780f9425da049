"""Carries what only a removed copy knows about a photo to the kept one, as an XMP sidecar.

Ratings, captions, keywords and places that the kept photo lacks go into ``NAME.EXT.xmp`` beside it
(as digiKam and darktable name it), or into the sidecar it has; never into the photo. What a sidecar
holds already is left as it is. Formats: XMP Specification parts 1 and 2 (ISO 16684-1), Exif 2.3,
IPTC-IIM 4.2.
"""

from __future__ import annotations

import logging
import math
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.dom import minidom

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import system_message
from photo_organizer.engine.files import unfinished, xmp_merging
from photo_organizer.engine.files.xmp_document import (
    DUBLIN_CORE,
    EMPTY,
    EXIF,
    MOST_BYTES,
    RDF,
    XML,
    XMP,
    SidecarError,
    degrees,
    descriptions,
    is_named,
    parse,
    roots,
    text_of,
    to_bytes,
)

_log = logging.getLogger(__name__)

SCAN_HEAD, SCAN_TAIL = 4 << 20, 1 << 20
"""So many bytes at both ends of a file are searched for an embedded packet."""

_PACKET = b"<x:xmpmeta", b"</x:xmpmeta>"
_IPTC_KEYWORDS, _IPTC_CAPTION = (2, 25), (2, 120)
_IMAGE_DESCRIPTION, _XP_KEYWORDS = 0x010E, 0x9C9E


@dataclass(frozen=True, slots=True)
class Metadata:
    """What people say about a photo."""

    rating: int | None = None
    """1 to 5 stars, or `XMP_REJECTED`; None: not rated."""
    description: str | None = None
    keywords: tuple[str, ...] = ()
    gps: tuple[float, float] | None = None
    """Latitude and longitude in degrees, south and west negative."""

    def plus(self, other: Metadata) -> Metadata:
        """This, and what it does not say from `other`; keywords of both."""
        return Metadata(
            self.rating or other.rating,
            self.description or other.description,
            tuple(dict.fromkeys((*self.keywords, *other.keywords))),
            self.gps or other.gps,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A sidecar to write."""

    path: Path
    previous: bytes | None
    """What is there now; None: nothing."""
    content: bytes
    """What is to be there."""


def read(photo: Photo, *, tolerant: bool = True) -> Metadata:
    """What people say about a photo: its sidecars first, then the photo itself.

    Args:
        photo: the photo.
        tolerant: passes over sidecars that cannot be read.

    Raises:
        SidecarError: a sidecar cannot be read or is no XMP, and that is not tolerated.
    """
    return _of_sidecars(_sidecars(photo.path), tolerant=tolerant).plus(read_embedded(photo))


def carry(leaving: Photo, kept: Photo) -> Change | None:
    """The sidecar of `kept` with what only `leaving` knows; None where that is nothing.

    The sidecar then says all that is known about the kept photo, because programs believe a
    sidecar rather than the photo. Two captions become one; of two other words the kept photo's
    stand. A rejection ("-1 stars") is not carried: it may be why the copy goes.

    Raises:
        SidecarError: the sidecar of the kept photo cannot be read or is no XMP.
    """
    sidecars = _sidecars(leaving.path)
    same_bytes = leaving.content_hash == kept.content_hash
    if same_bytes and not sidecars:
        return None
    given = _of_sidecars(sidecars, tolerant=True)
    if not same_bytes:
        given = given.plus(read_embedded(leaving))
    if (given.rating or 0) < 0:
        given = replace(given, rating=None)
    if given == Metadata():
        return None
    beside = _sidecars(kept.path)
    if any(path.is_symlink() and path.samefile(gone) for path in beside for gone in sidecars):
        raise SidecarError("sidecar.taken", name=beside[0].name)
    own = _of_sidecars(beside, tolerant=False).plus(read_embedded(kept))
    whole = own.plus(given)
    said = own.description or ""
    another = xmp_merging.with_caption(said, given.description or "") != said
    if whole == own and not another:
        return None
    path = beside[0] if beside else _new(kept.path)
    previous = read_bytes(path) if beside else None
    content = merged(previous, whole)
    if another:
        caption = merged(None, Metadata(description=given.description))
        content = xmp_merging.united(content, caption)
    return Change(path, previous, content)


def rating(
    photo: Photo, stars: int, at: Path | None = None, *, location: bool = True
) -> Change | None:
    """The sidecar that rates a photo; None where it is rated (or rejected) already.

    Args:
        photo: the photo.
        stars: 1 to 5, or `XMP_REJECTED`.
        at: a copy of the photo: its sidecar is meant, with all that is known of the photo.
        location: where it was taken is part of that.

    Raises:
        SidecarError: a sidecar of the photo cannot be read or is no XMP.
    """
    known = read(photo, tolerant=False)
    if known.rating and at is None:
        return None
    if not location:
        known = replace(known, gps=None)
    target = at or photo.path
    beside = _sidecars(target)
    path = beside[0] if beside else _new(target)
    previous = read_bytes(path) if beside else None
    return Change(path, previous, merged(previous, known.plus(Metadata(rating=stars))))


def merged(document: bytes | None, wanted: Metadata) -> bytes:
    """An XMP document (None: a new one) in which what it lacks of `wanted` is added.

    Raises:
        SidecarError: it is no XMP.
    """
    dom = parse(document or EMPTY)
    has = _metadata(dom)
    root, *_ = roots(dom)
    old = list(descriptions(dom))
    added = dom.createElementNS(RDF, "rdf:Description")
    for name, space in (("rdf", RDF), ("xmp", XMP), ("dc", DUBLIN_CORE), ("exif", EXIF)):
        added.setAttribute(f"xmlns:{name}", space)
    about = next((d.getAttributeNS(RDF, "about") for d in old), "")
    added.setAttributeNS(RDF, "rdf:about", about)
    if wanted.rating and not has.rating:
        _remove(dom, XMP, "Rating")
        added.setAttributeNS(XMP, "xmp:Rating", str(wanted.rating))
    if wanted.gps and not has.gps:
        for axis, name in enumerate(("GPSLatitude", "GPSLongitude")):
            _remove(dom, EXIF, name)
            added.setAttributeNS(EXIF, f"exif:{name}", _angle_text(wanted.gps[axis], axis))
    if wanted.description and not has.description:
        _remove(dom, DUBLIN_CORE, "description")
        items = [(wanted.description, "x-default")]
        added.appendChild(_list_property(dom, "dc:description", "rdf:Alt", items))
    keywords = dict.fromkeys((*has.keywords, *wanted.keywords))
    if len(keywords) > len(has.keywords):
        _remove(dom, DUBLIN_CORE, "subject")
        items = [(keyword, "") for keyword in keywords]
        added.appendChild(_list_property(dom, "dc:subject", "rdf:Bag", items))
    root.appendChild(added)
    return to_bytes(dom)


def write(path: Path, content: bytes) -> None:
    """Write a sidecar as a whole: a reader, or a crash, never meets half of it.

    Where `path` is a link, the file that it leads to is replaced and the link stays.

    Raises:
        SidecarError: it cannot be written; what was there is still there.
    """
    target = Path(os.path.realpath(path))
    try:
        with unfinished.beside(target) as whole:
            with whole.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, whole)
            whole.replace(target)
    except OSError as error:
        raise SidecarError("failures.technical", message=system_message(error)) from error


# ---------------------------------------------------------------------- what is there


def _sidecars(path: Path) -> list[Path]:
    """The sidecars of a photo, the one named after its whole name first."""
    names = (f"{path.name}.xmp", f"{path.name}.XMP", f"{path.stem}.xmp", f"{path.stem}.XMP")
    found: list[Path] = []
    for sidecar in (path.with_name(name) for name in names):
        # On drives that do not tell case apart, two names are one file.
        if sidecar.is_file() and not any(sidecar.samefile(other) for other in found):
            found.append(sidecar)
    return found


def _new(photo: Path) -> Path:
    """Where the first sidecar of a photo is to be.

    Raises:
        SidecarError: something else has that name, as a link that leads nowhere.
    """
    path = photo.with_name(photo.name + ".xmp")
    if os.path.lexists(path):
        raise SidecarError("sidecar.taken", name=path.name)
    return path


def _of_sidecars(paths: Iterable[Path], *, tolerant: bool) -> Metadata:
    known = Metadata()
    for path in paths:
        try:
            known = known.plus(_metadata(parse(read_bytes(path))))
        except SidecarError as error:
            if not tolerant:
                raise SidecarError("sidecar.of", name=path.name, why=error.reason) from error
            _log.info("%s left out: %s", path, error)
    return known


def read_embedded(photo: Photo) -> Metadata:
    """What the file of a photo says."""
    known = Metadata(rating=photo.exif.rating or None, gps=photo.exif.gps)
    try:
        with photo.path.open("rb") as file:
            data = file.read(SCAN_HEAD)
            rest = os.fstat(file.fileno()).st_size - len(data)
            file.seek(-min(rest, SCAN_TAIL), os.SEEK_END)
            tail = file.read(SCAN_TAIL) if rest else b""
    except OSError as error:
        _log.info("%s left out: %s", photo.path, error)
        return known
    packet = _packet(data) or _packet(tail)
    if packet:
        with suppress(SidecarError):  # a broken packet says nothing
            known = _metadata(parse(packet)).plus(known)
    return known.plus(_of_header(photo.path))


def has_packet(data: bytes) -> bool:
    """Whether `read_embedded` finds an XMP packet in a file of these bytes."""
    return bool(_packet(data[:SCAN_HEAD]) or _packet(data[SCAN_HEAD:][-SCAN_TAIL:]))


def _packet(data: bytes) -> bytes | None:
    """The first XMP packet in the bytes of a file."""
    start = data.find(_PACKET[0])
    end = data.find(_PACKET[1], start) if start >= 0 else -1
    return data[start : end + len(_PACKET[1])] if end >= 0 else None


def _of_header(path: Path) -> Metadata:
    """The caption and keywords of Exif and IPTC."""
    try:
        return _spoken(path)
    except Exception as error:  # noqa: BLE001 - parsers of strangers' bytes raise whatever they like
        _log.info("captions of %s left out: %s", path, error)
        return Metadata()


def _spoken(path: Path) -> Metadata:
    from PIL import Image, IptcImagePlugin

    from photo_organizer.engine.files import formats

    with path.open("rb") as file:
        if formats.is_raw(file.read(64), path.suffix):
            return Metadata()
    with Image.open(path) as image:
        tags = Image.Image.getexif(image)
        iptc: dict[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}
    in_words = tags.get(_XP_KEYWORDS)
    words = in_words.decode("utf-16-le", "replace") if isinstance(in_words, bytes) else ""
    listed = iptc.get(_IPTC_KEYWORDS) or []
    keywords = [_text(k) for k in (listed if isinstance(listed, list) else [listed])]
    keywords += [_text(k) for k in words.split(";")]
    caption = _text(iptc.get(_IPTC_CAPTION)) or _text(tags.get(_IMAGE_DESCRIPTION))
    return Metadata(description=caption or None, keywords=tuple(filter(None, keywords)))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    # Control characters are no text, and no XML.
    return (
        "".join(c for c in value if c.isprintable() or c == "\n").strip()
        if isinstance(value, str)
        else ""
    )


def read_bytes(path: Path) -> bytes:
    """A sidecar, whatever is in it.

    Raises:
        SidecarError: it cannot be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SidecarError("failures.technical", message=system_message(error)) from error
    if len(data) > MOST_BYTES:
        raise SidecarError("sidecar.large")
    return data


# ---------------------------------------------------------------------- XML


def _metadata(dom: minidom.Document) -> Metadata:
    rating = _number(_simple(dom, XMP, "Rating"))
    latitude = _angle(_simple(dom, EXIF, "GPSLatitude"), "NS", 90)
    longitude = _angle(_simple(dom, EXIF, "GPSLongitude"), "EW", 180)
    described = _items(dom, "description") or _texts(_simple(dom, DUBLIN_CORE, "description"))
    return Metadata(
        rating=min(max(round(rating), -1), 5) or None if rating is not None else None,
        description=next(iter(described), None),
        keywords=tuple(dict.fromkeys(_items(dom, "subject"))),
        gps=None if latitude is None or longitude is None else (latitude, longitude),
    )


def _properties(dom: minidom.Document, space: str, name: str) -> Iterator[minidom.Element]:
    for description in descriptions(dom):
        for child in description.childNodes:
            if isinstance(child, minidom.Element) and is_named(child, space, name):
                yield child


def _simple(dom: minidom.Document, space: str, name: str) -> str:
    """The value of a property, which may be an attribute or an element."""
    for description in descriptions(dom):
        if description.hasAttributeNS(space, name):
            return description.getAttributeNS(space, name).strip()
    return next((_inner(element) for element in _properties(dom, space, name)), "")


def _items(dom: minidom.Document, name: str) -> list[str]:
    """The items of a list property of Dublin Core."""
    return [
        text
        for element in _properties(dom, DUBLIN_CORE, name)
        for item in element.getElementsByTagNameNS(RDF, "li")
        if (text := _inner(item))
    ]


def _texts(text: str) -> list[str]:
    return [text] if text else []


def _inner(element: minidom.Element) -> str:
    return text_of(element).strip()


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _angle(text: str, sides: str, limit: int) -> float | None:
    """Degrees on one of these sides; None where it is another, or more than there are."""
    found = degrees(text)
    return found[0] if found and found[1] in sides and abs(found[0]) <= limit else None


def _angle_text(degrees: float, axis: int) -> str:
    side = ("NS", "EW")[axis][degrees < 0]
    minutes = round(abs(degrees) * 60, 6)
    return f"{int(minutes // 60)},{minutes % 60:.6f}{side}"


def _remove(dom: minidom.Document, space: str, name: str) -> None:
    for description in descriptions(dom):
        if description.hasAttributeNS(space, name):
            description.removeAttributeNS(space, name)
        for element in [c for c in description.childNodes if is_named(c, space, name)]:
            description.removeChild(element)


def _list_property(
    dom: minidom.Document, name: str, container: str, items: Iterable[tuple[str, str]]
) -> minidom.Element:
    """A property with a list of (text, language)."""
    around = dom.createElementNS(DUBLIN_CORE, name)
    inside = around.appendChild(dom.createElementNS(RDF, container))
    for text, language in items:
        item = inside.appendChild(dom.createElementNS(RDF, "rdf:li"))
        if language:
            item.setAttributeNS(XML, "xml:lang", language)
        item.appendChild(dom.createTextNode(text))
    return around
