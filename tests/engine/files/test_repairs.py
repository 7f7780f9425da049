"""Pictures whose files carry what keeps readers from them."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import PngImagePlugin

from photo_organizer.engine.files import formats, repairs
from photo_organizer.engine.pixels import decode
from tests.engine import pictures


def chunk(name: bytes, body: bytes, *, sound: bool = True) -> bytes:
    check = zlib.crc32(name + body) ^ (0 if sound else 1)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def with_chunk(data: bytes, extra: bytes, before: bytes = b"IDAT") -> bytes:
    at = data.index(before) - 4
    return data[:at] + extra + data[at:]


@pytest.mark.parametrize("before", [b"IDAT", b"IEND"])
@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"long text " * 200_000)),
        chunk(b"zTXt", b"Comment\0\0no deflated data"),
        chunk(b"iTXt", b"Words\0\1\0\0\0" + zlib.compress(bytes(5_000_000))),
        chunk(b"tEXt", b"Comment\0" + b"long text " * 200_000),
        chunk(b"iCCP", b"profile\0\0" + zlib.compress(bytes(5_000_000))),
        chunk(b"iCCP", b"profile\0\0garbage"),
        chunk(b"tEXt", b"Comment\0words", sound=False),
        chunk(b"gAMA", struct.pack(">I", 45455), sound=False),
        chunk(b"eXIf", b"garbage"),
        b"".join(chunk(b"tEXt", b"Comment\0" + bytes(900_000)) for _ in range(80)),
    ],
    ids=lambda extra: extra[4:8].decode(),
)
def test_what_is_not_needed_to_see_a_png_does_not_hide_it(extra, before):
    scene = pictures.scene()
    data = with_chunk(pictures.encoded(scene, "PNG"), extra, before)
    assert (decode.decode(data).pixels == scene).all()


def test_words_within_bounds_stay():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "some words", zip=True)
    data = pictures.encoded(pictures.scene(), "PNG", pnginfo=info)
    assert repairs.readable(data, "PNG") is data
    longer = with_chunk(data, chunk(b"tEXt", b"Author\0" + bytes(2_000_000)))
    assert formats.open_image(longer).info["Comment"] == "some words"


def test_sound_files_are_left_as_they_are():
    for format_ in ("JPEG", "PNG", "TIFF"):
        data = pictures.encoded(pictures.scene(), format_)
        assert repairs.readable(data, formats.kind(data)) is data


def test_damage_to_the_picture_itself_is_not_mended():
    data = bytearray(pictures.encoded(np.full((64, 64, 3), 9, np.uint8), "PNG"))
    data[data.index(b"IDAT") + 6] ^= 255
    assert repairs.readable(bytes(data), "PNG") == bytes(data)
