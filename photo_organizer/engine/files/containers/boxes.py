"""HEIF and AVIF files: their boxes, and the items that lie in them.

Formats: ISO/IEC 14496-12 (boxes), 23008-12 (items), 21496-1 (gain maps). libheif, which decodes
them, tells neither where a picture's bytes lie nor what follows the last box.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from photo_organizer.engine.domain.holdings import Extra
from photo_organizer.engine.files.containers import trailers
from photo_organizer.engine.files.containers.contents import DIGEST_BYTES, Contents

_MOST_BOXES: Final = 4096
_MOST_ITEMS: Final = 4096

_STRUCTURE: Final = frozenset((b"ftyp", b"meta", b"mdat", b"free", b"skip", b"wide"))
_FILM_PARTS: Final = frozenset((b"moov", b"moof", b"mfra", b"sidx"))
_CODESTREAM_STRUCTURE: Final = frozenset(
    (b"jP  ", b"JXL ", b"ftyp", b"jp2h", b"jxll", b"jxli", b"jbrd", b"free", b"rreq")
)
_SEQUENCES: Final = (b"avis", b"msf1", b"hevc", b"hevx")
_TURNS_AND_CODING: Final = frozenset(
    (b"hvcC", b"av1C", b"avcC", b"jpgC", b"j2kH", b"vvcC", b"ispe", b"pixi", b"irot", b"imir",
     b"clap")
)  # fmt: skip
"""Properties without which the compressed data is no upright picture."""
_DEPTHS: Final = (b"depth", b"disparity", b"matte")

_Span = tuple[int, int]
"""Where something begins and ends in the file."""


@dataclass(slots=True)
class _Item:
    """One item of a file."""

    kind: bytes = b""
    name: bytes = b""
    """The rest of its entry: names, and for "mime" the type of content."""
    parts: list[_Span] = field(default_factory=list)
    properties: list[tuple[bytes, bytes]] = field(default_factory=list)


@dataclass(slots=True)
class _Items:
    """All items, and how they hang together."""

    primary: int = 0
    of: dict[int, _Item] = field(default_factory=dict)
    references: dict[tuple[bytes, int], list[int]] = field(default_factory=dict)
    """To which items, by their kind and the item they start from."""
    left: int = 0
    """Bytes that may still be looked at: parts that lie over one another are made to cost time."""

    def referred(self, kind: bytes, item: int) -> list[int]:
        """What one item refers to."""
        return self.references.get((kind, item), [])


def read(contents: Contents, data: bytes) -> None:
    """Note what the boxes of a file hold."""
    at = 0
    film: list[_Span] = []
    for kind, start, end in _walk(data, 0, len(data)):
        at = end
        if kind == b"meta":
            _read_items(contents, data, _items(data, start + 4, end))
        elif kind == b"mpvd":
            contents.add(Extra.FILM, memoryview(data)[start:end])
        elif kind == b"sefd":
            trailers.read(contents, data, start)
        elif kind in _FILM_PARTS:
            film.append((start, end))
        elif kind not in _STRUCTURE:
            contents.unknown(f"box {kind!r}", memoryview(data)[start:end])
    is_sequence = data[8:12] in _SEQUENCES
    if not is_sequence:
        for start, end in film[:1]:
            contents.add(Extra.FILM, memoryview(data)[start:end])
    if at < len(data):
        trailers.read(contents, data, at)


def read_codestream(contents: Contents, data: bytes) -> None:
    """Note what a JPEG 2000 or JPEG XL file holds, in boxes or bare (ISO/IEC 15444-1, 18181-2)."""
    digest = hashlib.sha256()
    view = memoryview(data)
    at = 0 if data[4:8] in (b"jP  ", b"JXL ") else len(data)
    if at:
        digest.update(view)
    for kind, start, end in _walk(data, at, len(data)):
        at = end
        if kind in (b"jp2c", b"jxlc", b"jxlp"):
            digest.update(view[start:end])
        elif kind == b"Exif":
            contents.exif.append(data[start + 4 : end].removeprefix(b"Exif\0\0"))
        elif kind == b"xml ":
            contents.xmp.append(data[start:end])
        elif kind not in _CODESTREAM_STRUCTURE:
            contents.unknown(f"box {kind!r}", view[start:end])
    contents.coded = digest.digest()[:DIGEST_BYTES]
    size = data.find(b"\xff\x4f\xff\x51", 0, 65536)
    if 0 <= size < len(data) - 42:
        contents.bits = max((data[size + 42] & 0x7F) + 1, 8)
    if at < len(data):
        trailers.read(contents, data, at)


def _walk(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind of each box, and where its body begins and ends; nothing from the first broken one."""
    for _ in range(_MOST_BOXES):
        if start + 8 > stop:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= stop:
            (size,) = struct.unpack_from(">Q", data, start + 8)
            head = 16
        elif size == 0:
            size = stop - start
        if size < head or start + size > stop or not kind.rstrip().isalnum():
            return
        yield kind, start + head, start + size
        start += size


def _items(data: bytes, start: int, stop: int) -> _Items:
    """The items that a box "meta" lists."""
    found = _Items(left=4 * len(data))
    idat = 0
    boxes = list(_walk(data, start, stop))
    for kind, at, _ in boxes:
        if kind == b"idat":
            idat = at
    for kind, at, end in boxes:
        version = data[at]
        if kind == b"pitm":
            found.primary = int.from_bytes(data[at + 4 : at + (8 if version else 6)], "big")
        elif kind == b"iinf":
            for sub, inner, inner_end in _walk(data, at + (8 if version else 6), end):
                if sub == b"infe":
                    _read_entry(found, data[inner:inner_end])
        elif kind == b"iref":
            for sub, inner, inner_end in _walk(data, at + 4, end):
                _read_reference(found, sub, data[inner:inner_end], 4 if version else 2)
        elif kind == b"iloc":
            _read_places(found, data[at:end], idat)
        elif kind == b"iprp":
            _read_properties(found, data, at, end)
    return found


def _read_entry(found: _Items, entry: bytes) -> None:
    wide = entry[0] >= 3
    number = int.from_bytes(entry[4 : 8 if wide else 6], "big")
    at = 10 if wide else 8
    if len(found.of) < _MOST_ITEMS:
        item = found.of.setdefault(number, _Item())
        item.kind, item.name = entry[at : at + 4], entry[at + 4 :]


def _read_reference(found: _Items, kind: bytes, body: bytes, width: int) -> None:
    source = int.from_bytes(body[:width], "big")
    count = int.from_bytes(body[width : width + 2], "big")
    places = range(width + 2, width + 2 + min(count, _MOST_ITEMS) * width, width)
    targets = [int.from_bytes(body[at : at + width], "big") for at in places]
    if len(found.references) < _MOST_ITEMS:
        found.references.setdefault((kind, source), []).extend(targets)


def _read_places(found: _Items, box: bytes, idat: int) -> None:
    """Where the data of each item lies (box "iloc")."""
    version = box[0]
    offset_size, length_size = box[4] >> 4, box[4] & 15
    base_size, index_size = box[5] >> 4, box[5] & 15 if version else 0
    at = 6
    wide = 4 if version == 2 else 2

    def number(size: int) -> int:
        nonlocal at
        at += size
        if at > len(box):
            raise ValueError("a list cut short")
        return int.from_bytes(box[at - size : at], "big")

    extents = 0
    for _ in range(min(number(wide), _MOST_ITEMS)):
        item = found.of.setdefault(number(wide), _Item())
        method = number(2) & 15 if version else 0
        number(2)  # which file
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size)
            start = base + number(offset_size) + (idat if method == 1 else 0)
            length = number(length_size)
            extents += 1
            if method < 2 and extents < _MOST_ITEMS:
                item.parts.append((start, start + length))


def _read_properties(found: _Items, data: bytes, start: int, stop: int) -> None:
    """Which properties each item has (boxes "ipco" and "ipma")."""
    boxes = list(_walk(data, start, stop))
    known = [
        (kind, data[inner:inner_end])
        for box, at, end in boxes if box == b"ipco"
        for kind, inner, inner_end in _walk(data, at, end)
    ]  # fmt: skip
    for box, at, end in boxes:
        if box == b"ipma":
            _give_properties(found, data[at:end], known)


def _give_properties(found: _Items, box: bytes, known: list[tuple[bytes, bytes]]) -> None:
    """Note which of the known properties each item has (box "ipma")."""
    wide, long = 4 if box[0] else 2, box[3] & 1
    place = 8
    for _ in range(min(int.from_bytes(box[4:8], "big"), _MOST_ITEMS)):
        if place + wide >= len(box):
            return
        item = found.of.setdefault(int.from_bytes(box[place : place + wide], "big"), _Item())
        many = box[place + wide]
        place += wide + 1
        for _ in range(many):
            index = int.from_bytes(box[place : place + 1 + long], "big")
            index &= 0x7FFF if long else 0x7F
            place += 1 + long
            if 1 <= index <= len(known) and len(item.properties) < 64:
                item.properties.append(known[index - 1])


def _read_items(contents: Contents, data: bytes, found: _Items) -> None:
    primary = found.of.get(found.primary)
    for item in found.of.values():
        if item.kind == b"Exif":
            block = _joined(data, item)
            skip = int.from_bytes(block[:4], "big")
            contents.exif.append(block[4 + skip :].removeprefix(b"Exif\0\0"))
        elif item.kind == b"mime":
            if b"application/rdf+xml" in item.name:
                contents.xmp.append(_joined(data, item))
            else:
                contents.unknown("item", _joined(data, item))
    for number, item in found.of.items():
        if found.referred(b"auxl", number):
            _read_auxiliary(contents, data, found, number)
        elif item.kind == b"tmap":
            inputs = found.referred(b"dimg", number)
            contents.extras.append((Extra.GAIN_MAP, _digest(data, found, [number, *inputs[1:]])))
    if primary is not None:
        contents.bits = _bits(primary, found)
        contents.coded = _digest(data, found, [found.primary])


def _read_auxiliary(contents: Contents, data: bytes, found: _Items, number: int) -> None:
    """Note a picture that is not to be shown, by the kind that it names."""
    said = next((body for kind, body in found.of[number].properties if kind == b"auxC"), b"")
    digest = _digest(data, found, [number])
    if b"hdrgainmap" in said:
        contents.extras.append((Extra.GAIN_MAP, digest))
    elif any(clue in said for clue in _DEPTHS) or b"auxid:2" in said:
        contents.extras.append((Extra.DEPTH_MAP, digest))
    elif b"alpha" not in said and b"auxid:1" not in said:
        contents.opaque.append((f"auxiliary {said[4:].decode('ascii', 'replace')}", digest))


def _bits(primary: _Item, found: _Items) -> int:
    items = [primary, *(found.of.get(n, _Item()) for n in found.referred(b"dimg", found.primary))]
    deepest = 8
    for item in items[:2]:
        for kind, body in item.properties:
            if kind == b"pixi":
                deepest = max(deepest, *body[5 : 5 + body[4]], 8)
            elif kind == b"av1C" and len(body) > 2 and body[2] & 0x40:
                deepest = max(deepest, 12 if body[2] & 0x20 else 10)
    return min(deepest, 16)


def _digest(data: bytes, found: _Items, numbers: list[int]) -> bytes:
    """Digest of the compressed data of items, with those they are made of, and how to read it."""
    digest = hashlib.sha256()
    view = memoryview(data)
    waiting = list(numbers)
    for _ in range(_MOST_ITEMS):
        if not waiting:
            break
        number = waiting.pop(0)
        item = found.of.get(number, _Item())
        if item.kind != b"tmap":
            waiting += found.referred(b"dimg", number)
        digest.update(item.kind)
        for kind, body in item.properties:
            if kind in _TURNS_AND_CODING:
                digest.update(kind + body)
        for start, end in item.parts:
            found.left -= max(end - start, 0)
            if found.left < 0:
                return b""
            digest.update(view[start:end])
    return digest.digest()[:DIGEST_BYTES]


def _joined(data: bytes, item: _Item) -> bytes:
    joined = b"".join(data[start:end] for start, end in item.parts[:64])
    return joined if len(joined) <= len(data) else joined[: len(data)]
