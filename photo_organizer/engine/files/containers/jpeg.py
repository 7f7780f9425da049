"""JPEG files: the segments around the picture, and what follows its end.

Formats: ITU-T T.81 annex B, Exif 2.32 4.7, XMP part 3 1.1.3, CIPA DC-007 (several pictures),
Adobe Photoshop file formats (image resources).
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from photo_organizer.engine.files.containers.contents import DIGEST_BYTES, Contents

_EXIF: Final = b"Exif\0"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE: Final = b"http://ns.adobe.com/xmp/extension/\0"
_MOST_XMP: Final = 64 << 20
_RESOURCES: Final = b"Photoshop 3.0\0"
_SEVERAL: Final = b"MPF\0"
_GAIN_MAP: Final = b"urn:iso:std:iso:ts:21496:-1\0"

_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_ADOBE: Final = 0xEE
_FRAMES: Final = frozenset((*range(0xC0, 0xD0),)) - {0xC4, 0xC8, 0xCC}
_PICTURE: Final = frozenset((*_FRAMES, 0xC4, 0xCC, 0xDB, 0xDC, 0xDD, _SCAN, _ADOBE))
"""Markers of the segments that change the pixels: frames, tables, intervals, scans, Adobe's."""
_WITHOUT_LENGTH: Final = frozenset((0x01, *range(0xD0, 0xD9)))
_MARKER: Final = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff])")
"""The next marker behind a scan, in which each byte 255 is followed by 0 or by a restart."""
_ENDS_A_SCAN: Final = ~np.isin(np.arange(256), (0, 0xFF, *range(0xD0, 0xD8)))
"""The same by the byte that follows 255: numpy looks five times as fast through long scans."""
_PIECE: Final = 1 << 18
"""Bytes of a scan that are looked through at once: they fit the processor's cache."""

_MOST_SEGMENTS: Final = 20_000

_IPTC, _COPYRIGHTED, _ADDRESS = 0x0404, 0x040A, 0x040B
_PATHS: Final = range(0x07D0, 0x0BB7)
"""Clipping paths: somebody drew them."""

LARGE_PREVIEWS: Final = frozenset((0x010001, 0x010002))
"""Kinds of pictures (CIPA DC-007, table 4) that show the first one smaller."""


@dataclass(slots=True)
class Jpeg:
    """One JPEG picture and the segments around it."""

    start: int
    end: int
    """Behind its end marker, or where the file ends without one."""
    coded: bytes = b""
    """Digest of everything that changes the pixels."""
    bits: int = 8
    exif: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)
    comments: list[bytes] = field(default_factory=list)
    resources: list[tuple[str, bytes]] = field(default_factory=list)
    others: list[tuple[str, bytes]] = field(default_factory=list)
    """Segments that this program cannot read, by their kind."""
    several: dict[int, int] = field(default_factory=dict)
    """Kinds of further pictures in the file (CIPA DC-007, 5.2.3.3.1) by where they begin."""
    has_gain: bool = False
    """It says how a gain map is applied (ISO 21496-1): it is one, or has one."""


def read(data: bytes, start: int = 0) -> Jpeg | None:
    """The JPEG picture that begins at `start`; None where none does."""
    if data[start : start + 3] != b"\xff\xd8\xff":
        return None
    picture = Jpeg(start, len(data))
    digest = hashlib.sha256()
    pieces: dict[bytes, list[tuple[int, bytes]]] = {}
    letters = jfif = False
    at = start + 2
    view = memoryview(data)
    for _ in range(_MOST_SEGMENTS):
        marker, at = _next_marker(data, at)
        if marker in (0, _END):
            picture.end = at
            break
        if marker in _WITHOUT_LENGTH:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        stop = min(at + max(length, 2), len(data))
        body = data[at + 2 : stop]
        if marker in _PICTURE and (marker != _ADOBE or body.startswith(b"Adobe")):
            digest.update(bytes((marker,)))
            digest.update(body)
        if marker == _SCAN:
            last = stop
            stop = _end_of_scan(data, stop)
            digest.update(view[last:stop])
        elif marker in _FRAMES and len(body) > 5:
            picture.bits = body[0]
            letters = body[6::3] == b"RGB"
        elif marker == 0xE0:
            jfif |= body.startswith(b"JFIF")
        elif marker == _COMMENT:
            picture.comments.append(body)
        elif 0xE1 <= marker <= 0xEF:
            _read_application(picture, marker, body, at + 2, pieces)
        at = stop
    else:
        picture.end = min(at, len(data))  # so many segments are no picture
    digest.update(bytes((bool(letters and jfif),)))  # RGB letters mean less than JFIF
    picture.coded = digest.digest()[:DIGEST_BYTES]
    picture.xmp += [_joined(parts) for parts in pieces.values()]
    return picture


def fill(contents: Contents, picture: Jpeg) -> None:
    """Note what the segments of a picture say."""
    contents.bits = picture.bits if 8 < picture.bits <= 16 else 8
    contents.coded = picture.coded
    contents.exif += picture.exif
    contents.xmp += picture.xmp
    contents.iptc += picture.iptc
    contents.texts += [("comment", comment) for comment in picture.comments]
    for name, body in (*picture.resources, *picture.others):
        contents.unknown(name, body)


def resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each of Photoshop's image resources."""
    at = 0
    while data[at : at + 4] == b"8BIM":
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        name = data[at + 6] if at + 6 < len(data) else 0
        head = at + 6 + (name + 2) // 2 * 2
        size = int.from_bytes(data[head : head + 4], "big")
        yield number, data[head + 4 : head + 4 + size]
        at = head + 4 + (size + 1) // 2 * 2


def read_resources(data: bytes) -> tuple[list[bytes], list[tuple[str, bytes]]]:
    """IPTC blocks, and what else people put into Photoshop's image resources, by its name."""
    iptc, others = [], []
    for number, body in resources(data):
        if number == _IPTC:
            iptc.append(body)
        elif number in (_ADDRESS, *_PATHS) or (number == _COPYRIGHTED and any(body)):
            others.append((f"resource {number}", body))
    return iptc, others


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at or after `at`, and where its segment begins; 0 at the end of the file."""
    if data[at : at + 1] != b"\xff" or data[at + 1 : at + 2] in (b"\0", b"\xff", b""):
        found = _MARKER.search(data, at)
        if found is None:
            return 0, len(data)
        return (data[found.end()], found.end() + 1) if found.end() < len(data) else (0, len(data))
    return data[at + 1], at + 2


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the compressed data that begins there ends: at the next marker."""
    for start in range(at, len(data) - 1, _PIECE):
        piece = np.frombuffer(data, np.uint8, min(_PIECE + 1, len(data) - start), start)
        full = np.flatnonzero(piece[:-1] == 0xFF)
        ends = full[_ENDS_A_SCAN[piece[full + 1]]]
        if ends.size:
            return start + int(ends[0])
    return len(data) - data.endswith(b"\xff", at)


def _read_application(
    picture: Jpeg,
    marker: int,
    body: bytes,
    at: int,
    pieces: dict[bytes, list[tuple[int, bytes]]],
) -> None:
    """Note an application's segment, whose body begins at `at`."""
    if marker == 0xE1 and body.startswith(_EXIF):
        picture.exif.append(body[6:])
    elif marker == 0xE1 and body.startswith(_XMP):
        picture.xmp.append(body[len(_XMP) :])
    elif marker == 0xE1 and body.startswith(_XMP_MORE):
        head = len(_XMP_MORE)
        offset = int.from_bytes(body[head + 36 : head + 40], "big")
        pieces.setdefault(body[head : head + 32], []).append((offset, body[head + 40 :]))
    elif marker == 0xE2 and body.startswith(_SEVERAL):
        picture.several.update(_several(body[4:], at + 4))
    elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
        pass  # the profile is judged by what it does
    elif marker == 0xE2 and body.startswith(_GAIN_MAP):
        picture.has_gain = True
    elif marker == 0xED and body.startswith(_RESOURCES):
        iptc, others = read_resources(body[len(_RESOURCES) :])
        picture.iptc += iptc
        picture.resources += others
    elif marker not in (0xE0, 0xEE) and not body.startswith((b"Ducky", b"JFIF", b"JFXX")):
        picture.others.append((f"segment {marker & 15}", body))


def _joined(parts: list[tuple[int, bytes]]) -> bytes:
    """The pieces of a long XMP document in their order."""
    parts.sort()
    joined = b"".join(part for _, part in parts)
    return joined if len(joined) <= _MOST_XMP else joined[:_MOST_XMP]


def _several(body: bytes, at: int) -> dict[int, int]:
    """Kinds of the further pictures by where they begin (CIPA DC-007, 5.2.3)."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(body[:4])
    if order is None:
        return {}
    found: dict[int, int] = {}
    try:
        (directory,) = struct.unpack_from(order + "I", body, 4)
        (count,) = struct.unpack_from(order + "H", body, directory)
        for n in range(min(count, 64)):
            tag, _, size, value = struct.unpack_from(order + "HHII", body, directory + 2 + 12 * n)
            if tag != 0xB002:
                continue
            for entry in range(min(size // 16, 64)):
                kind, _, offset = struct.unpack_from(order + "III", body, value + 16 * entry)
                if offset:
                    found[at + offset] = kind & 0xFFFFFF
    except struct.error:
        pass  # a broken list names no more pictures: each is then taken for one
    return found
