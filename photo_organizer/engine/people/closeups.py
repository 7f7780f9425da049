"""How faces are looked at from near: which person comes first, and what is cut out of the photos.

Only places and sizes are computed here; `photo_organizer.engine.pixels.closeups` cuts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from photo_organizer.engine.domain.closeups import EYES_APART, Closeup
from photo_organizer.engine.domain.faces import Box, Face, SeenFace

Size = tuple[int, int]
"""Width and height of an upright photo in pixels."""

IN_FRONT = 0.5
"""A face at least so large as the largest one is in front."""
APART_BY_BOX = 0.3
"""The eyes of a face that looks at the camera are 0.4 of its box apart; those of one turned aside
are taken for no nearer than this, or its close-up would show little but the eyes."""
TURNED = 60.0
"""Degrees: of a face turned further nobody knows well how far apart its eyes are."""
ONE_ZOOM = 1.35
"""Faces of one person that differ less than by this factor were taken from one place: their photos
are shown at one zoom."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is seen in several photos of a group."""

    number: int
    """See `SeenFace.person`."""
    faces: Mapping[int, SeenFace]
    """By photo id; a photo in which the face was not found is not here."""


def persons(photos: Sequence[int], faces: Mapping[int, Sequence[SeenFace]]) -> tuple[Person, ...]:
    """Who is seen in at least two photos of a group, in the order of `in_order`.

    Args:
        photos: ids of the group, the keeper first.
        faces: by photo id, the largest first: see `Result.faces`.
    """
    found: dict[int, dict[int, SeenFace]] = {}
    for photo in photos:
        for seen in faces.get(photo, ()):
            if seen.person is not None:
                found.setdefault(seen.person, {}).setdefault(photo, seen)
    several = [Person(number, of) for number, of in found.items() if len(of) > 1]
    boxes = [next(iter(person.faces.values())).face.box for person in several]
    return tuple(several[place] for place in in_order(boxes))


def in_front(faces: Sequence[SeenFace]) -> list[SeenFace]:
    """Those of the faces in one photo who matter most: no crowd behind them."""
    largest = max((seen.face.box[2] for seen in faces), default=0.0)
    return [seen for seen in faces if seen.face.box[2] >= IN_FRONT * largest]


def in_order(boxes: Sequence[Box]) -> list[int]:
    """In which order faces are looked at, as their places in `boxes`.

    Those in front come first, from left to right, then those further back.
    """
    largest = max((box[2] for box in boxes), default=0.0)

    def key(place: int) -> tuple[bool, float]:
        left, _, width, _ = boxes[place]
        return width < IN_FRONT * largest, left + width / 2

    return sorted(range(len(boxes)), key=key)


def closeup(face: Face, size: Size) -> Closeup:
    """What is cut out of a photo to see one face.

    Args:
        face: in the photo.
        size: of the photo.
    """
    return _closeup(face, size, _apart(face, size))


def closeups(person: Person, sizes: Mapping[int, Size]) -> dict[int, Closeup]:
    """What is cut out of each photo to hold one person against themselves, by photo id.

    The eyes are level and at the same place in all of them. Photos taken from one place are cut at
    one zoom, which how far a head is turned does not change; others so that the face is as large.

    Args:
        person: whose faces.
        sizes: by photo id.
    """
    apart = {i: _apart(seen.face, sizes[i]) for i, seen in person.faces.items()}
    usual = median(apart.values())
    return {
        i: _closeup(
            seen.face,
            sizes[i],
            usual if 1 / ONE_ZOOM < apart[i] / usual < ONE_ZOOM else apart[i],
        )
        for i, seen in person.faces.items()
    }


def _closeup(face: Face, size: Size, apart: float) -> Closeup:
    (x1, y1), (x2, y2) = (eye.place for eye in face.eyes)
    turn = math.degrees(math.atan2((y2 - y1) * size[1], (x2 - x1) * size[0]))
    return Closeup(((x1 + x2) / 2, (y1 + y2) / 2), apart / EYES_APART, turn)


def _apart(face: Face, size: Size) -> float:
    """How far apart the eyes were if the face looked at the camera.

    As a fraction of the photo's longer side.
    """
    (x1, y1), (x2, y2) = (eye.place for eye in face.eyes)
    width, height = size
    seen = math.hypot((x2 - x1) * width, (y2 - y1) * height)
    turned = math.cos(math.radians(min(abs(face.yaw), TURNED)))
    least = APART_BY_BOX * max(face.box[2] * width, 1.0)
    return max(seen / turned, least) / max(width, height)
