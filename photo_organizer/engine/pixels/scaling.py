"""Shrinking pixels fast and without aliasing."""

from __future__ import annotations

import cv2
import numpy as np

from photo_organizer.engine.domain.facts import Pixels


def halved(pixels: Pixels, least: int) -> Pixels:
    """Halve while the shorter side keeps at least `least` pixels.

    Averaging 2 × 2 pixels has a fast path in OpenCV: halving down to twice the wanted size and
    resizing the rest takes a tenth of one area resize. An odd last row or column is left out.
    """
    while min(pixels.shape[:2]) >= 2 * least:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        even = pixels[: 2 * height, : 2 * width]
        pixels = np.asarray(
            cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8
        )
    return pixels


def shrunk(pixels: Pixels, width: int, height: int) -> Pixels:
    """Resize to `width` × `height` with an area filter, nearly."""
    small = halved(pixels, min(width, height))
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
