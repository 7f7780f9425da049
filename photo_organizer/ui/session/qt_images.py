"""Decoded pixels as pictures that Qt paints; for any thread but the window's own."""

from __future__ import annotations

from PySide6.QtGui import QImage

from photo_organizer.engine.domain.facts import Pixels


def image_of(pixels: Pixels) -> QImage:
    """A copy of the pixels; the memory that they lie in may be used for others then."""
    height, width, _ = pixels.shape
    if not pixels.flags.c_contiguous:
        pixels = pixels.copy()
    rgb = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # Painting wants 32 bits; converting here keeps it off the GUI thread, and copies.
    return rgb.convertToFormat(QImage.Format.Format_RGB32)
