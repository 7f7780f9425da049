"""Numbers measured on the pixels of one photo: raw, never judged here.

Three looks at a photo, each where its question can be answered:

* the *view*: the whole photo at a long side of about `VIEW` pixels. Blur and motion smear are seen
  here, relative to the size of the photo and tile by tile, so that the sharpest region decides:
  `measured_view`.
* the *windows*: patches of decoded pixels that no scaling has touched. Noise, the grids of JPEG
  blocks and of enlarged pixels, and focus at full size live here: `measured_windows`, `beat`.
* the *samples*: single pixels spread evenly over the photo, for exposure and colour:
  `measured_samples`.

Everything is safe on any thread, and most of the time is spent outside Python's lock.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.pixels import measured_view
from photo_organizer.engine.pixels.beat import beat
from photo_organizer.engine.pixels.measured_samples import measure_samples
from photo_organizer.engine.pixels.measured_windows import WINDOW, measure_windows
from photo_organizer.engine.pixels.picture import Picture

VERSION = 5
"""Changes whenever the same picture would get other numbers, rounding aside."""

VIEW = measured_view.VIEW

NAMES: tuple[str, ...] = (
    # Detail kept at full size over detail at 1/2, 1/4, 1/8 (log2); of the tiles that keep most
    # (top), and of the whole view (all).
    "detail_worst_2_top",
    "detail_worst_4_top",
    "detail_worst_8_top",
    "detail_best_2_top",
    "detail_best_4_top",
    "detail_best_8_top",
    "detail_worst_2_all",
    "detail_worst_4_all",
    "detail_worst_8_all",
    "detail_best_2_all",
    "detail_best_4_all",
    "detail_best_8_all",
    # log2 of the deviation of the noise that was taken off there, in grey levels of the view.
    "noise_view",
    # log2 of the weaker over the stronger direction of all gradients, at full size and at 1/4.
    "isotropy_1",
    "isotropy_4",
    # log2 of the mean squared gradient of the view.
    "gradient",
    # Where the sharpest tile's centre lies, 0 to 1 of width and height.
    "sharpest_x",
    "sharpest_y",
    # Share of the gradient energy that lies in the strongest tenth of the tiles, 0.1 to 1.
    "concentration",
    # The same detail at the decoded size, all directions: of the sharpest windows, of the middle
    # one, and of the third with the least contrast, where only noise is this fine.
    "fine_top",
    "fine_mid",
    "fine_calm",
    # The same of the windows with the most contrast, less the noise, where the decoded photo is
    # much larger than the view; else 0: the view says it all.
    "focus",
    # log2 of the noise's standard deviation in grey levels: flat windows, median window; of
    # brightness, and of the difference between red and blue at half size, where it does not matter
    # whether the file keeps colour at half size only.
    "noise_flat",
    "noise_mid",
    "noise_chroma_flat",
    "noise_chroma_mid",
    # The same of brightness at half size: coarse noise, and what compression leaves of it.
    "noise_half_flat",
    "noise_half_mid",
    # Share of all change between neighbours that falls on an eighth of the columns and rows:
    # median and low fifth of the busier windows; the same for the change of the change.
    "lattice",
    "lattice_low",
    "lattice_bend",
    # Share of neighbouring pixels that are equal but for one level: everywhere, busier windows.
    "still",
    "still_busy",
    # log2 of the step over the edges of 8 × 8 blocks against the steps inside; at whichever phase
    # is strongest; in the busier windows.
    "blocks",
    "blocks_any_phase",
    "blocks_busy",
    # log2 of the strongest regular beat of the change of the change, across and down alike, against
    # the typical one: blocks and enlarged pixels of any size, also after scaling.
    "beat",
    # The quality the file says it was saved with, 0 to 100; 100 where it does not say.
    "saved_quality",
    # Percentiles of brightness, 0 to 1.
    "bright_01",
    "bright_05",
    "bright_25",
    "bright_50",
    "bright_75",
    "bright_95",
    "bright_99",
    "bright_999",
    # Shares of pixels: every channel clipped, some channel clipped, the same in the middle of the
    # photo, black; clipped pixels beside unclipped ones among all clipped ones.
    "clipped_all",
    "clipped_any",
    "clipped_centre",
    "clipped_border",
    "black",
    # Share of pixels that are neither dark nor light.
    "midtones",
    # Standard deviation of brightness, and its entropy in bits (64 levels).
    "contrast",
    "entropy",
    # Mean saturation (HSV), 0 to 1.
    "saturation",
    # Hasler and Süsstrunk 2003; 0 (grey) to about 110.
    "colourfulness",
)

_COLUMNS = {name: i for i, name in enumerate(NAMES)}


def column(measures: Vectors, name: str) -> NDArray[np.float32]:
    """One measure of N photos, (N,), from the (N, len(NAMES)) table.

    Raises:
        KeyError: there is no such measure.
    """
    return measures[:, _COLUMNS[name]]


def measure(picture: Picture) -> NDArray[np.float32]:
    """All measures of one photo: (len(NAMES),) float32, finite, in the order of `NAMES`."""
    rgb, small = _at_least(picture.pixels, WINDOW), _at_least(picture.small_grey, WINDOW)
    # What was not halved is grey already.
    grey = small if picture.small is picture.pixels else None
    found, energy = measured_view.measure_view(small)
    found |= measure_windows(rgb, grey, energy, 8 * picture.scale)
    found["beat"] = beat(rgb, grey)
    found["saved_quality"] = picture.saved_quality
    found |= measure_samples(picture.pixels)
    return np.array([found[name] for name in NAMES], np.float32)


def _at_least(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Mirror the edges of a picture that is smaller than `side`."""
    height, width = pixels.shape[:2]
    if height >= side and width >= side:
        return pixels
    below, right = max(0, side - height), max(0, side - width)
    mirrored = cv2.copyMakeBorder(pixels, 0, below, 0, right, cv2.BORDER_REFLECT)
    return np.asarray(mirrored, np.uint8)
