"""What a copy that is no longer the file itself says of its photo.

Only what is listed here is taken over: nothing that could tell a place slips through, whatever a
camera wrote. Formats: Exif 2.32, XMP part 3 1.1.3.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from PIL import ExifTags, Image

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.files import formats, xmp
from photo_organizer.engine.files.xmp import Metadata

_log = logging.getLogger(__name__)

_Base = ExifTags.Base

_FIRST: Final = (
    _Base.Make,
    _Base.Model,
    _Base.DateTime,
    _Base.ImageDescription,
    _Base.Artist,
    _Base.Copyright,
)
_DETAIL: Final = (
    _Base.DateTimeOriginal,
    _Base.DateTimeDigitized,
    _Base.OffsetTime,
    _Base.OffsetTimeOriginal,
    _Base.OffsetTimeDigitized,
    _Base.SubsecTime,
    _Base.SubsecTimeOriginal,
    _Base.SubsecTimeDigitized,
    _Base.ExposureTime,
    _Base.FNumber,
    _Base.ExposureProgram,
    _Base.ISOSpeedRatings,
    _Base.ExposureBiasValue,
    _Base.MeteringMode,
    _Base.Flash,
    _Base.FocalLength,
    _Base.FocalLengthIn35mmFilm,
    _Base.WhiteBalance,
    _Base.LensMake,
    _Base.LensModel,
)

MOST: Final = 60_000
"""Bytes that fit into one segment of a JPEG."""


def exif_of(photo: Photo, *, location: bool, turned: bool) -> bytes:
    """The Exif block of a copy, "Exif" in front; empty where there is nothing to say.

    Args:
        photo: whose date, camera, exposure, author and caption are taken over.
        location: its place is, too.
        turned: the pixels of the copy lie as in the file, so that its orientation is needed.
    """
    made = Image.Exif()
    known = _tags(photo.path)
    orientation = known.get(_Base.Orientation)
    if turned and isinstance(orientation, int) and 1 < orientation <= 8:
        made[_Base.Orientation] = orientation
    detail = known.get_ifd(ExifTags.IFD.Exif)
    for tag in _FIRST:
        if tag in known:
            made[tag] = known[tag]
    below: dict[int, object] = {tag: detail[tag] for tag in _DETAIL if tag in detail}
    taken = photo.exif.taken_at
    if photo.format == "RAW" and taken is not None:  # Pillow reads nothing of it
        below = {_Base.DateTimeOriginal: f"{taken:%Y:%m:%d %H:%M:%S}"}
    if below:
        made.get_ifd(ExifTags.IFD.Exif).update(below)
    place = known.get_ifd(ExifTags.IFD.GPSInfo)
    if location and place:
        made.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    return _written(photo, made)


def xmp_of(photo: Photo) -> bytes:
    """The XMP packet of a copy: stars, caption and keywords; empty where there are none."""
    known = xmp.read(photo)
    words = Metadata(known.rating, known.description, known.keywords)
    if words == Metadata():
        return b""
    packet = xmp.merged(None, words)
    return packet if len(packet) <= MOST else b""


def _tags(path: Path) -> Image.Exif:
    """What the file says; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            if formats.is_raw(file.read(64), path.suffix):
                return Image.Exif()
        with Image.open(path) as image:
            found = Image.Image.getexif(image)
            for which in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
                found.get_ifd(which)
            return found
    except Exception as error:  # noqa: BLE001 - parsers of strangers' bytes raise whatever they like
        _log.info("Exif of %s left out: %s", path, error)
        return Image.Exif()


def _written(photo: Photo, made: Image.Exif) -> bytes:
    if not made and not made.get_ifd(ExifTags.IFD.Exif) and not made.get_ifd(ExifTags.IFD.GPSInfo):
        return b""
    try:
        block = made.tobytes()
    except Exception as error:  # noqa: BLE001 - as above: a value that no writer takes
        _log.info("Exif of %s is not taken over: %s", photo.path, error)
        return b""
    return block if len(block) <= MOST else b""
