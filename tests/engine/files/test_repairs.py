"""Pictures whose files carry what keeps readers from them."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from photo_organizer.engine.domain.facts import UnreadableError
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
        chunk(b"gAMA", b"a"),
        chunk(b"cHRM", b"a"),
        chunk(b"sRGB", b""),
        chunk(b"acTL", b"a"),
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


def test_a_webp_is_read_whatever_its_exif_and_its_length_say():
    scene = pictures.scene()
    data = pictures.encoded(scene, "WEBP", lossless=True, exif=pictures.exif({0x0110: "x"}, {}))
    at = data.index(b"EXIF")
    for block in (b"", b"garbage", b"Exif\0\0II*\0" + b"\xff" * 50):
        exif = b"EXIF" + struct.pack("<I", len(block)) + block + bytes(len(block) % 2)
        odd = data[:4] + struct.pack("<I", at + len(exif) - 8) + data[8:at] + exif
        assert (decode.decode(odd).pixels == scene).all()
    for wrong in (0, 20, len(data) - 9, len(data) + 100, 2**32 - 2):
        odd = data[:4] + struct.pack("<I", wrong) + data[8:]
        assert (decode.decode(odd).pixels == scene).all()
    assert (decode.decode(data[:-4]).pixels == scene).all()
    assert (decode.decode(data + b"a trailer").pixels == scene).all()
    with pytest.raises(UnreadableError):
        decode.decode(data[: at - 20])


def bmp(head: bytes, pixels: bytes, palette: bytes = b"", reserved: bytes = bytes(4)) -> bytes:
    start = 14 + len(head) + len(palette)
    first = b"BM" + struct.pack("<I", start + len(pixels)) + reserved + struct.pack("<I", start)
    return first + head + palette + pixels


def test_bmp_of_every_age():
    scene = pictures.scene(80, 60)
    bottom_up = scene[::-1, :, ::-1].tobytes()
    old = struct.pack("<IHHHH", 12, 80, 60, 1, 24)
    usual = struct.pack("<IiiHHIIiiII", 40, 80, 60, 1, 24, 0, 0, 0, 0, 0, 0)
    array = b"BA" + struct.pack("<IIHH", 40, 0, 0, 0)
    alone = bytearray(bmp(old, bottom_up))
    struct.pack_into("<I", alone, 10, 40)  # places count from the beginning of the array
    files = [
        bmp(old, bottom_up),
        bmp(struct.pack("<IiiHH", 16, 80, 60, 1, 24), bottom_up),
        bmp(struct.pack("<I", 64) + usual[4:] + bytes(24), bottom_up),
        bmp(usual, bottom_up, reserved=b"\1\2\3\4"),
        array + bytes(alone),
        bmp(usual[:8] + struct.pack("<i", -60) + usual[12:], scene[..., ::-1].tobytes()),
    ]
    for data in files:
        assert (decode.decode(data, ".bmp").pixels == scene).all()


@pytest.mark.parametrize("packed", ["runs", "as they are", "without an end"])
def test_bmp_in_runs(packed):
    grey = pictures.scene(80, 60)[..., 1]
    head = struct.pack("<IiiHHIIiiII", 40, 80, 60, 1, 8, 1, 0, 0, 0, 0, 0)
    rows = [row.tobytes() for row in grey[::-1]]
    if packed == "runs":
        rows = [b"".join(bytes((1, value)) for value in row) for row in rows]
    else:
        rows = [b"\0" + bytes((80,)) + row for row in rows]
    body = b"\0\0".join(rows) + (b"" if packed == "without an end" else b"\0\0\0\1")
    data = bmp(head, body, bytes(v for i in range(256) for v in (i, i, i, 0)))
    assert (decode.decode(data, ".bmp").pixels[..., 0] == grey).all()


@pytest.mark.parametrize("masks", [b"", struct.pack("<III", 0xF800, 0x7E0, 0x1F)])
def test_bmp_of_sixteen_bits(masks):
    scene = pictures.scene(80, 60)
    red, green, blue = ((scene[..., i] >> 3).astype("<u2") for i in range(3))
    values = red << 11 | green << 6 | blue if masks else red << 10 | green << 5 | blue
    head = struct.pack("<IiiHHIIiiII", 40, 80, 60, 1, 16, 3 if masks else 0, 0, 0, 0, 0, 0) + masks
    pixels = decode.decode(bmp(head, values[::-1].tobytes()), ".bmp").pixels
    assert np.abs(pixels.astype(int) - scene).max() <= 8


def test_the_first_frame_of_a_gif_that_ends_too_early():
    frames = [pictures.scene(80, 60, seed) for seed in range(3)]
    first, *others = map(Image.fromarray, frames)
    data = pictures.encoded(first, "GIF", save_all=True, append_images=others)
    whole = decode.decode(data).pixels
    for cut in (1, 5, 300):
        assert (decode.decode(data[:-cut]).pixels == whole).all()
