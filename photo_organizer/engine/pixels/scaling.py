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


def fitted(pixels: Pixels, max_side: int) -> Pixels:
    """Shrink with an area filter until the long side is at most `max_side`; never enlarge."""
    height, width = pixels.shape[:2]
    scale = max_side / max(height, width)
    if scale >= 1:
        return pixels
    return shrunk(pixels, max(1, round(width * scale)), max(1, round(height * scale)))


def factor_for(size: tuple[int, int], side: int) -> int:
    """1, 2, 4 or 8: by how much to shrink so that the long side stays at least `side`.

    libjpeg-turbo has fast code for these four only; the other formats follow them, so that a
    photo is measured at one size whatever its format.
    """
    return next((f for f in (8, 4, 2) if max(size) >= f * side), 1)
