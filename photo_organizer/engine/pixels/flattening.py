"""Any picture that Pillow opens as RGB: eight bits, sRGB, on white; not yet turned upright."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.colour_profiles import ColourProfile, lab

_BITS_PER_SAMPLE, _SAMPLE_FORMAT = 258, 339
_SIGNED: Final = 2
_FEW: Final = 0.02
"""Share of a picture that may be brighter than white."""


def flattened(image: Image.Image, factor: int, profile: ColourProfile) -> Pixels:
    """Unpack the (first) picture, shrunk with an area filter, in sRGB, on white.

    Args:
        image: opened, not necessarily unpacked.
        factor: 1, 2, 4 or 8: by how much to shrink.
        profile: of its colours; one for other kinds of pixels is left aside.
    """
    image.load()
    if image.mode in ("I", "F"):  # four bytes a pixel: shrunk before it is copied any further
        values = np.asarray(_reduced(image, factor))
        return coloured(eight_bits(values, *_depth(image)), profile)
    if image.mode.startswith("I;16"):
        grey = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
        return coloured(np.asarray(_reduced(grey, factor)), profile)
    if image.mode in ("CMYK", "LAB"):
        small = np.asarray(_reduced(image, factor))
        return in_rgb(small, image.mode, profile)
    if image.has_transparency_data:
        return _on_white(_reduced(image.convert("RGBA"), factor), profile)
    plain = image if image.mode in ("L", "RGB") else image.convert("RGB")
    return coloured(np.array(_reduced(plain, factor)), profile)


def in_rgb(pixels: Pixels, mode: str, profile: ColourProfile) -> Pixels:
    """Pixels of inks or of L*a*b* in sRGB; without a fitting profile by Pillow's plain formula.

    Args:
        pixels: (H, W, 3 or 4) uint8.
        mode: CMYK or LAB.
        profile: of the colours.
    """
    if mode == "LAB":
        return lab().in_srgb(pixels)
    if profile.space == "CMYK":
        return profile.in_srgb(pixels)
    height, width = pixels.shape[:2]
    plain = Image.frombytes("CMYK", (width, height), pixels.tobytes()).convert("RGB")
    return np.array(plain)


def eight_bits(values: NDArray[Any], bits: int = 16, signed: bool = False) -> NDArray[np.uint8]:
    """Numbers of any kind as eight bits of the same range.

    Args:
        values: integers, or floats up to 1, 255 or 65535.
        bits: that integers were declared with. What fits into sixteen bits of more has sixteen.
        signed: integers may be negative.
    """
    low, top = 0.0, 65535.0
    if values.dtype.kind == "f":
        values = np.nan_to_num(values)
        # A few lights above white are no other scale.
        top = next((t for t in (1.0, 255.0) if np.mean(values > t) < _FEW), top)
    else:
        if bits == 32 and not signed and values.dtype == np.int32:
            values = values.view(np.uint32)
        if bits <= 16 or values.max() > 65535:
            top = float(2**bits - 1)
        if signed:
            top //= 2
            low = -top - 1 if values.min() < 0 else 0.0
    scaled = (values.astype(np.float32) - low) * np.float32(255.0 / (top - low))
    result: NDArray[np.uint8] = np.clip(scaled, 0, 255).astype(np.uint8)
    return result


def _depth(image: Image.Image) -> tuple[int, bool]:
    """Bits of a sample, and whether it has a sign, as a TIFF file says."""
    tags = getattr(image, "tag_v2", {})
    bits, kind = tags.get(_BITS_PER_SAMPLE, (16,)), tags.get(_SAMPLE_FORMAT, (1,))
    return int(bits[0]), kind[0] == _SIGNED


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Shrunk; the picture itself, not a copy, where there is nothing to shrink."""
    return image.reduce(factor) if factor > 1 else image


def coloured(pixels: Pixels, profile: ColourProfile) -> Pixels:
    """(H, W) grey or (H, W, 3) colours in sRGB, by a profile that fits; others are left aside."""
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    if profile.space == "RGB" or (profile.space == "L" and is_grey(pixels)):
        pixels = profile.in_srgb(pixels)
    return pixels


def is_grey(pixels: Pixels) -> bool:
    """Whether all three channels are one."""
    import cv2

    red, green, blue = cv2.split(pixels)
    return bool((red == green).all() and (green == blue).all())


def is_opaque(image: Image.Image) -> bool:
    """Whether an unpacked picture with transparency is known to make no use of it."""
    if image.mode not in ("RGBA", "LA"):
        return not image.has_transparency_data
    return image.getchannel("A").getextrema() == (255, 255)


def _on_white(image: Image.Image, profile: ColourProfile) -> Pixels:
    """White shows through wherever an RGBA picture is transparent."""
    colours = np.array(image.convert("RGB"))
    opaque = Image.fromarray(coloured(colours, profile))
    white = Image.new("RGB", image.size, "white")
    white.paste(opaque, mask=image.getchannel("A"))
    return np.array(white)
