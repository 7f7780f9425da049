from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from photo_organizer.engine.pixels import colour_profiles
from tests.engine import pictures

P3 = ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))


def power(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"


def table() -> bytes:
    values = np.rint(colour_profiles.curve_of_srgb() * 65535).astype(">u2")
    return b"curv\0\0\0\0" + struct.pack(">I", 256) + values.tobytes()


def parametric() -> bytes:
    numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return b"para\0\0\0\0\0\3\0\0" + struct.pack(">5i", *(round(n * 65536) for n in numbers))


def profile(primaries=P3, curve: bytes | None = None, name: str = "any", space: bytes = b"RGB "):
    """A small profile of one curve and three primaries; grey has the curve alone."""

    def xyz(*values):
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))

    curve = parametric() if curve is None else curve
    said = name.encode() + b"\0"
    tags = [
        (b"desc", b"desc\0\0\0\0" + struct.pack(">I", len(said)) + said + bytes(78)),
        (b"wtpt", xyz(0.9642, 1, 0.8249)),
    ]
    if space == b"GRAY":
        tags.append((b"kTRC", curve))
    else:
        for letter, primary in zip(b"rgb", primaries, strict=True):
            tags += [(bytes([letter]) + b"XYZ", xyz(*primary)), (bytes([letter]) + b"TRC", curve)]
    head, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags:
        head += tag + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    first = struct.pack(">I4sI", at + len(body), b"none", 0x02100000) + b"mntr" + space + b"XYZ "
    first += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061) + bytes(48)
    return first + head + body


def by_little_cms(pixels, icc, intent=ImageCms.Intent.RELATIVE_COLORIMETRIC):
    """What the reference implementation makes of it."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    transform = ImageCms.buildTransform(
        source, ImageCms.createProfile("sRGB"), "RGB", "RGB", intent
    )
    return np.asarray(ImageCms.applyTransform(Image.fromarray(pixels), transform))


@pytest.mark.parametrize("curve", [power(2.2), power(1.8), table(), parametric()])
def test_colours_are_those_of_little_cms(curve):
    icc = profile(curve=curve)
    pixels = np.random.default_rng(1).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    mine = colour_profiles.understood(icc).in_srgb(pixels)
    assert mine.flags.c_contiguous
    # Little CMS itself rounds more coarsely where it is dark.
    difference = np.abs(mine.astype(int) - by_little_cms(pixels, icc))
    assert difference.mean() < 0.6
    assert np.percentile(difference, 99) <= 3


def test_a_profile_is_known_by_its_primaries_not_by_its_name():
    named_srgb = colour_profiles.understood(profile(name="Display P3 Gamut with sRGB Transfer"))
    other_name = colour_profiles.understood(profile(name="whatever"))
    assert named_srgb.wide
    assert named_srgb.digest
    assert named_srgb.digest == other_name.digest
    patch = np.full((2, 2, 3), (200, 60, 60), np.uint8)
    assert np.abs(named_srgb.in_srgb(patch)[0, 0].astype(int) - (217, 42, 52)).max() <= 2


def test_the_same_space_by_two_makers_does_the_same():
    ours = colour_profiles.understood(pictures.wide_gamut_profile())
    assert ours.digest == colour_profiles.understood(profile(curve=table())).digest
    other = colour_profiles.understood(profile(curve=power(1.8)))
    assert other.digest not in (ours.digest, b"")


@pytest.mark.parametrize("curve", [table(), parametric()])
def test_srgb_costs_nothing_whatever_it_is_called(curve):
    known = colour_profiles.understood(profile(SRGB, curve, "Display P3"))
    pixels = pictures.scene()
    assert known.space == "RGB"
    assert known.digest == b""
    assert not known.wide
    assert known.in_srgb(pixels) is pixels


def test_primaries_of_srgb_with_another_curve_are_converted_but_not_wide():
    known = colour_profiles.understood(profile(SRGB, power(1.0)))
    assert known.digest
    assert not known.wide
    assert known.in_srgb(np.full((1, 1, 3), 128, np.uint8))[0, 0, 0] == 188


def test_a_grey_profile_is_applied_to_one_channel_or_three():
    linear = colour_profiles.understood(profile(curve=power(1.0), space=b"GRAY"))
    assert (linear.space, linear.wide) == ("L", False)
    for channels in (1, 3):
        toned = linear.in_srgb(np.full((3, 4, channels), 128, np.uint8))
        assert toned.shape == (3, 4, 3)
        assert (toned == 188).all()
    assert colour_profiles.understood(profile(curve=table(), space=b"GRAY")).digest == b""


def test_the_numbers_of_a_format_mean_the_same_as_a_profile():
    p3 = colour_profiles.of_screen(
        colour_profiles.D65,
        (0.68, 0.32),
        (0.265, 0.69),
        (0.15, 0.06),
        colour_profiles.curve_of_srgb(),
    )
    assert p3.digest == colour_profiles.understood(profile()).digest
    assert colour_profiles.adobe_rgb().wide
    nothing = colour_profiles.of_screen(
        (0, 0), (0, 0), (0, 0), (0, 0), colour_profiles.curve_of_srgb()
    )
    assert nothing.digest == b""


@pytest.mark.parametrize("cut", [0, 100, 128, 140, 200, 300, 400])
def test_what_is_no_profile_does_nothing(cut):
    known = colour_profiles.understood(profile()[:cut])
    assert (known.space, known.digest, known.wide) == ("", b"", False)
    pixels = pictures.scene()
    assert known.in_srgb(pixels) is pixels


def test_garbage_in_a_profile_raises_nothing():
    rng = np.random.default_rng(2)
    good = profile(curve=table())
    for _ in range(60):
        bad = bytearray(good)
        for at in rng.integers(0, len(bad), 12):
            bad[at] = rng.integers(0, 256)
        colour_profiles.understood(bytes(bad)).in_srgb(np.full((1, 1, 3), 9, np.uint8))
