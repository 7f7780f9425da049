"""A decoded photo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.scaling import halved

SMALL = 512
"""Pixels that the shorter side of `Picture.small` keeps, if the photo has as many."""


@dataclass(frozen=True)
class Picture:
    """A decoded photo, upright, possibly scaled while decoding."""

    pixels: Pixels
    width: int
    """Of the whole upright photo, in pixels; ``pixels`` may be smaller."""
    height: int
    format: str
    lossy: bool = True
    """False for formats without compression artefacts (PNG, BMP, TIFF, RAW…)."""
    saved_quality: float = 100.0
    """The quality the file says it was saved with, 0 to 100; 100 where it does not say."""
    opaque: bool = False
    """Known to have no transparent part; False where nobody looked."""

    @property
    def scale(self) -> float:
        """Width of ``pixels`` over the photo's width: 1.0 when decoded at full size."""
        return float(self.pixels.shape[1]) / self.width

    @cached_property
    def small(self) -> Pixels:
        """``pixels`` halved as often as `SMALL` allows: for whoever looks at the whole photo.

        Made once: one pass over all pixels takes as long as everything that follows.
        """
        return halved(self.pixels, SMALL)

    @cached_property
    def small_grey(self) -> NDArray[np.uint8]:
        """The brightness of ``small``, (H, W); made once, too."""
        return np.asarray(cv2.cvtColor(self.small, cv2.COLOR_RGB2GRAY), np.uint8)
