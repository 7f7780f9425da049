"""Writes star ratings into XMP files beside photos; ratings that are there stay as they are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.domain.facts import XMP_REJECTED, Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files import xmp
from photo_organizer.engine.files.xmp_document import SidecarError

StarsOf = Callable[[Photo], int]
"""Which rating to write for a photo: 1 to 5, `XMP_REJECTED`, or 0 for none."""


@dataclass(frozen=True, slots=True)
class HasRating:
    """A photo that has a rating in it or beside it now."""

    photo: Photo


@dataclass(frozen=True, slots=True)
class RatingNotWritten:
    """A photo whose rating could not be written, and why."""

    photo: Photo
    reason: Reason


@dataclass(frozen=True, slots=True)
class NoRatingWanted:
    """A photo that gets none: nobody gave it stars."""

    photo: Photo


def own_stars_or(own: Mapping[bytes, int], others: int) -> StarsOf:
    """The user's own stars, and a number for the photos without any.

    Args:
        own: stars by `Photo.content_hash`; 0 is a rejection, which XMP writes as `XMP_REJECTED`.
        others: 1 to 5; 0: nothing is written for photos without stars.
    """

    def stars_of(photo: Photo) -> int:
        given = own.get(photo.content_hash)
        if given is None:
            return others
        return given or XMP_REJECTED

    return stars_of


def write_all(
    photos: Sequence[Photo], stars_of: StarsOf, cancel: threading.Event | None = None
) -> Iterator[HasRating | RatingNotWritten | NoRatingWanted]:
    """Write ratings beside the photos themselves, see `write`; nothing more once `cancel` is set.

    Yields:
        What became of each photo, in their order.
    """
    for photo in photos:
        if cancel is not None and cancel.is_set():
            return
        stars = stars_of(photo)
        if not stars:
            yield NoRatingWanted(photo)
        elif problem := write(photo, stars):
            yield RatingNotWritten(photo, problem)
        else:
            yield HasRating(photo)


def write(
    photo: Photo, stars: int, at: Path | None = None, *, location: bool = True
) -> Reason | None:
    """Write a rating into the XMP sidecar of a photo that is not rated yet.

    Args:
        photo: the photo; what it and its sidecars say already stays as it is.
        stars: 1 to 5, or `XMP_REJECTED`.
        at: the copy whose sidecar to write instead, with all that is known of the photo.
        location: where it was taken is part of that.

    Returns:
        Why it could not be written; None where it was, or where the photo is rated already.
    """
    try:
        change = xmp.rating(photo, stars, at, location=location)
        if change is not None:
            xmp.write(change.path, change.content)
    except SidecarError as error:
        return Reason("export.sidecar", why=error.reason)
    return None
