"""Any supported file to upright RGB, once, scaled while decoding, within bounds.

JPEG goes through libjpeg-turbo's scaled inverse transform (simplejpeg), raw files through their
embedded preview (LibRaw), everything else through Pillow. All of them release Python's lock while
they work, so decoding scales with threads.
"""

from __future__ import annotations

import io
import logging
import re
import threading
from contextlib import nullcontext
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, ImageCms

from photo_organizer.engine.domain.facts import Exif, Pixels, UnreadableError
from photo_organizer.engine.files import exif, formats
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.saved_quality import saved_quality
from photo_organizer.engine.pixels.scaling import shrunk

VERSION = 1
"""Raise it when the same file would give other pixels: facts are measured again then."""

_log = logging.getLogger(__name__)

ANALYSIS_SIDE = 1600
"""Pixels. A photo whose long side is larger is analysed at 1/2, 1/4 or 1/8 of its size, the
smallest of them whose long side is still at least this."""

_LOSSY_TIFF = frozenset(("jpeg", "tiff_jpeg", "webp"))

_GIANT_PIXELS = 50_000_000
_giants = threading.Lock()
"""Held while a picture above `_GIANT_PIXELS` is unpacked: several at once could fill the memory."""

_MAX_SCANS = 200
_SCAN = re.compile(rb"\xff\xda\x00[\x06\x08\x0a\x0c]")
"""The head of one scan of a JPEG. Cameras write about ten; thousands are an attack on our time."""

_TRUNCATED = ("truncated", "premature end of jpeg", "end of file", "end-of-file", "too short")
_CORRUPT_JPEG = ("bad huffman", "premature end of data", "instead of rst", "bad arithmetic")


class _NotRawError(Exception):
    """LibRaw does not know the file: it is a plain TIFF, or nothing known."""


def decode(data: bytes, suffix: str = "") -> Picture:
    """Decode a file for analysis, upright.

    Args:
        data: the whole file.
        suffix: of the file's name; tells TIFF and TIFF-like raw files apart. Everything else is
            told by the bytes.

    Raises:
        UnreadableError: not a picture, too large, or not decodable whole.
    """
    return open_photo(data, suffix)[0]


def open_photo(data: bytes, suffix: str = "") -> tuple[Picture, Exif]:
    """Decode a file for analysis and read its Exif facts, parsing it once. See `decode`."""
    if formats.is_raw(data, suffix):
        try:
            return _open_raw(data, ANALYSIS_SIDE)
        except _NotRawError:
            pass  # a plain TIFF with a raw file's suffix
    image = formats.open_image(data)
    # MPO is several JPEG pictures in one file, of which the first counts.
    format_ = "JPEG" if image.format == "MPO" else image.format or ""
    size = image.size
    known = formats.FORMATS.get(format_)
    lossy = known is None or known.lossy or image.info.get("compression") in _LOSSY_TIFF
    pixels, turn = _pixels(image, data, _factor(size, ANALYSIS_SIDE))
    if format_ == "TIFF":
        size = image.size  # Pillow turns TIFF files itself while it loads them
    width, height = reversed(size) if turn >= 5 else size
    return (
        Picture(
            _upright(pixels, turn),
            width,
            height,
            format_,
            lossy,
            saved_quality(image, data),
        ),
        exif.of_image(image),
    )


def decode_view(data: bytes, suffix: str = "", max_side: int = 512) -> Pixels:
    """Decode a file for looking at it: upright, the long side at most `max_side`, never enlarged.

    Faster than `decode` for small sides; true to the colour profile, which `decode` leaves aside
    because it takes longer than the decoding; and lenient: of a damaged JPEG it shows what there
    is.

    Raises:
        UnreadableError: there is nothing to show.
    """
    if formats.is_raw(data, suffix):
        try:
            return fit(_open_raw(data, max_side)[0].pixels, max_side)
        except _NotRawError:
            pass
    image = formats.open_image(data)
    pixels, turn = _pixels(image, data, _factor(image.size, max_side), lenient=True)
    return _upright(_in_srgb(fit(pixels, max_side), image.info.get("icc_profile")), turn)


def _in_srgb(pixels: Pixels, profile: bytes | None) -> Pixels:
    """Convert pixels of a wider colour space (Display P3, Adobe RGB…); others stay as they are."""
    transform = _srgb_transform(profile) if profile else None
    if transform is None:
        return pixels
    converted: Pixels = np.array(ImageCms.applyTransform(Image.fromarray(pixels), transform))
    return converted


@lru_cache(maxsize=16)
def _srgb_transform(profile: bytes) -> ImageCms.ImageCmsTransform | None:
    """From a colour profile to sRGB; None where there is nothing to convert or to understand."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space != "RGB " or "sRGB" in ImageCms.getProfileDescription(
            source
        ):
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        _log.debug("colour profile left aside: %s", error)
        return None


def _factor(size: tuple[int, int], side: int) -> int:
    """1, 2, 4 or 8: by how much to shrink so that the long side stays at least `side`.

    libjpeg-turbo has fast code for these four only; the other formats follow them, so that a
    photo is measured at one size whatever its format.
    """
    return next((f for f in (8, 4, 2) if max(size) >= f * side), 1)


def _pixels(
    image: Image.Image, data: bytes, factor: int, *, lenient: bool = False
) -> tuple[Pixels, int]:
    """The picture shrunk by `factor`, and the Exif orientation that is still to be applied."""
    format_ = "JPEG" if image.format == "MPO" else image.format or "picture"
    try:
        if format_ == "JPEG":
            turn = exif.orientation(image)
            return _jpeg(image, data, factor, lenient=lenient), turn
        with _giants if image.width * image.height > _GIANT_PIXELS else nullcontext():
            pixels = _by_pillow(image, factor)
        return pixels, exif.orientation(image)
    except UnreadableError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise formats.too_large() from error
    except MemoryError as error:
        raise UnreadableError("files.memory") from error
    except Exception as error:
        # A damaged file may break a decoder in any way; whoever called names file and reason.
        message = str(error).lower()
        cut = isinstance(error, EOFError) or any(clue in message for clue in _TRUNCATED)
        code = "files.truncated" if cut else "files.corrupt"
        raise UnreadableError(code, format=format_) from error


def _jpeg(image: Image.Image, data: bytes, factor: int, *, lenient: bool) -> Pixels:
    width, height = image.size
    if image.info.get("progressive") and len(_SCAN.findall(data)) > _MAX_SCANS:
        raise UnreadableError("files.corrupt", format="JPEG")
    if image.mode != "CMYK":
        try:
            pixels: Pixels = simplejpeg.decode_jpeg(
                data,
                "RGB",
                min_height=-(-height // factor),
                min_width=-(-width // factor),
                strict=not lenient,
            )
        except ValueError as error:
            message = str(error).lower()
            if "premature end of jpeg" in message:
                raise UnreadableError("files.truncated", format="JPEG") from error
            if any(clue in message for clue in _CORRUPT_JPEG):
                raise UnreadableError("files.corrupt", format="JPEG") from error
            # Stray bytes between markers, odd versions, rare subsampling: many cameras write
            # them, and the picture is whole. Pillow is told no such remarks, and decides.
        else:
            return pixels
    image.draft(None, (width // factor, height // factor))
    image.load()
    return _by_pillow(image, 1)


def _by_pillow(image: Image.Image, factor: int) -> Pixels:
    """Unpack the (first) picture, on white where it is transparent, shrunk with an area filter."""
    image.load()
    plain: Image.Image = image
    if image.mode in ("I", "F"):  # four bytes a pixel: shrunk before it is copied any further
        plain, factor = Image.fromarray(_eight_bits(np.asarray(image.reduce(factor)))), 1
    elif image.mode.startswith("I;16"):
        plain = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    elif image.has_transparency_data:
        plain = image.convert("RGBA")
    else:
        plain = image.convert("RGB")
    if factor > 1:
        plain = plain.reduce(factor)
    if plain.mode == "RGBA":
        white = Image.new("RGB", plain.size, "white")
        white.paste(plain, mask=plain.getchannel("A"))
        plain = white
    pixels: Pixels = np.array(plain.convert("RGB"))
    return pixels


def _eight_bits(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Grey values of 16-bit integers, or of floats up to 1, 255 or 65535, as (H, W) uint8."""
    top = 65535.0
    if values.dtype.kind == "f":
        values = np.nan_to_num(values)
        top = next((t for t in (1.0, 255.0) if values.max() <= t), top)
    grey: NDArray[np.uint8] = (np.clip(values, 0, top) * np.float32(255.0 / top)).astype(np.uint8)
    return grey


def _upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an Exif orientation, 1 to 8 (Exif 2.32, tag 0x0112)."""
    if orientation == 1:
        return pixels
    import cv2

    if orientation in (5, 7):
        pixels, orientation = cv2.transpose(pixels), 1 if orientation == 5 else 3
    match orientation:
        case 2:
            pixels = cv2.flip(pixels, 1)
        case 3:
            pixels = cv2.rotate(pixels, cv2.ROTATE_180)
        case 4:
            pixels = cv2.flip(pixels, 0)
        case 6:
            pixels = cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE)
        case 8:
            pixels = cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
    return pixels


def fit(pixels: Pixels, max_side: int) -> Pixels:
    """Shrink with an area filter until the long side is at most `max_side`; never enlarge."""
    height, width = pixels.shape[:2]
    scale = max_side / max(height, width)
    if scale >= 1:
        return pixels
    return shrunk(pixels, max(1, round(width * scale)), max(1, round(height * scale)))


def _open_raw(data: bytes, side: int) -> tuple[Picture, Exif]:
    """Open a raw file by its embedded preview, or half-size where the preview is too small."""
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            return _develop(raw, data, side)
    except rawpy.LibRawFileUnsupportedError as error:
        if formats.kind(data) == "TIFF":
            raise _NotRawError from error
        raise UnreadableError("files.raw") from error
    except rawpy.LibRawError as error:
        raise UnreadableError("files.corrupt_raw") from error
    except MemoryError as error:
        raise UnreadableError("files.memory") from error


def _develop(raw: Any, data: bytes, side: int) -> tuple[Picture, Exif]:
    sizes = raw.sizes
    width, height = sizes.width, sizes.height
    if width * height > formats.MAX_PIXELS:
        raise formats.too_large()
    # LibRaw's flip in Exif's numbers: 3 is half a turn, 5 to the left, 6 to the right.
    turn = {3: 3, 5: 8, 6: 6}.get(sizes.flip, 1)
    preview = _preview(raw, side, (width, height), turn)
    if preview:
        pixels, facts = preview
    else:
        pixels, facts = raw.postprocess(half_size=True, use_camera_wb=True), Exif()
    if turn >= 5:
        width, height = height, width
    pixels = fit(pixels, max(width, height) // _factor((width, height), side))
    # Makers whose raw files are not laid out like TIFF keep the facts in the preview; where there
    # are none, LibRaw writes what it knows, and itself as the software.
    facts = exif.completed(exif.of_raw(data), replace(facts, software=None))
    return Picture(pixels, width, height, "RAW", lossy=False), facts


def _preview(raw: Any, side: int, size: tuple[int, int], turn: int) -> tuple[Pixels, Exif] | None:
    """The embedded JPEG, upright, and its facts; None where there is none large enough.

    Args:
        raw: LibRaw's open file.
        side: of the long side, wanted in pixels.
        size: of the raw picture as the sensor saw it.
        turn: Exif orientation of the raw picture.
    """
    import rawpy

    try:
        thumbnail = raw.extract_thumb()
        if thumbnail.format is not rawpy.ThumbFormat.JPEG:
            return None  # bitmaps are always tiny
        image = formats.open_image(thumbnail.data)
        if max(image.size) < min(side, 0.9 * max(size)):
            return None
        # Some previews carry their own orientation, some are turned already, some are neither.
        turned = (image.width > image.height) != (size[0] > size[1])
        pixels, own_turn = _pixels(image, thumbnail.data, _factor(image.size, side))
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError, UnreadableError):
        return None  # the raw data may be whole: they decide
    applied = 1 if turned and turn >= 5 else own_turn if own_turn > 1 else turn
    return _upright(pixels, applied), exif.of_image(image)
