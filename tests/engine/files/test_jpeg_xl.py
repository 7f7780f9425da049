"""JPEG XL: told from its header, unpacked by libjxl."""

from __future__ import annotations

import struct

import imagecodecs
import numpy as np
import pytest

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.files import formats
from photo_organizer.engine.pixels import declared_colours, decode
from tests.engine import pictures

SCENE = pictures.scene(90, 61)


def packed(values: np.ndarray, **options) -> bytes:
    return bytes(imagecodecs.jpegxl_encode(values, **options))


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def boxed(picture: bytes, *more: bytes) -> bytes:
    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    return b"".join((head, *more, box(b"jxlc", picture)))


@pytest.mark.parametrize("options", [{}, {"distance": 1.0}, {"usecontainer": True}])
@pytest.mark.parametrize("size", [(90, 61), (64, 64), (160, 120), (301, 7), (600, 400)])
def test_pictures_of_any_size(size, options):
    scene = pictures.scene(*size)
    picture = decode.decode(packed(scene, **options), ".jxl")
    assert (picture.width, picture.height, picture.format) == (*size, "JPEGXL")
    assert np.abs(picture.pixels.astype(int) - scene).mean() < 6
    assert max(decode.decode_view(packed(scene, **options)).shape) == min(512, max(size))


@pytest.mark.parametrize("values", [SCENE.astype(np.uint16) * 257, SCENE.astype(np.float32) / 255])
def test_deep_pictures_that_say_they_are_linear(values):
    picture = decode.decode(packed(values)).pixels
    expected = declared_colours.of_codes(1, 8).in_srgb(SCENE)  # as the file declares
    assert expected.mean() > SCENE.mean() + 20
    assert np.abs(picture.astype(int) - expected).mean() < 2


def test_transparent_pictures_are_on_white():
    half = np.zeros(SCENE.shape[:2], np.uint8)
    half[:, 45:] = 255
    pixels = decode.decode(packed(np.dstack([SCENE, half]))).pixels
    assert (pixels[:, :45] == 255).all()
    assert (pixels[:, 45:] == SCENE[:, 45:]).all()


def test_grey():
    pixels = decode.decode(packed(SCENE[..., 0].copy())).pixels
    assert (pixels == SCENE[..., :1]).all()


def test_facts_and_a_picture_in_parts():
    exif = pictures.exif({0x0110: "Camera", 0x0112: 6}, {}).removeprefix(b"Exif\0\0")
    data = packed(SCENE)
    half = len(data) // 2
    parts = [
        box(b"jxlp", struct.pack(">I", 0) + data[:half]),
        box(b"jxlp", struct.pack(">I", 0x8000_0001) + data[half:]),
    ]
    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    block = box(b"Exif", bytes(4) + exif)
    for file in (boxed(data, block), b"".join((head, block, *parts))):
        picture, facts = decode.open_photo(file, ".jxl")
        assert facts.camera == "Camera"
        # The picture itself says which way is up; Exif repeats it.
        assert (picture.width, picture.height) == (90, 61)
        assert (picture.pixels == SCENE).all()


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.99])
def test_a_cut_file_is_refused(share):
    for data in (packed(SCENE), boxed(packed(SCENE))):
        with pytest.raises(UnreadableError):
            decode.decode(data[: int(len(data) * share)], ".jxl")


def test_a_bomb_is_refused_from_its_header():
    # Thirty bits for each side, all of them one: a billion pixels across and down.
    bits = 0 | 3 << 1 | (2**30 - 1) << 3 | 0 << 33 | 3 << 36 | (2**30 - 1) << 38 | 1 << 68
    with pytest.raises(UnreadableError, match="megapixels"):
        formats.open_image(b"\xff\x0a" + bits.to_bytes(40, "little"))


def test_garbage_gives_a_reason():
    rng = np.random.default_rng(0)
    good = boxed(packed(SCENE))
    for _ in range(100):
        bad = bytearray(good)
        for at in rng.integers(12, 80, 4):
            bad[at] = rng.integers(0, 256)
        try:
            decode.decode(bytes(bad), ".jxl")
        except UnreadableError:
            continue
