"""Turns pixels upright."""

from __future__ import annotations

from photo_organizer.engine.domain.facts import Pixels


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an Exif orientation, 1 to 8 (Exif 2.32, tag 0x0112)."""
    if orientation == 1:
        return pixels
    import cv2

    if orientation in (5, 7):
        pixels, orientation = cv2.transpose(pixels), 1 if orientation == 5 else 3
    match orientation:
        case 2:
            pixels = cv2.flip(pixels, 1)
        case 3:
            pixels = cv2.rotate(pixels, cv2.ROTATE_180)
        case 4:
            pixels = cv2.flip(pixels, 0)
        case 6:
            pixels = cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE)
        case 8:
            pixels = cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
    return pixels
