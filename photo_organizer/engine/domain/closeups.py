"""Close-ups: a face cut out of its photo, so that faces can be held against one another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Closeup:
    """What is cut out of a photo: a square, turned so that the eyes are level."""

    middle: tuple[float, float]
    """Half-way between the eyes, from the left and from the top, as fractions of the upright
    photo."""
    side: float
    """Of the square, as a fraction of the photo's longer side."""
    turn: float
    """By how many degrees the line through the eyes falls to the right; it is turned back."""


EYES_AT = (0.5, 0.42)
"""Where the middle between the eyes lies in every close-up, as fractions of its side."""
EYES_APART = 1 / 3
"""How far apart the eyes are in a close-up, as a fraction of its side: hair to chin is seen."""
