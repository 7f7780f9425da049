"""Any supported file to upright sRGB, once, scaled while decoding, within bounds.

JPEG goes through libjpeg-turbo's scaled inverse transform (`jpeg`), raw files through their
embedded preview (`raw`), everything else through Pillow (`flattening`), and what Pillow does not
read of TIFF through tifffile (`tiff`). Nearly all of them release Python's lock while they work, so
decoding scales with threads.
"""

from __future__ import annotations

from PIL import Image

from photo_organizer.engine.domain.facts import Exif, Pixels, UnreadableError
from photo_organizer.engine.files import exif, formats, repairs
from photo_organizer.engine.pixels import (
    costs,
    declared_colours,
    flattening,
    giants,
    jpeg,
    raw,
    tiff,
)
from photo_organizer.engine.pixels.colour_profiles import SRGB, ColourProfile
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.saved_quality import saved_quality
from photo_organizer.engine.pixels.scaling import factor_for, fitted
from photo_organizer.engine.pixels.turning import upright

VERSION = 3
"""Raise it when the same file would give other pixels or facts: they are measured again then."""

ANALYSIS_SIDE = 1600
"""Pixels. A photo whose long side is larger is analysed at 1/2, 1/4 or 1/8 of its size, the
smallest of them whose long side is still at least this."""

_LOSSY_TIFF = frozenset(("jpeg", "tiff_jpeg", "webp"))


_TRUNCATED = ("truncated", "premature end of jpeg", "end of file", "end-of-file", "too short")
_SMALLER_VERSION, _KIND_OF_PAGE = 1, 254
"""In a TIFF file: this page shows another one in small."""


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
            return raw.opened(data, ANALYSIS_SIDE, _preview)
        except raw.NotRawError:
            pass  # a plain TIFF with a raw file's suffix
    data = repairs.readable(data, formats.kind(data))
    image = _opened(data, suffix)
    # MPO is several JPEG pictures in one file, of which the first counts.
    format_ = "JPEG" if image.format == "MPO" else image.format or ""
    size = image.size
    known = formats.FORMATS.get(format_)
    lossy = known is None or known.lossy or image.info.get("compression") in _LOSSY_TIFF
    profile = declared_colours.of_image(image, data)
    pixels, turn = _pixels(image, data, factor_for(size, ANALYSIS_SIDE), profile)
    if format_ in ("TIFF", "JPEGXL"):
        size = image.size  # these are turned while they are loaded
    width, height = reversed(size) if turn >= 5 else size
    return (
        Picture(
            upright(pixels, turn),
            width,
            height,
            format_,
            lossy,
            saved_quality(image, data),
            flattening.is_opaque(image),
        ),
        exif.of_image(image),
    )


def decode_view(data: bytes, suffix: str = "", max_side: int = 512) -> Pixels:
    """Decode a file for looking at it: upright, the long side at most `max_side`, never enlarged.

    Faster than `decode` for small sides, and lenient: of a damaged JPEG it shows what there is.

    Raises:
        UnreadableError: there is nothing to show.
    """
    if formats.is_raw(data, suffix):
        try:
            return fitted(raw.opened(data, max_side, _preview)[0].pixels, max_side)
        except raw.NotRawError:
            pass
    data = repairs.readable(data, formats.kind(data))
    image = _opened(data, suffix)
    profile = declared_colours.of_image(image, data)
    factor = factor_for(image.size, max_side)
    if profile.space == "RGB" and image.mode == "RGB" and not image.has_transparency_data:
        # Fewer pixels are converted when they are small already.
        pixels, turn = _pixels(image, data, factor, SRGB, lenient=True)
        return upright(profile.in_srgb(fitted(pixels, max_side)), turn)
    pixels, turn = _pixels(image, data, factor, profile, lenient=True)
    return upright(fitted(pixels, max_side), turn)


def _opened(data: bytes, suffix: str) -> Image.Image:
    try:
        image = formats.open_image(data)
    except UnreadableError as error:
        if formats.kind(data) == "TIFF" and error.reason.code == "files.corrupt":
            return tiff.opened(data)
        raise
    tags = getattr(image, "tag_v2", {})
    if suffix.lower() in formats.RAW_SUFFIXES and tags.get(_KIND_OF_PAGE) == _SMALLER_VERSION:
        raise UnreadableError("files.raw")  # only its small preview could be seen
    if tiff.is_beyond_pillow(image):
        return tiff.opened(data)
    return image


def _preview(image: Image.Image, data: bytes, factor: int) -> tuple[Pixels, int]:
    """The pixels of a raw file's embedded picture, and how it is to be turned."""
    return _pixels(image, data, factor, declared_colours.of_image(image, data))


def _pixels(
    image: Image.Image, data: bytes, factor: int, profile: ColourProfile, *, lenient: bool = False
) -> tuple[Pixels, int]:
    """The picture shrunk by `factor`, and the Exif orientation that is still to be applied."""
    format_ = "JPEG" if image.format == "MPO" else image.format or "picture"
    try:
        costs.check(image, data)
        if format_ == "JPEG":
            turn = exif.orientation(image)
            return _of_jpeg(image, data, factor, profile, lenient=lenient), turn
        with giants.one_at_a_time(image.width * image.height):
            pixels = flattening.flattened(image, factor, profile)
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


def _of_jpeg(
    image: Image.Image, data: bytes, factor: int, profile: ColourProfile, *, lenient: bool
) -> Pixels:
    inks = image.mode == "CMYK"
    pixels = jpeg.decoded(
        data, image.size, factor, colours="CMYK" if inks else "RGB", lenient=lenient
    )
    if pixels is None:
        image.draft(None, (image.width // factor, image.height // factor))
        return flattening.flattened(image, 1, profile)
    if inks:
        return flattening.in_rgb(
            255 - pixels, "CMYK", profile
        )  # all write them the other way round
    return flattening.coloured(pixels, profile)
