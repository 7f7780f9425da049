"""From a photo to what a network looks at; plain values, so that they can be sent to a process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import cv2
import numpy as np
from PIL import Image

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.scaling import halved

_LONG = 4
"""A photo that would be more than so many inputs large is scaled only where it is cut out."""


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


class ResizeMode(StrEnum):
    """Open_clip's ways from the shape of a photo to the shape of a network's input."""

    SHORTEST = "shortest"
    """The shorter side is made to fit, and the middle is cut out."""
    LONGEST = "longest"
    """The longer side is made to fit, and what is free is filled."""
    SQUASH = "squash"
    """Both sides are made to fit, whatever that does to the proportions."""


@dataclass(frozen=True, slots=True)
class Resized:
    """The resizing that a model of open_clip was trained with, pixel by pixel as open_clip does it.

    A photo that is shifted by half a pixel is another one to a network: the sizes are rounded in
    the same places.
    """

    width: int
    height: int
    interpolation: str
    mode: ResizeMode
    fill: int = 0
    """The grey level, or colour, that `ResizeMode.LONGEST` fills with."""

    def __call__(self, picture: Picture) -> Pixels:
        """See `Preparing`."""
        image = Image.fromarray(picture.pixels)
        across, down = self._scaled(image.width, image.height)
        if self.mode is ResizeMode.LONGEST:
            return self._filled(self._resize(image, across, down))
        left, top = round((across - self.width) / 2), round((down - self.height) / 2)
        if across * down <= _LONG * self.width * self.height:
            whole = self._resize(image, across, down)
            return whole[top : top + self.height, left : left + self.width]
        # A grey level may differ here: Pillow has boxes in single precision.
        box = (
            left * image.width / across,
            top * image.height / down,
            (left + self.width) * image.width / across,
            (top + self.height) * image.height / down,
        )
        return self._resize(image, self.width, self.height, box)

    def _scaled(self, width: int, height: int) -> tuple[int, int]:
        """The width and height of the whole photo, scaled."""
        if self.mode is ResizeMode.SQUASH:
            return self.width, self.height
        if self.mode is ResizeMode.SHORTEST and self.width == self.height:
            shorter = min(width, height)
            return int(self.width * width / shorter), int(self.height * height / shorter)
        ratios = (width / self.width, height / self.height)
        ratio = max(ratios) if self.mode is ResizeMode.LONGEST else min(ratios)
        return max(1, round(width / ratio)), max(1, round(height / ratio))

    def _resize(
        self,
        image: Image.Image,
        width: int,
        height: int,
        box: tuple[float, float, float, float] | None = None,
    ) -> Pixels:
        bilinear = self.interpolation == "bilinear" and (
            # Where the input is no square, open_clip forgets what the model asks for.
            self.mode is not ResizeMode.SHORTEST or self.width == self.height
        )
        how = Image.Resampling.BILINEAR if bilinear else Image.Resampling.BICUBIC
        # Without Pillow's `reducing_gap`, which is twice as fast: fine detail is not the same then.
        return np.asarray(image.resize((width, height), how, box=box))

    def _filled(self, pixels: Pixels) -> Pixels:
        """The whole photo in the middle, and around it `fill`."""
        rows, columns = pixels.shape[:2]
        top, left = (self.height - rows) // 2, (self.width - columns) // 2
        filled = np.full((self.height, self.width, 3), self.fill, np.uint8)
        filled[top : top + rows, left : left + columns] = pixels
        return filled
