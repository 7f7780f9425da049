"""Cuts faces out of decoded photos: upright, at one place and in one size."""

from __future__ import annotations

import math

import cv2
import numpy as np

from photo_organizer.engine.domain.closeups import EYES_AT, Closeup
from photo_organizer.engine.domain.facts import Pixels

BEYOND = (96, 96, 96)
"""The grey of what lies beyond the edge of the photo: neither light nor dark beside any face."""
LARGEST_VIEW = 8192
"""Longest side that a photo is decoded at for a close-up: what is finer nobody sees there."""


def view_side(closeup: Closeup, side: int) -> int:
    """The longest side at which a photo is decoded, so that a close-up is as sharp as it can be.

    Args:
        closeup: what is cut out of the photo.
        side: of the close-up in pixels.
    """
    return min(LARGEST_VIEW, max(side, math.ceil(side / max(closeup.side, 1e-6))))


def cut(pixels: Pixels, closeup: Closeup, side: int) -> Pixels:
    """A face cut out of its photo, RGB (side, side, 3).

    Args:
        pixels: the upright photo in any size.
        closeup: which part of it.
        side: in pixels.
    """
    height, width = pixels.shape[:2]
    middle = (closeup.middle[0] * width, closeup.middle[1] * height)
    scale = side / max(closeup.side * max(width, height), 1e-6)
    if scale < 0.75:
        # Several faces of one photo come from one view: shrunk first, or fine detail would flicker.
        pixels, middle = _shrunk(pixels, middle, closeup, scale)
        scale = 1.0
    turned = cv2.getRotationMatrix2D(middle, closeup.turn, scale)
    turned[0, 2] += EYES_AT[0] * side - middle[0]
    turned[1, 2] += EYES_AT[1] * side - middle[1]
    smooth = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    made = cv2.warpAffine(
        pixels,
        turned,
        (side, side),
        flags=smooth,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=BEYOND,
    )
    return np.asarray(made, np.uint8)


def _shrunk(
    pixels: Pixels, middle: tuple[float, float], closeup: Closeup, scale: float
) -> tuple[Pixels, tuple[float, float]]:
    """The surroundings of a close-up at its own scale, and its middle there."""
    height, width = pixels.shape[:2]
    reach = closeup.side * max(width, height)
    left, right = (round(min(max(middle[0] + s * reach, 0), width)) for s in (-1, 1))
    top, bottom = (round(min(max(middle[1] + s * reach, 0), height)) for s in (-1, 1))
    part = pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    if not part.size:
        return pixels, middle
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    small = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small, (
        (middle[0] - left) * size[0] / part.shape[1],
        (middle[1] - top) * size[1] / part.shape[0],
    )
