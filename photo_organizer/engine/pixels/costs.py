"""What decoding a picture would cost, told by its header: some files are made to cost too much.

`formats.MAX_PIXELS` bounds the memory of any picture. Here are bounds for files that promise far
more than they hold, and for pictures that are gone over again and again.
"""

from __future__ import annotations

from typing import Final

from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.pixels import jpeg
from photo_organizer.engine.pixels.giants import PIXELS as GIANT

_MOST_SCANNED: Final = 8_000_000_000
"""Pixels times scans of a JPEG: twenty scans of the largest picture, seconds of work. Cameras and
editors write about ten scans."""

_LEAST_BYTES: Final = 2000
"""A giant has a byte for so many pixels at the least: one that is blank has less, no photo has."""

_HEIGHT, _STRIPS, _ROWS_PER_STRIP = 257, 273, 278
"""Tags of a TIFF file."""


def check(image: Image.Image, data: bytes) -> None:
    """Refuse a picture whose decoding is out of all proportion.

    Args:
        image: opened, not unpacked.
        data: the whole file.

    Raises:
        UnreadableError: too costly; or truncated, where the header alone says so.
    """
    pixels = image.width * image.height
    if image.format in ("JPEG", "MPO"):
        scans = jpeg.scans(data) if image.info.get("progressive") else 1
        if scans * pixels > _MOST_SCANNED:
            raise UnreadableError("files.costly")
    if image.format == "TIFF" and _lacks_strips(image):
        raise UnreadableError("files.truncated", format="TIFF")
    if pixels > GIANT and len(data) < pixels // _LEAST_BYTES:
        raise UnreadableError("files.costly")


def _lacks_strips(image: Image.Image) -> bool:
    """Whether a TIFF file names fewer strips than its picture is made of."""
    tags = getattr(image, "tag_v2", {})
    height, rows, strips = (tags.get(tag) for tag in (_HEIGHT, _ROWS_PER_STRIP, _STRIPS))
    if not (isinstance(height, int) and isinstance(rows, int) and isinstance(strips, tuple)):
        return False
    return rows > 0 and len(strips) < -(-height // rows)
