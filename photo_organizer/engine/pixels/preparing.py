"""From a photo to what a network looks at; plain values, so that they can be sent to a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from PIL import Image

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.scaling import halved

_GAP = 2.0
"""Pillow may halve a photo by plain averaging down to twice the input size: half the time, and
pixels within a third of a grey level on average."""

_RESAMPLING = {
    "bicubic": Image.Resampling.BICUBIC,
    "bilinear": Image.Resampling.BILINEAR,
    "nearest": Image.Resampling.NEAREST,
}


class Preparing(Protocol):
    """Makes the input of a network; it can be pickled."""

    def __call__(self, picture: Picture) -> Pixels:
        """See `photo_organizer.engine.encoders.protocols.ImageEncoder.prepare`."""


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of the photo, half-way between square and its own shape, squashed to a square.

    As good for classes as the square alone, and it misses less of the photo.
    """

    side: int

    def __call__(self, picture: Picture) -> Pixels:
        """See `Preparing`."""
        height, width = picture.small.shape[:2]
        shorter = min(height, width)
        rows, columns = round((height * shorter) ** 0.5), round((width * shorter) ** 0.5)
        top, left = (height - rows) // 2, (width - columns) // 2
        middle = halved(picture.small[top : top + rows, left : left + columns], self.side)
        # Enlarged by areas, pixels turn into blocks, and blocks into features: small copies of a
        # photo came out as little as 0.47 like it, enlarged linearly 0.73.
        enlarged = min(rows, columns) < self.side
        how = cv2.INTER_LINEAR if enlarged else cv2.INTER_AREA
        prepared: Pixels = cv2.resize(middle, (self.side, self.side), interpolation=how)
        return prepared


@dataclass(frozen=True, slots=True)
class Resized:
    """The resizing that a model of open_clip was trained with.

    Of open_clip's three ways "longest" is left out: no published model uses it.
    """

    width: int
    height: int
    interpolation: str
    squash: bool
    """Otherwise the shorter side is made to fit, and the middle is cut out."""

    def __call__(self, picture: Picture) -> Pixels:
        """See `Preparing`."""
        image = Image.fromarray(picture.pixels)
        resampling = _RESAMPLING[self.interpolation]
        size = (self.width, self.height)
        if self.squash:
            return np.asarray(image.resize(size, resampling, reducing_gap=_GAP))
        # Scale until the shorter side fits and crop the middle, in one step.
        scale = min(image.width / self.width, image.height / self.height)
        # Where it fits, rounding can end a hair below zero, and Pillow takes no such box.
        left = max((image.width - self.width * scale) / 2, 0.0)
        top = max((image.height - self.height * scale) / 2, 0.0)
        box = (left, top, image.width - left, image.height - top)
        return np.asarray(image.resize(size, resampling, box=box, reducing_gap=_GAP))
