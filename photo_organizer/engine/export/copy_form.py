"""In which form photos are copied: as files, as JPEG of a size, without their place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePath
from typing import Final

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Photo

FULL_SIZE: Final = 65_535
"""As `CopyForm.longest`: every pixel. No side of a JPEG can be longer."""

JPEG_SUFFIXES: Final = frozenset((".jpg", ".jpeg", ".jpe", ".jfif"))


class Making(Enum):
    """How one copy is made."""

    FILE = auto()
    """Byte by byte."""
    WITHOUT_PLACE = auto()
    """The picture byte by byte, with what is said of it but its place."""
    ENCODED = auto()
    """A JPEG made of its pixels."""


@dataclass(frozen=True, slots=True)
class CopyForm:
    """What copies are like."""

    longest: int | None = None
    """Copies are JPEG, their longer side has at most so many pixels; None: the files as they are.
    Smaller photos are never enlarged."""
    location: bool = True
    """Copies say where a photo was taken, as it does itself."""

    def making(self, photo: Photo) -> Making:
        """How the copy of a photo is made: never encoded anew where it need not be."""
        fits = self.longest is None or max(photo.width, photo.height) <= self.longest
        if self.longest is None and self.location:
            return Making.FILE
        if photo.format == "JPEG" and fits:
            return Making.FILE if self.location else Making.WITHOUT_PLACE
        return Making.ENCODED

    def name(self, photo: Photo) -> PurePath:
        """The name of the photo's file, with the suffix that its copy has."""
        name = PurePath(photo.path.name)
        if self.making(photo) is Making.FILE or name.suffix.lower() in JPEG_SUFFIXES:
            return name
        return name.with_suffix(".jpg")

    def about(self, photo: Photo) -> int:
        """How many bytes the copy of a photo will have, about."""
        if self.making(photo) is not Making.ENCODED:
            return photo.identity.size
        scale = min(1.0, (self.longest or FULL_SIZE) / max(photo.width, photo.height, 1))
        pixels = photo.width * photo.height * scale * scale
        rule = assets.toml("thresholds/export.toml")["copy"]
        return round(pixels * float(rule["bytes_a_pixel"]))


AS_THEY_ARE: Final = CopyForm()
"""All copies are made byte by byte."""
