"""What the pipeline tells of files: the photo and its facts, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.dates import TakenDate
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import FileIdentity, Photo, Pixels
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Skipped
from photo_organizer.engine.faces import finder
from photo_organizer.engine.files import exif
from photo_organizer.engine.pixels import decode, fingerprints, holdings, measures
from photo_organizer.engine.storage.store import Content

CONTENT_VERSION = ".".join(
    str(module.VERSION) for module in (decode, measures, fingerprints, holdings, exif)
)
"""Facts stored by another version of the measuring code are measured again."""

PICTURE_VERSION = f"{decode.VERSION}.{fingerprints.VERSION}"
"""Photos whose thumbnails were made by another version are compared again."""

FACES_VERSION = f"{decode.VERSION}.{finder.VERSION}"
"""Faces found by another version of the measuring code are looked for again."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A photo on its way through the pipeline, and what is new about it for the store."""

    identity: FileIdentity
    content_hash: bytes
    content: Content
    better_date: TakenDate | None = None
    """See `Photo.better_date`."""
    vector: NDArray[np.float16] | None = None
    """In the numbers that the store keeps."""
    prepared: Pixels | None = None
    """Input of the encoder while `vector` is still missing."""
    faces: tuple[Face, ...] | None = None
    """None: nobody looked."""
    awaits_faces: bool = False
    """They are looked for now: a `LookedThrough` will follow."""
    new_content: bool = False
    new_vector: bool = False
    photo: Photo | None = None
    """As the store knows it, with all its facts; None: the store has to be told of the file."""


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """A photo that was looked through for faces, after everything else about it was told.

    Faces come late: nobody shall wait for them who only wants to see photos, and what else was
    found out is stored meanwhile.
    """

    content_hash: bytes
    faces: tuple[Face, ...] | None
    """None: it could not be looked through this time."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file whose content cannot be decoded."""

    identity: FileIdentity
    reason: Reason
    content_hash: bytes | None = None
    """None when the file could not even be read."""
    is_new: bool = False
    """To be remembered, and not tried again. What chance may have had a part in is not: want of
    memory, a process ended from outside, an error that nobody foresaw and that may be mended."""


Outcome = Examined | LookedThrough | Unreadable | Skipped


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of some content."""

    content: Content
    vector: NDArray[np.float16]
    faces: tuple[Face, ...] | None
