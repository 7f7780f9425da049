"""Whether a face's eyes are open: what was measured, under thresholds."""

from __future__ import annotations

from photo_organizer.engine.domain.faces import Eyes, Face
from photo_organizer.engine.domain.thresholds import Thresholds


def can_be_told(face: Face, thresholds: Thresholds) -> bool:
    """Whether a face's eyes can be judged, however far they are open.

    It must be large, sharp and turned to the camera enough, and show an eye.
    """
    return (
        face.size >= thresholds["people.eyes.size"]
        and abs(face.yaw) <= thresholds["people.eyes.yaw"]
        and face.sharpness >= thresholds["people.eyes.sharpness"]
        and any(eye.width for eye in face.eyes)
    )


def eyes_of(face: Face, thresholds: Thresholds) -> Eyes:
    """What can be said of the eyes of a face, looked at alone."""
    if not can_be_told(face, thresholds):
        return Eyes.CANT_TELL
    if face.openness < thresholds["people.eyes.closed"]:
        return Eyes.CLOSED
    if face.openness > thresholds["people.eyes.open"]:
        return Eyes.OPEN
    return Eyes.CANT_TELL
