"""A regular beat in the detail of a photo: JPEG blocks and enlarged pixels, also after scaling."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.small_statistics import median

_LINES: Final = 128
"""Rows and columns that are sampled."""
_SPECTRUM: Final = 4096
"""Points of the Fourier transform."""

_Array = NDArray[Any]


def beat(rgb: Pixels, grey: _Array | None) -> float:
    """log2 of the strongest peak over the typical line of the spectrum, common to both directions.

    The mean size of the second difference, column by column (row by row), over a sample of rows
    (columns); periods from 3 to 18 decoded pixels.

    Args:
        rgb: the decoded photo.
        grey: its brightness, (H, W) uint8; None: nobody needed it so far.
    """
    rows, columns = (_sampled(side) for side in rgb.shape[:2])
    lines = rgb if grey is None else grey
    spectra = np.sqrt(
        _spectrum(lines.take(rows, axis=0)) * _spectrum(cv2.transpose(lines.take(columns, axis=1)))
    )
    heard = spectra[_SPECTRUM // 18 : _SPECTRUM // 3]
    return float(np.log2((heard.max() + 1e-3) / (median(heard) + 1e-3)))


@lru_cache(maxsize=32)
def _sampled(side: int) -> NDArray[np.intp]:
    """Which of the lines are looked at."""
    return np.linspace(0, side - 1, min(_LINES, side)).astype(np.intp)


@lru_cache(maxsize=32)
def _faded(length: int) -> NDArray[np.float64]:
    """Weights that let a profile begin and end softly."""
    return np.hanning(length)


def _spectrum(lines: Pixels) -> _Array:
    grey = cv2.cvtColor(lines, cv2.COLOR_RGB2GRAY) if lines.ndim == 3 else lines
    level = grey.astype(np.int16)
    bend = level[:, 2:] + level[:, :-2]
    bend -= level[:, 1:-1]
    bend -= level[:, 1:-1]
    sizes = np.abs(bend, out=bend).astype(np.float32)
    ones = np.full(len(sizes), 1 / len(sizes), np.float32)
    # No single edge may drown the others.
    most = np.float32(3 * (ones @ sizes).mean() + 1)
    profile = ones @ np.minimum(sizes, most, out=sizes)
    around = cv2.blur(profile[None], (33, 1), borderType=cv2.BORDER_REFLECT)[0]
    relative = (profile / (around + 0.2) - 1) * _faded(len(profile))
    spectrum: _Array = np.abs(np.fft.rfft(relative, _SPECTRUM))
    return spectrum
