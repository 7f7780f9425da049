"""Reads the container of a picture file, whatever its format."""

from __future__ import annotations

import logging
from typing import Final

from photo_organizer.engine.domain.holdings import Extra
from photo_organizer.engine.files import repairs
from photo_organizer.engine.files.containers import boxes, chunks, jpeg, tiff, trailers
from photo_organizer.engine.files.containers.contents import Contents, digest_of

_log = logging.getLogger(__name__)


def _read_jpeg(contents: Contents, data: bytes) -> None:
    start = repairs.jpeg_start(data) or 0
    picture = jpeg.read(data, start)
    if picture is None:
        return
    jpeg.fill(contents, picture)
    trailers.read(contents, data, picture.end, picture)


_READERS: Final = {
    "JPEG": _read_jpeg,
    "MPO": _read_jpeg,
    "PNG": chunks.read_png,
    "WEBP": chunks.read_webp,
    "GIF": chunks.read_gif,
    "BMP": chunks.read_bmp,
    "TIFF": tiff.read,
    "HEIF": boxes.read,
    "AVIF": boxes.read,
    "JPEG2000": boxes.read_codestream,
    "JPEGXL": boxes.read_codestream,
}
FORMATS: Final = frozenset(_READERS)
"""Pillow's names of those whose containers are read; of others, only equal bytes are equal."""


def read(data: bytes, format_: str) -> Contents:
    """What lies in the container beside the picture; never raises.

    Args:
        data: the whole file.
        format_: Pillow's name of its format.
    """
    contents = Contents()
    try:
        _READERS[format_](contents, data)
    except Exception as error:  # noqa: BLE001 - broken files break readers in any way
        # Something is there that could not be read: it must not be taken for nothing.
        _log.info("container of a %s left unread: %r", format_, error)
        contents.extras.append((Extra.APPENDED, digest_of(data)))
    return contents
