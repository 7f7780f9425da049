"""Takes out of a file what keeps readers from a whole picture: junk beside it, words without end.

Nothing here invents pixels. Every answer holds the same compressed picture as the file; what is
left out is not needed to see it.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import Final

_JUNK: Final = 256
"""Bytes. More before a JPEG is another file that carries a picture (a MacBinary head takes 128)."""
_JPEG_START: Final = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]")
_PNG_HEAD: Final = 8
"""Bytes before the first chunk."""

_WITHOUT_BODY: Final = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers of JPEG that stand alone."""
_NO_FRAMES: Final = frozenset((0xC4, 0xC8, 0xCC))
_SCAN, _END = 0xDA, 0xD9

_LONGEST_WORDS: Final = 1_000_000
"""Bytes of one chunk of a PNG when unpacked: what Pillow reads of words and profiles."""
_LONGEST_ALL_WORDS: Final = 16_000_000
"""Bytes of all words together, when unpacked."""
_COMPRESSED: Final = frozenset((b"zTXt", b"iTXt", b"iCCP"))
_LENGTHS: Final = {
    b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4, b"pHYs": 9, b"tIME": 7, b"acTL": 8, b"fcTL": 26
}  # fmt: skip
_WORDS: Final = frozenset((b"tEXt", b"zTXt", b"iTXt"))


def readable(data: bytes, format_: str | None) -> bytes:
    """The same picture in bytes that decoders take; `data` itself where nothing is in the way.

    Args:
        data: the whole file.
        format_: Pillow's name of its format.
    """
    match format_:
        case "PNG":
            return _plain_png(data)
        case "WEBP":
            return _plain_webp(data)
        case "BMP":
            return _plain_bmp(data)
    start = jpeg_start(data) if format_ == "JPEG" else None
    return data if start is None else _plain_jpeg(data[start:] if start else data)


def jpeg_start(data: bytes) -> int | None:
    """Where a JPEG begins: at once, or after a little junk; None where there is none."""
    if data.startswith(b"\xff\xd8\xff"):
        return 0
    found = _JPEG_START.search(data, 0, _JUNK + 4)
    return found.start() if found else None


def jpeg_bits(data: bytes) -> int | None:
    """How many bits a sample of a JPEG has, as its header says; None where it does not say."""
    at = 2
    while at + 5 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            return data[at + 4]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _plain_jpeg(data: bytes) -> bytes:
    """Without junk between the segments before the first scan."""
    kept: list[bytes] = []
    since = 0
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF or data[at + 1] in (0x00, 0xFF):
            following = at + 1
            if data[at] == 0xFF and data[at + 1] == 0xFF:
                at = following  # any number of these may stand before a marker
                continue
            while following + 2 <= len(data) and not (
                data[following] == 0xFF and data[following + 1] >= 0xC0
            ):
                following += 1
                if following - at > _JUNK:
                    return data  # a broken length, rather than junk: whoever decodes it says so
            kept.append(data[since:at])
            since = at = following
            continue
        marker = data[at + 1]
        if marker in (_SCAN, _END):
            break
        at += 2 if marker in _WITHOUT_BODY else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    if not kept:
        return data
    return b"".join((*kept, data[since:]))


def _plain_png(data: bytes) -> bytes:
    """Without words and profiles that are broken or unpack to more than anybody reads."""
    kept: list[bytes] = []
    since = 0
    at = _PNG_HEAD
    left = _LONGEST_ALL_WORDS
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if name == b"IEND" or end > len(data):
            break
        if name[0] & 0x20:  # a lower letter: the picture can be seen without it
            body = data[at + 8 : end - 4]
            size = _unpacked_size(name, body)
            if name in _WORDS:
                left -= size
            sound = zlib.crc32(body, zlib.crc32(name)) == int.from_bytes(data[end - 4 : end], "big")
            sound = sound and _LENGTHS.get(name, length) == length
            if not sound or size > _LONGEST_WORDS or (left < 0 and name in _WORDS):
                kept.append(data[since:at])
                since = end
        at = end
    return b"".join((*kept, data[since:])) if kept else data


def _unpacked_size(name: bytes, body: bytes) -> int:
    """Bytes of a chunk when unpacked, counted no further than needed."""
    if name not in _COMPRESSED:
        return len(body)
    keyword, _, rest = body.partition(b"\0")
    if name == b"iTXt":
        if rest[:1] != b"\1":
            return len(body)
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    else:
        rest = rest[1:]
    try:
        return len(keyword) + len(zlib.decompressobj().decompress(rest, _LONGEST_WORDS + 1))
    except zlib.error:
        return _LONGEST_WORDS + 1


def _plain_webp(data: bytes) -> bytes:
    """With the true length in its head, and without what was cut behind the picture."""
    at, pictures = 12, 0
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        end = at + 8 + size
        if end > len(data):
            if name in _WEBP_PICTURES or not pictures:
                return data  # the picture itself is cut
            break
        pictures += name in _WEBP_PICTURES
        at = min(end + size % 2, len(data))
    said = int.from_bytes(data[4:8], "little")
    if not pictures or at <= said + 8 <= len(data):
        return data
    return b"RIFF" + struct.pack("<I", at - 8) + data[8:at]


_WEBP_PICTURES: Final = frozenset((b"VP8 ", b"VP8L", b"ANMF"))

_BMP_HEAD, _BMP_SHORT, _BMP_USUAL = 14, 16, 40
"""Bytes of the head of the file, of the shortest head of OS/2 and of the usual one of a picture."""


def is_bmp(data: bytes) -> bool:
    """Whether it begins as a BMP does, alone or in an array of OS/2."""
    if data[:2] == b"BA":
        data = data[_BMP_HEAD:]
    return data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADS


_BMP_HEADS: Final = frozenset((12, 16, 40, 52, 56, 64, 108, 124))


def _plain_bmp(data: bytes) -> bytes:
    """The first of an array, with a head that readers know."""
    moved = 0
    if data[:2] == b"BA":
        data, moved = data[_BMP_HEAD:], -_BMP_HEAD
    if len(data) < 18:
        return data
    (pixels, head) = struct.unpack_from("<II", data, 10)
    more = b""
    if head == _BMP_SHORT:
        head, more = _BMP_USUAL, bytes(_BMP_USUAL - _BMP_SHORT)
    if not moved and not more:
        return data
    places = struct.pack("<II", max(0, pixels + moved + len(more)), head)
    return data[:10] + places + data[18:30] + more + data[30:]
