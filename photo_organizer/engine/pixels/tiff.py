"""TIFF files that Pillow does not read, or reads wrongly, by tifffile: floats, L*a*b*, planes."""

from __future__ import annotations

import io
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import Pixels, UnreadableError
from photo_organizer.engine.files import exif, formats
from photo_organizer.engine.pixels import giants
from photo_organizer.engine.pixels.flattening import eight_bits

_MOST_BYTES: Final = 8 * formats.MAX_PIXELS
"""Of the unpacked numbers."""

_BITS, _COMPRESSION, _MEANING, _SAMPLES, _PLANES, _NUMBERS = 258, 259, 262, 277, 284, 339
_ORIENTATION, _PROFILE = 274, 34675
_WHITE_IS_ZERO, _INKS, _LAB, _ICC_LAB = 0, 5, 8, 9
_PREMULTIPLIED, _ALPHA = 1, 2
_LOSSY: Final = frozenset((6, 7, 22610, 33003, 33005, 34892, 34712, 50001, 50002, 52546))
_BY_PILLOW: Final = frozenset((1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 34925, 50000))
"""Compressions that Pillow's libtiff unpacks."""


def is_beyond_pillow(image: Image.Image) -> bool:
    """Whether Pillow opens a TIFF file, but would give other values than it holds."""
    tags = getattr(image, "tag_v2", None)
    if image.format != "TIFF" or tags is None:
        return False
    (bits, *_), (numbers, *_) = tags.get(_BITS, (1,)), tags.get(_NUMBERS, (1,))
    return (
        tags.get(_COMPRESSION, 1) not in _BY_PILLOW
        or (bits > 8 and tags.get(_SAMPLES, 1) > 1 and tags.get(_PLANES, 1) == 2)
        or (bits > 8 and tags.get(_MEANING) == _WHITE_IS_ZERO)
        or (bits == 8 and numbers == 2)
    )


def opened(data: bytes) -> Image.Image:
    """The first picture of a TIFF file, unpacked, in eight bits a channel.

    Its colours are left as they are; its mode, profile and orientation are those of the file.

    Raises:
        UnreadableError: cut, damaged, too large, or of a kind that nobody knows.
    """
    try:
        import tifffile

        with tifffile.TiffFile(io.BytesIO(data)) as file:
            page: Any = file.pages.first
            with giants.one_at_a_time(page.imagewidth * page.imagelength):
                return _opened(page, data)
    except UnreadableError:
        raise
    except MemoryError as error:
        raise UnreadableError("files.memory") from error
    except Exception as error:
        # A damaged file may break a decoder in any way; whoever called names file and reason.
        raise UnreadableError("files.corrupt", format="TIFF") from error


def _opened(page: Any, data: bytes) -> Image.Image:
    if page.imagewidth * page.imagelength > formats.MAX_PIXELS or page.nbytes > _MOST_BYTES:
        raise formats.too_large()
    places = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if not places or any(start + count > len(data) or not count for start, count in places):
        raise UnreadableError("files.truncated", format="TIFF")
    values = _channels_last(page.asarray(maxworkers=1), page)
    meaning = int(page.photometric)
    if meaning in (_LAB, _ICC_LAB):
        image = Image.fromarray(_lab(values, encoded_by_icc=meaning == _ICC_LAB))
        image = Image.frombytes("LAB", image.size, image.tobytes())
    else:
        signed = values.dtype.kind == "i"
        pixels = eight_bits(values, int(page.bitspersample), signed)
        image = _image(255 - pixels if meaning == _WHITE_IS_ZERO else pixels, page)
    image.format = "TIFF"
    profile = page.tags.valueof(_PROFILE)
    if profile:
        image.info["icc_profile"] = bytes(profile)
    if int(page.compression) in _LOSSY:
        image.info["compression"] = "jpeg"
    exif.give(image, data)
    image.getexif()[_ORIENTATION] = int(page.tags.valueof(_ORIENTATION, 1))
    return image


def _channels_last(values: NDArray[Any], page: Any) -> NDArray[Any]:
    """(H, W, channels) of the first plane in depth."""
    axes = page.axes
    for axis in [name for name in axes if name not in "YXS"]:
        values = values.take(0, axis=axes.index(axis))
        axes = axes.replace(axis, "", 1)
    if "S" not in axes:
        return values[..., None]
    return np.moveaxis(values, axes.index("S"), -1)


def _image(pixels: Pixels, page: Any) -> Image.Image:
    """Pillow's picture of eight bits a channel, without channels that have no meaning."""
    colours = {_INKS: 4, 2: 3, 6: 3, 34892: 3}.get(int(page.photometric), 1)
    colours = min(colours, pixels.shape[2])
    extra = [int(kind) for kind in page.extrasamples]
    has_alpha = pixels.shape[2] > colours and bool(extra) and extra[0] in (_PREMULTIPLIED, _ALPHA)
    if colours == 2 or colours == 3 > pixels.shape[2]:
        colours = 1
    if colours == 4:
        return _of_mode("CMYK", pixels[..., :4])
    if not has_alpha:
        return _of_mode("RGB" if colours == 3 else "L", pixels[..., :colours])
    rgb = pixels[..., :3] if colours == 3 else np.repeat(pixels[..., :1], 3, axis=2)
    rgba = np.concatenate((rgb, pixels[..., colours : colours + 1]), axis=2)
    if extra[0] == _PREMULTIPLIED:
        return _of_mode("RGBa", rgba).convert("RGBA")
    return _of_mode("RGBA", rgba)


def _of_mode(mode: str, pixels: Pixels) -> Image.Image:
    height, width = pixels.shape[:2]
    return Image.frombytes(mode, (width, height), pixels.tobytes())


def _lab(values: NDArray[Any], *, encoded_by_icc: bool) -> Pixels:
    """L*a*b* in Pillow's eight bits: a* and b* are signed (TIFF 6.0, section 23)."""
    values = values[..., :3]
    if values.dtype.itemsize == 2:
        # ICC's sixteen bits end at 0xFF00.
        values = (values.astype(np.uint16) >> 8).astype(np.uint8)
    if values.dtype.itemsize != 1:
        raise UnreadableError("files.corrupt", format="TIFF")
    pixels: Pixels = np.ascontiguousarray(values).view(np.uint8)
    if encoded_by_icc:
        pixels = pixels ^ np.array((0, 128, 128), np.uint8)
    return np.ascontiguousarray(pixels)
