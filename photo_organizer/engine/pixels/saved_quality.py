"""How strongly a file was compressed, by its own words: on the scale of 1 to 100 that people know.

A JPEG file carries its quantisation tables, a lossy WebP file the index of its quantiser; neither
has to be decoded. What was saved again says how it was saved last, not what it went through before.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

UNKNOWN = 100.0
"""Also of what is lossless."""

_LUMA_SUM, _LUMA_LEAST = 3688, 10
"""Of the table that JPEG's Annex K gives, which is quality 50: the sum and the least step."""

# Quantiser indices that libwebp 1.5 chose for photos, and the quality it was asked for.
_WEBP_INDICES = (0, 12, 36, 45, 59, 67, 78, 88, 95, 101, 110, 127)
_WEBP_QUALITIES = (100, 90, 75, 60, 40, 30, 20, 12, 8, 5, 2, 0)

_HEADER = 256
"""Bytes of a frame that hold more than its header needs."""


def saved_quality(image: Image.Image, data: bytes) -> float:
    """The quality a file says it was saved with, 0 to 100; `UNKNOWN` where it does not say.

    Args:
        image: the file, opened but not necessarily decoded.
        data: the whole file.
    """
    tables = getattr(image, "quantization", None)
    if tables:
        return _jpeg_quality(list(tables[min(tables)]))
    index = _webp_index(data) if image.format == "WEBP" else None
    if index is None:
        return UNKNOWN
    return float(np.interp(index, _WEBP_INDICES, _WEBP_QUALITIES))


def _jpeg_quality(table: list[int]) -> float:
    """The quality to which the Independent JPEG Group's encoder scales its table like this."""
    # Steps end at 255: at the lowest qualities only the least of them still tells.
    cut = max(table) >= 255
    scale = 100 * (min(table) / _LUMA_LEAST if cut else sum(table) / _LUMA_SUM)
    quality = 5000 / scale if scale > 100 else (200 - scale) / 2
    return float(np.clip(quality, 1, 100))


def _webp_index(data: bytes) -> int | None:
    """The quantiser index of the (first) lossy frame, 0 to 127: RFC 6386, section 9."""
    start = _lossy_frame(data)
    frame = data[start : start + _HEADER] if start else b""
    if len(frame) < 12 or frame[0] & 1 or frame[3:6] != b"\x9d\x01\x2a":
        return None  # cut off, or not a key frame
    bits = _Bits(frame[10:])
    bits.number(2)  # colour space, clamping
    if bits.flag():  # segments
        has_map, has_data = bits.flag(), bits.flag()
        if has_data:
            bits.flag()
            bits.optional(4, 7)
            bits.optional(4, 6)
        if has_map:
            for _ in range(3):
                if bits.flag():
                    bits.number(8)
    bits.number(10)  # loop filter: type, level, sharpness
    if bits.flag() and bits.flag():
        bits.optional(8, 6)
    bits.number(2)  # partitions
    return bits.number(7)


def _lossy_frame(data: bytes) -> int:
    """Where the frame of the first ``VP8`` chunk begins; 0 where there is none."""
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"VP8 ":
            return at + 8
        # The frame of an animation has chunks of its own, after 16 bytes of where it goes.
        at += 24 if name == b"ANMF" else 8 + size + size % 2
    return 0


class _Bits:
    """The boolean decoder of RFC 6386, section 7, for bits that are 0 and 1 equally often."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._next = 2
        self._value = int.from_bytes(data[:2], "big")
        self._range = 255
        self._shifted = 0

    def flag(self) -> bool:
        split = 1 + ((self._range - 1) >> 1)
        bit = self._value >= split << 8
        if bit:
            self._range -= split
            self._value -= split << 8
        else:
            self._range = split
        while self._range < 128:
            self._value <<= 1
            self._range <<= 1
            self._shifted += 1
            if self._shifted == 8:
                self._shifted = 0
                self._value |= self._data[self._next] if self._next < len(self._data) else 0
                self._next += 1
        return bit

    def number(self, bits: int) -> int:
        value = 0
        for _ in range(bits):
            value = value << 1 | self.flag()
        return value

    def optional(self, count: int, bits: int) -> None:
        """Pass over signed numbers of which each may be left out."""
        for _ in range(count):
            if self.flag():
                self.number(bits + 1)
