"""JPEG copies of photos: smaller ones, and such that do not say where a photo was taken.

Pixels are decoded in another process, as everywhere; colours become those of sRGB, and the copy
says so. Format: ITU-T T.81 annex B.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Final

from PIL import Image, ImageCms

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Photo, UnreadableError
from photo_organizer.engine.export.copy_form import FULL_SIZE, CopyForm, Making
from photo_organizer.engine.export.copy_metadata import exif_of, xmp_of
from photo_organizer.engine.files.containers import jpeg
from photo_organizer.engine.isolation import views

_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_SCAN, _COMMENT = 0xDA, 0xFE
_WITHOUT_LENGTH: Final = frozenset((0x00, 0x01, *range(0xD0, 0xDA), 0xFF))
_PROFILE: Final = b"ICC_PROFILE\0"
_TOLD: Final = range(0xE0, 0xF0)
"""Markers of what is said of a picture."""


def made(photo: Photo, form: CopyForm) -> bytes:
    """The bytes of a copy that is not the file itself.

    Raises:
        UnreadableError: the photo cannot be decoded.
        OSError: the photo cannot be read.
    """
    if form.making(photo) is Making.WITHOUT_PLACE:
        copied = _with_other_words(
            photo.path.read_bytes(),
            exif_of(photo, location=False, turned=True),
            xmp_of(photo),
        )
        if copied:
            return copied
    return _encoded(photo, form)


def _encoded(photo: Photo, form: CopyForm) -> bytes:
    image = Image.fromarray(views.view(photo.path, form.longest or FULL_SIZE))
    if max(image.size) > FULL_SIZE:
        raise UnreadableError("export.too_large_for_jpeg")
    file = io.BytesIO()
    image.save(
        file,
        "JPEG",
        quality=int(assets.toml("thresholds/export.toml")["copy"]["quality"]),
        optimize=True,
        progressive=True,
        icc_profile=_srgb(),
        exif=exif_of(photo, location=form.location, turned=False),
        **({"xmp": packet} if (packet := xmp_of(photo)) else {}),
    )
    return file.getvalue()


@cache
def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _with_other_words(data: bytes, exif: bytes, xmp: bytes) -> bytes:
    """A JPEG with its picture, profile and nothing else but these words; empty: it is odd.

    What lies behind the picture goes: further pictures and films may tell a place, too.
    """
    picture = jpeg.read(data)
    if picture is None:
        return b""
    told = [block for block in (exif, xmp and _XMP + xmp) if block]
    parts = [b"\xff\xd8"]
    at, has_begun = 2, False
    while at + 4 <= picture.end:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or marker in _WITHOUT_LENGTH or length < 2:
            return b""
        body = data[at + 4 : at + 2 + length]
        if not has_begun and not (marker == 0xE0 and body.startswith(b"JFIF")):
            parts += map(_segment, told)
            has_begun = True
        if marker == _SCAN:
            parts.append(data[at : picture.end])
            return b"".join(parts)
        if _belongs_to_pixels(marker, body):
            parts.append(data[at : at + 2 + length])
        at += 2 + length
    return b""


def _belongs_to_pixels(marker: int, body: bytes) -> bool:
    """Whether a segment is needed to show the picture as it is."""
    if marker == _COMMENT:
        return False
    if marker not in _TOLD:
        return True
    return body.startswith((b"JFIF\0", b"Adobe", _PROFILE))


def _segment(block: bytes) -> bytes:
    return b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
