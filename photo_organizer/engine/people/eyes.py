"""Whether a face's eyes are open: what was measured, under thresholds."""

from __future__ import annotations

from photo_organizer.engine.domain.faces import Eyes, Face
from photo_organizer.engine.domain.thresholds import Thresholds


def eyes_of(face: Face, thresholds: Thresholds) -> Eyes:
    """What can be said of the eyes of a face, looked at alone."""
    if (
        face.size < thresholds["people.eyes.size"]
        or abs(face.yaw) > thresholds["people.eyes.yaw"]
        or face.sharpness < thresholds["people.eyes.sharpness"]
        or not any(eye.width for eye in face.eyes)
    ):
        return Eyes.CANT_TELL
    if face.openness < thresholds["people.eyes.closed"]:
        return Eyes.CLOSED
    if face.openness > thresholds["people.eyes.open"]:
        return Eyes.OPEN
    return Eyes.CANT_TELL
