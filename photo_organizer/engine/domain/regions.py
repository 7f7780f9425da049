"""Parts of a photo, as they are outlined and shown large."""

from __future__ import annotations

from dataclasses import dataclass

from photo_organizer.engine.domain.faces import Box

Outline = tuple[tuple[float, float], ...]
"""Corners (x, y) of a polygon, 0 to 1 of the width and height."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of an upright photo; everything in shares of its width and height, 0 to 1."""

    left: float
    top: float
    width: float
    height: float
    outlines: tuple[Outline, ...] = ()
    """What is burnt out (overexposed) or black (too dark)."""

    @classmethod
    def within(cls, box: Box) -> Region:
        """What lies in the photo of a box that may reach beyond it."""
        left, top, width, height = box
        right, bottom = min(1.0, left + width), min(1.0, top + height)
        left, top = max(0.0, left), max(0.0, top)
        return cls(left, top, max(0.0, right - left), max(0.0, bottom - top))
