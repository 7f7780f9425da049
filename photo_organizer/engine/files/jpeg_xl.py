"""Lets Pillow open JPEG XL: the header is read here, the pixels are unpacked by libjxl.

Written after ISO/IEC 18181-1:2024, annex D, and 18181-2, for what a photo has to tell before it is
unpacked: its size, which way is up, and which colours its numbers stand for.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageFile

STARTS: Final = (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")
"""Of a bare picture, and of one in boxes."""
FORMAT: Final = "JPEGXL"

_ORIENTATION: Final = 0x0112
_RATIOS: Final = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_SIZES: Final = (9, 13, 18, 30)
_HEAD: Final = 64
"""Bytes of a picture that hold more than its header needs."""
_MOST_BOXES: Final = 1000

_GREY_SPACE, _OWN, _SCREEN = 1, 2, 13
_P3_HERE, _P3 = 11, 12
"""With the white of screens, unlike that of cinemas in H.273."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a picture says before its pixels."""

    size: tuple[int, int]
    """Width and height, upright."""
    codes: tuple[int, int] | None = None
    """Of its primaries and its curve, as in ITU-T H.273; None where a profile says it instead."""


class JpegXlFile(ImageFile.ImageFile):
    """The first picture of a JPEG XL file, turned upright already."""

    format = FORMAT
    format_description = "JPEG XL"

    def _open(self) -> None:
        assert self.fp is not None  # Pillow opens no file without one
        data = self.fp.read()
        codestream, others = _unboxed(data)
        header = _header(codestream[:_HEAD])
        self._data = data
        self._size = header.size
        self._mode = "RGB"
        if header.codes is not None:
            self.info["codes"] = header.codes
        if block := others.get(b"Exif"):
            # Behind four bytes that say how far the TIFF head is.
            self.info["exif"] = block[4 + int.from_bytes(block[:4], "big") :]
            self.getexif()[_ORIENTATION] = 1
        if words := others.get(b"xml "):
            self.info["xmp"] = words
        self.tile = []

    def load(self) -> Any:
        """Unpack the pixels."""
        if self._data:
            pixels = _unpacked(self._data)
            self._data = b""
            self._mode, self._size = pixels.mode, pixels.size
            self.im = pixels.im
        return super().load()


def register() -> None:
    """Teach Pillow the format. Doing so twice is harmless."""
    Image.register_open(FORMAT, JpegXlFile, lambda head: head.startswith(STARTS))


def _unpacked(data: bytes) -> Image.Image:
    import imagecodecs
    import numpy as np

    values = np.asarray(imagecodecs.jpegxl_decode(data, index=0, numthreads=1))
    if values.dtype.kind == "f":
        values = (np.clip(np.nan_to_num(values), 0, 1) * 255).astype(np.uint8)
    elif values.dtype.itemsize > 1:
        values = (values >> (8 * (values.dtype.itemsize - 1))).astype(np.uint8)
    if values.ndim == 3 and values.shape[2] > 4:
        values = values[..., :3]
    if values.ndim == 3 and values.shape[2] == 1:
        values = values[..., 0]
    return Image.fromarray(np.ascontiguousarray(values))


def _unboxed(data: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """The beginning of the compressed picture, and what lies in boxes beside it."""
    if data.startswith(STARTS[0]):
        return data, {}
    found: dict[bytes, bytes] = {}
    parts: list[bytes] = []
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(data):
            break
        size, name = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, start)
            start += 8
        end = at + size if size else len(data)
        if end < start:
            raise SyntaxError("a box within itself")
        if name == b"jxlc":
            parts.append(data[start : min(end, start + _HEAD)])
        elif name == b"jxlp":
            parts.append(data[start + 4 : min(end, start + 4 + _HEAD)])
        elif name in (b"Exif", b"xml "):
            found.setdefault(name, data[start:end])
        at = end
    return b"".join(parts), found


class _Bits:
    """Numbers of any length, lowest bit first."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")
        self._left = 8 * len(data)

    def number(self, bits: int) -> int:
        self._left -= bits
        if self._left < 0:
            raise SyntaxError("the header of a JPEG XL ends too early")
        value = self._value & ((1 << bits) - 1)
        self._value >>= bits
        return value

    def flag(self) -> bool:
        return bool(self.number(1))

    def choice(self, *choices: tuple[int, int]) -> int:
        """One of four: a start, and bits of what is added to it."""
        start, bits = choices[self.number(2)]
        return start + self.number(bits)

    def code(self) -> int:
        return self.choice((0, 0), (1, 0), (2, 4), (18, 6))


def _header(codestream: bytes) -> Header:
    if not codestream.startswith(STARTS[0]):
        raise SyntaxError("not a JPEG XL")
    bits = _Bits(codestream[2:])
    width, height = _size(bits)
    if bits.flag():  # all as usual
        return Header((width, height), (1, _SCREEN))
    orientation = 1
    if bits.flag():
        orientation = 1 + bits.number(3)
        if bits.flag():
            _size(bits)  # as which it is shown
        if bits.flag() or bits.flag():  # a preview, an animation
            return Header(_turned(width, height, orientation))
    return Header(_turned(width, height, orientation), _colours(bits))


def _turned(width: int, height: int, orientation: int) -> tuple[int, int]:
    return (height, width) if orientation >= 5 else (width, height)


def _size(bits: _Bits) -> tuple[int, int]:
    small = bits.flag()

    def side() -> int:
        if small:
            return 8 * (1 + bits.number(5))
        return 1 + bits.number(_SIZES[bits.number(2)])

    height = side()
    ratio = bits.number(3)
    if ratio == 0:
        return side(), height
    across, down = _RATIOS[ratio - 1]
    return height * across // down, height


def _colours(bits: _Bits) -> tuple[int, int] | None:
    """Codes of primaries and curve, from the depth on; None where they are not told here."""
    if bits.flag():  # floats
        bits.choice((32, 0), (16, 0), (24, 0), (1, 6))
        bits.number(4)
    else:
        bits.choice((8, 0), (10, 0), (12, 0), (1, 6))
    bits.flag()  # sixteen bits are enough for what is between
    for _ in range(bits.choice((0, 0), (1, 0), (2, 4), (1, 12))):
        if not bits.flag():
            return None  # a channel out of the ordinary
    bits.flag()  # how the colours are coded inside
    if bits.flag():
        return 1, _SCREEN
    if bits.flag():  # a profile
        return None
    space, white = bits.code(), bits.code()
    primaries = 1 if space == _GREY_SPACE or white == _OWN else bits.code()
    if _OWN in (white, primaries) or bits.flag():  # numbers of its own, or a plain power
        return None
    return _P3 if primaries == _P3_HERE else primaries, bits.code()
