"""Which colours a file says its numbers stand for: a profile, or a code that stands for one."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from photo_organizer.engine.files import exif
from photo_organizer.engine.pixels import colour_profiles
from photo_organizer.engine.pixels.colour_profiles import ColourProfile

_Chromaticities = tuple[tuple[float, float], ...]

_HEAD: Final = 65536
"""Bytes of a file within which its colours are declared."""

_D65: Final = colour_profiles.D65
_PRIMARIES: Final[dict[int, _Chromaticities]] = {
    1: (_D65, (0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
    9: (_D65, (0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    11: (_D65, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    12: (_D65, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
"""White, red, green and blue by their code of ITU-T H.273, table 2. Those of older television are
as near to sRGB's as makes no difference, and stand for them: they are written by mistake."""

_PQ, _HLG = 16, 18
_CURVES: Final[dict[int, Callable[[], NDArray[np.float64]]]] = {
    4: lambda: colour_profiles.curve_of_gamma(2.2),
    5: lambda: colour_profiles.curve_of_gamma(2.8),
    8: lambda: colour_profiles.curve_of_gamma(1.0),
    _PQ: lambda: _within_white(_light_of_pq()),
    _HLG: lambda: _within_white(_light_of_hlg()),
}
"""By code of H.273, table 3; all others are those of screens, sRGB's for us."""

_WHITE_NITS: Final = 203.0
"""Brightness of white paper in a picture of high range (ITU-R BT.2408)."""
_SHOULDER: Final = 0.6
"""Share of white from which highlights are pressed together to find room below white."""

_PNG_CODES: Final = re.compile(rb"\0\0\0\x04cICP(..)", re.DOTALL)
_BOX_CODES: Final = re.compile(rb"colrnclx(....)", re.DOTALL)
_BOX_PROFILE: Final = re.compile(rb"(....)colr\x02\0[\0\1]", re.DOTALL)

_COLOUR_SPACE, _UNCALIBRATED, _ADOBE = 0xA001, 65535, 2
_INTEROPERABILITY_INDEX: Final = 1


def of_image(image: Image.Image, data: bytes) -> ColourProfile:
    """The colours of an opened picture; those of sRGB where it declares none.

    Args:
        image: opened, not necessarily unpacked.
        data: the file.
    """
    codes = _codes(image, data)
    embedded = image.info.get("icc_profile")
    # A profile cannot say how bright white is; in a PNG the codes count first.
    if codes is not None and (codes[1] in (_PQ, _HLG) or image.format == "PNG" or not embedded):
        return of_codes(*codes)
    if isinstance(embedded, bytes) and embedded:
        return colour_profiles.understood(embedded)
    if image.format == "PNG":
        return _of_png(image.info)
    if image.format == "JPEG2000":
        return _of_boxes(data)
    if image.format in ("JPEG", "MPO") and _is_adobe_rgb(image):
        return colour_profiles.adobe_rgb()
    return colour_profiles.SRGB


@lru_cache(maxsize=32)
def of_codes(primaries: int, transfer: int) -> ColourProfile:
    """The colours that two codes of ITU-T H.273 stand for; high ranges are pressed below white."""
    chromaticities = _PRIMARIES.get(primaries, _PRIMARIES[1])
    curve = _CURVES.get(transfer, colour_profiles.curve_of_srgb)()
    white, red, green, blue = chromaticities
    return colour_profiles.of_screen(white, red, green, blue, curve)


def _codes(image: Image.Image, data: bytes) -> tuple[int, int] | None:
    match image.format:
        case "HEIF":
            said: Any = image.info.get("nclx_profile")
            if isinstance(said, dict):
                return int(said["color_primaries"]), int(said["transfer_characteristics"])
        case "AVIF":
            if found := _BOX_CODES.search(data, 0, _HEAD):
                return struct.unpack(">HH", found[1])
        case "JPEGXL":
            return image.info.get("codes")
        case "PNG":
            if found := _PNG_CODES.search(data, 0, _HEAD):
                return found[1][0], found[1][1]
    return None


def _of_png(info: Mapping[Any, Any]) -> ColourProfile:
    """By the chunks gAMA and cHRM, which older programs write (PNG, third edition, 11.3.2)."""
    gamma, points = info.get("gamma"), info.get("chromaticity")
    if "srgb" in info or not gamma or not 0.05 < gamma < 5:
        return colour_profiles.SRGB
    white, red, green, blue = _PRIMARIES[1]
    if isinstance(points, tuple) and len(points) == 8:
        white, red, green, blue = zip(points[::2], points[1::2], strict=True)
    # What is written for sRGB by programs that know only powers means sRGB.
    usual = abs(gamma - 1 / 2.2) < 0.003
    curve = colour_profiles.curve_of_srgb() if usual else colour_profiles.curve_of_gamma(1 / gamma)
    return colour_profiles.of_screen(white, red, green, blue, curve)


def _of_boxes(data: bytes) -> ColourProfile:
    """By the profile in the head of a JPEG 2000 file (ISO/IEC 15444-1, I.5.3.3)."""
    found = _BOX_PROFILE.search(data, 0, _HEAD)
    if found is None:
        return colour_profiles.SRGB
    start = found.start()
    profile = data[start + 11 : start + int.from_bytes(found[1], "big")]
    return colour_profiles.understood(profile)


def _is_adobe_rgb(image: Image.Image) -> bool:
    """Whether a camera says so in Exif instead of embedding a profile (DCF 2.0, option file)."""
    detail = exif.directory(image, ExifTags.IFD.Exif)
    space = detail.get(_COLOUR_SPACE)
    if space == _ADOBE:
        return True
    if space != _UNCALIBRATED:
        return False
    index = exif.directory(image, ExifTags.IFD.Interop).get(_INTEROPERABILITY_INDEX)
    return isinstance(index, str) and index.startswith("R03")


def _within_white(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light where 1 is white paper, highlights pressed together so that nothing is above 1."""
    room = 1 - _SHOULDER
    pressed = _SHOULDER + room * (1 - np.exp(-(light - _SHOULDER) / room))
    return np.asarray(np.where(light > _SHOULDER, pressed, light), np.float64)


def _light_of_pq() -> NDArray[np.float64]:
    """SMPTE ST 2084, in shares of white paper."""
    values = np.linspace(0, 1, 256) ** (1 / 78.84375)
    ratio = np.maximum(values - 0.8359375, 0) / (18.8515625 - 18.6875 * values)
    return np.asarray(ratio ** (1 / 0.1593017578125) * 10_000 / _WHITE_NITS, np.float64)


def _light_of_hlg() -> NDArray[np.float64]:
    """ITU-R BT.2100, hybrid log-gamma, on a screen of 1000 nits, in shares of white paper."""
    values = np.linspace(0, 1, 256)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(values <= 0.5, values**2 / 3, (np.exp((values - c) / a) + b) / 12)
    return np.asarray(scene**1.2 * 1000 / _WHITE_NITS, np.float64)
