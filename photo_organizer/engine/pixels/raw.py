"""Camera raw files to pixels, by LibRaw: their embedded preview, or developed in half size."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PIL import Image

from photo_organizer.engine.domain.facts import Exif, Pixels, UnreadableError
from photo_organizer.engine.files import exif, formats
from photo_organizer.engine.pixels import turning
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.scaling import factor_for, fitted

ReadPreview = Callable[[Image.Image, bytes, int], tuple[Pixels, int]]
"""Opened preview, its bytes, a factor: to its pixels in sRGB, and how it must still be turned."""


class NotRawError(Exception):
    """LibRaw does not know the file: it is a plain TIFF, or nothing known."""


def opened(data: bytes, side: int, read_preview: ReadPreview) -> tuple[Picture, Exif]:
    """A raw file's picture and facts, upright.

    Args:
        data: the whole file.
        side: of the long side that is wanted, in pixels; what comes may be larger.
        read_preview: decodes the embedded JPEG.

    Raises:
        NotRawError: LibRaw does not know it, but it is laid out as TIFF.
        UnreadableError: a kind that LibRaw does not know, damaged, or too large.
    """
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            return _developed(raw, data, side, read_preview)
    except rawpy.LibRawFileUnsupportedError as error:
        if formats.kind(data) == "TIFF":
            raise NotRawError from error
        raise UnreadableError("files.raw") from error
    except (rawpy.LibRawNotImplementedError, rawpy.NotSupportedError) as error:
        raise UnreadableError("files.raw") from error
    except rawpy.LibRawTooBigError as error:
        raise formats.too_large() from error
    except (MemoryError, rawpy.LibRawUnsufficientMemoryError) as error:
        raise UnreadableError("files.memory") from error
    except UnreadableError:
        raise
    except Exception as error:
        # A damaged file may break LibRaw in any way; whoever called names file and reason.
        raise UnreadableError("files.corrupt_raw") from error


def _developed(raw: Any, data: bytes, side: int, read_preview: ReadPreview) -> tuple[Picture, Exif]:
    sizes = raw.sizes
    width, height = sizes.width, sizes.height
    if width * height > formats.MAX_PIXELS:
        raise formats.too_large()
    # LibRaw's flip in Exif's numbers: 3 is half a turn, 5 to the left, 6 to the right.
    turn = {3: 3, 5: 8, 6: 6}.get(sizes.flip, 1)
    preview = _preview(raw, side, (width, height), turn, read_preview)
    if preview:
        pixels, facts = preview
    else:
        pixels, facts = _in_colours(raw.postprocess(half_size=True, use_camera_wb=True)), Exif()
    if turn >= 5:
        width, height = height, width
    pixels = fitted(pixels, max(width, height) // factor_for((width, height), side))
    # Makers whose raw files are not laid out like TIFF keep the facts in the preview; where there
    # are none, LibRaw writes what it knows, and itself as the software.
    facts = exif.completed(exif.of_raw(data), replace(facts, software=None))
    return Picture(pixels, width, height, "RAW", lossy=False), facts


def _in_colours(developed: Pixels) -> Pixels:
    """(H, W, 3) of whatever channels LibRaw gives: one for sensors that see no colours."""
    if developed.ndim == 2 or developed.shape[2] < 3:
        grey = developed if developed.ndim == 2 else developed[..., 0]
        return np.repeat(grey[..., None], 3, axis=2)
    return np.ascontiguousarray(developed[..., :3])


def _preview(
    raw: Any, side: int, size: tuple[int, int], turn: int, read_preview: ReadPreview
) -> tuple[Pixels, Exif] | None:
    """The embedded JPEG, upright, and its facts; None where there is none large enough.

    Args:
        raw: LibRaw's open file.
        side: of the long side, wanted in pixels.
        size: of the raw picture as the sensor saw it.
        turn: Exif orientation of the raw picture.
        read_preview: decodes it.
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
        pixels, own_turn = read_preview(image, thumbnail.data, factor_for(image.size, side))
    except (rawpy.LibRawError, rawpy.NotSupportedError, UnreadableError):
        return None  # the raw data may be whole: they decide
    applied = 1 if turned and turn >= 5 else own_turn if own_turn > 1 else turn
    return turning.upright(pixels, applied), exif.of_image(image)
