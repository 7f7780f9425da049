"""What is known of the faces in a photo: measured once, judged later, never given a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Box = tuple[float, float, float, float]
"""Left, top, width and height as fractions of the upright photo; a face may reach beyond it."""


class Eyes(StrEnum):
    """What can be said of a person's eyes."""

    OPEN = "open"
    CLOSED = "closed"
    CANT_TELL = "cant_tell"
    """Too small, too blurred, turned away, or between open and closed."""


@dataclass(frozen=True, slots=True)
class Eye:
    """One eye of a face."""

    place: tuple[float, float]
    """Its centre, from the left and from the top, as fractions of the upright photo."""
    width: float
    """From corner to corner, in pixels of the photo as it was measured; 0 where the eye lies beyond
    the photo: nothing can be said of it."""
    openness: float
    """Height between the lids over the width: about 0.05 closed, 0.35 open."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face, as it was measured: see `photo_organizer.engine.faces`."""

    box: Box
    eyes: tuple[Eye, Eye]
    """The one further left in the upright face first."""
    size: float
    """Width of the face in pixels of the photo as it was measured."""
    score: float
    """How sure the detector is that this is a face, 0 to 1."""
    presence: float
    """How sure the mesh is that it lies on a face, 0 to 1."""
    yaw: float
    """How far the face is turned to the side, in degrees: 0 looks at the camera, 90 is a profile;
    positive turns to the right of the photo."""
    sharpness: float
    """Variance of the Laplacian over that of the greys, of the face at 96 × 96 pixels."""
    look: bytes
    """The head and what is around it as a picture of 6 × 6 colours, 108 bytes of RGB: tells persons
    of one burst apart, and nobody from anybody else."""
    smile: float = 0.0
    """Width of the mouth over the distance of the outer corners of the eyes: about 0.57 at rest,
    from 0.7 on a broad laugh, which narrows the eyes."""

    @property
    def openness(self) -> float:
        """Of both eyes, each counting as its width squared: one turned away says little."""
        total = sum(eye.width**2 for eye in self.eyes)
        return sum(e.openness * e.width**2 for e in self.eyes) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class SeenFace:
    """A face with what is judged of it."""

    face: Face
    eyes: Eyes
    person: int | None = None
    """The same number in photos of one group: the same person. None: in no group, or not found
    again. Numbers mean nothing beyond their group."""
