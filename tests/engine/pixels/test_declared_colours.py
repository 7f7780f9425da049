"""Every way in which a file says what its numbers stand for."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from photo_organizer.engine.pixels import colour_profiles, declared_colours, decode
from tests.engine import pictures
from tests.engine.pixels.test_colour_profiles import SRGB, power, profile

PATCH = np.full((32, 32, 3), (200, 60, 60), np.uint8)
IN_P3 = (217, 42, 52)
"""The patch's numbers, read as Display P3, in sRGB."""


def png(*chunks: bytes, picture: np.ndarray = PATCH) -> bytes:
    data = pictures.encoded(picture, "PNG")
    at = data.index(b"IDAT") - 4
    return data[:at] + b"".join(chunks) + data[at:]


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def colour(data: bytes) -> np.ndarray:
    """Of the middle, which the view and the analysis agree on."""
    picture = decode.decode(data).pixels
    assert (decode.decode_view(data) == picture).all()
    return picture[16, 16].astype(int)


def near(found: np.ndarray, expected: tuple[int, int, int], levels: int = 3) -> bool:
    return bool(np.abs(found - expected).max() <= levels)


def test_codes_of_heic():
    codes = {"color_primaries": 12, "transfer_characteristic": 13, "matrix_coefficients": 6}
    assert near(colour(pictures.encoded(PATCH, "HEIF", quality=95, **codes)), IN_P3)
    assert near(colour(pictures.encoded(PATCH, "HEIF", quality=95)), (200, 60, 60))


def test_codes_of_avif():
    data = pictures.encoded(PATCH, "AVIF", quality=95)
    assert near(colour(data), (200, 60, 60))
    assert near(colour(data.replace(b"nclx\0\1\0\r", b"nclx\0\x0c\0\r")), IN_P3)


def test_codes_of_png_come_before_its_profile():
    p3 = chunk(b"cICP", bytes((12, 13, 0, 1)))
    assert near(colour(png(p3)), IN_P3)
    icc = chunk(b"iCCP", b"sRGB\0\0" + zlib.compress(profile(SRGB)))
    assert near(colour(png(p3, icc)), IN_P3)
    assert near(colour(png(icc)), (200, 60, 60))


def test_gamma_and_chromaticities_of_png():
    linear = chunk(b"gAMA", struct.pack(">I", 100_000))
    assert near(colour(png(linear, picture=np.full((32, 32, 3), 128, np.uint8))), (188, 188, 188))
    usual = chunk(b"gAMA", struct.pack(">I", 45_455))
    assert near(colour(png(usual)), (200, 60, 60), 0)
    points = (0.3127, 0.3290, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
    primaries = chunk(b"cHRM", struct.pack(">8I", *(round(p * 100_000) for p in points)))
    assert near(colour(png(usual, primaries)), IN_P3)
    assert near(colour(png(linear, chunk(b"sRGB", b"\0"))), (200, 60, 60), 0)
    for nonsense in (0, 1, 4_000_000_000):
        odd = chunk(b"gAMA", struct.pack(">I", nonsense))
        assert near(colour(png(odd)), (200, 60, 60), 0)


@pytest.mark.parametrize(("transfer", "white"), [(16, 0.58), (18, 0.75)])
def test_pictures_of_high_range_are_neither_washed_out_nor_burnt_out(transfer, white):
    # Codes of black, of white paper (203 nits) and of the brightest light.
    values = np.array([0, round(255 * white), 255], np.uint8)
    steps = np.repeat(np.repeat(values[:, None, None], 32, axis=1), 3, axis=2)
    data = png(chunk(b"cICP", bytes((9, transfer, 0, 1))), picture=steps)
    black, paper, light = decode.decode(data).pixels[:, 0, 0].astype(int)
    assert black == 0
    assert 220 <= paper <= 245
    assert light >= 254
    curve = declared_colours.of_codes(9, transfer)
    grey = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, axis=2)
    assert (np.diff(curve.in_srgb(grey)[0, :, 0].astype(int)) >= 0).all()


def test_a_camera_may_name_adobe_rgb_in_exif_alone():
    def said(space: int, index: str = "") -> bytes:
        tags = Image.Exif()
        tags.get_ifd(0x8769)[0xA001] = space
        if index:
            tags.get_ifd(0x8769)[0xA005] = {1: index}
        return pictures.encoded(PATCH, exif=tags.tobytes(), quality=100, subsampling=0)

    adobe = colour_profiles.adobe_rgb().in_srgb(PATCH)[0, 0]
    assert adobe[0] > 220
    assert near(colour(said(0xFFFF, "R03")), tuple(adobe))
    for plain in (said(1), said(0xFFFF), said(0xFFFF, "R98")):
        assert near(colour(plain), (200, 60, 60))


def test_a_wide_photo_and_its_copy_in_srgb_show_the_same():
    scene = pictures.scene(640, 480, 3)
    narrow = scene // 2 + 50
    to_p3 = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(pictures.wide_gamut_profile())),
        "RGB",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    wide = np.asarray(ImageCms.applyTransform(Image.fromarray(narrow), to_p3))
    data = pictures.encoded(wide, "PNG", icc_profile=pictures.wide_gamut_profile())
    assert np.abs(wide.astype(int) - narrow).max() > 8
    assert np.abs(decode.decode(data).pixels.astype(int) - narrow).max() <= 2


def test_grey_profiles():
    grey = Image.new("L", (32, 32), 128)
    linear = profile(curve=power(1.0), space=b"GRAY")
    for format_ in ("PNG", "JPEG", "TIFF"):
        data = pictures.encoded(grey, format_, icc_profile=linear)
        assert near(colour(data), (188, 188, 188), 1)
        # A profile for another kind of pixels says nothing.
        assert near(colour(pictures.encoded(PATCH, format_, icc_profile=linear)), (200, 60, 60), 9)


def inks_profile() -> bytes:
    """A profile of inks in which nothing is printed but black, whatever the other inks are."""

    def table(name: bytes) -> bytes:
        ramp = struct.pack(">2H", 0, 65_535)
        corners = b"".join(
            struct.pack(">3H", 0 if black else 65_280, 32_768, 32_768)
            for _ in range(8)
            for black in (0, 1)
        )
        one = struct.pack(">9i", 65_536, 0, 0, 0, 65_536, 0, 0, 0, 65_536)
        return (
            name + bytes(4) + bytes((4, 3, 2, 0)) + one + struct.pack(">HH", 2, 2)
            + ramp * 4 + corners + ramp * 3
        )  # fmt: skip

    white = struct.pack(">3i", 63190, 65536, 54061)
    tags = [(b"A2B0", table(b"mft2")), (b"wtpt", b"XYZ \0\0\0\0" + white)]
    head, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags:
        head += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    first = struct.pack(">I4sI", at + len(body), b"none", 0x02100000) + b"prtr" + b"CMYK" + b"Lab "
    first += bytes(12) + b"acsp" + bytes(28) + white + bytes(48)
    return first + head + body


@pytest.mark.parametrize("format_", ["JPEG", "TIFF"])
def test_profiles_of_inks(format_):
    icc = inks_profile()
    assert colour_profiles.understood(icc).space == "CMYK"
    cyan = Image.new("CMYK", (32, 32), (255, 0, 0, 0))
    assert near(colour(pictures.encoded(cyan, format_)), (0, 255, 255), 4)
    # In this profile cyan alone prints nothing: paper is left.
    assert near(colour(pictures.encoded(cyan, format_, icc_profile=icc)), (255, 255, 255), 4)
    black = Image.new("CMYK", (32, 32), (0, 0, 0, 255))
    assert near(colour(pictures.encoded(black, format_, icc_profile=icc)), (0, 0, 0), 4)
