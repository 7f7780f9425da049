"""What is known about photos: the vocabulary every other module speaks.

A *photo* is one file of the library. Facts are raw and never judged here: thresholds are applied
later, so moving a slider never recomputes a photo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.holdings import Holdings
from photo_organizer.engine.domain.reasons import SpokenError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Text, not types: the window speaks of photos before it can afford to import numpy.
Pixels: TypeAlias = "NDArray[np.uint8]"
"""Upright RGB, shape (height, width, 3), sRGB values 0 to 255."""

Vectors: TypeAlias = "NDArray[np.float32]"
"""One row a photo, float32."""

Scores: TypeAlias = "NDArray[np.float32]"
"""One number a photo, (N,) float32."""


HASH_BYTES = 16
"""Length of a `Photo.content_hash`."""

XMP_REJECTED = -1
"""The rating by which XMP calls a photo rejected, as Bridge, digiKam and darktable write it."""


class UnreadableError(SpokenError):
    """A file that cannot be decoded whole.

    Its sentence is one short clause: "truncated JPEG", "not a picture", "empty file".
    """


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Which file it is on disk: the same five values mean the same unchanged file."""

    path: Path
    device: int
    inode: int
    size: int
    """Bytes."""
    mtime_ns: int
    linked: bool = field(default=False, compare=False)
    """Only a link in the library leads to it: the file lies elsewhere. It can be looked at, but it
    is no copy that could stay for another one, and a clean-up never touches it."""


@dataclass(frozen=True, slots=True)
class Exif:
    """The Exif facts the program uses; None where the file does not say."""

    taken_at: datetime | None = None
    """Camera's local time without zone, sub-seconds included where written."""
    taken_from: DateSource = DateSource.SHUTTER
    """What in the file says so."""
    taken_precision: DatePrecision = DatePrecision.SECOND
    has_subsecond: bool = False
    camera: str | None = None
    """Maker and model, "Canon EOS R5"."""
    lens: str | None = None
    exposure_bias: float | None = None
    """Stops (EV)."""
    exposure_time: float | None = None
    """Seconds."""
    f_number: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    """Millimetres."""
    gps: tuple[float, float] | None = None
    """Latitude and longitude in degrees, south and west negative."""
    rating: int | None = None
    """Stars, 0 to 5; `XMP_REJECTED` where a program rejected it."""
    software: str | None = None
    fields: int = 0
    """How many Exif fields the file carries: its richness."""

    @property
    def taken(self) -> TakenDate | None:
        """When the photo was taken, as the file itself says."""
        if self.taken_at is None:
            return None
        return TakenDate(self.taken_at, self.taken_from, self.taken_precision)

    @property
    def moment(self) -> datetime | None:
        """When it was taken, saved or scanned, to the second; None where only a day is known."""
        return self.taken_at if self.taken_precision is DatePrecision.SECOND else None

    @property
    def shutter(self) -> datetime | None:
        """When the shutter opened, to the second: only that tells what was shot in a burst."""
        return self.moment if self.taken_from.is_shutter else None


@dataclass(frozen=True, slots=True)
class Photo:
    """One readable file of the library."""

    id: int
    """The store's row number, stable across runs."""
    identity: FileIdentity
    content_hash: bytes
    """The name of the file's content, `HASH_BYTES` long: see `photo_files.content_hash`."""
    format: str
    """Pillow's name of the format: JPEG, PNG, HEIF…; RAW for camera raw files."""
    width: int
    """Of the whole upright photo, in pixels."""
    height: int
    exif: Exif
    better_date: TakenDate | None = None
    """When it was taken, where a sidecar, the file's name or its folder tells that better than the
    content does. It belongs to this file: a copy with another name knows nothing of it."""

    @property
    def taken(self) -> TakenDate | None:
        """When it was taken, by the best evidence there is: what people sort and search by."""
        return self.better_date or self.exif.taken

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.identity.path

    @property
    def uri(self) -> str:
        """The absolute ``file://`` URI, percent-encoded byte by byte (invalid UTF-8 included)."""
        return self.identity.path.as_uri()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything measured of N photos, column by column; row i belongs to ``photos[i]``."""

    photos: Sequence[Photo]
    embeddings: Vectors
    """(N, D) unit rows of the current encoder."""
    measures: Vectors
    """(N, len(measures.NAMES)): see :mod:`photo_organizer.engine.pixels.measures`."""
    fingerprints: NDArray[np.uint8]
    """(N, fingerprints.SIZE) bytes: see :mod:`photo_organizer.engine.pixels.fingerprints`."""
    holdings: Sequence[Holdings] = ()
    """What each file holds; empty: nobody looked, and nothing is known to be an exact copy but
    what is equal byte by byte."""
    faces: Sequence[tuple[Face, ...] | None] = ()
    """The faces in each photo, the largest first; None: nobody looked, because nobody seems to be
    in it. Empty: nobody looked into any."""
    rows: dict[int, int] = field(init=False, repr=False, compare=False)
    """Photo id to row."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {p.id: i for i, p in enumerate(self.photos)})

    def __len__(self) -> int:
        return len(self.photos)
