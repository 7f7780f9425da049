"""Whether a face's eyes are open: what was measured, under thresholds."""

from __future__ import annotations

from photo_organizer.engine.domain.faces import Eyes, Face
from photo_organizer.engine.domain.thresholds import Thresholds


def eyes_of(face: Face, thresholds: Thresholds) -> Eyes:
    """What can be said of the eyes of a face, looked at alone."""
    least = thresholds["people.eyes.size"]
    if face.size < least or abs(face.yaw) > thresholds["people.eyes.yaw"]:
        return Eyes.CANT_TELL
    if face.openness < thresholds["people.eyes.closed"]:
        return Eyes.CLOSED
    if face.openness > thresholds["people.eyes.open"]:
        return Eyes.OPEN
    return Eyes.CANT_TELL
