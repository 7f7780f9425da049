"""Every picture of a file at its full depth: all that the eight bits on white leave out.

The picture that is judged is the first one, in eight bits, in sRGB, on white. Where a file holds no
more than that, nothing is decoded here.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.files import exif, formats
from photo_organizer.engine.files.containers.contents import Contents, digest_of
from photo_organizer.engine.pixels import jpeg
from photo_organizer.engine.pixels.colour_profiles import ColourProfile
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.turning import upright

_log = logging.getLogger(__name__)

MOST_PICTURES: Final = 64
"""Of a file with more pages or frames none is compared."""
_MOST_DEEP: Final = 100_000_000
"""Pixels of more than eight bits in all pictures of a file: 800 MB at worst."""

_REDUCED, _KIND_OF_PAGE = 1, 254
_PLAIN_MODES: Final = ("1", "L", "LA", "P", "RGB", "RGBA")

_DEPTH_UNKNOWN: Final = frozenset(("JPEGXL",))
"""Formats whose depth is not read: only their compressed pictures are compared."""

_Samples = NDArray[Any]


@dataclass(slots=True)
class Pictures:
    """What the pictures of a file are, beside what the container says."""

    count: int = 1
    animated: bool = False
    bits: int = 8
    area: int = 0
    """Pixels of them all, where the container says so."""
    alpha: bool = False
    """Some of it is transparent."""
    pixels: bytes = b""
    """Digest of them all; empty where they were not all decoded whole."""
    durations: tuple[int, ...] = ()
    """Of the frames of an animation, in milliseconds."""


def look(
    data: bytes, image: Image.Image, picture: Picture, contents: Contents, profile: ColourProfile
) -> Pictures:
    """Look at all pictures of a file. Never raises: what cannot be decoded has no digest.

    Args:
        data: the file.
        image: it, opened.
        picture: what is judged of it.
        contents: what its container says.
        profile: of its colours.
    """
    found = Pictures(contents.pictures, bits=contents.bits, area=contents.area)
    try:
        _look(found, data, image, picture, profile)
    except Exception as error:  # noqa: BLE001 - broken pictures break decoders in any way
        _log.info("a %s is not compared to the last bit: %s", image.format, error)
        found.pixels = b""
        # Said to be there, because nobody could look.
        found.alpha |= image.has_transparency_data
    return found


def _look(
    found: Pictures,
    data: bytes,
    image: Image.Image,
    picture: Picture,
    profile: ColourProfile,
) -> None:
    if image.format not in ("JPEG", "MPO", "TIFF"):
        found.count = max(int(getattr(image, "n_frames", 1)), 1)
        found.animated = found.count > 1 and image.format != "HEIF"
    if image.format == "HEIF":
        found.bits = max(found.bits, int(image.info.get("bit_depth", 8)))
    opaque = picture.opaque or not image.has_transparency_data
    single = found.count == 1 and found.bits == 8 and opaque
    whole = picture.scale >= 1.0
    if image.format in _DEPTH_UNKNOWN:
        found.alpha = not opaque
        return
    if single and image.mode in _PLAIN_MODES and not profile.digest:
        found.pixels = digest_of_samples(picture.pixels) if whole else b""
        return
    if single and not whole:
        return  # no more than its profile is left out: not worth the time
    area = max(found.area, found.count * image.width * image.height)
    most = formats.MAX_PIXELS if found.bits == 8 else _MOST_DEEP
    if max(found.count, int(getattr(image, "n_frames", 1))) > MOST_PICTURES or area > most:
        found.alpha = image.has_transparency_data
        return
    digests: list[bytes] = []
    deepest = 0
    durations = []
    for whole_samples, duration in _all(data, image, found.bits):
        samples, depth = _without_spare_bits(whole_samples, found.bits)
        deepest = max(deepest, depth)
        if samples.ndim == 3 and samples.shape[2] in (2, 4) and image.mode != "CMYK":
            unused = _is_opaque(samples[..., -1])
            found.alpha |= not unused
            samples = samples[..., :-1] if unused else samples
        digests.append(digest_of_samples(samples))
        durations.append(duration)
    if len(digests) < found.count:  # said to be there, because nobody looked
        found.alpha |= not opaque
    else:
        found.bits = max(deepest, 8)
    if len(digests) == found.count:
        found.pixels = digests[0] if len(digests) == 1 else digest_of(*digests)
    if found.animated:
        found.durations = tuple(durations)


def digest_of_samples(samples: _Samples) -> bytes:
    """Digest of a picture's numbers; grey is equal to three equal channels."""
    if samples.ndim == 3 and samples.shape[2] == 1:
        samples = samples[..., 0]
    if samples.ndim == 2:
        samples = np.repeat(samples[..., None], 3, axis=2)
    elif samples.shape[2] == 2:
        samples = samples[..., (0, 0, 0, 1)]
    kind = f"{samples.shape} {samples.dtype.str}".encode()
    return digest_of(kind, np.ascontiguousarray(samples).data)


def _all(data: bytes, image: Image.Image, bits: int) -> Iterator[tuple[_Samples, int]]:
    """The numbers of each picture, (H, W) or (H, W, channels), and how long it is shown."""
    if bits > 8 and image.format in ("PNG", "TIFF"):
        yield from _by_opencv(data, image)
    elif bits > 8 and image.format == "HEIF":
        yield from _by_libheif(data)
    elif bits > 8:
        return  # nothing at hand unpacks it at its depth
    elif image.format in ("JPEG", "MPO"):
        inks = "CMYK" if image.mode == "CMYK" else "RGB"
        pixels = jpeg.decoded(data, image.size, 1, colours=inks)
        if pixels is None:
            pixels = np.asarray(image if inks == "CMYK" else image.convert("RGB"))
        yield upright(pixels, exif.orientation(image)), 0
    else:
        yield from _by_pillow(image)


def _by_pillow(image: Image.Image) -> Iterator[tuple[_Samples, int]]:
    for number in range(int(getattr(image, "n_frames", 1))):
        image.seek(number)
        tags = getattr(image, "tag_v2", None)
        if tags is not None and int(tags.get(_KIND_OF_PAGE, 0)) & _REDUCED:
            continue
        image.load()
        frame: Image.Image = image
        if image.has_transparency_data:
            frame = image.convert("RGBA")
        elif image.mode in ("1", "P", "PA", "RGBX"):
            frame = image.convert("RGB")
        samples = np.asarray(frame)
        yield upright(samples, exif.orientation(image)), int(image.info.get("duration", 0) or 0)


def _by_opencv(data: bytes, image: Image.Image) -> Iterator[tuple[_Samples, int]]:
    """Pages of more than eight bits, in OpenCV's order of channels put right."""
    import cv2

    worked, pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    turn = exif.orientation(image)
    if not worked or turn != 1:
        return
    for page in pages:
        if page.ndim == 3 and page.shape[2] in (3, 4):
            order = (2, 1, 0, 3)[: page.shape[2]]
            yield page[..., order], 0
        else:
            yield page, 0


def _by_libheif(data: bytes) -> Iterator[tuple[_Samples, int]]:
    import pillow_heif

    for page in pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=False):
        yield np.asarray(page), 0


def _is_opaque(alpha: _Samples) -> bool:
    top = np.iinfo(alpha.dtype).max if alpha.dtype.kind == "u" else 1.0
    return bool((alpha >= top).all())


def _without_spare_bits(samples: _Samples, bits: int) -> tuple[_Samples, int]:
    """Sixteen bits whose lower eight say nothing are eight; and the bits that say something."""
    if samples.dtype != np.uint16:
        return samples, max(bits, 8) if samples.dtype.itemsize > 1 else 8
    upper = samples >> 8
    lower = samples & 0xFF
    if not lower.any() or bool((lower == upper).all()):
        return upper.astype(np.uint8), 8
    return samples, bits
