"""Files that are made to cost more than any photo does."""

from __future__ import annotations

import io
import struct
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.pixels import costs, decode
from tests.engine.pictures import encoded, scene


def scans(width: int, height: int, count: int) -> bytes:
    """A progressive grey JPEG with a huge header's size, and `count` scans that hold nothing."""
    small = encoded(Image.fromarray(scene()).convert("L"), progressive=True)
    frame = small.index(b"\xff\xc2")
    small = small[: frame + 5] + struct.pack(">HH", height, width) + small[frame + 9 :]
    first = small.index(b"\xff\xda")
    return small[:first] + b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00" * count + small[first:]


def refusal(data: bytes) -> str:
    begun = time.process_time()
    with pytest.raises(UnreadableError) as caught:
        decode.decode(data)
    assert time.process_time() - begun < 1, "refused by its header"
    return caught.value.reason.code


def test_a_giant_jpeg_of_many_scans_is_refused() -> None:
    padding = bytes(1_000_000)
    assert refusal(scans(19000, 19000, 100) + padding) == "files.costly"


def test_a_photo_of_as_many_scans_as_cameras_write_is_read() -> None:
    photo = encoded(scene(640, 480), progressive=True)
    assert decode.decode(photo).pixels.shape == (480, 640, 3)


def test_a_giant_that_holds_next_to_nothing_is_refused() -> None:
    assert refusal(scans(19000, 19000, 1)) == "files.costly"


def test_a_blank_picture_of_usual_size_is_read() -> None:
    blank = Image.new("RGB", (6000, 4000), "white")
    assert decode.decode(encoded(blank, "PNG")).width == 6000


def test_a_tiff_that_names_too_few_strips_is_cut() -> None:
    file = io.BytesIO()
    Image.new("I;16", (160, 1200), 7).save(file, "TIFF", tiffinfo={278: 120})
    data = file.getvalue()
    whole = Image.open(io.BytesIO(data))
    assert len(whole.tag_v2[273]) == 10
    costs.check(whole, data)
    height = struct.pack("<HHI", 257, 3, 1) + struct.pack("<HH", 1200, 0)
    assert data.count(height) == 1 or data.count(struct.pack("<HHII", 257, 4, 1, 1200)) == 1
    taller = data.replace(height, struct.pack("<HHI", 257, 4, 1) + struct.pack("<I", 2_000_000))
    taller = taller.replace(
        struct.pack("<HHII", 257, 4, 1, 1200), struct.pack("<HHII", 257, 4, 1, 2_000_000)
    )
    assert refusal(taller) == "files.truncated"


def test_words_that_unpack_to_hundreds_of_megabytes_are_no_hindrance() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    png = encoded(scene(), "PNG")
    words = chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb)
    picture = decode.decode(png[:33] + words + png[33:])
    np.testing.assert_array_equal(picture.pixels, scene())
