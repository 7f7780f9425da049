"""What colour profiles do, whatever they are called: judged by their numbers, applied to pixels.

A profile says which colours the numbers of a picture stand for. Most are made of one curve for each
channel and three primaries; those are understood here and applied in three quick passes. All others
(CMYK, tables) go through Little CMS.
"""

from __future__ import annotations

import io
import logging
import struct
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.files.containers.contents import digest_of
from photo_organizer.engine.pixels import icc

_log = logging.getLogger(__name__)

_Numbers = NDArray[np.float64]

_LONGEST = 8 * 1024 * 1024
"""Bytes. Profiles of presses take two megabytes at most; what is longer is none."""

_SAME_LEVELS = 2
"""Levels of eight bits. What changes no colour by more is taken for doing nothing."""
_SAME_NUMBERS = 0.004
"""Two profiles whose primaries and curves differ by no more do the same."""
_BEYOND = -0.02
"""Share of a primary of sRGB. Colours with less of it than this lie outside of sRGB."""
_BEYOND_IN_LAB = -0.03
"""As `_BEYOND`, where Little CMS answers in whole steps of L*a*b*."""

_FROM_LINEAR_SRGB: Final[_Numbers] = np.array(
    (
        (0.4360747, 0.3850649, 0.1430804),
        (0.2225045, 0.7168786, 0.0606169),
        (0.0139322, 0.0971045, 0.7141733),
    )
)
"""To XYZ under D50, as profiles give them (IEC 61966-2-1, adapted by Bradford)."""
_TO_LINEAR_SRGB: Final[_Numbers] = np.asarray(np.linalg.inv(_FROM_LINEAR_SRGB), np.float64)
_BRADFORD: Final[_Numbers] = np.array(
    ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
)
_D50: Final[_Numbers] = np.array((0.9642, 1.0, 0.8249))
D65: Final = (0.3127, 0.3290)
"""Chromaticity x, y of the white that screens use."""

_SPACES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
"""Pillow's name for each colour space of profiles."""


@dataclass(frozen=True, eq=False)
class ColourProfile:
    """What a colour profile does. `understood` makes one from an embedded profile."""

    space: str = ""
    """Of the pixels it describes: RGB, L (grey), CMYK or LAB; empty where nothing is known."""
    digest: bytes = b""
    """Of what it does, whatever it is called; empty for sRGB, and where nothing is known."""
    wide: bool = False
    """It reaches colours that sRGB does not have."""
    _curves: _Numbers = field(default_factory=lambda: np.empty((0, 256)))
    """Light for each of 256 values, 0 to 1, of each channel; empty where Little CMS is asked."""
    _matrix: _Numbers = field(default_factory=lambda: np.eye(3))
    """From the light of the channels to that of sRGB's."""
    _transform: ImageCms.ImageCmsTransform | None = None
    """Little CMS's way to sRGB."""

    def in_srgb(self, pixels: Pixels) -> Pixels:
        """The same colours in sRGB, clipped to what sRGB has.

        Args:
            pixels: (H, W, channels) uint8, with as many channels as `space` has. A grey picture
                may be given with three, for a grey profile as for one of RGB.

        Returns:
            (H, W, 3) uint8; `pixels` themselves where nothing changes or nothing is known.
        """
        if not self.digest or not pixels.size:
            return pixels
        if self._transform is not None:
            picture = _image(pixels, self.space)
            converted: Pixels = np.array(ImageCms.applyTransform(picture, self._transform))
            return converted
        import cv2

        if self.space == "L":
            grey = pixels[..., :1] if pixels.ndim == 3 else pixels[..., None]
            toned = cv2.LUT(np.ascontiguousarray(grey[..., 0]), self._tones)
            return np.repeat(toned[..., None], 3, axis=2)
        # Sixteen bits of light: one step of eight bits is at least twenty steps of them.
        light = cv2.LUT(np.ascontiguousarray(pixels), self._to_light)
        light = cv2.transform(light, self._matrix.astype(np.float32))
        return np.asarray(cv2.LUT(light, _from_light()))

    @cached_property
    def _to_light(self) -> NDArray[np.uint16]:
        return np.ascontiguousarray(np.rint(self._curves.T * 65535).astype(np.uint16)[None])

    @cached_property
    def _tones(self) -> NDArray[np.uint8]:
        """For a grey profile: 256 grey levels of sRGB."""
        light = np.rint(np.clip(self._curves[0], 0, 1) * 65535).astype(np.uint16)
        tones: NDArray[np.uint8] = _from_light()[0, light]
        return tones


SRGB: Final = ColourProfile("RGB")
"""sRGB itself: nothing is done."""


@lru_cache(maxsize=32)
def understood(profile: bytes) -> ColourProfile:
    """What an embedded ICC profile does; an empty `ColourProfile` for what is none.

    The answer for each profile is kept: photos of one camera carry the same.
    """
    if not 128 < len(profile) <= _LONGEST:
        return ColourProfile()
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = _SPACES.get(opened.profile.xcolor_space.strip(), "")
        tags = icc.tags(profile)
        if space == "RGB" and b"A2B0" not in tags and b"rXYZ" in tags:
            curves = np.stack([icc.curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")])
            primaries = np.stack(
                [icc.primary(tags[name]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")], axis=1
            )
            return _of_primaries(curves, _TO_LINEAR_SRGB @ _with_white_of_d50(primaries))
        if space == "L" and b"kTRC" in tags:
            return _of_grey(icc.curve(tags[b"kTRC"]))
        if space in ("RGB", "CMYK"):
            return _by_tables(opened, space, profile)
    except (ImageCms.PyCMSError, ArithmeticError, LookupError, OSError, ValueError, struct.error,
            np.linalg.LinAlgError) as error:  # fmt: skip
        _log.debug("colour profile left aside: %s", error)
    return ColourProfile()


def of_screen(
    white: tuple[float, float],
    red: tuple[float, float],
    green: tuple[float, float],
    blue: tuple[float, float],
    curve: _Numbers,
) -> ColourProfile:
    """A profile for formats that give the chromaticities x, y of white and primaries as numbers.

    Args:
        white: of the brightest grey.
        red: of the first channel alone.
        green: of the second.
        blue: of the third.
        curve: light for each of 256 values, 0 to 1.
    """
    try:
        return _of_primaries(np.stack([curve] * 3), _matrix_of(white, red, green, blue))
    except (ArithmeticError, np.linalg.LinAlgError, ValueError) as error:
        _log.debug("chromaticities left aside: %s", error)
        return ColourProfile()


@lru_cache(maxsize=1)
def adobe_rgb() -> ColourProfile:
    """The space that cameras may name instead of embedding it (DCF 2.0, option file R03)."""
    return of_screen(D65, (0.64, 0.33), (0.21, 0.71), (0.15, 0.06), curve_of_gamma(2.2))


@lru_cache(maxsize=1)
def lab() -> ColourProfile:
    """L*a*b* under D50, in Pillow's eight bits."""
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("LAB"),
        ImageCms.createProfile("sRGB"),
        "LAB",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    return ColourProfile("LAB", b"L*a*b*", True, _transform=transform)


def curve_of_gamma(gamma: float) -> _Numbers:
    """Light for each of 256 values, 0 to 1, of a plain power."""
    result: _Numbers = np.linspace(0, 1, 256) ** gamma
    return result


def curve_of_srgb() -> _Numbers:
    """Light for each of 256 values, 0 to 1, in sRGB (IEC 61966-2-1)."""
    values = np.linspace(0, 1, 256)
    result: _Numbers = np.where(
        values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4
    )
    return result


def _matrix_of(
    white: tuple[float, float],
    red: tuple[float, float],
    green: tuple[float, float],
    blue: tuple[float, float],
) -> _Numbers:
    """From the light of these primaries to that of sRGB's, white to white."""
    unscaled = np.stack([_xyz_of(*point) for point in (red, green, blue)], axis=1)
    primaries = unscaled * np.linalg.solve(unscaled, _xyz_of(*white))
    matrix: _Numbers = _TO_LINEAR_SRGB @ _with_white_of_d50(primaries)
    return matrix


def _of_primaries(curves: _Numbers, matrix: _Numbers) -> ColourProfile:
    if not (np.isfinite(curves).all() and np.isfinite(matrix).all()):
        return ColourProfile()
    curves = np.clip(curves, 0, 1)
    profile = ColourProfile("RGB", b"?", bool(matrix.min() < _BEYOND), curves, matrix)
    if _changes_nothing(profile.in_srgb(_sample(3)), _sample(3)):
        return SRGB
    return ColourProfile("RGB", _digest_of(matrix, curves), profile.wide, curves, matrix)


def _of_grey(curve: _Numbers) -> ColourProfile:
    curves = np.clip(curve, 0, 1)[None]
    if not np.isfinite(curves).all():
        return ColourProfile()
    ramp = np.arange(256, dtype=np.uint8)[None, :, None]
    profile = ColourProfile("L", b"?", _curves=curves)
    if _changes_nothing(profile.in_srgb(ramp), ramp):
        return ColourProfile("L")
    return ColourProfile("L", _digest_of(np.eye(3), curves), _curves=curves)


def _by_tables(opened: ImageCms.ImageCmsProfile, space: str, profile: bytes) -> ColourProfile:
    def to(target: str) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(
            opened,
            ImageCms.createProfile("LAB" if target == "LAB" else "sRGB"),
            space,
            target,
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )

    transform = to("RGB")
    sample = _sample(len(space))
    # The header (date, maker, version) says nothing about colours.
    digest = digest_of(profile[128:])
    result = ColourProfile(space, digest, _transform=transform)
    if space == "RGB" and _changes_nothing(result.in_srgb(sample), sample):
        return SRGB
    lab = np.asarray(ImageCms.applyTransform(_image(sample, space), to("LAB")))
    wide = bool(_linear_srgb_of_lab(lab).min() < _BEYOND_IN_LAB)
    return ColourProfile(space, digest, wide, _transform=transform)


def _digest_of(matrix: _Numbers, curves: _Numbers) -> bytes:
    """A digest of what is done. Makers round a space in their own ways: for all it is the same."""
    for name, its_matrix, its_curve in _well_known():
        if (
            np.abs(its_matrix - matrix).max() <= _SAME_NUMBERS
            and np.abs(its_curve - curves).max() <= _SAME_NUMBERS
        ):
            return digest_of(name.encode())
    numbers = np.concatenate((matrix.ravel(), curves[:, 8::8].ravel()))
    steps = np.rint(numbers / (2 * _SAME_NUMBERS)).astype(np.int32)
    return digest_of(steps.tobytes())


@lru_cache(maxsize=1)
def _well_known() -> tuple[tuple[str, _Numbers, _Numbers], ...]:
    """The spaces that photos come in: name, matrix to the light of sRGB, curve."""
    p3 = _matrix_of(D65, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
    adobe = _matrix_of(D65, (0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
    return (
        ("Display P3", p3, curve_of_srgb()),
        ("Display P3, 2.2", p3, curve_of_gamma(2.2)),
        ("Adobe RGB", adobe, curve_of_gamma(2.2)),
        ("grey 2.2", np.eye(3), curve_of_gamma(2.2)),
    )


def _image(pixels: Pixels, mode: str) -> Image.Image:
    """Pillow's picture of any of its modes with eight bits a channel."""
    height, width = pixels.shape[:2]
    return Image.frombytes(mode, (width, height), pixels.tobytes())


def _changes_nothing(converted: Pixels, sample: Pixels) -> bool:
    return bool(np.abs(converted.astype(int) - sample).max() <= _SAME_LEVELS)


@lru_cache(maxsize=2)
def _sample(channels: int) -> Pixels:
    """Colours all over the space, one a pixel: (1, N, channels)."""
    levels = np.array(
        (0, 8, 32, 64, 96, 128, 160, 192, 224, 255) if channels == 3 else (0, 128, 255)
    )
    grid = np.meshgrid(*[levels] * channels, indexing="ij")
    return np.stack(grid, axis=-1).reshape(1, -1, channels).astype(np.uint8)


@lru_cache(maxsize=1)
def _from_light() -> NDArray[np.uint8]:
    """SRGB's eight bits for each of 65,536 steps of light."""
    light = np.linspace(0, 1, 65536)
    values = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    table: NDArray[np.uint8] = np.rint(values * 255).astype(np.uint8)[None]
    return table


def _with_white_of_d50(primaries: _Numbers) -> _Numbers:
    """Primaries in XYZ as columns, adapted (Bradford) so that together they make D50's white."""
    white = primaries.sum(axis=1)
    scale = np.diag((_BRADFORD @ _D50) / (_BRADFORD @ white))
    adapted: _Numbers = np.linalg.inv(_BRADFORD) @ scale @ _BRADFORD @ primaries
    return adapted


def _xyz_of(x: float, y: float) -> _Numbers:
    if y <= 0:
        raise ValueError("a primary without light")
    return np.array((x / y, 1.0, (1 - x - y) / y))


def _linear_srgb_of_lab(lab: NDArray[Any]) -> _Numbers:
    """(…, 3) linear light of sRGB, not clipped, from Pillow's eight bits of L*a*b*."""
    values = lab.reshape(-1, 3).astype(float)
    lightness = values[:, 0] * 100 / 255
    # Pillow keeps a* and b* as signed bytes.
    a, b = (values[:, 1:].astype(np.uint8).view(np.int8)).astype(float).T
    f = (lightness + 16) / 116
    ratios = np.stack((f + a / 500, f, f - b / 200), axis=1)
    xyz = _D50 * np.where(ratios > 6 / 29, ratios**3, 3 * (6 / 29) ** 2 * (ratios - 4 / 29))
    linear: _Numbers = xyz @ _TO_LINEAR_SRGB.T
    return linear
