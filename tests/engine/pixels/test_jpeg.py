"""JPEG files that end or are marked oddly, and what their decoder is told to make of them."""

from __future__ import annotations

import re
import struct

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.pixels import decode
from tests.engine import pictures

KINDS = [
    {},
    {"progressive": True},
    {"subsampling": 0},
    {"restart_marker_rows": 1},
    {"quality": 40, "subsampling": 2, "optimize": True},
]


def pixels_of(data: bytes) -> np.ndarray:
    return decode.decode(data, ".jpg").pixels


def refused(data: bytes) -> bool:
    try:
        decode.decode(data, ".jpg")
    except UnreadableError as error:
        return str(error) in ("truncated JPEG", "corrupt JPEG")
    return False


@pytest.mark.parametrize("options", KINDS)
@pytest.mark.parametrize("ending", [b"", b"\xff", b"\r\n", b"\n", b"\0", b"\xff\0", b"garbage" * 6])
def test_a_whole_picture_without_its_end_marker_is_read(options, ending):
    for seed in range(3):
        data = pictures.encoded(pictures.scene(160, 120, seed), **options)
        if not ending.strip(b"\0") and data[-3] == 0:
            continue  # filling and picture cannot be told apart
        odd = decode.decode(data[:-2] + ending, ".jpg")
        assert (odd.pixels == pixels_of(data)).all()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_without_its_end_marker_in_grey_or_inks(mode):
    data = pictures.encoded(Image.fromarray(pictures.scene(90, 70)).convert(mode))
    assert (pixels_of(data[:-2]) == pixels_of(data)).all()
    assert refused(data[:-3])


@pytest.mark.parametrize("options", KINDS)
@pytest.mark.parametrize("filling", [b"", b"\0", b"\xff", b"\r\n"])
def test_no_cut_picture_passes_for_whole(options, filling):
    scene = pictures.scene(160, 120) // 2
    scene[::3, ::5] += 90  # so that every block holds something
    data = pictures.encoded(scene, **options)
    cuts = {*range(3, 40), *range(40, len(data) - 100, 97)}
    for cut in cuts:
        # An interrupted copy may have its full length already.
        fill = (filling * cut)[:cut] if filling in (b"\0", b"\xff") else filling
        assert refused(data[:-cut] + fill), cut


def test_a_progressive_picture_without_its_last_scans_is_cut():
    data = pictures.encoded(pictures.scene(96, 64), progressive=True)
    scans = [found.start() for found in re.finditer(rb"\xff\xda", data)]
    assert len(scans) > 3
    for scan in scans[1:]:
        assert refused(data[:scan])
        tables = data.rindex(b"\xff\xc4", 0, scan)  # as it would be with the scan's tables cut, too
        assert refused(data[:tables])


@pytest.mark.parametrize("junk", [b"\0", b"\r\n", b"\xef\xbb\xbf", b"some words before" * 7])
def test_junk_before_the_picture_is_passed_over(junk):
    data = pictures.encoded(pictures.scene())
    picture = decode.decode(junk + data, ".jpg")
    assert picture.format == "JPEG"
    assert (picture.pixels == pixels_of(data)).all()
    assert refused(junk + data[: len(data) // 2])


def test_another_file_that_carries_a_picture_is_not_that_picture():
    data = pictures.encoded(pictures.scene())
    with pytest.raises(UnreadableError, match="not a picture"):
        decode.decode(b"8BPS" + bytes(600) + data, ".jpg")


@pytest.mark.parametrize("junk", [b"\0", b"\0\0\0", b"words", b"\x12\x34" * 20])
def test_junk_between_segments_is_passed_over(junk):
    data = pictures.encoded(pictures.scene())
    for marker in (b"\xff\xdb", b"\xff\xc0", b"\xff\xc4", b"\xff\xda"):
        at = data.index(marker)
        odd = data[:at] + junk + data[at:]
        assert (pixels_of(odd) == pixels_of(data)).all()
        assert refused(odd[:-50])


def test_fill_bytes_before_markers_are_no_junk():
    data = pictures.encoded(pictures.scene())
    at = data.index(b"\xff\xda")
    assert (pixels_of(data[:at] + b"\xff" * 9 + data[at:]) == pixels_of(data)).all()


@pytest.mark.parametrize("number", ["none", "always the first", "from one", "missing"])
def test_restart_markers_out_of_order_hide_nothing(number):
    data = pictures.encoded(pictures.scene(160, 120), restart_marker_rows=1)
    restarts = iter(range(100))

    def renamed(found):
        i = next(restarts)
        return {"always the first": b"\xff\xd0", "from one": bytes([0xFF, 0xD0 + (i + 1) % 8])}.get(
            number, found[0] if number == "none" or i != 1 else b""
        )

    scan = data.index(b"\xff\xda")
    odd = data[:scan] + re.sub(rb"\xff[\xd0-\xd7]", renamed, data[scan:])
    if number == "missing":
        assert refused(odd)
    else:
        assert (pixels_of(odd) == pixels_of(data)).all()


def test_intervals_that_are_declared_but_not_there():
    data = pictures.encoded(pictures.scene(160, 120))
    at = data.index(b"\xff\xda")
    odd = data[:at] + b"\xff\xdd" + struct.pack(">HH", 4, 5) + data[at:]
    assert (pixels_of(odd) == pixels_of(data)).all()


def test_a_jpeg_of_twelve_bits_is_called_what_it_is():
    deep = pictures.scene().astype(np.uint16) << 4
    with pytest.raises(UnreadableError, match="kind of JPEG that is not supported"):
        decode.decode(bytes(imagecodecs.jpeg_encode(deep, bitspersample=12)), ".jpg")
