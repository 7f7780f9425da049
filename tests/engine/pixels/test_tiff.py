"""Every kind of TIFF that scanners, editors and laboratories write."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.pixels import decode
from tests.engine import pictures

SCENE = pictures.scene(80, 60)
GREY = SCENE[..., 1]
FLOATS = SCENE.astype(np.float32) / 255
DEEP = SCENE.astype(np.uint16) * 257
WIDE = SCENE.astype(np.uint32) * 16_843_009
PLANES = {"planarconfig": "separate"}


def tiff(values: np.ndarray, photometric: str = "rgb", **options) -> bytes:
    file = io.BytesIO()
    tifffile.imwrite(file, values, photometric=photometric, metadata=None, **options)
    return file.getvalue()


def planes(values: np.ndarray) -> np.ndarray:
    return np.moveaxis(values, 2, 0).copy()


def opaque(values: np.ndarray, top: float) -> np.ndarray:
    return np.dstack([values, np.full(GREY.shape, top, values.dtype)])


def difference(data: bytes, expected: np.ndarray, suffix: str = ".tif") -> float:
    pixels = decode.decode(data, suffix).pixels
    assert pixels.flags.c_contiguous
    if expected.ndim == 2:
        expected = np.repeat(expected[..., None], 3, axis=2)
    assert pixels.shape == expected.shape
    return float(np.abs(pixels.astype(float) - expected).mean())


@pytest.mark.parametrize(
    "options", [{}, {"compression": "lzw"}, {"compression": "deflate", "predictor": True}, PLANES]
)
@pytest.mark.parametrize("values", [FLOATS, FLOATS.astype(np.float16), FLOATS.astype(float)])
def test_floats_in_colour(values, options):
    if values.dtype != np.float32 and "predictor" in options:
        return
    data = tiff(planes(values) if options == PLANES else values, **options)
    assert difference(data, SCENE) < 1


def test_lights_above_white_do_not_darken_a_picture_of_floats():
    values = FLOATS.copy()
    values[:1, :20] = 9.5
    expected = SCENE.copy()
    expected[:1, :20] = 255
    assert difference(tiff(values), expected) < 1


@pytest.mark.parametrize(
    ("values", "options"),
    [
        (DEEP, {}),
        (DEEP, {"byteorder": ">"}),
        (DEEP, {"compression": "lzw", "predictor": True}),
        (planes(DEEP), PLANES),
        (opaque(DEEP, 65_535), {"extrasamples": ["unassalpha"]}),
        (np.dstack([DEEP, DEEP[..., :2]]), {"extrasamples": ["unspecified", "unspecified"]}),
        (WIDE, {}),
        ((DEEP // 2).astype(np.int16), {}),
        (opaque(FLOATS, 1), {"extrasamples": ["unassalpha"]}),
        (opaque(SCENE, 255), {"extrasamples": ["assocalpha"]}),
        (planes(SCENE), PLANES),
        (planes(SCENE), {**PLANES, "tile": (32, 32), "compression": "lzw"}),
        (SCENE, {"tile": (32, 32)}),
        (SCENE, {"bigtiff": True}),
        (SCENE, {"bigtiff": True, "byteorder": ">"}),
        (FLOATS, {"bigtiff": True, "tile": (32, 32), "compression": "lzw"}),
        *[(SCENE, {"compression": name}) for name in ("zstd", "lzma", "packbits", "png")],
        *[(SCENE, {"compression": name}) for name in ("webp", "jpegxl", "jpeg2000")],
    ],
)
def test_colours_of_any_depth_and_order(values, options):
    assert difference(tiff(values, **options), SCENE) < 3


@pytest.mark.parametrize(
    ("values", "photometric"),
    [
        (DEEP[..., 1], "minisblack"),
        (65_535 - DEEP[..., 1], "miniswhite"),
        (255 - GREY, "miniswhite"),
        (DEEP[..., 1].astype(np.uint32), "minisblack"),
        (WIDE[..., 1], "minisblack"),
        ((WIDE[..., 1].astype(np.int64) - 2**31).astype(np.int32), "minisblack"),
        ((DEEP[..., 1].astype(np.int32) - 32_768).astype(np.int16), "minisblack"),
        ((DEEP[..., 1] // 2).astype(np.int16), "minisblack"),
        ((GREY.astype(np.int16) - 128).astype(np.int8), "minisblack"),
        (GREY.astype(np.uint64) * (2**64 // 255 - 1), "minisblack"),
        (FLOATS[..., 1].astype(np.float64), "minisblack"),
        (FLOATS[..., 1].astype(np.float16), "minisblack"),
    ],
)
def test_grey_of_any_depth_and_sign(values, photometric):
    assert difference(tiff(values.copy(), photometric), GREY) < 1


@pytest.mark.parametrize("compression", ["raw", "packbits", "group3", "group4", "tiff_lzw"])
def test_black_and_white(compression):
    page = GREY > 128
    data = pictures.encoded(Image.fromarray(page), "TIFF", compression=compression)
    assert difference(data, page * np.uint8(255)) == 0


def lab_of(scene: np.ndarray) -> np.ndarray:
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    return np.array(ImageCms.applyTransform(Image.fromarray(scene), to_lab))


def test_lab():
    lab = lab_of(SCENE)
    signed = lab[..., 1:].view(np.int8).astype(np.int16) * 256
    deep = np.dstack([lab[..., 0].astype(np.uint16) * 257, signed.view(np.uint16)])
    image = Image.frombytes("LAB", (80, 60), lab.tobytes())
    assert difference(pictures.encoded(image, "TIFF"), SCENE) < 2
    assert difference(tiff(deep, "cielab"), SCENE) < 2
    assert difference(tiff(lab ^ np.array((0, 128, 128), np.uint8), "icclab"), SCENE) < 2


def test_inks():
    inks = np.array(Image.fromarray(SCENE).convert("CMYK"))
    assert difference(tiff(inks, "separated"), SCENE) < 2
    assert difference(tiff(inks.astype(np.uint16) * 257, "separated"), SCENE) < 2
    assert difference(tiff(planes(inks), "separated", planarconfig="separate"), SCENE) < 2
    with_alpha = tiff(opaque(inks, 255), "separated", extrasamples=["unassalpha"])
    assert difference(with_alpha, SCENE) < 2


def test_a_jpeg_in_the_old_way_of_tiff():
    jpeg = pictures.encoded(SCENE)
    tags = {256: 80, 257: 60, 258: 8, 259: 6, 262: 6, 277: 3, 278: 60}
    start = 8 + 2 + 12 * (len(tags) + 4) + 4
    tags |= {273: start, 279: len(jpeg), 513: start, 514: len(jpeg)}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, tags[tag]) for tag in sorted(tags))
    head = b"II*\0" + struct.pack("<IH", 8, len(tags))
    assert difference(head + entries + bytes(4) + jpeg, SCENE) < 8


def test_facts_turn_and_profile_of_what_pillow_does_not_read():
    tags = [(274, "H", 1, 6, True), (272, "s", 0, "Scanner", True)]
    icc = pictures.wide_gamut_profile()
    values = np.full((40, 60, 3), (200, 60, 60), np.float32) / 255
    data = tiff(values, extratags=tags, iccprofile=icc)
    picture, facts = decode.open_photo(data, ".tif")
    assert (picture.width, picture.height, picture.format) == (40, 60, "TIFF")
    assert np.abs(picture.pixels[5, 5].astype(int) - (217, 42, 52)).max() <= 3
    assert facts.camera == "Scanner"
    assert decode.decode_view(data).shape == (60, 40, 3)


@pytest.mark.parametrize("options", [{}, {"compression": "lzw"}, {"bigtiff": True}])
@pytest.mark.parametrize("values", [FLOATS, SCENE])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_file_is_refused(values, options, share):
    data = tiff(values, **options)
    with pytest.raises(UnreadableError, match=r"truncated|corrupt"):
        decode.decode(data[: int(len(data) * share)], ".tif")


def test_a_bomb_of_floats_is_refused_from_its_header():
    data = tiff(FLOATS)
    for tag, side in ((256, 80), (257, 60)):
        claimed = struct.pack("<HHII", tag, 4, 1, 60_000)
        data = data.replace(struct.pack("<HHII", tag, 4, 1, side), claimed)
    with pytest.raises(UnreadableError, match="megapixels"):
        decode.decode(data, ".tif")
