"""Exif facts of a photo, read from its header. Garbage gives an empty `Exif`, never an error."""

from __future__ import annotations

import dataclasses
import logging
import math
import re
import struct
from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, Image

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate, dated
from photo_organizer.engine.domain.facts import XMP_REJECTED, Exif

_log = logging.getLogger(__name__)

VERSION = 1
"""Rises when the facts that are read here become others."""

_GARBAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
    struct.error,
)
"""What Pillow's parsers raise on bytes that are no Exif."""

_Tags = Mapping[int, Any]
_Base = ExifTags.Base

_TIMES: tuple[tuple[tuple[int, int] | bytes, DateSource], ...] = (
    ((_Base.DateTimeOriginal, _Base.SubsecTimeOriginal), DateSource.SHUTTER),
    (b"exif:DateTimeOriginal", DateSource.XMP),
    (b"photoshop:DateCreated", DateSource.XMP),
    ((_Base.DateTimeDigitized, _Base.SubsecTimeDigitized), DateSource.DIGITIZED),
    (b"xmp:CreateDate", DateSource.DIGITIZED),
    ((_Base.DateTime, _Base.SubsecTime), DateSource.SAVED),
)
"""The shutter first, the last edit last: tags of Exif with that of the fraction, names of XMP."""

_SIDECAR_TIMES = (b"exif:DateTimeOriginal", b"photoshop:DateCreated", b"xmp:CreateDate")

_RATING = 0x4746
_XMP = 0x02BC
_XMP_RATING = re.compile(rb"""xmp:Rating\s*(?:=\s*["']|>)\s*(-?\d)""")
_XMP_TIME = (
    rb"""\s*(?:=\s*["']|>)\s*"""
    rb"""(\d{4}[-:]\d\d(?:[-:]\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)?)(?:\.(\d+))?"""
)
"""Also as darktable writes it, "2024:08:10 12:34:56.789"."""
_TIME = re.compile(r"(\d{4})\D(\d\d)(?:\D(\d\d)(?:\D(\d\d)\D(\d\d)(?:\D(\d\d))?)?)?(?!\d)")


def of_image(image: Image.Image) -> Exif:
    """The Exif facts of an opened picture; decodes nothing."""
    try:
        # The base class's method: the one for PNG decodes the picture to look behind its pixels.
        return _facts(Image.Image.getexif(image), image.info.get("xmp"))
    except _GARBAGE as error:
        # Cameras and editors write anything; a photo without facts is still a photo.
        _log.debug("Exif of a %s left out: %s", image.format, error)
        return Exif()


def of_raw(data: bytes) -> Exif:
    """The Exif facts of a raw file that is laid out like TIFF; an empty one for the others."""
    order = {b"II": b"II*\0", b"MM": b"MM\0*"}.get(data[:2])
    if order is None:
        return Exif()
    tags = Image.Exif()
    try:
        # Olympus and Panasonic put their own number in TIFF's place.
        tags.load(data if data.startswith(order) else order + data[4:])
        return _facts(tags, tags.get(_XMP))
    except _GARBAGE as error:
        _log.debug("Exif of a raw file left out: %s", error)
        return Exif()


def date_in_sidecar(packet: bytes) -> TakenDate | None:
    """When a photo was taken, as XMP beside it says."""
    for name in _SIDECAR_TIMES:
        text, digits = _said_in(packet, name)
        found = _date(text, DateSource.SIDECAR, int(f"{digits:0<6.6}") if digits else 0)
        if found is not None:
            return found
    return None


def give(image: Image.Image, block: bytes) -> None:
    """Let a picture that another library decoded have the Exif of a block, or of a TIFF file."""
    try:
        image.getexif().load(block)
    except _GARBAGE as error:
        _log.debug("Exif of a %s left out: %s", image.format, error)


def completed(facts: Exif, by: Exif) -> Exif:
    """`facts`, what they do not say filled in from another source about the same photo."""
    missing = {
        name: getattr(by, name)
        for name in (field.name for field in dataclasses.fields(Exif))
        if getattr(facts, name) is None
    }
    if "taken_at" in missing:
        missing |= {
            "has_subsecond": by.has_subsecond,
            "taken_from": by.taken_from,
            "taken_precision": by.taken_precision,
        }
    return dataclasses.replace(facts, **missing, fields=max(facts.fields, by.fields))


def orientation(image: Image.Image) -> int:
    """The Exif orientation still to be applied to the picture's pixels: 1 to 8, 1 for none."""
    try:
        value = Image.Image.getexif(image).get(_Base.Orientation, 1)
    except _GARBAGE as error:
        _log.debug("orientation of a %s left out: %s", image.format, error)
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _facts(base: Image.Exif, xmp: object) -> Exif:
    detail = _directory(base, ExifTags.IFD.Exif)
    place = _directory(base, ExifTags.IFD.GPSInfo)
    tags = {**base, **detail}
    taken, has_subsecond = _time(tags, xmp)
    return Exif(
        taken_at=taken.at if taken else None,
        taken_from=taken.source if taken else DateSource.SHUTTER,
        taken_precision=taken.precision if taken else DatePrecision.SECOND,
        has_subsecond=has_subsecond,
        camera=_camera(_text(tags, _Base.Make), _text(tags, _Base.Model)),
        lens=_text(tags, _Base.LensModel),
        exposure_bias=_number(tags, _Base.ExposureBiasValue),
        exposure_time=_positive(tags, _Base.ExposureTime),
        f_number=_positive(tags, _Base.FNumber),
        iso=_whole(_positive(tags, _Base.ISOSpeedRatings)),
        focal_length=_positive(tags, _Base.FocalLength),
        gps=_position(place),
        rating=_rating(tags, xmp),
        software=_text(tags, _Base.Software),
        fields=len(tags) + len(place),
    )


def directory(image: Image.Image, which: ExifTags.IFD) -> dict[int, Any]:
    """One of the directories of a picture's Exif; empty where there is none, or a broken one."""
    try:
        return _directory(Image.Image.getexif(image), which)
    except _GARBAGE as error:
        _log.debug("Exif of a %s left out: %s", image.format, error)
        return {}


def _directory(base: Image.Exif, which: ExifTags.IFD) -> dict[int, Any]:
    """One of the directories below the first; empty when it is broken, which spoils no other."""
    try:
        return dict(base.get_ifd(which))
    except _GARBAGE as error:
        _log.debug("Exif directory %s left out: %s", which.name, error)
        return {}


def _text(tags: _Tags, tag: int) -> str | None:
    value = tags.get(tag)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    # Cameras pad with zero bytes and blanks.
    return value.split("\0")[0].strip() or None


def _number(tags: _Tags, tag: int) -> float | None:
    value = tags.get(tag)
    if isinstance(value, tuple | list) and value:
        value = value[0]
    return _finite(value)


def _finite(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _positive(tags: _Tags, tag: int) -> float | None:
    number = _number(tags, tag)
    return number if number is not None and number > 0 else None


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _time(tags: _Tags, xmp: object) -> tuple[TakenDate | None, bool]:
    """When the shutter opened and whether the fraction of a second is known."""
    packet = xmp.encode(errors="replace") if isinstance(xmp, str) else xmp
    for name, source in _TIMES:
        if isinstance(name, tuple):
            text, digits = _text(tags, name[0]) or "", _text(tags, name[1]) or ""
        else:
            text, digits = _said_in(packet, name) if isinstance(packet, bytes) else ("", "")
        has_fraction = digits.isdecimal() and digits.isascii()
        # "5" is half a second: the digits stand behind the decimal point.
        found = _date(text, source, int(f"{digits:0<6.6}") if has_fraction else 0)
        if found is not None:
            return found, has_fraction and found.precision is DatePrecision.SECOND
    return None, False


def _date(text: str, source: DateSource, microsecond: int = 0) -> TakenDate | None:
    match = _TIME.match(text)
    if not match:
        return None
    numbers = tuple(int(part) for part in match.groups() if part is not None)
    return dated(numbers, source, microsecond)


def _said_in(packet: bytes, name: bytes) -> tuple[str, str]:
    """A time in XMP, as an attribute or as an element, and the digits of its fraction."""
    found = re.search(re.escape(name) + _XMP_TIME, packet)
    return (found[1].decode(), (found[2] or b"").decode()) if found else ("", "")


def _camera(maker: str | None, model: str | None) -> str | None:
    if maker and model and maker.split()[0].lower() == model.split()[0].lower():
        return model  # "Canon" and "Canon EOS R5"
    return " ".join(part for part in (maker, model) if part) or None


def _position(place: _Tags) -> tuple[float, float] | None:
    latitude = _angle(place, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, 90)
    longitude = _angle(place, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, 180)
    # Zero and zero is what a receiver without reception writes.
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None
    return latitude, longitude


def _angle(place: _Tags, tag: int, reference_tag: int, limit: int) -> float | None:
    parts = place.get(tag)
    if not isinstance(parts, tuple | list) or not 1 <= len(parts) <= 3:
        return None
    degrees = 0.0
    for part, unit in zip(parts, (1, 60, 3600), strict=False):
        number = _finite(part)
        if number is None:
            return None
        degrees += number / unit
    if not 0 <= degrees <= limit:
        return None
    return -degrees if _text(place, reference_tag) in ("S", "W") else degrees


def _rating(tags: _Tags, xmp: object) -> int | None:
    value = _number(tags, _RATING)
    if value is None and isinstance(xmp, bytes) and (match := _XMP_RATING.search(xmp)):
        value = float(match[1])
    return None if value is None else min(max(round(value), XMP_REJECTED), 5)
