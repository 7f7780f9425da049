"""JPEG to pixels, shrunk while decoding: whole pictures however oddly they end, no cut ones.

libjpeg-turbo remarks on whatever is odd, with one sentence for the first oddity. Some are harmless,
some mean that part of the picture is not there; here they are told apart.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import simplejpeg

from photo_organizer.engine.domain.facts import Pixels, UnreadableError

_MOST_SCANS: Final = 200
_SCAN_HEAD: Final = re.compile(rb"\xff\xda\x00[\x06\x08\x0a\x0c]")
"""The head of one scan. Cameras write about ten; thousands are an attack on our time."""

_NO_END: Final = "premature end of jpeg"
_STRAY: Final = "extraneous bytes"
_DAMAGE: Final = ("bad huffman", "premature end of data", "instead of rst", "bad arithmetic")

_END: Final = b"\xff\xd9"
_LONGEST_TAIL: Final = 64
"""Bytes that may stand in the place of the end marker. Of a cut picture they could feign no more
than a few blocks."""

_BLANK: Final = frozenset(b"\0\t\n ")
_GOES_ON: Final = frozenset(b"\r\xff")
"""Bytes that stand where a copy was interrupted. None of `_BLANK` ends a scan but by rare chance;
those of `_GOES_ON` may, and are filling where more of it follows."""

_NEXT_MARKER: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_RESTART: Final = re.compile(rb"\xff[\xd0-\xd7]")
_FRAMES: Final = frozenset(set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC})
_ARITHMETIC: Final = frozenset(range(0xC9, 0xD0))
_SCAN, _LAST, _INTERVAL = 0xDA, 0xD9, 0xDD
_PROGRESSIVE: Final = frozenset((0xC2, 0xC6, 0xCA, 0xCE))


def decoded(
    data: bytes, size: tuple[int, int], factor: int, *, colours: str = "RGB", lenient: bool = False
) -> Pixels | None:
    """The picture shrunk by `factor`.

    Args:
        data: the file, with the JPEG at its beginning.
        size: width and height, as its header says.
        factor: 1, 2, 4 or 8.
        colours: RGB, or CMYK for a file that holds that.
        lenient: show what there is of a damaged file.

    Returns:
        (H, W, 3 or 4) uint8; None where libjpeg-turbo remarks on something that says nothing about
        the picture: a more patient reader shall decide.

    Raises:
        UnreadableError: part of the picture is missing or damaged.
    """
    if scans(data) > _MOST_SCANS:
        raise UnreadableError("files.corrupt", format="JPEG")
    least = (-(-size[0] // factor), -(-size[1] // factor))
    pixels, complaint = _tried(data, least, colours, strict=not lenient)
    if pixels is not None:
        return pixels
    mended = None
    if _NO_END in complaint:
        mended = _with_end(data)
        if mended is None:
            raise UnreadableError("files.truncated", format="JPEG")
    elif _STRAY in complaint or any(clue in complaint for clue in _DAMAGE):
        mended = _with_restarts_in_order(data)
    if mended is not None:
        pixels, still = _tried(mended, least, colours)
        if pixels is not None:
            return pixels
        complaint = still or complaint
    # Bytes that no block took are stray, unless a marker behind them was missed.
    if any(clue in complaint for clue in _DAMAGE) or not _has_all_restarts(data):
        raise UnreadableError("files.corrupt", format="JPEG")
    # Stray bytes between markers, odd versions, rare subsampling: many cameras write them, and the
    # picture is whole. Pillow is told no such remarks.
    return None


def scans(data: bytes) -> int:
    """How many scans a picture is made of, those of its previews counted, too."""
    return len(_SCAN_HEAD.findall(data))


def _tried(
    data: bytes, least: tuple[int, int], colours: str = "RGB", *, strict: bool = True
) -> tuple[Pixels | None, str]:
    """The pixels, at least this wide and high; or None, and what the decoder complains of."""
    try:
        pixels: Pixels = simplejpeg.decode_jpeg(
            data, colours, min_width=least[0], min_height=least[1], strict=strict
        )
    except ValueError as error:
        return None, str(error).lower()
    return pixels, ""


def _complaint(data: bytes) -> str:
    """What the decoder says of the whole file; the least work that reads all of it."""
    colours = "CMYK" if _components(data) == 4 else "RGB"
    return _tried(data, (1, 1), colours)[1]


def _with_end(data: bytes) -> bytes | None:
    """A file without its end marker, with it; None where a block of the picture is missing.

    With an end marker behind it, a cut scan makes the decoder ask for bits that are not there, and
    complain. What may stand in the marker's place (a line feed, part of the marker) is found by
    taking bytes away until it complains of missing ones.
    """
    if not _has_all_scans(data):
        return None
    if _lacks_blocks(data):
        return None
    few, many = 0, 1  # bytes that may be taken away; that may not
    while not _lacks_blocks(data[: len(data) - many]):
        few, many = many, 2 * many
        if few >= _LONGEST_TAIL:
            return None
    while many - few > 1:
        middle = (few + many) // 2
        if _lacks_blocks(data[: len(data) - middle]):
            many = middle
        else:
            few = middle
    whole = data[: len(data) - few]
    if _complaint(whole + _END) or _may_be_filled(whole, data[len(whole) :]):
        return None
    return whole + _END


def _lacks_blocks(scan: bytes) -> bool:
    complaint = _complaint(scan + _END)
    return bool(complaint) and _STRAY not in complaint


def _may_be_filled(scan: bytes, tail: bytes) -> bool:
    """Whether the end of a scan may be filling, as of an interrupted copy: then blocks are missing.

    Encoders fill the last byte of a scan with ones. Filling that happened to complete the picture
    ends otherwise, or goes on as it began.
    """
    if scan[-1] in _BLANK or (tail and set(tail) <= {scan[-1]} | _BLANK and scan[-1] in _GOES_ON):
        return True
    if scan[-1] & 1:
        return False
    other = scan[:-1] + bytes([scan[-1] | 1])
    size = simplejpeg.decode_jpeg_header(scan + _END)[1::-1]
    colours = "CMYK" if _components(scan) == 4 else "RGB"
    as_it_is, as_filled = (_tried(d + _END, size, colours)[0] for d in (scan, other))
    # The last bit means nothing, but is no one: it was not written by an encoder.
    return as_it_is is not None and as_filled is not None and np.array_equal(as_it_is, as_filled)


def _with_restarts_in_order(data: bytes) -> bytes | None:
    """Restart markers numbered one after another, as decoders want them; None where they are.

    Where intervals are declared and no marker is there, the declaration is what is wrong.
    """
    mended = bytearray(data)
    found = False
    interval = None
    for segment in _segments(data):
        if segment.marker == _INTERVAL:
            interval = segment.start
        if segment.marker != _SCAN:
            continue
        for number, restart in enumerate(_RESTART.finditer(data, segment.end, segment.scan_end)):
            mended[restart.start() + 1] = 0xD0 + number % 8
            found = True
    if not found and interval is not None:
        mended[interval + 4 : interval + 6] = bytes(2)
    return bytes(mended) if mended != data else None


def _has_all_restarts(data: bytes) -> bool:
    """Whether every scan has as many restart markers as its intervals make."""
    interval, size, factors = 0, (0, 0), {}
    for segment in _segments(data):
        body = data[segment.start + 4 : segment.end]
        if segment.marker == _INTERVAL:
            interval = int.from_bytes(body[:2], "big")
        elif segment.marker in _FRAMES:
            height, width = struct.unpack_from(">HH", body, 1)
            size = width, height
            factors = {
                body[i]: (body[i + 1] >> 4, body[i + 1] & 15) for i in range(6, len(body), 3)
            }
        elif segment.marker == _SCAN and interval:
            expected = (_units(size, factors, body) - 1) // interval
            if expected != len(_RESTART.findall(data, segment.end, segment.scan_end)):
                return False
    return True


def _units(size: tuple[int, int], factors: dict[int, tuple[int, int]], scan: bytes) -> int:
    """How many units a scan is made of (ITU-T T.81, A.2).

    Args:
        size: width and height of the picture.
        factors: how finely each component is sampled, across and down.
        scan: its header.
    """
    most = [max(factor[i] for factor in factors.values()) for i in (0, 1)]
    alone = scan[0] == 1
    own = factors[scan[1]] if alone else (1, 1)
    across, down = (
        _whole(_whole(size[i] * own[i], most[i]), 8) if alone else _whole(size[i], 8 * most[i])
        for i in (0, 1)
    )
    return across * down


def _whole(length: int, part: int) -> int:
    """How many parts cover a length."""
    return -(-length // part)


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    start: int
    """Where its marker begins."""
    end: int
    """Behind its header; behind the file where it is cut."""
    scan_end: int
    """Behind the compressed data that follow."""


def _segments(data: bytes) -> Iterator[_Segment]:
    """The segments of the (first) picture of a file, to its end marker or as far as there are."""
    at = 2
    while (found := _NEXT_MARKER.search(data, at)) is not None:
        start, marker = found.start(), data[found.start() + 1]
        if marker == _LAST:
            return
        if marker == 0x01:
            at = start + 2
            continue
        end = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        at = end
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, end)
            at = following.start() if following else len(data)
        yield _Segment(marker, start, end, at)


def _components(data: bytes) -> int:
    """How many the frame has; 0 where there is no frame."""
    for segment in _segments(data):
        if segment.marker in _FRAMES and segment.start + 9 < len(data):
            return data[segment.start + 9]
    return 0


def _has_all_scans(data: bytes) -> bool:
    """Whether no scan is missing altogether, nor cut inside its header.

    A sequential picture has every component in one scan. Of a progressive one every coefficient of
    every component must have come to its last bit.
    """
    missing: dict[int, set[int]] = {}
    frame = 0
    for segment in _segments(data):
        if segment.end > len(data):
            return False
        body = data[segment.start + 4 : segment.end]
        if segment.marker in _FRAMES:
            frame = segment.marker
            wanted = range(64) if frame in _PROGRESSIVE else range(1)
            missing = {
                body[6 + 3 * i]: set(wanted) for i in range(min(body[5], len(body) // 3 - 2))
            }
        elif segment.marker == _SCAN and body and len(body) == 4 + 2 * body[0]:
            first, last, bits = body[-3:]
            if frame not in _PROGRESSIVE:
                first, last, bits = 0, 0, 0
            if bits & 15 == 0:
                for i in range(body[0]):
                    missing.get(body[1 + 2 * i], set()).difference_update(range(first, last + 1))
    return frame not in _ARITHMETIC and bool(missing) and not any(missing.values())
